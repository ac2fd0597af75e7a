//! Text with its marks.
//!
//! `*`, `**` and `~~` are signs only where the characters beside them allow it ("left-flanking" and
//! "right-flanking" in the `CommonMark` specification), which they often do not in texts without spaces. Where they
//! do not, the character outside is written as a reference, whose `&` or `;` allows it; and where that is no way
//! out, the mark is an HTML element.

use std::borrow::Cow;

use super::escape::{
    Edges, is_full_width_sign, is_surely_punctuation, is_surely_word, push_destination, push_text, push_title,
};
use super::longest_run;
use crate::post::{Image, Mark, MarkKind, Media, Nesting, Text, TextEvent};
use crate::render::html::{is_link_shown, is_shown, name, write_end, write_media};
use crate::url;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, which may have many lines.
    Block,
    Heading,
    /// In a cell of a table.
    Cell,
}

/// Adds a text with its marks.
pub(super) fn push(out: &mut String, text: &Text<'_>, place: Place) {
    let text = &*drawn_in(text);
    let tokens = tokens(text, place);
    let escapes_tildes = tokens.len() > 1 || text.text.matches('~').nth(1).is_some();
    let signs = Signs::of(&tokens);
    let mut links = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) => {
                let edges = Edges {
                    is_first: index == 0,
                    encode_first: signs.encodes_first[index],
                    encode_last: signs.encodes_last[index],
                    before_bracket: matches!(tokens.get(index + 1), Some(Token::LinkStart)),
                    is_last: index + 1 == tokens.len(),
                    in_link: links > 0,
                    escapes_tildes,
                };
                push_text(out, text, place, edges);
            }
            Token::Markup(markup) => out.push_str(markup),
            Token::LinkStart => {
                links += 1;
                out.push('[');
            }
            Token::LinkEnd { href, title } => {
                links -= 1;
                out.push(']');
                push_target(out, href, title.as_deref());
            }
            Token::Sign { sign, .. } if signs.is_sign[index] => out.push_str(sign.text),
            Token::Sign { sign, opens, .. } => out.push_str(if *opens { sign.start } else { sign.end }),
        }
    }
    if place == Place::Heading && out.ends_with('#') {
        // It would close the heading.
        out.insert(out.len() - 1, '\\');
    }
}

/// Adds something to look at or to play, in one line.
pub(super) fn push_media(out: &mut String, media: &Media<'_>, place: Place) {
    let Media::Image(image) = media else {
        let mut html = String::new();
        // Writing to a string does not fail.
        let _ = write_media(&mut html, media);
        // A `|` would end the cell.
        out.push_str(&if place == Place::Cell { html.replace('|', "&#124;") } else { html });
        return;
    };
    let Image { src, alt, title, link, .. } = image;
    let link = link.as_deref().filter(|link| is_link_shown(link));
    if link.is_some() {
        out.push('[');
    }
    out.push_str("![");
    let alt = alt.as_deref().unwrap_or_default().replace(['\n', '\r'], " ");
    let edges = Edges { in_link: true, is_last: true, escapes_tildes: alt.contains('~'), ..Edges::default() };
    push_text(out, &alt, place, edges);
    out.push(']');
    push_target(out, src, title.as_deref());
    if let Some(link) = link {
        out.push(']');
        push_target(out, link, None);
    }
}

/// Adds what stands in parentheses behind a link's text.
fn push_target(out: &mut String, href: &str, title: Option<&str>) {
    out.push('(');
    push_destination(out, &url::clean(href.into()));
    if let Some(title) = title {
        out.push(' ');
        push_title(out, title);
    }
    out.push(')');
}

/// The text with its marks drawn in from punctuation at their edges where a letter stands outside.
///
/// `**秋：**天` is no strong text in Markdown; `**秋**：天` is, and says the same to a reader.
fn drawn_in<'t>(text: &'t Text<'_>) -> Cow<'t, Text<'t>> {
    let is_drawn_in = |mark: &Mark<'_>| draw_in(mark, &text.text).is_some();
    let Some(first) = text.marks.iter().position(is_drawn_in) else { return Cow::Borrowed(text) };
    let mut marks = text.marks.clone();
    for mark in &mut marks[first..] {
        (mark.start, mark.end) = draw_in(mark, &text.text).unwrap_or((mark.start, mark.end));
    }
    Cow::Owned(Text { text: Cow::Borrowed(&text.text), marks })
}

