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
/// assert_eq!(
///     error.to_string(),
///     "too many bytes of input: the limit is 10, raised by `Limits::input_bytes` or `--limit input_bytes=N` \
///      at line 1, column 11"
/// );
/// ```
///
/// Two limits of the front matter cannot be set:
///
/// - A value of a top-level key nests at most 20 lists and maps in each other: `a: [[b]]` nests two. Those that an alias
///   stands for count where the alias stands. With [`Parser::recover`](crate::Parser::recover) a value that nests deeper is
///   kept as its source text. So the JSON of a post's metadata is far from the depth of 128 at which readers like
///   `serde_json` stop, and 128 kB of stack are enough for all that can be done with metadata.
/// - What the front matter stands for, with its aliases replaced, is at most ten times its bytes, and a thousand. A byte of
///   text counts as one, and each value as five more. Without aliases no front matter comes near.
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
