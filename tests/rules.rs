//! What rules take out of posts, what they leave, and what is said of it.
//!
//! `OFFPRINT_CORPUS` names a folder of posts, with what a careful reader found in some of them in
//! `expected.jsonl`; without it the tests over it say so and read nothing.

#[path = "support/files.rs"]
mod files;
#[path = "support/oracle.rs"]
#[allow(dead_code, reason = "the tests of the laws use more of it")]
mod oracle;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Block, Engine, Media, Parser, Post, Removal, RemovalKind, Report, RuleEffect, Rules};
use serde_json::Value;

use RemovalKind::{Control, Pixel, Placeholder, Rule, Script};

fn parse(source: &str, rules: Rules) -> (Post<'_>, Report) {
    let parser = Parser::new().rules(rules);
    let (post, report) = parser.parse_with_report(source).expect("a post");
    let reference = parser.engine(Engine::Reference).parse_with_report(source).expect("a post");
    assert_eq!((&post, &report.removals), (&reference.0, &reference.1.removals), "{source}");
    (post, report)
}

/// The post as lines of text; a figure is the URL of its image, a cell or an item ends with a line `|`.
fn outline(post: &Post<'_>) -> Vec<String> {
    post.walk()
        .map(|(_, block)| match block {
            Block::Paragraph(paragraph) => paragraph.text.to_string(),
            Block::Heading(heading) => heading.text.to_string(),
            Block::Figure(figure) => match figure.media.first() {
                Some(Media::Image(image)) => format!("image {}", image.src),
                Some(Media::Embed(embed)) => format!("embed {}", embed.src),
                Some(_) => "player".to_owned(),
                None => String::new(),
            },
            Block::Table(table) => {
                let widths: Vec<_> = table.rows.iter().map(|row| row.len().to_string()).collect();
                format!("table {}", widths.join(","))
            }
            Block::List(list) => format!("list {}", list.items.len()),
            other => panic!("a block that no case has: {other:?}"),
        })
        .collect()
}

type Found<'s> = (&'s str, RemovalKind, &'s str);

fn found(removals: &[Removal]) -> Vec<Found<'_>> {
    removals.iter().map(|removal| (&*removal.element, removal.kind, &*removal.text)).collect()
}

