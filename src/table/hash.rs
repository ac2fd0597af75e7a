//! A hash of a text that other programs can compute.

use twox_hash::XxHash64;

/// The seed that Spark's `xxhash64` has.
const SEED: u64 = 42;

/// What the column `text_hash` holds of a text: XXH64 of its UTF-8 with the seed 42, as an integer with a
/// sign. It is what Spark's `xxhash64` gives.
///
/// ```
/// use offprint::table::text_hash;
///
/// assert_eq!(text_hash("Boil fresh water."), text_hash("Boil fresh water."));
/// assert_ne!(text_hash("Boil fresh water."), text_hash("Boil fresh water!"));
/// assert_eq!(text_hash(""), -7444071767201028348);
/// ```
pub fn text_hash(text: &str) -> i64 {
    signed(XxHash64::oneshot(SEED, text.as_bytes()))
}

/// The same 64 bits as an integer with a sign.
pub(super) fn signed(bits: u64) -> i64 {
    i64::from_ne_bytes(bits.to_ne_bytes())
}
