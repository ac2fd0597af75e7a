//! Events in, blocks out.
//!
//! Elements that only group others leave no trace but the border between texts. Those that the model knows
//! are *frames*: they collect blocks until they close. Inline text is collected in one run, which becomes a
//! paragraph (or a heading, or a caption) at the next border.

mod credit;
mod figure;
mod frame;
mod list;
mod media;
mod space;
mod srcset;
mod table;
mod text;
mod urls;

#[cfg(test)]
mod tests;

use std::mem::take;

use crate::bytes::space_at;
use crate::html::event::{Element, EventSink, Names, Tag, trimmed};
use crate::post::{
    Block, Heading, HeadingLevel, List, ListKind, MAX_CONTAINERS, MarkKind, Paragraph, Preformatted, Table,
    ThematicBreak,
};
use crate::recorder::Recorder;
use crate::report::DiagnosticKind;

use frame::{Frame, Kind};
use media::MediaState;
use text::Run;
use urls::{Urls, is_link};

/// Builds the blocks of an article from the events of its body.
pub(crate) struct BlockBuilder<'a, 'b> {
    urls: Urls<'b>,
    body_bytes: usize,
    /// What stands in no frame.
    root: Frame<'a>,
    /// The open frames, the outermost first.
    frames: Vec<Frame<'a>>,
    /// How many of them are [containers](Kind::is_container).
    containers: usize,
    /// How many lists, quotations and tables were too deep to be open.
    dissolved: usize,
    /// Where the first of them begins.
    first_dissolved: Option<usize>,
    run: Run<'a>,
    /// What each open element has done, to be undone when it closes.
    effects: Vec<Effect>,
    /// The level of the heading around the run.
    heading: Option<HeadingLevel>,
    /// How many open elements hide the text inside them.
    hidden: usize,
    media: MediaState<'a>,
}

/// What an open element has done.
#[derive(Debug, Clone, Copy)]
enum Effect {
    Nothing,
    /// Texts before and after it are kept apart.
    Border,
    /// The innermost mark is its own.
    Mark,
    /// The innermost frame is its own.
    Frame,
    /// It is a heading; around it is this one.
    Heading(Option<HeadingLevel>),
    /// Its text is not shown.
    Hidden,
    /// It is the `<video>` or `<audio>` that is being read; its text is not shown.
    Player,
    /// It is the `<picture>` that is being read.
    Picture,
    Noscript,
}

/// How many bytes of a body a block of it takes. There is room for so many blocks from the start.
const USUAL_BLOCK: usize = 512;

/// How many open elements there is room for from the start.
const USUAL_DEPTH: usize = 8;

impl<'a, 'b> BlockBuilder<'a, 'b> {
    /// A builder for a body of so many bytes, that resolves URLs against `base_url`, if that is a URL.
    pub(crate) fn new(base_url: Option<&'b str>, body_bytes: usize) -> Self {
        Self {
            urls: Urls::new(base_url, body_bytes),
            body_bytes,
            root: Frame::root((body_bytes / USUAL_BLOCK).max(1)),
            frames: Vec::new(),
            containers: 0,
            dissolved: 0,
            first_dissolved: None,
            run: Run::new(body_bytes),
            effects: Vec::with_capacity(USUAL_DEPTH),
            heading: None,
            hidden: 0,
            media: MediaState::default(),
        }
    }

