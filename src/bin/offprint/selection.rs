//! The options that say which posts are read, beside the paths.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::filter::Filter;
use crate::{Failure, names};

/// Above the options in the help.
const HEADING: &str = "What is read";

/// Which posts are read, beside the paths.
#[derive(Debug, Args)]
pub(crate) struct Selection {
    /// Read the paths in FILE too, one on each line, or those on standard input if it is `-`.
    ///
    /// They are taken as if they were named as PATHs. Empty lines are passed over. Can be repeated.
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    pub(crate) files_from: Vec<PathBuf>,

    /// The same, with a NUL after each path, as `find -print0` writes them.
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    pub(crate) files0_from: Vec<PathBuf>,

    /// In folders, take the files with these extensions instead of md, markdown, html and htm, as in
    /// `md,txt`.
    #[arg(long, help_heading = HEADING, value_name = "LIST", value_delimiter = ',')]
    pub(crate) ext: Vec<String>,

    /// In folders, take only the files that match GLOB, as in `2024-*` or `news/**`. Can be repeated: one
    /// that matches is enough.
    ///
    /// A GLOB without `/` is compared with names, another one with paths below the folder that is named. `*`
    /// and `?` do not match a `/`; `**` matches any number of folders.
    #[arg(long, help_heading = HEADING, value_name = "GLOB")]
    pub(crate) glob: Vec<String>,

    /// In folders, pass over the files and folders that match GLOB, which is written as for --glob. Can be
    /// repeated.
    ///
    /// The order does not matter: a file is taken if it has one of the extensions, matches a --glob (if there
    /// is one), and neither it nor a folder that it is in matches an --exclude. What is named as a PATH or in
    /// --files-from is always taken.
    #[arg(long, help_heading = HEADING, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
}

/// The input that the user has named.
pub(crate) struct Selected {
    pub(crate) paths: Vec<PathBuf>,
    /// What is taken of folders.
    pub(crate) filter: Filter,
    /// The files that paths were read from.
    pub(crate) lists: Vec<PathBuf>,
}

impl Selection {
    /// Whether folders are not walked as they are without options.
    pub(crate) fn filters(&self) -> bool {
        [&self.ext, &self.glob, &self.exclude].iter().any(|list| !list.is_empty())
    }

    /// Whether files are named by an option.
    pub(crate) fn names_files(&self) -> bool {
        !self.files_from.is_empty() || !self.files0_from.is_empty()
    }

    /// The input, if these paths are named beside the options. Fails if a list of paths cannot be read, or if
    /// nothing is named.
    pub(crate) fn with_paths(&self, paths: &[PathBuf]) -> Result<Selected, Failure> {
        let filter = Filter::new(&self.ext, &self.glob, &self.exclude)?;
        let lists: Vec<PathBuf> = self.files_from.iter().chain(&self.files0_from).cloned().collect();
        let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
        let named = paths.iter().filter(is_stdin).count();
        let listed = lists.iter().filter(is_stdin).count();
        if listed > 1 || listed > 0 && named > 0 {
            return Err(Failure::Message("offprint: standard input is named twice".to_owned()));
        }
        let mut paths = paths.to_vec();
        for (number, list) in lists.iter().enumerate() {
            let is_by_line = number < self.files_from.len();
            push_paths(&mut paths, &read(list)?, is_by_line)?;
        }
        if paths.is_empty() {
            let empty: Vec<_> = lists.iter().map(|list| names::text(list)).collect();
            let message = format!("offprint: no posts found: no path in {}", empty.join(", "));
            return Err(Failure::Message(message));
        }
        Ok(Selected { paths, filter, lists })
    }
}

fn read(list: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        fs::read(list).map(|read| bytes = read)
    };
    match read {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Failure::Message(format!("offprint: cannot read {}: {error}", names::text(list)))),
    }
}

/// Adds the paths of a list.
fn push_paths(paths: &mut Vec<PathBuf>, list: &[u8], is_by_line: bool) -> Result<(), Failure> {
    for path in list.split(|byte| *byte == if is_by_line { b'\n' } else { 0 }) {
        let path = if is_by_line { path.strip_suffix(b"\r").unwrap_or(path) } else { path };
        match path {
            b"" => {}
            // The file of that name: a list cannot be in the input that it is read from.
            b"-" => paths.push(PathBuf::from("./-")),
            path => paths.push(path_of(path)?),
        }
    }
    Ok(())
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not all bytes are a path")]
fn path_of(bytes: &[u8]) -> Result<PathBuf, Failure> {
    use std::os::unix::ffi::OsStrExt;

    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> Result<PathBuf, Failure> {
    let path = std::str::from_utf8(bytes).map(PathBuf::from);
    path.map_err(|_| Failure::Message("offprint: a path in a list is not UTF-8".to_owned()))
}
