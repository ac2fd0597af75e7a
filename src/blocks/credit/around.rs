//! Names in brackets at the end of a caption, and names that a word after them announces.

use super::announced::{Reading, after_opening, bare, without_sign};
use super::name::{self, MAX_CHARS, are_pair, at_start, closes_bracket, is_short, opens_bracket};
use super::words;
use crate::chars::{is_blank, is_cjk};

/// A name in brackets at the end of a caption, if a word announces it or it is that of an agency: `（王五 摄）`,
/// `(AP)`, `【共同】`. Names that are [announced before](super::announced) are found there.
pub(super) fn in_brackets(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c| is_blank(c) || matches!(c, '。' | '.'));
    let inner = without_brackets(inside_last_brackets(text)?);
    if words::names_nobody(inner) {
        return None;
    }
    let is_named = after_opening(inner).is_some() || ends_with_word(inner).is_some();
    if is_named {
        return announced_after(inner);
    }
    let is_name = inner.contains(is_cjk)
        || inner.contains(['/', '—', '=', '＝'])
        || name::is_alone(inner)
        || words::after_agency_word(inner) == Some("");
    (words::names_agency(inner) && is_name).then(|| bare_short(inner)).flatten()
}

/// The text inside the brackets that end a text.
fn inside_last_brackets(text: &str) -> Option<&str> {
    let closing = text.chars().next_back().filter(|c| closes_bracket(*c))?;
    let inner = &text[..text.len() - closing.len_utf8()];
    let mut depth = 0_usize;
    for (at, c) in inner.char_indices().rev() {
        if closes_bracket(c) {
            depth += 1;
        } else if opens_bracket(c) {
            if depth == 0 {
                return are_pair(c, closing).then(|| &inner[at + c.len_utf8()..]);
            }
            depth -= 1;
        }
    }
    None
}

/// A text without the brackets around the whole of it, and without blank edges.
pub(super) fn without_brackets(text: &str) -> &str {
    /// Brackets in brackets: more of them hold no name.
    const MOST: usize = 8;
    let mut text = text.trim_matches(is_blank);
    for _ in 0..MOST {
        match inside_last_brackets(text) {
            Some(inner) if text.len() == inner.len() + width_of_ends(text) => {
                text = inner.trim_matches(is_blank);
            }
            _ => break,
        }
    }
    text
}

/// The length in bytes of the first and the last character.
fn width_of_ends(text: &str) -> usize {
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    width(text.chars().next()) + width(text.chars().next_back())
}

/// The text before a word at its end that follows a name.
pub(super) fn ends_with_word(text: &str) -> Option<&str> {
    words::before_word(text)
}

/// A name without the words after it and before it that announce it.
pub(super) fn announced_after(text: &str) -> Option<&str> {
    let text = after_opening(text).unwrap_or(text);
    let name = match ends_with_word(text) {
        Some(name) => words::BEFORE_NAME.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name),
        None => text,
    };
    // `2020年1月撮影` says when, and nothing else who.
    let is_date = name.ends_with(['年', '月', '日']) || name.bytes().all(|byte| byte.is_ascii_digit());
    let is_place = name.ends_with(['で', 'に']) || name.contains(['在', '的', '，', '。', '是']);
    if is_date || is_place { None } else { bare_short(name) }
}

/// A name without signs, if it is one and short.
fn bare_short(name: &str) -> Option<&str> {
    let name = bare(name.trim_matches(|c| is_blank(c) || matches!(c, '/' | '／' | '|')))?;
    is_short(name, MAX_CHARS).then_some(name)
}

/// A name at the end of a caption, before a word: `采茶的人在杭州。受访者供图`, `老街 李四摄`.
pub(super) fn last_words(text: &str) -> Option<&str> {
    /// The longest such name in a script without spaces, in characters.
    const MAX_CJK: usize = 12;
    let text = text.trim_end_matches(|c| is_blank(c) || matches!(c, '。' | '.'));
    let (word, before) = words::last_word(text)?;
    let is_end = |c: char| {
        matches!(c, '。' | '！' | '？' | '\n' | '；' | '，' | '.' | '!' | '?' | '|' | '｜' | '：')
            || closes_bracket(c)
    };
    let (sentence, is_whole) = match before.rfind(is_end) {
        Some(at) => (&before[at + before[at..].chars().next().map_or(0, char::len_utf8)..], false),
        None => (before, true),
    };
    let sentence = sentence.trim_matches(is_blank);
    if let Some(name) = words::BEFORE_NAME.iter().find_map(|start| sentence.strip_prefix(start)) {
        // `由李四提供` may be about anything.
        let is_of_picture = !sentence.starts_with('由');
        return (is_of_picture && is_short(name, MAX_CJK)).then(|| bare_short(name)).flatten();
    }
    let is_giver = words::GIVERS.contains(&sentence);
    if matches!(word, "提供" | "图片" | "圖片") && !is_giver && !words::is_whole_agency(sentence) {
        return None;
    }
    // The name of an agency goes with that of its photographer.
    let is_with_agency = words::is_agency(sentence.split(is_blank).next().unwrap_or_default())
        || ["记者", "記者", "通讯员", "기자", "社"].iter().any(|word| sentence.contains(word));
    let name = if is_with_agency { sentence } else { sentence.rsplit(is_blank).next().unwrap_or_default() };
    let name = name.trim_matches(is_blank);
    // A whole caption that ends with such a word may be a sentence.
    let most = if is_whole && name.len() == sentence.len() && !is_giver { 4 } else { MAX_CJK };
    let is_name = !words::NOT_IN_LAST_NAME.iter().any(|part| name.contains(part)) || is_giver;
    let is_fit =
        !name.contains(is_cjk) || is_short(name, most) || is_with_agency && is_short(name, 2 * MAX_CJK);
    (is_name && is_fit && !name.is_empty()).then(|| bare_short(name)).flatten()
}

/// The name that a text is, which markup calls the credit.
pub(super) fn whole(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c| is_blank(c) || c == '。');
    let text = without_sign(without_brackets(text));
    if let Some(name) = ends_with_word(text).and_then(|_| announced_after(text)) {
        return Some(name);
    }
    let text = text.trim_start_matches(|c| is_blank(c) || matches!(c, '/' | '／' | '|' | '-' | '–' | '—'));
    let text = words::rest_after_word(text, "by").unwrap_or(text);
    bare(at_start(text, Reading::Marked.most())?)
}
