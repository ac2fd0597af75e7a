//! Values as YAML, in the style of the value before: in brackets or on lines of their own.

use super::yaml_text::{self, Context, Quotes};
use crate::post::{Map, Value};

/// How a value is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Style<'t> {
    /// The white space before the key.
    pub(super) base: &'t str,
    pub(super) line_break: &'t str,
    /// The quotes of the texts.
    pub(super) quotes: Quotes,
    /// Whether null is `~`.
    pub(super) has_tilde: bool,
    /// Whether spaces are inside the brackets, as in `[ hot ]`.
    pub(super) is_spaced: bool,
}

impl Style<'_> {
    /// The style of a value as it is in the source. The quotes of a collection are those of its first item.
    pub(super) fn of(value: &str, is_block_collection: bool) -> Self {
        let inner = value.strip_prefix(['[', '{']);
        let is_spaced = inner.is_some_and(|inner| inner.starts_with(' '));
        let first = match inner {
            Some(inner) => inner.trim_ascii_start(),
            None if is_block_collection => {
                let item = value.strip_prefix('-').map(str::trim_ascii_start);
                item.unwrap_or_else(|| {
                    value.split_once(": ").map_or("", |(_, value)| value.trim_ascii_start())
                })
            }
            None => value,
        };
        let quotes = match first.as_bytes().first() {
            Some(b'\'') => Quotes::Single,
            Some(b'"') => Quotes::Double,
            Some(b'|') if first.len() == value.len() => Quotes::Block { is_folded: false },
            Some(b'>') if first.len() == value.len() => Quotes::Block { is_folded: true },
            _ => Quotes::None,
        };
        Self { quotes, has_tilde: value == "~", is_spaced, ..Self::default() }
    }
}

/// A top-level key.
pub(super) fn key(key: &str) -> String {
    yaml_text::line(key, Quotes::None, Context::Key)
}

/// A value in one line.
pub(super) fn flow(value: &Value<'_>, style: &Style<'_>) -> String {
    let mut out = String::new();
    push_flow(value, style, Context::Block, &mut out);
    out
}

/// A list or a map on lines of its own. The first line is without the indentation. `None` for a scalar and
/// for a collection that is empty.
pub(super) fn block(value: &Value<'_>, indent: &str, style: &Style<'_>) -> Option<String> {
    let mut out = String::new();
    push_block(value, indent, style, &mut out).then_some(out)
}

/// Recursive: values are no deeper than the model allows.
fn push_flow(value: &Value<'_>, style: &Style<'_>, context: Context, out: &mut String) {
    let pad = if style.is_spaced { " " } else { "" };
    match value {
        Value::Null => out.push_str(if style.has_tilde { "~" } else { "null" }),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Integer(value) => out.push_str(&value.to_string()),
        Value::Unsigned(value) => out.push_str(&value.to_string()),
        Value::Float(value) => out.push_str(&float(*value)),
        Value::String(text) => out.push_str(&yaml_text::line(text, style.quotes, context)),
        Value::List(values) if values.is_empty() => out.push_str("[]"),
        Value::Map(map) if map.is_empty() => out.push_str("{}"),
        Value::List(values) => {
            out.extend(["[", pad]);
            for (index, value) in values.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                push_flow(value, style, Context::Flow, out);
            }
            out.extend([pad, "]"]);
        }
        Value::Map(map) => {
            out.extend(["{", pad]);
            for (index, (key, value)) in map.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                out.extend([&yaml_text::line(key, Quotes::None, Context::Flow), ": "]);
                push_flow(value, style, Context::Flow, out);
            }
            out.extend([pad, "}"]);
        }
    }
}

/// Writes a collection that is not empty, and says whether the value is one. Recursive, as [`push_flow`].
fn push_block(value: &Value<'_>, indent: &str, style: &Style<'_>, out: &mut String) -> bool {
    match value {
        Value::List(values) if !values.is_empty() => {
            let inner = format!("{indent}  ");
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.extend([style.line_break, indent]);
                }
                out.push_str("- ");
                // The entries of a map go on after the list marker.
                if !(matches!(value, Value::Map(_)) && push_block(value, &inner, style, out)) {
                    push_flow(value, style, Context::Block, out);
                }
            }
            true
        }
        Value::Map(map) if !map.is_empty() => {
            push_entries(map, indent, style, out);
            true
        }
        _ => false,
    }
}

fn push_entries(map: &Map<'_>, indent: &str, style: &Style<'_>, out: &mut String) {
    let inner = format!("{indent}  ");
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 {
            out.extend([style.line_break, indent]);
        }
        out.extend([&yaml_text::line(key, Quotes::None, Context::Key), ":"]);
        let mut below = String::new();
        if push_block(value, &inner, style, &mut below) {
            out.extend([style.line_break, &inner, &below]);
        } else {
            out.push(' ');
            push_flow(value, style, Context::Block, out);
        }
    }
}

/// A float with a point, by which YAML 1.1 knows floats, and with all its digits.
fn float(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude == 0.0 || (1e-5..1e16).contains(&magnitude) {
        return format!("{value:?}");
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{digits}{point}e{sign}{exponent}")
}
