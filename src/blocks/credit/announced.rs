//! Names that words or signs before them announce.

use super::name::{self, MAX_CHARS, at_start, closes_bracket, opens_bracket};
use super::words::{self, Announces};
use crate::chars::{is_blank, is_cjk};

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A caption.
    Words,
    /// The part of a caption that its markup calls the credit: what is announced there is a name.
    Marked,
}

impl Reading {
    /// The longest name, in characters.
    pub(super) fn most(self) -> usize {
        match self {
            Self::Words => MAX_CHARS,
            Self::Marked => 4 * MAX_CHARS,
        }
    }
}

/// A name after a word that announces it: before a colon, a slash or a space, or after a sign.
pub(super) fn find(text: &str, reading: Reading) -> Option<&str> {
    let mut after_sign = None;
    // Where a part of the text begins: a line, a sentence, a bracket.
    let mut is_start = true;
    let mut next = 0;
    loop {
        if !is_start {
            next += bytes_before_sign(&text.as_bytes()[next..]);
        }
        match text.as_bytes().get(next) {
            // Most parts end with a sign that does nothing else, and a space comes after it.
            Some(&byte) if only_starts_part(byte) => {
                is_start = true;
                next += 1;
                continue;
            }
            Some(b' ') if is_start => {
                next += 1;
                continue;
            }
            _ => {}
        }
        let Some(c) = text[next..].chars().next() else { break };
        let at = next;
        next += c.len_utf8();
        let is_first = is_start && !is_blank(c);
        if is_first {
            is_start = false;
            if let Some(name) = opened(&text[at..], reading) {
                return Some(name);
            }
        }
        if is_sign_start(c) && after_sign.is_none() {
            after_sign = signed(&text[at..], reading);
        }
        if let Some(separator) = Separator::of(c) {
            let after = &text[next..];
            if let Some((name, announces)) = separated(&text[..at], separator, after, reading) {
                let may_be_scene = announces == Announces::NameOrScene && reading == Reading::Words;
                let photographer = if may_be_scene { photographer(after) } else { None };
                return photographer.or(Some(name));
            }
        }
        is_start |= starts_part(c);
    }
    after_sign
}

/// The number of bytes before the first that may begin a character that is more than a letter inside a part.
#[inline]
fn bytes_before_sign(bytes: &[u8]) -> usize {
    // An ideograph begins with the same byte as the bar that is one.
    let is_ideograph = |at: usize| bytes[at] == 0xe4 && bytes.get(at + 1..at + 3) != Some(&[0xb8, 0xa8]);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match LETTERS[usize::from(*byte)] {
            0 if is_ideograph(at) => 3,
            0 => break,
            length => usize::from(length),
        };
    }
    at
}

/// The length of the character that a byte begins, and 0 if it may begin a sign, a separator or the end of a
/// part.
static LETTERS: [u8; 256] = {
    let mut lengths = [1; 256];
    let mut byte = 0xc0;
    while byte < lengths.len() {
        lengths[byte] = match byte {
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        byte += 1;
    }
    let mut rest: &[u8] = b"\n.,;:!?|/=>*()[]\xc2\xe2\xe3\xe4\xef\xf0";
    while let [byte, others @ ..] = rest {
        lengths[*byte as usize] = 0;
        rest = others;
    }
    lengths
};

/// Whether a byte is a sign after which a part begins, and which announces nothing itself.
#[inline]
fn only_starts_part(byte: u8) -> bool {
    matches!(byte, b'\n' | b'.' | b',' | b';' | b'!' | b'?' | b'>' | b'*' | b')' | b'[' | b']')
}

/// Whether what follows a character is a part of its own.
fn starts_part(c: char) -> bool {
    matches!(
        c,
        '\n' | '。'
            | '.'
            | '|'
            | '｜'
            | '丨'
            | '/'
            | '／'
            | '，'
            | ','
            | '；'
            | ';'
            | '！'
            | '!'
            | '？'
            | '?'
            | '、'
            | '·'
            | '•'
            | '▲'
            | '△'
            | '▼'
            | '■'
            | '●'
            | '—'
            | '–'
            | '…'
            | '」'
            | '”'
            | '》'
            | '>'
            | '*'
            | '※'
    ) || opens_bracket(c)
        || closes_bracket(c)
}

/// What stands between a word that announces a name, and the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Colon,
    Slash,
    Dot,
}

