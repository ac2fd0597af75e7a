//! Sentences stay whole: what stands in the middle of them, and white space that belongs to the source and not
//! to the text. Both engines must see the same.

#[path = "support/article.rs"]
mod article;

use article::{assert_article, assert_paragraphs};
use offprint::{Engine, Parser, RemovalKind};

fn figure(src: &str) -> String {
    format!("<figure><img src=\"{src}\" alt=\"\"></figure>")
}

#[test]
fn an_image_in_the_middle_of_a_line_does_not_cut_it() {
    let [a, b] = [figure("a"), figure("b")];
    assert_article("<p>Green tea <img src=a> is served</p>", &format!("<p>Green tea is served</p>{a}"));
    assert_article("<p>Green <img src=a> tea <img src=b> is", &format!("<p>Green tea is</p>{a}{b}"));
    assert_article("<p>The cup<img src=a>board is full", &format!("<p>The cupboard is full</p>{a}"));
    assert_article("<p>A cup.<img src=a>A board", &format!("<p>A cup. A board</p>{a}"));
    assert_article("<p>海边的<img src=a>茶馆</p>", &format!("<p>海边的茶馆</p>{a}"));
    assert_article("<h2>Green <img src=a> tea</h2>", &format!("<h2>Green tea</h2>{a}"));
    assert_article("<p>Tea: <b>a <img src=a> b</b>", &format!("<p>Tea: <strong>a b</strong></p>{a}"));
    assert_article("<ul><li>Green <img src=a> tea</ul>", &format!("<ul><li><p>Green tea</p>{a}</li></ul>"));
    assert_article(
        "<blockquote>Green <img src=a> tea</blockquote>",
        &format!("<blockquote><p>Green tea</p>{a}</blockquote>"),
    );
    assert_article(
        "<figure><img src=a><figcaption>Green <img src=b> tea</figcaption></figure>",
        "<figure><img src=\"a\" alt=\"\"><img src=\"b\" alt=\"\"><figcaption>Green tea</figcaption></figure>",
    );
    assert_article(
        "<p>Green <audio src=a></audio> tea",
        "<p>Green tea</p><figure><audio controls src=\"a\"></audio></figure>",
    );
}

#[test]
fn an_image_that_floats_stands_before_the_paragraph() {
    for attribute in [
        "align=right",
        "align=LEFT",
        "style='margin: 1px; float: left'",
        "style='FLOAT:/**/inline-end !important; float: none'",
        "class='x alignleft'",
        "class=float-right",
        "class=pull-left",
    ] {
        assert_article(
            &format!("<p>The cup<img src=a {attribute}>board is full"),
            &format!("{}<p>The cupboard is full</p>", figure("a")),
        );
    }
    for attribute in ["style='float: left; float: none'", "style='float: leftmost'"] {
        assert_article(
            &format!("<p>The cup<img src=a {attribute}>board is full"),
            &format!("<p>The cupboard is full</p>{}", figure("a")),
        );
    }
    // At the end of the line it is where it stands.
    assert_article("<p>Tea<img src=a align=left>", &format!("<p>Tea</p>{}", figure("a")));
}

#[test]
fn an_image_on_a_line_of_its_own_splits_the_text() {
    let parts = format!("<p>Green tea</p>{}<p>is served</p>", figure("a"));
    for body in [
        "<p>Green tea<br><img src=a>is served",
        "<p>Green tea<img src=a><br>is served",
        "<p>Green tea<br>&nbsp;<img src=a> is served",
        "<div>Green tea<div><img src=a></div>is served",
        "<div>Green tea\n\n<img src=a>\nis served",
        "Green tea\n<img src=a>\n\nis served",
    ] {
        assert_article(body, &parts);
    }
    assert_article("<p>&nbsp;<img src=a>Tea", &format!("{}<p>Tea</p>", figure("a")));
}

#[test]
fn a_player_parts_sentences_and_does_not_cut_them() {
    let player = "<figure><iframe src=\"https://e.example/\"></iframe></figure>";
    assert_article(
        "<p>One. <iframe src=https://e.example/></iframe> Two",
        &format!("<p>One.</p>{player}<p>Two</p>"),
    );
    assert_article(
        "<p>This <iframe src=https://e.example/></iframe> is one",
        &format!("<p>This is one</p>{player}"),
    );
}

#[test]
fn a_twin_in_the_middle_of_a_line_is_the_same_image() {
    assert_article(
        "<p>Green <img src=data:image/gif,x><noscript><img src=a></noscript> tea",
        &format!("<p>Green tea</p>{}", figure("a")),
    );
    assert_article(
        "<p>Green <img src=a> x <noscript><img src=a></noscript> tea",
        &format!("<p>Green x tea</p>{}{}", figure("a"), figure("a")),
    );
}

