//! Lists, tables and code, written as the JSON that is the interface.

use serde_json::{Value, json};

use offprint::{Block, Engine, Parser, Post, Rules};

#[track_caller]
fn assert_blocks(html: &str, expected: &Value) {
    let post = Post::parse(html).unwrap();
    assert_eq!(serde_json::to_value(&post.blocks).unwrap(), *expected, "{html}");
    assert_eq!(Parser::new().engine(Engine::Reference).parse(html).unwrap(), post, "{html}");
    // What is written is read again as the same.
    let written = post.to_html();
    assert_eq!(Post::parse(&written).unwrap().blocks, post.blocks, "{written}");
}

/// The body comes to one block of code with this text, and the numbers of its lines go.
#[track_caller]
fn assert_code(html: &str, text: &str, language: Option<&str>, gutter: &[&str]) {
    let (post, report) = Parser::new().parse_with_report(html).unwrap();
    let mut expected = json!({"type": "preformatted", "text": text, "is_code": true});
    if let Some(language) = language {
        expected["language"] = json!(language);
    }
    assert_eq!(serde_json::to_value(&post.blocks).unwrap(), json!([expected]), "{html}");
    let gone: Vec<_> = report.removals.iter().map(|gone| (gone.kind.as_str(), &*gone.text)).collect();
    assert_eq!(gone, gutter.iter().map(|text| ("gutter", *text)).collect::<Vec<_>>(), "{html}");
}

fn text(text: &str) -> Value {
    json!({"type": "paragraph", "text": text})
}

fn item(words: &str) -> Value {
    json!({"blocks": [text(words)]})
}

#[test]
fn items_have_the_numbers_that_the_source_states() {
    let numbered = |number: i32, words: &str| json!({"number": number, "blocks": [text(words)]});
    assert_blocks(
        "<ol type=a><li value=100>Coffee<li>Tea<li value=' +7x'>Milk<li value=x>X</ol>",
        &json!([{"type": "list", "kind": "ordered", "numbering": "lower_alpha", "items": [
            numbered(100, "Coffee"), item("Tea"), numbered(7, "Milk"), item("X"),
        ]}]),
    );
    assert_blocks(
        "<ol reversed start=9 style='margin:0; LIST-STYLE: inside Upper-Roman'><li>a<li value=3>b<li>c</ol>",
        &json!([{"type": "list", "kind": "ordered", "numbering": "upper_roman", "start": 9, "items": [
            numbered(9, "a"), numbered(3, "b"), numbered(2, "c"),
        ]}]),
    );
    assert_blocks(
        "<ul><li value=4>a</ul>",
        &json!([{"type": "list", "kind": "unordered", "items": [item("a")]}]),
    );
}

#[test]
fn items_and_styles_say_what_a_list_is() {
    let list = |kind: &str| json!([{"type": "list", "kind": kind, "items": [item("a"), item("b")]}]);
    for (html, kind) in [
        ("<ol><li data-list=bullet>a<li data-list=bullet>b</ol>", "unordered"),
        ("<ol start=3 reversed><li data-list=bullet value=2>a<li data-list=bullet>b</ol>", "unordered"),
        ("<ol><li data-list=ordered>a<li data-list=ordered>b</ol>", "ordered"),
        ("<ul><li style='list-style-type:decimal'>a<li style='list-style-type:decimal'>b</ul>", "ordered"),
        ("<ul style='list-style: decimal inside'><li>a<li>b</ul>", "ordered"),
        ("<ul style='list-style-type:none'><li style='color:red'>a<li>b</ul>", "unordered"),
    ] {
        assert_blocks(html, &list(kind));
    }
    assert_blocks(
        "<ol><li data-list=checked>a<li data-list=unchecked>b</ol>",
        &json!([{"type": "list", "kind": "unordered", "items": [
            {"checked": true, "blocks": [text("a")]},
            {"checked": false, "blocks": [text("b")]},
        ]}]),
    );
}

#[test]
fn a_checkbox_at_the_beginning_of_an_item_says_whether_it_is_done() {
    let task = |checked: bool, words: &str| json!({"checked": checked, "blocks": [text(words)]});
    assert_blocks(
        "<ul><li><input type=checkbox checked> a<li><p><label><INPUT disabled type=CheckBox> b</label>\
         <li>c <input type=checkbox><li><input type=radio> d<li><input type=checkbox><input type=checkbox checked>e\
         </ul><p><input type=checkbox>f",
        &json!([
            {"type": "list", "kind": "unordered", "items": [
                task(true, "a"), task(false, "b"), item("c"), item("d"), task(false, "e"),
            ]},
            text("f"),
        ]),
    );
}

