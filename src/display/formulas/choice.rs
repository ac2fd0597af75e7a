//! Of all copies of a formula, the one that stands in for it.

use std::borrow::Cow;

use super::super::look::Look;
use super::held::{Group, GroupKind, Held, push_collapsed, push_space};
use super::image::formula_image;
use super::tex::{clean, delimited, has_delimiter, holds_formula, looks_like_tex};
use super::tree::{Formula, TreeBuilder};
use super::{linear, markup};
use crate::html::event::{Attributes, Element, KeptElement, Names, Tag};

/// The formula of a group, or of several side by side.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) reading: Option<Reading>,
    pub(super) is_display: bool,
    /// What a reader saw of the copies, in order.
    pub(super) copies: Vec<Copy>,
    /// Whether the group holds something else than a formula, and is to be left as it is.
    pub(super) is_unknown: bool,
}

/// A formula as it goes on.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    Tex(String),
    Text(String),
}

/// One copy of a formula.
pub(super) struct Copy {
    /// Its index in the events that are held back.
    pub(super) index: usize,
    pub(super) text: String,
    /// Whether it is the one that the reading was made of: then it does not go.
    is_read: bool,
}

/// Where a reading comes from: the better source comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// TeX that is marked as such.
    Tex,
    /// TeX of a text for those who do not see the formula.
    Alternative,
    /// The linear reading of `MathML`.
    Linear,
    /// Words for those who do not see the formula.
    Words,
    /// TeX that is shown until a script draws the formula.
    Preview,
}

/// Collects what is known of a formula.
#[derive(Default)]
struct Finder {
    best: Option<(Source, Reading, Option<usize>)>,
    choice: Choice,
    formulas: usize,
}

/// The names of attributes that hold TeX or `MathML`, the `MathML` last.
const DATA: Names<'_, 6> =
    Names::new(["data-tex", "data-latex", "data-katex", "data-formula", "data-equation", "data-mathml"]);

