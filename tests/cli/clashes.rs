//! No file that is read is written over.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::archive::Archive;

/// An archive with a folder of two posts, and a post and rules beside it.
fn archive() -> Archive {
    let archive = Archive::new();
    archive.add("j.md", "<p>j</p>").add("my.txt", "##.promo\n");
    archive.add("jj/ok.md", "<p>ok</p>").add("jj/deep/x.md", "<p>x</p>");
    archive
}

#[test]
fn the_output_is_no_input() {
    let archive = archive();
    let input = |output: &str, input: &str| format!("cannot write {output}: it is the input {input}");
    archive.refuses("j.md --output j.md", &input("j.md", "j.md"));
    archive.refuses("j.md --output ./jj/../j.md", &input("./jj/../j.md", "j.md"));
    let absolute = archive.path().join("j.md");
    let absolute = absolute.to_str().unwrap();
    archive.refuses(&format!("jj j.md --format jsonl --output {absolute}"), &input(absolute, "j.md"));
    archive.refuses("jj --format jsonl --output jj/ok.md", &input("jj/ok.md", "jj/ok.md"));
    archive.refuses("jj/ --format jsonl --output jj/deep/x.md", &input("jj/deep/x.md", "jj/deep/x.md"));
    archive.refuses("- . --format jsonl --output jj/deep/../ok.md", &input("jj/deep/../ok.md", "./jj/ok.md"));
    archive.refuses("j.md --rules my.txt --output my.txt", &input("my.txt", "my.txt"));

    // What is no post there is no input, and neither is a file that is new.
    archive.add("jj/notes.txt", "old\n");
    for output in ["jj/notes.txt", "jj/new.md"] {
        archive.convert(&format!("jj --format jsonl --output {output}")).expect(0, "");
        assert_eq!(archive.read(output).lines().count(), 2, "{output}");
    }
    archive.refuses("jj --format jsonl --output jj/new.md", &input("jj/new.md", "jj/new.md"));
}

#[test]
fn the_report_is_no_input_and_not_the_output() {
    let archive = archive();
    let input = |output: &str, input: &str| format!("cannot write {output}: it is the input {input}");
    archive.refuses("j.md --report j.md", &input("j.md", "j.md"));
    archive.refuses("jj --report jj/../jj/ok.md", &input("jj/../jj/ok.md", "jj/ok.md"));
    archive.refuses("jj --output new --report jj/ok.md", &input("jj/ok.md", "jj/ok.md"));
    archive.refuses("jj --format text --output new --report jj/ok.md", &input("jj/ok.md", "jj/ok.md"));
    archive.refuses("j.md --rules my.txt --report ./my.txt", &input("./my.txt", "my.txt"));

    let same = "--output and --report name the same file";
    archive.refuses("j.md --output o --report ./o", same);
    archive.add("o", "old\n").refuses("j.md --output ./o --report jj/../o", same);
    let taken = "--report out/j.txt is where the post j.md is to be written";
    archive.refuses("jj j.md --format text --output out --report out/j.txt", taken);
    archive.add("out/j.txt", "old\n");
    archive.refuses("jj j.md --format text --output ./out/../out --report out/j.txt", taken);
    archive.convert("jj j.md --format text --output out --report out/report").expect(0, "");
    assert_eq!(archive.read("out/j.txt"), "j\n");
    assert_eq!(archive.read("out/report").lines().count(), 3);
}

#[test]
fn no_file_of_a_folder_replaces_an_input() {
    let archive = archive();
    let apart =
        |output: &str| format!("cannot write to {output} what is read from jj: one is inside the other");
    archive.refuses("jj --format markdown --output jj", &apart("jj"));
    archive.refuses("jj --format markdown --output jj/new/er", &apart("jj/new/er"));
    archive.refuses("jj --format markdown --output new/../jj", &apart("new/../jj"));
    archive.refuses("jj --format html --output .", &apart("."));

    let own = "cannot write ./j.md: it is the input j.md";
    archive.refuses("j.md --format markdown --output .", own);
    archive
        .refuses("jj/ok.md --format markdown --output jj", "cannot write jj/ok.md: it is the input jj/ok.md");
    // The post that would be replaced is another than the one that would replace it.
    archive.add("other/deep/x.md", "<p>other</p>");
    let other = "cannot write jj/deep/x.md: it is the input jj/deep/x.md";
    archive.refuses("other jj/deep/x.md --format markdown --output jj", other);
    archive.add("jj/rules.html", "##.promo\n").add("rules.md", "<p>r</p>");
    let rules = "cannot write jj/rules.html: it is the input jj/rules.html";
    archive.refuses("rules.md --rules jj/rules.html --format html --output jj", rules);

    archive.convert("other --format markdown --output jj").expect(0, "");
    assert_eq!(archive.read("jj/deep/x.md"), "other\n");
}

