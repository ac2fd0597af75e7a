//! Aliases that stand for what they are in, which no reader can expand.

use std::collections::HashMap;

use super::scanner::Scanner;

/// The positions of an alias that is in the collection that it stands for, and of the anchor of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub(crate) alias: usize,
    pub(crate) anchor: usize,
}

/// A node with an anchor.
struct Anchored {
    anchor: usize,
    /// How many collections are open around it.
    depth: usize,
    /// How many tokens have come since the anchor.
    tokens: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// What it is comes next.
    New,
    /// It may be a collection, of which nothing that tells so has come.
    Begun,
    /// It is a collection.
    Open,
    Closed,
}

/// The most tokens after an anchor of which no one tells that a block collection has begun: a key, or the
/// dash of a list that is no further in than its key.
const LEAD: usize = 2;

/// The first alias in a block that is in the collection that it stands for.
pub(crate) fn cycle(text: &str) -> Option<Cycle> {
    let mut scanner = Scanner::new(text.as_bytes());
    let mut latest: HashMap<&str, usize> = HashMap::new();
    let mut all: Vec<Anchored> = Vec::new();
    // Those that are not closed, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    while let Some(token) = scanner.next_token() {
        let depth = scanner.block_depth() + scanner.flow_depth();
        let (name, start) = (&text[token.start..scanner.token_end()], token.start);
        while let Some(node) = open.last().map(|&index| &mut all[index]) {
            node.go_on(text, start, depth);
            if node.state != State::Closed {
                break;
            }
            open.pop();
        }
        match name.as_bytes().first() {
            Some(b'&') => {
                latest.insert(name[1..].trim_end(), all.len());
                open.push(all.len());
                all.push(Anchored { anchor: start, depth, tokens: 0, state: State::New });
            }
            Some(b'*') => {
                let node = latest.get(name[1..].trim_end()).map(|&index| &all[index]);
                if let Some(node) = node.filter(|node| node.state != State::Closed) {
                    return Some(Cycle { alias: start, anchor: node.anchor });
                }
            }
            _ => {}
        }
    }
    None
}

impl Anchored {
    /// Takes note of a token at `start`, after which `depth` collections are open.
    fn go_on(&mut self, text: &str, start: usize, depth: usize) {
        let first = text.as_bytes()[start];
        if self.state == State::New && first == b'!' {
            return;
        }
        self.tokens += 1;
        self.state = match self.state {
            // On the line of its anchor, a block collection cannot begin: what has the anchor is a key.
            State::New if !matches!(first, b'[' | b'{') && !text[self.anchor..start].contains('\n') => {
                State::Closed
            }
            State::New | State::Begun | State::Open if depth > self.depth => State::Open,
            State::New | State::Begun if self.tokens <= LEAD => State::Begun,
            State::New | State::Begun | State::Open | State::Closed => State::Closed,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_in_what_it_stands_for_is_found() {
        for (text, alias, anchor) in [
            ("a: &x [*x]", 7, 3),
            ("a: &x [b, {c: *x}]\nd: e", 14, 3),
            ("a: &x\n  k: *x", 11, 3),
            ("a: &x\n  k:\n    - b\n    - *x\n", 25, 3),
            ("a:\n  - &x\n    - *x", 16, 7),
            ("a: &x !!seq [*x]", 13, 3),
            ("a: &x\n- *x", 8, 3),
            ("a: &x [1]\nb: &y [*x, *y]", 21, 13),
            ("&x\na: *x", 6, 0),
        ] {
            assert_eq!(cycle(text), Some(Cycle { alias, anchor }), "{text}");
        }
    }

    #[test]
    fn other_aliases_are_not() {
        for text in [
            "a: &x [1]\nb: *x",
            "a: &x\n  k: 1\nb: [*x]",
            "a: &x b\nc: *x",
            "&x a: *x",
            "a:\n  &x b: *x",
            "a: [&x b, *x]",
            "a: [&x [b], *x]",
            "a: &x [&x b, *x]",
            "a: &x\n  b\nc: *x",
            "a: &x\n- b\nc: *x",
            "a: '&x [*x]'",
            "a: *x",
            "",
        ] {
            assert_eq!(cycle(text), None, "{text}");
        }
    }
}
