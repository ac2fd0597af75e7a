//! The rules for one post, and which of them matches an element.

use std::borrow::Cow;

use super::compiled::{Compiled, EVERYWHERE, Node};
use super::key::{self, ScopeId};
use super::scope::domains_of;
use super::selector::{Compound, Condition, Place, Test};
use super::syntax::{Effect, Rule};
use super::table::{Key, hash};
use super::words;
use crate::bytes::HeadSet;
use crate::html::event::{Attrs, Element, RawAttr, Tag, TagSet, lower_case};

/// The rules that a post of some site may meet.
pub(crate) struct Page<'r> {
    compiled: &'r Compiled,
    host: Option<Cow<'r, str>>,
    /// The scopes of the domains that the host is in.
    scopes: Vec<ScopeId>,
    /// The elements that are looked up by their names.
    tags: TagSet,
    /// What the names of attributes begin with, other than id and class, of which something is looked up.
    attributes: HeadSet,
    /// Whether some condition is on another attribute than id and class.
    other_conditions: bool,
    /// Whether a match depends on the elements around.
    has_steps: bool,
}

/// The source of the attributes that rules look at: of id and class, or of all.
type Looks<'a> = [Option<&'a str>; 2];

/// What the search for rules remembers of the elements before.
#[derive(Default)]
pub(super) struct Memory<'a> {
    /// The open elements that steps of selectors have been found at and that a further step may be inside of; of
    /// each step the outermost. With them, how many elements are open around each.
    around: Vec<(usize, u32)>,
    /// Those that a further step may be right inside of.
    parents: Vec<(usize, u32)>,
    /// Elements that no rule matches, by the lengths of their attributes: those of a page are much alike.
    misses: [Option<(Tag, Looks<'a>)>; 32],
    /// Classes that no step is found by, by their lengths.
    classes: [Option<&'a str>; 16],
}

impl<'a> Memory<'a> {
    /// An element closes that had so many open around it.
    #[inline]
    pub(super) fn close(&mut self, depth: usize) {
        for open in [&mut self.around, &mut self.parents] {
            while open.last().is_some_and(|(other, _)| *other >= depth) {
                open.pop();
            }
        }
    }

    /// Whether an element at this depth stands where the step has it.
    fn has_place(&self, node: &Node, depth: usize) -> bool {
        match node.place {
            Place::Anywhere => true,
            Place::Inside => self.around.iter().any(|(other, step)| *other < depth && *step == node.before),
            Place::RightInside => {
                let mut near = self.parents.iter().rev().take_while(|(other, _)| other + 1 >= depth);
                near.any(|(other, step)| other + 1 == depth && *step == node.before)
            }
        }
    }

    /// The step has been found at an element of this depth.
    fn found(&mut self, number: u32, node: &Node, depth: usize) {
        if node.leads.inside && self.around.iter().all(|(_, step)| *step != number) {
            self.around.push((depth, number));
        }
        if node.leads.right_inside {
            self.parents.push((depth, number));
        }
    }

    fn is_miss(&self, tag: Tag, looks: Looks<'a>) -> bool {
        self.misses[spread(looks) % self.misses.len()] == Some((tag, looks))
    }

    fn miss(&mut self, tag: Tag, looks: Looks<'a>) {
        self.misses[spread(looks) % self.misses.len()] = Some((tag, looks));
    }

    fn is_unknown_class(&self, class: &str) -> bool {
        self.classes[class.len() % self.classes.len()] == Some(class)
    }

    fn unknown_class(&mut self, class: &'a str) {
        self.classes[class.len() % self.classes.len()] = Some(class);
    }
}

impl<'r> Page<'r> {
    pub(super) fn new(compiled: &'r Compiled, host: Option<Cow<'r, str>>) -> Self {
        let host = host.filter(|_| compiled.names_domains);
        let domains = host.iter().flat_map(|host| domains_of(host));
        let scopes: Vec<_> = domains.filter_map(|domain| compiled.scope(domain)).collect();
        let mut page = Self {
            compiled,
            host,
            scopes,
            tags: TagSet::default(),
            attributes: HeadSet::default(),
            other_conditions: false,
            has_steps: false,
        };
        let scopes = [EVERYWHERE].iter().chain(&page.scopes);
        for plan in scopes.filter_map(|&scope| compiled.scopes.get(scope as usize)) {
            page.tags.join(plan.tags);
            page.attributes.join(plan.attributes);
            page.other_conditions |= plan.other_conditions;
            page.has_steps |= plan.has_steps;
        }
        page
    }

    pub(super) fn has_rules(&self) -> bool {
        !self.compiled.rules.is_empty()
    }

    /// The elements that are looked up by their names.
    pub(super) fn tags(&self) -> TagSet {
        self.tags
    }

    /// Whether there is nothing to look up in the attributes. May be `false` where there is nothing either.
    #[inline]
    pub(super) fn looks_at_nothing(&self, attrs: &Attrs<'_>) -> bool {
        let has_other = !self.attributes.is_empty() || self.other_conditions;
        attrs.is_empty() || !has_other && attrs.source_of_id_and_class() == Some([None, None])
    }

    /// The rule for an element that has so many open around it. Of several one that takes it out whole, and of
    /// these the first of the list.
    #[inline]
    pub(super) fn find<'a>(
        &self,
        element: &Element<'a>,
        depth: usize,
        memory: &mut Memory<'a>,
    ) -> Option<&'r Rule> {
        // The tags of what is not HTML do not tell their names.
        let is_known = !self.has_steps && !matches!(element.tag, Tag::Unknown | Tag::Template);
        let Some(looks) = self.looks_of(&element.attrs).filter(|_| is_known) else {
            return self.search(element, depth, memory);
        };
        if memory.is_miss(element.tag, looks) {
            return None;
        }
        let found = self.search(element, depth, memory);
        if found.is_none() {
            memory.miss(element.tag, looks);
        }
        found
    }

    /// The source of the attributes that rules look at. Where it is the same, so is what they find.
    fn looks_of<'a>(&self, attrs: &Attrs<'a>) -> Option<Looks<'a>> {
        if self.other_conditions {
            attrs.source().map(|source| [Some(source), None])
        } else {
            attrs.source_of_id_and_class()
        }
    }

    #[inline(never)]
    fn search<'a>(&self, element: &Element<'a>, depth: usize, memory: &mut Memory<'a>) -> Option<&'r Rule> {
        let mut steps = Vec::new();
        if !self.attributes.is_empty() {
            self.look_up_attributes(&element.attrs, &mut steps);
        }
        let [id, class] = element.attrs.id_and_class();
        let known = Known { element, id, class };
        let mut search =
            Search { page: self, known: &known, depth, memory, found: None, looked_at: Vec::new() };
        for &scope in [EVERYWHERE].iter().chain(&self.scopes) {
            search.by_name_and_id(scope);
        }
        search.by_class();
        for step in steps {
            search.look_at(step);
        }
        search.found.map(|index| &self.compiled.rules[index as usize])
    }

    /// Finds the steps that attributes other than id and class are a reason to look at.
    fn look_up_attributes(&self, attrs: &Attrs<'_>, steps: &mut Vec<u32>) {
        let Self { compiled, scopes, .. } = self;
        attrs.for_each(|attr| {
            if !self.attributes.may_contain(attr.head()) {
                return;
            }
            let name = lower_case(attr.name());
            let hash = hash(name.as_bytes());
            for &scope in [EVERYWHERE].iter().chain(scopes) {
                let key = key::attribute_key(scope, hash);
                compiled.table.get(key, |plan| self.attribute(scope, plan, &name, attr, steps));
            }
        });
    }

    fn attribute(&self, scope: ScopeId, plan: u32, name: &str, attr: RawAttr<'_, '_>, steps: &mut Vec<u32>) {
        let Self { compiled, .. } = self;
        let Some(plan) = compiled.attributes.get(plan as usize).filter(|plan| *plan.name == *name) else {
            return;
        };
        let value = attr.value();
        let mut visit = |key| compiled.table.get(key, |step| steps.push(step));
        plan.probes.look_up(scope, &value, &mut visit);
        plan.probes.look_up_heads(scope, &value, &mut visit);
    }
}

