//! What does not belong to the article: rules, and the filter that carries them out.

mod compiled;
mod filter;
mod key;
mod label;
mod memory;
mod page;
mod scope;
mod selector;
mod shown;
mod syntax;
mod table;
mod value;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

pub(crate) use filter::Filter;
pub(crate) use page::Page;

use crate::bytes::word_length;

use compiled::Compiled;
use syntax::{Effect, Line, Rule};

/// Cosmetic rules, in the syntax of ad blockers' filter lists.
///
/// A clone costs a counter, and threads can share one. The first post that is read with them makes them ready to match,
/// for all clones, in a time that grows as the list does.
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
    /// Made when it is first asked for: of lists that are joined one by one only the last is.
    compiled: OnceLock<Compiled>,
}

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

impl UnusableRule {
    /// Whether the line has none of the marks of a cosmetic rule. Ad blockers' lists are full of such lines:
    /// they say which requests to block, and mean nothing for a page that is already here.
    pub fn is_network_rule(&self) -> bool {
        self.reason == syntax::NETWORK_RULE
    }
}

static ADS: LazyLock<Rules> = LazyLock::new(|| Rules::parse(include_str!("ads.txt")).0);

static FURNITURE: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(include_str!("furniture.txt")).0.removing());

impl Rules {
    /// The built-in list of ad slots. The default of a [`Parser`](crate::Parser).
    pub fn ads() -> Self {
        ADS.clone()
    }

    /// The built-in list of what stands around an article and is none of it: share bars, related posts, entry
    /// meta, comment threads, subscribe boxes, paywall notices. What matches goes with its text, as with
    /// [`removing`](Self::removing).
    ///
    /// Some rules are for sites of every kind, others for one site each.
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
    pub fn furniture() -> Self {
        FURNITURE.clone()
    }

    /// No rules: nothing at all is taken out of an article, neither scripts' text nor pixels nor controls
    /// being reported.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a filter list, a rule a line, and returns its rules and the lines that it cannot use.
    ///
    /// A rule is `##` and a selector: compounds of a tag, `#id`, `.class`, attributes with `=`, `^=`, `$=`,
    /// `*=`, `~=` or none, and `:not()` of a compound; compounds inside (` `) or right inside (`>`) of others;
    /// selectors with commas between them. Before the `##` may stand domains with commas between them: then
    /// the rule is for posts whose [`from`](crate::Meta::from) is a URL of one of them or of a site below it,
    /// and after a `~`, not for those. A post without such a URL only meets rules that are for no domain in
    /// particular. `#@#` instead of `##` takes back all rules with this selector. Blank lines, comments (`!`)
    /// and headers (`[…]`) are passed over.
    ///
    /// An element that matches goes only if it is an empty ad slot: it holds no text but a label like
    /// "Advertisement", no image but a tracking pixel, and nothing to play. An image, a film or a sound that
    /// matches stays; an `<iframe>`, `<embed>` or `<object>` goes. See [`removing`](Self::removing).
    ///
    /// Not supported, and so returned: rules that block requests, procedural rules, styles and scripts,
    /// combinators, pseudo-classes and attribute conditions other than the above, patterns for domains.
    /// Domains are compared as text: one in Punycode is not that in Unicode.
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
        (Self::new(rules), unusable)
    }

    fn new(rules: Vec<Rule>) -> Self {
        Self(Arc::new(List { rules, compiled: OnceLock::new() }))
    }

    /// These rules and others. Exceptions (`#@#`) in one are exceptions from the other too.
    ///
    /// Rules that no clone shares are not copied, so that any number of lists can be joined one by one.
    pub fn and(self, others: Self) -> Self {
        if self.is_empty() {
            return others;
        }
        if others.is_empty() {
            return self;
        }
        let mut rules = self.into_list();
        rules.extend(others.into_list());
        Self::new(rules)
    }

    /// The same rules, that take out what matches them whatever it holds. Its text is in the report.
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
    pub fn removing(self) -> Self {
        let mut rules = self.into_list();
        for rule in rules.iter_mut().filter(|rule| rule.effect == Effect::TakeIfEmpty) {
            rule.effect = Effect::Take;
        }
        Self::new(rules)
    }

    fn into_list(self) -> Vec<Rule> {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.rules.clone(), |own| own.rules)
    }

    /// How many rules there are, exceptions among them.
    pub fn len(&self) -> usize {
        self.0.rules.len()
    }

    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.0.rules.is_empty()
    }

    /// Whether it matters to any rule which site a post is of.
    pub(crate) fn name_domains(&self) -> bool {
        self.0.compiled().names_domains
    }

    /// The rules for a post of the site with this host.
    pub(crate) fn page<'r>(&'r self, host: Option<Cow<'r, str>>) -> Page<'r> {
        Page::new(&self.0.rules, self.0.compiled(), host)
    }
}

impl List {
    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| Compiled::new(&self.rules))
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.rules.iter().map(|rule| &rule.text)).finish()
    }
}

/// As much of the beginning of a text as so many bytes hold.
fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The words of an attribute such as `class`. HTML's white space is that of ASCII.
fn words(value: &str) -> impl Iterator<Item = &str> {
    let mut rest = value.trim_ascii_start();
    std::iter::from_fn(move || {
        let (word, after) = rest.split_at(word_length(rest.as_bytes()));
        rest = after.trim_ascii_start();
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests;
