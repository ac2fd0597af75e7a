//! Keys that are set and taken out.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use crate::archive::{Archive, Run};

const TEA: &str = "---\ntitle: 'Tea' # green\ntags:\n  - hot\n---\n<p>Boil water.</p>\n";

impl Archive {
    /// `offprint set` with these arguments.
    fn set(&self, arguments: &[&str]) -> Run {
        Run::of(self.offprint(&[&["set"], arguments].concat()).output().unwrap())
    }

    /// Sets a key of one post, and returns the line that has changed.
    #[track_caller]
    fn line(&self, key: &str, value: &[&str]) -> String {
        self.add("one.md", "---\nk: x\n---\n");
        self.set(&[&["-q", key], value, &["one.md"]].concat()).expect(0, "");
        let edited = self.read("one.md");
        edited
            .strip_prefix("---\n")
            .and_then(|rest| rest.strip_suffix("\n---\n"))
            .expect("a block")
            .to_owned()
    }
}

#[test]
fn a_key_is_set_in_place() {
    let archive = Archive::new();
    archive.add("in/a.md", TEA).add("in/b/c.html", "<p>c</p>").add("in/d.md", "---\ntitle: Rain\n---\n");
    archive.add("in/note.txt", "---\ntitle: x\n---\n").add("in/.e.md", "---\ntitle: x\n---\n");
    let run = archive.set(&["title", "Rain", "in"]).expect(0, "2 posts changed, 1 unchanged, 0 failed\n");
    assert_eq!(run.stdout, "");
    assert_eq!(archive.read("in/a.md"), TEA.replace("'Tea'", "'Rain'"));
    assert_eq!(archive.read("in/b/c.html"), "---\ntitle: Rain\n---\n<p>c</p>");
    assert_eq!(archive.read("in/d.md"), "---\ntitle: Rain\n---\n");
    assert_eq!(archive.read("in/note.txt"), "---\ntitle: x\n---\n");
    assert_eq!(archive.read("in/.e.md"), "---\ntitle: x\n---\n");
    archive.set(&["title", "Rain", "in"]).expect(0, "0 posts changed, 3 unchanged, 0 failed\n");
    archive.set(&["title", "Sun", "in/d.md", "-q"]).expect(0, "");
    archive.set(&["title", "Fog", "in/d.md"]).expect(0, "1 post changed, 0 unchanged, 0 failed\n");
}

#[test]
fn a_value_is_what_it_looks_like() {
    let archive = Archive::new();
    for (value, line) in [
        ("3", "k: 3"),
        ("-3", "k: -3"),
        ("0.5", "k: 0.5"),
        ("true", "k: true"),
        ("null", "k: null"),
        ("~", "k: null"),
        ("", "k: \"\""),
        ("yes", "k: \"yes\""),
        ("2024-01-02", "k: 2024-01-02"),
        ("Tea", "k: Tea"),
        ("Tea: a guide", "k: \"Tea: a guide\""),
        ("Tea #1", "k: \"Tea #1\""),
        ("*a", "k: \"*a\""),
        (" a", "k: \" a\""),
        ("a\nb", "k: |-\n  a\n  b"),
        ("'3'", "k: \"3\""),
        ("\"\\u8336\"", "k: 茶"),
        ("[a, 'b, c', 3]", "k: [a, \"b, c\", 3]"),
        ("{a: [b], c: {}}", "k: {a: [b], c: {}}"),
        ("[]", "k: []"),
    ] {
        assert_eq!(archive.line("k", &[value]), line, "{value}");
    }
    for (value, line) in [("3", "k: \"3\""), ("[a]", "k: \"[a]\""), ("'a'", "k: \"'a'\""), ("Tea", "k: Tea")]
    {
        assert_eq!(archive.line("k", &["--string", value]), line, "{value}");
    }
    archive.add("hyphen.md", "");
    archive.set(&["-q", "title", "--", "- a", "hyphen.md"]).expect(0, "");
    assert_eq!(archive.read("hyphen.md"), "---\ntitle: \"- a\"\n---\n");
    assert_eq!(archive.line("the key", &["3"]), "k: x\nthe key: 3");
}

