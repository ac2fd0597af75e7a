//! What is written of a post is at most 64 times as long as its source, and never begins like front matter.

#[path = "support/rendered.rs"]
#[allow(dead_code, reason = "the tests of the renderers use more of it")]
mod rendered;

use offprint::{Block, BlockQuote, FrontMatter, Meta, Paragraph, Parser, Post, Rules};

/// How many times as long as the source, or as the model in JSON, the output may be.
const MOST: usize = 64;

/// What stands inside one another, as often as the blocks of a post do.
const DEEPEST: usize = 20;

/// Containers, as HTML that opens them.
const CONTAINERS: [&str; 7] = [
    "<blockquote>",
    "<ul><li>",
    "<ol><li>",
    "<ol start=-2147483648><li>",
    "<ol start=999999990><li>",
    "<dl><dt>t<dd>",
    "<table><tr><td>",
];

/// What takes little room in the source, and lines of its own in the output.
const LEAVES: [&str; 12] = [
    "<p>a",
    "a<br>",
    "<hr>",
    "<li>",
    "<li>a",
    "<li><li>a<p>b",
    "<dd>a",
    "<tr><td>",
    "<tr><th>a",
    "<h6>#</h6>",
    "&amp<br>",
    "<b>a</b><i>a</i>",
];

/// What stands in `<pre>`, where a byte is a line.
const CODE: [&str; 4] = ["\n", "a\n", "\n`", "<b>\n</b>"];

/// The containers around what is at the bottom: all of one kind, with another one outermost or innermost, or
/// in turns.
fn nests(depth: usize) -> Vec<String> {
    let mut nests = Vec::new();
    for most in CONTAINERS {
        for other in CONTAINERS {
            nests.push(most.repeat(depth - 1) + other);
            nests.push(other.to_owned() + &most.repeat(depth - 1));
            nests.push((other.to_owned() + most).repeat(depth / 2));
        }
    }
    nests
}

/// What is written of a post, with the name of its format.
fn written(post: &Post<'_>) -> [(&'static str, String); 3] {
    [("text", post.to_text()), ("Markdown", post.to_markdown()), ("HTML", post.to_html())]
}

#[track_caller]
fn assert_bounded(post: &Post<'_>, size: usize, name: &str) {
    for (format, output) in written(post) {
        assert!(output.len() <= MOST * size, "{size} bytes as {} of {format}: {name}", output.len());
    }
}

fn paragraph(text: &str) -> Block<'_> {
    Block::Paragraph(Paragraph::new(text))
}

#[test]
fn a_post_is_written_in_at_most_64_times_its_size() {
    let parser = Parser::new().rules(Rules::none());
    let wide = format!("<tr>{}", "<td rowspan=0>a".repeat(64));
    for (depth, size) in [(DEEPEST, 3000), (4 * DEEPEST, 1000)] {
        for nest in nests(depth) {
            let leaves = LEAVES.iter().map(|leaf| leaf.repeat(size / leaf.len()));
            let code = CODE.iter().map(|code| format!("<pre>a{}a", code.repeat(size / code.len())));
            let cells = ["<tr>", "<tr><td>", "<tr><td colspan=64>"]
                .map(|row| format!("<table>{wide}{}", row.repeat(size / row.len())));
            for bottom in leaves.chain(code).chain(cells) {
                let source = format!("{nest}{bottom}");
                let post = parser.parse(&source).expect("a post");
                assert_bounded(&post, source.len(), &source);
                let json = serde_json::to_string(&post).expect("JSON");
                assert_bounded(&post, json.len(), &source);
            }
        }
    }
}

/// A row may be shorter than the head of its table.
#[test]
#[cfg(feature = "markdown")]
fn cells_that_rows_lack_are_bounded() {
    let parser = Parser::new().rules(Rules::none());
    for (columns, rows) in [(3, 1), (300, 600), (60, 60), (1000, 10)] {
        let head = format!("|{}\n|{}\n", "h|".repeat(columns), "-|".repeat(columns));
        let source = format!("# x\n\n{head}{}", "|a\n".repeat(rows));
        let post = parser.parse(&source).expect("a post");
        assert_bounded(&post, source.len(), &source);
        let json = serde_json::to_string(&post).expect("JSON");
        assert!(json.len() <= MOST * source.len(), "{} bytes as {} of JSON", source.len(), json.len());
        let [_, Block::Table(table)] = &post.blocks[..] else { panic!("there is one table") };
        assert_eq!(table.rows.len(), rows + 1, "no row is left out");
        if columns < 10 {
            assert_eq!(table.rows[1].len(), columns, "rows of an ordinary table are as long as its head");
        }
    }
}

