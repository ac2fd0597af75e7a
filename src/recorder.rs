//! Collects a report while a post is read.

use std::mem::take;

use crate::error::{Position, characters};
use crate::report::{Diagnostic, DiagnosticKind, Removal, Report};

/// Owns the report of a post while the stages add to it.
///
/// A recorder that is off keeps nothing of a body, so that a post for which nobody wants a report does not
/// pay for one.
///
/// Stages that read the body know byte offsets in it. They become positions, together, once the body has been
/// read.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    is_on: bool,
    report: Report,
    /// The entries of which the position is known: byte offsets in the body or, once that is read, in its
    /// HTML.
    starts: Vec<(Entry, usize)>,
    /// How many of the removals, and of the starts, were noted before the HTML was read.
    before_html: (usize, usize),
}

/// An entry of the report, by its index.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Diagnostic(usize),
    Removal(usize),
}

impl Recorder {
    pub(crate) fn on() -> Self {
        Self { is_on: true, ..Self::default() }
    }

    pub(crate) fn off() -> Self {
        Self::default()
    }

    pub(crate) fn is_on(&self) -> bool {
        self.is_on
    }

    /// The report, to be filled by stages other than those of the body.
    pub(crate) fn report(&mut self) -> &mut Report {
        &mut self.report
    }

    /// Notes something odd about the body, which begins at the byte offset `start` in it.
    pub(crate) fn diagnose(
        &mut self,
        kind: DiagnosticKind,
        start: Option<usize>,
        message: impl FnOnce() -> String,
    ) {
        if self.is_on {
            self.starts.extend(start.map(|start| (Entry::Diagnostic(self.report.diagnostics.len()), start)));
            self.report.diagnostics.push(Diagnostic::new(kind, message(), None));
        }
    }

    /// Notes that an element of the body has gone, whose start tag begins at the byte offset `start` in it.
    pub(crate) fn remove(&mut self, removal: Removal, start: Option<usize>) {
        if self.is_on {
            self.starts.extend(start.map(|start| (Entry::Removal(self.report.removals.len()), start)));
            self.report.removals.push(removal);
        }
    }

    /// From now on, what is noted has offsets in the HTML that the body was made into.
    pub(crate) fn begin_html(&mut self) {
        self.before_html = (self.report.removals.len(), self.starts.len());
    }

    /// Tells the positions of what was noted in the body, which begins at `body_start`. `origin` leads from
    /// an offset in the HTML to one in the body.
    pub(crate) fn locate(&mut self, source: &str, body_start: usize, origin: impl Fn(usize) -> usize) {
        let (removals, in_body) = self.before_html;
        let mut starts = take(&mut self.starts);
        if starts.is_empty() {
            return self.merge_removals(removals);
        }
        for (_, start) in &mut starts[in_body..] {
            *start = origin(*start);
        }
        // Elements that a tree has moved are not in the order of the source.
        starts.sort_unstable_by_key(|(_, start)| *start);
        let mut cursor = Cursor::new(source);
        for (entry, start) in starts {
            let position = Some(cursor.advance(body_start + start));
            match entry {
                Entry::Diagnostic(index) => self.report.diagnostics[index].position = position,
                Entry::Removal(index) => self.report.removals[index].position = position,
            }
        }
        self.merge_removals(removals);
    }

    /// Puts the removals that were noted before the HTML was read, the first `earlier` of all, among the
    /// others: each before the first that begins after it.
    fn merge_removals(&mut self, earlier: usize) {
        if earlier == 0 {
            return;
        }
        let mut from_html = self.report.removals.split_off(earlier).into_iter().peekable();
        for removal in take(&mut self.report.removals) {
            while let Some(other) = from_html.next_if(|other| other.position < removal.position) {
                self.report.removals.push(other);
            }
            self.report.removals.push(removal);
        }
        self.report.removals.extend(from_html);
    }

    pub(crate) fn into_report(self) -> Report {
        self.report
    }
}

/// Tells the positions of ascending offsets in one pass over the source.
struct Cursor<'s> {
    source: &'s str,
    position: Position,
}

