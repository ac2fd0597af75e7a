//! Which rule matches which element: case by case, and against a matcher that looks at every rule.

use std::borrow::Cow;

use crate::engine::Engine;
use crate::html::drive;
use crate::html::event::{Element, EventSink, Removed, Style, Tag};
use crate::limits::Limits;
use crate::rules::rule::{Rule, RuleEffect};
use crate::rules::selector::{Combinator, Compound, Selector, Step, Test};
use crate::rules::site::SiteRules;
use crate::rules::{Rules, memory::Memory};

/// The rules that match the elements of a body, in their order; `-` where none does.
struct Matches<'r, 'a> {
    site: &'r SiteRules<'r>,
    memory: Memory<'a>,
    depth: usize,
    rules: Vec<&'r str>,
}

impl<'a> EventSink<'a> for Matches<'_, 'a> {
    fn open(&mut self, element: &Element<'a>) {
        let rule = self.site.find(element, self.depth, &mut self.memory);
        self.rules.push(rule.map_or("-", |rule| &rule.text));
        self.depth += 1;
    }
    fn close(&mut self, _tag: Tag) {
        self.depth -= 1;
        self.memory.close(self.depth);
    }
    fn text(&mut self, _text: &'a str) {}
    fn other_text(&mut self, _text: &str) {}
    fn styled(&mut self, _: Style) {}
    fn removed(&mut self, _: Removed) {}
    fn restart(&mut self) {
        (self.memory, self.depth, self.rules) = (Memory::default(), 0, Vec::new());
    }
}

#[track_caller]
fn assert_matches(list: &str, host: Option<&str>, html: &str, expected: &[&str]) {
    let (rules, unusable) = Rules::parse(list);
    assert_eq!(unusable, []);
    let site = rules.for_site(host.map(Cow::Borrowed));
    for engine in [Engine::Auto, Engine::Reference] {
        let mut sink = Matches { site: &site, memory: Memory::default(), depth: 0, rules: Vec::new() };
        drive(html, engine, &Limits::default(), &mut sink).unwrap();
        assert_eq!(sink.rules, expected, "{list:?} on {host:?} in {html:?}");
    }
}

/// Whether the selector matches the innermost element.
#[track_caller]
fn assert_selects(selector: &str, html: &str, matches: bool) {
    let rule = format!("##{selector}");
    let elements = html.matches('<').count() - html.matches("</").count();
    let mut expected = vec!["-"; elements];
    if matches {
        expected[elements - 1] = &rule;
    }
    assert_matches(&rule, None, html, &expected);
}

#[test]
fn compounds_hold_whole() {
    for (selector, html, matches) in [
        ("p", "<p>", true),
        ("P", "<P>", true),
        ("p", "<b>", false),
        ("amp-ad", "<amp-ad>", true),
        ("#a", "<p id=a>", true),
        ("#a", "<p id=A>", false),
        ("#a", "<p id='a b'>", false),
        (".a", "<p class='b a'>", true),
        (".a", "<p class=ab>", false),
        (".a.b", "<p class='b c a'>", true),
        (".a.b", "<p class=b>", false),
        ("p.a#b[c]", "<p class=a id=b c>", true),
        ("p.a#b[c]", "<b class=a id=b c>", false),
        ("p.a#b[c]", "<p class=a id=b>", false),
        (".é广告", "<p class='é广告'>", true),
    ] {
        assert_selects(selector, html, matches);
    }
}

#[test]
fn attributes_are_tested_for_what_the_condition_says() {
    for (selector, html, matches) in [
        ("[title]", "<p title>", true),
        ("[TITLE]", "<p Title=x>", true),
        ("[title]", "<p data-title>", false),
        ("[id]", "<p id=x>", true),
        ("[class]", "<p class>", true),
        ("[title='a b']", "<p title='a b'>", true),
        ("[title='']", "<p title>", true),
        ("[title=a]", "<p title=ab>", false),
        ("[title^=ab]", "<p title=abc>", true),
        ("[title^=b]", "<p title=abc>", false),
        ("[title$=bc]", "<p title=abc>", true),
        ("[title$=b]", "<p title=abc>", false),
        ("[title*=b]", "<p title=abc>", true),
        ("[title*=bd]", "<p title=abc>", false),
        ("[title~=b]", "<p title='a b c'>", true),
        ("[title~=b]", "<p title='a bc'>", false),
        ("[title*='&']", "<p title='a&amp;b'>", true),
        ("a[href^='https://ads.example/']", "<a href='https://ads.example/x'>", true),
        ("a[href^='https://ads.example/']", "<a href='https://ads.example'>", false),
        ("[title=a]", "<p title=b TITLE=a>", false),
        ("[id^='dfp-ad-']", "<p id=dfp-ad-1>", true),
        ("[id$=-ad]", "<p id=x-ad>", true),
        ("[id*=ad90]", "<p id=ad9>", false),
        ("iframe[src*='ads.']", "<svg><iframe SRC='//ads.x'>", true),
    ] {
        assert_selects(selector, html, matches);
    }
}

/// What is remembered of an element holds for those alone that are like it in all that rules ask for.
#[test]
fn an_element_much_like_one_before_is_looked_at_too() {
    assert_matches("##.a[title]", None, "<p class=a><p class=a title>", &["-", "##.a[title]"]);
    assert_matches("##.a:not([title])", None, "<p class=a title><p class=a>", &["-", "##.a:not([title])"]);
    assert_matches("##b.a", None, "<p class=a></p><b class=a>", &["-", "##b.a"]);
    assert_matches("##.a.b, x-y.a", None, "<z class=a></z><x-y class=a>", &["-", "##.a.b, x-y.a"]);
    assert_matches("##.a .b", None, "<p class=b></p><div class=a><p class=b>", &["-", "-", "##.a .b"]);
}

#[test]
fn a_part_of_a_class_is_looked_for_in_the_whole_value() {
    for (selector, class, matches) in [
        ("[class^='ads_']", "ads_1 x", true),
        ("[class^='ads_']", "x ads_1", false),
        ("[class^='x a']", "x ads", true),
        ("[class^='x a']", "x  ads", false),
        ("[class*=' ads_']", "x ads_1", true),
        ("[class*=' ads_']", "ads_1", false),
        ("[class*='ds_']", "x ads_1", true),
        ("[class*='x a']", "yx ads", true),
        ("[class*=' a ']", "x a y", true),
        ("[class*=' a ']", "x a", false),
        ("[class$=' a']", "x a", true),
        ("[class$=' a']", "x ba", false),
        ("[class$='a']", "x ba", true),
        ("[class='x a']", "x a", true),
        ("[class='x a']", "a x", false),
        ("[class~=a]", "x a", true),
    ] {
        assert_selects(selector, &format!("<p class='{class}'>"), matches);
    }
}

#[test]
fn negations_take_back() {
    for (selector, html, matches) in [
        (".a:not(.b)", "<p class=a>", true),
        (".a:not(.b)", "<p class='a b'>", false),
        (".a:not(p.b)", "<b class='a b'>", true),
        (".a:not(p):not([c])", "<b class=a>", true),
        (".a:not(p):not([c])", "<b class=a c>", false),
        (".a:not(p, [c])", "<p class=a>", false),
        ("p:not(#b)", "<p>", true),
    ] {
        assert_selects(selector, html, matches);
    }
}

#[test]
fn combinators_look_at_what_is_around() {
    for (selector, html, matches) in [
        (".a .b", "<div class=a><p class=b>", true),
        (".a .b", "<div class=a><i><b><p class=b>", true),
        (".a .b", "<p class='a b'>", false),
        (".a .b", "<div class=a></div><p class=b>", false),
        (".a > .b", "<div class=a><p class=b>", true),
        (".a > .b", "<div class=a><i><p class=b>", false),
        (".a > .b", "<div class=a><div class=a></div><p class=b>", true),
        (".a > .b", "<div class=a><div class=c></div><p class=b>", true),
        (".a > .b", "<div class=c><div class=a></div><p class=b>", false),
        ("div > div > p", "<div><div><p>", true),
        ("div > div > p", "<div><i><div><p>", false),
        (".a > .b .c", "<div class=a><div class=b><div class=x><div class=b><p class=c>", true),
        (".a > .b .c", "<div class=x><div class=b><div class=b><p class=c>", false),
        (".a .b > .c", "<div class=a><div class=b><div class=b><p class=c>", true),
        ("div .a .a", "<div><i class=a><b class=a>", true),
        ("p *", "<p><b>", true),
        ("p > *.x", "<p><b class=x>", true),
        ("#a * b", "<p id=a><i><b>", true),
        ("#a * b", "<p id=a><b>", false),
        ("div:not(.x) > p", "<div class=x><p>", false),
        ("div:not(.x) > p", "<div><p>", true),
    ] {
        assert_selects(selector, html, matches);
    }
}

#[test]
fn the_elements_of_a_list_are_selected_each() {
    assert_matches(
        "##.a, p > b",
        None,
        "<p class=a><b></b><i></i></p>",
        &["##.a, p > b", "##.a, p > b", "-"],
    );
}

#[test]
fn of_several_rules_the_first_is_found() {
    let list = "##div[title]\n##.b.a\n##div\n###i";
    assert_matches(list, None, "<div id=i class='a b'></div>", &["##.b.a"]);
    assert_matches(list, None, "<div id=i class=a></div>", &["##div"]);
    assert_matches(list, None, "<p id=i></p><p class=a></p>", &["###i", "-"]);
}

#[test]
fn a_rule_is_for_its_sites() {
    let html = "<p class=x>";
    for (list, host, matches) in [
        ("a.com##.x", Some("a.com"), true),
        ("a.com##.x", Some("www.a.com"), true),
        ("a.com##.x", Some("ba.com"), false),
        ("a.com##.x", Some("a.com.b"), false),
        ("a.com##.x", None, false),
        ("www.a.com##.x", Some("a.com"), false),
        ("b.org,a.com##.x", Some("a.com"), true),
        ("~a.com##.x", Some("a.com"), false),
        ("~a.com##.x", Some("www.a.com"), false),
        ("~a.com##.x", Some("b.com"), true),
        ("~a.com##.x", None, true),
        ("a.com,~b.a.com##.x", Some("c.a.com"), true),
        ("a.com,~b.a.com##.x", Some("b.a.com"), false),
        ("com##.x", Some("a.com"), true),
    ] {
        assert_matches(list, host, html, &[if matches { list } else { "-" }]);
    }
}

#[test]
fn exceptions_win() {
    for (list, host, rule) in [
        ("##.x\n#@#.x", Some("a.com"), "-"),
        ("#@#.x\n##.x", None, "-"),
        ("##.x\na.com#@#.x", Some("www.a.com"), "-"),
        ("##.x\na.com#@#.x", Some("b.com"), "##.x"),
        ("##.x\na.com#@#.x", None, "##.x"),
        ("##.x\n~a.com#@#.x", Some("b.com"), "-"),
        ("##.x\n~a.com#@#.x", Some("a.com"), "##.x"),
        ("a.com##.x\nb.a.com#@#.x", Some("a.com"), "a.com##.x"),
        ("a.com##.x\nb.a.com#@#.x", Some("b.a.com"), "-"),
        ("##.x\n#@#p.x", Some("a.com"), "##.x"),
        ("##.x\n##p\n#@#.x", Some("a.com"), "##p"),
        ("##.y, .x\n#@#.x", Some("a.com"), "-"),
    ] {
        assert_matches(list, host, "<p class=x>", &[rule]);
    }
}

#[test]
fn exceptions_are_exceptions_from_other_lists() {
    let (rules, _) = Rules::parse("##.x");
    let (exceptions, _) = Rules::parse("#@#.x");
    assert_eq!((exceptions.len(), exceptions.is_empty()), (1, false));
    for rules in [rules.clone().and(exceptions.clone()), exceptions.and(rules)] {
        let (post, report) =
            crate::Parser::new().rules(rules.removing()).parse_with_report("<p class=x>a").unwrap();
        assert_eq!((post.to_text().as_str(), report.removals.len()), ("a\n", 0));
    }
}

/// Asks every rule about every element.
struct Naive<'r, 'a> {
    matches: Matches<'r, 'a>,
    rules: &'r [Rule],
    host: Option<&'r str>,
    open: Vec<Element<'a>>,
    found: usize,
}

impl<'a> EventSink<'a> for Naive<'_, 'a> {
    fn open(&mut self, element: &Element<'a>) {
        self.open.push(element.clone());
        self.matches.open(element);
        let all = || self.rules.iter().filter(|rule| self.applies(rule));
        let whole = all().find(|rule| rule.effect == RuleEffect::Remove);
        let expected = whole.or_else(|| all().next()).map_or("-", |rule| &rule.text);
        let list: Vec<_> = self.rules.iter().map(|rule| &rule.text).collect();
        assert_eq!(
            self.matches.rules.last(),
            Some(&expected),
            "{list:?} on {:?} at {:?}",
            self.host,
            self.open
        );
        self.found += usize::from(expected != "-");
    }