#[test]
fn a_model_of_any_depth_is_written_in_at_most_64_times_its_size() {
    for count in [1000, 4000] {
        let mut blocks = vec![paragraph("a"); count];
        for _ in 0..count {
            blocks = vec![Block::BlockQuote(BlockQuote::new(blocks))];
        }
        let mut post = Post::new(Meta::default(), blocks);
        // A paragraph or a quotation of the model is tens of bytes in any form.
        assert_bounded(&post, 2 * count, "quotations around paragraphs");
        for (format, output) in written(&post) {
            assert_eq!(output.matches('a').count() % count, 0, "{format}");
        }
        // Dropping a block is recursive.
        let mut blocks = std::mem::take(&mut post.blocks);
        while let [Block::BlockQuote(_)] = blocks[..] {
            let Some(Block::BlockQuote(inner)) = blocks.pop() else { break };
            blocks = inner.blocks;
        }
    }
}

#[test]
fn what_is_deep_says_the_same_in_markdown() {
    let parser = Parser::new().rules(Rules::none());
    for nest in nests(DEEPEST).into_iter().chain(nests(4 * DEEPEST)) {
        // A table makes all inside of it HTML.
        if nest.contains("<table>") {
            continue;
        }
        for bottom in ["<p>a<p>b", "<pre>a\n\n b</pre>c", "a<ul><li>b<li>c</ul>d", "<img src=a>b<hr>"] {
            let source = format!("{nest}{bottom}");
            let post = parser.parse(&source).expect("a post");
            assert_eq!(rendered::markdown_says_the_same(&post), Ok(()), "{source}");
            assert_eq!(rendered::html_is_faithful(&post), Ok(()), "{source}");
        }
    }
}

#[test]
fn lines_are_indented_up_to_forty_columns() {
    let source = "<ol start=123456><li>".repeat(6) + "a<br>b<p>c";
    let post = Post::parse(&source).expect("a post");
    let indented = " ".repeat(48);
    assert_eq!(post.to_text(), format!("{}a\n{indented}b\n\n{indented}c\n", "123456. ".repeat(6)));
}

#[test]
fn what_is_written_does_not_begin_like_front_matter() {
    for (source, text, markdown) in [
        ("<p>---<p>a: b<p>---", "\n---\n\na: b\n\n---\n", "\\---\n\na: b\n\n\\---\n"),
        ("<p>+++<p>a", "\n+++\n\na\n", "\n+++\n\na\n"),
        ("<p>+++<br>a", "\n+++\na\n", "+++\\\na\n"),
        ("<p>{\"a\": 1}", "\n{\"a\": 1}\n", "\n{\"a\": 1}\n"),
        ("<p>{<br>}", "\n{\n}\n", "{\\\n}\n"),
        ("<pre>{ }", "\n{ }\n", "```\n{ }\n```\n"),
        ("<pre>--- \t\na", "\n--- \t\na\n", "```\n--- \t\na\n```\n"),
        ("<p>----", "----\n", "\\----\n"),
        ("<p>---a", "---a\n", "---a\n"),
        ("<p>{% a %} {{ b }}", "{% a %} {{ b }}\n", "{% a %} {{ b }}\n"),
        ("<p>a<p>---", "a\n\n---\n", "a\n\n\\---\n"),
        ("<blockquote>---", "> ---\n", "> \\---\n"),
    ] {
        let post = Post::parse(source).expect("a post");
        assert_eq!((&*post.to_text(), &*post.to_markdown()), (text, markdown), "{source}");
        for (format, output) in written(&post) {
            let split = FrontMatter::split(&output).expect("no front matter");
            assert_eq!(split.body(), output, "{format}: {source}");
            let again = Post::parse(&output).expect("a post");
            assert_eq!(again.meta, post.meta, "{format}: {source}");
        }
        // What parsers trim, or never make.
        for mark in ["\u{feff}", "\u{feff}\u{feff}"] {
            let text = format!("{mark}{}", post.to_text().trim());
            let blocks = vec![paragraph(&text)];
            let output = Post::new(Meta::default(), blocks).to_text();
            assert_eq!(FrontMatter::split(&output).expect("no front matter").text(), None, "{source}");
        }
    }
}
