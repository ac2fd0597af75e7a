//! Two elements that show one picture: the image that a script loads and its twin in a `<noscript>`, a small
//! copy before the image, copies for small and for large screens.

use std::cmp::Ordering;
use std::mem::{swap, take};

use super::picture_size::{Relation, compare_sizes, is_same_picture};
use super::placeholder::{Worth, is_placeholder, worth};
use super::srcset::{add_source, clear_if_known};
use crate::equal::is_equal;
use crate::html::event::is_small_emoji;
use crate::post::{Image, Media, MediaSource};

/// How a medium came to be shown.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each may be true whatever the others are")]
pub(super) struct Origin<'a> {
    pub(super) in_noscript: bool,
    /// Whether the URL waited in an attribute other than `src`.
    pub(super) was_waiting: bool,
    /// Whether it is a small copy that is shown until the next image has come.
    pub(super) is_blurred: bool,
    /// Whether an element of AMP shows it, into which a script puts an `<img>`.
    pub(super) is_of_amp: bool,
    /// Whether it was merged with its twin.
    pub(super) is_merged: bool,
    /// The list of candidates of an image with the URL of a file, if it is the only one, as it stands in the
    /// source.
    pub(super) list: Option<&'a str>,
}

/// Merges a medium with the medium shown just after it, if the two are the same thing. Returns whether they
/// are: of the second, nothing is left then that matters.
pub(super) fn merge<'a>(
    (first, first_origin): (&mut Media<'a>, Origin<'a>),
    (second, second_origin): (&mut Media<'a>, Origin<'a>),
) -> bool {
    let is_noscript_pair = first_origin.in_noscript != second_origin.in_noscript;
    match (first, second) {
        (Media::Image(first), Media::Image(second)) => {
            let is_one = if is_noscript_pair {
                is_copy(first, second)
            } else {
                is_neighbour((first, first_origin), (second, second_origin))
            };
            if !is_one || !may_join(&first.sources, &second.sources) {
                return false;
            }
            let is_better = first_origin.is_blurred && !second_origin.is_blurred || is_better(second, first);
            join(first, second, is_better);
            true
        }
        (Media::Embed(first), Media::Embed(second)) => is_noscript_pair && first.src == second.src,
        (Media::Image(_) | Media::Video(_) | Media::Audio(_) | Media::Embed(_), _) => false,
    }
}

/// Whether of an image and one in a `<noscript>` beside it, one stands for the other.
fn is_copy(first: &Image<'_>, second: &Image<'_>) -> bool {
    let has = |image: &Image<'_>, src: &str| image.sources.iter().take(64).any(|source| source.url == src);
    is_same_picture(&first.src, &second.src, Relation::Copies)
        || differ_in_type(&first.src, &second.src)
        || worth(&first.src) < Worth::File
        || worth(&second.src) < Worth::File
        || has(first, &second.src)
        || has(second, &first.src)
}

/// Whether two URLs differ in what type of picture the file is, and in nothing else: the still of a film in
/// a GIF.
fn differ_in_type(one: &str, other: &str) -> bool {
    const TYPES: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "avif"];
    let (Some((one, one_type)), Some((other, other_type))) = (one.rsplit_once('.'), other.rsplit_once('.'))
    else {
        return false;
    };
    one == other && [one_type, other_type].iter().all(|own| TYPES.contains(own))
}

/// Whether two images, one after the other, are plainly copies of one picture. The same URL twice is the same
/// picture shown twice, unless a script was to load one of them.
fn is_neighbour(
    (first, first_origin): (&Image<'_>, Origin<'_>),
    (second, second_origin): (&Image<'_>, Origin<'_>),
) -> bool {
    if first_origin.is_blurred && !second_origin.is_blurred {
        return true;
    }
    if is_equal(&*first.src, &*second.src) {
        return first_origin.is_of_amp && !second_origin.is_of_amp
            || first_origin.was_waiting != second_origin.was_waiting && !first_origin.is_merged;
    }
    if stands_in(first, second) {
        return true;
    }
    is_same_picture(&first.src, &second.src, Relation::Neighbours)
}

/// Whether an image is a placeholder that says nothing of itself, and is shown until the next image has come.
fn stands_in(first: &Image<'_>, second: &Image<'_>) -> bool {
    first.alt.is_none()
        && first.title.is_none()
        && first.sources.is_empty()
        && first.link == second.link
        && is_placeholder(&first.src)
        && worth(&second.src) == Worth::File
}

/// Whether the URL of an image is better than that of its twin.
fn is_better(image: &Image<'_>, twin: &Image<'_>) -> bool {
    if is_equal(&*image.src, &*twin.src) {
        return false;
    }
    match worth(&image.src).cmp(&worth(&twin.src)) {
        Ordering::Equal => compare_sizes(&image.src, &twin.src).is_gt(),
        order => order.is_gt(),
    }
}

/// Whether an image is sure to be [merged](merge) with the one before it, which has the same URL, and to have
/// no other candidates than that: the candidates in its `list` need not be looked at. Such twins are the
/// image that a script loads, and the one in a `<noscript>` for readers without scripts.
pub(super) fn is_known(
    (first, first_origin): (&Media<'_>, Origin<'_>),
    (src, list, in_noscript): (&str, &str, bool),
) -> bool {
    first_origin.list == Some(list)
        && first_origin.in_noscript != in_noscript
        && first
            .image()
            .is_some_and(|first| is_equal(&*first.src, src) && may_join(&first.sources, &first.sources))
}

/// The most candidates of an image that was made of two: each is compared with each.
const MAX_SOURCES: usize = 256;

fn may_join(first: &[MediaSource<'_>], second: &[MediaSource<'_>]) -> bool {
    second.is_empty() || first.len() + second.len() <= MAX_SOURCES
}

/// Makes one image of two. `is_better` says that the second has the better URL.
fn join<'a>(first: &mut Image<'a>, other: &mut Image<'a>, is_better: bool) {
    if is_better {
        swap(first, other);
        swap(&mut first.sources, &mut other.sources);
    }
    fill(first, other);
    let (src, sources) = (take(&mut other.src), take(&mut other.sources));
    let is_usable = |url: &str| worth(url) == Worth::File;
    if first.sources.is_empty() {
        first.sources = sources;
    } else if first.sources != sources {
        for source in sources {
            if !first.sources.contains(&source) {
                first.sources.push(source);
            }
        }
    }
    if src != first.src && is_usable(&src) {
        add_source(&mut first.sources, src);
    }
    clear_if_known(&mut first.sources, &first.src);
}

/// Gives an image what its twin knows and it does not, but for the URLs.
pub(super) fn fill<'a>(image: &mut Image<'a>, twin: &mut Image<'a>) {
    image.alt = image.alt.take().or_else(|| twin.alt.take());
    image.title = image.title.take().or_else(|| twin.title.take());
    if image.width.is_none() && image.height.is_none() {
        (image.width, image.height) = (twin.width, twin.height);
    }
    image.link = image.link.take().or_else(|| twin.link.take());
    if let (Some(alt), Some(width)) = (&image.alt, image.width) {
        // Neither of the two is an emoji; but as one image, written and read again, they would be.
        if is_small_emoji(alt, width) {
            (image.width, image.height) = (None, None);
        }
    }
}
