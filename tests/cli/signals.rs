//! Runs that are told to end.

use std::process::{Child, Command, Stdio};

use crate::archive::{Archive, Run, files_below};

const SIGNALS: [(&str, i32); 3] = [("INT", 130), ("TERM", 143), ("HUP", 129)];

/// `offprint convert` with every signal as it is by default.
fn command(archive: &Archive, arguments: &str) -> Command {
    with_default_signals(archive, archive.command(arguments))
}

/// A command with every signal as it is by default. A test that runs under `nohup`, say, would hand on that
/// hang-ups are ignored.
fn with_default_signals(archive: &Archive, plain: Command) -> Command {
    if cfg!(not(target_os = "linux")) {
        return plain;
    }
    let mut command = Command::new("env");
    command.arg("--default-signal=INT,TERM,HUP").arg(plain.get_program()).args(plain.get_args());
    command.current_dir(archive.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn a_signal_ends_the_run_and_leaves_no_unfinished_file() {
    for (signal, code) in SIGNALS {
        for arguments in ["a.md - --output o", "a.md - --output o --report r", "a.md - --report r"] {
            let archive = Archive::new();
            archive.add("a.md", "<p>x</p>").add("o", "old\n");
            let files = arguments.matches(" --").count();
            // Standard input stays open, and so the run cannot end.
            let mut child = command(&archive, arguments).stdin(Stdio::piped()).spawn().unwrap();
            let stdin = child.stdin.take();
            while archive.names().len() < 2 + files {
                assert_eq!(child.try_wait().unwrap(), None);
                std::thread::yield_now();
            }
            send(&child, signal);
            Run::of(child.wait_with_output().unwrap()).expect(code, "");
            drop(stdin);
            assert_eq!(archive.names(), ["a.md", "o"], "{signal}, {arguments}");
            assert_eq!(archive.read("o"), "old\n");
        }
    }
}

#[test]
fn a_signal_leaves_the_files_of_a_folder_whole() {
    let archive = Archive::new();
    for number in 0..3000 {
        archive.add(&format!("!in/{number}.md"), format!("<p>{}</p>", "word ".repeat(400)));
    }
    // Standard input, which stays open, is the last post.
    let mut child = command(&archive, "!in - --format text --output out").spawn().unwrap();
    let stdin = child.stdin.take();
    while !archive.path().join("out/1000.txt").is_file() {
        std::thread::yield_now();
    }
    send(&child, "TERM");
    Run::of(child.wait_with_output().unwrap()).expect(143, "");
    drop(stdin);
    let whole = format!("{}\n", ["word"; 400].join(" "));
    for file in files_below(&archive.path().join("out")) {
        assert_eq!(archive.read(&format!("out/{file}")), whole, "{file}");
    }
}

#[test]
fn a_signal_leaves_the_files_that_are_edited_whole() {
    let archive = Archive::new();
    let post = |title: &str| format!("---\ntitle: {title}\n---\n{}", "word\n".repeat(400));
    for number in 0..3000 {
        archive.add(&format!("{number:04}.md"), post("old"));
    }
    let set = archive.offprint(&["set", "title", "new", "."]);
    let mut child = with_default_signals(&archive, set).spawn().unwrap();
    while archive.read("0010.md") == post("old") {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::yield_now();
    }
    send(&child, "TERM");
    Run::of(child.wait_with_output().unwrap()).expect(143, "");
    assert_eq!(archive.names().len(), 3000);
    let old = archive.names().iter().filter(|name| archive.read(name) == post("old")).count();
    let new = archive.names().iter().filter(|name| archive.read(name) == post("new")).count();
    assert!(old > 0 && new > 10 && old + new == 3000, "{old}, {new}");
}

#[test]
fn a_run_that_writes_to_a_pipe_nobody_reads_ends_too() {
    for (signal, code) in SIGNALS {
        let archive = Archive::new();
        for number in 0..50 {
            archive.add(&format!("in/{number}.md"), format!("<p>{}</p>", "word ".repeat(2000)));
        }
        let mut child = command(&archive, "in --report r").spawn().unwrap();
        // The posts are more than a pipe holds, and so the run cannot end.
        let stdout = child.stdout.take();
        archive.wait_for_unfinished(&mut child);
        send(&child, signal);
        assert_eq!(child.wait().unwrap().code(), Some(code));
        drop(stdout);
        assert_eq!(archive.names(), ["in"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_to_be_ignored_is() {
    let archive = Archive::new();
    let plain = archive.command("- --output o");
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,TERM", "--ignore-signal=HUP"]);
    command.arg(plain.get_program()).args(plain.get_args()).current_dir(archive.path());
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    archive.wait_for_unfinished(&mut child);
    send(&child, "HUP");
    assert_eq!(child.try_wait().unwrap(), None);
    drop(child.stdin.take());
    Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert_eq!(archive.names(), ["o"]);
}
