//! Rules on small bodies: what goes, what stays, and what is reported.

mod matching;

use super::slot_tags::UNSEEN;
use super::*;
use crate::engine::Engine;
use crate::html::drive;
use crate::html::event::{Element, EventSink, Removed, Style, Tag};
use crate::limits::Limits;
use crate::report::{Removal, RemovalKind};

/// Writes the events down as tags and text.
#[derive(Default)]
struct Transcript(String, Vec<Removal>);

impl<'a> EventSink<'a> for Transcript {
    fn open(&mut self, element: &Element<'a>) {
        self.0.push('<');
        self.0.push_str(&element.name);
        self.0.push('>');
    }

    fn close(&mut self, tag: Tag) {
        self.0.push_str(if tag.is_block() { "</>" } else { "</->" });
    }

    fn text(&mut self, text: &'a str) {
        self.0.push_str(text);
    }

    fn other_text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn styled(&mut self, style: Style) {
        assert_eq!(style, Style::Gap);
        self.0.push(' ');
    }

    fn removed(&mut self, removed: Removed) {
        self.1.push(removed.removal);
    }

    fn restart(&mut self) {
        self.0.clear();
        self.1.clear();
    }
}

fn filter(rules: &Rules, html: &str) -> (String, Vec<Removal>) {
    let site = rules.for_site(None);
    let mut filter = Filter::new(&site, true, Transcript::default());
    drive(html, Engine::Reference, &Limits::default(), &mut filter).unwrap();
    let Transcript(transcript, removals) = std::mem::take(filter.finish());
    (transcript, removals)
}

/// What has been through the rules has nothing left for them.
#[track_caller]
fn assert_idempotent(rules: &Rules, html: &str) {
    let site = rules.for_site(None);
    let inner = Filter::new(&site, true, Transcript::default());
    let mut outer = Filter::new(&site, false, inner);
    drive(html, Engine::Reference, &Limits::default(), &mut outer).unwrap();
    assert_eq!(outer.finish().finish().1, [], "{html}");
}

/// The built-in rules leave `kept` and report `removals`, each as its element and text.
#[track_caller]
fn assert_ads(html: &str, kept: &str, removals: &[(&str, &str)]) {
    let (transcript, found) = filter(&Rules::ads(), html);
    let found: Vec<_> = found.iter().map(|removal| (&*removal.element, &*removal.text)).collect();
    assert_eq!((&*transcript, &found[..]), (kept, removals), "{html}");
    assert_eq!(filter(&Rules::none(), html).1, [], "{html}");
    assert_idempotent(&Rules::ads(), html);
}

#[test]
fn an_empty_slot_goes_with_the_slots_inside() {
    assert_ads(
        r#"<p>a</p><section id="imu"><div id="dfp-ad-imu1"></div></section><p>b</p>"#,
        "<p>a</><div></><p>b</>",
        &[("section#imu", "")],
    );
}

#[test]
fn a_slot_with_text_stays_without_its_empty_slots() {
    assert_ads(
        r#"<section id="imu"><p>Text</p><div class="x ad"> </div></section>"#,
        "<section><p>Text</><div></></>",
        &[("div.x.ad", "")],
    );
    assert_ads(
        r#"<section id="imu"><div class="ad"></div><p>Text</p></section>"#,
        "<section><div></><p>Text</></>",
        &[("div.ad", "")],
    );
}

#[test]
fn media_and_tables_stay() {
    for kept in ["<div><img></-></>", "<div><video></-></>", "<div><iframe></-></>"] {
        let tag = kept.trim_start_matches("<div><").split('>').next().unwrap();
        assert_ads(&format!("<div id=innity-in-post><{tag} src=x></{tag}></div>"), kept, &[]);
    }
    assert_ads(
        "<div id=innity-in-post><table><tr><td>1</table></div>",
        "<div><table><tbody><tr><td>1</></></></></>",
        &[],
    );
}

#[test]
fn what_nobody_would_miss_goes_with_its_slot() {
    for (inside, text) in [
        (" \n ", ""),
        ("&nbsp;", ""),
        ("<!-- x -->", ""),
        ("<script>x</script>", ""),
        ("<img width=1 height=1 src=x>", ""),
        ("Advertisement", "Advertisement"),
        ("<p>广<b>告</b></p>", "广告"),
        ("<button>Close</button> <i>Ad</i>", "Close Ad"),
    ] {
        assert_ads(&format!("a<div class=ad>{inside}</div>b"), "a<div></>b", &[("div.ad", text)]);
    }
}

