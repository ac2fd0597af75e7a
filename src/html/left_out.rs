//! What the limits leave out of a body that is read all the same, as diagnostics.

use crate::error::Position;
use crate::limits::Limits;
use crate::report::{Diagnostic, DiagnosticKind};

/// What a producer has left out because of a limit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LeftOut {
    /// How many elements were too deep. Their content was not left out.
    pub(super) elements: usize,
    pub(super) attributes: LeftOutAttributes,
    /// How many formatting elements opened again without their attributes.
    pub(super) copies: usize,
    /// How many formatting elements were ended, after too many had opened again.
    pub(super) ended: usize,
}

/// How many bytes of attributes formatting elements may have together where they open again, in a body of so many bytes.
/// A link that nobody closes opens in every paragraph after it, and may be as long as all of them.
pub(super) fn copied_bytes(body_bytes: usize) -> usize {
    body_bytes.saturating_mul(16).saturating_add(1 << 20)
}

/// The attributes beyond those that one tag may have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LeftOutAttributes {
    count: usize,
    /// Where the first of them begins: a byte offset in the body.
    first: usize,
}

impl LeftOutAttributes {
    /// Counts the attributes of one more tag.
    pub(super) fn add(&mut self, first: usize, count: usize) {
        if self.count == 0 {
            self.first = first;
        }
        self.count += count;
    }
}

impl LeftOut {
    /// A diagnostic of each kind. `position` tells where in the file a byte of the body is.
    pub(crate) fn diagnose(
        self,
        limits: &Limits,
        position: impl Fn(usize) -> Position,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Self { elements, attributes: LeftOutAttributes { count: attributes, first }, copies, ended } =
            self;
        if attributes > 0 {
            let maximum = limits.max_attributes();
            diagnostics.push(Diagnostic {
                kind: DiagnosticKind::ManyAttributes,
                message: format!("attributes left out, beyond {maximum} in one tag: {attributes}"),
                position: Some(position(first)),
            });
        }
        if elements > 0 {
            let maximum = limits.max_depth();
            diagnostics.push(Diagnostic {
                kind: DiagnosticKind::DeepElements,
                message: format!("elements dissolved, deeper than {maximum} levels: {elements}"),
                position: None,
            });
        }
        if ended > 0 {
            diagnostics.push(Diagnostic {
                kind: DiagnosticKind::RepeatedText,
                message: format!("elements that opened again too often and were ended: {ended}"),
                position: None,
            });
        }
        if copies > 0 {
            diagnostics.push(Diagnostic {
                kind: DiagnosticKind::RepeatedText,
                message: format!("elements that opened again without their attributes: {copies}"),
                position: None,
            });
        }
    }
}
