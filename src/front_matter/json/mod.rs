//! Front matter in JSON: from the text of an object to a [`Tree`](super::tree::Tree).

mod parser;
mod recover;

pub(super) use parser::{read, read_deep};
pub(super) use recover::recover;
