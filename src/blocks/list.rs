//! Lists: what becomes an item, and what of the content between items.

use super::figure::push_block;
use super::tight::push_tight;
use crate::html::event::Attributes;
use crate::post::{Block, Item, List, ListKind, Paragraph, Text};

/// The number of the first item, which is an integer as HTML reads one: digits after a sign, and whatever
/// follows them.
///
/// `None` if there is no number, or one that does not fit into 32 bits: browsers do not count with it.
pub(super) fn start(attrs: &Attributes<'_>) -> Option<i32> {
    let value = attrs.get_trimmed("start")?;
    let sign = usize::from(value.starts_with(['-', '+']));
    let digits = value[sign..].bytes().take_while(u8::is_ascii_digit).count();
    value[..sign + digits].parse().ok()
}

/// Adds a closed `<li>`. An empty item counts in a numbered list only.
pub(super) fn add_item<'a>(list: &mut List<'a>, blocks: Vec<Block<'a>>) {
    if !blocks.is_empty() || list.kind == ListKind::Ordered {
        push_tight(&mut list.items, Item::new(blocks));
    }
}

/// Adds a closed `<dt>`: the term begins an item.
pub(super) fn add_term<'a>(list: &mut List<'a>, term: Option<Text<'a>>, mut blocks: Vec<Block<'a>>) {
    if let Some(term) = term {
        blocks.insert(0, Block::Paragraph(Paragraph::new(term)));
    }
    if !blocks.is_empty() {
        push_tight(&mut list.items, Item::new(blocks));
    }
}

/// Adds a closed `<dd>`: it describes the term before it.
pub(super) fn add_description<'a>(list: &mut List<'a>, blocks: Vec<Block<'a>>) {
    if blocks.is_empty() {
        return;
    }
    if let Some(item) = list.items.last_mut() {
        for block in blocks {
            push_block(&mut item.blocks, block);
        }
    } else {
        let mut item = vec![Block::Paragraph(Paragraph::default())];
        item.extend(blocks);
        push_tight(&mut list.items, Item::new(item));
    }
}

/// Adds a block that is in a list but in no item. A list belongs to the item before it, as browsers show it;
/// any other block is an item of its own.
pub(super) fn add_stray<'a>(list: &mut List<'a>, block: Block<'a>) {
    let is_list = matches!(block, Block::List(_));
    let is_description = list.kind == ListKind::Description;
    match list.items.last_mut() {
        Some(item) if is_list || is_description => push_block(&mut item.blocks, block),
        None if is_description => add_description(list, vec![block]),
        Some(_) | None => push_tight(&mut list.items, Item::new(vec![block])),
    }
}

/// The closed list as a block, if there is an item with a block in it.
pub(super) fn close(list: List<'_>) -> Option<Block<'_>> {
    list.items.iter().any(|item| !item.blocks.is_empty()).then_some(Block::List(list))
}
