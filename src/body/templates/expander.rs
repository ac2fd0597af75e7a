//! Goes through a body once, and deals with its template tags.

use super::super::line_start::is_marker;
use super::super::rewritten::Rewritten;
use super::code_ranges::CodeRanges;
use super::content::NO_HTML_BLOCK;
use super::ends::{Ends, Kind};
use super::figure_content;
use super::indented::IndentedCode;
use super::notes::Notes;
use super::outcome::Outcome;
use super::output::Output;
use super::tag::{Form, Lexer, Tag};
use super::{code_text, content, hugo, liquid};
use crate::body_format::BodyFormat;
use crate::recorder::Recorder;
use crate::template_syntaxes::TemplateSyntaxes;

/// A pass over the body.
pub(super) struct Expander<'a, 'r> {
    pub(super) body: &'a str,
    pub(super) syntaxes: TemplateSyntaxes,
    pub(super) at: usize,
    pub(super) lexer: Lexer<'a>,
    pub(super) ends: Ends<'a>,
    pub(super) code: CodeRanges<'a>,
    indented: IndentedCode<'a>,
    pub(super) output: Output<'a>,
    pub(super) notes: Notes<'a, 'r>,
    /// The offset of the `{% endraw %}` up to which nothing is a tag.
    pub(super) raw_until: Option<usize>,
    pub(super) figure: Option<Figure>,
    /// The last lines of the quotations that are open.
    pub(super) quotations: Vec<String>,
    /// How many ends of quotations are to come; counted once there is a quotation.
    pub(super) quotation_ends: Option<usize>,
    /// Where a run of removed tags ended, if one of them stands between two texts.
    pub(super) separated_at: Option<usize>,
    /// How often a `<` did not begin a start tag because nothing closes one.
    pub(super) open_tags: u8,
}

/// A `[caption]` that is open.
pub(super) struct Figure {
    pub(super) close: usize,
    /// Where its text begins, until that has been written.
    pub(super) caption_from: Option<usize>,
    pub(super) caption: Option<String>,
    pub(super) has_caption: bool,
}

/// Where a tag stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    /// A fence or a code span.
    MarkdownCode,
    /// A `<pre>` or a `<code>`.
    HtmlCode,
}

/// Whether a tag ends one text and begins another: that of another case, or what follows the content of a
/// shortcode.
fn separates(tag: &Tag<'_>) -> bool {
    match tag.form {
        Form::Block => matches!(tag.name, "else" | "elsif" | "elif" | "when" | "end"),
        Form::AngleEnd | Form::PercentEnd => true,
        _ => false,
    }
}

impl<'a, 'r> Expander<'a, 'r> {
    pub(super) fn new(
        body: &'a str,
        format: BodyFormat,
        syntaxes: TemplateSyntaxes,
        recorder: &'r mut Recorder,
    ) -> Self {
        Self {
            body,
            syntaxes,
            at: 0,
            lexer: Lexer::new(body),
            ends: Ends::new(body),
            code: CodeRanges::new(body),
            indented: IndentedCode::new(body, format),
            output: Output::new(body, recorder.is_on()),
            notes: Notes::new(body, recorder),
            raw_until: None,
            figure: None,
            quotations: Vec::new(),
            quotation_ends: None,
            separated_at: None,
            open_tags: 0,
        }
    }

