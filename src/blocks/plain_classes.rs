//! Classes that say nothing.

use crate::equal::is_equal;
use crate::html::event::Attributes;

/// Sources of classes that have been looked at and say nothing about something, each in a slot by its length:
/// a page has a few classes, each on many elements.
#[derive(Default)]
pub(super) struct PlainClasses<'a>([&'a str; SLOTS]);

const SLOTS: usize = 8;

impl<'a> PlainClasses<'a> {
    /// What `look` finds in the class of these attributes. It always finds the same in the same class, and
    /// nothing in an empty one.
    #[inline]
    pub(super) fn look<T>(
        &mut self,
        attrs: &Attributes<'a>,
        look: impl FnOnce(&Attributes<'a>) -> Option<T>,
    ) -> Option<T> {
        let Some(source) = attrs.source_of_class() else { return look(attrs) };
        let slot = &mut self.0[source.len() % SLOTS];
        if is_equal(*slot, source) {
            return None;
        }
        let found = look(attrs);
        if found.is_none() {
            *slot = source;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::event::Attribute;

    #[test]
    fn a_class_that_says_nothing_is_looked_at_once() {
        let tea = |attrs: &Attributes<'_>| attrs.class().filter(|class| class.contains("tea")).map(drop);
        let mut plain = PlainClasses::default();
        for (source, is_new) in [
            (" class=\"water\"", true),
            (" class=\"water\"", false),
            (" class=\"juice\"", true),
            (" class=\"water\"", true),
        ] {
            let attrs = Attributes::of_tag(source);
            let mut is_looked_at = false;
            let found = plain.look(&attrs, |attrs| {
                is_looked_at = true;
                tea(attrs)
            });
            assert_eq!((found, is_looked_at), (None, is_new), "{source}");
        }
        for class in ["green tea", "green tea", "", "tea"] {
            let attr = Attribute { name: "class".into(), value: class.into() };
            let found = plain.look(&[attr].into_iter().collect(), tea);
            assert_eq!(found.is_some(), !class.is_empty(), "{class}");
        }
    }
}
