//! Template tags of any syntaxes in any body: the engines agree, each position is in the body and in order,
//! and what is not a tag stays: its characters are in the blocks or in the removals.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use offprint::{BodyFormat, Parser, Post, RemovalKind, Report, Rules, TemplateSyntaxes};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, body)) = bytes.split_first() else { return };
    let Ok(body) = std::str::from_utf8(body) else { return };
    let syntaxes = syntaxes(choice);
    for format in [BodyFormat::Html, BodyFormat::Markdown, BodyFormat::Auto] {
        let parser = Parser::new().recover(true).rules(Rules::none()).body_format(format).templates(syntaxes);
        let Ok((post, report)) = engines::agree(&parser, |parser| parser.parse_with_report(body)) else {
            continue;
        };
        assert_eq!(parser.parse(body).expect("it has been read"), post);
        check_positions(body, &report);
        if format == BodyFormat::Html {
            check_text(body, syntaxes, &post, &report);
        }
    }
});

fn syntaxes(choice: u8) -> TemplateSyntaxes {
    let all = [TemplateSyntaxes::LIQUID, TemplateSyntaxes::HUGO, TemplateSyntaxes::WORDPRESS];
    let chosen = all.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1);
    chosen.fold(TemplateSyntaxes::NONE, |syntaxes, (_, syntax)| syntaxes | *syntax)
}

fn check_positions(body: &str, report: &Report) {
    let removals = report.removals.iter().filter(|removal| removal.kind == RemovalKind::Template);
    let mut last = 0;
    for removal in removals {
        let offset = removal.position.expect("a tag stands somewhere").offset;
        assert!(last <= offset, "{report:?}");
        assert!(body[offset..].starts_with(&removal.text), "{report:?}");
        last = offset;
    }
    let positions = report.diagnostics.iter().filter_map(|diagnostic| diagnostic.position);
    for position in positions.chain(report.removals.iter().filter_map(|removal| removal.position)) {
        assert!(body.is_char_boundary(position.offset), "{report:?}");
    }
}

/// Only bodies without tags of HTML, references and code are looked at, since in them each letter shows.
fn check_text(body: &str, syntaxes: TemplateSyntaxes, post: &Post<'_>, report: &Report) {
    // What a tag shows may differ from what stands in it: only those are checked that show nothing.
    let has_shortcodes = syntaxes.contains(TemplateSyntaxes::WORDPRESS) && body.contains('[');
    let has_markup = body.contains(['<', '&', '"', '\'', '\0', '\r']);
    if has_markup || has_shortcodes || SHOWN.iter().any(|name| body.contains(name)) {
        return;
    }
    let mut found = letters(&post.to_text());
    for removal in &report.removals {
        for (letter, count) in letters(&removal.text) {
            *found.entry(letter).or_default() += count;
        }
    }
    for (letter, count) in letters(body) {
        assert!(
            found.get(&letter).is_some_and(|found| *found >= count),
            "{letter:?} is lost: {post:?} {report:?}"
        );
    }
}

/// The names of tags that show something, or hide what they are.
const SHOWN: [&str; 19] = [
    "raw",
    "link",
    "post_url",
    "highlight",
    "code",
    "blockquote",
    "youtube",
    "vimeo",
    "gist",
    "tweet",
    "twitter",
    "instagram",
    "img",
    "image",
    "figure",
    "picture",
    "asset",
    "ref",
    "caption",
];

fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for letter in text.chars().filter(|letter| letter.is_ascii_alphanumeric()) {
        *letters.entry(letter).or_default() += 1;
    }
    letters
}
