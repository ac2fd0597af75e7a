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
//! | `word_set` | lists of words that are asked about many words |
//! | `plain_classes` | classes that say nothing |
//! | `urls` | URLs resolved, and the budget for copies |
//! | `language` | the language that the tags around code name |
//! | `white_space`, `drop_cap`, `buffer`, `marks`, `ruby` | what inline content is made of |
//! | `inline`, `gaps`, `pieces` | inline content, from pieces to a text with marks |
//! | `lone_text` | the paragraphs of a body that is one text |
//! | `set_apart` | inline elements that stylesheets take out of the line |
//! | `anchors` | the points of the article that links of the article lead to |
//! | `gutter` | the numbers of lines of code, and code without them |
//! | `class_words` | what classes say about captions |
//! | `credit`, `figure` | figures, and whom they name |
//! | `caption_shape` | captions by their place |
//! | `list`, `table`, `preformatted` | one kind of block each |
//! | `list_sign` | items of lists that are paragraphs with a sign |
//! | `frame`, `close` | the open elements that collect blocks, and what becomes of the blocks |
//! | `data_picture`, `placeholder` | what the URL of an image is worth |
//! | `size_words`, `picture_size` | what the URLs of two images are to each other |
//! | `srcset`, `waiting`, `twins`, `image` | images |
//! | `media`, `open_media` | films, sounds and embedded pages |
//! | `open_notes` | the notes that stand in the text |
//! | `beside` | media in the middle of a line, that wait for the text to end |
//! | `caption_state` | the open caption, and the boxes around it |
//! | `effect` | what start tags have done, to be undone |
//! | `builder` | the state of a body: where a text begins and ends, and which frame it goes to |
//! | `frames` | how frames open and close |
//! | `incoming`, `direction` | texts as they come, and where they run to |
//! | `show` | media and drop capitals: which of them part two texts |
//! | `scripted` | what scripts show in elements that say it in attributes |
//! | `fallback` | addresses in the fallback of embedded pages, and hidden e-mail addresses |
//! | `code`, `links` | preformatted text while it is open; links, and the ids that they lead to |
//! | `notes` | notes that stand in the text, and repeat their signs |
//! | `near_figure` | captions, credits and boxes for images |
//! | `laid_out` | tables that only lay out something else |
//! | `list_paragraphs` | paragraphs that are the items of a list |
//! | `usual`, `elements` | what each element asks of the builder: the usual elements, and the others |

mod anchors;
mod beside;
mod borrowed;
mod buffer;
mod builder;
mod caption_shape;
mod caption_state;
mod class_words;
mod close;
mod code;
mod credit;
mod data_picture;
mod direction;
mod div_classes;
mod drop_cap;
mod effect;
mod elements;
mod fallback;
mod figure;
mod frame;
mod frames;
mod gaps;
mod gutter;
mod image;
mod incoming;
mod inline;
mod laid_out;
mod language;
mod links;
mod list;
mod list_paragraphs;
mod list_sign;
mod lone_text;
mod marks;
mod media;
mod near_figure;
mod notes;
mod open_media;
mod open_notes;
mod picture_size;
mod pieces;
mod placeholder;
mod plain_classes;
mod preformatted;
mod ruby;
mod scripted;
mod set_apart;
mod show;
mod size_words;
mod srcset;
mod table;
mod tight;
mod twins;
mod urls;
mod usual;
mod waiting;
mod white_space;
mod word_set;

#[cfg(test)]
mod tests;

pub(crate) use builder::BlockBuilder;
use inline::InlineBuilder;
pub(crate) use lone_text::LoneText;

use crate::html::event::{CollapsedText, Element, EventSink, Removed, Space, Style, Tag};

impl<'a> EventSink<'a> for BlockBuilder<'a, '_> {
    fn open(&mut self, element: &Element<'a>) {
        self.urls.note_element(element.start);
        if self.is_unlike_most() {
            return self.open_unlike_most(element);
        }
        self.enter_and_push(element);
    }

    #[inline]
    fn open_plain(&mut self, element: &Element<'a>) {
        self.urls.note_element(element.start);
        if self.is_unlike_most() {
            return self.open_unlike_most(element);
        }
        let effect = self.enter_plain(element);
        self.push_effect(effect);
    }

    #[expect(clippy::inline_always, reason = "the end of each element")]
    #[inline(always)]
    fn close(&mut self, _tag: Tag) {
        self.close_element();
    }

    #[inline]
    fn text(&mut self, text: &'a str) {
        if self.is_hidden() {
            return self.add_hidden_text(text);
        }
        if !self.inline.is_at_start() {
            return self.add_next_text(text);
        }
        let stops_at_blank_line = self.stops_at_blank_line();
        if let Some(rest) = self.inline.push_first(text, stops_at_blank_line) {
            self.end_text_before(rest);
        }
    }

    #[inline]
    fn collapsed_text(&mut self, text: &CollapsedText<'a>) {
        if self.is_hidden() {
            return self.add_hidden_text(text.source);
        }
        if self.inline.is_at_start() {
            self.inline.push_first_collapsed(text);
        } else {
            self.add_next_collapsed(text);
        }
    }

    fn other_text(&mut self, text: &str) {
        self.add_text(text, InlineBuilder::push_copy);
    }

    fn space(&mut self, space: Space<'a>) {
        // White space at the beginning of a text is not part of it.
        if !self.inline.is_empty() || self.is_hidden() || self.inline.preserves() {
            self.add_space(space);
        }
    }

    fn styled(&mut self, style: Style) {
        match style {
            Style::Line => self.begin_line(),
            Style::Gap => self.inline.leave_gap(),
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
