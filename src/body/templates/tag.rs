//! Template tags in braces, as they stand in the source.

/// A tag: `{{ … }}`, `{% … %}`, `{{< … >}}`, `{{% … %}}` or `{{/* … */}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The byte offset of the first brace in the body.
    pub(super) start: usize,
    /// The byte offset after the last brace.
    pub(super) end: usize,
    pub(super) form: Form,
    /// The word that the tag begins with, without the `/` of an end tag; empty for an output.
    pub(super) name: &'a str,
    /// What follows the name; for an output all that it holds, for a call what stands in the parentheses.
    pub(super) arguments: &'a str,
    /// Whether a `-` after the opening brace trims the white space before the tag.
    pub(super) trims_before: bool,
    /// Whether a `-` before the closing brace trims the white space after the tag.
    pub(super) trims_after: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `{{ page.title }}`
    Output,
    /// `{% include x.html %}`
    Block,
    /// `{{ youtube(id="x") }}`
    OutputCall,
    /// `{% quote(author="x") %}`
    BlockCall,
    /// `{{< figure src="x" >}}`
    Angle,
    /// `{{< /highlight >}}`
    AngleEnd,
    /// `{{% note %}}`
    Percent,
    /// `{{% /note %}}`
    PercentEnd,
    /// `{{</* figure src="x" */>}}`, which shows as `{{< figure src="x" >}}`.
    EscapedAngle,
    /// `{{%/* note */%}}`, which shows as `{{% note %}}`.
    EscapedPercent,
    /// `{{/* nothing to see */}}`
    Comment,
}

impl Tag<'_> {
    /// The tag as a report names it, like `{% include %}`.
    pub(super) fn element(&self) -> String {
        let name = first_bytes(self.name);
        match self.form {
            Form::Output => "{{ }}".to_owned(),
            Form::Block => format!("{{% {name} %}}"),
            Form::OutputCall => format!("{{{{ {name}() }}}}"),
            Form::BlockCall => format!("{{% {name}() %}}"),
            Form::Angle | Form::EscapedAngle => format!("{{{{< {name} >}}}}"),
            Form::AngleEnd => format!("{{{{< /{name} >}}}}"),
            Form::Percent | Form::EscapedPercent => format!("{{{{% {name} %}}}}"),
            Form::PercentEnd => format!("{{{{% /{name} %}}}}"),
            Form::Comment => "{{/* */}}".to_owned(),
        }
    }
}

/// At most 64 bytes of a name, so that a report stays small.
pub(super) fn first_bytes(name: &str) -> &str {
    let end = (0..=name.len().min(64)).rev().find(|&end| name.is_char_boundary(end)).unwrap_or(0);
    &name[..end]
}

