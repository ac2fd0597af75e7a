//! Values as JSON or TOML: scalars, and collections in brackets.

use super::style::Refusal;
use crate::post::Value;

/// The format that a value is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Json,
    Toml,
}

/// How a value is written.
#[derive(Debug, Clone)]
pub(super) struct Style<'t> {
    pub(super) syntax: Syntax,
    pub(super) line_break: &'t str,
    /// The lines of a collection whose items are on lines of their own.
    pub(super) lines: Option<Lines<'t>>,
    /// Whether spaces are inside the brackets, as in `[ "hot" ]`.
    pub(super) is_spaced: bool,
    /// What is between a key and its value in an object of JSON.
    pub(super) colon: &'t str,
    /// Whether texts are in `'`, where that can be.
    pub(super) is_literal: bool,
    /// Whether a text is between three quotes.
    pub(super) is_long: bool,
}

/// The lines of a collection in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lines<'t> {
    /// The white space before each item, and before the closing bracket.
    pub(super) item: &'t str,
    pub(super) bracket: &'t str,
    /// Whether a comma follows the last item.
    pub(super) has_last_comma: bool,
}

impl<'t> Style<'t> {
    /// A style that nothing in the source shows.
    pub(super) fn plain(syntax: Syntax, line_break: &'t str) -> Self {
        Self {
            syntax,
            line_break,
            lines: None,
            is_spaced: false,
            colon: ": ",
            is_literal: false,
            is_long: false,
        }
    }

    /// The style of a value as it is in the source.
    pub(super) fn of(value: &'t str, syntax: Syntax, line_break: &'t str) -> Self {
        let inner = value.strip_prefix(['[', '{']);
        // Tables of TOML have the spaces anyway.
        let shows_spaces = syntax == Syntax::Json || value.starts_with('[');
        let is_spaced = shows_spaces && inner.is_some_and(|inner| inner.starts_with(' '));
        let first = inner.unwrap_or(value).trim_ascii_start();
        Self {
            lines: inner.and_then(|_| Lines::of(value)),
            is_spaced,
            is_literal: syntax == Syntax::Toml && first.starts_with('\''),
            is_long: syntax == Syntax::Toml && (value.starts_with("\"\"\"") || value.starts_with("'''")),
            ..Self::plain(syntax, line_break)
        }
    }
}

impl<'t> Lines<'t> {
    /// The lines of a collection of which the first item and the closing bracket begin lines.
    fn of(value: &'t str) -> Option<Self> {
        let (first, rest) = value.split_once('\n')?;
        let (inner, last) = value.rsplit_once('\n')?;
        let bracket = last.strip_suffix([']', '}'])?;
        let item = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
        let is_blank = |text: &str| text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        if !is_blank(&first[1..]) || !is_blank(bracket) {
            return None;
        }
        Some(Self { item, bracket, has_last_comma: inner.trim_ascii_end().ends_with(',') })
    }
}

/// Writes a value. Fails if the format has no such value.
pub(super) fn value(value: &Value<'_>, style: &Style<'_>) -> Result<String, Refusal> {
    let mut out = String::new();
    push(value, style, &mut out)?;
    Ok(out)
}

/// A key as it is written before a value.
pub(super) fn key(key: &str, syntax: Syntax) -> String {
    let is_bare_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if syntax == Syntax::Toml && !key.is_empty() && key.bytes().all(is_bare_byte) {
        return key.to_owned();
    }
    let mut out = String::new();
    push_text(key, syntax, &mut out);
    out
}

/// Recursive: values are no deeper than the model allows.
fn push(value: &Value<'_>, style: &Style<'_>, out: &mut String) -> Result<(), Refusal> {
    let is_toml = style.syntax == Syntax::Toml;
    match value {
        Value::Null if is_toml => return Err("TOML has no null"),
        Value::Unsigned(value) if is_toml && i64::try_from(*value).is_err() => {
            return Err("TOML has no integer that is so great");
        }
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Integer(value) => out.push_str(&value.to_string()),
        Value::Unsigned(value) => out.push_str(&value.to_string()),
        // With all its digits, and a point or an exponent.
        Value::Float(value) => out.extend([format!("{value:?}")]),
        Value::String(text) if style.is_long && text.contains('\n') => push_long_text(text, style, out),
        Value::String(text) if style.is_literal && is_literal(text) => out.extend(["'", text, "'"]),
        Value::String(text) => push_text(text, style.syntax, out),
        Value::List(values) => {
            let item = |value: &Value<'_>, style: &Style<'_>, out: &mut String| push(value, style, out);
            push_items(["[", "]"], values.iter(), style, out, item)?;
        }
        Value::Map(map) => {
            let colon = if is_toml { " = " } else { style.colon };
            push_items(["{", "}"], map.iter(), style, out, |(name, value), style, out| {
                out.extend([&key(name, style.syntax), colon]);
                push(value, style, out)
            })?;
        }
    }
    Ok(())
}

/// Writes the items of a collection between its brackets.
fn push_items<T>(
    [open, close]: [&str; 2],
    items: impl ExactSizeIterator<Item = T>,
    style: &Style<'_>,
    out: &mut String,
    push_item: impl Fn(T, &Style<'_>, &mut String) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let is_map = open == "{";
    let lines = style.lines.filter(|_| !(is_map && style.syntax == Syntax::Toml));
    let inner = Style { lines: None, ..style.clone() };
    let is_spaced = style.is_spaced || is_map && style.syntax == Syntax::Toml;
    let pad = if is_spaced && items.len() > 0 { " " } else { "" };
    let count = items.len();
    out.push_str(open);
    for (index, item) in items.enumerate() {
        match lines {
            Some(lines) => out.extend([style.line_break, lines.item]),
            None => out.push_str(if index > 0 { " " } else { pad }),
        }
        push_item(item, &inner, out)?;
        let has_comma = index + 1 < count || lines.is_some_and(|lines| lines.has_last_comma);
        out.push_str(if has_comma { "," } else { "" });
    }
    match lines {
        Some(lines) if count > 0 => out.extend([style.line_break, lines.bracket, close]),
        _ => out.extend([pad, close]),
    }
    Ok(())
}

/// Whether a text can be between two `'` of TOML.
fn is_literal(text: &str) -> bool {
    !text.contains('\'') && !text.chars().any(|char| char.is_control() && char != '\t')
}

/// A text in quotes, in one line.
fn push_text(text: &str, syntax: Syntax, out: &mut String) {
    out.push('"');
    text.chars().for_each(|char| push_char(char, syntax, out));
    out.push('"');
}

/// A text between three quotes each, with its line breaks as they are.
fn push_long_text(text: &str, style: &Style<'_>, out: &mut String) {
    out.extend(["\"\"\"", style.line_break]);
    for char in text.chars() {
        match char {
            '\n' => out.push_str(style.line_break),
            char => push_char(char, style.syntax, out),
        }
    }
    out.push_str("\"\"\"");
}

fn push_char(char: char, syntax: Syntax, out: &mut String) {
    match char {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        char if char.is_control() && (char.is_ascii() || syntax == Syntax::Toml) => {
            out.extend([format!("\\u{:04X}", u32::from(char))]);
        }
        char => out.push(char),
    }
}
