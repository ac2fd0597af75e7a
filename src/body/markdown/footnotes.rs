//! Footnotes: numbered in the order of their references, and written after all else.

use std::collections::HashMap;

use super::output::Output;

/// The footnotes of a body.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// The number of each label, in the order of references, from 1 on.
    numbers: HashMap<String, usize>,
    /// The definitions, in the order of the source.
    definitions: Vec<(String, Output)>,
}

impl Footnotes {
    /// Writes a reference.
    pub(super) fn refer(&mut self, label: &str, out: &mut Output) {
        out.html("<sup><a");
        out.url_attribute("href", "#fn:", label);
        out.html(">");
        out.number(self.number(label));
        out.html("</a></sup>");
    }

    /// The number of a footnote; a new one is the next.
    pub(super) fn number(&mut self, label: &str) -> usize {
        if let Some(&number) = self.numbers.get(label) {
            return number;
        }
        let number = self.numbers.len() + 1;
        self.numbers.insert(label.to_owned(), number);
        number
    }

    /// Keeps the text of a footnote until the end.
    pub(super) fn define(&mut self, label: &str, text: Output) {
        self.definitions.push((label.to_owned(), text));
    }

    /// Writes the definitions as an ordered list. What nobody refers to comes last.
    pub(super) fn write(mut self, out: &mut Output) {
        if self.definitions.is_empty() {
            return;
        }
        let mut definitions = std::mem::take(&mut self.definitions);
        for (label, _) in &definitions {
            self.number(label);
        }
        definitions.sort_by_key(|(label, _)| self.numbers[label]);
        out.html("<ol>");
        for (label, text) in &definitions {
            out.html("<li");
            out.attribute("id", &format!("fn:{label}"));
            out.html(">");
            out.append(text);
            out.html("</li>");
        }
        out.html("</ol>");
    }
}