#[test]
fn inline_slots_leave_no_border() {
    assert_ads("a<span class=ad></span>b", "ab", &[("span.ad", "")]);
}

#[test]
fn an_ad_class_around_the_article_is_harmless() {
    assert_ads("<div class=ad><p>Article</p></div>", "<div><p>Article</></>", &[]);
}

#[test]
fn names_of_real_content_do_not_match() {
    for class in [
        "adapter",
        "header",
        "entry-header",
        "download",
        "shadow",
        "heading",
        "lazyload",
        "padding",
        "reader",
        "shared",
        "gradient",
        "admin",
        "badge",
        "lead",
        "roadmap",
        "tag-ads",
        "tag-paywall",
        "category-newsletters",
        "contentWithSidebar",
        "image-placeholder",
        "aspectRatioPlaceholder",
        "progressiveMedia",
    ] {
        assert_ads(&format!("<div class={class}></div>"), "<div></>", &[]);
    }
    for id in ["ad90", "ada9", "ad3c"] {
        assert_ads(&format!("<p id={id}></p>"), "<p></>", &[]);
    }
}

#[test]
fn scripts_pixels_and_controls_are_reported() {
    let (transcript, removals) = filter(
        &Rules::ads(),
        "a<script>var x</script><img src=x width=1 height=0><button>Share <b>it</b></button>b",
    );
    assert_eq!(transcript, "a b");
    let kinds: Vec<_> = removals.iter().map(|removal| (removal.kind, &*removal.text)).collect();
    assert_eq!(
        kinds,
        [(RemovalKind::Script, ""), (RemovalKind::Pixel, ""), (RemovalKind::Control, "Share it")]
    );
}

#[test]
fn a_control_that_shows_a_picture_stays() {
    assert_ads("<button>Zoom <img src=x></button>", "<button>Zoom <img></-></->", &[]);
}

#[test]
fn a_slot_that_is_never_closed_counts_as_closed_at_the_end() {
    assert_ads("a<div class=ad>", "a<div></>", &[("div.ad", "")]);
    assert_ads("a<div class=ad>text", "a<div>text</>", &[]);
}

#[test]
fn stripping_twice_equals_stripping_once() {
    for html in [
        "<div class=ad>Ad<div class=ad>Ad</div></div>",
        "<div class=ad>Ad<p>b<i class=ad>Ad</i></p></div>",
        "<div class=ad><i class=ad>Ad<b class=ad>s</b></i><i class=ad> </i></div><i class=ad><p class=ad></p></i>",
        "<div class=ad><div class=ad>Adv<i class=ad>ert</i></div></div>",
        "<div class='ad sharedaddy'>Share<p class=ad></p></div><ul><li class=ad>Ad<li>b</ul>",
        "<table><tr><td class=ad>Ad<td class=sharedaddy>b</table>",
        "<div class=ad><button>Go</button><img src=a></div>",
    ] {
        let rules = Rules::ads().and(Rules::furniture());
        assert_idempotent(&rules, html);
        assert_idempotent(&rules.removing(), html);
    }
}

#[test]
fn every_built_in_rule_is_usable() {
    assert_eq!(Rules::parse(include_str!("../ads.txt")).1, []);
    assert_eq!(Rules::parse(include_str!("../furniture.txt")).1, []);
}

#[track_caller]
fn assert_texts(html: &str, texts: &[&str]) {
    let post = crate::Post::parse(html).unwrap();
    assert_eq!(post.paragraphs().map(|text| &*text.text).collect::<Vec<_>>(), texts, "{html}");
}

#[test]
fn taking_a_slot_out_glues_no_words_together() {
    assert_texts("tea<span class=ad></span>cake", &["teacake"]);
    assert_texts("tea<script>x</script>cake", &["teacake"]);
    assert_texts("tea<span class=ad> </span>cake", &["tea cake"]);
    assert_texts("tea<amp-ad>Ad</amp-ad>cake", &["tea cake"]);
    assert_texts("tea<span class=ad><br></span>cake", &["tea cake"]);
    assert_texts("tea<button>Share</button>cake", &["tea cake"]);
    assert_texts("tea<select><option>Green<option>Black</select>cake", &["tea cake"]);
    assert_texts("tea<span class=ad><div> </div></span>cake", &["tea", "cake"]);
    assert_texts("tea<span class=ad><style>x</style></span>cake", &["teacake"]);
}