/// Where a mark starts and ends once it is drawn in. A bracket that is then outside takes its partner along.
///
/// `None` if there is no need, or if nothing would be left, or white space at an edge.
fn draw_in(mark: &Mark<'_>, text: &str) -> Option<(usize, usize)> {
    sign(&mark.kind)?;
    let inside = text.get(mark.range())?;
    let is_letter = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_surely_punctuation(c));
    let draws_start = is_letter(text[..mark.start].chars().next_back());
    let draws_end = is_letter(text[mark.end..].chars().next());
    if !draws_start && !draws_end {
        return None;
    }
    let first = &inside[..passed(&mut inside.chars())];
    let last = &inside[inside.len() - passed(&mut inside.chars().rev())..];
    let pairs = || BRACKETS.iter().filter(|(open, close)| first.contains(*open) && last.contains(*close));
    let passed_first = if draws_start {
        Some(first.len())
    } else {
        pairs().filter_map(|(open, _)| Some(first.rfind(*open)? + open.len_utf8())).max()
    };
    let passed_last = if draws_end {
        Some(last.len())
    } else {
        pairs().filter_map(|(_, close)| Some(last.len() - last.find(*close)?)).max()
    };
    let start = mark.start + passed_first.unwrap_or(0);
    let end = mark.end - passed_last.unwrap_or(0);
    let is_clean =
        |drawn: &str| !drawn.starts_with(char::is_whitespace) && !drawn.ends_with(char::is_whitespace);
    ((start, end) != (mark.start, mark.end) && start < end && is_clean(&text[start..end]))
        .then_some((start, end))
}

/// How many bytes of punctuation come first, with the spaces in it. A long run is a drawing, and stays where it is.
fn passed(chars: &mut dyn Iterator<Item = char>) -> usize {
    let is_passed = |c: &char| {
        is_surely_punctuation(*c) || is_full_width_sign(*c) || c.is_whitespace() && !matches!(c, '\n' | '\r')
    };
    chars.take(MOST_DRAWN).take_while(is_passed).map(char::len_utf8).sum()
}

/// Past how many characters of punctuation a mark is drawn in.
const MOST_DRAWN: usize = 8;

/// What stands around words as a pair.
const BRACKETS: [(char, char); 9] = [
    ('(', ')'),
    ('[', ']'),
    ('"', '"'),
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
];

