//! What no browser shows goes; white space that is shown stays.

use super::formulas::formula_element;
use super::gone::Gone;
use super::invisible::Invisible;
use super::lines::{Lines, Piece};
use super::look::{Look, is_seen};
use super::weight::{HiddenText, HiderNumber};
use crate::equal::is_equal;
use crate::html::event::{
    Element, EventSink, Removed, Space, Style, Tag, TagSet, Visibility, WhiteSpace, describe,
};

/// A sink that takes out what no browser shows, and passes the rest on.
///
/// From an element on that says how it is shown, until it closes, the sink is *busy*: it counts the open
/// elements, and looks at all events.
pub(crate) struct Display<'a, S> {
    sink: S,
    /// Whether events are not only passed on.
    is_busy: bool,
    /// Whether the removals will be in a report.
    keeps_report: bool,
    /// How many elements are open, from the one on that made the sink busy.
    depth: usize,
    context: Context,
    /// The open elements that have changed the context, or are to be noted when they close.
    noted: Vec<Noted>,
    /// The element that was looked at last, and the source of its attributes: the next one is often the same.
    looked_at: Option<(Tag, &'a str, Look)>,
    /// The open element that goes with all that is in it.
    gone: Option<Gone<'a>>,
    invisible: Invisible<'a>,
    lines: Lines,
    hidden_text: HiddenText,
    /// How many elements have said that they, or their texts, are hidden.
    hiders: HiderNumber,
    /// The hiders that hide the article, and so are shown in spite of what they say, in order.
    article: Vec<HiderNumber>,
    /// The elements that are shown because of that, with where their tags begin.
    kept: Vec<(String, Option<usize>)>,
}

/// How the texts that come now are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Context {
    /// Whether they are in an element whose text is never shown: whoever gets the events knows that.
    is_raw: bool,
    is_invisible: bool,
    /// Whether they are in a `<pre>`, where white space is kept as it is.
    is_preformatted: bool,
    white_space: WhiteSpace,
}

struct Noted {
    /// How many elements were open around it.
    depth: usize,
    context_around: Context,
    has_own_lines: bool,
    /// Whether it hides something.
    is_hider: bool,
}

/// Elements that are noted whatever their attributes are.
pub(super) const NOTED: TagSet = Tag::HIDE_TEXT.union(PREFORMATTED).union(TagSet::of(&[Tag::Dialog]));

const PREFORMATTED: TagSet = TagSet::of(&[Tag::Pre, Tag::Listing, Tag::Xmp, Tag::Plaintext, Tag::Textarea]);

