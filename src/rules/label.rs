//! Texts that only say that this is an advertisement. They stand in `labels.txt`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::word_list::words;

/// The longest text, in bytes, that is looked at as a label.
pub(super) const MAX_BYTES: usize = 96;

/// The [letters] of each label.
static LABELS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| words!("labels.txt", "").iter().copied().map(letters).collect());

/// Whether the text, given without [blanks](crate::chars::is_blank), is nothing but an ad label, or nothing
/// at all.
///
/// Punctuation alone is no label: it may be the "…" that a reader is to see.
pub(super) fn is_label(text: &str) -> bool {
    text.is_empty() || text.len() <= MAX_BYTES && LABELS.contains(&letters(text))
}

/// A text in lower case without spaces and punctuation: what two forms of one label have in common.
fn letters(text: &str) -> String {
    let lower = text.chars().filter(|c| is_letter(*c)).flat_map(char::to_lowercase);
    // The capital of both is one.
    lower.map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// Whether the character is a letter, a digit or a part of a letter.
fn is_letter(c: char) -> bool {
    // The marks of Thai, Hindi and Bengali that spell a word, and are not alphanumeric: tones and silencers,
    // the nukta and the virama.
    c.is_alphanumeric()
        || matches!(c, '\u{0e47}'..='\u{0e4e}' | '\u{093c}' | '\u{094d}' | '\u{09bc}' | '\u{09cd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_labels_in_any_dress() {
        for text in [
            "Advertisement",
            "-ADVERTISEMENT-",
            "【广告】",
            "廣告",
            "Publicité",
            "PUBLICITÉ",
            "광고",
            "[Sponsored]",
            "विज्ञापन।",
            "QuảngCáo",
            "ScrollToContinueWithContent↓",
        ] {
            assert!(is_label(text), "{text}");
        }
    }

    #[test]
    fn every_line_of_the_list_is_a_label_of_its_own() {
        let lines: Vec<_> = words!("labels.txt", "").to_vec();
        assert!(lines.len() >= 65, "{}", lines.len());
        assert_eq!(lines.len(), LABELS.len(), "a label stands twice");
        for line in lines {
            let text: String = line.chars().filter(|c| !crate::chars::is_blank(*c)).collect();
            assert!(is_label(&text) && is_label(&text.to_uppercase()), "{line}");
            assert!(!is_label(&format!("{text}x")), "{line}");
            assert!(!letters(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn the_longest_label_is_that_of_the_documentation() {
        let longest = |letters: usize| format!("{}ad", "-".repeat(letters - "ad".len()));
        assert!(is_label(&longest(MAX_BYTES)));
        assert!(!is_label(&longest(MAX_BYTES + 1)));
        assert!(include_str!("labels.txt").contains(&format!("more than {MAX_BYTES} bytes")));
    }

    #[test]
    fn keeps_everything_else() {
        for text in ["…", "-", "Advertisementfortea", "广告费", "1", "Ad1", "1Ad", "Adam", "โฆษณ", "ि"]
        {
            assert!(!is_label(text), "{text}");
        }
    }

    /// What is empty has nothing that a reader would miss.
    #[test]
    fn nothing_is_a_label() {
        assert!(is_label(""));
    }

    #[test]
    fn marks_that_are_vowels_are_parts_of_letters() {
        // The first and the last of each kind, and their neighbours.
        for (c, is_part) in [
            ('\u{0e3f}', false),
            ('\u{0e47}', true),
            ('\u{0e4e}', true),
            ('\u{0e4f}', false),
            ('\u{0652}', true),
            ('\u{093c}', true),
            ('\u{094d}', true),
            ('\u{0951}', false),
            ('\u{09bc}', true),
            ('\u{09cd}', true),
            ('।', false),
            ('!', false),
            ('-', false),
            ('9', true),
        ] {
            assert_eq!(is_letter(c), is_part, "{c:?}");
        }
        assert_eq!(letters("विज्ञापन"), "विज्ञापन");
        assert_eq!(letters("โฆษณา"), "โฆษณา");
        assert_eq!(letters("Ad: Choices — 広告"), "adchoices広告");
    }
}
