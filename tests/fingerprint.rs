//! Fingerprints: their exact values, what does not count, and how far apart edited and unrelated texts are.

use std::fmt::Write as _;

use offprint::Fingerprint;

/// A text of a language and its fingerprint. If one of them changes, so do all tables that people keep.
const VALUES: [(&str, u64); 6] = [
    (
        "Boil fresh water, and let it stand for three minutes. Warm the pot; a cold one takes the heat \
         away. Two spoons of leaves are enough for half a litre. Don't stir. After 2.5 minutes pour all \
         of it into cups, to the last drop, since leaves that stay wet go bitter. The second brew is the \
         best.",
        0x818b_eb6d_8689_6824,
    ),
    (
        "烧一壶新鲜的水，静置三分钟。先把茶壶烫热，冷壶会带走温度。半升水放两勺茶叶就够了，不要搅拌。两分半钟以后，把茶汤全部倒进杯子，一滴不留，因为泡久的叶子会发苦。第二泡 Tea 最好。",
        0x3672_6079_4da8_3a6b,
    ),
    (
        "新しい水を沸かし、三分ほど置きます。急須を温めておくと、お湯が冷めません。半リットルに茶葉を二さじ入れ、かき混ぜずに二分半待って、最後の一滴まで湯のみに注ぎます。二煎目がいちばんおいしい。",
        0x15ec_b3b1_5880_053b,
    ),
    (
        "새 물을 끓여 3분 동안 둔다. 찻주전자는 미리 데운다. 차가운 주전자는 열을 빼앗는다. 물 반 리터에 찻잎 두 숟가락이면 충분하다. 젓지 않는다. 2분 30초 뒤에 \
         마지막 한 방울까지 잔에 따른다. 젖은 채로 남은 잎은 쓴맛을 낸다. 두 번째 우린 차가 가장 맛있다. 잎은 세 번까지 쓸 수 있다. 남은 물로 잔을 헹군다. 그리고 \
         창가에 앉아 천천히 마신다.",
        0x4c75_afa6_4d62_eae0,
    ),
    (
        "Вскипятите свежую воду и дайте ей постоять три минуты. Чайник согрейте: холодный забирает \
         тепло. Двух ложек чая хватит на пол-литра. Не мешайте. Через 2,5 минуты разлейте всё по чашкам, \
         до последней капли, потому что мокрый лист горчит. Вторая заварка — самая лучшая. Лист годится \
         три раза, а потом его надо выбросить и взять новый. ЁЛКА стоит у окна.",
        0xfa5f_4a25_3fa8_2baf,
    ),
    (
        "Βράστε φρέσκο νερό και αφήστε το τρία λεπτά. Ζεστάνετε την τσαγιέρα· μια κρύα παίρνει τη \
         θερμότητα. Δύο κουταλιές φύλλα φτάνουν για μισό λίτρο. Μην ανακατεύετε. Ύστερα από δυόμισι \
         λεπτά σερβίρετε όλο το τσάι, ως την τελευταία σταγόνα, γιατί τα βρεγμένα φύλλα πικρίζουν. Το \
         δεύτερο τσάι είναι το πιο νόστιμο απ' όλα. ΤΕΛΟΣ.",
        0x3387_1410_7293_7596,
    ),
];

#[test]
fn fingerprints_never_change() {
    for (text, bits) in VALUES {
        let fingerprint = Fingerprint::of(text).unwrap();
        assert_eq!(format!("{fingerprint}"), format!("{bits:016x}"), "{text}");
        assert_eq!((fingerprint.bits(), Fingerprint::from_bits(bits)), (bits, fingerprint));
    }
}

#[test]
fn case_punctuation_and_white_space_do_not_count() {
    for (text, bits) in VALUES {
        let same = |other: &str| assert_eq!(Fingerprint::of(other).unwrap().bits(), bits, "{other}");
        same(&text.to_uppercase());
        same(&text.to_lowercase());
        same(&format!("\u{feff}\n\n # {} …!", text.replace(' ', " \u{a0}\n\t— ")));
        // No word is cut by a sign that goes.
        same(&text.replace(['.', '\'', '-', '。', '·'], ""));
        same(&text.replace('，', "、 "));
    }
}

#[test]
fn words_and_their_order_count() {
    let (text, bits) = VALUES[0];
    let bits = Fingerprint::from_bits(bits);
    for (from, to) in
        [("fresh", "cold"), ("three minutes", "minutes three"), ("Don't", "Do not"), ("2.5", "3.5")]
    {
        let distance = Fingerprint::of(&text.replace(from, to)).unwrap().distance(bits);
        assert!((1..20).contains(&distance), "{from}: {distance}");
    }
}

#[test]
fn fifty_words_have_a_fingerprint() {
    for word in ["tea ", "茶", "茶。", "ちゃ", "x\u{3000}", "1-2 "] {
        let words = if word == "ちゃ" { 2 } else { 1 };
        assert_eq!(Fingerprint::of(&word.repeat(50 / words - 1)), None, "{word}");
        assert!(Fingerprint::of(&word.repeat(50 / words)).is_some(), "{word}");
    }
    for none in ["", " ", "tea", &"— ".repeat(1000), &"。".repeat(1000), &"a-".repeat(1000)] {
        assert_eq!(Fingerprint::of(none), None, "{none}");
    }
}

#[test]
fn huge_texts_have_one_too() {
    // The same three words in every shingle, whatever their number.
    let few = Fingerprint::of(&"tea ".repeat(50));
    assert_eq!(Fingerprint::of(&"tea ".repeat(3_000_000)), few);
    assert_ne!(Fingerprint::of(&"茶".repeat(3_000_000)), few);
    // One word of ten megabytes, and signs.
    assert_eq!(Fingerprint::of(&"tea".repeat(3_000_000)), None);
    assert_eq!(Fingerprint::of(&"\u{301}".repeat(3_000_000)), None);
}

