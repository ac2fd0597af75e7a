//! How much of everything a post may hold.

use std::fmt;

use crate::codes::codes;

/// Bounds on the work and the memory that one post may take.
///
/// The defaults are far above anything a real article needs. What a limit does is said at its setter: some
/// refuse the post, with an [`ErrorKind::LimitExceeded`](crate::ErrorKind::LimitExceeded) that names the
/// limit and its value, others leave something out, with a diagnostic.
///
/// | Limit | Unit | Default | Beyond it |
/// |---|---|--:|---|
/// | [`input_bytes`](Self::input_bytes) | bytes of the post | 67,108,864 (64 MiB) | the post is refused |
/// | [`metadata_bytes`](Self::metadata_bytes) | bytes of metadata | 4,194,304 (4 MiB) | the post is refused |
/// | [`depth`](Self::depth) | elements inside one another | 512 | deeper tags are left out |
/// | [`attributes`](Self::attributes) | attributes of one tag | 256 | further ones are left out |
/// | [`nodes`](Self::nodes) | nodes of the document tree | 4,194,304 | the post is refused |
///
/// ```
/// use offprint::{Limits, Parser};
///
/// let parser = Parser::new().limits(Limits::default().input_bytes(10));
/// let error = parser.parse("<p>eleven bytes</p>").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "too many bytes of input: the limit is 10, raised by `Limits::input_bytes` or `--limit input_bytes=N` \
///      at line 1, column 11"
/// );
/// ```
///
/// Each setter has a getter, which tells the value that holds:
///
/// ```
/// let limits = offprint::Limits::default().nodes(1000).depth(5000);
/// assert_eq!(limits.max_nodes(), 1000);
/// // The setter says so: more than 1,024 count as 1,024.
/// assert_eq!(limits.max_depth(), 1024);
/// assert_eq!(limits.max_attributes(), 256);
/// ```
///
/// Three limits of the front matter cannot be set:
///
/// - A value of a top-level key nests at most 20 lists and maps in each other: `a: [[b]]` nests two. Those
///   that an alias stands for count at the alias. With [`Parser::recover`](crate::Parser::recover) a value
///   that nests deeper is kept as its source text. So the JSON of a post's metadata is far from the depth of
///   128 at which readers like `serde_json` stop, and 128 kB of stack are enough for all that can be done
///   with metadata.
/// - The values of the front matter, with its aliases expanded, cost at most ten times its bytes, and a
///   thousand more. A byte of text costs one, and each value five more. Front matter without aliases cannot
///   cost as much.
/// - The longest white space of YAML, in bytes, times the words after it is at most 2<sup>29</sup>: ten
///   thousand spaces in a row, and then half a megabyte of text, are more. The parser would take minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Limits {
    input_bytes: usize,
    metadata_bytes: usize,
    depth: usize,
    attributes: usize,
    nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 64 << 20,
            metadata_bytes: 4 << 20,
            // Where browsers clamp the depth of a tree.
            depth: 512,
            attributes: 256,
            nodes: 4 << 20,
        }
    }
}

impl Limits {
    /// The most bytes of a whole post (64 MiB).
    pub fn input_bytes(mut self, bytes: usize) -> Self {
        self.input_bytes = bytes;
        self
    }

    /// The most bytes of front matter (4 MiB).
    pub fn metadata_bytes(mut self, bytes: usize) -> Self {
        self.metadata_bytes = bytes;
        self
    }

    /// The most elements inside one another (512, as in browsers).
    ///
    /// A greater number than 1,024 sets 1,024, since the time that a tag takes grows with this limit;
    /// [`max_depth`](Self::max_depth) tells which number holds.
    ///
    /// Deeper ones are dissolved: their tags are left out, their content is not, and a
    /// [diagnostic](crate::DiagnosticKind::DeepElements) counts them. Formatting elements such as `<b>` that
    /// will open again after something else has closed them count as open.
    pub fn depth(mut self, elements: usize) -> Self {
        self.depth = elements.min(1024);
        self
    }

    /// The most attributes of one tag (256). Further attributes are left out, and a
    /// [diagnostic](crate::DiagnosticKind::ManyAttributes) counts them.
    pub fn attributes(mut self, attributes: usize) -> Self {
        self.attributes = attributes;
        self
    }

    /// The most nodes of a document tree (4,194,304). Whatever the number set here, a tree is refused that
    /// has more nodes than 65,536 and more nodes than the body has bytes: misnested markup can make such a
    /// tree.
    pub fn nodes(mut self, nodes: usize) -> Self {
        self.nodes = nodes;
        self
    }

    /// The most bytes of a whole post. See [`input_bytes`](Self::input_bytes), which sets it.
    pub fn max_input_bytes(&self) -> usize {
        self.input_bytes
    }

    /// The most bytes of front matter. See [`metadata_bytes`](Self::metadata_bytes), which sets it.
    pub fn max_metadata_bytes(&self) -> usize {
        self.metadata_bytes
    }

    /// The most elements inside one another. See [`depth`](Self::depth), which sets it.
    pub fn max_depth(&self) -> usize {
        self.depth
    }

    /// The most attributes of one tag. See [`attributes`](Self::attributes), which sets it.
    pub fn max_attributes(&self) -> usize {
        self.attributes
    }

    /// The most nodes of a document tree. See [`nodes`](Self::nodes), which sets it.
    pub fn max_nodes(&self) -> usize {
        self.nodes
    }
}

codes! {
    /// A quantity that [`Limits`] bounds, and a breach of which refuses the post.
    ///
    /// ```
    /// use offprint::Limit;
    ///
    /// assert_eq!(Limit::InputBytes.name(), Some("input_bytes"));
    /// assert_eq!(Limit::InputBytes.to_string(), "bytes of input");
    /// assert_eq!(Limit::MetadataDepth.name(), None);
    /// ```
    pub enum Limit {
        /// Bytes of the whole post.
        InputBytes = "input_bytes": "bytes of input",
        /// Bytes of the front matter.
        MetadataBytes = "metadata_bytes": "bytes of front matter",
        /// Collections inside collections in the front matter.
        MetadataDepth = "metadata_depth": "levels of nesting in the front matter",
        /// Values in the front matter, with its aliases expanded.
        MetadataValues = "metadata_values": "values in the front matter with its aliases expanded",
        /// Nodes of the document tree.
        Nodes = "nodes": "nodes in the document tree",
        /// Nodes of the document tree, for a body of its length: misnested markup can make many nodes of few
        /// bytes.
        RepeatedNodes = "repeated_nodes": "nodes in the document tree for a body of this length",
    }
}

impl Limit {
    /// The name of the setter of [`Limits`] that raises the limit, which is its name in the command's option
    /// `--limit` too; `None` if the limit cannot be raised.
    pub fn name(self) -> Option<&'static str> {
        let is_fixed = matches!(self, Self::MetadataDepth | Self::MetadataValues | Self::RepeatedNodes);
        (!is_fixed).then_some(self.as_str())
    }

    /// The end of a message about the limit: what raises it, if anything does.
    pub(crate) fn remedy(self) -> impl fmt::Display {
        struct Remedy(Limit);

        impl fmt::Display for Remedy {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0.name() {
                    Some(name) => write!(f, ", raised by `Limits::{name}` or `--limit {name}=N`"),
                    None => Ok(()),
                }
            }
        }

        Remedy(self)
    }
}
