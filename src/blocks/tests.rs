//! Small bodies and the blocks that they come to, written as the JSON that is the interface.

use serde_json::{Value, json};

use super::BlockBuilder;
use crate::engine::Engine;
use crate::html::drive;
use crate::limits::Limits;
use crate::post::Block;
use crate::recorder::Recorder;

fn blocks(html: &str) -> Vec<Block<'_>> {
    let mut builder = BlockBuilder::new(Some("https://example.org/a/b.html"), html.len());
    drive(html, Engine::Reference, &Limits::default(), &mut builder).unwrap();
    builder.finish(&mut Recorder::off())
}

#[track_caller]
fn assert_blocks(html: &str, expected: &Value) {
    assert_eq!(serde_json::to_value(blocks(html)).unwrap(), *expected, "{html}");
}

/// The body comes to paragraphs with these texts.
#[track_caller]
fn assert_paragraphs(html: &str, texts: &[&str]) {
    let expected: Vec<Value> = texts.iter().map(|text| json!({"type": "paragraph", "text": text})).collect();
    assert_blocks(html, &Value::Array(expected));
}

/// The body comes to one paragraph, with these marks.
#[track_caller]
fn assert_marks(html: &str, text: &str, marks: &Value) {
    assert_blocks(html, &json!([{"type": "paragraph", "text": text, "marks": marks}]));
}

#[test]
fn containers_leave_no_trace_but_boundaries() {
    assert_paragraphs("<div>text</div>", &["text"]);
    assert_paragraphs(
        "<div>a<div>b</div>c<span>d</span><section><p>e</section>f</div>",
        &["a", "b", "cd", "e", "f"],
    );
    assert_paragraphs("", &[]);
    assert_paragraphs("<div> \n&nbsp;&#8203;</div>", &[]);
}

#[test]
fn white_space_collapses_and_edges_are_trimmed() {
    assert_paragraphs("<p> \n a  b\tc \n </p>", &["a b c"]);
    assert_paragraphs("<p>a<b> b </b> c</p>".replace("b>", "span>").as_str(), &["a b c"]);
    assert_paragraphs(
        "<p>&nbsp;\u{3000}a&nbsp;&nbsp;b\u{3000}c\u{200b}\u{feff}</p>",
        &["a\u{a0}\u{a0}b\u{3000}c"],
    );
    assert_paragraphs("<p>a<!-- -->b</p>", &["ab"]);
}

#[test]
fn line_breaks_between_cjk_characters_join() {
    assert_paragraphs("<p>海边的\n   茶馆，\n在港口。</p>", &["海边的茶馆，在港口。"]);
    assert_paragraphs("<p>海边 的</p>", &["海边 的"]);
    assert_paragraphs("<p>海边\nTea\n馆</p>", &["海边 Tea 馆"]);
    assert_paragraphs("<p>他说：\n“早。”\n她笑</p>", &["他说：“早。”她笑"]);
    assert_paragraphs("<p>he said\n“hello”</p>", &["he said “hello”"]);
    assert_paragraphs("<p>바다\n항구</p>", &["바다 항구"]);
    assert_paragraphs("<p>ｶﾅ\nカナ\nㄅ</p>", &["ｶﾅカナㄅ"]);
    assert_paragraphs("<p>他说：\nTea，\n好《\nTea\n》。</p>", &["他说：Tea，好《Tea》。"]);
    assert_paragraphs("<p>바다\n「항구」</p>", &["바다 「항구」"]);
    assert_paragraphs(
        "<p>Tea (\n<span>green</span>\n)\n, cake\n.\nAnd ( so ) on\n!</p>",
        &["Tea (green), cake. And ( so ) on !"],
    );
    assert_paragraphs("<p>葛\u{e0100}\n城</p>", &["葛\u{e0100}城"]);
    assert_paragraphs("<p>ทะเล\nท่าเรือ</p>", &["ทะเล ท่าเรือ"]);
    assert_paragraphs("<p>海<span>\n</span>边</p>", &["海边"]);
}

#[test]
fn breaks_end_lines_and_two_end_a_paragraph() {
    assert_paragraphs("a<br>b", &["a\nb"]);
    assert_paragraphs("a <br> b", &["a\nb"]);
    assert_paragraphs("a<br><br>b", &["a", "b"]);
    assert_paragraphs("a<br> \n <br/>b<br>", &["a", "b"]);
    assert_paragraphs("a<br>&nbsp;<br>b", &["a", "b"]);
    assert_paragraphs("<br>a<br>", &["a"]);
    assert_paragraphs("a</br>b", &["a\nb"]);
}