#[test]
fn distances_are_those_of_hamming() {
    let distance = |a, b| Fingerprint::from_bits(a).distance(Fingerprint::from_bits(b));
    assert_eq!((distance(0, 0), distance(0, u64::MAX), distance(0b1010, 0b0110)), (0, 64, 2));
    assert_eq!(distance(1 << 63, 1), 2);
}

/// What the documentation says is what is measured here.
#[test]
fn the_published_distances_are_true() {
    let published = include_str!("../src/fingerprint.md");
    let measured = format!("{}\n{}", edited_texts(), unrelated_texts());
    assert_eq!(published, measured, "src/fingerprint.md should be:\n\n{measured}");
}

const LENGTHS: [usize; 4] = [100, 300, 1000, 3000];
const CHANGES: [usize; 4] = [1, 3, 10, 30];
const PAIRS: usize = 300;

fn edited_texts() -> String {
    let mut table = String::from(
        "The bits that differ when words of a text are replaced by other words: the median, and in\n\
         brackets the 90th percentile. Measured over invented texts whose words are as unequally\n\
         frequent as those of a language. In Chinese, a changed word is two characters in a row, and\n\
         the length is in characters.\n\n\
         | language | changed words | of 100 | of 300 | of 1000 | of 3000 |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for language in [Language::English, Language::Chinese] {
        for changes in CHANGES {
            write!(table, "| {} | {changes} |", language.name()).unwrap();
            for length in LENGTHS {
                let distances = edited(language, length, changes);
                let (median, most) = (distances[PAIRS / 2], distances[PAIRS * 9 / 10]);
                assert!(changes != 3 || length < 1000 || median <= 3, "{median} bits, {length} words");
                write!(table, " {median} ({most}) |").unwrap();
            }
            table.push('\n');
        }
    }
    table
}

fn unrelated_texts() -> String {
    let mut distances = Vec::new();
    for language in [Language::English, Language::Chinese] {
        distances.extend(LENGTHS.iter().flat_map(|length| unrelated(language, *length)));
    }
    distances.sort_unstable();
    let (pairs, median, least) = (distances.len(), distances[distances.len() / 2], distances[0]);
    assert!((30..=33).contains(&median) && least > 12, "{median}, {least}");
    format!(
        "Unrelated texts differ in about half of the bits: over {pairs} pairs of such texts of one\n\
         language and length, the median is {median} bits, and the least {least}.\n"
    )
}

/// The distances, in their order, of pairs of which one has some words of the other changed.
fn edited(language: Language, length: usize, changes: usize) -> Vec<u32> {
    let mut random = Random(1);
    let mut distances: Vec<u32> = (0..PAIRS)
        .map(|_| {
            let ranks = language.text(&mut random, length);
            let mut edited = ranks.clone();
            let run = language.characters_of_a_word();
            let mut places: Vec<usize> = (0..length / run).collect();
            for n in 0..changes {
                let other = n + random.below(places.len() - n);
                places.swap(n, other);
                let word = places[n] * run..(places[n] + 1) * run;
                let is_same = |edited: &[usize]| edited[word.clone()] == ranks[word.clone()];
                while is_same(&edited) {
                    edited[word.clone()].fill_with(|| language.rank(&mut random));
                }
            }
            language.fingerprint(&ranks).distance(language.fingerprint(&edited))
        })
        .collect();
    distances.sort_unstable();
    distances
}

/// The distances between texts that have nothing to do with one another.
fn unrelated(language: Language, length: usize) -> Vec<u32> {
    let mut random = Random(2);
    let texts: Vec<Fingerprint> =
        (0..100).map(|_| language.fingerprint(&language.text(&mut random, length))).collect();
    texts.iter().enumerate().flat_map(|(n, a)| texts[..n].iter().map(|b| a.distance(*b))).collect()
}

#[derive(Clone, Copy)]
enum Language {
    English,
    Chinese,
}

impl Language {
    const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "Chinese",
        }
    }

    const fn characters_of_a_word(self) -> usize {
        match self {
            Self::English => 1,
            Self::Chinese => 2,
        }
    }

    /// How frequent a word (of 8,191), or a character (of 4,095), is in the language, from 1 on.
    ///
    /// A word is as frequent as the inverse of its rank (Zipf's law): so each of the ranks 1, 2 to 3, 4 to 7…
    /// together is as frequent as another.
    fn rank(self, random: &mut Random) -> usize {
        let octaves = match self {
            Self::English => 13,
            Self::Chinese => 12,
        };
        let first = 1 << random.below(octaves);
        first + random.below(first)
    }

    fn text(self, random: &mut Random, length: usize) -> Vec<usize> {
        (0..length).map(|_| self.rank(random)).collect()
    }

    fn fingerprint(self, ranks: &[usize]) -> Fingerprint {
        let mut text = String::new();
        for &rank in ranks {
            match self {
                Self::English => spell(rank, &mut text),
                Self::Chinese => text.extend(char::from_u32(0x4e00 + u32::try_from(rank).unwrap())),
            }
        }
        Fingerprint::of(&text).unwrap()
    }
}

/// Writes the word of a rank, the frequent ones short.
fn spell(mut rank: usize, text: &mut String) {
    while rank > 0 {
        text.push(char::from(b"tnsrhldcmfpgwbvk"[rank % 16]));
        text.push(char::from(b"aeio"[rank / 16 % 4]));
        rank /= 64;
    }
    text.push(' ');
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ z >> 31) % limit as u64).unwrap()
    }
}
