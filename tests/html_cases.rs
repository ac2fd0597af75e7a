//! Odd HTML, and the article that a reader sees in it, written as clean HTML. Both engines must see it.

#[path = "support/article.rs"]
mod article;

use article::{assert_article, assert_paragraphs};

#[test]
fn inline_content_in_one_container_splits_in_order() {
    assert_paragraphs("<div>text</div>", &["text"]);
    assert_article(
        "<div>a <b>b</b><p>c</p>d<i>e</i><div>f</div>g<ul><li>h</ul>i</div>",
        "<p>a <strong>b</strong></p><p>c</p><p>d<em>e</em></p><p>f</p><p>g</p><ul><li>h</li></ul><p>i</p>",
    );
}

#[test]
fn breaks() {
    assert_paragraphs("<p>a<br>b</p>", &["a<br>b"]);
    assert_paragraphs("<p>a<br><br>b<br/> <br>\n<br>c</p>", &["a", "b", "c"]);
    assert_paragraphs("<p>a<br>&nbsp;<br>b<br>\u{3000}<br>c</p>", &["a", "b", "c"]);
    assert_paragraphs("<p><br>a<br></p><br><p><br><br></p>", &["a"]);
    // In what stays one text, a line without anything to see is dropped.
    assert_paragraphs("<p>a<span style=display:block>&nbsp;</span>b", &["a<br>b"]);
    assert_paragraphs(
        "<figcaption>a <b>b</b><br><i>&nbsp;</i><br>&nbsp;<br>c <u>d</u>",
        &["a <strong>b</strong><br>c <u>d</u>"],
    );
    assert_article("<h2>a<br>&nbsp;<br>b<br>&nbsp;</h2>", "<h2>a<br>b</h2>");
    assert_paragraphs("<b>a<br></b><br>b", &["<strong>a</strong>", "b"]);
    assert_article(
        "<h2>a<br>b</h2><ul><li>a<br><br>b</ul>",
        "<h2>a<br>b</h2><ul><li>\n<p>a</p><p>b</p></li></ul>",
    );
}

#[test]
fn paragraphs_inside_one_another() {
    assert_paragraphs("<p>a<p>b", &["a", "b"]);
    assert_paragraphs("<p>a<div>b</div>c</p>d", &["a", "b", "c", "d"]);
    assert_paragraphs("<span>a<div>b</div>c</span>", &["a", "b", "c"]);
    assert_article(
        "<a href=u>a<p>b</p>c</a>",
        "<p><a href=\"u\">a</a></p><p><a href=\"u\">b</a></p><p><a href=\"u\">c</a></p>",
    );
    assert_paragraphs("a</p>b", &["a", "b"]);
    assert_paragraphs("a</br>b", &["a<br>b"]);
    assert_paragraphs("<div><p>a <b>b", &["a <strong>b</strong>"]);
    assert_paragraphs("<div>a<span", &["a"]);
    assert_paragraphs("<div>a<!-- b", &["a"]);
}

/// Links and other formatting end where browsers end them.
#[test]
fn misnested_formatting() {
    assert_paragraphs("<p><b>a</p>b</b>c", &["<strong>a</strong>", "<strong>b</strong>c"]);
    assert_paragraphs("<p>a<i>b<p>c</i>d", &["a<em>b</em>", "<em>c</em>d"]);
    assert_paragraphs("<u>a<s>b</u>c</s>d", &["<u>a<s>b</s></u><s>c</s>d"]);
    assert_paragraphs("<a href=u>a<a href=v>b</a>c", &["<a href=\"u\">a</a><a href=\"v\">b</a>c"]);
    assert_paragraphs("<a href=u>a<div>b</a>c</div>d", &["<a href=\"u\">a</a>", "<a href=\"u\">b</a>c", "d"]);
    assert_article(
        "<p><a href=u>a<div>b<h2>c<a href=v>d</a>e</h2></div>f",
        "<p><a href=\"u\">a</a></p><p><a href=\"u\">b</a></p>\
         <h2><a href=\"u\">c</a><a href=\"v\">d</a>e</h2><p>f</p>",
    );
}

