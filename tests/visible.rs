//! What a browser shows, read from a tree apart from the crate, and what the crate makes of it.
//!
//! `OFFPRINT_CORPUS` and `OFFPRINT_ARCHIVES` name folders of posts; without them only invented and damaged
//! bodies are read.

mod support;

#[path = "support/conserved.rs"]
mod conserved;
#[path = "support/mutate.rs"]
mod mutate;

use support::files::{self, Failures};
use support::oracle;

use mutate::Mutator;
use offprint::{DiagnosticKind, Engine, Parser, RemovalKind, Report, Rules};

/// How many damaged bodies are read.
const MUTATIONS: usize = 20_000;

/// How many bodies are made of [`FRAGMENTS`] alone.
const BODIES: usize = 20_000;

/// Ways to show and to hide, and what almost is one.
const FRAGMENTS: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "a",
    " b ",
    "你好",
    "\n",
    "<br>",
    "<p hidden>",
    "<b hidden>",
    "<div hidden>",
    "<span hidden=until-found>",
    "<span hidden='HIDDEN'>",
    "<div role=tabpanel hidden>",
    "<p style='display:none' role=TabPanel>",
    "<div style='display:none'>",
    "<b style=display:none>",
    "<i style='display: None ! important'>",
    "</i>",
    "<span style='display:none;display:block'>",
    "<span hidden style='display:inline'>",
    "<p style=visibility:hidden>",
    "<b style='visibility:hidden'>",
    "<div style='visibility: collapse'>",
    "<b style=visibility:visible>",
    "<div style='visibility:visible'>",
    "<i style='visibility:inherit'>",
    "<dialog>",
    "<dialog open>",
    "</dialog>",
    "<div popover>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<span style='background:url(;display:none)'>",
    "<b style='x:\";display:none\"'>",
    "<b style='/*;*/display:none/**/'>",
    "<i style='d\\69splay:none'>",
    "<i style='display:none;;'>",
    "<span style='display:block'>",
    "<p style='white-space:pre-wrap'>",
    "<b style='white-space:pre'>",
    "<i style='white-space:nowrap'>",
    "<pre>",
    "</pre>",
    "<div dir=rtl>",
    "<b dir=ltr>",
    "<bdo dir=rtl>",
    "</bdo>",
    "<table>",
    "<tr>",
    "<td>",
    "<td hidden>",
    "<tr style=visibility:collapse>",
    "</table>",
    "<td style='visibility:hidden'>",
    "<ul>",
    "<li>",
    "<li hidden>",
    "</ul>",
    "<h2>",
    "<h2 hidden>",
    "</h2>",
    "<img src=a>",
    "<img src=a hidden>",
    "<img data-src=a style=display:none>",
    "<img class=emoji alt=☕ hidden>",
    "<noscript>",
    "</noscript>",
    "<meter>",
    "</meter>",
    "<progress hidden>",
    "</progress>",
    "<picture>",
    "</picture>",
    "<iframe src=a hidden>x</iframe>",
    "<video src=a hidden>",
    "</video>",
    "<object hidden>",
    "</object>",
    "<a href=u hidden>",
    "<a href=u>",
    "</a>",
    "<button hidden>",
    "</button>",
    "<svg hidden>",
    "</svg>",
    "<math style=display:none>",
    "</math>",
    "<mi>",
    "<blockquote>",
    "</blockquote>",
    "&nbsp;",
    "<p style='display:table-column'>",
    "<p style='display:var(--x)'>",
    "<!-- c -->",
    "<template>x</template>",
];

#[test]
fn posts_show_what_a_browser_shows() {
    let mut failures = Failures::default();
    for name in ["OFFPRINT_CORPUS", "OFFPRINT_ARCHIVES"] {
        let Some(folder) = std::env::var_os(name) else {
            eprintln!("{name} is not set: its posts were skipped");
            continue;
        };
        let paths = files::with_extension(folder.as_ref(), "md");
        assert!(!paths.is_empty(), "{name} holds no post");
        for path in paths {
            if let Err(message) = conserved::check(&files::read(&path)) {
                failures.add(&path, message);
            }
        }
    }
    failures.finish();
}

