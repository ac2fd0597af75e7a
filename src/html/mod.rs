//! The body: HTML in, events out.

pub(crate) mod event;