    fn close(&mut self, tag: Tag) {
        self.open.pop();
        self.matches.close(tag);
    }

    fn text(&mut self, _text: &'a str) {}
    fn other_text(&mut self, _text: &str) {}
    fn styled(&mut self, _: Style) {}
    fn removed(&mut self, _: Removed) {}
    fn restart(&mut self) {
        self.matches.restart();
        (self.open, self.found) = (Vec::new(), 0);
    }
}

impl Naive<'_, '_> {
    fn applies(&self, rule: &Rule) -> bool {
        let is_exception = |other: &&Rule, selector| {
            other.effect == RuleEffect::Exempt
                && other.selectors.contains(selector)
                && other.scope.holds(self.host)
        };
        rule.effect != RuleEffect::Exempt
            && rule.scope.holds(self.host)
            && rule.selectors.iter().any(|selector| {
                matches(&selector.0, &self.open)
                    && !self.rules.iter().any(|other| is_exception(&other, selector))
            })
    }
}

/// Whether the last step is met by the last element, and the steps before it by elements around it.
fn matches(steps: &[Step], open: &[Element<'_>]) -> bool {
    let (Some((step, before)), Some((element, around))) = (steps.split_last(), open.split_last()) else {
        return false;
    };
    holds(&step.compound, element)
        && match step.combinator {
            None => true,
            Some(Combinator::Child) => matches(before, around),
            Some(Combinator::Descendant) => {
                (1..=around.len()).any(|length| matches(before, &around[..length]))
            }
        }
}

fn holds(compound: &Compound, element: &Element<'_>) -> bool {
    let value = |name: &str| element.attrs.get(name);
    let has_class =
        |class: &String| value("class").is_some_and(|all| all.split(' ').any(|word| word == class));
    compound.name.as_ref().is_none_or(|name| element.name == *name)
        && compound.id.as_ref().is_none_or(|id| value("id").is_some_and(|value| value == *id))
        && compound.classes.iter().all(has_class)
        && compound.attributes.iter().all(|condition| {
            value(&condition.name).is_some_and(|value| match &condition.test {
                Test::Present => true,
                Test::Equals(text) => value == *text,
                Test::StartsWith(text) => value.starts_with(text),
                Test::EndsWith(text) => value.ends_with(text),
                Test::Contains(text) => value.contains(text),
                Test::HasWord(word) => value.split(' ').any(|other| other == word),
            })
        })
        && !compound.nots.iter().any(|not| holds(not, element))
}

/// A generator of rules and bodies that have much in common.
struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        // Marsaglia's xorshift64*.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % below
    }