#[test]
fn a_drop_capital_belongs_to_its_word() {
    for body in [
        "<p><span class=dropcap>G</span>reen tea",
        "<p><span class='x drop-cap'>G</span> reen tea",
        "<p>\n<span class=graf-dropCap>\nG\n</span>\nreen tea",
        "<p><span class=first-letter>G</span><br>reen tea",
        "<p><span style='FLOAT: left; font-size: 3em'>G</span>\nreen tea",
        "<p><font size=7>G</font>\nreen tea",
        "<div class=dropcap>G</div>reen tea",
        "<div class=drop_cap>\nG\n</div>\n<p>reen tea</p>",
        "<p><img class=dropcap alt=G src=g.gif>reen tea",
        "<p><img alt=G align=left src=g.gif>\nreen tea",
    ] {
        assert_paragraphs(body, &["Green tea"]);
    }
    assert_paragraphs("<p><b class=dropcap>G</b>\nreen", &["<strong>G</strong>reen"]);
    assert_paragraphs("<p><span class=dropcap>I</span>\nntel", &["Intel"]);
    assert_paragraphs("<p><span class=dropcap>T</span>\nHE TEA", &["THE TEA"]);
    assert_paragraphs("<p><span class=dropcap>茶</span> 叶", &["茶叶"]);
}

#[test]
fn a_word_of_one_letter_is_no_drop_capital() {
    assert_paragraphs("<p><span class=dropcap>A</span> cat", &["A cat"]);
    assert_paragraphs("<p><span class=dropcap>I</span>\nam", &["I am"]);
    assert_paragraphs("<p><span class=dropcap>Y</span>\nluego", &["Y luego"]);
    assert_paragraphs("<p><span class=dropcap>We</span>\nare", &["We are"]);
    assert_paragraphs("<p><span>G</span>\nreen", &["G reen"]);
    assert_paragraphs("<p class=dropcap>G\nstring", &["G string"]);
    assert_paragraphs("<div class=dropcap>G</div><p>Tea</p>", &["G", "Tea"]);
    assert_paragraphs("<div>G</div><p>grape</p>", &["G", "grape"]);
    assert_paragraphs("<div class=dropcap><div>G</div></div><p>grape</p>", &["G", "grape"]);
    assert_article("<div class=dropcap>G</div><h2>reen</h2>", "<p>G</p><h2>reen</h2>");
}

#[test]
fn a_line_break_inside_quotation_marks_that_cjk_text_holds_joins() {
    assert_paragraphs("<p>使用“\n<em>\nLeaf\n</em>\n”泡茶", &["使用“<em>Leaf</em>”泡茶"]);
    assert_paragraphs("<p>使用 “\nLeaf\n”和“\nCup\n”。", &["使用 “Leaf”和“Cup”。"]);
    assert_paragraphs("<p>使用‘\nLeaf\n’\n泡茶", &["使用‘Leaf’泡茶"]);
    assert_paragraphs("<p>使用\"\nLeaf\n\"和\"\nCup\n\"", &["使用\"Leaf\"和\"Cup\""]);
    assert_paragraphs("<p>使用(\nLeaf\n)[\nCup\n]泡茶", &["使用(Leaf)[Cup]泡茶"]);
    assert_paragraphs("<p>“\n<a>Leaf</a>\n”是茶", &["“Leaf”是茶"]);
    assert_paragraphs("<p>说“茶”\nLeaf\n“茶”", &["说“茶” Leaf “茶”"]);
    assert_paragraphs("<p>说\"茶\"\nLeaf", &["说\"茶\" Leaf"]);
    assert_paragraphs("<p>He said\n“\nleaf\n” and\n“cup”", &["He said “ leaf ” and “cup”"]);
    assert_paragraphs("<p>Er sagte „ja“\nund ging", &["Er sagte „ja“ und ging"]);
}

#[test]
fn a_word_may_begin_with_a_full_stop() {
    assert_paragraphs("<p>modern\n.NET, and waited\n...a while", &["modern .NET, and waited ...a while"]);
    assert_paragraphs(
        "<p>tea\n<b>.NET</b>\n. Cup\n, leaf\n.\nEnd",
        &["tea <strong>.NET</strong>. Cup, leaf. End"],
    );
}

