//! Which posts are read, as options say it.

use std::io::Write;
use std::process::Stdio;

use crate::archive::{Archive, Run};

fn archive() -> Archive {
    let archive = Archive::new();
    for path in ["in/a.md", "in/b.html", "in/c.txt", "in/2024/a.md", "in/2024/drafts/d.md", "in/drafts/e.md"]
    {
        archive.add(path, "<p>x</p>");
    }
    archive
}

#[test]
fn folders_are_filtered() {
    let archive = archive();
    for (options, expected) in [
        ("--ext md", &["2024/a.md", "2024/drafts/d.md", "a.md", "drafts/e.md"][..]),
        ("--ext .TXT,html", &["b.html", "c.txt"]),
        ("--glob a.*", &["2024/a.md", "a.md"]),
        ("--glob /a.*", &["a.md"]),
        ("--glob 2024/*", &["2024/a.md"]),
        ("--glob 2024/** --glob b.html", &["2024/a.md", "2024/drafts/d.md", "b.html"]),
        ("--exclude drafts", &["2024/a.md", "a.md", "b.html"]),
        ("--exclude /drafts/ --exclude *.html", &["2024/a.md", "2024/drafts/d.md", "a.md"]),
        ("--exclude 2024 --glob *.md --ext md,txt", &["a.md", "drafts/e.md"]),
    ] {
        let run = archive.convert(&format!("in {options}")).expect(0, "");
        let expected: Vec<_> = expected.iter().map(|path| format!("in/{path}")).collect();
        assert_eq!(run.paths(), expected, "{options}");
    }
    // The folder that is named does not count, and neither do its parents.
    assert_eq!(archive.convert("in/drafts --exclude drafts").expect(0, "").paths(), ["in/drafts/e.md"]);
    let dot = archive.convert(". --glob in/*.md").expect(0, "");
    assert_eq!(dot.paths(), ["./in/a.md"]);
    let named = archive.convert("in/c.txt in/a.md --ext html --exclude a.md").expect(0, "");
    assert_eq!(named.paths(), ["in/a.md", "in/c.txt"], "what is named is taken");
    archive.refuses("in --glob nothing", "no posts found in in");
}

#[test]
fn what_is_ignored_by_git_is_read() {
    let archive = archive();
    archive.add("in/.gitignore", "*.md\n").add("in/.git/x", "").add(".ignore", "*.html\n");
    assert_eq!(archive.convert("in").expect(0, "").lines().len(), 5);
}

#[cfg(unix)]
#[test]
fn an_excluded_link_is_not_looked_at() {
    let archive = archive();
    std::os::unix::fs::symlink("gone", archive.path().join("in/dead.md")).unwrap();
    archive.convert("in").expect(1, "in/dead.md: No such file or directory (os error 2)\n");
    for options in ["--exclude dead.*", "--ext html", "--glob a.md"] {
        archive.convert(&format!("in {options}")).expect(0, "");
    }
}

#[test]
fn options_that_cannot_be_used_are_refused() {
    let archive = archive();
    archive.refuses("in --glob [a", "--glob `[a`: unclosed character class; missing ']'");
    archive.refuses(
        "in --exclude {a",
        "--exclude `{a`: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
    );
    let message = "--ext takes extensions with commas between, as in md,html,txt";
    for list in ["md,", "*.md", "a/b", "."] {
        archive.refuses(&format!("in --ext {list}"), message);
    }
    archive.add("r.jsonl", "");
    let message = "--ext, --glob and --exclude are for folders of posts, not for records";
    archive.refuses("r.jsonl --input-format jsonl --glob *.md", message);
}

#[test]
fn paths_are_read_from_files() {
    let archive = archive();
    archive.add("list", "in/b.html\n\nin/drafts\r\nin/c.txt").add("list0", "in/a.md\0in/2024/drafts\0");
    let run = archive.convert("--files-from list").expect(0, "");
    assert_eq!(run.paths(), ["in/b.html", "in/c.txt", "in/drafts/e.md"]);
    let run = archive.convert("--files-from list in/a.md --files0-from list0 --ext md").expect(0, "");
    assert_eq!(run.paths(), ["in/2024/drafts/d.md", "in/a.md", "in/b.html", "in/c.txt", "in/drafts/e.md"]);

    for (option, list) in [("--files-from", "in/a.md\nin/b.html\n"), ("--files0-from", "in/a.md\0in/b.html")]
    {
        let mut child = archive.command(&format!("{option} -")).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(list.as_bytes()).unwrap();
        let run = Run::of(child.wait_with_output().unwrap()).expect(0, "");
        assert_eq!(run.paths(), ["in/a.md", "in/b.html"], "{option}");
    }
    archive.add("-", "<p>-</p>").add("minus", "-\n");
    assert_eq!(archive.convert("--files-from minus").expect(0, "").paths(), ["./-"]);
    archive.add("one", "in/a.md\n").convert("--files-from one -o x.html").expect(0, "");
    assert_eq!(archive.read("x.html"), "<p>x</p>\n");
}

#[test]
fn lists_that_cannot_be_used_are_refused() {
    let archive = archive();
    let gone = "No such file or directory (os error 2)";
    archive.add("none", "\n\n").add("list", "in/a.md\nx.md\n").add("one", "in/a.md\n");
    archive.refuses("--files-from gone", &format!("cannot read gone: {gone}"));
    archive.refuses("--files-from none", "no posts found: no path in none");
    archive.refuses("--files-from list", &format!("cannot read x.md: {gone}"));
    archive.refuses("- --files-from -", "standard input is named twice");
    archive.refuses("--files0-from - --files-from -", "standard input is named twice");
    archive.refuses("--files-from one --output one", "cannot write one: it is the input one");
    assert_eq!(archive.convert("--jobs 1").code, Some(2));
}

#[test]
fn other_commands_select_in_the_same_way() {
    let archive = archive();
    archive.add("list", "in/c.txt\n");
    let run = |arguments: &[&str]| Run::of(archive.offprint(arguments).output().unwrap());
    let counts = |number: u32| format!("{number} posts changed, 0 unchanged, 0 failed\n");
    run(&["set", "a", "b", "in", "--exclude", "drafts", "--ext", "md"]).expect(0, &counts(2));
    run(&["set", "--unset", "a", "--files-from", "list"])
        .expect(0, "0 posts changed, 1 unchanged, 0 failed\n");
    run(&["set", "c", "d", "--files-from", "list", "in/drafts"]).expect(0, &counts(2));
    assert_eq!(archive.read("in/c.txt"), "---\nc: d\n---\n<p>x</p>");
    let expected = "offprint: no VALUE is given: expected KEY VALUE PATH..., or --unset KEY PATH...\n";
    run(&["set", "c", "--files-from", "list"]).expect(2, expected);
    let checked = "2 posts checked, nothing found\n";
    run(&["check", "--files-from", "list", "in", "--glob", "e.md", "--allow", "all"]).expect(0, checked);
    if cfg!(feature = "parquet") {
        let packed = run(&["pack", "--files-from", "list", "in", "--glob", "e.md", "-o", "p"]).expect(0, "");
        assert_eq!(packed.summary.as_deref(), Some("2 posts, 0 failed"));
        run(&["pack", "--files-from", "list", "-o", "list"])
            .expect(2, "offprint: cannot write list: it is the input list\n");
    }
}
