//! A formula as a tree of `MathML` elements, built from start tags, end tags and texts.
//!
//! The tree is one list of nodes in the order of their start tags, so that neither to build it nor to read it
//! takes a stack as deep as the formula.

use super::held::push_collapsed;

/// What an element of `MathML` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// Its children side by side.
    Row,
    /// A text that is one sign: a letter, a number, an operator.
    Sign,
    /// A text in words.
    Words,
    /// Only its first child counts.
    First,
    /// It shows nothing.
    Nothing,
    Space,
    Fraction,
    /// A fraction without its line: a binomial coefficient.
    Stack,
    SquareRoot,
    Root,
    /// A base with what stands below and above it.
    Sub,
    Sup,
    SubSup,
    Under,
    Over,
    UnderOver,
    /// A base with pairs of scripts on either side.
    Multi,
    /// The scripts after this stand before the base.
    Prescripts,
    Fenced,
    Table,
    TableRow,
    LabelledRow,
}

/// An element with its place in the tree. An index of 0 is that of the root, which is nobody's child: it
/// stands for no element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    /// The text of a sign; for fences, what opens and closes them, and what separates their content.
    pub(super) text: String,
    pub(super) first_child: usize,
    pub(super) next_sibling: usize,
    last_child: usize,
}

/// What a formula says of itself.
#[derive(Debug, Default)]
pub(super) struct Formula {
    pub(super) nodes: Vec<Node>,
    /// Its TeX, from an annotation or an attribute.
    pub(super) annotation: Option<String>,
    pub(super) alttext: Option<String>,
    pub(super) is_display: bool,
    /// Whether it holds an element that is not text.
    pub(super) has_media: bool,
}

/// Builds the tree of a formula.
#[derive(Default)]
pub(super) struct TreeBuilder {
    formula: Formula,
    open: Vec<Open>,
    /// The node of the text that stands beside elements, if that came last: it may come in pieces.
    loose_text: Option<usize>,
}

/// An open element.
#[derive(Clone, Copy)]
enum Open {
    /// One with a node of this index.
    Node(usize),
    /// One inside a sign with a node of this index: its text is part of the sign.
    Inside(usize),
    /// An annotation, or an element in one.
    Annotation { is_tex: bool },
}

impl TreeBuilder {
    /// Opens an element. `attribute` gives the value of the attribute with this name.
    pub(super) fn open(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>) {
        self.loose_text = None;
        let open = match self.open.last().copied() {
            Some(annotation @ Open::Annotation { .. }) => annotation,
            _ if matches!(name, "annotation" | "annotation-xml") => {
                Open::Annotation { is_tex: attribute("encoding").is_some_and(|encoding| is_tex(&encoding)) }
            }
            Some(Open::Node(sign)) if self.formula.nodes[sign].kind.is_text() => Open::Inside(sign),
            Some(inside @ Open::Inside(_)) => inside,
            Some(Open::Node(_)) | None => self.open_node(name, &attribute),
        };
        self.open.push(open);
    }

    fn open_node(&mut self, name: &str, attribute: &impl Fn(&str) -> Option<String>) -> Open {
        if name == "math" {
            self.note_root(attribute);
        }
        let kind = kind_of(name, attribute);
        let text = match kind {
            NodeKind::Fenced => fences(attribute),
            NodeKind::Space => space(attribute).to_owned(),
            _ => String::new(),
        };
        Open::Node(self.add(kind, text))
    }

    pub(super) fn close(&mut self) {
        self.loose_text = None;
        self.open.pop();
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(loose) = self.loose_text {
            self.formula.nodes[loose].text.push_str(text);
            return;
        }
        match self.open.last().copied() {
            Some(Open::Annotation { is_tex: true }) => {
                self.formula.annotation.get_or_insert_default().push_str(text);
            }
            Some(Open::Inside(sign)) => self.formula.nodes[sign].text.push_str(text),
            Some(Open::Node(sign)) if self.formula.nodes[sign].kind.is_text() => {
                self.formula.nodes[sign].text.push_str(text);
            }
            // Text that stands beside elements is shown, although it is not allowed there.
            Some(Open::Node(_)) | None if !text.trim_ascii().is_empty() => {
                self.loose_text = Some(self.add(NodeKind::Words, text.to_owned()));
            }
            Some(Open::Node(_) | Open::Annotation { is_tex: false }) | None => {}
        }
    }

    /// Takes note of an element that is not text.
    pub(super) fn note_media(&mut self) {
        self.formula.has_media = true;
    }

    pub(super) fn finish(mut self) -> Formula {
        for node in &mut self.formula.nodes {
            if node.kind.is_text() {
                node.text = shown(&node.text, node.kind);
            }
        }
        self.formula
    }

