//! Shortcodes of WordPress in a body, and the figures that captions make.

use super::expander::Expander;
use super::outcome::Outcome;
use super::wordpress::{Shortcode, shortcode};
use crate::template_syntaxes::TemplateSyntaxes;

impl<'a> Expander<'a, '_> {
    /// Deals with a `[`.
    pub(super) fn bracket(&mut self) {
        let start = self.at;
        self.at += 1;
        // Without the syntax only the ends of shortcodes count.
        let is_wordpress = self.syntaxes.contains(TemplateSyntaxes::WORDPRESS);
        if !is_wordpress && self.body.as_bytes().get(self.at) != Some(&b'/') {
            return;
        }
        let Some(shortcode) = shortcode(self.body, start) else { return };
        if !is_wordpress {
            return self.notes.text_at(start);
        }
        self.at = shortcode.end;
        if shortcode.is_end && self.figure.as_ref().is_some_and(|figure| figure.close == start) {
            return self.end_figure(start, shortcode.end);
        }
        let is_nested = shortcode.is_caption() && !shortcode.is_end && self.figure.is_some();
        let outcome =
            if is_nested { Outcome::Unclosed } else { shortcode.outcome(self.body, &mut self.ends) };
        self.shortcode(&shortcode, outcome);
    }

    fn shortcode(&mut self, shortcode: &Shortcode<'a>, outcome: Outcome<'a>) {
        let (start, end) = (shortcode.start, shortcode.end);
        match outcome {
            Outcome::Text => self.at = start + 1,
            Outcome::Unclosed => {
                self.notes.unclosed(shortcode.name, start);
                self.at = start + 1;
            }
            Outcome::Removed { end } => {
                self.notes.removal(start, end, || shortcode.element());
                let next = self.body.as_bytes().get(end).copied();
                self.output.replace(start, end, self.between(start, next));
            }
            Outcome::Source(text) => self.output.replace(start, end, &text),
            other => self.block(start, end, other),
        }
    }

    /// Writes where the caption begins, and ends a figure of which the end stands in code.
    pub(super) fn go_on_with_figure(&mut self) {
        let Some(figure) = &mut self.figure else { return };
        if self.at > figure.close {
            return self.end_figure(self.at, self.at);
        }
        if figure.caption_from.is_some_and(|from| from <= self.at) {
            let from = figure.caption_from.take().unwrap_or(self.at);
            figure.has_caption = true;
            self.output.replace(from, from, "<figcaption>");
        }
    }

    fn end_figure(&mut self, start: usize, end: usize) {
        let Some(figure) = self.figure.take() else { return };
        let caption = figure.caption.unwrap_or_default();
        let html = match (figure.has_caption, caption.is_empty()) {
            (true, _) => format!(" {caption}</figcaption></figure>"),
            (false, true) => "</figure>".to_owned(),
            (false, false) => format!("<figcaption>{caption}</figcaption></figure>"),
        };
        self.write_block(start, end, &html);
    }
}
