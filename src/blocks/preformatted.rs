//! Preformatted text: its language, and whether it is code.

use std::borrow::Cow;

use super::urls::Urls;
use crate::post::Block;

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
