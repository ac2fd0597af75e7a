//! Escapes of JSON that stand for the units of UTF-16, of which two make one character: `\ud83c\udf75`.

use crate::bytes::hex_byte;

/// The length of an escape, in bytes.
pub(crate) const UNIT_BYTES: usize = r"\ud83c".len();

/// The length of a pair of escapes, in bytes.
pub(crate) const PAIR_BYTES: usize = 2 * UNIT_BYTES;

/// The character of the two escapes that a text begins with. `None` if one of them is a character by itself.
pub(crate) fn escaped_pair(text: &[u8]) -> Option<char> {
    let high = escaped_unit(text).filter(|unit| (0xd800..0xdc00).contains(unit))?;
    let low = escaped_unit(&text[UNIT_BYTES..])?;
    char::decode_utf16([high, low]).next()?.ok()
}

/// The unit of the escape that a text begins with.
pub(crate) fn escaped_unit(text: &[u8]) -> Option<u16> {
    let [b'\\', b'u', digits @ ..] = text else {
        return None;
    };
    let [a, b, c, d, ..] = *digits else {
        return None;
    };
    Some(u16::from_be_bytes([hex_byte([a, b])?, hex_byte([c, d])?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_one_character() {
        assert_eq!(escaped_pair(br"\ud83c\uDF75 tea"), Some('🍵'));
        for half in
            [r"\ud83c", r"\ud83c\u0041", r"\udf75\ud83c", r"\ud83c \udf75", r"\u0041\u0042", "tea", ""]
        {
            assert_eq!(escaped_pair(half.as_bytes()), None, "{half}");
        }
        assert_eq!(
            (escaped_unit(br"\u0041b"), escaped_unit(br"\u004"), escaped_unit(br"\u+041")),
            (Some(65), None, None)
        );
    }
}
