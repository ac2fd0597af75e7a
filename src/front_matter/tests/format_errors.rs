//! Errors in TOML and JSON: the exact message, the position of what is to be mended, and the related one.

use serde::Deserialize;

use super::*;

/// A source without its marks, and the positions of what is after `«` (to be mended) and of what is after `‹`
/// (related to it).
fn unmarked(marked: &str) -> (String, Option<Position>, Option<Position>) {
    let without = |text: &str| text.chars().filter(|char| !"«‹".contains(*char)).collect::<String>();
    let source = without(marked);
    let at = |mark| Some(Position::of(&source, without(&marked[..marked.find(mark)?]).len()));
    let (mended, related) = (at('«'), at('‹'));
    (source, mended, related)
}

/// Wants a block to be refused for this reason at the marks, whatever it is read into.
#[track_caller]
fn points_at(marked: &str, reason: &str) {
    let (source, position, related) = unmarked(marked);
    let error = refusal(&source);
    let format = if source.starts_with('{') { "JSON" } else { "TOML" };
    let position = position.expect("a mark");
    let message = format!("invalid {format} in the front matter: {reason} at {position}");
    assert_eq!(error.to_string(), message, "{source}");
    assert_eq!((error.position(), error.related()), (Some(position), related), "{source}");
    assert_eq!(FrontMatter::split(&source).unwrap().deserialize::<Value<'_>>().unwrap_err(), error);
}

#[track_caller]
fn fenced(marked: &str, reason: &str) {
    points_at(&format!("+++\n{marked}\n+++\n"), reason);
}

#[test]
fn what_is_not_closed_in_toml() {
    let string = "a string is not closed";
    fenced("title = «\"a‹\ndate = 2020-01-01", string);
    fenced("\"标题\" = «'城寨‹  \r\nb = 1\r", string);
    fenced("tags = ['a', «'b‹", string);
    fenced("a = «\"\"\"x‹\nb = 1", string);
    fenced("a = «'''x''‹", string);
    fenced("a = «\"x\\‹\ny\"", string);
    let (list, table) = ("a `[` is not closed", "a `{` is not closed");
    fenced("tags = «['a', 'b'‹\ndate = 2020-01-01", list);
    fenced("tags = «[1, 2‹", list);
    fenced("size = «{a = 1‹\nb = 2\nc = 3", table);
    fenced("size = «{a = 1‹", table);
    fenced("«[params‹\na = 1", list);
}

#[test]
fn what_is_wrong_in_toml() {
    let text = "a text must be in quotes";
    fenced("title = «Tea", text);
    fenced("title = «true story", text);
    fenced("title = «it's", text);
    fenced("tags = [«a, b]", text);
    fenced("date = «2020/01/02", text);
    fenced("a = [1, «2 3]", text);
    fenced("title = \"a \"«b\" c\"", "unexpected key or value, expected newline, `#`");
    fenced("title = \"水平«\\智力\"", "unknown escape in a string");
    fenced("title = \"«\\ud800\"", "an escape that stands for no character");
    fenced("title = \"a«\u{1}\"", "invalid basic string, expected non-double-quote visible characters, `\\`");
    fenced("‹[bad« header]", "unclosed table, expected `]`");
    fenced("a = 1\n«a = 2", "duplicate key `a`");
    fenced("[a]\n[«a]", "duplicate key `a`");
    fenced("a.b = 1\n[a.«b.c]", "cannot extend value of type integer with a dotted key");
    fenced("a =«\nb = 2", "a value is missing");
    fenced("a«", "key with no value, expected `=`");
    fenced("title«: Tea", "key with no value, expected `=`");
    fenced("«= 1", "unquoted keys cannot be empty, expected letters, numbers, `-`, `_`");
    fenced("«标题 = 1", "invalid unquoted key, expected letters, numbers, `-`, `_`");
    fenced("date = «2020-13-01", "invalid date, expected month between 01 and 12");
    fenced("a = «01", "unexpected leading zero, expected nothing");
    fenced("a = ‹[\n'x'\n«'y'\n]", "missing comma between array elements, expected `,`");
    fenced("a = [1,«, 2]", "extra comma in array, expected value");
    fenced("a = 1\r«b = 2", "carriage return must be followed by newline, expected newline");
}

#[test]
fn what_is_wrong_in_json() {
    let string = "a string is not closed on its line";
    points_at("{\"a\": «\"b‹\n}", string);
    points_at("{\"标\": [«\"b‹\r\n]}", string);
    points_at("{\"a\": «\"x‹\ny\"}", string);
    points_at("{\"a\": «[1, 2‹}", "a `[` is not closed");
    points_at("{\"a\": 1«,}", "a comma after the last value");
    points_at("{\"a\": [1 «,\n]}", "a comma after the last value");
    points_at("{\"a\": «}", "a value is missing");
    points_at("{\"\": 1, «'a': 1}", "a key must be a string in double quotes");
    points_at("{\"b\": 1, «a: 1}", "a key must be a string in double quotes");
    points_at("{\"a\": «Tea}", "a text must be in double quotes");
    points_at("{\"a\": «tru\n}", "a text must be in double quotes");
    points_at("{\"a\": «标}", "a text must be in double quotes");
    points_at("{\n \"a\": «'x'\n}", "a text must be in double quotes");
    points_at("{\"a\" «1}", "expected `:`");
    points_at("{\"a\": true «story}", "expected `,` or `}`");
    points_at("{\"a\": 1\n «\"b\": 2}", "expected `,` or `}`");
    points_at("{\"a\": [1 «2]}", "expected `,` or `]`");
    points_at("{\"a\": \"«\\x\"}", "unknown escape in a string");
    points_at("{\"a\": {\"b\": \"«\\ud800\"}}", "an escape that stands for no character");
    points_at("{\"a\":\"«\t\"}", "a control character in a string must be an escape");
    points_at("{\"a\": 0«1}", "invalid number");
}

/// Wants the same reason, at its own position, of a block in YAML, one in TOML and a post in JSON.
#[track_caller]
fn does_not_fit<T: for<'de> Deserialize<'de>>(reason: &str, [yaml, toml, json]: [&str; 3]) {
    for marked in [format!("---\n{yaml}\n---\n"), format!("+++\n{toml}\n+++\n"), json.to_owned()] {
        let (source, position, related) = unmarked(&marked);
        let position = position.unwrap();
        let error = FrontMatter::split(&source).unwrap().deserialize::<T>().map(drop).unwrap_err();
        let message = format!("front matter does not fit its type: {reason} at {position}");
        assert_eq!(error.to_string(), message, "{source}");
        assert!(matches!(error.kind(), ErrorKind::Mismatch { .. }));
        assert_eq!((error.position(), error.related()), (Some(position), related), "{source}");
    }
}

#[test]
fn a_type_that_does_not_fit() {
    use crate::post::Date;
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
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Inner {
        #[serde(deserialize_with = "even")]
        n: u32,
    }
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    #[expect(dead_code, reason = "only its shape matters")]
    enum Kind {
        Post,
        Series { of: u8 },
    }
    fn even<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        let number = u32::deserialize(deserializer)?;
        if number % 2 == 0 { Ok(number) } else { Err(D::Error::custom(format!("{number} is odd"))) }
    }
    let fails = does_not_fit::<Page>;
    fails(
        "weight: invalid type: string \"heavy\", expected u32",
        [
            "title: a\nweight: «heavy",
            "title = 'a'\nweight = «'heavy'",
            "{\"title\": \"a\",\n \"weight\": «\"heavy\"}",
        ],
    );
    fails("weight: 3 is odd", ["weight: «3", "weight = «3", "{\"weight\": «3}"]);
    fails("date: not a date: `tuesday`", ["date: «tuesday", "date = «'tuesday'", "{\"date\": «\"tuesday\"}"]);
    fails("inner.n: 1 is odd", ["inner:\n  n: «1", "[inner]\nn = «1", "{\"inner\": {\"n\": «1}}"]);
    fails("inner: missing field `n`", ["inner: «{}", "inner = «{}", "{\"inner\": «{}}"]);
    fails("inner: missing field `n`", ["«inner:\n  ‹m: 1", "«[inner]\nm = 1", "{«\"inner\":\n‹{\"m\": 1}}"]);
    fails(
        "pages[1].n: 5 is odd",
        [
            "pages:\n- n: 2\n- {n: «5}\n",
            "[[pages]]\nn = 2\n[[pages]]\nn = «5",
            "{\"pages\": [{\"n\": 2}, {\"n\": «5}]}",
        ],
    );
    fails(
        "pages[1]: invalid type: string \"x\", expected struct Inner",
        ["pages: [n: 2, «x]", "pages = [{n = 2}, «'x']", "{\"pages\": [{\"n\": 2}, «\"x\"]}"],
    );
    fails(
        "pair[1]: invalid value: integer `300`, expected u8",
        ["pair: [1, «300]", "pair = [1, «300]", "{\"pair\": [1, «300]}"],
    );
    fails(
        "kind: unknown variant `page`, expected `post` or `series`",
        ["kind: «page", "kind = «'page'", "{\"kind\": «\"page\"}"],
    );
    fails(
        "unknown field `titel`, expected one of `title`, `date`, `weight`, `pages`, `pair`, `inner`, `kind`",
        ["title: a\n«titel: b", "title = 'a'\n«titel = 'b'", "{\"title\": \"a\", «\"titel\": \"b\"}"],
    );
    let (source, position, related) = unmarked("{‹\"title\": \"a\", «\"title\": \"b\"}");
    let error = FrontMatter::split(&source).unwrap().deserialize::<Page>().unwrap_err();
    let message = "front matter does not fit its type: duplicate field `title` at line 1, column 16";
    assert_eq!(error.to_string(), message);
    assert_eq!((error.position(), error.related()), (position, related));
    // A variant with content is a map of one entry.
    for marked in ["+++\nkind = {series = {of = «'x'}}\n+++\n", "{\"kind\": {\"series\": {\"of\": «\"x\"}}}"]
    {
        let (source, position, _) = unmarked(marked);
        let error = FrontMatter::split(&source).unwrap().deserialize::<Page>().unwrap_err();
        let reason = "kind.series.of: invalid type: string \"x\", expected u8".to_owned();
        assert_eq!((error.kind(), error.position()), (&ErrorKind::Mismatch { reason }, position));
    }
}