#[test]
fn a_drawn_checkbox_is_one() {
    let list = |items: &[Value]| json!([{"type": "list", "kind": "unordered", "items": items}]);
    let task = |checked: bool, words: &str| json!({"checked": checked, "blocks": [text(words)]});
    assert_blocks(
        "<ul><li><span role=checkbox aria-checked=true></span>a<li> <svg role=checkbox aria-checked=false></svg>b\
         <li><p><i class='task-list-item-checkbox checked'></i>c</p>\
         <li><span class='task-list-item-checkbox'></span>d<li><span class='checkbox is-checked'></span>e\
         <li><span class='checkbox unchecked'></span>f<li><span class='chcklst-box checked fa'></span> g\
         <li><span class='chcklst-box fa'></span> h</ul>",
        &list(&[
            task(true, "a"),
            task(false, "b"),
            task(true, "c"),
            task(false, "d"),
            task(true, "e"),
            task(false, "f"),
            task(true, "g"),
            task(false, "h"),
        ]),
    );
    assert_blocks(
        "<ul class=to-do-list><li><div class='checkbox checkbox-on'></div> <span class=to-do-children-checked>a\
         </span></ul><ul class=to-do-list><li><div class='checkbox checkbox-off'></div>\
         <span class=to-do-children-unchecked>b</span></ul>",
        &list(&[task(true, "a"), task(false, "b")]),
    );
    assert_blocks("<ul data-checked=true><li>a<li>b</ul>", &list(&[task(true, "a"), task(true, "b")]));
    assert_blocks(
        "<ul class=inline-task-list><li class=checked>a<li data-inline-task-id=2>b</ul><ul><li class=checked>c</ul>",
        &json!([list(&[task(true, "a"), task(false, "b")])[0], list(&[item("c")])[0]]),
    );
    // Fields of forms, and what is no checkbox of the item.
    assert_blocks(
        "<ul><li><label class=checkbox><input type=checkbox checked> a</label><li><span class=checkbox>b</span>\
         <li>c<span role=checkbox aria-checked=true></span><li><span class=checked>d</span>\
         <li><span role=checkbox aria-checked=mixed></span>e<li><span role=radio aria-checked=true></span>f</ul>\
         <p><span role=checkbox aria-checked=true></span>g",
        &json!([
            list(&[task(true, "a"), item("b"), item("c"), item("d"), item("e"), item("f")])[0],
            text("g"),
        ]),
    );
}

#[test]
fn lists_of_one_item_each_in_an_export_of_notion_are_one() {
    let list = |kind: &str, items: &[Value]| json!({"type": "list", "kind": kind, "items": items});
    let started = |start: i32, items: &[Value]| json!({"type": "list", "kind": "ordered", "start": start, "items": items});
    let bullet =
        |words: &str| format!("<ul class=bulleted-list><li style='list-style-type:disc'>{words}</ul>");
    assert_blocks(&(bullet("a") + "\n" + &bullet("b")), &json!([list("unordered", &[item("a"), item("b")])]));
    assert_blocks(
        &(bullet("a") + "<p>b</p>" + &bullet("c")),
        &json!([list("unordered", &[item("a")]), text("b"), list("unordered", &[item("c")])]),
    );
    let number = |start: i32, words: &str| format!("<ol class=numbered-list start={start}><li>{words}</ol>");
    assert_blocks(
        &(number(1, "a") + &number(2, "b") + &number(1, "c") + &bullet("d")),
        &json!([
            started(1, &[item("a"), item("b")]),
            started(1, &[item("c")]),
            list("unordered", &[item("d")]),
        ]),
    );
    assert_blocks(
        "<ul><li>a</ul><ul><li>b</ul><ol><li>c</ol><ol start=2><li>d</ol>",
        &json!([
            list("unordered", &[item("a")]),
            list("unordered", &[item("b")]),
            list("ordered", &[item("c")]),
            started(2, &[item("d")]),
        ]),
    );
}

