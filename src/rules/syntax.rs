//! The syntax of filter lists: one rule a line.
//!
//! That of ad blockers' element hiding rules, as far as [`Rules::parse`](super::Rules::parse) says.

use super::beginning;
use super::scope::Scope;
use super::selector::{self, Selector};

/// A rule of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// The line that it stands in.
    pub(super) text: String,
    /// Where the domains end in it, and the marker begins.
    pub(super) marker: usize,
    /// What reports call the rule instead of its text, if that is long.
    pub(super) short: Option<Box<str>>,
    pub(super) scope: Scope,
    /// Each matches on its own.
    pub(super) selectors: Vec<Selector>,
    pub(super) effect: Effect,
}

/// The longest rule, in bytes, that a report gives in full: it may name one at every tag of a post.
const MOST_IN_REPORTS: usize = 256;

impl Rule {
    /// What reports call it.
    pub(super) fn name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.text)
    }
}

/// The rule without its domains if it is long, and without the end of its selectors if that is not enough.
fn short(text: &str, marker: usize) -> Option<Box<str>> {
    let selectors = &text[marker..];
    let first = beginning(selectors, MOST_IN_REPORTS);
    let domains = if marker == 0 { "" } else { "…" };
    let rest = if first.len() < selectors.len() { "…" } else { "" };
    (text.len() > MOST_IN_REPORTS).then(|| format!("{domains}{first}{rest}").into())
}

/// What a rule does with the elements that match it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Takes them out if nothing in them would be missed.
    TakeIfEmpty,
    /// Takes them out with all that is in them.
    Take,
    /// Lets them be, whatever other rules with the same selector say.
    LetBe,
}

/// What a line of a list is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Blank, a comment or a list's header.
    Nothing,
    Rule(Rule),
    /// A line that is no rule here, with the reason.
    Unusable(&'static str),
}

/// The reason for the lines that block requests, which are most of many lists.
pub(super) const NETWORK_RULE: &str = "not a cosmetic rule";

/// What stands between a rule's scope and its selector, and what is made of it.
const MARKERS: [(&str, Result<Effect, &str>); 10] = [
    ("##", Ok(Effect::TakeIfEmpty)),
    ("#@#", Ok(Effect::LetBe)),
    ("#?#", Err("procedural rules are not supported")),
    ("#@?#", Err("procedural rules are not supported")),
    ("#$#", Err("style and snippet rules are not supported")),
    ("#@$#", Err("style and snippet rules are not supported")),
    ("#$?#", Err("style and snippet rules are not supported")),
    ("#@$?#", Err("style and snippet rules are not supported")),
    ("#%#", Err("script rules are not supported")),
    ("#@%#", Err("script rules are not supported")),
];

/// Reads one line of a list.
pub(super) fn line(line: &str) -> Line {
    let text = line.trim();
    if let Some(comment) = text.strip_prefix('!') {
        let is_directive =
            comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        return if is_directive { Line::Unusable("directives are not supported") } else { Line::Nothing };
    }
    if text.is_empty() || text.starts_with('[') && text.ends_with(']') {
        return Line::Nothing;
    }
    rule(text).map_or_else(Line::Unusable, Line::Rule)
}

fn rule(text: &str) -> Result<Rule, &'static str> {
    let (scope, effect, selectors) = split(text).ok_or(NETWORK_RULE)?;
    let effect = effect?;
    if selectors.starts_with("+js(") {
        return Err("script rules are not supported");
    }
    if selectors.starts_with('^') {
        return Err("response rules are not supported");
    }
    let marker = scope.len();
    let scope = Scope::parse(scope).ok_or("not a list of domains")?;
    let selectors = selector::list(selectors)?;
    let short = short(text, marker);
    Ok(Rule { text: text.to_owned(), marker, short, scope, selectors, effect })
}

