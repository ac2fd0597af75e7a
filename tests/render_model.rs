//! All that the model holds is written, also what no parser makes yet.

#[path = "support/rendered.rs"]
#[allow(dead_code, reason = "the tests of the renderers use more of it")]
mod rendered;

use std::io;

use offprint::{
    Block, Cell, Direction, Figure, Heading, HeadingLevel, Image, Item, List, ListKind, Mark, MarkKind,
    Media, Meta, Numbering, Paragraph, Post, Preformatted, Table, Text,
};

fn post(blocks: Vec<Block<'_>>) -> Post<'_> {
    Post::new(Meta::default(), blocks)
}

fn paragraph(text: &str) -> Block<'_> {
    Block::Paragraph(Paragraph::new(text))
}

/// A paragraph with marks.
fn marked<'a>(text: &'a str, marks: &[(usize, usize, MarkKind<'a>)]) -> Post<'a> {
    let marks = marks.iter().map(|(start, end, kind)| Mark::new(*start..*end, kind.clone())).collect();
    post(vec![Block::Paragraph(Paragraph::new(Text::new(text, marks)))])
}

/// What a post is as HTML, Markdown and text.
#[track_caller]
fn assert_written(post: &Post<'_>, html: &str, markdown: &str, text: &str) {
    assert_eq!(post.to_html(), html);
    assert_eq!(post.to_markdown(), markdown);
    assert_eq!(post.to_text(), text);
}

#[test]
fn readings_stand_after_their_base() {
    let reading = MarkKind::ruby("かん<*じ*>");
    assert_written(
        &marked("漢字。", &[(0, 6, reading.clone())]),
        "<p><ruby>漢字<rt>かん&lt;*じ*&gt;</rt></ruby>。</p>\n",
        "<ruby>漢字<rt>かん<\\*じ\\*></rt></ruby>。\n",
        "漢字(かん<*じ*>)。\n",
    );
    assert_eq!(marked("漢字。", &[(0, 6, reading)]).text().readings(false).to_string(), "漢字。\n");
    // Markup in a reading is text.
    let link = marked("a", &[(0, 1, MarkKind::ruby("[b](javascript:c)"))]);
    assert_eq!(rendered::shown(&link.to_markdown()), "<p><ruby>a<rt>[b](javascript:c)</rt></ruby></p>\n");
    // In a code block there would be no reading.
    let code = Preformatted::new(Text::new("a\nb", vec![Mark::new(0..1, MarkKind::ruby("r"))]));
    assert_written(
        &post(vec![Block::Preformatted(code)]),
        "<pre><ruby>a<rt>r</rt></ruby>\nb</pre>\n",
        "<pre><ruby>a<rt>r</rt></ruby>\nb</pre>\n",
        "a(r)\nb\n",
    );
}

#[test]
fn formulas_are_tex() {
    assert_written(
        &marked("Let x_1 < 2, y.", &[(4, 7, MarkKind::math(false)), (13, 14, MarkKind::math(true))]),
        "<p>Let <span class=\"math inline\">\\(x_1\\)</span> &lt; 2, \
         <span class=\"math display\">\\[y\\]</span>.</p>\n",
        "Let $x_1$ < 2, <span class=\"math display\">\\\\\\[y\\\\]</span>.\n",
        "Let x_1 < 2, y.\n",
    );
    // Beside a formula, a dollar sign is not one of a formula.
    assert_eq!(marked("$5 x", &[(3, 4, MarkKind::math(false))]).to_markdown(), "\\$5 $x$\n");
    // What some readers would not take for a formula, or take for more.
    for (text, expected) in [
        ("a|x<y|", "a<span class=\"math inline\">\\\\(x\\<y\\\\)</span>"),
        ("a|x|", "a<span class=\"math inline\">\\\\(x\\\\)</span>"),
        ("|x|1", "<span class=\"math inline\">\\\\(x\\\\)</span>1"),
        (" |x$y|", "<span class=\"math inline\">\\\\(x$y\\\\)</span>"),
        (" |x`y|", "<span class=\"math inline\">\\\\(x\\`y\\\\)</span>"),
        (" | x|", "<span class=\"math inline\">\\\\( x\\\\)</span>"),
        (" |x |", "<span class=\"math inline\">\\\\(x \\\\)</span>"),
        (" |x\\|", "<span class=\"math inline\">\\\\(x\\\\\\\\)</span>"),
        (" |[x](y)|", "<span class=\"math inline\">\\\\(\\[x](y)\\\\)</span>"),
        (" |[x][y]|", "<span class=\"math inline\">\\\\(\\[x]\\[y]\\\\)</span>"),
        (" |[x]:y|", "<span class=\"math inline\">\\\\(\\[x]:y\\\\)</span>"),
        (" |x\ny|", "<span class=\"math inline\">\\\\(x\ny\\\\)</span>"),
        ("(|[x]|)", "($[x]$)"),
        ("，|x|。", "，$x$。"),
    ] {
        let parts: Vec<_> = text.split('|').collect();
        let all = parts.concat();
        let start = parts[0].len();
        let mark = Mark::new(start..start + parts[1].len(), MarkKind::math(false));
        let post = post(vec![Block::Paragraph(Paragraph::new(Text::new(all.as_str(), vec![mark])))]);
        let markdown = post.to_markdown();
        assert_eq!(markdown.trim_start_matches("&#32;"), format!("{expected}\n"), "{text}");
        assert!(post.markdown().dollar_math(false).to_string().contains("<span"), "{text}");
    }
    // TeX has no marks.
    let strong = marked("xy", &[(0, 2, MarkKind::math(false)), (0, 1, MarkKind::Strong)]);
    assert_eq!(strong.to_markdown(), "$xy$\n");
}

#[test]
fn a_formula_is_one_token_to_the_marks_around_it() {
    let math = || MarkKind::math(false);
    for (text, marks, dollars, elements) in [
        (
            "a f(x)b",
            vec![(2, 6, MarkKind::Emphasis), (2, 6, math())],
            "a *$f(x)$*&#98;",
            "a *<span class=\"math inline\">\\\\(f(x)\\\\)</span>*&#98;",
        ),
        (
            "a(x)b",
            vec![(1, 4, MarkKind::Strong), (1, 4, math())],
            "&#97;**$(x)$**&#98;",
            "&#97;**<span class=\"math inline\">\\\\((x)\\\\)</span>**&#98;",
        ),
        // The marks may come in any order, and there may be many formulas.
        (
            "x (y)b",
            vec![(2, 5, MarkKind::Strikethrough), (2, 5, math()), (0, 1, math())],
            "$x$ ~~$(y)$~~&#98;",
            "<span class=\"math inline\">\\\\(x\\\\)</span> \
             ~~<span class=\"math inline\">\\\\((y)\\\\)</span>~~&#98;",
        ),
        // A formula is no letter beside what is marked.
        (
            "x(y).",
            vec![(0, 1, math()), (1, 4, MarkKind::Strong)],
            "$x$**(y)**.",
            "<span class=\"math inline\">\\\\(x\\\\)</span>**(y)**.",
        ),
        // The punctuation beside a formula is drawn in past.
        (
            "a(x)b",
            vec![(1, 4, MarkKind::Strong), (2, 3, math())],
            "a(**$x$**)b",
            "a(**<span class=\"math inline\">\\\\(x\\\\)</span>**)b",
        ),
        // Ranges that no parser makes do no harm.
        (
            "a f(x)b",
            vec![(2, 6, MarkKind::Emphasis), (2, 6, math()), (5, 1, MarkKind::Code), (90, 99, math())],
            "a *$f(x)$*&#98;",
            "a *<span class=\"math inline\">\\\\(f(x)\\\\)</span>*&#98;",
        ),
    ] {
        let post = marked(text, &marks);
        assert_eq!(post.to_markdown(), format!("{dollars}\n"), "{text}");
        let written = post.markdown().dollar_math(false).to_string();
        assert_eq!(written, format!("{elements}\n"), "{text}");
    }
}

#[test]
fn a_line_feed_in_a_formula_is_no_line_break() {
    let math = MarkKind::math(true);
    assert_written(
        &marked("a\nx\n= y\nb", &[(2, 7, math.clone())]),
        "<p>a<br>\n<span class=\"math display\">\\[x\n= y\\]</span><br>\nb</p>\n",
        "a\\\n<span class=\"math display\">\\\\\\[x\n= y\\\\]</span>\\\nb\n",
        "a\nx\n= y\nb\n",
    );
    assert_eq!(
        marked("x\n= y", &[(0, 5, math.clone())]).html().one_line(true).to_string(),
        "<p><span class=\"math display\">\\[x&#10;= y\\]</span></p>"
    );
    // No line is blank, and none begins a block.
    for (tex, expected) in [
        ("x\n\n\ny", "x&#10;&#10;\ny"),
        ("x \n y", "x&#32;\n&#32;y"),
        ("x\n=\n- y", "x\n\\=\n\\- y"),
        ("x \\\\\ny", "x \\\\\\\\\ny"),
        ("\nx\n", "\nx\n"),
    ] {
        let post = marked(tex, &[(0, tex.len(), math.clone())]);
        let markdown = post.to_markdown();
        let start = "<span class=\"math display\">\\\\\\[";
        assert_eq!(markdown, format!("{start}{expected}\\\\]</span>\n"), "{tex:?}");
        let shown = rendered::shown(&markdown);
        assert_eq!(shown, format!("<p><span class=\"math display\">\\[{tex}\\]</span></p>\n"), "{tex:?}");
    }
    // What is on one line stays on one.
    let text = Text::new("x\ny", vec![Mark::new(0..3, math)]);
    let written = "<span class=\"math display\">\\\\\\[x&#10;y\\\\]</span>";
    let heading = Heading::new(HeadingLevel::H2, text.clone());
    assert_eq!(post(vec![Block::Heading(heading)]).to_markdown(), format!("## {written}\n"));
    let cell = Cell::new(vec![Block::Paragraph(Paragraph::new(text))]);
    let table = Table::new(vec![vec![cell]]);
    assert!(post(vec![Block::Table(table)]).to_markdown().contains(&format!("| {written} |\n")));
}

#[test]
fn anchors_are_written_where_they_stand() {
    assert_written(
        &marked("ab", &[(1, 1, MarkKind::anchor("i\"|<"))]),
        "<p>a<a id=\"i&quot;|&lt;\"></a>b</p>\n",
        "a<a id=\"i&quot;|&lt;\"></a>b\n",
        "ab\n",
    );
    // An `<a>` in a link would end the link.
    assert_written(
        &marked(
            "abc",
            &[(0, 2, MarkKind::link("u")), (1, 1, MarkKind::anchor("i")), (3, 3, MarkKind::anchor("j"))],
        ),
        "<p><a href=\"u\">a<span id=\"i\"></span>b</a>c<a id=\"j\"></a></p>\n",
        "[a<span id=\"i\"></span>b](u)c<a id=\"j\"></a>\n",
        "abc\n",
    );
    assert_written(
        &marked("", &[(0, 0, MarkKind::anchor("i"))]),
        "<p><a id=\"i\"></a></p>\n",
        "<a id=\"i\"></a>\n",
        "\n",
    );
    // A code block is text alone.
    let code = Preformatted::new(Text::new("a", vec![Mark::new(0..0, MarkKind::anchor("i"))]));
    assert_eq!(post(vec![Block::Preformatted(code)]).to_markdown(), "<pre><a id=\"i\"></a>a</pre>\n");
}

#[test]
fn text_says_where_it_runs_to() {
    assert_written(
        &marked("a שלום b", &[(2, 10, MarkKind::bidi(Direction::RightToLeft))]),
        "<p>a <span dir=\"rtl\">שלום</span> b</p>\n",
        "a <span dir=\"rtl\">שלום</span> b\n",
        "a שלום b\n",
    );
    let mut paragraph = Paragraph::new("שלום");
    paragraph.direction = Some(Direction::RightToLeft);
    let mut heading = Heading::new(HeadingLevel::H2, "a#");
    heading.direction = Some(Direction::LeftToRight);
    assert_written(
        &post(vec![Block::Heading(heading), Block::Paragraph(paragraph)]),
        "<h2 dir=\"ltr\">a#</h2>\n<p dir=\"rtl\">שלום</p>\n",
        "## <span dir=\"ltr\">a\\#</span>\n\n<span dir=\"rtl\">שלום</span>\n",
        "a#\n\nשלום\n",
    );
}

#[test]
fn blocks_have_their_ids() {
    let mut heading = Heading::new(HeadingLevel::H1, "a");
    heading.id = Some("h".into());
    let mut paragraph = Paragraph::new("b");
    paragraph.id = Some("p".into());
    let mut figure = Figure::new(vec![Media::Image(Image::new("c.jpg"))]);
    figure.id = Some("f".into());
    let mut table = Table::default();
    table.id = Some("t".into());
    table.caption = Some(Text::plain("d"));
    assert_written(
        &post(vec![
            Block::Heading(heading),
            Block::Paragraph(paragraph),
            Block::Figure(figure),
            Block::Table(table.clone()),
        ]),
        "<h1 id=\"h\">a</h1>\n<p id=\"p\">b</p>\n<figure id=\"f\">\n<img src=\"c.jpg\" alt=\"\">\n</figure>\n\
         <table id=\"t\">\n<caption>d</caption>\n</table>\n",
        "# <a id=\"h\"></a>a\n\n<a id=\"p\"></a>b\n\n<a id=\"f\"></a>![](c.jpg)\n\n<a id=\"t\"></a>d\n",
        "a\n\nb\n\nd\n",
    );
    table.caption = None;
    assert_eq!(post(vec![Block::Table(table)]).to_markdown(), "<a id=\"t\"></a>\n");
}

#[test]
fn what_shows_nothing_has_its_id() {
    let mut figure = Figure::new(vec![]);
    assert_written(&post(vec![Block::Figure(figure.clone())]), "", "", "");
    figure.id = Some("f".into());
    assert_written(
        &post(vec![paragraph("a"), Block::Figure(figure.clone()), paragraph("b")]),
        "<p>a</p>\n<a id=\"f\"></a>\n<p>b</p>\n",
        "a\n\n<a id=\"f\"></a>\n\nb\n",
        "a\n\nb\n",
    );
    let cell = Cell::new(vec![paragraph("a"), Block::Figure(figure.clone())]);
    assert_written(
        &post(vec![Block::Table(Table::new(vec![vec![cell]]))]),
        "<table>\n<tbody>\n<tr>\n<td>\n<p>a</p>\n<a id=\"f\"></a>\n</td>\n</tr>\n</tbody>\n</table>\n",
        "|  |\n| --- |\n| a<br><a id=\"f\"></a> |\n",
        "a\n",
    );
    figure.media = vec![Media::Image(Image::new("javascript:x"))];
    assert_eq!(post(vec![Block::Figure(figure)]).to_html(), "<a id=\"f\"></a>\n");

    let mut items = vec![Item::new(vec![]); 3];
    items[1].id = Some("i".into());
    items[2].checked = Some(false);
    items.push(Item::new(vec![paragraph("a"), paragraph("b")]));
    assert_written(
        &post(vec![Block::List(List::new(ListKind::Description, items))]),
        "<dl>\n<dt id=\"i\"></dt>\n<dt><input type=\"checkbox\" disabled> </dt>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n",
        "-\n- <a id=\"i\"></a>\n- [ ]\n- a\n\n  b\n",
        "-\n-\n- [ ]\n- a\n\n  b\n",
    );
}

#[test]
fn no_line_break_is_written_before_nothing() {
    let mut figure = Figure::new(vec![Media::Image(Image::new("/i"))]);
    for (caption, markdown) in
        [("\n", "![](/i)\n"), ("", "![](/i)\n"), ("a\n", "![](/i)\\\na\n"), ("\na", "![](/i)\\\n\\\na\n")]
    {
        figure.caption = Some(Text::plain(caption));
        assert_eq!(post(vec![Block::Figure(figure.clone())]).to_markdown(), markdown, "{caption:?}");
        assert!(!rendered::shown(markdown).contains('\\'), "{caption:?}");
    }
    figure.caption = Some(Text::plain("\n"));
    let cell = Cell::new(vec![Block::Figure(figure.clone()), paragraph("\n"), paragraph("a")]);
    let table = Block::Table(Table::new(vec![vec![cell]]));
    assert_eq!(post(vec![table]).to_markdown(), "|  |\n| --- |\n| ![](/i)<br>a |\n");
    // What stands before the caption is on a line alone.
    figure.media.clear();
    let list = List::new(ListKind::Unordered, vec![item(None, Some(true), vec![Block::Figure(figure)])]);
    assert_eq!(post(vec![Block::List(list)]).to_markdown(), "- [x]\n");
}

fn item(number: Option<i32>, checked: Option<bool>, blocks: Vec<Block<'_>>) -> Item<'_> {
    let mut item = Item::new(blocks);
    (item.number, item.checked) = (number, checked);
    item
}

#[test]
fn items_have_their_numbers() {
    let items = [(None, "a"), (Some(9), "b"), (None, "c"), (Some(3), "d"), (Some(4), "e")];
    let items = items.map(|(number, text)| item(number, None, vec![paragraph(text)]));
    let mut list = List::new(ListKind::Ordered, items.to_vec());
    list.start = Some(5);
    list.numbering = Numbering::UpperRoman;
    let mut next = List::new(ListKind::Ordered, vec![item(None, None, vec![paragraph("f")])]);
    next.numbering = Numbering::LowerAlpha;
    let post = post(vec![Block::List(list), Block::List(next)]);
    assert_written(
        &post,
        "<ol start=\"5\" type=\"I\">\n<li>a</li>\n<li value=\"9\">b</li>\n<li>c</li>\n<li value=\"3\">d</li>\n\
         <li value=\"4\">e</li>\n</ol>\n<ol type=\"a\">\n<li>f</li>\n</ol>\n",
        // The numbers of items after the first of a list are nothing to readers of Markdown.
        "5. a\n\n9) b\n10) c\n\n3. d\n4. e\n\n1) f\n",
        "V. a\nIX. b\nX. c\nIII. d\nIV. e\n\na. f\n",
    );
    let shown = rendered::shown(&post.to_markdown());
    let starts: Vec<_> = shown.lines().filter(|line| line.starts_with("<ol")).collect();
    assert_eq!(starts, ["<ol start=\"5\">", "<ol start=\"9\">", "<ol start=\"3\">", "<ol>"]);

    let numbers = [Some(i32::MAX), None, Some(-1)].map(|number| item(number, None, vec![paragraph("a")]));
    let list = List::new(ListKind::Ordered, numbers.to_vec());
    assert_eq!(
        Post::new(Meta::default(), vec![Block::List(list)]).to_markdown(),
        "999999999. a\n999999999. a\n\n0) a\n"
    );
    // The items of other lists have no numbers.
    let list = List::new(ListKind::Unordered, vec![item(Some(3), None, vec![]), item(Some(3), None, vec![])]);
    assert_written(
        &Post::new(Meta::default(), vec![Block::List(list)]),
        "<ul>\n<li></li>\n<li></li>\n</ul>\n",
        "-\n-\n",
        "-\n-\n",
    );
}

#[test]
fn items_have_their_checkboxes_and_ids() {
    let mut first = item(None, Some(true), vec![paragraph("a")]);
    first.id = Some("i".into());
    let inner = List::new(ListKind::Unordered, vec![item(None, Some(false), vec![])]);
    let mut third = item(None, None, vec![Block::List(inner)]);
    third.id = Some("j".into());
    let list = List::new(
        ListKind::Unordered,
        vec![first, item(None, Some(false), vec![paragraph("b"), paragraph("c")]), third],
    );
    let post = post(vec![Block::List(list)]);
    assert_written(
        &post,
        "<ul>\n<li id=\"i\"><input type=\"checkbox\" checked disabled> a</li>\n\
         <li><input type=\"checkbox\" disabled> \n<p>b</p>\n<p>c</p>\n</li>\n\
         <li id=\"j\">\n<ul>\n<li><input type=\"checkbox\" disabled> </li>\n</ul>\n</li>\n</ul>\n",
        "- [x] <a id=\"i\"></a>a\n- [ ] b\n\n  c\n- <a id=\"j\"></a>\n\n  - [ ]\n",
        "- [x] a\n- [ ] b\n\n  c\n- - [ ]\n",
    );
    assert_eq!(rendered::shown(&post.to_markdown()).matches("type=\"checkbox\"").count(), 3);

    let mut item = item(None, Some(true), vec![paragraph("t"), paragraph("d")]);
    item.id = Some("k".into());
    let list = List::new(ListKind::Description, vec![item]);
    assert_written(
        &Post::new(Meta::default(), vec![Block::List(list)]),
        "<dl>\n<dt id=\"k\"><input type=\"checkbox\" checked disabled> t</dt>\n<dd>d</dd>\n</dl>\n",
        "- [x] <a id=\"k\"></a>t\n\n  d\n",
        "- [x] t\n\n  d\n",
    );
}

#[test]
fn options_change_what_is_written() {
    let source = "<p>a <a href=' /u '>b</a> <a href=c>c</a> <a href=javascript:d>d</a><br>e<table><tr><td><a href=f>g</a></table><pre>h\ni</pre>";
    let post = Post::parse(source).expect("a post");
    assert_eq!(post.text().link_urls(true).to_string(), "a b </u> c d\ne\n\ng <f>\n\nh\ni\n");
    assert_eq!(post.text().link_urls(false).to_string(), post.to_text());
    let html = post.html().one_line(true).to_string();
    assert!(!html.contains('\n') && html.ends_with("<pre>h&#10;i</pre>"), "{html}");
    assert_eq!(
        Post::parse(&html).expect("a post").blocks,
        Post::parse(&post.to_html()).expect("a post").blocks
    );
    assert_eq!(post.html().one_line(true).one_line(false).to_string(), post.to_html());
}

/// A writer that takes some bytes.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "full"));
        }
        let count = bytes.len().min(self.0);
        self.0 -= count;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Write<'w> = &'w dyn Fn(&mut Full) -> io::Result<()>;

#[test]
fn a_writer_may_be_of_a_type_that_is_not_known() {
    let post = Post::parse("<p>a").expect("a post");
    let mut written = Vec::new();
    let out: &mut dyn io::Write = &mut written;
    post.text().write_to(out).expect("there is room");
    post.markdown().write_to(out).expect("there is room");
    post.html().write_to(out).expect("there is room");
    assert_eq!(written, b"a\na\n<p>a</p>\n");
}

#[test]
fn the_error_of_a_writer_is_handed_over() {
    let source = "<h2>a</h2><ul><li>b<li><blockquote>c</blockquote></ul><table><tr><td>d</table><img src=e>f";
    let post = Post::parse(source).expect("a post");
    let writes: [(&str, String, Write<'_>); 3] = [
        ("text", post.to_text(), &|out| post.text().write_to(out)),
        ("Markdown", post.to_markdown(), &|out| post.markdown().write_to(out)),
        ("HTML", post.to_html(), &|out| post.html().write_to(out)),
    ];
    for (format, whole, write) in writes {
        assert!(write(&mut Full(whole.len())).is_ok(), "{format}");
        for room in 0..whole.len() {
            let error = write(&mut Full(room)).expect_err("there is no room");
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{format}: {room}");
        }
    }
}
