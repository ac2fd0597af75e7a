//! What the value of a known key means: from a node to the field of [`Meta`] that the key fills.

use std::borrow::Cow;
use std::collections::HashSet;

use super::entry::{Node, Usual};
use super::known::{Field, KnownKey};
use crate::group::{any, equal};
use crate::post::{Date, DateParseError, Meta, Value};
use crate::references;

/// What is left of a value when its field has been filled.
pub(super) enum Rest<'a> {
    Nothing,
    /// The value says more than the field, or something else: it is kept, and there is nothing odd about it.
    Kept(Node<'a>),
    /// The value is not one for its field.
    Odd(Node<'a>, Oddity),
}

/// What is odd about a value.
pub(super) enum Oddity {
    BadDate(DateParseError),
    /// It has another shape than this.
    Expected(&'static str),
}

/// Fills the field of a key. Nothing, and an empty text, leave the field as it is.
pub(super) fn fill<'a>(meta: &mut Meta<'a>, known: KnownKey, node: Node<'a>) -> Rest<'a> {
    let field = known.field();
    match (node, field) {
        (Node::Null, _) => Rest::Nothing,
        (Node::Text(text), _) => fill_text(meta, known, text),
        (node @ Node::Source(_), _) | (node, Field::Nested) => Rest::Kept(node),
        (node, Field::Comments | Field::Draft) => flag(meta, known, node),
        (node, Field::Image) => image(&mut meta.image, node),
        (node, Field::Authors | Field::Tags | Field::Categories) => list(meta, field, node),
        (Node::Literal { text, .. }, _) => fill_text(meta, known, text),
        (node, _) => Rest::Odd(node, Oddity::Expected("a text")),
    }
}

/// The same for a value that stands in the source as it is.
#[inline]
pub(super) fn fill_usual<'a>(meta: &mut Meta<'a>, known: KnownKey, value: Usual<'a>) -> Rest<'a> {
    match (value, known.field()) {
        (Usual::Text(text), _) => fill_text(meta, known, Cow::Borrowed(text)),
        (Usual::Date(date, _), Field::Date) => {
            meta.date = Some(date);
            Rest::Nothing
        }
        (Usual::Flag(flag, _), Field::Comments | Field::Draft) => {
            set_flag(meta, known, flag);
            Rest::Nothing
        }
        (Usual::Item(item), Field::Authors) => add_item(&mut meta.authors, item),
        (Usual::Item(item), Field::Tags) => add_item(&mut meta.tags, item),
        (Usual::Item(item), Field::Categories) => add_item(&mut meta.categories, item),
        (value, _) => fill(meta, known, value.into_node(known.holds_text())),
    }
}

/// The same for a text.
fn fill_text<'a>(meta: &mut Meta<'a>, known: KnownKey, text: Cow<'a, str>) -> Rest<'a> {
    if text.is_empty() {
        return Rest::Nothing;
    }
    match known.field() {
        Field::Layout => meta.layout = Some(text),
        Field::Title => meta.title = Some(decoded(text)),
        Field::Slug => meta.slug = Some(text),
        Field::Permalink => meta.permalink = Some(text),
        Field::Description => meta.description = Some(decoded(text)),
        Field::Date => return date(&mut meta.date, text),
        Field::Modified => return date(&mut meta.modified, text),
        Field::From => meta.from = Some(text),
        Field::Image => meta.image = Some(text),
        Field::Lang => meta.lang = Some(text),
        Field::Authors => return add_one(&mut meta.authors, text),
        Field::Tags => add(&mut meta.tags, split(text, known == KnownKey::Tags)),
        Field::Categories => add(&mut meta.categories, split(text, known == KnownKey::Categories)),
        Field::Comments | Field::Draft => return flag(meta, known, Node::Text(text)),
        Field::Nested => return Rest::Kept(Node::Text(text)),
    }
    Rest::Nothing
}

/// Whether a field has a value.
pub(super) fn is_filled(meta: &Meta<'_>, field: Field) -> bool {
    match field {
        Field::Layout => meta.layout.is_some(),
        Field::Title => meta.title.is_some(),
        Field::Slug => meta.slug.is_some(),
        Field::Permalink => meta.permalink.is_some(),
        Field::Description => meta.description.is_some(),
        Field::Date => meta.date.is_some(),
        Field::Modified => meta.modified.is_some(),
        Field::Draft => meta.draft.is_some(),
        Field::Authors => !meta.authors.is_empty(),
        Field::From => meta.from.is_some(),
        Field::Image => meta.image.is_some(),
        Field::Lang => meta.lang.is_some(),
        Field::Tags => !meta.tags.is_empty(),
        Field::Categories => !meta.categories.is_empty(),
        Field::Comments => meta.comments.is_some(),
        Field::Nested => false,
    }
}

/// A text without the references that scrapers leave in it.
#[inline]
fn decoded(text: Cow<'_, str>) -> Cow<'_, str> {
    if any(text.as_bytes(), |lanes| equal(lanes, b'&')) { decoded_references(text) } else { text }
}

/// The same for a text that may have some.
#[cold]
fn decoded_references(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => references::decode_closed(text),
        Cow::Owned(text) => match references::decode_closed(&text) {
            Cow::Owned(decoded) => Cow::Owned(decoded),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
}

fn date<'a>(field: &mut Option<Date>, text: Cow<'a, str>) -> Rest<'a> {
    match text.parse() {
        Ok(date) => {
            *field = Some(date);
            Rest::Nothing
        }
        Err(error) => Rest::Odd(Node::Text(text), Oddity::BadDate(error)),
    }
}

/// Fills a field that is true or false.
fn flag<'a>(meta: &mut Meta<'a>, known: KnownKey, node: Node<'a>) -> Rest<'a> {
    let flag = match &node {
        Node::Resolved(Value::Bool(value)) | Node::Literal { value: Value::Bool(value), .. } => *value,
        Node::Text(text) if is_one_of(text, &["true", "yes", "on"]) => true,
        Node::Text(text) if is_one_of(text, &["false", "no", "off"]) => false,
        // The comments themselves, which importers write, or where to find them.
        Node::Texts(_) | Node::List(_) | Node::Map(_) if known == KnownKey::Comments => {
            return Rest::Kept(node);
        }
        _ => return Rest::Odd(node, Oddity::Expected("true or false")),
    };
    set_flag(meta, known, flag);
    Rest::Nothing
}

fn set_flag(meta: &mut Meta<'_>, known: KnownKey, flag: bool) {
    match known {
        KnownKey::Comments => meta.comments = Some(flag),
        KnownKey::Published => meta.draft = Some(!flag),
        _ => meta.draft = Some(flag),
    }
}

/// Fills the field with the URL of a picture: a text, that of a mapping, or the first one in a list.
fn image<'a>(field: &mut Option<Cow<'a, str>>, node: Node<'a>) -> Rest<'a> {
    match node {
        // That there is a picture, or that there is not one.
        Node::Literal { value: Value::Bool(_), .. } => Rest::Kept(node),
        Node::Literal { text, .. } => {
            *field = Some(text);
            Rest::Nothing
        }
        node => {
            *field = url(&node).or(field.take());
            Rest::Kept(node)
        }
    }
}

/// The URL of the picture that a node describes.
///
/// Recursive: nodes are no deeper than [`MAX_DEPTH`](super::entry::MAX_DEPTH).
fn url<'a>(node: &Node<'a>) -> Option<Cow<'a, str>> {
    match node {
        Node::Text(text) => Some(text).filter(|text| !text.is_empty()).cloned(),
        Node::Texts(texts) => texts.iter().find(|text| !text.is_empty()).cloned(),
        Node::List(nodes) => nodes.iter().find_map(url),
        Node::Map(pairs) => best(pairs, &["path", "url", "src", "image"]),
        _ => None,
    }
}

