//! Names of files as text. Not every system lets a file have a name that is not UTF-8; Linux does.

#[cfg(target_os = "linux")]
use std::ffi::OsStr;
#[cfg(target_os = "linux")]
use std::fs;
#[cfg(target_os = "linux")]
use std::os::unix::ffi::OsStrExt;

use crate::archive::Archive;

/// Names that look alike when what is not UTF-8 is replaced, or written in a careless way.
#[cfg(target_os = "linux")]
const NAMES: [(&[u8], &str); 6] = [
    (b"caf\\x5CxE9.md", r"caf\x5Cx5CxE9.md"),
    (b"caf\\xE9.md", r"caf\x5CxE9.md"),
    (b"caf\xe8.md", r"caf\xE8.md"),
    (b"caf\xe9.md", r"caf\xE9.md"),
    ("caf\u{e9}.md".as_bytes(), "caf\u{e9}.md"),
    ("caf\u{fffd}.md".as_bytes(), "caf\u{fffd}.md"),
];

#[cfg(target_os = "linux")]
#[test]
fn no_two_names_share_a_path_in_the_output() {
    let archive = Archive::new();
    fs::create_dir(archive.path().join("in")).unwrap();
    for (name, _) in NAMES {
        fs::write(archive.path().join("in").join(OsStr::from_bytes(name)), "---\nno end\n").unwrap();
    }
    let mut texts: Vec<_> = NAMES.iter().map(|(_, text)| format!("in/{text}")).collect();
    texts.sort();
    let message = ":1:1: front matter is not closed: found no line `---` or `...`\n";

    let run = archive.convert("in --report r");
    assert_eq!(run.code, Some(1));
    let mut messages: Vec<_> = run.stderr.lines().map(|line| format!("{line}\n")).collect();
    messages.sort();
    assert_eq!(messages, texts.iter().map(|text| format!("{text}{message}")).collect::<Vec<_>>());
    let reports = crate::archive::lines(&archive.read("r"));
    let mut paths: Vec<_> = reports.iter().map(|report| report["path"].as_str().unwrap()).collect();
    paths.sort_unstable();
    assert_eq!(paths, texts);

    let mut paths = archive.convert("in --recover").expect(0, "").paths();
    paths.sort();
    assert_eq!(paths, texts);
}

#[cfg(target_os = "linux")]
#[test]
fn files_of_a_folder_have_the_names_of_their_posts() {
    let archive = Archive::new();
    fs::create_dir(archive.path().join("in")).unwrap();
    for (name, _) in NAMES {
        fs::write(archive.path().join("in").join(OsStr::from_bytes(name)), "<p>x</p>").unwrap();
    }
    archive.convert("in --format markdown --output out").expect(0, "");
    let entries = fs::read_dir(archive.path().join("out")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut expected = NAMES.map(|(name, _)| OsStr::from_bytes(name));
    expected.sort();
    assert_eq!(names, expected);
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_above_an_article_and_in_a_message_is_written_the_same_way() {
    let archive = Archive::new();
    fs::write(archive.path().join(OsStr::from_bytes(b"\xff.md")), "<p>x</p>").unwrap();
    let run = archive.convert(". --format text").expect(0, "");
    assert_eq!(run.stdout, "==> ./\\xFF.md <==\n\nx\n\n");
    let mut command = archive.command("-");
    command.args([OsStr::from_bytes(b"\xfe.md"), OsStr::new("--output"), OsStr::from_bytes(b"\xff.md")]);
    let run = crate::archive::Run::of(command.output().unwrap());
    run.expect(2, "offprint: cannot read \\xFE.md: No such file or directory (os error 2)\n");
    let mut command = archive.command(". --format jsonl");
    command.args([OsStr::new("--output"), OsStr::from_bytes(b"\xff.md")]);
    let run = crate::archive::Run::of(command.output().unwrap());
    run.expect(2, "offprint: cannot write \\xFF.md: it is the input ./\\xFF.md\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_gives_a_day_and_a_slug() {
    let archive = Archive::new();
    fs::write(archive.path().join(OsStr::from_bytes(b"2020-01-02-caf\xe9.md")), "<p>x</p>").unwrap();
    for (arguments, code) in [(".", 0), (". --report -", 0)] {
        let posts = crate::archive::lines(&archive.convert(arguments).expect(code, "").stdout);
        assert_eq!(posts[0]["path"], r"./2020-01-02-caf\xE9.md");
        let meta = &posts[0]["meta"];
        assert_eq!((meta["date"].as_str(), meta["slug"].as_str()), (Some("2020-01-02"), Some("caf\u{fffd}")));
    }
}

#[test]
fn a_name_without_an_escape_in_it_stays() {
    let archive = Archive::new();
    archive.add("100%25 \u{8336} x41.md", "<p>x</p>");
    assert_eq!(archive.convert(".").expect(0, "").paths(), ["./100%25 \u{8336} x41.md"]);
}
