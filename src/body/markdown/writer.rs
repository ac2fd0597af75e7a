//! From the events of pulldown-cmark to HTML.

use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::attributes::Attributes;
use super::footnotes::Footnotes;
use super::info;
use super::missing_cells::MissingCells;
use super::output::Output;
use super::parts::Kind;
use super::prose_tags::ProseTags;
use super::raw;
use super::source::Source;
use super::tags;
use crate::bytes::ends_in_escape;

/// Writes HTML for events.
#[derive(Debug)]
pub(super) struct Writer<'s> {
    source: Source<'s>,
    prose_tags: ProseTags<'s>,
    /// How many attribute lists on lines of their own belong to blocks before.
    used_attributes: usize,
    out: Output,
    /// The outputs that wait for the end of a footnote, with the label of the footnote.
    waiting: Vec<(String, Output)>,
    footnotes: Footnotes,
    image: Option<Image<'s>>,
    is_table_head: bool,
    missing_cells: MissingCells,
    /// What was not written yet of the open row of a table.
    row: Range<usize>,
    /// How many columns the open table has.
    columns: usize,
    /// How many cells of the open row are still to come.
    cells_left: usize,
    /// How many items, definitions and footnotes are open.
    items: usize,
    /// The end of the text that was written of an open heading without attributes.
    heading_text_end: Option<usize>,
}

