//! Both producers send the same events, texts that nothing shows among them.

use super::*;
use crate::html::event::{Element, Removed, Tag};

/// The events: `<name attributes @start>`, texts, and `</>`.
#[derive(Debug, Default, PartialEq)]
struct Transcript(String);

impl<'a> EventSink<'a> for Transcript {
    fn open(&mut self, element: &Element<'a>) {
        let mut attributes = Vec::new();
        element.attrs.for_each(|attr| {
            attributes.push(format!(" {}={:?}", attr.name().to_ascii_lowercase(), attr.value()));
        });
        let start = element.start.map_or(String::new(), |start| format!(" @{start}"));
        self.0 += &["<", &element.name, &attributes.concat(), &start, ">"].concat();
    }

    fn close(&mut self, _: Tag) {
        self.0 += "</>";
    }

    fn text(&mut self, text: &'a str) {
        self.0 += text;
    }

    fn other_text(&mut self, text: &str) {
        self.0 += text;
    }

    fn removed(&mut self, _: Removed) {}

    fn restart(&mut self) {
        self.0.clear();
    }
}

/// What the scanner sends, or why it declines; what it sends is what the reference sends.
#[track_caller]
fn scanned(html: &str, limits: &Limits) -> Result<String, Decline> {
    let mut scanned = Transcript::default();
    scanner::drive(FirstLook::at(html), html, limits, &mut scanned)?;
    let mut built = Transcript::default();
    assert!(dom::drive(html, limits, &mut built).is_ok(), "{html:?}");
    assert_eq!(scanned, built, "{html:?}");
    Ok(scanned.0)
}

#[track_caller]
fn assert_events(html: &str, expected: &str) {
    let without_starts = |events: String| -> String {
        let mut parts = events.split(" @");
        let first = parts.next().unwrap_or_default().to_owned();
        first + &parts.map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit())).collect::<String>()
    };
    assert_eq!(scanned(html, &Limits::default()).map(without_starts), Ok(expected.to_owned()), "{html:?}");
}

#[test]
fn scripts_and_styles_hold_text() {
    assert_events("a<script>b</p></script>c", "a<script>b</p></>c");
    assert_events("<p>a<STYLE>b{}</STYLE>c", "<p>a<style>b{}</>c</>");
    assert_events("<script><!--<script></script>--></script>a", "<script><!--<script></script>--></>a");
    assert_events("<p><b>a</p><script>b</script>c", "<p><b>a</></><script>b</><b>c</>");
    assert_events("<script>a", "<script>a</>");
    assert_events("<script>a</script", "<script>a</script</>");
    assert_events("<script>a</script x", "<script>a</>");
    assert_events(
        "<table><script>a</script><tr><style>b</style><td>c</table>",
        "<table><script>a</><tbody><tr><style>b</><td>c</></></></>",
    );
}

#[test]
fn columns_stand_in_groups() {
    assert_events(
        "<table><col><col><tr><td>a</table>",
        "<table><colgroup><col></><col></></><tbody><tr><td>a</></></></>",
    );
    assert_events(
        "<table><colgroup span=2> <col></colgroup> <tbody></table>",
        "<table><colgroup span=\"2\"> <col></></> <tbody></></>",
    );
    assert_events(
        "<table><tr><td>a<col></col></tr>",
        "<table><tbody><tr><td>a</></></><colgroup><col></></></>",
    );
    assert_events(
        "<table><colgroup><script></script><caption>a<colgroup></table>b",
        "<table><colgroup></><script></><caption>a</><colgroup></></>b",
    );
    assert_events("<col>a</col><colgroup>b</colgroup>", "ab");
}

#[test]
fn a_form_ends_where_its_tag_says() {
    assert_events("<p>a<form>b<p>c</form>d", "<p>a</><form>b<p>c</></>d");
    assert_events("<form>a<form>b</form>c</form>d", "<form>ab</>cd");
    assert_events("<div><form>a</div>b<form>c</form><form>d", "<div><form>a</></>bc<form>d</>");
    assert_events(
        "<table><form><tr><td>a<form>b</table></form><form>c",
        "<table><form></><tbody><tr><td>ab</></></></><form>c</>",
    );
    for html in
        ["<form><div></form>", "<form><b>a</form>b", "<form><table><td></form>", "<form><object></form>"]
    {
        assert_eq!(scanned(html, &Limits::default()), Err(Decline::Form), "{html}");
    }
}

#[test]
fn lists_of_options() {
    assert_events(
        "<select><option>a<option>b<optgroup>c<option>d</select>e",
        "<select><option>a</><option>b</><optgroup>c<option>d</></></>e",
    );
    assert_events("<p><select><p>a<hr>b<select>c", "<p><select><p>a</><hr></>b</>c</>");
    assert_events("<option>a<option>b<optgroup>c", "<option>a</><option>b</><optgroup>c</>");
    assert_events("<select><option>a<input>b", "<select><option>a</></><input></>b");
    assert_events("<textarea>\n\na&amp;b&</textarea>c<title>&lt;</title>", "<textarea>\na&b&</>c<title><</>");
    assert_events("<button>a<button>b</button>c", "<button>a</><button>b</>c");
    assert_events("<textarea>\ta<b></textarea>c", "<textarea>\ta<b></>c");
}

