//! A text as tokens: text, markup, and what may be a delimiter run.

use std::fmt::{self, Write};

use super::code::{code_span, dollar_math};
use super::context::{Context, Parent};
use super::mark::{BOTH, Delimiter, Form, STRIKETHROUGH};
use super::target::is_autolink;
use crate::post::{MarkKind, Nesting, Text, TextEvent};
use crate::render::element::{Element, write_anchor, write_end, write_start};
use crate::render::shown::is_mark_shown;

#[derive(Debug)]
pub(super) enum Token<'t> {
    /// Never empty.
    Text(&'t str),
    /// The TeX of a formula that is an element. Never empty.
    Tex(&'t str),
    /// Markup that begins and ends with ASCII punctuation.
    Markup(String),
    /// A formula between dollar signs.
    Math(String),
    LinkStart,
    LinkEnd {
        href: &'t str,
        title: Option<&'t str>,
    },
    /// A delimiter run if the characters beside it allow it, or else the tags of elements.
    Delimiter {
        delimiter: &'static Delimiter,
        opens: bool,
        /// The index of the token at the other end of the mark.
        partner: usize,
    },
}

/// The tokens of a text, with the delimiters that its marks might have.
pub(super) fn tokens<'t>(text: &'t Text<'_>, context: Context) -> Vec<Token<'t>> {
    let events = text.events_of(Nesting::LinksOutside, is_mark_shown);
    let mut tokens = Tokens {
        made: Vec::with_capacity(events.len()),
        open: Vec::new(),
        is_in_link: false,
        is_in_formula: false,
        context,
    };
    let mut rest = &events[..];
    while let Some((event, after)) = rest.split_first() {
        let count = match *event {
            TextEvent::Text(tex) if tokens.is_in_formula => {
                tokens.made.push(Token::Tex(tex));
                0
            }
            TextEvent::Text(text) => {
                tokens.text(text);
                0
            }
            TextEvent::Start(kind) => tokens.start(kind, after),
            TextEvent::End(kind) => tokens.end(kind),
        };
        rest = &after[count..];
    }
    tokens.made
}

/// Makes tokens of events.
struct Tokens<'t> {
    made: Vec<Token<'t>>,
    /// The indices of the delimiters that are open.
    open: Vec<usize>,
    is_in_link: bool,
    is_in_formula: bool,
    context: Context,
}

impl<'t> Tokens<'t> {
    fn text(&mut self, text: &'t str) {
        if !text.is_empty() {
            self.made.push(Token::Text(text));
        }
    }

    fn markup(&mut self, write: impl FnOnce(&mut String) -> fmt::Result) {
        let mut markup = String::new();
        // Writing to a string does not fail.
        let _ = write(&mut markup);
        // A `|` would end the cell.
        let is_cut = self.context.parent == Parent::Cell && markup.contains('|');
        self.made.push(Token::Markup(if is_cut { markup.replace('|', "&#124;") } else { markup }));
    }

    /// Begins a mark. Returns how many of the events that come next are dealt with too.
    fn start(&mut self, kind: &'t MarkKind<'_>, rest: &[TextEvent<'t, '_>]) -> usize {
        // Of a mark without another inside, the text; its end comes after that.
        let content = match rest {
            [TextEvent::Text(text), TextEvent::End(_), ..] => Some(*text),
            _ => None,
        };
        let whole = match Form::of(kind) {
            Form::Delimited(delimiter) => return self.start_delimiter(delimiter, rest),
            Form::CodeSpan => content.and_then(|code| self.code_span(code)),
            Form::Formula { display } => {
                let beside = [self.last_char(), rest.get(2).and_then(first_char)];
                let is_alone = beside[0].map_or(self.made.is_empty(), |c| c == '\n')
                    && beside[1].map_or(rest.len() == 2, |c| c == '\n')
                    && self.context.parent == Parent::Paragraph;
                // In a sentence, `$$` is not surely a formula on a line of its own.
                let content = content.filter(|_| !display || is_alone);
                content.and_then(|tex| dollar_math(tex, display, beside, self.context)).map(Token::Math)
            }
            Form::Link { href, title: None } if content.is_some_and(|text| is_autolink(href, text)) => {
                Some(Token::Markup(format!("<{href}>")))
            }
            Form::Link { .. } => {
                self.is_in_link = true;
                self.made.push(Token::LinkStart);
                return 0;
            }
            Form::Anchor { id } => {
                let is_in_link = self.is_in_link;
                self.markup(|out| write_anchor(out, id, is_in_link));
                // The end follows.
                return 1;
            }
            Form::Element => None,
        };
        if let Some(whole) = whole {
            self.made.push(whole);
            // The text and the end follow.
            return 2;
        }
        self.markup(|out| write_start(out, kind));
        self.text(Element::of(kind).before);
        self.is_in_formula |= matches!(kind, MarkKind::Math { .. });
        0
    }