/// Adds the texts in a node to a list of texts. A node with mappings in it is kept as a whole, too.
fn list<'a>(meta: &mut Meta<'a>, field: Field, node: Node<'a>) -> Rest<'a> {
    let kept = if node.has_map() { Some(node.clone()) } else { None };
    let names_people = kept.is_some() && field == Field::Authors;
    let mut texts = Texts { found: Vec::new(), names_people, all_understood: true };
    texts.collect(node);
    let list = match field {
        Field::Tags => &mut meta.tags,
        Field::Categories => &mut meta.categories,
        _ => &mut meta.authors,
    };
    add(list, texts.found);
    match kept {
        None => Rest::Nothing,
        Some(node) if texts.all_understood => Rest::Kept(node),
        Some(node) => Rest::Odd(node, Oddity::Expected("a text or a list of texts")),
    }
}

/// Gathers the texts of a list, and of the lists in the list.
struct Texts<'a> {
    found: Vec<Cow<'a, str>>,
    names_people: bool,
    all_understood: bool,
}

impl<'a> Texts<'a> {
    /// Recursive: nodes are no deeper than [`MAX_DEPTH`](super::entry::MAX_DEPTH).
    fn collect(&mut self, node: Node<'a>) {
        match node {
            Node::Null => {}
            Node::Text(text) | Node::Literal { text, .. } => self.found.push(text),
            Node::Texts(texts) if self.found.is_empty() => self.found = texts,
            Node::Texts(texts) => self.found.extend(texts),
            Node::List(nodes) => nodes.into_iter().for_each(|node| self.collect(node)),
            // An author, as WordPress exports one.
            Node::Map(pairs) if self.names_people => match best(&pairs, &["display_name", "name", "login"]) {
                Some(name) => self.found.push(name),
                None => self.all_understood = false,
            },
            Node::Map(_) | Node::Resolved(_) | Node::Source(_) => self.all_understood = false,
        }
    }
}

