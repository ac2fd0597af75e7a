//! The text of a post, read without the crate's own pipeline.
//!
//! Texts are compared *squeezed*: without white space and zero-width characters, since the blocks collapse
//! the former and trim both at their edges.

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, expanded_name, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use offprint::{MarkKind, Post, TextEvent};

#[path = "inline_css.rs"]
mod inline_css;

/// The squeezed text of a page.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Visible {
    /// All of it, but for what is never shown, such as scripts and fallbacks.
    pub(crate) whole: String,
    /// What inline styles and attributes hide.
    pub(crate) hidden: String,
    /// What a reader sees outside of form controls.
    pub(crate) outside_controls: String,
    /// What a reader sees inside of form controls.
    pub(crate) inside_controls: String,
    /// What a reader sees.
    pub(crate) shown: String,
}

/// How the text inside an element is shown.
#[derive(Clone, Copy, Default)]
struct State {
    in_control: bool,
    /// Whether no browser shows the element.
    is_gone: bool,
    /// Whether its text is not visible, though something in it may be.
    is_invisible: bool,
}

impl Visible {
    fn push(&mut self, text: &str, state: State) {
        let text = squeeze(text);
        self.whole += &text;
        if state.is_gone || state.is_invisible {
            self.hidden += &text;
            return;
        }
        self.shown += &text;
        let part = if state.in_control { &mut self.inside_controls } else { &mut self.outside_controls };
        *part += &text;
    }
}

/// The texts that rules change, as the documentation lists them: what stands in place of an element and all
/// that is in it.
const CHANGED: [fn(&Handle) -> Option<String>; 2] = [emoji, hidden_address];

/// Reads the visible text of the HTML after the front matter and the prelude.
pub(crate) fn visible_text(html: &str) -> Visible {
    // A C1 control is what HTML makes of a reference to it.
    let references = html.chars().map(|c| match c {
        '\u{80}'..='\u{9f}' => format!("&#{};", u32::from(c)),
        _ => c.to_string(),
    });
    let html: String = references.collect();
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html.as_str());

    let mut visible = Visible::default();
    let mut stack: Vec<(Handle, State)> = vec![(dom.document.clone(), State::default())];
    while let Some((node, mut state)) = stack.pop() {
        match &node.data {
            NodeData::Text { contents } => visible.push(&contents.borrow(), state),
            NodeData::Element { name, .. } if is_never_shown(name) => continue,
            NodeData::Element { name, .. } => {
                state = state_inside(&node, name, state);
                if let Some(text) = CHANGED.iter().find_map(|change| change(&node)) {
                    visible.push(&text, state);
                    continue;
                }
            }
            _ => {}
        }
        let mut children: Vec<_> = node.children.borrow().iter().cloned().collect();
        if element_name(&node).is_some_and(|name| *name == *"table") {
            // A table's caption stands above it wherever the source has it. The sort is stable.
            children.sort_by_key(|child| element_name(child).is_none_or(|name| *name != *"caption"));
        }
        stack.extend(children.into_iter().rev().map(|child| (child, state)));
    }
    visible
}

/// How the text inside an element is shown, by its attributes and the standard's rules for them.
fn state_inside(node: &Handle, name: &QualName, around: State) -> State {
    let has = |wanted: &str| attribute(node, wanted).is_some();
    let style = inline_css::read(&attribute(node, "style").unwrap_or_default());
    let is_dialog = name.ns == ns!(html) && &*name.local == "dialog";
    let is_hidden = attribute(node, "hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || has("popover") && !(is_dialog && has("open"))
        || is_dialog && !has("open");
    // A tab opens its panel, as `<details>` opens.
    let is_panel = attribute(node, "role").is_some_and(|role| role.eq_ignore_ascii_case("tabpanel"));
    let is_gone = !is_panel && style.is_displayed.map_or(is_hidden, |is_displayed| !is_displayed);
    let mut is_invisible = style.is_visible.map_or(around.is_invisible, |is_visible| !is_visible);
    // Pictures that wait for a script are shown.
    is_invisible &= !(name.ns == ns!(html) && &*name.local == "picture");
    let in_control = around.in_control || is_control(&name.local);
    State { in_control, is_gone: around.is_gone || is_gone, is_invisible }
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
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

fn is_never_shown(name: &QualName) -> bool {
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
            | "meter"
            | "progress"
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

/// An e-mail address that Cloudflare hides: its characters after the first two digits, each combined with
/// those.
fn hidden_address(node: &Handle) -> Option<String> {
    let code = attribute(node, "data-cfemail")?;
    let bytes: Vec<u8> = (0..code.len() / 2)
        .map(|index| u8::from_str_radix(code.get(2 * index..2 * index + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    let (key, rest) = bytes.split_first()?;
    let address = String::from_utf8(rest.iter().map(|byte| byte ^ key).collect()).ok()?;
    (!address.is_empty()).then_some(address)
}
