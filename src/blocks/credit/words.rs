//! The words of `credits.txt`, and how they are looked up.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::word_list::words;

/// Words before a colon that announce a name.
pub(super) const BEFORE_COLON: &[&str] = words!("../credits.txt", "before a colon");

/// Words before a colon that announce a name, or say what the picture shows.
pub(super) const BEFORE_COLON_AND_NAME: &[&str] =
    words!("../credits.txt", "before a colon and what looks like a name");

/// Words before a colon that announce a photographer, if what looks like a name follows.
const BEFORE_COLON_AND_PHOTOGRAPHER: &[&str] = words!("../credits.txt", "before a colon and a photographer");

/// Words before a slash or a bar that announce a name.
pub(super) const BEFORE_SLASH: &[&str] = words!("../credits.txt", "before a slash");

/// Words before a dot in the middle of the line that announce a name.
pub(super) const BEFORE_DOT: &[&str] = words!("../credits.txt", "before a dot");

/// Words that announce a name where a longer text before a colon ends with them.
pub(super) const ENDS_BEFORE_COLON: &[&str] = words!("../credits.txt", "at the end of a text before a colon");

/// Phrases that a name follows after a space.
pub(super) const OPENING: &[&str] = words!("../credits.txt", "before a name");

/// Phrases that a name follows at once.
pub(super) const OPENING_GLUED: &[&str] = words!("../credits.txt", "before a name without a space");

/// Signs that a name follows.
pub(super) const SIGNS: &[&str] = words!("../credits.txt", "signs before a name");

/// Words after a name in brackets that are not part of it.
pub(super) const AFTER_NAME: &[&str] = words!("../credits.txt", "after a name");

/// Words after the name of who gave a picture.
pub(super) const GIVES: &[&str] = words!("../credits.txt", "after the name of a giver");

/// Words after a name at the end of a caption.
pub(super) const AFTER_LAST_NAME: &[&str] = words!("../credits.txt", "after a name at the end");

/// Words before a name that is followed by one of those words.
pub(super) const BEFORE_NAME: &[&str] = words!("../credits.txt", "before a name with a word after it");

/// Those who give pictures.
pub(super) const GIVERS: &[&str] = words!("../credits.txt", "gives pictures");

/// What the end of a sentence holds that is no name.
pub(super) const NOT_IN_LAST_NAME: &[&str] = words!("../credits.txt", "not in a name at the end");

/// Words in the names of agencies.
const AGENCY_WORDS: &[&str] = words!("../credits.txt", "in the name of an agency");

/// Words after the names of agencies.
const AFTER_AGENCY: &[&str] = words!("../credits.txt", "after the name of an agency");

/// How the names of agencies end in scripts that put no spaces between words.
const AGENCY_ENDS: &[&str] = words!("../credits.txt", "at the end of the name of an agency");

/// Whole names of agencies.
const AGENCIES: &[&str] = words!("../credits.txt", "whole name of an agency");

/// What stands where a name stands, and names nobody.
const NOBODY: &[&str] = words!("../credits.txt", "names nobody");

/// How texts end that name nobody.
const NOBODY_ENDS: &[&str] = words!("../credits.txt", "ends what names nobody");

/// What follows a word that announces a name where it announces none.
pub(super) const NOT_AT_START: &[&str] = words!("../credits.txt", "not at the start of a name");

/// Words in lower case inside a name.
const PARTICLES: &[&str] = words!("../credits.txt", "inside a name");

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: &[&str] = words!("../credits.txt", "before a full stop");

/// How sure it is that a name follows a word and a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announces {
    Name,
    /// A name, or what the picture shows.
    NameOrScene,
    /// A name, or what the picture shows; the photographer if it comes after a [`Self::NameOrScene`].
    Photographer,
}

/// The words before a colon. Hashed, since there are many, and each colon asks.
static BEFORE_COLONS: LazyLock<HashMap<&str, Announces>> = LazyLock::new(|| {
    let sure = BEFORE_COLON.iter().map(|word| (*word, Announces::Name));
    let unsure = BEFORE_COLON_AND_NAME.iter().map(|word| (*word, Announces::NameOrScene));
    let photographers = BEFORE_COLON_AND_PHOTOGRAPHER.iter().map(|word| (*word, Announces::Photographer));
    sure.chain(unsure).chain(photographers).collect()
});

/// What a word before a colon announces, in letters of either case.
pub(super) fn before_colon(word: &str) -> Option<Announces> {
    /// The longest entry has fewer bytes.
    const LONGEST: usize = 40;
    if word.len() > LONGEST || word.is_empty() {
        return None;
    }
    let is_lower = !word.chars().any(char::is_uppercase);
    let word = if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
    BEFORE_COLONS.get(&*word).copied()
}

