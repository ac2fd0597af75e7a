//! The engines agree on any body.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::{Engine, Parser, Rules};

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    for rules in [Rules::ads(), Rules::none()] {
        // Whatever it begins with, it is a body.
        let parser = Parser::new().recover(true).rules(rules);
        let auto = parser.clone().engine(Engine::Auto).parse_with_report(body);
        match (auto, parser.engine(Engine::Reference).parse_with_report(body)) {
            (Ok((post, report)), Ok((expected, expected_report))) => {
                assert_eq!(post, expected);
                assert_eq!(report.diagnostics, expected_report.diagnostics);
                assert_eq!(report.removals, expected_report.removals);
            }
            (Err(error), Err(expected)) => {
                assert_eq!((error.kind(), error.position()), (expected.kind(), expected.position()));
            }
            (auto, reference) => panic!("one engine fails: {auto:?}, {reference:?}"),
        }
    }
});
