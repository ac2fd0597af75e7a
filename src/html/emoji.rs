//! Emoji and smileys that are images.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::pixels::pixels;
use super::words::trimmed;

/// The classes of emoji and smileys.
const EMOJI_CLASSES: [&str; 13] = [
    "emoji",
    "wp-smiley",
    "smiley",
    "emoticon",
    "emote",
    "wp-emoji",
    "twemoji",
    "icon_emotion_single",
    "expression",
    // phpBB, XenForo, Mastodon
    "smilies",
    "smilie",
    "custom-emoji",
    "emojione",
];

/// The widest image, in pixels, that is an emoji because its alternative text is one: as high as two lines.
const WIDEST: u32 = 32;

/// Whether a file is in a folder in which `WordPress`, Twitter or Facebook keeps emoji.
fn is_in_emoji_folder(src: &[u8]) -> bool {
    EMOJI.find_iter(src).any(|at| {
        let (before, after) = (&src[..at], &src[at + EMOJI.needle().len()..]);
        after.starts_with(b"/") && (before.ends_with(b"/images/core/") || before.ends_with(b"abs.twimg.com/"))
            || after.starts_with(b".php/") && before.ends_with(b"/images/")
    })
}

/// Whether an image with this alternative text is a smiley of Weibo, such as `[doge]`.
fn is_of_weibo(alt: &str, src: &str) -> bool {
    let is_name = alt.trim_ascii().strip_prefix('[').is_some_and(|rest| rest.ends_with(']'));
    is_name && ["/emoticon/", "//face.t.sinajs.cn/"].iter().any(|part| src.contains(part))
}

static EMOJI: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("emoji"));

/// The text that an image of this class, source and width stands for, if it is an emoji or a smiley.
pub(crate) fn emoji<'a>(
    alt: Option<&Cow<'a, str>>,
    class: Option<&str>,
    src: Option<&str>,
    width: Option<&str>,
) -> Option<Cow<'a, str>> {
    // Most images have no `alt`, or an empty one.
    let alt = alt.filter(|alt| !alt.is_empty())?;
    let mut names = class.unwrap_or_default().split_ascii_whitespace();
    let is_emoji = names.any(|name| EMOJI_CLASSES.contains(&name))
        || src.is_some_and(|src| is_in_emoji_folder(src.as_bytes()) || is_of_weibo(alt, src))
        || width.and_then(pixels).is_some_and(|width| is_small_emoji(alt, width));
    if is_emoji { trimmed(alt.clone()) } else { None }
}

/// Whether an image with this alternative text is an emoji by its width in pixels.
pub(crate) fn is_small_emoji(alt: &str, width: u32) -> bool {
    !alt.is_ascii() && width <= WIDEST && is_emoji_alone(alt)
}

/// Whether a text is an emoji and nothing else.
#[cold]
fn is_emoji_alone(text: &str) -> bool {
    /// A family of four with joiners and the colours of their skins has fewer.
    const MOST: usize = 16;
    let text = text.trim_ascii();
    let is_picture = |c: char| {
        matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{231a}' | '\u{231b}'
            | '\u{23e9}'..='\u{23f3}' | '\u{2b50}' | '\u{2b55}' | '\u{2b1b}' | '\u{2b1c}')
    };
    // Signs that say how the one before is drawn, or that it and the next are one picture.
    let is_joiner = |c: char| matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{e0020}'..='\u{e007f}');
    text.starts_with(is_picture)
        && text.chars().all(|c| is_picture(c) || is_joiner(c))
        && text.chars().nth(MOST).is_none()
}
