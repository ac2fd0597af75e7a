//! The fast reader: lists, mappings and scalars of several lines that it takes, and those that it declines.

use super::plain::{declines, takes, text_of};
use super::*;
use crate::front_matter::entry::{Entry, Node};

/// Wants the value of a key to be taken, the same with CRLF, and for keys with text in them and others.
#[track_caller]
fn takes_value(value: &str) -> Node<'static> {
    for key in ["title", "weight"] {
        let text = format!("{key}:{value}");
        takes(&text);
        takes(&text.replace('\n', "\r\n"));
        takes(&format!("{text}\nnext: 1"));
        takes(&format!("first: 'a'\n{text}\n\n# b\nnext: [c]\n"));
    }
    takes(&format!("weight:{value}")).swap_remove(0).node.into_owned()
}

fn text(text: &str) -> Node<'_> {
    Node::Text(text.into())
}

#[test]
fn block_lists() {
    assert_eq!(takes_value("\n- a\n- b"), Node::Texts(vec!["a".into(), "b".into()]));
    let seven = || Node::Resolved(Value::Integer(7));
    assert_eq!(
        takes_value("\n- a\n- 7\n- '7'\n-"),
        Node::List(vec![text("a"), seven(), text("7"), Node::Null])
    );
    for list in [
        "\n  - a\n  - b",
        " # c\n\n  - a # d\n\n  # e\n# f\n  - b\n",
        "\n-   a\n-  b",
        "\n-\n-\n",
        "\n- # a\n- b",
        "\n- ~\n- true\n- 1.5\n- 012\n- 2020-01-02",
        "\n- \"a: b\"\n- 'c''d'\n- e#f",
        "\n- []\n- [a, 'b']\n- {}",
        "\n- -a\n- -1",
        "\n- a:b\n- https://c.example/#d",
        "\n- a\tb \t\n- 'c'\t# d",
        "\n- a\n  b\n- 'c\n  d'\n- \"e\n\n  f\"",
        "\n-\n  a\n-\n  - b\n-\n  c: d",
        "\n- - a\n  - b\n- - c",
        "\n-   - a\n    -   b\n      c",
        "\n- |\n  a\n- >-\n  b\n  c",
        "\n- ! 'a'\n- ! \"b\"",
    ] {
        takes_value(list);
    }
}

#[test]
fn block_mappings() {
    let map = Node::Map(vec![("b".into(), text("c")), ("d".into(), Node::Null)]);
    assert_eq!(takes_value("\n  b: c\n  d:"), map);
    assert_eq!(takes_value("\n- b: c\n  d:\n-\n    b: c\n    d:"), Node::List(vec![map.clone(), map]));
    for map in [
        "\n a: b\n c: d",
        " # e\n\n  a: b # f\n# g\n\n      # h\n  c: 'd'\n",
        "\n  a: 1\n  a: 2\n  'a': 3",
        "\n  \"a\": b\n  'c' : d\n  e f: g",
        "\n  a:\n  b: ''\n  c: ~\n  d: [x, 1]\n  e: {}",
        "\n  a:\n    b:\n      c: d\n    e:\n  f: g",
        "\n  a:\n  - b\n  - c\n  d:\n    - e\n  f: g",
        "\n- a: b\n  c:\n  - d\n  - e: f\n    g: h\n- i: j",
        "\n-   a: b\n    c: d\n- e: f",
        "\n- a:\n    b: c\n  d: e\n-  f: g",
        "\n- 'a': b\n- \"c\" : d\n- 7: e",
        "\n  a: b\n    c\n  d: 'e\n  f'\n  g: |\n    h\n  i: >\n\n    j\n",
        "\n- a:\tb\n  c:\t\n",
        "\n  =: a\n  ~: b\n  null: c\n  true: d",
    ] {
        takes_value(map);
    }
    // The keys that hold text keep it at every depth.
    let entries = takes("author:\n- name: 7\n  roles: [1.5]\n");
    let Node::List(items) = &entries[0].node else { panic!("{entries:?}") };
    let Node::Map(pairs) = &items[0] else { panic!("{entries:?}") };
    assert!(matches!(&pairs[0].1, Node::Literal { text, .. } if text == "7"), "{pairs:?}");
}

#[test]
fn nothing_below_a_key_is_nothing() {
    let entries = takes("a:\nb: \nc:   # d\n\n  # e\nf:\n\n\ng: h");
    let empty = |entry: &&Entry<'_>| entry.node == Node::Null;
    assert_eq!(entries.iter().filter(empty).count(), 4);
}

