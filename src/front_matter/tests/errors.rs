//! What is refused, with which words, and where.

use super::*;

#[test]
fn a_list_or_a_scalar_is_no_mapping() {
    let list = "front matter is a list: expected a mapping of keys to values";
    let scalar = "front matter is a scalar: expected a mapping of keys to values";
    refuses("- a\n- b", &format!("{list} at line 2, column 1"));
    refuses("\n# comment\n  [a]", &format!("{list} at line 4, column 3"));
    refuses("just text", &format!("{scalar} at line 2, column 1"));
    refuses("12", &format!("{scalar} at line 2, column 1"));
    assert_eq!(FrontMatter::split("---\n- a\n---\nB").unwrap().body(), "B");
}

#[test]
fn values_that_begin_with_an_indicator() {
    let invalid = "invalid YAML in the front matter:";
    let start = "found character that cannot start any token, while scanning for the next token";
    refuses("title: @a", &format!("{invalid} {start} at line 2, column 8"));
    refuses("title: `a`", &format!("{invalid} {start} at line 2, column 8"));
    refuses("title: %a", &format!("{invalid} {start} at line 2, column 8"));
    refuses("title: *a", &format!("{invalid} unknown anchor at line 2, column 8"));
    refuses(
        "title: [a",
        &format!(
            "{invalid} did not find expected ',' or ']', while parsing a flow sequence at line 3, column 1"
        ),
    );
    refuses(
        "title: {a",
        &format!(
            "{invalid} did not find expected ',' or '}}', while parsing a flow mapping at line 3, column 1"
        ),
    );
    refuses(
        "title: [a] b",
        &format!("{invalid} did not find expected key, while parsing a block mapping at line 2, column 12"),
    );
}

#[test]
fn errors_have_their_place_in_the_whole_file() {
    let invalid = "invalid YAML in the front matter:";
    let source = "\u{feff}---\r\n标题: 城寨\r\ntitle: \"水平\\智力\"\r\n---\r\n";
    let error = refusal(source);
    assert_eq!(
        error.to_string(),
        format!(
            "{invalid} found unknown escape character, while parsing a quoted scalar at line 3, column 11"
        )
    );
    assert_eq!(error.position(), Some(Position::of(source, source.find('\\').unwrap())));
    assert!(std::error::Error::source(&error).is_some());
    refuses(
        "a: b\nc: d: e",
        &format!("{invalid} mapping values are not allowed in this context at line 3, column 5"),
    );
    refuses(
        "a: b\u{2028}\nc: @",
        &format!(
            "{invalid} found character that cannot start any token, while scanning for the next token at line 3, column 4"
        ),
    );
    let tab = "found a tab character that violates indentation, while scanning a plain scalar";
    refuses("a: b\n\tc: d", &format!("{invalid} {tab} at line 3, column 1"));
    refuses("a:\n\t- d", &format!("{invalid} {TAB} at line 3, column 1"));
    refuses("a: 中\0b", &format!("{invalid} control characters are not allowed at line 2, column 5"));
    refuses("a: \u{8}", &format!("{invalid} control characters are not allowed at line 2, column 4"));
    refuses(
        "a: b\n--- c: d",
        &format!(
            "{invalid} deserializing from YAML containing more than one document is not supported at line 3, column 1"
        ),
    );
}

const TAB: &str = "found character that cannot start any token, while scanning for the next token";

#[test]
fn places_of_values() {
    let source = "\u{feff}---\r\n# title: no\r\ntitle:  \"x\" # c\r\n'date': 2020\r\ntags:\r\n# c\r\n- a\r\n\
        meta:\r\n  title: no\r\nempty:\r\n标题 : 城寨\r\ntitle: y\r\na:b: c\r\nt:\tu\r\n---\r\n";
    let front_matter = FrontMatter::split(source).unwrap();
    let at = |key| value_position(&front_matter, key).map(|position| (position.line, position.column));
    assert_eq!(at("title"), Some((12, 8)));
    assert_eq!(at("date"), Some((4, 9)));
    assert_eq!(at("tags"), Some((7, 1)));
    assert_eq!(at("meta"), Some((9, 3)));
    assert_eq!(at("empty"), Some((10, 7)));
    assert_eq!(at("标题"), Some((11, 6)));
    assert_eq!(at("a:b"), Some((13, 6)));
    assert_eq!(at("t"), Some((14, 4)));
    assert_eq!(at("none"), None);
    assert_eq!(value_position(&FrontMatter::split("title: x").unwrap(), "title"), None);
}