impl<'a, S: EventSink<'a>> Display<'a, S> {
    /// `keeps_report` says whether the removals will be in a report.
    pub(crate) fn new(keeps_report: bool, sink: S) -> Self {
        Self {
            sink,
            is_busy: false,
            keeps_report,
            depth: 0,
            context: Context::default(),
            noted: Vec::new(),
            looked_at: None,
            gone: None,
            invisible: Invisible::default(),
            lines: Lines::default(),
            hidden_text: HiddenText::default(),
            hiders: 0,
            article: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Whether all events that say nothing of how they are shown pass.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        !self.is_busy
    }

    /// Returns the sink, which has all events now.
    pub(crate) fn finish(&mut self) -> &mut S {
        &mut self.sink
    }

    /// Whether text has gone, so that it may be the article.
    pub(crate) fn has_hidden_text(&self) -> bool {
        !self.hidden_text.is_empty()
    }

    /// Forgets all events if elements hide the article, so that the body is to be read once more, with these
    /// elements shown. `shown` is the [count](super::weight::ShownText::count) of what is shown without them.
    pub(crate) fn restart_with_article(&mut self, shown: usize) -> bool {
        let article = self.hidden_text.article(shown);
        if article.is_empty() {
            return false;
        }
        self.restart();
        self.article = article;
        true
    }

    /// The elements that hide the article, and so are shown, with where their tags begin.
    pub(crate) fn take_kept(&mut self) -> Vec<(String, Option<usize>)> {
        std::mem::take(&mut self.kept)
    }

    /// What a start tag says.
    fn look_of(&mut self, element: &Element<'a>) -> Look {
        let source = element.attrs.source();
        match (self.looked_at, source) {
            (Some((tag, attrs, look)), Some(source)) if tag == element.tag && is_equal(attrs, source) => look,
            _ => {
                let look = Look::of(element);
                self.looked_at = source.map(|source| (element.tag, source, look));
                look
            }
        }
    }

    /// A start tag that says something, or that comes while the sink is busy.
    #[inline(never)]
    fn open_noted(&mut self, element: &Element<'a>) {
        let (depth, around) = (self.depth, self.context);
        let mut look = if around.is_raw { Look::PLAIN } else { self.look_of(element) };
        // A file that is not visible yet has its room kept: a script shows it once it is loaded.
        if look.visibility == Some(Visibility::Hidden) && is_seen(element) {
            look.visibility = None;
        }
        let is_hider = look.hides() && self.note_hider(element, &mut look);
        let mut has_own_lines = false;
        if let Some(gone) = &mut self.gone {
            if look.has_own_lines {
                gone.line();
            }
            gone.open(element);
            self.hidden_text.add_tag(element.tag);
            self.context.is_raw |= element.tag.hides_text();
        } else if look.is_gone {
            self.context.is_raw |= element.tag.hides_text();
            self.invisible.end(&mut self.sink);
            self.gone = Some(Gone::new(element, depth, self.keeps_report.then(String::new)));
        } else {
            self.change_context(element, look);
            has_own_lines = look.has_own_lines && !self.context.is_invisible;
            self.pass_open(element, look);
        }
        let is_noted = is_hider || has_own_lines || self.context != around;
        if is_noted {
            self.noted.push(Noted { depth, context_around: around, has_own_lines, is_hider });
        }
        if is_noted || self.is_busy {
            self.is_busy = true;
            self.depth += 1;
        }
    }

    /// Counts an element that says that it, or its texts, are hidden. Returns whether they are: not in one
    /// that hides the article.
    fn note_hider(&mut self, element: &Element<'a>, look: &mut Look) -> bool {
        let number = self.hiders;
        self.hiders += 1;
        if self.article.binary_search(&number).is_err() {
            self.hidden_text.open_hider();
            return true;
        }
        (look.is_gone, look.visibility) = (false, None);
        self.kept.push((describe(element), element.start));
        false
    }

    /// Changes the context to that in an element that opens and is not gone.
    fn change_context(&mut self, element: &Element<'a>, look: Look) {
        let around = self.context;
        if around.is_raw {
            return;
        }
        let context = &mut self.context;
        if around.is_invisible && (look.visibility == Some(Visibility::Visible) || is_seen(element)) {
            context.is_invisible = false;
            self.invisible.end(&mut self.sink);
            self.invisible.pass(&mut self.sink);
        } else if !around.is_invisible && look.visibility == Some(Visibility::Hidden) {
            context.is_invisible = true;
            self.invisible.enter(element);
        }
        context.is_raw |= element.tag.hides_text();
        context.is_preformatted |= PREFORMATTED.contains(element.tag);
        context.white_space = look.white_space.unwrap_or(around.white_space);
        if context.white_space != around.white_space {
            self.end_lines();
            self.lines.begin(look.has_own_lines);
        }
    }

    fn pass_open(&mut self, element: &Element<'a>, look: Look) {
        if self.context.is_invisible {
            self.invisible.open(element, self.keeps_report);
            self.hidden_text.add_tag(element.tag);
            return;
        }
        if look.has_own_lines {
            self.sink.styled(Style::Line);
        }
        self.note_boundary(element.tag);
        self.sink.open(element);
        if let Some(direction) = look.direction {
            self.sink.styled(Style::Direction(direction));
        }
        if look.may_play {
            self.open_player(element);
        }
    }

    /// Shows the player or the formula that a script puts into the element.
    #[cold]
    fn open_player(&mut self, element: &Element<'a>) {
        if let Some(player) = element.player_in_attribute().or_else(|| element.post_in_attribute()) {
            self.sink.open(&player);
            self.sink.close(player.tag);
        } else if let Some(tex) = element.tex_in_attribute() {
            self.sink.open(&formula_element(true));
            self.sink.other_text(&tex);
            self.sink.close(Tag::Math);
        } else if let Some(gallery) = element.gallery_in_attribute() {
            self.sink.open(&Element::implied(Tag::Figure, "figure"));
            for image in gallery.images {
                self.sink.open(&image);
                self.sink.close(image.tag);
            }
            if let Some(caption) = gallery.caption {
                self.sink.open(&Element::implied(Tag::Figcaption, "figcaption"));
                self.sink.other_text(&caption);
                self.sink.close(Tag::Figcaption);
            }
            self.sink.close(Tag::Figure);
        }
    }

    /// An end tag that comes while the sink is busy.
    #[cold]
    fn close_noted(&mut self, tag: Tag) {
        self.depth -= 1;
        let noted = if self.noted.last().is_some_and(|noted| noted.depth == self.depth) {
            self.noted.pop()
        } else {
            None
        };
        if let Some(gone) = &mut self.gone {
            gone.close(tag);
            self.end_gone();
        } else {
            self.pass_close(tag, noted.as_ref().map_or(self.context, |noted| noted.context_around));
        }
        if let Some(Noted { context_around, has_own_lines, is_hider, .. }) = noted {
            self.context = context_around;
            if has_own_lines {
                self.sink.styled(Style::Line);
            }
            if is_hider {
                self.hidden_text.close_hider();
            }
        }
        self.is_busy = self.depth > 0;
    }

    /// Ends the element that goes, if it is the one that has just closed.
    fn end_gone(&mut self) {
        let Some(gone) = self.gone.take_if(|gone| gone.depth == self.depth) else { return };
        if gone.stays() {
            self.invisible.end(&mut self.sink);
            self.invisible.pass(&mut self.sink);
            gone.pass(&mut self.sink);
        } else if self.keeps_report {
            self.sink.removed(gone.into_removed());
        }
    }

    fn pass_close(&mut self, tag: Tag, around: Context) {
        let waiting = if self.context.is_invisible { self.invisible.close(tag) } else { None };
        if self.context.is_invisible && !around.is_invisible {
            self.invisible.end(&mut self.sink);
            self.invisible.leave();
        }
        if self.context.white_space != around.white_space {
            self.end_lines();
        }
        if let Some(element) = waiting {
            self.invisible.leave_cell(&element, &mut self.sink);
        } else {
            self.note_boundary(tag);
            self.sink.close(tag);
        }
    }

    /// Takes note of a tag at which a line begins, where white space is shown.
    fn note_boundary(&mut self, tag: Tag) {
        if tag.is_block() || tag == Tag::Br {
            self.lines.begin(true);
        }
    }

    /// Ends texts whose white space is shown.
    fn end_lines(&mut self) {
        if self.lines.end() && !self.context.is_invisible {
            self.sink.space(Space::ONE);
        }
    }

    /// Deals with a text that comes while the sink is busy. `send` passes it on.
    fn text_noted<'t>(&mut self, text: &'t str, send: impl Fn(&mut S, &'t str)) {
        if let Some(gone) = &mut self.gone {
            if gone.text(text) {
                self.hidden_text.add_text(text);
            }
        } else if self.context.is_invisible {
            if self.invisible.text(text, self.keeps_report) {
                self.hidden_text.add_text(text);
            }
        } else if self.shows_white_space() {
            let sink = &mut self.sink;
            self.lines.cut(text, self.context.white_space, |piece| match piece {
                Piece::Text(text) => send(sink, text),
                Piece::Space => sink.space(Space::ONE),
                Piece::Blanks(count) => (0..count).for_each(|_| sink.other_text("\u{a0}")),
                Piece::Break => {
                    sink.open(&Element::implied(Tag::Br, "br"));
                    sink.close(Tag::Br);
                }
            });
        } else {
            send(&mut self.sink, text);
        }
    }

    fn shows_white_space(&self) -> bool {
        let Context { is_raw, is_preformatted, white_space, .. } = self.context;
        white_space != WhiteSpace::Collapse && !is_raw && !is_preformatted
    }
}

