//! Lists: what an item holds, and what stands between items.

use super::figure;
use super::frame::add;
use crate::html::event::Attributes;
use crate::post::{Block, Item, List, ListKind, Paragraph, Text};

/// The number of the first item: an integer as HTML reads one. One that browsers do not count with is none.
pub(super) fn start(attrs: &Attributes<'_>) -> Option<i32> {
    let value = attrs.get_trimmed("start")?;
    let sign = usize::from(value.starts_with(['-', '+']));
    let digits = value[sign..].bytes().take_while(u8::is_ascii_digit).count();
    value[..sign + digits].parse().ok()
}

/// Adds a closed `<li>`. An empty one only counts where items are numbered.
pub(super) fn add_item<'a>(list: &mut List<'a>, blocks: Vec<Block<'a>>) {
    if !blocks.is_empty() || list.kind == ListKind::Ordered {
        add(&mut list.items, Item::new(blocks));
    }
}

/// Adds a closed `<dt>`: the term begins an item.
pub(super) fn add_term<'a>(list: &mut List<'a>, term: Option<Text<'a>>, mut blocks: Vec<Block<'a>>) {
    if let Some(term) = term {
        blocks.insert(0, Block::Paragraph(Paragraph::new(term)));
    }
    if !blocks.is_empty() {
        add(&mut list.items, Item::new(blocks));
    }
}

/// Adds a closed `<dd>`: it describes the term before it.
pub(super) fn add_description<'a>(list: &mut List<'a>, blocks: Vec<Block<'a>>) {
    if blocks.is_empty() {
        return;
    }
    if let Some(item) = list.items.last_mut() {
        for block in blocks {
            figure::place(&mut item.blocks, block);
        }
    } else {
        let mut item = vec![Block::Paragraph(Paragraph::default())];
        item.extend(blocks);
        add(&mut list.items, Item::new(item));
    }
}

/// Adds what stands right in a list: a list belongs to the item before it, as browsers show it; anything
/// else is an item of its own.
pub(super) fn add_stray<'a>(list: &mut List<'a>, block: Block<'a>) {
    match (list.items.last_mut(), list.kind, &block) {
        (Some(item), _, Block::List(_)) | (Some(item), ListKind::Description, _) => {
            figure::place(&mut item.blocks, block);
        }
        (None, ListKind::Description, _) => add_description(list, vec![block]),
        _ => add(&mut list.items, Item::new(vec![block])),
    }
}

/// The closed list as a block, if there is anything in it.
pub(super) fn close(list: List<'_>) -> Option<Block<'_>> {
    list.items.iter().any(|item| !item.blocks.is_empty()).then_some(Block::List(list))
}
