//! Rules in the form in which they are matched: steps of selectors, each found by a key.

use std::collections::HashMap;
use std::ops::Range;

use super::beginnings::Beginnings;
use super::key::{self, Handle, Part, Probes, ScopeId};
use super::rule::{Rule, RuleEffect};
use super::selector::{Combinator, Compound, Selector};
use super::table::{Key, Table, hash};
use crate::html::event::{NamePrefix, PrefixSet, Tag, TagSet};

/// The scope of the rules that name no domain they are for.
pub(super) const EVERYWHERE: ScopeId = 0;

/// The rules of a list, ready to match.
#[derive(Default)]
pub(super) struct Compiled {
    pub(super) compounds: Vec<Compound>,
    pub(super) nodes: Vec<Node>,
    /// The exceptions on some domains. Those from the same selector are next to each other.
    exceptions: Vec<u32>,
    /// The plans of the scopes, by their ids. The first is of [`EVERYWHERE`], each other one is of one
    /// domain.
    pub(super) scopes: Vec<ScopePlan>,
    /// The attributes other than id and class that rules have conditions on.
    pub(super) attributes: Vec<AttributePlan>,
    /// Whether a rule is for, or not for, some domain.
    pub(super) names_domains: bool,
    /// The elements that are looked up by their names on some site.
    pub(super) named: TagSet,
    scope_ids: HashMap<Box<str>, ScopeId>,
    /// Nodes, by the keys of their compounds.
    pub(super) table: Table,
}

/// A step of one or more selectors, with all steps before it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) compound: u32,
    pub(super) combinator: Option<Combinator>,
    /// The node of the step before it, if there is a combinator.
    pub(super) before: u32,
    pub(super) leads: Leads,
    /// The rules that have a selector which ends with this step. It is the same selector for all of them.
    pub(super) rules: Vec<u32>,
    /// The indexes of the exceptions from this selector in the list of all exceptions.
    exceptions: Range<u32>,
}

/// The kinds of steps that follow a step.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Leads {
    pub(super) to_descendants: bool,
    pub(super) to_children: bool,
}

/// What is looked up of elements for the rules of a scope.
#[derive(Debug, Clone)]
pub(super) struct ScopePlan {
    /// Elements that are looked up by their names.
    pub(super) tags: TagSet,
    pub(super) id: Probes,
    pub(super) class: Probes,
    /// What the ids, and the words of the classes, begin with that are looked up.
    pub(super) beginnings: [Beginnings; 2],
    /// The prefixes of the names of the other attributes whose values are looked up.
    pub(super) attributes: PrefixSet,
    /// The same of those that are looked up of elements with the rare name alone.
    pub(super) rare_attributes: PrefixSet,
    /// Whether some condition is on an attribute other than id and class.
    pub(super) other_conditions: bool,
    /// Whether some selector has several steps.
    pub(super) has_steps: bool,
}

#[derive(Debug, Clone)]
pub(super) struct AttributePlan {
    pub(super) name: Box<str>,
    pub(super) probes: Probes,
}

/// The tags of the elements with a name: an element of SVG or `MathML`, whose tag does not tell its name, may
/// have a name of HTML.
fn tags_of(name: &str) -> TagSet {
    TagSet::of(&[Tag::of(name), Tag::Unknown, Tag::Template])
}

impl Compiled {
    pub(super) fn new(rules: &[Rule]) -> Self {
        if rules.is_empty() {
            return Self::default();
        }
        let mut builder = Builder::default();
        builder.scope_of(None);
        let exceptions = builder.exceptions(rules);
        for (index, rule) in (0..).zip(rules) {
            if rule.effect != RuleEffect::Exempt {
                builder.add(index, rule, &exceptions);
            }
        }
        let Builder { mut compiled, entries, .. } = builder;
        compiled.table = Table::new(entries);
        compiled.names_domains = rules.iter().any(|rule| !rule.scope.is_everywhere());
        for plan in &compiled.scopes {
            compiled.named.join(plan.tags);
        }
        compiled
    }

