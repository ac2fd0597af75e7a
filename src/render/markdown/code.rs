//! Code, and formulas: text in which nothing is markup.

use super::context::{Context, Parent};
use crate::dollar_math::is_formula;

/// The backticks around code: at least `min`, and more than stand together in the code.
pub(super) fn fence(code: &str, min: usize) -> String {
    // As in most code.
    if !code.contains('`') {
        return "`".repeat(min);
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(min.max(1 + longest))
}

/// A code span, if there can be one with this content.
pub(super) fn code_span(code: &str, context: Context) -> Option<String> {
    let is_cut = context.parent == Parent::Cell && code.contains('|');
    if is_cut || code.contains(char::is_control) || code.trim_matches(' ').is_empty() {
        return None;
    }
    let fence = fence(code, 1);
    let is_padded = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let space = if is_padded { " " } else { "" };
    Some(format!("{fence}{space}{code}{space}{fence}"))
}

/// A formula between dollar signs; `None` if not all readers of Markdown would take it for a formula, or for
/// harmless text.
///
/// Some readers find no formula that touches a letter outside. To some, formulas are text, in which nothing
/// may be a link or an element.
pub(super) fn dollar_math(
    tex: &str,
    display: bool,
    [before, after]: [Option<char>; 2],
    context: Context,
) -> Option<String> {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '$' | '\\' | '`'));
    let is_cut = context.parent == Parent::Cell && tex.contains('|');
    let is_markup = tex.contains(['$', '`'])
        || holds_tag(tex)
        || ["](", "][", "]:"].iter().any(|link| tex.contains(link));
    let is_open =
        tex.is_empty() || tex.starts_with(char::is_whitespace) || tex.ends_with(char::is_whitespace);
    // A backslash at the end would escape the dollar sign.
    let is_escape = tex.ends_with('\\');
    let is_read = display || is_formula(tex);
    if !is_read || is_cut || is_markup || is_open || is_escape || tex.contains(char::is_control) {
        return None;
    }
    let dollars = if display { "$$" } else { "$" };
    (context.dollar_math && is_apart(before) && is_apart(after)).then(|| format!("{dollars}{tex}{dollars}"))
}

/// Whether a `<` in TeX may begin a tag.
fn holds_tag(tex: &str) -> bool {
    tex.split('<')
        .skip(1)
        .any(|after| after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)))
}