#[test]
fn blank_lines_count_outside_of_elements_only() {
    assert_paragraphs("a\n\nb\nc\n \n d", &["a", "b c", "d"]);
    assert_paragraphs("<div>a\n\nb</div>", &["a b"]);
    assert_paragraphs("a\n<b></b>\nb", &["a", "b"]);
}

#[test]
fn marks_are_ranges_of_bytes() {
    assert_marks(
        "<p>茶<b>green <i>tea</i></b></p>",
        "茶green tea",
        &json!([{"start": 3, "end": 12, "type": "strong"}, {"start": 9, "end": 12, "type": "emphasis"}]),
    );
    assert_marks("<p>a <b> b </b> c</p>", "a b c", &json!([{"start": 2, "end": 3, "type": "strong"}]));
    assert_marks(
        "<p><b>a</b><strong>b</strong></p>",
        "ab",
        &json!([{"start": 0, "end": 2, "type": "strong"}]),
    );
    assert_marks(
        "<p><b><i>a</i></b></p>",
        "a",
        &json!([{"start": 0, "end": 1, "type": "strong"}, {"start": 0, "end": 1, "type": "emphasis"}]),
    );
    assert_paragraphs("<p>a<b> </b>b<i></i></p>", &["a b"]);
}

#[test]
fn marks_go_on_in_the_next_paragraph() {
    assert_blocks(
        "<b>a<br><br>b</b>",
        &json!([
            {"type": "paragraph", "text": "a", "marks": [{"start": 0, "end": 1, "type": "strong"}]},
            {"type": "paragraph", "text": "b", "marks": [{"start": 0, "end": 1, "type": "strong"}]},
        ]),
    );
}

#[test]
fn links_are_resolved_and_those_that_lead_nowhere_are_left_out() {
    assert_marks(
        "<p><a href=' ../c?d#e ' title=T>a</a></p>",
        "a",
        &json!([{"start": 0, "end": 1, "type": "link", "href": "https://example.org/c?d#e", "title": "T"}]),
    );
    assert_marks(
        "<p><a href='//x.example/é 茶'>a</a></p>",
        "a",
        &json!([{"start": 0, "end": 1, "type": "link", "href": "https://x.example/é 茶"}]),
    );
    assert_paragraphs("<p><a href=''>a</a><a href='JavaScript:x()'>b</a><a name=c>c</a></p>", &["abc"]);
}

#[test]
fn a_link_around_blocks_is_in_each_of_them() {
    let link = json!([{"start": 0, "end": 1, "type": "link", "href": "https://u.example"}]);
    assert_blocks(
        "<a href=https://u.example><h2>a</h2><p>b</p></a>",
        &json!([
            {"type": "heading", "level": 2, "text": "a", "marks": link},
            {"type": "paragraph", "text": "b", "marks": link},
        ]),
    );
}

#[test]
fn headings_split_at_breaks_of_blocks_only() {
    assert_blocks(
        "<h1>a<br><br>b</h1><h6>c<div>d</div></h6>e",
        &json!([
            {"type": "heading", "level": 1, "text": "a\nb"},
            {"type": "heading", "level": 6, "text": "c"},
            {"type": "heading", "level": 6, "text": "d"},
            {"type": "paragraph", "text": "e"},
        ]),
    );
}

#[test]
fn lists_nest_and_keep_stray_content() {
    let text = |text: &str| json!({"type": "paragraph", "text": text});
    assert_blocks(
        "<ul>a<li>b<ol start=-3><li><p>c</p><p>d</p></ol><li></ul>",
        &json!([{"type": "list", "kind": "unordered", "items": [
            {"blocks": [text("a")]},
            {"blocks": [text("b"), {"type": "list", "kind": "ordered", "start": -3, "items": [
                {"blocks": [text("c"), text("d")]},
            ]}]},
        ]}]),
    );
    assert_blocks(
        "<ul><li>a<ul><li>b</ul><ul><li>c</ul></ul><ul><li></ul>",
        &json!([{"type": "list", "kind": "unordered", "items": [{"blocks": [
            text("a"),
            {"type": "list", "kind": "unordered", "items": [{"blocks": [text("b")]}]},
            {"type": "list", "kind": "unordered", "items": [{"blocks": [text("c")]}]},
        ]}]}]),
    );
    assert_blocks(
        "<li>a<li>b",
        &json!([{"type": "list", "kind": "unordered", "items": [
            {"blocks": [text("a")]}, {"blocks": [text("b")]},
        ]}]),
    );
}

