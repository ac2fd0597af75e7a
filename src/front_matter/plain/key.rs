//! Keys: from the start of a line to the key and the rest after its colon.

use std::borrow::Cow;

use memchr::memchr;

use super::line::{is_white_space_or_end, trim_end, trim_start};
use super::quoted::{double_quoted, single_quoted};
use super::scalar::{line_part, starts_plain};
use crate::engine::Decline;
use crate::front_matter::entry::KnownKey;
use crate::front_matter::merge;

/// How long a key may be, in bytes with its quotes and the white space after it. YAML's limit is 1,024.
const MAX_KEY_BYTES: usize = 1000;

/// The key of a line like `title: Tea`, if it is one of the words that nearly all posts use, and whose end
/// need not be searched for. None of them [waits](KnownKey::waits). The rest begins after the space. `None`
/// for any other line.
#[expect(clippy::inline_always, reason = "its only caller is the loop over the lines")]
#[inline(always)]
pub(super) fn usual_key(text: &str) -> Option<(KnownKey, &str)> {
    let (known, value) = match text.as_bytes() {
        [b'l', ..] => (KnownKey::Layout, text.strip_prefix("layout: ")),
        [b't', b'i', ..] => (KnownKey::Title, text.strip_prefix("title: ")),
        [b'd', ..] => (KnownKey::Date, text.strip_prefix("date: ")),
        [b'a', ..] => (KnownKey::Author, text.strip_prefix("author: ")),
        [b'f', ..] => (KnownKey::From, text.strip_prefix("from: ")),
        [b't', ..] => (KnownKey::Tags, text.strip_prefix("tags: ")),
        [b'c', b'a', ..] => (KnownKey::Categories, text.strip_prefix("categories: ")),
        [b'c', ..] => (KnownKey::Comments, text.strip_prefix("comments: ")),
        _ => return None,
    };
    Some((known, value?))
}

/// The key of a line like `title: Tea` or `"title" : Tea`. The rest begins after the colon.
///
/// Declines a line without a key, or with one that may mean something else.
pub(super) fn key(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let (key, rest) = match text.as_bytes() {
        [b'"', ..] => key_end(text, double_quoted(text)?)?,
        [b'\'', ..] => key_end(text, single_quoted(text)?)?,
        _ => plain_key(text)?,
    };
    if key == merge::KEY {
        return Err(Decline::MergeKey);
    }
    Ok((key, rest))
}

/// A key without quotes, like the `title` of `title: Tea`. The rest begins after the colon.
///
/// Declines a line that begins with an indicator, and one without a colon that white space follows.
fn plain_key(text: &str) -> Result<(Cow<'_, str>, &str), Decline> {
    let bytes = text.as_bytes();
    // `... :` would end the document.
    if !starts_plain(bytes) || matches!(bytes[0], b'-' | b'.') {
        return Err(Decline::Indicator);
    }
    let mut colon = 0;
    loop {
        colon += line_part(&bytes[colon..]);
        match bytes.get(colon) {
            Some(b':') if is_white_space_or_end(bytes.get(colon + 1)) => break,
            Some(b':') => colon += 1,
            Some(b'#') => return Err(Decline::HashInKey),
            _ => return Err(Decline::NoKey),
        }
    }
    if colon > MAX_KEY_BYTES {
        return Err(Decline::LongKey);
    }
    Ok((Cow::Borrowed(trim_end(&text[..colon])), &text[colon + 1..]))
}

/// Passes over the colon after a quoted key, as in ` : Tea`. The rest begins after the colon.
///
/// Declines any other character, a colon that white space does not follow, and a key of several lines.
fn key_end<'a>(
    text: &'a str,
    (key, rest): (Cow<'a, str>, &'a str),
) -> Result<(Cow<'a, str>, &'a str), Decline> {
    let value = trim_start(rest).strip_prefix(':').ok_or(Decline::NoKey)?;
    if !is_white_space_or_end(value.as_bytes().first()) {
        return Err(Decline::NoKey);
    }
    let written = &text.as_bytes()[..text.len() - value.len()];
    if memchr(b'\n', written).is_some() {
        return Err(Decline::NoKey);
    }
    if written.len() > MAX_KEY_BYTES {
        return Err(Decline::LongKey);
    }
    Ok((key, value))
}
