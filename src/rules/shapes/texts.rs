//! What a heading, or the beginning of a box, says.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::page::{Event, Page};
use super::signs::Sign;
use crate::html::event::{Style, Tag, beginning};
use crate::word_list::words as list;

/// What a short text may announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Related,
    /// That a link to another article comes.
    Promo,
    Share,
    Comments,
    /// That nobody can comment.
    Closed,
    Subscribe,
    Cookies,
    Tags,
    Author,
    Byline,
    /// What one does with a page: to print it, to keep it.
    Tool,
    Skip,
}

/// The longest text, in bytes, that is looked at.
const LONGEST: usize = 240;

/// The most tags that are looked at for it. Texts come in pieces, whose number says nothing.
const MOST_TAGS: usize = 48;

/// The entries of one section.
struct Entries {
    whole: BTreeSet<&'static str>,
    beginnings: Vec<&'static str>,
}

impl Entries {
    fn new(list: &[&'static str]) -> Self {
        let beginnings = list.iter().filter_map(|entry| entry.strip_suffix('*')).collect();
        Self { whole: list.iter().filter(|entry| !entry.ends_with('*')).copied().collect(), beginnings }
    }

    fn has(&self, text: &str) -> bool {
        let begins = |beginning: &&str| {
            text.strip_prefix(*beginning).is_some_and(|rest| {
                // Latin words end before something else than a letter; `©` and Chinese
                // words end anywhere.
                let is_word = beginning.chars().next_back().is_some_and(is_spaced_letter);
                !is_word || !rest.chars().next().is_some_and(is_spaced_letter)
            })
        };
        self.whole.contains(text) || self.beginnings.iter().any(begins)
    }
}

/// Whether the character is a letter of a script that puts spaces between words.
fn is_spaced_letter(c: char) -> bool {
    c.is_alphabetic() && !crate::chars::is_cjk(c) && !crate::chars::is_hangul(c)
}

static RELATED: LazyLock<Entries> =
    LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says related")));
static PROMO: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says promo")));
static SHARE: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says share")));
static COMMENTS: LazyLock<Entries> =
    LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says comments")));
static COUNTED: LazyLock<Entries> =
    LazyLock::new(|| Entries::new(list!("../shape_words.txt", "counts comments")));
static CLOSED: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says closed")));
static SUBSCRIBE: LazyLock<Entries> =
    LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says subscribe")));
static COOKIES: LazyLock<Entries> =
    LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says cookies")));
static TAGS: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says tags")));
static AUTHOR: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says author")));
static BYLINE: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says byline")));
static TOOL: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says tool")));
static SKIP: LazyLock<Entries> = LazyLock::new(|| Entries::new(list!("../shape_words.txt", "says skip")));
/// Whether the text, which is [plain], says it.
pub(super) fn says(text: &str, what: Says) -> bool {
    entries(what).has(text) || what == Says::Comments && counts_comments(text)
}

/// Whether the text is a number of comments: `2 comments`, `12 thoughts on tea`.
fn counts_comments(text: &str) -> bool {
    let counted = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = if counted.len() < text.len() { counted.trim_start() } else { "" };
    COMMENTS.has(counted) || COUNTED.has(counted)
}

/// Whether the text is one of the entries from its beginning to its end.
pub(super) fn says_whole(text: &str, what: Says) -> bool {
    entries(what).whole.contains(text)
}

/// Whether a line says that links to other posts come. In an article, "More on tea" are words of the
/// author, and only a line that is an entry from its beginning to its end counts.
pub(super) fn says_related(text: &str, is_outside: bool) -> bool {
    if is_outside { says(text, Says::Related) } else { says_whole(text, Says::Related) }
}

fn entries(what: Says) -> &'static Entries {
    match what {
        Says::Related => &RELATED,
        Says::Promo => &PROMO,
        Says::Share => &SHARE,
        Says::Comments => &COMMENTS,
        Says::Closed => &CLOSED,
        Says::Subscribe => &SUBSCRIBE,
        Says::Cookies => &COOKIES,
        Says::Tags => &TAGS,
        Says::Author => &AUTHOR,
        Says::Byline => &BYLINE,
        Says::Tool => &TOOL,
        Says::Skip => &SKIP,
    }
}

/// Whether a short text speaks of rights, or of the pages that footers link to.
pub(super) fn holds_copyright(text: &str) -> bool {
    text.contains('©')
        || list!("../shape_words.txt", "holds copyright").iter().any(|part| text.contains(part))
}

/// Whether a short text, which stands beside a field for an address, asks for the address.
pub(super) fn holds_subscribe(text: &str) -> bool {
    list!("../shape_words.txt", "holds subscribe").iter().any(|part| text.contains(part))
}

pub(super) fn holds_cookies(text: &str) -> bool {
    list!("../shape_words.txt", "holds cookies").iter().any(|part| text.contains(part))
}

/// A text in lower case, white space collapsed, without punctuation at its edges.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{200b}') {
        if !word.is_empty() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    plain.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | ')')).to_owned()
}

impl Page<'_> {
    /// The beginning of the text of an element in [plain] form, up to the first border of a
    /// block after it, or on after all borders if `whole`.
    pub(super) fn beginning(&self, node: usize, whole: bool) -> String {
        plain(&self.shown(node, whole, LONGEST))
    }

    /// The text of an element, or the first bytes of it.
    pub(super) fn text_of(&self, node: usize, most: usize) -> String {
        self.shown(node, true, most)
    }

    /// The text of an element before its first link.
    pub(super) fn before_link(&self, node: usize) -> String {
        let end =
            (node..self.nodes[node].end as usize).find(|inner| self.nodes[*inner].signs.has(Sign::Link));
        let Some(link) = end else { return String::new() };
        plain(&self.shown_until(node, true, LONGEST, self.nodes[link].open))
    }

    fn shown(&self, node: usize, whole: bool, most: usize) -> String {
        self.shown_until(node, whole, most, self.nodes[node].close)
    }

    fn shown_until(&self, node: usize, whole: bool, most: usize, close: u32) -> String {
        let node = &self.nodes[node];
        let mut text = String::new();
        let (mut hidden, mut tags) = (0_usize, 0);
        for event in &self.events[node.open as usize..close as usize] {
            tags += usize::from(!matches!(event, Event::Text(_)));
            if tags > MOST_TAGS || text.len() >= most {
                break;
            }
            let is_border = match event {
                Event::Open(element) => {
                    let tag = element.tag();
                    hidden += usize::from(tag.hides_text());
                    tag.is_block() || tag == Tag::Br
                }
                Event::Close(tag) => {
                    hidden -= usize::from(tag.hides_text());
                    tag.is_block()
                }
                Event::Text(part) => {
                    if hidden == 0 {
                        text.push_str(beginning(part, most));
                    }
                    false
                }
                Event::Style(Style::Gap) => {
                    text.push(' ');
                    false
                }
                Event::Style(_) | Event::Removed(_) => false,
            };
            if is_border {
                if !whole && !text.trim().is_empty() {
                    break;
                }
                text.push(' ');
            }
        }
        text.truncate(beginning(&text, most).len());
        text
    }
}
