//! From the events of pulldown-cmark to HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::info;
use super::output::Output;

/// Writes HTML for events.
#[derive(Debug)]
pub(super) struct Writer<'s> {
    source: &'s str,
    out: Output,
    /// The outputs that wait for the end of a footnote, with the label of the footnote.
    waiting: Vec<(String, Output)>,
    footnotes: Footnotes,
    image: Option<Image<'s>>,
    is_table_head: bool,
    /// The braces at the end of an open heading that are none of its attributes.
    braces: Option<&'s str>,
}

/// An image whose text is being written into its `alt`.
#[derive(Debug)]
struct Image<'s> {
    /// How many images are open in it, with itself.
    depth: usize,
    title: CowStr<'s>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s str, with_map: bool) -> Self {
        Self {
            source,
            out: Output::new(source.len() + source.len() / 4, with_map),
            waiting: Vec::new(),
            footnotes: Footnotes::default(),
            image: None,
            is_table_head: false,
            braces: None,
        }
    }

    /// All that was written, and the footnotes.
    pub(super) fn finish(mut self) -> Output {
        self.footnotes.write(&mut self.out);
        self.out
    }

    pub(super) fn write(&mut self, event: Event<'s>, range: Range<usize>) {
        if self.image.is_some() {
            self.write_alt(event);
            return;
        }
        self.out.from(range.start);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.out.text(&text),
            Event::Code(text) => {
                self.out.html("<code>");
                self.out.text(&text);
                self.out.html("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, &range),
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
            Tag::Paragraph => self.out.html("<p>"),
            Tag::Heading { level, id, classes, attrs } => {
                self.open_heading(level, id.as_deref(), &classes, &attrs, range);
            }
            Tag::BlockQuote(_) => self.out.html("<blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.out.html("<pre><code>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.out.html("<pre><code");
                if let Some(language) = info::language(&info) {
                    self.out.attribute("class", &format!("language-{language}"));
                }
                self.out.html(">");
            }
            Tag::List(None) => self.out.html("<ul>"),
            Tag::List(Some(start)) => {
                self.out.html("<ol");
                if start != 1 {
                    self.out.attribute("start", &start.to_string());
                }
                self.out.html(">");
            }
            Tag::Item => self.out.html("<li>"),
            Tag::FootnoteDefinition(label) => {
                let inner = self.out.beside();
                let outer = std::mem::replace(&mut self.out, inner);
                self.waiting.push((label.into_string(), outer));
            }
            Tag::DefinitionList => self.out.html("<dl>"),
            Tag::DefinitionListTitle => self.out.html("<dt>"),
            Tag::DefinitionListDefinition => self.out.html("<dd>"),
            Tag::Table(_) => self.out.html("<table>"),
            Tag::TableHead => {
                self.is_table_head = true;
                self.out.html("<thead><tr>");
            }
            Tag::TableRow => self.out.html("<tr>"),
            Tag::TableCell => self.out.html(if self.is_table_head { "<th>" } else { "<td>" }),
            Tag::Emphasis => self.out.html("<em>"),
            Tag::Strong => self.out.html("<strong>"),
            Tag::Strikethrough => self.out.html("<del>"),
            Tag::Superscript => self.out.html("<sup>"),
            Tag::Subscript => self.out.html("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.out.html("<a");
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.out.url_attribute("href", scheme, &dest_url);
                if !title.is_empty() {
                    self.out.attribute("title", &title);
                }
                self.out.html(">");
            }
            Tag::Image { dest_url, title, .. } => {
                self.out.html("<img");
                self.out.url_attribute("src", "", &dest_url);
                self.out.html(" alt=\"");
                self.image = Some(Image { depth: 1, title });
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
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
            TagEnd::Item => self.out.html("</li>"),
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.waiting.pop() {
                    let inner = std::mem::replace(&mut self.out, outer);
                    self.footnotes.define(&label, inner);
                }
            }
            TagEnd::DefinitionList => self.out.html("</dl>"),
            TagEnd::DefinitionListTitle => self.out.html("</dt>"),
            TagEnd::DefinitionListDefinition => self.out.html("</dd>"),
            TagEnd::Table => self.out.html("</tbody></table>"),
            TagEnd::TableHead => {
                self.is_table_head = false;
                self.out.html("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.out.html("</tr>"),
            TagEnd::TableCell => self.out.html(if self.is_table_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.html("</em>"),
            TagEnd::Strong => self.out.html("</strong>"),
            TagEnd::Strikethrough => self.out.html("</del>"),
            TagEnd::Superscript => self.out.html("</sup>"),
            TagEnd::Subscript => self.out.html("</sub>"),
            TagEnd::Link => self.out.html("</a>"),
            TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn open_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        classes: &[CowStr<'s>],
        attributes: &[(CowStr<'s>, Option<CowStr<'s>>)],
        range: Range<usize>,
    ) {
        self.out.html("<");
        self.out.html(name(level));
        if let Some(id) = id {
            self.out.attribute("id", id);
        }
        if !classes.is_empty() {
            self.out.attribute("class", &classes.join(" "));
        }
        // `{#id}` and `{.class}` are attributes. Other braces are more likely text: `{name}`, `{{ name }}`.
        if id.is_none() && classes.is_empty() && !attributes.is_empty() {
            let text = &self.source[range];
            self.braces =
                text.rfind('{').map(|at| &text[at..]).and_then(|text| text.split_inclusive('}').next());
        }
        self.out.html(">");
    }

    fn close_heading(&mut self, level: HeadingLevel) {
        if let Some(braces) = self.braces.take() {
            self.out.html(" ");
            self.out.text(braces);
        }
        self.out.html("</");
        self.out.html(name(level));
        self.out.html(">");
    }

    /// Writes what is HTML already.
    fn raw(&mut self, html: &str, range: &Range<usize>) {
        // The text of a line in a container begins after the container's marks.
        let is_whole = range.len() == html.len();
        self.out.copy(html, is_whole.then_some(range.start));
    }

    /// Writes the text of what stands in an image.
    fn write_alt(&mut self, event: Event<'s>) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                if let Some(image) = &mut self.image {
                    image.depth += 1;
                }
            }
            Event::End(TagEnd::Image) => self.end_image(),
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
