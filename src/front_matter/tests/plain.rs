//! The fast reader: each form of one line that it takes, and each that it declines with its reason.

use super::super::entry::{Entry, Node};
use super::super::plain::entries;
use super::*;

/// Wants the block to be taken, with the entries that the reference has.
#[track_caller]
pub(super) fn takes(text: &str) -> Vec<Entry<'_>> {
    let taken = entries(text).unwrap_or_else(|decline| panic!("{text:?} is declined: {decline:?}"));
    let reference = yaml::entries(text).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"));
    assert_eq!(taken, reference, "{text:?}");
    taken
}

#[track_caller]
pub(super) fn declines(text: &str, reason: Decline) {
    assert_eq!(entries(text), Err(reason), "{text:?}");
}

/// Wants these to be taken as values of a key with text in it, of one without, and as the only item of a
/// list.
#[track_caller]
fn takes_values(values: &[&str]) {
    for value in values {
        takes(&format!("title: {value}\n"));
        takes(&format!("weight: {value}"));
        takes(&format!("tags: [{value}]\nweights: [ {value} , {value} ]\r\n"));
    }
}

#[track_caller]
pub(super) fn text_of(text: &str) -> String {
    match takes(text).pop() {
        Some(Entry { node: Node::Text(text), .. }) => text.into_owned(),
        other => panic!("{text:?} is no text: {other:?}"),
    }
}

#[test]
fn lines() {
    assert_eq!(takes(""), []);
    assert_eq!(takes("\n  \n# a: b\n   # c\n\r\n"), []);
    assert_eq!(takes("a: b\n\nc:\n  \n# d\ne: f").len(), 3);
    takes("a: b\r\nc: d\r\n");
    takes("a: b\n  # c\n\nd: [e] # f\ng: 'h' # i\nj: \"k\"\t#l\nm: # n\no: p # q: r # s\nt:\t# u\n");
    takes("a: b \t\nc: \t d \t\ne: [f] \t\ng: 'h' \t\n");
}

#[test]
fn keys() {
    takes("a: b\na: c\na:\n");
    takes("2024: a\ntrue: b\nnull: c\n~: d\n0x10: e\n=: f\n<: g\n<<<: h\n");
    takes("标题: a\nb c: d\ne-f_g.h: i\nj:k: l\nm\"n: o\np[q: r\ns : t\nu\t: v\nw:x:\ty\nz\u{a0}: z\n");
    takes("\"a\": b\n'c': d\n\"e: f\": g\n\"h\\n\\\"\": i\n'j''k' : l\n\"\": m\n\"#\": n\n");
    takes(&format!("{}: a", "b".repeat(900)));
}

/// The key's length counts with its quotes, the value's does not.
#[test]
fn keys_of_a_thousand_bytes_and_values_of_more() {
    let (key, longer) = ("b".repeat(1000), "b".repeat(1001));
    takes(&format!("{key}: a"));
    declines(&format!("{longer}: a"), Decline::LongKey);
    takes(&format!("'{}': a", &key[3..]));
    declines(&format!("'{}': a", &key[2..]), Decline::LongKey);
    takes(&format!("'a': {longer}\n\"c\": {longer}\nd: {longer}"));
}

#[test]
fn a_comment_begins_with_a_hash_after_white_space() {
    assert_eq!(text_of("a: b #c"), "b");
    assert_eq!(text_of("a: b# c"), "b# c");
    assert_eq!(text_of("a: b#"), "b#");
    assert_eq!(text_of("a: b #"), "b");
}

#[test]
fn plain_values() {
    takes_values(&[
        "a",
        "a b  c",
        "标题",
        "【x】：y",
        "a#b",
        "a:b",
        "https://a.example/?b=c&d#e",
        "a\tb",
        "12:30:45",
    ]);
    takes_values(&[
        "a---", "a...", "a!", "a'b", "a\"b\"", "a\\b", "a|b", "~a", "=", "<<", "(a)", "$a", ";", "/", "\\n",
    ]);
    takes_values(&[
        "no",
        "on",
        "Y",
        "yes",
        "nulL",
        "tRue",
        "\u{a0}a\u{a0}",
        "\u{3000}",
        "\u{200b}",
        "-a",
        "-1a",
        "-.x",
    ]);
    for value in ["a, b", "a]", "a[1]", "a{b}", "a :b", "a,b", "a:,b", "a:[", "a:?"] {
        takes(&format!("title: {value}"));
    }
}

