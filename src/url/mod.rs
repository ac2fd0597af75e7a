//! URL references and the URLs that they stand for.
//!
//! Those that the [URL Standard](https://url.spec.whatwg.org/#url-parsing) gives, on text: nothing is
//! escaped, unescaped or checked, because the URLs of an archive are data, and hold spaces, ideographs and
//! worse. What does not need resolving is not touched.

mod base;
mod percent;
mod scheme;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::bytes::has_space_or_control;
use crate::group::{any, at_most, equal};

pub(crate) use base::{Base, absolute};
pub(crate) use percent::percent_decoded;
pub(crate) use scheme::{is_data, is_safe_link, is_safe_media, is_safe_page, split_scheme};

/// Whether a reference is [clean], and holds no backslash: nearly all do.
#[inline]
pub(crate) fn is_plain(reference: &str) -> bool {
    !any(reference.as_bytes(), |lanes| at_most(lanes, b' ') | equal(lanes, b'\\'))
}

/// A reference as it is taken from an attribute of HTML: without spaces and control characters around it, and
/// without line breaks and tabs inside.
pub(crate) fn clean(reference: Cow<'_, str>) -> Cow<'_, str> {
    // Nearly all references are clean.
    if !has_space_or_control(reference.as_bytes()) {
        return reference;
    }
    let is_edge = |c: char| c <= ' ';
    if memchr::memchr3(b'\t', b'\n', b'\r', reference.as_bytes()).is_some() {
        let text: String = reference.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        return text.trim_matches(is_edge).to_owned().into();
    }
    match reference {
        Cow::Borrowed(text) => text.trim_matches(is_edge).into(),
        Cow::Owned(text) if text.starts_with(is_edge) || text.ends_with(is_edge) => {
            text.trim_matches(is_edge).to_owned().into()
        }
        Cow::Owned(text) => text.into(),
    }
}
