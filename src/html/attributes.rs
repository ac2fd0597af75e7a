//! The attributes of a start tag, from the tree or from the source.

use std::borrow::Cow;
use std::rc::Rc;

use super::emoji::emoji;
use super::name_prefix::NamePrefix;
use super::tokenizer::{SourceAttribute, SourceAttributes, SourceValue, is_special};
use super::words::trimmed;
use crate::references;

/// An attribute's name in lower case.
pub(crate) fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

/// The attributes of a start tag.
#[derive(Debug, Clone)]
pub(crate) struct Attributes<'a>(Repr<'a>);

#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "the attributes of a tag are read into it, and kept in a smaller form"
)]
// A tag of its own is told sooner than one inside a field.
#[repr(u8)]
enum Repr<'a> {
    None,
    /// The attributes of an element of the tree.
    List(Rc<[Attribute<'a>]>),
    /// The attributes of a tag in the source, which are decoded on demand.
    Source(SourceAttributes<'a>),
}

/// Attributes that are kept for later, in less memory.
#[derive(Debug)]
pub(crate) enum KeptAttributes<'a> {
    None,
    List(Rc<[Attribute<'a>]>),
    /// The source of the attributes, to be read again.
    Source(&'a str),
}

/// One attribute: its name in lower case, and its value with the character references decoded.
#[derive(Debug, Clone)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) value: Cow<'a, str>,
}

/// An attribute as it is found, to be read on demand.
#[derive(Clone, Copy)]
pub(crate) struct RawAttribute<'s, 'a>(RawRepr<'s, 'a>);

#[derive(Clone, Copy)]
enum RawRepr<'s, 'a> {
    Read(&'s Attribute<'a>),
    Source(SourceAttribute<'s, 'a>),
}

impl<'s, 'a: 's> RawAttribute<'s, 'a> {
    /// The prefix of the name in lower case.
    #[inline]
    pub(crate) fn prefix(self) -> NamePrefix {
        match self.0 {
            RawRepr::Read(attr) => NamePrefix::of(attr.name.as_bytes()),
            RawRepr::Source(attr) => attr.prefix(),
        }
    }

    /// The name in any case.
    #[inline]
    pub(crate) fn name(self) -> &'s str {
        match self.0 {
            RawRepr::Read(attr) => &attr.name,
            RawRepr::Source(attr) => attr.name(),
        }
    }

    /// The bytes of the [name](Self::name).
    #[inline]
    pub(crate) fn name_bytes(self) -> &'s [u8] {
        match self.0 {
            RawRepr::Read(attr) => attr.name.as_bytes(),
            RawRepr::Source(attr) => attr.name_bytes(),
        }
    }

    /// The name in the letters of the source; `None` if the attribute is not from there, and so the only one
    /// with its name.
    pub(crate) fn source_name(self) -> Option<&'a str> {
        match self.0 {
            RawRepr::Read(_) => None,
            RawRepr::Source(attr) => Some(attr.name()),
        }
    }

    /// The value with the character references decoded.
    #[expect(clippy::inline_always, reason = "called for nearly each attribute of links and images")]
    #[inline(always)]
    pub(crate) fn value(self) -> Cow<'a, str> {
        match self.0 {
            RawRepr::Read(attr) => attr.value.clone(),
            RawRepr::Source(attr) => attr.value().decode(),
        }
    }

    /// The value, to be decoded on demand.
    #[inline]
    pub(crate) fn raw_value(self) -> RawValue<'a> {
        match self.0 {
            RawRepr::Read(attr) => RawValue::Decoded(attr.value.clone()),
            RawRepr::Source(attr) => match attr.value() {
                SourceValue { source, has_references: true } => RawValue::Encoded(source),
                SourceValue { source, has_references: false } => RawValue::Decoded(Cow::Borrowed(source)),
            },
        }
    }
}

/// The value of an attribute, which is decoded on demand.
#[derive(Debug)]
pub(crate) enum RawValue<'a> {
    /// It holds no references any more.
    Decoded(Cow<'a, str>),
    /// There may be references in it.
    Encoded(&'a str),
}

impl<'a> RawValue<'a> {
    /// The text in the source, if the value is that or stands there as it is.
    #[inline]
    pub(crate) fn source(&self) -> Option<&'a str> {
        match self {
            Self::Encoded(source) | Self::Decoded(Cow::Borrowed(source)) => Some(source),
            Self::Decoded(Cow::Owned(_)) => None,
        }
    }

    /// The value with the character references decoded.
    #[inline]
    pub(crate) fn decode(self) -> Cow<'a, str> {
        match self {
            Self::Decoded(value) => value,
            Self::Encoded(source) => references::decode_attribute(source),
        }
    }
}

