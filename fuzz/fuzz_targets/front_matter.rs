//! Front matter and body are the whole input, and nothing in the front matter panics.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offprint::{FrontMatter, FrontMatterFormat, Parser};

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

/// Byte order mark, opener, text, closer and body are the input, in this order and without a gap.
fn parts_make_the_whole(source: &str, split: &FrontMatter<'_>) {
    let (head, body) = source.split_at(split.body_offset());
    assert_eq!(split.body(), body);
    let (Some(format), Some(text), Some(start)) = (split.format(), split.text(), split.text_offset()) else {
        assert!(matches!(head, "" | "\u{feff}"), "nothing but a byte order mark is before the body");
        assert_eq!((split.format(), split.text(), split.text_offset()), (None, None, None));
        return;
    };
    let (opener, rest) = head.split_at(start);
    let opener = opener.strip_prefix('\u{feff}').unwrap_or(opener);
    let closer = rest.strip_prefix(text).expect("the text is where its offset says");
    match format {
        FrontMatterFormat::Yaml => {
            assert_eq!(opener.trim_end(), "---");
            assert!(matches!(closer.trim_end(), "---" | "..."), "the closer is {closer:?}");
        }
        FrontMatterFormat::Toml => assert_eq!((opener.trim_end(), closer.trim_end()), ("+++", "+++")),
        FrontMatterFormat::Json => {
            assert_eq!((opener, closer.trim_end()), ("", ""));
            assert!(text.starts_with('{') && text.ends_with('}'), "the text is {text:?}");
            return;
        }
        format => panic!("{format} is new"),
    }
    assert!(
        opener.ends_with('\n') && (text.is_empty() || text.ends_with('\n')),
        "fences are lines of their own"
    );
}
