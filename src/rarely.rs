//! A hint to the compiler about branches.

/// Says that the branch in which it is called is hardly ever taken, so that the compiler lays out the code
/// for the other one. It does nothing.
///
/// Where such a branch calls a function that has no other use, the function is `#[cold]` instead.
#[cold]
#[inline]
pub(crate) const fn rarely() {}