/// Names, in lower case, of attributes to look for.
pub(crate) struct Names<'n, const N: usize> {
    names: [&'n str; N],
    prefixes: [NamePrefix; N],
}

impl<'n, const N: usize> Names<'n, N> {
    #[inline]
    pub(crate) const fn new(names: [&'n str; N]) -> Self {
        let mut prefixes = [NamePrefix::of(b""); N];
        let mut index = 0;
        while index < N {
            prefixes[index] = NamePrefix::of(names[index].as_bytes());
            index += 1;
        }
        Self { names, prefixes }
    }

    /// The index of the attribute's name among the names.
    #[inline]
    fn index_of(&self, attr: SourceAttribute<'_, '_>) -> Option<usize> {
        let prefix = attr.prefix();
        (0..N).find(|&index| self.prefixes[index] == prefix && attr.is_named(self.names[index]))
    }
}

impl<'a> Attributes<'a> {
    pub(crate) const NONE: Self = Self::none();

    /// The attributes of a tag in the source that is still to be read: none so far.
    pub(super) const SOURCE: Self = Self(Repr::Source(SourceAttributes::NONE));

    /// [`NONE`](Self::NONE), made where it is wanted: a constant is copied with all the room for attributes.
    #[inline]
    pub(super) const fn none() -> Self {
        Self(Repr::None)
    }

    /// The attributes of a tag in the source, to read the next tag into; `None` if these attributes are not
    /// from the source.
    pub(super) fn source_mut(&mut self) -> Option<&mut SourceAttributes<'a>> {
        match &mut self.0 {
            Repr::Source(source) => Some(source),
            Repr::None | Repr::List(_) => None,
        }
    }

    /// The attributes of a tag in a text that begins after the tag's name.
    pub(crate) fn of_tag(rest: &'a str) -> Self {
        Self(Repr::Source(SourceAttributes::of(rest)))
    }