#[cfg(unix)]
#[test]
fn names_do_not_hide_which_file_it_is() {
    let archive = archive();
    let path = |name: &str| archive.path().join(name);
    symlink("j.md", path("link")).unwrap();
    symlink("link", path("link-to-link.md")).unwrap();
    fs::hard_link(path("j.md"), path("hard")).unwrap();
    fs::hard_link(path("jj/ok.md"), path("hard.md")).unwrap();
    symlink("jj", path("folder")).unwrap();
    let input = |output: &str, input: &str| format!("cannot write {output}: it is the input {input}");
    archive.refuses("j.md --output link", &input("link", "j.md"));
    archive.refuses("j.md --report link-to-link.md", &input("link-to-link.md", "j.md"));
    archive.refuses("link-to-link.md --output j.md", &input("j.md", "link-to-link.md"));
    archive.refuses("j.md --output hard", &input("hard", "j.md"));
    archive.refuses("jj --format jsonl --output hard.md", &input("hard.md", "jj/ok.md"));
    archive.refuses("jj --format jsonl --output folder/ok.md", &input("folder/ok.md", "jj/ok.md"));
    archive.refuses("folder --format jsonl --output jj/ok.md", &input("jj/ok.md", "folder/ok.md"));
    archive.refuses("j.md --output new --report hard", &input("hard", "j.md"));
    archive.refuses("jj --output hard --report link", "--output and --report name the same file");
    // Links to what is not there yet.
    symlink("to-be", path("dead")).unwrap();
    archive.refuses("jj --output dead --report to-be", "--output and --report name the same file");

    fs::create_dir(path("out")).unwrap();
    symlink("../jj/ok.md", path("out/j.md")).unwrap();
    archive.refuses("jj j.md --format markdown --output out", &input("out/j.md", "jj/ok.md"));
    fs::remove_file(path("out/j.md")).unwrap();
    fs::hard_link(path("j.md"), path("out/j.md")).unwrap();
    archive.refuses("j.md --format markdown --output out", &input("out/j.md", "j.md"));
}

#[cfg(unix)]
#[test]
fn a_link_that_is_read_does_not_lead_to_the_output() {
    let archive = archive();
    let path = |name: &str| archive.path().join(name);
    let apart = |output: &str, read: &str| {
        format!("cannot write to {output} what is read from {read}: one is inside the other")
    };
    archive.add("jj/.hidden/x", "");
    symlink("../out", path("jj/dead")).unwrap();
    archive.refuses("jj --format markdown --output out", &apart("out", "jj/dead"));
    fs::remove_file(path("jj/dead")).unwrap();
    fs::create_dir_all(path("big/out")).unwrap();
    symlink("../big", path("jj/there")).unwrap();
    archive.refuses("jj --format text --output big/out", &apart("big/out", "jj/there"));
    archive.refuses("jj --format text --output big/new", &apart("big/new", "jj/there"));
    symlink("jj", path("same")).unwrap();
    archive.refuses("jj --format text --output same/new", &apart("same/new", "jj"));
    archive.convert("jj --format text --output out").expect(0, "");
    assert_eq!(archive.read("out/ok.txt"), "ok\n");
}

#[cfg(unix)]
#[test]
fn standard_input_may_be_a_file() {
    let archive = archive();
    let mut command = archive.command("- --output j.md");
    command.stdin(fs::File::open(archive.path().join("j.md")).unwrap());
    let run = crate::archive::Run::of(command.output().unwrap());
    run.expect(2, "offprint: cannot write j.md: it is the input -\n");
    assert_eq!(archive.read("j.md"), "<p>j</p>");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_as_it_is() {
    let archive = archive();
    let run = archive.convert("j.md --output /dev/stdout --report /dev/null").expect(0, "");
    assert_eq!(run.paths(), ["j.md"]);
    archive.convert("/dev/null --output /dev/null --report /dev/null").expect(0, "");
    assert!(!Path::new("/dev/null").is_file());

    let made = std::process::Command::new("mkfifo").arg(archive.path().join("pipe")).status().unwrap();
    assert!(made.success());
    let child = archive.command("j.md --output pipe").spawn().unwrap();
    assert!(archive.read("pipe").starts_with(r#"{"path":"j.md""#));
    crate::archive::Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert!(!archive.path().join("pipe").is_file());
}
