//! The rules for one post, and which of them matches an element.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

use super::beginnings::Beginnings;
use super::compiled::{Compiled, EVERYWHERE, Node};
use super::key::{self, ScopeId};
use super::memory::{Looks, Memory};
use super::rule::{Rule, RuleEffect};
use super::scope::domains_of;
use super::selector::{Compound, Condition, Test};
use super::table::{Key, hash};
use super::value::Value;
use crate::html::event::{Attributes, Element, PrefixSet, RawAttribute, Tag, TagSet, lower_case, words};

/// The most characters of a host that is looked up: no name in the DNS is longer. In a longer host, there
/// could be thousands of domains to look up.
const MOST_OF_HOST: usize = 253;

/// The rules that a post of one site may meet.
pub(crate) struct SiteRules<'r> {
    rules: &'r [Rule],
    compiled: &'r Compiled,
    host: Option<Cow<'r, str>>,
    /// The scopes of the domains that the host is in.
    scopes: Vec<ScopeId>,
    /// The elements that are looked up whatever their ids and classes are.
    looked_up: TagSet,
    /// What the ids, and the words of the classes, begin with that are looked up.
    beginnings: [Beginnings; 2],
    /// The prefixes of the names of attributes other than id and class whose values are looked up.
    attributes: PrefixSet,
    /// The same of those that are looked up of elements with the rare name alone.
    rare_attributes: PrefixSet,
    /// Whether some condition is on an attribute other than id and class.
    other_conditions: bool,
    /// Whether a match depends on the elements around.
    has_steps: bool,
}

impl<'r> SiteRules<'r> {
    pub(super) fn new(rules: &'r [Rule], compiled: &'r Compiled, host: Option<Cow<'r, str>>) -> Self {
        let is_name = |host: &Cow<'_, str>| host.chars().nth(MOST_OF_HOST).is_none();
        let host = host.filter(|host| compiled.names_domains && is_name(host));
        let domains = host.iter().flat_map(|host| domains_of(host));
        let scopes: Vec<_> = domains.filter_map(|domain| compiled.scope(domain)).collect();
        let mut site = Self {
            rules,
            compiled,
            host,
            scopes,
            looked_up: TagSet::default(),
            beginnings: [Beginnings::default(); 2],
            attributes: PrefixSet::default(),
            rare_attributes: PrefixSet::default(),
            other_conditions: false,
            has_steps: false,
        };
        let scopes = [EVERYWHERE].iter().chain(&site.scopes);
        for plan in scopes.filter_map(|&scope| compiled.scopes.get(scope as usize)) {
            site.looked_up.join(plan.tags);
            for (beginnings, other) in site.beginnings.iter_mut().zip(&plan.beginnings) {
                beginnings.join(other);
            }
            site.attributes.join(plan.attributes);
            site.rare_attributes.join(plan.rare_attributes);
            site.other_conditions |= plan.other_conditions;
            site.has_steps |= plan.has_steps;
        }
        if !site.attributes.is_empty() {
            site.looked_up = TagSet::ALL;
        }
        site
    }

    pub(super) fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// The elements that are looked up whatever their ids and classes are: those that rules name, or all if
    /// there are rules for other attributes.
    pub(super) fn looked_up(&self) -> TagSet {
        self.looked_up
    }