#[test]
fn resolved_values() {
    takes_values(&["", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"].map(
        |value| {
            // Nothing between brackets is no item.
            if value.is_empty() { "''" } else { value }
        },
    ));
    takes("a:\nb: \ntitle:\n");
    takes_values(&["0", "-0", "+0", "7", "+7", "-7", "2024", "999999999999999999", "-999999999999999999"]);
    takes_values(&["012", "00", "-012", "+0", "1_000", "+", "+-5"]);
    takes_values(&[
        "1.5", "-1.5", "+1.5", ".5", "-.5", "+.5", "1.", "00.5", "1e3", "1E3", "1e-3", "+1e+3", "-0.0",
        "1e18",
    ]);
    takes_values(&[
        ".inf", "-.inf", "+.inf", ".INF", ".nan", ".NaN", "inf", "-inf", "nan", "infinity", "1e400", "-1e400",
    ]);
    takes_values(&[
        ".",
        "..",
        ".a",
        "1.2.3",
        "1e",
        "e3",
        "1e3e",
        "2023-06-20",
        "2023-06-20T01:53:36.223Z",
        "1 2",
        "１",
    ]);
    let values = takes("title: 7\nweight: 7\ncomments: true\n");
    let seven = || Value::Integer(7);
    assert_eq!(values[0].node, Node::Literal { text: "7".into(), value: seven() });
    assert_eq!(values[1].node, Node::Resolved(seven()));
    assert_eq!(values[2].node, Node::Resolved(Value::Bool(true)));
}

#[test]
fn quoted_values() {
    takes_values(&[
        "\"\"",
        "''",
        "\"a\"",
        "'a'",
        "\"  a\tb  \"",
        "'  a  '",
        "\"a: b #c, d] {e}\"",
        "'a: b #c, d] {e}'",
    ]);
    takes_values(&["''''", "'it''s'", "'''a'''", "'\\n'", "\"it's\"", "'\"'", "\"true\"", "'7'", "\"~\""]);
    assert_eq!(text_of("a: 'it''s ''b'''"), "it's 'b'");
    assert_eq!(text_of("a: \"b\""), "b");
}

