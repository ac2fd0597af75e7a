//! How deep a block nests and where its values are: from the text of the block to offsets, by its tokens
//! alone.
//!
//! The YAML parser takes time that grows with the square of the depth of flow collections (a minute for 400
//! kB of `{a: `) before anything can stop it; and it tells the position of an error, and of nothing else.
//!
//! A bracket opens a collection only where a token starts. To tell these brackets from those in texts, the
//! [`Scanner`] passes over the tokens as libyaml does, indentation included.

mod cycle;
mod scanner;
mod slots;

use std::ops::Range;

pub(super) use cycle::{Cycle, cycle};
use scanner::Scanner;
pub(super) use slots::{Slot, root, values};

/// A block of which the collections that nest too deep have been emptied.
pub(super) struct Emptied {
    /// The block, in which spaces replace what was in the collections that are too deep. Everything else has
    /// the offset that it had.
    pub(super) text: String,
    /// Where the first of these collections starts.
    pub(super) at: usize,
}

/// Empties the flow collections that are inside `most` others; `None` if there are none.
pub(super) fn emptied(text: &str, most: usize) -> Option<Emptied> {
    // Nearly every block is let through here.
    let brackets = memchr::memchr2_iter(b'[', b'{', text.as_bytes());
    if brackets.take(most + 1).count() <= most {
        return None;
    }
    let mut scanner = Scanner::new(text.as_bytes());
    let mut left = String::new();
    let mut kept_until = 0;
    let mut at = None;
    while let Some(token) = scanner.next_token() {
        if scanner.flow_depth() <= most {
            continue;
        }
        at = at.or(Some(token.start));
        if left.is_empty() {
            left.reserve_exact(text.len());
        }
        left.push_str(&text[kept_until..=token.start]);
        let inner = token.start + 1;
        kept_until = text.len();
        while let Some(token) = scanner.next_token() {
            if scanner.flow_depth() <= most {
                kept_until = token.start;
                break;
            }
        }
        left.extend(text[inner..kept_until].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }
    left.push_str(&text[kept_until..]);
    at.map(|at| Emptied { text: left, at })
}

/// The ranges of the scalars in double quotes, in order, with their quotes.
pub(super) fn double_quoted(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut scanner = Scanner::new(text.as_bytes());
    std::iter::from_fn(move || {
        loop {
            let token = scanner.next_token()?;
            if text.as_bytes().get(token.start) == Some(&b'"') {
                return Some(token.start..scanner.token_end());
            }
        }
    })
}

/// Where the last token before `at` starts.
pub(super) fn token_before(text: &str, at: usize) -> Option<usize> {
    let mut scanner = Scanner::new(text.as_bytes());
    let tokens = std::iter::from_fn(|| scanner.next_token().map(|token| token.start));
    tokens.take_while(|&start| start < at).last()
}

/// The innermost bracket that is open at the end of the text.
pub(super) fn open_bracket(text: &str) -> Option<usize> {
    let mut scanner = Scanner::new(text.as_bytes());
    let mut open = Vec::new();
    while let Some(token) = scanner.next_token() {
        if scanner.flow_depth() > open.len() {
            open.push(token.start);
        }
        open.truncate(scanner.flow_depth());
    }
    open.pop()
}

/// Whether the flow collection whose bracket is at `bracket` has an end, be that the right bracket or not.
pub(super) fn is_closed(text: &str, bracket: usize) -> bool {
    let mut scanner = Scanner::new(text.as_bytes());
    let mut depth_inside = None;
    while let Some(token) = scanner.next_token() {
        if token.start == bracket {
            depth_inside = Some(scanner.flow_depth());
        } else if depth_inside.is_some_and(|inside| scanner.flow_depth() < inside) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_matter::entry::Node;

    #[track_caller]
    fn refused_at(text: &str, at: usize) {
        assert_eq!(emptied(text, 2).map(|emptied| emptied.at), Some(at), "{text:?}");
    }

    #[track_caller]
    fn let_through(text: &str) {
        assert!(emptied(text, 2).is_none(), "{text:?}");
    }

    #[test]
    fn deep_collections() {
        refused_at("[[[", 2);
        refused_at("a: [b, {c: [d]}]", 11);
        refused_at("a: [[]]\nb: [[[]]]", 13);
        refused_at("- x\n- {{\n{", 9);
        refused_at("标题: '[[['\nb: [[[", 19);
        refused_at("a: b # [\nc: [[[", 14);
        refused_at("a: \"\\\"\"\nc: [[[", 13);
        refused_at("a: 'it''s'\nc: [[[", 16);
        refused_at("[\"a\": [\"b\": [", 12);
        refused_at("a: &b [ !c [ &d [", 16);
        refused_at("k: |\n x\nc: [[[", 13);
        refused_at("--- [[[", 6);
    }

    #[test]
    fn brackets_in_texts() {
        let_through("a: '[[[['");
        let_through("a: \"[[[[\\\"[[[[\"");
        let_through("a: x [[[[\nb: y[[[[");
        let_through("a: x\n  [[[[\n  {{{{");
        let_through("a: b # [[[[\n# [[[[");
        let_through("a: |\n  [[[[\n\n  [[[[\nb: c");
        let_through("a: |2-\n  [[[[");
        let_through("- - |\n    [[[[");
        let_through("[[]]\n");
        let_through("a: [[], [], [], []]");
        let_through("a: !<[[[[> b");
        let_through("? |\n [[[[\n: x");
    }

    #[track_caller]
    fn empties(text: &str, expected: &str) {
        assert_eq!(emptied(text, 2).map(|emptied| emptied.text).as_deref(), Some(expected), "{text:?}");
    }

    #[test]
    fn what_is_too_deep_is_emptied_where_it_stands() {
        empties("a: [[[b], c, {d: [e]}]]\nf: g", "a: [[[ ], c, {      }]]\nf: g");
        empties("a: [[[[[]]]]]", "a: [[[    ]]]");
        empties("a: [[[\n  茶, ']]]'\n]]]", "a: [[[\n            \n]]]");
        empties("a: [[[b", "a: [[[ ");
        empties("a: [[[b: {\nc: d", "a: [[[    \n    ");
        // The parser stops at the `@`, and so nothing follows.
        empties("a: [[[@]]]\nb: [[[c]]]", "a: [[[    \n          ");
    }

    #[track_caller]
    fn values_are(text: &str, expected: &[&str]) {
        let values: Vec<&str> = values(text).into_iter().map(|value| &text[value]).collect();
        assert_eq!(values, expected, "{text:?}");
    }

    #[test]
    fn values_of_top_level_keys() {
        values_are("a: b\nc: d", &["b", "d"]);
        values_are("a: b # c\n\n# d\ne:\nf:  \n  g\n", &["b", "", "g"]);
        values_are("a:\n- b\n- c: d\n  e: f\ng: h", &["- b\n- c: d\n  e: f", "h"]);
        values_are(
            "a:\n  b:\n    c: d\n  e: f\n'g' : &h !i [j,\nk: l]\nm: *h",
            &["b:\n    c: d\n  e: f", "&h !i [j,\nk: l]", "*h"],
        );
        values_are(
            "a: |\n  b: c\n  d\n\ne: \"f\n  g: h\"\ni: j\n  k",
            &["|\n  b: c\n  d", "\"f\n  g: h\"", "j\n  k"],
        );
        values_are("  a: b\n  c:\n    d: e\n", &["b", "d: e"]);
        values_are("&a !b c: d\n? e\n: f\n", &["d", "f"]);
        values_are("{a: b, 'c': [d, e: f], \"g\":{h: i} ,\nj: }", &["b", "[d, e: f]", "{h: i}", ""]);
        values_are("&a {b: c}", &["c"]);
        values_are("标题: 城寨\r\n茶: [水]\r\n", &["城寨", "[水]"]);
    }

    /// Where each line could be taken for what it is not.
    #[test]
    fn block_scalars_end_where_libyaml_ends_them() {
        refused_at("- a: |\n  b: [[[", 14);
        refused_at("a: |\n \"\nb: [[[", 13);
        refused_at("- a: x\n  b: '\n  c: '\n  d: [[[", 28);
        refused_at("a:\n  b: |\n  c: [[[", 17);
        let_through("a:\n  b: |\n   c: [[[");
    }

    /// In blocks that are YAML, the brackets that open lists are as many as the parser finds.
    #[test]
    fn random_blocks() {
        const FRAGMENTS: [&str; 44] = [
            "a: ", "b: ", "\"c\": ", "\n", "\n", "\n ", "\n  ", "\n   ", "\n\n", "[", "[", "]", "]", "[]",
            "{", "}", ", ", ",", "'", "\"", "\\", "|", ">", "|2-", "|-", " #", "#", "x", "x y", ":", " ",
            "\t", "&q ", "!t ", "? ", "\n? ", "\n: ", "标", "\r\n", "\r", "\n--- ", "\n  [", "'it''s'",
            "\u{2028}",
        ];
        let mut state: u64 = 42;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let mut with_lists = 0;
        for _ in 0..50_000 {
            let fragments = (0..random(14)).map(|_| FRAGMENTS[random(FRAGMENTS.len())]);
            let text: String = std::iter::once("k: ").chain(fragments).collect();
            let Ok(entries) = crate::front_matter::yaml::entries(&text) else {
                continue;
            };
            let lists: usize = entries.iter().map(|entry| count_lists(&entry.node)).sum();
            assert_eq!(count_openers(&text), lists, "{text:?}");
            check_values(&text, entries.len());
            with_lists += usize::from(lists > 0);
        }
        assert!(with_lists > 100, "{with_lists}");
    }

    /// There are as many values as entries, or there is something in the block that is seldom there; and each
    /// is YAML that means the same by itself.
    fn check_values(text: &str, entries: usize) {
        let values = values(text);
        let is_plain = !text.contains(['?', '<', '{', ',', '&', '*', '!']);
        assert!(values.len() == entries || !is_plain, "{text:?}: {values:?} of {entries}");
        let mut end = 0;
        for value in values {
            if value.is_empty() {
                continue;
            }
            assert!(end <= value.start, "{text:?}");
            end = value.end;
            assert_eq!(text[value.clone()].trim_matches([' ', '\n']), &text[value], "{text:?}");
        }
    }

    fn count_lists(node: &Node<'_>) -> usize {
        match node {
            Node::Texts(_) => 1,
            Node::List(nodes) => 1 + nodes.iter().map(count_lists).sum::<usize>(),
            Node::Map(pairs) => pairs.iter().map(|(_, node)| count_lists(node)).sum(),
            _ => 0,
        }
    }

    fn count_openers(text: &str) -> usize {
        let mut scanner = Scanner::new(text.as_bytes());
        let mut openers = 0;
        while let Some(token) = scanner.next_token() {
            // A plain scalar cannot start with one.
            openers += usize::from(text.as_bytes()[token.start] == b'[');
        }
        openers
    }
}
