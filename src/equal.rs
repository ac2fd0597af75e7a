//! Comparisons of short texts.
//!
//! `==` calls the C library for texts of unknown length, which is made for long ones: a call took 13 ns on
//! average in the posts of a corpus, 45 times a post, and that was 3 % of the time of a post. Classes, names
//! and the like are short: two pieces of them, which may overlap, are the whole text, and each piece is
//! compared by one instruction.

/// Whether two texts are equal.
#[inline]
pub(crate) fn is_equal(one: impl AsRef<[u8]>, other: impl AsRef<[u8]>) -> bool {
    let (one, other) = (one.as_ref(), other.as_ref());
    one.len() == other.len() && is_equal_at_length(one, other)
}

/// Whether a text begins with another.
#[inline]
pub(crate) fn begins_with(text: impl AsRef<[u8]>, beginning: impl AsRef<[u8]>) -> bool {
    let (text, beginning) = (text.as_ref(), beginning.as_ref());
    text.get(..beginning.len()).is_some_and(|own| is_equal_at_length(own, beginning))
}

/// [`is_equal`] for texts of one length.
#[inline(never)]
fn is_equal_at_length(one: &[u8], other: &[u8]) -> bool {
    match one.len() {
        0..=3 => one.iter().eq(other),
        4..=7 => ends::<4>(one) == ends(other),
        8..=16 => ends::<8>(one) == ends(other),
        17..=32 => ends::<16>(one) == ends(other),
        33..=128 => ends::<16>(one) == ends(other) && middle(one).eq(middle(other)),
        _ => one == other,
    }
}

/// What a text begins with, and what it ends with.
#[inline]
fn ends<const LENGTH: usize>(text: &[u8]) -> Option<(&[u8; LENGTH], &[u8; LENGTH])> {
    Some((text.first_chunk()?, text.last_chunk()?))
}

/// What is between the [ends](ends), and more.
#[inline]
fn middle(text: &[u8]) -> impl Iterator<Item = &[u8; 16]> {
    text[16..].chunks_exact(16).filter_map(<[u8]>::first_chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_equal_as_for_the_operator() {
        for length in 0..200_u8 {
            let text: Vec<u8> = (0..length).collect();
            assert!(is_equal(&text, text.clone()));
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] ^= 1;
                assert!(!is_equal(&text, &other), "{length}, {at}");
                assert!(!is_equal(&text, &text[..at]) && !is_equal(&text[at + 1..], &text));
                assert!(begins_with(&text, &text[..at]) && !begins_with(&text, &other));
            }
        }
    }
}
