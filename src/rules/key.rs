//! The keys under which compounds are found: what to look up of an element, so that a rule is looked at only
//! where it may match.
//!
//! The key of a compound is made of one of its conditions: the id, else a class, else a name that is rare,
//! else an attribute, else the name. If that condition is on a part of a value, the key is made of a piece of
//! the part: of its prefix where the value begins with the part, else of a few bytes that are looked up at
//! every position of the value.

use super::selector::{Compound, Condition, Test};
use super::table::{Key, hash};
use crate::html::event::{Tag, words};

/// The binary logarithm of the most bytes of a prefix that are looked up.
const LONGEST_PREFIX: u32 = 7;
/// The most bytes that are looked up at every position of a value.
const LONGEST_PIECE: usize = 4;

/// Of the elements that lists have rules for, the one that a post has the fewest of, and its name.
pub(super) const RARE: Tag = Tag::Iframe;
pub(super) const RARE_NAME: &str = "iframe";

/// How a compound is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handle<'s> {
    Id(&'s str),
    Class(&'s str),
    /// By something about the attribute with this name.
    Attribute(&'s str, Part<'s>),
    Name(&'s str),
    /// By something about the attribute with this name, other than id and class, of an element with the rare
    /// name.
    RareAttribute(&'s str, Part<'s>),
    /// There is nothing to look up.
    None,
}

/// What is known of an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'s> {
    /// The attribute is there.
    Anything,
    /// The value begins with this; of a class, one of its words does.
    Prefix(&'s str),
    /// The value holds this.
    Piece(&'s str),
}

impl Part<'_> {
    /// A measure of how few values have the part.
    fn rarity(self) -> usize {
        match self {
            Self::Anything => 0,
            // A prefix is looked up once, a piece at every position.
            Self::Prefix(text) => 2 * text.len(),
            Self::Piece(text) => text.len(),
        }
    }
}

impl<'s> Handle<'s> {
    /// Whether only elements with a rare name are found. Conditions on other attributes than id and class are
    /// then looked at for these elements alone, and cost all others nothing.
    pub(super) fn is_of_rare(self) -> bool {
        match self {
            Self::RareAttribute(..) => true,
            Self::Name(name) => is_rare(name),
            Self::Id(_) | Self::Class(_) | Self::Attribute(..) | Self::None => false,
        }
    }

    /// The handle that the fewest elements are likely to have.
    pub(super) fn of(compound: &'s Compound) -> Self {
        let Compound { name, id, classes, attributes, nots: _ } = compound;
        if let Some(id) = id {
            return Self::Id(id);
        }
        let own = classes.iter().map(String::as_str);
        let classes = own.chain(attributes.iter().filter_map(|condition| class_word(condition, true)));
        if let Some(class) = classes.max_by_key(|class| class.len()) {
            return Self::Class(class);
        }
        let is_rare = name.as_deref().is_some_and(is_rare);
        let attributes = attributes.iter().filter(|condition| !is_rare || condition.is_on_other());
        let parts = attributes.map(|condition| (condition, part(condition)));
        match parts.max_by_key(|(_, part)| part.rarity()) {
            Some((condition, part)) if is_rare => Self::RareAttribute(&condition.name, part),
            Some((condition, part)) => Self::Attribute(&condition.name, part),
            None => name.as_deref().map_or(Self::None, Self::Name),
        }
    }
}

/// Whether a post has few elements with this name, so that they are found by it.
///
/// Lists have many rules for the URLs of frames, which are found by pieces of the URL. If this were not done
/// for frames alone, every position of every image's URL would be looked up.
fn is_rare(name: &str) -> bool {
    name == RARE_NAME
}

fn part(condition: &Condition) -> Part<'_> {
    if let Some(prefix) = class_word(condition, false) {
        return Part::Prefix(prefix);
    }
    match &condition.test {
        Test::Present => Part::Anything,
        Test::Equals(text) if text.is_empty() => Part::Anything,
        // The beginning of a class may be white space, or several words.
        Test::Equals(text) | Test::StartsWith(text) if condition.name != "class" => Part::Prefix(text),
        Test::Equals(text)
        | Test::StartsWith(text)
        | Test::EndsWith(text)
        | Test::Contains(text)
        | Test::HasWord(text) => Part::Piece(text),
    }
}

/// The longest text that is a word, or the beginning of one, of every class that meets the condition.
fn class_word(condition: &Condition, is_whole: bool) -> Option<&str> {
    let (text, at_start, at_end) = match &condition.test {
        _ if condition.name != "class" => return None,
        Test::Present => return None,
        Test::Equals(text) | Test::HasWord(text) => (text, true, true),
        Test::StartsWith(text) => (text, true, false),
        Test::EndsWith(text) => (text, false, true),
        Test::Contains(text) => (text, false, false),
    };
    let is_space = |c: char| c.is_ascii_whitespace();
    let (at_start, at_end) = (at_start || text.starts_with(is_space), at_end || text.ends_with(is_space));
    let last = words(text).count().checked_sub(1)?;
    let fits = |&(index, _): &(usize, &str)| (index > 0 || at_start) && (!is_whole || index < last || at_end);
    words(text).enumerate().filter(fits).map(|(_, word)| word).max_by_key(|word| word.len())
}

/// Rules for the same sites.
pub(super) type ScopeId = u32;

/// What a key is the key of.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Kind {
    Id,
    Class,
    Name,
    Any,
    /// The name of an attribute that some rule has a condition on.
    Attribute,
    /// The same for elements with the rare name.
    RareAttribute,
    Anything,
    /// With the length in the low bits.
    Piece = 0x08,
    /// With the binary logarithm of the length in the low bits.
    Prefix = 0x10,
}

