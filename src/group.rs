//! Groups of bytes that are looked at together, by the vector instructions that all processors of a kind have.

use wide::u8x16;

/// The number of bytes in a group.
pub(crate) const GROUP: usize = 32;

/// Half a group.
pub(crate) type Lanes = u8x16;

/// The sixteen bytes of a group from an index on.
#[expect(clippy::inline_always, reason = "one instruction")]
#[inline(always)]
pub(crate) fn lanes(bytes: &[u8], at: usize) -> Lanes {
    u8x16::new(bytes[at..at + 16].try_into().unwrap_or_default())
}

/// A bit for each byte of a group that is marked, the lowest for the first byte. `marks` is asked for the two
/// halves, by the index at which each begins.
#[expect(clippy::inline_always, reason = "a call for each group would cost half as much as the group")]
#[inline(always)]
pub(crate) fn marked(marks: impl Fn(usize) -> Lanes) -> u32 {
    half_marked(marks(0)) | half_marked(marks(GROUP / 2)) << (GROUP / 2)
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
