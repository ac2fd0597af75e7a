//! Scopes: the domains before a rule's `##`, and whether the rule is for the site with some host.

use std::iter::successors;

/// The domains before a rule's `##`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Scope {
    /// In lower case, sorted, each with whether the rule is for it or (`~`) not for it.
    domains: Vec<(Box<str>, bool)>,
}

impl Scope {
    /// Reads all of a text as domains with commas between them, each of them included or, after a `~`,
    /// excluded: `a.com,~b.a.com`. `None` if one of them is not a domain, or is both included and excluded.
    pub(super) fn parse(list: &str) -> Option<Self> {
        let mut domains = Vec::new();
        if !list.is_empty() {
            for domain in list.split(',') {
                let domain = domain.trim();
                let (domain, is_included) =
                    domain.strip_prefix('~').map_or((domain, true), |domain| (domain, false));
                if !is_domain(domain) {
                    return None;
                }
                domains.push((domain.to_lowercase().into_boxed_str(), is_included));
            }
        }
        domains.sort_unstable();
        domains.dedup();
        let is_clear = domains.windows(2).all(|pair| pair[0].0 != pair[1].0);
        is_clear.then_some(Self { domains })
    }

    /// The included domains: an empty list if the rule is for all sites other than those that it excludes.
    pub(super) fn included(&self) -> impl Iterator<Item = &str> {
        self.domains.iter().filter(|(_, is_included)| *is_included).map(|(domain, _)| &**domain)
    }

    /// Whether the rule is for all sites.
    pub(super) fn is_everywhere(&self) -> bool {
        self.domains.is_empty()
    }

    /// Whether the rule is for the site with this host. The longest domain that the host is in decides.
    pub(super) fn holds(&self, host: Option<&str>) -> bool {
        if self.is_everywhere() {
            return true;
        }
        let named = host.into_iter().flat_map(domains_of).find_map(|domain| {
            let index = self.domains.binary_search_by(|(named, _)| (**named).cmp(domain)).ok()?;
            Some(self.domains[index].1)
        });
        named.unwrap_or_else(|| self.included().next().is_none())
    }
}

/// The domains that a host is in, the longest first. They begin at the boundaries of labels: `www.a.com`,
/// `a.com`, `com`.
pub(super) fn domains_of(host: &str) -> impl Iterator<Item = &str> {
    successors(Some(host), |domain| domain.split_once('.').map(|(_, parent)| parent))
}

/// Whether the text can be a host's name. Patterns, such as `shop.*`, cannot.
fn is_domain(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') || !c.is_ascii();
    !text.is_empty() && text.chars().all(letter) && !text.starts_with('.') && !text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_holds(list: &str, hosts: &[(&str, bool)], without_host: bool) {
        let scope = Scope::parse(list).unwrap();
        for (host, holds) in hosts {
            assert_eq!(scope.holds(Some(host)), *holds, "{list} on {host}");
        }
        assert_eq!(scope.holds(None), without_host, "{list} without a host");
    }

    #[test]
    fn a_domain_is_matched_at_the_boundaries_of_labels() {
        assert_holds(
            "a.com",
            &[("a.com", true), ("www.a.com", true), ("ba.com", false), ("com", false)],
            false,
        );
        assert_holds("A.com,b.org", &[("a.com", true), ("x.b.org", true), ("c.net", false)], false);
        assert_holds("", &[("a.com", true)], true);
    }

    #[test]
    fn the_longest_domain_decides() {
        assert_holds("~a.com", &[("a.com", false), ("x.a.com", false), ("b.com", true)], true);
        assert_holds("a.com,~b.a.com", &[("a.com", true), ("b.a.com", false), ("c.b.a.com", false)], false);
        assert_holds("~a.com,b.a.com", &[("a.com", false), ("b.a.com", true), ("c.com", false)], false);
        assert_holds("a.com,b.com,a.com", &[("a.com", true), ("b.com", true)], false);
    }

    #[test]
    fn what_is_not_a_domain_is_refused() {
        for list in
            ["a.*", "/a/", "a b", ",a.com", "a.com,", "~", "a.com/b", ".a.com", "a.com.", "a.com,~a.com"]
        {
            assert_eq!(Scope::parse(list), None, "{list}");
        }
        assert!(Scope::parse("例え.jp, x_y.example").is_some());
    }
}
