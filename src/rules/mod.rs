//! Events in, events out: takes out of an article what the rules of filter lists match, and reports it.

mod beginnings;
mod compiled;
mod filter;
mod key;
mod label;
mod memory;
mod rule;
mod scope;
mod selector;
mod shapes;
mod site;
mod slot_tags;
mod syntax;
mod table;
mod unusable;
mod value;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

pub(crate) use filter::Filter;
pub use rule::{Rule, RuleEffect};
pub(crate) use shapes::Shapes;
pub(crate) use site::SiteRules;
pub use unusable::{UnusableReason, UnusableRule};

use compiled::Compiled;
use syntax::Line;

use crate::html::event::Tag;

/// Cosmetic rules, in the syntax of ad blockers' filter lists.
///
/// A clone is cheap: it shares the rules, also with other threads. The first post that is read with rules
/// compiles them for all clones, in a time that grows as the list does.
///
/// ```
/// use offprint::{Parser, Rules};
///
/// let (rules, unusable) = Rules::parse("example.org##.promo\n##div:has(b)");
/// assert_eq!(unusable[0].to_string(), "line 2: unsupported pseudo-class: ##div:has(b)");
///
/// let parser = Parser::new().rules(Rules::ads().and(rules));
/// let post = "---\nfrom: https://www.example.org/tea\n---\n<p>Tea</p><div class=promo></div>";
/// let (post, report) = parser.parse_with_report(post)?;
/// assert_eq!(report.removals[0].rule.as_deref(), Some("example.org##.promo"));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Rules(Arc<List>);

#[derive(Default)]
struct List {
    rules: Vec<Rule>,
    /// Whether furniture goes by its shape too.
    shapes: bool,
    /// Compiled when it is first asked for, so that of lists that are joined one by one only the last is
    /// compiled.
    compiled: OnceLock<Compiled>,
}

static ADS: LazyLock<Rules> = LazyLock::new(|| Rules::parse(include_str!("ads.txt")).0);

static FURNITURE: LazyLock<Rules> = LazyLock::new(|| {
    let rules = Rules::parse(include_str!("furniture.txt")).0.removing();
    Rules::new(rules.into_list(), true)
});

impl Rules {
    /// The built-in list of ad slots. The default of a [`Parser`](crate::Parser).
    #[must_use]
    pub fn ads() -> Self {
        ADS.clone()
    }

    /// The built-in list of what stands around an article and is not a part of it: share bars, related posts,
    /// entry meta, comment threads, subscribe boxes, paywall and cookie notices, texts for screen readers
    /// alone. What matches goes with its text, as with [`removing`](Self::removing).
    ///
    /// Some rules are for sites of every kind, others for one site each. On a site that no rule knows,
    /// furniture goes by its shape: menus, headers and footers of pages, share bars, related posts, tags,
    /// bylines, comment threads, boxes to subscribe, cookie notices. A shape has two signs, never one: what
    /// an element is called or says, what it holds (hardly anything but links, a form, a date), or where it
    /// stands around the sentences of the article. What goes is a removal of the kind
    /// [`Shape`](crate::RemovalKind::Shape), whose rule names the shape, such as `shape: related links`.
    ///
    /// Shapes are no rules of the list: they are not in [`iter`](Self::iter), no exception keeps them, and
    /// they go with these rules wherever these are [joined](Self::and) to others. To have the rules without
    /// them, read the list again: `Rules::parse` of the lines of [`iter`](Self::iter),
    /// [removing](Self::removing).
    ///
    /// ```
    /// use offprint::{Parser, Rules};
    ///
    /// let post = "<p>Tea</p><div class=sharedaddy><h3>Share this</h3></div>";
    /// let parser = Parser::new().rules(Rules::ads().and(Rules::furniture()));
    /// let (post, report) = parser.parse_with_report(post)?;
    /// assert_eq!(post.to_text(), "Tea\n");
    /// assert_eq!(report.removals[0].text, "Share this");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    #[must_use]
    pub fn furniture() -> Self {
        FURNITURE.clone()
    }

