//! The arguments of template tags.

use std::borrow::Cow;

/// The arguments of a tag: by position or by name, quoted or not.
#[derive(Debug, Default)]
pub(super) struct Arguments<'a>(Vec<Argument<'a>>);

/// `value`, `name=value` or `name: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) value: Cow<'a, str>,
    pub(super) is_quoted: bool,
}

impl<'a> Arguments<'a> {
    /// Reads arguments with white space between them, or commas as well.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut arguments = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return Self(arguments);
            }
            let (name, after) = name(rest);
            let (value, is_quoted, after) = value(after);
            arguments.push(Argument { name, value, is_quoted });
            rest = after;
        }
    }

    /// The first argument that has one of these names.
    pub(super) fn named(&self, names: &[&str]) -> Option<&str> {
        let is_it = |argument: &&Argument<'_>| argument.name.is_some_and(|name| names.contains(&name));
        self.0.iter().find(is_it).map(|argument| &*argument.value)
    }

    /// The arguments without a name.
    pub(super) fn positional(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.0.iter().filter(|argument| argument.name.is_none())
    }

    /// The argument with one of these names, or the first without a name.
    pub(super) fn named_or_first(&self, names: &[&str]) -> Option<&str> {
        self.named(names).or_else(|| self.positional().next().map(|argument| &*argument.value))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The name that an argument begins with, and what comes after it.
fn name(text: &str) -> (Option<&str>, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let after = text[end..].trim_ascii_start();
    match after.as_bytes() {
        [b'=', ..] if end > 0 => (Some(&text[..end]), after[1..].trim_ascii_start()),
        // `https://…` has no name.
        [b':', rest @ ..] if end > 0 && !rest.starts_with(b"//") => {
            (Some(&text[..end]), after[1..].trim_ascii_start())
        }
        _ => (None, text),
    }
}

/// The value at the beginning of the text, whether it is quoted, and what comes after it.
fn value(text: &str) -> (Cow<'_, str>, bool, &str) {
    if let Some(quote @ (b'"' | b'\'' | b'`')) = text.bytes().next() {
        if let Some((value, after)) = quoted(&text[1..], quote) {
            return (value, true, after);
        }
    }
    if let Some((value, after)) = typographic(text) {
        return (Cow::Borrowed(value), true, after);
    }
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    let value = text[..end].trim_end_matches(',');
    (Cow::Borrowed(value), false, &text[end..])
}

/// The double quotes that an editor makes of `"`, any of which may close any other: `&#8221;500&#8243;`.
const TYPOGRAPHIC: [&str; 11] =
    ["“", "”", "„", "″", "&#8220;", "&#8221;", "&#8222;", "&#8243;", "&ldquo;", "&rdquo;", "&quot;"];

/// The value between typographic quotes, and what comes after it.
fn typographic(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(['“', '”', '„', '″', '&']) {
        return None;
    }
    let text = TYPOGRAPHIC.iter().find_map(|quote| text.strip_prefix(quote))?;
    let stop = text.match_indices(['“', '”', '„', '″', '&']).find_map(|(at, _)| {
        let quote = TYPOGRAPHIC.iter().find(|quote| text[at..].starts_with(**quote))?;
        Some((at, at + quote.len()))
    });
    stop.map(|(stop, end)| (&text[..stop], &text[end..]))
}

fn quoted(text: &str, quote: u8) -> Option<(Cow<'_, str>, &str)> {
    let bytes = text.as_bytes();
    let mut value = String::new();
    let (mut at, mut copied) = (0, 0);
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        if bytes[at] == quote {
            let last = &text[copied..at];
            let value = if copied == 0 { Cow::Borrowed(last) } else { Cow::Owned(value + last) };
            return Some((value, &text[at + 1..]));
        }
        let is_escape =
            quote != b'`' && matches!(bytes.get(at + 1), Some(&next) if next == quote || next == b'\\');
        if is_escape {
            value.push_str(&text[copied..at]);
            copied = at + 1;
            at += 2;
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_arguments(text: &str, expected: &[(Option<&str>, &str)]) {
        let Arguments(found) = Arguments::parse(text);
        let found: Vec<_> = found.iter().map(|argument| (argument.name, &*argument.value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn arguments_have_names_or_none() {
        assert_arguments("a b/c.jpg", &[(None, "a"), (None, "b/c.jpg")]);
        assert_arguments(
            "src=\"a b\" alt='c' w=3",
            &[(Some("src"), "a b"), (Some("alt"), "c"), (Some("w"), "3")],
        );
        assert_arguments("alt: \"x\", lang:ruby", &[(Some("alt"), "x"), (Some("lang"), "ruby")]);
        assert_arguments("https://a.org/?b=c,d 3", &[(None, "https://a.org/?b=c,d"), (None, "3")]);
        assert_arguments(r#""a \"b\" \n" `c\`"#, &[(None, r#"a "b" \n"#), (None, "c\\")]);
        assert_arguments("\"open 'x", &[(None, "\"open"), (None, "'x")]);
        assert_arguments(" , ", &[]);
        assert_arguments(
            "width=&#8221;500&#8243; caption=“A &amp; B” x=&amp;",
            &[(Some("width"), "500"), (Some("caption"), "A &amp; B"), (Some("x"), "&amp;")],
        );
    }
}
