//! Tests of formulas: TeX as pages write it, and markup as text.

use super::tex::{clean, decoded, delimited, has_delimiter, looks_like_tex};
use super::{linear, markup};

#[test]
fn tex_becomes_one_line() {
    for (tex, expected) in [
        (" x\n + y ", "x + y"),
        ("x % a comment\n+ 5\\% % more", "x + 5\\%"),
        ("% <![CDATA[\na < b %]]>", "a < b"),
        ("{\\displaystyle x^{2}}", "x^{2}"),
        ("{\\displaystyle a}{b}", "{\\displaystyle a}{b}"),
        ("{\\displaystylex}", "{\\displaystylex}"),
        // A backslash and a space are a space.
        ("x\\ ", "x"),
        ("x\\\\ ", "x\\\\"),
        ("", ""),
    ] {
        assert_eq!(clean(tex), expected, "{tex}");
    }
}

#[test]
fn delimiters_are_around_one_formula() {
    for (text, expected) in [
        ("\\(x\\)", Some(("x", false))),
        (" \\[x\\]\n", Some(("x", true))),
        ("$$x$$", Some(("x", true))),
        ("$x$", Some(("x", false))),
        ("x", None),
        ("$", None),
        ("\\(x$", None),
    ] {
        let found = delimited(text).map(|delimited| (delimited.tex, delimited.is_display));
        assert_eq!(found, expected, "{text}");
    }
    assert!(has_delimiter("a$ and $b"));
    assert!(has_delimiter("a\\) and \\(b"));
    assert!(!has_delimiter("\\\\(2pt) \\$"));
}

#[test]
fn tex_is_no_prose() {
    for tex in ["x", "x^2", "\\alpha", "a = b", "sin x", "{n}", "Δ"] {
        assert!(looks_like_tex(tex), "{tex}");
    }
    for words in ["", "equation", "x squared", "a/b where a is large", "公式", "x^2.png"] {
        assert!(!looks_like_tex(words), "{words}");
    }
}

#[test]
fn addresses_are_decoded_once() {
    assert_eq!(decoded("x%5E2%2525%"), "x^2%25%");
    assert_eq!(decoded("%E2%88%91%zz"), "∑%zz");
}

#[test]
fn markup_is_read_whatever_is_wrong_with_it() {
    let read = |text: &str| linear::read(&markup::read(text).nodes);
    assert_eq!(read("<math><m:mfrac><mi>a</mi><mi>b</mi></m:mfrac>"), "a/b");
    assert_eq!(read("<msqrt><mn title='>'>2</mn><!-- 3 --></msqrt></math></math><mo>"), "√(2)");
    assert_eq!(read("a &lt; b <"), "a < b");
    assert_eq!(read("<mi>x</mi><mspace width='1em'/><mi>y"), "x y");
    assert_eq!(markup::read("<math alttext = \"a&amp;b\">").alttext.as_deref(), Some("a&b"));
}

/// Neither the depth nor the number of parts makes the reading longer than its parts, or takes a stack.
#[test]
fn deep_formulas_are_read() {
    let count = 20_000;
    let deep = "<mfrac><mn>1</mn><mrow><mi>a</mi>".repeat(count) + "<mtext>" + &"<b>x".repeat(count);
    assert!(linear::read(&markup::read(&deep).nodes).len() < 10 * count);
    let wide = "<msup><mi>a</mi><mi>b</mi></msup>".repeat(count);
    assert!(linear::read(&markup::read(&wide).nodes).len() < 10 * count);
}