    pub(super) fn run(mut self) -> Rewritten<'a> {
        let bytes = self.body.as_bytes();
        let is_sign = |byte: &u8| matches!(byte, b'{' | b'<' | b'`' | b'~' | b'[' | b'\\');
        while let Some(length) = bytes[self.at..].iter().position(is_sign) {
            self.at += length;
            self.go_on_with_figure();
            if let Some(end) = self.indented.line_end(self.at) {
                self.code_up_to(end, Place::MarkdownCode);
                continue;
            }
            match bytes[self.at] {
                b'{' => self.brace(Place::Text),
                b'<' => self.angle(),
                b'[' => self.bracket(),
                // Only a back quote that is escaped begins no code.
                b'\\' => self.at += 1 + usize::from(bytes.get(self.at + 1) == Some(&b'`')),
                _ => {
                    let (end, is_code) = self.code.run(self.at);
                    if is_code { self.code_up_to(end, Place::MarkdownCode) } else { self.at = end }
                }
            }
            self.go_on_with_figure();
        }
        self.at = bytes.len();
        self.go_on_with_figure();
        self.notes.finish();
        self.output.finish()
    }

    /// Deals with the braces in code, which goes up to `end`.
    pub(super) fn code_up_to(&mut self, end: usize, place: Place) {
        while self.at < end {
            let Some(length) = memchr::memchr(b'{', &self.body.as_bytes()[self.at..end]) else { break };
            self.at += length;
            self.brace(place);
        }
        self.at = self.at.max(end);
    }

    /// Deals with a `{`.
    fn brace(&mut self, place: Place) {
        match self.raw_until {
            Some(end) if self.at < end => return self.at += 1,
            Some(end) if self.at == end => {
                self.raw_until = None;
                if let Some(tag) = self.lexer.tag(end) {
                    self.at = tag.end;
                    return self.write(&tag, "", place);
                }
            }
            _ => self.raw_until = None,
        }
        let Some(tag) = self.lexer.tag(self.at) else {
            let is_open = matches!(self.body.as_bytes().get(self.at + 1), Some(b'{' | b'%'));
            if is_open && place == Place::Text && self.syntaxes.contains(TemplateSyntaxes::LIQUID) {
                self.notes.unclosed_brace(self.at);
            }
            return self.at += 1;
        };
        self.at = tag.end;
        match place {
            Place::Text => self.tag(&tag),
            Place::MarkdownCode | Place::HtmlCode => self.tag_in_code(&tag, place),
        }
    }

    /// The syntax that a tag is written in, if it is one of those that are read.
    pub(super) fn syntax(&self, tag: &Tag<'_>) -> Option<TemplateSyntaxes> {
        let has_hugo = self.syntaxes.contains(TemplateSyntaxes::HUGO);
        let syntax = match tag.form {
            // Zola's look like Liquid's.
            Form::OutputCall | Form::BlockCall if has_hugo => TemplateSyntaxes::HUGO,
            Form::Block if tag.name == "end" && has_hugo => TemplateSyntaxes::HUGO,
            Form::Output | Form::Block | Form::OutputCall | Form::BlockCall => TemplateSyntaxes::LIQUID,
            _ => TemplateSyntaxes::HUGO,
        };
        self.syntaxes.contains(syntax).then_some(syntax)
    }

    /// What a tag becomes.
    pub(super) fn outcome(&mut self, tag: &Tag<'a>) -> Outcome<'a> {
        match self.syntax(tag) {
            Some(TemplateSyntaxes::HUGO) => hugo::outcome(tag, &mut self.ends),
            Some(_) => liquid::outcome(tag, &mut self.ends),
            None => {
                self.notes.text(tag);
                Outcome::Text
            }
        }
    }

    /// Deals with a tag in code: only what code needs to show tags is one.
    fn tag_in_code(&mut self, tag: &Tag<'a>, place: Place) {
        let has_liquid = self.syntaxes.contains(TemplateSyntaxes::LIQUID);
        let is_escaped = matches!(tag.form, Form::EscapedAngle | Form::EscapedPercent);
        if is_escaped && self.syntaxes.contains(TemplateSyntaxes::HUGO) {
            let shown = hugo::escaped(tag);
            let shown = if place == Place::HtmlCode { shown.replace('<', "&lt;") } else { shown };
            return self.write(tag, &shown, place);
        }
        if tag.form == Form::Block && tag.name == "raw" && has_liquid {
            return match liquid::outcome(tag, &mut self.ends) {
                Outcome::Raw { until } => self.raw(tag, until, place),
                _ => self.notes.unclosed(tag.name, tag.start),
            };
        }
        if let Some(text) = liquid::only_string(tag).filter(|_| has_liquid) {
            return self.write(tag, text, place);
        }
        // What it holds may be a tag: `{{{% raw %}`.
        self.at = tag.start + 1;
    }

    fn raw(&mut self, tag: &Tag<'a>, until: usize, place: Place) {
        self.write(tag, "", place);
        self.raw_until = Some(until);
    }

    fn tag(&mut self, tag: &Tag<'a>) {
        match self.outcome(tag) {
            Outcome::Text => {}
            Outcome::Unclosed => self.notes.unclosed(tag.name, tag.start),
            Outcome::Removed { end } => self.remove(tag, end),
            Outcome::Url(url) => self.write(tag, &content::url(&url), Place::Text),
            Outcome::Source(text) => self.write(tag, &text, Place::Text),
            Outcome::Literal(text) => self.write(tag, &text.replace('<', "&lt;"), Place::Text),
            Outcome::Raw { until } => self.raw(tag, until, Place::Text),
            Outcome::BeginQuotation { footer } => self.begin_quotation(tag, footer),
            Outcome::EndQuotation => self.end_quotation(tag),
            other => self.block(tag.start, tag.end, other),
        }
    }

    /// Writes what a tag or a shortcode shows as HTML.
    pub(super) fn block(&mut self, tag_start: usize, tag_end: usize, outcome: Outcome<'a>) {
        match outcome {
            Outcome::Html { html, end, .. } => {
                self.write_block(tag_start, end, &html);
                self.at = end;
            }
            Outcome::Code { before, language, start, stop, end, markup } => {
                let code = &self.body[start..stop];
                let prefix = self.line_prefix(tag_start);
                let html = code_text::html(code, prefix, language.as_deref(), markup, self.syntaxes);
                self.write_block(tag_start, end, &(before + &html));
                self.at = end;
            }
            Outcome::BeginFigure { close, caption_from, caption } => {
                let html = if figure_content::is_markdown(&self.body[tag_end..close]) || caption.is_some() {
                    NO_HTML_BLOCK.to_owned() + "<figure>"
                } else {
                    "<figure>".to_owned()
                };
                self.output.replace(tag_start, tag_end, &html);
                self.figure = Some(Figure { close, caption_from, caption, has_caption: false });
            }
            _ => {}
        }
    }

    pub(super) fn write_block(&mut self, start: usize, end: usize, html: &str) {
        let prefix = self.line_prefix(start);
        let before =
            if prefix.bytes().all(is_marker) && !html.starts_with("<pre") { NO_HTML_BLOCK } else { "" };
        self.output.replace(start, end, &format!("{before}{html}"));
    }

    /// What stands before `start` on its line, at most 256 bytes of it.
    fn line_prefix(&self, start: usize) -> &'a str {
        let mut near = start.saturating_sub(256);
        while !self.body.is_char_boundary(near) {
            near += 1;
        }
        let before = &self.body[near..start];
        before.rsplit_once('\n').map_or(before, |(_, prefix)| prefix)
    }

    /// Takes a tag out, with all up to `end`.
    fn remove(&mut self, tag: &Tag<'a>, end: usize) {
        let (start, end) = self.with_delimiters(tag.start, end);
        self.notes.removal(start, end, || tag.element());
        let is_control = tag.form == Form::Block && tag.name != "include";
        let (from, to) = if is_control { self.trim(tag, start, end) } else { (start, end) };
        let next = self.body.as_bytes().get(to).copied();
        let separates = separates(tag) || self.separated_at == Some(from);
        self.separated_at = separates.then_some(to);
        let between = if separates && self.glues(from, next) { " " } else { self.between(from, next) };
        self.output.replace(from, to, between);
        self.at = to;
    }

    /// Whether `next` and what stands before `from` would become one word, or one sentence without a space.
    /// A URL of Markdown is left alone: a space would end it.
    fn glues(&self, from: usize, next: Option<u8>) -> bool {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
        let last = self.output.before(from).next();
        if !next.is_some_and(is_letter)
            || !last.is_some_and(|last| is_letter(last) || b".,;:!?".contains(&last))
        {
            return false;
        }
        let word = self.output.before(from).take(256).take_while(|byte| !byte.is_ascii_whitespace());
        let mut after = 0;
        !word.into_iter().any(|byte| {
            let begins_url = byte == b']' && after == b'(';
            after = byte;
            begins_url
        })
    }

    /// Writes what a tag shows.
    fn write(&mut self, tag: &Tag<'a>, text: &str, place: Place) {
        let (from, to) = self.trim(tag, tag.start, tag.end);
        let next = text.bytes().next().or_else(|| self.body.as_bytes().get(to).copied());
        let between = if place == Place::MarkdownCode { "" } else { self.between(from, next) };
        self.output.replace(from, to, &format!("{between}{text}"));
        self.at = to;
    }

    /// The range of a tag with the white space that its dashes trim.
    fn trim(&self, tag: &Tag<'a>, start: usize, end: usize) -> (usize, usize) {
        let done = self.output.done().min(start);
        let before =
            if tag.trims_before { self.body[done..start].trim_ascii_end().len() + done } else { start };
        let rest = &self.body[end..];
        let after = if tag.trims_after { rest.len() - rest.trim_ascii_start().len() } else { 0 };
        (before, end + after)
    }

    /// The range of a tag with the delimiters around it that would be left with nothing between: those of an
    /// autolink or of emphasis.
    fn with_delimiters(&self, start: usize, end: usize) -> (usize, usize) {
        let bytes = self.body.as_bytes();
        let (mut from, mut to) = (start, end);
        if from > self.output.done() && bytes[from - 1] == b'<' && bytes.get(to) == Some(&b'>') {
            return (from - 1, to + 1);
        }
        while from > self.output.done()
            && start - from < 3
            && matches!(bytes[from - 1], b'*' | b'_')
            && bytes.get(to) == Some(&bytes[from - 1])
        {
            (from, to) = (from - 1, to + 1);
        }
        (from, to)
    }

    /// What to write before the byte that will follow the offset `from`: a comment, if that byte would become
    /// a part of a tag or a reference with what stands there.
    pub(super) fn between(&self, from: usize, next: Option<u8>) -> &'static str {
        let Some(next) = next else { return "" };
        let mut before = self.output.before(from).take(40);
        let fuses = match before.next() {
            Some(b'<') => next.is_ascii_alphabetic() || b"/!?".contains(&next),
            Some(b'&') => next.is_ascii_alphanumeric() || next == b'#',
            Some(last) if last.is_ascii_alphanumeric() || last == b'#' => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
                (is_part(&next) || next == b';') && before.find(|byte| !is_part(byte)) == Some(b'&')
            }
            _ => false,
        };
        if fuses { "<!---->" } else { "" }
    }

    fn begin_quotation(&mut self, tag: &Tag<'a>, footer: String) {
        let body = self.body;
        let ends = self.quotation_ends.get_or_insert_with(|| {
            memchr::memmem::find_iter(&body.as_bytes()[tag.end..], "endblockquote").count()
        });
        if *ends <= self.quotations.len() {
            return self.notes.unclosed(tag.name, tag.start);
        }
        self.quotations.push(footer);
        let ends_line = matches!(self.body.as_bytes().get(tag.end), None | Some(b'\r' | b'\n'));
        self.write_block(tag.start, tag.end, if ends_line { "<blockquote>\n" } else { "<blockquote>" });
    }

    fn end_quotation(&mut self, tag: &Tag<'a>) {
        self.quotation_ends = self.quotation_ends.map(|ends| ends.saturating_sub(1));
        match self.quotations.pop() {
            Some(footer) => {
                // What stands before may be a list, which a blank line ends.
                let prefix = self.line_prefix(tag.start);
                let is_indentation = prefix.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
                let line = if is_indentation { format!("\n{prefix}{NO_HTML_BLOCK}") } else { String::new() };
                self.output.replace(tag.start, tag.end, &format!("{line}{footer}</blockquote>"));
            }
            None => self.remove(tag, tag.end),
        }
    }

    /// Deals with a `<`.
    fn angle(&mut self) {
        let start = self.at;
        let rest = &self.body.as_bytes()[start..];
        let raw_end = match rest.get(1) {
            Some(b'!') if rest.starts_with(b"<!--") => self.ends.next(Kind::Text("-->"), start + 2),
            Some(b'!' | b'?') => self.ends.next(Kind::Text(">"), start),
            Some(b'/') if rest.len() > 2 => self.ends.next(Kind::Text(">"), start),
            Some(byte) if byte.is_ascii_alphabetic() => {
                if !self.start_tag(start) {
                    self.at = start + 1;
                }
                return;
            }
            _ => None,
        };
        self.at = raw_end.map_or(start + 1, |(_, end)| end);
    }
}
