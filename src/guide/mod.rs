//! The guide: one task in each chapter, from a first post to an archive.
//!
//! It is for people who have read the front page of this documentation, or nothing at all. Every example in
//! it is a test of the crate. Eight whole programs stand at the ends of chapters; in a clone of the project,
//! `cargo run --example NAME` runs them on the posts of the crate's tests, and
//! `cargo run --example NAME -- PATH…` on yours.
//!
//! To begin with:
//!
//! 1. [First post](first_post): read a post, and print what it holds.
//! 2. [How a post is read](how_a_post_is_read): what counts as a paragraph, a figure, a credit, a
//!    placeholder, furniture, in tables of before and after.
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
//! 15. [Archives of millions](archives): packed, as a table, asked in SQL, on many machines.
//!
//! To decide whether to use it:
//!
//! 16. [What is promised](promises): the laws, and how they are tested and fuzzed.
//! 17. [Comparison](comparison): what `gray_matter`, `python-frontmatter`, Readability, Trafilatura and
//!     Fundus do better, and what this crate does better.

/// A page of the guide, with its programs below it: the files themselves, so that the two cannot differ.
macro_rules! chapter {
    ($name:ident $(, $program:literal)*) => {
        #[doc = include_str!(concat!(stringify!($name), ".md"))]
        $(
            #[doc = concat!("# Program: `cargo run --example ", $program, "`\n\n```no_run")]
            #[doc = include_str!(concat!("../../tests/examples/", $program, ".rs"))]
            #[doc = "```\n"]
        )*
        pub mod $name {}
    };
}

chapter!(first_post, "first_post");
chapter!(how_a_post_is_read);
chapter!(own_metadata);
chapter!(errors, "annotate");
chapter!(text);
chapter!(figures, "figures_csv");
chapter!(feed, "atom_feed", "search_index");
chapter!(images, "mirror");
chapter!(rules, "rules_audit");
chapter!(markdown);
chapter!(linting);
chapter!(edit);
chapter!(folder, "word_counts");
chapter!(duplicates);
chapter!(archives);
chapter!(promises);
chapter!(comparison);