#[derive(Debug)]
enum Token<'t> {
    /// Never empty.
    Text(&'t str),
    /// What begins and ends with punctuation of ASCII.
    Markup(Cow<'static, str>),
    LinkStart,
    LinkEnd {
        href: &'t str,
        title: Option<&'t str>,
    },
    /// A sign if the characters beside it allow it, or the tags of elements.
    Sign {
        sign: &'static Sign,
        opens: bool,
        partner: usize,
    },
}

/// A sign, and the tags that mean the same.
#[derive(Debug, PartialEq)]
struct Sign {
    text: &'static str,
    start: &'static str,
    end: &'static str,
}

const STRONG: Sign = Sign { text: "**", start: "<strong>", end: "</strong>" };
const EMPHASIS: Sign = Sign { text: "*", start: "<em>", end: "</em>" };
const BOTH: Sign = Sign { text: "***", start: "<strong><em>", end: "</em></strong>" };
const STRIKETHROUGH: Sign = Sign { text: "~~", start: "<s>", end: "</s>" };

/// A text in pieces, with the signs that its marks might have.
fn tokens<'t>(text: &'t Text<'_>, place: Place) -> Vec<Token<'t>> {
    if text.marks.is_empty() {
        return if text.text.is_empty() { Vec::new() } else { vec![Token::Text(&text.text)] };
    }
    let pieces = text.events_of(Nesting::LinksOutside, is_shown);
    let mut tokens: Vec<Token<'t>> = Vec::with_capacity(pieces.len());
    // Where the signs that are open stand.
    let mut open: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        let rest = &pieces[index + 1..];
        index += 1;
        match *piece {
            TextEvent::Text(text) => tokens.push(Token::Text(text)),
            TextEvent::Start(MarkKind::Code) => {
                let span = code_span(rest, tokens.last(), place);
                // The text and the end are in it.
                index += if span.is_some() { 2 } else { 0 };
                tokens.push(Token::Markup(span.map_or("<code>".into(), Cow::Owned)));
            }
            TextEvent::Start(MarkKind::Link { href, title: None }) if is_autolink(href, rest) => {
                tokens.push(Token::Markup(format!("<{href}>").into()));
                // The text and the end are in it.
                index += 2;
            }
            TextEvent::Start(MarkKind::Link { .. }) => tokens.push(Token::LinkStart),
            TextEvent::End(MarkKind::Link { href, title }) => {
                tokens.push(Token::LinkEnd { href, title: title.as_deref() });
            }
            TextEvent::Start(kind) => match sign(kind) {
                Some(mut one) => {
                    if begins_both(one, rest) {
                        one = &BOTH;
                        index += 1;
                    }
                    open.push(tokens.len());
                    tokens.push(Token::Sign { sign: one, opens: true, partner: 0 });
                }
                None => tokens.push(Token::Markup(format!("<{}>", name(kind)).into())),
            },
            TextEvent::End(kind) if sign(kind).is_some() => {
                let start = open.pop().unwrap_or_default();
                let end = tokens.len();
                if let Some(Token::Sign { sign, partner, .. }) = tokens.get_mut(start) {
                    *partner = end;
                    index += usize::from(**sign == BOTH);
                    let sign = *sign;
                    tokens.push(Token::Sign { sign, opens: false, partner: start });
                }
            }
            TextEvent::End(kind) => {
                let mut end = String::new();
                // Writing to a string does not fail.
                let _ = write_end(&mut end, kind);
                tokens.push(Token::Markup(end.into()));
            }
        }
    }
    tokens
}

/// Whether the text of a link that comes next is its URL, in characters that nothing has to be done about.
fn is_autolink(href: &str, rest: &[TextEvent<'_, '_>]) -> bool {
    let is_plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '|' | '\\' | '`');
    matches!(rest, [TextEvent::Text(text), TextEvent::End(MarkKind::Link { .. }), ..] if *text == href)
        && (href.starts_with("https://") || href.starts_with("http://"))
        && href.chars().all(is_plain)
}

fn sign(kind: &MarkKind<'_>) -> Option<&'static Sign> {
    Some(match kind {
        MarkKind::Strong => &STRONG,
        MarkKind::Emphasis => &EMPHASIS,
        MarkKind::Strikethrough => &STRIKETHROUGH,
        MarkKind::Code
        | MarkKind::Link { .. }
        | MarkKind::Underline
        | MarkKind::Subscript
        | MarkKind::Superscript
        | MarkKind::Highlight
        | MarkKind::Quotation
        | MarkKind::Small
        | MarkKind::Ruby { .. }
        | MarkKind::Math { .. }
        | MarkKind::Anchor { .. }
        | MarkKind::Bidi { .. } => return None,
    })
}

/// Whether a mark and the next one inside it are strong and emphasised, and cover the same text.
fn begins_both(sign: &Sign, rest: &[TextEvent<'_, '_>]) -> bool {
    let Some(TextEvent::Start(inner @ (MarkKind::Strong | MarkKind::Emphasis))) = rest.first() else {
        return false;
    };
    if *sign == STRIKETHROUGH {
        return false;
    }
    // Marks of one kind are not inside one another.
    let end = rest.iter().position(|piece| matches!(piece, TextEvent::End(kind) if kind == inner));
    let after = end.and_then(|end| rest.get(end + 1));
    matches!(after, Some(TextEvent::End(MarkKind::Strong | MarkKind::Emphasis)))
}

/// The code that comes next between backticks, if they can hold it.
fn code_span(rest: &[TextEvent<'_, '_>], before: Option<&Token<'_>>, place: Place) -> Option<String> {
    let [TextEvent::Text(code), TextEvent::End(MarkKind::Code), ..] = rest else { return None };
    let follows_code = matches!(before, Some(Token::Markup(markup)) if markup.ends_with('`'));
    let is_cut = place == Place::Cell && code.contains('|');
    if follows_code || is_cut || code.contains(char::is_control) || code.trim_matches(' ').is_empty() {
        return None;
    }
    let fence = "`".repeat(1 + longest_run(code, '`'));
    let is_padded = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let space = if is_padded { " " } else { "" };
    Some(format!("{fence}{space}{code}{space}{fence}"))
}

/// Which signs are signs, and which characters beside them are written as references.
struct Signs {
    is_sign: Vec<bool>,
    encodes_first: Vec<bool>,
    encodes_last: Vec<bool>,
}

/// What stands beside a sign.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    /// White space, or nothing.
    Space,
    /// What is a letter or a digit beyond doubt.
    Word,
    Punctuation,
    /// A character that might be taken for either.
    Unsure,
    /// A sign of the same kind, that this one would run into.
    Sign,
}

