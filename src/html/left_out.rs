//! What the limits leave out of a body that is read all the same, as diagnostics.

use crate::limits::Limits;
use crate::recorder::Recorder;
use crate::report::DiagnosticKind;

/// What a producer has left out because of a limit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LeftOut {
    /// The elements that were too deep. Their content was not left out.
    pub(super) elements: Count,
    /// The attributes beyond those that one tag may have.
    pub(super) attributes: Count,
    /// The formatting elements that opened again without their attributes.
    pub(super) copies: Count,
    /// The formatting elements that were ended, after too many had opened again.
    pub(super) ended: Count,
}

/// A number of things of one kind in a body, and where the first of them is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    number: usize,
    /// A byte offset in the body, as far as it is known.
    first: Option<usize>,
}

impl Count {
    /// Counts `number` things more, the first of which begins at `start`.
    pub(super) fn add(&mut self, number: usize, start: Option<usize>) {
        if self.number == 0 {
            self.first = start;
        }
        self.number += number;
    }
}

/// How many bytes of attributes formatting elements may have together where they open again, in a body of
/// `body_bytes`. A link that nobody closes opens in every paragraph after it, and may be as long as all of
/// them.
pub(super) fn copied_bytes(body_bytes: usize) -> usize {
    body_bytes.saturating_mul(16).saturating_add(1 << 20)
}

impl LeftOut {
    /// Records a diagnostic of each kind.
    pub(crate) fn diagnose(self, limits: &Limits, recorder: &mut Recorder) {
        let Self { elements, attributes, copies, ended } = self;
        let mut record = |kind, Count { number, first }, message: &dyn Fn(usize) -> String| {
            if number > 0 {
                recorder.diagnose(kind, first, || message(number));
            }
        };
        record(DiagnosticKind::ManyAttributes, attributes, &|number| {
            format!("attributes left out, beyond {} in one tag: {number}", limits.max_attributes())
        });
        record(DiagnosticKind::DeepElements, elements, &|number| {
            format!("elements dissolved, deeper than {} levels: {number}", limits.max_depth())
        });
        record(DiagnosticKind::RepeatedText, ended, &|number| {
            format!("elements that opened again too often and were ended: {number}")
        });
        record(DiagnosticKind::RepeatedText, copies, &|number| {
            format!("elements that opened again without their attributes: {number}")
        });
    }
}