#[test]
fn what_goes_leaves_no_blank_before_punctuation() {
    assert_texts(
        "Press <button type=button>OK</button>, then wait<button>5</button>.",
        &["Press, then wait."],
    );
    assert_texts("Go <button>on</button> <button>off</button>! (<button>x</button>)", &["Go! ()"]);
    assert_texts("Use <button>x</button> .NET, <button>y</button>…", &["Use .NET,…"]);
    assert_texts("按<button>好</button>，再等<button>五</button>秒。", &["按，再等秒。"]);
    assert_texts("茶 <button>好</button> 水", &["茶 水"]);
    assert_texts("tea<button>a</button><b>cake</b>, <button>b</button>“c”", &["tea cake, “c”"]);
    assert_texts("tea<button>a</button>\n\ncake", &["tea", "cake"]);
    assert_texts("<code>tea<button>a</button>cake</code>", &["tea cake"]);
    let post =
        crate::Post::parse("<pre><code><button>Copy</button>a<button>b</button>b</code></pre>").unwrap();
    assert!(
        matches!(&post.blocks[..], [crate::Block::Preformatted(code)] if code.text.text == "ab"),
        "{post:?}"
    );
}

#[test]
fn what_takes_no_room_leaves_nothing() {
    let parser = crate::Parser::new().rules(Rules::ads().and(Rules::furniture()));
    for (html, markdown) in [
        (
            "<p>He said <a href=/m>the Met said<span class=visually-hidden>, external</span></a>. Then</p>",
            "He said [the Met said](/m). Then",
        ),
        ("a<span class=sr-only>x</span>b", "ab"),
        ("a <span class='screen-reader-text'>x</span> b", "a b"),
        ("<p>Tea<span class=cat-links>in</span>, and<span class=cat-links>in</span>cake", "Tea, and cake"),
    ] {
        assert_eq!(parser.parse(html).unwrap().to_markdown().trim_end(), markdown, "{html}");
    }
}

#[test]
fn the_classes_of_unseen_texts_are_those_of_the_furniture() {
    let (_, section) = include_str!("../furniture.txt").split_once("! Texts for screen readers").unwrap();
    let classes: Vec<_> = section.lines().skip(1).map_while(|line| line.strip_prefix("##.")).collect();
    let unknown: Vec<_> = classes.iter().filter(|class| filter_leaves_blank(class)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let is_used = |part: &&&str| classes.iter().any(|class| class.contains(**part));
    let unused: Vec<_> = UNSEEN.iter().filter(|part| !is_used(part)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Whether a blank is left of a text with this class.
fn filter_leaves_blank(class: &str) -> bool {
    filter(&Rules::furniture(), &format!("a<i class={class}>x</i>b")).0 != "ab"
}

#[test]
fn a_cell_that_goes_leaves_its_place() {
    let parser = crate::Parser::new().rules(Rules::ads().removing());
    let post = parser.parse("<table><tr><td class=ad colspan=2>Ad<td>a<tr><td>b<td>c</table>").unwrap();
    let [crate::Block::Table(table)] = &post.blocks[..] else { panic!("{post:?}") };
    assert_eq!(table.rows[0].len(), 2);
    assert_eq!((table.rows[0][0].colspan, table.rows[0][0].blocks.len()), (2, 0));
}

#[test]
fn what_nobody_sees_is_neither_an_article_nor_a_removal() {
    let parser = crate::Parser::new();
    let removals = |html| parser.parse_with_report(html).unwrap().1.removals;
    let removed = removals("<div class=ad><style>.ad { color: red }</style></div>");
    assert_eq!(removed.iter().map(|removal| &*removal.text).collect::<Vec<_>>(), [""]);
    assert_eq!(removals("<video src=a><button>Play</button></video>"), []);
    let removed = removals("<datalist><option>Green</datalist>");
    assert_eq!(removed.iter().map(|removal| removal.kind).collect::<Vec<_>>(), [RemovalKind::Control]);
}
