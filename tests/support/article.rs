//! What is expected of an article, as its HTML.

use offprint::{Engine, Parser, Rules};

/// Both engines read this HTML, whose line feeds between blocks do not count, in the body; and what they read
/// is read again in the HTML.
#[track_caller]
pub(crate) fn assert_article(body: &str, expected: &str) {
    for engine in [Engine::Auto, Engine::Reference] {
        let parser = Parser::new().engine(engine).rules(Rules::none());
        let post = parser.parse(body).expect("a body is no error");
        let html = post.to_html();
        assert_eq!(html.replace(">\n", ">"), expected.replace(">\n", ">"), "{engine:?}: {body}");
        let again = parser.parse(&html).expect("a body is no error");
        assert_eq!(again.blocks, post.blocks, "{engine:?}: {html}");
    }
}

/// The body comes to paragraphs with these texts, written as HTML.
#[track_caller]
pub(crate) fn assert_paragraphs(body: &str, texts: &[&str]) {
    let expected: Vec<String> = texts.iter().map(|text| format!("<p>{text}</p>")).collect();
    assert_article(body, &expected.concat());
}
