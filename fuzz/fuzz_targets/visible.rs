//! What a browser shows of a body is in the blocks, and what it hides is in the report.

#![no_main]

#[path = "../../tests/support/conserved.rs"]
mod conserved;
#[path = "../../tests/support/oracle.rs"]
#[allow(dead_code, reason = "the tests over folders use more of it")]
mod oracle;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    if let Err(message) = conserved::check(body) {
        panic!("{message}");
    }
});
