//! Front matter and body are the whole input, and nothing in the front matter panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::{FrontMatter, Parser};

fuzz_target!(|bytes: &[u8]| {
    // Other bytes are for the target `parse`.
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    if let Ok(split) = FrontMatter::split(source) {
        parts_make_the_whole(source, &split);
    }
    for recover in [false, true] {
        let parser = Parser::new().recover(recover);
        if let Err(error) = parser.parse(source) {
            let position = error.position();
            assert!(position.is_none_or(|position| position.offset <= source.len()), "{error}");
        }
    }
});

/// Byte order mark, opener, YAML, closer and body are the input, in this order and without a gap.
fn parts_make_the_whole(source: &str, split: &FrontMatter<'_>) {
    let (head, body) = source.split_at(split.body_offset());
    assert_eq!(split.body(), body);
    let Some(yaml) = split.text() else {
        assert!(matches!(head, "" | "\u{feff}"), "nothing but a byte order mark is before the body");
        return;
    };
    let fences = head.strip_prefix('\u{feff}').unwrap_or(head);
    let (opener, rest) = fences.split_once('\n').expect("the opener is a line");
    assert_eq!(opener.trim_end(), "---");
    let closer = rest.strip_prefix(yaml).expect("the YAML begins after the opener");
    assert!(yaml.is_empty() || yaml.ends_with('\n'), "the closer is a line of its own");
    assert!(matches!(closer.trim_end(), "---" | "..."), "the closer is {closer:?}");
}