/// With the rules against ads the post has the first blocks, and the removals are noted; without rules it has
/// the second blocks, and nothing is noted.
#[track_caller]
fn assert_on_off(html: &str, on: &[&str], removals: &[Found<'_>], off: &[&str]) {
    let (post, report) = parse(html, Rules::ads());
    assert_eq!(
        (outline(&post), found(&report.removals)),
        (owned(on), removals.to_vec()),
        "with rules: {html}"
    );
    let (post, report) = parse(html, Rules::none());
    assert_eq!((outline(&post), found(&report.removals)), (owned(off), Vec::new()), "without rules: {html}");
}

/// The rules change nothing.
#[track_caller]
fn assert_stays(html: &str, blocks: &[&str]) {
    assert_on_off(html, blocks, &[], blocks);
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn an_empty_slot_goes_and_one_with_text_stays() {
    assert_on_off(
        r#"<p>a</p><section id="imu"><div id="dfp-ad-imu1"></div></section><p>b</p>"#,
        &["a", "b"],
        &[("section#imu", Placeholder, "")],
        &["a", "b"],
    );
    assert_stays(r#"<section id="imu"><p>Text</p></section>"#, &["Text"]);
}

#[test]
fn the_content_of_a_slot_is_kept() {
    assert_on_off(r#"<div id="innity-in-post"></div>"#, &[], &[("div#innity-in-post", Placeholder, "")], &[]);
    for (content, blocks) in [
        ("Text", &["Text"][..]),
        ("<p>One</p><p>Two</p>", &["One", "Two"]),
        ("<table><tr><td>1<td>2</table>", &["table 1", "table 2"]),
        ("<img src=a.jpg>", &["image a.jpg"]),
        ("<video src=a.mp4></video>", &["player"]),
        ("<iframe src=https://video.example/></iframe>", &["embed https://video.example/"]),
        ("Advertisement <p>and more</p>", &["Advertisement", "and more"]),
        ("…", &["…"]),
    ] {
        let blocks = if content.starts_with("<table") { &["table 2", "1", "2"][..] } else { blocks };
        assert_stays(&format!(r#"<div id="innity-in-post">{content}</div>"#), blocks);
    }
}

#[test]
fn a_slot_with_nothing_to_miss_goes() {
    for (content, text, off) in [
        (" \n ", "", &[][..]),
        ("&nbsp;", "", &[]),
        ("<!-- ad -->", "", &[]),
        ("<script>show(1)</script>", "", &[]),
        ("<p> </p><br>", "", &[]),
        ("Advertisement", "Advertisement", &["Advertisement"]),
        ("<span>— ADVERTISEMENT —</span>", "— ADVERTISEMENT —", &["— ADVERTISEMENT —"]),
        ("广告", "广告", &["广告"]),
        ("【廣告】", "【廣告】", &["【廣告】"]),
        ("広告", "広告", &["広告"]),
        ("광고", "광고", &["광고"]),
        ("Publicité", "Publicité", &["Publicité"]),
        ("Реклама", "Реклама", &["Реклама"]),
        ("إعلان", "إعلان", &["إعلان"]),
        ("โฆษณา", "โฆษณา", &["โฆษณา"]),
        ("विज्ञापन", "विज्ञापन", &["विज्ञापन"]),
        ("Quảng cáo", "Quảng cáo", &["Quảng cáo"]),
        ("Sponsored", "Sponsored", &["Sponsored"]),
    ] {
        let html = format!("<p>a</p><div class=ad>{content}</div><p>b</p>");
        let off: Vec<_> = ["a"].iter().chain(off).chain(&["b"]).copied().collect();
        assert_on_off(&html, &["a", "b"], &[("div.ad", Placeholder, text)], &off);
    }
    let pixel = "<img src=p.gif width=1 height=1>";
    assert_on_off(
        &format!("<div class=ad>{pixel}</div>"),
        &[],
        &[("div.ad", Placeholder, "")],
        &["image p.gif"],
    );
}

#[test]
fn an_ad_between_texts_glues_nothing() {
    for (html, on, off) in [
        ("a<div class=ad></div>b", &["a", "b"][..], &["a", "b"][..]),
        ("a<span class=ad></span>b", &["ab"], &["ab"]),
        ("a <span class=ad></span> b", &["a b"], &["a b"]),
    ] {
        let tag = if html.contains("div") { "div.ad" } else { "span.ad" };
        assert_on_off(html, on, &[(tag, Placeholder, "")], off);
    }
    assert_on_off("a<amp-ad>Ad</amp-ad>b", &["a b"], &[("amp-ad", Placeholder, "Ad")], &["aAdb"]);
}

/// What an author writes has names such as `ads`, too: Markdown makes ids of headings.
#[test]
fn what_is_no_slot_by_its_nature_never_goes() {
    for (html, blocks) in [
        ("<h2 id=ads>Ads</h2>", &["Ads"][..]),
        ("<h1 class=ad>Ad</h1><h6 class=advertisement>Advertisement</h6>", &["Ad", "Advertisement"]),
        ("<ul><li id=ads>Ads<li class=ad><b>Ad</b></ul>", &["list 2", "Ads", "Ad"]),
        ("<dl><dt class=ads>Ads<dd class=ad>Ad</dl>", &["list 1", "Ads", "Ad"]),
        ("<table><caption class=ads>Ads</caption><tr><td>1</table>", &["table 1", "1"]),
        ("<table><tr><th class=ad>AD<td class=ad>Ad<td>1</table>", &["table 3", "AD", "Ad", "1"]),
        ("<table><tr><th class=ad><td class=ads><td>1</table>", &["table 3", "1"]),
        ("<details><summary class=ads>Ads</summary><p>a</p></details>", &["Ads", "a"]),
        ("<p>Type <code class=ads>ads</code>.</p>", &["Type ads."]),
        ("<p>In <abbr class=ad>AD</abbr> 900 and <b id=ads>ads</b></p>", &["In AD 900 and ads"]),
        ("<p><a class=ad href=/ads><span class=ads>Ads</span></a></p>", &["Ads"]),
        ("<p>a <span class=ad><i class=ad>Ad</i></span></p>", &["a Ad"]),
    ] {
        assert_stays(html, blocks);
    }
    let (post, report) = parse(
        "<figure><img src=a.jpg><figcaption class=ad>Ad</figcaption></figure><pre class=ad>Ad</pre>",
        Rules::ads(),
    );
    assert_eq!((post.to_text().trim_end(), report.removals), ("Ad\n\nAd", Vec::new()));
}

/// A label in a line of a slot is the slot's.
#[test]
fn a_slot_goes_with_the_inline_slots_in_it() {
    for inside in
        ["<span class=ad>Ad</span>", "<a class=ads href=/x><b class=ad>Ad</b> </a>", "<h3 class=ad>Ad</h3>"]
    {
        let html = format!("<p>a</p><div class=ad>{inside}</div><p>b</p>");
        assert_on_off(&html, &["a", "b"], &[("div.ad", Placeholder, "Ad")], &["a", "Ad", "b"]);
    }
    assert_on_off(
        "<div class=ad><span class=ad>Ad</span><p>Tea</p><i class=ads></i></div>",
        &["Ad", "Tea"],
        &[("i.ads", Placeholder, "")],
        &["Ad", "Tea"],
    );
}

#[test]
fn names_in_drawings_have_no_capitals_for_rules() {
    let rules = Rules::parse("##svg[viewBox]\n##foreignObject.ad").0;
    let (post, report) = parse("<svg viewBox='0 0 1 1'></svg><svg><foreignObject class=ad></svg>x", rules);
    assert_eq!(outline(&post), ["x"]);
    let elements: Vec<_> = report.removals.iter().map(|removal| &*removal.element).collect();
    assert_eq!(elements, ["svg", "foreignobject.ad"]);
}

#[test]
fn ads_in_figures_items_and_cells_go() {
    assert_on_off(
        "<figure><img src=a.jpg><div class=ad>Ad</div></figure>",
        &["image a.jpg"],
        &[("div.ad", Placeholder, "Ad")],
        &["image a.jpg", "Ad"],
    );
    assert_on_off(
        "<ul><li>a<li><p class=ad>Ad</p><li><div class=ad></div><li>b</ul>",
        &["list 2", "a", "b"],
        &[("p.ad", Placeholder, "Ad"), ("div.ad", Placeholder, "")],
        &["list 3", "a", "Ad", "b"],
    );
    assert_on_off(
        "<table><tr><td>a<td><p class=ad>Ad</p><td>b<tr class=ad><td>Ad<tr><td>c<td><p class=ad></p><td>d</table>",
        &["table 3,3", "a", "b", "c", "d"],
        &[("p.ad", Placeholder, "Ad"), ("tr.ad", Placeholder, "Ad"), ("p.ad", Placeholder, "")],
        &["table 3,1,3", "a", "Ad", "b", "Ad", "c", "d"],
    );
}

#[test]
fn wrappers_of_ads_leave_nothing() {
    for (open, close) in [
        ("<div><section>", "</section></div>"),
        ("<figure>", "</figure>"),
        ("<blockquote>", "</blockquote>"),
        ("<ul><li>", "</li></ul>"),
        ("<dl><dd>", "</dd></dl>"),
        ("<table><tr><td>", "</table>"),
        ("<p><b>", "</b></p>"),
        ("<h2>", "</h2>"),
    ] {
        let html = format!("<p>a</p>{open}<amp-ad>Ad</amp-ad>{close}<p>b</p>");
        let (post, report) = parse(&html, Rules::ads());
        assert_eq!((outline(&post), report.removals.len()), (owned(&["a", "b"]), 1), "{html}");
    }
}

#[test]
fn an_ad_class_around_the_article_is_harmless() {
    assert_stays("<article class=ad><h1>Tea</h1><p>Boil water.</p></article>", &["Tea", "Boil water."]);
    assert_on_off(
        "<article class=ad><p>Tea</p><div class=ad>Ad</div></article>",
        &["Tea"],
        &[("div.ad", Placeholder, "Ad")],
        &["Tea", "Ad"],
    );
}

/// Each word as a class and as an id, of an element that is empty and of one that holds a label.
#[test]
fn names_of_real_content_do_not_match() {
    let classes = "adapter header entry-header download shadow heading lazyload padding reader shared gradient \
        admin badge lead roadmap tag-ads tag-paywall category-newsletters contentWithSidebar image-placeholder \
        aspectRatioPlaceholder progressiveMedia";
    let ids = "ad90 ada9 ad3c";
    for rules in [Rules::ads(), Rules::furniture(), Rules::ads().and(Rules::furniture())] {
        for name in classes.split_whitespace().chain(ids.split_whitespace()) {
            for attribute in ["class", "id"] {
                for tag in ["div", "p", "section", "span"] {
                    for content in ["", "Ad", "Tea"] {
                        let html = format!("<{tag} {attribute}={name}>{content}</{tag}>");
                        let (post, report) = parse(&html, rules.clone());
                        assert_eq!(report.removals, [], "{html}");
                        let text = if content.is_empty() { Vec::new() } else { vec![content.to_owned()] };
                        assert_eq!(outline(&post), text, "{html}");
                    }
                }
            }
        }
        let html = format!("<div class='{classes}'>Tea</div>");
        assert_eq!(parse(&html, rules.clone()).1.removals, [], "{html}");
    }
}

#[test]
fn scopes_follow_the_host_of_from() {
    let (rules, unusable) = Rules::parse("a.com##.x\n~a.com##.y\n##.z\nb.a.com#@#.z");
    assert_eq!(unusable, []);
    for (from, removed) in [
        ("from: https://a.com/1", &["i.x", "i.z"][..]),
        ("from: http://www.a.com:80/", &["i.x", "i.z"]),
        ("from: https://A.COM", &["i.x", "i.z"]),
        ("from: https://b.a.com/", &["i.x"]),
        ("from: https://ba.com/", &["i.y", "i.z"]),
        ("from: https://b.org/a.com", &["i.y", "i.z"]),
        // No site: the rules for all sites but some.
        ("from: a.com", &["i.y", "i.z"]),
        ("from: 'https://'", &["i.y", "i.z"]),
        ("from: 'javascript:a.com'", &["i.y", "i.z"]),
        ("title: b", &["i.y", "i.z"]),
    ] {
        let source = format!("---\n{from}\n---\n<i class=x></i><i class=y></i><i class=z></i>");
        let (_, report) = parse(&source, rules.clone());
        let elements: Vec<_> = report.removals.iter().map(|removal| &*removal.element).collect();
        assert_eq!(elements, removed, "{from}");
    }
}

#[test]
fn the_base_url_is_no_site() {
    let (rules, _) = Rules::parse("a.com##.x");
    let parser = Parser::new().rules(rules).base_url("https://a.com/").unwrap();
    assert_eq!(parser.parse_with_report("<i class=x></i>").unwrap().1.removals, []);
}

#[test]
fn what_removes_takes_the_text_along() {
    let rules = || Rules::parse("##.box, p > .tag").0.removing();
    let (post, report) = parse(
        "<p>One</p><div class=box><h2>Read <b>on</b></h2><ul><li>Two<li>Three</ul><img src=a.jpg>\
         <script>x</script><button>Go</button></div><p>Four<span class=tag>new</span>five</p>",
        rules(),
    );
    assert_eq!(outline(&post), ["One", "Four five"]);
    assert_eq!(
        found(&report.removals),
        [("div.box", Rule, "Read on Two Three Go"), ("span.tag", Rule, "new")]
    );
    assert_eq!(report.removals[0].rule.as_deref(), Some("##.box, p > .tag"));
}

#[test]
fn what_removes_goes_before_what_takes_slots_out() {
    let html = "<div class='ad box'>Tea</div>";
    let removing = || Rules::parse("##.box").0.removing();
    for rules in [Rules::ads().and(removing()), removing().and(Rules::ads())] {
        let (post, report) = parse(html, rules);
        assert_eq!(
            (outline(&post), found(&report.removals)),
            (Vec::new(), vec![("div.ad.box", Rule, "Tea")])
        );
    }
}

#[test]
fn what_is_removed_does_not_keep_the_slot_around_it() {
    let rules = || Rules::ads().and(Rules::parse("##.box").0.removing());
    let (post, report) = parse("a<div class=ad>Ad<p class=box>Tea</p></div>b", rules());
    assert_eq!(
        (outline(&post), found(&report.removals)),
        (owned(&["a", "b"]), vec![("div.ad", Placeholder, "Ad Tea")])
    );
    let (post, report) = parse("<div class=ad>Cake<p class=box>Tea</p></div>", rules());
    assert_eq!((outline(&post), found(&report.removals)), (owned(&["Cake"]), vec![("p.box", Rule, "Tea")]));
}

#[test]
fn what_is_removed_parts_what_it_parted() {
    for (html, blocks) in [
        ("a<div class=box>x</div>b", &["a", "b"][..]),
        ("a<span class=box>x</span>b", &["a b"]),
        ("a<span class=box></span>b", &["ab"]),
        ("a<span class=box><img src=x></span>b", &["a", "b"]),
        ("a<img class=box src=x>b", &["a", "b"]),
        ("a<iframe class=box src=x></iframe>b", &["a", "b"]),
        ("a<br class=box>b", &["a b"]),
        ("<p>a<span class=box><br></span>b</p>", &["a b"]),
        ("<ul><li>a<li class=box>x<li>b</ul>", &["list 2", "a", "b"]),
        ("<table><tr><td>a<td class=box>x<td>b</table>", &["table 3", "a", "b"]),
        ("<table><tr><td>a<tr class=box><td>x<tr><td>b</table>", &["table 1,1", "a", "b"]),
    ] {
        let (post, report) = parse(html, Rules::parse("##.box").0.removing());
        assert_eq!((outline(&post), report.removals.len()), (owned(blocks), 1), "{html}");
    }
}

#[test]
fn an_emoji_that_goes_is_its_text() {
    let html = "<p class=box>a<img class=emoji alt=☕ src=x width=1 height=1>b</p>";
    let (_, report) = parse(html, Rules::parse("##.box").0.removing());
    assert_eq!(found(&report.removals), [("p.box", Rule, "a☕b")]);
    assert_stays(&html.replace(" class=box", ""), &["a☕b"]);
}

#[test]
fn pictures_and_players_are_no_empty_slots() {
    for html in ["<img class=ad src=a.jpg>", "<picture class=ad><img src=a.jpg></picture>"] {
        assert_stays(html, &["image a.jpg"]);
    }
    assert_stays("<video class=ad src=a.mp4></video>", &["player"]);
    assert_on_off(
        "a<iframe id=google_ads_iframe_1 src=https://ads.example/></iframe>b",
        &["a", "b"],
        &[("iframe#google_ads_iframe_1", Placeholder, "")],
        &["a", "embed https://ads.example/", "b"],
    );
}

#[test]
fn pages_of_ad_servers_go_and_players_that_name_them_stay() {
    for src in [
        "https://ws-fe.amazon-adsystem.com/widgets/q?ASIN=B0",
        "//rcm-na.amazon-adsystem.com/e/cm?o=1",
        "https://googleads.g.doubleclick.net/pagead/ads?client=x",
        "http://ad.doubleclick.net/ddm/adi/N1",
        "https://a1b2.safeframe.googlesyndication.com/safeframe/1-0-38/html/container.html",
        "//pos.baidu.com/s?wid=1",
    ] {
        let html =
            format!("<p>a</p><iframe src='{src}'></iframe><p class=b><iframe src='{src}'>x</iframe>b</p>");
        let (post, report) = parse(&html, Rules::ads());
        assert_eq!((outline(&post), report.removals.len()), (owned(&["a", "b"]), 2), "{html}");
        assert!(report.removals.iter().all(|removal| removal.kind == Placeholder), "{html}");
    }
    let tag = "https://ad.doubleclick.net/ddm/pfadx/N1?dc_vast=2";
    for src in [
        "https://video.example/embed/7",
        &format!("https://video.example/embed/7?ad={tag}"),
        "https://amazon.example/amazon-adsystem.com",
    ] {
        assert_stays(&format!("<iframe src='{src}'></iframe>"), &[&format!("embed {src}")]);
    }
    // Of elements with the same id and class, each is looked at.
    let (post, report) = parse(
        "<iframe class=x src=https://a.example/1></iframe><iframe class=x src=//i.amazon-adsystem.com/></iframe>",
        Rules::ads(),
    );
    assert_eq!((outline(&post), report.removals.len()), (owned(&["embed https://a.example/1"]), 1));
}

#[test]
fn every_kind_of_removal_is_noted_with_its_rule() {
    let html = "<script id=s>x</script><img src=p width=0 height=1px><select class=c><option>One</select>\
        <div id=adslot></div><p class=box>Tea</p>";
    let rules = Rules::ads().and(Rules::parse("##.box").0.removing());
    let (_, report) = parse(html, rules);
    let removals: Vec<_> = report
        .removals
        .iter()
        .map(|Removal { rule, element, kind, text, .. }| (rule.as_deref(), &**element, *kind, &**text))
        .collect();
    assert_eq!(
        removals,
        [
            (None, "script#s", Script, ""),
            (None, "img", Pixel, ""),
            (None, "select.c", Control, "One"),
            (Some("###adslot"), "div#adslot", Placeholder, ""),
            (Some("##.box"), "p.box", Rule, "Tea"),
        ]
    );
    let json = serde_json::to_value(&report.removals[4]).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "rule": "##.box", "element": "p.box", "kind": "rule", "text": "Tea",
            "line": 1, "column": 111, "offset": 110,
        })
    );
}

#[test]
fn rules_are_listed_as_their_lists_have_them() {
    let list = "! shop\n  ##.box \nshop.example,~tea.shop.example###promo > p\n\n#@#.box\n##a:hover\n";
    let (rules, _) = Rules::parse(list);
    let listed = |rules: &Rules| -> Vec<(String, RuleEffect)> {
        rules.into_iter().map(|rule| (rule.to_string(), rule.effect())).collect()
    };
    let texts = ["##.box", "shop.example,~tea.shop.example###promo > p", "#@#.box"];
    let with = |effect| {
        let effects = [effect, effect, RuleEffect::Exempt];
        texts.iter().map(ToString::to_string).zip(effects).collect::<Vec<_>>()
    };
    assert_eq!(listed(&rules), with(RuleEffect::RemovePlaceholder));
    assert_eq!(listed(&rules.clone().removing()), with(RuleEffect::Remove));
    let both = rules.clone().and(Rules::parse("##.other").0.removing());
    assert_eq!(both.len(), 4);
    assert_eq!(listed(&both)[3], ("##.other".to_owned(), RuleEffect::Remove));

    assert_eq!(rules.iter().len(), rules.len());
    assert_eq!(Rules::none().iter().count(), 0);
    assert_eq!(format!("{rules:?}"), "Rules { len: 3, .. }");
}

/// What is listed of the built-in lists is what is in them.
#[test]
fn a_list_that_is_written_from_rules_has_the_same_rules() {
    for rules in [Rules::ads(), Rules::furniture()] {
        let written: Vec<_> = rules.iter().map(ToString::to_string).collect();
        let (read, unusable) = Rules::parse(&written.join("\n"));
        assert_eq!(unusable, []);
        assert!(read.len() > 40);
        assert!(read.iter().map(offprint::Rule::as_str).eq(rules.iter().map(offprint::Rule::as_str)));
    }
}

/// The removal of each element, with the source from its position on.
#[track_caller]
fn assert_found_at(source: &str, expected: &[(&str, &str)]) {
    let (_, report) = parse(source, Rules::parse("##.x, tbody").0.removing());
    let found: Vec<_> = report
        .removals
        .iter()
        .map(|removal| {
            let rest = removal.position.map_or("", |position| &source[position.offset..]);
            (&*removal.element, rest.split_inclusive('>').next().unwrap_or(""))
        })
        .collect();
    assert_eq!(found, expected, "{source}");
    for position in report.removals.iter().filter_map(|removal| removal.position) {
        assert_eq!(position, offprint::Position::of(source, position.offset), "{source}");
    }
}

#[test]
fn a_removal_is_where_its_start_tag_begins() {
    let front_matter = "---\ntitle: 茶\n---\n<!--1-->\n[茶](u)\n---\n";
    for body in ["<p>é\n<i class=x>1</i>\n茶<b class='x'>2</b>", "<P>\n\n<I Class=x>1</i>é<b class='x'\n>2"]
    {
        let tags: Vec<_> = body.split('<').filter(|tag| tag.contains('x')).collect();
        let tags: Vec<_> = tags.iter().map(|tag| format!("<{}>", tag.split_once('>').unwrap().0)).collect();
        let expected = [("i.x", &*tags[0]), ("b.x", &*tags[1])];
        assert_found_at(body, &expected);
        assert_found_at(&format!("{front_matter}{body}"), &expected);
        assert_found_at(&format!("\u{feff}{front_matter}{body}"), &expected);
        // What only the reference reads.
        assert_found_at(&format!("{front_matter}<svg></svg>{body}"), &expected);
        assert_found_at(
            &format!("{front_matter}<title><p class=x></title><!--<p class=x>-->{body}"),
            &expected,
        );
    }
}

#[test]
fn a_removal_without_a_start_tag_of_its_own_has_no_position() {
    assert_found_at("<table><tr><td>a</table>", &[("tbody", "")]);
    assert_found_at("<table><tbody><tr><td>a</table>", &[("tbody", "<tbody>")]);
    // It opens again in the second paragraph.
    assert_found_at("<p><b class=x>a</p><p>b", &[("b.x", "<b class=x>"), ("b.x", "")]);
    assert_found_at("<p><b class=x>a</p><p class=x>b", &[("b.x", "<b class=x>"), ("p.x", "<p class=x>")]);
    assert_found_at("<p><b class=x>a</p><i class=x>b", &[("b.x", "<b class=x>"), ("b.x", "")]);
    assert_found_at("<p><b>a</p><i class=x>b", &[("i.x", "<i class=x>")]);
    // The adoption agency gives the block a copy.
    assert_found_at("<a class=x>1<div>2</a>3</div>", &[("a.x", "<a class=x>"), ("a.x", "")]);
    // What is moved out of a table stands before the table.
    let moved = [("b.x", "<b class=x>"), ("td.x", "<td class=x>")];
    assert_found_at("<table><thead><tr><td class=x>a</td><b class=x>c</b></table>", &moved);
}

/// A list in the style of those that people subscribe to, every form in it, and what must be said of it.
#[test]
fn a_real_list_loads_with_each_unusable_line_reported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let list = files::read(&folder.join("list.txt"));
    let expected = files::read(&folder.join("unusable.txt"));
    let (rules, unusable) = Rules::parse(&list);

    let reported: Vec<String> = unusable.iter().map(ToString::to_string).collect();
    assert_eq!(oracle::parting(expected.trim_end(), &reported.join("\n")), None);
    let is_header = |line: &str| line.starts_with('[') && line.ends_with(']');
    let is_passed_over = |line: &&str| line.is_empty() || line.starts_with('!') || is_header(line);
    let passed_over = list.lines().filter(is_passed_over).count();
    // Directives begin like comments.
    let directives = unusable.iter().filter(|rule| rule.rule.starts_with('!')).count();
    assert_eq!(rules.len() + unusable.len() + passed_over - directives, list.lines().count());
    assert!(rules.len() > 150 && unusable.len() > 80, "{} {}", rules.len(), unusable.len());
    for rule in &unusable {
        assert_eq!(list.lines().nth(rule.line - 1).map(str::trim), Some(&*rule.rule));
    }
}

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("OFFPRINT_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped");
    }
    folder
}

