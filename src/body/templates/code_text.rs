//! The code between two template tags.

use std::borrow::Cow;

use super::super::line_start::is_marker;
use super::content;
use super::outcome::Markup;
use super::tag::{Form, Lexer};
use super::{hugo, liquid};
use crate::template_syntaxes::TemplateSyntaxes;

/// The HTML of code. `prefix` is what stands before the tag on its line.
pub(super) fn html(
    code: &str,
    prefix: &str,
    language: Option<&str>,
    markup: Markup,
    syntaxes: TemplateSyntaxes,
) -> String {
    let code = shown(code, syntaxes);
    let code = code.replace("\r\n", "\n");
    let code = if markup == Markup::Html { without_breaks(&code) } else { code };
    let margin = Margin::new(prefix);
    let lines = code.split('\n').enumerate();
    let lines: Vec<&str> =
        lines.map(|(index, line)| if index == 0 { line } else { margin.cut(line) }).collect();
    content::code(language, without_blank_edges(&lines), markup == Markup::Html)
}

fn without_blank_edges<'s, 'l>(lines: &'s [&'l str]) -> &'s [&'l str] {
    let has_text = |line: &&str| !line.trim_ascii().is_empty();
    let first = lines.iter().position(has_text).unwrap_or(lines.len());
    let end = lines.iter().rposition(has_text).map_or(first, |last| last + 1);
    &lines[first..end]
}

/// The code as it shows: what keeps tags from being tags in it has gone.
fn shown(code: &str, syntaxes: TemplateSyntaxes) -> Cow<'_, str> {
    let (has_liquid, has_hugo) =
        (syntaxes.contains(TemplateSyntaxes::LIQUID), syntaxes.contains(TemplateSyntaxes::HUGO));
    let mut lexer = Lexer::new(code);
    let mut text = String::new();
    let (mut at, mut copied) = (0, 0);
    let mut is_raw = false;
    while let Some(length) = memchr::memchr(b'{', &code.as_bytes()[at..]) {
        at += length;
        let tag = lexer.tag(at);
        let replacement = tag.and_then(|tag| match tag.form {
            Form::Block if has_liquid && tag.name == "endraw" => Some((false, Cow::Borrowed(""))),
            _ if is_raw => None,
            Form::Block if has_liquid && tag.name == "raw" => Some((true, Cow::Borrowed(""))),
            Form::EscapedAngle | Form::EscapedPercent if has_hugo => {
                Some((false, Cow::Owned(hugo::escaped(&tag))))
            }
            Form::Output if has_liquid => liquid::only_string(&tag).map(|text| (false, Cow::Borrowed(text))),
            _ => None,
        });
        match (tag, replacement) {
            (Some(tag), Some((raw, replacement))) => {
                is_raw = raw;
                text.push_str(&code[copied..at]);
                text.push_str(&replacement);
                at = tag.end;
                copied = at;
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(code);
    }
    text.push_str(&code[copied..]);
    Cow::Owned(text)
}

/// The line breaks that WordPress has made tags of are line breaks again.
fn without_breaks(code: &str) -> String {
    code.replace("<br />\n", "\n").replace("</p>\n\n<p>", "\n\n").replace("</p>\n<p>", "\n\n")
}

/// What lines of a quotation or a list item begin with.
struct Margin {
    quotations: usize,
    indent: usize,
}

impl Margin {
    fn new(prefix: &str) -> Self {
        if !prefix.bytes().all(is_marker) {
            return Self { quotations: 0, indent: 0 };
        }
        let quotations = prefix.matches('>').count();
        let rest = prefix.rsplit('>').next().unwrap_or_default();
        let rest = if quotations > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
        Self { quotations, indent: rest.len() }
    }

    fn cut<'l>(&self, line: &'l str) -> &'l str {
        let mut line = line;
        for _ in 0..self.quotations {
            let Some(rest) = line.trim_ascii_start().strip_prefix('>') else { break };
            line = rest.strip_prefix(' ').unwrap_or(rest);
        }
        let blank = line.bytes().take(self.indent).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        &line[blank..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_code(code: &str, prefix: &str, expected: &str) {
        let html = html(code, prefix, None, Markup::Plain, TemplateSyntaxes::ALL);
        assert_eq!(html, format!("<pre><code>{expected}</code></pre>"));
    }

    #[test]
    fn margins_are_cut() {
        assert_code("\n  a\n    b\n  c\n  ", "  ", "a&#10;  b&#10;c");
        assert_code("\n> a\n>   b\n>\n> c\n> ", "> ", "a&#10;  b&#10;&#10;c");
        assert_code("\n   a\n c", "1. ", "a&#10;c");
        assert_code("\n a\n c\n\n", "text ", " a&#10; c");
    }

    #[test]
    fn tags_that_hide_tags_go() {
        assert_code("{% raw %}{{ x }}{% endraw %}", "", "&#123;&#123; x &#125;&#125;");
        assert_code("{{</* x */>}}", "", "&#123;&#123;&lt; x &gt;&#125;&#125;");
        assert_code("{{ \"{%\" }} {{ x }}", "", "&#123;% &#123;&#123; x &#125;&#125;");
    }

    #[test]
    fn line_breaks_of_an_editor_are_lines() {
        let html = html("a &lt; b<br />\n<b> & &x; c", "", None, Markup::Html, TemplateSyntaxes::WORDPRESS);
        assert_eq!(html, "<pre><code>a &lt; b&#10;&lt;b&gt; &amp; &x; c</code></pre>");
    }
}
