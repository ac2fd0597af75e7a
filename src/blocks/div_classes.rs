//! How the classes of certain `<div>`s begin: those that are looked at for what they hold. One look at the
//! beginning passes over nearly all others.

/// These beginnings.
const BEGINNINGS: [[u8; 4]; 29] = [
    // Around code
    *b"lang", *b"high", *b"hljs", *b"sour", *b"code", *b"gats", *b"pris", *b"synt", *b"snip", *b"chro",
    *b"mw-h", *b"blob", *b"rema", *b" hig", *b"__se", *b"line",
    // Around what a script shows: players, embeds, pictures
    *b"tm-i", *b"andr", *b"fb-p", *b"fb-v", *b"flou", *b"info", *b"play", *b"yout", *b"vime", *b"sqs-",
    // Around tables that only lay out something
    *b"admo", *b"hdli", *b"coli",
];

/// For each byte with which their sources begin, the bytes that come second, a bit for each. The source may
/// have character references.
const SECOND: [u32; 32] = {
    let mut second = [1 << (b'&' & 31); 32];
    second[(b'&' & 31) as usize] = u32::MAX;
    let mut index = 0;
    while index < BEGINNINGS.len() {
        second[(BEGINNINGS[index][0] & 31) as usize] |= 1 << (BEGINNINGS[index][1] & 31);
        index += 1;
    }
    second
};

/// Whether the class with this source may be one of these.
#[inline]
pub(super) fn may_be_known(source: &str) -> bool {
    source.as_bytes().first_chunk::<4>().is_some_and(|beginning| {
        let [first, second, ..] = beginning.map(|byte| byte & 31);
        // What holds a character reference is not known yet.
        SECOND[usize::from(first)] >> second & 1 == 1
            && (begins_known(*beginning) || beginning.contains(&b'&'))
    })
}

/// Whether one of these classes begins like this.
pub(super) fn begins_known(class: [u8; 4]) -> bool {
    BEGINNINGS.contains(&class)
}