    /// The rule for an element that is inside `depth` open elements. Of several rules it is one that
    /// [removes whatever the element holds](RuleEffect::Remove), and of these the first of the list.
    #[inline]
    pub(super) fn find<'a>(
        &self,
        element: &Element<'a>,
        depth: usize,
        memory: &mut Memory<'a>,
    ) -> Option<&'r Rule> {
        if !self.looked_up.contains(element.tag) && !self.may_find(&element.attrs, memory) {
            return None;
        }
        self.find_likely(element, depth, memory)
    }

    /// The same for an element that is likely to match a rule.
    #[inline(never)]
    fn find_likely<'a>(
        &self,
        element: &Element<'a>,
        depth: usize,
        memory: &mut Memory<'a>,
    ) -> Option<&'r Rule> {
        // The tag of an element that is not HTML's does not tell its name. Of those that are rare, any
        // attribute may be asked for.
        let is_known = !self.has_steps && !matches!(element.tag, Tag::Unknown | Tag::Template | key::RARE);
        let Some(looks) = self.looks_of(&element.attrs).filter(|_| is_known) else {
            return self.rule(self.search(element, depth, memory));
        };
        let found = memory.recall(element.tag, looks, |memory| self.search(element, depth, memory));
        self.rule(found)
    }

    fn rule(&self, index: Option<u32>) -> Option<&'r Rule> {
        index.and_then(|index| self.rules.get(index as usize))
    }

    /// The source of the attributes that rules look at. Elements with equal sources match the same rules.
    fn looks_of<'a>(&self, attrs: &Attributes<'a>) -> Option<Looks<'a>> {
        if self.other_conditions {
            attrs.source().map(|source| [Some(source), None])
        } else {
            attrs.source_of_id_and_class()
        }
    }

    #[cold]
    fn search<'a>(&self, element: &Element<'a>, depth: usize, memory: &mut Memory<'a>) -> Option<u32> {
        let [id, class] = element.attrs.id_and_class().map(|value| value.map(Value::new));
        let known = Known { element, id, class, others: OnceCell::new() };
        let mut search =
            Search { site: self, known: &known, depth, memory, found: None, seen: Seen::default() };
        if !self.attributes.is_empty() {
            search.by_attributes(false);
        }
        if !self.rare_attributes.is_empty() && element.name == key::RARE_NAME {
            search.by_attributes(true);
        }
        for &scope in [EVERYWHERE].iter().chain(&self.scopes) {
            search.by_name_and_id(scope);
        }
        search.by_class();
        search.found
    }

    /// Whether the id or the class of an element may be a key. They are not for most elements.
    #[expect(clippy::inline_always, reason = "asked at each start tag")]
    #[inline(always)]
    pub(super) fn may_find<'a>(&self, attrs: &Attributes<'a>, memory: &mut Memory<'a>) -> bool {
        // An id is that of one element, a class that of many.
        if let Some([None, class]) = attrs.source_of_id_and_class() {
            let Some(class) = class else { return false };
            if let Some(found) = memory.known_class(class) {
                return found;
            }
        }
        self.may_find_new(attrs, memory)
    }

    /// The same for attributes that are not remembered.
    #[inline(never)]
    fn may_find_new<'a>(&self, attrs: &Attributes<'a>, memory: &mut Memory<'a>) -> bool {
        let [_, classes] = &self.beginnings;
        let may_find_class = || attrs.class().is_some_and(|class| classes.may_contain_word_of(&class));
        match attrs.source_of_id_and_class() {
            Some([id, class]) => {
                class.is_some_and(|class| memory.recall_class(class, may_find_class))
                    || id.is_some() && self.may_find_id(attrs)
            }
            None => may_find_class() || self.may_find_id(attrs),
        }
    }

    #[inline(never)]
    fn may_find_id(&self, attrs: &Attributes<'_>) -> bool {
        let ([ids, _], [id, _]) = (&self.beginnings, attrs.id_and_class());
        id.is_some_and(|id| ids.may_contain(&id))
    }

    /// The rule that applies on this site to an element which the selector up to this node matches. Of
    /// several rules it is one that [removes whatever the element holds](RuleEffect::Remove), and of these
    /// the first of the list.
    fn verdict(&self, node: &Node) -> Option<u32> {
        let host = self.host.as_deref();
        let rule = |index: u32| &self.rules[index as usize];
        let holds = |index: u32| rule(index).scope.holds(host);
        if self.compiled.exceptions(node).iter().any(|&exception| holds(exception)) {
            return None;
        }
        node.rules.iter().copied().filter(|&index| holds(index)).min_by_key(|&index| self.rank(index))
    }

    /// The order of the rules that match an element: the least applies.
    fn rank(&self, index: u32) -> (bool, u32) {
        (self.rules[index as usize].effect != RuleEffect::Remove, index)
    }
}

/// An element, and its attributes as far as some rule has asked for them.
struct Known<'s, 'a> {
    element: &'s Element<'a>,
    id: Option<Value<'a>>,
    class: Option<Value<'a>>,
    /// All attributes by their names, read when an attribute other than id and class is asked for.
    others: OnceCell<BTreeMap<Box<str>, Value<'a>>>,
}

impl<'a> Known<'_, 'a> {
    fn value(&self, name: &str) -> Option<&Value<'a>> {
        match name {
            "id" => self.id.as_ref(),
            "class" => self.class.as_ref(),
            _ => self.others.get_or_init(|| self.read_all()).get(name),
        }
    }

    fn read_all(&self) -> BTreeMap<Box<str>, Value<'a>> {
        let mut all = BTreeMap::new();
        self.element.attrs.for_each(|attr| {
            // Of several attributes with one name, the first counts.
            all.entry(lower_case(attr.name()).into()).or_insert_with(|| Value::new(attr.value()));
        });
        all
    }
}

/// The search for the rule that matches an element.
struct Search<'s, 'r, 'a> {
    site: &'s SiteRules<'r>,
    known: &'s Known<'s, 'a>,
    depth: usize,
    memory: &'s mut Memory<'a>,
    found: Option<u32>,
    seen: Seen,
}

/// The keys that have been looked up and that some steps have. A key may stand in an attribute any number of
/// times, and any number of steps may have it; the steps of a key are looked at once. No step has two keys.
#[derive(Default)]
struct Seen {
    few: Vec<Key>,
    many: HashSet<Key>,
}

impl Seen {
    const MOST_FEW: usize = 16;

    /// Adds a key. Returns `false` if it is in there already.
    fn insert(&mut self, key: Key) -> bool {
        if !self.many.is_empty() {
            return self.many.insert(key);
        }
        if self.few.contains(&key) {
            return false;
        }
        self.few.push(key);
        if self.few.len() > Self::MOST_FEW {
            self.many.extend(self.few.drain(..));
        }
        true
    }
}