/// What stands in for the formula of these groups.
pub(super) fn choose(held: &[Held<'_>], groups: &[Group]) -> Choice {
    let mut finder = Finder::default();
    for group in groups {
        finder.group(held, group);
    }
    if finder.best.is_none() {
        finder.bare_katex(held);
    }
    let Finder { best, mut choice, formulas } = finder;
    choice.is_unknown |= formulas > 1;
    if let Some((_, reading, read_from)) = best {
        choice.reading = Some(reading);
        if let Some(copy) = choice.copies.iter_mut().find(|copy| Some(copy.index) == read_from) {
            copy.is_read = true;
        }
    }
    choice.copies.retain(|copy| !copy.is_read && !copy.text.trim().is_empty());
    choice
}

impl Finder {
    fn offer(&mut self, source: Source, reading: Reading, read_from: Option<usize>) {
        let (Reading::Tex(text) | Reading::Text(text)) = &reading;
        let is_better = self.best.as_ref().is_none_or(|(best, ..)| source < *best);
        if is_better && !text.trim().is_empty() {
            self.best = Some((source, reading, read_from));
        }
    }

    fn offer_tex(&mut self, source: Source, tex: &str, read_from: Option<usize>) {
        let tex = match delimited(tex) {
            Some(delimited) if !has_delimiter(delimited.tex) => {
                self.choice.is_display |= delimited.is_display;
                clean(delimited.tex)
            }
            _ => clean(tex),
        };
        self.offer(source, Reading::Tex(tex), read_from);
    }

    fn group(&mut self, held: &[Held<'_>], group: &Group) {
        let events = &held[group.events.clone()];
        let Some(Held::Open(root)) = events.first() else { return };
        self.choice.is_display |= is_display(root);
        match group.kind {
            GroupKind::Image => self.image(group.events.start, root),
            GroupKind::Delimited { is_sure } => self.delimited(events, root, is_sure),
            GroupKind::Whole | GroupKind::Part(..) => self.elements(events, group.events.start),
        }
    }

    fn image(&mut self, index: usize, element: &KeptElement<'_>) {
        let Some(image) = formula_image(&element.element().attrs) else {
            self.choice.is_unknown = true;
            return;
        };
        self.choice.is_display |= image.is_display;
        if let Some(tex) = image.tex {
            self.offer_tex(Source::Alternative, &tex, Some(index));
        }
        if let Some(words) = image.words {
            self.offer(Source::Words, Reading::Text(words), Some(index));
        }
        self.choice.copies.push(Copy { index, text: image.alt, is_read: false });
    }

    /// An element with nothing but text in it, and maybe its number.
    fn delimited(&mut self, events: &[Held<'_>], root: &KeptElement<'_>, is_sure: bool) {
        let text = own_text(events);
        let tex = match delimited(&text) {
            Some(delimited) if !has_delimiter(delimited.tex) || is_sure && !holds_formula(delimited.tex) => {
                self.choice.is_display |= delimited.is_display;
                Some(delimited.tex)
            }
            // Words with a formula among them.
            None if holds_formula(&text) => None,
            None if is_sure || looks_like_tex(&text) => {
                self.choice.is_display |= root.tag.is_block();
                Some(&*text)
            }
            Some(_) | None => None,
        };
        match tex {
            Some(tex) => self.offer(Source::Tex, Reading::Tex(clean(tex)), None),
            None => self.choice.is_unknown = true,
        }
    }

    /// Elements that hold copies.
    fn elements(&mut self, events: &[Held<'_>], from: usize) {
        let formulas_before = self.formulas;
        let mut shown = Shown::default();
        let mut index = 0;
        while let Some(event) = events.get(index) {
            match event {
                Held::Open(element) => {
                    let attrs = element.element().attrs;
                    self.attributes(element, &attrs);
                    if index < 2 {
                        self.lines(&events[index..], &attrs);
                    }
                    let length = match element.tag {
                        Tag::Math => self.math(&events[index..], from + index),
                        Tag::Script => self.script(&events[index..], from + index, &attrs),
                        _ => 0,
                    };
                    if length > 0 {
                        shown.end(&mut self.choice.copies);
                        index += length;
                        continue;
                    }
                    if element.tag == Tag::Img {
                        self.image(from + index, element);
                    }
                    shown.open(from + index, element);
                }
                Held::Close(tag) => {
                    if shown.close(*tag) {
                        shown.end(&mut self.choice.copies);
                    }
                }
                Held::Text(text) => shown.text(text),
                Held::Space(space) => shown.text(space.source),
                Held::Styled(_) | Held::Removed(_) => {}
            }
            index += 1;
        }
        shown.end(&mut self.choice.copies);
        // Text beside the copies belongs to none of them.
        self.choice.is_unknown |= shown.is_beside && self.formulas > formulas_before;
        if let Some((index, preview)) = shown.preview {
            if looks_like_tex(&preview) && preview.trim() != "[math]" {
                self.offer_tex(Source::Preview, &preview, Some(index));
            }
        }
    }

    /// The attributes of an element that is not `MathML`.
    fn attributes(&mut self, element: &KeptElement<'_>, attrs: &Attributes<'_>) {
        self.choice.is_display |= is_display(element);
        if attrs.is_empty() || matches!(element.tag, Tag::Math | Tag::Img | Tag::Script) {
            return;
        }
        let mut values = attrs.get_all(&DATA);
        if let Some(mathml) = values[DATA_MATHML].take() {
            let formula = markup::read(&mathml);
            self.formula(formula, None);
        }
        if let Some(tex) = values.into_iter().flatten().find(|value| !value.trim().is_empty()) {
            self.offer_tex(Source::Tex, &tex, None);
        }
    }

    /// `MathML` of `KaTeX` whose tags are gone, as CSDN has it: each of its texts is a line, and the TeX is
    /// the last one.
    fn lines(&mut self, events: &[Held<'_>], attrs: &Attributes<'_>) {
        let [_, class] = attrs.id_and_class();
        if class.is_none_or(|class| class != "katex-mathml") {
            return;
        }
        let events = &events[..length_of(events)];
        let is_math = |event: &Held<'_>| matches!(event, Held::Open(element) if element.tag == Tag::Math);
        let text = text_of(events);
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let last = lines.next_back().filter(|tex| tex.contains("\\begin") || !tex.contains("\\end"));
        if let (Some(tex), true, false) = (last, lines.next().is_some(), events.iter().any(is_math)) {
            self.offer_tex(Source::Tex, tex, None);
        }
    }

    /// `MathML` of `KaTeX` whose tags are gone, with its texts in one line: what the rendering shows, and the
    /// TeX after it. Where that is not told apart, the rendering stays.
    fn bare_katex(&mut self, held: &[Held<'_>]) {
        let text_of_class = |name| {
            let has_class = |event: &Held<'_>| match event {
                Held::Open(element) => element.element().attrs.class().as_deref() == Some(name),
                _ => false,
            };
            let start = held.iter().position(has_class)?;
            Some((start, text_of(&held[start..start + length_of(&held[start..])])))
        };
        let (Some((index, shown)), Some((_, mathml))) =
            (text_of_class("katex-html"), text_of_class("katex-mathml"))
        else {
            return;
        };
        match text_after(&mathml, &shown) {
            Some(tex) if tex.contains(is_seen) => self.offer_tex(Source::Tex, tex, None),
            _ => {
                let shown = shown.replace('\u{200b}', "");
                self.offer(Source::Words, Reading::Text(shown.trim().to_owned()), Some(index));
            }
        }
    }

    /// The `<math>` that the events begin with. Returns how many events it takes.
    fn math(&mut self, events: &[Held<'_>], index: usize) -> usize {
        self.formulas += 1;
        let mut builder = TreeBuilder::default();
        let mut text = String::new();
        let length = length_of(events);
        let mut hidden = 0_usize;
        for (at, event) in events[..length].iter().enumerate() {
            match event {
                Held::Open(element) => {
                    let it = element.element();
                    // What is hidden in a formula is not a part of what it says.
                    self.choice.is_unknown |= at > 0 && Look::of(&it).hides();
                    if element.tag.is_media() {
                        builder.note_media();
                    }
                    builder.open(&it.name, |name| it.attrs.get(name).map(Cow::into_owned));
                    hidden += usize::from(element.tag.hides_text());
                }
                Held::Close(tag) => {
                    builder.close();
                    hidden -= usize::from(tag.hides_text());
                }
                Held::Text(piece) => {
                    builder.text(piece);
                    if hidden == 0 {
                        push_collapsed(&mut text, piece);
                    }
                }
                Held::Space(_) => push_space(&mut text),
                Held::Styled(_) | Held::Removed(_) => {}
            }
        }
        self.choice.copies.push(Copy { index, text, is_read: false });
        self.formula(builder.finish(), Some(index));
        length
    }

    /// What is known of a formula in `MathML`, which is the copy at this index, if it is one.
    fn formula(&mut self, formula: Formula, index: Option<usize>) {
        let Formula { nodes, annotation, alttext, is_display, has_media } = formula;
        self.choice.is_display |= is_display;
        self.choice.is_unknown |= has_media;
        if let Some(tex) = annotation {
            self.offer_tex(Source::Tex, &tex, None);
        }
        match alttext {
            Some(tex) if looks_like_tex(&tex) => self.offer_tex(Source::Alternative, &tex, None),
            Some(words) => self.offer(Source::Words, Reading::Text(words), None),
            None => {}
        }
        self.offer(Source::Linear, Reading::Text(linear::read(&nodes)), index);
    }

    /// The script that the events begin with. Returns how many events it takes: none if it is not a formula.
    fn script(&mut self, events: &[Held<'_>], index: usize, attrs: &Attributes<'_>) -> usize {
        let Some(kind) = attrs.get("type").map(|kind| kind.to_ascii_lowercase()) else { return 0 };
        let Some(language) = kind.trim_ascii_start().strip_prefix("math/") else { return 0 };
        self.choice.is_display |= kind.contains("mode=display");
        let length = length_of(events);
        let text = text_of(&events[..length]);
        if language.starts_with("mml") {
            self.formula(markup::read(&text), Some(index));
        } else if language.starts_with("ascii") {
            self.offer(Source::Linear, Reading::Text(clean(&text)), Some(index));
        } else {
            self.offer_tex(Source::Tex, &text, Some(index));
        }
        self.choice.copies.push(Copy { index, text: clean(&text), is_read: false });
        length
    }
}

/// The index of the name `data-mathml`.
const DATA_MATHML: usize = 5;

/// What is shown of a group, other than `MathML`: one copy for each element in its root.
#[derive(Default)]
struct Shown {
    depth: usize,
    hidden: usize,
    /// The element in the root that is open, or the root itself.
    index: Option<usize>,
    text: String,
    /// Whether text stands in the root itself.
    is_beside: bool,
    is_preview: bool,
    preview: Option<(usize, String)>,
}

impl Shown {
    fn open(&mut self, index: usize, element: &KeptElement<'_>) {
        self.depth += 1;
        self.hidden += usize::from(element.tag.hides_text());
        if self.depth <= 2 {
            self.index = Some(index);
            self.is_preview |= element.element().attrs.has_class("MathJax_Preview");
        }
    }

    /// Closes an element. Returns whether a copy ends with it.
    fn close(&mut self, tag: Tag) -> bool {
        self.depth -= 1;
        self.hidden -= usize::from(tag.hides_text());
        self.depth <= 1
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        self.is_beside |= self.depth == 1 && !text.trim().is_empty();
        push_collapsed(&mut self.text, text);
    }

    fn end(&mut self, copies: &mut Vec<Copy>) {
        let text = std::mem::take(&mut self.text);
        if let Some(index) = self.index {
            if self.is_preview {
                self.preview = Some((index, text.clone()));
                self.is_preview = false;
            }
            // What a style sheet alone gives a width is no text.
            if text.contains(is_seen) {
                copies.push(Copy { index, text: text.trim().to_owned(), is_read: false });
            }
        }
    }
}

fn is_seen(c: char) -> bool {
    !c.is_whitespace() && c != '\u{200b}'
}

/// What follows in a text that begins with the characters of another one, in any order: of a fraction,
/// `KaTeX` shows the lower part first.
fn text_after<'t>(text: &'t str, shown: &str) -> Option<&'t str> {
    let mut rest = text.char_indices().filter(|(_, c)| is_seen(*c));
    let mut shown: Vec<_> = shown.chars().filter(|c| is_seen(*c)).collect();
    let mut beginning: Vec<_> = rest.by_ref().take(shown.len()).map(|(_, c)| c).collect();
    shown.sort_unstable();
    beginning.sort_unstable();
    (shown == beginning).then(|| rest.next().map_or("", |(at, _)| &text[at..]))
}

/// The number of events of the element that they begin with.
pub(super) fn length_of(events: &[Held<'_>]) -> usize {
    let mut depth = 0_usize;
    for (index, event) in events.iter().enumerate() {
        match event {
            Held::Open(_) => depth += 1,
            Held::Close(_) if depth <= 1 => return index + 1,
            Held::Close(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}

/// All text of the events.
fn text_of(events: &[Held<'_>]) -> String {
    let mut all = String::new();
    for event in events {
        match event {
            Held::Text(text) => all.push_str(text),
            Held::Space(space) => all.push_str(space.source),
            Held::Open(_) | Held::Close(_) | Held::Styled(_) | Held::Removed(_) => {}
        }
    }
    all
}

/// Whether an element is the inner one of two around the TeX of one formula, as Zenn has them.
pub(super) fn is_around_tex(element: &Element<'_>) -> bool {
    element.tag == Tag::Unknown && matches!(&*element.name, "eq" | "eqn")
}

/// The text of the element that the events are of, without that of the elements in it, but for those that are
/// [around the TeX](is_around_tex).
fn own_text(events: &[Held<'_>]) -> String {
    let mut own = String::new();
    let mut at = 1;
    while at < events.len() {
        match &events[at] {
            Held::Text(text) => own.push_str(text),
            Held::Space(space) => own.push_str(space.source),
            Held::Open(element) if !is_around_tex(&element.element()) => {
                at += length_of(&events[at..]);
                continue;
            }
            Held::Open(_) | Held::Close(_) | Held::Styled(_) | Held::Removed(_) => {}
        }
        at += 1;
    }
    own
}

/// Whether an element says that its formula stands on a line of its own.
fn is_display(element: &KeptElement<'_>) -> bool {
    let attrs = element.element().attrs;
    if attrs.is_empty() {
        return false;
    }
    let [class, display, katex] =
        attrs.get_all(&const { Names::new(["class", "data-display", "data-katex-display"]) });
    let is_container = element.tag == Tag::Unknown
        && (attrs.get("display").is_some_and(|it| it == "true") || attrs.get("display-mode").is_some());
    let says_so = [display, katex].iter().flatten().any(|value| value == "true");
    let has_class = class.is_some_and(|class| class.split_ascii_whitespace().any(is_display_class));
    is_container || says_so || has_class
}

fn is_display_class(name: &str) -> bool {
    matches!(
        name,
        "katex-display"
            | "MathJax_Display"
            | "MathJax_SVG_Display"
            | "MathJax_PHTML_Display"
            | "MJXc-display"
            | "mwe-math-mathml-display"
            | "mwe-math-fallback-image-display"
            | "mwe-math-element-block"
            | "math-display"
            | "math-block"
            | "display"
            | "js-display-math"
    )
}
