//! What the search for rules remembers of the elements of a post.

use std::collections::BTreeMap;
use std::ptr;

use super::compiled::Node;
use super::selector::Combinator;
use crate::equal::is_equal;
use crate::html::event::Tag;

/// The source of the attributes that rules look at: of id and class, or of all.
pub(super) type Looks<'a> = [Option<&'a str>; 2];

/// How many classes are remembered: as many as a number has bits.
const CLASSES: usize = u64::BITS as usize;

/// What has been found out about the classes of a post.
struct Classes<'a> {
    /// The sources of some classes, each in the place of its [number](number_of).
    sources: [Option<&'a str>; CLASSES],
    /// A bit for each of them: whether anything in it may be a key.
    found: u64,
}

impl Default for Classes<'_> {
    fn default() -> Self {
        Self { sources: [None; CLASSES], found: 0 }
    }
}

#[derive(Default)]
pub(super) struct Memory<'a> {
    /// The open elements that steps of selectors have been found at and that a further step may be inside of;
    /// of each step the outermost.
    around: OpenSteps,
    /// The open elements that a further step may be right inside of.
    parents: OpenSteps,
    /// Elements, and the rules that they have been found to match, by the lengths of their attributes: those
    /// of a page are much alike.
    found: [Option<(Tag, Looks<'a>, Option<u32>)>; 32],
    classes: Classes<'a>,
    /// What the rules and the exceptions that many share a selector come to on this page, by their nodes.
    pub(super) verdicts: BTreeMap<u32, Option<u32>>,
}

/// Steps of selectors that have been found at open elements.
#[derive(Default)]
struct OpenSteps {
    /// Of each, the number of open elements around it, and its key in `depths`.
    open: Vec<(usize, Name)>,
    depths: BTreeMap<Name, usize>,
}

/// A step, and what else tells it from others.
type Name = (u32, usize);

impl OpenSteps {
    fn depth_of(&self, name: Name) -> Option<usize> {
        if self.open.is_empty() { None } else { self.depths.get(&name).copied() }
    }

    /// Notes a step at an element of this depth. One of this name that is open already stays.
    fn add(&mut self, name: Name, depth: usize) {
        self.depths.entry(name).or_insert_with(|| {
            self.open.push((depth, name));
            depth
        });
    }

    /// The number of elements that are open around the innermost of them and it itself; none without one.
    #[inline]
    fn depth(&self) -> usize {
        self.open.last().map_or(0, |(around, _)| around + 1)
    }

    fn close(&mut self, depth: usize) {
        while let Some((_, name)) = self.open.last().filter(|(other, _)| *other >= depth) {
            self.depths.remove(name);
            self.open.pop();
        }
    }
}

impl<'a> Memory<'a> {
    /// With fewer elements around one that closes, there is something to be forgotten.
    #[inline]
    pub(super) fn depth(&self) -> usize {
        self.around.depth().max(self.parents.depth())
    }

    /// Forgets an element that closes, around which `depth` elements are open.
    pub(super) fn close(&mut self, depth: usize) {
        self.around.close(depth);
        self.parents.close(depth);
    }

    /// Whether an element at this depth is where the combinator of the step wants it: inside, or right
    /// inside, an element that the step before was found at.
    pub(super) fn fits(&self, node: &Node, depth: usize) -> bool {
        match node.combinator {
            None => true,
            Some(Combinator::Descendant) => {
                self.around.depth_of((node.before, 0)).is_some_and(|other| other < depth)
            }
            Some(Combinator::Child) => depth
                .checked_sub(1)
                .is_some_and(|parent| self.parents.depth_of((node.before, parent)).is_some()),
        }
    }

    /// The step has been found at an element of this depth.
    pub(super) fn found(&mut self, number: u32, node: &Node, depth: usize) {
        if node.leads.to_descendants {
            self.around.add((number, 0), depth);
        }
        if node.leads.to_children {
            self.parents.add((number, depth), depth);
        }
    }

    /// Whether anything in a class with this source may be a key, if it is remembered: it is for most
    /// elements.
    #[inline]
    pub(super) fn known_class(&self, source: &str) -> Option<bool> {
        let number = number_of(source)?;
        let other = self.classes.sources[number]?;
        is_equal(other, source).then_some(self.classes.found >> number & 1 == 1)
    }

    /// The same for any class. What is not remembered is found out now.
    #[inline]
    pub(super) fn recall_class(&mut self, source: &'a str, look: impl FnOnce() -> bool) -> bool {
        let Some(number) = number_of(source) else { return look() };
        let Classes { sources, found } = &mut self.classes;
        let is_known = sources[number].is_some_and(|other| is_equal(other, source));
        if !is_known {
            sources[number] = Some(source);
            *found = *found & !(1 << number) | u64::from(look()) << number;
        }
        *found >> number & 1 == 1
    }

    /// What has been found for an element like this one, or is found now.
    #[inline]
    pub(super) fn recall(
        &mut self,
        tag: Tag,
        looks: Looks<'a>,
        search: impl FnOnce(&mut Self) -> Option<u32>,
    ) -> Option<u32> {
        let number = spread(looks) % self.found.len();
        let is_same = |other: &Looks<'_>| same(other[0], looks[0]) && same(other[1], looks[1]);
        match &self.found[number] {
            Some((other, its_looks, found)) if *other == tag && is_same(its_looks) => *found,
            _ => {
                let found = search(self);
                self.found[number] = Some((tag, looks, found));
                found
            }
        }
    }
}

/// A number that mostly differs where classes do; none for a short one, which is as quickly looked at.
#[inline]
fn number_of(class: &str) -> Option<usize> {
    let head = u64::from_le_bytes(*class.as_bytes().first_chunk()?);
    let tail = u64::from_le_bytes(*class.as_bytes().last_chunk()?);
    let mixed = head.wrapping_add(tail).wrapping_mul(0x9fb2_1c65_1e98_df25);
    Some((mixed >> 32) as usize % CLASSES)
}

/// Whether two texts are equal. Most often equal texts are the same bytes of the source: a formatting element
/// that goes on in the next paragraph is the same tag of the source.
fn same(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => ptr::eq(one, other) || is_equal(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// A number that mostly differs where the attributes do.
fn spread(looks: Looks<'_>) -> usize {
    looks.into_iter().flatten().map(spread_of).sum()
}

/// The same for the source of one attribute.
#[inline]
fn spread_of(source: &str) -> usize {
    source.len() + 3 * source.as_bytes().last().map_or(0, |last| usize::from(*last))
}
