//! A rule of a list.

use std::fmt;

use super::scope::Scope;
use super::selector::Selector;
use crate::html::event::beginning;

/// A rule of [`Rules`](crate::Rules), as [`Rules::iter`](crate::Rules::iter) gives it. `Display` writes it as
/// its list has it.
///
/// ```
/// use offprint::{RuleEffect, Rules};
///
/// let (rules, _) = Rules::parse("  tea.example##.promo\n#@#.ad");
/// let rules: Vec<_> = rules.iter().map(|rule| (rule.as_str(), rule.effect())).collect();
/// assert_eq!(
///     rules,
///     [("tea.example##.promo", RuleEffect::RemovePlaceholder), ("#@#.ad", RuleEffect::Exempt)]
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Rule {
    /// The line that the rule stands in.
    pub(super) text: String,
    /// The position in the text where the domains end and the marker begins.
    pub(super) marker: usize,
    /// What reports call the rule instead of its text, if the text is long.
    pub(super) short: Option<Box<str>>,
    pub(super) scope: Scope,
    /// Each matches on its own.
    pub(super) selectors: Vec<Selector>,
    pub(super) effect: RuleEffect,
}

/// What a [`Rule`] does with the elements that match it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleEffect {
    /// It removes them if they are placeholders: empty ad slots, with nothing in them that a reader would
    /// miss.
    RemovePlaceholder,
    /// It removes them whatever they hold: see [`Rules::removing`](crate::Rules::removing).
    Remove,
    /// It is an exception (`#@#`): no other rule with the same selector removes them.
    Exempt,
}

/// The most bytes of a rule that a report gives in full: a report may name a rule at every tag of a post.
const MOST_IN_REPORTS: usize = 256;

impl Rule {
    /// The rule as its list has it, without white space at its edges.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the rule does with the elements that match it.
    #[must_use]
    pub fn effect(&self) -> RuleEffect {
        self.effect
    }

    pub(super) fn new(
        text: &str,
        marker: usize,
        scope: Scope,
        selectors: Vec<Selector>,
        effect: RuleEffect,
    ) -> Self {
        Self { text: text.to_owned(), marker, short: short_name(text, marker), scope, selectors, effect }
    }

    /// What reports call the rule.
    pub(super) fn name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.text)
    }
}

/// A long rule without its domains, and without the end of its selectors if they alone are too long.
fn short_name(text: &str, marker: usize) -> Option<Box<str>> {
    let selectors = &text[marker..];
    let first = beginning(selectors, MOST_IN_REPORTS);
    let domains = if marker == 0 { "" } else { "…" };
    let rest = if first.len() < selectors.len() { "…" } else { "" };
    (text.len() > MOST_IN_REPORTS).then(|| format!("{domains}{first}{rest}").into())
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The text and the effect: what else there is follows from the text.
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("text", &self.text).field("effect", &self.effect).finish_non_exhaustive()
    }
}
