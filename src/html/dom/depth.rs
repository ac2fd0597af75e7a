//! Tokens in, tokens out: the start tags that would nest elements too deep are taken out before the tree
//! builder sees them.
//!
//! Browsers clamp the depth of a tree, because its builder asks questions about the stack of open elements at
//! nearly every tag. At the limit a start tag makes no element here, and the end tag that belongs to it is
//! passed over; text, elements without content and media go into the deepest element that is open. Formatting
//! elements that were closed by something else, and that the [standard] would open again before the next
//! text, count as open.
//!
//! Formatting elements that nobody closes open again in each paragraph. So that a tree stays in proportion to
//! its body, they end for good once they have done so too often.
//!
//! A block whose tags are left out still begins and ends lines: two `<br>` stand for each of its tags, so
//! that the texts of neighbours stay apart.
//!
//! [standard]: https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use html5ever::interface::Tracer;
use html5ever::tokenizer::{CharacterTokens, Tag, TagKind, TagToken, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name, ns};
use markup5ever_rcdom::{Handle, Node, NodeData};

use super::tree::{BoundedDom, SMALL_TREE};
use crate::html::left_out::Count;
use crate::html::{tag, tokenizer};

/// The most elements that one start tag opens: a `<td>` right in a table opens a body, a row and itself.
const MOST_OPENED: usize = 3;

/// How many elements may open again in a body of `body_bytes`. The scanner leaves bodies with half as many to
/// the reference.
fn most_reopened(body_bytes: usize) -> usize {
    body_bytes.max(SMALL_TREE) / 4
}

/// How many elements that show or play something may be open in each other beyond the limit: `<picture>` in
/// `<video>`.
const MEDIA_LEVELS: usize = 4;

/// The handles that the tree builder names and that are no element of the body: the document, the root and
/// the context.
const OUTSIDE: usize = 3;

/// A tree builder whose stack of open elements is bounded.
pub(super) struct DepthClamp {
    pub(super) builder: TreeBuilder<Handle, BoundedDom>,
    max_depth: usize,
    /// The number of elements that are open or will open again, or more.
    depth: Cell<usize>,
    /// Whether the depth is at the limit, and no end tag has come since this was found.
    is_full: Cell<bool>,
    /// How many start tags of each name were left out in the deepest element, and have not ended.
    left_open: RefCell<HashMap<LocalName, usize>>,
    left_out: Cell<Count>,
    /// The start tags that will come, by the byte offsets in the body at which they begin.
    expected: RefCell<VecDeque<usize>>,
    /// Where the last start tag begins.
    last_start: Cell<Option<usize>>,
    /// How many elements have opened again, about, and how many may.
    reopened: Cell<usize>,
    max_reopened: usize,
    /// How many formatting elements were ended so that they do not open again.
    ended: Cell<Count>,
    /// Whether there has been something to show since the last break that stands for a block's tag.
    has_content: Cell<bool>,
    handles: Handles,
}

impl DepthClamp {
    /// A builder of the tree of a body of `body_bytes`.
    pub(super) fn new(builder: TreeBuilder<Handle, BoundedDom>, max_depth: usize, body_bytes: usize) -> Self {
        Self {
            builder,
            max_depth,
            reopened: Cell::new(0),
            max_reopened: most_reopened(body_bytes),
            ended: Cell::default(),
            depth: Cell::new(0),
            is_full: Cell::new(false),
            left_open: RefCell::default(),
            left_out: Cell::default(),
            expected: RefCell::default(),
            last_start: Cell::new(None),
            has_content: Cell::new(false),
            handles: Handles::default(),
        }
    }

    /// The parser is about to read a start tag that begins at this byte offset in the body.
    pub(super) fn expect(&self, start: usize) {
        self.expected.borrow_mut().push_back(start);
    }

    /// The elements that were left out.
    pub(super) fn left_out(&self) -> Count {
        self.left_out.get()
    }

    /// The formatting elements that were ended so that they do not open again.
    pub(super) fn ended(&self) -> Count {
        self.ended.get()
    }

    /// Sends a token to the tree builder, which makes `opened` elements of it at most; any others open again.
    fn send(&self, token: Token, opened: usize, line: u64) -> TokenSinkResult<Handle> {
        if self.reopened.get() > self.max_reopened {
            self.end_pending(line);
        }
        let before = self.builder.sink.elements();
        let result = self.builder.process_token(token, line);
        let made = self.builder.sink.elements() - before;
        self.reopened.set(self.reopened.get() + made.saturating_sub(opened));
        result
    }

    /// Ends the formatting elements that something else has closed, so that they do not open again.
    fn end_pending(&self, line: u64) {
        for name in self.handles.pending(&self.builder) {
            count_one(&self.ended, self.last_start.get());
            // The end tag of an element that is not open takes it off the list of those that open again.
            let _: TokenSinkResult<Handle> =
                self.builder.process_token(tag_token(TagKind::EndTag, name), line);
        }
    }

    fn start_tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Handle> {
        let start = self.expected.borrow_mut().pop_front();
        self.last_start.set(start);
        if self.is_leaf(&tag) {
            self.has_content.set(true);
            // A `<col>` opens a group around itself.
            self.depth.set(self.depth.get() + 1);
            return self.send_start_tag(tag, start, line);
        }
        if self.has_room(&tag) {
            self.depth.set(self.depth.get() + MOST_OPENED);
            return self.send_start_tag(tag, start, line);
        }
        count_one(&self.left_out, start);
        // In SVG and MathML, a tag can say that its element is empty.
        if !(tag.self_closing && self.is_foreign()) {
            *self.left_open.borrow_mut().entry(tag.name.clone()).or_default() += 1;
        }
        self.keep_apart(&tag.name, line);
        TokenSinkResult::Continue
    }

