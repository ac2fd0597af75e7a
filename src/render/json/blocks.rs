//! Paragraphs and headings, nine blocks of ten in articles, and their links and strong and emphasised texts.
//!
//! They come to what serde makes of them. To serde, their texts and the kinds of marks are maps inside
//! others, whose keys go through several hands; written here, all that is fixed between two values is one
//! piece.

use std::fmt::Write;

use serde::Serialize;

use super::escape::write_string;
use super::number::write_integer;
use super::writer::{Error, Writer};
use crate::post::{Block, Direction, Heading, Mark, MarkKind, Paragraph, Text};

/// Writes the blocks of an article as an array.
pub(super) fn write_blocks<W: Write>(writer: &mut Writer<'_, W>, blocks: &[Block<'_>]) -> Result<(), Error> {
    write_array(writer, blocks, |writer, block| match block {
        Block::Paragraph(paragraph) => write_paragraph(writer, paragraph),
        Block::Heading(heading) => write_heading(writer, heading),
        Block::Figure(_)
        | Block::List(_)
        | Block::BlockQuote(_)
        | Block::Table(_)
        | Block::Preformatted(_)
        | Block::ThematicBreak(_) => block.serialize(writer),
    })
}

fn write_array<'w, W: Write, T>(
    writer: &mut Writer<'w, W>,
    elements: &[T],
    write: impl Fn(&mut Writer<'w, W>, &T) -> Result<(), Error>,
) -> Result<(), Error> {
    writer.out.write_str("[")?;
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            writer.out.write_str(",")?;
        }
        write(writer, element)?;
    }
    Ok(writer.out.write_str("]")?)
}

fn write_paragraph<W: Write>(writer: &mut Writer<'_, W>, paragraph: &Paragraph<'_>) -> Result<(), Error> {
    let Paragraph { text, id, direction } = paragraph;
    writer.out.write_str("{\"type\":\"paragraph\",\"text\":")?;
    write_text(writer, text)?;
    write_optional(writer, ",\"id\":", id.as_deref())?;
    write_optional(writer, ",\"direction\":", direction.map(Direction::as_str))?;
    Ok(writer.out.write_str("}")?)
}

fn write_heading<W: Write>(writer: &mut Writer<'_, W>, heading: &Heading<'_>) -> Result<(), Error> {
    let Heading { level, id, text, direction } = heading;
    writer.out.write_str("{\"type\":\"heading\",\"level\":")?;
    write_integer(writer.out, u8::from(*level).into())?;
    write_optional(writer, ",\"id\":", id.as_deref())?;
    writer.out.write_str(",\"text\":")?;
    write_text(writer, text)?;
    write_optional(writer, ",\"direction\":", direction.map(Direction::as_str))?;
    Ok(writer.out.write_str("}")?)
}

/// Writes a text, and the field of its marks if it has some.
#[inline]
fn write_text<W: Write>(writer: &mut Writer<'_, W>, text: &Text<'_>) -> Result<(), Error> {
    let Text { text, marks } = text;
    write_string(writer.out, text)?;
    if !marks.is_empty() {
        writer.out.write_str(",\"marks\":")?;
        write_array(writer, marks, write_mark)?;
    }
    Ok(())
}

fn write_mark<W: Write>(writer: &mut Writer<'_, W>, mark: &Mark<'_>) -> Result<(), Error> {
    let Mark { start, end, kind } = mark;
    let (kind, link) = match kind {
        MarkKind::Strong => (",\"type\":\"strong\"}", None),
        MarkKind::Emphasis => (",\"type\":\"emphasis\"}", None),
        MarkKind::Link { href, title } => (",\"type\":\"link\",\"href\":", Some((href, title))),
        MarkKind::Code
        | MarkKind::Underline
        | MarkKind::Strikethrough
        | MarkKind::Subscript
        | MarkKind::Superscript
        | MarkKind::Highlight
        | MarkKind::Quotation
        | MarkKind::Small
        | MarkKind::Ruby { .. }
        | MarkKind::Math { .. }
        | MarkKind::Anchor { .. }
        | MarkKind::Bidi { .. } => return mark.serialize(writer),
    };
    writer.out.write_str("{\"start\":")?;
    write_integer(writer.out, *start as u64)?;
    writer.out.write_str(",\"end\":")?;
    write_integer(writer.out, *end as u64)?;
    writer.out.write_str(kind)?;
    if let Some((href, title)) = link {
        write_string(writer.out, href)?;
        write_optional(writer, ",\"title\":", title.as_deref())?;
        writer.out.write_str("}")?;
    }
    Ok(())
}

/// Writes a field if it has a value. `name` is what stands before the value.
#[inline]
fn write_optional<W: Write>(
    writer: &mut Writer<'_, W>,
    name: &str,
    value: Option<&str>,
) -> Result<(), Error> {
    if let Some(value) = value {
        writer.out.write_str(name)?;
        write_string(writer.out, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{HeadingLevel, Meta, Post};

    #[track_caller]
    fn check(blocks: Vec<Block<'_>>) {
        let post = Post::new(Meta::default(), blocks);
        assert_eq!(post.to_json(), serde_json::to_string(&post).unwrap());
    }

    #[test]
    fn blocks_come_to_what_serde_makes_of_them() {
        let marks = [
            MarkKind::Strong,
            MarkKind::Emphasis,
            MarkKind::link("/\"a\""),
            MarkKind::Link { href: "b".into(), title: Some("\\".into()) },
            MarkKind::Code,
            MarkKind::math(true),
            MarkKind::bidi(Direction::RightToLeft),
        ];
        let marks: Vec<_> =
            marks.into_iter().zip(0..).map(|(kind, at)| Mark::new(at..10_001, kind)).collect();
        check(Vec::new());
        for marks in [Vec::new(), marks[1..2].to_vec(), marks] {
            for (id, direction) in [
                (None, None),
                (Some("a".into()), None),
                (None, Some(Direction::LeftToRight)),
                (Some("\n".into()), Some(Direction::RightToLeft)),
            ] {
                let text = Text::new("a \"b\"", marks.clone());
                let paragraph = Paragraph { text: text.clone(), id: id.clone(), direction };
                let heading = Heading { level: HeadingLevel::H3, id, text, direction };
                check(vec![Block::Heading(heading), Block::Paragraph(paragraph)]);
            }
        }
    }
}
