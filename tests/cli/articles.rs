//! Text, Markdown and HTML.

use std::fs;

use offprint::FrontMatter;

use crate::archive::{Archive, files_below, lines};

#[test]
fn an_article_is_text_or_markdown_or_html() {
    let archive = Archive::new();
    archive.add("a.md", "---\ntitle: A\n---\n<h2>Tea</h2><p>5 * <b>6</b>").add("b/b.html", "<p>b");
    for (format, article) in [
        ("text", "Tea\n\n5 * 6\n"),
        ("markdown", "## Tea\n\n5 * **6**\n"),
        ("html", "<h2>Tea</h2>\n<p>5 * <strong>6</strong></p>\n"),
    ] {
        let run = archive.convert(&format!("a.md --format {format}")).expect(0, "");
        assert_eq!(run.stdout, article);
    }
    let run = archive.convert("a.md b/b.html --format text").expect(0, "");
    assert_eq!(run.stdout, "==> a.md <==\n\nTea\n\n5 * 6\n\n==> b/b.html <==\n\nb\n\n");
    let run = archive.convert("b --format markdown").expect(0, "");
    assert_eq!(run.stdout, "<!-- b/b.html -->\n\nb\n\n");
    archive.add("-->.md", "x");
    let run = archive.convert("-- ./-->.md b").expect(0, "");
    assert_eq!(run.lines().len(), 2);
    let run = archive.convert("--format=html -- ./-->.md b").expect(0, "");
    assert!(run.stdout.starts_with("<!-- ./- ->.md -->\n\n<p>x</p>\n\n<!--"), "{}", run.stdout);
    let message = "offprint: `--report -` is for the format jsonl\n";
    archive.convert("a.md --format text --report -").expect(2, message);
}

#[test]
fn a_folder_of_articles_keeps_names_and_front_matter() {
    let front_matter = "\u{feff}---\r\ntitle:   \"A\"  # as it is\r\ntags: [ x ]\r\n---\t\r\n";
    let archive = Archive::new();
    archive
        .add("in/a.md", format!("{front_matter}<p>a</p>"))
        .add("in/x/y/b.c.HTML", "<p>b</p>")
        .add("in/x/end.markdown", "---\ntitle: E\n...")
        .add("in/x/bad.md", "---\ntitle: x\n")
        .add("note.v1", "<p>n</p>");
    let bad = "in/x/bad.md:1:1: front matter is not closed: found no line `---` or `...`\n";
    for jobs in [1, 4] {
        let run = archive
            .convert(&format!("in note.v1 --format markdown --output out{jobs} --jobs {jobs} --report r"));
        let run = run.expect(1, bad);
        assert_eq!(run.stdout, "");
        assert_eq!(lines(&archive.read("r")).len(), 5);
        let read = |path: &str| archive.read(&format!("out{jobs}/{path}"));
        assert_eq!(read("a.md"), format!("{front_matter}\na\n"));
        assert_eq!(read("x/y/b.c.md"), "b\n");
        assert_eq!(read("x/end.md"), "---\ntitle: E\n...");
        assert_eq!(read("note.v1.md"), "n\n");
        let mut names = files_below(&archive.path().join(format!("out{jobs}")));
        names.sort();
        assert_eq!(names, ["a.md", "note.v1.md", "x/end.md", "x/y/b.c.md"]);
    }
    archive.convert("in/a.md --format html --output out1").expect(0, "");
    assert_eq!(archive.read("out1/a.html"), format!("{front_matter}\n<p>a</p>\n"));
    archive.convert("in/a.md --format text --output out1/deep/er").expect(0, "");
    assert_eq!(archive.read("out1/deep/er/a.txt"), format!("{front_matter}\na\n"));

    // The HTML is a post again.
    let again = archive.convert("out1/a.html").expect(0, "").lines().remove(0);
    let before = archive.convert("in/a.md").expect(0, "").lines().remove(0);
    assert_eq!((&again["meta"], &again["blocks"]), (&before["meta"], &before["blocks"]));
}

#[test]
fn no_article_takes_the_place_of_another_or_of_a_post() {
    let archive = Archive::new();
    archive.add("a/1.html", "<p>html</p>").add("a/1.md", "<p>md</p>").add("b/1.md", "<p>b</p>");
    let message = "a/1.md: not written: 1.md in the output is another post's\n\
        b/1.md: not written: 1.md in the output is another post's\n";
    archive.convert("a b --format markdown --output out").expect(1, message);
    assert_eq!(archive.read("out/1.md"), "html\n");

    archive
        .convert("a/1.md --format markdown --output a")
        .expect(2, "offprint: cannot write a/1.md: it is the input a/1.md\n");
    assert_eq!(archive.read("a/1.md"), "<p>md</p>");
    archive.convert("b/1.md --format text --output b").expect(0, "");
    assert_eq!(archive.read("b/1.txt"), "b\n");
    for output in ["a", "a/out", "."] {
        let message =
            format!("offprint: cannot write to {output} what is read from a: one is inside the other\n");
        archive.convert(&format!("a --format text --output {output}")).expect(2, &message);
    }
    archive.add("file", "");
    let run = archive.convert("a --format text --output file");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("offprint: cannot write file: "), "{}", run.stderr);
}

