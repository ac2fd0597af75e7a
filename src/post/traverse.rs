//! All blocks of an article, those inside others too, and what they hold. There is no recursion: a model made
//! by hand may be deep.

use std::borrow::Cow;

use super::block::{Block, Children};
use super::figure::Media;
use super::mark::MarkKind;
use crate::words;

/// All blocks in the order of the text, each with its depth: see [`Post::walk`](super::Post::walk).
#[derive(Debug, Clone)]
pub struct Walk<'p, 'a> {
    blocks: std::slice::Iter<'p, Block<'a>>,
    /// What is left of the blocks that are open, the innermost last.
    open: Vec<Children<'p, 'a>>,
}

impl<'p, 'a> Walk<'p, 'a> {
    /// The blocks of a list, and those inside them.
    pub fn new(blocks: &'p [Block<'a>]) -> Self {
        Self { blocks: blocks.iter(), open: Vec::new() }
    }
}

impl<'p, 'a> Iterator for Walk<'p, 'a> {
    /// How many blocks are around the block, and the block.
    type Item = (usize, &'p Block<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let depth = self.open.len();
            let next = match self.open.last_mut() {
                Some(children) => children.next(),
                None => Some(self.blocks.next()?),
            };
            match next {
                Some(block) => {
                    if block.holds_blocks() {
                        self.open.push(block.children());
                    }
                    return Some((depth, block));
                }
                None => {
                    self.open.pop();
                }
            }
        }
    }
}

/// Calls `visit` with each block in the order of the text, those inside a block after that block.
pub(super) fn walk_mut<'a>(blocks: &mut [Block<'a>], mut visit: impl FnMut(&mut Block<'a>)) {
    let mut rest: Vec<&mut Block<'a>> = blocks.iter_mut().rev().collect();
    while let Some(block) = rest.pop() {
        visit(block);
        for list in block.child_lists_mut().into_iter().rev() {
            rest.extend(list.iter_mut().rev());
        }
    }
}

/// What a URL of an article is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UrlRole {
    /// A link of a text, or around an image.
    Link,
    /// An image, also one that is shown before a video plays.
    Image,
    /// A video.
    Video,
    /// An audio file.
    Audio,
    /// An embedded page or object.
    Embed,
}

/// Calls `visit` with each URL of the blocks in the order of the text.
pub(super) fn for_each_url_mut<'a>(
    blocks: &mut [Block<'a>],
    mut visit: impl FnMut(UrlRole, &mut Cow<'a, str>),
) {
    walk_mut(blocks, |block| {
        if let Block::Figure(figure) = block {
            figure.media.iter_mut().for_each(|media| media_urls(media, &mut visit));
        }
        for mark in block.texts_mut().flat_map(|text| &mut text.marks) {
            if let MarkKind::Link { href, .. } = &mut mark.kind {
                visit(UrlRole::Link, href);
            }
        }
    });
}

fn media_urls<'a>(media: &mut Media<'a>, visit: &mut impl FnMut(UrlRole, &mut Cow<'a, str>)) {
    let (role, src, sources) = match media {
        Media::Image(image) => (UrlRole::Image, Some(&mut image.src), &mut image.sources[..]),
        Media::Video(video) => (UrlRole::Video, video.src.as_mut(), &mut video.sources[..]),
        Media::Audio(audio) => (UrlRole::Audio, audio.src.as_mut(), &mut audio.sources[..]),
        Media::Embed(embed) => (UrlRole::Embed, Some(&mut embed.src), &mut [][..]),
    };
    src.into_iter().chain(sources.iter_mut().map(|source| &mut source.url)).for_each(|url| visit(role, url));
    match media {
        Media::Image(image) => image.link.iter_mut().for_each(|url| visit(UrlRole::Link, url)),
        Media::Video(video) => video.poster.iter_mut().for_each(|url| visit(UrlRole::Image, url)),
        Media::Audio(_) | Media::Embed(_) => {}
    }
}

/// How many characters of the texts are not white space.
pub(super) fn text_len(blocks: &[Block<'_>]) -> usize {
    texts(blocks).map(|text| text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

/// How many words the texts hold.
pub(super) fn word_count(blocks: &[Block<'_>]) -> usize {
    texts(blocks).map(words::count).sum()
}

fn texts<'p>(blocks: &'p [Block<'_>]) -> impl Iterator<Item = &'p str> {
    Walk::new(blocks).flat_map(|(_, block)| block.texts()).map(AsRef::as_ref)
}
