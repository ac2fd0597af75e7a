//! Lists: what becomes an item, and what of the content between items.

use super::figure::push_block;
use super::tight::{push_tight, shrink_to_tight};
use crate::html::event::{Attributes, Names};
use crate::post::{Block, Item, List, ListKind, Numbering, Paragraph, Text};

/// A list that is open.
pub(super) struct OpenList<'a> {
    pub(super) list: List<'a>,
    /// Whether the numbers count down.
    is_reversed: bool,
    /// Whether the items say of themselves what they are, as those of Quill and of Confluence do.
    items_tell: bool,
    /// The state of the items, as the older Quill states it for a list: done or not done.
    checked: Option<bool>,
    sequel: Sequel,
}

/// What a list is to the list right before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sequel {
    Nothing,
    /// The list may hold the next items of that one, as lists do that Notion exports.
    NextItems,
    /// The list stands in n = `lists` lists, that one being the outermost, as lists of Google Docs do. It
    /// begins there, if it `is_first`, or goes on.
    InLists {
        lists: u8,
        is_first: bool,
    },
}

/// The number of items that there is room for from the start.
const USUAL_ITEMS: usize = 4;

impl<'a> OpenList<'a> {
    pub(super) fn new(kind: ListKind) -> Self {
        Self::of(List::new(kind, Vec::with_capacity(USUAL_ITEMS)))
    }

    /// A list that goes on.
    pub(super) fn of(list: List<'a>) -> Self {
        Self { list, is_reversed: false, items_tell: false, checked: None, sequel: Sequel::Nothing }
    }

    /// A `<ul>`, as its start tag describes it.
    pub(super) fn unordered(attrs: &Attributes<'_>) -> Self {
        let mut open = Self::new(ListKind::Unordered);
        if attrs.may_be_special() {
            open.number_by(attrs);
        }
        if !attrs.is_empty() {
            let [checked, class] = attrs.get_all(&const { Names::new(["data-checked", "class"]) });
            open.checked = checked.as_deref().and_then(truth);
            match class.as_deref() {
                // Of Confluence.
                Some("inline-task-list") => (open.checked, open.items_tell) = (Some(false), true),
                class => open.sequel = class.map_or(Sequel::Nothing, Sequel::of),
            }
        }
        open
    }

    /// Numbers the items if an inline style says so.
    #[cold]
    fn number_by(&mut self, attrs: &Attributes<'_>) {
        if let Some(numbering) = attrs.get("style").and_then(|style| style_numbering(&style)) {
            (self.list.kind, self.list.numbering) = (ListKind::Ordered, numbering);
        }
    }

    /// An item, as the start tag of an `<li>` describes it. The first one may say what the list is.
    #[inline]
    pub(super) fn item(&mut self, attrs: &Attributes<'_>) -> Item<'a> {
        let is_first = self.list.items.is_empty();
        if is_first && self.list.kind == ListKind::Unordered && attrs.may_be_special() {
            self.number_by(attrs);
        }
        if self.list.kind == ListKind::Ordered || self.items_tell {
            return self.item_by(attrs);
        }
        Item { checked: self.checked, ..Item::default() }
    }

    /// [`item`](Self::item), where the attributes count.
    #[inline(never)]
    fn item_by(&mut self, attrs: &Attributes<'_>) -> Item<'a> {
        let [value, kind, class] = attrs.get_all(&const { Names::new(["value", "data-list", "class"]) });
        let checked = match kind.as_deref() {
            Some("checked") => Some(true),
            Some("unchecked") => Some(false),
            _ if self.checked.is_some() && class.is_some_and(|class| class == "checked") => Some(true),
            _ => self.checked,
        };
        // To Quill, all lists are an `<ol>`.
        if self.list.items.is_empty() && (checked.is_some() || kind.is_some_and(|kind| kind == "bullet")) {
            self.items_tell = true;
            self.list.kind = ListKind::Unordered;
            (self.list.start, self.list.numbering) = (None, Numbering::default());
        }
        let value = if self.list.kind == ListKind::Ordered { value } else { None };
        Item { number: value.and_then(|value| integer(&value)), checked, ..Item::default() }
    }

    /// An `<ol>`, as its start tag describes it.
    pub(super) fn ordered(attrs: &Attributes<'_>) -> Self {
        const NAMES: Names<'_, 5> = Names::new(["start", "reversed", "type", "style", "class"]);
        let [start, reversed, kind, style, class] = attrs.get_all(&NAMES);
        let numbering = style.and_then(|style| style_numbering(&style)).or_else(|| type_numbering(&kind?));
        let mut list = List::new(ListKind::Ordered, Vec::with_capacity(USUAL_ITEMS));
        list.start = start.and_then(|start| integer(&start));
        list.numbering = numbering.unwrap_or_default();
        let sequel = class.map_or(Sequel::Nothing, |class| Sequel::of(&class));
        Self { list, is_reversed: reversed.is_some(), items_tell: false, checked: None, sequel }
    }

    /// The depth of lists that it makes: the lists before it in which it is to stand, and itself.
    pub(super) fn depth(&self) -> usize {
        match self.sequel {
            Sequel::InLists { lists, .. } => 1 + usize::from(lists),
            Sequel::Nothing | Sequel::NextItems => 1,
        }
    }

    /// The closed list, if there is an item with a block in it.
    pub(super) fn close(&mut self) -> Option<List<'a>> {
        if !self.list.items.iter().any(|item| !item.blocks.is_empty()) {
            return None;
        }
        let mut list = std::mem::take(&mut self.list);
        if self.is_reversed && list.kind == ListKind::Ordered {
            count_down(&mut list);
        }
        shrink_to_tight(&mut list.items);
        Some(list)
    }
}

impl Sequel {
    /// What the class of a list says.
    fn of(class: &str) -> Self {
        match class {
            "bulleted-list" | "numbered-list" | "to-do-list" | "toggle" => Self::NextItems,
            _ if class.contains("lst-kix") => Self::of_google(class),
            _ => Self::Nothing,
        }
    }