#[test]
fn the_pieces_of_a_text_do_not_matter() {
    assert_paragraphs("<p>modern\n.&#78;ET", &["modern .NET"]);
    assert_paragraphs("<p><b>tea</b>\n.<i>N</i>ET", &["<strong>tea</strong> .<em>N</em>ET"]);
    assert_paragraphs("<p><ruby>modern\n.NET, as\n.NE&#84;", &["modern .NET, as .NET"]);
    for net in [".NET", ".&#78;ET"] {
        assert_paragraphs(
            &format!("<p>tea<ruby>modern<rt>a</rt>\n{net}<rt>b</rt></ruby>\n<ruby>{net}<rt>c</rt></ruby>"),
            &["tea<ruby>modern<rt>a</rt></ruby> <ruby>.NET<rt>b</rt></ruby> <ruby>.NET<rt>c</rt></ruby>"],
        );
        assert_paragraphs(
            &format!("<p>tea\n<ruby><rb>{net}</rb><rb>cup</rb><rt>a</rt><rt>b</rt></ruby>"),
            &["tea <ruby>.NET<rt>a</rt></ruby><ruby>cup<rt>b</rt></ruby>"],
        );
    }
    assert_paragraphs("<p><span class=dropcap>A</span>\nf&#116;<b>er</b> a", &["Aft<strong>er</strong> a"]);
    assert_paragraphs("<p><span class=dropcap>I</span>\n&rsquo;m here", &["I’m here"]);
    assert_paragraphs("<div class=dropcap>I</div>n the cup", &["In the cup"]);
    assert_paragraphs(
        "<p><span class=dropcap>A</span>\n<b>m&#105;d</b>-sized",
        &["A <strong>mid</strong>-sized"],
    );
    assert_paragraphs("<p><span class=dropcap>A</span>\nChinese &amp; tea", &["A Chinese &amp; tea"]);
}

#[test]
fn elements_on_lines_of_their_own_do_not_glue() {
    assert_paragraphs("<p><span>标签</span>\n<span>新闻</span>\n<time>昨天</time>", &["标签 新闻 昨天"]);
    assert_paragraphs("<p><b>标签</b>\n<i>新闻</i>", &["<strong>标签</strong> <em>新闻</em>"]);
    assert_paragraphs("<p><span>标签：</span>\n<span>新闻</span>", &["标签：新闻"]);
    // In a page whose tags stand on lines of their own, these are one sentence.
    assert_paragraphs("<p>\n<b>\n有\n</b>\n<i>\n计划\n</i>\n的", &["<strong>有</strong><em>计划</em>的"]);
    assert_paragraphs("<p><span>标签</span>\n新闻", &["标签新闻"]);
    assert_paragraphs("<p><span>a</span><span>b</span>", &["ab"]);
}

#[test]
fn the_name_of_a_file_and_its_button_do_not_glue() {
    let link = |text: &str| format!("<a href=\"https://tea.example/map.pdf\">{text}</a>");
    for class in ["", " class=wp-block-file__button"] {
        let name = "<p><a href='https://tea.example/map.pdf'>Map of Porto</a>";
        let button = format!("<a href='https://tea.example/map.pdf'{class} download>Download</a>");
        let apart = format!("{} {}", link("Map of Porto"), link("Download"));
        assert_paragraphs(&format!("{name}{button}"), &[&apart]);
    }
    // One word in two links, and a link in brackets.
    assert_paragraphs(
        "<p>(<a href='https://tea.example/map.pdf'>M</a><a href='https://tea.example/map.pdf'>ap</a>)",
        &[&format!("({})", link("Map"))],
    );
    assert_paragraphs(
        "<p>(<a href='https://tea.example/map.pdf' download>Map</a>)",
        &[&format!("({})", link("Map"))],
    );
}

#[test]
fn links_to_tags_do_not_glue() {
    let link =
        |attribute: &str, text: &str| format!("<a href='https://x.example/{text}' {attribute}>{text}</a>");
    let expected = |text: &str| format!("<a href=\"https://x.example/{text}\">{text}</a>");
    for attribute in ["rel='nofollow tag'", "class='s-tag post-tag'"] {
        let body = format!("<p>#{}{}.", link(attribute, "tea"), link(attribute, "cup"));
        assert_paragraphs(&body, &[&format!("#{} {}.", expected("tea"), expected("cup"))]);
    }
    let words = format!("<p>{}{}", link("class=x", "Donau"), link("class=x", "dampf"));
    assert_paragraphs(&words, &[&format!("{}{}", expected("Donau"), expected("dampf"))]);
}

