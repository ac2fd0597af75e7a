//! Any bytes are a post or an error, a post survives JSON, and no text is lost or made.

#![no_main]

#[path = "../../tests/support/conserved.rs"]
mod conserved;
#[path = "../support/engines.rs"]
mod engines;
#[path = "../../tests/support/oracle.rs"]
#[allow(dead_code, reason = "the tests over folders use more of it")]
mod oracle;

use std::cmp::Reverse;

use libfuzzer_sys::fuzz_target;
use offprint::{FrontMatter, MarkKind, Parser, Post, RemovalKind, Report, Rules, Text};
use serde::Deserialize as _;

fuzz_target!(|bytes: &[u8]| {
    for recover in [false, true] {
        let parser = Parser::new().recover(recover);
        if let Ok((post, _)) = engines::agree(&parser, |parser| parser.parse_bytes_with_report(bytes)) {
            texts_are_whole(&post);
            json_is_faithful(&post);
            assert_eq!(post.clone().into_owned(), post);
            let _ = post.to_text();
        }
        if let Ok((_, report)) = parser.rules(Rules::none()).parse_bytes_with_report(bytes) {
            let by_rules =
                |kind| !matches!(kind, RemovalKind::Hidden | RemovalKind::Duplicate | RemovalKind::Gutter);
            assert!(!report.removals.iter().any(|removal| by_rules(removal.kind)), "there are no rules");
        }
    }
    if let Ok(source) = std::str::from_utf8(bytes) {
        text_is_conserved(source);
    }
});

/// All visible text is in the blocks if there are no rules, else in the blocks or in the removals.
fn text_is_conserved(source: &str) {
    let Ok((whole, unseen)) = Parser::new().rules(Rules::none()).parse_with_report(source) else { return };
    let (post, report) = Parser::new().parse_with_report(source).expect("rules fail on nothing");
    let whole_text = oracle::block_text(&whole);
    let kept = oracle::block_text(&post);
    let texts = |report: &Report| -> String {
        report.removals.iter().map(|removal| oracle::squeeze(&removal.text)).collect()
    };
    let (removed, unseen) = (texts(&report), texts(&unseen));

    // The caption of a table moves before its rows, so that taking one out may change the order.
    let has_caption = source.to_ascii_lowercase().contains("<caption");
    assert_eq!(
        sorted(&(kept.clone() + &removed)),
        sorted(&(whole_text.clone() + &unseen)),
        "{whole_text:?}, {kept:?}, {removed:?}"
    );
    if !has_caption {
        let mut rest = whole_text.chars();
        let in_order = kept.chars().all(|char| rest.any(|other| other == char));
        assert!(in_order, "{kept:?} is not in order in {whole_text:?}");
    }

    let split = FrontMatter::split(source).expect("what was read was split");
    if whole.prelude.stamp.is_some() || whole.prelude.heading.is_some() {
        return;
    }
    // The text of a formula is another than what is seen of it.
    let lower = split.body().to_ascii_lowercase();
    if ["math", "tex", "mjx"].iter().any(|sign| lower.contains(sign)) {
        return;
    }
    if let Err(parting) = conserved::check(source) {
        panic!("{parting}");
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}

/// Post to JSON to post is the identity.
fn json_is_faithful(post: &Post<'_>) {
    let json = serde_json::to_string(post).expect("every post can be written");
    assert_eq!(post.to_json(), json);
    let mut deserializer = serde_json::Deserializer::from_str(&json);
    deserializer.disable_recursion_limit();
    let read = Post::deserialize(&mut deserializer).expect("what was written can be read");
    deserializer.end().expect("there is one post");
    assert_eq!(read, *post);
}

/// Marks are in order, and each is a part of its text.
fn texts_are_whole(post: &Post<'_>) {
    post.walk().flat_map(|(_, block)| block.texts()).for_each(marks_fit);
}

fn marks_fit(text: &Text<'_>) {
    for mark in &text.marks {
        let covers = mark.start < mark.end || matches!(mark.kind, MarkKind::Anchor { .. });
        assert!(covers, "a mark covers something: {text:?}");
        assert!(text.text.get(mark.start..mark.end).is_some(), "a mark covers characters: {text:?}");
    }
    let in_order = text.marks.is_sorted_by_key(|mark| (mark.start, Reverse(mark.end)));
    assert!(in_order, "marks are in order: {text:?}");
}
