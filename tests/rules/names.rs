//! Which names of elements the built-in rules are about.

use offprint::Rules;

use super::{all_rules, outline, owned, parse};

/// With the furniture rules the post from this site has these blocks; without them it has the others.
#[track_caller]
fn assert_furniture(from: &str, html: &str, on: &[&str], off: &[&str]) {
    let source = format!("---\nfrom: {from}\n---\n{html}");
    assert_eq!(outline(&parse(&source, all_rules()).0), owned(on), "with rules: {html}");
    assert_eq!(outline(&parse(&source, Rules::ads()).0), owned(off), "without rules: {html}");
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
fn texts_for_screen_readers_are_furniture() {
    for class in ["sr-only", "screen-reader-text", "visually-hidden", "u-visuallyhidden", "a11y-hidden"] {
        let html = format!("<p>a <a href=/x>b<span class='{class}'> opens elsewhere</span></a></p>");
        assert_furniture("https://a.example/", &html, &["a b"], &["a b opens elsewhere"]);
        assert_furniture("https://a.example/", &format!("<p class='not-{class}'>a"), &["a"], &["a"]);
    }
}

#[test]
fn headlines_and_lists_that_look_like_ornaments_stay() {
    let nei = "https://nei.st/medium/1";
    let lede = "fullscreen_dek_below css--lede-fullscreen-wrapper";
    for html in [
        format!("<section class='{lede}'><h1>Tea</h1></section>"),
        format!("<article><section class='{lede}'><h1>Tea</h1></section></article>"),
        format!("<article><div><section class='eOCLNB {lede}'><h1>Tea</h1></section></div></article>"),
        "<div class=stream><div class=streamItem><p>Tea</p></div></div>".to_owned(),
        "<div class=stream><div class='streamItem streamItem--heading'>Tea</div></div>".to_owned(),
    ] {
        assert_furniture(nei, &html, &["Tea"], &["Tea"]);
    }
    let ornament = format!("<article><p>Tea<section class='eOCLNB {lede}'><h1>x</h1></section></article>");
    assert_furniture(nei, &ornament, &["Tea"], &["Tea", "x"]);
    let heading =
        "<div class=entry-content><p>Tea<div class='streamItem streamItem--heading'>Related</div></div>";
    assert_furniture(nei, heading, &["Tea"], &["Tea", "Related"]);
}

#[test]
fn the_heading_over_essays_that_are_comments_is_furniture() {
    let html =
        "<div id=comments><h2 class=title>Comments</h2><article><h2 class=title>Tea</h2></article></div>";
    assert_furniture("https://www.chinafile.com/1", html, &["Tea"], &["Comments", "Tea"]);
    assert_furniture("https://a.example/1", html, &["Comments", "Tea"], &["Comments", "Tea"]);
}
