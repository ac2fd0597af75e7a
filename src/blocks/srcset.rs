//! The candidates of a `srcset`: the same image in several sizes.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::borrowed::part_of;
use super::placeholder::{Worth, worth};
use super::urls::Urls;
use crate::bytes::{number_at_start, word_length};
use crate::equal::begins_with;
use crate::html::event::RawValue;
use crate::post::{Descriptor, MediaSource};
use crate::references::{decode_ampersands, decode_attribute};
use crate::url::is_data;

/// Adds the candidates of a `srcset`, as the HTML standard splits it. Those with `data:` URLs (placeholders)
/// or invalid descriptors are left out.
pub(super) fn add_srcset<'a>(list: RawValue<'a>, urls: &Urls<'_>, sources: &mut Vec<MediaSource<'a>>) {
    match list {
        RawValue::Encoded(list) => add_encoded(list, urls, sources),
        RawValue::Decoded(list) => {
            add_candidates(&list, |url| Some(part_of(&list, url)), urls, sources);
        }
    }
}

/// The same for a list in which there may be character references. Nearly all are `&amp;`, in URLs: those
/// part no candidates, so that the URLs are taken out of the list first, and then decoded one by one.
fn add_encoded<'a>(list: &'a str, urls: &Urls<'_>, sources: &mut Vec<MediaSource<'a>>) {
    let rest = add_candidates(list, decode_ampersands, urls, sources);
    if !rest.is_empty() {
        // No reference stands across the start of a candidate.
        add_srcset(RawValue::Decoded(decode_attribute(rest)), urls, sources);
    }
}

/// Adds candidates, and returns the rest of the list if there may be other references in it than `decode`
/// decodes, which gives nothing then.
#[inline]
fn add_candidates<'l, 'a>(
    list: &'l str,
    decode: impl Fn(&'l str) -> Option<Cow<'a, str>>,
    urls: &Urls<'_>,
    sources: &mut Vec<MediaSource<'a>>,
) -> &'l str {
    let (mut rest, mut has_room) = (list, false);
    loop {
        let between = rest.bytes().take_while(|byte| byte.is_ascii_whitespace() || *byte == b',').count();
        let candidate = &rest[between..];
        if candidate.is_empty() {
            return "";
        }
        let (mut url, after) = candidate.split_at(url_length(candidate.as_bytes()));
        let mut descriptor = Ok(None);
        if url.ends_with(',') {
            // A comma at the end of the URL ends the candidate; one inside belongs to the URL.
            url = url.trim_end_matches(',');
            rest = after;
        } else if let Some((plain, length)) = plain_descriptor(after.as_bytes()) {
            descriptor = Ok(plain);
            rest = &after[length..];
        } else {
            let descriptors;
            (descriptors, rest) = split_descriptors(after);
            if decode(descriptors).is_none() {
                return candidate;
            }
            descriptor = parse_descriptors(descriptors);
        }
        let Some(url) = decode(url) else { return candidate };
        let Ok(descriptor) = descriptor else { continue };
        if is_data(&url) {
            continue;
        }
        if let Some(url) = urls.candidate(url) {
            if !has_room {
                // Mostly, each comma after this candidate begins another one, which a long list of commas
                // does not promise.
                let others = if rest.is_empty() { 0 } else { memchr_iter(b',', rest.as_bytes()).count() };
                sources.reserve_exact(1 + others.min(7));
                has_room = true;
            }
            sources.push(MediaSource { url, descriptor, media_type: None, media_query: None });
        }
    }
}

/// The length of the URL that a text begins with: a word, and mostly a long one.
#[inline]
fn url_length(text: &[u8]) -> usize {
    let has_no_space =
        |chunk: &&[u8]| chunk.iter().fold(0, |found, byte| found | u8::from(*byte <= b' ')) == 0;
    let chunks = text.chunks_exact(16).take_while(has_no_space).count() * 16;
    chunks + word_length(&text[chunks..])
}

/// A descriptor that is written like nearly all, and its length: ` 300w` or ` 2x`, before a comma or at the
/// end; or none at the end.
#[inline]
fn plain_descriptor(text: &[u8]) -> Option<(Option<Descriptor>, usize)> {
    let Some((&start, number)) = text.split_first() else { return Some((None, 0)) };
    if start != b' ' {
        return None;
    }
    let (value, digits) = number_at_start(number);
    let descriptor = match number.get(digits)? {
        b'w' if value > 0 => Descriptor::Width(value),
        b'x' if digits > 0 => Descriptor::Density(f64::from(value)),
        _ => return None,
    };
    let length = " ".len() + digits + "w".len();
    matches!(text.get(length), None | Some(b',')).then_some((Some(descriptor), length))
}