/// An end tag counts where nothing has been written since its element was closed.
#[test]
fn formatting_that_ends_before_it_opens_again() {
    assert_paragraphs("<p><b>a</p></b>c", &["<strong>a</strong>", "c"]);
    assert_paragraphs("<p><b><i>a</p></b>c", &["<strong><em>a</em></strong>", "<em>c</em>"]);
    assert_article(
        "<p><a href=u>a</p><img src=b>",
        "<p><a href=\"u\">a</a></p><figure><a href=\"u\"><img src=\"b\" alt=\"\"></a></figure>",
    );
}

#[test]
fn formatting_of_a_cell_stays_in_it() {
    assert_article(
        "<table><tr><td>a<td><p><b>b</p></table>c",
        "<table><tbody><tr><td>a</td><td><strong>b</strong></td></tr></tbody></table><p>c</p>",
    );
}

/// Of more than three alike, browsers forget the outermost, so that its end tag is nothing.
#[test]
fn the_fourth_element_alike_is_not_taken_apart() {
    assert_paragraphs("<u><u><u><u><div>a</u></u></u></u>b</div>c", &["<u>ab</u>", "<u>c</u>"]);
}

#[test]
fn what_is_not_a_tag_and_elements_that_nobody_knows() {
    assert_paragraphs("<p>a<everytime>b</everytime>c</p>", &["abc"]);
    assert_paragraphs("<p>a <https://x> b</p>", &["a b"]);
    assert_paragraphs("<p>a<ahref=x>b</p>", &["ab"]);
    assert_paragraphs("<p>p<0.05 and q<1</p>", &["p&lt;0.05 and q&lt;1"]);
    assert_paragraphs("<p><摩登時代>很好</p>", &["&lt;摩登時代&gt;很好"]);
    assert_paragraphs("<p>a</>b<!x>c<?x>d</x>e</p>", &["abcde"]);
    assert_article("<img src=a alt='x > y'>", "<figure><img src=\"a\" alt=\"x &gt; y\"></figure>");
    assert_paragraphs("<div \"=\"\" class=x>a</div>", &["a"]);
}

#[test]
fn references_are_decoded_once() {
    assert_paragraphs("<p>&amp;nbsp; &amp;lt;b&amp;gt;</p>", &["&amp;nbsp; &amp;lt;b&amp;gt;"]);
    assert_paragraphs("<p>&copy 2020 &notit; &ampx</p>", &["© 2020 ¬it; &amp;x"]);
    assert_article(
        "<p><a href='?a=1&times=2&amp;b&copy;'>a</a></p>",
        "<p><a href=\"?a=1&amp;times=2&amp;b©\">a</a></p>",
    );
    assert_paragraphs(
        "<p>a&#0;b&#x80;c&#xD800;d&#38;e&#x110000;</p>",
        &["a\u{fffd}b€c\u{fffd}d&amp;e\u{fffd}"],
    );
}