fn key(scope: ScopeId, kind: Kind, size: u32, hash: u64) -> Key {
    Key::new((u64::from(scope) << 8) | (u64::from(size) + kind as u64), hash)
}

pub(super) fn id_key(scope: ScopeId, id: &str) -> Key {
    key(scope, Kind::Id, 0, hash(id.as_bytes()))
}

pub(super) fn class_key(scope: ScopeId, class: &str) -> Key {
    key(scope, Kind::Class, 0, hash(class.as_bytes()))
}

pub(super) fn name_key(scope: ScopeId, name: &str) -> Key {
    key(scope, Kind::Name, 0, hash(name.as_bytes()))
}

pub(super) fn any_key(scope: ScopeId) -> Key {
    key(scope, Kind::Any, 0, 0)
}

/// The key of an attribute, of elements with the rare name or of all, by its name in lower case, hashed.
pub(super) fn attribute_key(scope: ScopeId, of_rare: bool, name: u64) -> Key {
    key(scope, if of_rare { Kind::RareAttribute } else { Kind::Attribute }, 0, name)
}

/// What is looked up of the values of one attribute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Probes {
    /// The hash of the attribute's name, so that equal parts of different attributes have different keys.
    salt: u64,
    anything: bool,
    /// A bit for each length of a prefix that is looked up: for its binary logarithm.
    prefixes: u8,
    /// A bit for each length of a piece that is looked up.
    pieces: u8,
}

impl Probes {
    pub(super) fn new(name: &str) -> Self {
        Self { salt: hash(name.as_bytes()).rotate_left(32), ..Self::default() }
    }

    /// From now on, values are looked up for this part too. Returns keys, each of which finds the part.
    pub(super) fn add(&mut self, scope: ScopeId, part: Part<'_>) -> Vec<Key> {
        match part {
            Part::Anything => {
                self.anything = true;
                vec![self.anything_key(scope)]
            }
            Part::Prefix(text) => {
                let size = text.len().max(1).ilog2().min(LONGEST_PREFIX);
                self.prefixes |= 1 << size;
                vec![self.prefix_key(scope, size, &text.as_bytes()[..1 << size])]
            }
            Part::Piece(text) => {
                let length = text.len().min(LONGEST_PIECE);
                self.pieces |= 1 << length;
                text.as_bytes().windows(length).map(|piece| self.piece_key(scope, piece)).collect()
            }
        }
    }

    fn anything_key(self, scope: ScopeId) -> Key {
        key(scope, Kind::Anything, 0, self.salt)
    }

    fn prefix_key(self, scope: ScopeId, size: u32, prefix: &[u8]) -> Key {
        key(scope, Kind::Prefix, size, self.salt ^ hash(prefix))
    }

    #[inline]
    fn piece_key(self, scope: ScopeId, piece: &[u8]) -> Key {
        let size = u32::try_from(piece.len()).unwrap_or(0);
        // A piece is short enough to be its own hash.
        let number = match piece {
            [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
            _ => piece.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)),
        };
        key(scope, Kind::Piece, size, self.salt ^ u64::from(number))
    }

    /// Visits the keys of a value, other than those of its prefixes.
    #[inline]
    pub(super) fn look_up(self, scope: ScopeId, value: &str, mut visit: impl FnMut(Key)) {
        if self.anything {
            visit(self.anything_key(scope));
        }
        if self.pieces == 0 {
            return;
        }
        for length in (1..=LONGEST_PIECE).filter(|length| self.pieces >> length & 1 == 1) {
            for piece in value.as_bytes().windows(length) {
                visit(self.piece_key(scope, piece));
            }
        }
    }

    /// Visits the keys of the prefixes of a value, or of a word of a class.
    #[inline]
    pub(super) fn look_up_prefixes(self, scope: ScopeId, text: &str, mut visit: impl FnMut(Key)) {
        let mut sizes = self.prefixes;
        while sizes != 0 {
            let size = sizes.trailing_zeros();
            let Some(prefix) = text.as_bytes().get(..1 << size) else { return };
            visit(self.prefix_key(scope, size, prefix));
            sizes &= sizes - 1;
        }
    }
}
