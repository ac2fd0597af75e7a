//! The engines agree on any body.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;

use libfuzzer_sys::fuzz_target;
use offprint::{Parser, Rules};

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    for rules in [Rules::ads(), Rules::none()] {
        // Whatever it begins with, it is a body.
        let parser = Parser::new().recover(true).rules(rules);
        let _ = engines::agree(&parser, |parser| parser.parse_with_report(body));
    }
});