#[test]
fn a_field_of_a_form_parts_words() {
    assert_paragraphs("<p>Name:<input>Tea:<input type=text>.", &["Name: Tea:."]);
    assert_paragraphs("<p>a<input type=HIDDEN>b", &["ab"]);
    assert_paragraphs(
        "<p>Leaves<label for=n class='margin-toggle sidenote-number'></label><input type=checkbox id=n \
         class=margin-toggle><span class=sidenote>Or buds.</span> are picked",
        &["Leaves Or buds. are picked"],
    );
    assert_paragraphs(
        "<p>Leaves<label for=n class=margin-toggle>&#8853;</label><input type=checkbox id=n \
         class=margin-toggle><span class=marginnote>Or buds.</span> are picked",
        &["Leaves ⊕ Or buds. are picked"],
    );
}

#[test]
fn what_stylesheets_take_out_of_the_line_does_not_glue() {
    for class in ["sr-only", "u-visually-hidden", "ssrcss-1f39n02-VisuallyHidden e16", "sidenote"] {
        let hidden = |text: &str| format!("<span class='{class}'>{text}</span>");
        assert_paragraphs(&format!("<p>{}2 hours ago", hidden("Published")), &["Published 2 hours ago"]);
        assert_paragraphs(&format!("<p>Tea{}is a leaf", hidden("Or a bud.")), &["Tea Or a bud. is a leaf"]);
        assert_paragraphs(
            &format!("<p>a <b>link{}</b>.", hidden(", external")),
            &["a <strong>link, external</strong>."],
        );
        assert_paragraphs(&format!("<p>({})", hidden("tea")), &["(tea)"]);
        assert_paragraphs(&format!("<p>图片{}新华社", hidden("来源")), &["图片来源新华社"]);
    }
    assert_paragraphs("<p>a<span class=tea>b</span>c<span class=md:not-sr-only>d</span>e", &["abcde"]);
    assert_paragraphs("<p><code>a<span class=timestamp>b</span>c</code>", &["<code>abc</code>"]);
    assert_paragraphs(
        "<div><a href=https://tea.example/><strong>Tea</strong><br><em class=markup--mixtapeEmbed-em>A leaf</em>\
         tea.example</a></div>",
        &["<a href=\"https://tea.example/\"><strong>Tea</strong><br><em>A leaf</em> tea.example</a>"],
    );
    assert_paragraphs(
        "<p>Tea<span class='badge badge-new'>New</span><span class=badge>Green</span>.",
        &["Tea New Green."],
    );
    assert_paragraphs("<p>10:00<span class=timestamp>10:01</span>Tea", &["10:00 10:01 Tea"]);
    assert_paragraphs(
        "<p><b>Tea</b><time>1 May</time><p>The <time>1990</time>s",
        &["<strong>Tea</strong> 1 May", "The 1990s"],
    );
    assert_paragraphs("<p>Tea<time class=post-date>1 May</time>Ann", &["Tea 1 May Ann"]);
    assert_article(
        "<h3>Old<span class=mw-editsection>[<a href=https://tea.example/>edit</a>]</span></h3>",
        "<h3>Old [<a href=\"https://tea.example/\">edit</a>]</h3>",
    );
    assert_article(
        "<div class=markdown-alert><span class=markdown-alert-title><svg></svg>Note</span>Tea is a leaf.</div>\
         <div class='markdown-alert markdown-alert-tip'><p class=markdown-alert-title><svg></svg>Tip</p><p>Or a bud.",
        "<p>Note Tea is a leaf.</p><p>Tip</p><p>Or a bud.</p>",
    );
    assert_paragraphs(
        "<p>a<strong class=sr-only>b</strong>c<b class=tea>d</b>",
        &["a <strong>b</strong> c<strong>d</strong>"],
    );
}