#[test]
fn lists_of_google_docs_stand_in_the_lists_that_their_classes_say() {
    let list = |kind: &str, items: &[Value]| json!({"type": "list", "kind": kind, "items": items});
    let started = |start: i32, items: &[Value]| json!({"type": "list", "kind": "ordered", "start": start, "items": items});
    let holding = |words: &str, lists: &[Value]| json!({"blocks": ([&[text(words)], lists].concat())});
    let bullets = |level: u8, class: &str, words: &str| {
        format!("<ul class='c1 lst-kix_abc-{level} {class}'><li class='li-bullet-0'>{words}</ul>")
    };
    assert_blocks(
        &[
            bullets(0, "start", "a"),
            bullets(1, "start", "b"),
            bullets(2, "start", "c"),
            bullets(1, "", "d"),
            bullets(0, "", "e"),
            bullets(2, "start", "f"),
            bullets(0, "start", "g"),
        ]
        .concat(),
        &json!([
            list(
                "unordered",
                &[
                    holding(
                        "a",
                        &[list("unordered", &[holding("b", &[list("unordered", &[item("c")])]), item("d")])]
                    ),
                    holding("e", &[list("unordered", &[item("f")])]),
                ]
            ),
            list("unordered", &[item("g")]),
        ]),
    );
    let numbers = |level: u8, start: u8, words: &str| {
        format!("<ol class='lst-kix_list_2-{level}' start={start}><li>{words}</ol>")
    };
    assert_blocks(
        &(numbers(0, 1, "a")
            + &bullets(1, "start", "b")
            + &numbers(1, 1, "c")
            + &numbers(0, 2, "d")
            + &numbers(0, 7, "e")),
        &json!([
            started(
                1,
                &[holding("a", &[list("unordered", &[item("b")]), started(1, &[item("c")])]), item("d")]
            ),
            started(7, &[item("e")]),
        ]),
    );
    // No list before it, and no level.
    assert_blocks(
        &format!("<p>a</p>{}", bullets(1, "start", "b")),
        &json!([text("a"), list("unordered", &[item("b")])]),
    );
    assert_blocks(
        "<ul class=lst-kix_a-0><li>a</ul><ul class=lst-kix_a-x><li>b</ul>",
        &json!([list("unordered", &[item("a")]), list("unordered", &[item("b")])]),
    );
}

#[test]
fn paragraphs_that_word_writes_for_items_are_lists() {
    let list = |kind: &str, items: &[Value]| json!({"type": "list", "kind": kind, "items": items});
    // As Word writes it, with the list and the level in the style.
    let word = |class: &str, level: u8, sign: &str, words: &str| {
        format!(
            "<p class={class} style='text-indent:-.25in;mso-list:l0 level{level} lfo1'><![if !supportLists]><span \
             style='font-family:Symbol'><span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New \
             Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{words}</p>\n"
        )
    };
    let (first, middle) = ("MsoListParagraphCxSpFirst", "MsoListParagraphCxSpMiddle");
    let html = [
        word(first, 1, "·", "<b>Green</b> tea"),
        word(middle, 2, "o", "a"),
        word(middle, 2, "o", "b"),
        word(middle, 3, "i.", "c"),
        word("MsoNormal", 1, "·", "Black"),
        word("MsoListParagraphCxSpLast", 1, "1.", "d"),
        "<p class=MsoNormal>e".to_owned(),
        word("MsoListParagraph", 1, "2)", "f"),
        word("MsoListParagraph", 1, "3)", "g"),
    ];
    let mut roman = list("ordered", &[item("c")]);
    roman["numbering"] = json!("lower_roman");
    let mut second = list("ordered", &[item("f"), item("g")]);
    second["start"] = json!(2);
    let strong = json!({"type": "paragraph", "text": "Green tea", "marks": [{"type": "strong", "start": 0, "end": 5}]});
    let inner = list("unordered", &[item("a"), json!({"blocks": [text("b"), roman]})]);
    let expected = [
        list("unordered", &[json!({"blocks": [strong, inner]}), item("Black")]),
        list("ordered", &[item("d")]),
        text("e"),
        second,
    ];
    assert_blocks(&html.concat(), &json!(expected));
    let (_, report) = Parser::new().parse_with_report(&html.concat()).unwrap();
    let gone: Vec<_> = report.removals.iter().map(|gone| (gone.kind.as_str(), &*gone.text)).collect();
    assert_eq!(gone, ["·", "o", "o", "i.", "·", "1.", "2)", "3)"].map(|sign| ("duplicate", sign)));

    // Only the classes are left.
    let bare = |sign: &str| format!("<p class='MsoListParagraph'>{sign}&nbsp;&nbsp; tea</p>");
    let tea = |count: usize| vec![item("tea"); count];
    assert_blocks(&(bare("·") + &bare("§")), &json!([list("unordered", &tea(2))]));
    assert_blocks(
        &(bare("1.") + &bare("2.") + &bare("1.")),
        &json!([list("ordered", &tea(2)), list("ordered", &tea(1))]),
    );
    let mut letters = list("ordered", &tea(2));
    (letters["numbering"], letters["start"]) = (json!("lower_alpha"), json!(8));
    assert_blocks(&(bare("h)") + &bare("i)")), &json!([letters]));

    // No sign, one that no list has, and what is written by hand.
    for words in ["tea", "1.", "1.1.\u{a0} tea", "etc.\u{a0} tea", "- tea", "A. Tea"] {
        assert_blocks(&format!("<p class=MsoListParagraph>{words}"), &json!([text(words)]));
    }
    assert_blocks("<p class='&#77;soListParagraph'>·\u{a0} tea", &json!([list("unordered", &tea(1))]));
    assert_blocks("<p class=MsoNormal>·\u{a0} tea", &json!([text("·\u{a0} tea")]));
}