/// Reads tags. Each call takes as long as the tag, or the text up to the next tag; calls that fail at the end
/// of the body are remembered, so that all calls together take linear time.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    body: &'a str,
    /// A quoted argument of a shortcode was never closed: from now on quotes are nothing special.
    ignores_quotes: bool,
    /// No `*/}}` stands from here on.
    no_comment_from: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, ignores_quotes: false, no_comment_from: usize::MAX }
    }

    /// The tag that begins with the brace at `start`; `None` if none does, or if it is never closed.
    pub(super) fn tag(&mut self, start: usize) -> Option<Tag<'a>> {
        let bytes = self.body.as_bytes();
        match (bytes.get(start + 1)?, bytes.get(start + 2)) {
            (b'%', _) => self.block(start),
            (b'{', Some(sign @ (b'<' | b'%'))) => self.shortcode(start, *sign),
            (b'{', Some(b'/')) if bytes.get(start + 3) == Some(&b'*') => self.comment(start),
            (b'{', _) => self.output(start),
            _ => None,
        }
    }

    /// `{% … %}`: up to the first `%}`, whatever quotes stand around it, as Liquid has it.
    fn block(&self, start: usize) -> Option<Tag<'a>> {
        let close = self.find_close(start + 2, *b"%}", false)?;
        let (inner, trims_before, trims_after) = trimmed(&self.body[start + 2..close]);
        let (name, arguments) = split_name(inner);
        let mut tag =
            Tag { start, end: close + 2, form: Form::Block, name, arguments, trims_before, trims_after };
        if let Some((name, arguments)) = as_call(inner) {
            (tag.form, tag.name, tag.arguments) = (Form::BlockCall, name, arguments);
        }
        Some(tag)
    }

    /// `{{ … }}`: up to the first `}}` that is not in a string at its beginning.
    fn output(&self, start: usize) -> Option<Tag<'a>> {
        let from = start + 2 + self.literal_length(start + 2);
        let close = self.find_close(from, *b"}}", true)?;
        let (inner, trims_before, trims_after) = trimmed(&self.body[start + 2..close]);
        let (form, name, arguments) = match as_call(inner) {
            Some((name, arguments)) => (Form::OutputCall, name, arguments),
            None => (Form::Output, "", inner),
        };
        Some(Tag { start, end: close + 2, form, name, arguments, trims_before, trims_after })
    }

    /// The length of the string, with the space before it, that an output begins with: `{{ "{{" }}`.
    fn literal_length(&self, from: usize) -> usize {
        let bytes = &self.body.as_bytes()[from..];
        let space = bytes.iter().position(|byte| !matches!(byte, b' ' | b'-')).unwrap_or(bytes.len());
        let Some(quote @ (b'"' | b'\'')) = bytes.get(space) else { return 0 };
        let rest = &bytes[space + 1..];
        match memchr::memchr2(*quote, b'\n', rest) {
            Some(length) if rest[length] == *quote => space + 1 + length + 1,
            _ => 0,
        }
    }

    /// The offset of `close` from `from` on, before the next tag of that kind and the next blank line.
    fn find_close(&self, from: usize, close: [u8; 2], is_output: bool) -> Option<usize> {
        let bytes = self.body.as_bytes();
        let mut line_is_blank = false;
        for at in from..bytes.len().checked_sub(1)? {
            match (bytes[at], bytes[at + 1]) {
                (first, second) if [first, second] == close => return Some(at),
                (b'{', b'%') => return None,
                (b'{', b'{') if is_output => return None,
                (b'\n', _) if line_is_blank => return None,
                (b'\n', _) => line_is_blank = true,
                (b' ' | b'\t' | b'\r', _) => {}
                _ => line_is_blank = false,
            }
        }
        None
    }

    /// `{{< … >}}` or `{{% … %}}`, up to the first end outside quotes and before the next shortcode.
    fn shortcode(&mut self, start: usize, sign: u8) -> Option<Tag<'a>> {
        let close = self.find_shortcode_close(start + 3, if sign == b'<' { b'>' } else { b'%' })?;
        let body = self.body;
        let inner = &body[start + 3..close];
        let is_angle = sign == b'<';
        let mut tag = Tag {
            start,
            end: close + 3,
            form: if is_angle { Form::Angle } else { Form::Percent },
            name: "",
            arguments: inner,
            trims_before: false,
            trims_after: false,
        };
        let escaped = inner.trim_ascii();
        let escaped = escaped.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/"));
        if let Some(escaped) = escaped {
            tag.form = if is_angle { Form::EscapedAngle } else { Form::EscapedPercent };
            (tag.name, _) = split_name(escaped);
            tag.arguments = escaped;
            return Some(tag);
        }
        let inner = inner.trim_ascii();
        if let Some(inner) = inner.strip_prefix('/') {
            tag.form = if is_angle { Form::AngleEnd } else { Form::PercentEnd };
            (tag.name, tag.arguments) = split_name(inner.trim_ascii_start());
        } else {
            let inner = inner.strip_suffix('/').unwrap_or(inner);
            (tag.name, tag.arguments) = split_name(inner);
        }
        Some(tag)
    }

    fn find_shortcode_close(&mut self, from: usize, close: u8) -> Option<usize> {
        let bytes = self.body.as_bytes();
        let mut has_quotes = false;
        let mut at = from;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if rest.starts_with(&[close, b'}', b'}']) {
                return Some(at);
            }
            if rest.starts_with(b"{{<") || rest.starts_with(b"{{%") {
                break;
            }
            at += 1;
            if matches!(rest[0], b'"' | b'`') && !self.ignores_quotes {
                has_quotes = true;
                let Some(length) = quoted_length(&bytes[at..], rest[0]) else { break };
                at += length + 1;
            }
        }
        if !has_quotes {
            return None;
        }
        // The end may stand in what looks like quotes. What is in quotes is not searched twice again.
        self.ignores_quotes = true;
        self.find_shortcode_close(from, close)
    }

    fn comment(&mut self, start: usize) -> Option<Tag<'a>> {
        if start >= self.no_comment_from {
            return None;
        }
        let Some(length) = memchr::memmem::find(&self.body.as_bytes()[start + 4..], b"*/}}") else {
            self.no_comment_from = start;
            return None;
        };
        let close = start + 4 + length;
        let arguments = &self.body[start + 4..close];
        Some(Tag {
            start,
            end: close + 4,
            form: Form::Comment,
            name: "",
            arguments,
            trims_before: false,
            trims_after: false,
        })
    }
}