#[test]
fn a_number_keeps_its_spelling_where_the_format_has_it() {
    let archive = Archive::new();
    for (value, yaml, toml, json) in [
        ("1.10", "1.10", "1.10", "1.10"),
        ("0x10", "0x10", "0x10", "16"),
        ("1e3", "1e3", "1e3", "1e3"),
        ("+5", "+5", "+5", "5"),
        (".50", ".50", "0.5", "0.5"),
        ("5.", "5.", "5.0", "5.0"),
        ("7", "7", "7", "7"),
    ] {
        for old in ["", "1.100", "'x'"] {
            let line = |start: &str, end: &str, value: &str| match value {
                "" => String::new(),
                value => format!("{start}{value}{end}"),
            };
            let json_value = |value: &str| format!("{{\"a\": 1{}}}\n", line(", \"k\": ", "", value));
            archive.add("a.md", format!("---\na: 1\n{}---\n", line("k: ", "\n", old)));
            archive.add("b.md", format!("+++\na = 1\n{}+++\n", line("k = ", "\n", old)));
            archive.add("c.md", json_value(&old.replace('\'', "\"")));
            archive.set(&["-q", "k", value, "."]).expect(0, "");
            assert_eq!(archive.read("a.md"), format!("---\na: 1\nk: {yaml}\n---\n"), "{value} {old}");
            assert_eq!(archive.read("b.md"), format!("+++\na = 1\nk = {toml}\n+++\n"), "{value} {old}");
            assert_eq!(archive.read("c.md"), json_value(json), "{value} {old}");
            archive.set(&["k", value, "."]).expect(0, "0 posts changed, 3 unchanged, 0 failed\n");
        }
    }
    archive.add("d.md", "---\nk: &a 1.10\nb: *a\n---\n");
    archive.set(&["k", "1.1", "d.md"]).expect(0, "0 posts changed, 1 unchanged, 0 failed\n");
}

#[test]
fn a_key_is_taken_out() {
    let archive = Archive::new();
    archive.add("a.md", TEA).add("b.md", "<p>b</p>").add("c.md", "---\ntags: x\n---\n");
    archive.set(&["--unset", "tags", "."]).expect(0, "2 posts changed, 1 unchanged, 0 failed\n");
    assert_eq!(archive.read("a.md"), "---\ntitle: 'Tea' # green\n---\n<p>Boil water.</p>\n");
    assert_eq!((archive.read("b.md"), archive.read("c.md")), ("<p>b</p>".into(), "---\n---\n".into()));
}

#[test]
fn what_cannot_be_edited_fails_and_stays() {
    let archive = Archive::new();
    archive.add("a.md", TEA).add("anchor.md", "---\ntitle: &a Tea\nslug: *a\n---\n");
    archive.add("broken.md", "---\ntitle: 'Tea\n---\n").add("open.md", "---\ntitle: Tea\n");
    let before = archive.contents();
    let messages = "\
./anchor.md:2:8: cannot edit `title` of the front matter: it holds an anchor (`&`) that another value refers to
./broken.md:2:8: invalid YAML in the front matter: found unexpected end of stream, while scanning a quoted scalar
./open.md:1:1: front matter is not closed: found no line `---` or `...`
";
    let summary = |count: &str| format!("{messages}{count}, 3 failed\n");
    archive.set(&["title", "Rain", ".", "-n"]).expect(1, &summary("1 post would change, 0 unchanged"));
    assert_eq!(archive.contents(), before);
    archive.set(&["title", "Rain", "."]).expect(1, &summary("1 post changed, 0 unchanged"));
    assert_eq!(archive.contents()[1..], before[1..]);
}

#[test]
fn a_dry_run_shows_the_changes() {
    let archive = Archive::new();
    archive.add("a.md", TEA).add("b.md", "<p>b</p>").add("c.md", "---\ntitle: Rain\n---\n");
    let before = archive.contents();
    let run = archive.set(&["--dry-run", "title", "Rain", "a.md", "b.md", "c.md"]);
    let run = run.expect(0, "2 posts would change, 1 unchanged, 0 failed\n");
    let diff = "\
--- a.md
+++ a.md
@@ -1,5 +1,5 @@
 ---
-title: 'Tea' # green
+title: 'Rain' # green
 tags:
   - hot
 ---
--- b.md
+++ b.md
@@ -1,1 +1,4 @@
+---
+title: Rain
+---
 <p>b</p>
\\ No newline at end of file
";
    assert_eq!(run.stdout, diff);
    assert_eq!(archive.contents(), before);
    archive.add("a b.md", "---\ntitle: x\n---\n");
    let run = archive.set(&["-nq", "--unset", "title", "a b.md"]).expect(0, "");
    assert_eq!(run.stdout.lines().take(2).collect::<Vec<_>>(), ["--- a b.md\t", "+++ a b.md\t"]);
    let run = archive.set(&["-nq", "--unset", "title", "c.md"]).expect(0, "");
    assert_eq!(run.stdout, "--- c.md\n+++ c.md\n@@ -1,3 +1,2 @@\n ---\n-title: Rain\n ---\n");
}