fn all_rules() -> Rules {
    Rules::ads().and(Rules::furniture())
}

/// What a reader found in some posts: none of it is removed, and nothing is left that must not be there.
#[test]
fn furniture_is_what_a_careful_reader_left_out() {
    let Some(folder) = corpus() else { return };
    let mut failures = Failures::default();
    let mut posts = 0;
    for line in files::read(&folder.join("expected.jsonl")).lines() {
        let expected: Value = serde_json::from_str(line).expect("valid JSON");
        let path = folder.join(expected["file"].as_str().expect("a path"));
        let source = files::read(&path);
        let parser = Parser::new().recover(true).rules(all_rules());
        let (post, report) = parser.parse_with_report(&source).expect("a post");
        posts += 1;
        let removed: Vec<String> =
            report.removals.iter().map(|removal| oracle::squeeze(&removal.text)).collect();
        for message in differences(&expected, &post, &removed) {
            failures.add(&path, message);
        }
    }
    assert_eq!(posts, 33);
    failures.finish();
}

fn differences(expected: &Value, post: &Post<'_>, removed: &[String]) -> Vec<String> {
    let mut differences = Vec::new();
    let text = oracle::block_text(post);
    let json = serde_json::to_string(&post.blocks).expect("a post can be written");
    let texts = |key: &str| expected[key].as_array().cloned().unwrap_or_default();
    for unwanted in texts("must_not_contain") {
        let unwanted = unwanted.as_str().expect("a text");
        if text.contains(&oracle::squeeze(unwanted)) || json.contains(unwanted) {
            differences.push(format!("still has {unwanted:?}"));
        }
    }
    for key in ["first_paragraph", "last_paragraph"] {
        let wanted = oracle::squeeze(expected[key].as_str().unwrap_or_default());
        if !text.contains(&wanted) {
            let is_removed = removed.iter().any(|text| text.contains(&wanted));
            differences.push(format!("{key} is not there, removed: {is_removed}: {wanted}"));
        }
    }
    let (count, least) = (post.paragraphs().count() as u64, expected["paragraph_count_min"].as_u64());
    if least.is_none_or(|least| count < least) {
        differences.push(format!("{count} paragraphs are left, of at least {least:?}"));
    }
    let sources: Vec<&str> = post.images().map(|image| &*image.src).collect();
    for figure in texts("figures") {
        let source = figure["src"].as_str().unwrap_or_default();
        if !sources.iter().any(|found| found.ends_with(source.trim_start_matches("https:"))) {
            differences.push(format!("the figure {source} is not there"));
        }
        let caption = oracle::squeeze(figure["caption"].as_str().unwrap_or_default());
        if !text.contains(&caption) {
            differences.push(format!("the caption {caption} is not there"));
        }
    }
    differences
}

