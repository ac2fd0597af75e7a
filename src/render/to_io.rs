//! Text into files and other writers of bytes.

use std::fmt::{self, Write};
use std::io;

/// Writes to `out` what `write` writes, piece by piece. It returns the first error of `out`.
pub(super) fn write_to<W: io::Write + ?Sized>(
    out: &mut W,
    write: impl FnOnce(&mut Pieces<'_, W>) -> fmt::Result,
) -> io::Result<()> {
    let mut pieces = Pieces { out, outcome: Ok(()) };
    match write(&mut pieces) {
        Ok(()) => Ok(()),
        Err(fmt::Error) => pieces.outcome.and(Err(io::Error::other("a post cannot be written"))),
    }
}

/// What takes text and hands it on.
pub(super) struct Pieces<'w, W: ?Sized> {
    out: &'w mut W,
    /// The first error: that of [`Write`] says nothing.
    outcome: io::Result<()>,
}

impl<W: io::Write + ?Sized> Write for Pieces<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.out.write_all(text.as_bytes()).map_err(|error| {
            self.outcome = Err(error);
            fmt::Error
        })
    }
}
