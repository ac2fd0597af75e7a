//! What a post says twice, compared.

use crate::front_matter::{self, FrontMatter};
use crate::post::{Meta, Prelude, Stamp};
use crate::report::{Diagnostic, DiagnosticKind};
use crate::same_title::is_same_title;

/// Compares what a post says twice: its title, its URL and its date.
pub(super) fn compare(
    front_matter: &FrontMatter<'_>,
    meta: &Meta<'_>,
    prelude: &Prelude<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut note = |kind, key, message: String| {
        let position = front_matter::value_position(front_matter, key);
        diagnostics.push(Diagnostic::new(kind, message, position));
    };
    if let Some(heading) = &prelude.heading {
        if meta.title.as_deref().is_some_and(|title| !is_same_title(title, &heading.text)) {
            let message = format!("title differs from the link heading: `{}`", heading.text);
            note(DiagnosticKind::TitleHeadingMismatch, "title", message);
        }
        if meta.from.as_deref().is_some_and(|from| from != heading.url) {
            let message = format!("from differs from the link heading's URL: `{}`", heading.url);
            note(DiagnosticKind::FromHeadingMismatch, "from", message);
        }
    }
    if let (Some(Stamp::Millis(stamp)), Some(date)) = (prelude.stamp, meta.date) {
        let differs = date.timestamp().is_some_and(|moment| moment.as_millisecond() != stamp);
        if differs {
            let message = format!("date differs from the stamp: `{stamp}`");
            note(DiagnosticKind::DateStampMismatch, "date", message);
        }
    }
}
