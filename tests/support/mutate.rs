//! Seeded random damage to a text: the same on every run.

/// Damages texts. What it inserts are the fragments that mean something to the format.
pub(crate) struct Mutator {
    state: u64,
    fragments: &'static [&'static str],
}

impl Mutator {
    pub(crate) fn new(seed: u64, fragments: &'static [&'static str]) -> Self {
        // The generator never leaves zero.
        Self { state: seed.max(1), fragments }
    }

    /// A number below `below`, which is not 0.
    pub(crate) fn random(&mut self, below: usize) -> usize {
        // Marsaglia's xorshift64*.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let bits = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(bits).expect("31 bits") % below
    }

    /// One of the texts with one to four damaged positions, parts of others among it.
    pub(crate) fn mutate(&mut self, texts: &[String]) -> String {
        let mut text = self.choose(texts).clone();
        for _ in 0..=self.random(4) {
            let other = self.choose(texts);
            self.damage(&mut text, other);
        }
        text
    }

    /// One of the fragments.
    pub(crate) fn fragment(&mut self) -> &'static str {
        self.fragments[self.random(self.fragments.len())]
    }

    /// A random item of a list.
    pub(crate) fn choose<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        &among[self.random(among.len())]
    }

    fn damage(&mut self, text: &mut String, other: &str) {
        match self.random(8) {
            0 => self.replace_char(text),
            1 => {
                let start = self.border(text);
                let length =
                    text[start..].chars().take(1 + self.random(8)).map(char::len_utf8).sum::<usize>();
                text.replace_range(start..start + length, "");
            }
            2 => {
                let (start, end) = self.line(text);
                text.replace_range(start..end, "");
            }
            3 => {
                let (start, end) = self.line(text);
                let line = text[start..end].to_owned();
                let (at, _) = self.line(text);
                text.insert_str(at, &line);
            }
            4 => {
                let (start, end) = self.line(other);
                let (at, _) = self.line(text);
                text.insert_str(at, &other[start..end]);
            }
            5 => {
                // The head of one, and the tail of the other.
                let (at, from) = (self.border(text), self.border(other));
                text.truncate(at);
                text.push_str(&other[from..]);
            }
            _ => {
                let at = self.border(text);
                let fragment = self.fragment();
                text.insert_str(at, fragment);
            }
        }
    }

    /// Flips a bit of a character in ASCII, or replaces another one.
    fn replace_char(&mut self, text: &mut String) {
        let at = self.border(text);
        let Some(char) = text[at..].chars().next() else {
            return;
        };
        let flipped =
            u8::try_from(char).ok().filter(u8::is_ascii).map(|byte| char::from(byte ^ 1 << self.random(7)));
        let new = flipped.unwrap_or('\u{3000}');
        text.replace_range(at..at + char.len_utf8(), new.encode_utf8(&mut [0; 4]));
    }

    /// A border between two characters.
    fn border(&mut self, text: &str) -> usize {
        let mut at = self.random(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Where a line starts and ends, its line break included.
    fn line(&mut self, text: &str) -> (usize, usize) {
        let at = self.border(text);
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1);
        (start, end)
    }
}
