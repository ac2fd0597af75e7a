//! Preformatted text: its language, whether it is code, and listings with a `<pre>` for each line.

use std::borrow::Cow;
use std::mem::take;

use super::urls::Urls;
use crate::post::{Block, Mark};

/// Gives the texts of a closed `<pre>`, which images may have cut into several, what its tags say of them.
pub(super) fn describe<'a>(
    blocks: &mut [Block<'a>],
    is_code: bool,
    language: Option<Cow<'a, str>>,
    urls: &Urls<'_>,
) {
    let mut texts = blocks.iter_mut().filter_map(|block| match block {
        Block::Preformatted(text) => Some(text),
        Block::Paragraph(_)
        | Block::Heading(_)
        | Block::Figure(_)
        | Block::List(_)
        | Block::BlockQuote(_)
        | Block::Table(_)
        | Block::ThematicBreak(_) => None,
    });
    let first = texts.next();
    for text in texts {
        text.is_code = is_code;
        text.language = language.as_ref().and_then(|language| urls.copy(language));
    }
    if let Some(text) = first {
        text.is_code = is_code;
        text.language = language;
    }
}

/// Adds a closed `<pre>` to the one before it if both are lines of one listing, as their numbers tell:
/// `   1: int a;` and `   2: int b;`. Plugins of Windows Live Writer wrote a `<pre>` for each line.
pub(super) fn join_listing<'a>(blocks: &mut Vec<Block<'a>>, before: &mut [Block<'a>]) {
    let Some(Block::Preformatted(listing)) = before.last_mut() else { return };
    let [Block::Preformatted(line)] = &mut blocks[..] else { return };
    let added = line.text.text.trim_end_matches('\n');
    let lines = listing.text.text.trim_end_matches('\n');
    let last = lines.rsplit_once('\n').map_or(lines, |(_, last)| last);
    let next = line_number(last).and_then(|number| number.checked_add(1));
    if next.is_none() || added.contains('\n') || line_number(added) != next {
        return;
    }
    let length = lines.len();
    let text = listing.text.text.to_mut();
    text.truncate(length);
    text.push('\n');
    let shift = text.len();
    text.push_str(added);
    let end = text.len();
    listing.text.marks.extend(take(&mut line.text.marks).into_iter().map(|mark| Mark {
        start: (mark.start + shift).min(end),
        end: (mark.end + shift).min(end),
        kind: mark.kind,
    }));
    blocks.clear();
}

/// The number that a line of a listing begins with, before a colon.
fn line_number(line: &str) -> Option<u32> {
    let line = line.trim_ascii_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at(digits);
    if rest.starts_with(':') { number.parse().ok() } else { None }
}
