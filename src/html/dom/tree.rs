//! The tree that html5ever builds: `RcDom`, with what costs quadratic time or unbounded memory put right.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName, ns};
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom};

use crate::error::{Error, ErrorKind};
use crate::html::tokenizer;
use crate::limits::{Limit, Limits};

/// How many nodes a tree may have however short the body is. Formatting elements that are never closed, as
/// old editors left them, open again in each paragraph.
pub(super) const SMALL_TREE: usize = 1 << 16;

/// A tree that counts its nodes while it grows.
pub(super) struct BoundedDom {
    dom: RcDom,
    nodes: Cell<usize>,
    elements: Cell<usize>,
    max_nodes: usize,
    /// What the number of nodes is bounded by.
    limit: Limit,
    /// Where the start tags of elements begin: byte offsets in the body. Elements that are implied, and those
    /// that open again, are not in it.
    starts: RefCell<HashMap<*const Node, usize>>,
    /// The element that was made last.
    last: Cell<*const Node>,
    /// Whether an element whose content is text has been made since this was set to `false`.
    is_raw_text: Cell<bool>,
}

impl BoundedDom {
    pub(super) fn new(html: &str, limits: &Limits) -> Self {
        // Well-nested markup has no more nodes than bytes: a document, a root and the context come on top.
        let for_length = html.len().max(SMALL_TREE) + 3;
        let max_nodes = limits.max_nodes().min(for_length);
        let limit = if max_nodes < for_length { Limit::Nodes } else { Limit::RepeatedNodes };
        Self {
            dom: RcDom::default(),
            nodes: Cell::new(0),
            elements: Cell::new(0),
            max_nodes,
            limit,
            starts: RefCell::default(),
            last: Cell::new(std::ptr::null()),
            is_raw_text: Cell::new(false),
        }
    }

    /// The error, if there are too many nodes by now.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.nodes.get() <= self.max_nodes {
            return Ok(());
        }
        let kind = ErrorKind::LimitExceeded { limit: self.limit, maximum: self.max_nodes };
        Err(Error::new(kind, None))
    }

    /// How many elements have been made.
    pub(super) fn elements(&self) -> usize {
        self.elements.get()
    }

    /// Notes that the start tag of the element that was made last begins at this byte offset in the body.
    pub(super) fn note_start(&self, start: usize) {
        self.starts.borrow_mut().insert(self.last.get(), start);
    }

    /// Where the start tag of an element begins, if the element has one of its own.
    pub(super) fn start_of(&self, element: &Handle) -> Option<usize> {
        self.starts.borrow().get(&Rc::as_ptr(element)).copied()
    }

    /// Forgets the elements made so far, as far as [`has_raw_text`](Self::has_raw_text) goes.
    pub(super) fn forget_raw_text(&self) {
        self.is_raw_text.set(false);
    }

    /// Whether an element whose content is text has been made since it was [asked to
    /// forget](Self::forget_raw_text).
    pub(super) fn has_raw_text(&self) -> bool {
        self.is_raw_text.get()
    }

    /// The root of the fragment, once all is parsed.
    pub(super) fn root(&self) -> Option<Handle> {
        self.dom.document.children.borrow().first().cloned()
    }

    fn count(&self) {
        self.nodes.set(self.nodes.get() + 1);
    }
}

/// The parent of `child`, and the index of `child` among its children, looked for from the end, where the
/// parser works.
fn index_of(child: &Handle) -> Option<(Handle, usize)> {
    let parent = child.parent.take();
    child.parent.set(parent.clone());
    let parent = parent?.upgrade()?;
    let index = parent.children.borrow().iter().rposition(|other| Rc::ptr_eq(other, child))?;
    Some((parent, index))
}

fn detach(child: &Handle) {
    if let Some((parent, index)) = index_of(child) {
        parent.children.borrow_mut().remove(index);
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
        self.elements.set(self.elements.get() + 1);
        if name.ns == ns!(html) && tokenizer::holds_raw_text(name.local.as_bytes()) {
            self.is_raw_text.set(true);
        }
        let element = self.dom.create_element(name, attrs, flags);
        self.last.set(Rc::as_ptr(&element));
        // An element that has been dropped may have had its address.
        self.starts.borrow_mut().remove(&self.last.get());
        element
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
        if matches!(child, NodeOrText::AppendText(_)) {
            self.count();
        }
        self.dom.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if index_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let Some((parent, index)) = index_of(sibling) else { return };
        let child = match child {
            NodeOrText::AppendText(text) => {
                self.count();
                let before = index.checked_sub(1).map(|before| Rc::clone(&parent.children.borrow()[before]));
                if let Some(NodeData::Text { contents }) = before.as_ref().map(|before| &before.data) {
                    contents.borrow_mut().push_tendril(&text);
                    return;
                }
                Node::new(NodeData::Text { contents: text.into() })
            }
            NodeOrText::AppendNode(node) => node,
        };
        detach(&child);
        // A child that stood before the sibling has moved it.
        let Some((parent, index)) = index_of(sibling) else { return };
        child.parent.set(Some(Rc::downgrade(&parent)));
        parent.children.borrow_mut().insert(index, child);
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

    fn add_attrs_if_missing(&self, _target: &Handle, _attrs: Vec<Attribute>) {
        // What a second `<html>` or `<body>` adds. In a fragment it goes to the root, whose attributes nobody
        // reads.
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