/// Takes the candidates out that are placeholders or have broken URLs, if another one is left, or the image
/// has a `file` of its own: its URL, or an empty text if that is not known.
pub(super) fn drop_doubtful(sources: &mut Vec<MediaSource<'_>>, file: Option<&str>) {
    if are_files(sources, file.unwrap_or_default()) {
        return;
    }
    let is_file = |source: &MediaSource<'_>| worth(&source.url) == Worth::File;
    if file.is_some() || sources.iter().any(is_file) {
        sources.retain(is_file);
    } else {
        sources.retain(|source| worth(&source.url) > Worth::Nothing);
    }
}

/// Whether all candidates are plainly files. Most lists are copies of one file, the names of which begin
/// alike, so that the first one tells what all are worth, or the file that is known to be one.
fn are_files<'s>(sources: &'s [MediaSource<'_>], file: &'s str) -> bool {
    let mut start = if sources.is_empty() { "" } else { start_of_copies(file) };
    sources.iter().enumerate().all(|(index, source)| {
        let url = &*source.url;
        if !start.is_empty() && url.len() > start.len() && begins_with(url, start) {
            return true;
        }
        if index + 1 < sources.len() {
            start = start_of_copies(url);
        }
        worth(url) == Worth::File
    })
}

/// How the URLs of the copies of a file begin: with the first letters of its name, which tell it from the
/// names of placeholders. Empty if its name is shorter.
fn start_of_copies(url: &str) -> &str {
    const LETTERS: usize = 6;
    let path = &url[..memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len())];
    let name = memchr::memrchr(b'/', path.as_bytes()).map_or(0, |slash| slash + 1);
    path.get(..name + LETTERS).unwrap_or_default()
}

/// Empties a list of candidates that are all the URL `src` and tell nothing else.
pub(super) fn clear_if_known(sources: &mut Vec<MediaSource<'_>>, src: &str) {
    if sources
        .iter()
        .all(|source| source.url == src && source.descriptor.is_none() && source.media_query.is_none())
    {
        *sources = Vec::new();
    }
}

/// The most candidates among which a URL is looked for before it is added to them.
const MAX_LOOKED_AT: usize = 64;

/// Adds a URL to the candidates of an image, unless it is one of them.
pub(super) fn add_source<'a>(sources: &mut Vec<MediaSource<'a>>, url: Cow<'a, str>) {
    if !sources.iter().take(MAX_LOOKED_AT).any(|source| source.url == url) {
        sources.push(MediaSource::new(url));
    }
}

/// The largest of the candidates, as far as their descriptors tell; the first one of several. Formats that
/// every program reads come first.
pub(super) fn largest<'s, 'a>(sources: &'s [MediaSource<'a>]) -> Option<&'s MediaSource<'a>> {
    let is_common = |source: &MediaSource<'_>| {
        source.media_type.as_deref().is_none_or(|kind| {
            ["image/jpeg", "image/png", "image/gif", "image/jpg"]
                .iter()
                .any(|known| kind.eq_ignore_ascii_case(known))
        })
    };
    let size = |source: &MediaSource<'_>| match source.descriptor {
        None => 1.0,
        Some(Descriptor::Density(density)) => density,
        Some(Descriptor::Width(width)) => f64::from(width),
    };
    let order = |one: &MediaSource<'_>, other: &MediaSource<'_>| {
        is_common(one).cmp(&is_common(other)).then(size(one).total_cmp(&size(other)))
    };
    sources.iter().reduce(|best, source| if order(source, best).is_gt() { source } else { best })
}