impl<'s> Cursor<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, position: Position::of(source, 0) }
    }

    /// The position of the byte at `offset`, which is the start of a character, and not before the last one
    /// asked for.
    fn advance(&mut self, offset: usize) -> Position {
        let Position { line, column, offset: before } = &mut self.position;
        if *before == 0 {
            // A byte order mark at the start of the file has no column.
            self.position = Position::of(self.source, offset);
            return self.position;
        }
        let passed = &self.source.as_bytes()[*before..offset];
        let new_line = memchr::memrchr(b'\n', passed).map(|line_feed| &passed[line_feed + 1..]);
        if new_line.is_some() {
            *line += memchr::memchr_iter(b'\n', passed).count();
            *column = 1;
        }
        *column += characters(new_line.unwrap_or(passed));
        *before = offset;
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RemovalKind;

    #[test]
    fn a_cursor_tells_the_positions_that_a_search_from_the_start_tells() {
        for source in ["\u{feff}ab\n标题: x\n\n\r\ny\n", "abc", "\u{feff}", "\n\u{feff}a\n标\u{feff}b"] {
            let offsets: Vec<usize> =
                (0..=source.len()).filter(|&offset| source.is_char_boundary(offset)).collect();
            for step in 1..5 {
                for first in 0..step {
                    let mut cursor = Cursor::new(source);
                    for &offset in offsets.iter().skip(first).step_by(step) {
                        assert_eq!(cursor.advance(offset), Position::of(source, offset), "{source:?}");
                        assert_eq!(cursor.advance(offset), Position::of(source, offset), "{source:?}, again");
                    }
                }
            }
        }
    }

    #[test]
    fn entries_get_their_positions_in_any_order() {
        let mut recorder = Recorder::on();
        for (element, start) in [("b", Some(4)), ("a", Some(1)), ("c", None)] {
            recorder.remove(Removal::new(RemovalKind::Script, element, ""), start);
        }
        recorder.diagnose(DiagnosticKind::DeepElements, Some(2), || "deep".to_owned());
        recorder.locate("---\n-\n\nabc", 5, |offset| offset);
        let report = recorder.into_report();
        let positions = report.removals.iter().map(|removal| (&*removal.element, removal.position));
        assert_eq!(
            positions.collect::<Vec<_>>(),
            [
                ("b", Some(Position { line: 4, column: 3, offset: 9 })),
                ("a", Some(Position { line: 3, column: 1, offset: 6 })),
                ("c", None)
            ]
        );
        let position = Position { line: 4, column: 1, offset: 7 };
        assert_eq!(
            report.diagnostics,
            [Diagnostic::new(DiagnosticKind::DeepElements, "deep", Some(position))]
        );
    }

    /// As with the template tag of `{% a %}b{% c %}d`, whose HTML is `<b></b><d></d>`.
    #[test]
    fn removals_from_before_the_html_stand_among_the_others() {
        let mut recorder = Recorder::on();
        recorder.remove(Removal::new(RemovalKind::Template, "a", ""), Some(0));
        recorder.remove(Removal::new(RemovalKind::Template, "c", ""), Some(8));
        recorder.begin_html();
        recorder.remove(Removal::new(RemovalKind::Rule, "b", ""), Some(0));
        recorder.remove(Removal::new(RemovalKind::Rule, "d", ""), Some(8));
        recorder.locate("{% a %}b{% c %}d", 0, |offset| if offset < 8 { 7 } else { 15 });
        let removals = recorder.into_report().removals;
        let found = removals.iter().map(|removal| (&*removal.element, removal.position.unwrap().offset));
        assert_eq!(found.collect::<Vec<_>>(), [("a", 0), ("b", 7), ("c", 8), ("d", 15)]);
    }

    #[test]
    fn a_recorder_that_is_off_keeps_nothing() {
        let mut recorder = Recorder::off();
        recorder.remove(Removal::new(RemovalKind::Script, "script", ""), Some(0));
        recorder.diagnose(DiagnosticKind::DeepElements, None, || unreachable!("nobody wants the message"));
        assert_eq!(recorder.into_report(), Report::default());
    }
}
