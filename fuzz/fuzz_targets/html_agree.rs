//! The engines agree on any body, and a post is the same without its report.

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
        if let Ok((post, _)) = engines::agree(&parser, |parser| parser.parse_with_report(body)) {
            assert_eq!(parser.parse(body).expect("it has been read"), post);
        }
    }
});
