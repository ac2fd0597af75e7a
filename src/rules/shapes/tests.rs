//! What goes by its shape, and what stays though it has a sign of one.

use super::texts::{Says, says};
use crate::{Engine, Parser, RemovalKind, Rules};

/// An article with enough sentences to be known from what stands around it.
const ARTICLE: &str = "\
    <p>The kettle came from a market in the old town, where a man sold it with a lid that did not \
    fit, and with a story that did not fit either.</p><p>I boiled water in it every morning for nine \
    years, and in all that time nobody asked me why it whistled twice, once for each of us, and then \
    never again.</p><p>When the handle broke, I wrote to the man, and he answered by return of post \
    that the kettle had been his mother's, that she had hated it, and that he was glad.</p>";

/// A menu and a footer, which make a page of an article.
fn page(before: &str, after: &str) -> String {
    format!(
        "<header class=site-header><a href=/>Home</a> <a href=/tea>Tea</a></header>{before}\
         <main><div class=text>{ARTICLE}</div></main>{after}\
         <footer><a href=/terms>Terms</a> <a href=/privacy>Privacy</a></footer>"
    )
}

/// The names of the shapes that go of a post, whose kept text and removed texts are returned too.
fn shapes(source: &str) -> (Vec<String>, String, Vec<String>) {
    let parser = Parser::new().rules(Rules::furniture());
    let (post, report) = parser.parse_with_report(source).expect("a post");
    let reference = parser.engine(Engine::Reference).parse_with_report(source).expect("a post");
    assert_eq!((&post, &report.removals), (&reference.0, &reference.1.removals), "{source}");
    let of_shape = report.removals.into_iter().filter(|removal| removal.kind == RemovalKind::Shape);
    let (mut names, mut texts) = (Vec::new(), Vec::new());
    for removal in of_shape {
        names.push(removal.rule.expect("a shape has a name"));
        texts.push(removal.text);
    }
    (names, post.to_text().replace('\n', " "), texts)
}

#[track_caller]
fn goes(html: &str, shape: &str) {
    let (names, text, removed) = shapes(html);
    assert!(names.iter().any(|name| name == &format!("shape: {shape}")), "{names:?} {removed:?}\n{html}");
    assert!(text.contains("whistled twice") && text.contains("he was glad"), "{text}");
    assert!(!text.contains("Cocoa"), "{text}");
}

#[track_caller]
fn stays(html: &str) {
    let (names, text, removed) = shapes(html);
    assert!(text.contains("Cocoa"), "{names:?} {removed:?}\n{html}");
}

const LINKS: &str = "<ul><li><a href=/1>Cocoa</a><li><a href=/2>Coffee</a><li><a href=/3>Mate</a></ul>";

#[test]
fn parts_of_a_page_go() {
    for (before, after, shape) in [
        (format!("<nav>{LINKS}</nav>"), String::new(), "navigation"),
        (format!("<div class=topMenu>{LINKS}</div>"), String::new(), "navigation"),
        (format!("<div role=banner>{LINKS}</div>"), String::new(), "page header"),
        (
            "<ol class=breadcrumb><li><a href=/>Home</a><li><a href=/c>Cocoa</a></ol>".into(),
            String::new(),
            "navigation",
        ),
        ("<a class=jumpLink href=#text>Skip to Cocoa</a>".into(), String::new(), "link within the page"),
        (
            "<div class=cookie-bar>We use cookies. <a href=/c>Cocoa</a></div>".into(),
            String::new(),
            "cookie notice",
        ),
        (String::new(), format!("<aside>{LINKS}</aside>"), "sidebar"),
        (String::new(), format!("<div class=x1>{LINKS}</div>"), "links around the article"),
        (
            String::new(),
            format!("<section class=x2><h2>You may also like</h2>{LINKS}</section>"),
            "related links",
        ),
        (String::new(), format!("<div id=footer><p>Cocoa Ltd.</p>{LINKS}</div>"), "page footer"),
        (String::new(), "<div>© 2020 Cocoa Ltd. All rights reserved.</div>".into(), "page footer"),
        (String::new(), "<div class=newsletter><h3>Cocoa letter</h3><input></div>".into(), "subscribe box"),
        (String::new(), "<form role=search>Cocoa <input></form>".into(), "search or login"),
    ] {
        goes(&page(&before, &after), shape);
    }
}