#[test]
fn figures() {
    assert_article("<figure><img src=a></figure>", "<figure><img src=\"a\" alt=\"\"></figure>");
    assert_article(
        "<figure><figcaption>C</figcaption><img src=a></figure>",
        "<figure><img src=\"a\" alt=\"\"><figcaption>C</figcaption></figure>",
    );
    assert_article(
        "<figure><div><img src=a></div><p><img src=b></p><figcaption><p>C</p><p>D</p></figcaption></figure>",
        "<figure><img src=\"a\" alt=\"\"><img src=\"b\" alt=\"\"><figcaption>C<br>D</figcaption></figure>",
    );
    assert_article(
        "<figure><figure><img src=a><figcaption>C</figcaption></figure><figure><img src=b></figure></figure>",
        "<figure><img src=\"a\" alt=\"\"><figcaption>C</figcaption></figure>\
         <figure><img src=\"b\" alt=\"\"></figure>",
    );
    assert_article(
        "<figure><table><tr><td>a<td>b</table><figcaption>C</figcaption></figure>",
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table><figure><figcaption>C</figcaption></figure>",
    );
    assert_article(
        "<figure><video src=v></video><figcaption>C</figcaption></figure>",
        "<figure><video controls src=\"v\"></video><figcaption>C</figcaption></figure>",
    );
    assert_article(
        "<figure><blockquote>a</blockquote><figcaption>C</figcaption></figure>",
        "<blockquote><p>a</p></blockquote><figure><figcaption>C</figcaption></figure>",
    );
    assert_article(
        "<figureicture>a</figureicture><img src=b>",
        "<p>a</p><figure><img src=\"b\" alt=\"\"></figure>",
    );
}

#[test]
fn pictures_and_candidates() {
    assert_article(
        "<picture><source type=image/webp media='(min-width: 9px)' srcset='a.webp 1x, b.webp 2x'>\
         <source srcset=c.png><img src=d.jpg srcset='d.jpg, e.jpg 640w'></picture>",
        "<figure><picture><source srcset=\"a.webp 1x, b.webp 2x\" type=\"image/webp\" media=\"(min-width: 9px)\">\
         <img src=\"d.jpg\" srcset=\"c.png, d.jpg, e.jpg 640w\" alt=\"\"></picture></figure>",
    );
    assert_article(
        "<img src=a srcset='https://x.example/w_1,h_2/b 2x, data:image/gif;base64,AA 1w, c 3y, , d 1.5x'>",
        "<figure><img src=\"a\" srcset=\"https://x.example/w_1,h_2/b 2x, d 1.5x\" alt=\"\"></figure>",
    );
    assert_article(
        "<img src=data:image/gif;base64,AA data-srcset='a 1x, b 2x'>",
        "<figure><img src=\"b\" srcset=\"a 1x, b 2x\" alt=\"\"></figure>",
    );
    assert_article("<picture><source srcset=a></picture>", "<figure><img src=\"a\" alt=\"\"></figure>");
}

#[test]
fn lists_and_tables() {
    assert_article(
        "<ol start=3><li><p>a<li>b<ul><li>c</ul></ol><ul>d<li>e</ul>",
        "<ol start=\"3\"><li>a</li><li>b<ul><li>c</li></ul></li></ol><ul><li>d</li><li>e</li></ul>",
    );
    assert_article(
        "<dl><dt>a<dd>b<dd>c<dt>d<dt>e<dd><p>f</p><p>g</p></dl>",
        "<dl><dt>a</dt><dd>\n<p>b</p><p>c</p></dd><dt>d</dt><dt>e</dt><dd>\n<p>f</p><p>g</p></dd></dl>",
    );
    assert_article(
        "<table><tr><th>a<th>b<tr><td colspan=2>c<tr><td rowspan=2>d<td><ul><li>e</ul><caption>T</caption></table>",
        "<table><caption>T</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\
         <tr><td colspan=\"2\">c</td></tr>\
         <tr><td rowspan=\"2\">d</td><td>\n<ul><li>e</li></ul></td></tr></tbody></table>",
    );
    assert_article(
        "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
        "<table><tbody><tr><td>a</td><td>\n<table><tbody><tr><td>b</td><td>c</td></tr></tbody></table>\
         </td></tr></tbody></table>",
    );
}

#[test]
fn the_texts_of_a_drawing_are_lines() {
    assert_paragraphs("<svg><text x=1 y=1>One</text><text x=1 y=5>Two</text></svg>", &["One<br>Two"]);
    assert_paragraphs(
        "<svg><text><tspan x=0 dy=0>One</tspan><tspan x=0 dy=1em>Two</tspan><tspan fill=red>!</tspan></text></svg>",
        &["One<br>Two!"],
    );
    assert_paragraphs("<p>One<text>Two</text></p>", &["OneTwo"]);
}

