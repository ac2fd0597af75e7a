//! Lists of words that are asked about many words, hardly any of which they hold.

/// Words in lower case, and a sign that tells most other words from them.
pub(super) struct WordSet<const LISTS: usize> {
    lists: [&'static [&'static str]; LISTS],
    /// For each first letter, a bit for each length of a word.
    lengths: [u32; 32],
}

impl<const LISTS: usize> WordSet<LISTS> {
    pub(super) const fn of(lists: [&'static [&'static str]; LISTS]) -> Self {
        let mut lengths = [0; 32];
        let mut list = 0;
        while list < LISTS {
            let mut index = 0;
            while index < lists[list].len() {
                let word = lists[list][index].as_bytes();
                assert!(word.len() < 32, "a word is shorter than that");
                lengths[(word[0] % 32) as usize] |= 1 << word.len();
                index += 1;
            }
            list += 1;
        }
        Self { lists, lengths }
    }

    /// All words.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.lists.into_iter().flatten().copied()
    }

    /// Whether one of the words has this first letter and this length.
    #[inline]
    pub(super) fn may_hold(&self, word: &[u8]) -> bool {
        let Some(first) = word.first() else { return false };
        word.len() < 32 && self.lengths[usize::from(first % 32)] & 1 << word.len() != 0
    }

    /// The first list that holds a word in any case.
    #[inline(never)]
    pub(super) fn list_of(&self, word: &[u8]) -> Option<usize> {
        (0..LISTS).find(|list| self.holds_in(*list, word))
    }

    /// Whether one of the lists holds a word in any case.
    pub(super) fn holds_in(&self, list: usize, word: &[u8]) -> bool {
        self.lists[list].iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        const SET: WordSet<2> = WordSet::of([&["tea", "water"], &["tee", "tea", "eau-de-vie"]]);
        for (word, list) in
            [("tea", Some(0)), ("WATER", Some(0)), ("Tee", Some(1)), ("eau-de-vie", Some(1)), ("tex", None)]
        {
            assert_eq!(SET.list_of(word.as_bytes()), list, "{word}");
            let lists = [0, 1].map(|list| SET.holds_in(list, word.as_bytes()));
            assert_eq!(lists.iter().position(|holds| *holds), list, "{word}");
            assert!(list.is_none() || SET.may_hold(word.as_bytes()), "{word}");
        }
        for word in ["", "t", "wate", "waters", "été", "a word that is longer than any word of a list"] {
            assert!(!SET.may_hold(word.as_bytes()), "{word}");
        }
    }
}
