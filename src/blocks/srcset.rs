//! The candidates of a `srcset`: the same image in several sizes.

use std::borrow::Cow;

use super::text::part_of;
use super::urls::{Urls, is_data, is_link};
use crate::bytes::word_length;
use crate::post::{Descriptor, Source};

/// Adds the candidates of a `srcset`, as the HTML standard splits it. Those with `data:` URLs (placeholders) or
/// descriptors that are none are left out.
#[expect(clippy::ptr_arg, reason = "what is borrowed from the source stays borrowed")]
pub(super) fn add_srcset<'a>(list: &Cow<'a, str>, urls: &Urls<'_>, sources: &mut Vec<Source<'a>>) {
    // Mostly one more than there are commas; more than a few is no promise.
    sources.reserve_exact(memchr::memchr_iter(b',', list.as_bytes()).take(7).count() + 1);
    let mut rest = &**list;
    loop {
        let between = rest.bytes().take_while(|byte| byte.is_ascii_whitespace() || *byte == b',').count();
        rest = &rest[between..];
        if rest.is_empty() {
            return;
        }
        let (url, after) = rest.split_at(word_length(rest.as_bytes()));
        let descriptors;
        // A comma at the end of the URL ends the candidate; one inside belongs to the URL.
        (descriptors, rest) = if url.ends_with(',') { ("", after) } else { split_descriptors(after) };
        let url = url.trim_end_matches(',');
        if is_data(url) {
            continue;
        }
        let Ok(descriptor) = parse_descriptors(descriptors) else { continue };
        if let Some(url) = urls.resolve(part_of(list, url)).filter(|url| is_link(url)) {
            // A space can only have come from the base. In a list of candidates it would end the URL.
            let url = if memchr::memchr(b' ', url.as_bytes()).is_some() {
                url.replace(' ', "%20").into()
            } else {
                url
            };
            sources.push(Source { url, descriptor, media_type: None, media: None });
        }
    }
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

/// A descriptor that is none, or does not go with the others.
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
    let add_digit = |number: u32, digit: u8| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    text.bytes().try_fold(0, add_digit).filter(|&length| length > 0).ok_or(InvalidDescriptor)
}

/// A number as HTML writes one, that is not negative.
fn density(text: &str) -> Result<f64, InvalidDescriptor> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && !text.starts_with('+')
        && !text.ends_with('.');
    let density: Option<f64> = is_number.then(|| text.parse().ok()).flatten();
    density.filter(|density| density.is_finite() && *density >= 0.0).ok_or(InvalidDescriptor)
}
