//! The syntax of filter lists: one rule a line.
//!
//! It is that of ad blockers' element hiding rules, as far as [`Rules::parse`](super::Rules::parse) says.

use super::rule::{Rule, RuleEffect};
use super::scope::Scope;
use super::selector;
use super::unusable::UnusableReason;

/// What a line of a list is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// An empty line, a comment or the header of a list.
    Nothing,
    Rule(Rule),
    /// A line that cannot be used, and why.
    Unusable(UnusableReason),
}

/// The markers that stand between the domains of a rule and its selectors, and what each of them makes of the
/// rule.
const MARKERS: [(&str, Result<RuleEffect, UnusableReason>); 10] = [
    ("##", Ok(RuleEffect::RemovePlaceholder)),
    ("#@#", Ok(RuleEffect::Exempt)),
    ("#?#", Err(UnusableReason::Procedural)),
    ("#@?#", Err(UnusableReason::Procedural)),
    ("#$#", Err(UnusableReason::Style)),
    ("#@$#", Err(UnusableReason::Style)),
    ("#$?#", Err(UnusableReason::Style)),
    ("#@$?#", Err(UnusableReason::Style)),
    ("#%#", Err(UnusableReason::Script)),
    ("#@%#", Err(UnusableReason::Script)),
];

/// Reads one line of a list, such as `tea.example,~shop.tea.example##.ad, #promo`, with or without white
/// space around it.
///
/// All of the line is read. A line of which something is not understood is unusable as a whole.
pub(super) fn line(line: &str) -> Line {
    let text = line.trim();
    if let Some(comment) = text.strip_prefix('!') {
        let is_directive =
            comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        return if is_directive { Line::Unusable(UnusableReason::Directive) } else { Line::Nothing };
    }
    if text.is_empty() || text.starts_with('[') && text.ends_with(']') {
        return Line::Nothing;
    }
    rule(text).map_or_else(Line::Unusable, Line::Rule)
}

/// Reads a line that is neither empty nor a comment, without white space around it.
fn rule(text: &str) -> Result<Rule, UnusableReason> {
    let (domains, effect, selectors) = split(text).ok_or(UnusableReason::NotCosmetic)?;
    let effect = effect?;
    if selectors.starts_with("+js(") {
        return Err(UnusableReason::Script);
    }
    if selectors.starts_with('^') {
        return Err(UnusableReason::Response);
    }
    let scope = Scope::parse(domains).ok_or(UnusableReason::Domains)?;
    Ok(Rule::new(text, domains.len(), scope, selector::list(selectors)?, effect))
}

/// The text before the first marker, what the marker makes of the rule, and the text after the marker.
fn split(text: &str) -> Option<(&str, Result<RuleEffect, UnusableReason>, &str)> {
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
            ("##.ad", "", ".ad", RuleEffect::RemovePlaceholder),
            (" a.com,~b.a.com##.ad > p, #x ", "a.com,~b.a.com", ".ad > p, #x", RuleEffect::RemovePlaceholder),
            ("#@#.ad", "", ".ad", RuleEffect::Exempt),
            ("a.com#@##ad", "a.com", "#ad", RuleEffect::Exempt),
            ("###ad", "", "#ad", RuleEffect::RemovePlaceholder),
            ("##a[href='#?#']", "", "a[href='#?#']", RuleEffect::RemovePlaceholder),
        ] {
            let scope = Scope::parse(domains).unwrap();
            let rule =
                Rule::new(text.trim(), domains.len(), scope, selector::list(selectors).unwrap(), effect);
            assert_eq!(rule.name(), text.trim());
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
            let Line::Unusable(found) = line(text) else { panic!("{text} is usable") };
            assert_eq!(found.to_string(), reason, "{text}");
        }
    }
}
