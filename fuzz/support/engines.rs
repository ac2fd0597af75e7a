//! What two engines made of one input.

use offprint::{Engine, Error, Parser, Post, Report};

type Parsed<'a> = Result<(Post<'a>, Report), Error>;

/// Reads the input with the engines that the parser would choose and with the references, and holds them to
/// each other: equal posts and reports (but for the fields that name the engines, and why one declined), or
/// equal errors.
pub(crate) fn agree<'a>(parser: &Parser, read: impl Fn(&Parser) -> Parsed<'a>) -> Parsed<'a> {
    let auto = read(&parser.clone().engine(Engine::Auto));
    let reference = read(&parser.clone().engine(Engine::Reference));
    match (&auto, &reference) {
        (Ok((post, report)), Ok((expected, expected_report))) => {
            assert_eq!(post, expected);
            assert_eq!(report.diagnostics, expected_report.diagnostics);
            assert_eq!(report.removals, expected_report.removals);
        }
        (Err(error), Err(expected)) => {
            assert_eq!((error.kind(), error.position()), (expected.kind(), expected.position()));
            assert_eq!(error.to_string(), expected.to_string());
        }
        _ => panic!("one engine fails: {auto:?}, {reference:?}"),
    }
    auto
}
