//! The engines agree on any body, and a post is the same without its report.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;

use libfuzzer_sys::fuzz_target;
use offprint::{Limits, Parser, Rules};

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    // So narrow that a short body exceeds them.
    let narrow = Limits::default().depth(5).attributes(2);
    for (rules, limits) in
        [(Rules::ads(), Limits::default()), (Rules::none(), Limits::default()), (Rules::ads(), narrow)]
    {
        // Whatever it begins with, it is a body.
        let parser = Parser::new().recover(true).rules(rules).limits(limits);
        if let Ok((post, _)) = engines::agree(&parser, |parser| parser.parse_with_report(body)) {
            assert_eq!(parser.parse(body).expect("it has been read"), post);
        }
    }
});