/// The text before the first marker, what the marker says, and the text after it.
fn split(text: &str) -> Option<(&str, Result<Effect, &'static str>, &str)> {
    text.match_indices('#').find_map(|(at, _)| {
        let rest = &text[at..];
        MARKERS.iter().find_map(|(marker, effect)| {
            let selectors = rest.strip_prefix(marker)?;
            Some((&text[..at], *effect, selectors))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rules() {
        for (text, domains, selectors, effect) in [
            ("##.ad", "", ".ad", Effect::TakeIfEmpty),
            (" a.com,~b.a.com##.ad > p, #x ", "a.com,~b.a.com", ".ad > p, #x", Effect::TakeIfEmpty),
            ("#@#.ad", "", ".ad", Effect::LetBe),
            ("a.com#@##ad", "a.com", "#ad", Effect::LetBe),
            ("###ad", "", "#ad", Effect::TakeIfEmpty),
            ("##a[href='#?#']", "", "a[href='#?#']", Effect::TakeIfEmpty),
        ] {
            let rule = Rule {
                text: text.trim().to_owned(),
                marker: domains.len(),
                short: None,
                scope: Scope::parse(domains).unwrap(),
                selectors: selector::list(selectors).unwrap(),
                effect,
            };
            assert_eq!(line(text), Line::Rule(rule), "{text}");
        }
    }

    #[test]
    fn a_long_rule_has_a_short_name() {
        let name = |text: &str| match line(text) {
            Line::Rule(rule) => rule.name().to_owned(),
            other => panic!("{text}: {other:?}"),
        };
        let domains = vec!["a.com"; 43].join(",");
        for text in [format!("###{}", "a".repeat(253)), format!("{}##abc", &domains[..251])] {
            assert_eq!((name(&text), text.len()), (text.clone(), 256));
        }
        assert_eq!(name(&format!("{domains}##.ad, p#x")), "…##.ad, p#x");
        assert_eq!(name(&format!("###{}", "a".repeat(254))), format!("###{}…", "a".repeat(253)));
        assert_eq!(name(&format!("a.com##.{}", "广".repeat(99))), format!("…##.{}…", "广".repeat(84)));
    }

    #[test]
    fn leaves_out_comments_and_headers() {
        for text in ["", "  ", "! ##.ad", "!##.ad", "!", "[Adblock Plus 2.0]"] {
            assert_eq!(line(text), Line::Nothing, "{text}");
        }
    }

    #[test]
    fn says_why_a_line_is_of_no_use() {
        for (text, reason) in [
            ("||ads.example^", "not a cosmetic rule"),
            ("@@||a.com^$generichide", "not a cosmetic rule"),
            ("/banner/*/img^", "not a cosmetic rule"),
            ("&ad_box_", "not a cosmetic rule"),
            (".ad", "not a cosmetic rule"),
            ("# a comment elsewhere", "not a cosmetic rule"),
            ("a.com#?#.ad:has(b)", "procedural rules are not supported"),
            ("a.com#@?#.ad:has(b)", "procedural rules are not supported"),
            ("a.com#$#abort-on-property-read x", "style and snippet rules are not supported"),
            ("a.com#@$#body { padding: 0 }", "style and snippet rules are not supported"),
            ("a.com#$?#b { padding: 0 }", "style and snippet rules are not supported"),
            ("a.com#%#var x;", "script rules are not supported"),
            ("a.com##+js(nowebrtc)", "script rules are not supported"),
            ("a.com##^script:has-text(x)", "response rules are not supported"),
            ("a.*##.ad", "not a list of domains"),
            ("a.com, ,b.com##.ad", "not a list of domains"),
            ("/^a\\.com$/##.ad", "not a list of domains"),
            ("##", "not a selector"),
            ("##*", "matches every element"),
            ("##.ad:hover", "unsupported pseudo-class"),
            ("##.ad, .b:hover", "unsupported pseudo-class"),
            ("!#if ext_ublock", "directives are not supported"),
        ] {
            assert_eq!(line(text), Line::Unusable(reason), "{text}");
        }
    }
}
