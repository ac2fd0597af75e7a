//! A post's HTML gives the same post, and its Markdown says the same.
//!
//! `OFFPRINT_CORPUS` names a folder of posts. Without it the same is checked on `tests/data` alone.

#[path = "support/files.rs"]
mod files;
#[path = "support/rendered.rs"]
mod rendered;

use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Block, MarkKind, Meta, Paragraph, Parser, Post, Rules};

/// The folders with posts.
fn folders() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let corpus = std::env::var_os("OFFPRINT_CORPUS");
    if corpus.is_none() {
        eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped, tests/data was read");
    }
    corpus.into_iter().map(PathBuf::from).chain([data]).collect()
}

/// Calls `check` with every post that can be read.
fn check_all(mut check: impl FnMut(&Post<'_>) -> Result<(), String>) {
    let mut failures = Failures::default();
    let mut checked = 0;
    for path in folders().iter().flat_map(|folder| files::with_extension(folder, "md")) {
        let source = files::read(&path);
        let Ok(post) = Parser::new().rules(Rules::none()).recover(true).parse(&source) else { continue };
        checked += 1;
        if let Err(message) = check(&post) {
            failures.add(&path, message);
        }
    }
    assert!(checked > 30, "posts are missing");
    failures.finish();
}

#[test]
fn the_html_of_every_post_gives_its_blocks() {
    check_all(rendered::html_is_faithful);
}

#[test]
fn the_markdown_of_every_post_says_the_same() {
    check_all(rendered::markdown_says_the_same);
}

/// What the Markdown of a body is, which says the same as its HTML.
#[track_caller]
fn assert_markdown(body: &str, expected: &str) {
    let post = Parser::new().rules(Rules::none()).parse(body).expect("a body is no error");
    assert_eq!(post.to_markdown(), expected, "{body}");
    assert_eq!(rendered::markdown_says_the_same(&post), Ok(()), "{body}");
    assert_eq!(rendered::html_is_faithful(&post), Ok(()), "{body}");
}

#[test]
fn markdown_escapes_what_would_be_markup_and_no_more() {
    assert_markdown("<p>`a`<p>`<code>b</code>`", "\\`a\\`\n\n&#96;`b`&#96;\n");
    assert_markdown("<p>5 * 2, 5*3, a_b, _c_, p<0.05", "5 * 2, 5\\*3, a_b, \\_c\\_, p<0.05\n");
    assert_markdown("<p>[1] [a](b) [^2] ![c](d) [ ] [e", "[1] \\[a](b) \\[^2] !\\[c](d) \\[ ] \\[e\n");
    assert_markdown("<p>10~20 &amp; a&amp;b &amp;amp; c\\d", "10~20 & a&b \\&amp; c\\\\d\n");
    assert_markdown(
        "<table><tr><th><p>~5 or<p>about~ now<th><p>~5<th>~7</table>",
        "| \\~5 or<br>about\\~ now | ~5 | ~7 |\n| --- | --- | --- |\n",
    );
    assert_markdown("<p>a~b~c &lt;b> &lt;a@b.de> `c`", "a\\~b\\~c \\<b> \\<a@b.de> \\`c\\`\n");
    assert_markdown(
        "<p>1. a<br>2) b<br>2.5<br>- c<br>-d<br># e<br>#f",
        "1\\. a\\\n2\\) b\\\n2.5\\\n\\- c\\\n-d\\\n\\# e\\\n#f\n",
    );
    assert_markdown("<p>> a<br>===<br>|-|-|<br>+<br>~~~", "\\> a\\\n\\===\\\n\\|-|-|\\\n\\+\\\n\\~\\~\\~\n");
    assert_markdown("<h2>a #</h2><h3># b<br>c</h3>", "## a \\#\n\n### # b<br>c\n");
}

#[test]
fn delimiters_that_touch_letters_are_delimiters() {
    // Delimiters may stand in an address.
    assert_markdown("<p>a<b>&lt;1</b>@c.de>", "a\\<**1**@c.de>\n");
    assert_markdown("<p>他说<b>“你好。”</b>就走了", "他说“**你好**。”就走了\n");
    assert_markdown("<p>他说，<b>你好</b>就走了", "他说，**你好**就走了\n");
    assert_markdown("<p>文<b>（注）</b>，再<i>“见。”</i>", "文（**注**），再“*见。*”\n");
    assert_markdown("<p><b>文｜</b>李四，<b>判断 ——</b>当时", "**文**｜李四，**判断** ——当时\n");
    assert_markdown(
        "<p>写：<b>“（书中）我说。</b>”他<b>“（书中）我说”</b>她",
        "写：**“（书中）我说。**”他“（**书中）我说**”她\n",
    );
    assert_markdown("<p>写：<b>“（书中）我说。”</b>她", "写：“**（书中）我说**。”她\n");
    assert_markdown("<p>the Century<i>. That is it", "the Century. *That is it*\n");
    // Code is one token.
    assert_markdown("<p>a <i><code>f(x)</code></i>b", "a *`f(x)`*&#98;\n");
    assert_markdown("<p>a<b>(<code>x</code>)</b>b", "a(**`x`**)b\n");
    assert_markdown("<p>a<b>(<code>“x”</code>)</b>b", "&#97;**(`“x”`)**&#98;\n");
    assert_markdown("<p>a<b>b</b><i>c</i>d", "a**b**<em>c</em>d\n");
    assert_markdown(
        "<p><b><i>a</i></b> <i>b<b>c</b></i> <b>d<i>e</i></b><i>f</i>",
        "***a*** *b<strong>c</strong>* **d<em>e</em>**<em>f</em>\n",
    );
    assert_markdown(
        "<p><s>a</s>，<code>b`c</code> x<sup>2</sup> <q>d</q>",
        "~~a~~，``b`c`` x<sup>2</sup> <q>d</q>\n",
    );
    // The letter between them cannot be a reference.
    assert_markdown("<p>a<i>b<s>]</s></i> <i><s>]</s>b</i>a", "a*b<s>]</s>* *<s>]</s>b*a\n");
    assert_markdown("<p><ruby>漢<rt>かん</rt></ruby>字", "<ruby>漢<rt>かん</rt></ruby>字\n");
}

/// What the Markdown of a paragraph is, which a parser may never make.
#[track_caller]
fn assert_text_as_markdown(text: &str, expected: &str) {
    let post = Post::new(Meta::default(), vec![Block::Paragraph(Paragraph::new(text))]);
    assert_eq!(post.to_markdown(), format!("{expected}\n"));
}

#[test]
fn each_character_is_escaped_where_it_is_markup() {
    for (text, expected) in [
        ("a__b __c", "a__b \\_\\_c"),
        (" a \n b\tc\t\nd e", "&#32;a&#32;\\\n&#32;b\tc&#9;\\\nd e"),
        ("a\u{1}b\0c\u{7f}", "a&#1;b\u{fffd}c&#127;"),
        ("a\n", "a"),
        ("5 *2* 3 * 4* 5", "5 \\*2\\* 3 * 4\\* 5"),
        ("* a\n* b", "\\* a\\\n\\* b"),
        ("a! [b]", "a! [b]"),
        ("a<b <c> 1<2 </d <!e <?f < g", "a\\<b \\<c> 1<2 \\</d \\<!e \\<?f < g"),
        ("<1@a> <1 @b", "\\<1@a> <1 @b"),
        ("a <1@b", "a \\<1@b"),
        ("[x] [X] [ ] [] [^a] [a]", "\\[x] \\[X] \\[ ] \\[] \\[^a] [a]"),
        ("a [b](c) [d][e] [f]: [g]h", "a \\[b](c) \\[d][e] \\[f]: [g]h"),
        ("[a\n[b] c\n[d]: e\n[f]", "\\[a\\\n\\[b] c\\\n\\[d]: e\\\n[f]"),
        ("&amp; &#38; &#x26; &; &a b; &a-b; &", "\\&amp; \\&#38; \\&#x26; &; &a b; &a-b; &"),
        ("###### a\n####### b\n#\n#c\n#\td", "\\###### a\\\n####### b\\\n\\#\\\n#c\\\n\\#\td"),
        (
            "1. a\n2) b\n3.c\n123456789. d\n1234567890. e\n4.",
            "1\\. a\\\n2\\) b\\\n3.c\\\n123456789\\. d\\\n1234567890. e\\\n4\\.",
        ),
        ("- a\n-b\n+ c\n+d\n-\n--\n- -\n--a", "\\- a\\\n-b\\\n\\+ c\\\n+d\\\n\\-\\\n\\--\\\n\\- -\\\n--a"),
        ("==\n= a\n|a|\n|-|\n:-:\n:a\n|", "\\==\\\n= a\\\n|a|\\\n\\|-|\\\n\\:-:\\\n:a\\\n\\|"),
        (">a\na>b", "\\>a\\\na>b"),
        ("~a", "~a"),
        ("~~~", "\\~\\~\\~"),
        ("a\\b`c", "a\\\\b\\`c"),
    ] {
        assert_text_as_markdown(text, expected);
    }
    let long = |length: usize| format!("[{}] a", "b".repeat(length));
    assert_text_as_markdown(&long(63), &long(63));
    assert_text_as_markdown(&long(64), &format!("\\{}", long(64)));
    let name = |length: usize| format!("&{};", "a".repeat(length));
    assert_text_as_markdown(&name(39), &format!("\\{}", name(39)));
    assert_text_as_markdown(&name(40), &name(40));
}

#[test]
fn letters_beside_delimiters_may_be_references() {
    assert_markdown("<p>xa<b>!</b>by", "x&#97;**!**&#98;y\n");
    assert_markdown("<p>a!<a href=u>b</a>! c<a href=u>d</a>!", "a\\![b](u)! c[d](u)!\n");
    assert_markdown(
        "<p><a href='a(b|c' title='d\"e\\f&amp;amp;'>g</a><a href='i&lt;j&amp;amp;'>k</a>",
        "[g](<a(b&#124;c> \"d\\\"e\\\\f\\&amp;\")[k](<i\\<j\\&amp;>)\n",
    );
}

#[test]
fn links_and_images_in_markdown() {
    assert_markdown(
        "<p><a href='/a_(b) c' title='\"t\"'>l [1]</a>",
        "[l \\[1\\]](</a_(b) c> \"\\\"t\\\"\")\n",
    );
    assert_markdown("<p><a href=https://a.example/>https://a.example/</a>", "<https://a.example/>\n");
    assert_markdown("<p>a<b><a href=u>b</a></b>c<a href='javascript:x'>d</a>", "a[**b**](u)cd\n");
    assert_markdown(
        "<figure><a href=/l><img src=/a.jpg alt='A [cup]' title=T></a><img src=/b><figcaption>C<br>- d",
        "[![A \\[cup\\]](/a.jpg \"T\")](/l)\\\n![](/b)\\\nC\\\n\\- d\n",
    );
    assert_markdown(
        "<iframe src=//v.example/e></iframe><video src=v></video>",
        "<iframe src=\"//v.example/e\"></iframe>\n\n<video controls src=\"v\"></video>\n",
    );
}

#[test]
fn lists_quotations_and_code_in_markdown() {
    assert_markdown(
        "<ul><li>a<ol start=3><li>b<li><p>c<p>d</ol><li><blockquote>e</blockquote></ul><ul><li>f</ul><ol><li>g</ol>",
        "- a\n\n  3. b\n  4. c\n\n     d\n- > e\n\n+ f\n\n1. g\n",
    );
    assert_markdown("<ul><li>a<ul><li>b</ul><li><hr></ul>", "- a\n  - b\n- * * *\n");
    assert_markdown("<dl><dt>a<dd>b<dd>c</dl>", "- a\n\n  b\n\n  c\n");
    assert_markdown(
        "<pre><code class=language-rust>fn a() {\n  `b`;\n}\n</code></pre><pre>```\nx</pre>",
        "```rust\nfn a() {\n  `b`;\n}\n```\n\n````\n```\nx\n````\n",
    );
    assert_markdown("<pre>a <a href=u>b</a>\n\nc</pre>", "<pre>a <a href=\"u\">b</a>\n\nc</pre>\n");
}

/// What the Markdown of a body is, which gives the same blocks when it is read again.
#[track_caller]
fn assert_read_again(body: &str, expected: &str) {
    let parser = Parser::new().rules(Rules::none());
    let post = parser.parse(body).expect("a body is no error");
    let markdown = post.to_markdown();
    assert_eq!(markdown, expected, "{body}");
    let parser = parser.body_format(offprint::BodyFormat::Markdown);
    assert_eq!(parser.parse(&markdown).expect("a body is no error").blocks, post.blocks, "{body}");
}

#[test]
fn headings_end_in_no_attributes() {
    assert_read_again("<h3>Svelte: {#if}</h3>", "### Svelte: \\{#if}\n");
    assert_read_again("<h2>C# attributes {.NET}</h2>", "## C# attributes \\{.NET}\n");
    assert_read_again("<h2>a {b .c}</h2><h2>\\{#d}</h2>", "## a \\{b .c}\n\n## \\\\\\{#d}\n");
    assert_read_again("<h2>a {{#b}}</h2><h2>a {#} {b}</h2>", "## a {{#b}}\n\n## a {#} {b}\n");
    assert_read_again("<h2>{: .a}</h2><h2>{#<b>b}</b></h2>", "## \\{: .a}\n\n## {#**b}**\n");
    assert_read_again("<h2>a <code>{</code> .b}</h2>", "## a `{` .b\\}\n");
    assert_read_again("<h2>a <code>{ .b</code> c}</h2>", "## a `{ .b` c\\}\n");
    assert_read_again("<h2>{<code>a</code>} {<b>b</b>}</h2>", "## {`a`} {**b**\\}\n");
    assert_read_again("<h2>{<a href=/a>b</a>}</h2>", "## {[b](/a)\\}\n");
}

#[test]
fn dollar_signs_are_no_formulas() {
    assert_read_again("<p>Use $foo*bar$ here", "Use \\$foo\\*bar\\$ here\n");
    assert_read_again(
        "<p>a <small>x</small>: $_ and <small>$</small>",
        "a <small>x</small>: \\$\\_ and <small>\\$</small>\n",
    );
    assert_read_again("<p>$*$, $[$", "\\$\\*\\$, \\$\\[\\$\n");
    assert_read_again("<p>$<s>~$</s>", "\\$~~\\~\\$~~\n");
    assert_read_again("<p><b>a $5*</b> and <a href=/b_c>6$</a>", "**a \\$5\\*** and [6\\$](/b_c)\n");
    assert_read_again("<p>$5 or <b>$6</b>, <a href=/b_c>d</a>", "$5 or **$6**, [d](/b_c)\n");
    assert_read_again(
        "<p><code>b</code><span class='math inline'>\\(x\\)</span><code>c</code>",
        "`b`<span class=\"math inline\">\\\\(x\\\\)</span>`c`\n",
    );
    assert_read_again("<p><b><span class='math inline'>\\(x\\)</span></b><code>c</code>", "**$x$**`c`\n");
    assert_read_again(
        "<table><tr><th>var<th>cur<tr><td>$a_b<td>US$</table>",
        "| var | cur |\n| --- | --- |\n| \\$a_b | US\\$ |\n",
    );
    assert_read_again(
        "<table><tr><th>a<th>b<tr><td>$<br>$<td>c<tr><td>$5<td>6$</table>",
        "| a | b |\n| --- | --- |\n| \\$<br>\\$ | c |\n| $5 | 6$ |\n",
    );
    assert_read_again(
        "<p>A <span class='math inline'>\\(5\\$x\\)</span> costs 5$",
        "A <span class=\"math inline\">\\\\(5\\\\\\$x\\\\)</span> costs 5\\$\n",
    );
}

#[test]
fn tasks_are_what_their_items_begin_with() {
    let task = |blocks: &str| format!("<ul><li><input type=checkbox checked>{blocks}<li>z</ul>");
    assert_read_again(&task("<ul><li>b<li>c</ul>"), "- [x]\n  - b\n  - c\n- z\n");
    assert_read_again(&task("<ol start=2><li>b</ol>d"), "- [x]\n  2. b\n\n  d\n- z\n");
    assert_read_again(&task("<h3>T</h3><p>b"), "- [x]\n  ### T\n\n  b\n- z\n");
    assert_read_again(&task("<blockquote>b</blockquote>"), "- [x]\n  > b\n- z\n");
    assert_read_again(&task("<pre><code>b\n</code></pre>"), "- [x]\n  ```\n  b\n  ```\n- z\n");
    assert_read_again(&task("<hr>"), "- [x]\n  * * *\n- z\n");
    assert_read_again(
        &task("<table><tr><td>b<td><ul><li>c</ul></table>"),
        "- [x]\n  <table><tbody><tr><td>b</td><td><ul><li>c</li></ul></td></tr></tbody></table>\n- z\n",
    );
    assert_read_again(
        &task("<table><tr><th>b<th>c<tr><td>d<td>e</table>"),
        "- [x]\n  | b | c |\n  | --- | --- |\n  | d | e |\n- z\n",
    );
    assert_read_again(&task("b"), "- [x] b\n- z\n");
}

#[test]
fn an_empty_last_item_in_a_quotation_ends_no_outer_item() {
    assert_read_again(
        "<ul><li><blockquote><ol><li>a<p>b</p><li></ol></blockquote>after</ul>",
        "- > 1. a\n  >\n  >    b\n  > 2. &#32;\n\n  after\n",
    );
    assert_read_again(
        "<blockquote><ol><li>a<p>b</p><li></ol></blockquote>after",
        "> 1. a\n>\n>    b\n> 2.\n\nafter\n",
    );
}

#[test]
fn tables_in_markdown() {
    assert_markdown(
        "<table><caption>T</caption><tr><th>a|b<th>c<tr><td>d<br>e<td><p>f<p><code>g|h</code></table>",
        "T\n\n| a&#124;b | c |\n| --- | --- |\n| d<br>e | f<br><code>g&#124;h</code> |\n",
    );
    assert_markdown(
        "<table><tr><td colspan=2>a<tr><td rowspan=2>b<td>c<tr><td>d</table>",
        "|  |  |\n| --- | --- |\n| a |  |\n| b | c |\n|  | d |\n",
    );
    assert_markdown(
        "<table><tr><td><ul><li>a</ul><td>b</table>",
        "<table><tbody><tr><td><ul><li>a</li></ul></td><td>b</td></tr></tbody></table>\n",
    );
}

#[test]
fn headings_in_cells_are_kept() {
    assert_read_again(
        "<table><tr><td><h1>Spring</h1><p>Dear reader.</p></td></tr><tr><td>x</td></tr></table>",
        "<table><tbody><tr><td><h1>Spring</h1><p>Dear reader.</p></td></tr>\
         <tr><td>x</td></tr></tbody></table>\n",
    );
}

#[test]
fn nothing_that_runs_is_written() {
    let post = Post::parse(
        "<p onclick=x()>a<a href='java\nscript:x' onclick=x()>b</a><a href='file:///c'>c</a><script>d</script>\
         <img src='x' onerror=x() alt='\"><script>'><img src=javascript:x><img src='data:text/html,x'>\
         <iframe src='data:text/html,x' srcdoc=x></iframe><iframe src=' JavaScript:x'></iframe>\
         <video src='blob:x'><source src='vbscript:x'></video><svg onload=x()><style>e</style></svg>",
    )
    .unwrap();
    assert_eq!(
        post.to_html(),
        "<p>abc</p>\n<figure>\n<img src=\"x\" alt=\"&quot;&gt;&lt;script&gt;\">\n</figure>\n"
    );
    assert_eq!(post.to_markdown(), "abc\n\n![\">\\<script>](x)\n");

    // What no parser makes.
    let post: Post<'_> = serde_json::from_str(
        r#"{"blocks": [
            {"type": "heading", "level": 6, "text": "a #"},
            {"type": "paragraph", "text": " b\n\n c  \n", "marks": [
                {"start": 2, "end": 1, "type": "strong"}, {"start": 0, "end": 4, "type": "emphasis"},
                {"start": 1, "end": 6, "type": "link", "href": "java\nscript:x"},
                {"start": 2, "end": 90, "type": "code"}]},
            {"type": "figure", "media": [
                {"type": "image", "src": "\u0001javascript:x"}, {"type": "embed", "src": "data:text/html,x"},
                {"type": "image", "src": "d", "link": "vbscript:x", "sources": [{"url": "javascript:x"}]}]},
            {"type": "preformatted", "text": "\r```", "language": "a\"b", "is_code": true}]}"#,
    )
    .unwrap();
    for text in [post.to_html(), post.to_markdown()] {
        assert!(!text.contains("script:") && !text.contains("data:"), "{text}");
    }
    assert!(!post.to_text().is_empty());
}

