//! Bodies, and the events of what a browser shows of them. Both engines must see the same.

use std::fmt::Write as _;

use super::ShownText;
use super::visible::Display;
use crate::engine::Engine;
use crate::html;
use crate::html::event::{Element, EventSink, Removed, Style, Tag};
use crate::limits::Limits;
use crate::post::Direction;

/// Writes events down as HTML: attributes left out, and `[text]` for what has gone.
#[derive(Default)]
struct Writer(String);

impl<'a> EventSink<'a> for Writer {
    fn open(&mut self, element: &Element<'a>) {
        _ = write!(self.0, "<{}>", element.name);
    }

    fn close(&mut self, tag: Tag) {
        let name = format!("{tag:?}").to_lowercase();
        if !tag.is_void() {
            _ = write!(self.0, "</{name}>");
        }
    }

    fn text(&mut self, text: &'a str) {
        self.0 += text;
    }

    fn other_text(&mut self, text: &str) {
        self.0 += text;
    }

    fn styled(&mut self, style: Style) {
        self.0 += match style {
            Style::Line => "|",
            Style::Gap => "_",
            Style::Direction(Some(Direction::RightToLeft)) => "←",
            Style::Direction(Some(Direction::LeftToRight)) => "→",
            Style::Direction(None) => "↔",
        };
    }

    fn removed(&mut self, removed: Removed) {
        assert!(removed.start.is_some());
        _ = write!(self.0, "[{}]", removed.removal.text);
    }

    fn restart(&mut self) {
        self.0.clear();
    }
}

#[track_caller]
fn assert_shown(body: &str, expected: &str) {
    for engine in [Engine::Auto, Engine::Reference] {
        let limits = Limits::default();
        let mut display = Display::new(true, Writer::default());
        html::drive(body, engine, &limits, &mut display).expect("within the limits");
        if display.has_hidden_text() {
            let mut shown = Display::new(false, ShownText::default());
            html::drive(body, engine, &limits, &mut shown).expect("within the limits");
            let count = shown.finish().count();
            if display.restart_with_article(count) {
                html::drive(body, engine, &limits, &mut display).expect("within the limits");
            }
        }
        assert!(display.is_idle(), "{body}");
        assert_eq!(display.finish().0, expected, "{engine:?}: {body}");
    }
}

#[test]
fn what_says_nothing_passes() {
    for body in ["<p>a<b>b</b></p>", "a<br>b", "<details>a<summary>b</summary></details>"] {
        assert_shown(body, body);
    }
    assert_shown("<p style=color:red hidden=until-found>a</p>", "<p>a</p>");
    assert_shown(
        "<div role=tabpanel hidden>a</div><p style=display:none role=TabPanel>b",
        "<div>a</div><p>b</p>",
    );
    assert_shown("<dialog open>a</dialog>", "<dialog>a</dialog>");
}

#[test]
fn what_no_browser_shows_goes() {
    for tag in
        ["hidden", "hidden=''", "style='display: none'", "style='display:NONE!important;display:block'"]
    {
        assert_shown(&format!("<p>abcd <b {tag}>b<i>c</i></b> e</p>"), "<p>abcd [bc] e</p>");
    }
    assert_shown("abc<dialog>b</dialog>c<div popover>d</div>", "abc[b]c[d]");
    assert_shown(
        "<p>abc<dialog popover>b</dialog><dialog popover open>b</dialog>",
        "<p>abc</p>[b]<dialog>b</dialog>",
    );
    assert_shown("<p>abcdefgh<b hidden>1 <i hidden>2</i>\n <b>3</b></b></p>", "<p>abcdefgh[1 2 3]</p>");
    assert_shown("<b hidden style=display:block>a</b>", "|<b>a</b>|");
    assert_shown("<p>abc</p><ul hidden><li>a<li>b</ul>", "<p>abc</p>[a b]");
    assert_shown("<p>abc</p><img hidden src=a><br hidden>", "<p>abc</p>[][]");
    // Text that is never shown is no text that has gone.
    assert_shown(
        "<p>abc</p><div hidden><script>a</script><video>b</video></div>",
        "<p>abc</p><div><script></script><video></video></div>",
    );
    assert_shown("<object>a<b hidden>b</b></object>c", "<object>a<b>b</b></object>c");
}

#[test]
fn what_is_invisible_goes_but_for_what_is_visible_in_it() {
    let hidden = "style=visibility:hidden";
    let visible = "style=visibility:visible";
    assert_shown(&format!("<p>abcd<b {hidden}>b</b>c</p>"), "<p>abcd[b] c</p>");
    assert_shown(&format!("<p>abcd<b {hidden}></b>c</p>"), "<p>abcdc</p>");
    assert_shown(&format!("abcd<div {hidden}>b<p>c</div>d"), "abcd[b c]<div></div>d");
    assert_shown(
        &format!("<p {hidden}>go <b {visible}>kept</b> ne</p>"),
        "[go]<div></div><p><b>kept</b>[ne] </p>",
    );
    assert_shown(
        &format!("<div {hidden}><p>a</p><p {visible}>bcde<i {hidden}>f</i></p><p>g</p></div>"),
        "[a]<div></div><div><p>bcde[f] </p>[g]<div></div></div>",
    );
    assert_shown(
        &format!("<table><tr><td>abc<td {hidden}>d<td>e</table>"),
        "<table><tbody><tr><td>abc</td>[d]<div></div><td></td><td>e</td></tr></tbody></table>",
    );
    assert_shown(&format!("<p>abc<b {hidden}>a<i hidden>b</i>c</b></p>"), "<p>abc[a] [b][c] </p>");
}