/// An image whose text is being written into its `alt`.
#[derive(Debug)]
struct Image<'s> {
    /// How many images are open in it, with itself.
    depth: usize,
    title: CowStr<'s>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: Source<'s>, with_map: bool) -> Self {
        Self {
            source,
            prose_tags: ProseTags::new(source.text),
            used_attributes: 0,
            out: Output::new(source.text.len() + source.text.len() / 4, with_map),
            waiting: Vec::new(),
            footnotes: Footnotes::default(),
            image: None,
            is_table_head: false,
            missing_cells: MissingCells::new(source.text.len()),
            row: 0..0,
            columns: 0,
            cells_left: 0,
            items: 0,
            heading_text_end: None,
        }
    }

    /// All that was written, and the footnotes.
    pub(super) fn finish(mut self) -> Output {
        self.footnotes.write(&mut self.out);
        self.out
    }

    pub(super) fn write(&mut self, event: Event<'s>, range: Range<usize>) {
        if self.image.is_some() {
            self.write_alt(event, range);
            return;
        }
        self.out.from(range.start);
        if let Some(end) = self.heading_text_end.as_mut().filter(|_| !matches!(event, Event::End(_))) {
            *end = range.end.max(*end);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.code(&text, range),
            Event::InlineHtml(html) if self.prose_tags.is_text(&html, range.end) => self.text(&html),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html),
            Event::SoftBreak => self.out.html("\n"),
            Event::HardBreak => self.out.html("<br>\n"),
            Event::Rule => self.out.html("<hr>"),
            Event::FootnoteReference(label) => self.footnotes.refer(&label, &mut self.out),
            Event::TaskListMarker(is_checked) => self.out.html(if is_checked {
                "<input type=\"checkbox\" checked disabled> "
            } else {
                "<input type=\"checkbox\" disabled> "
            }),
            // Formulas are dealt with before.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.out.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.prose_tags.begin_block(range.end);
                self.open_block("p", &range);
            }
            Tag::Heading { level, id, classes, .. } => {
                self.prose_tags.begin_block(range.end);
                self.open_heading(level, id.as_deref(), &classes, range);
            }
            Tag::BlockQuote(_) => self.open_block("blockquote", &range),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.open_code(None, &range),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.open_code(info::language(&info), &range),
            Tag::List(None) => self.open_block("ul", &range),
            Tag::List(Some(start)) => self.open_ordered_list(start, &range),
            Tag::Item => self.open_item("<li>", &range),
            Tag::FootnoteDefinition(label) => {
                self.items += 1;
                let inner = self.out.beside();
                let outer = std::mem::replace(&mut self.out, inner);
                self.waiting.push((label.into_string(), outer));
            }
            Tag::DefinitionList => self.open_block("dl", &range),
            Tag::DefinitionListTitle => {
                self.prose_tags.begin_block(range.end);
                self.out.html("<dt>");
            }
            Tag::DefinitionListDefinition => self.open_item("<dd>", &range),
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.start_in_table(tag, range);
            }
            Tag::Emphasis => self.open_span("em", range.end),
            Tag::Strong => self.open_span("strong", range.end),
            Tag::Strikethrough => self.open_span("del", range.end),
            Tag::Superscript => self.open_span("sup", range.end),
            Tag::Subscript => self.open_span("sub", range.end),
            Tag::Link { link_type, dest_url, title, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.open_link(scheme, &dest_url, &title, range.end);
            }
            Tag::Image { dest_url, title, .. } => {
                self.out.html("<img");
                self.span_attributes(range.end);
                self.out.url_attribute("src", "", self.source.original(&dest_url));
                self.out.html(" alt=\"");
                self.image = Some(Image { depth: 1, title });
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    /// Writes the start tag of a table, or of a part of one.
    fn start_in_table(&mut self, tag: Tag<'s>, range: Range<usize>) {
        match tag {
            Tag::Table(columns) => {
                self.columns = columns.len();
                self.open_block("table", &range);
            }
            Tag::TableHead => {
                self.is_table_head = true;
                self.out.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.cells_left = self.columns;
                self.row = range;
                self.out.html("<tr>");
            }
            _ if self.missing_cells.leave_out(&range) => {}
            _ => {
                self.row.start = range.end.max(self.row.start);
                self.prose_tags.begin_block(range.end);
                self.out.html(if self.is_table_head { "<th>" } else { "<td>" });
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.html("</p>"),
            TagEnd::Heading(level) => self.close_heading(level),
            TagEnd::BlockQuote(_) => self.out.html("</blockquote>"),
            TagEnd::CodeBlock => self.out.html("</code></pre>"),
            TagEnd::List(false) => self.out.html("</ul>"),
            TagEnd::List(true) => self.out.html("</ol>"),
            TagEnd::Item => self.close_item("</li>"),
            TagEnd::FootnoteDefinition => {
                self.items -= 1;
                if let Some((label, outer)) = self.waiting.pop() {
                    let inner = std::mem::replace(&mut self.out, outer);
                    self.footnotes.define(&label, inner);
                }
            }
            TagEnd::DefinitionList => self.out.html("</dl>"),
            TagEnd::DefinitionListTitle => self.out.html("</dt>"),
            TagEnd::DefinitionListDefinition => self.close_item("</dd>"),
            TagEnd::Table => self.out.html("</tbody></table>"),
            TagEnd::TableHead => {
                self.is_table_head = false;
                self.out.html("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.out.html("</tr>"),
            TagEnd::TableCell if self.missing_cells.is_left_out => {}
            TagEnd::TableCell if self.is_table_head => self.out.html("</th>"),
            TagEnd::TableCell => {
                self.cells_left = self.cells_left.saturating_sub(1);
                if self.cells_left == 0 {
                    self.extra_cells();
                }
                self.out.html("</td>");
            }
            TagEnd::Emphasis => self.out.html("</em>"),
            TagEnd::Strong => self.out.html("</strong>"),
            TagEnd::Strikethrough => self.out.html("</del>"),
            TagEnd::Superscript => self.out.html("</sup>"),
            TagEnd::Subscript => self.out.html("</sub>"),
            TagEnd::Link => self.out.html("</a>"),
            TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Opens an element whose content may be indented in the Markdown.
    pub(super) fn open_item(&mut self, start_tag: &str, range: &Range<usize>) {
        self.items += 1;
        self.prose_tags.begin_block(range.end);
        self.out.html(start_tag);
    }

    pub(super) fn close_item(&mut self, end_tag: &str) {
        self.items -= 1;
        self.out.html(end_tag);
    }

    fn open_block(&mut self, name: &str, range: &Range<usize>) {
        self.out.html("<");
        self.out.html(name);
        self.block_attributes(range);
        self.out.html(">");
    }

    /// Writes the attributes on a line of their own that belong to the block.
    fn block_attributes(&mut self, range: &Range<usize>) {
        if let Some(attributes) = self.take_attributes(range) {
            attributes.write(&mut self.out);
        }
    }

    fn take_attributes(&mut self, range: &Range<usize>) -> Option<Attributes<'s>> {
        let (attributes, used) = self.source.block_attributes(range, self.used_attributes)?;
        self.used_attributes = used;
        Some(attributes)
    }

    fn open_span(&mut self, name: &str, end: usize) {
        self.out.html("<");
        self.out.html(name);
        self.span_attributes(end);
        self.out.html(">");
    }

    fn span_attributes(&mut self, end: usize) {
        if let Some(attributes) = self.source.span_attributes(end) {
            attributes.write(&mut self.out);
        }
    }

    fn open_ordered_list(&mut self, start: u64, range: &Range<usize>) {
        self.out.html("<ol");
        if start != 1 {
            self.out.attribute("start", &start.to_string());
        }
        self.block_attributes(range);
        self.out.html(">");
    }

    /// Opens a link that ends at `end`, to a scheme and the rest of a URL.
    fn open_link(&mut self, scheme: &str, url: &CowStr<'s>, title: &str, end: usize) {
        self.out.html("<a");
        self.out.url_attribute("href", scheme, self.source.original(url));
        if !title.is_empty() {
            self.out.attribute("title", title);
        }
        self.span_attributes(end);
        self.out.html(">");
    }

    fn open_code(&mut self, language: Option<&str>, range: &Range<usize>) {
        let attributes = self.take_attributes(range);
        let language = language.or_else(|| attributes.as_ref()?.language());
        self.out.html("<pre");
        if let Some(attributes) = &attributes {
            attributes.write(&mut self.out);
        }
        self.out.html("><code");
        if let Some(language) = language {
            self.out.attribute("class", &format!("language-{language}"));
        }
        self.out.html(">");
    }

    fn open_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        classes: &[CowStr<'s>],
        range: Range<usize>,
    ) {
        // The last braces may be text: `a \{.b}`.
        let heading = &self.source.text[range.clone()];
        let is_text = heading.rfind('{').is_some_and(|brace| ends_in_escape(&heading[..brace]));
        let id = id.filter(|_| !is_text);
        let classes = if is_text { &[] } else { classes };
        self.out.html("<");
        self.out.html(name(level));
        if let Some(id) = id {
            self.out.attribute("id", id);
        }
        if !classes.is_empty() {
            self.out.attribute("class", &classes.join(" "));
        }
        self.block_attributes(&range);
        // `{#id}` and `{.class}` are attributes. Other braces are more likely text: `{name}`, `{{ name }}`.
        self.heading_text_end = (id.is_none() && classes.is_empty()).then_some(range.start);
        self.out.html(">");
    }

    fn close_heading(&mut self, level: HeadingLevel) {
        if let Some(end) = self.heading_text_end.take() {
            let text = self.source.text;
            let line = &text[end..tags::line_end(text, end)];
            let rest = line.trim_ascii_start().trim_start_matches('#').trim_ascii();
            if rest.starts_with('{') && rest.ends_with('}') {
                if !line.starts_with('{') {
                    self.out.html(" ");
                } else if ends_in_escape(&text[..end]) {
                    self.out.take_back_backslash();
                }
                self.out.text(rest);
            }
        }
        self.out.html("</");
        self.out.html(name(level));
        self.out.html(">");
    }

    /// Writes the cells of a row after as many as the head of the table has, into the last one. They are
    /// text.
    fn extra_cells(&mut self) {
        let rest = self.source.text.get(self.row.clone()).unwrap_or_default().trim_ascii();
        let rest = rest.strip_prefix('|').unwrap_or(rest);
        let is_closed = rest.ends_with('|') && !ends_in_escape(&rest[..rest.len() - 1]);
        let mut rest = &rest[..rest.len() - usize::from(is_closed)];
        while !rest.trim_ascii().is_empty() {
            let is_end = |at: &usize| !ends_in_escape(&rest[..*at]);
            let end = memchr_iter(b'|', rest.as_bytes()).find(is_end).unwrap_or(rest.len());
            self.out.html(" | ");
            self.out.text(&rest[..end].trim_ascii().replace("\\|", "|"));
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }

    /// Writes text. Where something was covered and turns out to be text, the text is what was covered.
    fn text(&mut self, text: &str) {
        let range = self.source.offset(text).map(|start| start..start + text.len());
        let Some(range) = range.filter(|range| self.source.has_part(range)) else {
            self.out.text(text);
            return;
        };
        for piece in self.source.pieces(range) {
            if piece.kind != Some(&Kind::Separator) {
                self.out.text(&self.source.text[piece.range]);
            }
        }
    }

    fn code(&mut self, text: &str, range: Range<usize>) {
        if self.source.part_at(range.start).is_some_and(|part| part.range == range) {
            self.pieces(range);
            return;
        }
        self.open_span("code", range.end);
        self.text(text);
        self.out.html("</code>");
    }

    /// Writes what is HTML already.
    fn raw(&mut self, html: &str) {
        let start = self.source.offset(html);
        match start.map(|start| start..start + html.len()).filter(|range| self.source.has_part(range)) {
            Some(range) => self.pieces(range),
            None => raw::copy(&mut self.out, html, start),
        }
    }

    /// Writes HTML that may be covered.
    fn pieces(&mut self, range: Range<usize>) {
        let text = self.source.text;
        for piece in self.source.pieces(range) {
            let range = piece.range;
            match piece.kind {
                Some(Kind::Html) if self.items > 0 => raw::copy_from_item(&mut self.out, text, range),
                None | Some(Kind::Html) => {
                    raw::copy(&mut self.out, &text[range.clone()], Some(range.start));
                }
                Some(Kind::Inner(inner)) => {
                    let inner = inner.start.max(range.start)..inner.end.min(range.end);
                    if inner.start < inner.end {
                        raw::copy(&mut self.out, &text[inner.clone()], Some(inner.start));
                    }
                }
                Some(Kind::Text) => self.out.text(&text[range]),
                Some(Kind::Formula { tex, is_display }) => self.formula(&text[tex.clone()], *is_display),
                Some(Kind::FormulaBlock(tex)) => {
                    self.out.html("<p>");
                    self.formula(&text[tex.clone()], true);
                    self.out.html("</p>");
                }
                Some(Kind::Attributes(_) | Kind::Nothing | Kind::Separator) => {}
            }
        }
    }

    /// Writes TeX as pandoc does, for `MathJax`.
    fn formula(&mut self, tex: &str, is_display: bool) {
        let (start, end) = if is_display {
            ("<span class=\"math display\">\\[", "\\]</span>")
        } else {
            ("<span class=\"math inline\">\\(", "\\)</span>")
        };
        self.out.html(start);
        self.out.text(tex);
        self.out.html(end);
    }

    /// Writes the text of what stands in an image.
    fn write_alt(&mut self, event: Event<'s>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                if let Some(image) = &mut self.image {
                    image.depth += 1;
                }
            }
            Event::End(TagEnd::Image) => self.end_image(),
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) if self.source.has_part(&range) => {
                for piece in self.source.pieces(range) {
                    if matches!(piece.kind, None | Some(Kind::Text | Kind::Formula { .. })) {
                        self.out.value(&self.source.text[piece.range]);
                    }
                }
            }
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::InlineHtml(text) => self.out.value(&text),
            Event::SoftBreak | Event::HardBreak => self.out.html(" "),
            Event::FootnoteReference(label) => {
                let number = self.footnotes.number(&label);
                self.out.value(&format!("[{number}]"));
            }
            Event::Start(_) | Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn end_image(&mut self) {
        let Some(mut image) = self.image.take() else { return };
        image.depth -= 1;
        if image.depth > 0 {
            self.image = Some(image);
            return;
        }
        self.out.html("\"");
        if !image.title.is_empty() {
            self.out.attribute("title", &image.title);
        }
        self.out.html(">");
    }
}

fn name(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}
