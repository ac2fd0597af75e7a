//! Names of agencies without a word that announces them.

use super::announced::bare;
use super::around::{announced_after, ends_with_word, without_brackets};
use super::name::{self, MAX_CHARS, ends_sentence, is_short};
use super::words;
use crate::chars::{is_blank, is_cjk, trim_blank};

/// The last sentence of a caption, if it names an agency and nothing else: `Jane Doe / Getty Images`.
pub(super) fn in_last_sentence(text: &str) -> Option<&str> {
    let text = trim_blank(text);
    let text = text.strip_suffix('。').unwrap_or(text);
    // In a script without spaces, its end tells.
    if text.ends_with(is_cjk) && !words::ends_like_agency(text) {
        return None;
    }
    let start = last_sentence_start(text);
    // A longer sentence names no agency.
    if !is_short(&text[start.unwrap_or(0)..], 2 * MAX_CHARS - 1) {
        return None;
    }
    let sentence = text[start.unwrap_or(0)..].trim_matches(|c| is_blank(c) || matches!(c, '/' | '|' | '／'));
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    // A caption of one word says what is to be seen.
    let is_part = start.is_some() || sentence.contains(['/', '／', '—', '|']) || sentence.contains(" via ");
    if is_part && is_agency_line(sentence) {
        return bare(sentence);
    }
    after_last_slash(sentence)
}

/// Where the last sentence of a text begins, if it has another one before it. Of a text of many more bytes
/// than a name has, only the end is looked at.
fn last_sentence_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = bytes.len().saturating_sub(4 * 2 * MAX_CHARS);
    (first..bytes.len()).rev().find_map(|at| {
        // Only these bytes begin a character that ends a sentence.
        if !matches!(bytes[at], b'\n' | b'.' | b'!' | b'?' | b'"' | 0xe2 | 0xe3 | 0xef) {
            return None;
        }
        let c = text[at..].chars().next()?;
        let after = at + c.len_utf8();
        let is_end = match c {
            '\n' | '。' | '！' | '？' | '」' | '”' => true,
            '.' => after < text.len() && ends_sentence(&text[..at], &text[after..]),
            '!' | '?' | '"' => text[after..].starts_with(is_blank),
            _ => false,
        };
        is_end.then_some(after)
    })
}

/// The name of an agency after the last slash of a caption: `警方拍摄的监控/法新社`.
fn after_last_slash(sentence: &str) -> Option<&str> {
    // Nearly all sentences have none: these are the bytes with which one begins.
    if !sentence.bytes().any(|byte| matches!(byte, b'/' | b'=' | 0xef)) {
        return None;
    }
    let (_, name) = sentence.rsplit_once(['/', '／', '=', '＝'])?;
    let name = name.trim_matches(is_blank);
    let is_known = words::is_whole_agency(name)
        || name.ends_with("通讯社")
        || name.ends_with("通信社")
        || is_short(name, 4) && name.ends_with('社');
    let is_latin = || !name.contains(is_cjk) && is_agency_line(name);
    (is_known || is_latin()).then_some(name)
}

/// A line that is a name, in brackets or of an agency: `Jane Doe—Getty Images`.
pub(super) fn on_a_line(text: &str) -> Option<&str> {
    // A caption of one line says what is to be seen.
    text.contains('\n').then_some(())?;
    text.lines().map(|line| line.trim_matches(is_blank)).find_map(|line| {
        let inner = without_brackets(line);
        let is_in_brackets = inner.len() < line.len();
        let is_credit =
            if is_in_brackets { name::is_alone(inner) } else { is_agency_line(line) || is_given(line) };
        let is_whole = !inner.contains(['(', '（', ')', '）']);
        if !(is_credit && is_whole && is_short(inner, MAX_CHARS)) {
            return None;
        }
        if is_in_brackets && ends_with_word(inner).is_some() { announced_after(inner) } else { bare(inner) }
    })
}

/// Whether a line is the name of somebody whose picture came by way of somebody else, or was made for them:
/// `Women’s Voices via Sina Weibo`, `Jane Doe for The Paper`.
fn is_given(line: &str) -> bool {
    let both = line.split_once(" via ").or_else(|| line.split_once(" for "));
    both.is_some_and(|(one, other)| name::is_alone(one) && name::is_alone(other) && one.contains(' '))
        && !line.ends_with(['.', '!', '?', ','])
}

/// Whether a line names an agency, alone or after the name of a photographer.
fn is_agency_line(line: &str) -> bool {
    /// The longest line in a script without spaces, in characters.
    const MAX_CJK: usize = 12;
    /// The longest name of a person there.
    const MAX_CJK_NAME: usize = 4;
    if !is_short(line, MAX_CHARS) || line.is_empty() {
        return false;
    }
    if line.contains(is_cjk) {
        // `李四/新华社`; before the slash may stand what is to be seen.
        let is_with_name = line.split_once(['/', '／']).is_none_or(|(name, _)| is_short(name, MAX_CJK_NAME));
        // Names before such words are dealt with where they end a sentence.
        let is_other = line.ends_with(['摄', '攝', '供', '图', '圖', '影', '真']);
        let is_line = is_short(line, MAX_CJK) && !is_other && !line.contains(['，', '的', '在', '是']);
        return is_line && is_with_name && words::is_agency(line);
    }
    if words::is_whole_agency(line) || words::is_agency(line) {
        return true;
    }
    // `AP Photo/Jane Doe` has the name after the slash.
    let mut parts = line.split(['/', '／', '—', '–', '|']).flat_map(|part| part.split(" via "));
    parts.any(|part| is_agency_part(part.trim_matches(is_blank))) && name::is_alone(line)
}

/// Whether a part of a line is the name of an agency.
fn is_agency_part(part: &str) -> bool {
    let part = part.rsplit_once(" - ").map_or(part, |(_, last)| last);
    let Some(rest) = words::after_agency_word(part) else { return false };
    let mut rest = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    rest.all(words::is_after_agency)
}
