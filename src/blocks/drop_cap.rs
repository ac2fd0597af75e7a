//! Drop capitals: the large first letter of a text, which pages put into an element of its own.
//!
//! A page whose tags stand on lines of their own has white space after that element, and so have pages that
//! let the letter float, where no browser shows it. The letter is joined with the rest of its word if that is
//! in lower case, or all of it in capitals. A letter that is a word itself, as `A` and `I` are in English, is
//! joined only if what follows cannot be a word: in doubt the white space stays.

use super::plain_classes::PlainClasses;
use crate::chars::is_cjk;
use crate::equal::is_equal;
use crate::html::event::{Attributes, Tag, words};
use crate::references::decode_attribute;
use crate::word_list::words;

/// Classes of the elements that hold drop capitals.
const CLASSES: &[&str] = words!("drop_caps.txt", "classes");

/// Words that begin with a letter that is a word itself.
const WORDS: &[&str] = words!("drop_caps.txt", "words");

/// Whether an inline element at the beginning of a text may hold a drop capital, as its class or its style
/// tells.
pub(super) fn is_inline<'a>(tag: Tag, attrs: &Attributes<'a>, plain: &mut PlainClasses<'a>) -> bool {
    plain.look(attrs, |attrs| has_class(attrs).then_some(())).is_some()
        || tag == Tag::Font && attrs.get("size").is_some()
        || attrs.may_be_special()
            && matches!(tag, Tag::Span | Tag::Font | Tag::Strong | Tag::B)
            && attrs.get("style").is_some_and(|style| floats_left(&style))
}

/// Whether the source of a class holds that of a drop capital.
pub(super) fn is_source_of_class(source: &str) -> bool {
    holds_class(&decode_attribute(source))
}

/// Whether one of the classes is that of a drop capital.
pub(super) fn has_class(attrs: &Attributes<'_>) -> bool {
    attrs.class().is_some_and(|class| holds_class(&class))
}

fn holds_class(value: &str) -> bool {
    words(value).any(is_class)
}

/// Whether a class begins, and ends, with letters of one of those of drop capitals, as few others do.
#[inline]
fn may_be_class(name: &[u8]) -> bool {
    /// For each first letter, which letters are the second one or the last one: a bit for each.
    const LETTERS: [(u32, u32); 32] = {
        let mut letters = [(0, 0); 32];
        let mut any = (0, 0);
        let mut index = 0;
        while index < CLASSES.len() {
            let class = CLASSES[index].as_bytes();
            let (second, last) = (1 << (class[1] & 31), 1 << (class[class.len() - 1] & 31));
            let first = &mut letters[(class[0] & 31) as usize];
            *first = (first.0 | second, first.1 | last);
            any = (u32::MAX, any.1 | last);
            index += 1;
        }
        // A hyphen in the place of the first letter, or of the second one, says nothing.
        letters[(b'-' & 31) as usize] = any;
        letters[(b'_' & 31) as usize] = any;
        letters
    };
    let [first, second, .., last] = name else { return false };
    let (seconds, lasts) = LETTERS[usize::from(first & 31)];
    (seconds >> (second & 31) & 1 == 1 || matches!(second, b'-' | b'_')) && lasts >> (last & 31) & 1 == 1
}

fn is_class(name: &str) -> bool {
    let mut name = name.as_bytes();
    // A number after the name tells styles of one page apart.
    while let [before @ .., b'0'..=b'9'] = name {
        name = before;
    }
    // The longest class is shorter than that, with its hyphens.
    if name.len() > 24 || !may_be_class(name) {
        return false;
    }
    let mut letters = name.iter().filter(|byte| !matches!(byte, b'-' | b'_')).map(u8::to_ascii_lowercase);
    let mut buffer = [0; 24];
    let mut length = 0;
    for (place, letter) in buffer.iter_mut().zip(&mut letters) {
        *place = letter;
        length += 1;
    }
    letters.next().is_none() && CLASSES.iter().any(|class| is_equal(class, &buffer[..length]))
}

