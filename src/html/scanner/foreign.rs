//! SVG and `MathML`, in which other rules hold: a tag can say that its element is empty, names mean nothing,
//! and an end tag closes what has its name. [In the
//! standard](https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign).
//!
//! HTML that stands in either is left to the reference, be it where it may stand or where it ends the
//! drawing.

use std::borrow::Cow;
use std::mem::replace;

use memchr::{memchr2, memmem};

use super::Scanner;
use super::formatting::Formatting;
use crate::engine::Decline;
use crate::html::attributes::{Attributes, lower_case};
use crate::html::event::{Attribute, EventSink};
use crate::html::tag::Tag;
use crate::html::tokenizer::{Markup, bogus_comment_length};

/// What a drawing or a formula is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Svg,
    MathMl,
}

impl Language {
    fn decline(self) -> Decline {
        match self {
            Self::Svg => Decline::Svg,
            Self::MathMl => Decline::MathMl,
        }
    }

    /// Whether elements in the one with this name may be HTML: an [integration
    /// point](https://html.spec.whatwg.org/multipage/parsing.html#html-integration-point).
    fn may_hold_html(self, name: &str) -> bool {
        match self {
            Self::Svg => matches!(name, "foreignobject" | "desc" | "title"),
            Self::MathMl => matches!(name, "annotation-xml" | "mi" | "mn" | "mo" | "ms" | "mtext"),
        }
    }
}

/// The name of an attribute without the prefix that [stands for a
/// namespace](https://html.spec.whatwg.org/multipage/parsing.html#adjust-foreign-attributes).
fn local_name(name: Cow<'_, str>) -> Cow<'_, str> {
    match &*name {
        "xlink:actuate" => "actuate".into(),
        "xlink:arcrole" => "arcrole".into(),
        "xlink:href" => "href".into(),
        "xlink:role" => "role".into(),
        "xlink:show" => "show".into(),
        "xlink:title" => "title".into(),
        "xlink:type" => "type".into(),
        "xml:lang" => "lang".into(),
        "xml:space" => "space".into(),
        "xmlns:xlink" => "xlink".into(),
        _ => name,
    }
}

/// An open element of a drawing.
struct Open<'a> {
    tag: Tag,
    /// In lower case.
    name: Cow<'a, str>,
}

impl<'a, S: EventSink<'a>, F: Formatting> Scanner<'a, '_, S, F> {
    /// The `<svg>` or `<math>` of the start tag that was read last, with all that is in it.
    #[cold]
    pub(super) fn foreign(&mut self, tag: Tag) -> Result<(), Decline> {
        self.reconstruct_before_tag()?;
        let language = if tag == Tag::Svg { Language::Svg } else { Language::MathMl };
        let mut open = Vec::new();
        self.open_foreign(language, &mut open)?;
        while !open.is_empty() && self.at < self.html.len() {
            let rest = &self.html.as_bytes()[self.at..];
            match rest[0] {
                b'<' => self.foreign_markup(language, &mut open)?,
                b'&' => self.reference()?,
                _ => self.foreign_text(memchr2(b'<', b'&', rest).unwrap_or(rest.len())),
            }
        }
        self.close_foreign(&mut open, 0);
        Ok(())
    }

    fn foreign_text(&mut self, length: usize) {
        let text = &self.html[self.at..][..length];
        self.at += length;
        self.sink.text(text);
    }

    fn foreign_markup(&mut self, language: Language, open: &mut Vec<Open<'a>>) -> Result<(), Decline> {
        match Markup::at(&self.html.as_bytes()[self.at..]) {
            Markup::StartTag => {
                if !self.read_tag("<".len()) {
                    return Ok(());
                }
                let is_point = open.last().is_some_and(|around| language.may_hold_html(&around.name));
                if is_point || self.element.tag.may_end_foreign() {
                    return Err(language.decline());
                }
                self.open_foreign(language, open)?;
            }
            Markup::EndTag => {
                if !self.read_tag("</".len()) {
                    return Ok(());
                }
                let ends_html = matches!(&*self.element.name, "br" | "p");
                let found = open.iter().rposition(|other| other.name == self.element.name);
                let Some(index) = found.filter(|_| !ends_html) else { return Err(language.decline()) };
                self.close_foreign(open, index);
            }
            Markup::Comment(length) | Markup::BogusComment(length) => self.at += length,
            Markup::Cdata => {
                self.at += "<![CDATA[".len();
                let rest = &self.html[self.at..];
                let length = memmem::find(rest.as_bytes(), b"]]>");
                self.foreign_text(length.unwrap_or(rest.len()));
                self.at += length.map_or(0, |_| "]]>".len());
            }
            Markup::Doctype => self.at += bogus_comment_length(&self.html.as_bytes()[self.at..]),
            Markup::Text(length) => self.foreign_text(length),
        }
        Ok(())
    }

    /// Opens the element of the start tag that was read last.
    fn open_foreign(&mut self, language: Language, open: &mut Vec<Open<'a>>) -> Result<(), Decline> {
        if self.open.len() + open.len() >= self.max_depth {
            return Err(Decline::Limits);
        }
        // What the limit has left out may be what the end of the tag belongs to.
        let source = self.element.attrs.source_mut().filter(|it| it.len() < self.limits.max_attributes());
        let is_empty = source.ok_or(Decline::Limits)?.is_self_closing();
        let tag = Tag::of_foreign(&self.element.name);
        self.element.tag = tag;
        if self.element.attrs.is_empty() {
            self.sink.open_plain(&self.element);
        } else {
            self.open_with_local_names(language)?;
        }
        if is_empty {
            self.sink.close(tag);
        } else {
            open.push(Open { tag, name: self.element.name.clone() });
        }
        Ok(())
    }

    fn open_with_local_names(&mut self, language: Language) -> Result<(), Decline> {
        /// Among how many attributes one is looked for before it is added to them.
        const MOST: usize = 64;
        let (mut count, mut has_prefix) = (0, false);
        self.element.attrs.for_each(|attr| {
            count += 1;
            has_prefix |= attr.name_bytes().contains(&b':');
        });
        if !has_prefix {
            self.sink.open(&self.element);
            return Ok(());
        }
        if count > MOST {
            return Err(language.decline());
        }
        let mut names = Vec::with_capacity(count);
        let mut list = Vec::with_capacity(count);
        self.element.attrs.for_each(|attr| {
            let name = lower_case(attr.source_name().unwrap_or_default());
            // Of two attributes with one name, the first one counts.
            if !names.contains(&name) {
                list.push(Attribute { name: local_name(name.clone()), value: attr.value() });
                names.push(name);
            }
        });
        let source = replace(&mut self.element.attrs, list.into_iter().collect::<Attributes<'a>>());
        self.sink.open(&self.element);
        self.element.attrs = source;
        Ok(())
    }

    /// Closes the elements from `index` on.
    fn close_foreign(&mut self, open: &mut Vec<Open<'a>>, index: usize) {
        for closed in open.drain(index..).rev() {
            self.sink.close(closed.tag);
        }
    }
}
