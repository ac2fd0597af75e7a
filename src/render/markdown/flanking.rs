//! Which delimiters can be delimiter runs.
//!
//! `*`, `**` and `~~` open and close only where the characters beside them allow it ("left-flanking" and
//! "right-flanking" in the [`CommonMark`
//! specification](https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run)), which in texts without
//! spaces they often do not. Where they do not, the character outside is written as a reference, whose `&` or
//! `;` allows it; and where that does not help, the mark is an HTML element.

use super::mark::Delimiter;
use super::punctuation::{is_surely_punctuation, is_surely_word};
use super::token::Token;

/// Which delimiters are written as delimiter runs, and which characters beside them are written as
/// references.
pub(super) struct DelimiterRuns {
    /// For each token, what has been decided; nothing if no token is a delimiter.
    decided: Vec<Decided>,
}

/// What has been decided about a token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Decided {
    /// Whether it is a delimiter run.
    pub(super) is_run: bool,
    /// Whether its first character is written as a reference.
    pub(super) encodes_first: bool,
    /// Whether its last character is written as a reference.
    pub(super) encodes_last: bool,
}

/// What stands beside a delimiter.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    /// White space, or nothing.
    Space,
    /// What is a letter or a digit beyond doubt.
    Word,
    Punctuation,
    /// A character that is a letter to some readers, and punctuation to others.
    Unsure,
    /// A delimiter run of the same character, which this one would make longer.
    Run,
}

impl DelimiterRuns {
    pub(super) fn of(tokens: &[Token<'_>]) -> Self {
        let mut runs = Self { decided: Vec::new() };
        for (index, token) in tokens.iter().enumerate() {
            if let Token::Delimiter { delimiter, opens: true, partner } = token {
                // Texts with no other marks than links have no delimiter.
                runs.decided.resize(tokens.len(), Decided::default());
                runs.decide(tokens, delimiter, index, *partner);
            }
        }
        runs
    }

    /// What has been decided about a token.
    pub(super) fn decided(&self, index: usize) -> Decided {
        self.decided.get(index).copied().unwrap_or_default()
    }

    /// Makes two tokens delimiter runs if the first can be left-flanking and the second right-flanking.
    fn decide(&mut self, tokens: &[Token<'_>], delimiter: &Delimiter, start: usize, end: usize) {
        let starts = (self.before(tokens, delimiter, start), self.after(tokens, delimiter, start));
        let ends = (self.after(tokens, delimiter, end), self.before(tokens, delimiter, end));
        let mut encodes = [false; 2];
        for (encode, (outside, inside)) in encodes.iter_mut().zip([starts, ends]) {
            match (outside, inside) {
                (Beside::Run, _) | (_, Beside::Run | Beside::Space) => return,
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
        self.decided[start].is_run = true;
        self.decided[end].is_run = true;
        if encodes_before {
            self.decided[start - 1].encodes_last = true;
        }
        if encodes_after {
            self.decided[end + 1].encodes_first = true;
        }
    }

    /// Whether a text is one character at the inner side of a delimiter run, which would not be one beside a
    /// reference.
    fn is_alone_inside(&self, tokens: &[Token<'_>], index: usize) -> bool {
        let is_run = |index: usize, as_start: bool| {
            let is_side =
                matches!(tokens.get(index), Some(Token::Delimiter { opens, .. }) if *opens == as_start);
            is_side && self.decided[index].is_run
        };
        matches!(tokens[index], Token::Text(text) | Token::Tex(text) if text.chars().nth(1).is_none())
            && (index > 0 && is_run(index - 1, true) || is_run(index + 1, false))
    }

    fn before(&self, tokens: &[Token<'_>], delimiter: &Delimiter, index: usize) -> Beside {
        let before = index.checked_sub(1);
        self.beside(tokens, delimiter, before, |text| text.chars().next_back())
    }

    fn after(&self, tokens: &[Token<'_>], delimiter: &Delimiter, index: usize) -> Beside {
        self.beside(tokens, delimiter, Some(index + 1), |text| text.chars().next())
    }

    fn beside(
        &self,
        tokens: &[Token<'_>],
        delimiter: &Delimiter,
        index: Option<usize>,
        nearest: impl Fn(&str) -> Option<char>,
    ) -> Beside {
        let Some((index, token)) = index.and_then(|index| Some((index, tokens.get(index)?))) else {
            return Beside::Space;
        };
        match token {
            Token::Text(text) | Token::Tex(text) => nearest(text).map_or(Beside::Space, |c| match c {
                _ if c.is_whitespace() => Beside::Space,
                _ if is_surely_word(c) => Beside::Word,
                _ if is_surely_punctuation(c) => Beside::Punctuation,
                _ => Beside::Unsure,
            }),
            Token::Delimiter { delimiter: other, .. }
                if self.decided[index].is_run && other.run[..1] == delimiter.run[..1] =>
            {
                Beside::Run
            }
            // All of it begins and ends with ASCII punctuation.
            Token::Markup(_)
            | Token::Math(_)
            | Token::LinkStart
            | Token::LinkEnd { .. }
            | Token::Delimiter { .. } => Beside::Punctuation,
        }
    }
}
