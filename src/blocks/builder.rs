//! The blocks of an article while they are built: the text that is being collected, and the elements around
//! it.

use std::borrow::Cow;
use std::mem::take;

use super::anchors::{Anchors, FragmentLink, Page, give_id};
use super::beside::MediaBeside;
use super::caption_state::Captions;
use super::effect::{Directed, Effect, Under};
use super::frame::{Frame, FrameKind};
use super::gutter::OpenGutter;
use super::inline::InlineBuilder;
use super::list_sign::ListParagraph;
use super::marks::TagPosition;
use super::open_media::OpenMedia;
use super::open_notes::OpenNotes;
use super::plain_classes::PlainClasses;
use super::table::LaidOut;
use super::urls::Urls;
use crate::html::event::{Attributes, Removed};
use crate::post::{
    Block, Direction, Embed, Heading, HeadingLevel, MAX_CONTAINERS, MarkKind, Media, Paragraph, Preformatted,
    Text,
};
use crate::rarely::rarely;
use crate::recorder::Recorder;
use crate::report::DiagnosticKind;

/// Builds the blocks of an article from the events of its body.
pub(crate) struct BlockBuilder<'a, 'b> {
    pub(super) urls: Urls<'b>,
    body_bytes: usize,
    /// The frame of the body.
    pub(super) root: Frame<'a>,
    /// The open frames, the outermost first.
    pub(super) frames: Vec<Frame<'a>>,
    /// The empty list of the blocks of a figure that has closed, for the next one.
    pub(super) spare_room: Vec<Block<'a>>,
    /// Whether block boundaries are line breaks in one text here, as the innermost frame tells.
    pub(super) is_in_one_text: bool,
    /// The number of open [containers](FrameKind::containers).
    pub(super) containers: usize,
    /// The number of lists, quotations and tables that were nested too deep, and only group what they hold.
    pub(super) dissolved: usize,
    /// The byte offset in the body at which the first of those begins.
    pub(super) first_dissolved: Option<usize>,
    pub(super) inline: InlineBuilder<'a>,
    /// For each open element, what is to be undone when it closes.
    pub(super) effects: Vec<Effect>,
    /// The level of the heading around the text.
    pub(super) heading: Option<HeadingLevel>,
    /// Where texts run to, if that is not from left to right, or was said inside of what is not.
    pub(super) direction: Option<Direction>,
    /// The open elements that have [changed](Self::set_direction) the direction, the outermost first.
    pub(super) directed: Vec<Directed>,
    /// For the `<div>` that was opened last: how many elements were open around it, and the source of its
    /// class.
    pub(super) last_div: (usize, &'a str),
    /// For the last `<div>` whose table only lays out something: how many elements are open in it, and what
    /// the table shows.
    pub(super) laid_out: Option<(usize, LaidOut)>,
    /// The number of open elements that hide the text inside them.
    pub(super) hidden: usize,
    pub(super) media: OpenMedia<'a>,
    /// The open `<iframe>` or `<object>` without an address, and the text in it.
    pub(super) fallback: Option<(Embed<'a>, String)>,
    /// What a script shows in the innermost element that says so, and the number of blocks before it in its
    /// frame.
    pub(super) scripted: Option<(Media<'a>, usize)>,
    pub(super) captions: Captions<'a>,
    /// Media in a reading, to be shown after it.
    pub(super) waiting_media: Vec<Media<'a>>,
    /// Media in the middle of a line of the text.
    pub(super) beside: MediaBeside<'a>,
    /// What has gone, for the report.
    pub(super) removals: Vec<Removed>,
    pub(super) page: Page<'b>,
    pub(super) anchors: Anchors<'a>,
    /// The open link to a point of the article, as long as it holds nothing but text.
    pub(super) fragment_link: Option<FragmentLink>,
    /// The id of the heading around the text.
    pub(super) heading_id: Option<Cow<'a, str>>,
    /// Whether the permalinks of headings go.
    pub(super) removes_permalinks: bool,
    /// The open element in preformatted text that may be a gutter.
    pub(super) open_gutter: Option<OpenGutter>,
    pub(super) notes: OpenNotes,
    /// The open paragraph that may be an item of a list.
    pub(super) list_paragraph: Option<ListParagraph>,
    /// The languages that the open elements around code name.
    pub(super) code_languages: Vec<Cow<'a, str>>,
    /// Classes that name no language of code.
    pub(super) no_languages: PlainClasses<'a>,
    /// Classes that are not those of drop capitals.
    pub(super) no_drop_caps: PlainClasses<'a>,
    /// Classes of inline elements that stay in their line.
    pub(super) none_apart: PlainClasses<'a>,
    /// Whether there was a cell that may hold the numbers of lines of code.
    pub(super) has_numbers: bool,
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
            spare_room: Vec::new(),
            is_in_one_text: false,
            containers: 0,
            dissolved: 0,
            first_dissolved: None,
            inline: InlineBuilder::new(body_bytes),
            effects: Vec::with_capacity(usual_depth(body_bytes)),
            heading: None,
            direction: None,
            directed: Vec::new(),
            last_div: (0, ""),
            laid_out: None,
            hidden: 0,
            media: OpenMedia::default(),
            fallback: None,
            scripted: None,
            captions: Captions::default(),
            waiting_media: Vec::new(),
            beside: MediaBeside::default(),
            removals: Vec::new(),
            page: Page::new(base_url),
            anchors: Anchors::default(),
            fragment_link: None,
            heading_id: None,
            removes_permalinks: false,
            open_gutter: None,
            notes: OpenNotes::default(),
            list_paragraph: None,
            code_languages: Vec::new(),
            no_languages: PlainClasses::default(),
            no_drop_caps: PlainClasses::default(),
            none_apart: PlainClasses::default(),
            has_numbers: false,
        }
    }

    /// Whether the permalinks of headings are furniture, and go.
    pub(crate) fn removing_permalinks(mut self, removes_permalinks: bool) -> Self {
        self.removes_permalinks = removes_permalinks;
        self
    }

    /// Forgets all events, for the body to be read anew.
    pub(super) fn start_anew(&mut self) {
        let anchors = self.anchors.start_anew();
        let new = Self::new(self.urls.base_url(), self.body_bytes);
        *self = Self { anchors, ..new.removing_permalinks(self.removes_permalinks) };
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
        self.anchors.finish(&mut self.root.blocks);
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
    #[inline]
    pub(super) fn is_in_one_text(&self) -> bool {
        self.is_in_one_text
    }

    #[inline]
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// A block boundary: the texts before and after it are two.
    #[inline]
    pub(super) fn boundary(&mut self) {
        // Most stand where no text is: between tags.
        if !self.inline.is_empty() {
            self.end_text_at_boundary();
        }
    }

    #[inline(never)]
    fn end_text_at_boundary(&mut self) {
        if self.is_in_one_text {
            rarely();
            self.inline.boundary();
        } else if self.inline.holds_drop_cap() {
            rarely();
            self.inline.boundary_after_drop_cap();
        } else {
            self.add_text_block();
        }
    }

    /// Makes a block of the text that was collected.
    #[inline]
    pub(super) fn end_text(&mut self) {
        if !self.inline.is_empty() {
            self.add_text_block();
        }
    }

    #[inline(never)]
    fn add_text_block(&mut self) {
        if !self.is_usual_text() {
            return self.add_unusual_text();
        }
        let mut text = match self.inline.take_plain() {
            Some(text) => Text { text: Cow::Borrowed(text), marks: Vec::new() },
            None => match self.inline.finish_other(&self.urls) {
                Some(text) => text,
                None => return,
            },
        };
        let direction = self.direction_beside(&mut text);
        self.frame().push_paragraph(Paragraph { direction, ..Paragraph::new(text) });
    }

    /// Whether the text that was collected is a paragraph, and there is nothing in it but text and marks.
    #[inline]
    fn is_usual_text(&self) -> bool {
        let is_paragraph = self.heading.is_none() && !self.is_in_one_text;
        is_paragraph && self.beside.is_empty() && !self.is_linked_text()
    }

    /// Makes a block of the text that was collected, which is not [usual](Self::is_usual_text).
    #[cold]
    fn add_unusual_text(&mut self) {
        if !self.beside.is_empty() {
            self.add_text_and_media();
        } else if let Some(block) = self.text_block() {
            self.frame().push(block);
        }
    }

    /// The text that was collected, as a block.
    #[inline(never)]
    pub(super) fn text_block(&mut self) -> Option<Block<'a>> {
        if self.anchors.is_empty() {
            let text = self.finish_text()?;
            Some(self.block_of(text))
        } else {
            self.text_block_with_ids()
        }
    }

    /// A block of the text that was collected, with the ids in it.
    #[cold]
    fn text_block_with_ids(&mut self) -> Option<Block<'a>> {
        let own_id = if self.is_in_pre() { None } else { self.anchors.take_for_text() };
        let Some(text) = self.finish_text() else {
            if let Some(id) = own_id {
                self.anchors.add(id, TagPosition::default(), true);
            }
            return None;
        };
        let mut block = self.block_of(text);
        give_id(std::slice::from_mut(&mut block), own_id);
        Some(block)
    }

