//! How the classes of certain `<div>`s begin: those that are looked at for what they hold. One look at the
//! beginnings of their names passes over nearly all others.

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

/// For each byte that one of them begins with, the bytes that come second, a bit for each.
const SECOND: [u32; 32] = {
    let mut second = [0; 32];
    let mut index = 0;
    while index < BEGINNINGS.len() {
        second[(BEGINNINGS[index][0] & 31) as usize] |= 1 << (BEGINNINGS[index][1] & 31);
        index += 1;
    }
    second
};

/// Whether one of the names in a class may be one of these.
pub(super) fn may_hold_known(class: &str) -> bool {
    class
        .split_ascii_whitespace()
        .any(|name| name.as_bytes().first_chunk().is_some_and(|beginning| is_known(*beginning)))
}

fn is_known(beginning: [u8; 4]) -> bool {
    let [first, second, ..] = beginning.map(|byte| byte & 31);
    SECOND[usize::from(first)] >> second & 1 == 1 && BEGINNINGS.contains(&beginning)
}
