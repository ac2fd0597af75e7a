//! The guide: its tables of before and after hold, and its programs print what they should.
//!
//! The examples of its chapters are documentation tests.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use offprint::{Parser, Rules};

/// The programs. A `main` has no use here.
#[allow(dead_code, reason = "each has a `main`, which nothing calls here")]
mod examples {
    pub(super) mod annotate;
    pub(super) mod atom_feed;
    pub(super) mod figures_csv;
    pub(super) mod first_post;
    pub(super) mod mirror;
    pub(super) mod rules_audit;
    pub(super) mod search_index;
    pub(super) mod word_counts;
}

use examples::{
    annotate, atom_feed, figures_csv, first_post, mirror, rules_audit, search_index, word_counts,
};

/// What a program prints.
#[track_caller]
fn printed(run: impl FnOnce(&mut Vec<u8>) -> Result<(), Box<dyn Error>>) -> String {
    let mut out = Vec::new();
    run(&mut out).expect("the program ran to its end");
    String::from_utf8(out).expect("the program prints UTF-8")
}

/// A post or a folder of posts in `tests/data`.
fn data(path: &str) -> Vec<PathBuf> {
    vec![PathBuf::from(format!("tests/data{path}"))]
}

/// A folder with these posts, which is there as long as the value is kept.
fn folder(posts: &[(&str, &str)]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, source) in posts {
        fs::write(folder.path().join(name), source).expect("a file of the test");
    }
    let paths = vec![folder.path().to_owned()];
    (folder, paths)
}

fn posts_of_the_tests() -> usize {
    let walk = ignore::WalkBuilder::new("tests/data").standard_filters(false).build();
    let paths = walk.map(|entry| entry.expect("a post").into_path());
    paths.filter(|path| path.extension().is_some_and(|name| name == "md" || name == "html")).count()
}

#[test]
fn first_post_prints_each_post() {
    let all = printed(|out| first_post::run(&data(""), out));
    assert_eq!(all.matches(", figures: ").count(), posts_of_the_tests());
    assert_eq!(
        printed(|out| first_post::run(&data("/news/ad-slots.md"), out)),
        "【图集】江边小城重开夜市：摊主盼客流回升\n  tests/data/news/ad-slots.md | 2023-05-12T02:10:05.120Z\n  \
         paragraphs: 5, figures: 2, words: 109\n  （视频来源：江畔电视台）\n\n"
    );
}

#[test]
fn first_post_goes_on_after_a_bad_post() {
    let (_folder, paths) = folder(&[("a.md", "---\ntitle: \"Tea\n---\n"), ("b.md", "Boil water.")]);
    let out = printed(|out| first_post::run(&paths, out));
    assert!(out.contains("a.md: invalid YAML in the front matter: "), "{out}");
    assert!(
        out.ends_with("b.md | no date\n  paragraphs: 1, figures: 0, words: 2\n  Boil water.\n\n"),
        "{out}"
    );
}

#[test]
fn figures_csv_is_read_back() {
    let out = printed(|out| figures_csv::run(&data("/news/figures.md"), out));
    let mut table = csv::Reader::from_reader(out.as_bytes());
    let header: Vec<_> = table.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(header, ["path", "figure", "kind", "url", "alt", "caption", "credit"]);
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().expect("rows");
    let path = "tests/data/news/figures.md";
    let first =
        [path, "1", "image", "https://static.example.com/b1.jpg", "", "清晨的石桥。摄影：林木", "林木"];
    assert_eq!(rows[0], first[..]);
    // Two images with one caption, which has a line break.
    for (row, file) in [(3, "b4"), (4, "b5")] {
        let url = format!("https://static.example.com/{file}.jpg");
        assert_eq!(rows[row], [path, "4", "image", &url, "", "两座铁桥。\n左边的较老。", ""][..]);
    }
}