#[test]
fn items_without_a_list_are_one() {
    let list = |items: &[Value]| json!({"type": "list", "kind": "unordered", "items": items});
    assert_blocks(
        "<p>a</p>\n<li>b</li>\n<div><li>c<ul><li>d</ul></div><p>e</p><li>f",
        &json!([
            text("a"),
            list(&[item("b"), json!({"blocks": [text("c"), list(&[item("d")])]})]),
            text("e"),
            list(&[item("f")]),
        ]),
    );
    assert_blocks(
        "<blockquote><li>a<li>b</blockquote><ul><li>c</ul><li>d",
        &json!([
            {"type": "block_quote", "blocks": [list(&[item("a"), item("b")])]},
            list(&[item("c")]),
            list(&[item("d")]),
        ]),
    );
    // An empty item between them stands in no list, and the next one does not go into the list before it.
    assert_blocks(
        "<ul><li>a</ul><li></li><li>b<li></li><li>c",
        &json!([list(&[item("a")]), list(&[item("b"), item("c")])]),
    );
}

#[test]
fn tables_of_asciidoctor_that_lay_out_something_are_none() {
    let note = |icon: &str| {
        format!(
            "<div class='admonitionblock note'>\n<table>\n<tbody><tr>\n<td class=icon>\n{icon}\n</td>\n<td class=content>\n\
             Tea is a leaf.\n<div class=ulist><ul><li>a</ul></div></td>\n</tr>\n</table>\n</div>"
        )
    };
    let list = |kind: &str, items: &[Value]| json!({"type": "list", "kind": kind, "items": items});
    let expected = json!([text("Note"), text("Tea is a leaf."), list("unordered", &[item("a")])]);
    assert_blocks(&note("<div class=title>Note</div>"), &expected);
    assert_blocks(&note("<i class='fa icon-note' title=Note></i>"), &expected);
    assert_blocks(&note("<i class='fa icon&#45;note' title=' Note '></i>"), &expected);

    assert_blocks(
        "<div class=hdlist><table><tr><td class='hdlist1'>\nLeaf\n<br>\n</td><td class=hdlist2><p>Green.</p></td></tr>\
         <tr><td class='hdlist1 strong'>Bud</td><td class=hdlist2><p>White.</p><p>Rare.</p></table></div>",
        &json!([list(
            "description",
            &[
                json!({"blocks": [text("Leaf"), text("Green.")]}),
                json!({"blocks": [text("Bud"), text("White."), text("Rare.")]}),
            ]
        )]),
    );

    let callouts = "<div class='colist arabic'><table><tr><td><i class=conum data-value=1></i><b>1</b></td><td>Boil.\
                    </td></tr><tr><td><i class=conum data-value=2></i><b>2</b></td><td>Wait <b>long</b>.</td></tr>\
                    <tr><td><b>Tea</b></td><td>c</td></tr></table></div>";
    let long = json!({"type": "paragraph", "text": "Wait long.", "marks": [{"type": "strong", "start": 5, "end": 9}]});
    let tea =
        json!({"type": "paragraph", "text": "Tea", "marks": [{"type": "strong", "start": 0, "end": 3}]});
    assert_blocks(
        callouts,
        &json!([list(
            "ordered",
            &[
                json!({"number": 1, "blocks": [text("Boil.")]}),
                json!({"number": 2, "blocks": [long]}),
                json!({"blocks": [tea, text("c")]}),
            ]
        )]),
    );
    let (_, report) = Parser::new().parse_with_report(callouts).unwrap();
    let gone: Vec<_> = report.removals.iter().map(|gone| (gone.kind.as_str(), &*gone.text)).collect();
    assert_eq!(gone, [("duplicate", "1"), ("duplicate", "2")]);

    let cell = |words: &str| json!({"header": false, "blocks": [text(words)]});
    assert_blocks(
        "<ul><li><div class=admonitionblock><table><tr><td>1<td>a</table></div></ul>",
        &json!([list("unordered", &[json!({"blocks": [text("1"), text("a")]})])]),
    );

    // Other tables: those in what stands in the box, and of other boxes.
    for html in [
        "<div class='admonitionblock'><table><tr><td class=content><table><tr><td>a<td>b</table></table></div>",
        "<div class=admonition><table><tr><td>a<td>b</table></div>",
        "<div class=colist></div><table><tr><td>a<td>b</table>",
    ] {
        assert_blocks(html, &json!([{"type": "table", "rows": [[cell("a"), cell("b")]]}]));
    }
}