impl<'a, S: EventSink<'a>> EventSink<'a> for Display<'a, S> {
    fn open(&mut self, element: &Element<'a>) {
        if self.is_busy || element.attrs.may_be_special() || NOTED.contains(element.tag) {
            self.open_noted(element);
        } else {
            self.sink.open(element);
        }
    }

    fn close(&mut self, tag: Tag) {
        if self.is_busy {
            self.close_noted(tag);
        } else {
            self.sink.close(tag);
        }
    }

    fn text(&mut self, text: &'a str) {
        if self.is_busy {
            self.text_noted(text, S::text);
        } else {
            self.sink.text(text);
        }
    }

    fn other_text(&mut self, text: &str) {
        if self.is_busy {
            self.text_noted(text, S::other_text);
        } else {
            self.sink.other_text(text);
        }
    }

    fn space(&mut self, space: Space<'a>) {
        if self.is_busy {
            self.text_noted(space.source, |sink, text| sink.space(Space::of(text)));
        } else {
            self.sink.space(space);
        }
    }

    fn styled(&mut self, style: Style) {
        match &mut self.gone {
            Some(_) => {}
            None if self.context.is_invisible => {}
            None => self.sink.styled(style),
        }
    }

    fn removed(&mut self, removed: Removed) {
        if let Some(gone) = &mut self.gone {
            gone.removed(removed);
        } else if self.context.is_invisible {
            self.invisible.removed(removed.removal.text, self.keeps_report);
        } else {
            self.sink.removed(removed);
        }
    }

    fn restart(&mut self) {
        self.sink.restart();
        let Self {
            sink: _,
            is_busy,
            keeps_report: _,
            depth,
            context,
            noted,
            gone,
            invisible,
            lines,
            hidden_text,
            hiders,
            // These are known for this reading.
            article: _,
            looked_at: _,
            kept,
        } = self;
        *is_busy = false;
        (*depth, *hiders) = (0, 0);
        *context = Context::default();
        *gone = None;
        *invisible = Invisible::default();
        *lines = Lines::default();
        *hidden_text = HiddenText::default();
        noted.clear();
        kept.clear();
    }
}