#[test]
fn description_lists_group_terms_with_their_descriptions() {
    let text = |text: &str| json!({"type": "paragraph", "text": text});
    assert_blocks(
        "<dl><dd>a<div><dt>b<p>c<dt>d</div><dd>e<dd>f</dl>",
        &json!([{"type": "list", "kind": "description", "items": [
            {"blocks": [text(""), text("a")]},
            {"blocks": [text("b\nc")]},
            {"blocks": [text("d"), text("e"), text("f")]},
        ]}]),
    );
}

#[test]
fn quotations_and_breaks() {
    assert_blocks(
        "<blockquote>a<blockquote><p>b</blockquote></blockquote><hr><blockquote> </blockquote>",
        &json!([
            {"type": "block_quote", "blocks": [
                {"type": "paragraph", "text": "a"},
                {"type": "block_quote", "blocks": [{"type": "paragraph", "text": "b"}]},
            ]},
            {"type": "thematic_break"},
        ]),
    );
}

#[test]
fn tables_keep_their_cells() {
    let cell = |text: &str| json!({"header": false, "blocks": [{"type": "paragraph", "text": text}]});
    assert_blocks(
        "<table><caption>T<p>U</caption><thead><tr><th colspan=2 rowspan=0>a<tbody><tr><td>b<td><ul><li>c</ul></table>",
        &json!([{"type": "table", "caption": {"text": "T\nU"}, "rows": [
            [{"header": true, "colspan": 2, "rowspan": 0, "blocks": [{"type": "paragraph", "text": "a"}]}],
            [cell("b"), {"header": false, "blocks": [
                {"type": "list", "kind": "unordered", "items": [{"blocks": [{"type": "paragraph", "text": "c"}]}]},
            ]}],
        ]}]),
    );
    assert_blocks("<table><tr><td> <td></table>", &json!([]));
    assert_paragraphs("<table><tr><td>a<p>b</table>", &["a", "b"]);
}

#[test]
fn a_table_that_lays_out_an_image_and_its_caption_is_a_figure() {
    assert_blocks(
        "<table><tbody><tr><td><img src=a.jpg></td></tr><tr><td><span><b>C</b></span></td></tr></tbody></table>",
        &json!([{"type": "figure", "media": [{"type": "image", "src": "https://example.org/a/a.jpg"}],
            "caption": {"text": "C", "marks": [{"start": 0, "end": 1, "type": "strong"}]}}]),
    );
}

#[test]
fn preformatted_text_keeps_its_white_space() {
    assert_blocks(
        "<pre>\n a\n\n  b<br>c </pre>",
        &json!([{"type": "preformatted", "text": " a\n\n  b\nc ", "is_code": false}]),
    );
    assert_blocks(
        "<pre class=lang-x><code class='hl language-rust'>let a;\n</code></pre><pre> </pre>",
        &json!([{"type": "preformatted", "text": "let a;\n", "language": "x", "is_code": true}]),
    );
    assert_blocks(
        "<pre>a<div>b</div><img src=c.jpg>d</pre>e  f",
        &json!([
            {"type": "preformatted", "text": "a\nb\n", "is_code": false},
            {"type": "figure", "media": [{"type": "image", "src": "https://example.org/a/c.jpg"}]},
            {"type": "preformatted", "text": "d", "is_code": false},
            {"type": "paragraph", "text": "e f"},
        ]),
    );
    assert_blocks("<xmp><b></xmp>", &json!([{"type": "preformatted", "text": "<b>", "is_code": false}]));
}

#[test]
fn text_that_browsers_do_not_show_is_left_out() {
    assert_paragraphs(
        "a<script>b</script><style>c</style><template>d</template><title>e</title><noembed>f</noembed>\
         <canvas>g</canvas><svg><title>h</title><desc>i</desc><text>j</text></svg>k",
        &["ajk"],
    );
}

#[test]
fn an_image_at_the_end_of_a_line_splits_the_paragraph_and_keeps_the_link_around_it() {
    assert_blocks(
        "<p>a<a href=https://u.example>b<img src=c.jpg alt=' C ' width=640 height=50%></a><br>d</p>",
        &json!([
            {"type": "paragraph", "text": "ab",
                "marks": [{"start": 1, "end": 2, "type": "link", "href": "https://u.example"}]},
            {"type": "figure", "media": [{"type": "image", "src": "https://example.org/a/c.jpg", "alt": "C",
                "width": 640, "link": "https://u.example"}]},
            {"type": "paragraph", "text": "d"},
        ]),
    );
}

#[test]
fn emoji_images_are_text() {
    assert_paragraphs("a<img class='x emoji' alt=😀 src=e.png>b", &["a😀b"]);
}

