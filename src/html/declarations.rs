//! The declarations in a `style` attribute: where each begins and ends, whatever their values hold.

/// A declaration: `name: value`, perhaps with `!important`.
pub(super) struct Declaration<'s> {
    /// In any case.
    pub(super) name: &'s str,
    value: &'s str,
    pub(super) is_important: bool,
}

/// The declarations of a style, one after the other. What is not one is passed over.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = Declaration<'_>> {
    let mut rest = style;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            rest = without_space(rest);
            let end = declaration_end(rest.as_bytes());
            let declaration = &rest[..end];
            rest = &rest[(end + 1).min(rest.len())..];
            if let Some(declaration) = Declaration::parse(declaration) {
                return Some(declaration);
            }
        }
        None
    })
}

impl<'s> Declaration<'s> {
    fn parse(text: &'s str) -> Option<Self> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let name_end = text.bytes().position(|byte| !is_name(byte))?;
        let (name, rest) = text.split_at(name_end);
        let value = without_space(rest).strip_prefix(':')?;
        let (value, is_important) = without_important(value);
        (!name.is_empty()).then_some(Self { name, value, is_important })
    }

    /// What stands in the value between white space and comments.
    pub(super) fn words(&self) -> impl Iterator<Item = &'s str> {
        let mut rest = without_space(self.value);
        std::iter::from_fn(move || {
            let (word, after) = rest.split_at(word_end(rest));
            rest = without_space(after);
            (!word.is_empty()).then_some(word)
        })
    }

    /// Whether the value holds a variable.
    pub(super) fn has_variable(&self) -> bool {
        let is_variable = |word: &str| {
            let function = word.get(..VARIABLE_LENGTH).unwrap_or_default();
            function.eq_ignore_ascii_case("var(") || function.eq_ignore_ascii_case("env(")
        };
        self.words().any(is_variable)
    }
}

/// The length of `var(` and `env(`.
const VARIABLE_LENGTH: usize = 4;

/// The text without the white space and the comments that it begins with.
fn without_space(mut text: &str) -> &str {
    loop {
        text = text.trim_ascii_start();
        let Some(comment) = text.strip_prefix("/*") else { return text };
        text = comment.find("*/").map_or("", |end| &comment[end + "*/".len()..]);
    }
}

/// Where the word that a text begins with ends: before white space or a comment.
fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_end = |&at: &usize| bytes[at].is_ascii_whitespace() || bytes[at..].starts_with(b"/*");
    (0..bytes.len()).find(is_end).unwrap_or(bytes.len())
}

/// A value without the `!important` at its end, and whether there is one.
fn without_important(value: &str) -> (&str, bool) {
    let Some(sign) = value.rfind('!') else { return (value, false) };
    let word = without_space(&value[sign + 1..]);
    let (word, after) = word.split_at(word_end(word));
    let is_important = word.eq_ignore_ascii_case("important") && without_space(after).is_empty();
    if is_important { (&value[..sign], true) } else { (value, false) }
}

/// Where the declaration that a text begins with ends: before a semicolon that is in no string, URL, comment
/// or pair of brackets. A rule, which begins with an `@`, ends with its braces too.
fn declaration_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    // The closing brackets that are waited for. Few styles have any.
    let mut closing: Vec<u8> = Vec::new();
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b';' if closing.is_empty() => return at - 1,
            b'\\' => at += 1,
            b'"' | b'\'' => at += string_length(&bytes[at..], byte),
            b'/' if bytes.get(at) == Some(&b'*') => at += comment_length(&bytes[at..]),
            b'(' => match url_length(&bytes[..at - 1], &bytes[at..]) {
                Some(length) => at += length,
                None => closing.push(b')'),
            },
            b'[' => closing.push(b']'),
            b'{' => closing.push(b'}'),
            _ if closing.last() == Some(&byte) => {
                closing.pop();
                if byte == b'}' && closing.is_empty() && bytes[0] == b'@' {
                    return at - 1;
                }
            }
            _ => {}
        }
    }
    bytes.len()
}

/// The length of a string after its opening quote. A line feed ends it too.
fn string_length(bytes: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'\n' | b'\r' | b'\x0c' => break,
            _ if byte == quote => break,
            _ => {}
        }
    }
    at.min(bytes.len())
}

/// The length of a comment after its slash.
fn comment_length(bytes: &[u8]) -> usize {
    memchr::memmem::find(&bytes[1..], b"*/").map_or(bytes.len(), |end| 1 + end + b"*/".len())
}

/// The length of a URL without quotes, and its closing bracket, after the opening one; `None` if that does
/// not follow `url`, or a quote follows.
fn url_length(before: &[u8], after: &[u8]) -> Option<usize> {
    let [others @ .., b'u' | b'U', b'r' | b'R', b'l' | b'L'] = before else { return None };
    let is_part_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | 0x80..);
    if others.last().is_some_and(is_part_of_name) || matches!(after.trim_ascii_start(), [b'"' | b'\'', ..]) {
        return None;
    }
    let mut at = 0;
    while let Some(&byte) = after.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b')' => break,
            _ => {}
        }
    }
    Some(at.min(after.len()))
}
