//! Texts as YAML: plain, in quotes, or as the lines below a `|`.

/// How a text is marked off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Quotes {
    /// By nothing, if that can be.
    #[default]
    None,
    /// By `'`, if that can be.
    Single,
    /// By `"`.
    Double,
    /// By a line `|` or `>` and indentation, if that can be.
    Block {
        /// Whether it is `>`, in which line breaks become spaces.
        is_folded: bool,
    },
}

/// Where a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A value in a block collection.
    Block,
    /// An item, a key or a value in brackets.
    Flow,
    /// A key in a block collection.
    Key,
}

/// A text in one line.
pub(super) fn line(text: &str, quotes: Quotes, context: Context) -> String {
    match quotes {
        Quotes::None | Quotes::Block { .. } if is_plain(text, context) => text.to_owned(),
        Quotes::Single if is_single_line(text) => single(text),
        Quotes::None | Quotes::Block { .. } if text.contains(['"', '\\']) && is_single_line(text) => {
            single(text)
        }
        _ => double(text),
    }
}

/// A text as the lines below a `|` or a `>`, if it was written so before, or has line breaks and was not
/// written in quotes. `base` is the white space before the key. `None` if it cannot be written so.
pub(super) fn block(text: &str, quotes: Quotes, base: &str, line_break: &str) -> Option<String> {
    let is_folded = match quotes {
        // A text of one line is the same either way.
        Quotes::Block { is_folded } => is_folded && !text.contains('\n'),
        Quotes::None if text.contains('\n') => false,
        Quotes::None | Quotes::Single | Quotes::Double => return None,
    };
    let without_break = text.strip_suffix('\n');
    let content = without_break.unwrap_or(text);
    // The first line shows the indentation, and the last one whether line breaks follow.
    let is_possible = !content.is_empty()
        && !content.starts_with([' ', '\t', '\n'])
        && !content.ends_with([' ', '\t', '\n'])
        && text.chars().all(|char| char == '\n' || char == '\t' || is_printable(char));
    if !is_possible {
        return None;
    }
    let mut lines = String::from(if is_folded { ">" } else { "|" });
    if without_break.is_none() {
        lines.push('-');
    }
    for line in content.split('\n') {
        lines.push_str(line_break);
        if !line.is_empty() {
            lines.extend([base, "  ", line]);
        }
    }
    Some(lines)
}

/// Whether a text without quotes is read as this text, by YAML 1.1 and 1.2. A date is a text to some and a
/// date to others; both are what is meant.
fn is_plain(text: &str, context: Context) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_flow = context == Context::Flow;
    let ends_flow = |char: char| matches!(char, ',' | '[' | ']' | '{' | '}' | ':' | '?');
    let bytes = text.as_bytes();
    let is_separated = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\t'));
    let has_indicator = bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' => is_separated(at + 1),
        b'#' => at > 0 && is_separated(at - 1),
        _ => false,
    });
    !"-?:,[]{}#&*!|>'\"%@`".contains(first)
        && !text.starts_with("...")
        && is_single_line(text)
        && text.trim_matches([' ', '\t']) == text
        && !text.contains('\t')
        && !has_indicator
        && !(is_flow && text.contains(ends_flow))
        && !is_resolved(text)
}

/// Whether all characters can be in a scalar of one line.
fn is_single_line(text: &str) -> bool {
    text.chars().all(is_printable)
}

/// Whether a character can be in a scalar as it is, wherever it is, and ends no line.
fn is_printable(char: char) -> bool {
    !(char.is_control() || matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
}

/// Whether a plain text is, to some reader, something other than a text.
fn is_resolved(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "+.inf", "-.inf", ".nan",
        "<<", "=", "nan",
    ];
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    // Decimal, octal, binary, hexadecimal, to the base of 60, with signs and exponents.
    let is_like_number = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || b"xob_.:+-".contains(&byte.to_ascii_lowercase()))
        && text.bytes().any(|byte| byte.is_ascii_digit());
    is_word || is_like_number && !is_date(text)
}

/// Whether a text begins like `2024-01-02`, and goes on as a time does if it goes on.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_day = bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_day && bytes[10..].iter().all(|byte| byte.is_ascii_digit() || b":.+-TtZz ".contains(byte))
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Any text at all.
fn double(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0' => quoted.push_str("\\0"),
            char if is_printable(char) => quoted.push(char),
            // All that are not printable have at most four digits.
            char if u32::from(char) < 0x100 => quoted.extend([format!("\\x{:02X}", u32::from(char))]),
            char => quoted.extend([format!("\\u{:04X}", u32::from(char))]),
        }
    }
    quoted.push('"');
    quoted
}
