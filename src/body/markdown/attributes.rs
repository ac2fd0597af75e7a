//! Attribute lists, as kramdown has them: `{: .class #id key="value"}`, and Pandoc: `{.class #id key="value"}`.

use std::ops::Range;

use super::output::Output;

/// The attributes of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes<'s> {
    pub(super) id: Option<&'s str>,
    pub(super) classes: Vec<&'s str>,
    pub(super) others: Vec<(&'s str, &'s str)>,
    /// Names of lists that are defined elsewhere, and marks like `toc`.
    pub(super) references: Vec<&'s str>,
}

impl<'s> Attributes<'s> {
    /// Reads what stands between the braces, after the colon. `None` if that is no list of attributes.
    ///
    /// A definition of a list, like `name: .class`, is read too. What it defines is used by nobody.
    pub(super) fn parse(inner: &'s str) -> Option<Self> {
        let mut found = Self::default();
        let mut rest = definition_name(inner).map_or(inner, |name| &inner[name.len() + 1..]).trim_start();
        while !rest.is_empty() {
            let length = found.read_one(rest)?;
            let after = &rest[length..];
            rest = after.trim_start();
            // `.a.b` and `#a.b` are two each.
            if rest.len() == after.len() && !rest.is_empty() && !rest.starts_with(['.', '#']) {
                return None;
            }
        }
        Some(found)
    }

    /// Reads the first attribute of the text, and says how long it is.
    fn read_one(&mut self, text: &'s str) -> Option<usize> {
        let sign = text.chars().next().filter(|sign| matches!(sign, '.' | '#'));
        let start = usize::from(sign.is_some());
        let name_length = text[start..].find(|c| !is_name(c)).unwrap_or(text.len() - start);
        let name = &text[start..start + name_length];
        let end = start + name_length;
        if name.is_empty() {
            return None;
        }
        match sign {
            Some('.') => self.classes.push(name),
            Some(_) => self.id = self.id.or(Some(name)),
            None if text[end..].starts_with('=') => {
                let (value, length) = value(&text[end + 1..])?;
                self.add(name, value);
                return Some(end + 1 + length);
            }
            None => self.references.push(name),
        }
        Some(end)
    }

    /// Whether these are attributes and nothing else, so that no colon has to say so.
    pub(super) fn are_plain(&self) -> bool {
        let is_empty = self.id.is_none() && self.classes.is_empty() && self.others.is_empty();
        !is_empty && self.references.is_empty()
    }

    fn add(&mut self, name: &'s str, value: &'s str) {
        match name {
            "id" => self.id = self.id.or(Some(value)),
            "class" => self.classes.extend(value.split_ascii_whitespace()),
            _ => self.others.push((name, value)),
        }
    }

    /// The language that the attributes of a listing name.
    pub(super) fn language(&self) -> Option<&'s str> {
        let of_class =
            |class: &&'s str| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"));
        let lang = || self.others.iter().find(|(name, _)| *name == "lang").map(|(_, value)| *value);
        self.classes.iter().find_map(of_class).or_else(lang)
    }

    /// Writes the attributes into an open tag.
    pub(super) fn write(&self, out: &mut Output) {
        if let Some(id) = self.id {
            out.attribute("id", id);
        }
        if !self.classes.is_empty() {
            out.attribute("class", &self.classes.join(" "));
        }
        for (name, value) in &self.others {
            out.attribute(name, value);
        }
    }
}

/// The longest list, in bytes, so that many that are never closed cost little.
const LONGEST: usize = 1000;

/// The range between the braces of a list that begins at `start` with `{:`, and the end of the list. The list
/// ends on the line where it begins.
pub(super) fn braces(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    braces_around(text, start + "{:".len())
}

/// The same for a list whose content begins at `inner`.
pub(super) fn braces_around(text: &str, inner: usize) -> Option<(Range<usize>, usize)> {
    let mut quote = None;
    for (at, byte) in text.as_bytes().iter().copied().enumerate().skip(inner).take(LONGEST) {
        match (byte, quote) {
            (b'\n', _) => return None,
            (b'}', None) => return Some((inner..at, at + 1)),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The name that a definition of a list begins with: `name: .class`.
fn definition_name(inner: &str) -> Option<&str> {
    let end = inner.find(|c| !is_name(c))?;
    (end > 0 && inner[end..].starts_with(':')).then(|| &inner[..end])
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The value at the start of the text, and its length with its quotation marks.
fn value(text: &str) -> Option<(&str, usize)> {
    let quote = text.chars().next()?;
    if matches!(quote, '"' | '\'') {
        let length = text[1..].find(quote)?;
        return Some((&text[1..=length], length + 2));
    }
    let length = text.find(char::is_whitespace).unwrap_or(text.len());
    (length > 0 && !text.starts_with(['>', '='])).then(|| (&text[..length], length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let list = Attributes::parse(" .a #b key=\"v w\" k='x' .c.d toc lang=ruby").unwrap();
        assert_eq!((list.id, list.classes.as_slice()), (Some("b"), ["a", "c", "d"].as_slice()));
        assert_eq!(list.others, [("key", "v w"), ("k", "x"), ("lang", "ruby")]);
        assert_eq!((list.references.as_slice(), list.language()), (["toc"].as_slice(), Some("ruby")));
        assert_eq!(Attributes::parse("").unwrap(), Attributes::default());
        assert_eq!(Attributes::parse("ref: .a").unwrap().classes, ["a"]);
    }

    #[test]
    fn code_is_no_list() {
        for inner in ["a => 1", " foo, bar", "a=>1", "\"a\"", " .", "a: 1, b: 2", "/comment", ":options /"] {
            assert_eq!(Attributes::parse(inner), None, "{inner}");
        }
    }

    #[test]
    fn braces_end_on_their_line_after_quotes() {
        let text = "x{: a=\"}\"} y";
        assert_eq!(braces(text, 1), Some((3..9, 10)));
        assert_eq!(braces("{: a\n}", 0), None);
        assert_eq!(braces("{: a='}", 0), None);
    }
}