#[test]
fn bodies_of_all_ways_to_hide_show_what_a_browser_shows() {
    let mut mutator = Mutator::new(11, FRAGMENTS);
    let mut hidden = 0;
    for round in 0..BODIES {
        let body: String = (0..3 + round % 30).map(|_| mutator.fragment()).collect();
        hidden += usize::from(check(&body));
    }
    assert!(hidden > BODIES / 4, "{hidden}");
}

#[test]
fn damaged_bodies_show_what_a_browser_shows() {
    let mut fragments = Mutator::new(12, FRAGMENTS);
    let bodies: Vec<String> =
        (0..200).map(|round| (0..20 + round % 30).map(|_| fragments.fragment()).collect()).collect();
    let mut hidden = 0;
    for _ in 0..MUTATIONS {
        hidden += usize::from(check(&fragments.mutate(&bodies)));
    }
    assert!(hidden > MUTATIONS / 4, "{hidden}");
}

#[track_caller]
fn check(body: &str) -> bool {
    conserved::check(body).unwrap_or_else(|message| panic!("{body:?}: {message}"))
}

/// The body comes to this HTML, whose line feeds between blocks do not count, with each engine.
#[track_caller]
fn assert_article(body: &str, expected: &str) -> Report {
    let mut reports = [Engine::Auto, Engine::Reference].map(|engine| {
        let parser = Parser::new().engine(engine).rules(Rules::none());
        let (post, report) = parser.parse_with_report(body).expect("a body is no error");
        let html = post.to_html();
        assert_eq!(html.replace(">\n", ">"), expected, "{engine:?}: {body}");
        let again = parser.parse(&html).expect("HTML is no error");
        assert_eq!(again.to_html(), html, "{engine:?}: {body}, read again");
        report
    });
    std::mem::take(&mut reports[0])
}

#[test]
fn elements_with_a_display_of_blocks_stand_on_lines_of_their_own() {
    for display in ["block", "flex", "GRID", "list-item", "table", "table-row", "block flow", "flow-root"] {
        assert_article(
            &format!("<p>a<span style='display:{display}'>b</span><i style='display:{display}'>c</i>d</p>"),
            "<p>a<br>b<br><em>c</em><br>d</p>",
        );
    }
    for display in ["inline-block", "inline", "contents", "blocks", "block none"] {
        assert_article(&format!("<p>a<span style='display:{display}'>b</span>c</p>"), "<p>abc</p>");
    }
    assert_article("<h2><b style=display:block>a</b>b</h2>", "<h2><strong>a</strong><br>b</h2>");
    assert_article(
        "<pre><b style=display:block>a\n</b><b style=display:block>b</b></pre>",
        "<pre><strong>a\nb</strong></pre>",
    );
}

#[test]
fn white_space_that_is_shown_is_kept() {
    for value in ["pre", "pre-wrap", "break-spaces", "preserve nowrap"] {
        assert_article(
            &format!("<p style='white-space:{value}'>one\n  two  three\n\nfour</p>"),
            "<p>one<br>\u{a0}\u{a0}two\u{a0} three</p><p>four</p>",
        );
    }
    assert_article("<div style=white-space:pre-line>one\n two  three</div>", "<p>one<br>two three</p>");
    assert_article("<p style=white-space:nowrap>one\n two</p>", "<p>one two</p>");
    assert_article("<pre style=white-space:pre-wrap>a\n  b</pre>", "<pre>a\n  b</pre>");
}

