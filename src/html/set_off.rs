//! Elements whose names say that their text is set off, and whose styles say that it is not.
//!
//! What is copied out of Google Docs stands in a `<b style="font-weight:normal">`, all of it; editors take
//! the italics off a part of an `<em>` by a `<i style="font-style:normal">`.

use super::attributes::Attributes;
use super::declarations::declarations;
use super::tag::Tag;

/// Whether the inline style of an element takes back what its name says: that its text is bold, in italics,
/// or has a line. Such an element says nothing, unless it sets the text off in another way.
#[inline]
pub(crate) fn is_taken_back(tag: Tag, attrs: &Attributes<'_>) -> bool {
    attrs.may_be_special() && style_takes_back(tag, attrs)
}

#[cold]
fn style_takes_back(tag: Tag, attrs: &Attributes<'_>) -> bool {
    let Some(style) = attrs.get("style") else { return false };
    let declared = |names: &[&str], words: fn(&str) -> bool| last_word(&style, names, words);
    let weight = || declared(&["font-weight"], is_weight);
    let slant = || declared(&["font-style"], is_slant);
    let is_word = |word: Option<&str>, known: &[&str]| {
        word.is_some_and(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    let number = |word: &str| word.parse::<u16>().ok();
    match tag {
        Tag::B | Tag::Strong => {
            let weight = weight();
            let is_light = weight.and_then(number).is_some_and(|number| number <= 400);
            (is_light || is_word(weight, &["normal", "initial"])) && !is_word(slant(), &["italic", "oblique"])
        }
        Tag::Em | Tag::I | Tag::Cite | Tag::Dfn | Tag::Var => {
            let is_bold = || {
                let weight = weight();
                weight.and_then(number).is_some_and(|number| number >= 600)
                    || is_word(weight, &["bold", "bolder"])
            };
            is_word(slant(), &["normal", "initial"]) && !is_bold()
        }
        Tag::U | Tag::S | Tag::Strike => {
            let line = declared(&["text-decoration", "text-decoration-line"], |_| true);
            is_word(line, &["none", "initial"])
        }
        _ => false,
    }
}

/// The value of the declaration that counts of the properties with these names: the last valid one, or the
/// last that is important. `None` without a valid one, or if it is more than one word.
fn last_word<'s>(style: &'s str, names: &[&str], is_valid: fn(&str) -> bool) -> Option<&'s str> {
    let mut found = None;
    let mut is_important = false;
    for declaration in declarations(style) {
        let is_named = names.iter().any(|name| declaration.name.eq_ignore_ascii_case(name));
        if !is_named || is_important && !declaration.is_important {
            continue;
        }
        let mut words = declaration.words();
        let word = match (words.next(), words.next()) {
            (Some(word), None) if is_valid(word) => Some(word),
            // Several words are a line, and its colour.
            (Some(_), Some(_)) => None,
            _ => continue,
        };
        (found, is_important) = (word, declaration.is_important);
    }
    found
}

fn is_weight(word: &str) -> bool {
    ["normal", "bold", "bolder", "lighter"].iter().any(|known| word.eq_ignore_ascii_case(known))
        || word.parse::<u16>().is_ok_and(|number| (1..=1000).contains(&number))
        || is_of_any_property(word)
}

fn is_slant(word: &str) -> bool {
    ["normal", "italic", "oblique"].iter().any(|known| word.eq_ignore_ascii_case(known))
        || is_of_any_property(word)
}

fn is_of_any_property(word: &str) -> bool {
    ["initial", "inherit", "unset", "revert", "revert-layer"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::attributes::Attribute;

    fn taken_back(tag: Tag, style: &str) -> bool {
        let attr = Attribute { name: "style".into(), value: style.into() };
        is_taken_back(tag, &[attr].into_iter().collect())
    }

    #[test]
    fn styles_that_take_back_what_a_name_says() {
        for (tag, style) in [
            (Tag::B, "font-weight:normal;"),
            (Tag::Strong, "color:red; FONT-WEIGHT: 400"),
            (Tag::B, "font-weight:700;font-weight:normal"),
            (Tag::B, "font-weight:normal!important;font-weight:700"),
            (Tag::B, "font-weight:normal;font-weight:heavy"),
            (Tag::B, "font-weight:initial;font-style:normal"),
            (Tag::I, "font-style:normal"),
            (Tag::Em, "font-style: normal; font-weight: 400"),
            (Tag::U, "text-decoration:none"),
        ] {
            assert!(taken_back(tag, style), "{style}");
        }
        for (tag, style) in [
            (Tag::B, ""),
            (Tag::B, "font-style:normal"),
            (Tag::B, "font-weight:bold"),
            (Tag::B, "font-weight:inherit"),
            (Tag::B, "font-weight:500"),
            (Tag::B, "font-weight:normal;font-weight:700"),
            (Tag::B, "font-weight:normal;font-style:italic"),
            (Tag::I, "font-weight:normal"),
            (Tag::Em, "font-style:normal;font-weight:bold"),
            (Tag::U, "text-decoration:underline"),
            (Tag::U, "text-decoration:none;text-decoration:underline red"),
            (Tag::Code, "font-weight:normal"),
        ] {
            assert!(!taken_back(tag, style), "{style}");
        }
    }
}
