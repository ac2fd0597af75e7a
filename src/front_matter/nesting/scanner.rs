//! The tokens of a block as libyaml finds them: from the text to where each token starts. The tokens
//! themselves are not made.
//!
//! After an error the tokens need not be right, because libyaml stops there.

/// Passes over the tokens of a block.
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// In characters, counted from 0, as libyaml counts it.
    column: usize,
    /// The least column in which a line continues the content of the innermost block collection: the column
    /// of the collection plus one, or 0 outside of all collections.
    least_column: usize,
    /// The same for the block collections around the innermost one.
    outer: Vec<usize>,
    flow_depth: usize,
    /// The token that is a block mapping's key if a colon follows.
    key: Option<Key>,
    key_allowed: bool,
    /// The start of the key that the last token ends.
    ends_key: Option<usize>,
    /// Whether libyaml has stopped.
    is_done: bool,
}

/// A token that has been passed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    /// For a colon after a key in a block collection, where the key starts; for a colon in a flow collection,
    /// where the colon is; `None` for any other token.
    pub(super) ends_key: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Key {
    start: usize,
    column: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            column: 0,
            least_column: 0,
            outer: Vec::new(),
            flow_depth: 0,
            key: None,
            key_allowed: true,
            ends_key: None,
            is_done: false,
        }
    }

    /// How many flow collections are open.
    pub(super) fn flow_depth(&self) -> usize {
        self.flow_depth
    }

    /// How many block collections are open. A list right below its key, no further in, is not counted.
    pub(super) fn block_depth(&self) -> usize {
        self.outer.len()
    }

    /// Where the last token ends.
    pub(super) fn token_end(&self) -> usize {
        self.at
    }

    /// Passes over the next token, like `key`, `:` or `[`. The cursor ends after the token; for a scalar,
    /// after the white space that follows. `None` at the end of the text, or where libyaml stops.
    pub(super) fn next_token(&mut self) -> Option<Token> {
        if self.is_done {
            return None;
        }
        self.skip_to_token();
        if !self.in_flow() {
            self.leave_collections(self.column);
        }
        let start = self.at;
        self.ends_key = None;
        self.is_done = self.token().is_none();
        (!self.is_done).then_some(Token { start, ends_key: self.ends_key })
    }

    /// Passes over the token at the cursor; `None` at the end of the text, or where libyaml stops.
    fn token(&mut self) -> Option<()> {
        if self.at_document_marker() {
            self.outer.clear();
            self.least_column = 0;
            self.key = None;
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
            b'-' | b'?' if self.is_white_space_or_end(1) && !self.in_flow() => {
                self.enter_collection(self.column);
                self.key = None;
                self.key_allowed = true;
                self.step();
            }
            b':' if self.in_flow() || self.is_white_space_or_end(1) => self.value_indicator(),
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
            b'-' if self.is_white_space_or_end(1) => return None,
            _ => {
                self.save_key();
                self.plain_scalar()?;
            }
        }
        Some(())
    }

    fn value_indicator(&mut self) {
        if self.in_flow() {
            self.ends_key = Some(self.at);
        } else {
            let key = self.key.take();
            self.key_allowed = key.is_none();
            let key = key.unwrap_or(Key { start: self.at, column: self.column });
            self.enter_collection(key.column);
            self.ends_key = Some(key.start);
        }
        self.step();
    }

    /// Passes over an anchor, an alias or a tag, up to white space or, in a flow collection, an indicator.
    /// Any other end of a name is an error in libyaml.
    fn skip_name(&mut self) {
        while !(self.is_white_space_or_end(0)
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
            while !self.is_white_space_or_end(0) {
                match self.byte(0)? {
                    b':' if self.is_white_space_or_end(1) => return Some(()),
                    b':' if self.in_flow()
                        && matches!(self.byte(1), Some(b',' | b'?' | b'[' | b']' | b'{' | b'}')) =>
                    {
                        return None;
                    }
                    b',' | b'[' | b']' | b'{' | b'}' if self.in_flow() => return Some(()),
                    _ => self.step(),
                }
            }
            let line_start = self.skip_white_space_and_breaks();
            // A line that is indented further continues the scalar.
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
        self.key = None;
        self.key_allowed = true;
    }

    /// The indentation of the first line from here that is not empty, or that of an empty line before if that
    /// is greater.
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
            if self.skip_white_space_and_breaks() && !self.in_flow() {
                self.key = None;
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

    /// Passes over spaces, tabs and line breaks, and says whether there was a line break.
    fn skip_white_space_and_breaks(&mut self) -> bool {
        let mut line_start = false;
        while self.at < self.bytes.len() && self.is_white_space_or_end(0) {
            line_start |= self.break_length(0) > 0;
            self.step();
        }
        if line_start && !self.in_flow() {
            self.key = None;
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

    /// Notes the token at the cursor as a possible key.
    fn save_key(&mut self) {
        if !self.in_flow() && self.key_allowed {
            self.key = Some(Key { start: self.at, column: self.column });
            self.key_allowed = false;
        }
    }

    fn enter_collection(&mut self, column: usize) {
        if self.least_column <= column {
            self.outer.push(self.least_column);
            self.least_column = column + 1;
        }
    }

    /// Leaves the block collections that are indented further than `column`.
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
            && self.is_white_space_or_end(3)
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn is_white_space_or_end(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), None | Some(b' ' | b'\t')) || self.break_length(ahead) > 0
    }

    /// The length in bytes of the line break that is `ahead` bytes after the cursor; 0 if there is not one.
    fn break_length(&self, ahead: usize) -> usize {
        match self.bytes.get(self.at + ahead..).unwrap_or_default() {
            [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
            _ => 0,
        }
    }

    /// Passes over a character or a line break.
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