    /// The exceptions from the selector that ends at this node.
    pub(super) fn exceptions(&self, node: &Node) -> &[u32] {
        let Range { start, end } = node.exceptions;
        self.exceptions.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The scope of the rules that are for a domain, if there are any.
    pub(super) fn scope(&self, domain: &str) -> Option<ScopeId> {
        self.scope_ids.get(domain).copied()
    }
}

/// The exceptions from a selector.
enum Exceptions {
    /// One of them is for all sites.
    Everywhere,
    /// They are for some sites: their indexes in the list of all exceptions.
    Somewhere(Range<u32>),
}

/// The most bytes of selectors for each byte of a rule, when the rule is copied into the scope of each of its
/// domains.
const MOST_COPIES: usize = 4;

/// Whether a rule with this number of domains can be copied into the scope of each of them. Thousands of
/// domains before thousands of selectors would make millions of nodes.
fn spreads(rule: &Rule, domains: usize) -> bool {
    let selectors = rule.text.len() - rule.marker;
    domains.saturating_mul(selectors) <= MOST_COPIES * rule.text.len()
}

/// What tells a node from others: its scope, its step, and the node before it.
type NodeName = (ScopeId, Option<Combinator>, u32, u32);

#[derive(Default)]
struct Builder {
    compiled: Compiled,
    compounds: HashMap<Compound, u32>,
    nodes: HashMap<NodeName, u32>,
    /// Those of elements with the rare name are others than those of all elements.
    attributes: HashMap<(ScopeId, bool, Box<str>), u32>,
    entries: Vec<(Key, u32)>,
    uses_of_keys: HashMap<Key, u32>,
}

impl Builder {
    /// The exceptions from each selector.
    fn exceptions<'r>(&mut self, rules: &'r [Rule]) -> HashMap<&'r Selector, Exceptions> {
        let mut by_selector: HashMap<&Selector, Vec<u32>> = HashMap::new();
        for (index, rule) in (0..).zip(rules).filter(|(_, rule)| rule.effect == RuleEffect::Exempt) {
            for selector in &rule.selectors {
                by_selector.entry(selector).or_default().push(index);
            }
        }
        let all = &mut self.compiled.exceptions;
        let mut add = |own: Vec<u32>| {
            if own.iter().any(|&exception| rules[exception as usize].scope.is_everywhere()) {
                return Exceptions::Everywhere;
            }
            let start = next(all);
            all.extend(own);
            Exceptions::Somewhere(start..next(all))
        };
        by_selector.into_iter().map(|(selector, own)| (selector, add(own))).collect()
    }

    fn add(&mut self, index: u32, rule: &Rule, exceptions: &HashMap<&Selector, Exceptions>) {
        let domains = rule.scope.included().count();
        let scopes: Vec<ScopeId> = if domains > 0 && spreads(rule, domains) {
            rule.scope.included().map(|domain| self.scope_of(Some(domain))).collect()
        } else {
            vec![EVERYWHERE]
        };
        for selector in &rule.selectors {
            let exceptions = match exceptions.get(selector) {
                None => 0..0,
                Some(Exceptions::Somewhere(range)) => range.clone(),
                Some(Exceptions::Everywhere) => continue,
            };
            for &scope in &scopes {
                let node = self.node_of(scope, selector);
                let node = &mut self.compiled.nodes[node as usize];
                node.rules.push(index);
                node.exceptions = exceptions.clone();
            }
        }
    }

    fn scope_of(&mut self, domain: Option<&str>) -> ScopeId {
        if let Some(&scope) = domain.and_then(|domain| self.compiled.scope_ids.get(domain)) {
            return scope;
        }
        let scope = next(&self.compiled.scopes);
        self.compiled.scopes.push(ScopePlan {
            tags: TagSet::default(),
            id: Probes::new("id"),
            class: Probes::new("class"),
            beginnings: [Beginnings::default(); 2],
            attributes: PrefixSet::default(),
            rare_attributes: PrefixSet::default(),
            other_conditions: false,
            has_steps: false,
        });
        if let Some(domain) = domain {
            self.compiled.scope_ids.insert(domain.into(), scope);
        }
        scope
    }

    /// The node of the last step of a selector. Selectors that begin with the same steps share the nodes of
    /// these.
    fn node_of(&mut self, scope: ScopeId, selector: &Selector) -> u32 {
        let mut node = 0;
        for step in &selector.0 {
            match step.combinator {
                None => {}
                Some(Combinator::Descendant) => {
                    self.compiled.nodes[node as usize].leads.to_descendants = true;
                }
                Some(Combinator::Child) => self.compiled.nodes[node as usize].leads.to_children = true,
            }
            let compound = self.compound_of(&step.compound);
            let name = (scope, step.combinator, node, compound);
            node = match self.nodes.get(&name) {
                Some(&node) => node,
                None => self.new_node(name, &step.compound),
            };
        }
        node
    }

    fn new_node(&mut self, name: NodeName, compound: &Compound) -> u32 {
        let node = next(&self.compiled.nodes);
        let (scope, combinator, before, compound_id) = name;
        self.compiled.nodes.push(Node {
            compound: compound_id,
            combinator,
            before,
            leads: Leads::default(),
            rules: Vec::new(),
            exceptions: 0..0,
        });
        self.nodes.insert(name, node);
        let plan = &mut self.compiled.scopes[scope as usize];
        plan.has_steps |= combinator.is_some();
        let handle = Handle::of(compound);
        plan.other_conditions |= compound.asks_for_others() && !handle.is_of_rare();
        let keys = self.keys_of(scope, handle);
        // The key that the fewest other nodes have; of several the last one, because many values begin alike.
        if let Some(key) = keys.into_iter().rev().min_by_key(|key| self.uses_of_keys.get(key).copied()) {
            *self.uses_of_keys.entry(key).or_insert(0) += 1;
            self.entries.push((key, node));
        }
        node
    }

    /// The keys by each of which the elements that have a handle are found, which the plan of the scope looks
    /// for from now on.
    fn keys_of(&mut self, scope: ScopeId, handle: Handle<'_>) -> Vec<Key> {
        let plan = &mut self.compiled.scopes[scope as usize];
        match handle {
            Handle::Id(id) => {
                plan.beginnings[0].add(id);
                vec![key::id_key(scope, id)]
            }
            Handle::Class(class) => {
                plan.beginnings[1].add(class);
                vec![key::class_key(scope, class)]
            }
            Handle::Attribute("id", part) => {
                plan.beginnings[0].add_part(part);
                plan.id.add(scope, part)
            }
            Handle::Attribute("class", part) => {
                plan.beginnings[1].add_part(part);
                plan.class.add(scope, part)
            }
            Handle::Attribute(name, part) => self.attribute_part(scope, false, name, part),
            Handle::RareAttribute(name, part) => {
                plan.tags.join(tags_of(key::RARE_NAME));
                let mut keys = self.attribute_part(scope, true, name, part);
                // Many URLs end alike too: those in the middle come last.
                let middle = keys.len() / 2;
                keys.rotate_left(middle);
                keys
            }
            Handle::Name(name) => {
                plan.tags.join(tags_of(name));
                vec![key::name_key(scope, name)]
            }
            Handle::None => {
                plan.tags = TagSet::ALL;
                vec![key::any_key(scope)]
            }
        }
    }

    fn compound_of(&mut self, compound: &Compound) -> u32 {
        if let Some(&id) = self.compounds.get(compound) {
            return id;
        }
        let id = next(&self.compiled.compounds);
        self.compiled.compounds.push(compound.clone());
        self.compounds.insert(compound.clone(), id);
        id
    }

    fn attribute_part(&mut self, scope: ScopeId, of_rare: bool, name: &str, part: Part<'_>) -> Vec<Key> {
        let next = next(&self.compiled.attributes);
        let id = *self.attributes.entry((scope, of_rare, name.into())).or_insert(next);
        if id == next {
            self.compiled.attributes.push(AttributePlan { name: name.into(), probes: Probes::new(name) });
            let plan = &mut self.compiled.scopes[scope as usize];
            let looked_up = if of_rare { &mut plan.rare_attributes } else { &mut plan.attributes };
            looked_up.insert(NamePrefix::of(name.as_bytes()));
            self.entries.push((key::attribute_key(scope, of_rare, hash(name.as_bytes())), id));
        }
        self.compiled.attributes[id as usize].probes.add(scope, part)
    }
}

/// The index of what is added to the list next. A list of rules is shorter than four billion bytes.
fn next<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
