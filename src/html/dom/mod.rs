//! The reference: html5ever's tree of the body, walked into events.
//!
//! The body is parsed as a fragment in a `<div>`, with scripting off, so that what stands in `<noscript>`
//! is elements. The tree is built in one piece, because later markup can move earlier nodes; it lives in
//! this room only.

mod depth;
mod pieces;
mod tree;

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TokenSink, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, create_element};
use html5ever::{Attribute, QualName, local_name, ns};
use markup5ever_rcdom::{Handle, NodeData};

use super::event::{self, Attributes, Element, EventSink, Tag};
use super::left_out::{Count, LeftOut, copied_bytes};
use crate::error::Error;
use crate::limits::Limits;
use depth::DepthClamp;
use pieces::{Pieces, Tree};
use tree::BoundedDom;

/// How many bytes the parser gets before it is asked whether a limit is breached. Small enough that what
/// it can do at its worst in between is little; large enough that the question costs nothing.
const CHUNK: usize = 4096;

/// Parses `html` and sends its events. Returns what the limits left out.
pub(super) fn drive<'a>(
    html: &str,
    limits: &Limits,
    sink: &mut impl EventSink<'a>,
) -> Result<LeftOut, Error> {
    let tokenizer = tokenizer(html, limits);
    let attributes = parse(html, limits, &tokenizer)?;
    // The tree takes itself apart once its owner is dropped.
    let mut copies =
        Copies { values: HashMap::new(), budget: copied_bytes(html.len()), left_out: Count::default() };
    let dom = &tokenizer.sink.builder.sink;
    if let Some(root) = dom.root() {
        walk(root, dom, &mut copies, sink);
    }
    Ok(LeftOut {
        elements: tokenizer.sink.left_out(),
        attributes,
        copies: copies.left_out,
        ended: tokenizer.sink.ended(),
    })
}

/// Builds the tree. Returns which attributes were left out.
fn parse(html: &str, limits: &Limits, tokenizer: &Tokenizer<DepthClamp>) -> Result<Count, Error> {
    let dom = &tokenizer.sink.builder.sink;
    let input = BufferQueue::default();
    let mut pieces = Pieces::new(html, limits.max_attributes());
    while let Some(piece) = pieces.next(&tokenizer.sink) {
        dom.forget_raw_text();
        for chunk in chunks(piece) {
            input.push_back(StrTendril::from_slice(chunk));
            // The tokenizer stops at a script, for a browser to run it, and at the end.
            while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
            dom.check()?;
        }
    }
    // The end of the input closes what is open, and may rebuild formatting elements once more.
    tokenizer.end();
    dom.check()?;
    Ok(pieces.into_left_out())
}

/// A tokenizer that sends its tokens to a tree builder, with the attributes and the depth of the tree
/// bounded.
fn tokenizer(html: &str, limits: &Limits) -> Tokenizer<DepthClamp> {
    let dom = BoundedDom::new(html, limits);
    let context = create_element(&dom, QualName::new(None, ns!(html), local_name!("div")), Vec::new());
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new_for_fragment(dom, context, None, options);
    let options = TokenizerOpts {
        discard_bom: false,
        initial_state: Some(builder.tokenizer_state_for_context_elem(false)),
        ..TokenizerOpts::default()
    };
    Tokenizer::new(DepthClamp::new(builder, limits.max_depth(), html.len()), options)
}

impl Tree for DepthClamp {
    fn is_raw_text(&self) -> bool {
        self.builder.sink.has_raw_text()
    }

    fn is_foreign(&self) -> bool {
        self.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn expect_start_tag(&self, start: usize) {
        self.expect(start);
    }
}

/// Pieces of about [`CHUNK`] bytes, cut between characters.
fn chunks(mut html: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if html.is_empty() {
            return None;
        }
        let mut end = CHUNK.min(html.len());
        while !html.is_char_boundary(end) {
            end += 1;
        }
        let (chunk, rest) = html.split_at(end);
        html = rest;
        Some(chunk)
    })
}

/// An element on the way from the root to the current node.
struct Level {
    node: Handle,
    tag: Tag,
    next_child: usize,
}

/// Sends the events of all that is inside `root`. A stack, not recursion: the depth is the input's.
fn walk<'a>(root: Handle, dom: &BoundedDom, copies: &mut Copies, sink: &mut impl EventSink<'a>) {
    let mut levels = vec![Level { node: root, tag: Tag::Html, next_child: 0 }];
    while let Some(level) = levels.last_mut() {
        let child = level.node.children.borrow().get(level.next_child).cloned();
        level.next_child += 1;
        let Some(child) = child else {
            let closed = levels.pop();
            if let (Some(closed), false) = (closed, levels.is_empty()) {
                sink.close(closed.tag);
            }
            continue;
        };
        match &child.data {
            NodeData::Text { contents } => sink.other_text(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                let element = element(name, &attrs.borrow(), dom.start_of(&child), copies);
                sink.open(&element);
                levels.push(Level { tag: element.tag, node: child, next_child: 0 });
            }
            NodeData::Document
            | NodeData::Doctype { .. }
            | NodeData::Comment { .. }
            | NodeData::ProcessingInstruction { .. } => {}
        }
    }
}

/// The formatting elements that have opened again, for which the tree builder has copied an element.
struct Copies {
    /// The values of attributes that have come, and where the tags of their elements begin. An element and
    /// its copies share them, as long as the tree stands.
    values: HashMap<*const u8, Option<usize>>,
    /// How many bytes of values copies may still have.
    budget: usize,
    /// The copies that were left without their attributes.
    left_out: Count,
}

impl Copies {
    /// The attributes of a formatting element: none for a copy, once the budget is used up.
    fn attributes<'n>(&mut self, attrs: &'n [Attribute], start: Option<usize>) -> &'n [Attribute] {
        let mut copied = 0;
        let mut copied_start = None;
        // Short values are in the attribute itself.
        for value in attrs.iter().map(|attr| &attr.value).filter(|value| value.len() > size_of::<usize>()) {
            match self.values.entry(value.as_ptr()) {
                Entry::Vacant(entry) => {
                    entry.insert(start);
                }
                Entry::Occupied(entry) => {
                    copied += value.len();
                    copied_start = copied_start.or(*entry.get());
                }
            }
        }
        if let Some(rest) = self.budget.checked_sub(copied) {
            self.budget = rest;
            return attrs;
        }
        self.left_out.add(1, copied_start);
        &[]
    }
}

fn element<'a>(
    name: &QualName,
    attrs: &[Attribute],
    start: Option<usize>,
    copies: &mut Copies,
) -> Element<'a> {
    let tag = if name.ns == ns!(html) { Tag::of(&name.local) } else { Tag::of_foreign(&name.local) };
    let attrs = if tag.is_formatting() { copies.attributes(attrs, start) } else { attrs };
    let attrs: Attributes<'a> = attrs
        .iter()
        .map(|attr| event::Attribute {
            // The parser restores the capitals of SVG, as in `viewBox`.
            name: Cow::Owned(attr.name.local.to_ascii_lowercase().to_string()),
            value: Cow::Owned(attr.value.to_string()),
        })
        .collect();
    Element { tag, name: Cow::Owned(name.local.to_ascii_lowercase().to_string()), attrs, start }
}
