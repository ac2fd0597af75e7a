//! The blocks of an article while they are built: the text that is being collected, and the elements around
//! it.

use std::mem::take;

use super::beside::{MediaBeside, Side};
use super::close::close_into;
use super::figure;
use super::frame::{Frame, FrameKind};
use super::inline::InlineBuilder;
use super::open_media::{OpenMedia, merge_twin};
use super::urls::Urls;
use crate::bytes::space_at;
use crate::html::event::Removed;
use crate::post::{
    Block, Heading, HeadingLevel, MAX_CONTAINERS, MarkKind, Media, Paragraph, Preformatted, Text,
};
use crate::recorder::Recorder;
use crate::report::DiagnosticKind;

/// Builds the blocks of an article from the events of its body.
pub(crate) struct BlockBuilder<'a, 'b> {
    pub(super) urls: Urls<'b>,
    body_bytes: usize,
    /// The frame of the body.
    root: Frame<'a>,
    /// The open frames, the outermost first.
    frames: Vec<Frame<'a>>,
    /// The number of open frames that are [containers](FrameKind::is_container).
    containers: usize,
    /// The number of lists, quotations and tables that were nested too deep, and only group what they hold.
    dissolved: usize,
    /// The byte offset in the body at which the first of those begins.
    first_dissolved: Option<usize>,
    pub(super) inline: InlineBuilder<'a>,
    /// For each open element, what is to be undone when it closes.
    pub(super) effects: Vec<Effect>,
    /// The level of the heading around the text.
    heading: Option<HeadingLevel>,
    /// For the `<div>` that was opened last: how many elements were open around it, and the source of its
    /// class.
    pub(super) last_div: (usize, &'a str),
    /// The number of open elements that hide the text inside them.
    hidden: usize,
    pub(super) media: OpenMedia<'a>,
    /// Media in a reading, to be shown after it.
    waiting_media: Vec<Media<'a>>,
    /// Media in the middle of a line of the text.
    pub(super) beside: MediaBeside<'a>,
    /// What has gone, for the report.
    pub(super) removals: Vec<Removed>,
}

/// What the start tag of an open element has done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effect {
    Nothing,
    /// The texts before and after the element are kept apart.
    Boundary,
    /// The innermost open mark is the element's.
    Mark,
    /// The element may hold a drop capital. The effect that it has otherwise is that of the name.
    DropCap,
    DropCapMark,
    /// The innermost frame is the element's.
    Frame,
    /// The element is a heading. The heading around it has this level.
    Heading(Option<HeadingLevel>),
    /// The text of the element is not shown.
    Hidden,
    /// The element is the open player. Its text is not shown.
    Player,
    /// The element is the open `<picture>`.
    Picture,
    Noscript,
    Ruby,
    /// The element is an `<rb>`.
    RubyBase,
    /// The element holds a reading, or several.
    Reading,
    /// The element holds one of the readings of the element around it.
    OneReading,
}

/// The bytes of a body for one block of it, about: there is room for that many blocks from the start.
const USUAL_BLOCK: usize = 512;

/// The number of open elements that there is room for from the start. In a short body, as that of a video,
/// few nest.
fn usual_depth(body_bytes: usize) -> usize {
    if body_bytes <= 2 * USUAL_BLOCK { 8 } else { 24 }
}

impl<'a, 'b> BlockBuilder<'a, 'b> {
    /// A builder for a body of `body_bytes` bytes, that resolves URLs against `base_url`, if that is a URL.
    pub(crate) fn new(base_url: Option<&'b str>, body_bytes: usize) -> Self {
        Self {
            urls: Urls::new(base_url, body_bytes),
            body_bytes,
            root: Frame::root((body_bytes / USUAL_BLOCK).max(1)),
            frames: Vec::new(),
            containers: 0,
            dissolved: 0,
            first_dissolved: None,
            inline: InlineBuilder::new(body_bytes),
            effects: Vec::with_capacity(usual_depth(body_bytes)),
            heading: None,
            last_div: (0, ""),
            hidden: 0,
            media: OpenMedia::default(),
            waiting_media: Vec::new(),
            beside: MediaBeside::default(),
            removals: Vec::new(),
        }
    }

    /// Forgets all events, for the body to be read anew.
    pub(super) fn start_anew(&mut self) {
        *self = Self::new(self.urls.base_url(), self.body_bytes);
    }

    /// The blocks, once all elements are closed. What has gone is recorded, and what had to be left out is a
    /// diagnostic.
    pub(crate) fn finish(&mut self, recorder: &mut Recorder) -> Vec<Block<'a>> {
        self.end_text();
        self.root.find_credit();
        for Removed { removal, start } in take(&mut self.removals) {
            recorder.remove(removal, start);
        }
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

