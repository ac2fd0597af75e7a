//! The URLs of an article: resolved, and bounded in what they come to.
//!
//! A link around a thousand paragraphs is in each of them, and a short reference can stand for a long URL. So
//! that no post takes memory out of proportion, the bytes that a body comes to beyond its own are counted.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use crate::error::{Error, ErrorKind, Limit};
use crate::url::{self, Base};

/// Resolves URLs, and counts the bytes that they have more than in the source.
pub(super) struct Urls<'b> {
    base_url: Option<&'b str>,
    /// The base URL in parts, once a relative URL has come.
    base: OnceCell<Option<Base<'b>>>,
    maximum: usize,
    spent: Cell<usize>,
}

impl<'b> Urls<'b> {
    /// Resolves against `base_url`, if that is a URL, for a body of so many bytes.
    pub(super) fn new(base_url: Option<&'b str>, body_bytes: usize) -> Self {
        // Far beyond real articles, in which a URL is longer than its reference by a host name.
        let maximum = body_bytes.saturating_mul(16).saturating_add(1 << 20);
        Self { base_url, base: OnceCell::new(), maximum, spent: Cell::new(0) }
    }

    /// The URL that a reference stands for, unless it is blank.
    pub(super) fn resolve<'a>(&self, reference: Cow<'a, str>) -> Option<Cow<'a, str>> {
        let reference = url::clean(reference);
        if reference.is_empty() {
            return None;
        }
        if self.is_exceeded() || url::split_scheme(&reference).is_some() {
            return Some(reference);
        }
        let Some(base) = self.base.get_or_init(|| self.base_url.and_then(Base::new)) else {
            return Some(reference);
        };
        let length = reference.len();
        let url = base.resolve(reference);
        self.spend(url.len().saturating_sub(length));
        Some(url)
    }

    /// Counts a copy of so many bytes, and says whether there may be one.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        self.spent.set(self.spent.get().saturating_add(bytes));
        !self.is_exceeded()
    }

    fn is_exceeded(&self) -> bool {
        self.spent.get() > self.maximum
    }

    /// Whether everything could be resolved and copied.
    pub(super) fn check(&self) -> Result<(), Error> {
        if !self.is_exceeded() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::LimitExceeded { limit: Limit::UrlBytes, maximum: self.maximum }, None))
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

/// Whether the file is in the URL itself.
pub(super) fn is_data(url: &str) -> bool {
    url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}
