//! Where a name in a caption begins and ends, and what looks like one.

use memchr::memchr;

use super::words;
use crate::chars::{is_blank, is_cjk};

/// The longest name, in characters. A longer text is a part of the caption.
pub(super) const MAX_CHARS: usize = 60;

/// Brackets, opening and closing. A round bracket may be closed by one of the other width.
const BRACKETS: [(char, char); 6] =
    [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('［', '］')];

/// Quotation marks around titles, in which blanks and commas are part of the name.
const QUOTES: [(char, char); 4] = [('《', '》'), ('〈', '〉'), ('「', '」'), ('『', '』')];

/// Whether the character opens a bracket.
pub(super) fn opens_bracket(c: char) -> bool {
    BRACKETS.iter().any(|(opening, _)| *opening == c)
}

/// Whether the character closes a bracket.
pub(super) fn closes_bracket(c: char) -> bool {
    BRACKETS.iter().any(|(_, closing)| *closing == c)
}

/// Whether two brackets, of either width, belong together.
pub(super) fn are_pair(opening: char, closing: char) -> bool {
    let is_round = |c| matches!(c, '(' | '（' | ')' | '）');
    BRACKETS.contains(&(opening, closing)) || is_round(opening) && is_round(closing)
}

/// The name that a text begins with: up to the end of the line, of the sentence or of the brackets around it,
/// and without brackets that stay open. `None` if it is empty or longer than `most` characters.
pub(super) fn at_start(text: &str, most: usize) -> Option<&str> {
    let text = text.trim_start_matches(|c| c != '\n' && is_blank(c));
    let mut end = 0;
    // The closing brackets that are to come, and where the first of their opening brackets stands.
    let mut open: Vec<char> = Vec::new();
    let mut first_open = 0;
    let mut last_blank = None;
    // The number of open quotation marks around titles.
    let mut quotes = 0_usize;
    for (count, (at, c)) in text.char_indices().enumerate() {
        // Most characters are letters, which end nothing.
        if c.is_ascii_alphanumeric() || c != '丨' && matches!(c, '\u{4e00}'..='\u{9fff}') {
            if count >= most {
                return None;
            }
            end = at + c.len_utf8();
            continue;
        }
        let is_outside = open.is_empty() && quotes == 0;
        if ends_name(text, at, c, is_outside) {
            break;
        }
        // What stands before a colon is the next word that announces something: `摄影：王五 文字：李四`.
        if matches!(c, ':' | '：') && !text[at..].starts_with("://") && is_outside {
            if let Some(blank) = last_blank {
                end = text[..blank].trim_end_matches(is_blank).len();
            }
            break;
        }
        if let Some((_, closing)) = BRACKETS.iter().find(|(opening, _)| *opening == c) {
            if open.is_empty() {
                first_open = end;
            }
            open.push(*closing);
        } else if closes_bracket(c) && open.pop().is_none() {
            break;
        }
        quotes += usize::from(QUOTES.iter().any(|(opening, _)| *opening == c));
        quotes -= usize::from(quotes > 0 && QUOTES.iter().any(|(_, closing)| *closing == c));
        if is_blank(c) {
            last_blank = Some(at);
        } else {
            if count >= most {
                return None;
            }
            end = at + c.len_utf8();
        }
    }
    if !open.is_empty() {
        end = first_open;
    }
    let name = without_ends(&text[..end]);
    (!name.is_empty()).then_some(name)
}

/// Whether a character ends the name before it.
fn ends_name(text: &str, at: usize, c: char, is_outside: bool) -> bool {
    let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
    match c {
        '\n' | '。' | '|' | '｜' | '丨' | '▲' | '△' | '▼' | '■' | '●' | '！' | '!' => true,
        '.' => ends_sentence(before, after),
        '；' | ';' => is_outside,
        '，' => is_outside && !goes_on(after),
        _ => false,
    }
}

/// Whether a name goes on after a comma: with a title or a number of a book, or with another short name.
fn goes_on(after: &str) -> bool {
    let after = after.trim_start_matches(is_blank);
    let is_title = after.starts_with(|c: char| c.is_ascii_digit() || QUOTES.iter().any(|(q, _)| *q == c));
    let is_short = (2..=3).contains(&after.trim_end_matches(is_blank).chars().count());
    is_title || is_short && after.chars().all(is_cjk)
}

