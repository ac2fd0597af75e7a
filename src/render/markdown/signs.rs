//! The characters that may be markup wherever they stand.

use crate::bytes::any;

/// The position from `from` on of the next [sign](is_sign), or the length of the text.
///
/// In running text there is one in some 500 bytes, so that nearly all of a text is passed 32 bytes at a time.
/// With 16 bytes at a time, the compiler needs as many instructions for each step.
#[inline]
pub(super) fn find_sign(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let Some((lanes, after)) = rest.split_first_chunk::<32>() {
        if may_hold_sign(lanes) {
            if let Some(index) = first_sign(lanes) {
                return bytes.len() - rest.len() + index;
            }
        }
        rest = after;
    }
    // The last bytes, which fill no chunk, are looked at together with some before them.
    let may_hold_sign = match bytes.last_chunk::<32>() {
        Some(lanes) => may_hold_sign(lanes),
        None => any(rest, may_be_sign),
    };
    let passed = if may_hold_sign { first_sign(rest) } else { None };
    passed.map_or(bytes.len(), |index| bytes.len() - rest.len() + index)
}

/// Whether one of these bytes may be a [sign](is_sign).
#[inline]
fn may_hold_sign(lanes: &[u8; 32]) -> bool {
    // Without a branch for each byte, the compiler makes vector instructions of this.
    lanes.iter().fold(false, |found, byte| found | may_be_sign(*byte))
}

/// The position of the first [sign](is_sign).
#[cold]
#[inline(never)]
fn first_sign(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| is_sign(*byte))
}

/// Whether a byte is a character that may be markup in the middle of a line, a line feed, or another control
/// character. It is never a part of a longer character.
fn is_sign(byte: u8) -> bool {
    IS_SIGN[usize::from(byte)]
}

/// Whether a byte is a [sign](is_sign), or a `^` or a `}`, in few comparisons.
#[inline]
fn may_be_sign(byte: u8) -> bool {
    // `[`, `\`, `]`, `^` and `_` differ in one bit from `{`, `|`, `}`, `~` and DEL; so does `$` from `&`.
    let is_bracket = (byte | 0x20).wrapping_sub(b'{') < 5;
    is_bracket || byte < b' ' || byte == b'`' || byte | 2 == b'&' || byte == b'*' || byte == b'<'
}

static IS_SIGN: [bool; 256] = {
    let mut is_sign = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // A byte that is not ASCII is no sign.
        #[expect(clippy::cast_possible_truncation, reason = "the loop ends before")]
        let c = byte as u8;
        is_sign[byte] = matches!(
            c,
            0..=0x1f
                | b'$'
                | b'&'
                | b'*'
                | b'<'
                | b'['
                | b'\\'
                | b']'
                | b'_'
                | b'`'
                | b'{'
                | b'|'
                | b'~'
                | 0x7f
        );
        byte += 1;
    }
    is_sign
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_wherever_they_stand() {
        for byte in 0..=u8::MAX {
            assert!(may_be_sign(byte) || !is_sign(byte), "{byte}");
            assert_eq!(may_be_sign(byte) != is_sign(byte), matches!(byte, b'^' | b'}'), "{byte}");
            for length in 1..70 {
                for index in 0..length {
                    let mut bytes = vec![b'a'; length];
                    bytes[index] = byte;
                    let expected = if is_sign(byte) { index } else { length };
                    assert_eq!(find_sign(&bytes, 0), expected, "{byte} at {index} of {length}");
                    assert_eq!(find_sign(&bytes, index + 1), length);
                }
            }
        }
        assert_eq!(find_sign(b"", 0), 0);
    }
}
