//! Searches in longer texts: a group of bytes at a time, by the vector instructions that every processor of
//! an architecture has. [`any`] and [`find`] search a text of any length for bytes of some kind; other
//! modules build their own searches of the parts.
//!
//! Comparisons mark bytes: [`Lanes`] of 0xff where something is true, and of 0 elsewhere. [`marked`] makes
//! one number of them with a bit for each byte, so that one branch tells whether there is any, and one
//! instruction where. The fewer branches, the better: how long a text is cannot be predicted.
//!
//! ```text
//! bytes                  t    e    a    ' '  <    /    p    >
//! equal to `<`           00   00   00   00   ff   00   00   00
//! marked                 0b0001_0000, which is 16: the first is at 4
//! ```

use wide::u8x16;

/// The number of bytes in a group.
pub(crate) const GROUP: usize = 32;

/// The number of bytes in half a group.
pub(crate) const HALF: usize = GROUP / 2;

/// Half a group.
pub(crate) type Lanes = u8x16;

/// The sixteen bytes of a group from an index on.
#[expect(clippy::inline_always, reason = "one instruction")]
#[inline(always)]
pub(crate) fn lanes(bytes: &[u8], at: usize) -> Lanes {
    u8x16::new(bytes[at..at + HALF].try_into().unwrap_or_default())
}

/// Whether a byte of a text is marked. `marks` must look at each byte by itself.
#[inline]
pub(crate) fn any(bytes: &[u8], marks: impl Fn(Lanes) -> Lanes) -> bool {
    // The last bytes, which fill no group, are looked at together with some before them.
    if let Some(last) = bytes.last_chunk::<GROUP>() {
        let any = |group: &[u8]| half_marked(marks(lanes(group, 0)) | marks(lanes(group, HALF))) != 0;
        return any(last) || bytes.chunks_exact(GROUP).any(any);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<HALF>(), bytes.last_chunk::<HALF>()) {
        return half_marked(marks(lanes(first, 0)) | marks(lanes(last, 0))) != 0;
    }
    !bytes.is_empty() && half_marked(marks(spread(bytes))) != 0
}

/// Half a group that holds all bytes of a text of 1 to 15, some of them more than once, and no others.
#[inline]
fn spread(bytes: &[u8]) -> Lanes {
    let twice = |word: u64| (word, word);
    let (first, last) = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
    {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        twice(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32)
    } else {
        let first = u64::from_le_bytes([bytes[0]; 8]);
        twice(bytes.iter().fold(first, |word, byte| word << 8 | u64::from(*byte)))
    };
    Lanes::new((u128::from(first) | u128::from(last) << 64).to_le_bytes())
}

/// The index of the first byte of a text that is marked. `marks` must look at each byte by itself.
#[inline]
pub(crate) fn find(bytes: &[u8], marks: impl Fn(Lanes) -> Lanes) -> Option<usize> {
    let first = |group: &[u8; GROUP]| first_of(marked(|at| marks(lanes(group, at))));
    let mut rest = bytes;
    while let Some((group, after)) = rest.split_first_chunk() {
        if let Some(first) = first(group) {
            return Some(bytes.len() - rest.len() + first);
        }
        rest = after;
    }
    first(&filled(rest)).filter(|first| *first < rest.len()).map(|first| bytes.len() - rest.len() + first)
}

/// A group that begins with the last bytes of a text, which fill none. Its length may be more than [`GROUP`],
/// for searches that look at the next byte as well.
#[expect(clippy::inline_always, reason = "its caller is a function for this case")]
#[inline(always)]
pub(crate) fn filled<const LENGTH: usize>(bytes: &[u8]) -> [u8; LENGTH] {
    let mut group = [b'_'; LENGTH];
    group[..bytes.len()].copy_from_slice(bytes);
    group
}

/// A bit for each byte of a group that is marked, the lowest for the first byte. `marks` is asked for the two
/// halves, by the index at which each begins.
#[expect(clippy::inline_always, reason = "a call for each group would cost half as much as the group")]
#[inline(always)]
pub(crate) fn marked(marks: impl Fn(usize) -> Lanes) -> u32 {
    half_marked(marks(0)) | half_marked(marks(HALF)) << HALF
}