/// A text without the signs at its ends that part it from others.
fn without_ends(text: &str) -> &str {
    // The slash at the end of an address belongs to it.
    let is_address = memchr(b':', text.as_bytes()).is_some() && text.contains("://");
    let is_end = |c: char| {
        is_blank(c)
            || matches!(c, '／' | '|' | '-' | '–' | '—' | ',' | '，' | '、' | ':' | '：' | '·')
            || c == '/' && !is_address
    };
    let text = text.trim_matches(is_end);
    // Few names hold a comma.
    memchr(b',', text.as_bytes()).and_then(|_| text.split_once(", CC BY")).map_or(text, |(name, _)| name)
}

/// Whether a full stop between two texts ends a sentence, and not an initial or an abbreviation.
pub(super) fn ends_sentence(before: &str, after: &str) -> bool {
    if !after.chars().next().is_none_or(is_blank) {
        return false;
    }
    // `A cup (right). Jane Doe/AFP`.
    let before = before.trim_end_matches(|c| closes_bracket(c) || matches!(c, '"' | '”' | '’'));
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    // In `U.S.` too.
    let is_initial = word.rsplit('.').next().is_none_or(|last| last.chars().nth(1).is_none());
    !is_initial && !words::is_abbreviation(word)
}

pub(super) fn is_short(name: &str, most: usize) -> bool {
    name.chars().nth(most).is_none()
}

/// The words of a name, and where each begins.
fn words_of(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = name.split(is_blank).filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr() as usize - name.as_ptr() as usize, word))
}

/// Whether a word can stand inside a name: it has a capital or no letter of a script that has them, or is one
/// that names hold, or an address.
fn fits_in_name(word: &str) -> bool {
    if word.starts_with(opens_bracket) {
        return true;
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_lower = bare.starts_with(char::is_lowercase);
    !is_lower
        || words::is_particle(bare)
        || bare.contains(|c: char| c.is_uppercase() || c.is_numeric())
        || word.contains(['.', '@', '_', '/', '—', '\'', '’'])
            && word.trim_end_matches(['.', ',']).contains(['.', '@', '_', '/', '—', '\'', '’'])
}

/// The part of a text that looks like a name, up to the first word in lower case that no name holds:
/// `Jane Doe` of `Jane Doe shows tea`.
pub(super) fn leading(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut holds_name = false;
    let mut starts_small = false;
    for (index, (start, word)) in words_of(text).enumerate() {
        // `Jane Doe from Pexels`.
        let is_from =
            word == "from" && words::names_agency(text[start + word.len()..].trim_matches(is_blank));
        if !(fits_in_name(word) || is_from) {
            // `Courtesy call on the king`: a sentence.
            if starts_small {
                return None;
            }
            if index > 0 {
                break;
            }
            starts_small = true;
        }
        // A name does not end with such a word.
        if !(is_from || words::is_particle(word)) {
            end = start + word.len();
            holds_name = true;
        }
    }
    let name = without_ends(&text[..end]);
    (holds_name && !name.is_empty()).then_some(name)
}

/// Whether a text can be a name, and not a description.
pub(super) fn looks_like_one(text: &str) -> bool {
    /// The longest name of a person or an agency in a script without spaces, in characters.
    const MAX_CJK: usize = 20;
    /// The longest name in Arabic or Hebrew letters, which have no capitals, in words.
    const MAX_WORDS: usize = 5;
    if text.contains(['/', '／', '@', '©', '—']) || words::names_agency(text) {
        return true;
    }
    if text.starts_with(|c| matches!(c, '\u{590}'..='\u{8ff}')) && words_of(text).nth(MAX_WORDS).is_some() {
        return false;
    }
    let mut words = words_of(text).skip(1);
    words.all(|(_, word)| fits_in_name(word))
        && !text.contains(['的', '，'])
        && (is_short(text, MAX_CJK) || !text.contains(is_cjk))
}

/// Whether a text is a name that stands alone, in brackets or on a line: words with capitals, or a few
/// characters.
pub(super) fn is_alone(text: &str) -> bool {
    /// The longest such name in a script without spaces.
    const MAX_CJK: usize = 12;
    if !text.contains(char::is_alphabetic) {
        return false;
    }
    if text.contains(is_cjk) || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return is_short(text, MAX_CJK) && !text.contains(['的', '，', '。', '、']);
    }
    text.trim_start_matches(opens_bracket).starts_with(|c: char| c.is_uppercase() || c == '@')
        && words_of(text).all(|(_, word)| fits_in_name(word))
}
