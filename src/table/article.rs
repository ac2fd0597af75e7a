//! The text of an article, once, and where its blocks, captions and links are in it.

use crate::post::{Block, Container, MarkKind, Media, Paragraph, Step, Steps, Text};

/// Between two blocks.
const BLOCKS: &str = "\n\n";
/// Between two items of a list, and two rows of a table.
const LINES: &str = "\n";
/// Between two cells of a row.
const CELLS: &str = "\t";
/// Between two blocks of a cell, which stays on its line.
const IN_CELL: &str = " ";

// Blocks that hold blocks.
const LIST: &str = "list";
const QUOTE: &str = "block_quote";
const TABLE: &str = "table";

/// What is in the text of an article. Positions are characters of the text.
#[derive(Debug, Default)]
pub(super) struct Article<'p, 'a> {
    pub(super) blocks: Vec<BlockRange>,
    pub(super) figures: Vec<FigureRange<'p, 'a>>,
    pub(super) links: Vec<LinkRange<'p>>,
}

/// Where a block is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BlockRange {
    pub(super) block_type: &'static str,
    pub(super) level: Option<u8>,
    pub(super) depth: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A medium of a figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureRange<'p, 'a> {
    /// The index of the block.
    pub(super) block: usize,
    pub(super) medium: &'p Media<'a>,
    pub(super) credit: Option<&'p str>,
    /// Where the caption is.
    pub(super) caption: Option<(usize, usize)>,
}

/// Where the text of a link is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LinkRange<'p> {
    pub(super) url: &'p str,
    pub(super) title: Option<&'p str>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'p, 'a> Article<'p, 'a> {
    /// Puts the text of blocks behind other texts.
    pub(super) fn write(blocks: &'p [Block<'a>], texts: &mut String) -> Self {
        let mut writer = ArticleWriter {
            start: texts.len(),
            texts,
            article: Self::default(),
            length: 0,
            gap: String::new(),
            open: Vec::new(),
            begun: 0,
            cells: 0,
        };
        for step in Steps::new(blocks) {
            match step {
                Step::Leaf(block) => writer.leaf(block),
                Step::Start(container) => writer.start(&container),
                Step::End(container) => writer.end(&container),
            }
        }
        writer.article
    }
}

/// Writes the text of an article.
#[derive(Debug)]
struct ArticleWriter<'p, 'a, 't> {
    /// What the text is put behind.
    texts: &'t mut String,
    /// Where the text begins in it.
    start: usize,
    article: Article<'p, 'a>,
    /// The characters of the text.
    length: usize,
    /// What stands between the last text and the next.
    gap: String,
    /// The blocks that are open, by their indices.
    open: Vec<usize>,
    /// How many of them have text already, from the outermost on.
    begun: usize,
    /// How many cells are open.
    cells: usize,
}

