//! A whole body, held back as a flat list of events, and what is known of each of its elements.

use std::borrow::Cow;
use std::num::NonZeroU32;

use super::runs::{Run, Runs};
use super::signs::{Link, Reader, Sign, Signs, Site};
use crate::html::event::{Attributes, Element, KeptElement, Removed, Style, Tag};

/// The body of a post.
pub(super) struct Page<'a> {
    pub(super) events: Vec<Event<'a>>,
    /// The elements [that are looked at](has_node), in the order of their start tags. The first
    /// stands for the body.
    pub(super) nodes: Vec<Node>,
    /// The texts that read like sentences.
    pub(super) prose: Vec<Prose>,
    /// The indexes of the open elements in `nodes`.
    open: Vec<u32>,
    runs: Runs,
    reader: Reader,
    /// How many open elements hide the text inside them.
    hidden: usize,
    /// How many links are open.
    links: usize,
}

/// An event in little room, since the whole body is held back.
pub(super) enum Event<'a> {
    Open(Opened<'a>),
    Close(Tag),
    Text(Cow<'a, str>),
    Style(Style),
    Removed(Box<Removed>),
}

/// A start tag.
pub(super) enum Opened<'a> {
    /// One without attributes: most are.
    Plain {
        tag: Tag,
        start: Option<NonZeroU32>,
        name: &'a str,
    },
    Whole(Box<KeptElement<'a>>),
}

impl<'a> Opened<'a> {
    fn new(element: &Element<'a>) -> Self {
        match element.name {
            Cow::Borrowed(name) if element.attrs.is_empty() => {
                let start = element.start.and_then(|start| NonZeroU32::new(u32::try_from(start + 1).ok()?));
                Self::Plain { tag: element.tag, start, name }
            }
            _ => Self::Whole(Box::new(element.keep())),
        }
    }

    pub(super) fn tag(&self) -> Tag {
        match self {
            Self::Plain { tag, .. } => *tag,
            Self::Whole(element) => element.tag,
        }
    }

    pub(super) fn keep(self) -> KeptElement<'a> {
        match self {
            Self::Plain { .. } => self.element().keep(),
            Self::Whole(element) => *element,
        }
    }

    pub(super) fn element(&self) -> Element<'a> {
        match self {
            Self::Plain { tag, start, name } => Element {
                tag: *tag,
                name: Cow::Borrowed(name),
                attrs: Attributes::NONE,
                start: start.map(|start| start.get() as usize - 1),
            },
            Self::Whole(element) => element.element(),
        }
    }
}

/// An element.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) tag: Tag,
    pub(super) signs: Signs,
    pub(super) parent: u32,
    /// The index after the last element in it.
    pub(super) end: u32,
    /// The index of its start tag among the events.
    pub(super) open: u32,
    /// The index of its end tag among the events.
    pub(super) close: u32,
    /// The first heading in it, or 0.
    pub(super) heading: u32,
    /// Whether text stands in it, outside the other elements in it.
    pub(super) has_own_text: bool,
    /// What is in it, with all that is in the elements in it.
    pub(super) holds: Holds,
}

/// A text that reads like sentences.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prose {
    /// The element that it stands in.
    pub(super) node: u32,
    /// The index of its last event.
    pub(super) event: u32,
    pub(super) size: u32,
}

/// The size of a comment that is long: few are longer, and essays are.
const LONG_REMARK: u32 = 600;

/// What an element holds. Sizes of texts are in letters, [as runs count them](super::runs::Runs::add).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Holds {
    pub(super) text: u32,
    /// Of the text, what stands in links.
    pub(super) linked: u32,
    /// Of the text outside links, what reads like sentences.
    pub(super) prose: u32,
    /// Of that, what does not stand in an element that is known not to be the article.
    pub(super) article: u32,
    pub(super) links: u32,
    /// Of the links, those that share the page.
    pub(super) shares: u32,
    /// Of the links, those to tags.
    pub(super) tag_links: u32,
    /// Of the links, those to a fragment of the page.
    pub(super) fragments: u32,
    /// The site that the links name.
    pub(super) site: Site,
    pub(super) pictures: u32,
    pub(super) headings: u32,
    /// Fields of forms.
    pub(super) fields: u32,
    /// Of the fields, those for an e-mail address.
    pub(super) emails: u32,
    /// Elements that are called a comment.
    pub(super) remarks: u32,
    pub(super) times: u32,
    /// Elements that look like a card, each counted again in the elements around it: a link with a
    /// picture or a heading, and little text.
    pub(super) cards: u32,
}

