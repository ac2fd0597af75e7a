//! The URLs of an article: resolved, with a bound on the memory that they take.
//!
//! A link around a thousand paragraphs is in each of them, and a short reference can stand for a long URL. So
//! that no post takes memory out of proportion, each copy of a part of the source is charged to one budget:
//! URLs, titles, languages, media queries and marks.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::mem::replace;

use crate::recorder::Recorder;
use crate::report::DiagnosticKind;
use crate::url::{self, Base};

/// Resolves URLs, and keeps the budget for copies.
pub(super) struct Urls<'b> {
    base_url: Option<&'b str>,
    /// The base URL in parts, once a relative URL has come.
    base: OnceCell<Option<Base<'b>>>,
    /// Whether a `<base>` with a URL has come: the first one counts.
    has_base_element: bool,
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
            has_base_element: false,
            budget: Cell::new(budget),
            left_out: Cell::new(0),
            first_left_out: Cell::new(None),
            element_start: Cell::new(None),
        }
    }

    /// The URL that a reference stands for; `None` if the reference is empty or white space. Once the budget
    /// is used up, the reference itself.
    #[inline]
    pub(super) fn resolve<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        if is_whole(&reference) { Some(reference) } else { self.resolve_other(reference) }
    }

    /// The same for a link: `None` too if it leads nowhere, and runs something.
    #[inline]
    pub(super) fn link<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        if is_whole(&reference) {
            return Some(reference);
        }
        self.resolve_other(reference)
            .filter(|url| !has_scheme(url, &["javascript", "vbscript", "data", "file"]))
    }

    /// The same for a candidate of a `srcset`, a list in which a space would end the URL.
    #[inline]
    pub(super) fn candidate<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        if is_whole(&reference) {
            return Some(reference);
        }
        Some(match self.link(reference)? {
            // A space can only have come from the base.
            Cow::Owned(url) if url.contains(' ') => url.replace(' ', "%20").into(),
            url => url,
        })
    }

    /// The same for something to look at or to play.
    #[inline]
    pub(super) fn file<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        if is_whole(&reference) {
            return Some(reference);
        }
        self.resolve_other(reference).filter(|url| !has_scheme(url, &["javascript", "vbscript"]))
    }

    /// Resolves a reference that is not [whole](is_whole).
    #[cold]
    fn resolve_other<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        let is_plain = url::is_plain(&reference);
        let reference = if is_plain { reference } else { url::clean(reference) };
        if reference.is_empty() {
            return None;
        }
        let url = match url::split_scheme(&reference) {
            Some((_, rest)) if is_plain && rest.starts_with("//") && !rest.starts_with("///") => {
                return Some(reference);
            }
            Some((scheme, rest)) => {
                match self.base().and_then(|base| Some((base, base.relative_after(scheme, rest)?))) {
                    Some((base, rest)) => Some(base.resolve(rest)),
                    None => url::absolute(&reference),
                }
            }
            None => self.base().map(|base| base.resolve(&reference)),
        };
        let Some(url) = url else { return Some(reference) };
        Some(if self.spend(url.capacity().saturating_sub(reference.len())) { url.into() } else { reference })
    }

    fn base(&self) -> Option<&Base<'b>> {
        self.base.get_or_init(|| self.base_url.and_then(Base::new)).as_ref()
    }

    /// From now on, resolves against the URL of a `<base>`, if it is the first one.
    pub(super) fn take_base_element(&mut self, href: Cow<'_, str>) {
        if replace(&mut self.has_base_element, true) {
            return;
        }
        let base = self.resolve(href).and_then(|url| Some(Base::new(&url)?.into_owned()));
        if let Some(base) = base {
            self.base = OnceCell::from(Some(base));
        }
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

/// Whether a reference is the whole URL of a page or a file, and plainly so: nearly all are.
#[inline]
pub(super) fn is_whole(reference: &str) -> bool {
    let host = reference
        .strip_prefix("http")
        .and_then(|rest| rest.strip_prefix('s').unwrap_or(rest).strip_prefix("://"));
    host.is_some_and(|host| !host.starts_with('/')) && url::is_plain(reference)
}

fn has_scheme(url: &str, schemes: &[&str]) -> bool {
    url::split_scheme(url)
        .is_some_and(|(own, _)| schemes.iter().any(|scheme| own.eq_ignore_ascii_case(scheme)))
}
