//! Figures: media, and the caption and the credit that belong to them.

use std::borrow::Cow;
use std::mem::take;

use super::credit;
use super::tight::push_tight;
use crate::post::{Block, Figure, Mark, Media, Text};

/// A figure with the credit that its caption names, unless its markup names one.
pub(super) fn new<'a>(
    media: Vec<Media<'a>>,
    caption: Option<Text<'a>>,
    marked: Option<Cow<'a, str>>,
) -> Figure<'a> {
    let credit = marked.or_else(|| caption.as_ref().and_then(credit::find));
    Figure { media, caption, credit, id: None }
}

/// Adds a text to the caption of the last block, if that is a figure with media; otherwise returns the text.
/// A text that the caption says already is a double.
///
/// The credit is not looked for, since the caption may grow further: [`find_credit`] does that.
pub(super) fn add_caption<'a>(
    blocks: &mut [Block<'a>],
    text: Text<'a>,
    marked: Option<Cow<'a, str>>,
    doubles: &mut Vec<String>,
) -> Option<Text<'a>> {
    let Some(Block::Figure(figure)) = blocks.last_mut() else { return Some(text) };
    if figure.media.is_empty() {
        return Some(text);
    }
    figure.caption = Some(match figure.caption.take() {
        Some(before) => joined(before, text, doubles),
        None => text,
    });
    if figure.credit.is_none() {
        figure.credit = marked;
    }
    None
}

/// Looks for the credit of the last block, if that is a figure whose markup names none.
pub(super) fn find_credit(blocks: &mut [Block<'_>]) {
    if let Some(Block::Figure(figure)) = blocks.last_mut() {
        if figure.credit.is_none() {
            figure.credit = figure.caption.as_ref().and_then(credit::find);
        }
    }
}

/// Whether the last block is a figure whose caption says this text already.
pub(super) fn ends_with(blocks: &[Block<'_>], text: &Text<'_>) -> bool {
    match blocks.last() {
        Some(Block::Figure(Figure { caption: Some(caption), .. })) => is_double(caption, text),
        _ => false,
    }
}

/// Whether the second text is what the first ends with.
fn is_double(first: &Text<'_>, second: &Text<'_>) -> bool {
    first.text.strip_suffix(&*second.text).is_some_and(|rest| rest.is_empty() || rest.ends_with('\n'))
}

/// Two texts as one caption, unless the second is what the first ends with.
fn joined<'a>(first: Text<'a>, second: Text<'a>, doubles: &mut Vec<String>) -> Text<'a> {
    if is_double(&first, &second) {
        doubles.push(second.text.into_owned());
        return first;
    }
    two_lines(first, second)
}

/// Two texts as the two lines of one.
fn two_lines<'a>(first: Text<'a>, second: Text<'a>) -> Text<'a> {
    let Text { text, mut marks } = first;
    let mut text = text.into_owned();
    text.push('\n');
    let shift = text.len();
    text.push_str(&second.text);
    marks.extend(second.marks.into_iter().map(|mark| Mark {
        start: mark.start + shift,
        end: mark.end + shift,
        kind: mark.kind,
    }));
    Text { text: text.into(), marks }
}

/// Groups the blocks of a `<figure>` as a reader does: media and the caption among them are one figure, any
/// other block stays a block of its own, before the figure if it stood between the two. The texts keep their
/// order.
pub(super) fn group<'a>(blocks: &mut Vec<Block<'a>>, doubles: &mut Vec<String>) {
    // Nearly all figures are one picture, most with a caption after it.
    match &mut blocks[..] {
        [Block::Figure(_)] => {}
        [Block::Figure(shown), Block::Figure(alone)]
            if shown.caption.is_none() && !shown.media.is_empty() && alone.media.is_empty() =>
        {
            shown.id = shown.id.take().or(alone.id.take());
            shown.caption = alone.caption.take();
            shown.credit = alone.credit.take();
            blocks.truncate(1);
        }
        // A text alone with what is shown is what its caption is.
        [Block::Figure(shown), Block::Paragraph(text)]
            if shown.caption.is_none()
                && !shown.media.is_empty()
                && text.text.text.len() <= LONGEST_CAPTION =>
        {
            let caption: Text<'a> = take(&mut text.text);
            *shown = new(take(&mut shown.media), Some(caption), None);
            blocks.truncate(1);
        }
        _ => group_many(blocks, doubles),
    }
}

/// [`group`], where it is not plain what belongs together.
#[cold]
fn group_many(blocks: &mut Vec<Block<'_>>, doubles: &mut Vec<String>) {
    let is_caption = |block: &&Block<'_>| match block {
        Block::Figure(figure) => figure.media.is_empty() && figure.caption.is_some(),
        _ => false,
    };
    let has_one_caption = blocks.iter().filter(is_caption).count() == 1;
    let mut grouped = Vec::with_capacity(blocks.len());
    let mut group = Group::default();
    for block in blocks.drain(..) {
        match block {
            Block::Figure(Figure { media, caption: None, id, .. }) => {
                group.add_media(media, id, &mut grouped);
            }
            Block::Figure(Figure { media, caption: Some(caption), credit, .. }) if media.is_empty() => {
                group.add_caption(caption, credit, doubles, &mut grouped);
            }
            // A button or a notice, as a rule. With a caption before it, the media are still to come only if
            // they cannot be those of another caption.
            block @ (Block::Paragraph(_) | Block::Heading(_) | Block::List(_) | Block::ThematicBreak(_))
                if group.lacks_caption() || group.lacks_media() && has_one_caption =>
            {
                group.between.push(block);
            }
            block @ (Block::Figure(_)
            | Block::Paragraph(_)
            | Block::Heading(_)
            | Block::List(_)
            | Block::BlockQuote(_)
            | Block::Table(_)
            | Block::Preformatted(_)
            | Block::ThematicBreak(_)) => {
                group.close_into(&mut grouped);
                grouped.push(block);
            }
        }
    }
    group.close_into(&mut grouped);
    *blocks = grouped;
}

