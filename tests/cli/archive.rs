//! Archives of posts, and runs of the command on them.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A post whose title and link heading differ, and which holds an advertisement's slot.
pub(crate) const ODD: &str = "\
---
title: Tea
from: https://example.org/tea
---
[Coffee](https://example.org/tea)
------

<div><p>Boil the water.</p><div id=\"dfp-ad-imu1\"></div><p>Wait.</p></div>
";

/// An archive of posts in a folder of its own.
pub(crate) struct Archive(TempDir);

impl Archive {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn add(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The names in the archive's own folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Waits until a run that cannot end has begun a file here, and returns its name.
    pub(crate) fn wait_for_unfinished(&self, child: &mut Child) -> String {
        loop {
            if let Some(name) = self.names().into_iter().find(|name| name.starts_with(".offprint-")) {
                return name;
            }
            assert_eq!(child.try_wait().unwrap(), None, "the run goes on until its input ends");
            std::thread::yield_now();
        }
    }

    /// Every file below, with its content.
    pub(crate) fn contents(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = files_below(self.path());
        files.sort();
        files.into_iter().map(|path| (path.clone(), fs::read(self.path().join(path)).unwrap())).collect()
    }

    /// Runs the command, which must refuse with this message and leave everything as it is.
    #[track_caller]
    pub(crate) fn refuses(&self, arguments: &str, message: &str) {
        let before = (self.contents(), self.names());
        let run = self.convert(arguments).expect(2, &format!("offprint: {message}\n"));
        assert_eq!(run.stdout, "", "{arguments}");
        assert_eq!((self.contents(), self.names()), before, "{arguments}");
    }

    /// `offprint convert` with its working directory here. Arguments are split at spaces.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let arguments: Vec<&str> = std::iter::once("convert").chain(arguments.split(' ')).collect();
        self.offprint(&arguments)
    }

    /// `offprint` with its working directory here.
    pub(crate) fn offprint(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command.args(arguments).current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn convert(&self, arguments: &str) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }
}

/// What a run has left.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    /// Without the summary.
    pub(crate) stderr: String,
    /// The line at the end that counts the posts, without the time, which is always another.
    pub(crate) summary: Option<String>,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        let stderr = String::from_utf8(output.stderr).unwrap();
        let (messages, summary) = without_summary(&stderr);
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: messages.to_owned(),
            summary: summary.map(str::to_owned),
        }
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32, stderr: &str) -> Self {
        assert_eq!((self.code, self.stderr.as_str()), (Some(code), stderr));
        self
    }

    pub(crate) fn lines(&self) -> Vec<Value> {
        lines(&self.stdout)
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.lines().iter().map(|line| line["path"].as_str().unwrap().to_owned()).collect()
    }
}

/// Messages without the line at the end that counts the posts, as in `3 posts, 1 failed, 0.2 s`, and that line
/// without the time.
fn without_summary(messages: &str) -> (&str, Option<&str>) {
    let line = messages.lines().next_back().unwrap_or_default();
    let is_time = |time: &str| time.ends_with(" s") && time.starts_with(|first: char| first.is_ascii_digit());
    match line.rsplit_once(", ") {
        Some((counts, time)) if counts.ends_with(" failed") && is_time(time) => {
            (&messages[..messages.len() - line.len() - 1], Some(counts))
        }
        _ => (messages, None),
    }
}

pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The paths of all files in a folder and below.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(open) = folders.pop() {
        for entry in fs::read_dir(open).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.is_file() {
                files.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files
}