#[test]
fn lines_of_code_in_a_text_keep_their_indents() {
    let code = |text: &str| format!("<code>{text}</code>");
    for (body, text) in [
        ("git<br>&nbsp;&nbsp;add&nbsp;-p", "git<br>\u{a0}\u{a0}add -p"),
        ("git<br>\n&nbsp; &nbsp;add", "git<br>\u{a0}\u{a0}\u{a0}add"),
        ("git<br>\u{a0} \u{a0}add", "git<br>\u{a0}\u{a0}\u{a0}add"),
        ("git<br>&nbsp;<br>add", "git</code></p><p><code>add"),
        ("&nbsp;git&nbsp;<br>add", "git<br>add"),
    ] {
        assert_paragraphs(&format!("<p><code>{body}</code></p>"), &[&code(text)]);
    }
}

#[test]
fn preformatted_text() {
    assert_article("<pre>\na\n  b</pre>", "<pre>a\n  b</pre>");
    assert_article("<pre>\n\na</pre>", "<pre>\n\na</pre>");
    assert_article(
        "<pre><code class=language-rust>fn a() {}\n</code></pre>",
        "<pre><code class=\"language-rust\">fn a() {}\n</code></pre>",
    );
    assert_article("a<xmp><b>b</b></xmp>", "<p>a</p><pre>&lt;b&gt;b&lt;/b&gt;</pre>");
    assert_article("a<plaintext><b>b", "<p>a</p><pre>&lt;b&gt;b</pre>");
    assert_paragraphs("a<textarea><b>b</b></textarea>c", &["a&lt;b&gt;b&lt;/b&gt;c"]);
}

#[test]
fn players_and_embedded_pages() {
    assert_article(
        "<iframe src=//v.example/e width=560 height=315 title=T>No <b>frame</b></iframe><iframe src=''></iframe>",
        "<figure><iframe src=\"//v.example/e\" title=\"T\" width=\"560\" height=\"315\"></iframe></figure>",
    );
    assert_article(
        "<video poster=p controls><source src=a type=video/mp4><source src=b>No video</video>",
        "<figure><video controls poster=\"p\"><source src=\"a\" type=\"video/mp4\"><source src=\"b\"></video></figure>",
    );
    assert_article(
        "<div class=player><audio><source src=a type=audio/mpeg></audio><div><span>0:00</span></div></div>",
        "<figure><audio controls><source src=\"a\" type=\"audio/mpeg\"></audio></figure><p>0:00</p>",
    );
}

#[test]
fn links() {
    assert_paragraphs("<p><a href='javascript:a()'>a</a><a href=' '>b</a><a>c</a></p>", &["abc"]);
    assert_article(
        "<a href=u><h2>a</h2><img src=b></a>",
        "<h2><a href=\"u\">a</a></h2><figure><a href=\"u\"><img src=\"b\" alt=\"\"></a></figure>",
    );
    assert_paragraphs(
        "<p><a href=u>a</a><a href=u>b</a> <b>c</b><strong>d</strong><a href=v>e</a></p>",
        &["<a href=\"u\">ab</a> <strong>cd</strong><a href=\"v\">e</a>"],
    );
    assert_paragraphs("<p>a<b> b </b>c<i> </i>d</p>", &["a <strong>b</strong> c d"]);
}

/// A base with its reading, as HTML.
fn ruby(base: &str, reading: &str) -> String {
    format!("<ruby>{base}<rt>{reading}</rt></ruby>")
}