    /// The blocks, once all elements are closed. What had to be left out is a diagnostic.
    pub(crate) fn finish(&mut self, recorder: &mut Recorder) -> Vec<Block<'a>> {
        self.end_run();
        self.root.find_credit();
        if self.dissolved > 0 {
            recorder.diagnose(DiagnosticKind::DeepBlocks, self.first_dissolved, || {
                format!(
                    "lists, quotations and tables dissolved, deeper than {MAX_CONTAINERS} levels: {}",
                    self.dissolved
                )
            });
        }
        self.urls.diagnose(recorder);
        take(&mut self.root.blocks)
    }

    fn frame(&mut self) -> &mut Frame<'a> {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    /// Whether the borders of blocks are line breaks here.
    fn is_in_one_text(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.kind.is_one_text())
    }

    fn kind(&self) -> &Kind<'a> {
        &self.frames.last().unwrap_or(&self.root).kind
    }

    /// A place where a text ends in the eyes of a reader.
    fn border(&mut self) {
        if self.is_in_one_text() {
            self.run.border();
        } else {
            self.end_run();
        }
    }

    /// Makes a block of the run.
    #[inline]
    fn end_run(&mut self) {
        if self.run.is_empty() {
            self.run.restart();
        } else {
            self.add_run();
        }
    }

    fn add_run(&mut self) {
        let Some(text) = self.run.finish(&self.urls) else { return };
        let block = match (self.kind(), self.heading) {
            (Kind::Pre { .. }, _) => Block::Preformatted(Preformatted::new(text)),
            (_, Some(level)) => Block::Heading(Heading::new(level, text)),
            (_, None) => Block::Paragraph(Paragraph::new(text)),
        };
        self.frame().push(block);
    }

    /// Opens a frame, unless it is one that nests too deep: such an element only groups what it holds.
    fn open_frame(&mut self, kind: Kind<'a>) -> Effect {
        self.end_run();
        if kind.is_container() {
            if self.containers == MAX_CONTAINERS {
                if !matches!(kind, Kind::Figure) {
                    self.first_dissolved = self.first_dissolved.or_else(|| self.urls.element_start());
                    self.dissolved += 1;
                }
                return Effect::Border;
            }
            self.containers += 1;
        }
        self.run.set_preserve(matches!(kind, Kind::Pre { .. }));
        self.frames.push(Frame::new(kind));
        Effect::Frame
    }

    fn close_frame(&mut self) {
        let one_text = if self.kind().is_caption() {
            self.run.finish(&self.urls)
        } else {
            self.end_run();
            None
        };
        let Some(frame) = self.frames.pop() else { return };
        self.containers -= usize::from(frame.kind.is_container());
        self.run.set_preserve(false);
        let parent = self.frames.last_mut().unwrap_or(&mut self.root);
        frame.close_into(parent, one_text, &self.urls);
    }

    #[inline(never)]
    fn open_mark(&mut self, kind: MarkKind<'a>) -> Effect {
        if self.run.open_mark(kind) { Effect::Mark } else { Effect::Nothing }
    }

    fn hide(&mut self) -> Effect {
        self.hidden += 1;
        Effect::Hidden
    }

    /// Does what the start tag asks for.
    fn enter(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            // Most elements do no more than to group others.
            Tag::Span | Tag::Unknown => Effect::Nothing,
            Tag::Div | Tag::P | Tag::Section | Tag::Article | Tag::Header | Tag::Footer => {
                self.open_group(element)
            }
            Tag::A => self.open_link(element),
            Tag::Code => self.open_code(element),
            Tag::Br => self.line_break(),
            Tag::Noscript => {
                self.media.noscripts += 1;
                Effect::Noscript
            }
            Tag::Img | Tag::Iframe | Tag::Embed | Tag::Object | Tag::Video | Tag::Audio | Tag::Picture => {
                self.open_media(element)
            }
            Tag::Source => {
                self.add_source(&element.attrs);
                Effect::Nothing
            }
            tag if tag.hides_text() => self.hide(),
            tag if tag.is_block() => self.open_block(element),
            tag => mark(tag).map_or(Effect::Nothing, |mark| self.open_mark(mark)),
        }
    }

    fn open_block(&mut self, element: &Element<'a>) -> Effect {
        let attrs = &element.attrs;
        if self.is_in_one_text() {
            self.run.border();
            return Effect::Border;
        }
        let list = |kind, start| Kind::List(List { start, ..List::new(kind, Vec::new()) });
        match (element.tag, self.kind()) {
            (Tag::H1, _) => self.open_heading(HeadingLevel::H1),
            (Tag::H2, _) => self.open_heading(HeadingLevel::H2),
            (Tag::H3, _) => self.open_heading(HeadingLevel::H3),
            (Tag::H4, _) => self.open_heading(HeadingLevel::H4),
            (Tag::H5, _) => self.open_heading(HeadingLevel::H5),
            (Tag::H6, _) => self.open_heading(HeadingLevel::H6),
            (Tag::Hr, _) => {
                self.end_run();
                self.frame().push(Block::ThematicBreak(ThematicBreak::new()));
                Effect::Nothing
            }
            (Tag::Blockquote, _) => self.open_frame(Kind::Quote),
            (Tag::Ul | Tag::Menu | Tag::Dir, _) => self.open_frame(list(ListKind::Unordered, None)),
            (Tag::Ol, _) => self.open_frame(list(ListKind::Ordered, list::start(attrs))),
            (Tag::Dl, _) => self.open_frame(list(ListKind::Description, None)),
            (Tag::Li, Kind::List(list)) if list.kind != ListKind::Description => self.open_frame(Kind::Item),
            (Tag::Dt, Kind::List(list)) if list.kind == ListKind::Description => self.open_frame(Kind::Term),
            (Tag::Dd, Kind::List(list)) if list.kind == ListKind::Description => {
                self.open_frame(Kind::Description)
            }
            (Tag::Table, _) => self.open_frame(Kind::Table(Table::default())),
            (Tag::Caption, Kind::Table(_)) => self.open_frame(Kind::TableCaption),
            (Tag::Tr, Kind::Table(_)) => self.open_frame(Kind::Row(Vec::new())),
            (tag @ (Tag::Td | Tag::Th), Kind::Row(_)) => {
                self.open_frame(Kind::Cell(table::cell(attrs, tag == Tag::Th)))
            }
            (Tag::Figure, _) => self.open_frame(Kind::Figure),
            (Tag::Figcaption, Kind::Figure) => self.open_frame(Kind::Caption),
            (Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext, _) => {
                self.open_frame(Kind::Pre { is_code: false, language: frame::language(attrs) })
            }
            _ => self.open_group(element),
        }
    }

    /// Opens a block that only groups others, unless it is the caption of the figure before it.
    fn open_group(&mut self, element: &Element<'a>) -> Effect {
        self.border();
        // Few come right after a figure: of the others the class is not looked at.
        if self.run.is_empty() && self.frame().is_after_figure() && figure::is_caption(&element.attrs) {
            return self.open_frame(Kind::CaptionBelow);
        }
        Effect::Border
    }

    fn open_heading(&mut self, level: HeadingLevel) -> Effect {
        self.end_run();
        Effect::Heading(self.heading.replace(level))
    }

    #[inline(never)]
    fn open_link(&mut self, element: &Element<'a>) -> Effect {
        const NAMES: Names<'_, 2> = Names::new(["href", "title"]);
        let [href, title] = element.attrs.get_all(&NAMES);
        match href.and_then(|href| self.urls.resolve(href)) {
            Some(href) if is_link(&href) => {
                self.open_mark(MarkKind::Link { href, title: title.and_then(trimmed) })
            }
            _ => Effect::Nothing,
        }
    }

    fn open_code(&mut self, element: &Element<'a>) -> Effect {
        let Kind::Pre { is_code, language } = &mut self.frame().kind else {
            return self.open_mark(MarkKind::Code);
        };
        *is_code = true;
        if language.is_none() {
            *language = frame::language(&element.attrs);
        }
        Effect::Nothing
    }

    /// Undoes what a start tag has asked for.
    #[inline(never)]
    fn undo(&mut self, effect: Effect) {
        match effect {
            Effect::Nothing => {}
            Effect::Border => self.border(),
            Effect::Mark => self.run.close_mark(),
            Effect::Frame => self.close_frame(),
            Effect::Heading(around) => {
                self.end_run();
                self.heading = around;
            }
            Effect::Hidden => {
                self.hidden -= 1;
                self.media.wants_embed = false;
            }
            Effect::Player => {
                self.hidden -= 1;
                self.close_player();
            }
            Effect::Picture => self.close_picture(),
            Effect::Noscript => self.media.noscripts -= 1,
        }
    }

    /// Adds a text to the run, by what takes it up to a blank line where one ends a paragraph.
    #[inline]
    fn add_text<'t>(&mut self, text: &'t str, push: impl Fn(&mut Run<'a>, &'t str, bool) -> Option<&'t str>) {
        if self.hidden > 0 {
            return;
        }
        let stops_at_blank_line = self.stops_at_blank_line();
        let mut rest = push(&mut self.run, text, stops_at_blank_line);
        while let Some(text) = rest {
            self.end_run();
            rest = push(&mut self.run, text, true);
        }
    }

    #[inline(never)]
    fn space_in_text(&mut self, space: &str) {
        let (_, feeds) = space_at(space.as_bytes());
        if self.run.push_space(feeds) && self.stops_at_blank_line() {
            self.end_run();
        }
    }

    /// In text that is inside no element, a blank line ends a paragraph, as in Markdown.
    fn stops_at_blank_line(&self) -> bool {
        self.effects.is_empty()
    }

    #[inline(never)]
    fn line_break(&mut self) -> Effect {
        let is_blank_line = self.run.line_break();
        if is_blank_line && self.heading.is_none() && !self.is_in_one_text() {
            self.end_run();
        }
        Effect::Nothing
    }
}