#[test]
fn plain_scalars_of_several_lines() {
    assert_eq!(text_of("a: b c \n  d\te  \n f # g\n"), "b c d\te f");
    assert_eq!(text_of("a: b\n\n  \n c\n\n d\n\n"), "b\n\nc\nd");
    assert_eq!(text_of("a: b\r\n\r\n  c\r\n"), "b\nc");
    // Nothing begins anything on the lines that follow the first one.
    assert_eq!(text_of("a: b\n  - c\n  'd\n  [e\n  *f\n  ? g\n  h:i"), "b - c 'd [e *f ? g h:i");
    assert_eq!(text_of("a: 1\n  2"), "1 2");
    assert_eq!(text_of("a:\n  b\n c"), "b c");
    assert_eq!(text_of("title: ~\n  ~"), "~ ~");
    takes_value(" b\n  # c\n");
    takes_value(" b # c\n  # d");
    takes_value(" true # c\n");
    takes_value("\n- 7 # c\n- ~\t# d\n");
    declines("a: b\n  c: d", Decline::ColonInValue);
    declines("a: b\n  c:\n", Decline::ColonInValue);
    declines("a: b # c\n  d", Decline::Indentation);
    declines("a: b\n  # c\n  d", Decline::Indentation);
    declines("a: b\n\tc", Decline::Indentation);
    declines("a: b\n  \tc", Decline::Indentation);
    declines("a: [b]\n  c", Decline::Indentation);
    declines("a: true # b\n  c", Decline::Indentation);
}

#[test]
fn quoted_scalars_of_several_lines() {
    assert_eq!(text_of("a: \"b \t\n \t c\n\n\n  d\""), "b c\n\nd");
    assert_eq!(text_of("a: 'b\n  c\n\n  ''d'''"), "b c\n'd'");
    assert_eq!(text_of("a: \"b \\\n   c\\\n\n  d\\\n  \\  e\""), "b c\nd  e");
    assert_eq!(text_of("a: \"b\\n\n  \\nc\\t \n\""), "b\n \nc\t ");
    assert_eq!(text_of("a: '\n  b\n\n'"), " b\n");
    assert_eq!(text_of("a: \"\r\n  b\\\r\n  c\r\n\r\n  d\"\r\n"), " bc\nd");
    // The parser does not look at the columns.
    assert_eq!(text_of("a: 'b\nc\n- d\n# e'"), "b c - d # e");
    assert_eq!(text_of("a: 'b\n --- c\n----\n...d'"), "b --- c ---- ...d");
    assert_eq!(text_of("a: \"b\n---\u{a0}\""), "b ---\u{a0}");
    takes_value(" ['b\n  c', \"d\\\n  e\"]");
    for marker in ["---", "...", "--- ", "---\t", "--- b'", "... # ", "%YAML 1.1", "%TAG"] {
        declines(&format!("a: 'b\n{marker}\n'"), Decline::DocumentMarker);
        declines(&format!("a: \"b\\\n{marker}\n\""), Decline::DocumentMarker);
        declines(&format!("a: [b,\n{marker}\n]"), Decline::DocumentMarker);
    }
    declines("'a\n b': c", Decline::NoKey);
    declines("a:\n- 'b\n  c': d", Decline::NoKey);
    declines("a: 'b\n  c' d", Decline::Trailing);
    declines("a: 'b\n  c'\n  d: e", Decline::Indentation);
}

#[test]
fn block_scalars() {
    assert_eq!(text_of("a: |\n  b\n\n   c \n  # d\n\n\n"), "b\n\n c \n# d\n");
    assert_eq!(text_of("a: |-\n  b\n  c\n\n"), "b\nc");
    assert_eq!(text_of("a: |+ # d\n  b\n\n\n"), "b\n\n\n");
    assert_eq!(text_of("a: >\n  b\n  c\n\n  d\n    e\n\n  f\n  g\n"), "b c\nd\n  e\n\nf g\n");
    assert_eq!(text_of("a: >-\n\n  b\n  \tc\n  d\n"), "\nb\n\tc\nd");
    assert_eq!(text_of("a: |\r\n  b\r\n\r\n  c\r\n"), "b\n\nc\n");
    assert_eq!(text_of("a: |"), "");
    assert_eq!(text_of("a: |-\n\n\n"), "");
    assert_eq!(text_of("a: >+\n\n  \n"), "\n\n");
    assert_eq!(text_of("a: |\n  b"), "b");
    assert_eq!(text_of("a: |\n  --- b\n  ... \n"), "--- b\n... \n");
    for scalar in [
        " |\n  b: c\n  - d\n",
        " |\n b\n  c\n",
        " |\n     \n     b\n",
        " |\n   b\n# c\n",
        " |\n   b\n # c\n",
        " >\n  b\n\n\n  c\n   d\n   e\n\n   f\n\n  g\n",
        "\n- |\n b\n- >-\n  c\n",
        "\n  b: |\n   c\n  d: |+\n\n    e\n\n",
        "\n- b: |-\n    c\n  d: >\n   e\n   f\n",
        " |  \n  1\n",
        " |-\n  \u{4e2d}\n  \u{6587}\n",
    ] {
        takes_value(scalar);
    }
    for header in ["|2", "|1-", ">+2", "|b", "|-b", "|#", "| b", ">>"] {
        declines(&format!("a: {header}\n   b\n"), Decline::Trailing);
    }
    declines("a: |\n\tb\n", Decline::Indentation);
    declines("a: |\n  b\n \tc\n", Decline::Indentation);
    declines("a: |\n  b\n c\n", Decline::Indentation);
    declines("a: |\n     \n  b\n", Decline::Indentation);
}