impl Holds {
    fn add(&mut self, other: &Self) {
        self.text = self.text.saturating_add(other.text);
        self.linked = self.linked.saturating_add(other.linked);
        self.prose = self.prose.saturating_add(other.prose);
        self.article = self.article.saturating_add(other.article);
        self.links += other.links;
        self.shares += other.shares;
        self.tag_links += other.tag_links;
        self.fragments += other.fragments;
        self.site = self.site.and(other.site);
        self.pictures += other.pictures;
        self.headings += other.headings;
        self.fields += other.fields;
        self.emails += other.emails;
        self.remarks += other.remarks;
        self.times += other.times;
        self.cards += other.cards;
    }

    /// Whether at least `percent` per cent of the text stand in links.
    pub(super) fn is_linked(&self, percent: u64) -> bool {
        self.links > 0 && u64::from(self.linked) * 100 >= u64::from(self.text) * percent
    }

    /// The text outside links.
    pub(super) fn unlinked(&self) -> u32 {
        self.text - self.linked
    }

    /// Whether what it holds may be comments: there are some, and they are short.
    pub(super) fn is_thread(&self) -> bool {
        self.remarks >= 3 && self.prose / self.remarks <= LONG_REMARK
    }

    /// Whether what is called comments is too long for comments.
    pub(super) fn has_essays(&self) -> bool {
        self.prose / self.remarks.max(1) > LONG_REMARK
    }

    fn is_card(&self) -> bool {
        self.links > 0
            && (self.pictures > 0 || self.headings > 0)
            && self.prose <= 400
            && self.text <= 700
            && self.text > 0
    }
}

impl<'a> Page<'a> {
    pub(super) fn new() -> Self {
        let mut page = Self {
            events: Vec::new(),
            nodes: Vec::new(),
            prose: Vec::new(),
            open: Vec::new(),
            runs: Runs::default(),
            reader: Reader::default(),
            hidden: 0,
            links: 0,
        };
        page.start();
        page
    }

    fn start(&mut self) {
        self.nodes.push(Node::new(Tag::Body, Signs::NONE, 0, 0));
        self.open.push(0);
    }

    pub(super) fn restart(&mut self) {
        let Self { events, nodes, prose, open, runs, reader, hidden, links } = self;
        events.clear();
        nodes.clear();
        prose.clear();
        open.clear();
        *runs = Runs::default();
        *reader = Reader::default();
        (*hidden, *links) = (0, 0);
        self.start();
    }