/// Words in slots by two of their bytes, at their beginning or at their end. A text is compared with those
/// that have its own two bytes, which are few, in their order.
struct Slots(Vec<Vec<&'static str>>);

impl Slots {
    const COUNT: usize = 256;

    fn by_start(words: &[&'static str]) -> Self {
        Self::by(words, Self::of_start)
    }

    fn by_end(words: &[&'static str]) -> Self {
        Self::by(words, Self::of_end)
    }

    fn by(words: &[&'static str], slot_of: fn(&str) -> usize) -> Self {
        let mut slots = vec![Vec::new(); Self::COUNT];
        for word in words {
            slots[slot_of(word)].push(*word);
        }
        Self(slots)
    }

    /// The words that a text may begin with.
    #[inline]
    fn starting(&self, text: &str) -> &[&'static str] {
        &self.0[Self::of_start(text)]
    }

    /// The words that a text may end with.
    #[inline]
    fn ending(&self, text: &str) -> &[&'static str] {
        &self.0[Self::of_end(text)]
    }

    #[inline]
    fn of_start(text: &str) -> usize {
        if let [first, second, ..] = text.as_bytes() { Self::of(*first, *second) } else { 0 }
    }

    #[inline]
    fn of_end(text: &str) -> usize {
        if let [.., first, second] = text.as_bytes() { Self::of(*first, *second) } else { 0 }
    }

    /// The slot of two bytes, which may be letters of either case.
    #[inline]
    fn of(first: u8, second: u8) -> usize {
        let [first, second] = [first, second].map(|byte| usize::from(byte.to_ascii_lowercase()));
        (first * 31 + second) % Self::COUNT
    }
}

static OPENING_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_start(OPENING));
static AGENCY_WORD_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_start(AGENCY_WORDS));
static NOBODY_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_start(NOBODY));
static NOBODY_END_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_end(NOBODY_ENDS));
static AGENCY_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_end(AGENCIES));
static AGENCY_END_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_end(AGENCY_ENDS));
static AFTER_NAME_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_end(AFTER_NAME));
static AFTER_LAST_NAME_SLOTS: LazyLock<Slots> = LazyLock::new(|| Slots::by_end(AFTER_LAST_NAME));

/// The text after a phrase that a name follows after a space. After dots, it may follow at once.
pub(super) fn after_opening(text: &str) -> Option<&str> {
    let phrases = OPENING_SLOTS.starting(text);
    phrases.iter().find_map(|words| {
        if words.ends_with("...") {
            let start = text.get(..words.len())?;
            return start.eq_ignore_ascii_case(words).then(|| &text[words.len()..]);
        }
        rest_after_word(text, words)?.strip_prefix([' ', '\u{a0}'])
    })
}

/// The text before a word that follows a name in brackets.
pub(super) fn before_word(text: &str) -> Option<&str> {
    AFTER_NAME_SLOTS.ending(text).iter().find_map(|word| text.strip_suffix(word))
}

/// A word that follows a name at the end of a caption, and the text before it.
pub(super) fn last_word(text: &str) -> Option<(&'static str, &str)> {
    AFTER_LAST_NAME_SLOTS.ending(text).iter().find_map(|word| Some((*word, text.strip_suffix(word)?)))
}

/// The rest of a text after a word that it begins with, in ASCII letters of either case.
#[inline]
pub(super) fn rest_after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.as_bytes().get(..word.len())?;
    // Most words differ in the first letter.
    if !start[0].eq_ignore_ascii_case(&word.as_bytes()[0]) || !start.eq_ignore_ascii_case(word.as_bytes()) {
        return None;
    }
    text.get(word.len()..).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether one of the words that agencies are known by is in a name.
pub(super) fn names_agency(name: &str) -> bool {
    is_agency(name)
        // Most names of the languages that these are in have no letter of the others.
        || name.bytes().any(|byte| byte.is_ascii_alphabetic()) && has_agency_word(name)
}

/// Whether a name in a script without spaces is that of an agency.
pub(super) fn is_agency(name: &str) -> bool {
    is_whole_agency(name) || AGENCY_END_SLOTS.ending(name).iter().any(|ending| name.ends_with(ending))
}

/// Whether a text ends with the name of an agency, in a script without spaces.
pub(super) fn ends_like_agency(text: &str) -> bool {
    [&AGENCY_SLOTS, &AGENCY_END_SLOTS]
        .iter()
        .any(|slots| slots.ending(text).iter().any(|end| text.ends_with(end)))
}

/// Whether a name is one of the whole names of agencies.
pub(super) fn is_whole_agency(name: &str) -> bool {
    AGENCY_SLOTS.ending(name).contains(&name)
}

fn has_agency_word(name: &str) -> bool {
    let mut is_word_start = true;
    name.char_indices().any(|(at, c)| {
        let is_start = std::mem::replace(&mut is_word_start, !c.is_alphanumeric()) && c.is_alphanumeric();
        is_start && after_agency_word(&name[at..]).is_some()
    })
}

/// The rest of a text after the name of an agency that it begins with.
pub(super) fn after_agency_word(text: &str) -> Option<&str> {
    AGENCY_WORD_SLOTS.starting(text).iter().find_map(|word| rest_after_word(text, word))
}

/// Whether a word may come after the name of an agency.
pub(super) fn is_after_agency(word: &str) -> bool {
    AFTER_AGENCY.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a text stands where a name stands, and names nobody.
pub(super) fn names_nobody(text: &str) -> bool {
    NOBODY_SLOTS.starting(text).iter().any(|known| known.eq_ignore_ascii_case(text))
        || NOBODY_END_SLOTS.ending(text).iter().any(|ending| text.ends_with(ending))
}

/// Whether a word in lower case may be inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a word before a full stop is short for a longer one.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}
