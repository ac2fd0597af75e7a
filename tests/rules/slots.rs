//! What the rules against ads take out, and what is no slot.

use offprint::{RemovalKind::Placeholder, Rules};

use super::{Found, found, outline, owned, parse};

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
pub(super) fn assert_stays(html: &str, blocks: &[&str]) {
    assert_on_off(html, blocks, &[], blocks);
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
        "<table><tr><td>a<td><p class=ad>Ad</p><td>b<tr class=ad><td>Ad\
         <tr><td>c<td><p class=ad></p><td>d</table>",
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
        "<iframe class=x src=https://a.example/1></iframe>\
         <iframe class=x src=//i.amazon-adsystem.com/></iframe>",
        Rules::ads(),
    );
    assert_eq!((outline(&post), report.removals.len()), (owned(&["embed https://a.example/1"]), 1));
}