#[test]
fn rows_are_in_the_order_in_which_browsers_show_them() {
    let cell = |header: bool, words: &str| json!([{"header": header, "blocks": [text(words)]}]);
    assert_blocks(
        "<table><tbody><tr><td>a<tbody><tr><td>b</tbody><tfoot><tr><td>last<tfoot><tr><td>c</tfoot>\
         <tr><td>d<thead><tr><th>first<tr><th>second</thead><thead><tr><th>e</thead></table>",
        &json!([{"type": "table", "rows": [
            cell(true, "first"), cell(true, "second"), cell(false, "a"), cell(false, "b"), cell(false, "c"),
            cell(false, "d"), cell(true, "e"), cell(false, "last"),
        ]}]),
    );
    assert_blocks(
        "<table><tfoot><tr><td>last</tfoot><thead><tr><th>first</thead><tr><td>a</table>",
        &json!([{"type": "table", "rows": [cell(true, "first"), cell(false, "a"), cell(false, "last")]}]),
    );
}

#[test]
fn the_cells_of_a_thead_are_headers() {
    let cell = |header: bool, words: &str| json!([{"header": header, "blocks": [text(words)]}]);
    for head in ["<td>first", "<th>first"] {
        assert_blocks(
            &format!("<table><tr><td>a<thead><tr>{head}</thead></table>"),
            &json!([{"type": "table", "rows": [cell(true, "first"), cell(false, "a")]}]),
        );
    }
    let corner = "<table><thead><tr><td><th>b</thead><tr><th>c<td>d</table>";
    let post = Post::parse(corner).unwrap();
    assert_eq!(post.to_markdown(), "|  | b |\n| --- | --- |\n| c | d |\n");
    // Nothing but a `<thead>`.
    assert_blocks(
        "<table><thead><tr><td>a<tr><td>b</thead></table>",
        &json!([{"type": "table", "rows": [cell(false, "a"), cell(false, "b")]}]),
    );
}

#[test]
fn the_language_of_code_is_that_of_the_nearest_tag() {
    for (html, language) in [
        ("<pre class='basic'><code class='language-ruby'>a</code></pre>", Some("ruby")),
        ("<pre class='language-go'><code class='hljs python'>a</code></pre>", Some("go")),
        ("<div class='language-go'><pre><code class='hljs python'>a</code></pre></div>", Some("python")),
        (
            "<div class='language-go'><div class='highlight js'><pre><code>a</code></pre></div></div>",
            Some("js"),
        ),
        ("<figure class='highlight js'><pre><code>a</code></pre></figure>", Some("js")),
        ("<div class=' highlight hl-ipython3'><pre>a</pre></div>", Some("ipython3")),
        ("<div class='&#32;highlight python'><pre>a</pre></div>", Some("python")),
        (
            "<div class=code-frame data-lang=rust><div class=highlight><pre><code>a</code></pre></div></div>",
            Some("rust"),
        ),
        ("<div class=code-frame><pre>a</pre></div><div class=code-frame data-lang=rust></div>", None),
        ("<figure data-language=Go><pre><code>a</code></pre></figure>", Some("go")),
        ("<div class=code data-lang=en><pre><code>a</code></pre></div>", None),
        ("<div class='language-go'></div><pre><code>a</code></pre>", None),
        ("<figure class='highlight js'></figure><pre><code>a</code></pre>", None),
        ("<pre><code>a</code><code class=r>b</code></pre>", None),
    ] {
        let post = Post::parse(html).unwrap();
        let code = post.blocks.iter().find_map(|block| match block {
            Block::Preformatted(code) => Some(code.language.as_deref()),
            _ => None,
        });
        assert_eq!(code, Some(language), "{html}");
    }
}

