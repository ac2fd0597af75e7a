//! Whatever stands between the fences, the fast reader and the YAML parser give the same, or fail alike.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;

use libfuzzer_sys::fuzz_target;
use offprint::Parser;

fuzz_target!(|bytes: &[u8]| {
    let Ok(yaml) = std::str::from_utf8(bytes) else { return };
    let source = format!("---\n{yaml}\n---\n");
    for recover in [false, true] {
        let parser = Parser::new().recover(recover);
        let _ = engines::agree(&parser, |parser| parser.parse_with_report(&source));
    }
});
