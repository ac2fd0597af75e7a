//! The guide: one task in each chapter, from a first post to an archive.
//!
//! It is for people who have read the front page of this documentation, or nothing at all. Every example in
//! it is a test of the crate, and eight chapters end with a whole program, which
//! `cargo run --example NAME` runs on the posts of the crate's tests, or on yours.
//!
//! To begin with:
//!
//! 1. [First post](first_post): read a post, and print what it holds.
//! 2. [How a post is read](how_a_post_is_read): what counts as a paragraph, a figure, a credit, a placeholder,
//!    furniture, in tables of before and after.
//! 3. [Own metadata](own_metadata): keys that [`Meta`](crate::Meta) does not know, in a type of yours.
//! 4. [Errors and their lines](errors): what went wrong, shown as a compiler shows it.
//!
//! To get something out:
//!
//! 5. [Plain text and word counts](text): for people, for search, for counting; Chinese and Japanese too.
//! 6. [Figures and credits to CSV](figures): a table of all pictures.
//! 7. [Feed and search index](feed): Atom, and documents for a search engine.
//! 8. [Images elsewhere](images): URLs rewritten, and HTML written.
//!
//! To decide what goes in:
//!
//! 9. [Rules of your own](rules): what is taken out of articles, and how to see it.
//! 10. [Markdown and template tags](markdown): bodies as authors write them.
//! 11. [Linting](linting): what was odd about a post.
//! 12. [Change one key](edit): front matter edited, every other byte kept.
//!
//! For many posts:
//!
//! 13. [A folder on all cores](folder): many files, one parser.
//! 14. [Duplicates](duplicates): posts that are the same, or nearly so.
//!
//! To decide whether to use it:
//!
//! 15. [What is promised](promises): the laws, and how they are tested and fuzzed.
//! 16. [Comparison](comparison): what `gray_matter`, `python-frontmatter`, Readability, Trafilatura and Fundus do
//!     better, and what this crate does better.

/// Adds the program of a chapter to its page: the file itself, so that the two cannot differ.
macro_rules! chapter {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub mod $name {}
    };
    ($(#[$doc:meta])* $name:ident, $program:literal) => {
        $(#[$doc])*
        #[doc = concat!("# The program\n\n`cargo run --example ", $program, "`\n\n```no_run")]
        #[doc = include_str!(concat!("../../tests/examples/", $program, ".rs"))]
        #[doc = "```"]
        pub mod $name {}
    };
}

chapter!(#[doc = include_str!("first_post.md")] first_post, "first_post");
chapter!(#[doc = include_str!("how_a_post_is_read.md")] how_a_post_is_read);
chapter!(#[doc = include_str!("own_metadata.md")] own_metadata);
chapter!(#[doc = include_str!("errors.md")] errors, "annotate");
chapter!(#[doc = include_str!("text.md")] text);
chapter!(#[doc = include_str!("figures.md")] figures, "figures_csv");
chapter!(#[doc = include_str!("feed.md")] feed, "atom_feed");
chapter!(#[doc = include_str!("images.md")] images, "mirror");
chapter!(#[doc = include_str!("rules.md")] rules, "rules_audit");
chapter!(#[doc = include_str!("markdown.md")] markdown);
chapter!(#[doc = include_str!("linting.md")] linting);
chapter!(#[doc = include_str!("edit.md")] edit);
chapter!(#[doc = include_str!("folder.md")] folder, "word_counts");
chapter!(#[doc = include_str!("duplicates.md")] duplicates);
chapter!(#[doc = include_str!("promises.md")] promises);
chapter!(#[doc = include_str!("comparison.md")] comparison);