    /// The attributes in the form in which they are kept for later.
    pub(super) fn keep(&self) -> KeptAttributes<'a> {
        match &self.0 {
            Repr::List(attrs) => KeptAttributes::List(Rc::clone(attrs)),
            Repr::Source(source) if source.len() > 0 => KeptAttributes::Source(source.as_str()),
            Repr::None | Repr::Source(_) => KeptAttributes::None,
        }
    }

    /// The attributes that were [kept](Self::keep).
    pub(super) fn kept(attrs: &KeptAttributes<'a>) -> Self {
        Self(match attrs {
            KeptAttributes::None => Repr::None,
            KeptAttributes::List(attrs) => Repr::List(Rc::clone(attrs)),
            KeptAttributes::Source(source) => Repr::Source(SourceAttributes::of(source)),
        })
    }

    /// The value of the first attribute with this name, which is in lower case.
    #[inline]
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let [value] = self.get_all(&Names::new([name]));
        value
    }

    /// [`get`](Self::get) for a name that is shorter than a prefix, and so is told by it.
    #[inline]
    fn get_short(&self, name: &str) -> Option<Cow<'a, str>> {
        match &self.0 {
            Repr::None => None,
            Repr::List(_) => self.get(name),
            Repr::Source(source) => {
                source.get_short(NamePrefix::of(name.as_bytes())).map(SourceValue::decode)
            }
        }
    }

    /// The values of several attributes, found in one pass.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "it is for all lifetimes")]
    pub(crate) fn get_all<const N: usize>(&self, wanted: &Names<'_, N>) -> [Option<Cow<'a, str>>; N] {
        self.find_all(wanted, |attr| attr.value())
    }

    /// The same for values that are decoded on demand.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "it is for all lifetimes")]
    pub(crate) fn get_all_raw<const N: usize>(&self, wanted: &Names<'_, N>) -> [Option<RawValue<'a>>; N] {
        self.find_all(wanted, |attr| attr.raw_value())
    }

    #[inline]
    fn find_all<const N: usize, T>(
        &self,
        wanted: &Names<'_, N>,
        value: impl Fn(RawAttribute<'_, 'a>) -> T,
    ) -> [Option<T>; N] {
        let mut found = [const { None }; N];
        // Of two attributes with one name, the first one counts.
        match &self.0 {
            Repr::None => {}
            Repr::List(attrs) => {
                for attr in attrs.iter() {
                    if let Some(index) = wanted.names.iter().position(|name| *name == attr.name) {
                        found[index].get_or_insert_with(|| value(RawAttribute(RawRepr::Read(attr))));
                    }
                }
            }
            Repr::Source(source) => source.for_each(|attr| {
                if let Some(index) = wanted.index_of(attr) {
                    found[index].get_or_insert_with(|| value(RawAttribute(RawRepr::Source(attr))));
                }
            }),
        }
        found
    }

    /// The values of the attributes that most rules are about.
    #[inline]
    pub(crate) fn id_and_class(&self) -> [Option<Cow<'a, str>>; 2] {
        match &self.0 {
            Repr::None => [None, None],
            Repr::List(_) => self.get_all(&const { Names::new(["id", "class"]) }),
            Repr::Source(source) => source.id_and_class().map(|value| value.map(SourceValue::decode)),
        }
    }

    /// The value of `href`, if it stands in the source as it is, and there is no `title`, as in most links.
    #[inline]
    pub(crate) fn lone_href(&self) -> Option<&'a str> {
        match &self.0 {
            Repr::Source(source) => match source.href_and_title() {
                [Some(href), None] if !href.has_references => Some(href.source),
                _ => None,
            },
            Repr::None | Repr::List(_) => None,
        }
    }

    /// The values of `href` and `title`.
    #[inline(never)]
    pub(crate) fn href_and_title(&self) -> [Option<Cow<'a, str>>; 2] {
        match &self.0 {
            Repr::None => [None, None],
            Repr::List(_) => self.get_all(&const { Names::new(["href", "title"]) }),
            Repr::Source(source) => source.href_and_title().map(|value| value.map(SourceValue::decode)),
        }
    }

    /// The source of the values of `id` and `class`, if the attributes are those of a tag in the source or
    /// there are none. Equal sources mean equal values.
    #[inline]
    pub(crate) fn source_of_id_and_class(&self) -> Option<[Option<&'a str>; 2]> {
        match &self.0 {
            Repr::Source(source) => {
                let [id, class] = source.id_and_class();
                Some([id.map(|id| id.source), class.map(|class| class.source)])
            }
            Repr::None => Some([None, None]),
            Repr::List(_) => None,
        }
    }

    /// The value of `class`.
    #[inline]
    pub(crate) fn class(&self) -> Option<Cow<'a, str>> {
        match &self.0 {
            Repr::None => None,
            Repr::List(_) => self.get("class"),
            Repr::Source(source) => source.class().map(SourceValue::decode),
        }
    }

    /// Whether one of the names in the class is this one.
    pub(crate) fn has_class(&self, name: &str) -> bool {
        self.class().is_some_and(|class| class.split_ascii_whitespace().any(|own| own == name))
    }

    /// The source of the value of `class`; empty if there is no class, `None` for attributes of the tree.
    #[inline]
    pub(crate) fn source_of_class(&self) -> Option<&'a str> {
        match &self.0 {
            Repr::Source(source) => Some(source.class().map_or("", |value| value.source)),
            Repr::None => Some(""),
            Repr::List(_) => None,
        }
    }

    /// Visits all attributes in order, also those that have the name of an earlier one.
    #[expect(clippy::needless_range_loop, reason = "the list is one of two that are read")]
    #[inline]
    pub(crate) fn for_each(&self, mut visit: impl FnMut(RawAttribute<'_, 'a>)) {
        // `visit` is called at one place, so that it becomes part of the loop.
        let (source, list) = match &self.0 {
            Repr::Source(source) => (Some(source), &[][..]),
            Repr::None => return,
            Repr::List(attrs) => (None, &attrs[..]),
        };
        let mut beyond = None;
        let count = source.map_or(list.len(), SourceAttributes::len);
        for index in 0..count {
            visit(RawAttribute(match source {
                Some(source) => RawRepr::Source(source.next(index, &mut beyond)),
                None => RawRepr::Read(&list[index]),
            }));
        }
    }

    /// The source of the attributes, if they are those of a tag in the source. Equal sources mean equal
    /// attributes.
    pub(crate) fn source(&self) -> Option<&'a str> {
        match &self.0 {
            Repr::Source(source) => Some(source.as_str()),
            Repr::None | Repr::List(_) => None,
        }
    }

    /// The text that an emoji or a smiley stands for, if these are the attributes of its image.
    pub(crate) fn emoji(&self) -> Option<Cow<'a, str>> {
        const NAMES: Names<'_, 4> = Names::new(["alt", "class", "src", "width"]);
        let [alt, class, src, width] = self.get_all(&NAMES);
        emoji(alt.as_ref(), class.as_deref(), src.as_deref(), width.as_deref())
    }

    /// Whether these are the attributes of an image of at most one pixel a side. It is there to be fetched,
    /// not to be seen. An emoji is its text, and a described image of which a script loads another file is
    /// that file.
    pub(crate) fn is_pixel(&self) -> bool {
        let is_small = |name: &str| {
            self.get_short(name).is_some_and(|size| {
                let size = size.trim_ascii();
                matches!(size.strip_suffix("px").unwrap_or(size), "0" | "1")
            })
        };
        is_small("width") && is_small("height") && self.emoji().is_none() && !self.is_described_and_lazy()
    }

    /// Whether these are the attributes of an image with a description, and with a file for a script to load.
    fn is_described_and_lazy(&self) -> bool {
        let names = const { Names::new(["alt", "src", "data-src"]) };
        let [alt, src, lazy] = self.get_all(&names);
        alt.is_some_and(|alt| alt.contains(char::is_alphabetic))
            && lazy.is_some_and(|lazy| !lazy.trim_ascii().is_empty() && Some(lazy) != src)
    }

    /// Whether one of the attributes may say how the element is shown, or that its text is hidden from
    /// robots.
    #[expect(clippy::inline_always, reason = "asked at every tag")]
    #[inline(always)]
    pub(crate) fn may_be_special(&self) -> bool {
        match &self.0 {
            Repr::None => false,
            Repr::List(attrs) => holds_special(attrs),
            Repr::Source(source) => source.may_be_special(),
        }
    }

    /// Whether one of the attributes [may be special](Self::may_be_special), or the class begins with one of
    /// some bytes. It may be `true` for other attributes too.
    #[expect(clippy::inline_always, reason = "asked at each start tag")]
    #[inline(always)]
    pub(crate) fn may_be_special_or_begin_with(&self, is_start: impl FnOnce(u8) -> bool) -> bool {
        match &self.0 {
            Repr::None => false,
            Repr::List(attrs) => !attrs.is_empty(),
            Repr::Source(source) => {
                let class = source.class().and_then(|class| class.source.as_bytes().first());
                source.may_be_special() || class.is_some_and(|start| is_start(*start))
            }
        }
    }

    /// Those that say how many columns and rows a cell takes.
    pub(crate) fn spans(&self) -> Self {
        let names = ["colspan", "rowspan"];
        let spans = names.iter().filter_map(|name| {
            let value = self.get(name)?;
            Some(Attribute { name: Cow::Borrowed(*name), value })
        });
        spans.collect()
    }

    /// The value [without white space at its edges](trimmed), if anything is left of it.
    pub(crate) fn get_trimmed(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name).and_then(trimmed)
    }

    pub(crate) fn is_empty(&self) -> bool {
        match &self.0 {
            Repr::None => true,
            Repr::List(attrs) => attrs.is_empty(),
            Repr::Source(source) => source.len() == 0,
        }
    }
}

/// [`Attributes::may_be_special`] for attributes of the tree.
#[cold]
fn holds_special(attrs: &[Attribute<'_>]) -> bool {
    attrs.iter().any(|attr| is_special(NamePrefix::of(attr.name.as_bytes())))
}

impl<'a> SourceValue<'a> {
    /// The value with the character references decoded.
    #[inline]
    fn decode(self) -> Cow<'a, str> {
        if self.has_references {
            references::decode_attribute(self.source)
        } else {
            Cow::Borrowed(self.source)
        }
    }
}

impl<'a> FromIterator<Attribute<'a>> for Attributes<'a> {
    fn from_iter<I: IntoIterator<Item = Attribute<'a>>>(attrs: I) -> Self {
        let mut attrs = attrs.into_iter().peekable();
        Self(if attrs.peek().is_some() { Repr::List(attrs.collect()) } else { Repr::None })
    }
}
