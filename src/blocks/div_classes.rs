//! How the classes of certain `<div>`s begin: those that are looked at for what they hold. One look at the
//! beginning passes over nearly all others.

use crate::html::event::Attributes;

/// These beginnings.
const BEGINNINGS: [[u8; 4]; 28] = [
    // Around code
    *b"lang", *b"high", *b"hljs", *b"sour", *b"code", *b"gats", *b"pris", *b"synt", *b"snip", *b"chro",
    *b"mw-h", *b"blob", *b"rema", *b"__se", *b"line",
    // Around what a script shows: players, embeds, pictures
    *b"tm-i", *b"andr", *b"fb-p", *b"fb-v", *b"flou", *b"info", *b"play", *b"yout", *b"vime", *b"sqs-",
    // Around tables that only lay out something
    *b"admo", *b"hdli", *b"coli",
];

/// For each first byte of the source of such a class, a bit for each second byte. A source may begin with a
/// space, and may hold character references.
const SECOND: [u32; 32] = {
    let mut second = [1 << (b'&' & 31); 32];
    second[(b'&' & 31) as usize] = u32::MAX;
    second[(b' ' & 31) as usize] = u32::MAX;
    let mut index = 0;
    while index < BEGINNINGS.len() {
        second[(BEGINNINGS[index][0] & 31) as usize] |= 1 << (BEGINNINGS[index][1] & 31);
        index += 1;
    }
    second
};

/// Whether the class of a `<div>` begins like one of these.
#[inline]
pub(super) fn may_be_known(attrs: &Attributes<'_>) -> bool {
    let may_begin = |source: &str| {
        source.as_bytes().first_chunk::<2>().is_some_and(|beginning| {
            let [first, second] = beginning.map(|byte| byte & 31);
            SECOND[usize::from(first)] >> second & 1 == 1
        })
    };
    // Attributes of the tree have no source: the class itself gives the same answer.
    attrs.source_of_class().is_none_or(may_begin) && is_known(attrs)
}

#[inline(never)]
fn is_known(attrs: &Attributes<'_>) -> bool {
    attrs.class().is_some_and(|class| begins_known(class.trim_start_matches(' ')))
}

/// Whether one of the names in a class may be one of these.
pub(super) fn may_hold_known(class: &str) -> bool {
    class.split_ascii_whitespace().any(begins_known)
}

fn begins_known(name: &str) -> bool {
    name.as_bytes().first_chunk().is_some_and(|beginning| BEGINNINGS.contains(beginning))
}
