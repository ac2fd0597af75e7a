//! What posts have in common with earlier ones. Of each post, hashes and its path are remembered; its text is
//! not.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};

use offprint::{Fingerprint, Position};

use super::article::media_urls;
use super::codes::Code;
use super::finding::Findings;
use super::metadata::Read;

/// The words from which on an article is known by its text alone. Two shorter ones ("Watch this:") must show
/// the same media too.
const ENOUGH_WORDS: usize = 50;
/// The most bits that differ in two fingerprints of nearly the same article.
const MOST_BITS: u32 = 3;
/// The parts that a fingerprint is looked up by. If no more than three bits differ, one of four is the same.
const BANDS: usize = 4;
/// The most fingerprints that share a part and are looked at for one post: far more than there are in a band
/// of ten million posts, and few enough for posts that are made to be alike.
const MOST_IN_A_BAND: usize = 4096;

/// What a post is compared by.
#[derive(Default)]
pub(super) struct Keys {
    /// The hash of `from`, and its position.
    from: Option<(u64, Option<Position>)>,
    /// The hash of the article.
    article: Option<u64>,
    fingerprint: Option<Fingerprint>,
    /// Where the body begins.
    start: Option<Position>,
}

impl Keys {
    /// Those that the user wants posts to be compared by.
    pub(super) fn of(read: Read<'_>, findings: &Findings<'_>) -> Self {
        let mut keys = Self::default();
        let from = read.post.meta.from.as_deref().map(str::trim).filter(|from| !from.is_empty());
        if let Some(from) = from.filter(|_| findings.wants(Code::DuplicateFrom)) {
            keys.from = Some((hash([from]), read.value_position("from")));
        }
        if !(findings.wants(Code::DuplicateArticle) || findings.wants(Code::NearDuplicate)) {
            return keys;
        }
        keys.start = Some(Position::of(read.source, read.front_matter.body_offset()));
        let text = read.post.to_text();
        if !text.trim().is_empty() {
            let is_long = read.post.word_count() >= ENOUGH_WORDS;
            let urls = media_urls(read.post).filter(|_| !is_long);
            keys.article = Some(hash(std::iter::once(&*text).chain(urls)));
        }
        if findings.wants(Code::NearDuplicate) {
            keys.fingerprint = Fingerprint::of(&text);
        }
        keys
    }
}

fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        hasher.write(text.as_bytes());
        // In no text of UTF-8.
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// The posts that have been seen.
#[derive(Default)]
pub(super) struct Earlier {
    paths: Paths,
    from: HashMap<u64, usize>,
    articles: HashMap<u64, usize>,
    fingerprints: Near,
}

impl Earlier {
    /// Says which earlier posts are like a post, and remembers it.
    pub(super) fn compare(&mut self, path: &str, keys: &Keys, findings: &mut Findings<'_>) {
        let number = self.paths.number_of_next();
        let mut is_remembered = false;
        let mut first = |map: &mut HashMap<u64, usize>, key| {
            let first = *map.entry(key).or_insert(number);
            is_remembered |= first == number;
            (first != number).then_some(first)
        };
        let from = keys.from.and_then(|(from, position)| Some((first(&mut self.from, from)?, position)));
        let article = keys.article.filter(|_| findings.wants(Code::DuplicateArticle));
        let article = article.and_then(|article| first(&mut self.articles, article));
        let fingerprint = keys.fingerprint.filter(|_| article.is_none());
        let near = fingerprint.and_then(|fingerprint| self.fingerprints.find(fingerprint));
        if let Some(fingerprint) = fingerprint {
            self.fingerprints.add(fingerprint, number);
            is_remembered = true;
        }

        let mut add = |code, first: usize, position, what: &str| {
            let other = self.paths.get(first);
            findings.add_with_other(code, position, format!("{what} {other}"), Some(other.to_owned()));
        };
        if let Some((first, position)) = from {
            add(Code::DuplicateFrom, first, position, "`from` is that of");
        }
        if let Some(first) = article {
            add(Code::DuplicateArticle, first, keys.start, "the article is that of");
        }
        if let Some((first, bits)) = near {
            let bits = if bits == 1 {
                "1 bit of 64 differs".to_owned()
            } else {
                format!("{bits} bits of 64 differ")
            };
            let what = format!("{bits} between this article and");
            add(Code::NearDuplicate, first, keys.start, &what);
        }
        if is_remembered {
            self.paths.add(path);
        }
    }
}

