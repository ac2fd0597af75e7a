//! Texts that are percent-encoded, as URLs are.

use crate::bytes::hex_byte;

/// The bytes of a text, with those that are [percent-encoded] decoded. A `%` before anything else than two
/// hexadecimal digits stays.
///
/// [percent-encoded]: https://url.spec.whatwg.org/#percent-decode
pub(crate) fn percent_decoded(text: &str) -> impl Iterator<Item = u8> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let (byte, after) = rest.split_first()?;
        rest = after;
        let digits = if *byte == b'%' { after.first_chunk() } else { None };
        let Some(decoded) = digits.and_then(|digits| hex_byte(*digits)) else { return Some(*byte) };
        rest = &after["20".len()..];
        Some(decoded)
    })
}
