//! TeX as pages hold it: with delimiters, wrappers, comments and line breaks around and inside.

use std::borrow::Cow;

use super::held::push_collapsed;
use crate::bytes::ends_in_escape;
use crate::url::percent_decoded;

/// The TeX between delimiters, and whether they are those of a formula on a line of its own.
pub(super) struct Delimited<'t> {
    pub(super) tex: &'t str,
    pub(super) is_display: bool,
}

/// The delimiters that `MathJax`, `KaTeX` and pandoc look for. The longer ones come first.
const DELIMITERS: [(&str, &str, bool); 5] =
    [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true), ("$`", "`$", false), ("$", "$", false)];

/// The TeX of a text that is one formula between delimiters, if the text is that.
pub(super) fn delimited(text: &str) -> Option<Delimited<'_>> {
    let text = text.trim();
    DELIMITERS.iter().find_map(|&(start, end, is_display)| {
        let tex = text.strip_prefix(start)?.strip_suffix(end)?;
        Some(Delimited { tex, is_display })
    })
}

/// Whether the TeX between delimiters goes past the end of its formula: the text is more than one formula.
pub(super) fn has_delimiter(tex: &str) -> bool {
    let mut is_escaped = false;
    for byte in tex.bytes() {
        match byte {
            b'$' | b'(' | b')' | b'[' | b']' if is_escaped != (byte == b'$') => return true,
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    false
}

/// Whether a delimiter stands in no group of the TeX: the text is words with a formula among them.
pub(super) fn holds_formula(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for byte in text.bytes() {
        match byte {
            b'{' if !is_escaped => depth += 1,
            b'}' if !is_escaped => depth = depth.saturating_sub(1),
            b'$' if !is_escaped && depth == 0 => return true,
            b'(' | b'[' if is_escaped && depth == 0 => return true,
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    false
}

/// Whether a text is TeX rather than words.
pub(super) fn looks_like_tex(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || is_file_name(text) {
        return false;
    }
    let bytes = text.as_bytes();
    let has_command = bytes.windows(2).any(|pair| pair[0] == b'\\' && !pair[1].is_ascii_whitespace());
    has_command || bytes.iter().any(|byte| b"^_{".contains(byte)) || !has_words(text)
}

/// Whether a text has a word of several letters: four of the Latin ones, so that `sin` is not one.
fn has_words(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| {
        let most = if word.is_ascii() { 3 } else { 1 };
        word.chars().nth(most).is_some()
    })
}

fn is_file_name(text: &str) -> bool {
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["png", "gif", "svg", "jpg", "jpeg", "webp"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// TeX as one line: without the comments and wrappers that say nothing about the formula.
pub(super) fn clean(tex: &str) -> String {
    let tex = tex.replace("% <![CDATA[", "").replace("%]]>", "");
    let tex = tex.trim_start().trim_start_matches("<![CDATA[");
    let tex = tex.trim_end().strip_suffix("]]>").unwrap_or(tex);
    let mut clean = String::with_capacity(tex.len());
    for (index, line) in tex.split('\n').enumerate() {
        if index > 0 {
            push_collapsed(&mut clean, " ");
        }
        push_collapsed(&mut clean, without_comment(line));
    }
    let line = trim_end(&clean);
    let start = clean.len() - clean.trim_start().len();
    unwrapped(line.get(start..).unwrap_or_default()).to_owned()
}

/// A line without the comment at its end.
fn without_comment(line: &str) -> &str {
    let mut is_escaped = false;
    for (index, byte) in line.bytes().enumerate() {
        if byte == b'%' && !is_escaped {
            return &line[..index];
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    line
}

/// TeX without spaces at its end, escaped ones too: a `\` alone would be an escape of what comes after it.
fn trim_end(tex: &str) -> &str {
    let mut tex = tex;
    loop {
        let trimmed = tex.trim_end();
        if trimmed.len() == tex.len() || !ends_in_escape(trimmed) {
            return trimmed;
        }
        tex = &trimmed[..trimmed.len() - 1];
    }
}

/// TeX without the style that Wikipedia puts around all of it: `{\displaystyle x^{2}}`.
fn unwrapped(tex: &str) -> &str {
    let inner = tex.strip_prefix('{').and_then(|tex| tex.strip_suffix('}')).and_then(|tex| {
        ["\\displaystyle", "\\textstyle", "\\scriptstyle"].iter().find_map(|style| tex.strip_prefix(style))
    });
    match inner {
        Some(inner) if inner.starts_with(|c: char| !c.is_ascii_alphabetic()) && is_balanced(inner) => {
            inner.trim()
        }
        _ => tex,
    }
}

/// Whether each closing brace has its opening brace before it, and each opening brace is closed.
fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for byte in tex.bytes() {
        match byte {
            b'{' if !is_escaped => depth += 1,
            b'}' if !is_escaped => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    depth == 0
}

/// The TeX in a URL, with its `%20` and the like decoded.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let decoded: Vec<u8> = percent_decoded(text).collect();
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}