#[test]
fn readings_are_marks_over_their_bases() {
    assert_paragraphs("<p><ruby>漢字<rt>かんじ</rt></ruby>を", &[&(ruby("漢字", "かんじ") + "を")]);
    let two = ruby("漢", "かん") + &ruby("字", "じ");
    assert_paragraphs("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", &[&two]);
    assert_paragraphs("<ruby>漢<rp>(</rp><rt>かん<rp>)</rp>字<rp>(<rt>じ<rp>)</ruby>", &[&two]);
    assert_paragraphs("<ruby><rb>漢<rb>字<rt>かん<rt>じ</ruby>", &[&two]);
    assert_paragraphs("<ruby><rb>漢<rb>字<rtc><rt>かん<rt>じ</ruby>", &[&two]);
    assert_paragraphs("<ruby><rb>漢</rb><rt>かん</rt><rb>字</rb><rt>じ</rt></ruby>", &[&two]);
    assert_paragraphs("<p>a<rp>(</rp><rt>b</rt><rp>)</rp></p>", &["ab"]);
    // White space before it, which is not part of the base.
    for space in [" ", "\n"] {
        for base in [".NET", "漢"] {
            let gap = if space == "\n" && base == "漢" { "" } else { " " };
            let (ruby, body) = (ruby(base, "r"), |inner: &str| format!("<p>茶{space}{inner}"));
            let strong = format!("<strong>{ruby}</strong>");
            assert_paragraphs(&body(&strong), &[&format!("茶{gap}{strong}")]);
            let inner = ruby.replace(base, &format!("<em>{base}</em>"));
            assert_paragraphs(&body(&inner), &[&format!("茶{gap}{inner}")]);
        }
    }
    // Marks that touch stay two, and white space between them is that of the text.
    let alike = ruby("人", "ひと");
    assert_paragraphs("<ruby>人<rt>ひと</ruby><ruby>人<rt>ひと</ruby>", &[&(alike.clone() + &alike)]);
    assert_paragraphs("<ruby> 人 <rt>ひと</rt> 人 <rt>ひと</rt> </ruby> a", &[&format!("{alike} {alike} a")]);
    assert_article(
        "<img src=a><div class=caption><ruby>人<rt>ひと</ruby></div>",
        &format!("<figure><img src=\"a\" alt=\"\"><figcaption>{alike}</figcaption></figure>"),
    );
}

#[test]
fn readings_of_one_base_join() {
    assert_paragraphs("<ruby>人<rt>ひと</rt><rt>じん</rt></ruby>", &[&ruby("人", "ひと じん")]);
    assert_paragraphs("<ruby>人<rt>ひと</rt><rtc>person</rtc></ruby>", &[&ruby("人", "ひと person")]);
    assert_paragraphs("<ruby>人<rtc>a<rt>b</rt>c</rtc></ruby>", &[&ruby("人", "a b c")]);
    assert_paragraphs("<ruby><rb>東<rb>京<rt>とうきょう</ruby>", &[&ruby("東京", "とうきょう")]);
    assert_paragraphs(
        "<ruby><rb>東<rb>京<rt>とう<rt>きょう<rtc>Tokyo</ruby>",
        &[&ruby("東京", "とう きょう Tokyo")],
    );
    // Marks of one kind do not overlap.
    assert_paragraphs(
        "<ruby><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby><rt>kanji</rt></ruby>",
        &[&ruby("漢字", "かん じ kanji")],
    );
    assert_paragraphs(
        "<ruby>A<rt>a</rt><ruby>B<rt>b</rt></ruby><rt>c</rt></ruby>",
        &[&(ruby("A", "a") + &ruby("B", "b c"))],
    );
    assert_paragraphs("<ruby>人<rt></rt><rt>ひと</rt></ruby>", &[&ruby("人", "ひと")]);
}