    /// No rules: no element is taken out of an article, and no script, tracking pixel or form control is
    /// reported.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a filter list, one rule on each line, and returns its rules and the lines that cannot be used.
    ///
    /// A rule is `##` and a selector: compounds of a tag, `#id`, `.class`, attributes with `=`, `^=`, `$=`,
    /// `*=`, `~=` or no operator, and `:not()` of compounds; compounds that are descendants (` `) or children
    /// (`>`) of others; selectors with commas between them. Domains with commas between them may stand before
    /// the `##`: then the rule is for posts whose [`from`](crate::Meta::from) is a URL of one of these
    /// domains or of a site below one; a domain after a `~` is excluded. A post without such a URL meets only
    /// rules that include no domain. `#@#` instead of `##` makes an exception from all rules with this
    /// selector. Empty lines, comments (`!`) and headers (`[…]`) are passed over.
    ///
    /// An element that matches goes only if it is an empty ad slot: it holds no text but a label like
    /// "Advertisement", no image but a tracking pixel, and nothing to play. An image, a film or a sound that
    /// matches stays; an `<iframe>`, `<embed>` or `<object>` goes. What is a part of an article by its nature
    /// stays whatever it is called: headings, table cells, list items, terms, captions, preformatted text,
    /// and elements in a line of text that hold any. See [`removing`](Self::removing).
    ///
    /// Not supported, and so returned with a [reason](UnusableReason): rules that block requests, procedural
    /// rules, styles and scripts, combinators, pseudo-classes and attribute conditions other than the above,
    /// and patterns for domains. Domains are compared as text: a name in Punycode does not equal the same
    /// name in Unicode.
    ///
    /// ```
    /// use offprint::{Rules, UnusableReason};
    ///
    /// let (rules, unusable) = Rules::parse("##.promo\n##a:hover\n||ads.example^");
    /// assert_eq!(rules.len(), 1);
    /// let reasons: Vec<_> = unusable.iter().map(|rule| (rule.line, rule.reason)).collect();
    /// assert_eq!(reasons, [(2, UnusableReason::PseudoClass), (3, UnusableReason::NotCosmetic)]);
    /// ```
    #[must_use]
    pub fn parse(list: &str) -> (Self, Vec<UnusableRule>) {
        let mut rules = Vec::new();
        let mut unusable = Vec::new();
        let list = list.strip_prefix('\u{feff}').unwrap_or(list);
        for (index, text) in list.lines().enumerate() {
            match syntax::line(text) {
                Line::Nothing => {}
                Line::Rule(rule) => rules.push(rule),
                Line::Unusable(reason) => {
                    unusable.push(UnusableRule { line: index + 1, rule: text.trim().to_owned(), reason });
                }
            }
        }
        (Self::new(rules, false), unusable)
    }

    fn new(rules: Vec<Rule>, shapes: bool) -> Self {
        Self(Arc::new(List { rules, shapes, compiled: OnceLock::new() }))
    }

    /// These rules and others. Exceptions (`#@#`) in one list are exceptions from the other list too.
    ///
    /// Rules that no clone shares are moved, not copied, so that any number of lists can be joined one by
    /// one.
    ///
    /// ```
    /// use offprint::Rules;
    ///
    /// let rules = Rules::ads().and(Rules::parse("##.promo").0);
    /// assert_eq!(rules.len(), Rules::ads().len() + 1);
    /// ```
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        if self.is_empty() {
            return others;
        }
        if others.is_empty() {
            return self;
        }
        let shapes = self.shapes() || others.shapes();
        let mut rules = self.into_list();
        rules.extend(others.into_list());
        Self::new(rules, shapes)
    }

    /// The same rules, each of which takes out the elements that match it whatever they hold. The text of
    /// these elements is in the report. Exceptions stay exceptions.
    ///
    /// ```
    /// use offprint::{Parser, Rules};
    ///
    /// let parser = Parser::new().rules(Rules::parse("##.box").0.removing());
    /// let (post, report) = parser.parse_with_report("<p>Tea</p><div class=box>Buy <b>cake</b></div>")?;
    /// assert_eq!(post.to_text(), "Tea\n");
    /// assert_eq!(report.removals[0].text, "Buy cake");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    #[must_use]
    pub fn removing(self) -> Self {
        let shapes = self.shapes();
        let mut rules = self.into_list();
        for rule in rules.iter_mut().filter(|rule| rule.effect == RuleEffect::RemovePlaceholder) {
            rule.effect = RuleEffect::Remove;
        }
        Self::new(rules, shapes)
    }

    fn into_list(self) -> Vec<Rule> {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.rules.clone(), |own| own.rules)
    }

    /// The rules in the order of their lists, exceptions among them.
    ///
    /// ```
    /// use offprint::{RuleEffect, Rules};
    ///
    /// let furniture = Rules::furniture();
    /// assert!(furniture.iter().all(|rule| rule.effect() != RuleEffect::RemovePlaceholder));
    /// assert!(Rules::ads().iter().any(|rule| rule.as_str() == "##.adsbygoogle"));
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, Rule> {
        self.0.rules.iter()
    }

    /// The number of rules, exceptions among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.rules.len()
    }

    /// Whether there are no rules.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.rules.is_empty()
    }

    /// Whether the site of a post matters to any of the rules.
    pub(crate) fn depend_on_site(&self) -> bool {
        self.0.compiled().names_domains
    }

    /// Whether an element with one of these tags may match a rule, on some site, though it has no attributes.
    pub(crate) fn may_match_bare(&self, tags: &[Tag]) -> bool {
        let named = self.0.compiled().named;
        tags.iter().any(|tag| named.contains(*tag))
    }

    /// Whether furniture goes by its shape too.
    pub(crate) fn shapes(&self) -> bool {
        self.0.shapes
    }

    /// The rules for a post of the site with this host, or of no known site.
    pub(crate) fn for_site<'r>(&'r self, host: Option<Cow<'r, str>>) -> SiteRules<'r> {
        SiteRules::new(&self.0.rules, self.0.compiled(), host)
    }
}

impl List {
    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| Compiled::new(&self.rules))
    }
}

impl<'r> IntoIterator for &'r Rules {
    type Item = &'r Rule;
    type IntoIter = std::slice::Iter<'r, Rule>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The number of rules alone.
impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Lists have thousands of rules; `iter()` tells them.
        f.debug_struct("Rules").field("len", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