impl<'p, 'a> ArticleWriter<'p, 'a, '_> {
    fn leaf(&mut self, block: &'p Block<'a>) {
        self.open_leaf(block);
        block.texts().for_each(|text| self.push(text));
        let range = self.close_block();
        let Block::Figure(figure) = block else { return };
        let caption = figure.caption.as_ref().zip(range).map(|(_, range)| (range.start, range.end));
        self.article.figures.extend(figure.media.iter().map(|medium| FigureRange {
            block: self.article.blocks.len() - 1,
            medium,
            credit: figure.credit.as_deref(),
            caption,
        }));
    }

    fn start(&mut self, container: &Container<'p, 'a>) {
        match container {
            Container::BlockQuote => self.open_block(QUOTE, None),
            Container::List(_) => self.open_block(LIST, None),
            Container::Table(table) => {
                self.open_block(TABLE, None);
                if let Some(caption) = &table.caption {
                    self.push(caption);
                    self.set_gap(LINES);
                }
            }
            Container::DescriptionItem(item) => match item.blocks.first() {
                // It stands for a term that is not there, and is no step.
                Some(block @ Block::Paragraph(term)) if *term == Paragraph::default() => self.leaf(block),
                _ => {}
            },
            Container::Cell(_) => self.cells += 1,
            _ => {}
        }
    }

    fn end(&mut self, container: &Container<'p, 'a>) {
        match container {
            Container::BlockQuote | Container::List(_) | Container::Table(_) => {
                self.close_block();
                self.set_gap(BLOCKS);
            }
            Container::Item { .. } | Container::DescriptionItem(_) | Container::Term(_) => {
                self.set_gap(LINES);
            }
            Container::Row { .. } => {
                self.gap.truncate(self.gap.trim_end_matches(CELLS).len());
                self.gap.push_str(LINES);
            }
            Container::Cell(_) => {
                self.cells -= 1;
                if self.gap == IN_CELL {
                    self.gap.clear();
                }
                self.gap.push_str(CELLS);
            }
            _ => {}
        }
    }

    /// Says what stands before the next text. In a cell all stands on one line.
    fn set_gap(&mut self, gap: &str) {
        self.gap.clear();
        self.gap.push_str(if self.cells > 0 { IN_CELL } else { gap });
    }

    fn open_leaf(&mut self, block: &Block<'a>) {
        match block {
            Block::Paragraph(_) => self.open_block("paragraph", None),
            Block::Heading(heading) => self.open_block("heading", Some(heading.level.into())),
            Block::Figure(_) => self.open_block("figure", None),
            Block::List(_) => self.open_block(LIST, None),
            Block::BlockQuote(_) => self.open_block(QUOTE, None),
            Block::Table(_) => self.open_block(TABLE, None),
            Block::Preformatted(_) => self.open_block("preformatted", None),
            Block::ThematicBreak(_) => self.open_block("thematic_break", None),
        }
    }

    fn open_block(&mut self, block_type: &'static str, level: Option<u8>) {
        self.open.push(self.article.blocks.len());
        let (depth, at) = (self.open.len() - 1, self.length);
        self.article.blocks.push(BlockRange { block_type, level, depth, start: at, end: at });
    }

    /// Ends the innermost block and says where its text is, if it has some.
    fn close_block(&mut self) -> Option<BlockRange> {
        let index = self.open.pop()?;
        let has_text = self.begun > self.open.len();
        self.begun = self.begun.min(self.open.len());
        let block = self.article.blocks.get_mut(index)?;
        block.end = self.length;
        has_text.then_some(*block)
    }

    fn push(&mut self, text: &'p Text<'a>) {
        let words: &'p str = text.as_ref();
        if words.is_empty() {
            return;
        }
        if self.texts.len() > self.start {
            self.texts.push_str(&self.gap);
            self.length += self.gap.len();
        }
        self.begin_blocks();
        let start = self.length;
        self.texts.push_str(words);
        self.length += words.chars().count();
        self.push_links(text, start);
        self.set_gap(BLOCKS);
    }

    /// Lets the open blocks that have no text yet begin here, and with them the blocks inside them that have
    /// none.
    fn begin_blocks(&mut self) {
        let Some(&outermost) = self.open.get(self.begun) else { return };
        for block in self.article.blocks.iter_mut().skip(outermost) {
            (block.start, block.end) = (self.length, self.length);
        }
        self.begun = self.open.len();
    }

    /// Notes the links of a text that begins at a character.
    fn push_links(&mut self, text: &'p Text<'a>, start: usize) {
        let links = || {
            text.marks.iter().filter_map(|mark| match &mark.kind {
                MarkKind::Link { href, title } => Some((mark.range(), href.as_ref(), title.as_deref())),
                _ => None,
            })
        };
        if links().next().is_none() {
            return;
        }
        let words: &str = text.as_ref();
        let mut bytes: Vec<usize> = links().flat_map(|(range, ..)| [range.start, range.end]).collect();
        bytes.sort_unstable();
        bytes.dedup();
        let characters = characters_before(words, &bytes);
        let position = |byte: usize| {
            let index = bytes.binary_search(&byte).unwrap_or(0);
            start + characters.get(index).copied().unwrap_or(0)
        };
        self.article.links.extend(links().map(|(range, url, title)| {
            let start = position(range.start);
            LinkRange { url, title, start, end: position(range.end).max(start) }
        }));
    }
}