    fn code_span(&self, code: &str) -> Option<Token<'t>> {
        // Backticks side by side would be one run.
        let follows_code = matches!(self.made.last(), Some(Token::Markup(markup)) if markup.ends_with('`'));
        if follows_code { None } else { code_span(code, self.context).map(Token::Markup) }
    }

    fn start_delimiter(&mut self, mut delimiter: &'static Delimiter, rest: &[TextEvent<'_, '_>]) -> usize {
        let is_both = begins_both(delimiter, rest);
        if is_both {
            delimiter = &BOTH;
        }
        self.open.push(self.made.len());
        self.made.push(Token::Delimiter { delimiter, opens: true, partner: 0 });
        usize::from(is_both)
    }

    /// Ends a mark. Returns how many of the events that come next are dealt with too.
    fn end(&mut self, kind: &'t MarkKind<'_>) -> usize {
        match Form::of(kind) {
            Form::Delimited(_) => self.end_delimiter(),
            Form::Link { href, title } => {
                self.is_in_link = false;
                self.made.push(Token::LinkEnd { href, title });
                0
            }
            Form::CodeSpan | Form::Formula { .. } | Form::Anchor { .. } | Form::Element => {
                self.end_element(kind);
                0
            }
        }
    }

    fn end_element(&mut self, kind: &'t MarkKind<'_>) {
        self.is_in_formula &= !matches!(kind, MarkKind::Math { .. });
        let Element { after, reading, .. } = Element::of(kind);
        self.text(after);
        if let Some(reading) = reading {
            self.markup(|out| out.write_str("<rt>"));
            self.text(reading);
            self.markup(|out| out.write_str("</rt>"));
        }
        self.markup(|out| write_end(out, kind));
    }

    fn end_delimiter(&mut self) -> usize {
        let start = self.open.pop().unwrap_or_default();
        let end = self.made.len();
        let Some(Token::Delimiter { delimiter, partner, .. }) = self.made.get_mut(start) else { return 0 };
        *partner = end;
        let delimiter = *delimiter;
        self.made.push(Token::Delimiter { delimiter, opens: false, partner: start });
        usize::from(*delimiter == BOTH)
    }

    /// The character before what comes next, if that is text, code or a formula.
    fn last_char(&self) -> Option<char> {
        match self.made.last() {
            Some(Token::Text(text) | Token::Tex(text)) => text.chars().next_back(),
            Some(Token::Math(_)) => Some('$'),
            // Of a code span.
            Some(Token::Markup(markup)) if markup.ends_with('`') => Some('`'),
            Some(Token::Markup(_) | Token::LinkStart | Token::LinkEnd { .. } | Token::Delimiter { .. })
            | None => None,
        }
    }
}

/// The character that an event begins with, if it is text or code.
fn first_char(event: &TextEvent<'_, '_>) -> Option<char> {
    match event {
        TextEvent::Text(text) => text.chars().next(),
        TextEvent::Start(MarkKind::Code) => Some('`'),
        TextEvent::Start(_) | TextEvent::End(_) => None,
    }
}

/// Whether a mark and the next one inside it are strong and emphasised, and cover the same text.
fn begins_both(delimiter: &Delimiter, rest: &[TextEvent<'_, '_>]) -> bool {
    let Some(TextEvent::Start(inner @ (MarkKind::Strong | MarkKind::Emphasis))) = rest.first() else {
        return false;
    };
    if *delimiter == STRIKETHROUGH {
        return false;
    }
    // Marks of one kind are not inside one another.
    let end = rest.iter().position(|piece| matches!(piece, TextEvent::End(kind) if kind == inner));
    let after = end.and_then(|end| rest.get(end + 1));
    matches!(after, Some(TextEvent::End(MarkKind::Strong | MarkKind::Emphasis)))
}