#[test]
fn what_stands_at_the_edges_of_an_article_goes_from_a_body_too() {
    for (before, after, shape) in [
        (
            String::new(),
            format!("<aside class=relatedBits><h3>Related posts</h3>{LINKS}</aside>"),
            "related links",
        ),
        (String::new(), format!("<div><h3>猜你喜欢</h3>{LINKS}</div>"), "related links"),
        (String::new(), format!("<h3>Ähnliche Beiträge</h3>{LINKS}"), "related links"),
        ("<p class=byline>By <a href=/c>Ann Cocoa</a></p>".into(), String::new(), "byline"),
        ("<div class=post-meta>Cocoa, <time>3 March 2020</time></div>".into(), String::new(), "byline"),
        (String::new(), "<p class=tags>Tags: <a href=/t rel=tag>Cocoa</a></p>".into(), "tags"),
        (String::new(), "<div class=about-author><img src=a.png>Ann likes Cocoa.</div>".into(), "author box"),
        (
            String::new(),
            "<ul><li><a href='https://www.facebook.com/sharer.php?u=x'>Cocoa</a>\
             <li><a href='https://twitter.com/intent/tweet?u=x'>Tweet</a></ul>"
                .into(),
            "share links",
        ),
        (
            String::new(),
            "<div id=comments><h3>2 comments</h3><ol class=comment-list><li class=comment>Cocoa.</ol></div>"
                .into(),
            "comments",
        ),
        (
            String::new(),
            "<div id=comments><h3>3 thoughts on “Cocoa”</h3><ol class=comment-list><li>No.</ol></div>".into(),
            "comments",
        ),
        (
            String::new(),
            "<div id=disqus_thread></div><noscript>Please enable JavaScript to view the <a href=/d>comments \
             powered by Cocoa.</a></noscript>"
                .into(),
            "comments",
        ),
        (
            String::new(),
            "<section id=comments><h2>2 comments</h2><div class=comment><b>Bo</b> Cocoa is better.</div>\
             <div class=comment><b>Cy</b> No.</div></section>"
                .into(),
            "comments",
        ),
        (String::new(), "<p>Read also: <a href=/c>Cocoa and its friends</a></p>".into(), "related links"),
    ] {
        goes(&format!("{before}{ARTICLE}{after}"), shape);
    }
}

#[test]
fn one_sign_is_not_enough() {
    for html in [
        // The author's links, on this site and on others.
        format!("{ARTICLE}<p>Read more on tea:</p>{LINKS}<p>The end.</p>"),
        format!("{ARTICLE}<h2>Links of the week</h2>{LINKS}"),
        format!(
            "{ARTICLE}<h2>Related articles</h2><ul><li><a href=https://a.example/>Cocoa</a>\
             <li><a href=https://b.example/>Coffee</a></ul>"
        ),
        format!("{ARTICLE}<section><h2>Thoughts on Cocoa</h2><p>It is sweet.</p></section>"),
        // Names that say little.
        format!("<div class=header><p>Cocoa</p></div>{ARTICLE}"),
        format!("{ARTICLE}<aside>Cocoa is a drink too.</aside>{ARTICLE}"),
        format!("{ARTICLE}<div class=related>Cocoa</div>{ARTICLE}"),
        format!("{ARTICLE}<div class='tag-ads category-newsletters'>Cocoa</div>"),
        format!("{ARTICLE}<div class=download><a href=/c>Cocoa</a></div>"),
        format!("{ARTICLE}<pre><span class=comment># Cocoa</span></pre>"),
        format!(
            "{ARTICLE}<figure class=ad><a href=/><img src=a.png></a><figcaption>Cocoa</figcaption></figure>"
        ),
        // A table of contents.
        format!("<nav id=toc><a href=#a>Cocoa</a> <a href=#b>Coffee</a></nav>{ARTICLE}"),
        // A headline, and what stands below it.
        page("<h1>Cocoa</h1>", ""),
        page("<header><h1>Cocoa</h1><nav><a href=/1>One</a> <a href=/2>Two</a></nav></header>", ""),
        page("<section class=fullscreen_dek_below><h2>Cocoa</h2></section>", ""),
        // All there is.
        format!("<nav class=related>{LINKS}</nav>"),
        "<aside><a href=/c>Cocoa</a></aside>".to_owned(),
    ] {
        stays(&html);
    }
}

