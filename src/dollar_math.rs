//! Formulas between dollar signs in Markdown: what is read as one is what is written as one.

use memchr::{memchr2, memchr2_iter};

/// Whether the text between two single dollar signs is a formula, and not prices or names of variables.
pub(crate) fn is_formula(between: &str) -> bool {
    let touches = |edge: Option<char>| edge.is_some_and(|c| !c.is_whitespace());
    touches(between.chars().next())
        && touches(between.chars().next_back())
        && !between.contains(['`', '\n', '$'])
        && (between.contains(['\\', '^', '_']) || has_letters_alone(between))
}

/// Whether a text has letters that each stand for a quantity, as in `f(x) = 2x`, and no words. Blanks stand
/// beside operators only.
fn has_letters_alone(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let has_sign = |c: char| c.is_alphanumeric() || "+-=<>()[]|!',.:* ".contains(c) || !c.is_ascii();
    words.peek().is_some()
        && words.all(|word| word.chars().nth(2).is_none())
        && text.chars().all(has_sign)
        && (!text.contains(' ') || text.contains(['=', '<', '>', '+']))
}

/// Whether a text holds what is read as a formula between dollar signs.
pub(crate) fn holds_formula(text: &str) -> bool {
    text.contains("$$") || text.split('$').skip(1).any(is_formula) && text.matches('$').nth(1).is_some()
}

/// The text between the single dollar signs of the formula that begins where `text` does, after `before`.
/// `None` if none begins there.
pub(crate) fn single<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    if before.ends_with(|c: char| c.is_alphanumeric() || c == '$') {
        return None;
    }
    let inner = &text[1..];
    let end = memchr2(b'$', b'\n', inner.as_bytes())?;
    let (formula, after) = (&inner[..end], inner[end..].strip_prefix('$')?);
    let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || c == '$');
    (is_formula(formula) && !goes_on).then_some(formula)
}

/// The formulas between single dollar signs that are read in Markdown on one line. Code is not heeded.
pub(crate) fn formulas(markdown: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    memchr2_iter(b'$', b'\\', markdown.as_bytes()).filter_map(move |at| {
        if at < from {
            return None;
        }
        from = at + 1;
        if markdown.as_bytes()[at] == b'\\' {
            // It escapes what follows.
            from += 1;
            return None;
        }
        let formula = single(&markdown[at..], &markdown[..at])?;
        from += formula.len() + 1;
        Some(formula)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_found_as_they_are_read() {
        for (markdown, expected) in [
            ("", &[][..]),
            ("$5 and 6$", &[]),
            ("a $x$, $y$", &["x", "y"]),
            ("US$a_b$ $c$", &["c"]),
            ("\\$a_b$ \\\\$c$", &["c"]),
            ("$a\\*b$ $d_", &["a\\*b"]),
            ("$a_b\n$ $c$d", &[]),
        ] {
            assert!(formulas(markdown).eq(expected.iter().copied()), "{markdown:?}");
        }
    }
}
