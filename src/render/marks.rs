//! The marks of a text as elements, which nest where marks may cross.

use std::cmp::Reverse;
use std::mem::discriminant;

use crate::post::{Mark, MarkKind, Text};

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece<'t, 'a> {
    Open(&'t MarkKind<'a>),
    /// Never empty.
    Text(&'t str),
    Close(&'t MarkKind<'a>),
}

#[derive(Clone, Copy)]
struct Span<'t, 'a> {
    start: usize,
    end: usize,
    kind: &'t MarkKind<'a>,
}

/// Which of two marks of the same text is inside the other, if one is a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// The one that comes second.
    InOrder,
    /// The one that is no link.
    Outside,
}

/// A text in pieces that nest. Of two marks that cross, one comes in parts, and that is never a link.
///
/// The marks that `wanted` refuses are left out, and those that are no part of the text. Marks of one kind do
/// not overlap in what comes out, so that the depth is at most the number of kinds.
pub(super) fn pieces<'t, 'a>(
    text: &'t Text<'a>,
    links: Links,
    wanted: impl Fn(&MarkKind<'a>) -> bool,
) -> Vec<Piece<'t, 'a>> {
    let mut out = Vec::with_capacity(1 + 3 * text.marks.len());
    let mut at = 0;
    let mut push_text = |out: &mut Vec<_>, to: usize| {
        if at < to {
            out.push(Piece::Text(&text.text[at..to]));
            at = to;
        }
    };
    let mut open: Vec<Span<'t, 'a>> = Vec::new();
    let mut spans = spans(text, wanted);
    spans.sort_by_key(|span| (span.start, Reverse(span.end), links == Links::Outside && !is_link(span)));
    for span in spans {
        close_before(span.start, &mut open, &mut out, &mut push_text);
        push_text(&mut out, span.start);
        out.push(Piece::Open(span.kind));
        open.push(span);
    }
    close_before(text.text.len(), &mut open, &mut out, &mut push_text);
    push_text(&mut out, text.text.len());
    out
}

/// Closes what ends at `to` or before, and opens anew what goes on beyond it.
fn close_before<'t, 'a>(
    to: usize,
    open: &mut Vec<Span<'t, 'a>>,
    out: &mut Vec<Piece<'t, 'a>>,
    push_text: &mut impl FnMut(&mut Vec<Piece<'t, 'a>>, usize),
) {
    while let Some(end) = open.iter().map(|span| span.end).min().filter(|&end| end <= to) {
        push_text(out, end);
        let first = open.iter().position(|span| span.end == end).unwrap_or_default();
        out.extend(open[first..].iter().rev().map(|span| Piece::Close(span.kind)));
        let inner = open.split_off(first);
        open.extend(inner.into_iter().filter(|span| span.end > end));
        out.extend(open[first..].iter().map(|span| Piece::Open(span.kind)));
    }
}

fn is_link(span: &Span<'_, '_>) -> bool {
    matches!(span.kind, MarkKind::Link { .. })
}

/// The marks, those of one kind apart from each other, and none of them crossing a link.
fn spans<'t, 'a>(text: &'t Text<'a>, wanted: impl Fn(&MarkKind<'a>) -> bool) -> Vec<Span<'t, 'a>> {
    let is_part = |mark: &&Mark<'_>| mark.start < mark.end && text.text.get(mark.range()).is_some();
    let marks = text.marks.iter().filter(is_part).filter(|mark| wanted(&mark.kind));
    let mut spans: Vec<_> =
        marks.map(|mark| Span { start: mark.start, end: mark.end, kind: &mark.kind }).collect();
    spans.sort_by_key(|span| span.start);

    let mut latest: Vec<Span<'_, '_>> = Vec::new();
    spans.retain_mut(|span| {
        let same_kind = |other: &&mut Span<'_, '_>| discriminant(other.kind) == discriminant(span.kind);
        match latest.iter_mut().find(same_kind) {
            Some(before) => {
                span.start = span.start.max(before.end);
                before.end = before.end.max(span.end);
            }
            None => latest.push(*span),
        }
        span.start < span.end
    });

    let links: Vec<_> = spans.iter().copied().filter(is_link).collect();
    let mut nested = Vec::with_capacity(spans.len());
    for span in spans {
        if is_link(&span) {
            nested.push(span);
        } else {
            nested.extend(cut_at_links(span, &links));
        }
    }
    nested
}

/// The parts into which the borders of links cut a mark: links that it crosses, not those that are inside it
/// or around it.
fn cut_at_links<'t, 'a>(span: Span<'t, 'a>, links: &[Span<'_, '_>]) -> impl Iterator<Item = Span<'t, 'a>> {
    let around = |place: usize| {
        let next = links.partition_point(|link| link.end <= place);
        links.get(next).filter(|link| link.start < place)
    };
    let first = around(span.start).map(|link| link.end).filter(|&end| end < span.end);
    let last = around(span.end).map(|link| link.start).filter(|&start| start > span.start);
    let mut starts =
        [Some(span.start), first, last.filter(|last| Some(*last) != first)].into_iter().flatten().peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        Some(Span { start, end: *starts.peek().unwrap_or(&span.end), ..span })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(href: &'static str) -> MarkKind<'static> {
        MarkKind::Link { href: href.into(), title: None }
    }

    /// The pieces as a reader would write them.
    fn shown(text: &str, marks: &[(usize, usize, MarkKind<'static>)]) -> String {
        let marks =
            marks.iter().map(|(start, end, kind)| Mark { start: *start, end: *end, kind: kind.clone() });
        let text = Text { text: text.into(), marks: marks.collect() };
        let name = |kind: &MarkKind<'_>| match kind {
            MarkKind::Strong => "s".to_owned(),
            MarkKind::Emphasis => "e".to_owned(),
            other => other_name(other),
        };
        pieces(&text, Links::Outside, |kind| *kind != MarkKind::Small)
            .iter()
            .map(|piece| match piece {
                Piece::Open(kind) => format!("<{}>", name(kind)),
                Piece::Text(text) => (*text).to_owned(),
                Piece::Close(kind) => format!("</{}>", name(kind)),
            })
            .collect()
    }

    fn other_name(kind: &MarkKind<'_>) -> String {
        match kind {
            MarkKind::Link { href, .. } => href.to_string(),
            _ => "?".to_owned(),
        }
    }

    #[test]
    fn marks_that_cross_come_in_parts() {
        use MarkKind::{Emphasis, Small, Strong};
        for (marks, expected) in [
            (vec![], "abcdef"),
            (vec![(0, 6, Strong), (2, 4, Emphasis)], "<s>ab<e>cd</e>ef</s>"),
            (vec![(0, 4, Strong), (2, 6, Emphasis)], "<s>ab<e>cd</e></s><e>ef</e>"),
            (vec![(0, 3, Strong), (0, 3, link("l"))], "<l><s>abc</s></l>def"),
            (vec![(0, 4, Strong), (2, 6, link("l"))], "<s>ab</s><l><s>cd</s>ef</l>"),
            (vec![(0, 4, link("l")), (2, 6, Strong)], "<l>ab<s>cd</s></l><s>ef</s>"),
            (
                vec![(0, 2, link("l")), (1, 5, Strong), (4, 6, link("m"))],
                "<l>a<s>b</s></l><s>cd</s><m><s>e</s>f</m>",
            ),
            (vec![(0, 6, Strong), (1, 2, link("l")), (2, 3, link("m"))], "<s>a<l>b</l><m>c</m>def</s>"),
            (vec![(0, 6, Small), (1, 2, Strong)], "a<s>b</s>cdef"),
            // What only touches a link, or one of its ends, is not cut.
            (vec![(0, 6, link("l")), (0, 3, Strong)], "<l><s>abc</s>def</l>"),
            (vec![(0, 6, link("l")), (3, 6, Strong)], "<l>abc<s>def</s></l>"),
            (vec![(0, 6, link("l")), (2, 4, Strong)], "<l>ab<s>cd</s>ef</l>"),
            (vec![(2, 4, link("l")), (0, 2, Strong), (4, 6, Emphasis)], "<s>ab</s><l>cd</l><e>ef</e>"),
            (vec![(2, 4, link("l")), (0, 4, Strong)], "<s>ab<l>cd</l></s>ef"),
            (vec![(2, 4, link("l")), (2, 6, Strong)], "ab<s><l>cd</l>ef</s>"),
            (vec![(0, 2, Strong), (2, 4, Strong)], "<s>ab</s><s>cd</s>ef"),
            (vec![(0, 4, Strong), (1, 3, Strong), (2, 6, Strong)], "<s>abcd</s><s>ef</s>"),
            (vec![(0, 6, Strong), (1, 4, Emphasis), (3, 5, link("l"))], "<s>a<e>bc</e><l><e>d</e>e</l>f</s>"),
        ] {
            assert_eq!(shown("abcdef", &marks), expected, "{marks:?}");
        }
    }

    #[test]
    fn marks_that_no_parser_makes_do_no_harm() {
        use MarkKind::{Emphasis, Strong};
        assert_eq!(shown("长a", &[(0, 1, Strong), (1, 3, Strong), (3, 9, Strong), (3, 3, Strong)]), "长a");
        assert_eq!(shown("abc", &[(1, 3, Strong), (0, 2, Strong)]), "<s>ab</s><s>c</s>");
        assert_eq!(shown("abc", &[(0, 2, link("l")), (1, 3, link("m"))]), "<l>ab</l><m>c</m>");
        assert_eq!(shown("", &[(0, 0, Emphasis)]), "");
    }
}