/// The text before the first comma that is not in parentheses, and the text from that comma on.
fn split_descriptors(text: &str) -> (&str, &str) {
    let mut in_parentheses = false;
    let end = text.bytes().position(|byte| {
        match byte {
            b'(' => in_parentheses = true,
            b')' => in_parentheses = false,
            _ => {}
        }
        byte == b',' && !in_parentheses
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// An invalid descriptor, or one that does not go with the others.
struct InvalidDescriptor;

/// What the descriptors of a candidate say together.
fn parse_descriptors(text: &str) -> Result<Option<Descriptor>, InvalidDescriptor> {
    let mut descriptor = None;
    let mut has_height = false;
    for token in text.split_ascii_whitespace() {
        let (number, unit) = token.split_at_checked(token.len() - 1).ok_or(InvalidDescriptor)?;
        match (unit, descriptor) {
            ("w", None) => descriptor = Some(Descriptor::Width(length(number)?)),
            ("x", None) if !has_height => descriptor = Some(Descriptor::Density(density(number)?)),
            // The standard keeps a height for later, beside a width.
            ("h", None | Some(Descriptor::Width(_))) if !has_height => {
                length(number)?;
                has_height = true;
            }
            _ => return Err(InvalidDescriptor),
        }
    }
    if has_height && descriptor.is_none() { Err(InvalidDescriptor) } else { Ok(descriptor) }
}

/// A whole number above zero, without a sign.
fn length(text: &str) -> Result<u32, InvalidDescriptor> {
    let length = text.parse().ok().filter(|&length| length > 0 && !text.starts_with('+'));
    length.ok_or(InvalidDescriptor)
}

/// A number as HTML writes one, that is not negative.
fn density(text: &str) -> Result<f64, InvalidDescriptor> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && !text.starts_with('+')
        && !text.ends_with('.');
    let density: Option<f64> = is_number.then(|| text.parse().ok()).flatten();
    density.filter(|density| density.is_finite() && *density >= 0.0).ok_or(InvalidDescriptor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The candidates of a list as it stands in the source, written again.
    fn candidates(list: &str) -> Vec<String> {
        let mut sources = Vec::new();
        add_srcset(RawValue::Encoded(list), &Urls::new(None, list.len()), &mut sources);
        let written = sources.into_iter().map(|MediaSource { url, descriptor, .. }| match descriptor {
            None => url.into_owned(),
            Some(Descriptor::Width(width)) => format!("{url} {width}w"),
            Some(Descriptor::Density(density)) => format!("{url} {density}x"),
        });
        written.collect()
    }

    #[track_caller]
    fn assert_candidates(list: &str, expected: &[&str]) {
        assert_eq!(candidates(list), expected, "{list}");
    }

    #[test]
    fn commas_end_a_candidate_or_belong_to_it() {
        assert_candidates("", &[]);
        assert_candidates(" ,\n, ", &[]);
        assert_candidates("a,b c", &[]);
        assert_candidates("a,b", &["a,b"]);
        assert_candidates("a, b", &["a", "b"]);
        assert_candidates("a,,, ,b,", &["a", "b"]);
        assert_candidates("a 1x,b 2x", &["a 1x", "b 2x"]);
        assert_candidates(",,a 1x ,, b", &["a 1x", "b"]);
        assert_candidates("a (,) 1x, b", &["b"]);
        assert_candidates("a (, b", &[]);
        assert_candidates("a ), b", &["b"]);
        assert_candidates("data:x 1x, a 2x", &["a 2x"]);
        assert_candidates("javascript:x 1x, a 2x", &["a 2x"]);
    }

    #[test]
    fn descriptors_are_numbers_of_one_kind() {
        assert_candidates("a 1w", &["a 1w"]);
        assert_candidates("a 0w, b -1w, c +1w, d 1.0w, e w, f 1ww, g 1W", &[]);
        assert_candidates("a 4294967295w, b 4294967296w, c 40000000000w, d 4294967300w", &["a 4294967295w"]);
        assert_candidates("a 109w, b 1/w, c 1:w", &["a 109w"]);
        assert_candidates(
            "a 0x, b 1.5x, c .5x, d 1e2x, e 1E-1x, f -0x",
            &["a 0x", "b 1.5x", "c 0.5x", "d 100x", "e 0.1x", "f -0x"],
        );
        assert_candidates("a x, b +1x, c 1.x, d -1x, e infx, f nanx, g 1e999x, h 1_0x, i 1e+1x", &["i 10x"]);
        assert_candidates("a 1w 2w, b 1x 2x, c 1w 1x, d 1x 1w", &[]);
        assert_candidates(
            "a 1w 2h, b 2h 1w, c 2h, d 1x 2h, e 2h 1x, f 1w 2h 3h, g 1w 0h, h 1w xh",
            &["a 1w", "b 1w"],
        );
        assert_candidates("a 1q, b é, c 1é", &[]);
    }

    #[test]
    fn plain_descriptors_are_what_others_are() {
        for list in ["a 007w,b 2x", "a 999999999w", "a 0x, b 10x,", "a 00w, b 1w ,c  2x", "a 1w\t, c 3"] {
            let spaced = list.replace('w', "w ").replace('x', "x ");
            assert_eq!(candidates(list), candidates(&spaced), "{list}");
        }
    }

    #[test]
    fn references_are_decoded_before_the_list_is_split() {
        assert_candidates("a?b&amp;c&amp;amp;d 1x, e&amp; 2x", &["a?b&c&amp;d 1x", "e& 2x"]);
        assert_candidates(
            "a?b&amp;c 1w,d?e&f&lt;g&amp;h 2w, i?j&amp;k 3w",
            &["a?b&c 1w", "d?e&f<g&h 2w", "i?j&k 3w"],
        );
        assert_candidates("a&#32;1x&comma; b&amp;c 2x", &["a 1x", "b&c 2x"]);
        assert_candidates("a&amp;b 1&#120;,c 2x", &["a&b 1x", "c 2x"]);
        assert_candidates("a 1x&#x2c;b 2x", &["a 1x", "b 2x"]);
        assert_candidates("a&amp;, b&comma; c", &["a&", "b", "c"]);
        assert_candidates("&#100;ata:x&amp;y 1x, data:&amp;x, a&Tab;2x", &["a 2x"]);
        assert_candidates("a&amp;b &amp; 1x, c 2x", &["c 2x"]);
    }

    #[test]
    fn a_space_of_the_base_is_escaped() {
        let mut sources = Vec::new();
        let list = RawValue::Decoded("b 2x".into());
        add_srcset(list, &Urls::new(Some("https://x.example/a a/"), 4), &mut sources);
        assert_eq!(sources[0].url, "https://x.example/a%20a/b");
    }
}