impl<'a> EventSink<'a> for BlockBuilder<'a, '_> {
    fn open(&mut self, element: &Element<'a>) {
        self.urls.note_element(element.start);
        let effect = if self.hidden == 0 { self.enter(element) } else { self.enter_hidden(element) };
        self.effects.push(effect);
    }

    fn close(&mut self, _tag: Tag) {
        match self.effects.pop() {
            None | Some(Effect::Nothing) => {}
            Some(Effect::Border) => self.border(),
            Some(effect) => self.undo(effect),
        }
    }

    fn text(&mut self, text: &'a str) {
        self.add_text(text, Run::push);
    }

    fn other_text(&mut self, text: &str) {
        self.add_text(text, Run::push_copy);
    }

    fn space(&mut self, space: &'a str) {
        if self.run.preserves() {
            return self.text(space);
        }
        // At the beginning of a text it is nothing.
        if !self.run.is_empty() && self.hidden == 0 {
            self.space_in_text(space);
        }
    }

    fn restart(&mut self) {
        *self = Self::new(self.urls.base_url(), self.body_bytes);
    }
}

/// The mark that an inline element makes.
fn mark<'a>(tag: Tag) -> Option<MarkKind<'a>> {
    Some(match tag {
        Tag::Strong | Tag::B => MarkKind::Strong,
        Tag::Em | Tag::I | Tag::Cite | Tag::Dfn | Tag::Var => MarkKind::Emphasis,
        Tag::Kbd | Tag::Samp | Tag::Tt => MarkKind::Code,
        Tag::U | Tag::Ins => MarkKind::Underline,
        Tag::S | Tag::Del | Tag::Strike => MarkKind::Strikethrough,
        Tag::Sub => MarkKind::Subscript,
        Tag::Sup => MarkKind::Superscript,
        Tag::Mark => MarkKind::Highlight,
        Tag::Q => MarkKind::Quotation,
        Tag::Small => MarkKind::Small,
        _ => return None,
    })
}
