//! The characters of a block: nearly all mean the same to YAML as they do here.

use memchr::memchr3_iter;

use crate::engine::Decline;

/// How many bytes are looked at together.
const LANES: usize = 16;

/// Declines a block with characters that YAML does not allow, or takes for line breaks.
pub(super) fn check(bytes: &[u8]) -> Result<(), Decline> {
    if may_be_declined(bytes) { check_each(bytes) } else { Ok(()) }
}

/// Whether there may be such a character. Tabs and CRLF make it true as well.
#[expect(clippy::needless_bitwise_bool, reason = "without branches, the loops become vector instructions")]
fn may_be_declined(bytes: &[u8]) -> bool {
    let Some((last, before)) = bytes.split_last() else { return false };
    let after = &bytes[1..];
    // Made of comparisons only, so that the compiler makes vector instructions of the loops.
    let ends = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == 0x7f);
    // The first two bytes of a C1 control character or U+0085, and the last two of U+2028 and U+2029, and of
    // U+FEFF, U+FFFE and U+FFFF. Hardly any other character ends with the latter.
    let begins = |byte: u8, next: u8| {
        let next_or_1 = next | 1;
        (byte == 0xc2) & (next < 0xa0)
            | (byte == 0x80) & (next_or_1 == 0xa9)
            | (byte | 4 == 0xbf) & (next_or_1 == 0xbf)
    };
    let any = |(before, after): (&[u8], &[u8])| {
        let both = before.iter().zip(after);
        both.fold(0, |found, (&byte, &next)| found | u8::from(ends(byte) | begins(byte, next))) > 0
    };
    // The last bytes, which fill no chunk, are looked at together with some before them.
    let end = match (before.last_chunk::<LANES>(), after.last_chunk::<LANES>()) {
        (Some(before), Some(after)) => any((&before[..], &after[..])),
        _ => any((before, after)),
    };
    end || ends(*last) || before.chunks_exact(LANES).zip(after.chunks_exact(LANES)).any(any)
}

/// Looks at each character.
#[cold]
fn check_each(bytes: &[u8]) -> Result<(), Decline> {
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' | b'\t' => {}
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
            b'\r' => return Err(Decline::LineBreak),
            ..b' ' | 0x7f => return Err(Decline::Control),
            _ => {}
        }
    }
    for at in memchr3_iter(0xc2, 0xe2, 0xef, bytes) {
        match bytes[at..] {
            [0xc2, 0x85, ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..] => return Err(Decline::LineBreak),
            [0xc2, 0x80..=0x9f, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => return Err(Decline::Control),
            [0xef, 0xbb, 0xbf, ..] => return Err(Decline::ByteOrderMark),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quick look finds whatever the other one declines, wherever it stands.
    #[test]
    fn no_character_is_missed() {
        for length in 0..40 {
            for at in 0..=length {
                for char in (0..=0xffff).filter_map(char::from_u32).filter(|char| {
                    // All of these can be declined; of the others a few will do.
                    matches!(u32::from(*char), ..0x100 | 0x2000..0x2040 | 0xfe00..) || *char == '\u{5028}'
                }) {
                    let text = format!("{}{char}{}", "a".repeat(at), "b".repeat(length - at));
                    let declined = check_each(text.as_bytes()).is_err();
                    assert!(may_be_declined(text.as_bytes()) || !declined, "{text:?}");
                }
            }
        }
        for usual in ["", "a", "title: 茶，“茶”…\n", "é ß · © — ！？\u{1f375} ｡ ﷽"] {
            assert!(!may_be_declined(usual.as_bytes()), "{usual}");
        }
    }
}