    /// Sends a start tag, and notes where it begins for its own element: the last one that the tag makes,
    /// after those that open again and those that it implies.
    fn send_start_tag(&self, tag: Tag, start: Option<usize>, line: u64) -> TokenSinkResult<Handle> {
        let dom = &self.builder.sink;
        let before = dom.elements();
        let result = self.send(TagToken(tag), MOST_OPENED, line);
        if let Some(start) = start.filter(|_| dom.elements() > before) {
            dom.note_start(start);
        }
        result
    }

    fn end_tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Handle> {
        if let Some(left_open @ 1..) = self.left_open.borrow_mut().get_mut(&tag.name) {
            *left_open -= 1;
            self.keep_apart(&tag.name, line);
            return TokenSinkResult::Continue;
        }
        let result = self.builder.process_token(TagToken(tag), line);
        self.is_full.set(false);
        // What was left out in the deepest element ends with it.
        if !self.left_open.borrow().is_empty() && !self.is_at_limit() {
            self.left_open.borrow_mut().clear();
        }
        result
    }

    /// Whether the element never holds others. In SVG and `MathML`, a void element holds what follows, unless
    /// its start tag ends these.
    fn is_leaf(&self, tag: &Tag) -> bool {
        let known = tag::Tag::of(&tag.name);
        let is_void = known.is_void();
        is_void && known.may_end_foreign()
            || (is_void || tokenizer::holds_raw_text(tag.name.as_bytes())) && !self.is_foreign()
    }

    /// Whether the element of a start tag may open.
    fn has_room(&self, tag: &Tag) -> bool {
        let is_media = || {
            matches!(
                tag.name,
                local_name!("audio") | local_name!("object") | local_name!("picture") | local_name!("video")
            )
        };
        !self.is_at_limit() || (is_media() && self.depth.get() < self.max_depth + MEDIA_LEVELS)
    }

    /// Whether as many elements are open as may be.
    fn is_at_limit(&self) -> bool {
        if self.depth.get() < self.max_depth || self.is_full.get() {
            return self.is_full.get();
        }
        self.depth.set(self.handles.depth_of(&self.builder, self.max_depth));
        self.is_full.set(self.depth.get() >= self.max_depth);
        self.is_full.get()
    }

    fn is_foreign(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// Sends what stands for a tag that is left out: a blank line, if it is a block's.
    fn keep_apart(&self, name: &LocalName, line: u64) {
        // In SVG and MathML, a `<br>` would end that.
        if !tag::Tag::of(name).is_block() || self.is_foreign() || !self.has_content.replace(false) {
            return;
        }
        for _ in 0..2 {
            // A void element asks for nothing of the tokenizer.
            let _: TokenSinkResult<Handle> =
                self.builder.process_token(tag_token(TagKind::StartTag, local_name!("br")), line);
        }
    }
}

impl TokenSink for DepthClamp {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        match token {
            TagToken(tag) if tag.kind == TagKind::StartTag => self.start_tag(tag, line),
            TagToken(tag) => self.end_tag(tag, line),
            token => {
                if matches!(&token, CharacterTokens(text) if !text.trim_ascii().is_empty()) {
                    self.has_content.set(true);
                }
                self.send(token, 0, line)
            }
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.is_foreign()
    }
}

/// Counts one more thing that begins at `start`.
fn count_one(count: &Cell<Count>, start: Option<usize>) {
    let mut counted = count.get();
    counted.add(1, start);
    count.set(counted);
}

fn tag_token(kind: TagKind, name: LocalName) -> Token {
    TagToken(Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false })
}

/// The nodes that a tree builder names when it is asked: the open elements, the active formatting elements,
/// and a few more. There is no other way to ask for their number.
#[derive(Default)]
struct Handles(RefCell<Vec<Handle>>);

impl Handles {
    /// How many elements are open or will open again. Where that may be less than `limit`, it may be counted
    /// twice.
    fn depth_of(&self, builder: &TreeBuilder<Handle, BoundedDom>, limit: usize) -> usize {
        builder.trace_handles(self);
        let mut nodes = self.0.take();
        let mut count = nodes.len();
        if count >= limit + OUTSIDE {
            // An open formatting element is named twice.
            nodes.sort_unstable_by_key(Rc::as_ptr);
            nodes.dedup_by_key(|node| Rc::as_ptr(node));
            count = nodes.len();
        }
        nodes.clear();
        self.0.replace(nodes);
        count - OUTSIDE
    }

    /// The names of the formatting elements that will open again, the last one first, and of those that are
    /// open and would not.
    fn pending(&self, builder: &TreeBuilder<Handle, BoundedDom>) -> Vec<LocalName> {
        builder.trace_handles(self);
        let nodes = self.0.take();
        let mut times: HashMap<*const Node, usize> = HashMap::new();
        for node in &nodes {
            *times.entry(Rc::as_ptr(node)).or_default() += 1;
        }
        // One that is open as well is named twice.
        let once = nodes.iter().rev().filter(|node| times[&Rc::as_ptr(node)] == 1);
        once.filter_map(formatting_name).collect()
    }
}

/// The name of a formatting element.
fn formatting_name(node: &Handle) -> Option<LocalName> {
    match &node.data {
        NodeData::Element { name, .. }
            if name.ns == ns!(html) && tag::Tag::of(&name.local).is_formatting() =>
        {
            Some(name.local.clone())
        }
        _ => None,
    }
}

impl Tracer for Handles {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        self.0.borrow_mut().push(Rc::clone(node));
    }
}