/// Whether an inline style makes an element float at the left.
fn floats_left(style: &str) -> bool {
    // Most styles hold no word that begins like `float`.
    let may_float = style.as_bytes().windows(2).any(|pair| matches!(pair, [b'f' | b'F', b'l' | b'L']));
    may_float
        && style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
            name.trim().eq_ignore_ascii_case("float") && value.trim().to_ascii_lowercase().starts_with("left")
        })
}

/// The letter that the image of a drop capital stands for, if it is one: its `alt` is a capital, and its
/// class, its URL or its place at the left says the rest.
pub(super) fn letter_of_image<'t>(alt: &'t str, attrs: &Attributes<'_>) -> Option<&'t str> {
    let letter = alt.trim_ascii();
    if !is_letter(letter) {
        return None;
    }
    let is_named = |src: &str| {
        let name = src.rsplit('/').next().unwrap_or_default().to_ascii_lowercase().replace(['-', '_'], "");
        ["dropcap", "initial", "lettrine"].iter().any(|word| name.contains(word))
    };
    let is_one = has_class(attrs)
        || attrs.get("src").is_some_and(|src| is_named(&src))
        || attrs.get("style").is_some_and(|style| floats_left(&style))
        || attrs.get("align").is_some_and(|align| align.trim().eq_ignore_ascii_case("left"));
    is_one.then_some(letter)
}

/// Whether the text is one letter that can begin a sentence, and perhaps a quotation mark before it.
pub(super) fn is_letter(text: &str) -> bool {
    let mut chars = text.trim_start_matches(['“', '‘', '"', '\'', '«', '„', '¿', '¡', '「', '『']).chars();
    let (first, second) = (chars.next(), chars.next());
    first.is_some_and(|c| c.is_uppercase() || is_cjk(c) && c.is_alphabetic()) && second.is_none()
}

/// Whether a text that begins with `first` can go on with the word of the drop capital that `text` is.
/// `may_be_capitals` says whether all of the word may be in capitals.
///
/// Texts come in pieces, so no more than one character is known. If this is so, [`is_word_rest`] looks at the
/// word later.
pub(super) fn may_go_on(text: &str, first: Option<char>, may_be_capitals: bool) -> bool {
    let (Some(capital), Some(first)) = (text.chars().next_back(), first) else { return false };
    if is_cjk(capital) {
        return is_cjk(first);
    }
    first.is_lowercase() || first == '’' || may_be_capitals && first.is_uppercase()
}

/// Whether the rest of a word, with what comes after it, does go on with the drop capital that `text` is.
/// `is_blank` says whether there are blanks between them in the source, and no line break or block boundary.
pub(super) fn is_word_rest(text: &str, rest: &str, after: Option<char>, is_blank: bool) -> bool {
    let Some(capital) = text.chars().next_back() else { return false };
    // In CJK, or before an apostrophe.
    if is_cjk(capital) || rest.is_empty() {
        return true;
    }
    let is_all_capitals = rest.chars().all(char::is_uppercase);
    if !rest.starts_with(char::is_lowercase) && !is_all_capitals {
        return false;
    }
    if is_word(capital) {
        // `A mid-sized house`: both of a compound are words.
        return after != Some('-') && is_rest_of_word(capital, rest);
    }
    // In Slavic languages some more letters are words: `V příští`.
    !(is_blank && is_slavic_word(capital) && has_slavic_letter(rest))
}

/// Whether the letter is a word in some language that has many readers.
fn is_word(capital: char) -> bool {
    matches!(
        capital,
        'A' | 'E' | 'I' | 'O' | 'U' | 'Y' | 'À' | 'Á' | 'È' | 'É' | 'Ó' | 'Ò' | 'Å' | 'Ö' | 'Ő' | 'Í'
    ) || matches!(
        capital,
        'А' | 'Б' | 'В' | 'Ж' | 'З' | 'И' | 'К' | 'О' | 'С' | 'У' | 'Э' | 'Я' | 'І' | 'Й' | 'Є'
    ) || matches!(capital, 'Η' | 'Ο' | 'Ω')
}

fn is_slavic_word(capital: char) -> bool {
    matches!(capital, 'K' | 'S' | 'V' | 'W' | 'Z')
}

fn has_slavic_letter(text: &str) -> bool {
    text.chars().any(|c| "ěščřžýůťďňľĺŕąęłśźżćđ".contains(c))
}