    /// The same for a class like `lst-kix_abc123-1 start`, as Google Docs writes them: all items of a level
    /// up to one of another level are a list, and no list stands in another.
    #[cold]
    fn of_google(class: &str) -> Self {
        const MOST_OF_GOOGLE: u8 = 8;
        let mut names = class.split_ascii_whitespace();
        let level =
            names.clone().find_map(|name| name.strip_prefix("lst-kix")?.rsplit_once('-')?.1.parse().ok());
        match level {
            Some(lists @ 0..=MOST_OF_GOOGLE) => {
                Self::InLists { lists, is_first: names.any(|name| name == "start") }
            }
            _ => Self::Nothing,
        }
    }
}

/// Closes a list. If there is an item with a block in it, the list is returned, unless it goes on with the
/// last of the blocks before it, which gets the items then, or belongs into that.
pub(super) fn close_into<'a>(open: &mut OpenList<'a>, before: &mut [Block<'a>]) -> Option<List<'a>> {
    let list = open.close()?;
    match (open.sequel, before.last_mut()) {
        (Sequel::NextItems | Sequel::InLists { lists: 0, is_first: false }, Some(Block::List(before))) => {
            go_on(before, list)
        }
        (Sequel::InLists { lists: lists @ 1.., is_first }, Some(Block::List(before))) => {
            add_at_level(before, lists, list, is_first)
        }
        _ => Some(list),
    }
}

/// Adds the items of a list to the list before it, if they are its next ones. Otherwise the list is returned.
fn go_on<'a>(before: &mut List<'a>, mut list: List<'a>) -> Option<List<'a>> {
    if !goes_on(before, &list) {
        return Some(list);
    }
    before.items.append(&mut list.items);
    None
}

/// Adds a list to the last item of the list before it, or of a list that this one ends with, so that it
/// stands in n = `lists` lists, or in all that there are.
#[cold]
fn add_at_level<'a>(
    mut before: &mut List<'a>,
    lists: u8,
    list: List<'a>,
    is_first: bool,
) -> Option<List<'a>> {
    let ends_with_list = |list: &List<'_>| {
        matches!(list.items.last().and_then(|item| item.blocks.last()), Some(Block::List(_)))
    };
    for _ in 1..lists {
        if !ends_with_list(before) {
            break;
        }
        let end = before.items.last_mut().and_then(|item| item.blocks.last_mut());
        let Some(Block::List(inner)) = end else { return Some(list) };
        before = inner;
    }
    let Some(item) = before.items.last_mut() else { return Some(list) };
    let list = match item.blocks.last_mut() {
        Some(Block::List(before)) if !is_first => go_on(before, list)?,
        _ => list,
    };
    push_block(&mut item.blocks, Block::List(list));
    None
}