    /// The events, when nothing else of the page is needed any more.
    pub(super) fn into_events(self) -> Vec<Event<'a>> {
        self.events
    }

    fn top(&mut self) -> &mut Node {
        let top = self.open.last().map_or(0, |&top| top as usize);
        &mut self.nodes[top]
    }

    pub(super) fn open(&mut self, element: &Element<'a>) {
        let tag = element.tag;
        if tag.is_block() {
            self.end_run();
        }
        let holds = &mut self.top().holds;
        match tag {
            Tag::Img | Tag::Video | Tag::Audio => holds.pictures += 1,
            Tag::Input => {
                holds.fields += 1;
                holds.emails += u32::from(is_email(element));
            }
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => holds.headings += 1,
            _ => {}
        }
        let event = index(self.events.len());
        self.events.push(Event::Open(Opened::new(element)));
        if !has_node(tag) {
            return;
        }
        let (signs, link) = self.reader.read(element);
        let parent = self.open.last().copied().unwrap_or(0);
        let mut node = Node::new(tag, signs, parent, event);
        node.holds.times += u32::from(signs.has(Sign::Time));
        node.holds.remarks += u32::from(signs.has(Sign::Remark));
        if let Some(link) = link {
            node.count(link);
            self.links += 1;
        }
        self.hidden += usize::from(tag.hides_text());
        self.open.push(index(self.nodes.len()));
        self.nodes.push(node);
    }

    pub(super) fn close(&mut self, tag: Tag) {
        if tag.is_block() {
            self.end_run();
        }
        let event = index(self.events.len());
        self.events.push(Event::Close(tag));
        if !has_node(tag) {
            return;
        }
        let end = index(self.nodes.len());
        let node = self.top();
        (node.close, node.end) = (event, end);
        let is_link = node.signs.has(Sign::Link);
        self.links -= usize::from(is_link);
        self.hidden -= usize::from(tag.hides_text());
        self.open.pop();
    }

    pub(super) fn text(&mut self, text: Cow<'a, str>) {
        if self.hidden == 0 {
            let is_linked = self.links > 0;
            let size = self.runs.add(&text, is_linked);
            let node = self.top();
            node.holds.text += size;
            node.holds.linked += if is_linked { size } else { 0 };
            node.has_own_text |= size > 0;
        }
        self.events.push(Event::Text(text));
    }

    pub(super) fn removed(&mut self, removed: Removed) {
        self.events.push(Event::Removed(Box::new(removed)));
    }

    /// A block begins or ends, and with it a run of text.
    fn end_run(&mut self) {
        let Some(Run { size }) = self.runs.end() else { return };
        let node = self.open.last().copied().unwrap_or(0);
        self.nodes[node as usize].holds.prose += size;
        self.prose.push(Prose { node, event: index(self.events.len()).saturating_sub(1), size });
    }

    /// The body ends: what the elements in an element hold is added to what it holds.
    pub(super) fn finish(&mut self) {
        self.end_run();
        let end = index(self.nodes.len());
        self.nodes[0].end = end;
        self.nodes[0].close = index(self.events.len());
        for child in (1..self.nodes.len()).rev() {
            let (before, from) = self.nodes.split_at_mut(child);
            let node = &from[0];
            let parent = &mut before[node.parent as usize];
            parent.holds.add(&node.holds);
            parent.holds.cards += u32::from(node.holds.cards == 0 && node.holds.is_card());
            let heading = if node.tag.is_heading() { index(child) } else { node.heading };
            if heading > 0 {
                parent.heading = heading;
            }
        }
    }
}

impl Node {
    fn new(tag: Tag, signs: Signs, parent: u32, open: u32) -> Self {
        Self {
            tag,
            signs,
            parent,
            end: 0,
            open,
            close: 0,
            heading: 0,
            has_own_text: false,
            holds: Holds::default(),
        }
    }

    /// It is a link.
    fn count(&mut self, link: Link) {
        self.signs.add(Sign::Link);
        self.holds.links += 1;
        self.holds.shares += u32::from(link.shares);
        self.holds.tag_links += u32::from(link.is_tag);
        self.holds.fragments += u32::from(link.is_fragment);
        self.holds.site = link.site;
    }
}

/// Whether an element is looked at: it is neither void nor mere formatting of the text in it.
pub(super) fn has_node(tag: Tag) -> bool {
    let is_formatting = matches!(
        tag,
        Tag::B
            | Tag::Big
            | Tag::Code
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Nobr
            | Tag::S
            | Tag::Small
            | Tag::Strike
            | Tag::Strong
            | Tag::Tt
            | Tag::U
    );
    !tag.is_void() && !is_formatting
}

/// Whether it is a field for an e-mail address.
#[cold]
fn is_email(field: &Element<'_>) -> bool {
    field.attrs.get("type").is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case("email"))
}

/// An index in four bytes. What comes after four thousand million events is counted as if it were there.
fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
