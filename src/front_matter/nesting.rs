//! A guard against flow collections too deep for the YAML parser: it takes time that grows with the square of
//! the depth (a minute for 400 kB of `{a: `) before anything can stop it.
//!
//! A bracket opens a collection only where a token starts. To tell these brackets from those in texts, the
//! [`Scanner`] walks over the tokens as libyaml does, indentation included, and makes none of them.
//! It need not be right behind an error, because libyaml goes no further either.

/// Where a bracket opens more than `most` flow collections inside one another.
pub(super) fn too_deep(text: &str, most: usize) -> Option<usize> {
    // Nearly every block is let through here.
    let brackets = memchr::memchr2_iter(b'[', b'{', text.as_bytes());
    if brackets.take(most + 1).count() <= most {
        return None;
    }
    Scanner::new(text.as_bytes()).find_deeper_than(most)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// In characters, counted from 0, as libyaml counts it.
    column: usize,
    /// The least column in which a line goes on with the innermost block collection's content: its own
    /// column plus one, or 0 outside of all.
    least_column: usize,
    /// The same for the block collections around it.
    outer: Vec<usize>,
    flow_depth: usize,
    /// The column of the token that is a block mapping's key if a colon follows.
    key_column: Option<usize>,
    key_allowed: bool,
}

impl<'a> Scanner<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            column: 0,
            least_column: 0,
            outer: Vec::new(),
            flow_depth: 0,
            key_column: None,
            key_allowed: true,
        }
    }

    fn find_deeper_than(mut self, most: usize) -> Option<usize> {
        loop {
            let start = self.next_token()?;
            if self.flow_depth > most {
                return Some(start);
            }
        }
    }

    /// Steps over the next token, and says where it starts.
    fn next_token(&mut self) -> Option<usize> {
        self.skip_to_token();
        if !self.in_flow() {
            self.leave_collections(self.column);
        }
        let start = self.at;
        self.token()?;
        Some(start)
    }

    /// Steps over one token; `None` at the end, or where libyaml stops.
    fn token(&mut self) -> Option<()> {
        if self.at_document_marker() {
            self.outer.clear();
            self.least_column = 0;
            self.key_column = None;
            self.key_allowed = false;
            self.step_by(3);
            return Some(());
        }
        match self.byte(0)? {
            b'[' | b'{' => {
                self.save_key();
                self.key_allowed = true;
                self.flow_depth += 1;
                self.step();
            }
            b']' | b'}' => {
                self.flow_depth = self.flow_depth.checked_sub(1)?;
                self.key_allowed = false;
                self.step();
            }
            b',' | b'?' if self.in_flow() => self.step(),
            b'-' | b'?' if self.is_blank_or_end(1) && !self.in_flow() => {
                self.enter_collection(self.column);
                self.key_column = None;
                self.key_allowed = true;
                self.step();
            }
            b':' if self.in_flow() || self.is_blank_or_end(1) => self.value_indicator(),
            b'*' | b'&' | b'!' => {
                self.save_key();
                self.skip_name();
            }
            b'|' | b'>' if !self.in_flow() => self.block_scalar(),
            quote @ (b'\'' | b'"') => {
                self.save_key();
                self.quoted_scalar(quote);
            }
            b'%' | b'@' | b'`' | b',' | b'|' | b'>' => return None,
            b'-' if self.is_blank_or_end(1) => return None,
            _ => {
                self.save_key();
                self.plain_scalar()?;
            }
        }
        Some(())
    }

    fn value_indicator(&mut self) {
        if !self.in_flow() {
            let key = self.key_column.take();
            self.enter_collection(key.unwrap_or(self.column));
            self.key_allowed = key.is_none();
        }
        self.step();
    }

    /// Steps over an anchor, an alias or a tag: whatever ends one wrongly is an error.
    fn skip_name(&mut self) {
        while !(self.is_blank_or_end(0)
            || self.in_flow() && matches!(self.byte(0), Some(b',' | b']' | b'}' | b':')))
        {
            self.step();
        }
    }

    fn quoted_scalar(&mut self, quote: u8) {
        self.step();
        while let Some(byte) = self.byte(0) {
            if byte == b'\\' && quote == b'"'
                || byte == quote && quote == b'\'' && self.byte(1) == Some(quote)
            {
                self.step();
            } else if byte == quote {
                self.step();
                return;
            }
            self.step();
        }
    }

    fn plain_scalar(&mut self) -> Option<()> {
        loop {
            while !self.is_blank_or_end(0) {
                match self.byte(0)? {
                    b':' if self.is_blank_or_end(1) => return Some(()),
                    b':' if self.in_flow()
                        && matches!(self.byte(1), Some(b',' | b'?' | b'[' | b']' | b'{' | b'}')) =>
                    {
                        return None;
                    }
                    b',' | b'[' | b']' | b'{' | b'}' if self.in_flow() => return Some(()),
                    _ => self.step(),
                }
            }
            let line_start = self.skip_blanks_and_breaks();
            // Further in, the line goes on with the scalar.
            let ends = line_start && !self.in_flow() && self.column < self.least_column;
            if ends || matches!(self.byte(0), None | Some(b'#')) || self.at_document_marker() {
                return Some(());
            }
        }
    }

    fn block_scalar(&mut self) {
        let mut indent = None;
        self.step();
        while let Some(byte @ (b'+' | b'-' | b'0'..=b'9')) = self.byte(0) {
            if byte.is_ascii_digit() {
                indent = Some(self.least_column.saturating_sub(1) + usize::from(byte - b'0'));
            }
            self.step();
        }
        self.skip_line();
        let indent = indent.unwrap_or_else(|| self.first_indent().max(self.least_column).max(1));
        loop {
            while self.column < indent && self.byte(0) == Some(b' ') {
                self.step();
            }
            let is_content = self.column >= indent;
            if self.at >= self.bytes.len() || !is_content && self.break_length(0) == 0 {
                break;
            }
            self.skip_line();
        }
        self.key_column = None;
        self.key_allowed = true;
    }

    /// The indentation of the first line from here that is not blank, or that of a blank one that has more.
    fn first_indent(&self) -> usize {
        let mut at = self.at;
        let mut most = 0;
        loop {
            let spaces = self.bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
            most = most.max(spaces);
            match self.break_length(at + spaces - self.at) {
                0 => return most,
                length => at += spaces + length,
            }
        }
    }

    fn skip_to_token(&mut self) {
        loop {
            if self.skip_blanks_and_breaks() && !self.in_flow() {
                self.key_column = None;
                self.key_allowed = true;
            }
            if self.column == 0 && self.bytes[self.at..].starts_with("\u{feff}".as_bytes()) {
                self.step();
            } else if self.byte(0) == Some(b'#') {
                while self.at < self.bytes.len() && self.break_length(0) == 0 {
                    self.step();
                }
            } else {
                return;
            }
        }
    }

    /// Whether a line break was among them.
    fn skip_blanks_and_breaks(&mut self) -> bool {
        let mut line_start = false;
        while self.at < self.bytes.len() && self.is_blank_or_end(0) {
            line_start |= self.break_length(0) > 0;
            self.step();
        }
        if line_start && !self.in_flow() {
            self.key_column = None;
            self.key_allowed = true;
        }
        line_start
    }

    fn skip_line(&mut self) {
        while self.at < self.bytes.len() && self.break_length(0) == 0 {
            self.step();
        }
        self.step();
    }

    /// Notes the token that starts here as a possible key.
    fn save_key(&mut self) {
        if !self.in_flow() && self.key_allowed {
            self.key_column = Some(self.column);
            self.key_allowed = false;
        }
    }

    fn enter_collection(&mut self, column: usize) {
        if self.least_column <= column {
            self.outer.push(self.least_column);
            self.least_column = column + 1;
        }
    }

    /// Leaves the block collections that stand further in than `column`.
    fn leave_collections(&mut self, column: usize) {
        while self.least_column > column + 1 {
            self.least_column = self.outer.pop().unwrap_or(0);
        }
    }

    fn in_flow(&self) -> bool {
        self.flow_depth > 0
    }

    fn at_document_marker(&self) -> bool {
        self.column == 0
            && (self.bytes[self.at..].starts_with(b"---") || self.bytes[self.at..].starts_with(b"..."))
            && self.is_blank_or_end(3)
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn is_blank_or_end(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), None | Some(b' ' | b'\t')) || self.break_length(ahead) > 0
    }

    /// How many bytes the line break has that stands so many bytes ahead; 0 if there is none.
    fn break_length(&self, ahead: usize) -> usize {
        match self.bytes.get(self.at + ahead..).unwrap_or_default() {
            [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
            _ => 0,
        }
    }

    /// Steps over a character or a line break.
    fn step(&mut self) {
        match self.break_length(0) {
            0 => {
                self.at += 1;
                while self.byte(0).is_some_and(|byte| byte & 0xc0 == 0x80) {
                    self.at += 1;
                }
                self.at = self.at.min(self.bytes.len());
                self.column += 1;
            }
            length => {
                self.at += length;
                self.column = 0;
            }
        }
    }

    fn step_by(&mut self, characters: usize) {
        (0..characters).for_each(|_| self.step());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_matter::entry::Node;

    #[track_caller]
    fn refused_at(text: &str, at: usize) {
        assert_eq!(too_deep(text, 2), Some(at), "{text:?}");
    }

    #[track_caller]
    fn let_through(text: &str) {
        assert_eq!(too_deep(text, 2), None, "{text:?}");
    }

    #[test]
    fn deep_collections() {
        refused_at("[[[", 2);
        refused_at("a: [b, {c: [d]}]", 11);
        refused_at("a: [[]]\nb: [[[]]]", 13);
        refused_at("- x\n- {{\n{", 9);
        refused_at("标题: '[[['\nb: [[[", 19);
        refused_at("a: b # [\nc: [[[", 14);
        refused_at("a: \"\\\"\"\nc: [[[", 13);
        refused_at("a: 'it''s'\nc: [[[", 16);
        refused_at("[\"a\": [\"b\": [", 12);
        refused_at("a: &b [ !c [ &d [", 16);
        refused_at("k: |\n x\nc: [[[", 13);
        refused_at("--- [[[", 6);
    }

    #[test]
    fn brackets_in_texts() {
        let_through("a: '[[[['");
        let_through("a: \"[[[[\\\"[[[[\"");
        let_through("a: x [[[[\nb: y[[[[");
        let_through("a: x\n  [[[[\n  {{{{");
        let_through("a: b # [[[[\n# [[[[");
        let_through("a: |\n  [[[[\n\n  [[[[\nb: c");
        let_through("a: |2-\n  [[[[");
        let_through("- - |\n    [[[[");
        let_through("[[]]\n");
        let_through("a: [[], [], [], []]");
        let_through("a: !<[[[[> b");
        let_through("? |\n [[[[\n: x");
    }

    /// Where each line could be taken for what it is not.
    #[test]
    fn block_scalars_end_where_libyaml_ends_them() {
        refused_at("- a: |\n  b: [[[", 14);
        refused_at("a: |\n \"\nb: [[[", 13);
        refused_at("- a: x\n  b: '\n  c: '\n  d: [[[", 28);
        refused_at("a:\n  b: |\n  c: [[[", 17);
        let_through("a:\n  b: |\n   c: [[[");
    }

    /// In blocks that are YAML, the brackets that open lists are as many as the parser finds.
    #[test]
    fn random_blocks() {
        const FRAGMENTS: [&str; 44] = [
            "a: ", "b: ", "\"c\": ", "\n", "\n", "\n ", "\n  ", "\n   ", "\n\n", "[", "[", "]", "]", "[]",
            "{", "}", ", ", ",", "'", "\"", "\\", "|", ">", "|2-", "|-", " #", "#", "x", "x y", ":", " ",
            "\t", "&q ", "!t ", "? ", "\n? ", "\n: ", "标", "\r\n", "\r", "\n--- ", "\n  [", "'it''s'",
            "\u{2028}",
        ];
        let mut state: u64 = 42;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let mut with_lists = 0;
        for _ in 0..50_000 {
            let fragments = (0..random(14)).map(|_| FRAGMENTS[random(FRAGMENTS.len())]);
            let text: String = std::iter::once("k: ").chain(fragments).collect();
            let Ok(entries) = crate::front_matter::yaml::entries(&text) else {
                continue;
            };
            let lists: usize = entries.iter().map(|entry| count_lists(&entry.node)).sum();
            assert_eq!(count_openers(&text), lists, "{text:?}");
            with_lists += usize::from(lists > 0);
        }
        assert!(with_lists > 100, "{with_lists}");
    }

    fn count_lists(node: &Node<'_>) -> usize {
        match node {
            Node::Texts(_) => 1,
            Node::List(nodes) => 1 + nodes.iter().map(count_lists).sum::<usize>(),
            Node::Map(pairs) => pairs.iter().map(|(_, node)| count_lists(node)).sum(),
            _ => 0,
        }
    }

    fn count_openers(text: &str) -> usize {
        let mut scanner = Scanner::new(text.as_bytes());
        let mut openers = 0;
        while let Some(start) = scanner.next_token() {
            // A plain scalar cannot start with one.
            openers += usize::from(text.as_bytes()[start] == b'[');
        }
        openers
    }
}
