//! What posts have in common.

use super::{HEAD, check};
use crate::archive::Archive;

/// A text of n words, of which one may be another.
fn words(count: usize, other: Option<usize>) -> String {
    let word = |number| if Some(number) == other { "another".to_owned() } else { format!("word{number}") };
    (1..=count).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_same_from_is_found_at_the_later_post() {
    let archive = Archive::new();
    for (path, from, text) in [
        ("a.md", "https://example.org/tea", "one"),
        ("b.md", "https://example.org/cups", "two"),
        ("c.md", " https://example.org/tea ", "three"),
        ("d.md", "' '", "four"),
        ("e.md", "' '", "five"),
        ("f.md", "https://example.org/tea", "six"),
    ] {
        archive.add(path, format!("---\ntitle: Tea\ndate: 2021-03-04\nfrom: {from}\n---\n<p>{text}</p>\n"));
    }
    let run = check(&archive, ". -q").expect(0, "");
    let line = |path: &str, column: u8| {
        format!("./{path}:4:{column}: warning[duplicate_from]: `from` is that of ./a.md\n")
    };
    assert_eq!(run.stdout, [line("c.md", 8), line("f.md", 7)].concat());
}

#[test]
fn the_same_article_is_found_at_the_later_post() {
    let archive = Archive::new();
    let long = words(60, None);
    for (path, body) in [
        ("a.md", "<p>Watch this:</p><img src=1.png alt=x>"),
        ("b.md", "<p>Watch this:</p><img src=2.png alt=x>"),
        ("c.md", "<div>Watch   this:<img src=1.png alt=x></div>"),
        ("d.md", &format!("<p>{long}</p><img src=1.png alt=x>")),
        ("e.md", &format!("<p>{long}</p><img src=2.png alt=x>")),
        ("f.md", "<img src=1.png alt=''>"),
        ("g.md", "<img src=2.png alt=''>"),
    ] {
        archive.add(path, format!("{HEAD}{body}\n"));
    }
    let run = check(&archive, "a.md b.md c.md d.md e.md f.md g.md -q").expect(0, "");
    let line = |path: &str, other: &str| {
        format!("{path}:5:1: warning[duplicate_article]: the article is that of {other}\n")
    };
    assert_eq!(run.stdout, [line("c.md", "a.md"), line("e.md", "d.md")].concat());
}

#[test]
fn nearly_the_same_article_is_found_if_it_is_looked_for() {
    let archive = Archive::new();
    for (path, text) in [
        ("a.md", words(999, None)),
        ("b.md", words(999, Some(500))),
        ("c.md", words(999, None)),
        ("d.md", words(999, None).replace("word", "thing")),
        ("e.md", words(49, None)),
        ("f.md", words(49, Some(3))),
    ] {
        archive.add(path, format!("{HEAD}<p>{text}</p>\n"));
    }
    let same = "./c.md:5:1: warning[duplicate_article]: the article is that of ./a.md\n";
    assert_eq!(check(&archive, ". -q").expect(0, "").stdout, same);
    let near = "./b.md:5:1: warning[near_duplicate]: 1 bit of 64 differs between this article and ./a.md\n";
    assert_eq!(check(&archive, ". -q --warn near_duplicate").expect(0, "").stdout, [near, same].concat());
    // Equal ones are near only if nothing else says so.
    let run = check(&archive, ". -q --warn near_duplicate --allow duplicate_article").expect(0, "");
    let equal = "./c.md:5:1: warning[near_duplicate]: 0 bits of 64 differ between this article and ./a.md\n";
    assert_eq!(run.stdout, [near, equal].concat());
}

#[test]
fn posts_are_compared_in_their_order_whatever_the_number_of_jobs() {
    let archive = Archive::new();
    for number in (0..300).rev() {
        // Long and short posts, so that they end in another order than they began.
        let text = format!("{} ", number % 40).repeat(1 + (number % 40) * 20);
        archive.add(&format!("{}/{number:03}.md", number % 3), format!("{HEAD}<p>{text}</p>\n"));
    }
    let one = check(&archive, ". --jobs 1");
    assert_eq!((one.code, one.stdout.lines().count()), (Some(0), 260));
    for jobs in [2, 8] {
        let many = check(&archive, &format!(". --jobs {jobs}"));
        assert!(many.stdout == one.stdout && many.stderr == one.stderr, "{jobs} jobs");
    }
}
