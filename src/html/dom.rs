//! The reference: html5ever's tree of the body, walked into events.
//!
//! The body is parsed as a fragment in a `<div>`, with scripting off, so that what stands in `<noscript>`
//! is elements. The tree is built in one piece, because later markup can move earlier nodes; it lives in
//! this file only.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::{TokenSink, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom};

use super::event::{Attr, Attrs, Element, EventSink, Tag};
use super::width::{self, Pieces, Tree};
use crate::error::{Error, ErrorKind, Limit};
use crate::limits::Limits;

/// How many bytes the parser gets before it is asked whether a limit is breached. Small enough that what
/// it can do at its worst in between is little; large enough that the question costs nothing.
const CHUNK: usize = 4096;

/// How many nodes are made before the depth of the tree is looked at.
const DEPTH_INTERVAL: usize = 64;

/// Parses `html` and sends its events.
pub(super) fn drive<'a>(html: &str, limits: &Limits, sink: &mut impl EventSink<'a>) -> Result<(), Error> {
    let dom = parse(html, limits)?;
    let root = dom.document.children.borrow().first().cloned();
    root.map_or(Ok(()), |root| walk(root, limits, sink))
}

fn exceeded(limit: Limit, maximum: usize) -> Error {
    Error::new(ErrorKind::LimitExceeded { limit, maximum }, None)
}

