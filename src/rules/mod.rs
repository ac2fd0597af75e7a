//! What does not belong to the article: rules, and the filter that carries them out.

mod filter;
mod index;
mod label;
mod syntax;

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::html::event::Element;

pub(crate) use filter::Filter;

use index::{Compiled, Rule};
use syntax::Line;

/// Cosmetic rules, in the syntax of ad blockers' filter lists, ready to match.
///
/// A clone costs a counter, and threads can share one.
///
/// ```
/// use offprint::{Parser, Rules};
///
/// let (rules, unusable) = Rules::parse("##.promo\n##div:has(b)");
/// assert_eq!(unusable[0].to_string(), "line 2: not a simple selector: ##div:has(b)");
///
/// let parser = Parser::new().rules(Rules::ads().and(rules));
/// let (post, report) = parser.parse_with_report("<p>Tea</p><div class=promo></div>")?;
/// assert_eq!(report.removals[0].rule, "##.promo");
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Rules(Arc<Compiled>);

/// A line of a filter list that is no usable rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusableRule {
    /// The line, counted from 1.
    pub line: usize,
    /// What stands there.
    pub rule: String,
    /// Why it cannot be used.
    pub reason: &'static str,
}

impl fmt::Display for UnusableRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.reason, self.rule)
    }
}

static ADS: LazyLock<Rules> = LazyLock::new(|| Rules::parse(include_str!("ads.txt")).0);

impl Rules {
    /// The built-in list of ad slots. The default of a [`Parser`](crate::Parser).
    pub fn ads() -> Self {
        ADS.clone()
    }

    /// No rules: nothing at all is taken out of an article, neither scripts' text nor pixels nor controls
    /// being reported.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a filter list, a rule a line, and returns its rules and the lines that it cannot use.
    ///
    /// A rule is `##` and a compound selector: a tag, `#id`, `.class`, and attributes with `=`, `^=`, `$=`,
    /// `*=`, `~=` or none. Blank lines, comments (`!`) and headers (`[…]`) are passed over. An element that
    /// matches goes only if it is an empty ad slot: it holds no text but a label like "Advertisement", no
    /// image but a tracking pixel, and nothing to play.
    pub fn parse(list: &str) -> (Self, Vec<UnusableRule>) {
        let mut compiled = Compiled::default();
        let mut unusable = Vec::new();
        for (index, text) in list.lines().enumerate() {
            match syntax::line(text) {
                Line::Nothing => {}
                Line::Rule(selector) => compiled.add(Rule { text: text.trim().to_owned(), selector }),
                Line::Unusable(reason) => {
                    unusable.push(UnusableRule { line: index + 1, rule: text.trim().to_owned(), reason });
                }
            }
        }
        (Self(Arc::new(compiled)), unusable)
    }

    /// These rules and others.
    pub fn and(self, others: Self) -> Self {
        if self.is_empty() {
            return others;
        }
        let mut compiled = Arc::unwrap_or_clone(self.0);
        for rule in &others.0.rules {
            compiled.add(rule.clone());
        }
        Self(Arc::new(compiled))
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.0.rules.len()
    }

    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.0.rules.is_empty()
    }

    /// The first rule of the list that matches an element, by its text.
    fn find(&self, element: &Element<'_>) -> Option<&str> {
        self.0.find(element)
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.rules.iter().map(|rule| &rule.text)).finish()
    }
}

/// The words of an attribute such as `class`. HTML's white space is that of ASCII.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split_ascii_whitespace()
}

#[cfg(test)]
mod tests;