/// The text in a mapping under the first of these keys that has one; of a key that
/// comes twice, the last text.
fn best<'a>(pairs: &[(Cow<'a, str>, Node<'a>)], keys: &[&str]) -> Option<Cow<'a, str>> {
    keys.iter().find_map(|name| {
        pairs.iter().rev().filter(|(key, _)| key == name).find_map(|(_, node)| match node {
            Node::Text(text) | Node::Literal { text, .. } if !text.is_empty() => Some(text.clone()),
            _ => None,
        })
    })
}

/// The parts of a text that is a list. Without a comma it is one part, or, if `has_words`, its words between
/// ASCII white space, as in Jekyll.
fn split(text: Cow<'_, str>, has_words: bool) -> Vec<Cow<'_, str>> {
    if !has_words && !text.contains(is_comma) {
        return vec![text];
    }
    match text {
        Cow::Borrowed(text) => parts(text).map(Cow::Borrowed).collect(),
        Cow::Owned(text) => parts(&text).map(|part| Cow::Owned(part.to_owned())).collect(),
    }
}

/// The parts of a text between its commas or, without commas, between its white space.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let has_comma = text.contains(is_comma);
    let is_border = move |c: char| if has_comma { is_comma(c) } else { c.is_ascii_whitespace() };
    text.split(is_border).map(str::trim).filter(|part| !part.is_empty())
}

/// Whether the character is the comma of some script.
fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '،')
}

/// Adds texts to a list, but for those that another key has put there.
fn add<'a>(list: &mut Vec<Cow<'a, str>>, mut texts: Vec<Cow<'a, str>>) {
    if texts.iter().any(|text| text.is_empty()) {
        texts.retain(|text| !text.is_empty());
    }
    for text in &mut texts {
        *text = decoded(std::mem::take(text));
    }
    if list.is_empty() {
        *list = texts;
        return;
    }
    let mut seen: HashSet<Cow<'a, str>> = list.iter().cloned().collect();
    list.extend(texts.into_iter().filter(|text| seen.insert(text.clone())));
}

/// Adds a text that is not empty, and has nothing left that could be said about it.
#[inline]
fn add_one<'a>(list: &mut Vec<Cow<'a, str>>, text: Cow<'a, str>) -> Rest<'a> {
    if list.is_empty() {
        *list = vec![decoded(text)];
    } else {
        add(list, vec![text]);
    }
    Rest::Nothing
}

/// The same for a text without references.
#[inline]
fn add_item<'a>(list: &mut Vec<Cow<'a, str>>, item: &'a str) -> Rest<'a> {
    if list.is_empty() {
        *list = vec![Cow::Borrowed(item)];
    } else {
        add(list, vec![Cow::Borrowed(item)]);
    }
    Rest::Nothing
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

impl Node<'_> {
    fn has_map(&self) -> bool {
        match self {
            Self::Map(_) => true,
            Self::List(nodes) => nodes.iter().any(Node::has_map),
            _ => false,
        }
    }
}