fn parse(html: &str, limits: &Limits) -> Result<RcDom, Error> {
    let options = ParseOpts {
        tokenizer: TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() },
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(BoundedDom::new(html, limits), options, context, Vec::new(), false);
    let mut pieces = Pieces::new(html, limits.max_attributes());
    let too_wide = |_| exceeded(Limit::Attributes, limits.max_attributes());
    while let Some(piece) = pieces.next(&parser.tokenizer.sink).map_err(too_wide)? {
        parser.tokenizer.sink.sink.is_raw_text.set(false);
        for chunk in chunks(piece) {
            parser.process(StrTendril::from_slice(chunk));
            if let Some(error) = parser.tokenizer.sink.sink.breach() {
                return Err(error);
            }
        }
    }
    // The end of the input closes what is open, and may rebuild formatting elements once more.
    let dom = parser.finish();
    dom.breach().map_or(Ok(dom.dom), Err)
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

/// A tree that counts its nodes and looks at its depth while it grows.
struct BoundedDom {
    dom: RcDom,
    nodes: Cell<usize>,
    /// How many there were when the depth was looked at last.
    nodes_looked_at: Cell<usize>,
    max_nodes: usize,
    limits: Limits,
    too_deep: Cell<bool>,
    /// Whether an element whose content is text has been made since this was set to `false`.
    is_raw_text: Cell<bool>,
}

impl Tree for TreeBuilder<Handle, BoundedDom> {
    fn is_raw_text(&self) -> bool {
        self.sink.is_raw_text.get()
    }

    fn is_foreign(&self) -> bool {
        self.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl BoundedDom {
    fn new(html: &str, limits: &Limits) -> Self {
        // Well-nested markup has no more nodes than bytes: a document, a root and the context come on top.
        let max_nodes = limits.max_nodes().min(html.len() + 3);
        Self {
            dom: RcDom::default(),
            nodes: Cell::new(0),
            nodes_looked_at: Cell::new(0),
            max_nodes,
            limits: limits.clone(),
            too_deep: Cell::new(false),
            is_raw_text: Cell::new(false),
        }
    }

    fn breach(&self) -> Option<Error> {
        if self.too_deep.get() {
            return Some(exceeded(Limit::Depth, self.limits.max_depth()));
        }
        (self.nodes.get() > self.max_nodes).then(|| exceeded(Limit::Nodes, self.max_nodes))
    }

    fn count(&self) {
        self.nodes.set(self.nodes.get() + 1);
    }

    /// Looks at the depth of a new child now and then: misnesting aside, a tree grows by one level at a
    /// time. The walk looks at every node.
    fn look_at_depth(&self, parent: &Handle) {
        if self.nodes.get() - self.nodes_looked_at.get() < DEPTH_INTERVAL {
            return;
        }
        self.nodes_looked_at.set(self.nodes.get());
        if depth_exceeds(parent, self.limits.max_depth()) {
            self.too_deep.set(true);
        }
    }
}

/// Whether a child of `node` would have more than `limit` elements around and including it.
fn depth_exceeds(node: &Handle, limit: usize) -> bool {
    let mut node = Rc::clone(node);
    // The document and the root do not count.
    for _ in 0..=limit {
        let parent = node.parent.take();
        node.parent.set(parent.clone());
        match parent.and_then(|parent| parent.upgrade()) {
            Some(parent) => node = parent,
            None => return false,
        }
    }
    true
}

/// The place of `child` among the children of its parent, looked for from the end, where the parser works.
fn place_of(child: &Handle) -> Option<(Handle, usize)> {
    let parent = child.parent.take();
    child.parent.set(parent.clone());
    let parent = parent?.upgrade()?;
    let place = parent.children.borrow().iter().rposition(|other| Rc::ptr_eq(other, child))?;
    Some((parent, place))
}

fn detach(child: &Handle) {
    if let Some((parent, place)) = place_of(child) {
        parent.children.borrow_mut().remove(place);
        child.parent.set(None);
    }
}

/// [`RcDom`]'s own methods, with what costs quadratic time or unbounded memory put right.
impl TreeSink for BoundedDom {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {
        // Broken markup is normal; nobody reads these.
    }

    fn get_document(&self) -> Handle {
        self.dom.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.dom.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.count();
        if name.ns == ns!(html) && width::holds_raw_text(name.local.as_bytes()) {
            self.is_raw_text.set(true);
        }
        self.dom.create_element(name, attrs, flags)
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.count();
        self.dom.create_comment(StrTendril::new())
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.count();
        self.dom.create_pi(target, data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(_) => self.look_at_depth(parent),
            NodeOrText::AppendText(_) => self.count(),
        }
        self.dom.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if place_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let Some((parent, place)) = place_of(sibling) else { return };
        let child = match child {
            NodeOrText::AppendText(text) => {
                self.count();
                let before = place.checked_sub(1).map(|before| Rc::clone(&parent.children.borrow()[before]));
                if let Some(NodeData::Text { contents }) = before.as_ref().map(|before| &before.data) {
                    contents.borrow_mut().push_tendril(&text);
                    return;
                }
                Node::new(NodeData::Text { contents: text.into() })
            }
            NodeOrText::AppendNode(node) => {
                self.look_at_depth(&parent);
                node
            }
        };
        detach(&child);
        // A child that stood before the sibling has moved it.
        let Some((parent, place)) = place_of(sibling) else { return };
        child.parent.set(Some(Rc::downgrade(&parent)));
        parent.children.borrow_mut().insert(place, child);
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {
        // A fragment has none.
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        self.dom.get_template_contents(target)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {
        // A fragment takes its mode from a context that has none.
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.dom.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        detach(target);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.dom.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        self.dom.is_mathml_annotation_xml_integration_point(target)
    }
}

/// An element on the way from the root to the current node.
struct Level {
    node: Handle,
    tag: Tag,
    next_child: usize,
}

/// Sends the events of all that is inside `root`. A stack, not recursion: the depth is the input's.
fn walk<'a>(root: Handle, limits: &Limits, sink: &mut impl EventSink<'a>) -> Result<(), Error> {
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
                if levels.len() > limits.max_depth() {
                    return Err(exceeded(Limit::Depth, limits.max_depth()));
                }
                let element = element(name, &attrs.borrow());
                sink.open(&element);
                levels.push(Level { tag: element.tag, node: child, next_child: 0 });
            }
            NodeData::Document
            | NodeData::Doctype { .. }
            | NodeData::Comment { .. }
            | NodeData::ProcessingInstruction { .. } => {}
        }
    }
    Ok(())
}

fn element<'a>(name: &QualName, attrs: &[Attribute]) -> Element<'a> {
    let tag = if name.ns == ns!(html) { Tag::of(&name.local) } else { foreign_tag(&name.local) };
    let attrs: Attrs<'a> = attrs
        .iter()
        .map(|attr| Attr {
            name: Cow::Owned(attr.name.local.to_string()),
            value: Cow::Owned(attr.value.to_string()),
        })
        .collect();
    Element { tag, name: Cow::Owned(name.local.to_string()), attrs }
}

/// The HTML element that stands for one of SVG or `MathML`. Most are no more than their text.
fn foreign_tag(name: &str) -> Tag {
    match name {
        "a" => Tag::A,
        // Descriptions and annotations are for machines.
        "annotation" | "annotation-xml" | "desc" | "metadata" | "title" => Tag::Template,
        "script" => Tag::Script,
        "style" => Tag::Style,
        _ => Tag::Unknown,
    }
}
