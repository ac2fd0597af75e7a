//! White space that the YAML parser takes too long to read.
//!
//! libyaml collects the white space of a scalar in a buffer as large as the longest of it so far, and writes
//! zeros to all of the buffer after each. With thousands of blanks in a row, and thousands of words after
//! them, that would take minutes.

/// The most bytes that may be written to such buffers in a block: that takes some hundredths of a second.
const MOST: usize = 1 << 29;

/// A block of fewer bytes cannot cost as much.
const SHORT: usize = 1 << 14;

/// Where the longest white space of a block begins, if there is too much text after it.
pub(super) fn too_long(text: &str) -> Option<usize> {
    if text.len() < SHORT {
        return None;
    }
    let (mut longest, mut at, mut written) = (0, 0, 0_usize);
    let mut rest = text.as_bytes();
    while let Some(start) = rest.iter().position(|byte| is_white_space(*byte)) {
        let length = rest[start..].iter().take_while(|byte| is_white_space(**byte)).count();
        if length > longest {
            (longest, at) = (length, text.len() - rest.len() + start);
        }
        written = written.saturating_add(longest);
        rest = &rest[start + length..];
    }
    (written > MOST).then_some(at)
}

fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_white_space_before_many_words() {
        let blanks = " ".repeat(40_000);
        assert_eq!(too_long(&format!("a: \"x{blanks}{}\"", "y ".repeat(20_000))), Some(5));
        assert_eq!(too_long(&format!("a: \"{}{blanks}\"", "y ".repeat(20_000))), None);
        assert_eq!(too_long(&"a: a long text of words\n".repeat(100_000)), None);
        assert_eq!(too_long(&blanks[..SHORT]), None);
        // No shorter block costs as much: half of it is white space, half are words.
        const { assert!((SHORT / 2) * (SHORT / 4) < MOST) };
    }
}
