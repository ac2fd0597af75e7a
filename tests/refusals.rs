//! What a post that is larger than its limits is refused with: how much is allowed, what raises the limit,
//! and where the post exceeds it.

use offprint::{Engine, Limits, Parser, Position};

/// Wants the post, read from a text and from bytes, to be refused with this message.
#[track_caller]
fn refused(limits: &Limits, source: &str, message: &str) {
    for engine in [Engine::Auto, Engine::Reference] {
        for recover in [false, true] {
            let parser = Parser::new().engine(engine).recover(recover).limits(limits.clone());
            let errors = [parser.parse(source).map(drop), parser.parse_bytes(source.as_bytes()).map(drop)];
            for error in errors {
                let error = error.expect_err("beyond the limit");
                assert_eq!(error.to_string(), message);
                let position = error.position().expect("a position");
                assert_eq!(position, Position::of(source, position.offset), "line and column of the offset");
            }
        }
    }
}

#[test]
fn a_refusal_says_where_how_much_and_what_raises_it() {
    let input = |bytes: usize, position: &str| {
        format!(
            "too many bytes of input: the limit is {bytes}, raised by `Limits::input_bytes` or \
             `--limit input_bytes=N` at {position}"
        )
    };
    refused(&Limits::default().input_bytes(9), "<p>one\n\ntwo", &input(9, "line 3, column 2"));
    refused(&Limits::default().input_bytes(0), "a", &input(0, "line 1, column 1"));
    // The limit cuts the second character.
    for bytes in 3..6 {
        refused(&Limits::default().input_bytes(bytes), "茶茶", &input(bytes, "line 1, column 2"));
    }
    let metadata = |bytes: usize, position: &str| {
        format!(
            "too many bytes of front matter: the limit is {bytes}, raised by `Limits::metadata_bytes` or \
             `--limit metadata_bytes=N` at {position}"
        )
    };
    let source = "---\ntitle: 茶\nlayout: post\n---\n";
    refused(&Limits::default().metadata_bytes(13), source, &metadata(13, "line 3, column 3"));
    refused(&Limits::default().metadata_bytes(8), source, &metadata(8, "line 2, column 8"));

    let limits = Limits::default().input_bytes(1).metadata_bytes(2).depth(3).attributes(4).nodes(5);
    assert_eq!(
        (limits.max_input_bytes(), limits.max_metadata_bytes(), limits.max_depth()),
        (1, 2, 3),
        "limits can be read"
    );
    assert_eq!((limits.max_attributes(), limits.max_nodes()), (4, 5));
}

#[test]
fn bytes_that_are_no_text_are_counted_too() {
    let error = Parser::new().limits(Limits::default().input_bytes(2)).parse_bytes(b"\xff\x80\x80\x80\x80");
    let position = error.map(drop).expect_err("five bytes").position().expect("a position");
    assert!(position.offset <= 2, "{position:?}");
}