/// What is copied out of Google Docs stands in one bold element, which is not bold.
#[test]
fn a_style_may_take_back_what_a_name_says() {
    assert_paragraphs(
        "<b style='font-weight:normal;' id=docs-internal-guid-1><p><span style='font-weight:400'>a</span> <b>b</b>\
         </p><p>c</p></b>",
        &["a <strong>b</strong>", "c"],
    );
    assert_paragraphs("a <strong style='font-weight:400'>b</strong>", &["a b"]);
    assert_paragraphs(
        "a <i style='font-style:normal'>b</i> <cite style='font-style:normal'>c</cite>",
        &["a b c"],
    );
    assert_paragraphs("<a href=u><u style='text-decoration:none'>b</u></a>", &["<a href=\"u\">b</a>"]);
    assert_paragraphs("a <b style='color:red'>b</b>", &["a <strong>b</strong>"]);
    assert_paragraphs("a <em style='font-style:normal;font-weight:bold'>b</em>", &["a <em>b</em>"]);
}

#[test]
fn emoji_are_text() {
    for attributes in [
        "src=https://abs.twimg.com/emoji/v2/72x72/1f44d.png",
        "src=https://static.example/images/emoji.php/v9/t4c/1/16/1f44d.png",
        "src=/wp/images/core/emoji/1f44d.svg",
        "class='x icon_emotion_single' src=a.gif",
        "class=smilies src=a.gif",
        "class='smilie smilie--sprite' src=data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
        "class=emojione src=a.svg",
        "class=custom-emoji src=a.png",
        "width=20 src=a.png",
        "width=32px src=a.png",
    ] {
        assert_paragraphs(&format!("<p>ok <img {attributes} alt=👍> go"), &["ok 👍 go"]);
    }
    assert_paragraphs(
        "<p>看<span><img alt='[doge]' src='https://h5.sinaimg.cn/m/emoticon/icon/doge.png'></span>了",
        &["看[doge]了"],
    );
    assert_paragraphs("ok <img src=a.png width=20 alt=👨‍👩‍👧>", &["ok 👨‍👩‍👧"]);
    // The width and the alternative text stand at two twins. What is written is read again as the same.
    let twins = "<img src=/spacer.gif data-src=/b.jpg width=20><noscript><img src=/b.jpg alt=👍></noscript>";
    let post = offprint::Post::parse(twins).expect("a body is no error");
    let again = post.to_html();
    assert_eq!(post.images().count(), 1);
    assert_eq!(offprint::Post::parse(&again).expect("a body is no error").blocks, post.blocks);
    // A picture of an emoji, and an icon.
    for image in
        ["<img src=a.png width=600 alt=👍>", "<img src=a.png alt=👍>", "<img src=a.png width=20 alt=茶>"]
    {
        let post = offprint::Post::parse(image).expect("a body is no error");
        assert_eq!(post.images().count(), 1, "{image}");
    }
}

#[test]
fn a_reading_is_a_plain_text() {
    assert_paragraphs("<ruby>人<rt> ひ <b> と</b>\n</rt></ruby>", &[&ruby("人", "ひ と")]);
    assert_paragraphs("<ruby>人<rt>ひ<b>と</b></rt></ruby>", &[&ruby("人", "ひと")]);
    assert_paragraphs("<ruby>人<rt>a<br>b &amp; c</rt></ruby>", &[&ruby("人", "a b &amp; c")]);
    assert_paragraphs("<ruby>人<rt>&nbsp;<img class=emoji alt=😀 src=e></rt></ruby>", &[&ruby("人", "😀")]);
    assert_paragraphs("<ruby>人<rt>a<ruby>b<rt>c</rt></ruby></rt></ruby>d", &[&(ruby("人", "ab c") + "d")]);
    assert_paragraphs(
        "<b><ruby>人<rt>ひ</b>と</rt></ruby>",
        &[&format!("<strong>{}</strong>と", ruby("人", "ひ"))],
    );
    assert_paragraphs(
        "<a href=u><ruby>人<rt>ひと</ruby></a>",
        &[&format!("<a href=\"u\">{}</a>", ruby("人", "ひと"))],
    );
}