#[test]
fn escapes() {
    assert_eq!(text_of(r#"a: "\"b\" \\ \/ c""#), r#""b" \ / c"#);
    assert_eq!(
        text_of("a: \"\\0\\a\\b\\t\\\t\\n\\v\\f\\r\\e\\ \\N\\_\\L\\P\""),
        "\0\u{7}\u{8}\t\t\n\u{b}\u{c}\r\u{1b} \u{85}\u{a0}\u{2028}\u{2029}"
    );
    assert_eq!(
        text_of("a: \"\\x41\\xe9\\u4e2d\\U0001F600\\uFEFF\\U0010ffff\""),
        "A\u{e9}\u{4e2d}\u{1f600}\u{feff}\u{10ffff}"
    );
    assert_eq!(text_of("a: \"\\x00\""), "\0");
}

#[test]
fn lists() {
    for list in [
        "[]",
        "[ ]",
        "[\t]",
        "[a]",
        "[ a ]",
        "[a, b]",
        "[a,b]",
        "[a , b]",
        "[a, ]",
        "[a,]",
        "[a, \"b, c\"]",
        "['a]', b]",
        "[a b, c]",
        "[a:b, https://c.example/?d#e]",
        "[~, null, 7, true, 1.5, '7']",
        "[\"a\",'b' , \"\\n\" ]",
        "[a#b]",
        "[a'b, c\"d]",
        "[a?b, a&b]",
        "[-a, -1]",
        "[a] # b",
        "[a]\t",
    ] {
        takes(&format!("tags: {list}\nextra: {list}\n"));
    }
}

#[test]
fn characters_that_are_declined() {
    for char in ['\0', '\u{8}', '\u{b}', '\u{1b}', '\u{7f}', '\u{80}', '\u{9f}', '\u{fffe}', '\u{ffff}'] {
        declines(&format!("a: b{char}\n"), Decline::Control);
        declines(&format!("# 标题{char}标题\n"), Decline::Control);
        // Whether or not there is white space around it.
        declines(&format!("#{char}"), Decline::Control);
        declines(&char.to_string(), Decline::Control);
    }
    for char in ['\r', '\u{85}', '\u{2028}', '\u{2029}'] {
        declines(&format!("a: b{char}c: d\n"), Decline::LineBreak);
        declines(&format!("a: 'b{char}c'\n"), Decline::LineBreak);
    }
    declines("a: b\r\r\n", Decline::LineBreak);
    declines(" \r ", Decline::LineBreak);
    declines("a:\rb:", Decline::LineBreak);
    declines("\u{feff}a: b\n", Decline::ByteOrderMark);
    declines("a: b\u{feff}%TAG\n", Decline::ByteOrderMark);
    takes("a: \u{a0}\u{fffd}\u{10ffff}\u{e000}\u{d7ff}\u{2027}\u{202a}\u{c0}\u{fefe}\u{1fffe}\n");
}

#[test]
fn lines_that_are_declined() {
    for text in [" a: b", "\ta: b", "a: b\n\t\nc: d", "a: b\n \t# c\n", "a:\n\tb: c", "a: 'b'\n  c: d"] {
        declines(text, Decline::Indentation);
    }
    for text in
        ["- a", "a: b\n- c", "? a", ": a", ",a: b", "[a]: b", "{a: b}", "&a b: c", "*a : b", "!a b: c"]
    {
        declines(text, Decline::Indicator);
    }
    for text in
        ["%TAG ! x", "|a: b", ">", "@a: b", "`a: b", "--- a: b", "... a: b", "... : b", "-a: b", ".a: b"]
    {
        declines(text, Decline::Indicator);
    }
    for text in ["a", "a:b", "a : b\nc", "\"a\"b: c", "'a':b", "\"a\"", "a:\u{a0}b", "标题"] {
        declines(text, Decline::NoKey);
    }
    declines("a #b: c", Decline::HashInKey);
    declines("a#b: c", Decline::HashInKey);
    declines(&format!("{}: b", "a".repeat(1100)), Decline::LongKey);
    declines(&format!("'{}': b", "a".repeat(1100)), Decline::LongKey);
    declines(&format!("a{}: b", " ".repeat(1100)), Decline::LongKey);
    declines("<<: a", Decline::MergeKey);
    declines("<< : []", Decline::MergeKey);
    declines("\"<<\": []", Decline::MergeKey);
}

#[test]
fn values_that_are_declined() {
    for value in
        ["- a", "-", "? a", "?a", ": a", ":a", ",a", "]", "{a}", "{a: b}", "&a", "*a", "!a b", "!!str |", "{"]
    {
        declines(&format!("a: {value}"), Decline::Indicator);
    }
    for value in ["%a", "@a", "`a`", "--- a", "-标"] {
        declines(&format!("a: {value}\nb: c"), Decline::Indicator);
    }
    for value in ["a: b", "a:", "a: ", "a:\tb", "a :", "标题: a", "a: b #c"] {
        declines(&format!("a: {value}\nb: c"), Decline::ColonInValue);
    }
    for value in ["\"", "\"a", "\"a\n  b", "'a", "'a''", "'a\n\n b''", "\"a\\\"", "\"a\\\n  b\\\"", "\"a\\"] {
        declines(&format!("a: {value}"), Decline::OpenQuote);
    }
    for value in
        ["\"\\智\"", "\"\\q\"", "\"\\x4\"", "\"\\u12\"", "\"\\uD83D\\uDE00\"", "\"\\U00110000\"", "\"\\x+1\""]
    {
        declines(&format!("a: {value}"), Decline::Escape);
    }
    for value in [
        "\"a \"b\" c\"",
        "\"a\"b",
        "'a'b'",
        "\"a\"#b",
        "'a': b",
        "[a] b",
        "[a]]",
        "[a]: b",
        "[a]#b",
        "\"a\"\u{a0}",
    ] {
        declines(&format!("a: {value}"), Decline::Trailing);
    }
    for value in ["[", "[a", "[a, b", "[a,", "[a\n", "['a'", "[a\u{a0}"] {
        declines(&format!("a: {value}"), Decline::OpenList);
    }
    for value in [
        "[,]",
        "[a,,b]",
        "[a: b]",
        "[a:]",
        "[a:, b]",
        "[a:?b]",
        "[{a: b}]",
        "[[a]]",
        "[a[b]]",
        "[a{b}]",
        "['a': b]",
        "[\"a\":b]",
        "[a #b]",
        "[a, #b]",
        "['a' 'b']",
        "[*a]",
        "[&a b]",
        "[!a b]",
        "[- a]",
        "[-]",
        "[? a]",
        "[?a]",
        "[%a]",
        "[@a]",
        "[|a]",
    ] {
        declines(&format!("a: {value}"), Decline::ListItem);
    }
    for value in [
        "0x10",
        "0o7",
        "0b1",
        "-0x10",
        "+0x1",
        "0xyz",
        "1000000000000000000",
        "-99999999999999999999",
        "1e19",
        "1e300",
    ] {
        declines(&format!("a: {value}"), Decline::Number);
        declines(&format!("title: [{value}]"), Decline::Number);
    }
}

/// What is declined is read by the reference, and what is taken is said to be.
#[test]
fn the_engine_is_noted() {
    let engine_of = |yaml: &str, engine| {
        let source = fenced(yaml);
        let front_matter = FrontMatter::split(&source).unwrap();
        read_with(&front_matter, engine, false, &Limits::default(), &mut Vec::new()).unwrap().1
    };
    assert_eq!(engine_of("a: b", Engine::Auto), Some(MetadataEngine::Plain));
    assert_eq!(engine_of("a: b", Engine::Reference), Some(MetadataEngine::Yaml));
    assert_eq!(engine_of("a: !b c", Engine::Auto), Some(MetadataEngine::Yaml));
}
