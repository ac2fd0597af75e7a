//! What the start tag of an element says of it: its name, its class and id, its role, and where it
//! links to.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::html::event::{Element, Names, Tag, beginning, words};
use crate::word_list::words as list;

/// One thing that a start tag may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Navigation,
    Header,
    Footer,
    Sidebar,
    Related,
    Share,
    Comments,
    Subscribe,
    Cookies,
    Tags,
    Author,
    Byline,
    Search,
    Tool,
    /// It is called a box of buttons.
    Buttons,
    Skip,
    Dialog,
    Ad,
    /// It is called a title.
    Title,
    /// It is called the article, or its content.
    Article,
    /// It is called one comment.
    Remark,
    /// It is called a date.
    Time,
    /// It is called what the author cites: a quotation, or the card of a page, as Discourse calls it.
    Cited,
    /// It is a link.
    Link,
    /// Its name or role, and not only its class, says what part of a page it is.
    Landmark,
}

/// The signs of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs(u32);

impl Signs {
    pub(super) const NONE: Self = Self(0);

    pub(super) const fn of(signs: &[Sign]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < signs.len() {
            bits |= 1 << signs[index] as u32;
            index += 1;
        }
        Self(bits)
    }

    pub(super) const fn has(self, sign: Sign) -> bool {
        self.0 >> sign as u32 & 1 == 1
    }

    /// Whether it has one of these.
    pub(super) const fn has_one(self, signs: Self) -> bool {
        self.0 & signs.0 != 0
    }

    pub(super) fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u32;
    }

    fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Where a link goes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Link {
    pub(super) shares: bool,
    pub(super) is_tag: bool,
    pub(super) is_fragment: bool,
    pub(super) site: Site,
}

/// The site that some links name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Site {
    /// They name none: the site of the page.
    #[default]
    Own,
    /// All that name one name this one. A hash of its host stands for it.
    One(u32),
    Several,
}

impl Site {
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Own, site) | (site, Self::Own) => site,
            (Self::One(one), Self::One(another)) if one == another => self,
            _ => Self::Several,
        }
    }

    /// The site of an absolute URL in lower case.
    fn of(url: &str) -> Self {
        let host = url.strip_prefix("https:").or_else(|| url.strip_prefix("http:")).unwrap_or(url);
        let Some(host) = host.strip_prefix("//") else { return Self::Own };
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        // FNV-1a.
        Self::One(
            host.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)),
        )
    }
}

/// The signs of each entry of the data file: one part of a class, or some parts with hyphens between
/// them.
static CLASSES: LazyLock<HashMap<&str, Signs>> = LazyLock::new(|| {
    let sections: [(&[&str], Sign); 20] = [
        (list!("../shape_words.txt", "class navigation"), Sign::Navigation),
        (list!("../shape_words.txt", "class header"), Sign::Header),
        (list!("../shape_words.txt", "class footer"), Sign::Footer),
        (list!("../shape_words.txt", "class sidebar"), Sign::Sidebar),
        (list!("../shape_words.txt", "class related"), Sign::Related),
        (list!("../shape_words.txt", "class share"), Sign::Share),
        (list!("../shape_words.txt", "class comments"), Sign::Comments),
        (list!("../shape_words.txt", "class subscribe"), Sign::Subscribe),
        (list!("../shape_words.txt", "class cookies"), Sign::Cookies),
        (list!("../shape_words.txt", "class tags"), Sign::Tags),
        (list!("../shape_words.txt", "class author"), Sign::Author),
        (list!("../shape_words.txt", "class byline"), Sign::Byline),
        (list!("../shape_words.txt", "class search"), Sign::Search),
        (list!("../shape_words.txt", "class tool"), Sign::Tool),
        (list!("../shape_words.txt", "class buttons"), Sign::Buttons),
        (list!("../shape_words.txt", "class skip"), Sign::Skip),
        (list!("../shape_words.txt", "class dialog"), Sign::Dialog),
        (list!("../shape_words.txt", "class ad"), Sign::Ad),
        (list!("../shape_words.txt", "class title"), Sign::Title),
        (list!("../shape_words.txt", "class article"), Sign::Article),
    ];
    let mut classes: HashMap<&str, Signs> = HashMap::new();
    for (entries, sign) in sections {
        for entry in entries {
            classes.entry(entry).or_default().add(sign);
        }
    }
    for part in ["comment", "commenter", "reply", "pinglun"] {
        classes.entry(part).or_default().add(Sign::Remark);
    }
    for part in ["quote", "onebox"] {
        classes.entry(part).or_default().add(Sign::Cited);
    }
    for part in ["date", "time", "datetime", "timestamp", "dateline", "published", "pubdate"] {
        classes.entry(part).or_default().add(Sign::Time);
    }
    classes
});

/// The most parts of an entry.
const MOST_PARTS: usize = 4;

/// The most bytes of a class, and of one of its words, that are looked at.
const MOST_OF_CLASS: usize = 512;
const MOST_OF_WORD: usize = 64;

/// Beginnings of classes that say what an article is about, or what is near it: `tag-ads`,
/// `has-sidebar`.
const OF_ARTICLES: [&str; 12] = [
    "tag-",
    "category-",
    "has-",
    "no-",
    "with-",
    "type-",
    "format-",
    "status-",
    "post-type-",
    "page-template",
    "topic-",
    "without-",
];

/// Reads start tags.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The last link that has a tag of its own: one that opens again goes to the same page.
    last_link: Option<Link>,
    /// The parts of the word that is read, with hyphens between them.
    parts: String,
    /// Where each part begins in `parts`.
    starts: Vec<usize>,
}