#[test]
fn rules_audit_adds_up_what_each_rule_takes() {
    let source = "<p>Tea</p><div class=box>Buy cake</div><div class=box>Buy milk</div><div class=ad></div>";
    let (_folder, paths) = folder(&[("a.md", source), ("b.md", "<p>Tea</p><div class=box>Buy</div>")]);
    let rules = Rules::ads().and(Rules::parse("##.box").0.removing());
    assert_eq!(
        printed(|out| rules_audit::run(rules, &paths, out)),
        "elements  characters  rule\n       \
         3          19  ##.box                                        Buy cake\n       \
         1           0  ##.ad                                         \n"
    );
}

#[test]
fn word_counts_are_those_of_each_folder() {
    let (_folder, paths) =
        folder(&[("a.md", "煮水 for tea"), ("b.md", "Boil it."), ("c.md", "---\ntitle: Tea\n")]);
    let out = printed(|out| word_counts::run(&paths, out));
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().take(4).collect()).collect();
    assert_eq!(rows, [["posts", "failed", "words", "characters"], ["2", "1", "6", "15"]]);
    let all = printed(|out| word_counts::run(&data(""), out));
    let posts = all.lines().skip(1).map(|row| row.split_whitespace().next().expect("a number"));
    let posts = posts.map(|posts| posts.parse::<usize>().expect("a number"));
    assert_eq!(posts.sum::<usize>(), posts_of_the_tests());
}

#[test]
fn atom_feed_is_exact() {
    let (_folder, paths) = folder(&[
        (
            "a.md",
            "---\ntitle: \"Salt \\x01& tea\"\ndate: 2021-03-04\nfrom: https://tea.example/?a=1&b\n---\nBoil <b>it</b>.",
        ),
        (
            "b.md",
            "---\ndate: 2021-03-04 08:15 +0100\nauthor: A. Leaf\nfrom: https://tea.example/2\n---\nPour.",
        ),
        ("c.md", "---\ntitle: Without a date\nfrom: https://tea.example/3\n---\nDrink."),
    ]);
    assert_eq!(
        printed(|out| atom_feed::run(&paths, out)),
        r#"<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom'>
<title>Offprints</title>
<id>https://example.org/feed.xml</id>
<updated>2021-03-04T07:15:00Z</updated>
<entry>
<title>Untitled</title>
<id>https://tea.example/2</id>
<link href="https://tea.example/2"/>
<updated>2021-03-04T07:15:00Z</updated>
<author><name>A. Leaf</name></author>
<content type="html">&lt;p&gt;Pour.&lt;/p&gt;
</content>
</entry>
<entry>
<title>Salt &amp; tea</title>
<id>https://tea.example/?a=1&amp;b</id>
<link href="https://tea.example/?a=1&amp;b"/>
<updated>2021-03-04T00:00:00Z</updated>
<author><name>Unknown</name></author>
<content type="html">&lt;p&gt;Boil &lt;strong&gt;it&lt;/strong&gt;.&lt;/p&gt;
</content>
</entry>
</feed>
"#
    );
    let all = printed(|out| atom_feed::run(&data(""), out));
    assert_eq!(all.matches("<entry>").count(), 20);
}

#[test]
fn search_index_has_a_document_for_each_post() {
    let out = printed(|out| search_index::run(&data(""), out));
    let documents: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(documents.len(), posts_of_the_tests());
    let japanese = documents.iter().find(|document| document["id"] == "tests/data/markdown/japanese.md");
    let japanese = japanese.expect("the post is there");
    assert_eq!(japanese["headings"][0], "お茶");
    assert!(japanese["text"].as_str().is_some_and(|text| text.starts_with("お茶\n\n茶を淹れる方法。")));
}