/// The longest text, in bytes, that is a caption because it stands in a `<figure>` alone with an image.
const LONGEST_CAPTION: usize = 1_000;

/// Media and the caption that stands with them.
#[derive(Default)]
struct Group<'a> {
    media: Vec<Media<'a>>,
    caption: Option<Text<'a>>,
    id: Option<Cow<'a, str>>,
    credit: Option<Cow<'a, str>>,
    /// Whether the last thing that was added is the caption.
    ends_with_caption: bool,
    /// The blocks after the media or after the caption, as long as the other of the two may come.
    between: Vec<Block<'a>>,
}

impl<'a> Group<'a> {
    fn lacks_caption(&self) -> bool {
        !self.media.is_empty() && self.caption.is_none()
    }

    fn lacks_media(&self) -> bool {
        self.media.is_empty() && self.caption.is_some()
    }

    fn add_media(&mut self, media: Vec<Media<'a>>, id: Option<Cow<'a, str>>, grouped: &mut Vec<Block<'a>>) {
        if self.lacks_caption() && !self.between.is_empty() {
            self.close_into(grouped);
        }
        self.id = self.id.take().or(id);
        self.ends_with_caption = false;
        for medium in media {
            push_tight(&mut self.media, medium);
        }
    }

    /// Adds a caption. A group has one, which may have several parts one after the other: the text and the
    /// credit, or the text for small screens and that for large ones.
    fn add_caption(
        &mut self,
        caption: Text<'a>,
        credit: Option<Cow<'a, str>>,
        doubles: &mut Vec<String>,
        grouped: &mut Vec<Block<'a>>,
    ) {
        if self.caption.is_some() && !self.ends_with_caption {
            self.close_into(grouped);
        }
        if self.lacks_caption() {
            // The texts keep their order: what stands before the caption stands before the figure.
            grouped.append(&mut self.between);
        }
        self.caption = Some(match self.caption.take() {
            Some(before) => joined(before, caption, doubles),
            None => caption,
        });
        self.credit = self.credit.take().or(credit);
        self.ends_with_caption = true;
    }

    /// Makes a figure of the group, unless it is empty, and begins the next group.
    fn close_into(&mut self, blocks: &mut Vec<Block<'a>>) {
        let Self { media, caption, credit, id, ends_with_caption: _, between } = take(self);
        if !media.is_empty() || caption.is_some() {
            blocks.push(Block::Figure(Figure { id, ..new(media, caption, credit) }));
        }
        blocks.extend(between);
    }
}

/// Adds a block to a list of blocks. A caption that stands alone goes to the figure just before it.
#[inline]
pub(super) fn push_block<'a>(blocks: &mut Vec<Block<'a>>, block: Block<'a>) {
    match block {
        Block::Figure(figure) if figure.media.is_empty() => {
            if let Some(figure) = adopt(blocks.last_mut(), figure) {
                push_tight(blocks, Block::Figure(figure));
            }
        }
        block => push_tight(blocks, block),
    }
}

/// Gives a caption that stands alone to the block just before it, if that is a figure without a caption;
/// otherwise returns the figure.
pub(super) fn adopt<'a>(before: Option<&mut Block<'a>>, mut figure: Figure<'a>) -> Option<Figure<'a>> {
    if let (Some(Block::Figure(shown)), true) = (before, figure.media.is_empty()) {
        if shown.caption.is_none() {
            let id = shown.id.take();
            *shown = Figure { media: take(&mut shown.media), id, ..take(&mut figure) };
            return None;
        }
    }
    Some(figure)
}

/// Gives the last block, a text, to the figure that comes after it, as its caption.
pub(super) fn take_caption<'a>(blocks: &mut Vec<Block<'a>>, figure: &mut Figure<'a>) {
    if figure.media.is_empty() || figure.caption.is_some() {
        return;
    }
    if let Some(Block::Paragraph(_)) = blocks.last() {
        if let Some(Block::Paragraph(paragraph)) = blocks.pop() {
            *figure = new(take(&mut figure.media), Some(paragraph.text), None);
        }
    }
}
