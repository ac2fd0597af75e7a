//! The laws of edits of single keys, by a reading of all keys that the edits do not use themselves.

use offprint::{Error, ErrorKind, FrontMatter, FrontMatterFormat, Map, Value};

/// All top-level keys, merge keys among them; `None` if they cannot be read, or hold tags. A block that is
/// null, as one with nothing but an anchor, has no keys.
pub(crate) fn keys(source: &str) -> Option<Map<'_>> {
    let keys: Option<Map<'_>> = FrontMatter::split(source).ok()?.deserialize().ok()?;
    Some(keys.unwrap_or_default())
}

/// Gives a key a value, or none, and checks the result, if there is one.
pub(crate) fn check(source: &str, key: &str, value: Option<&Value<'_>>) -> Result<String, Error> {
    let front_matter = FrontMatter::split(source)?;
    let edited = match value {
        Some(value) => front_matter.with_value(key, value),
        None => front_matter.without(key),
    };
    let edited = edited.inspect_err(|error| {
        let position = error.position().expect("an error of an edit has a position");
        assert!(position.offset <= source.len(), "{error}");
    })?;
    let what = format!("{key:?} = {value:?} in {source:?} makes {edited:?}");
    let after = FrontMatter::split(&edited).expect("front matter");
    assert_eq!(after.body(), front_matter.body(), "{what}");
    reading_agrees(source, &edited, key, value, &what);
    let kept = without_entry(source, &front_matter, key);
    match value {
        Some(_) if front_matter.format().is_some() => assert!(holds_all(&edited, &kept), "{what}"),
        Some(_) => assert!(edited.ends_with(front_matter.body()), "{what}"),
        None => assert!(is_what_is_left(&edited, source, front_matter.format()), "{what}"),
    }
    if let Some(value) = value {
        // What is there already changes nothing.
        let again = after.with_value(key, value).unwrap_or_else(|error| panic!("{error}: {what}"));
        assert_eq!(again, edited, "{what}");
        let range = after.value_range(key).unwrap_or_else(|| panic!("no range: {what}"));
        assert!(after.text_offset().is_some_and(|start| start <= range.start), "{what}");
        assert!(range.end <= after.body_offset(), "{what}");
    } else {
        assert_eq!(after.value_range(key), None, "{what}");
    }
    Ok(edited)
}

/// The key has the new value, and all others have the values and the order that they had.
fn reading_agrees(source: &str, edited: &str, key: &str, value: Option<&Value<'_>>, what: &str) {
    let Some(mut before) = keys(source) else { return };
    let mut after = keys(edited).unwrap_or_else(|| panic!("cannot be read: {what}"));
    before.remove(key);
    // As text, since a float that is not a number is not equal to itself.
    assert_eq!(
        after.remove(key).map(|found| format!("{found:?}")),
        value.map(|value| format!("{value:?}")),
        "{what}"
    );
    assert_eq!(format!("{after:?}"), format!("{before:?}"), "{what}");
}

/// The source without the value of a key and the white space before the value.
fn without_entry(source: &str, front_matter: &FrontMatter<'_>, key: &str) -> String {
    match front_matter.value_range(key) {
        Some(range) => source[..range.start].trim_ascii_end().to_owned() + &source[range.end..],
        None => source.to_owned(),
    }
}

/// Whether a text is another one with something put in at one position.
fn holds_all(text: &str, kept: &str) -> bool {
    let before = text.bytes().zip(kept.bytes()).take_while(|(one, other)| one == other).count();
    let after = text.bytes().rev().zip(kept.bytes().rev()).take_while(|(one, other)| one == other).count();
    before + after >= kept.len()
}

/// Whether a text is another one with lines taken out, or, in JSON, with anything taken out.
fn is_what_is_left(text: &str, whole: &str, format: Option<FrontMatterFormat>) -> bool {
    if format == Some(FrontMatterFormat::Json) {
        let mut bytes = whole.bytes();
        return text.bytes().all(|byte| bytes.any(|other| other == byte));
    }
    let mut lines = whole.split_inclusive('\n');
    text.split_inclusive('\n').all(|line| lines.any(|other| other == line))
}

/// Whether a key was refused because of what is around it.
pub(crate) fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::CannotEdit { .. })
}