impl Separator {
    fn of(c: char) -> Option<Self> {
        match c {
            // In Japanese and Korean captions, `=` is a colon.
            ':' | '：' | '=' | '＝' | '﹕' | '∶' => Some(Self::Colon),
            '/' | '／' | '|' | '｜' | '丨' => Some(Self::Slash),
            '・' | '·' | '•' => Some(Self::Dot),
            _ => None,
        }
    }
}

/// The photographer that a later word announces, after a name that may be a scene: Jane Doe in
/// `Kép: Kossuth Lajos. Foto: Jane Doe`.
fn photographer(text: &str) -> Option<&str> {
    memchr::memchr_iter(b':', text.as_bytes()).find_map(|at| {
        let (name, announces) = separated(&text[..at], Separator::Colon, &text[at + 1..], Reading::Words)?;
        (announces == Announces::Photographer).then_some(name)
    })
}

/// A name after a word and a separator, and what the word announces.
fn separated<'t>(
    before: &str,
    separator: Separator,
    after: &'t str,
    reading: Reading,
) -> Option<(&'t str, Announces)> {
    let announces = word_announces(word_before(before)?, separator)?;
    let after = match separator {
        Separator::Colon => after.trim_start_matches([':', '：', '=']),
        Separator::Slash | Separator::Dot => after,
    };
    let name = bare(at_start(without_sign(after), reading.most())?)?;
    let is_name = announces == Announces::Name || reading == Reading::Marked;
    if is_name || name::looks_like_one(name) {
        return Some((name, announces));
    }
    // What the picture shows, and then an agency in brackets: that comes later.
    None
}

/// What a word announces before a separator.
fn word_announces(word: &str, separator: Separator) -> Option<Announces> {
    let announces = |list: &[&str]| {
        let is_known = list.iter().any(|known| known.eq_ignore_ascii_case(word));
        is_known.then_some(Announces::NameOrScene)
    };
    match separator {
        Separator::Colon => words::before_colon(word).or_else(|| {
            // A blank parts words, and a few words are known at the end of others.
            let last = word.rsplit(is_blank).next().unwrap_or_default();
            let is_cjk_word = last.len() < word.len() && last.starts_with(is_cjk);
            let ends = || words::ENDS_BEFORE_COLON.iter().any(|known| word.ends_with(known));
            let at_end = is_cjk_word.then(|| words::before_colon(last)).flatten();
            at_end.or_else(|| ends().then_some(Announces::Name))
        }),
        Separator::Slash => {
            let last = word.rsplit(is_blank).next().unwrap_or_default();
            let is_cjk_word = last.starts_with(is_cjk);
            announces(words::BEFORE_SLASH)
                .or_else(|| (is_cjk_word && words::BEFORE_SLASH.contains(&last)).then_some(Announces::Name))
        }
        Separator::Dot => announces(words::BEFORE_DOT),
    }
}

/// The text between the last boundary before which a name cannot begin and the end of `text`, without blank
/// edges. `None` if that boundary is too far away.
fn word_before(text: &str) -> Option<&str> {
    const FAR: usize = 28;
    let mut word = "";
    let mut is_whole = true;
    for (count, (at, c)) in text.char_indices().rev().enumerate() {
        // `© Foto: Jane Doe`
        if starts_part(c) || matches!(c, '©' | 'ⓒ') {
            break;
        }
        if count == FAR {
            is_whole = false;
            break;
        }
        word = &text[at..];
    }
    let word = word.trim_matches(is_blank);
    let word = word.strip_prefix("- ").unwrap_or(word);
    // Of a longer text, the end may be known.
    let is_end_known = || word.ends_with(|c: char| is_cjk(c));
    (!word.is_empty() && (is_whole || is_end_known())).then_some(word)
}

/// A name after a phrase that a part of a text begins with.
fn opened(part: &str, reading: Reading) -> Option<&str> {
    if part.starts_with(|c: char| c.is_ascii_alphabetic() || c == 'ф' || c == 'Ф') {
        let after = after_opening(part)?;
        let name = at_start(without_sign(after), reading.most());
        // Several photographers of one picture: each has a short name.
        let name = name.or_else(|| at_start(after, 4 * MAX_CHARS).filter(|name| is_list(name)))?;
        // `Crédit visuel: …` announces with more words.
        let end = name.as_ptr() as usize + name.len() - part.as_ptr() as usize;
        if part[end..].trim_start_matches(is_blank).starts_with([':', '：']) {
            return None;
        }
        let name = if reading == Reading::Marked { Some(name) } else { name::leading(name) };
        return bare(name?);
    }
    // How all of those phrases begin.
    if !part.starts_with(['图', '圖', '照', '取', '截', '翻', '擷']) {
        return None;
    }
    let rest = words::OPENING_GLUED.iter().find_map(|word| part.strip_prefix(word))?;
    if words::NOT_AT_START.iter().any(|word| rest.trim_start_matches(is_blank).starts_with(word)) {
        return None;
    }
    bare(at_start(rest, reading.most())?)
}

