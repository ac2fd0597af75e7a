//! Cutting the tie between a value and the source that it borrows from.

use std::borrow::Cow;

/// Text without its tie to the source.
pub(super) fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// A list whose entries have lost their tie to the source.
pub(super) fn all_owned<T, U>(items: Vec<T>, into_owned: impl FnMut(T) -> U) -> Vec<U> {
    items.into_iter().map(into_owned).collect()
}
