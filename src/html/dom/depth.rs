//! Tokens in, tokens out: the start tags that would nest elements too deep are taken out before the tree builder sees
//! them.
//!
//! Browsers clamp the depth of a tree, because its builder asks questions about the stack of open elements at nearly
//! every tag. At the limit a start tag makes no element here, and the end tag that belongs to it is passed over; text,
//! elements without content and media go into the deepest element that is open. Formatting elements that were closed by
//! something else, and that the [standard] would open again before the next text, count as open.
//!
//! A block whose tags are left out still begins and ends lines: two `<br>` stand for each of its tags, so that the
//! texts of neighbours stay apart.
//!
//! [standard]: https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use html5ever::interface::Tracer;
use html5ever::tokenizer::{CharacterTokens, Tag, TagKind, TagToken, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};
use markup5ever_rcdom::{Handle, Node};

use super::pieces;
use super::tree::BoundedDom;
use crate::html::tag;

/// The most elements that one start tag opens: a `<td>` right in a table opens a body, a row and itself.
const MOST_OPENED: usize = 3;

/// How many elements that show or play something may be open in each other beyond the limit: `<picture>` in `<video>`.
const MEDIA_LEVELS: usize = 4;

/// The handles that the tree builder names and that are no element of the body: the document, the root and the context.
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
    left_out: Cell<usize>,
    /// Whether there has been something to show since the last break that stands for a block's tag.
    has_content: Cell<bool>,
    handles: Handles,
}

impl DepthClamp {
    pub(super) fn new(builder: TreeBuilder<Handle, BoundedDom>, max_depth: usize) -> Self {
        Self {
            builder,
            max_depth,
            depth: Cell::new(0),
            is_full: Cell::new(false),
            left_open: RefCell::default(),
            left_out: Cell::new(0),
            has_content: Cell::new(false),
            handles: Handles::default(),
        }
    }

    /// How many elements were left out.
    pub(super) fn left_out(&self) -> usize {
        self.left_out.get()
    }

    fn start_tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Handle> {
        if self.is_leaf(&tag) {
            self.has_content.set(true);
            // A `<col>` opens a group around itself.
            self.depth.set(self.depth.get() + 1);
            return self.builder.process_token(TagToken(tag), line);
        }
        if self.has_room(&tag) {
            self.depth.set(self.depth.get() + MOST_OPENED);
            return self.builder.process_token(TagToken(tag), line);
        }
        self.left_out.set(self.left_out.get() + 1);
        // In SVG and MathML, a tag can say that its element is empty.
        if !(tag.self_closing && self.is_foreign()) {
            *self.left_open.borrow_mut().entry(tag.name.clone()).or_default() += 1;
        }
        self.keep_apart(&tag.name, line);
        TokenSinkResult::Continue
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

    /// Whether the element never holds others.
    fn is_leaf(&self, tag: &Tag) -> bool {
        tag::Tag::of(&tag.name).is_void()
            || (pieces::holds_raw_text(tag.name.as_bytes()) && !self.is_foreign())
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
            let line_break = Tag {
                kind: TagKind::StartTag,
                name: local_name!("br"),
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            // A void element asks for nothing of the tokenizer.
            let _: TokenSinkResult<Handle> = self.builder.process_token(TagToken(line_break), line);
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
                self.builder.process_token(token, line)
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

/// The nodes that a tree builder names when it is asked: the open elements, the active formatting elements, and a few
/// more. There is no other way to ask for their number.
#[derive(Default)]
struct Handles(RefCell<Vec<*const Node>>);

impl Handles {
    /// How many elements are open or will open again. Where that may be less than `limit`, it may be counted twice.
    fn depth_of(&self, builder: &TreeBuilder<Handle, BoundedDom>, limit: usize) -> usize {
        self.0.borrow_mut().clear();
        builder.trace_handles(self);
        let mut nodes = self.0.borrow_mut();
        if nodes.len() >= limit + OUTSIDE {
            // An open formatting element is named twice.
            nodes.sort_unstable();
            nodes.dedup();
        }
        nodes.len() - OUTSIDE
    }
}

impl Tracer for Handles {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        self.0.borrow_mut().push(Rc::as_ptr(node));
    }
}