#[test]
fn a_hundred_thousand_marks_and_levels_are_written() {
    use offprint::{BlockQuote, Direction, Mark, Text, ThematicBreak};

    let deep = (0..100_000).fold(Block::ThematicBreak(ThematicBreak::new()), |inner, _| {
        Block::BlockQuote(BlockQuote::new(vec![inner]))
    });
    let mut post = Post::new(Meta::default(), vec![deep]);
    assert_eq!(post.to_html().matches("<blockquote>").count(), 100_000);
    // Where lines would be indented by more than 40 columns, HTML goes on.
    let markdown = post.to_markdown();
    assert!(markdown.starts_with(&("> ".repeat(21) + "<blockquote>")));
    assert_eq!(21 + markdown.matches("<blockquote>").count(), 100_000);
    assert_eq!(post.to_text().matches('>').count(), 100_000);
    // Dropping a block is recursive.
    let mut blocks = std::mem::take(&mut post.blocks);
    while let Some(Block::BlockQuote(inner)) = blocks.pop() {
        blocks = inner.blocks;
    }

    let mark = |start, kind| Mark::new(start..200_000, kind);
    let marks =
        (0..100_000).map(|at| mark(at, if at % 2 == 0 { MarkKind::Strong } else { MarkKind::Emphasis }));
    let text = Text::new("a".repeat(200_000), marks.collect());
    let post = Post::new(Meta::default(), vec![Block::Paragraph(Paragraph::new(text))]);
    assert!(post.to_html().len() < 300_000 && post.to_markdown().len() < 300_000);

    let directions = [Direction::LeftToRight, Direction::RightToLeft];
    let marks = (0..100_000).map(|at| mark(at, MarkKind::bidi(directions[at % 2])));
    let text = Text::new("a".repeat(200_000), marks.collect());
    let post = Post::new(Meta::default(), vec![Block::Paragraph(Paragraph::new(text))]);
    assert!(post.to_html().len() < 300_000 && post.to_html().matches("<span").count() > 1);
}