    fn note_root(&mut self, attribute: &impl Fn(&str) -> Option<String>) {
        let is = |name: &str, value: &str| attribute(name).is_some_and(|it| it.eq_ignore_ascii_case(value));
        let formula = &mut self.formula;
        formula.is_display |= is("display", "block") || is("mode", "display");
        if formula.alttext.is_none() {
            formula.alttext = attribute("alttext");
        }
    }

    fn add(&mut self, kind: NodeKind, text: String) -> usize {
        let nodes = &mut self.formula.nodes;
        if nodes.is_empty() {
            nodes.push(Node::new(NodeKind::Row, String::new()));
        }
        let index = nodes.len();
        let parent = match self.open.last() {
            Some(Open::Node(parent)) => *parent,
            Some(Open::Inside(_) | Open::Annotation { .. }) | None => 0,
        };
        match std::mem::replace(&mut nodes[parent].last_child, index) {
            0 => nodes[parent].first_child = index,
            last => nodes[last].next_sibling = index,
        }
        nodes.push(Node::new(kind, text));
        index
    }
}

impl Node {
    fn new(kind: NodeKind, text: String) -> Self {
        Self { kind, text, first_child: 0, next_sibling: 0, last_child: 0 }
    }
}

impl NodeKind {
    fn is_text(self) -> bool {
        matches!(self, Self::Sign | Self::Words)
    }
}

/// Whether an annotation is in TeX.
fn is_tex(encoding: &str) -> bool {
    let encoding = encoding.trim().to_ascii_lowercase();
    encoding.contains("tex") && !encoding.starts_with("text/") || encoding == "text/x-tex"
}

fn kind_of(name: &str, attribute: &impl Fn(&str) -> Option<String>) -> NodeKind {
    match name {
        "mi" | "mn" | "mo" | "ms" => NodeKind::Sign,
        "mtext" => NodeKind::Words,
        "mspace" => NodeKind::Space,
        "semantics" | "maction" => NodeKind::First,
        "mphantom" | "none" | "maligngroup" | "malignmark" | "mstyle-none" => NodeKind::Nothing,
        "mfrac" => {
            let is_none = attribute("linethickness").is_some_and(|line| is_zero(&line));
            if is_none { NodeKind::Stack } else { NodeKind::Fraction }
        }
        "msqrt" => NodeKind::SquareRoot,
        "mroot" => NodeKind::Root,
        "msub" => NodeKind::Sub,
        "msup" => NodeKind::Sup,
        "msubsup" => NodeKind::SubSup,
        "munder" => NodeKind::Under,
        "mover" => NodeKind::Over,
        "munderover" => NodeKind::UnderOver,
        "mmultiscripts" => NodeKind::Multi,
        "mprescripts" => NodeKind::Prescripts,
        "mfenced" => NodeKind::Fenced,
        "mtable" => NodeKind::Table,
        "mtr" => NodeKind::TableRow,
        "mlabeledtr" => NodeKind::LabelledRow,
        _ => NodeKind::Row,
    }
}

/// Whether a length is nothing: `0`, `0pt`, `0.0em`.
fn is_zero(length: &str) -> bool {
    let number = length.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse::<f64>().is_ok_and(|number| number == 0.0)
}

/// What opens and closes fences, and what stands between their content: three parts with line feeds between.
fn fences(attribute: &impl Fn(&str) -> Option<String>) -> String {
    let part = |name: &str, default: &str| {
        attribute(name).map_or_else(|| default.to_owned(), |value| value.split_whitespace().collect())
    };
    format!("{}\n{}\n{}", part("open", "("), part("close", ")"), part("separators", ","))
}

/// The space that an `<mspace>` shows.
fn space(attribute: &impl Fn(&str) -> Option<String>) -> &'static str {
    let width = attribute("width").unwrap_or_default();
    let width = width.trim();
    let is_shown = !width.is_empty() && !width.starts_with('-') && !is_zero(width)
        || attribute("linebreak").is_some_and(|kind| kind == "newline");
    if is_shown { " " } else { "" }
}

/// The text of a sign as it is shown: its white space collapsed. In words, spaces that do not break count.
fn shown(text: &str, kind: NodeKind) -> String {
    let mut shown = String::new();
    if kind == NodeKind::Sign {
        push_collapsed(&mut shown, text.trim());
        shown.retain(|c| !is_invisible(c));
        return shown;
    }
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    if text.starts_with(char::is_whitespace) {
        shown.push(' ');
    }
    push_collapsed(&mut shown, text.trim_start());
    shown
}

/// Whether the character only says how to read the signs beside it: the application of a function, a product.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2061}'..='\u{2064}' | '\u{200b}' | '\u{feff}')
}
