//! The part of a post that a crate is for.

use offprint::FrontMatter;

/// The part of a post that is handed to a peer.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Whole,
    /// What follows the front matter.
    Body,
    /// The front matter with its fences.
    Head,
    /// The text between the fences.
    Yaml,
}

impl Part {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "post",
            Self::Body => "body",
            Self::Head => "front matter",
            Self::Yaml => "YAML",
        }
    }

    /// That part of a post; all of a post that cannot be split.
    pub(crate) fn of(self, post: &str) -> &str {
        let Ok(front_matter) = FrontMatter::split(post) else { return post };
        match self {
            Self::Whole => post,
            Self::Body => front_matter.body(),
            Self::Head => &post[..front_matter.body_offset()],
            Self::Yaml => front_matter.text().unwrap_or_default(),
        }
    }
}
