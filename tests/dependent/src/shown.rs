//! An error shown in its source.

use miette::{Diagnostic, LabeledSpan, SourceCode};
use offprint::Error;

/// An error with the post that it is about, for `miette` to show.
#[derive(Debug)]
pub struct Shown<'a> {
    pub error: &'a Error,
    pub source: &'a str,
}

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = |text: &str, offset| LabeledSpan::new(Some(text.to_owned()), offset, 1);
        let here = self.error.position().map(|position| label("here", position.offset));
        let related = self.error.related().map(|position| label("and here", position.offset));
        Some(Box::new(here.into_iter().chain(related)))
    }
}