/// Paths, one after another in one text: there may be millions.
#[derive(Default)]
struct Paths {
    text: String,
    ends: Vec<usize>,
}

impl Paths {
    fn number_of_next(&self) -> usize {
        self.ends.len()
    }

    fn add(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(self.text.len());
    }

    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }
}

/// Fingerprints, to be found by nearly equal ones.
#[derive(Default)]
struct Near {
    fingerprints: Vec<(Fingerprint, usize)>,
    /// For each part of a fingerprint and each value of the part, which fingerprints have it there.
    bands: HashMap<(usize, u16), Vec<u32>>,
}

impl Near {
    /// The nearest fingerprint, of equally near ones the first: whose it is, and how many bits differ.
    fn find(&self, fingerprint: Fingerprint) -> Option<(usize, u32)> {
        let of_band = |band| self.bands.get(&(band, part(fingerprint, band))).into_iter().flatten();
        let candidates = (0..BANDS).flat_map(of_band).map(|index| self.fingerprints[*index as usize]);
        let distances = candidates.map(|(other, number)| (fingerprint.distance(other), number));
        let (bits, number) = distances.filter(|(bits, _)| *bits <= MOST_BITS).min()?;
        Some((number, bits))
    }

    fn add(&mut self, fingerprint: Fingerprint, number: usize) {
        // Beyond four billion posts, the others are not remembered.
        let Ok(index) = u32::try_from(self.fingerprints.len()) else { return };
        self.fingerprints.push((fingerprint, number));
        for band in 0..BANDS {
            let bucket = self.bands.entry((band, part(fingerprint, band))).or_default();
            if bucket.len() < MOST_IN_A_BAND {
                bucket.push(index);
            }
        }
    }
}

/// A part of a fingerprint.
fn part(fingerprint: Fingerprint, band: usize) -> u16 {
    let bytes = fingerprint.bits().to_le_bytes();
    u16::from_le_bytes([bytes[2 * band], bytes[2 * band + 1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_fingerprints_are_found_wherever_they_differ() {
        let first = 0x0123_4567_89ab_cdef_u64;
        for bits in [1, 1 << 63, 1 | 1 << 20 | 1 << 40, 1 << 16 | 1 << 32 | 1 << 63, 7 << 30] {
            let mut near = Near::default();
            near.add(Fingerprint::from_bits(!first), 4);
            near.add(Fingerprint::from_bits(first), 7);
            near.add(Fingerprint::from_bits(first), 9);
            assert_eq!(
                near.find(Fingerprint::from_bits(first ^ bits)),
                Some((7, bits.count_ones())),
                "{bits:x}"
            );
            assert_eq!(near.find(Fingerprint::from_bits(first ^ 0xf)), None);
        }
    }

    #[test]
    fn a_band_is_never_longer_than_its_limit() {
        let mut near = Near::default();
        for number in 0..MOST_IN_A_BAND + 50 {
            near.add(Fingerprint::from_bits(number as u64), number);
        }
        assert_eq!(near.bands.values().map(Vec::len).max(), Some(MOST_IN_A_BAND));
        // Those that came late are found by the other parts.
        let last = MOST_IN_A_BAND + 49;
        assert_eq!(near.find(Fingerprint::from_bits(last as u64)), Some((last, 0)));
    }

    #[test]
    fn paths_are_kept() {
        let mut paths = Paths::default();
        for path in ["a", "", "b/c"] {
            paths.add(path);
        }
        assert_eq!([0, 1, 2].map(|number| paths.get(number)), ["a", "", "b/c"]);
    }
}
