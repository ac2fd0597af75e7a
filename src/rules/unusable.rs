//! The lines of a filter list that cannot be used, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::codes;

/// A line of a filter list that is not a usable rule. See [`Rules::parse`](crate::Rules::parse).
///
/// ```
/// use offprint::{Rules, UnusableReason};
///
/// let (rules, unusable) = Rules::parse("! ads\n##.ad\ntea.example##.ad:hover\n||ads.example^");
/// assert_eq!((rules.len(), unusable.len()), (1, 2));
/// assert_eq!((unusable[0].line, unusable[0].reason), (3, UnusableReason::PseudoClass));
/// assert_eq!(unusable[0].to_string(), "line 3: unsupported pseudo-class: tea.example##.ad:hover");
/// assert!(unusable[1].is_network_rule());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnusableRule {
    /// The number of the line, counted from 1.
    pub line: usize,
    /// The line, without white space at its edges.
    pub rule: String,
    /// Why the line cannot be used.
    pub reason: UnusableReason,
}

impl UnusableRule {
    /// Whether the line has no marker of a cosmetic rule, such as `##`. Ad blockers' lists are full of such
    /// lines: they say which requests to block, which means nothing for a page that is already here.
    #[must_use]
    pub fn is_network_rule(&self) -> bool {
        self.reason == UnusableReason::NotCosmetic
    }
}

impl fmt::Display for UnusableRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.reason, self.rule)
    }
}

codes! {
    /// Why a line of a filter list cannot be used. `Display` says it in words: lower case, without a full
    /// stop.
    ///
    /// ```
    /// use offprint::UnusableReason;
    ///
    /// assert_eq!(UnusableReason::Combinator.to_string(), "unsupported combinator");
    /// assert_eq!(UnusableReason::Combinator.as_str(), "combinator");
    /// ```
    pub enum UnusableReason {
        /// The line has no marker of a cosmetic rule. Most such lines say which requests to block.
        NotCosmetic = "not_cosmetic": "not a cosmetic rule",
        /// A procedural rule, such as `#?#`.
        Procedural = "procedural": "procedural rules are not supported",
        /// A rule that adds a style, or runs a snippet: `#$#`.
        Style = "style": "style and snippet rules are not supported",
        /// A rule that runs a script: `#%#` or `##+js(…)`.
        Script = "script": "script rules are not supported",
        /// A rule that changes the response of a server: `##^…`.
        Response = "response": "response rules are not supported",
        /// A directive of a preprocessor: `!#if`.
        Directive = "directive": "directives are not supported",
        /// What stands before the marker is not a list of domains. A pattern for domains, such as `shop.*`,
        /// is not one.
        Domains = "domains": "not a list of domains",
        /// The selector would match every element.
        MatchesEverything = "matches_everything": "matches every element",
        /// Two conditions of the selector contradict each other.
        MatchesNothing = "matches_nothing": "no element can match",
        /// A pseudo-element, such as `::before`.
        PseudoElement = "pseudo_element": "unsupported pseudo-element",
        /// A pseudo-class other than `:not()`.
        PseudoClass = "pseudo_class": "unsupported pseudo-class",
        /// What stands in a `:not()` is not a list of compound selectors.
        NotArgument = "not_argument": "unsupported argument of :not()",
        /// A condition on an attribute that has an unknown operator, a flag, or a value that no attribute can
        /// have.
        AttributeCondition = "attribute_condition": "unsupported attribute condition",
        /// A combinator other than the descendant and the child combinator.
        Combinator = "combinator": "unsupported combinator",
        /// What stands after the marker is not a selector.
        Selector = "selector": "not a selector",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unusable_rule_is_written_and_read() {
        let rule =
            UnusableRule { line: 3, rule: "##*".to_owned(), reason: UnusableReason::MatchesEverything };
        let json = serde_json::to_value(&rule).unwrap();
        assert_eq!(json, serde_json::json!({"line": 3, "rule": "##*", "reason": "matches_everything"}));
        assert_eq!(serde_json::from_value::<UnusableRule>(json).unwrap(), rule);
        assert!(!rule.is_network_rule());
        assert!(UnusableRule { reason: UnusableReason::NotCosmetic, ..rule }.is_network_rule());
    }
}
