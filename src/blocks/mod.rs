//! Events of a body in, blocks out.
//!
//! Elements that only group others leave no trace but block boundaries between texts. Elements of the model
//! are *frames*: they collect blocks until they close. Inline content is collected into one text, which
//! becomes a paragraph, a heading or a caption at the next block boundary.
//!
//! The files, each of which imports only from those above it:
//!
//! | file | job |
//! |---|---|
//! | `borrowed`, `tight` | borrowing from the source, lists without spare room |
//! | `urls` | URLs resolved, and the budget for copies |
//! | `white_space`, `buffer`, `marks`, `ruby`, `inline` | inline content, from pieces to a text with marks |
//! | `credit`, `figure`, `list`, `table`, `preformatted` | one kind of block each |
//! | `frame`, `close` | the open elements that collect blocks, and what becomes of the blocks |
//! | `srcset`, `media`, `open_media` | images, films, sounds and embedded pages |
//! | `builder` | the state of a body: where a text begins and ends, and which frame it goes to |
//! | `fallback` | addresses in the fallback of embedded pages, and hidden e-mail addresses |
//! | `elements` | what each element asks of the builder |

mod borrowed;
mod buffer;
mod builder;
mod close;
mod credit;
mod elements;
mod fallback;
mod figure;
mod frame;
mod inline;
mod list;
mod marks;
mod media;
mod open_media;
mod preformatted;
mod ruby;
mod srcset;
mod table;
mod tight;
mod urls;
mod white_space;

#[cfg(test)]
mod tests;

pub(crate) use builder::BlockBuilder;
use inline::InlineBuilder;

use crate::html::event::{Element, EventSink, Removed, Style, Tag};

impl<'a> EventSink<'a> for BlockBuilder<'a, '_> {
    fn open(&mut self, element: &Element<'a>) {
        self.urls.note_element(element.start);
        let effect = if self.is_hidden() { self.enter_hidden(element) } else { self.enter(element) };
        self.push_effect(effect);
    }

    fn close(&mut self, _tag: Tag) {
        self.close_element();
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        self.add_text(text, InlineBuilder::push);
    }

    fn other_text(&mut self, text: &str) {
        self.add_text(text, InlineBuilder::push_copy);
    }

    fn space(&mut self, space: &'a str) {
        if self.inline.preserves() {
            self.text(space);
        } else {
            self.add_space(space);
        }
    }

    fn styled(&mut self, style: Style) {
        match style {
            Style::Line => self.begin_line(),
            Style::Direction(direction) => self.set_direction(direction),
        }
    }

    fn removed(&mut self, removed: Removed) {
        self.removals.push(removed);
    }

    fn restart(&mut self) {
        self.start_anew();
    }
}
