//! What a crate that depends on `offprint` writes, with the public interface alone: a renderer of its own,
//! URLs rewritten, metadata of its own, and an error shown in its source.

pub mod asciidoc;
mod blog;
mod mirror;
mod shown;

pub use blog::{BlogMeta, read};
pub use mirror::mirror_images;
pub use shown::Shown;
