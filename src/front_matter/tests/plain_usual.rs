//! Both engines make the same metadata of the keys and values that nearly all posts have, and of what is
//! nearly one of these.

use super::plain_agreement::{Random, damage};
use super::*;

const KEYS: &[&str] = &[
    "layout",
    "title",
    "date",
    "author",
    "from",
    "tags",
    "categories",
    "comments",
    "authors",
    "category",
    "description",
    "draft",
    "image",
    "published",
    "tag",
    "updated",
    "taxonomies",
    "mood",
];

const VALUES: &[&str] = &[
    "tea",
    "老虎庙 · 虎侃",
    "tea cup",
    "tea, cup",
    "a:b#c",
    "No",
    "nothing",
    "\"tea\"",
    "\"\"",
    "\"a: b # c\"",
    "'tea'",
    "a &amp; b",
    "\"a &lt; b\"",
    "\"\\x26amp;\"",
    "[ tea ]",
    "[tea]",
    "[  tea  ]",
    "[ tea cup ]",
    "[ a&amp;b ]",
    "[ tea, cup ]",
    "[ True ]",
    "[ Nei.st ]",
    "[ 7 ]",
    "[ ~ ]",
    "[ ]",
    "[]",
    "True",
    "false",
    "yes",
    "7",
    "-1.5",
    "~",
    "",
    "2023-06-20T01:53:36.223Z",
    "2023-06-20T01:53:60.223Z",
    "2023-06-31T01:53:36.223Z",
    "2023-06-20T01:53:36+08:00",
    "2023-06-20 01:53:36 +0800",
    "2023-06-20",
    "2023-",
    "https://a.example/watch?v=b-c#d",
];

const ENDS: &[&str] = &["\n", "\n", "\n", "\n", "\n", "\n", " \n", "\r\n", "\n\n", "\n  ", " # c\n", "\t\n"];

#[track_caller]
fn agree(block: &str) {
    let source = format!("---\n{block}---\n");
    let Ok(front_matter) = FrontMatter::split(&source) else { return };
    for recover in [false, true] {
        let _ = read(&front_matter, recover, &Limits::default(), &mut Vec::new());
    }
}

#[test]
fn each_value_means_the_same_under_each_key() {
    for key in KEYS {
        for value in VALUES {
            for end in ENDS {
                agree(&format!("{key}: {value}{end}"));
                agree(&format!("{key}: {value}{end}title: Tea\n"));
                agree(&format!("tags: cup\nauthor: \"tea\"\n{key}: {value}{end}"));
            }
        }
    }
}

#[test]
fn usual_lines_mean_the_same_in_any_order_and_damaged() {
    let mut random = Random(3);
    for _ in 0..8_000 {
        let mut block = String::new();
        for _ in 0..=random.below(5) {
            let [key, value, end] = [KEYS, VALUES, ENDS].map(|among| random.one_of(among));
            block.extend([key, ": ", value, end]);
        }
        agree(&block);
        agree(&damage(&block, &mut random));
    }
}
