//! Runs of text in which all white space is collapsed already, found many bytes at a time.

use crate::group::{GROUP, Lanes, at_most, equal, filled, first_of, lanes, marked};

/// The length of the run that a text begins with: it ends before a line feed or another control character, a
/// space that white space follows, and with `UP_TO_MARKUP`, before a `<` or an `&`.
///
/// The last byte of a run may be a space, and only one.
#[inline]
pub(crate) fn collapsed_run<const UP_TO_MARKUP: bool>(bytes: &[u8]) -> usize {
    let mut at = 0;
    // The byte after the group tells whether a space at its end is followed by another.
    while let Some(group) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        if let Some(first) = first_end::<UP_TO_MARKUP>(group) {
            return at + first;
        }
        at += GROUP;
    }
    at + run_at_end::<UP_TO_MARKUP>(&bytes[at..])
}

/// [`collapsed_run`] for a text that fills no group.
#[inline(never)]
fn run_at_end<const UP_TO_MARKUP: bool>(bytes: &[u8]) -> usize {
    first_end::<UP_TO_MARKUP>(&filled(bytes)).map_or(bytes.len(), |first| first.min(bytes.len()))
}

/// The index of the first byte of a group that ends a run. The byte after the group is there as well.
#[expect(clippy::inline_always, reason = "a call for each group would cost half as much as the group")]
#[inline(always)]
fn first_end<const UP_TO_MARKUP: bool>(group: &[u8; GROUP + 1]) -> Option<usize> {
    first_of(marked(|at| ends_run::<UP_TO_MARKUP>(lanes(group, at), lanes(group, at + 1))))
}

/// Marks the bytes before which a run ends. `next` are the bytes after them.
#[inline]
fn ends_run<const UP_TO_MARKUP: bool>(bytes: Lanes, next: Lanes) -> Lanes {
    // The greater of two spaces is a space, which is made less than that.
    let is_white_space = at_most(bytes.min(bytes.max(next) - Lanes::splat(1)), b' ' - 1);
    if UP_TO_MARKUP { is_white_space | equal(bytes, b'<') | equal(bytes, b'&') } else { is_white_space }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a run ends, byte by byte.
    fn run(bytes: &[u8], up_to_markup: bool) -> usize {
        let ends = |at: &usize| {
            let is_space = |at| matches!(bytes.get(at), Some(0..=b' '));
            let is_markup = up_to_markup && matches!(bytes[*at], b'<' | b'&');
            is_markup || bytes[*at] < b' ' || bytes[*at] == b' ' && is_space(*at + 1)
        };
        (0..bytes.len()).find(ends).unwrap_or(bytes.len())
    }

    fn check(bytes: &[u8]) {
        assert_eq!(collapsed_run::<false>(bytes), run(bytes, false), "{bytes:?}");
        assert_eq!(collapsed_run::<true>(bytes), run(bytes, true), "{bytes:?}");
    }

    #[test]
    fn runs_end_at_each_place() {
        for length in 0..100 {
            for at in 0..length {
                for byte in *b" \n\t\0\x1f<&!\x7f\x80\xff;=%'" {
                    let mut bytes = vec![b'a'; length];
                    bytes[at] = byte;
                    check(&bytes);
                    for next in *b" \n<&" {
                        *bytes.last_mut().unwrap() = next;
                        check(&bytes);
                        if let Some(after) = bytes.get_mut(at + 1) {
                            *after = next;
                        }
                        check(&bytes);
                    }
                }
            }
        }
    }
}