/// The length of a quoted argument without its quotes.
fn quoted_length(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(quote, b'\\', bytes.get(at..)?)?;
        if bytes[at] == quote {
            return Some(at);
        }
        // In back quotes, a `\` is nothing special.
        at += if quote == b'`' { 1 } else { 2 };
    }
}

/// What stands between the dashes and the white space at the edges, and whether there are dashes.
fn trimmed(inner: &str) -> (&str, bool, bool) {
    let (before, inner) = match inner.strip_prefix('-') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let (after, inner) = match inner.strip_suffix('-') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    (inner.trim_ascii(), before, after)
}

/// The first word, and what follows it.
fn split_name(inner: &str) -> (&str, &str) {
    let inner = inner.trim_ascii();
    let end = inner.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inner.len());
    (&inner[..end], inner[end..].trim_ascii())
}

/// The name and the arguments of `name(arguments)`.
fn as_call(inner: &str) -> Option<(&str, &str)> {
    let (name, arguments) = inner.strip_suffix(')')?.split_once('(')?;
    let name = name.trim_ascii_end();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    (name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_name))
        .then_some((name, arguments.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_tag(source: &str, form: Form, name: &str, arguments: &str) {
        let body = format!("{source} }}}} %}} >}}}} */}}}}");
        let tag = Lexer::new(&body).tag(0).unwrap();
        assert_eq!((tag.form, tag.name, tag.arguments), (form, name, arguments), "{source}");
        assert_eq!(&body[..tag.end], source);
    }

    #[test]
    fn tags_have_names_and_arguments() {
        assert_tag("{% include a.html x=\"y\" %}", Form::Block, "include", "a.html x=\"y\"");
        assert_tag("{%highlight ruby%}", Form::Block, "highlight", "ruby");
        assert_tag("{{ page.title | escape }}", Form::Output, "", "page.title | escape");
        assert_tag("{{ \"{{\" }}", Form::Output, "", "\"{{\"");
        assert_tag("{{ youtube(id=\"x\") }}", Form::OutputCall, "youtube", "id=\"x\"");
        assert_tag("{% quote(author=\"x\") %}", Form::BlockCall, "quote", "author=\"x\"");
        assert_tag("{{< figure src=\"a>}}b\" />}}", Form::Angle, "figure", "src=\"a>}}b\"");
        assert_tag("{{</ x >}}", Form::AngleEnd, "x", "");
        assert_tag("{{< / x >}}", Form::AngleEnd, "x", "");
        assert_tag("{{% note %}}", Form::Percent, "note", "");
        assert_tag("{{% /note %}}", Form::PercentEnd, "note", "");
        assert_tag("{{</* x y */>}}", Form::EscapedAngle, "x", " x y ");
        assert_tag("{{%/* x */%}}", Form::EscapedPercent, "x", " x ");
        assert_tag("{{/* x */}}", Form::Comment, "", " x ");
    }

    #[test]
    fn dashes_trim() {
        let tag = Lexer::new("{%- if x -%}").tag(0).unwrap();
        assert_eq!((tag.name, tag.arguments, tag.trims_before, tag.trims_after), ("if", "x", true, true));
    }

    #[test]
    fn what_is_not_closed_is_no_tag() {
        for source in
            ["{{ a", "{{ a {{ b }}", "{{ a\n \nb }}", "{% a {% b %}", "{{< a {{< b >}}", "{{/* }}", "{ {"]
        {
            assert_eq!(Lexer::new(source).tag(0), None, "{source}");
        }
    }

    #[test]
    fn an_open_quote_ends_with_the_shortcode() {
        assert_eq!(Lexer::new("{{< a \"b >}} c").tag(0).unwrap().end, 12);
    }
}