impl Signs {
    fn of(tokens: &[Token<'_>]) -> Self {
        let none = || vec![false; tokens.len()];
        let mut signs = Self { is_sign: none(), encodes_first: none(), encodes_last: none() };
        for (index, token) in tokens.iter().enumerate() {
            if let Token::Sign { sign, opens: true, partner } = token {
                signs.decide(tokens, sign, index, *partner);
            }
        }
        signs
    }

    /// Makes two tokens signs if both can be.
    fn decide(&mut self, tokens: &[Token<'_>], sign: &Sign, start: usize, end: usize) {
        let starts = (self.before(tokens, sign, start), self.after(tokens, sign, start));
        let ends = (self.after(tokens, sign, end), self.before(tokens, sign, end));
        let mut encodes = [false; 2];
        for (encode, (outside, inside)) in encodes.iter_mut().zip([starts, ends]) {
            match (outside, inside) {
                (Beside::Sign, _) | (_, Beside::Sign | Beside::Space) => return,
                (_, Beside::Word) | (Beside::Space | Beside::Punctuation, _) => {}
                (Beside::Word | Beside::Unsure, Beside::Punctuation | Beside::Unsure) => *encode = true,
            }
        }
        let [encodes_before, encodes_after] = encodes;
        if encodes_before && self.is_alone_inside(tokens, start - 1)
            || encodes_after && self.is_alone_inside(tokens, end + 1)
        {
            return;
        }
        (self.is_sign[start], self.is_sign[end]) = (true, true);
        if encodes_before {
            self.encodes_last[start - 1] = true;
        }
        if encodes_after {
            self.encodes_first[end + 1] = true;
        }
    }

    /// Whether a text is one character at the inner side of a sign, which a reference there would unmake.
    fn is_alone_inside(&self, tokens: &[Token<'_>], index: usize) -> bool {
        let is_sign = |index: usize, as_start: bool| match tokens.get(index) {
            Some(Token::Sign { opens, .. }) => *opens == as_start && self.is_sign[index],
            _ => false,
        };
        matches!(tokens[index], Token::Text(text) if text.chars().nth(1).is_none())
            && (index > 0 && is_sign(index - 1, true) || is_sign(index + 1, false))
    }

    fn before(&self, tokens: &[Token<'_>], sign: &Sign, index: usize) -> Beside {
        let before = index.checked_sub(1);
        self.beside(tokens, sign, before, |text| text.chars().next_back())
    }

    fn after(&self, tokens: &[Token<'_>], sign: &Sign, index: usize) -> Beside {
        self.beside(tokens, sign, Some(index + 1), |text| text.chars().next())
    }

    fn beside(
        &self,
        tokens: &[Token<'_>],
        sign: &Sign,
        index: Option<usize>,
        nearest: impl Fn(&str) -> Option<char>,
    ) -> Beside {
        let Some((index, token)) = index.and_then(|index| Some((index, tokens.get(index)?))) else {
            return Beside::Space;
        };
        match token {
            Token::Text(text) => nearest(text).map_or(Beside::Space, |c| match c {
                _ if c.is_whitespace() => Beside::Space,
                _ if is_surely_word(c) => Beside::Word,
                _ if is_surely_punctuation(c) => Beside::Punctuation,
                _ => Beside::Unsure,
            }),
            Token::Sign { sign: other, .. } if self.is_sign[index] && other.text[..1] == sign.text[..1] => {
                Beside::Sign
            }
            _ => Beside::Punctuation,
        }
    }
}
