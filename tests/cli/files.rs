//! Files that are written, and what they replace.

use std::fs;
use std::io::Read;
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::process::Stdio;

use crate::archive::{Archive, Run};

#[test]
fn a_file_takes_its_name_when_it_is_whole() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("bad.md", "---\ntitle: x\n").add("out.jsonl", "old\n");

    // Standard input stays open, and so the run cannot end.
    let mut child = archive.command("a.md - --output out.jsonl").stdin(Stdio::piped()).spawn().unwrap();
    archive.wait_for_unfinished(&mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(archive.read("out.jsonl"), "old\n");

    let run = archive.convert("a.md bad.md --output out.jsonl");
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(archive.read("out.jsonl"), archive.convert("a.md").stdout);
    archive.convert("a.md --output new.jsonl").expect(0, "");
    assert_eq!(archive.read("new.jsonl"), archive.read("out.jsonl"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let archive = Archive::new();
    for number in 0..500 {
        archive.add(&format!("{number}.md"), format!("<p>{}</p>", "word ".repeat(2000)));
    }
    let mut child = archive.command(".").spawn().unwrap();
    let mut start = [0; 8];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    assert_eq!(&start, br#"{"path":"#);
    Run::of(child.wait_with_output().unwrap()).expect(0, "");
}

#[cfg(unix)]
fn mode(archive: &Archive, path: &str) -> u32 {
    fs::metadata(archive.path().join(path)).unwrap().mode() & 0o7777
}

#[cfg(unix)]
fn set_mode(archive: &Archive, path: &str, mode: u32) {
    fs::set_permissions(archive.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_mode() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("plain", "");
    let new = mode(&archive, "plain");
    archive.convert("a.md --output o --report r").expect(0, "");
    archive.convert("a.md --format text --output out").expect(0, "");
    for path in ["o", "r", "out/a.txt"] {
        assert_eq!(mode(&archive, path), new, "{path} is like any new file");
    }
    for kept in [0o600, 0o640, 0o666, 0o755, 0o2644] {
        for path in ["o", "r", "out/a.txt"] {
            archive.add(path, "old");
            set_mode(&archive, path, kept);
        }
        archive.convert("a.md --output o --report r").expect(0, "");
        archive.convert("a.md --format text --output out").expect(0, "");
        for path in ["o", "r", "out/a.txt"] {
            assert_eq!(mode(&archive, path), kept, "{path}, {kept:o}");
            assert_ne!(archive.read(path), "old");
        }
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_a_private_file_while_it_is_written() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("o", "old");
    set_mode(&archive, "o", 0o600);
    let mut child = archive.command("- --output o").stdin(Stdio::piped()).spawn().unwrap();
    let unfinished = archive.wait_for_unfinished(&mut child);
    assert_eq!(mode(&archive, &unfinished), 0o600);
    drop(child.stdin.take());
    Run::of(child.wait_with_output().unwrap()).expect(0, "");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_owner() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("o", "old").add("out/a.txt", "old");
    for path in ["o", "out/a.txt"] {
        if chown(archive.path().join(path), Some(12345), Some(23456)).is_err() {
            eprintln!("not tested: only root can give files away");
            return;
        }
        set_mode(&archive, path, 0o640);
    }
    archive.convert("a.md --output o").expect(0, "");
    archive.convert("a.md --format text --output out").expect(0, "");
    for path in ["o", "out/a.txt"] {
        let metadata = fs::metadata(archive.path().join(path)).unwrap();
        assert_eq!((metadata.uid(), metadata.gid(), metadata.mode() & 0o7777), (12345, 23456, 0o640));
        assert_ne!(archive.read(path), "old");
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_leads_to_the_new_file() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("b.md", "<p>b</p>").add("there/o", "old");
    let path = |name: &str| archive.path().join(name);
    set_mode(&archive, "there/o", 0o600);
    symlink("there/o", path("link")).unwrap();
    symlink("there/new", path("dead")).unwrap();
    archive.convert("a.md --output link --report dead").expect(0, "");
    assert_eq!(archive.read("there/o"), archive.convert("a.md").stdout);
    assert_eq!(mode(&archive, "there/o"), 0o600);
    assert_eq!(archive.read("there/new").lines().count(), 1);
    assert!(path("link").is_symlink() && path("dead").is_symlink());

    fs::create_dir(path("out")).unwrap();
    symlink("../there/text", path("out/a.txt")).unwrap();
    symlink("../there/text", path("out/b.txt")).unwrap();
    let message = "b.md: not written: b.txt in the output is another post's\n";
    archive.convert("a.md b.md --format text --output out").expect(1, message);
    assert_eq!(archive.read("there/text"), "x\n");
    assert!(path("out/a.txt").is_symlink());
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>").add("b.md", "<p>b</p>").add("o", "old").add("out/a.txt", "old");
    for path in ["o", "out/a.txt"] {
        let path = archive.path().join(path);
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
    }
    archive.refuses("a.md --output o", "cannot write o: it is read-only");
    archive.refuses("a.md --output new --report ./o", "cannot write ./o: it is read-only");
    archive
        .convert("a.md b.md --format text --output out")
        .expect(1, "a.md: cannot write a.txt: it is read-only\n");
    assert_eq!((archive.read("out/a.txt"), archive.read("out/b.txt")), ("old".to_owned(), "b\n".to_owned()));
}