#[test]
fn formatting_ends_with_an_object() {
    assert_events("<b>a<object>b<i>c</object>d</b>e", "<b>a<object>b<i>c</></>d</>e");
    assert_events("<b><object></b>a<p>b</object>c", "<b><object>a<p>b</></>c</>");
    assert_events("<a>b<object><a>c</object>d<a>e", "<a>b<object><a>c</></>d</><a>e</>");
    assert_events("<p>a<object><p>b</object>c", "<p>a<object><p>b</></>c</>");
    assert_events("<marquee>a<applet>b</marquee>c</applet>d", "<marquee>a<applet>bc</>d</>");
    assert_events(
        "<object><param name=a><embed src=b></embed></object>",
        "<object><param name=\"a\"></><embed src=\"b\"></></>",
    );
    assert_eq!(scanned("<table><td><object></table>", &Limits::default()), Err(Decline::Object));
}

#[test]
fn what_belongs_to_a_document_is_passed_over() {
    assert_events(
        "<!DOCTYPE html><html lang=a><head><title>b<i></title></head><body class=c><p>d</body></html>e",
        "<title>b<i></><p>de</>",
    );
    assert_events("<pre><!doctype>\na</pre>", "<pre>\na</>");
    assert_events(
        "<table><tr></body><td>a</html><!DOCTYPE>b</table>",
        "<table><tbody><tr><td>ab</></></></>",
    );
    assert_events(
        "<ruby>a<rb>b<rtc>c<rt>d<rb>e</ruby><image src=f>",
        "<ruby>a<rb>b</><rtc>c<rt>d</></><rb>e</></><img src=\"f\"></>",
    );
    assert_events(
        "<table><tr><input type=Hidden><td>a</table>",
        "<table><tbody><tr><input type=\"Hidden\"></><td>a</></></></>",
    );
    assert_events(
        "<noframes><p></noframes><noembed><p></noembed><p>a<xmp><b></xmp>c",
        "<noframes><p></><noembed><p></><p>a</><xmp><b></>c",
    );
}

#[test]
fn drawings_and_formulas_are_read_by_their_own_rules() {
    assert_events(
        "<p>a<svg><path d=M0/><g/>b<title>c</title></svg>d",
        "<p>a<svg><path d=\"M0/\"><g></>b<title>c</></></>d</>",
    );
    assert_events(
        "<svg viewBox='0 0 1 1'><use xlink:href=#a XLINK:href=b href=c /></svg>",
        "<svg viewbox=\"0 0 1 1\"><use href=\"#a\" href=\"c\"></></>",
    );
    assert_events("<svg/>a<math/>b", "<svg></>a<math></>b");
    assert_events(
        "<svg><style><![CDATA[a > b{}]]></style>&lt;<!-- c --> < d</svg>",
        "<svg><style>a > b{}</>< < d</>",
    );
    assert_events("<math><mrow><mi>x</mi><mo>=</mo></math>y", "<math><mrow><mi>x</><mo>=</></></>y");
    assert_events("<p><b>a</p><svg>b</svg>c", "<p><b>a</></><b><svg>b</>c</>");
    assert_events("<svg><linearGradient/><a>b", "<svg><lineargradient></><a>b</></>");
    assert_events("<svg><![CDATA[a]]", "<svg>a]]</>");
    for html in ["<svg><p>a", "<svg>a</p>", "<svg></div>", "<svg><title><b>", "<svg><foreignObject><div>"] {
        assert_eq!(scanned(html, &Limits::default()), Err(Decline::Svg), "{html}");
    }
    assert_eq!(scanned("<math><annotation-xml><svg>", &Limits::default()), Err(Decline::MathMl));
}

/// Elements with rules of their own, and what they stand in or around.
const PIECES: &[&str] = &[
    "<form>",
    "<form id=a>",
    "</form>",
    "</form>",
    "<select>",
    "</select>",
    "<option>",
    "</option>",
    "<optgroup>",
    "</optgroup>",
    "<input>",
    "<textarea>b</textarea>",
    "<button>",
    "</button>",
    "<object>",
    "<object>",
    "</object>",
    "<marquee>",
    "</marquee>",
    "<script>c<b></script>",
    "<style>d</style>",
    "<table>",
    "<table><tr><td>",
    "<col>",
    "<colgroup>",
    "</colgroup>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<caption>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<li>",
    "<ul>",
    "</ul>",
    "<a>",
    "</a>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<h2>",
    "</h2>",
    "<hr>",
    "<br>",
    "e",
    " ",
    "&amp;",
    "<span>",
    "<isindex>",
    "</isindex>",
    "<textarea>\nm&amp;",
    "</textarea>",
    "<title>&lt;",
    "</title>",
    "<ruby>",
    "<rb>",
    "<rtc>",
    "<rt>",
    "<image>",
    "<input type=hidden>",
    "<html>",
    "<body id=i>",
    "</body>",
    "</html>",
    "<head>",
    "</head>",
    "<title>j</title>",
    "<!DOCTYPE k>",
    "<xmp>l</xmp>",
    "<noframes></noframes>",
    "<frame>",
    "<svg>",
    "<svg/>",
    "</svg>",
    "<math>",
    "</math>",
    "<g>",
    "<g/>",
    "<path d=M0/>",
    "<use xlink:href=a b=/>",
    "</g>",
    "<mi>",
    "</mi>",
    "<title>f</title>",
    "<![CDATA[g]]>",
    "<image href=h>",
    "</span>",
];

#[test]
fn whatever_has_rules_of_its_own_is_the_same() {
    let mut state: u32 = 1;
    let mut next = |below: usize| {
        // Numbers as from dice: xorshift.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below
    };
    let mut taken = 0;
    for round in 0..20_000 {
        let html: String = (0..2 + next(16)).map(|_| PIECES[next(PIECES.len())]).collect();
        let limits = if round % 4 == 0 { Limits::default().depth(1 + next(8)) } else { Limits::default() };
        taken += usize::from(scanned(&html, &limits).is_ok());
    }
    assert!(taken > 5_000, "{taken}");
}
