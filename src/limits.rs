//! How much of everything a post may hold.

/// Bounds on the work and the memory that one post may take.
///
/// The defaults are far above anything a real article needs. A breach is an
/// [`ErrorKind::LimitExceeded`](crate::ErrorKind::LimitExceeded) that names the limit and its value.
///
/// ```
/// use offprint::{Limits, Parser};
///
/// let parser = Parser::new().limits(Limits::default().input_bytes(10));
/// let error = parser.parse("<p>eleven bytes</p>").unwrap_err();
/// assert_eq!(error.to_string(), "too many bytes of input: the limit is 10");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// The most elements inside one another (512, as browsers have it; more than 1,024 are taken for 1,024, since the time
    /// that a tag takes grows with them).
    ///
    /// Deeper ones are dissolved: their tags are left out, their content is not, and a
    /// [diagnostic](crate::DiagnosticKind::DeepElements) counts them. Formatting elements such as `<b>` that will open
    /// again after something else has closed them count as open.
    pub fn depth(mut self, elements: usize) -> Self {
        self.depth = elements.min(1024);
        self
    }

    /// The most attributes of one tag (256). Those after them are left out, and a
    /// [diagnostic](crate::DiagnosticKind::ManyAttributes) counts them.
    pub fn attributes(mut self, attributes: usize) -> Self {
        self.attributes = attributes;
        self
    }

    /// The most nodes of a document tree (4,194,304). Whatever the number set here, a tree of more
    /// nodes than the body has bytes, and than 65,536, is refused: misnested markup can make one.
    pub fn nodes(mut self, nodes: usize) -> Self {
        self.nodes = nodes;
        self
    }

    pub(crate) fn max_input_bytes(&self) -> usize {
        self.input_bytes
    }

    pub(crate) fn max_metadata_bytes(&self) -> usize {
        self.metadata_bytes
    }

    pub(crate) fn max_depth(&self) -> usize {
        self.depth
    }

    pub(crate) fn max_attributes(&self) -> usize {
        self.attributes
    }

    pub(crate) fn max_nodes(&self) -> usize {
        self.nodes
    }
}
