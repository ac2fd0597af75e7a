//! What is punctuation to a reader of Markdown, and what is a letter. Readers differ in their version of
//! Unicode, and in whether symbols count.

/// Whether a character is a letter or a digit, and not in a table of punctuation or symbols.
#[inline]
pub(super) fn is_surely_word(c: char) -> bool {
    // Most that are asked for are one of these. The tables of the standard library have no short way for
    // ideographs, nor for the punctuation beside them.
    c.is_ascii_alphanumeric() || is_ideograph(c) || !is_surely_punctuation(c) && is_other_word(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fa5}')
}

#[cold]
fn is_other_word(c: char) -> bool {
    // Letters in circles are symbols that count as letters.
    c.is_alphanumeric() && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Whether a character is punctuation in every version of Unicode that a reader of Markdown may have.
pub(super) fn is_surely_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{2043}'
            | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}'
            | '\u{30fb}'
            | '\u{ff01}'..='\u{ff03}'
            | '\u{ff05}'..='\u{ff0a}'
            | '\u{ff0c}'..='\u{ff0f}'
            | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}')
}

/// Whether a character is ASCII punctuation in full width, which some tables have among punctuation, others
/// among symbols.
pub(super) fn is_full_width_punctuation(c: char) -> bool {
    matches!(
        c,
        '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff5e}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ways_lead_to_the_same() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_surely_word(c), is_other_word(c), "{c:?}");
        }
    }
}