#[test]
fn a_base_does_not_cross_a_link() {
    assert_paragraphs(
        "<ruby>a<a href=u>b<rt>c</rt>d</a></ruby>",
        &[&format!("a<a href=\"u\">{}d</a>", ruby("b", "c"))],
    );
    assert_paragraphs("<ruby>a<a href=u>b</a>c<rt>d</rt></ruby>", &[&ruby("a<a href=\"u\">b</a>c", "d")]);
    assert_paragraphs(
        "<ruby>a<a href=u><rt>d</rt>e</a></ruby>",
        &[&(ruby("a", "d") + "<a href=\"u\">e</a>")],
    );
}

#[test]
fn readings_without_a_base_are_text() {
    assert_paragraphs("<p>a<rt>b</rt></p>", &["ab"]);
    assert_paragraphs("<p>a<ruby><rt>b</rt></ruby>", &["ab"]);
    assert_paragraphs("<p>a<ruby>&nbsp;<rt>b</rt></ruby>", &["a\u{a0}b"]);
    assert_paragraphs("<ruby>a<p>b</p><rt>c</rt></ruby>", &["a", "b", "c"]);
    assert_paragraphs("<ruby>a<div>b<rt>c</rt></div></ruby>", &["a", &ruby("b", "c")]);
    assert_paragraphs(
        "<ruby>a<rt>b<p>c</p>d</rt>e<rt>f</rt></ruby>",
        &[&ruby("a", "b"), "c", &("d".to_owned() + &ruby("e", "f"))],
    );
    assert_paragraphs("<p><ruby>a<rt>b</p><p>c</p>", &[&ruby("a", "b"), "c"]);
}

#[test]
fn links_media_and_blocks_in_a_reading_come_after_it() {
    assert_paragraphs(
        "<p><ruby>人<rt>ひと<sup><a href=u>1</a></sup></rt></ruby>a",
        &[&(ruby("人", "ひと") + "<sup><a href=\"u\">1</a></sup>a")],
    );
    assert_paragraphs(
        "<p><ruby>人<rt><a href=u>b</a></rt>a<rt>c</rt></ruby>",
        &[&("人<a href=\"u\">b</a>".to_owned() + &ruby("a", "c"))],
    );
    let figure = |medium: &str| format!("<p>{}a</p><figure>{medium}</figure>", ruby("人", "ひと"));
    assert_article("<p><ruby>人<rt>ひ<img src=b>と</rt></ruby>a", &figure("<img src=\"b\" alt=\"\">"));
    assert_article(
        "<p><ruby>人<rt>ひ<video src=b>No video</video>と</rt></ruby>a",
        &figure("<video controls src=\"b\"></video>"),
    );
    assert_paragraphs(
        "<ruby>人<rt>ひと<script>b</script><div>c</div>d</rt></ruby>a",
        &[&ruby("人", "ひと"), "c", "da"],
    );
    assert_article(
        "<ruby>人<rt>ひと<ul><li>b</ul></rt></ruby>",
        &format!("<p>{}</p><ul><li>b</li></ul>", ruby("人", "ひと")),
    );
}

#[test]
fn scripts_of_the_world() {
    assert_paragraphs("<p>これは\nペンです。\nはい</p>", &["これはペンです。はい"]);
    assert_paragraphs("<p>이것은\n펜입니다.</p>", &["이것은 펜입니다."]);
    assert_paragraphs("<p>ภาษา\nไทย</p>", &["ภาษา ไทย"]);
    assert_paragraphs("<p>مرحبا\nبالعالم</p>", &["مرحبا بالعالم"]);
    assert_paragraphs("<p>👩\u{200d}👩\u{200d}👧\n家</p>", &["👩\u{200d}👩\u{200d}👧 家"]);
    assert_paragraphs("<p>㊙\u{fe0f}\n密</p>", &["㊙\u{fe0f}密"]);
}
