//! The option `--limit`.

use offprint::Limits;

/// The most elements inside one another that the library lets anyone ask for.
const MOST_DEPTH: usize = 1024;

/// A limit and its value, as in `nodes=1_000_000`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    name: Name,
    value: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    InputBytes,
    MetadataBytes,
    Depth,
    Attributes,
    Nodes,
}

const NAMES: [(&str, Name); 5] = [
    ("input_bytes", Name::InputBytes),
    ("metadata_bytes", Name::MetadataBytes),
    ("depth", Name::Depth),
    ("attributes", Name::Attributes),
    ("nodes", Name::Nodes),
];

impl Limit {
    /// Reads `NAME=N`. In the name `-` is as good as `_`, and `_` may stand between the digits.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let known = NAMES.map(|(name, _)| name).join(", ");
        let (name, number) =
            text.split_once('=').ok_or_else(|| format!("not NAME=N, in which NAME is one of {known}"))?;
        let name = name.replace('-', "_");
        let Some(&(_, name)) = NAMES.iter().find(|(known, _)| *known == name) else {
            return Err(format!("no limit is called `{name}`: the limits are {known}"));
        };
        let value = parse_number(number)?;
        if name == Name::Depth && value > MOST_DEPTH {
            return Err(format!("`depth` can be at most {MOST_DEPTH}; the limits are {known}"));
        }
        Ok(Self { name, value })
    }

    pub(crate) fn apply(self, limits: Limits) -> Limits {
        match self.name {
            Name::InputBytes => limits.input_bytes(self.value),
            Name::MetadataBytes => limits.metadata_bytes(self.value),
            Name::Depth => limits.depth(self.value),
            Name::Attributes => limits.attributes(self.value),
            Name::Nodes => limits.nodes(self.value),
        }
    }
}

fn parse_number(text: &str) -> Result<usize, String> {
    let known = NAMES.map(|(name, _)| name).join(", ");
    let is_number = text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if !is_number {
        return Err(format!("`{text}` is not a whole number, such as 1_000_000; the limits are {known}"));
    }
    // Only digits are left, so that only its size can be wrong.
    text.replace('_', "")
        .parse()
        .map_err(|_| format!("`{text}` is too large a number; the limits are {known}"))
}
