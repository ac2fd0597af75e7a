//! What offprint does with a post.

use std::hint::black_box;
use std::sync::LazyLock;

use offprint::{Engine, Parser, Post, Rules};

use crate::support::filter_list;

pub(crate) fn parse(source: &str) -> bool {
    black_box(Post::parse(source)).is_ok()
}

pub(crate) fn reference(source: &str) -> bool {
    static REFERENCE: LazyLock<Parser> = LazyLock::new(|| Parser::new().engine(Engine::Reference));
    black_box(REFERENCE.parse(source)).is_ok()
}

pub(crate) fn long_list(source: &str) -> bool {
    static LONG: LazyLock<Parser> = LazyLock::new(|| {
        let (generic, _) = Rules::parse(&filter_list::generic());
        Parser::new().rules(Rules::ads().and(generic))
    });
    black_box(LONG.parse(source)).is_ok()
}

pub(crate) fn furniture(source: &str) -> bool {
    static FURNITURE: LazyLock<Parser> =
        LazyLock::new(|| Parser::new().rules(Rules::ads().and(Rules::furniture())));
    black_box(FURNITURE.parse(source)).is_ok()
}

pub(crate) fn to_markdown(source: &str) -> bool {
    Post::parse(source).is_ok_and(|post| {
        black_box(post.to_markdown());
        true
    })
}

pub(crate) fn to_text(source: &str) -> bool {
    Post::parse(source).is_ok_and(|post| {
        black_box(post.to_text());
        true
    })
}