#[test]
fn every_text_in_a_figure_is_kept_in_order() {
    let image = |src: &str| json!({"type": "image", "src": format!("https://example.org/a/{src}")});
    assert_blocks(
        "<figure><img src=a><img src=b><figcaption>C<p>D（路透社）</figcaption></figure>",
        &json!([{"type": "figure", "media": [image("a"), image("b")],
            "caption": {"text": "C\nD（路透社）"}, "credit": "路透社"}]),
    );
    assert_blocks(
        "<figure><figcaption>C</figcaption><img src=a></figure>",
        &json!([{"type": "figure", "media": [image("a")], "caption": {"text": "C"}}]),
    );
    assert_blocks(
        "<figure><img src=a><figcaption> &nbsp;</figcaption></figure>",
        &json!([{"type": "figure", "media": [image("a")]}]),
    );
    assert_blocks(
        "<figure><figure><img src=a></figure><figure><img src=b></figure><figcaption>C</figcaption></figure>",
        &json!([{"type": "figure", "media": [image("a"), image("b")], "caption": {"text": "C"}}]),
    );
    assert_blocks(
        "<figure><img src=a><blockquote>q</blockquote><figcaption>C</figcaption></figure>",
        &json!([
            {"type": "figure", "media": [image("a")]},
            {"type": "block_quote", "blocks": [{"type": "paragraph", "text": "q"}]},
            {"type": "figure", "media": [], "caption": {"text": "C"}},
        ]),
    );
}

#[test]
fn a_caption_alone_belongs_to_the_image_just_before() {
    let image = json!({"type": "image", "src": "https://example.org/a/a"});
    assert_blocks(
        "<div><img src=a></div><div><figure><figcaption>C</figcaption></figure></div>",
        &json!([{"type": "figure", "media": [image], "caption": {"text": "C"}}]),
    );
    assert_blocks(
        "<img src=a>b<figure><figcaption>C</figcaption></figure>",
        &json!([
            {"type": "figure", "media": [image]},
            {"type": "paragraph", "text": "b"},
            {"type": "figure", "media": [], "caption": {"text": "C"}},
        ]),
    );
}

#[test]
fn the_real_image_is_not_the_placeholder() {
    let media = |html: &str| serde_json::to_value(blocks(html)).unwrap()[0]["media"].clone();
    for html in [
        "<img src=data:image/gif;base64,R0 data-src=r.jpg>",
        "<img src='' data-original=r.jpg>",
        "<img data-lazy-src=r.jpg srcset='data:image/gif;base64,R0 1w'>",
        "<img srcset=r.jpg>",
    ] {
        assert_eq!(media(html), json!([{"type": "image", "src": "https://example.org/a/r.jpg"}]), "{html}");
    }
    assert_eq!(blocks("<img src=' '><img alt=a><img src=data:image/png,x>"), []);
}

#[test]
fn candidates_of_a_srcset() {
    let sources = |html: &str| serde_json::to_value(blocks(html)).unwrap()[0]["media"][0]["sources"].clone();
    assert_eq!(
        sources("<img src=a srcset='https://x.example/a,b.jpg 640w, c.jpg 1.5x,d.jpg , e.jpg 1q, f.jpg,'>"),
        json!([
            {"url": "https://x.example/a,b.jpg", "descriptor": {"width": 640}},
            {"url": "https://example.org/a/c.jpg", "descriptor": {"density": 1.5}},
            {"url": "https://example.org/a/d.jpg"},
            {"url": "https://example.org/a/f.jpg"},
        ])
    );
    assert_eq!(
        sources(
            "<img src=a srcset='b (1,2) 2x, c 2x 9w, d 0w, e +5w, f +1x, g 9w 4h, h 4h, i -1x, j .5x, k 1é'>"
        ),
        json!([
            {"url": "https://example.org/a/g", "descriptor": {"width": 9}},
            {"url": "https://example.org/a/j", "descriptor": {"density": 0.5}},
        ])
    );
    assert_eq!(
        sources(
            "<picture><source srcset=a.webp type=image/webp media='(min-width: 1px)'><img src=a></picture>"
        ),
        json!([{"url": "https://example.org/a/a.webp", "media_type": "image/webp", "media_query": "(min-width: 1px)"}])
    );
}

#[test]
fn a_height_in_a_srcset_stands_once_and_beside_a_width() {
    let html = "<img src=a srcset='b 4h 2x, c 9w 4h 4h, d 4h 9w'>";
    assert_eq!(
        serde_json::to_value(blocks(html)).unwrap()[0]["media"][0]["sources"],
        json!([{"url": "https://example.org/a/d", "descriptor": {"width": 9}}])
    );
}