#[test]
fn several_elements_of_code_in_one_block_are_its_lines() {
    assert_code(
        "<pre data-lang=python><code><span>print(1)</span></code><code><span>x = 2</span></code></pre>",
        "print(1)\nx = 2",
        Some("python"),
        &[],
    );
    assert_code("<pre><code>a\n</code><code>b\n</code></pre>", "a\nb\n", None, &[]);
    assert_code("<pre><code>a</code>\n<code>b</code></pre>", "a\nb", None, &[]);
    assert_code("<pre><code>a</code><code></code><code>b</code></pre>", "a\n\nb", None, &[]);
    assert_code(
        "<pre><code style=display:block>a</code><code style=display:block>b</code></pre>",
        "a\nb\n",
        None,
        &[],
    );
    assert_code("<pre><code>a</code> <code>b</code></pre>", "a b", None, &[]);
    assert_code("<pre><span><code>a</code><code>b</code></span></pre>", "ab", None, &[]);
}

#[test]
fn a_box_of_code_on_a_blog_of_naver_keeps_its_lines() {
    assert_code(
        "<div class=se-code-source><div class='__se_code_view language-javascript'>let a;\n\t<span>b</span>();\n</div></div>",
        "let a;\n\tb();\n",
        Some("javascript"),
        &[],
    );
    assert_blocks("<div class=__se_object>a\nb</div>", &json!([text("a b")]));
}

#[test]
fn the_numbers_of_lines_of_code_go() {
    // Rouge, inside its own `<pre>` and without it.
    let rouge = "<table class=rouge-table><tbody><tr><td class='rouge-gutter gl'><pre class=lineno>1\n2\n</pre>\
                 </td><td class=rouge-code><pre>a\n  b\n</pre></td></tr></tbody></table>";
    assert_code(rouge, "a\n  b\n", None, &["1 2"]);
    assert_code(
        &format!("<pre class=highlight><code>{}</code></pre>", rouge.replace("rouge-gutter", "gutter")),
        "a\n  b\n",
        None,
        &["1 2"],
    );
    // Org.
    assert_code(
        "<pre class='src src-c'><code><span class=linenr>1: </span>a\n<span class=linenr>2: </span>  b\n</code></pre>",
        "a\n  b\n",
        Some("c"),
        &["1: 2:"],
    );
    // VitePress, and VuePress 1.
    assert_code(
        "<div class='language-js line-numbers-mode'><pre class=shiki><code><span class=line>a</span>\n\
         <span class=line>b</span></code></pre><div class=line-numbers-wrapper aria-hidden=true>\
         <span class=line-number>1</span><br><span class=line-number>2</span><br></div></div>",
        "a\nb",
        Some("js"),
        &["1 2"],
    );
    assert_blocks("<div class=line-numbers-wrapper>1</div>", &json!([text("1")]));
    // Hexo.
    assert_code(
        "<figure class='highlight js'><table><tr><td class=gutter><pre><span class=line>1</span><br><span \
         class=line>2</span><br></pre></td><td class=code><pre><span class=line>a</span><br>b<br></pre></td></tr>\
         </table></figure>",
        "a\nb\n",
        Some("js"),
        &["1 2"],
    );
    // Chroma, with a table and in the lines.
    assert_code(
        "<table class=lntable><tr><td class=lntd><pre><code><span class=lnt>1\n</span><span class=lnt>2\n</span>\
         </code></pre></td><td class=lntd><pre><code class=language-go>a\nb</code></pre></td></tr></table>",
        "a\nb",
        Some("go"),
        &["1 2"],
    );
    assert_code(
        "<pre><code><span class=ln>1</span>a 1\n<span class=ln>2</span>b</code></pre>",
        "a 1\nb",
        None,
        &["1 2"],
    );
    // SyntaxHighlighter.
    assert_code(
        "<div class='syntaxhighlighter  ruby'><table><tr><td class=gutter><div>1</div><div>2</div></td><td \
         class=code><div class=container><div><code>a</code> <code>b</code></div><div><code>  c</code></div></div>\
         </td></tr></table></div>",
        "a b\n  c\n",
        Some("ruby"),
        &["1 2"],
    );
    // A row for each line: GitHub, and a plugin of highlight.js.
    assert_code(
        "<table><tr><td class=blob-num>1</td><td class=blob-code>a <b>b</b></td></tr><tr><td class=blob-num>2</td>\
         <td class=blob-code>\n</td></tr><tr><td class=blob-num data-line-number=3></td><td class=blob-code>  c</td></tr>\
         </table>"
            .replace("<b>b</b>", "b")
            .as_str(),
        "a b\n\n  c",
        None,
        &["1", "2"],
    );
    assert_code(
        "<pre><code><table><tr><td class=hljs-ln-numbers><div>1</div></td><td class=hljs-ln-code>a</td></tr><tr><td \
         class=hljs-ln-numbers>2</td><td class=hljs-ln-code> b</td></tr></table></code></pre>",
        "a\n b\n",
        None,
        &["1 2"],
    );
    // CSDN: a list after the code.
    assert_code(
        "<pre class=prettyprint><code class='prism language-java has-numbering'>int y;\nint z;</code>\
         <ul class=pre-numbering><li>1</li><li>2</li></ul></pre>",
        "int y;\nint z;\n",
        Some("java"),
        &["1 2"],
    );
    // No class at all.
    assert_code("<table><tr><td><pre>9\n10</pre><td><pre>a\nb\n</pre></table>", "a\nb\n", None, &["9 10"]);
}

