//! What the scanner takes, and what it leaves to the reference.

use super::*;

struct Nowhere;

impl<'a> EventSink<'a> for Nowhere {
    fn open(&mut self, _element: &Element<'a>) {}

    fn close(&mut self, _tag: Tag) {}

    fn text(&mut self, _text: &'a str) {}

    fn other_text(&mut self, _text: &str) {}

    fn removed(&mut self, _: crate::html::event::Removed) {}

    fn restart(&mut self) {}
}

fn outcome(html: &str) -> Result<(), Decline> {
    outcome_within(&Limits::default(), html)
}

fn outcome_within(limits: &Limits, html: &str) -> Result<(), Decline> {
    drive(FirstLook::at(html), html, limits, &mut Nowhere).map(drop)
}

#[test]
fn what_is_left_to_the_reference_and_why() {
    for (html, decline) in [
        ("a\rb", Decline::Character),
        ("a\0b", Decline::Character),
        ("<SVG><P>", Decline::Svg),
        ("<math><mi><b>", Decline::MathMl),
        ("<form><div></form>", Decline::Form),
        ("<table><td><object></table>", Decline::Object),
        ("<b><div>a<i><p>b</i>c</b>d", Decline::Formatting),
        ("<a><i><div>a<a>b", Decline::Formatting),
        ("<a><pre>a</a>b", Decline::Formatting),
        ("<p><b><b><b><b>a</p>one more than open again", Decline::Formatting),
        ("<p><i>a<table><td>b", Decline::Formatting),
        ("<p><b><i>a<p>b<p>c<p>d<p>e<p>f", Decline::Formatting),
        ("<b><b><b><b><div>a</b>b", Decline::Formatting),
        ("<b><b><b><b>a</b></b></b></b><p><i>b</p>c", Decline::Formatting),
        ("<table>a", Decline::FosterParenting),
        ("<table><tr><p>", Decline::FosterParenting),
        ("<table></p>", Decline::FosterParenting),
        ("<pre>&#10;", Decline::LineFeedReference),
        ("<textarea>&#10;", Decline::LineFeedReference),
    ] {
        assert_eq!(outcome(html), Err(decline), "{html}");
    }
    for html in ["<p><i>", "<p><br>"] {
        assert_eq!(outcome_within(&Limits::default().depth(1), html), Err(Decline::Limits), "{html}");
    }
    // What opens again before the next text counts.
    assert_eq!(outcome_within(&Limits::default().depth(2), "<p><b>a</p>"), Ok(()));
    assert_eq!(outcome_within(&Limits::default().depth(2), "<p><b>a</p><div><br>"), Err(Decline::Limits));
    assert_eq!(outcome_within(&Limits::default().nodes(2), "x"), Err(Decline::Limits));
    assert_eq!(outcome_within(&Limits::default().nodes(3), "<p>"), Err(Decline::Limits));
    // A long text is one node.
    let long = format!("<p>{}", "tea ".repeat(1000));
    assert_eq!(outcome_within(&Limits::default().nodes(1000), &long), Ok(()));
    assert_eq!(outcome_within(&Limits::default().nodes(400), &long), Err(Decline::Limits));
}

#[test]
fn a_link_is_taken_apart_around_seven_blocks_in_each_other() {
    let around = |blocks: usize| outcome(&format!("<a>{}a</a>b", "<div>".repeat(blocks)));
    assert_eq!(around(7), Ok(()));
    assert_eq!(around(8), Err(Decline::Formatting));
}

#[test]
fn white_space_between_rows_opens_nothing_again() {
    assert_eq!(outcome(&format!("<p><b>a</p><table>{}</table>b", "<tr> ".repeat(100))), Ok(()));
}

#[test]
fn what_looks_odd_and_is_not() {
    for html in [
        "<p>a<p>b<div>c</p>d</div>",
        "<ul><li>a<li>b<ul><li>c</ul></ul>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<h1>a<h2>b</h1>",
        "a < b <3 </> <?x> <!y> <!-- z --> </",
        "</img></nothing></b></p></br>",
        "<b><span>a</b>",
        "<p><b>a</p>b<p>c",
        "<b><i>a</b>b</i>",
        "<b><p>a</b>b",
        "<a href=a>a<a href=b>b",
        "<a><div>a<a>b</a></div>",
        "<a><div><h2>a<span>b</a>c</div>",
        "<p><a>a<div>b<h2>c<a>d</a></div>",
        "<a href=a>a<a href=b>b",
        "<a><div>a<a>b</a></div>",
        "<a><div><h2>a<span>b</a>c</div>",
        "<p><i>a</p>b",
        "<p><b><b><b>a</p>as many as open again",
        "<p><b><i><u><s><em>a</p>more, but all of different kinds",
        "<p><b>a</p>b</b><table><td>c</table>",
        "<a>a<div>b</a></div><b>c<p>d</b>e",
        "<a>a<div>b</a><b>c</div><p>d</b>e",
        "<b>a<br>b",
        "<table><tr><td><b>a<td>b</table>",
        "<table> <caption>a</caption> <tr><th>b<tbody><td>c</table>",
        "<ruby>a<rp>(<rt>b<rp>)</ruby>",
        "<noscript><img src=a></noscript><iframe src=b><p></iframe>",
        "<https://x><Because The Night>",
        "<p a",
    ] {
        assert_eq!(outcome(html), Ok(()), "{html}");
    }
}
