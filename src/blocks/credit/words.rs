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
}

/// The words before a colon. Hashed, since there are many, and each colon asks.
static BEFORE_COLONS: LazyLock<HashMap<&str, Announces>> = LazyLock::new(|| {
    let sure = BEFORE_COLON.iter().map(|word| (*word, Announces::Name));
    let unsure = BEFORE_COLON_AND_NAME.iter().map(|word| (*word, Announces::NameOrScene));
    sure.chain(unsure).collect()
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
    AGENCIES.contains(&name) || AGENCY_ENDS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a text ends with the name of an agency, in a script without spaces.
pub(super) fn ends_like_agency(text: &str) -> bool {
    AGENCIES.iter().chain(AGENCY_ENDS).any(|ending| text.ends_with(ending))
}

/// Whether a name is one of the whole names of agencies.
pub(super) fn is_whole_agency(name: &str) -> bool {
    AGENCIES.contains(&name)
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
    AGENCY_WORDS.iter().find_map(|word| rest_after_word(text, word))
}

/// Whether a word may come after the name of an agency.
pub(super) fn is_after_agency(word: &str) -> bool {
    AFTER_AGENCY.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a text stands where a name stands, and names nobody.
pub(super) fn names_nobody(text: &str) -> bool {
    NOBODY.iter().any(|known| known.eq_ignore_ascii_case(text))
        || NOBODY_ENDS.iter().any(|ending| text.ends_with(ending))
}

/// Whether a word in lower case may be inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a word before a full stop is short for a longer one.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}