#[test]
fn a_picture_shows_one_image() {
    let image = |src: &str| json!({"type": "image", "src": format!("https://example.org/a/{src}")});
    assert_blocks(
        "<picture><img src=a><source srcset=b></picture>",
        &json!([{"type": "figure", "media": [image("a")]}]),
    );
    assert_paragraphs("<picture><source srcset=b><img class=emoji alt=😀 src=c></picture>", &["😀"]);
}

#[test]
fn an_embed_counts_in_an_object_only() {
    assert_blocks(
        "<object></object><video src=v.mp4><embed src=e.swf></video>",
        &json!([{"type": "figure", "media": [{"type": "video", "src": "https://example.org/a/v.mp4"}]}]),
    );
}

#[test]
fn a_noscript_twin_is_the_same_image() {
    let expected = json!([{"type": "figure", "media": [
        {"type": "image", "src": "https://example.org/a/r.jpg", "alt": "A"},
    ]}]);
    for html in [
        "<img src=r.jpg><noscript><img src=r.jpg alt=A></noscript>",
        "<img src=data:image/gif,x> <noscript><img src=r.jpg alt=A></noscript>",
        "<noscript><img src=r.jpg alt=A></noscript><img src=data:image/gif,x data-src=r.jpg>",
    ] {
        assert_blocks(html, &expected);
    }
    let count = |html: &str| blocks(html).len();
    assert_eq!(count("<img src=a><noscript><img src=b></noscript><img src=c>"), 3);
    assert_eq!(count("<img src=a>text<noscript><img src=a></noscript>"), 3);
}

#[test]
fn films_sounds_and_embeds() {
    assert_blocks(
        "<video poster=p.jpg width=10><source src=a.mp4 type=video/mp4><source src=b.webm>No video</video>\
         <audio src=c.mp3>No audio</audio><iframe src=//v.example/e title=T width=560px>No frame</iframe>\
         <iframe></iframe><object data=d.swf>No object</object><object><embed src=e.swf></object><video></video>",
        &json!([
            {"type": "figure", "media": [{"type": "video", "src": "https://example.org/a/a.mp4",
                "poster": "https://example.org/a/p.jpg", "width": 10, "sources": [
                    {"url": "https://example.org/a/a.mp4", "media_type": "video/mp4"},
                    {"url": "https://example.org/a/b.webm"}]}]},
            {"type": "figure", "media": [{"type": "audio", "src": "https://example.org/a/c.mp3"}]},
            {"type": "figure", "media": [
                {"type": "embed", "src": "https://v.example/e", "title": "T", "width": 560}]},
            {"type": "figure", "media": [{"type": "embed", "src": "https://example.org/a/d.swf"}]},
            {"type": "figure", "media": [{"type": "embed", "src": "https://example.org/a/e.swf"}]},
        ]),
    );
}

#[test]
fn a_caption_before_something_else_is_not_that_of_the_image_before() {
    let image = json!({"type": "figure", "media": [{"type": "image", "src": "https://example.org/a/a"}]});
    let caption = json!({"type": "figure", "media": [], "caption": {"text": "C"}});
    assert_blocks(
        "<img src=a><figure><figcaption>C</figcaption><pre>p</pre></figure>",
        &json!([image, caption, {"type": "preformatted", "text": "p", "is_code": false}]),
    );
    let captioned = json!([{"type": "figure", "media": [{"type": "image", "src": "https://example.org/a/a"}],
        "caption": {"text": "C"}}]);
    assert_blocks(
        "<img src=a><table><tr><td><figure><figcaption>C</figcaption></figure></table>",
        &captioned,
    );
}

#[test]
fn a_class_makes_an_element_the_caption_of_the_image_before() {
    let image = json!({"type": "image", "src": "https://example.org/a/a"});
    assert_blocks(
        "<div><a><img src=a></a></div> <div><div class='x photo-credit'>(A. Leaf)</div></div>\
         <div class=photo-caption><p>C <b>D</b></p><p>E</p></div><p>F</p><p class=caption>G</p>",
        &json!([
            {"type": "figure", "media": [image], "credit": "A. Leaf", "caption": {"text": "(A. Leaf)\nC D\nE",
                "marks": [{"start": 12, "end": 13, "type": "strong"}]}},
            {"type": "paragraph", "text": "F"},
            {"type": "paragraph", "text": "G"},
        ]),
    );
    assert_blocks(
        "<img src=a><p class=caption>C<img src=a></p><p class=caption> </p>D",
        &json!([
            {"type": "figure", "media": [image]},
            {"type": "figure", "media": [image], "caption": {"text": "C"}},
            {"type": "paragraph", "text": "D"},
        ]),
    );
}
