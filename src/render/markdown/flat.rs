//! Texts whose marks stand side by side: links, and what has delimiter runs.
//!
//! Of 6,159 texts with marks in a corpus, 5,517 are such texts. They are written straight from their marks,
//! without the tokens that other texts are made into.

use super::context::Context;
use super::escape::{Edges, push_text};
use super::mark::Form;
use super::punctuation::{is_surely_punctuation, is_surely_word};
use super::target::{is_autolink, may_be_changed, push_target};
use super::whole::Whole;
use crate::post::{Mark, Text};
use crate::render::shown::shown_link;
use crate::url::is_safe_link;

/// Adds a text that has marks, if all of them are links that are shown as they are or have delimiter runs
/// without a doubt, and stand side by side. Of another text, nothing is added. Returns whether it is added.
pub(super) fn push_flat(out: &mut String, text: &Text<'_>, context: Context) -> bool {
    let start = out.len();
    let is_flat = try_push(out, text, context).is_some();
    if !is_flat {
        out.truncate(start);
    }
    is_flat
}

/// The same, but a part of another text may be added.
fn try_push(out: &mut String, text: &Text<'_>, context: Context) -> Option<()> {
    let Text { text, marks } = text;
    let whole = Whole::of(text, context).with_tildes_outside();
    let push = |out: &mut String, text, edges| push_text(out, text, &whole, context.parent, edges);
    let start = out.len();
    let mut written = 0;
    let mut ends_in_run = false;
    for mark in marks {
        let before = text.get(written..mark.start)?;
        let inside = text.get(mark.range()).filter(|inside| !inside.is_empty())?;
        let edges = Edges { is_first: written == 0, ..Edges::default() };
        match Form::of(&mark.kind) {
            Form::Link { href, title } => {
                let is_changed = may_be_changed(href);
                if !is_shown(href, is_changed) {
                    return None;
                }
                if title.is_none() && is_autolink(href, inside) {
                    push(out, before, edges);
                    out.push('<');
                    out.push_str(href);
                    out.push('>');
                } else {
                    push(out, before, Edges { before_bracket: true, ..edges });
                    out.push('[');
                    push(out, inside, Edges { in_link: true, ..Edges::default() });
                    out.push(']');
                    push_target(out, href, is_changed, title);
                }
                ends_in_run = false;
            }
            Form::Delimited(delimiter) => {
                // Two runs side by side would be one.
                let follows_run = ends_in_run && before.is_empty();
                if follows_run || !has_runs(text, mark, inside) {
                    return None;
                }
                push(out, before, edges);
                out.push_str(delimiter.run);
                push(out, inside, Edges::default());
                out.push_str(delimiter.run);
                ends_in_run = true;
            }
            Form::CodeSpan | Form::Formula { .. } | Form::Anchor { .. } | Form::Element => return None,
        }
        written = mark.end;
    }
    push(out, &text[written..], Edges { is_last: true, ..Edges::default() });
    (!whole.makes_formula(&out[start..])).then_some(())
}

/// Whether a link is written, and its URL as it is. One that may be changed may have white space.
#[inline]
fn is_shown(href: &str, is_changed: bool) -> bool {
    if is_changed {
        shown_link(href).is_some_and(|shown| shown.len() == href.len())
    } else {
        is_safe_link(href)
    }
}

/// Whether delimiter runs around this part of a text are surely taken for those, and the mark is not [drawn
/// in](super::drawn_in): on each side, a letter is inside, or punctuation inside and none but punctuation or
/// white space outside.
fn has_runs(text: &str, mark: &Mark<'_>, inside: &str) -> bool {
    let has_run = |inside: Option<char>, outside: Option<char>| {
        let is_apart = |c: char| c.is_whitespace() || is_surely_punctuation(c);
        inside.is_some_and(|c| is_surely_word(c) || !c.is_whitespace() && outside.is_none_or(is_apart))
    };
    has_run(inside.chars().next(), text[..mark.start].chars().next_back())
        && has_run(inside.chars().next_back(), text[mark.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{MarkKind, Post};
    use crate::render::markdown::context::Parent;
    use crate::render::markdown::inline::push_marked;

    /// What a text comes to in both ways; the first is empty if it is not flat.
    fn pushed(text: &Text<'_>, parent: Parent) -> [String; 2] {
        let context = Context { parent, dollar_math: true, escapes_dollars: false, escapes_tildes: false };
        let mut both = [String::new(), String::new()];
        if !push_flat(&mut both[0], text, context) {
            assert_eq!(both[0], "");
        }
        push_marked(&mut both[1], text, context);
        both
    }

    #[test]
    fn flat_texts_are_written_as_others_are() {
        // A linear congruential generator: the same texts on every run.
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let pieces = [
            "a",
            "b",
            "c1",
            " ",
            "\n",
            ".",
            "!",
            "(",
            ")",
            "“",
            "”",
            "。",
            "茶",
            "ⓑ",
            "*",
            "_",
            "~",
            "$",
            "[",
            "\u{a0}",
            "€",
            "http://a/",
            "- ",
            "`",
            "#",
        ];
        let kinds = [
            MarkKind::Strong,
            MarkKind::Strong,
            MarkKind::Emphasis,
            MarkKind::Strikethrough,
            MarkKind::link("http://a/"),
            MarkKind::link("/?a&amp;b=(c)"),
            MarkKind::link(" /a"),
            MarkKind::link("javascript:a"),
            MarkKind::Code,
        ];
        let mut flat = 0;
        for _ in 0..100_000 {
            let (mut text, mut marks) = (String::new(), Vec::new());
            for _ in 0..=next(3) {
                text.extend((0..next(3)).map(|_| pieces[next(pieces.len())]));
                let start = text.len();
                text.extend((0..=next(3)).map(|_| pieces[next(pieces.len())]));
                if next(5) > 0 {
                    marks.push(Mark::new(start..text.len(), kinds[next(kinds.len())].clone()));
                }
            }
            text.extend((0..next(3)).map(|_| pieces[next(pieces.len())]));
            if marks.is_empty() {
                continue;
            }
            let text = Text::new(text, marks);
            let parent = [Parent::Paragraph, Parent::Heading, Parent::Cell][next(3)];
            let [fast, slow] = pushed(&text, parent);
            if !fast.is_empty() {
                flat += 1;
                assert_eq!(fast, slow, "{text:?}, {parent:?}");
            }
        }
        assert!(flat > 20_000, "{flat}");
    }

    #[test]
    fn what_is_in_doubt_is_not_flat() {
        for (html, is_flat) in [
            ("a <b>b</b> <a href=/c>c</a>", true),
            ("a<b>b</b>", true),
            ("茶<b>茶</b>", true),
            ("a<b>.b</b>", false),
            ("<b>b.</b>。", true),
            ("<b>b</b><i>c</i>", false),
            ("<b>b</b><a href=/c>c</a>", true),
            ("<b>b <i>c</i></b>", false),
            ("<code>b</code>", false),
        ] {
            let post = Post::parse(html).unwrap();
            let text = post.paragraphs().next().unwrap();
            let [fast, slow] = pushed(text, Parent::Paragraph);
            assert_eq!(fast, if is_flat { &slow } else { "" }, "{html}");
        }
    }
}