#[test]
fn a_note_that_stands_in_the_text_has_its_sign_once() {
    let note = |sign: &str, inside: &str| {
        format!(
            "<p>Tea<span class='ltx_note ltx_role_footnote'><sup class=ltx_note_mark>{sign}</sup>\
             <span class=ltx_note_outer><span class=ltx_note_content>{inside}</span></span></span> is a leaf."
        )
    };
    let inner = |sign: &str| format!("<sup class=ltx_note_mark>{sign}</sup>");
    let tag = |sign: &str| format!("<span class='ltx_tag ltx_tag_note'>{sign}</span>");
    for (sign, inside, expected) in [
        ("1", inner("1") + &tag("1") + "Or a bud.", "Tea<sup>1</sup> Or a bud. is a leaf."),
        (
            "1",
            inner("1") + "\n " + &tag("<sup>1</sup>") + "\n Or a bud.",
            "Tea<sup>1</sup> Or a bud. is a leaf.",
        ),
        ("1", inner("1") + "Or a bud.", "Tea<sup>1</sup> Or a bud. is a leaf."),
        (
            "†",
            inner("†") + "<span class=ltx_note_type>thanks: </span>Ann",
            "Tea<sup>†</sup> thanks: Ann is a leaf.",
        ),
        ("1", tag("2") + "Or a bud.", "Tea<sup>1</sup> 2 Or a bud. is a leaf."),
        ("1", inner("2") + "Or a bud.", "Tea<sup>1</sup> <sup>2</sup> Or a bud. is a leaf."),
        ("1", inner("<p>1</p>") + "Or", "Tea<sup>1</sup>|1|Or is a leaf."),
    ] {
        assert_paragraphs(&note(sign, &inside), &expected.split('|').collect::<Vec<_>>());
    }
    // Outside a note, it is a sign like any other.
    assert_paragraphs("<p>a1<sup class=ltx_note_mark>1</sup>b", &["a1<sup>1</sup>b"]);

    let source = format!("---\ntitle: a\n---\n{}", note("1", &(inner("1") + &tag("1") + "Or a bud.")));
    let (_, report) = Parser::new().parse_with_report(&source).unwrap();
    let removals: Vec<_> =
        report.removals.iter().map(|removal| (&*removal.element, &*removal.text)).collect();
    assert_eq!(removals, [("sup.ltx_note_mark", "1"), ("span.ltx_tag.ltx_tag_note", "1")]);
    assert!(report.removals.iter().all(|removal| removal.kind == RemovalKind::Duplicate), "{report:?}");
}

#[test]
fn labels_of_fields_do_not_glue() {
    assert_paragraphs("<div><label for=a>C</label><label for=b>C++</label></div>", &["C C++"]);
    assert_paragraphs("<p>(<label>Te</label>a)", &["(Tea)"]);
}

#[test]
fn the_one_who_says_a_quotation_is_not_its_last_word() {
    let quotation = |text: &str| format!("<blockquote><p>{text}</p></blockquote>");
    assert_article("<blockquote>»Tea.«<cite>Ann</cite></blockquote>", &quotation("»Tea.« <em>Ann</em>"));
    assert_article("<blockquote><p>茶。<cite>安</cite></blockquote>", &quotation("茶。<em>安</em>"));
    assert_article("<blockquote>In (<cite>Tea</cite>)</blockquote>", &quotation("In (<em>Tea</em>)"));
    assert_paragraphs("<p>a<cite>b</cite>", &["a<em>b</em>"]);
    // Forums say it first.
    assert_article(
        "<blockquote><div><cite>Ann wrote:</cite>Tea.</div></blockquote>",
        &quotation("<em>Ann wrote:</em> Tea."),
    );
    assert_article(
        "<blockquote><div><cite>Ann wrote: <a href='https://tea.example/'>↑</a><span class=responsive-hide>1 May 2024\
         </span></cite>Tea.</div></blockquote>",
        &quotation("<em>Ann wrote: <a href=\"https://tea.example/\">↑</a> 1 May 2024</em> Tea."),
    );
    assert_article("<blockquote><cite>Tea</cite>'s leaves</blockquote>", &quotation("<em>Tea</em>'s leaves"));
}

#[test]
fn c1_controls_are_windows_1252() {
    assert_paragraphs("<p>The cup\u{92}s \u{93}tea\u{94}\u{81}", &["The cup’s “tea”\u{81}"]);
    assert_article("<p><img src=a alt='cup\u{92}s'>", "<figure><img src=\"a\" alt=\"cup’s\"></figure>");
    let source = "---\ntitle: a\n---\n<p>\u{92}</p>\r\n<p>\u{92}</p><div class=ad></div>";
    for engine in [Engine::Auto, Engine::Reference] {
        let (post, report) = Parser::new().engine(engine).parse_with_report(source).unwrap();
        assert_eq!(post.to_text(), "’\n\n’\n");
        let position = report.removals[0].position.expect("an element of the source has a position");
        assert_eq!(position.offset, source.find("<div").unwrap());
    }
}

#[test]
fn a_no_break_space_in_code_is_a_space() {
    assert_paragraphs("<p><code>x&nbsp;=&nbsp;1</code>&nbsp;a", &["<code>x = 1</code>\u{a0}a"]);
    assert_paragraphs("<p><kbd>\u{a0}x</kbd>\u{a0}y", &["<code>x</code>\u{a0}y"]);
    assert_article("<pre>\u{a0} x&nbsp;\n</pre>", "<pre>  x \n</pre>");
}
