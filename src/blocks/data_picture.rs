//! Pictures that a `data:` URL holds: whether one shows anything.

use crate::group::{any, equal};
use crate::url::percent_decoded;

/// The most bytes, decoded, of a file that is too small to be a picture.
const TINY: usize = 199;

/// The bytes of a file that are decoded to read its size.
const HEAD: usize = 33;

/// Whether a `data:` URL holds no picture that a reader would miss: it has fewer than 200 bytes, at most two
/// pixels in width and in height, or one colour.
pub(super) fn is_placeholder(url: &str) -> bool {
    // `data:` in any case, as the caller has seen.
    let Some((kind, data)) = url[5..].split_once(',') else { return true };
    let is_base64 = ends_with(kind.trim_ascii_end(), ";base64");
    let length = if is_base64 { data.len() / 4 * 3 } else { data.len() };
    if is_svg(kind) {
        // A drawing is small, and its text is to be read: a long one is a drawing.
        return length <= TINY
            || length <= MAX_BLANK_SVG && is_blank_svg(&decode(data, is_base64, usize::MAX));
    }
    let head = decode(data, is_base64, HEAD);
    let length = if is_base64 { length } else { percent_decoded_length(data) };
    length <= TINY || size(&head).is_some_and(|size| size.is_blank(length))
}

fn is_svg(kind: &str) -> bool {
    kind.get(..9).is_some_and(|kind| kind.eq_ignore_ascii_case("image/svg"))
}

fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|found| found.eq_ignore_ascii_case(end))
}

/// The size of a picture, and the fewest bytes that one with more than one colour takes.
struct Size {
    width: u32,
    height: u32,
    fewest: u64,
}

impl Size {
    fn is_blank(&self, length: usize) -> bool {
        self.width <= 2 && self.height <= 2 || (length as u64) < self.fewest
    }
}

/// The size that the first bytes of a PNG or a GIF state.
fn size(head: &[u8]) -> Option<Size> {
    let big = |at: usize| head.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        let (width, height) = (big(16)?, big(20)?);
        let channels = match head.get(25)? {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        let line = (u64::from(width) * channels * u64::from(*head.get(24)?)).div_ceil(8) + 1;
        // Deflate makes at best one byte of 1032: what comes near that has one colour.
        return Some(Size { width, height, fewest: line.saturating_mul(height.into()) / 900 });
    }
    let little = |at: usize| head.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes).map(u32::from);
    if head.starts_with(b"GIF8") {
        return Some(Size { width: little(6)?, height: little(8)?, fewest: 0 });
    }
    None
}

/// The first `most` bytes of the data of a `data:` URL.
fn decode(data: &str, is_base64: bool, most: usize) -> Vec<u8> {
    if is_base64 { decode_base64(data, most) } else { percent_decoded(data).take(most).collect() }
}

fn decode_base64(data: &str, most: usize) -> Vec<u8> {
    let mut decoded = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    // In a URL, the signs of base64 may be escaped.
    for byte in percent_decoded(data) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            byte if byte.is_ascii_whitespace() => continue,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count & 0xff) as u8);
            if decoded.len() >= most {
                break;
            }
        }
    }
    decoded
}

fn percent_decoded_length(data: &str) -> usize {
    if any(data.as_bytes(), |lanes| equal(lanes, b'%')) { percent_decoded(data).count() } else { data.len() }
}

/// The longest SVG, in bytes, that is looked at.
const MAX_BLANK_SVG: usize = 2048;

/// Whether an SVG draws nothing but a rectangle.
fn is_blank_svg(svg: &[u8]) -> bool {
    const SHAPES: [&[u8]; 11] = [
        b"path",
        b"circle",
        b"ellipse",
        b"line",
        b"poly",
        b"text",
        b"image",
        b"use",
        b"foreignobject",
        b"animate",
        b"symbol",
    ];
    let names = || memchr::memchr_iter(b'<', svg).map(|at| &svg[at + 1..]);
    let is_named = |rest: &[u8], name: &[u8]| {
        rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    !names().any(|rest| SHAPES.iter().any(|shape| is_named(rest, shape)))
        && names().filter(|rest| is_named(rest, b"rect")).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA";

    #[test]
    fn tiny_data_is_a_placeholder() {
        for url in [
            "data:",
            "data:,",
            "data:image/gif;base64,R0lG",
            "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
            "data:image/svg+xml;utf8,x",
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'%3E%3C/svg%3E",
        ] {
            assert!(is_placeholder(url), "{url}");
        }
        assert!(is_placeholder(&format!("data:image/webp;base64,{}", "A".repeat(264))));
        assert!(!is_placeholder(&format!("data:image/webp;base64,{}", "A".repeat(268))));
    }

    #[test]
    fn the_size_of_a_picture_is_read_from_its_first_bytes() {
        let padding = "A".repeat(400);
        // One pixel, and ten by ten.
        assert!(is_placeholder(&format!("{PNG}AAEAAAABCAYAAAAf{padding}")));
        assert!(!is_placeholder(&format!("{PNG}AAoAAAAKCAYAAACNMs+9{padding}")));
        // 1024 by 1024 in four bytes a pixel: 300 bytes hold one colour.
        assert!(is_placeholder(&format!("{PNG}BAAAAAQACAYAAAB/{padding}")));
        assert!(!is_placeholder(&format!("{PNG}BAAAAAQACAYAAAB/{}", "A".repeat(8000))));
        assert!(is_placeholder(&format!("data:image/gif;base64,R0lGODlhAQABAIAA{padding}")));
        assert!(!is_placeholder(&format!("data:image/gif;base64,R0lGODlhIAAgAIAA{padding}")));
    }

    #[test]
    fn a_drawing_is_blank_without_a_shape() {
        let svg = |inside: &str| {
            let space = " ".repeat(200);
            format!("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'{space}>{inside}</svg>")
        };
        assert!(is_placeholder(&svg("")));
        assert!(is_placeholder(&svg("<rect width='100%25' height='100%25' fill='%23eee'/>")));
        assert!(!is_placeholder(&svg("<rect width='1'/><rect x='2' width='1'/>")));
        assert!(!is_placeholder(&svg("<g>%3Cpath d='M0 0h9v9z'/></g>")));
    }
}