#[test]
fn numbers_that_are_no_gutter_stay() {
    for html in [
        "<table><tr><td><p>1<p>2<td><pre>a\nb</pre></table>",
        "<table><tr><td><pre>1\n3</pre><td><pre>a\nb</pre></table>",
        "<table><tr><td><pre>1\n2</pre><td><pre>a\nb\nc\nd</pre></table>",
        "<table><tr><td><pre>1</pre><td><pre>a</pre><tr><td>b<td>c</table>",
        "<table><tr><td class=gutter><p>News<td>1</table>",
        "<table><tr><td class=gutter></td><td>a 1<td><pre>b</pre></table>",
        "<table><tr><td class=line-number>1</td><td>Tea<td>5</table>",
        "<pre>a <span class=ln>b</span> <span class=number>1</span></pre>",
        "<p><span class=lineno>1</span></p>",
    ] {
        let (post, report) = Parser::new().parse_with_report(html).unwrap();
        assert_eq!(report.removals, [], "{html}");
        assert!(post.to_text().contains(['1', 'b']), "{html}");
    }
}

#[test]
fn ids_that_links_lead_to_are_kept_where_they_stand() {
    assert_blocks(
        "<p>A<sup id=back><a href='#n'>1</a></sup> <a href='#h'>h</a> <a href='#t'>t</a> <a href='#f'>f</a> \
         <a href='#%C3%A9'>e</a> <a href='#w'>w</a> <a href='#N'>no</a></p><p id=other>B <span id=w>w</span></p>\
         <h2 id=h>H</h2><table id=t><tr><td>a<td>b</table><figure id=f><img src=/a.png></figure>\
         <ol><li id=n><p>n <a href='#back'>^</a></p></ol><div id='\u{e9}'><p>p</p></div><p id=h>again</p>",
        &json!([
            {"type": "paragraph", "text": "A1 h t f e w no", "marks": [
                {"start": 1, "end": 2, "type": "superscript"}, {"start": 1, "end": 2, "type": "link", "href": "#n"},
                {"start": 1, "end": 1, "type": "anchor", "id": "back"},
                {"start": 3, "end": 4, "type": "link", "href": "#h"}, {"start": 5, "end": 6, "type": "link", "href": "#t"},
                {"start": 7, "end": 8, "type": "link", "href": "#f"},
                {"start": 9, "end": 10, "type": "link", "href": "#%C3%A9"},
                {"start": 11, "end": 12, "type": "link", "href": "#w"},
                {"start": 13, "end": 15, "type": "link", "href": "#N"},
            ]},
            {"type": "paragraph", "text": "B w", "marks": [{"start": 2, "end": 2, "type": "anchor", "id": "w"}]},
            {"type": "heading", "level": 2, "id": "h", "text": "H"},
            {"type": "table", "id": "t", "rows": [[
                {"header": false, "blocks": [text("a")]}, {"header": false, "blocks": [text("b")]},
            ]]},
            {"type": "figure", "id": "f", "media": [{"type": "image", "src": "/a.png"}]},
            {"type": "list", "kind": "ordered", "items": [{"id": "n", "blocks": [
                {"type": "paragraph", "text": "n ^", "marks": [{"start": 2, "end": 3, "type": "link", "href": "#back"}]},
            ]}]},
            {"type": "paragraph", "text": "p", "marks": [{"start": 0, "end": 0, "type": "anchor", "id": "\u{e9}"}]},
            text("again"),
        ]),
    );
}