#[test]
fn bytes_that_are_not_utf8_stay_in_the_body() {
    let archive = Archive::new();
    archive.add("a.md", b"---\ntitle: Tea\n---\ncaf\xe9\n").add("b.md", b"caf\xe9\n");
    archive.add("c.md", b"---\ntitle: caf\xe9\n---\n").add("d.md", b"---\n\xe9\n");
    let messages = "c.md:2:11: invalid UTF-8\nd.md:2:1: invalid UTF-8\n";
    let summary = "2 posts changed, 0 unchanged, 2 failed\n";
    let run = archive.set(&["title", "Rain", "a.md", "b.md", "c.md", "d.md"]);
    run.expect(1, &format!("{messages}{summary}"));
    let bytes = |path: &str| fs::read(archive.path().join(path)).unwrap();
    assert_eq!(bytes("a.md"), b"---\ntitle: Rain\n---\ncaf\xe9\n");
    assert_eq!(bytes("b.md"), b"---\ntitle: Rain\n---\ncaf\xe9\n");
    assert_eq!(bytes("c.md"), b"---\ntitle: caf\xe9\n---\n");
    assert_eq!(bytes("d.md"), b"---\n\xe9\n");
}

#[test]
fn front_matter_that_is_not_utf8_gets_no_second_one() {
    let archive = Archive::new();
    let files: [(&str, &[u8], &str); 6] = [
        ("a.md", b"{\n  \"title\": \"caf\xe9\",\n  \"a\": 1\n}\n", "2:16"),
        ("b.md", b"{\"title\": \"caf\xe9\"}\n<p>b</p>\n", "1:15"),
        ("c.md", b"\xef\xbb\xbf{\n\n  \"title\": \"caf\xe9\"\n}\n", "3:16"),
        ("d.md", b"+++\ntitle = \"caf\xe9\"\n+++\n", "2:13"),
        ("e.md", b"\xff\xfe-\0-\0-\0\n\0", "1:1"),
        ("f.md", b"\xfe\xff\0-\0-\0-\0\n", "1:1"),
    ];
    for (name, bytes, _) in files {
        archive.add(name, bytes);
    }
    archive.add("g.md", b"{{ page.title }}\ncaf\xe9\n").add("h.md", b"{% raw %} caf\xe9\n");
    let messages = files.map(|(name, _, at)| format!("./{name}:{at}: invalid UTF-8\n")).concat();
    let run = archive.set(&["title", "Rain", "."]);
    run.expect(1, &format!("{messages}2 posts changed, 0 unchanged, 6 failed\n"));
    for (name, bytes, _) in files {
        assert_eq!(fs::read(archive.path().join(name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn bad_usage_changes_nothing() {
    let archive = Archive::new();
    archive.add("a.md", TEA);
    let before = archive.contents();
    for (arguments, message) in [
        (&["title", "Rain"][..], "no PATH is given: expected KEY VALUE PATH..., or --unset KEY PATH..."),
        (&["title", "Rain", "x.md", "a.md"], "cannot read x.md: No such file or directory (os error 2)"),
        (&["title", "Rain", "-", "a.md"], "standard input cannot be edited in place"),
        (
            &["title", "[1] Tea", "a.md"],
            "VALUE is not YAML: did not find expected key, while parsing a block mapping; with --string it is \
             taken as a text",
        ),
        (
            &["title", "{a: b}\nc: d", "a.md"],
            "VALUE is not YAML: it is more than one value; with --string it is taken as a text",
        ),
    ] {
        archive.set(arguments).expect(2, &format!("offprint: {message}\n"));
    }
    for usage in
        [&["title"][..], &[], &["--unset", "--string", "title", "a.md"], &["-j0", "title", "x", "a.md"]]
    {
        assert_eq!(archive.set(usage).code, Some(2), "{usage:?}");
    }
    assert_eq!(archive.contents(), before);
}

#[test]
fn posts_are_named_in_the_order_of_their_paths_whatever_the_number_of_jobs() {
    let archive = Archive::new();
    for number in 0..200 {
        archive.add(
            &format!("{number:03}.md"),
            format!("---\nn: {number}\n---\n{}", "word\n".repeat(number * 9)),
        );
    }
    let run = archive.set(&["n", "7", ".", "-n", "-j", "1"]);
    let run = run.expect(0, "199 posts would change, 1 unchanged, 0 failed\n");
    let paths: Vec<&str> = run.stdout.lines().filter_map(|line| line.strip_prefix("+++ ")).collect();
    assert!(paths.len() == 199 && paths.is_sorted());
    assert_eq!(archive.set(&["n", "7", ".", "-n", "-j", "8"]).stdout, run.stdout);
}

#[cfg(unix)]
#[test]
fn modes_and_links_stay_and_other_files_are_not_touched() {
    let archive = Archive::new();
    archive.add("there/a.md", TEA).add("same.md", "---\ntitle: Rain\n---\n").add("locked.md", TEA);
    let path = |name: &str| archive.path().join(name);
    let set_mode = |name: &str, mode: u32| {
        fs::set_permissions(path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    set_mode("there/a.md", 0o640);
    set_mode("locked.md", 0o444);
    symlink("there/a.md", path("link.md")).unwrap();
    symlink("there/a.md", path("other.md")).unwrap();
    let inode = |name: &str| fs::metadata(path(name)).unwrap().ino();
    let (same, locked) = (inode("same.md"), inode("locked.md"));
    let posts = ["title", "Rain", "link.md", "locked.md", "other.md", "same.md"];
    let message = "locked.md: cannot write: it is read-only\n";
    let run = archive.set(&[&["-n"], &posts[..]].concat());
    run.expect(1, &format!("{message}1 post would change, 2 unchanged, 1 failed\n"));
    let run = archive.set(&posts);
    run.expect(1, &format!("{message}1 post changed, 2 unchanged, 1 failed\n"));
    assert!(path("link.md").is_symlink() && path("other.md").is_symlink());
    assert_eq!(fs::metadata(path("there/a.md")).unwrap().mode() & 0o7777, 0o640);
    assert_eq!(archive.read("there/a.md"), TEA.replace("'Tea'", "'Rain'"));
    assert_eq!((inode("same.md"), inode("locked.md")), (same, locked));
    assert_eq!(archive.read("locked.md"), TEA);
    assert_eq!(archive.names(), ["link.md", "locked.md", "other.md", "same.md", "there"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_read() {
    let archive = Archive::new();
    let made = std::process::Command::new("mkfifo").arg(archive.path().join("pipe")).status().unwrap();
    assert!(made.success());
    for option in ["-q", "-nq"] {
        let run = archive.set(&[option, "title", "Rain", "pipe", "/dev/zero"]);
        run.expect(1, "/dev/zero: it is not a file\npipe: it is not a file\n");
    }
}

/// As the help says.
#[test]
fn tables_of_toml_and_the_fences_of_the_last_key_stay() {
    let archive = Archive::new();
    let toml = "+++\na.b = 1\n[c]\nd = 1\n+++\n";
    archive.add("a.md", toml).add("b.md", "<p>b</p>\n");
    for key in ["a", "c"] {
        let message =
            format!("cannot edit `{key}` of the front matter: it is a table that headers or keys with");
        for arguments in [&["-q", key, "1", "a.md"][..], &["-q", "--unset", key, "a.md"]] {
            let run = archive.set(arguments);
            assert!(run.code == Some(1) && run.stderr.contains(&message), "{}", run.stderr);
        }
    }
    assert_eq!(archive.read("a.md"), toml);
    archive.set(&["-q", "k", "1", "b.md"]).expect(0, "");
    archive.set(&["-q", "--unset", "k", "b.md"]).expect(0, "");
    assert_eq!(archive.read("b.md"), "---\n---\n<p>b</p>\n");
}

#[cfg(unix)]
#[test]
fn the_other_names_of_a_file_keep_the_old_content() {
    let archive = Archive::new();
    archive.add("a.md", TEA);
    fs::hard_link(archive.path().join("a.md"), archive.path().join("b.txt")).unwrap();
    archive.set(&["-q", "title", "Rain", "."]).expect(0, "");
    assert_eq!(archive.read("a.md"), TEA.replace("'Tea'", "'Rain'"));
    assert_eq!(archive.read("b.txt"), TEA);
}
