//! The files of a test, and the failures found in them.

use std::fs;
use std::path::{Path, PathBuf};

/// All files with this extension under `folder`, sorted; a README is about the files and none of them.
pub(crate) fn with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension)
                && path.file_stem().is_some_and(|stem| stem != "README")
            {
                files.push(path);
            }
        }
    }
    assert!(!files.is_empty(), "{}: no .{extension} files", folder.display());
    files.sort();
    files
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What went wrong in which file, so that one run shows all of it.
#[derive(Default)]
pub(crate) struct Failures(Vec<String>);

impl Failures {
    /// Notes that something is wrong with a file.
    pub(crate) fn add(&mut self, path: &Path, message: impl std::fmt::Display) {
        self.0.push(format!("{}: {message}", path.display()));
    }

    /// Fails with all of the failures, if there are any.
    #[track_caller]
    pub(crate) fn finish(self) {
        assert!(self.0.is_empty(), "{} failures\n{}", self.0.len(), self.0.join("\n"));
    }
}
