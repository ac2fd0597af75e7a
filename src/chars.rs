//! What characters are to a reader: blank, written without spaces between words, or punctuation.

/// Whether the character shows nothing at the edge of a text: white space of any kind, a no-break or an
/// ideographic space, or a zero-width character.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The text without the characters that are [blank](is_blank) at its edges.
#[inline]
pub(crate) fn trim_blank(text: &str) -> &str {
    if has_visible_edges(text.as_bytes()) { text } else { trim_edges(text) }
}

/// Whether the first and last of the bytes of a text tell that it has no blanks at its edges. Nearly always
/// they do: they are those of an ASCII character, or of another one with a first byte that no blank has, or
/// of a quotation mark, a dash, an ellipsis or `。`.
#[inline]
pub(crate) fn has_visible_edges(bytes: &[u8]) -> bool {
    let (Some(first), Some(last)) = (bytes.first_chunk::<3>(), bytes.last_chunk::<3>()) else {
        return false;
    };
    // Texts begin and end with all of these: what has no branch is not mispredicted.
    let [first, second, third] = first.map(|byte| EDGES[usize::from(byte)]);
    let is_start = first | first >> 4 & second >> 5 & third >> 6;
    let [third_last, second_last, last] = last.map(|byte| EDGES[usize::from(byte)]);
    let sign = second_last >> 5 & (third_last >> 4 & last >> 6 | third_last >> 7 & last >> 8);
    let is_end = last >> 1 | second_last >> 2 | third_last >> 3 | sign;
    is_start & is_end & 1 == 1
}

/// What each byte tells at an edge of a text, a bit for each: it begins a visible character (0); it is the
/// last byte of a text whose last character is visible (1), the last but one (2), or the last but two (3); or
/// it is a part of a sign of three bytes: 0xe2 (4), 0x80 (5), what follows those two (6), 0xe3 (7), what
/// follows that and 0x80 (8).
static EDGES: [u16; 256] = {
    let mut edges = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let tells = [
            matches!(byte, 0x21..=0x7f | 0xc3..=0xe0 | 0xe4..=0xee),
            matches!(byte, 0x21..=0x7f),
            matches!(byte, 0xc3..=0xdf),
            matches!(byte, 0xe4..=0xee),
            byte == 0xe2,
            byte == 0x80,
            matches!(byte, 0x93..=0xa6),
            byte == 0xe3,
            matches!(byte, 0x81..=0xbf),
        ];
        let mut bit = 0;
        while bit < tells.len() {
            if tells[bit] {
                edges[byte] |= 1 << bit;
            }
            bit += 1;
        }
        byte += 1;
    }
    edges
};

/// [`trim_blank`], where an edge may be blank. The first and last bytes of a blank may be bytes of another
/// character too: then the characters are decoded.
#[inline(never)]
fn trim_edges(text: &str) -> &str {
    let may_start_blank = match text.as_bytes() {
        [first, ..] if *first < 0x80 => *first <= b' ',
        bytes => matches!(bytes, [0xc2 | 0xe1 | 0xe2, ..] | [0xe3, 0x80, 0x80, ..] | [0xef, 0xbb, ..]),
    };
    let may_end_blank = match text.as_bytes() {
        [.., last] if *last < 0x80 => *last <= b' ',
        bytes => matches!(
            bytes,
            [.., 0xc2, _] | [.., 0xe1 | 0xe2, _, _] | [.., 0xe3, 0x80, 0x80] | [.., 0xef, 0xbb, _]
        ),
    };
    if may_start_blank || may_end_blank { text.trim_matches(is_blank) } else { text }
}

/// Whether the character belongs to a script that puts no spaces between words: Han, kana, bopomofo, and
/// the punctuation and full-width forms that go with them. Hangul has spaces.
///
/// The blocks are those that CSS Text 4, "segment break transformation", lists by East Asian width, less
/// Hangul.
pub(crate) fn is_cjk(c: char) -> bool {
    // Nearly all are ideographs, and nearly all others come before them.
    matches!(c, '\u{4e00}'..='\u{9fff}') || c >= '\u{2e80}' && is_rare_cjk(c)
}

fn is_rare_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}'     // radicals, Kangxi, description characters, punctuation
        | '\u{3040}'..='\u{312f}'   // hiragana, katakana, bopomofo
        | '\u{3190}'..='\u{31ff}'   // kanbun, bopomofo, strokes, katakana
        | '\u{3220}'..='\u{325f}'   // enclosed ideographs
        | '\u{3280}'..='\u{4dbf}'   // enclosed and squared forms, extension A
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}'   // vertical forms
        | '\u{fe30}'..='\u{fe6f}'   // compatibility and small forms
        | '\u{ff01}'..='\u{ff9f}'   // full-width forms, half-width kana
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{16fe0}'..='\u{18cff}' // Tangut, Khitan
        | '\u{1aff0}'..='\u{1b2ff}' // kana extensions, Nüshu
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether the character is punctuation as wide as an ideograph, which brings its own space: `，`, `。`, `《`,
/// `」`, `（`…
pub(crate) fn is_cjk_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}'
        | '\u{30fb}'
        | '\u{fe10}'..='\u{fe19}' // vertical forms
        | '\u{ff01}'
        | '\u{ff08}' | '\u{ff09}'
        | '\u{ff0c}' | '\u{ff0e}'
        | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}'
        | '\u{ff3b}' | '\u{ff3d}' | '\u{ff5b}' | '\u{ff5d}'
        | '\u{ff5f}'..='\u{ff65}')
}

/// Whether the character is Korean, which is written with spaces between words.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}'
        | '\u{3130}'..='\u{318f}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{ffa0}'..='\u{ffdc}')
}

/// Whether the character is punctuation that Chinese shares with the languages of Europe. Beside a character
/// that [`is_cjk`], it is one too.
pub(crate) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '—' | '·')
}

/// Whether the character is a variation selector: it changes the look of the character before it, and stands
/// for nothing itself.
pub(crate) fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces() {
        for c in "漢汉、。」のカー々ㄅ〇！ｶ㊙𠮷".chars() {
            assert!(is_cjk(c), "{c}");
        }
        for c in "a한글ก“…é1 \u{a0}".chars() {
            assert!(!is_cjk(c), "{c}");
        }
    }

    #[test]
    fn edges_are_trimmed_of_all_blanks() {
        let blanks: Vec<char> = ('\0'..=char::MAX).filter(|c| is_blank(*c)).collect();
        assert!(blanks.len() > 25);
        for blank in blanks {
            for text in ["a", "a b", "。", "é é", ""] {
                assert_eq!(trim_blank(&format!("{blank}{text}")), text, "{blank:?}");
                assert_eq!(trim_blank(&format!("{text}{blank}")), text, "{blank:?}");
                assert_eq!(trim_blank(&format!("{blank}{blank}{text}{blank}")), text, "{blank:?}");
            }
        }
    }

    #[test]
    fn blanks() {
        for c in " \n\u{a0}\u{3000}\u{200b}\u{200d}\u{2060}\u{feff}\u{2009}".chars() {
            assert!(is_blank(c), "{c:?}");
        }
        for c in "a\u{fffc}\u{8}\u{200e}".chars() {
            assert!(!is_blank(c), "{c:?}");
        }
    }
}
