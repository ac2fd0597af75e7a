//! A text as a whole, of which a part is written.

use std::cell::OnceCell;

use super::context::Context;
use crate::dollar_math::{formulas, holds_formula};

/// What is elsewhere in the text decides about some signs: whether there is a partner for them. It is looked
/// for once such a sign comes, which is seldom.
pub(super) struct Whole<'t> {
    text: &'t str,
    escapes_tildes: OnceCell<bool>,
    escapes_dollars: OnceCell<bool>,
}

impl<'t> Whole<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, escapes_tildes: OnceCell::new(), escapes_dollars: OnceCell::new() }
    }

    /// The same, in this context.
    #[inline]
    pub(super) fn of(text: &'t str, context: Context) -> Self {
        let whole = Self::new(text);
        let whole = if context.escapes_dollars { whole.with_formula(true) } else { whole };
        if context.escapes_tildes { whole.with_tildes_outside() } else { whole }
    }

    /// Whether a `~` may find a partner: another one, if nothing else is known.
    pub(super) fn escapes_tildes(&self) -> bool {
        *self.escapes_tildes.get_or_init(|| self.text.matches('~').nth(1).is_some())
    }

    /// Whether a `$` might be that of a formula: of one that is read in the text, if nothing else is known.
    pub(super) fn escapes_dollars(&self) -> bool {
        *self.escapes_dollars.get_or_init(|| holds_formula(self.text))
    }

    /// Whether a `$` that has been written as it is would be one of a formula in the Markdown that has been
    /// made of the text: with the signs and tags of that, what is between two of them is another text.
    #[inline]
    pub(super) fn makes_formula(&self, markdown: &str) -> bool {
        self.escapes_dollars.get() == Some(&false) && formulas(markdown).next().is_some()
    }

    /// A `~` may find a partner outside the text, in markup.
    pub(super) fn with_tildes_outside(self) -> Self {
        Self { escapes_tildes: OnceCell::from(true), ..self }
    }

    /// A `$` may be taken for that of a formula, or may not, whatever the text is.
    pub(super) fn with_formula(self, has_formula: bool) -> Self {
        Self { escapes_dollars: OnceCell::from(has_formula), ..self }
    }
}