/// Whether a text is a list of names, each short.
fn is_list(text: &str) -> bool {
    text.split([',', '、']).all(|name| name::is_short(name, MAX_CHARS)) && name::looks_like_one(text)
}

/// The text after words such as "Photo by" at its beginning.
pub(super) fn after_opening(text: &str) -> Option<&str> {
    words::after_opening(text)
}

/// Whether a character begins one of the signs before a name.
fn is_sign_start(c: char) -> bool {
    matches!(c, '©' | 'ⓒ' | '(' | '（' | '📷' | '📸' | '🎥')
}

/// A text without the signs that it begins with.
pub(super) fn without_sign(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) = after_sign(text.trim_start_matches(|c| c != '\n' && is_blank(c))) {
        text = rest;
    }
    text
}

fn after_sign(text: &str) -> Option<&str> {
    words::SIGNS.iter().find_map(|sign| {
        let start = text.get(..sign.len())?;
        start.eq_ignore_ascii_case(sign).then(|| text[sign.len()..].trim_start_matches('\u{fe0f}'))
    })
}

/// A name after a `©` or another sign, without the year before it.
fn signed(text: &str, reading: Reading) -> Option<&str> {
    let name = after_sign(text)?;
    // `📷: @jane`, `© by Jane Doe`.
    let name = name.trim_start_matches(|c| c != '\n' && (is_blank(c) || matches!(c, ':' | '：' | '/')));
    let name = words::rest_after_word(name, "by").unwrap_or(name);
    let after_year = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–'));
    let after_year = after_year.trim_start_matches([' ', ',', '\u{a0}']);
    let name = if after_year.starts_with(char::is_alphabetic) { after_year } else { name };
    bare(at_start(name, reading.most())?)
}

/// A name without further words that announce it, or `None` if it is nothing but such words.
pub(super) fn bare(name: &str) -> Option<&str> {
    /// `Credit: Photo by © Jane Doe`.
    const MOST: usize = 4;
    let mut name = name;
    for _ in 0..MOST {
        let inner = without_sign(after_opening(name).unwrap_or(name)).trim_start_matches(is_blank);
        if inner.len() == name.len() {
            break;
        }
        name = inner;
    }
    // `图：受访者提供`, which says who gave it.
    let giver = words::GIVES
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .map(|giver| giver.trim_end_matches(is_blank));
    let name = giver.filter(|giver| !giver.is_empty()).unwrap_or(name);
    // A year is no name.
    let is_name = name.contains(char::is_alphabetic)
        && words::before_colon(name.trim_end_matches([':', '：', ' '])).is_none()
        && !words::names_nobody(name);
    is_name.then_some(name)
}

/// The name in an attribution as Wikimedia makes it: `By Jane Doe - Own work, CC BY-SA 4.0`; and in a whole
/// caption `by Jane Doe`.
pub(super) fn licensed(text: &str) -> Option<&str> {
    let rest = words::rest_after_word(text, "by")?.strip_prefix(' ')?;
    if text.contains('\n') || !name::is_short(text, 8 * MAX_CHARS) {
        return None;
    }
    if let Some((by, licence)) = rest.split_once(" - ") {
        let is_licence = ["CC", "Public Domain", "Public domain", "Own work", "GFDL"];
        return is_licence
            .iter()
            .any(|word| licence.contains(word))
            .then(|| at_start(by, MAX_CHARS))
            .flatten();
    }
    let name = at_start(rest, MAX_CHARS)?;
    (name.len() == rest.len() && name::is_alone(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_only_start_a_part_do_nothing_else() {
        for byte in 0..0x80_u8 {
            let c = char::from(byte);
            let announces = is_sign_start(c) || Separator::of(c).is_some();
            assert_eq!(only_starts_part(byte), starts_part(c) && !announces, "{c:?}");
            let opens = opened(&format!("{c}Photo by Jane Doe"), Reading::Words).is_some();
            assert!(!(opens && only_starts_part(byte)), "{c:?}");
        }
    }

    #[test]
    fn no_sign_is_passed_over() {
        for c in '\0'..=char::MAX {
            if starts_part(c) || is_sign_start(c) || Separator::of(c).is_some() {
                assert_eq!(bytes_before_sign(format!("a中丁{c}").as_bytes()), 7, "{c:?}");
            }
        }
    }
}
