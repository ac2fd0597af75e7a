//! What hides all the text that follows, if it never ends: comments, scripts and their like.

use memchr::memmem;

use super::names;
use super::tags;

/// What declarations begin and end with.
const DECLARATIONS: [(&str, &str); 3] = [("<!--", "-->"), ("<?", "?>"), ("<!", ">")];

/// Finds the ends of what hides.
#[derive(Debug)]
pub(super) struct Hiding<'s> {
    text: &'s str,
    /// What ends, or the name of an element, and where the next end is, as the last search has found. Each
    /// search begins at or after the one before, so that many openings cost one search.
    next: Vec<(&'static str, Option<usize>)>,
}

impl<'s> Hiding<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self { text, next: Vec::new() }
    }

    /// Whether what begins with the `<` at `start` does not end before `limit`, and hides what follows.
    pub(super) fn hides(&mut self, start: usize, limit: usize) -> bool {
        if let Some(declaration) = self.declaration(start) {
            return self.next_end(declaration, start).is_none_or(|end| end >= limit);
        }
        let Some(tag) = tags::tag(self.text, start).filter(|tag| !tag.is_end) else { return false };
        let name = names::hiding(tag.name);
        name.is_some_and(|name| self.next_end(name, tag.end).is_none_or(|end| end >= limit))
    }

    /// The end of the declaration that begins at `start`. `None` if none begins there.
    pub(super) fn declaration_end(&mut self, start: usize) -> Option<usize> {
        let declaration = self.declaration(start)?;
        self.next_end(declaration, start)
    }

    fn declaration(&self, start: usize) -> Option<&'static str> {
        let rest = &self.text[start..];
        DECLARATIONS.into_iter().find(|(sign, _)| rest.starts_with(sign)).map(|(_, end)| end)
    }

    /// Where the next end is, at `from` or after: a sign, or the end tag of an element.
    pub(super) fn next_end(&mut self, end: &'static str, from: usize) -> Option<usize> {
        let text = self.text;
        let look = || {
            if end.starts_with(|c: char| c.is_ascii_alphabetic()) {
                tags::end_tag(text, from, end)
            } else {
                memmem::find(&text.as_bytes()[from..], end.as_bytes()).map(|at| from + at)
            }
        };
        match self.next.iter_mut().find(|(known, _)| *known == end) {
            Some((_, None)) => None,
            Some((_, Some(at))) if *at >= from => Some(*at),
            Some((_, next)) => {
                *next = look();
                *next
            }
            None => {
                let next = look();
                self.next.push((end, next));
                next
            }
        }
    }
}
