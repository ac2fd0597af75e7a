//! What a script writes into empty elements: Substack's posts hold formulas, pictures and posts of others as
//! JSON in the attribute `data-attrs`, and nothing else of them.

use std::borrow::Cow;

use super::attributes::Attribute;
use super::element::Element;
use super::tag::Tag;
use crate::utf16_escapes::{PAIR_BYTES, UNIT_BYTES, escaped_pair, escaped_unit};

/// Pictures side by side, as `<img>`.
pub(crate) struct Gallery<'a> {
    pub(crate) images: Vec<Element<'a>>,
    pub(crate) caption: Option<String>,
}

impl<'a> Element<'a> {
    /// The TeX of the formula that a script writes into the element.
    pub(crate) fn tex_in_attribute(&self) -> Option<String> {
        let json = self.json_of(&["latex-rendered"])?;
        text_of_key(&json, "\"persistentExpression\":\"").filter(|tex| !tex.trim().is_empty())
    }

    /// The `<iframe>` that stands in for the post that a script writes into the element.
    pub(crate) fn post_in_attribute(&self) -> Option<Element<'a>> {
        let json = self.json_of(&["twitter-embed", "digest-post-embed"])?;
        let keys = [("src", "\"url\":\""), ("src", "\"canonical_url\":\""), ("title", "\"title\":\"")];
        let mut attrs = keys.iter().filter_map(|(name, key)| {
            Some(Attribute { name: Cow::Borrowed(*name), value: text_of_key(&json, key)?.into() })
        });
        let address = attrs.next().filter(|attr| attr.name == "src")?;
        let attrs = std::iter::once(address).chain(attrs).collect();
        Some(Element { attrs, ..Element::implied(Tag::Iframe, "iframe") })
    }

    /// The pictures that a script writes into the element, and the caption below them.
    pub(crate) fn gallery_in_attribute(&self) -> Option<Gallery<'a>> {
        let json = self.json_of(&["image-gallery-embed"])?;
        let (_, images) = json.split_once("\"images\":[")?;
        let (images, rest) = images.split_once(']')?;
        let image = |image: &str| {
            let src = text_of_key(image, "\"src\":\"")?.into();
            let attrs = std::iter::once(Attribute { name: Cow::Borrowed("src"), value: src }).collect();
            Some(Element { attrs, ..Element::implied(Tag::Img, "img") })
        };
        let images = images.split_inclusive('}').filter_map(image).collect();
        let caption = text_of_key(rest, "\"caption\":\"").filter(|caption| !caption.trim().is_empty());
        Some(Gallery { images, caption })
    }

    /// The JSON of an element whose class is one of these.
    fn json_of(&self, classes: &[&str]) -> Option<Cow<'_, str>> {
        let class = self.attrs.class().filter(|_| self.tag == Tag::Div)?;
        let is_one = class.split_ascii_whitespace().any(|name| classes.contains(&name));
        if is_one { self.attrs.get("data-attrs") } else { None }
    }
}

/// The text that a key, given with all signs up to the text, has where it stands first in JSON.
fn text_of_key(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(key)?;
    let mut text = String::new();
    let mut chars = rest.chars();
    loop {
        let rest = chars.as_str();
        match chars.next()? {
            '"' => return Some(text),
            '\\' => match chars.next()? {
                'n' | 'r' | 't' => text.push(' '),
                'u' => {
                    let (char, length) = escaped_char(rest)?;
                    chars = rest[length..].chars();
                    text.push(char);
                }
                c => text.push(c),
            },
            c => text.push(c),
        }
    }
}

/// The character of the escape that a text begins with, and the length of the escape. One beyond U+FFFF is a
/// pair of escapes; half a pair is U+FFFD.
fn escaped_char(text: &str) -> Option<(char, usize)> {
    let pair = escaped_pair(text.as_bytes()).map(|char| (char, PAIR_BYTES));
    pair.or_else(|| {
        let char = char::from_u32(escaped_unit(text.as_bytes())?.into());
        Some((char.unwrap_or(char::REPLACEMENT_CHARACTER), UNIT_BYTES))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_json() {
        for (json, expected) in [
            (r#"{"a":"b"}"#, Some("b")),
            (r#"{"x":1,"a":"\\frac{1}{2}\n\u003c\"","a":"c"}"#, Some("\\frac{1}{2} <\"")),
            (r#"{"a":"\ud83c\uDF75 tea"}"#, Some("🍵 tea")),
            (r#"{"a":"\ud83d"}"#, Some("\u{fffd}")),
            (r#"{"a":"\ud83c\u0041\udf75\ud83cx\ud83c\n"}"#, Some("\u{fffd}A\u{fffd}\u{fffd}x\u{fffd} ")),
            (r#"{"a":"\ud83c\ud83c\udf75"}"#, Some("\u{fffd}🍵")),
            (r#"{"ba":"b"}"#, None),
            (r#"{"a":1}"#, None),
            (r#"{"a":"b"#, None),
            (r#"{"a":"\u00"#, None),
            (r#"{"a":"\ud83c\ud"}"#, None),
            ("", None),
        ] {
            assert_eq!(text_of_key(json, "\"a\":\"").as_deref(), expected, "{json}");
        }
    }
}
