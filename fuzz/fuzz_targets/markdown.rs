//! Nothing of a body in Markdown is lost, and the engines agree on it.
//!
//! What must be there is the text of the HTML that pulldown-cmark's own writer makes of the same Markdown,
//! character by character but for white space. Where kramdown's habits or tags in prose give the same text
//! another meaning, each word of that HTML's text must be somewhere in the post.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;

use libfuzzer_sys::fuzz_target;
use offprint::{BodyFormat, Parser, Post, Rules};
use pulldown_cmark::{Event, Options, Tag, TagEnd};

/// Elements that show their text.
const HARMLESS: [&str; 12] =
    ["b", "blockquote", "details", "div", "figure", "i", "p", "section", "span", "table", "td", "tr"];

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    // After a paragraph, nothing is front matter or a prelude: all is body.
    let body = &*format!("x\n\n{body}");
    let source = format!("---\n---\n{body}");
    let parser = Parser::new().rules(Rules::none()).body_format(BodyFormat::Markdown);
    let Ok((post, _)) = engines::agree(&parser, |parser| parser.parse_with_report(&source)) else { return };
    assert_eq!(parser.parse(&source).expect("it has been read"), post);
    if has_attribute_list(body) || !tags_are_harmless(body) {
        return;
    }
    let html = format!("---\n---\n{}", html(body));
    let Ok(theirs) = parser.body_format(BodyFormat::Html).parse(&html) else { return };
    let has_separator = body.lines().any(|line| line.trim() == "^");
    // To kramdown a colon without a blank after it is text, and to pulldown-cmark it begins a definition.
    let is_marker = |c: char| c.is_whitespace() || c.is_ascii_digit() || ">-+*.)".contains(c);
    let has_colon = body.lines().any(|line| line.trim_start_matches(is_marker).starts_with(':'));
    // Cells after those of the head are kept, and pulldown-cmark drops them.
    if has_separator || has_colon || body.contains(['<', '$', '{', '|']) {
        words_are_kept(body, &post, &theirs);
    } else {
        // Footnotes in footnotes may have other numbers, and ours are items of a list.
        let counts = |c: &char| c.is_alphabetic() || !body.contains("[^");
        let characters = |post| characters(post).chars().filter(counts).collect::<String>();
        assert_eq!(characters(&post), characters(&theirs), "{html}");
    }
});

/// Whether there may be something that kramdown takes out, or that is an attribute for kramdown.
fn has_attribute_list(body: &str) -> bool {
    body.contains("{:")
}

/// Whether each tag is one of an element that shows its text.
fn tags_are_harmless(body: &str) -> bool {
    body.split('<').skip(1).all(|text| {
        let text = text.strip_prefix('/').unwrap_or(text);
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        let is_tag = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_tag { HARMLESS.contains(&&text[..end]) } else { !text.starts_with(['!', '?']) }
    })
}

/// Every word of their text is in ours, in a URL of ours, or in a tag. Definitions of references may be text
/// in one of the two, and nothing in the other; `&copy` is a letter in HTML alone; in a formula `%` begins a
/// comment, which is not shown.
fn words_are_kept(body: &str, ours: &Post<'_>, theirs: &Post<'_>) {
    if body.contains("]:") || body.contains('&') || body.contains('$') && body.contains('%') {
        return;
    }
    // What is markup in one of the two, and cuts or joins words, is a sign in the other.
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let json = serde_json::to_string(ours).expect("a post is JSON");
    let kept = letters(&json);
    // Code shows the tags that cut its words.
    let kept_without_tags = letters(
        &json.split('<').map(|text| text.split_once('>').map_or(text, |(_, text)| text)).collect::<String>(),
    );
    let tags =
        letters(&body.split('<').skip(1).filter_map(|text| text.split('>').next()).collect::<String>());
    let text = theirs.to_text();
    for word in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 4) {
        let is_kept = kept.contains(word) || kept_without_tags.contains(word) || tags.contains(word);
        assert!(is_kept, "{word} is lost: {ours:#?}");
    }
}

/// The HTML of pulldown-cmark's writer. Footnotes come last, in the order of their numbers, as in ours.
fn html(body: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    // What is being collected: the text outside footnotes, and around it the footnotes that are open.
    let mut open: Vec<(String, Vec<Event<'_>>)> = vec![(String::new(), Vec::new())];
    let (mut labels, mut notes) = (Vec::new(), Vec::new());
    for event in pulldown_cmark::Parser::new_ext(body, options) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => notes.extend(open.pop()),
            event => {
                if let Event::FootnoteReference(label) = &event {
                    labels.push(label.to_string());
                }
                open.last_mut().expect("the text is open").1.push(event);
            }
        }
    }
    labels.extend(notes.iter().map(|(label, _)| label.clone()));
    notes.sort_by_key(|(label, _)| labels.iter().position(|known| known == label));
    let mut events = open.pop().expect("the text is open").1;
    events.extend(notes.into_iter().flat_map(|(_, note)| note));
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    html
}

fn characters(post: &Post<'_>) -> String {
    post.to_text().chars().filter(|c| !c.is_whitespace()).collect()
}
