//! What the tests over whole folders share: their files, and an independent reading of a post's text.

pub(crate) mod files;
pub(crate) mod oracle;