/// Form controls aside, the rules against ads take no text out of the corpus but labels.
#[test]
fn rules_against_ads_take_no_text_but_labels() {
    let Some(folder) = corpus() else { return };
    let mut texts = BTreeMap::new();
    for path in files::with_extension(&folder, "md") {
        let source = files::read(&path);
        let Ok((_, report)) = Parser::new().recover(true).parse_with_report(&source) else { continue };
        for removal in report.removals.into_iter().filter(|removal| !removal.text.is_empty()) {
            *texts.entry((format!("{:?}", removal.kind), removal.text)).or_insert(0) += 1;
        }
    }
    let controls =
        [("Follow", 1), ("View", 14)].map(|(text, times)| (("Control".to_owned(), text.to_owned()), times));
    assert_eq!(texts, BTreeMap::from(controls));
}

#[test]
fn comments_that_are_essays_stay_and_those_that_are_spam_go() {
    let Some(folder) = corpus() else { return };
    let mut with_comments = [0, 0];
    for path in files::with_extension(&folder, "md") {
        let source = files::read(&path);
        let sites = ["www.chinafile.com", "pao-pao.net"];
        let site = sites.iter().position(|site| source.contains(&format!("\nfrom: https://{site}/")));
        let (Some(site), true) = (site, source.contains("id=\"comments\"")) else { continue };
        with_comments[site] += 1;
        let (_, report) = Parser::new().rules(all_rules()).parse_with_report(&source).expect("a post");
        let removed = report.removals.iter().any(|removal| removal.element.contains("#comments"));
        assert_eq!(removed, site == 1, "{}", path.display());
        let long = report.removals.iter().filter(|removal| removal.text.len() > 1000);
        assert!(long.into_iter().all(|removal| removal.element.contains("#comments")), "{}", path.display());
    }
    assert_eq!(with_comments, [8, 22]);
}

/// HTML that was written from a post without ads and furniture has none.
#[test]
fn what_was_written_and_is_read_again_loses_nothing_more() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut failures = Failures::default();
    let folders = [Some(fixtures), corpus()];
    for path in folders.iter().flatten().flat_map(|folder| files::with_extension(folder, "md")) {
        let source = files::read(&path);
        let parser = Parser::new().recover(true).rules(all_rules());
        let Ok(post) = parser.parse(&source) else { continue };
        // The site is the same, so that its rules are.
        let site =
            post.meta.from.as_ref().map_or(String::new(), |from| format!("---\nfrom: \"{from}\"\n---\n"));
        let written = site + &post.to_html();
        let (_, report) = parser.parse_with_report(&written).expect("a post");
        if let Some(removal) = report.removals.first() {
            failures.add(&path, format!("{removal:?}"));
        }
    }
    failures.finish();
}
