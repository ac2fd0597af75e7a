//! Invented text.

/// Sentences from a small vocabulary: two in three are Chinese, the others English.
pub(super) struct Words {
    state: u64,
}

impl Words {
    pub(super) fn new(seed: usize) -> Self {
        Self { state: seed as u64 }
    }

    /// A linear congruential generator, with the constants of Knuth's MMIX.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).map_or(0, |high| high % bound)
    }

    pub(super) fn sentence(&mut self) -> String {
        const CHINESE: [&str; 8] = ["茶葉", "春天", "山上的", "農人", "清晨", "採摘", "市場", "價格"];
        const ENGLISH: [&str; 8] =
            ["the leaves", "were", "dried", "slowly", "over", "a fire", "of pine", "by hand"];
        let chinese = self.below(3) > 0;
        let (vocabulary, gap, stop) = if chinese { (CHINESE, "", "。") } else { (ENGLISH, " ", ".") };
        let count = 6 + self.below(6);
        let words: Vec<_> = (0..count).map(|_| vocabulary[self.below(vocabulary.len())]).collect();
        words.join(gap) + stop
    }

    pub(super) fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect()
    }
}
