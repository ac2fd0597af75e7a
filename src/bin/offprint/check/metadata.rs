//! What is missing from the metadata of a post, and what they leave open.

use std::borrow::Cow;

use offprint::{Block, Date, FrontMatter, HeadingLevel, Meta, Position, Post, Stamp, Value};

use super::codes::{Code, FIELDS};
use super::finding::Findings;
use super::levels::code_of_field;

/// The names of the keys that hold dates.
const DATE_KEYS: [&str; 1] = ["date"];
const MODIFIED_KEYS: [&str; 5] = ["modified", "last_modified_at", "lastmod", "updated", "modified_time"];

/// A post, and where it comes from.
#[derive(Clone, Copy)]
pub(super) struct Read<'p> {
    pub(super) path: &'p str,
    pub(super) source: &'p str,
    pub(super) front_matter: &'p FrontMatter<'p>,
    pub(super) post: &'p Post<'p>,
}

impl Read<'_> {
    /// The position of a key's value.
    pub(super) fn value_position(&self, key: &str) -> Option<Position> {
        let range = self.front_matter.value_range(key)?;
        Some(Position::of(self.source, range.start))
    }
}

/// Looks for the fields that a post must have. `required` are those that the user names.
pub(super) fn check_missing(read: Read<'_>, required: &[String], findings: &mut Findings<'_>) {
    for (field, code) in FIELDS {
        if findings.wants(code) && !has_field(read, field, code) {
            let is_required = required.iter().any(|key| key == field);
            if is_required || code != Code::MissingDate || !is_undated(read) {
                findings.add(code, None, format!("the post has no `{field}`"));
            }
        }
    }
    for key in required.iter().filter(|key| code_of_field(key) == Code::MissingKey) {
        if findings.wants(Code::MissingKey) && !has_key(read, key) {
            findings.add(Code::MissingKey, None, format!("the post has no `{key}`"));
        }
    }
}

/// Whether a post has a field. `code` is what is found if it has not.
fn has_field(read: Read<'_>, field: &str, code: Code) -> bool {
    let Post { meta, prelude, blocks, .. } = read.post;
    let is_text = |text: &Option<Cow<'_, str>>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let is_there = match code {
        Code::MissingTitle => {
            let has_heading =
                matches!(blocks.first(), Some(Block::Heading(heading)) if heading.level == HeadingLevel::H1);
            is_text(&meta.title) || prelude.heading.is_some() || has_heading
        }
        Code::MissingDate => meta.date.is_some() || matches!(prelude.stamp, Some(Stamp::Millis(_))),
        Code::MissingAuthors => !meta.authors.is_empty(),
        Code::MissingCategories => !meta.categories.is_empty(),
        Code::MissingComments => meta.comments.is_some(),
        Code::MissingDescription => is_text(&meta.description),
        Code::MissingDraft => meta.draft.is_some(),
        Code::MissingFrom => is_text(&meta.from),
        Code::MissingImage => is_text(&meta.image),
        Code::MissingLang => is_text(&meta.lang),
        Code::MissingLayout => is_text(&meta.layout),
        Code::MissingModified => meta.modified.is_some(),
        Code::MissingPermalink => is_text(&meta.permalink),
        Code::MissingSlug => is_text(&meta.slug),
        Code::MissingTags => !meta.tags.is_empty(),
        // Of no field.
        _ => false,
    };
    // What is there and is not a title, say, is another finding.
    is_there || holds_something(meta.extra.get(field))
}

/// The layouts, and the names of files, of pages that are not posts.
const PAGE_LAYOUTS: [&str; 3] = ["page", "home", "default"];
const PAGES: [&str; 11] = [
    "404",
    "_index",
    "about",
    "archive",
    "archives",
    "categories",
    "contact",
    "index",
    "readme",
    "search",
    "tags",
];

/// Whether few would give a date to what has none: to a draft, or a page that is not a post.
fn is_undated(read: Read<'_>) -> bool {
    let Meta { draft, layout, .. } = &read.post.meta;
    let is_page_layout = layout.as_deref().is_some_and(|layout| PAGE_LAYOUTS.contains(&layout));
    let mut names = read.path.rsplit('/');
    let stem = names.next().and_then(|name| name.split('.').next()).unwrap_or_default();
    let is_page = PAGES.iter().any(|page| stem.eq_ignore_ascii_case(page));
    *draft == Some(true) || is_page_layout || is_page || names.any(|folder| folder == "_drafts")
}

fn has_key(read: Read<'_>, key: &str) -> bool {
    holds_something(read.post.meta.extra.get(key))
        || read.front_matter.value_range(key).is_some_and(|range| !range.is_empty())
}

fn holds_something(value: Option<&Value<'_>>) -> bool {
    !matches!(value, None | Some(Value::Null))
}

/// Looks for times of which nobody knows when they are.
pub(super) fn check_time_zones(read: Read<'_>, findings: &mut Findings<'_>) {
    let Meta { date, modified, .. } = &read.post.meta;
    for (date, keys) in [(date, &DATE_KEYS[..]), (modified, &MODIFIED_KEYS)] {
        let Some(Date::Local { .. }) = date else { continue };
        let key = keys.iter().find(|key| read.front_matter.value_range(key).is_some());
        let position = key.and_then(|key| read.value_position(key));
        let key = key.unwrap_or(&keys[0]);
        findings.add(Code::UnknownTimeZone, position, format!("the time of `{key}` has no offset from UTC"));
    }
}