#[test]
fn links_of_the_author_that_look_like_buttons_stay() {
    for html in [
        "<div class=wp-block-buttons><div class=wp-block-button><a class=wp-block-button__link \
         href=/r.pdf>Download the Cocoa report</a></div></div>",
        "<div class=download-buttons><p>Get Cocoa for <a href=/w>Windows</a>, <a href=/m>macOS</a>.</p></div>",
        "<div class=actions><a href=/x>Sign the Cocoa petition</a></div>",
        "<p class=report><a href=/r.pdf>The Cocoa report</a></p>",
        "<div class=donate><p>You can <a href=https://fund.example>donate to the Cocoa fund</a>, said the \
         mayor.</p></div>",
    ] {
        stays(&format!("{ARTICLE}{html}{ARTICLE}"));
        stays(&format!("{ARTICLE}{html}"));
    }
    for html in [
        "<div class=actions><a href=/p>Print</a> <a href=/c>Cocoa</a></div>",
        "<div class=wp-block-buttons><a href='mailto:?subject=x'>Cocoa</a></div>",
        "<div class=post-actions><a href=/c>Save Cocoa</a></div>",
        "<div class=buttons><a href='#top'>Cocoa</a></div>",
    ] {
        goes(&format!("{ARTICLE}{html}{ARTICLE}"), "tools");
    }
    goes(&page("<div class=actions><a href=/c>Cocoa</a></div>", ""), "tools");
    goes(&format!("{ARTICLE}<div class=donate><a href=/d>Donate to Cocoa</a></div>"), "subscribe box");
}

#[test]
fn a_field_for_an_address_and_words_that_ask_for_it_are_a_subscribe_box() {
    let caption = "Cocoa is a reader-supported publication. To receive new posts and support my work, consider \
                   becoming a free or paid subscriber.";
    let form = "<form><input type=email><input type=submit value=Subscribe></form>";
    goes(&format!("{ARTICLE}<div class=x1><p>{caption}</p>{form}</div>{ARTICLE}"), "subscribe box");
    goes(&format!("{ARTICLE}<div class=x1><p>Subscribe to Cocoa</p>{form}</div>{ARTICLE}"), "subscribe box");
    // Substack's editor calls the box another name than its pages do.
    let (names, text, _) = shapes(&format!(
        "<p>Tea.</p><div class=subscription-widget-wrap-editor><div class='subscription-widget show-subscribe'>\
         <div class=preamble><p class=cta-caption>{caption}</p></div>{form}</div></div>"
    ));
    assert_eq!((names.len(), &*text), (0, "Tea. "));
    stays(&format!("{ARTICLE}<div class=x1><p>{caption}</p></div>{ARTICLE}"));
    stays(&format!("{ARTICLE}<div class=x1><p>Cocoa for all.</p>{form}</div>{ARTICLE}"));
}

#[test]
fn a_cookie_notice_needs_no_link() {
    for notice in [
        "<div class=cookie-banner role=dialog><p>We use cookies and Cocoa.</p><button>Accept</button></div>",
        "<div class=cookie-banner><p>We use cookies and Cocoa.</p></div>",
        "<div class=cookie-banner role=dialog><p>Cocoa likes a cookie.</p></div>",
    ] {
        goes(&format!("{notice}{ARTICLE}"), "cookie notice");
        goes(&format!("{ARTICLE}{notice}"), "cookie notice");
    }
    stays(&format!("{ARTICLE}<div class=cookie><p>Cocoa likes a cookie.</p></div>"));
    stays(&format!("{ARTICLE}<div><p>We use cookies in our Cocoa.</p></div>"));
}

#[test]
fn what_holds_most_of_the_sentences_is_the_article_whatever_it_is_called() {
    for class in ["comments", "sidebar", "footer", "related", "newsletter", "nav", "cookie", "modal", "ad"] {
        stays(&format!("<p>An introduction.</p><div class={class}><p>Cocoa.</p>{ARTICLE}</div>"));
        stays(&page("", &format!("<div class={class}><p>Cocoa.</p>{ARTICLE}{ARTICLE}</div>")));
    }
    // Essays in answer to an article are no comments.
    let essay = format!("<div class=comment><h3>Cocoa</h3>{ARTICLE}{ARTICLE}</div>");
    stays(&format!("{ARTICLE}<div id=comments>{essay}{essay}</div>"));
}