/// How many characters stand before each of some bytes of a text, which are sorted. Bytes after its end,
/// which a model made by hand may name, stand at the end.
fn characters_before(text: &str, bytes: &[usize]) -> Vec<usize> {
    let (mut before, mut characters) = (0, 0);
    let count = |&byte: &usize| {
        let byte = byte.min(text.len());
        characters += text.as_bytes()[before..byte].iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        before = byte;
        characters
    };
    bytes.iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Post;

    /// What is in the ranges of the blocks, with the block's type before it.
    fn blocks(source: &str) -> (String, Vec<String>) {
        let post = Post::parse(source).unwrap();
        let mut text = String::new();
        let article = Article::write(&post.blocks, &mut text);
        let range = |start, end| text.chars().skip(start).take(end - start).collect::<String>();
        let shown = |block: &BlockRange| {
            format!("{}{} {}", ">".repeat(block.depth), block.block_type, range(block.start, block.end))
        };
        (text.clone(), article.blocks.iter().map(shown).collect())
    }

    #[test]
    fn each_block_has_its_range() {
        let (text, ranges) = blocks(
            "<h2>茶</h2><p>Boil water.</p><hr><ul><li>green<li><p>black<p>strong</ul>\
             <blockquote><p>é<hr></blockquote><pre>a\n b</pre>",
        );
        assert_eq!(text, "茶\n\nBoil water.\n\ngreen\nblack\n\nstrong\n\né\n\na\n b");
        assert_eq!(
            ranges,
            [
                "heading 茶",
                "paragraph Boil water.",
                "thematic_break ",
                "list green\nblack\n\nstrong",
                ">paragraph green",
                ">paragraph black",
                ">paragraph strong",
                "block_quote é",
                ">paragraph é",
                ">thematic_break ",
                "preformatted a\n b",
            ]
        );
    }

    #[test]
    fn a_row_is_a_line_and_each_cell_stands_at_its_tab() {
        let (text, ranges) = blocks(
            "<p>a</p><table><caption>Teas</caption><tr><td><td>b<td>c<tr><td><td><td><tr><td><p>d<p>e<td><td>\
             <tr><td><td>f</table><p>g",
        );
        assert_eq!(text, "a\n\nTeas\n\tb\tc\n\nd e\n\tf\n\ng");
        assert_eq!(ranges[1], "table Teas\n\tb\tc\n\nd e\n\tf");
    }

    #[test]
    fn captions_and_links_have_theirs() {
        let source = "<p>茶 <a href=/a title=A>一<b>二</b></a> und <a href=/b>b</a></p>\
             <figure><img src=/c.jpg><img src=/d.jpg><figcaption>É <a href=/e>e</a> (AFP)</figcaption></figure>";
        let post = Post::parse(source).unwrap();
        let mut text = String::new();
        let article = Article::write(&post.blocks, &mut text);
        let range = |start, end| text.chars().skip(start).take(end - start).collect::<String>();
        let links: Vec<_> =
            article.links.iter().map(|link| (link.url, link.title, range(link.start, link.end))).collect();
        let link = |url, title, text: &str| (url, title, text.to_owned());
        assert_eq!(links, [link("/a", Some("A"), "一二"), link("/b", None, "b"), link("/e", None, "e")]);
        let figures: Vec<_> = article.figures.iter().map(|figure| (figure.block, figure.caption)).collect();
        assert_eq!(figures, [(1, Some((12, 21))), (1, Some((12, 21)))]);
        assert_eq!(range(12, 21), "É e (AFP)");
        assert_eq!(article.figures[0].credit, Some("AFP"));
    }

    #[test]
    fn marks_outside_their_text_are_cut() {
        assert_eq!(characters_before("茶a", &[0, 1, 3, 4, 9]), [0, 1, 1, 2, 2]);
        assert_eq!(characters_before("", &[0, 7]), [0, 0]);
    }
}
