//! Listings with an element for each line.

use offprint::{Engine, Parser};

#[track_caller]
fn assert_markdown(body: &str, expected: &str) {
    for engine in [Engine::Auto, Engine::Reference] {
        let post = Parser::new().recover(true).engine(engine).parse(body).unwrap();
        assert_eq!(post.to_markdown(), expected, "{engine:?} {body:?}");
    }
}

#[test]
fn numbered_lines_that_are_a_pre_each_are_one_listing() {
    let expected = "a\n\n```\n   9: int a;\n  10: \n  11: int b; // a: b\n```\n\nb\n";
    assert_markdown(
        "<p>a</p><div><pre><span>   9:</span> <b>int</b> a;</pre><p><!--CRLF--></p><pre><span>  10:</span> </pre>\
         <!--CRLF--><pre>  11: int b; // a: b\n</pre></div><p>b</p>",
        expected,
    );
    // In Markdown too.
    let body = "a\n\n<div>\n  <pre><span>   9:</span> int a;</pre>\n  \n  <p>\n    <!--CRLF-->\n  </p>\n  \n  \
                <pre><span>  10:</span> </pre>\n  <pre>  11: int b; // a: b</pre>\n</div>\n\n**b**\n";
    assert_markdown(body, &expected.replace("\nb\n", "\n**b**\n"));
}

#[test]
fn other_preformatted_texts_stay_apart() {
    let apart = "```\n1: a\n```\n\n```\n3: b\n```\n\n```\nc\n```\n";
    assert_markdown("<pre>1: a</pre><pre>3: b</pre><pre>c</pre>", apart);
    let between = "```\n1: a\n```\n\nb\n\n```\n2: c\n```\n";
    assert_markdown("<pre>1: a</pre>b<pre>2: c</pre>", between);
    let lines = "```\n1: a\n```\n\n```\n2: b\n3: c\n```\n";
    assert_markdown("<pre>1: a</pre><pre>2: b\n3: c</pre>", lines);
}