    /// The innermost open frame.
    pub(super) fn frame(&mut self) -> &mut Frame<'a> {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    pub(super) fn frame_kind(&self) -> &FrameKind<'a> {
        &self.frames.last().unwrap_or(&self.root).kind
    }

    /// Whether block boundaries are line breaks in one text here.
    pub(super) fn is_in_one_text(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.kind.is_one_text())
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// A block boundary: the texts before and after it are two.
    pub(super) fn boundary(&mut self) {
        if self.is_in_one_text() {
            self.inline.boundary();
        } else if self.inline.holds_drop_cap() {
            self.inline.boundary_after_drop_cap();
        } else {
            self.end_text();
        }
    }

    /// Makes a block of the text that was collected.
    #[inline]
    pub(super) fn end_text(&mut self) {
        if self.inline.is_empty() {
            self.inline.restart();
        } else {
            self.add_text_block();
        }
    }

    fn add_text_block(&mut self) {
        if !self.beside.is_empty() {
            return self.add_text_and_media();
        }
        let Some(text) = self.inline.finish(&self.urls) else { return };
        let block = self.text_block(text);
        self.frame().push(block);
    }

    pub(super) fn text_block(&self, text: Text<'a>) -> Block<'a> {
        match (self.frame_kind(), self.heading) {
            (FrameKind::Pre { .. }, _) => Block::Preformatted(Preformatted::new(text)),
            (_, Some(level)) => Block::Heading(Heading::new(level, text)),
            (_, None) => Block::Paragraph(Paragraph::new(text)),
        }
    }

    /// Opens a frame. A container that nests too deep opens none, and only groups what it holds.
    pub(super) fn open_frame(&mut self, kind: FrameKind<'a>) -> Effect {
        self.end_text();
        if kind.is_container() {
            if self.containers == MAX_CONTAINERS {
                if !matches!(kind, FrameKind::Figure) {
                    self.first_dissolved = self.first_dissolved.or_else(|| self.urls.element_start());
                    self.dissolved += 1;
                }
                return Effect::Boundary;
            }
            self.containers += 1;
        }
        self.inline.set_preserve(matches!(kind, FrameKind::Pre { .. }));
        self.frames.push(Frame::new(kind));
        Effect::Frame
    }

    fn close_frame(&mut self) {
        let caption = if self.frame_kind().is_caption() {
            self.inline.finish(&self.urls)
        } else {
            self.end_text();
            None
        };
        let Some(frame) = self.frames.pop() else { return };
        self.containers -= usize::from(frame.kind.is_container());
        self.inline.set_preserve(false);
        let parent = self.frames.last_mut().unwrap_or(&mut self.root);
        close_into(frame, parent, caption, &self.urls);
    }

    #[inline(never)]
    pub(super) fn open_mark(&mut self, kind: MarkKind<'a>) -> Effect {
        if self.inline.open_mark(kind) { Effect::Mark } else { Effect::Nothing }
    }

    pub(super) fn open_heading(&mut self, level: HeadingLevel) -> Effect {
        self.end_text();
        Effect::Heading(self.heading.replace(level))
    }

    /// Hides the text of an element.
    pub(super) fn hide(&mut self) -> Effect {
        self.hidden += 1;
        Effect::Hidden
    }

    /// Hides the text of the player that was just opened.
    pub(super) fn hide_in_player(&mut self) -> Effect {
        self.hidden += 1;
        Effect::Player
    }

    /// Takes note of the source of the class of a `<div>` that opens.
    #[inline]
    pub(super) fn note_div(&mut self, class: &'a str) {
        self.last_div = (self.effects.len(), class);
    }

    /// Takes note of an open element.
    pub(super) fn push_effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Closes the innermost open element.
    pub(super) fn close_element(&mut self) {
        match self.effects.pop() {
            None => {}
            Some(Effect::Nothing) => self.inline.end_element(),
            Some(Effect::Boundary) => {
                if self.inline.is_short() {
                    self.end_short_block();
                }
                self.boundary();
            }
            Some(effect) => self.undo(effect),
        }
    }

    /// Undoes the effect of a start tag.
    #[inline(never)]
    fn undo(&mut self, effect: Effect) {
        match effect {
            Effect::Nothing => {}
            Effect::Boundary => self.boundary(),
            Effect::DropCap => _ = self.inline.end_drop_cap(),
            Effect::Mark | Effect::DropCapMark => {
                if matches!(effect, Effect::DropCapMark) {
                    self.inline.end_drop_cap();
                }
                self.inline.close_mark();
            }
            Effect::Frame => self.close_frame(),
            Effect::Heading(around) => {
                self.end_text();
                self.heading = around;
            }
            Effect::Hidden => {
                self.hidden -= 1;
                self.media.close_object();
            }
            Effect::Player => {
                self.hidden -= 1;
                if let Some(player) = self.media.close_player() {
                    self.show(player);
                }
            }
            Effect::Picture => self.close_picture(),
            Effect::Noscript => self.media.close_noscript(),
            Effect::Ruby => self.inline.close_ruby(),
            Effect::RubyBase => self.inline.close_ruby_base(),
            Effect::Reading if self.is_in_reading() => self.leave_reading(),
            Effect::Reading => self.inline.skip_ruby_base(),
            Effect::OneReading => self.inline.split_reading(),
        }
    }

    /// Opens an element that holds a reading. Without a base the reading is text.
    pub(super) fn open_reading(&mut self) -> Effect {
        if !self.inline.open_reading() {
            return Effect::Nothing;
        }
        self.hidden += 1;
        Effect::Reading
    }

    /// Whether text that comes now belongs to a reading. Readings are opened where nothing is hidden.
    pub(super) fn is_in_reading(&self) -> bool {
        self.hidden == 1 && self.inline.is_reading()
    }

    /// Ends the reading, if there is one: what comes now is text after the base.
    pub(super) fn leave_reading(&mut self) {
        if self.is_in_reading() {
            self.hidden -= 1;
            self.inline.end_reading();
            for media in take(&mut self.waiting_media) {
                self.show(media);
            }
        }
    }

    fn close_picture(&mut self) {
        let image = self.media.close_picture(|| self.inline.copy_link(&self.urls));
        if let Some(image) = image {
            self.show(Media::Image(image));
        }
    }

    /// Adds a text with `push`, which returns the rest of the text after a blank line that ends a paragraph.
    #[inline]
    pub(super) fn add_text<'t>(
        &mut self,
        text: &'t str,
        push: impl Fn(&mut InlineBuilder<'a>, &'t str, bool) -> Option<&'t str>,
    ) {
        if self.hidden > 0 {
            return self.add_hidden_text(text);
        }
        let stops_at_blank_line = self.stops_at_blank_line();
        let mut rest = push(&mut self.inline, text, stops_at_blank_line);
        while let Some(text) = rest {
            self.end_text();
            rest = push(&mut self.inline, text, stops_at_blank_line);
        }
    }