#[test]
fn what_waits_for_a_script_stays() {
    let kept = "<img src=s data-src=a hidden>";
    assert_shown(kept, "<img>");
    assert_shown(
        &format!("<p>abc</p><div hidden><p> {kept} </p></div>"),
        "<p>abc</p><div><p><img></p></div>",
    );
    assert_shown(&format!("<p>abc</p><div hidden>{kept}<p>a</p></div>"), "<p>abc</p>[a]");
    assert_shown(
        "<div hidden><noscript><img src=a></noscript></div>",
        "<div><noscript><img></noscript></div>",
    );
    assert_shown("<img class=lazyload src=a style=display:none>", "<img>");
    assert_shown("<audio src=a style=display:none></audio>", "<audio></audio>");
    assert_shown("<iframe src=a style='display:none;visibility:hidden'></iframe>", "[]");
    assert_shown("<img data-src=a width=1 height=1 hidden>", "[]");
    // What is invisible has its room.
    assert_shown("<p>a<img src=a style=visibility:hidden></p>", "<p>a<img></p>");
    assert_shown(
        "<p>abcd</p><div style=visibility:hidden><img src=a><p>b</p></div>",
        "<p>abcd</p><div></div><div><img>[b]<div></div></div>",
    );
}

#[test]
fn what_hides_the_article_stays() {
    assert_shown("<div style=visibility:hidden><p>a</p><p>b</p></div>", "<div><p>a</p><p>b</p></div>");
    assert_shown("<p>a</p><div hidden><p>b</p><p>c</p></div>", "<p>a</p><div><p>b</p><p>c</p></div>");
    assert_shown("<p>ab</p><div hidden><p>b</p><p>c</p></div>", "<p>ab</p>[b c]");
    // A short text beside what is shown is no article.
    assert_shown("<p>ab</p><p hidden>cdefg</p>", "<p>ab</p>[cdefg]");
    assert_shown("<p hidden>cdefg</p>", "<p>cdefg</p>");
    // Each in the other, and one in them that holds less.
    assert_shown(
        "<div hidden><div style=visibility:hidden><p>abcd<b hidden>e</b></p><p>f</p></div></div>",
        "<div><div><p>abcd[e]</p><p>f</p></div></div>",
    );
}

#[test]
fn white_space_is_shown() {
    let pre = "style=white-space:pre-wrap";
    let nbsp = |text: &str| text.replace('_', "\u{a0}");
    assert_shown(&format!("<p {pre}>a\nb  c</p>d"), &nbsp("<p>a<br>b_ c</p>d"));
    assert_shown(&format!("<div {pre}> a<p> b</p>\n c</div>"), &nbsp("<div>_a<p>_b</p><br>_c</div>"));
    assert_shown(&format!("<p>a<b {pre}>b </b>c <b {pre}> d\n</b>e"), "<p>a<b>b </b>c <b> d<br></b>e</p>");
    assert_shown(&format!("<p {pre}>a <b style=white-space:nowrap>b  c</b> d"), "<p>a <b>b  c</b> d</p>");
    assert_shown("<p style=white-space:pre-line>a  b<br>&#10;c", "<p>a  b<br><br>c</p>");
    // Where white space is kept, nothing is to be done, and where no text is shown.
    assert_shown(&format!("<pre><code {pre}>a  b</code></pre>"), "<pre><code>a  b</code></pre>");
    assert_shown(
        &format!("<div {pre}><pre>a  b</pre><script>a  b</script></div>"),
        "<div><pre>a  b</pre><script>a  b</script></div>",
    );
}

#[test]
fn lines_and_directions() {
    assert_shown("<p>a<b style=display:block>b</b>c", "<p>a|<b>b</b>|c</p>");
    assert_shown(
        "<p>a<b style=display:inline-block>b</b>c<p style=display:flex>d",
        "<p>a<b>b</b>c</p><p>d</p>",
    );
    assert_shown("<p dir=RTL>a<b dir=auto>b</b><b dir=x>c</b>", "<p>←a<b>↔b</b><b>c</b></p>");
    assert_shown("<b dir=ltr style='direction: rtl'>c</b>", "<b>←c</b>");
}