/// A number that mostly differs where the attributes do.
fn spread(looks: Looks<'_>) -> usize {
    let of = |source: &str| source.len() + 3 * source.bytes().last().map_or(0, usize::from);
    looks.into_iter().flatten().map(of).sum()
}

/// An element, and those of its attributes that most conditions are on.
struct Known<'s, 'a> {
    element: &'s Element<'a>,
    id: Option<Cow<'a, str>>,
    class: Option<Cow<'a, str>>,
}

/// The search for the rule that matches an element.
struct Search<'s, 'r, 'a> {
    page: &'s Page<'r>,
    known: &'s Known<'s, 'a>,
    depth: usize,
    memory: &'s mut Memory<'a>,
    found: Option<u32>,
    /// The steps that were looked at: what leads to one may stand in an attribute any number of times.
    looked_at: Vec<u32>,
}

impl Search<'_, '_, '_> {
    fn by_name_and_id(&mut self, scope: ScopeId) {
        let Some(plan) = self.page.compiled.scopes.get(scope as usize) else { return };
        let Known { element, id, class: _ } = self.known;
        if plan.tags.contains(element.tag) {
            self.visit(key::name_key(scope, &element.name));
            self.visit(key::any_key(scope));
        }
        if let Some(id) = id {
            self.visit(key::id_key(scope, id));
            plan.id.look_up_heads(scope, id, |key| self.visit(key));
            plan.id.look_up(scope, id, |key| self.visit(key));
        }
    }

    fn by_class(&mut self) {
        let Some(class) = &self.known.class else { return };
        if self.memory.is_unknown_class(class) {
            return;
        }
        let Page { compiled, scopes, .. } = self.page;
        let mut is_known = false;
        for &scope in [EVERYWHERE].iter().chain(scopes) {
            let Some(plan) = compiled.scopes.get(scope as usize) else { continue };
            let mut visit = |key| {
                compiled.table.get(key, |number| {
                    is_known = true;
                    self.look_at(number);
                });
            };
            for word in words(class) {
                visit(key::class_key(scope, word));
                plan.class.look_up_heads(scope, word, &mut visit);
            }
            plan.class.look_up(scope, class, &mut visit);
        }
        if let (Cow::Borrowed(class), false) = (class, is_known) {
            self.memory.unknown_class(class);
        }
    }

    /// Looks at the steps with this key.
    #[inline]
    fn visit(&mut self, key: Key) {
        self.page.compiled.table.get(key, |number| self.look_at(number));
    }

    /// Notes the step if it is found at the element, and the rules that it is the last step of.
    #[inline(never)]
    fn look_at(&mut self, number: u32) {
        let compiled = self.page.compiled;
        let Some(node) = compiled.nodes.get(number as usize) else { return };
        if self.looked_at.contains(&number) {
            return;
        }
        self.looked_at.push(number);
        let compound = &compiled.compounds[node.compound as usize];
        if !self.memory.has_place(node, self.depth) || !compound.matches(self.known) {
            return;
        }
        self.memory.found(number, node, self.depth);
        let host = self.page.host.as_deref();
        let holds = |rule: u32| compiled.rules[rule as usize].scope.holds(host);
        for used in &node.uses {
            if holds(used.rule) && !used.exceptions.iter().any(|&exception| holds(exception)) {
                let rank = |rule: u32| (compiled.rules[rule as usize].effect != Effect::Take, rule);
                self.found = self.found.into_iter().chain([used.rule]).min_by_key(|&rule| rank(rule));
            }
        }
    }
}

