//! The URLs of an article: resolved, with a bound on the memory that they take.
//!
//! A link around a thousand paragraphs is in each of them, and a short reference can stand for a long URL. So
//! that no post takes memory out of proportion, each copy of a part of the source is charged to one budget:
//! URLs, titles, languages, media queries and marks.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use crate::recorder::Recorder;
use crate::report::DiagnosticKind;
use crate::url::{self, Base};

/// Resolves URLs, and keeps the budget for copies.
pub(super) struct Urls<'b> {
    base_url: Option<&'b str>,
    /// The base URL in parts, once a relative URL has come.
    base: OnceCell<Option<Base<'b>>>,
    /// The bytes that may still be copied.
    budget: Cell<usize>,
    /// The number of copies that the budget did not allow.
    left_out: Cell<usize>,
    /// The byte offset in the body of the element for which the first copy was not made.
    first_left_out: Cell<Option<usize>>,
    /// Where the last start tag began.
    element_start: Cell<Option<usize>>,
}

impl<'b> Urls<'b> {
    /// Resolves against `base_url`, if that is a URL, for a body of `body_bytes` bytes.
    pub(super) fn new(base_url: Option<&'b str>, body_bytes: usize) -> Self {
        // Far beyond real articles, in which a URL is longer than its reference by a host name.
        let budget = body_bytes.saturating_mul(16).saturating_add(1 << 20);
        Self {
            base_url,
            base: OnceCell::new(),
            budget: Cell::new(budget),
            left_out: Cell::new(0),
            first_left_out: Cell::new(None),
            element_start: Cell::new(None),
        }
    }

    /// The URL that a reference stands for; `None` if the reference is empty or white space. Once the budget
    /// is used up, the reference itself.
    pub(super) fn resolve<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        let reference = url::clean(reference);
        if reference.is_empty() {
            return None;
        }
        if url::split_scheme(&reference).is_some() {
            return Some(reference);
        }
        let Some(base) = self.base.get_or_init(|| self.base_url.and_then(Base::new)) else {
            return Some(reference);
        };
        let url = base.resolve(&reference);
        Some(if self.spend(url.capacity().saturating_sub(reference.len())) { url.into() } else { reference })
    }

    /// Charges a copy of `bytes` bytes to the budget. Returns `false` if the budget does not allow the copy.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let rest = self.budget.get().checked_sub(bytes);
        if let Some(rest) = rest {
            self.budget.set(rest);
        } else {
            self.left_out.set(self.left_out.get() + 1);
            self.first_left_out.set(self.first_left_out.get().or(self.element_start.get()));
        }
        rest.is_some()
    }

    /// A copy of a text, if there may be one.
    pub(super) fn copy<'a>(&self, text: &Cow<'a, str>) -> Option<Cow<'a, str>> {
        self.spend(text.len()).then(|| text.clone())
    }

    /// The URL that others are resolved against, as it was given.
    pub(super) fn base_url(&self) -> Option<&'b str> {
        self.base_url
    }

    /// Notes where the start tag of the element at hand begins, if it has one.
    #[inline]
    pub(super) fn note_element(&self, start: Option<usize>) {
        if start.is_some() {
            self.element_start.set(start);
        }
    }

    /// Where the last start tag began: a byte offset in the body.
    pub(super) fn element_start(&self) -> Option<usize> {
        self.element_start.get()
    }

    /// Records what was left out for want of budget, if anything was.
    pub(super) fn diagnose(&self, recorder: &mut Recorder) {
        let left_out = self.left_out.get();
        if left_out > 0 {
            recorder.diagnose(DiagnosticKind::RepeatedText, self.first_left_out.get(), || {
                format!("copies of links, titles, marks and base URLs left out: {left_out}")
            });
        }
    }
}

/// Whether a link to this URL leads somewhere, and does not run something.
pub(super) fn is_link(url: &str) -> bool {
    url::split_scheme(url).is_none_or(|(scheme, _)| {
        !["javascript", "vbscript", "data"]
            .iter()
            .any(|unsafe_scheme| scheme.eq_ignore_ascii_case(unsafe_scheme))
    })
}

/// Whether the URL holds the file itself.
pub(super) fn is_data(url: &str) -> bool {
    url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}