    fn one<'s>(&mut self, among: &[&'s str]) -> &'s str {
        among[self.below(among.len())]
    }

    fn value(&mut self) -> String {
        let words =
            ["a", "b", "ad", "ads_1", "ads_1", "banner-top", "banner-top-left-728x90", "https://ads."];
        let words: Vec<_> = (0..=self.below(3)).map(|_| self.one(&words)).collect();
        words.join(" ")
    }

    fn name(&mut self) -> &'static str {
        self.one(&["div", "p", "b", "x-ad", "iframe"])
    }

    fn compound(&mut self) -> String {
        let mut compound = if self.below(3) == 0 { self.name().to_owned() } else { String::new() };
        for _ in 0..=self.below(2) {
            let part = match self.below(5) {
                0 => ".a".to_owned(),
                1 => format!(".{}", self.one(&["b", "ad", "ads_1", "banner-top-left-728x90"])),
                2 if !compound.contains('#') => "#a".to_owned(),
                3 => format!(":not(.{})", self.one(&["a", "b"])),
                _ => self.condition(),
            };
            compound.push_str(&part);
        }
        compound
    }

    fn condition(&mut self) -> String {
        let name = self.one(&["id", "class", "title", "href"]);
        let value = self.value();
        let (start, length) = (self.below(value.len()), 1 + self.below(9));
        let part = &value[start..(start + length).min(value.len())];
        match self.below(6) {
            0 => format!("[{name}]"),
            1 => format!("[{name}='{value}']"),
            2 => format!("[{name}$='{part}']"),
            3 => format!("[{name}*='{part}']"),
            4 => format!("[{name}~='{}']", self.one(&["a", "ads_1"])),
            _ => format!("[{name}^='{}']", &value[..(1 + self.below(24)).min(value.len())]),
        }
    }

    fn rule(&mut self) -> String {
        let scope = self.one(&["", "", "", "a.com", "~a.com", "b.a.com,c.org", "a.com,~b.a.com"]);
        let marker = self.one(&["##", "##", "##", "#@#"]);
        let mut selector = self.compound();
        for _ in 0..self.below(4) {
            selector += self.one(&[" ", " > ", " ", ", "]);
            selector += &self.compound();
        }
        format!("{scope}{marker}{selector}")
    }

    fn body(&mut self) -> String {
        let mut body = String::new();
        let mut open = Vec::new();
        for _ in 0..20 {
            if self.below(3) == 0 {
                if let Some(name) = open.pop() {
                    body.extend(["</", name, ">"]);
                }
            }
            // One that nests, or the rare one, in which all is text.
            let name = self.one(&["div", "x-ad", "div", "x-ad", "iframe"]);
            body.extend(["<", name]);
            for attribute in ["id", "class", "title", "href"] {
                if self.below(2) == 0 {
                    // Elements that are alike in some attributes and not in others.
                    let value = if self.below(2) == 0 { "a".to_owned() } else { self.value() };
                    body.extend([" ", attribute, "='", &value, "'"]);
                }
            }
            body += ">";
            open.push(name);
        }
        while let Some(name) = open.pop() {
            body.extend(["</", name, ">"]);
        }
        body
    }
}