impl Compound {
    fn matches(&self, known: &Known<'_, '_>) -> bool {
        let Self { name, id, classes, attributes, nots } = self;
        name.as_ref().is_none_or(|name| *name == known.element.name)
            && id.as_ref().is_none_or(|id| known.id.as_deref() == Some(id))
            && (classes.is_empty() || {
                let value = known.class.as_deref().unwrap_or_default();
                classes.iter().all(|class| words(value).any(|word| word == class))
            })
            && attributes.iter().all(|condition| condition.holds(known))
            && !nots.iter().any(|not| not.matches(known))
    }
}

impl Condition {
    fn holds(&self, known: &Known<'_, '_>) -> bool {
        let other;
        let value = match &*self.name {
            "id" => known.id.as_deref(),
            "class" => known.class.as_deref(),
            name => {
                other = known.element.attrs.get(name);
                other.as_deref()
            }
        };
        value.is_some_and(|value| self.test.holds(value))
    }
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Present => true,
            Self::Equals(wanted) => value == wanted,
            Self::StartsWith(wanted) => value.starts_with(wanted),
            Self::EndsWith(wanted) => value.ends_with(wanted),
            Self::Contains(wanted) => value.contains(wanted),
            Self::HasWord(wanted) => words(value).any(|word| word == wanted),
        }
    }
}
