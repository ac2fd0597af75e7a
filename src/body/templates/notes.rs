//! What the report says of template tags.

use super::tag::{Form, Tag};
use crate::recorder::Recorder;
use crate::report::{DiagnosticKind, Removal, RemovalKind};

/// Notes removals at once, and counts what one diagnostic says of many tags.
pub(super) struct Notes<'a, 'r> {
    body: &'a str,
    recorder: &'r mut Recorder,
    /// Tags that were left as text.
    texts: Option<Count>,
    /// Tags of each name that are never closed.
    unclosed: Vec<(&'a str, Count)>,
    /// Braces that are never closed.
    braces: Option<Count>,
}

#[derive(Clone, Copy)]
struct Count {
    first: usize,
    count: usize,
}

impl Count {
    fn add(count: &mut Option<Self>, at: usize) {
        count.get_or_insert(Self { first: at, count: 0 }).count += 1;
    }
}

impl<'a, 'r> Notes<'a, 'r> {
    pub(super) fn new(body: &'a str, recorder: &'r mut Recorder) -> Self {
        Self { body, recorder, texts: None, unclosed: Vec::new(), braces: None }
    }

    /// The bytes from `start` to `end` were taken out.
    pub(super) fn removal(&mut self, start: usize, end: usize, element: impl FnOnce() -> String) {
        if self.recorder.is_on() {
            let removal = Removal::new(RemovalKind::Template, element(), &self.body[start..end]);
            self.recorder.remove(removal, Some(start));
        }
    }

    /// A tag was left as text, since its syntax was not chosen. What looks more like a formula, `x_{{i}}`, is
    /// not counted.
    pub(super) fn text(&mut self, tag: &Tag<'_>) {
        let before = self.body[..tag.start].bytes().next_back();
        let is_formula = tag.form == Form::Output
            && (tag.arguments.starts_with(['\\', '{'])
                || tag.arguments.is_empty()
                || before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"^_}{$\\".contains(&byte)));
        if !is_formula {
            self.text_at(tag.start);
        }
    }

    /// The tag that begins at `start` was left as text.
    pub(super) fn text_at(&mut self, start: usize) {
        Count::add(&mut self.texts, start);
    }

    /// The tag that begins at `start` lacks its end.
    pub(super) fn unclosed(&mut self, name: &'a str, start: usize) {
        match self.unclosed.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => count.count += 1,
            None => self.unclosed.push((name, Count { first: start, count: 1 })),
        }
    }

    /// The braces at `start` lack those that end them.
    pub(super) fn unclosed_brace(&mut self, start: usize) {
        Count::add(&mut self.braces, start);
    }

    pub(super) fn finish(self) {
        let recorder = self.recorder;
        if let Some(Count { first, count }) = self.texts {
            let message = || format!("template tags left as text: {count}");
            recorder.diagnose(DiagnosticKind::TemplateTags, Some(first), message);
        }
        for (name, Count { first, count }) in self.unclosed {
            let message = || format!("the template tag `{name}` is never closed{}", times(count));
            recorder.diagnose(DiagnosticKind::UnclosedTemplate, Some(first), message);
        }
        if let Some(Count { first, count }) = self.braces {
            let message = || format!("the braces of a template tag are never closed{}", times(count));
            recorder.diagnose(DiagnosticKind::UnclosedTemplate, Some(first), message);
        }
    }
}

fn times(count: usize) -> String {
    if count == 1 { String::new() } else { format!(", {count} times") }
}