#[test]
fn a_type_that_fits() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Page<'a> {
        #[serde(borrow)]
        title: &'a str,
        weight: u8,
        ratio: f64,
        draft: Option<bool>,
        kind: Kind,
        more: std::collections::BTreeMap<&'a str, Value<'a>>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Post,
        Series(u8),
    }
    for source in [
        "+++\ntitle = 'Tea'\nweight = 0x03\nratio = 5\nkind = 'Post'\n[more]\na = 1979-05-27\nb = [-1]\n+++\n",
        "{\"title\": \"Tea\", \"weight\": 3, \"ratio\": 5, \"draft\": null, \"kind\": \"Post\",\n\
         \"more\": {\"a\": \"1979-05-27\", \"b\": [-1]}}\n",
    ] {
        let page: Page<'_> = FrontMatter::split(source).unwrap().deserialize().unwrap();
        let more = [("a", Value::String("1979-05-27".into())), ("b", Value::List(vec![Value::Integer(-1)]))];
        let expected =
            Page { title: "Tea", weight: 3, ratio: 5.0, draft: None, kind: Kind::Post, more: more.into() };
        assert_eq!(page, expected);
    }
    for source in ["+++\nSeries = 3\n+++\n", "{\"Series\": 3}"] {
        assert_eq!(FrontMatter::split(source).unwrap().deserialize::<Kind>().unwrap(), Kind::Series(3));
    }
    for source in ["+++\n+++\n", "+++\n# c\n+++\n", "{}", "---\n---\n"] {
        let error = FrontMatter::split(source).unwrap().deserialize::<Page<'_>>().unwrap_err();
        let reason = "missing field `title`".to_owned();
        assert_eq!(*error.kind(), ErrorKind::Mismatch { reason });
    }
}