#[test]
fn what_goes_is_in_the_report_and_parts_the_text_around_it() {
    let source = format!("{ARTICLE}<div>a<div class=sharing>Share <a href='mailto:?x'>this</a></div>b</div>");
    let (names, text, removed) = shapes(&source);
    assert_eq!(names, ["shape: share links"]);
    assert_eq!(removed, ["Share this"]);
    assert!(text.contains("a  b"), "{text}");

    let source =
        page("<table><tr><td><a href=/1>One</a> <a href=/2>Two</a> <a href=/3>Three</a><td>", "</table>");
    let (_, text, removed) = shapes(&source);
    assert!(text.contains("whistled") && removed.iter().any(|text| text == "One Two Three"), "{removed:?}");
}

#[test]
fn a_heading_goes_with_its_list_and_never_alone() {
    let (_, text, _) = shapes(&format!("{ARTICLE}<h3>Related posts</h3>{LINKS}"));
    assert!(!text.contains("Related posts") && !text.contains("Mate"), "{text}");
    // Between texts of the author, it is the author's.
    let (_, text, _) = shapes(&format!("{ARTICLE}<h3>Related posts</h3>{LINKS}<p>A postscript.</p>"));
    assert!(text.contains("Related posts") && text.contains("Mate"), "{text}");
    let (names, text, _) = shapes(&format!("{ARTICLE}<h3>Related posts</h3><p>There are none.</p>{LINKS}"));
    assert!(text.contains("Related posts") && text.contains("Mate"), "{names:?} {text}");
}

#[test]
fn the_title_that_is_no_heading_goes_if_it_is_repeated() {
    let post = |html: &str| format!("---\ntitle: An odd pot\n---\n{html}{ARTICLE}");
    let (names, text, _) = shapes(&post("<p class=title>An odd pot</p>"));
    assert_eq!(names, ["shape: title"]);
    assert!(!text.contains("An odd pot"), "{text}");
    for html in ["<h1>An odd pot</h1>", "<p>An odd pot</p>", "<p class=title>An odd pots</p>"] {
        assert_eq!(shapes(&post(html)).0, [""; 0], "{html}");
    }
}

#[test]
fn without_furniture_nothing_goes_by_its_shape() {
    let source = format!("{ARTICLE}<aside class=relatedBits><h3>Related posts</h3>{LINKS}</aside>");
    let lines: Vec<_> = Rules::furniture().iter().map(ToString::to_string).collect();
    let alone = Rules::parse(&lines.join(
        "
",
    ))
    .0;
    for rules in [Rules::none(), Rules::ads(), alone.removing()] {
        let (post, report) = Parser::new().rules(rules).parse_with_report(&source).expect("a post");
        assert!(post.to_text().contains("Mate"));
        assert!(report.removals.iter().all(|removal| removal.kind != RemovalKind::Shape));
    }
    for rules in [Rules::furniture().and(Rules::ads()), Rules::ads().and(Rules::furniture()).removing()] {
        let post = Parser::new().rules(rules).parse(&source).expect("a post");
        assert!(!post.to_text().contains("Mate"));
    }
}

#[test]
fn what_the_author_cites_is_no_sidebar() {
    for class in ["quote no-group", "onebox githubblob"] {
        stays(&format!("{ARTICLE}<aside class='{class}'>{LINKS}</aside>{ARTICLE}"));
    }
    goes(&format!("{ARTICLE}<aside class=box>{LINKS}</aside>{ARTICLE}"), "sidebar");
}

#[test]
fn what_says_comments_after_a_number_may_be_a_title_without_one() {
    for (text, expected) in [
        ("comments", true),
        ("2 comments", true),
        ("12 thoughts on tea", true),
        ("3条评论", true),
        ("thoughts on tea", false),
        ("replies to my critics", false),
        ("2020", false),
        ("2020 in tea", false),
    ] {
        assert_eq!(says(text, Says::Comments), expected, "{text}");
    }
}
