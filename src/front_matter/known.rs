//! The keys that [`Meta`](crate::post::Meta) knows: the one table of their names, and what follows from it.

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Layout,
    Title,
    Slug,
    Permalink,
    Description,
    Date,
    Modified,
    Draft,
    Authors,
    From,
    Image,
    Lang,
    Tags,
    Categories,
    Comments,
    /// Not a field, but a mapping with keys in it that fill fields.
    Nested,
}

impl Field {
    /// Whether it holds any number of texts, so that all of its keys together fill it.
    pub(super) const fn is_list(self) -> bool {
        matches!(self, Self::Authors | Self::Tags | Self::Categories)
    }
}

/// Makes [`KnownKey`] of a list `Variant = "name" => Field`, in which the names of one field stand together.
macro_rules! known_keys {
    ($($variant:ident = $name:literal => $field:ident),* $(,)?) => {
        /// A key that [`Meta`](crate::post::Meta) knows. Of several names of one field, the first in the
        /// table is its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum KnownKey {
            $($variant,)*
        }

        impl KnownKey {
            /// All keys, in the order of the table.
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            const NAMES: &'static [&'static str] = &[$($name,)*];

            const FIELDS: &'static [Field] = &[$(Field::$field,)*];
        }
    };
}

known_keys! {
    Layout = "layout" => Layout,
    Title = "title" => Title,
    Slug = "slug" => Slug,
    Permalink = "permalink" => Permalink,
    Description = "description" => Description,
    Excerpt = "excerpt" => Description,
    Summary = "summary" => Description,
    Date = "date" => Date,
    Modified = "modified" => Modified,
    LastModifiedAt = "last_modified_at" => Modified,
    Lastmod = "lastmod" => Modified,
    Updated = "updated" => Modified,
    ModifiedTime = "modified_time" => Modified,
    Draft = "draft" => Draft,
    Published = "published" => Draft,
    Author = "author" => Authors,
    Authors = "authors" => Authors,
    From = "from" => From,
    Image = "image" => Image,
    Thumbnail = "thumbnail" => Image,
    Cover = "cover" => Image,
    FeaturedImage = "featured_image" => Image,
    Lang = "lang" => Lang,
    Language = "language" => Lang,
    Locale = "locale" => Lang,
    Tags = "tags" => Tags,
    Tag = "tag" => Tags,
    Categories = "categories" => Categories,
    Category = "category" => Categories,
    Comments = "comments" => Comments,
    Taxonomies = "taxonomies" => Nested,
    Extra = "extra" => Nested,
    Params = "params" => Nested,
}

impl KnownKey {
    /// The key of this name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let known = *Self::ALL.get(usize::from(INDEX[hash(name.as_bytes())?]))?;
        (known.name() == name).then_some(known)
    }

    pub(super) const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    pub(super) const fn field(self) -> Field {
        Self::FIELDS[self as usize]
    }

    /// Whether it is the field's own name.
    pub(super) const fn is_first(self) -> bool {
        let index = self as usize;
        index == 0 || Self::FIELDS[index] as u8 != Self::FIELDS[index - 1] as u8
    }

    /// Whether what its value means depends on the other keys, so that all have to be seen before.
    pub(super) const fn waits(self) -> bool {
        const WAITING: u64 = {
            let (mut set, mut index) = (0, 0);
            while index < KnownKey::ALL.len() {
                let known = KnownKey::ALL[index];
                let field = known.field();
                if matches!(field, Field::Nested) || !(known.is_first() || field.is_list()) {
                    set |= known.bit();
                }
                index += 1;
            }
            set
        };
        WAITING & self.bit() != 0
    }

    /// Whether the source text of the scalars under this key matters.
    pub(super) const fn holds_text(self) -> bool {
        !matches!(self.field(), Field::Draft | Field::Comments)
    }

    /// Whether one text is all that it can hold.
    pub(super) const fn is_single_text(self) -> bool {
        !(self.field().is_list() || matches!(self.field(), Field::Comments | Field::Nested))
    }

    /// The bit of the key in a set of keys.
    pub(super) const fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// How many keys there may be, in [`INDEX`] and in a set of bits.
const SLOTS: usize = 128;

/// The slot of a name in [`INDEX`]: another one for each of the known names. `None` if the name is empty.
#[inline]
const fn hash(name: &[u8]) -> Option<usize> {
    match name {
        [] => None,
        // The factors were found by trying.
        [first, .., last] | [first @ last] => {
            Some((*first as usize + 2 * *last as usize + 11 * name.len()) % SLOTS)
        }
    }
}

/// For each slot the key whose name has it, or a number that no key has.
const INDEX: [u8; SLOTS] = {
    assert!(KnownKey::ALL.len() < 64, "a set of keys has 64 bits");
    let mut index = [u8::MAX; SLOTS];
    let mut key = 0;
    while key < KnownKey::ALL.len() {
        if let Some(slot) = hash(KnownKey::NAMES[key].as_bytes()) {
            assert!(index[slot] == u8::MAX, "two names have one slot: other factors are needed");
            #[expect(clippy::cast_possible_truncation, reason = "fewer than 64")]
            let number = key as u8;
            index[slot] = number;
        }
        key += 1;
    }
    index
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_and_nothing_else() {
        for known in KnownKey::ALL {
            assert_eq!(KnownKey::of(known.name()), Some(*known));
            for other in
                [format!("{}s", known.name()), known.name()[1..].to_owned(), known.name().to_uppercase()]
            {
                let expected = KnownKey::ALL.iter().find(|known| known.name() == other);
                assert_eq!(KnownKey::of(&other), expected.copied(), "{other}");
            }
        }
        for other in ["", "a", "é", "标题", "Title", "title ", "tit\0e"] {
            assert_eq!(KnownKey::of(other), None, "{other}");
        }
    }

    #[test]
    fn the_first_name_of_a_field_does_not_wait() {
        let waiting: Vec<_> =
            KnownKey::ALL.iter().filter(|known| known.waits()).map(|known| known.name()).collect();
        assert_eq!(
            waiting,
            [
                "excerpt",
                "summary",
                "last_modified_at",
                "lastmod",
                "updated",
                "modified_time",
                "published",
                "thumbnail",
                "cover",
                "featured_image",
                "language",
                "locale",
                "taxonomies",
                "extra",
                "params",
            ]
        );
    }

    /// The table in the documentation of `Meta` has these names, in this order.
    #[test]
    fn the_documentation_has_the_same_names() {
        let documentation = include_str!("../post/meta/mod.rs");
        let cell = |cell: &str| -> Vec<String> {
            cell.split(',').map(|name| name.trim().trim_matches('`').to_owned()).collect()
        };
        let rows = documentation.lines().filter_map(|line| line.strip_prefix("/// | `"));
        let documented: Vec<(String, String)> = rows
            .flat_map(|row| {
                let mut cells = row.split('|');
                let field = cell(cells.next().unwrap()).concat();
                cell(cells.next().unwrap()).into_iter().map(move |name| (field.clone(), name))
            })
            .collect();
        let fields = KnownKey::ALL.iter().filter(|known| known.field() != Field::Nested);
        let table: Vec<(String, String)> = fields
            .map(|known| (format!("{:?}", known.field()).to_lowercase(), known.name().to_owned()))
            .collect();
        assert_eq!(documented, table);
    }
}