    /// A text as the block that it is here.
    #[inline]
    fn block_of(&self, mut text: Text<'a>) -> Block<'a> {
        let direction = self.direction_beside(&mut text);
        match self.heading {
            _ if self.is_in_one_text && self.is_in_pre() => Block::Preformatted(Preformatted::new(text)),
            Some(level) => Block::Heading(Heading { direction, ..Heading::new(level, text) }),
            None => Block::Paragraph(Paragraph { direction, ..Paragraph::new(text) }),
        }
    }

    fn is_in_pre(&self) -> bool {
        matches!(self.frame_kind(), FrameKind::Pre { .. })
    }

    #[inline(never)]
    pub(super) fn open_mark(&mut self, kind: MarkKind<'a>) -> Effect {
        if self.inline.open_mark(kind) { Effect::Mark } else { Effect::Nothing }
    }

    pub(super) fn open_heading(&mut self, level: HeadingLevel, attrs: &Attributes<'a>) -> Effect {
        self.end_text();
        let [id, _class] = attrs.id_and_class();
        self.heading_id = id;
        Effect::Heading(self.heading.replace(level))
    }

    /// Hides the text of an element.
    pub(super) fn hide(&mut self) -> Effect {
        self.hidden += 1;
        Effect::Hidden
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
    #[inline]
    pub(super) fn close_element(&mut self) {
        match self.effects.pop() {
            None => {}
            Some(Effect::Nothing) => self.inline.end_element(),
            Some(Effect::Mark) => self.inline.close_mark(),
            Some(effect @ (Effect::Boundary | Effect::Box)) => {
                if !self.inline.is_empty() {
                    self.end_block();
                }
                if let Effect::Box = effect {
                    self.close_box();
                }
            }
            Some(effect) => self.undo(effect),
        }
    }

    /// Ends the text of an element that only groups others.
    #[inline(never)]
    fn end_block(&mut self) {
        if self.inline.is_short() {
            self.end_short_block();
        }
        self.boundary();
    }

    /// Undoes the effect of a start tag.
    #[inline(never)]
    pub(super) fn undo(&mut self, effect: Effect) {
        if let Effect::Credit(_) = effect {
            self.captions.close_part(self.inline.so_far().len());
        }
        match effect {
            Effect::Nothing | Effect::Credit(Under::Nothing) => {}
            Effect::Boundary | Effect::Credit(Under::Boundary) => self.boundary(),
            Effect::Box => self.close_box(),
            Effect::DropCap => _ = self.inline.end_drop_cap(),
            Effect::SetApart => self.inline.leave_gap(),
            Effect::MarkApart => {
                self.inline.close_mark();
                self.inline.leave_gap();
            }
            Effect::Mark | Effect::Credit(Under::Mark) | Effect::DropCapMark => {
                if matches!(effect, Effect::DropCapMark) {
                    self.inline.end_drop_cap();
                }
                self.inline.close_mark();
            }
            Effect::LeadingCite => {
                self.inline.close_mark();
                // `Ann wrote:` is a line of its own.
                if self.inline.so_far().ends_with([':', '：']) {
                    self.inline.leave_gap();
                }
            }
            Effect::Note => self.close_note(),
            Effect::SignOfNote { has_mark } => self.close_sign_of_note(has_mark),
            Effect::Frame => self.close_frame(),
            Effect::LoneItem => self.close_lone_item(),
            Effect::ItemNumber => self.close_item_number(),
            Effect::ListParagraph => self.close_list_paragraph(),
            Effect::CodeCell => {
                self.close_frame();
                self.close_frame();
            }
            Effect::AroundCode { has_frame } => {
                if has_frame {
                    self.close_frame();
                } else {
                    self.boundary();
                }
                self.code_languages.pop();
            }
            Effect::CodeInPre => self.close_code_in_pre(),
            Effect::Gutter => self.close_gutter(),
            Effect::Numbers => {
                self.close_gutter();
                self.close_frame();
            }
            Effect::FragmentLink => self.close_fragment_link(),
            Effect::Heading(around) => {
                self.end_text();
                self.heading_id = None;
                self.heading = around;
            }
            Effect::Hidden => {
                self.hidden -= 1;
                self.media.close_object();
                self.fallback = None;
            }
            Effect::Player => {
                self.hidden -= 1;
                if let Some(player) = self.media.close_player() {
                    self.show(player);
                }
            }
            Effect::Fallback => {
                self.hidden -= 1;
                self.close_fallback();
            }
            Effect::Address { has_mark } => {
                self.hidden -= 1;
                if has_mark {
                    self.inline.close_mark();
                }
            }
            Effect::Scripted { has_frame } => self.close_scripted(has_frame),
            Effect::Picture => self.close_picture(),
            Effect::Noscript => self.media.close_noscript(),
            Effect::Ruby => self.inline.close_ruby(),
            Effect::RubyBase => self.inline.close_ruby_base(),
            Effect::Reading if self.is_in_reading() => self.leave_reading(),
            Effect::Reading => self.inline.skip_ruby_base(),
            Effect::OneReading => self.inline.split_reading(),
            Effect::Directed => self.leave_direction(),
        }
    }

    fn close_picture(&mut self) {
        let image = self.media.close_picture(|| self.inline.copy_link(&self.urls));
        if let Some(image) = image {
            self.show(Media::Image(image));
        }
    }
}