#[test]
fn what_is_found_is_what_a_look_at_every_rule_finds() {
    let mut random = Random(1);
    let mut found = 0;
    for round in 0..2_000 {
        let list: String = (0..=random.below(12)).map(|_| random.rule() + "\n").collect();
        let (mut rules, _) = Rules::parse(&list);
        if round % 3 == 0 {
            rules = rules.removing().and(Rules::parse(&random.rule()).0);
        }
        for host in [None, Some("a.com"), Some("x.b.a.com")] {
            let site = rules.for_site(host.map(Cow::Borrowed));
            let body = random.body();
            for engine in [Engine::Auto, Engine::Reference] {
                let matches = Matches { site: &site, memory: Memory::default(), depth: 0, rules: Vec::new() };
                let rules = &rules.0.rules;
                let mut sink = Naive { matches, rules, host, open: Vec::new(), found: 0 };
                drive(&body, engine, &Limits::default(), &mut sink).unwrap();
                found += sink.found;
            }
        }
    }
    // Else the rules are such that nothing is compared.
    assert!(found > 10_000, "{found}");
}

#[test]
fn the_naive_matcher_tells_a_match_from_a_miss() {
    let (rules, _) = Rules::parse("##.a > .b .c");
    let Selector(steps) = &rules.0.rules[0].selectors[0];
    let element = |class: &'static str| {
        let attr = crate::html::event::Attribute { name: "class".into(), value: class.into() };
        Element { attrs: [attr].into_iter().collect(), ..Element::implied(Tag::P, "p") }
    };
    let open = |classes: &[&'static str]| classes.iter().map(|class| element(class)).collect::<Vec<_>>();
    assert!(matches(steps, &open(&["a", "b", "x", "b", "c"])));
    assert!(!matches(steps, &open(&["b", "a", "x", "b", "c"])));
    assert!(!matches(steps, &open(&["a", "b"])));
}
