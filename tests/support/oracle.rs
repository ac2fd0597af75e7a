//! The text of a post, read without the crate's own pipeline.
//!
//! Texts are compared *squeezed*: without white space and zero-width characters, since the blocks collapse
//! the former and trim both at their edges.

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, expanded_name, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use offprint::{MarkKind, Post, TextEvent};

/// The squeezed text that a reader of a page sees.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Visible {
    /// All of it.
    pub(crate) whole: String,
    /// That outside of form controls.
    pub(crate) outside_controls: String,
    /// That inside of form controls.
    pub(crate) inside_controls: String,
}

impl Visible {
    fn push(&mut self, text: &str, in_control: bool) {
        let before = self.whole.len();
        self.whole.extend(text.chars().filter(|&char| !is_squeezed(char)));
        let part = if in_control { &mut self.inside_controls } else { &mut self.outside_controls };
        part.push_str(&self.whole[before..]);
    }
}

/// Reads the visible text of the HTML after the front matter and the prelude.
pub(crate) fn visible_text(html: &str) -> Visible {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html);

    let mut visible = Visible::default();
    let mut stack: Vec<(Handle, bool)> = vec![(dom.document.clone(), false)];
    while let Some((node, in_control)) = stack.pop() {
        let mut in_control = in_control;
        match &node.data {
            NodeData::Text { contents } => visible.push(&contents.borrow(), in_control),
            NodeData::Element { name, .. } if is_hidden(name) => continue,
            NodeData::Element { name, .. } => {
                in_control |= is_control(&name.local);
                if let Some(alt) = emoji(&node) {
                    visible.push(&alt, in_control);
                }
            }
            _ => {}
        }
        let mut children: Vec<_> = node.children.borrow().iter().cloned().collect();
        if element_name(&node).is_some_and(|name| *name == *"table") {
            // A table's caption stands above it wherever the source has it. The sort is stable.
            children.sort_by_key(|child| element_name(child).is_none_or(|name| *name != *"caption"));
        }
        stack.extend(children.into_iter().rev().map(|child| (child, in_control)));
    }
    visible
}

/// The squeezed text of all blocks, in order, each reading after its base.
pub(crate) fn block_text(post: &Post<'_>) -> String {
    let mut text = String::new();
    for (_, block) in post.walk() {
        for event in block.texts().flat_map(offprint::Text::events) {
            match event {
                TextEvent::Text(part) => text += &squeeze(part),
                TextEvent::End(MarkKind::Ruby { reading, .. }) => text += &squeeze(reading),
                TextEvent::Start(_) | TextEvent::End(_) => {}
            }
        }
    }
    text
}

/// A text without white space and zero-width characters.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|&char| !is_squeezed(char)).collect()
}

/// What follows the stamp and the link heading.
pub(crate) fn without_prelude(body: &str) -> &str {
    let rest = body.trim_start();
    let after_stamp =
        rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).and_then(|(comment, rest)| {
            let comment = comment.trim();
            (comment == "NaN" || comment.parse::<i64>().is_ok()).then_some(rest)
        });
    let rest = after_stamp.unwrap_or(body);
    without_heading(rest.trim_start()).unwrap_or(rest)
}

fn without_heading(text: &str) -> Option<&str> {
    let (heading, rest) = text.split_once('\n')?;
    let (underline, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let heading = heading.trim_end();
    let underline = underline.trim_end();
    let is_heading = heading.starts_with('[') && heading.ends_with(')') && heading.contains("](");
    let is_underline = !underline.is_empty()
        && (underline.chars().all(|char| char == '-') || underline.chars().all(|char| char == '='));
    (is_heading && is_underline).then_some(rest)
}

/// Where two texts part, with what stands around that position; `None` if they are the same.
pub(crate) fn parting(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let common = expected.chars().zip(actual.chars()).take_while(|(left, right)| left == right).count();
    let around = |text: &str| {
        let shown: String = text.chars().skip(common.saturating_sub(30)).take(60).collect();
        format!("{shown:?}")
    };
    Some(format!(
        "the texts part after {common} characters\n  expected {}\n  actual   {}",
        around(expected),
        around(actual)
    ))
}

/// White space, and the characters of no width that are trimmed at edges.
pub(crate) fn is_squeezed(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn element_name(node: &Handle) -> Option<&html5ever::LocalName> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&name.local),
        _ => None,
    }
}

fn is_hidden(name: &QualName) -> bool {
    if name.ns != ns!(html) {
        let is_for_machines =
            matches!(&*name.local, "annotation" | "annotation-xml" | "desc" | "metadata" | "title");
        return is_for_machines || matches!(&*name.local, "script" | "style");
    }
    matches!(
        &*name.local,
        "script"
            | "style"
            | "template"
            | "title"
            | "head"
            | "noembed"
            | "noframes"
            | "rp"
            | "iframe"
            | "object"
            | "video"
            | "audio"
            | "canvas"
    )
}

fn is_control(name: &str) -> bool {
    matches!(name, "button" | "select" | "textarea" | "datalist")
}

/// The text that an emoji's or a smiley's image stands for.
fn emoji(node: &Handle) -> Option<String> {
    let NodeData::Element { name, attrs, .. } = &node.data else { return None };
    if name.expanded() != expanded_name!(html "img") {
        return None;
    }
    let attrs = attrs.borrow();
    let value = |wanted: &str| attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| &*attr.value);
    let mut classes = value("class").unwrap_or_default().split_ascii_whitespace();
    let is_emoji = classes
        .any(|class| matches!(class, "emoji" | "wp-smiley" | "smiley" | "emoticon" | "emote"))
        || value("src").is_some_and(|src| src.contains("/images/core/emoji/"));
    value("alt").filter(|_| is_emoji).map(str::to_owned)
}
