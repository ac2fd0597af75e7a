//! Errors: the exact message, the position of what is to be mended, and the related one.

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
        "title: [a] b",
        &format!("{invalid} did not find expected key, while parsing a block mapping at line 2, column 12"),
    );
}

#[test]
fn errors_have_their_position_in_the_whole_file() {
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
    assert!(std::error::Error::source(&error).is_none(), "a second message would state another position");
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

const BLOCK_TAB: &str =
    "found a tab character where an indentation space is expected, while scanning a block scalar";
const TAB: &str = "found character that cannot start any token, while scanning for the next token";

#[test]
fn positions_of_values() {
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

/// Wants a block to be refused for this reason, with the positions of what is between `«` and `»`: first what
/// is to be mended, then what is related to it, which comes in `‹›`.
#[track_caller]
fn points_at(marked: &str, reason: &str) {
    let yaml: String = marked.chars().filter(|char| !"«‹›".contains(*char)).collect();
    let offset_of = |mark: char| {
        let before = &marked[..marked.find(mark)?];
        Some(
            "---\n".len()
                + before.chars().filter(|char| !"«‹›".contains(*char)).map(char::len_utf8).sum::<usize>(),
        )
    };
    let source = fenced(&yaml);
    let position = Position::of(&source, offset_of('«').expect("a mark"));
    let error = refusal(&source);
    assert_eq!(
        error.to_string(),
        format!("invalid YAML in the front matter: {reason} at {position}"),
        "{yaml:?}"
    );
    assert_eq!(error.related(), offset_of('‹').map(|offset| Position::of(&source, offset)), "{yaml:?}");
    assert_eq!(error.position(), Some(position), "{yaml:?}");
}

const QUOTED: &str = "found unexpected end of stream, while scanning a quoted scalar";
const NO_KEY: &str = "did not find expected key, while parsing a block mapping";
const COLON: &str = "mapping values are not allowed in this context";
const SEQUENCE: &str = "did not find expected ',' or ']', while parsing a flow sequence";
const MAPPING: &str = "did not find expected ',' or '}', while parsing a flow mapping";
const NODE: &str = "did not find expected node content, while parsing a flow node";

#[test]
fn an_open_quote_is_what_is_to_be_mended() {
    points_at("title: «\"bad‹", QUOTED);
    points_at("title: «'bad‹", QUOTED);
    points_at("«\"bad‹", QUOTED);
    points_at("«'title: bad‹\ndate: 2020", QUOTED);
    points_at("标题: «\"城寨‹  \ndate: 2020-01-01", QUOTED);
    points_at("layout: post\r\ntitle: «\"bad‹\r\ntags: [a, b]\r\n", QUOTED);
    points_at("tags: [a, «\"b, c]‹\ndate: 2020", QUOTED);
    points_at("a:\n  b: «'c‹\n  d: e", QUOTED);
    points_at("a: b\u{2028}c: «'d‹", QUOTED);
    // The quote is closed by one that opens another value.
    points_at("title: «\"bad\nauthor: \"‹x\"\ndate: 2020", NO_KEY);
    points_at("title: «'bad\nauthor: it'‹s me", NO_KEY);
    points_at("title: «\"bad\nauthor: \"‹x\"\nfrom: \"y\"", NO_KEY);
    points_at("«'title: bad\nit'‹: me", COLON);
    // Here a quote within the value has to be escaped, and is right before.
    points_at("title: \"a \"«b\" c\"", NO_KEY);
    points_at("title: 'it'«s fine'", NO_KEY);
}

#[test]
fn an_open_bracket_is_what_is_to_be_mended() {
    points_at("title: «[a‹", SEQUENCE);
    points_at("title: «{a‹", MAPPING);
    points_at("title: «[‹", NODE);
    points_at("title: «{a: [b], c: d‹", MAPPING);
    points_at("tags: «[a, b‹\ndate: 2020", SEQUENCE);
    points_at("tags: «[a, b,‹\ndate: 2020", SEQUENCE);
    points_at("tags: «[a, b‹\nfrom: x]y\ndate: 2020", SEQUENCE);
    points_at("tags: «[a, [b, c]‹\ndate: 2020", SEQUENCE);
    points_at("a:\n  b: «{c: d‹\n  e: f", MAPPING);
    points_at("tags: «[a, b‹}", SEQUENCE);
    points_at("size: «{w: 1‹]", MAPPING);
    // The brackets are there, and something in them is wrong.
    points_at("tags: ‹[\"a\" «\"b\", c]", SEQUENCE);
    points_at("size: ‹{\"w\" «\"h\": 2}", MAPPING);
    points_at("tags: ‹[\n  \"a\",\n  \"b\"\n  «\"c\"\n]\n", SEQUENCE);
    points_at("tags: [a]«]", NO_KEY);
}

#[test]
fn wrong_indentation_is_what_is_to_be_mended() {
    points_at("title: ‹a\n «date: b", COLON);
    points_at("title: ‹a b\n   c\n «date: b", COLON);
    points_at("a:\n  b: c\n «d: e", NO_KEY);
    points_at("a:\n  - b\n «- c", NO_KEY);
    points_at("- a\n«b: c", "did not find expected '-' indicator, while parsing a block collection");
    points_at("  a: b\n«c: d", "found a line that is indented less than the first key");
    points_at("  a: b\n # c\n «d: e", "found a line that is indented less than the first key");
    points_at("a: b\n«- c", NO_KEY);
    points_at("a: «- b", "block sequence entries are not allowed in this context");
    points_at("a: b«: c", COLON);
    points_at("title: Tea«: green: best", COLON);
    points_at("a:\n«\t- b", TAB);
    points_at("a: |\n  b\n«\tc: d", BLOCK_TAB);
    points_at("a: |\n«\tb", BLOCK_TAB);
}

#[test]
fn escapes_aliases_and_tags() {
    let unknown = "found unknown escape character, while parsing a quoted scalar";
    points_at("a: \"b «\\智\"", unknown);
    points_at("a: \"b\n  c «\\d\"", unknown);
    points_at("a: \"«\\x4g\"", "did not find expected hexadecimal number, while parsing a quoted scalar");
    points_at(
        "a: \"b «\\ud800\"",
        "found invalid Unicode character escape code, while parsing a quoted scalar",
    );
    points_at("a: b\nc: «*d", "unknown anchor");
    points_at("c: [x, «*d]", "unknown anchor");
    points_at("a: «*b!c", "did not find expected alphabetic or numeric character, while scanning an alias");
    points_at("a: «&", "did not find expected alphabetic or numeric character, while scanning an anchor");
    points_at("a: «!<b c", "did not find the expected '>', while scanning a tag");
    points_at("a: b\n«foo\nc: d", "could not find expected ':', while scanning a simple key");
    points_at("a: b\n«foo", "could not find expected ':', while scanning a simple key");
    points_at("a: >«x\n  b", "did not find expected comment or line break, while scanning a block scalar");
}

/// The reasons of a type, and what the parser says, never name another position than the error.
#[test]
fn a_type_that_does_not_fit_is_told_the_key() {
    use crate::post::Date;
    use serde::Deserialize;
    use serde::de::{Deserializer, Error as _};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Page {
        #[serde(default)]
        title: String,
        date: Option<Date>,
        #[serde(default, deserialize_with = "even")]
        weight: u32,
        #[serde(default)]
        pages: Vec<Inner>,
        #[serde(default)]
        pair: Option<(u8, u8)>,
        inner: Option<Inner>,
        kind: Option<Kind>,
        any: Option<Lenient>,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Inner {
        #[serde(deserialize_with = "even")]
        n: u32,
    }
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Post,
    }
    /// Tries a map first, and takes anything.
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its shape matters")]
    enum Lenient {
        Inner(Inner),
        Text(String),
    }
    fn even<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        let number = u32::deserialize(deserializer)?;
        if number % 2 == 0 { Ok(number) } else { Err(D::Error::custom(format!("{number} is odd"))) }
    }
    #[track_caller]
    fn fails(marked: &str, reason: &str) {
        let yaml: String = marked.chars().filter(|char| !"«‹".contains(*char)).collect();
        let at = |mark: char| {
            let before = &marked[..marked.find(mark)?];
            Some(
                "---\n".len()
                    + before.chars().filter(|char| !"«‹".contains(*char)).map(char::len_utf8).sum::<usize>(),
            )
        };
        let source = fenced(&yaml);
        let error = FrontMatter::split(&source).unwrap().deserialize::<Page>().unwrap_err();
        let position = Position::of(&source, at('«').unwrap());
        assert_eq!(error.to_string(), format!("front matter does not fit its type: {reason} at {position}"));
        assert_eq!(error.position(), Some(position));
        assert_eq!(error.related(), at('‹').map(|offset| Position::of(&source, offset)));
    }
    fails("title: a\nweight: «heavy", "weight: invalid type: string \"heavy\", expected u32");
    fails("title: a\nweight: «3", "weight: 3 is odd");
    fails("{title: a, weight: «3}", "weight: 3 is odd");
    fails("title: a\ndate: «tuesday", "date: not a date: `tuesday`");
    fails("title: a\n«date:\n‹- b", "date: invalid type: sequence, expected a date");
    fails("inner:\n  n: «1", "inner.n: 1 is odd");
    fails("inner: «{}", "inner: missing field `n`");
    fails("«inner:\n  ‹m: 1", "inner: missing field `n`");
    fails("pages:\n- n: 2\n- {n: «5}\n", "pages[1].n: 5 is odd");
    fails("pages: [n: 2, «x]", "pages[1]: invalid type: string \"x\", expected struct Inner");
    fails("pair: [1, «300]", "pair[1]: invalid value: integer `300`, expected u8");
    fails("kind: «page", "kind: unknown variant `page`, expected `post`");
    fails("any: «[a]", "any: data did not match any variant of untagged enum Lenient");
    fails("any: x\nweight: «1", "weight: 1 is odd");
    fails(
        "title: a\n«titel: b",
        "unknown field `titel`, expected one of `title`, `date`, `weight`, `pages`, `pair`, `inner`, `kind`, `any`",
    );
    fails("‹title: a\n# c\n«title: b", "duplicate field `title`");
    fails("{‹title: a, «title: b}", "duplicate field `title`");
    fails("inner: &i {n: «3}\nany: *i", "inner.n: 3 is odd");
}