/// What both engines make of a body, as Markdown.
#[track_caller]
fn assert_markdown(body: &str, expected: &str) {
    for engine in [Engine::Auto, Engine::Reference] {
        let post = crate::Parser::new().engine(engine).parse(body).expect("it is a post");
        assert_eq!(post.to_markdown().trim_end(), expected, "{engine:?}: {body}");
    }
}

#[test]
fn a_button_that_is_all_of_a_heading_is_its_text() {
    assert_markdown(
        "<h2 class=\"accordion-header\"><button class=\"accordion-button\" aria-expanded=\"true\">How is it \
         washed?</button></h2><div class=\"accordion-body\">By hand.</div>",
        "## How is it washed?\n\nBy hand.",
    );
    assert_markdown("<h3>\n<button aria-expanded=false>Question</button>\n</h3>", "### Question");
    assert_markdown("<h3 style=color:red><button>Question</button></h3>", "### Question");
    assert_markdown(
        "<h3> <span class=a><i style=color:red></i><button>Why?</button></span></h3>",
        "### Why?",
    );
    assert_markdown("<h4><button><span>How &amp; <b>why</b></span></button></h4>", "#### How & **why**");
    assert_markdown("<h4><div><button> Why <i></i></button><svg></svg></div></h4><p>a</p>", "#### Why\n\na");
    assert_markdown("<table><tr><th><button>Name</button><tr><td>Tea</table>", "| Name |\n| --- |\n| Tea |");
    // The sign beside it is a control.
    assert_markdown(
        "<h3><button><span>Why?</span><span aria-hidden=true>+</span></button></h3>By hand.",
        "### Why?\n\nBy hand.",
    );
    for control in [
        "<h3>Tea<button>Copy</button></h3>",
        "<h3><button>Copy</button>Tea</h3>",
        "<h3><button></button>Tea</h3>",
        "<h3><button>Copy</button><button>Print</button>Tea</h3>",
        "<h3>Tea<button aria-controls=a>More</button></h3><div id=a></div>",
    ] {
        assert_markdown(control, "### Tea");
    }
}

#[test]
fn nothing_of_a_button_without_text_is_lost() {
    assert_markdown("<h3><button><img src=/a.png alt=Tea></button></h3><p>a</p>", "![Tea](/a.png)\n\na");
    assert_markdown(
        "<h3><button><img src=/a.png alt=Tea></button> <b>a</b> <i>b</i></h3>",
        "![Tea](/a.png)\n\n### **a** *b*",
    );
}

#[test]
fn a_button_before_what_it_opens_is_text() {
    assert_markdown(
        "<p>a</p><button aria-controls=\"a1\">What is tea?</button>\n<div id=\"a1\"><p>A leaf.</p></div>",
        "a\n\nWhat is tea?\n\nA leaf.",
    );
    assert_markdown(
        "<div><button aria-expanded=false aria-controls='x a1'>Why?</button></div><div><div id=a1>For \
         tea.</div></div>",
        "Why?\n\nFor tea.",
    );
    assert_markdown(
        "<button aria-expanded=true><b>Why?</b></button><section><p>For tea.</section>",
        "**Why?**\n\nFor tea.",
    );
    assert_markdown("<dl><dt><button aria-expanded=false>Tea</button><dd>A leaf.</dl>", "- Tea\n\n  A leaf.");
    assert_markdown("Tea<button aria-expanded=true>Why?</button><div>So.</div>", "Tea Why?\n\nSo.");
    assert_markdown(
        "<div class=bbCodeSpoiler><button class='button bbCodeSpoiler-button'><span>Spoiler: <span>The end\
         </span></span></button><div class=bbCodeSpoiler-content>Tea.</div></div>",
        "Spoiler: The end\n\nTea.",
    );
    // One after the other.
    assert_markdown(
        "<button aria-controls=a>Share</button><div id=a><h3><button>Why?</button></h3>For tea.</div>",
        "### Why?\n\nFor tea.",
    );
}

#[test]
fn other_buttons_are_controls() {
    for control in [
        "<button>Share</button><div>Tea</div>",
        "<button aria-expanded=false>Menu</button><ul><li>Tea</ul>",
        "<button aria-expanded=false>Menu</button><div><a href=/>Tea</a></div>",
        "<button aria-expanded=false>Menu</button><nav>Tea</nav>",
        "<button aria-expanded=false>Menu</button><p>Tea</p>",
        "<button aria-expanded=false>Share</button> Tea",
        "<button aria-expanded=false aria-controls=a>Share</button><div id=b></div>Tea",
        "<button aria-expanded=false aria-controls=a>Share</button><div id=a></div>Tea",
        "<button aria-controls=a role=tab>One</button><div id=a>Tea</div>",
        "<button aria-controls=a aria-haspopup=true>Menu</button><div id=a>Tea</div>",
        "<p>Tea <button aria-controls=a>More</button></p><div id=a></div>",
    ] {
        let post = crate::Post::parse(control).expect("it is a post");
        assert_eq!(post.to_text().trim_start_matches("- ").trim_end(), "Tea", "{control}");
    }
}