#[test]
fn the_direction_of_texts_is_kept() {
    assert_article("<p dir=rtl>سلام</p><p>a</p>", "<p dir=\"rtl\">سلام</p><p>a</p>");
    assert_article(
        "<div style='direction: rtl'><h2>س</h2><p>س<b dir=ltr>a</b></p><p dir=ltr>b</p><p dir=auto>c</p></div>d",
        "<h2 dir=\"rtl\">س</h2><p dir=\"rtl\">س<strong><span dir=\"ltr\">a</span></strong></p>\
         <p>b</p><p>c</p><p>d</p>",
    );
    // An inline element around a block says of it what a block says.
    assert_article(
        "<span dir=rtl>س<div>ش</div><h2>ص</h2></span><bdo dir=rtl><ul><li><b>ع</b></ul></bdo>",
        "<p dir=\"rtl\">س</p><p dir=\"rtl\">ش</p><h2 dir=\"rtl\">ص</h2>\
         <ul><li><p dir=\"rtl\"><strong>ع</strong></p></li></ul>",
    );
    assert_article("<p>a<bdo dir=rtl>bc</bdo></p>", "<p>a<span dir=\"rtl\">bc</span></p>");
    assert_article("<div dir=ltr><p dir=auto>a<i dir=LTR>b</i></p></div>", "<p>a<em>b</em></p>");
    assert_article(
        "<div dir=rtl><figure><img src=a><figcaption>س</figcaption></figure><ul><li>س</ul></div>",
        "<figure><img src=\"a\" alt=\"\"><figcaption><span dir=\"rtl\">س</span></figcaption></figure>\
         <ul><li><p dir=\"rtl\">س</p></li></ul>",
    );
}

#[test]
fn fallback_texts_are_not_shown() {
    assert_article("<p>Score <meter value=3>3 of 10</meter>.</p>", "<p>Score .</p>");
    assert_article("<p>a<progress>b<i>c</i></progress><canvas>d</canvas></p>", "<p>a</p>");
}

#[test]
fn what_has_gone_is_in_the_report() {
    let report = assert_article(
        "<p>Tea.</p><div class=x hidden><p>a</p> <p>b<script>c</script></p></div><b hidden></b>",
        "<p>Tea.</p>",
    );
    let removals: Vec<_> = report
        .removals
        .iter()
        .map(|removal| (removal.kind, removal.element.as_str(), removal.text.as_str()))
        .collect();
    assert_eq!(removals, [(RemovalKind::Hidden, "div.x", "a b"), (RemovalKind::Hidden, "b", "")]);
    assert_eq!(report.removals[0].position.map(|position| position.offset), Some(11));
    assert_eq!(report.diagnostics, []);
}

/// An ad slot that is hidden goes once, and leaves nothing of a rule's behind.
#[test]
fn a_hidden_slot_goes_once() {
    let source = "<p>Tea and cake.</p><div id=dfp-ad-1 style=display:none>Advertisement</div>";
    let (post, report) = Parser::new().parse_with_report(source).expect("a body is no error");
    assert_eq!(post.to_text(), "Tea and cake.\n");
    assert_eq!(report.removals.iter().map(|removal| removal.kind).collect::<Vec<_>>(), [RemovalKind::Hidden]);
}

#[test]
fn an_article_that_waits_for_a_script_is_kept() {
    let report = assert_article(
        "<h1>Tea</h1><div id=js_content style='visibility: hidden'>\
         <p>One.<i hidden>no</i></p><p>Two.</p></div>",
        "<h1>Tea</h1><p>One.</p><p>Two.</p>",
    );
    let [diagnostic] = &report.diagnostics[..] else { panic!("{:?}", report.diagnostics) };
    assert_eq!(diagnostic.kind, DiagnosticKind::HiddenArticle);
    assert_eq!(diagnostic.message, "an element that hides most of the article was kept: `div#js_content`");
    assert_eq!(diagnostic.position.map(|position| position.offset), Some(12));
    assert_eq!(report.removals.iter().map(|removal| &*removal.text).collect::<Vec<_>>(), ["no"]);
}