#[test]
fn ids_are_the_same_to_both_engines() {
    // The scanner begins anew at links inside links.
    for html in [
        "<a href='#n' name=n>a<p>b<a>c",
        "<p><b id=n>a<a href='#n'>b</b>c</a>",
        "<svg></svg><a href='#n'>a</a><p id=n>b",
    ] {
        let reference = Parser::new().engine(Engine::Reference).parse(html).unwrap();
        assert_eq!(Post::parse(html).unwrap(), reference, "{html}");
        assert!(
            format!("{reference:?}").contains("id: \"n\"") || format!("{reference:?}").contains("id: Some"),
            "{html}"
        );
    }
}

#[test]
fn a_class_with_references_is_the_same_to_both_engines() {
    for class in ["language-ruby", "l&#97;nguage-ruby", "language-r&#117;by"] {
        let html = format!("<div class='{class}'><pre>a</pre></div>");
        let reference = Parser::new().engine(Engine::Reference).parse(&html).unwrap();
        let post = Post::parse(&html).unwrap();
        assert_eq!(post, reference, "{html}");
        assert!(
            matches!(&post.blocks[0], Block::Preformatted(code) if code.language.as_deref() == Some("ruby"))
        );
    }
}

#[test]
fn links_to_the_page_itself_lead_to_points_of_it() {
    let post = "---\nfrom: http://e.org/p?q#z\n---\n<p><a href='https://e.org/p?q#a'>a</a> <a href='#b'>b</a> \
                <a href='https://e.org/p#c'>c</a></p><p id=a>1</p><p id=b>2</p><p id=c>3</p>";
    let post = Post::parse(post).unwrap();
    let ids = post.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.id.as_deref(),
        _ => None,
    });
    assert_eq!(ids.collect::<Vec<_>>(), [None, Some("a"), Some("b"), None]);
}

#[test]
fn the_permalink_of_a_heading_is_furniture() {
    let parser = Parser::new().rules(Rules::ads().and(Rules::furniture()));
    for (html, words) in [
        ("<h2 id=a>Tea <a href='#a'>#</a></h2>", "Tea"),
        ("<h2 id=a><a href='#a' class=anchor>\u{b6}</a> Tea</h2>", "Tea"),
        ("<section id=a><h2>Tea<a class=anchor href='#a'>\u{a7}</a></h2></section>", "Tea"),
        ("<h2 id=a>Tea <a href='#a' title='Permalink'>link</a></h2>", "Tea"),
        ("<h2>Tea <a href='#a' class=hash-link>\u{1f517}\u{fe0f}</a> cups</h2>", "Tea cups"),
    ] {
        let (post, report) = parser.parse_with_report(html).unwrap();
        assert_eq!(post.to_text().trim_end(), words, "{html}");
        assert_eq!(report.removals[0].rule.as_deref(), Some("shape: heading permalink"), "{html}");
        let all = Post::parse(html).unwrap();
        assert_ne!(all.to_text().trim_end(), words, "{html}");
        let ids = all
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::Heading(heading) if heading.id.is_some()));
        assert_eq!(ids.count(), 0, "{html}");
    }
    for html in [
        "<h2 id=a><a href='#a'>Tea</a></h2>",
        "<h2 id=a>Tea <a href='#b'>1</a></h2>",
        "<h2>Issue <a href='#7'>#7</a></h2>",
        "<h2>Tea <a href='https://a.example/#a'>#</a></h2>",
        "<p>Press <a href='#a'>#</a></p>",
    ] {
        let (_, report) = parser.parse_with_report(html).unwrap();
        assert_eq!(report.removals, [], "{html}");
    }
}