impl Reader {
    /// The signs of the element, and where it goes if it is a link.
    pub(super) fn read(&mut self, element: &Element<'_>) -> (Signs, Option<Link>) {
        let tag = element.tag;
        // An element that opens again is what it was at first. Its attributes, which may be long, are not
        // read again.
        if element.start.is_none() {
            return (Signs::NONE, if tag == Tag::A { self.last_link } else { None });
        }
        let mut signs = of_name(element);
        if element.attrs.is_empty() {
            if tag == Tag::A {
                self.last_link = None;
            }
            return (signs, None);
        }
        // The classes of a whole page, and of a whole article, say what it is about.
        if !matches!(tag, Tag::Html | Tag::Body | Tag::Article | Tag::Main) {
            let [id, class] = element.attrs.id_and_class();
            for value in [id, class].into_iter().flatten() {
                signs.join(self.of_class(&value));
            }
        }
        let names = const { Names::new(["role", "aria-label", "itemprop", "href", "rel"]) };
        let [role, label, property, href, rel] = element.attrs.get_all(&names);
        if let Some(role) = role {
            signs.join(of_role(&role));
        }
        if let Some(label) = label.filter(|label| label.len() <= MOST_OF_WORD) {
            self.split(&label);
            signs.join(self.of_parts());
        }
        if let Some(property) = property {
            signs.join(of_property(&property));
        }
        if tag != Tag::A {
            return (signs, None);
        }
        let link = href.map(|href| of_link(&href, rel));
        self.last_link = link;
        (signs, link)
    }

    fn of_class(&mut self, class: &str) -> Signs {
        let mut signs = Signs::NONE;
        let class = beginning(class, MOST_OF_CLASS);
        for word in words(class) {
            // `md:hidden` and `w-[20px]` are styles.
            let is_style = word.len() > MOST_OF_WORD || word.contains([':', '[', '(', '@']);
            if is_style || OF_ARTICLES.iter().any(|start| word.starts_with(start)) {
                continue;
            }
            self.split(word);
            signs.join(self.of_parts());
        }
        signs
    }

    /// Cuts a word into its parts: at what is no letter, and before a capital after a small letter.
    fn split(&mut self, word: &str) {
        self.parts.clear();
        self.starts.clear();
        let mut last = ' ';
        for c in word.chars() {
            if c.is_alphanumeric() {
                let is_border = !last.is_alphanumeric()
                    || last.is_lowercase() && c.is_uppercase()
                    || last.is_ascii_digit() != c.is_ascii_digit() && last != 'h';
                if is_border {
                    if !self.parts.is_empty() {
                        self.parts.push('-');
                    }
                    self.starts.push(self.parts.len());
                }
                self.parts.extend(c.to_lowercase());
            }
            last = c;
        }
    }

    fn of_parts(&self) -> Signs {
        let mut signs = Signs::NONE;
        for (first, &start) in self.starts.iter().enumerate() {
            for last in first + 1..=(first + MOST_PARTS).min(self.starts.len()) {
                // Without the hyphen before the next part.
                let end = self.starts.get(last).map_or(self.parts.len(), |next| next - 1);
                if let Some(found) = CLASSES.get(&self.parts[start..end]) {
                    signs.join(*found);
                }
            }
        }
        signs
    }
}

/// What the name of an element says.
fn of_name(element: &Element<'_>) -> Signs {
    match element.tag {
        Tag::Nav | Tag::Menu => Signs::of(&[Sign::Navigation, Sign::Landmark]),
        Tag::Header => Signs::of(&[Sign::Header, Sign::Landmark]),
        Tag::Footer => Signs::of(&[Sign::Footer, Sign::Landmark]),
        Tag::Aside => Signs::of(&[Sign::Sidebar, Sign::Landmark]),
        Tag::Search => Signs::of(&[Sign::Search, Sign::Landmark]),
        Tag::Dialog => Signs::of(&[Sign::Dialog, Sign::Landmark]),
        Tag::Unknown if element.name == "time" => Signs::of(&[Sign::Time]),
        _ => Signs::NONE,
    }
}

fn of_role(role: &str) -> Signs {
    match role.trim_ascii() {
        "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => {
            Signs::of(&[Sign::Navigation, Sign::Landmark])
        }
        "banner" => Signs::of(&[Sign::Header, Sign::Landmark]),
        "contentinfo" => Signs::of(&[Sign::Footer, Sign::Landmark]),
        "complementary" => Signs::of(&[Sign::Sidebar, Sign::Landmark]),
        "search" => Signs::of(&[Sign::Search, Sign::Landmark]),
        "dialog" | "alertdialog" => Signs::of(&[Sign::Dialog, Sign::Landmark]),
        _ => Signs::NONE,
    }
}

fn of_property(property: &str) -> Signs {
    match property.trim_ascii() {
        "author" => Signs::of(&[Sign::Author, Sign::Byline]),
        "datePublished" | "dateModified" | "dateCreated" => Signs::of(&[Sign::Time, Sign::Byline]),
        "comment" => Signs::of(&[Sign::Remark]),
        "articleBody" => Signs::of(&[Sign::Article]),
        _ => Signs::NONE,
    }
}

/// The most bytes of a URL that are looked at.
const MOST_OF_URL: usize = 128;

fn of_link(href: &str, rel: Option<Cow<'_, str>>) -> Link {
    let href = beginning(href.trim_ascii(), MOST_OF_URL).to_ascii_lowercase();
    let is_tag = rel.is_some_and(|rel| words(&rel).any(|word| matches!(word, "tag" | "category")));
    Link {
        shares: list!("../shape_words.txt", "share links").iter().any(|part| href.contains(part)),
        is_tag,
        is_fragment: href.starts_with('#'),
        site: Site::of(&href),
    }
}
