//! Emoji and smileys that are images.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::words::trimmed;

/// The classes of emoji and smileys.
const EMOJI_CLASSES: [&str; 9] = [
    "emoji",
    "wp-smiley",
    "smiley",
    "emoticon",
    "emote",
    "wp-emoji",
    "twemoji",
    "icon_emotion_single",
    "expression",
];

/// Whether a file is in a folder in which `WordPress`, Twitter or Facebook keeps emoji.
fn is_in_emoji_folder(src: &[u8]) -> bool {
    EMOJI.find_iter(src).any(|at| {
        let (before, after) = (&src[..at], &src[at + EMOJI.needle().len()..]);
        after.starts_with(b"/") && (before.ends_with(b"/images/core/") || before.ends_with(b"abs.twimg.com/"))
            || after.starts_with(b".php/") && before.ends_with(b"/images/")
    })
}

static EMOJI: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("emoji"));

/// The text that an image of this class and source stands for, if it is an emoji or a smiley.
pub(crate) fn emoji<'a>(
    alt: Option<&Cow<'a, str>>,
    class: Option<&str>,
    src: Option<&str>,
) -> Option<Cow<'a, str>> {
    // Most images have no `alt`, or an empty one.
    let alt = alt.filter(|alt| !alt.is_empty())?;
    let mut names = class.unwrap_or_default().split_ascii_whitespace();
    let is_emoji = names.any(|name| EMOJI_CLASSES.contains(&name))
        || src.is_some_and(|src| is_in_emoji_folder(src.as_bytes()));
    if is_emoji { trimmed(alt.clone()) } else { None }
}