impl Search<'_, '_, '_> {
    fn by_name_and_id(&mut self, scope: ScopeId) {
        let Some(plan) = self.site.compiled.scopes.get(scope as usize) else { return };
        let Known { element, id, .. } = self.known;
        if plan.tags.contains(element.tag) {
            self.visit(key::name_key(scope, &element.name));
            self.visit(key::any_key(scope));
        }
        if let Some(id) = id {
            self.visit(key::id_key(scope, id.text()));
            plan.id.look_up_prefixes(scope, id.text(), |key| _ = self.visit(key));
            plan.id.look_up(scope, id.text(), |key| _ = self.visit(key));
        }
    }

    fn by_class(&mut self) {
        let Some(class) = self.known.class.as_ref().map(Value::text) else { return };
        let SiteRules { compiled, scopes, .. } = self.site;
        for &scope in [EVERYWHERE].iter().chain(scopes) {
            let Some(plan) = compiled.scopes.get(scope as usize) else { continue };
            let mut visit = |key| _ = self.visit(key);
            for word in words(class) {
                visit(key::class_key(scope, word));
                plan.class.look_up_prefixes(scope, word, &mut visit);
            }
            plan.class.look_up(scope, class, &mut visit);
        }
    }

    /// Looks at the steps whose keys are in attributes other than id and class: those of any element, or
    /// those that are only of elements with the rare name.
    fn by_attributes(&mut self, of_rare: bool) {
        let SiteRules { compiled, scopes, attributes, rare_attributes, .. } = self.site;
        let attributes = if of_rare { rare_attributes } else { attributes };
        self.known.element.attrs.for_each(|attr| {
            if !attributes.may_contain(attr.prefix()) {
                return;
            }
            let name = lower_case(attr.name());
            let hash = hash(name.as_bytes());
            let mut value = None;
            for &scope in [EVERYWHERE].iter().chain(scopes) {
                for (_, plan) in compiled.table.get(key::attribute_key(scope, of_rare, hash)) {
                    self.by_attribute(scope, *plan, &name, attr, &mut value);
                }
            }
        });
    }

    fn by_attribute<'v>(
        &mut self,
        scope: ScopeId,
        plan: u32,
        name: &str,
        attr: RawAttribute<'_, 'v>,
        value: &mut Option<Cow<'v, str>>,
    ) {
        let plans = &self.site.compiled.attributes;
        let Some(plan) = plans.get(plan as usize).filter(|plan| *plan.name == *name) else { return };
        let value = value.get_or_insert_with(|| attr.value());
        plan.probes.look_up(scope, value, |key| _ = self.visit(key));
        plan.probes.look_up_prefixes(scope, value, |key| _ = self.visit(key));
    }

    /// Looks at the steps with this key. Returns whether there is one.
    #[inline]
    fn visit(&mut self, key: Key) -> bool {
        let steps = self.site.compiled.table.get(key);
        if !steps.is_empty() {
            self.look_at_all(key, steps);
        }
        !steps.is_empty()
    }

    #[cold]
    fn look_at_all(&mut self, key: Key, steps: &[(Key, u32)]) {
        if self.seen.insert(key) {
            for (_, number) in steps {
                self.look_at(*number);
            }
        }
    }

    /// If the step matches the element, notes it, and the rule that it is the last step of.
    fn look_at(&mut self, number: u32) {
        let SiteRules { compiled, .. } = self.site;
        let Some(node) = compiled.nodes.get(number as usize) else { return };
        let compound = &compiled.compounds[node.compound as usize];
        if !self.memory.fits(node, self.depth) || !compound.matches(self.known) {
            return;
        }
        self.memory.found(number, node, self.depth);
        let verdict = match &node.rules[..] {
            [] => None,
            [_] if compiled.exceptions(node).is_empty() => self.site.verdict(node),
            _ => *self.memory.verdicts.entry(number).or_insert_with(|| self.site.verdict(node)),
        };
        self.found = self.found.into_iter().chain(verdict).min_by_key(|&rule| self.site.rank(rule));
    }
}

impl Compound {
    fn matches(&self, known: &Known<'_, '_>) -> bool {
        let Self { name, id, classes, attributes, nots } = self;
        name.as_ref().is_none_or(|name| *name == known.element.name)
            && id.as_ref().is_none_or(|id| known.id.as_ref().is_some_and(|own| own.text() == id))
            && (classes.is_empty()
                || known.class.as_ref().is_some_and(|own| classes.iter().all(|class| own.has_word(class))))
            && attributes.iter().all(|condition| condition.holds(known))
            && !nots.iter().any(|not| not.matches(known))
    }
}

impl Condition {
    fn holds(&self, known: &Known<'_, '_>) -> bool {
        known.value(&self.name).is_some_and(|value| self.test.holds(value))
    }
}

impl Test {
    fn holds(&self, value: &Value<'_>) -> bool {
        let text = value.text();
        match self {
            Self::Present => true,
            Self::Equals(wanted) => text == wanted,
            Self::StartsWith(wanted) => text.starts_with(wanted),
            Self::EndsWith(wanted) => text.ends_with(wanted),
            Self::Contains(wanted) => value.contains(wanted),
            Self::HasWord(wanted) => value.has_word(wanted),
        }
    }
}
