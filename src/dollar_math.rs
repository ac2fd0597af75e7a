//! Formulas between dollar signs in Markdown: what is read as one is what is written as one.

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