#[test]
fn annotate_points_at_the_position() {
    assert_eq!(
        printed(|out| annotate::run(&data("/import/bad-date.md"), out)),
        "warning[bad_date]: not a date: `tuesday`\n --> tests/data/import/bad-date.md:3:7\n  |\n\
         3 | date: tuesday\n  |       ^\n\n"
    );
    // Each of the two characters is as wide as the space below it; and a long line is cut.
    let long = format!("<p>{}</p>{{{{ tea }}}}", "tea ".repeat(50));
    let (_folder, paths) = folder(&[("a.md", "---\n茶: x\n标题: *x\n---\n"), ("b.md", &long)]);
    let out = printed(|out| annotate::run(&paths, out));
    assert!(out.starts_with("error: invalid YAML in the front matter: unknown anchor\n --> "), "{out}");
    assert!(out.contains("a.md:3:5\n  |\n3 | 标题: *x\n  | \u{3000}\u{3000}  ^\n\n"), "{out}");
    let caret =
        format!("b.md:1:208\n  |\n1 | a {}</p>{{{{ tea }}}}\n  | {}^\n\n", "tea ".repeat(6), " ".repeat(30));
    assert!(out.ends_with(&caret), "{out}");
}

#[test]
fn mirror_gives_each_image_a_file() {
    let image = "<img src=\"https://tea.example/a/cup.jpg?w=1\">";
    let (_folder, paths) = folder(&[
        ("a.md", &format!("<p>Tea</p>{image}<img src=/b.jpg>")),
        ("b.md", &format!("{image}<img src=http://tea.example/%20x.png>")),
    ]);
    let mut list = Vec::new();
    let out = printed(|out| mirror::run(&paths, out, &mut list));
    assert_eq!(
        out,
        "<article>\n<p>Tea</p>\n<figure>\n<img src=\"images/00000-cup.jpg\" alt=\"\">\n</figure>\n\
         <figure>\n<img src=\"/b.jpg\" alt=\"\">\n</figure>\n</article>\n\
         <article>\n<figure>\n<img src=\"images/00000-cup.jpg\" alt=\"\">\n</figure>\n\
         <figure>\n<img src=\"images/00001-20x.png\" alt=\"\">\n</figure>\n</article>\n"
    );
    assert_eq!(
        String::from_utf8(list).expect("a list in UTF-8"),
        "images/00001-20x.png\thttp://tea.example/%20x.png\nimages/00000-cup.jpg\thttps://tea.example/a/cup.jpg?w=1\n"
    );
}

/// The rows of the tables of a chapter, each with the header of its first column. All cells are code, but for
/// the word "none".
fn rows(chapter: &str) -> Vec<(&str, Vec<&str>)> {
    let mut rows = Vec::new();
    let mut header = "";
    for line in chapter.lines() {
        let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else { continue };
        let cells: Vec<&str> = cells.split(" | ").collect();
        let code = |cell: &&str| cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`')).is_some();
        if cells.iter().any(code) {
            rows.push((header, cells.into_iter().map(|cell| cell.trim_matches('`')).collect()));
        } else {
            header = cells[0];
        }
    }
    rows
}

#[test]
fn tables_of_before_and_after_hold() {
    let mut checked = 0;
    for chapter in ["how_a_post_is_read", "markdown"] {
        let text = fs::read_to_string(format!("src/guide/{chapter}.md")).expect("a chapter");
        for (header, cells) in rows(&text) {
            let before = cells[0];
            let (parser, before) = match header {
                "the body" | "Markdown" => (Parser::new(), before.to_owned()),
                "the body, with furniture rules" => {
                    (Parser::new().rules(Rules::ads().and(Rules::furniture())), before.to_owned())
                }
                "the caption" => (
                    Parser::new(),
                    format!("<figure><img src=\"/a.jpg\"><figcaption>{before}</figcaption></figure>"),
                ),
                _ => panic!("{chapter}: an unknown table: {header}"),
            };
            let (post, report) = parser.parse_with_report(&before).expect("the post is read");
            if header == "the caption" {
                let credit = post.figures().next().and_then(|figure| figure.credit.as_deref());
                assert_eq!(credit.unwrap_or("none"), cells[1], "{before}");
            } else {
                assert_eq!(post.html().one_line(true).to_string(), cells[1], "{before}");
            }
            if let Some(kind) = cells.get(2) {
                assert_eq!(report.removals[0].kind.as_str(), *kind, "{before}");
            }
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked} rows were found");
}
