//! The characters that may be markup wherever they stand.

use crate::group::{GROUP, Lanes, any, at_most, equal, equal_but, lanes, marked};

/// The position from `from` on of the next [sign](is_sign), or the length of the text.
///
/// In running text there is one in some 500 bytes, so that nearly all of a text is passed a group at a time.
#[inline]
pub(super) fn find_sign(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let Some((group, after)) = rest.split_first_chunk() {
        if may_hold_sign(group) {
            if let Some(index) = first_sign(group) {
                return bytes.len() - rest.len() + index;
            }
        }
        rest = after;
    }
    // The last bytes, which fill no group, are looked at together with some before them.
    let may_hold_sign = match bytes.last_chunk() {
        Some(group) => may_hold_sign(group),
        None => any(rest, possible_signs),
    };
    let passed = if may_hold_sign { first_sign(rest) } else { None };
    passed.map_or(bytes.len(), |index| bytes.len() - rest.len() + index)
}

/// Whether one of the bytes of a group may be a [sign](is_sign).
#[inline]
fn may_hold_sign(group: &[u8; GROUP]) -> bool {
    marked(|at| possible_signs(lanes(group, at))) != 0
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

/// Marks the [signs](is_sign), and each `^` and `}`, in few comparisons.
#[inline]
fn possible_signs(lanes: Lanes) -> Lanes {
    // `[`, `\`, `]`, `^` and `_` differ in one bit from `{`, `|`, `}`, `~` and DEL, five bytes in a row.
    let brackets = at_most((lanes | Lanes::splat(b'[' ^ b'{')) - Lanes::splat(b'{'), 4);
    let others =
        equal(lanes, b'`') | equal_but(lanes, b'&', b'$' ^ b'&') | equal(lanes, b'*') | equal(lanes, b'<');
    brackets | others | at_most(lanes, b' ' - 1)
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
            assert_eq!(any(&[byte], possible_signs), is_sign(byte) || matches!(byte, b'^' | b'}'), "{byte}");
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