/// Whether the items of a list are the next ones of another.
fn goes_on(before: &List<'_>, list: &List<'_>) -> bool {
    let number = |list: &List<'_>| i64::from(list.start.unwrap_or(1));
    let is_task = |list: &List<'_>| list.items.first().is_some_and(|item| item.checked.is_some());
    let has_numbers = |list: &List<'_>| list.items.iter().any(|item| item.number.is_some());
    let is_next = || {
        let count = i64::try_from(before.items.len()).unwrap_or(i64::MAX);
        number(before).checked_add(count) == Some(number(list)) && !has_numbers(list)
    };
    (before.kind, before.numbering) == (list.kind, list.numbering)
        && is_task(before) == is_task(list)
        && (list.kind != ListKind::Ordered || is_next())
}

/// An integer as HTML reads one: digits after white space and a sign, and whatever follows them.
///
/// `None` if there is no number, or one that does not fit into 32 bits: browsers do not count with it.
fn integer(value: &str) -> Option<i32> {
    let value = value.trim_ascii_start();
    let sign = usize::from(value.starts_with(['-', '+']));
    let digits = value[sign..].bytes().take_while(u8::is_ascii_digit).count();
    value[..sign + digits].parse().ok()
}

/// What the attribute `type` of a list says.
fn type_numbering(value: &str) -> Option<Numbering> {
    Some(match value.trim_ascii() {
        "1" => Numbering::Decimal,
        "a" => Numbering::LowerAlpha,
        "A" => Numbering::UpperAlpha,
        "i" => Numbering::LowerRoman,
        "I" => Numbering::UpperRoman,
        _ => return None,
    })
}

/// What the property `list-style` or `list-style-type` of a list says.
fn style_numbering(style: &str) -> Option<Numbering> {
    let mut found = None;
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim_ascii();
        if !["list-style-type", "list-style"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            continue;
        }
        for word in value.split_ascii_whitespace() {
            found = match &*word.to_ascii_lowercase() {
                "decimal" => Some(Numbering::Decimal),
                "lower-alpha" | "lower-latin" => Some(Numbering::LowerAlpha),
                "upper-alpha" | "upper-latin" => Some(Numbering::UpperAlpha),
                "lower-roman" => Some(Numbering::LowerRoman),
                "upper-roman" => Some(Numbering::UpperRoman),
                _ => continue,
            };
        }
    }
    found
}

/// Gives the items of a list the numbers that count down to 1, or from the number that the list states.
fn count_down(list: &mut List<'_>) {
    let mut next = list.start.unwrap_or_else(|| i32::try_from(list.items.len()).unwrap_or(i32::MAX));
    for item in &mut list.items {
        let number = item.number.unwrap_or(next);
        item.number = Some(number);
        next = number.saturating_sub(1);
    }
}

/// Whether an `<input>` is a checkbox, and then whether it is checked.
pub(super) fn checkbox(attrs: &Attributes<'_>) -> Option<bool> {
    let [kind, checked] = attrs.get_all(&const { Names::new(["type", "checked"]) });
    kind?.trim_ascii().eq_ignore_ascii_case("checkbox").then_some(checked.is_some())
}

/// The state that an attribute states: `true` or `false`.
fn truth(value: &str) -> Option<bool> {
    value.parse().ok()
}

/// Whether an element is drawn as a checkbox, and then whether it is checked. Without a word for that, only
/// what is a checkbox in lists of tasks is one: fields of forms have the other names too.
pub(super) fn drawn_checkbox(attrs: &Attributes<'_>) -> Option<bool> {
    const NAMES: Names<'_, 3> = Names::new(["role", "aria-checked", "class"]);
    let [role, state, class] = attrs.get_all(&NAMES);
    if role.is_some_and(|role| role.trim_ascii().eq_ignore_ascii_case("checkbox")) {
        return truth(state?.trim_ascii());
    }
    let class = class?;
    let is_any = |known: &[&str]| class.split_ascii_whitespace().any(|name| known.contains(&name));
    let is_task = is_any(&["task-list-item-checkbox", "chcklst-box"]);
    let is_checkbox = is_task || is_any(&["checkbox"]);
    if is_checkbox && is_any(&["checked", "is-checked"]) || is_any(&["to-do-children-checked"]) {
        Some(true)
    } else if is_task || is_checkbox && is_any(&["unchecked"]) || is_any(&["to-do-children-unchecked"]) {
        Some(false)
    } else {
        None
    }
}

/// Adds a closed `<li>`. An empty item counts in a numbered list only.
pub(super) fn add_item<'a>(list: &mut List<'a>, item: Item<'a>) {
    if !item.blocks.is_empty() || list.kind == ListKind::Ordered {
        push_tight(&mut list.items, item);
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
