//! Lists that take little more memory than they need.

/// Adds an item to a list that stays in the post.
///
/// `Vec::push` makes room for four items, then for twice as many. Most lists of a post have one or two items,
/// and a post has many lists: here a list has room for a quarter more than it needs at most, or for two items
/// if they are small.
pub(super) fn push_tight<T>(list: &mut Vec<T>, item: T) {
    /// The size from which an item counts as large: half of a block.
    const LARGE: usize = size_of::<crate::post::Block<'_>>() / 2;
    if list.len() == list.capacity() {
        let least = if size_of::<T>() < LARGE { 2 } else { 1 };
        list.reserve_exact(least.max(list.len() / 4));
    }
    list.push(item);
}

/// Leaves a list the room that [`push_tight`] would give it, if it has more.
#[inline]
pub(super) fn shrink_to_tight<T>(list: &mut Vec<T>) {
    if list.capacity() > list.len() + (list.len() / 4).max(1) {
        list.shrink_to_fit();
    }
}