#[test]
fn marks_that_marked_white_space_joins_are_one() {
    #[track_caller]
    fn assert_ends(html: &str, text: &str, expected: &[(usize, usize)]) {
        let post = Post::parse(html).expect("a post");
        let found = post.paragraphs().next().expect("a paragraph");
        assert_eq!(found.text, text);
        let emphasis = found.marks.iter().filter(|mark| !matches!(mark.kind, MarkKind::Link { .. }));
        let ends: Vec<_> = emphasis.map(|mark| (mark.start, mark.end)).collect();
        assert_eq!(ends, expected);
        let again = post.to_html();
        assert_eq!(Post::parse(&again).expect("a post").blocks, post.blocks, "{again}");
    }
    assert_ends("<p><b>Tea</b><b> </b><b>pot</b> <b>lid</b></p>", "Tea pot lid", &[(0, 7), (8, 11)]);
    assert_ends("<p><i>Tea</i><i>&nbsp;</i><i>pot</i>", "Tea\u{a0}pot", &[(0, 8)]);
    assert_ends("<p><i>Tea</i><i>&nbsp;</i>pot", "Tea\u{a0}pot", &[(0, 3)]);
    assert_ends("<p><a href=u>x<i>y</a>&nbsp;<br><a href=u>z</i>w", "xy\u{a0}\nzw", &[(1, 6)]);
}

#[test]
fn directions_turn_inside_one_another() {
    for body in [
        "<p dir=rtl><span dir=ltr>a <span dir=rtl>w</span></span> b",
        "<p><span dir=rtl><span dir=ltr>w</span></span>",
        "<p>a <span dir=rtl>x <span dir=ltr>w <span dir=rtl>v</span> u</span> y</span>",
    ] {
        let post = Post::parse(body).expect("a body is no error");
        assert_eq!(rendered::html_is_faithful(&post), Ok(()), "{body}");
        assert_eq!(rendered::markdown_says_the_same(&post), Ok(()), "{body}");
    }
    let markdown = "a <span dir=\"rtl\">b <span dir=\"ltr\">c</span></span>\n";
    assert_read_again(&format!("<p>{markdown}"), markdown);
}

#[test]
fn the_language_of_code_is_one_word_of_a_class_to_html() {
    let post = Post::parse("<pre><code class=\"language-a\u{a0}b c\">x</code></pre>").expect("a post");
    let html = post.to_html();
    assert_eq!(html, "<pre><code class=\"language-a\u{a0}b\">x</code></pre>\n");
    assert_eq!(Post::parse(&html).expect("a post").blocks, post.blocks);
}
