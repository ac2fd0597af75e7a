//! A hash table from keys of 64 bits to numbers. One bit of a filter tells nearly always that a key is not in
//! the table.
//!
//! The keys come from the rules, and what is looked up comes from the posts: a hostile post can look up a
//! crowded bucket, but not make one.

/// Bits of the filter for each bucket of the table. At most one of 16 is set for each key, so that most
/// look-ups end here.
const BITS_PER_BUCKET: usize = 16;

/// Numbers by key.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// The bits whose numbers are the first bits of the keys.
    filter: Vec<u64>,
    /// The number of bits by which a key is shifted to give the number of a bit.
    shift: u32,
    /// The index of the first entry of each bucket, and at last the number of entries.
    starts: Vec<u32>,
    entries: Vec<(Key, u32)>,
}

/// A well mixed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

impl Key {
    /// The key of something hashed, among the keys of this kind.
    pub(super) fn new(kind: u64, hash: u64) -> Self {
        Self((hash ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93))
    }
}

impl Table {
    pub(super) fn new(mut entries: Vec<(Key, u32)>) -> Self {
        // The first bits of a key are its bucket, so that this is the order of the buckets.
        entries.sort_unstable();
        entries.dedup();
        let buckets = entries.len().next_power_of_two().max(64);
        let bits = buckets * BITS_PER_BUCKET;
        let mut table = Self {
            filter: vec![0; bits / 64],
            shift: 64 - bits.trailing_zeros(),
            starts: vec![0; buckets + 1],
            entries: Vec::new(),
        };
        for (key, _) in &entries {
            let bit = table.bit(*key);
            table.filter[bit / 64] |= 1 << (bit % 64);
            table.starts[bit / BITS_PER_BUCKET + 1] += 1;
        }
        for bucket in 0..buckets {
            table.starts[bucket + 1] += table.starts[bucket];
        }
        table.entries = entries;
        table
    }

    fn bit(&self, key: Key) -> usize {
        // The number is less than that of the bits of the filter, which are in memory.
        usize::try_from(key.0 >> self.shift).unwrap_or(0)
    }

    /// The entries that have this key.
    #[inline]
    pub(super) fn get(&self, key: Key) -> &[(Key, u32)] {
        let bit = self.bit(key);
        if self.filter.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1) {
            self.get_at(bit / BITS_PER_BUCKET, key)
        } else {
            &[]
        }
    }

    /// A function of its own, so that a look-up that ends at the filter is short.
    #[cold]
    fn get_at(&self, bucket: usize, key: Key) -> &[(Key, u32)] {
        let start = |bucket: usize| self.starts.get(bucket).map_or(0, |&start| start as usize);
        let entries = self.entries.get(start(bucket)..start(bucket + 1)).unwrap_or_default();
        // A bucket is as crowded as a list makes it: thousands of rules may have one key.
        let start = entries.partition_point(|(other, _)| *other < key);
        let end = start + entries[start..].partition_point(|(other, _)| *other == key);
        &entries[start..end]
    }
}

/// The hash of a name or of a part of a value. Different bytes hardly ever have equal hashes.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let length = bytes.len() as u64;
    // Most names are this short: two pieces, which may overlap, are the whole name.
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(head), Some(tail)) if length <= 16 => {
            return mix(mix(length, u64::from_le_bytes(*head)), u64::from_le_bytes(*tail));
        }
        (Some(_), Some(_)) => {}
        _ => return mix(length, short(bytes)),
    }
    let mut hash = length;
    let mut rest = bytes;
    while let Some((piece, after)) = rest.split_first_chunk() {
        hash = mix(hash, u64::from_le_bytes(*piece));
        rest = after;
    }
    mix(hash, bytes.last_chunk().map_or(0, |tail| u64::from_le_bytes(*tail)))
}

/// Fewer than eight bytes, as a number.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << 32;
    }
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[inline]
fn mix(hash: u64, piece: u64) -> u64 {
    let product = (hash.rotate_left(23) ^ piece).wrapping_mul(0x9fb2_1c65_1e98_df25);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn key(name: &str) -> Key {
        Key::new(1, hash(name.as_bytes()))
    }

    fn found(table: &Table, key: Key) -> Vec<u32> {
        table.get(key).iter().map(|(_, number)| *number).collect()
    }

    #[test]
    fn finds_what_is_in_it_and_nothing_else() {
        let name = |number: u32| format!("name-{number}");
        let entries: Vec<_> = (0..1000).map(|number| (key(&name(number)), number)).collect();
        let table = Table::new(entries);
        for number in 0..2000 {
            let found = found(&table, key(&name(number)));
            assert_eq!(found, if number < 1000 { vec![number] } else { Vec::new() }, "{number}");
        }
        assert!(found(&table, Key::new(2, hash(b"name-1"))).is_empty(), "another kind");
        assert!(found(&Table::default(), key("name-1")).is_empty(), "an empty table");
    }

    #[test]
    fn a_key_can_have_several_numbers() {
        let table = Table::new(vec![(key("a"), 2), (key("b"), 3), (key("a"), 1), (key("a"), 2)]);
        assert_eq!(found(&table, key("a")), [1, 2]);
    }

    #[test]
    fn hashes_tell_bytes_apart() {
        let long = "abcdefghijklmnopqrstuvwxyz".repeat(3);
        let mut texts: HashSet<String> = (0..long.len()).map(|length| long[..length].to_owned()).collect();
        for at in 0..long.len() {
            let mut other = long.clone();
            other.replace_range(at..=at, "_");
            texts.insert(other);
        }
        let hashes: HashSet<u64> = texts.iter().map(|text| hash(text.as_bytes())).collect();
        assert_eq!(hashes.len(), texts.len());
    }

    #[test]
    fn most_names_that_are_not_in_it_are_told_by_a_bit() {
        for prefix in ["ad-", "banner-slot-", "x"] {
            let entries: Vec<_> =
                (0..15_000).map(|number| (key(&format!("{prefix}{number}")), number)).collect();
            let table = Table::new(entries);
            let set = (15_000..25_000_u32).filter(|number| {
                let bit = table.bit(key(&format!("{prefix}{number}")));
                table.filter[bit / 64] >> (bit % 64) & 1 == 1
            });
            assert!(set.count() < 1_000, "{prefix}");
            let longest = table.starts.windows(2).map(|pair| pair[1] - pair[0]).max();
            assert!(longest < Some(12), "{prefix}: {longest:?}");
        }
    }
}