#[test]
fn front_matter_that_is_not_utf_8_stays_byte_by_byte() {
    let front_matter = b"---\ntitle: caf\xe9 \xe2\x82\n# \xff\xfe\n---\n";
    let archive = Archive::new();
    archive.add("in/a.md", [front_matter, &b"<p>th\xe9</p>"[..]].concat());
    archive.add("in/open.md", b"---\ntitle: \xff\n");
    archive.add("in/end.md", b"---\na: \xff\xff\n---");
    archive.add("in/bare.md", b"\xff<p>x</p>");
    for (format, extension, article) in [
        ("text", "txt", "th\u{fffd}\n"),
        ("markdown", "md", "th\u{fffd}\n"),
        ("html", "html", "<p>th\u{fffd}</p>\n"),
    ] {
        archive.convert(&format!("in --recover --format {format} --output out")).expect(0, "");
        let read = |name: &str| fs::read(archive.path().join(format!("out/{name}.{extension}"))).unwrap();
        assert_eq!(read("a"), [front_matter, &b"\n"[..], article.as_bytes()].concat());
        assert_eq!(read("end"), b"---\na: \xff\xff\n---");
        assert_eq!(read("open"), b"---\ntitle: \xff\n---\n");
        assert!(String::from_utf8(read("bare")).unwrap().contains("\u{fffd}"), "{format}");
    }
}

#[test]
fn a_text_never_begins_with_front_matter_that_is_not_the_posts_own() {
    let archive = Archive::new();
    archive
        .add("in/fences.md", "<p>---<p>title: x<p>---")
        .add("in/open.md", "<p>---<br>title: x")
        .add("in/toml.md", "<p>+++<br>title = 1<br>+++")
        .add("in/json.md", "<p>{ \"title\": 1 }")
        .add("in/own.md", "---\ntitle: y\n---\n<p>---<p>title: x<p>---")
        .add("in/plain.md", "<p>----</p>");
    archive.convert("in --format text --output out").expect(0, "");
    assert_eq!(archive.read("out/fences.txt"), "\n---\n\ntitle: x\n\n---\n");
    assert_eq!(archive.read("out/plain.txt"), "----\n");
    for name in ["fences", "open", "toml", "json", "plain"] {
        let text = archive.read(&format!("out/{name}.txt"));
        let split = FrontMatter::split(&text).expect(name);
        assert_eq!((split.text(), split.body()), (None, &*text), "{name}");
        let run = archive.convert(&format!("in/{name}.md --format text")).expect(0, "");
        assert_eq!(run.stdout, text, "{name}");
    }
    let own = archive.read("out/own.txt");
    let split = FrontMatter::split(&own).unwrap();
    assert_eq!(split.text(), Some("title: y\n"));
    assert!(split.body().ends_with("---\n\ntitle: x\n\n---\n"), "{own:?}");
}

#[test]
fn front_matter_that_is_not_closed_is_closed_in_the_file() {
    let archive = Archive::new();
    let opened = "---\ntitle: Tea\ndate: 2020-01-01\n";
    archive.add("in/a.md", format!("{opened}\n<p>body</p>\n"));
    archive.add("in/b.md", format!("{opened}----\n<p>body</p>\n"));
    archive.add("in/c.md", "+++\ntitle = 'Tea'");
    archive.add("in/d.md", "---\n<p>body</p>\n").add("in/e.md", "{\"title\": \"Tea\"} <p>body</p>\n");
    archive.convert("in --recover --format html --output out").expect(0, "");
    for name in ["a", "b"] {
        let expected = format!("{opened}---\n\n<p>body</p>\n");
        assert_eq!(archive.read(&format!("out/{name}.html")), expected, "{name}");
    }
    assert_eq!(archive.read("out/c.html"), "+++\ntitle = 'Tea'\n+++\n");
    assert!(archive.read("out/d.html").ends_with("<p>body</p>\n"));
    assert_eq!(archive.read("out/e.html"), "{\"title\": \"Tea\"}\n\n<p>body</p>\n");
    let posts = lines(&archive.convert("in/a.md --recover").expect(0, "").stdout);
    assert_eq!(
        (&posts[0]["meta"]["title"], &posts[0]["meta"]["date"]),
        (&"Tea".into(), &"2020-01-01".into())
    );
    assert_eq!(posts[0]["blocks"].as_array().unwrap().len(), 1);
}

#[test]
fn a_page_is_whole_and_has_no_front_matter() {
    let archive = Archive::new();
    archive.add("in/a.md", "---\ntitle: Tea\n---\n<p>Boil water.</p>").add("in/b.md", "<p>x</p>");
    let page = archive.convert("in/a.md --format html --standalone").expect(0, "").stdout;
    assert!(page.starts_with("<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"), "{page}");
    assert!(page.contains("<h1>Tea</h1>\n"), "{page}");
    assert!(page.ends_with("<main>\n<p>Boil water.</p>\n</main>\n</body>\n</html>\n"), "{page}");
    archive.convert("in --format html -s --output out").expect(0, "");
    assert_eq!(archive.read("out/a.html"), page);
    assert!(archive.read("out/b.html").contains("<title>Untitled</title>"));

    for format in ["jsonl", "text", "markdown"] {
        archive.refuses(
            &format!("in/a.md --format {format} --standalone"),
            "--standalone is for the format html",
        );
    }
    archive.refuses(
        "in --format html --standalone",
        "--standalone makes a page of each post: name one post, or a folder with --output",
    );
}
