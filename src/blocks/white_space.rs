//! White space in running text: how far a text is collapsed already, and which line breaks become no space.

use crate::chars::{is_blank, is_cjk, is_cjk_punctuation, is_hangul, is_shared_punctuation, is_variation};
use crate::collapse::collapsed_run;

/// The length of the longest beginning of a text in which all white space is collapsed: each is one U+0020
/// between two other characters.
///
/// The text neither begins nor ends with white space.
#[inline]
pub(super) fn collapsed_length(bytes: &[u8]) -> usize {
    let passed = collapsed_run::<false>(bytes);
    if passed == bytes.len() { passed } else { first_to_collapse(bytes, passed) }
}

/// [`collapsed_length`] where a run ends: at white space, or at another control character, which stays.
#[cold]
fn first_to_collapse(bytes: &[u8], passed: usize) -> usize {
    let mut at = passed;
    while let Some(byte) = bytes.get(at) {
        let is_end = byte.is_ascii_whitespace()
            && (*byte != b' ' || bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace));
        if is_end {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a line break between two texts becomes nothing, and not a space.
#[inline]
pub(super) fn joins_lines(before: &str, after: &str) -> bool {
    match (before.as_bytes().last(), after.as_bytes().first()) {
        (Some(last @ ..0x80), Some(first @ ..0x80)) if *last != b'"' && *first != b'"' => {
            has_no_space_in_any_language(*last, *first)
        }
        _ => joins_other_lines(before, after),
    }
}

/// [`joins_lines`], where one of the characters beside the line break is not of ASCII, or a quotation mark.
#[inline(never)]
fn joins_other_lines(before: &str, after: &str) -> bool {
    if let (Some(last @ ..0x80), Some(first @ ..0x80)) = (before.as_bytes().last(), after.as_bytes().first())
    {
        return has_no_space_in_any_language(*last, *first) || is_held_by_cjk(before, char::from(*first));
    }
    let last = before.chars().rev().find(|c| !is_variation(*c));
    let (Some(last), Some(first)) = (last, after.chars().next()) else { return false };
    if is_cjk(last) && is_cjk(first) {
        return true;
    }
    let fits = |c| is_cjk(c) || is_shared_punctuation(c);
    if fits(last) && fits(first) {
        return is_cjk(last) || is_cjk(first);
    }
    // Wide punctuation brings its own space, beside all scripts but Korean.
    if is_cjk_punctuation(last) || is_cjk_punctuation(first) {
        return !is_hangul(last) && !is_hangul(first);
    }
    let ascii = |c: char| u8::try_from(c).unwrap_or(b'_');
    let is_quoted = matches!(last, '“' | '‘' | '"') || matches!(first, '”' | '’' | '"');
    has_no_space_in_any_language(ascii(last), ascii(first)) || is_quoted && is_held_by_cjk(before, first)
}

/// Whether wide punctuation stands at one side of a line break: it sets two elements apart without a space.
#[cold]
pub(super) fn has_wide_punctuation(before: &str, after: &str) -> bool {
    let is_wide = |c: Option<char>| c.is_some_and(is_cjk_punctuation);
    is_wide(before.chars().next_back()) || is_wide(after.chars().next())
}

/// Whether a word that an image cuts goes on after it: nothing ends before the image, and nothing begins
/// after it.
pub(super) fn word_goes_on(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return true };
    let ends = matches!(last, '.' | ',' | ':' | ';' | '!' | '?' | ')' | ']' | '”' | '"');
    let begins = first.is_uppercase() || first.is_ascii_digit() || matches!(first, '(' | '[' | '“');
    !(ends && (begins || first.is_lowercase()) || begins && last.is_lowercase())
}

/// Whether a sentence, or something that announces what follows, ends with the text.
pub(super) fn ends_sentence(text: &str) -> bool {
    let last = end_of(text).chars().rev().find(|c| !is_blank(*c) && !closes(*c));
    last.is_none_or(|c| matches!(c, '.' | ':' | '!' | '?' | '…' | '。' | '：' | '！' | '？' | '﹕' | '↓'))
}

/// Whether one of the two characters is an opening bracket before, or a closing bracket, a comma or a full
/// stop after.
///
/// A page whose tags stand on lines of their own has line breaks there. Only one character on each side is
/// known, since texts come in pieces; what begins with a comma or a full stop is [looked at
/// later](begins_word).
fn has_no_space_in_any_language(last: u8, first: u8) -> bool {
    matches!(last, b'(' | b'[' | b'{') || matches!(first, b',' | b'.' | b')' | b']' | b'}')
}

/// Whether a text begins with punctuation that no blank stands before.
#[cold]
pub(super) fn begins_with_closing(text: &str) -> bool {
    let closes_part = |c| matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '…' | ']' | '}' | '»' | '›');
    text.chars()
        .next()
        .is_some_and(|c| closes_part(c) || closes(c) && c != '"' && c != '\'' || closes_wide(c))
}

/// Whether the character is wide punctuation that ends a part of a sentence.
fn closes_wide(c: char) -> bool {
    is_cjk_punctuation(c) && !matches!(c, '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '（')
}

/// Whether a character ends a word, a part of a sentence, or what quotation marks hold.
pub(super) fn ends_part(c: char) -> bool {
    c.is_alphanumeric() || closes(c) || matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '…' | '«' | '»' | '%')
}

/// Whether a comma or a full stop with this character after it begins a word, as in `.NET` and `...`.
pub(super) fn begins_word(next: char) -> bool {
    next == '.' || next.is_ascii_alphanumeric()
}

/// How many bytes are looked at to find out what a text is, or the other one of two quotation marks.
const LOOK: usize = 384;

/// The end of a text: its last [`LOOK`] bytes at most.
fn end_of(text: &str) -> &str {
    let mut start = text.len().saturating_sub(LOOK);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether the line break stands at the inner side of a quotation mark, and the text that holds the quotation
/// marks is CJK: `使用“⏎Leaf⏎”泡茶`.
///
/// The text after the line break is not looked at, since it comes in pieces.
#[cold]
fn is_held_by_cjk(before: &str, first: char) -> bool {
    let text = end_of(before);
    if text.is_ascii() {
        return false;
    }
    let holds = |c: char| is_cjk(c) || is_cjk_punctuation(c);
    // Straight quotation marks open and close in turn.
    let is_even = |text: &str| {
        let line = text.rsplit('\n').next().unwrap_or_default();
        line.bytes().filter(|byte| *byte == b'"').count() % 2 == 0
    };
    if let Some(mark @ ('“' | '‘' | '"')) = text.chars().next_back() {
        let holder = text.trim_end_matches(['“', '‘', '"']);
        // A mark that stands after a word or after punctuation closes; in German, `“` does.
        let may_open = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '/') || holds(c);
        let opens = holder.chars().next_back().is_none_or(may_open)
            && (mark != '"' || is_even(&text[..text.len() - 1]));
        // At the beginning of a text, nothing tells what holds the mark; but the mark opens for sure.
        return opens && (holder.is_empty() || holder.chars().rev().any(holds));
    }
    let opening = match first {
        '”' => '“',
        '’' => '‘',
        _ => first,
    };
    // The mark that opens is the last one before.
    let Some((holder, quoted)) = text.rsplit_once(opening) else { return false };
    (first != '"' || is_even(holder))
        && (holder.chars().rev().any(holds) || holder.is_empty() && !quoted.starts_with(' '))
}

/// Whether the character closes a quotation or a bracket.
fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | ')' | ']' | '」' | '』' | '）' | '》' | '】')
}