/// The same for half a group.
#[expect(clippy::inline_always, reason = "one instruction")]
#[inline(always)]
pub(crate) fn half_marked(marks: Lanes) -> u32 {
    u32::from_ne_bytes(marks.move_mask().to_ne_bytes())
}

/// The index of the first byte that is marked.
#[expect(clippy::inline_always, reason = "two instructions")]
#[inline(always)]
pub(crate) fn first_of(marked: u32) -> Option<usize> {
    (marked != 0).then_some(marked.trailing_zeros() as usize)
}

/// Marks the bytes that equal `byte`.
#[expect(clippy::inline_always, reason = "one instruction")]
#[inline(always)]
pub(crate) fn equal(lanes: Lanes, byte: u8) -> Lanes {
    lanes.cmp_eq(Lanes::splat(byte))
}

/// Marks the bytes that are no more than `byte`.
#[expect(clippy::inline_always, reason = "two instructions")]
#[inline(always)]
pub(crate) fn at_most(lanes: Lanes, byte: u8) -> Lanes {
    lanes.min(Lanes::splat(byte)).cmp_eq(lanes)
}

/// Marks the bytes that are no less than `byte`.
#[expect(clippy::inline_always, reason = "two instructions")]
#[inline(always)]
pub(crate) fn at_least(lanes: Lanes, byte: u8) -> Lanes {
    lanes.max(Lanes::splat(byte)).cmp_eq(lanes)
}

/// Marks the bytes that equal `byte`, or differ from it only in `bits`, which `byte` has.
#[expect(clippy::inline_always, reason = "two instructions")]
#[inline(always)]
pub(crate) fn equal_but(lanes: Lanes, byte: u8, bits: u8) -> Lanes {
    equal(lanes | Lanes::splat(bits), byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_bits_in_the_order_of_the_bytes() {
        for at in 0..GROUP {
            for byte in 0..=u8::MAX {
                let mut group = [b'<'; GROUP];
                group[at] = byte;
                let expected = |is: &dyn Fn(u8) -> bool| {
                    group.iter().rev().fold(0, |bits, byte| bits << 1 | u32::from(is(*byte)))
                };
                for wanted in [0, b' ', b'<', 0x7f, 0x80, 0xff] {
                    let equals = marked(|half| equal(lanes(&group, half), wanted));
                    assert_eq!(equals, expected(&|byte| byte == wanted), "{wanted} in {group:?}");
                    let less = marked(|half| at_most(lanes(&group, half), wanted));
                    assert_eq!(less, expected(&|byte| byte <= wanted), "{wanted} in {group:?}");
                    let more = marked(|half| at_least(lanes(&group, half), wanted));
                    assert_eq!(more, expected(&|byte| byte >= wanted), "{wanted} in {group:?}");
                    let alike = marked(|half| equal_but(lanes(&group, half), wanted | 2, 2));
                    assert_eq!(alike, expected(&|byte| byte | 2 == wanted | 2), "{wanted} in {group:?}");
                }
                let first = first_of(marked(|half| equal(lanes(&group, half), byte)));
                assert_eq!(first, Some(if byte == b'<' { 0 } else { at }), "{group:?}");
            }
        }
        assert_eq!(first_of(0), None);
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        for length in 0..=3 * GROUP {
            for byte in [0, b'_', b'=', 0xff] {
                let marks = |lanes| equal(lanes, byte);
                let mut bytes = vec![b'a'; length];
                assert!(!any(&bytes, marks), "{length}");
                assert_eq!(find(&bytes, marks), None, "{length}");
                for at in (0..length).rev() {
                    bytes[at] = byte;
                    assert_eq!(find(&bytes, marks), Some(at), "{length}");
                    let mut alone = vec![b'a'; length];
                    alone[at] = byte;
                    assert!(any(&alone, marks), "{at} of {length}");
                }
            }
        }
    }
}