/// Whether `rest` can only be the rest of a word that begins with the letter, and no word itself.
fn is_rest_of_word(capital: char, rest: &str) -> bool {
    if !rest.is_ascii() || !capital.is_ascii() {
        return false;
    }
    let rest = rest.to_ascii_lowercase();
    let is_known =
        |word: &&str| word.strip_prefix(capital.to_ascii_lowercase()).is_some_and(|known| known == rest);
    if WORDS.iter().any(is_known) {
        return true;
    }
    // No word of a language that has one of these letters as a word begins with these consonants.
    let [first, second, ..] = rest.as_bytes() else { return false };
    let is_consonant = |byte: u8| !matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let is_no_beginning = match *first {
        b'n' => !matches!(second, b'g' | b'h' | b'j'),
        b'l' => matches!(second, b'b' | b'c' | b'd' | b'f' | b'm' | b'r' | b's' | b't' | b'w'),
        b'm' => matches!(second, b'b' | b'f' | b'm' | b'p'),
        b'r' => matches!(second, b'c' | b'd' | b'g' | b'k' | b'l' | b'm' | b'n' | b'p' | b'r' | b's'),
        b'f' => matches!(second, b'f' | b'g' | b't'),
        b'b' | b'c' | b'd' | b'g' | b'p' | b's' | b't' | b'z' => second == first,
        _ => false,
    };
    is_consonant(*second) && is_no_beginning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_known_however_they_are_spelled() {
        for name in
            ["dropcap", "drop-cap", "Drop_Caps", "graf-dropCap", "first-letter", "has-drop-cap", "dropcap2"]
        {
            assert!(is_class(name), "{name}");
        }
        for name in
            ["", "cap", "drop", "caption", "dropdown", "letter", "first", "dropcap-a-b-c-d-e-f-g-h-i-j-k-l-m"]
        {
            assert!(!is_class(name), "{name}");
        }
        assert!(CLASSES.iter().all(|class| class.len() < 24 && is_class(class)));
        for name in ["-d-r-o-p-cap", "_Drop_Cap", "D-ROPCAP", "f_irst-letter12"] {
            assert!(is_class(name), "{name}");
        }
        assert!(!is_class("drop-cap-") && !is_class("drop-cap-2") && holds_class("x drop-cap y"));
    }

    fn goes_on(letter: &str, text: &str, is_blank: bool) -> bool {
        let (rest, after) = text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()));
        may_go_on(letter, text.chars().next(), true)
            && is_word_rest(letter, rest, after.chars().next(), is_blank)
    }

    #[test]
    fn a_letter_goes_on_in_the_rest_of_its_word() {
        for (letter, rest) in [
            ("G", "reen tea"),
            ("T", "HE TEA"),
            ("“W", "e are"),
            ("I", "ntel"),
            ("A", "fter the tea"),
            ("I", "t is"),
            ("A", "re you"),
            ("I", "’m here"),
            ("Y", "ou may"),
            ("O", "nce"),
            ("茶", "叶"),
            ("П", "осле"),
            ("É", "’s"),
        ] {
            assert!(goes_on(letter, rest, false), "{letter} {rest}");
        }
        for (letter, rest) in [
            ("A", "cat"),
            ("I", "am"),
            ("I", "ran"),
            ("O", "lord"),
            ("Y", "luego"),
            ("E", "poi"),
            ("A", "Chinese"),
            ("G", "Tea"),
            ("G", "(tea"),
            ("茶", "tea"),
            ("В", "лесу"),
            ("T", "一"),
            ("A", "llegar"),
            ("G", "20"),
        ] {
            assert!(!goes_on(letter, rest, false), "{letter} {rest}");
        }
        assert!(goes_on("V", "ery good", true) && !goes_on("V", "příští", true));
    }

    #[test]
    fn one_letter_is_a_capital() {
        for text in ["G", "É", "“G", "茶", "Я"] {
            assert!(is_letter(text), "{text}");
        }
        for text in ["", "We", "g", "1", "。", "“", "G."] {
            assert!(!is_letter(text), "{text}");
        }
    }
}
