//! Whatever stands between the fences, the fast reader and the YAML parser give the same, or fail alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::{Engine, Parser};

fuzz_target!(|bytes: &[u8]| {
    let Ok(yaml) = std::str::from_utf8(bytes) else { return };
    let source = format!("---\n{yaml}\n---\n");
    for recover in [false, true] {
        let parser = Parser::new().recover(recover);
        let auto = parser.clone().engine(Engine::Auto).parse_with_report(&source);
        let reference = parser.engine(Engine::Reference).parse_with_report(&source);
        match (&auto, &reference) {
            (Ok((post, report)), Ok((expected, expected_report))) => {
                assert_eq!(post, expected);
                assert_eq!(report.diagnostics, expected_report.diagnostics);
            }
            (Err(error), Err(expected)) => {
                assert_eq!((error.kind(), error.position()), (expected.kind(), expected.position()));
                assert_eq!(error.to_string(), expected.to_string());
            }
            _ => panic!("one engine fails: {auto:?}, {reference:?}"),
        }
    }
});