#[test]
fn lists_in_brackets_of_several_lines() {
    for list in [
        " [\n  a,\n  b\n]",
        " [a,\n\n  'b' ,\nc\n  ]",
        "\n  [\n    \"a\",\n  ]",
        "\n  [a]",
        " [\n]",
        " [a\n, b]",
        "\n- [a,\n  b]\n- [\n c ]",
    ] {
        takes_value(list);
    }
    for list in ["[a\n b]", "['a'\n'b']", "[a, # b\n c]", "[a\n# b\n]", "[\n- a]", "[a,\n:]"] {
        declines(&format!("a: {list}"), Decline::ListItem);
    }
    declines("a: [\n\tb]", Decline::Indentation);
    declines("a: [\n  b\n", Decline::OpenList);
    declines("a: [b,\n\n", Decline::OpenList);
    declines("a:\n  [b]: c", Decline::Trailing);
}

#[test]
fn a_tag_that_means_a_text() {
    assert_eq!(text_of("a: ! 'b'"), "b");
    assert_eq!(text_of("title: ! \"7\""), "7");
    assert_eq!(text_of("a: ! 'b\n  c'"), "b c");
    for value in ["! b", "!  'b'", "!\t'b'", "!a 'b'", "!!str 'b'", "!", "!'b'", "! |\n  b"] {
        declines(&format!("a: {value}"), Decline::Indicator);
    }
    declines("a: [! 'b']", Decline::ListItem);
    declines("! 'a': b", Decline::Indicator);
    declines("a:\n- ! 'b': c", Decline::Indicator);
}

#[test]
fn lines_that_fit_no_block() {
    for text in [
        "a:\n- b\n c: d",
        "a:\n- b: c\n   d: e",
        "a:\n- b: c\n d: e",
        "a:\n  b: [c]\n    d",
        "a:\n  b: 'c'\n   d: e",
        "a:\n    b: c\n  d: e",
        "a:\n  - b\n - c",
        "a:\n  - b: c\n - d",
        "a:\n  - 'b'\n    - c",
        "a:\n  - b\n  c: d",
        "a:\n\tb: c",
        "a:\n  b: c\n\t\n",
        "a:\n- [b]\n  c",
    ] {
        match plain(text) {
            Err(Decline::Indentation | Decline::ColonInValue | Decline::NoKey | Decline::Indicator) => {}
            other => panic!("{text:?}: {other:?}"),
        }
    }
    declines("a:\n  - b\n- c", Decline::Indicator);
    declines("a:\n- b\nc\n- d", Decline::NoKey);
    declines("a:\n-b\n", Decline::Indicator);
    declines("a:\n-\tb\n", Decline::Indicator);
    declines("a: - b\n", Decline::Indicator);
    declines("a:\n  ? b\n", Decline::Indicator);
    declines("a:\n  : b\n", Decline::Indicator);
    declines("a:\n- &b c\n- *b\n", Decline::Indicator);
    declines("a:\n  <<: {}\n", Decline::MergeKey);
    declines("a:\n- <<: []\n", Decline::MergeKey);
    declines("a:\n- 0x10\n", Decline::Number);
    declines("a:\n  'b' c\n", Decline::Trailing);
    declines(&format!("a:\n  {}: b", "c".repeat(1001)), Decline::LongKey);
    declines("a: b\n---\nc: d\n", Decline::Indicator);
    declines("a:\n- b\n...\n", Decline::Indicator);
}

/// A few collections in each other are taken, however they are written.
#[test]
fn nesting_is_limited() {
    let mappings = |depth| (0..=depth).map(|at| " ".repeat(at) + "a:").collect::<Vec<_>>().join("\n");
    takes(&mappings(8));
    declines(&mappings(9), Decline::Nesting);
    takes(&format!("a:\n{}b", "- ".repeat(8)));
    declines(&format!("a:\n{}b", "- ".repeat(9)), Decline::Nesting);
    takes(&format!("a:\n{}b: c", "- ".repeat(7)));
    declines(&format!("a:\n{}b: c", "- ".repeat(8)), Decline::Nesting);
}

fn plain(text: &str) -> Result<Vec<Entry<'_>>, Decline> {
    crate::front_matter::plain::entries(text)
}