    /// Adds white space between texts.
    #[inline]
    pub(super) fn add_space(&mut self, space: &str) {
        // White space at the beginning of a text is not part of it.
        if self.hidden > 0 {
            self.add_hidden_text(space);
        } else if !self.inline.is_empty() {
            self.add_space_in_text(space);
        }
    }

    #[inline(never)]
    fn add_hidden_text(&mut self, text: &str) {
        if self.is_in_reading() {
            self.inline.push_reading(text);
        }
    }

    #[inline(never)]
    fn add_space_in_text(&mut self, space: &str) {
        let (_, feeds) = space_at(space.as_bytes());
        if self.inline.push_space(feeds) && self.stops_at_blank_line() {
            self.end_text();
        }
    }

    /// In text that is inside no element, a blank line ends a paragraph, as in Markdown.
    fn stops_at_blank_line(&self) -> bool {
        self.effects.is_empty()
    }

    #[inline(never)]
    pub(super) fn line_break(&mut self) -> Effect {
        if self.beside.last_at(self.inline.len()).is_some() {
            // The medium is at the end of its line, and the line is not cut.
            self.end_text();
        }
        let is_blank_line = self.inline.line_break();
        if is_blank_line && self.heading.is_none() && !self.is_in_one_text() {
            self.end_text();
        }
        Effect::Nothing
    }

    /// Adds a text in place of an image.
    pub(super) fn add_emoji(&mut self, text: &str) {
        if self.is_in_reading() {
            self.inline.push_reading(text);
        } else {
            self.add_text(text, InlineBuilder::push_copy);
        }
    }

    /// Shows a medium.
    pub(super) fn show(&mut self, media: Media<'a>) {
        self.show_at(media, Side::After);
    }

    /// Shows a medium. In the middle of a line, it stands at this side of the text; elsewhere, the texts
    /// before and after it are two.
    pub(super) fn show_at(&mut self, media: Media<'a>, side: Side) {
        if self.inline.is_reading() {
            self.waiting_media.push(media);
            return;
        }
        let media = if self.media.may_be_twin() {
            let Some(media) = self.merge_with_last(media) else {
                self.media.end_twins();
                return;
            };
            media
        } else {
            media
        };
        if self.frame_kind().is_caption() {
            self.inline.pass_medium();
        } else if self.is_in_line(&media) {
            self.inline.pass_medium();
            self.beside.push(media, side, self.inline.len());
            return;
        } else {
            self.end_text();
        }
        self.frame().push(Block::Figure(figure::new(vec![media], None)));
    }

    /// Merges a medium with the medium shown just before it, or returns it if the two are not the same thing.
    fn merge_with_last(&mut self, media: Media<'a>) -> Option<Media<'a>> {
        match self.last_media() {
            Some(last) => merge_twin(last, media),
            None => Some(media),
        }
    }
}
