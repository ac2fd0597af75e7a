//! Refuses to write over what is read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::args::ConvertOptions;
use crate::folder::Folder;
use crate::target::{Identity, Target, real_path};
use crate::walk::{Input, Walk, links_to_folders};
use crate::{Failure, names};

/// Where posts go.
pub(crate) enum Destination {
    Stdout,
    File(Target),
    Folder(Folder),
}

/// Fails if a file that the run would replace is one that it reads, or if two of its files would be one.
///
/// Files are told apart by what they are, not by their names, which may lead to a file by links. Nothing is
/// written here. The inputs are walked only if a file is to be replaced, or a folder written to.
pub(crate) fn check(
    options: &ConvertOptions,
    posts: &Destination,
    report: Option<&Target>,
) -> Result<(), Failure> {
    let mut replaced = Replaced::default();
    replaced.extend(report);
    match posts {
        Destination::Stdout => {}
        Destination::File(posts) => {
            if report.is_some_and(|report| report.is_same(posts)) {
                return refusal("--output and --report name the same file");
            }
            replaced.extend([posts]);
        }
        Destination::Folder(folder) => {
            check_apart(folder, &options.paths)?;
            note_files(folder, &options.paths, report, &mut replaced)?;
        }
    }
    replaced.check(options)
}

/// Fails if a folder to write to is inside a folder that is read, or around one, be it by a link: what is
/// written might be read as a post.
fn check_apart(folder: &Folder, inputs: &[PathBuf]) -> Result<(), Failure> {
    let is_apart = |read: &Path| {
        real_path(read).is_ok_and(|read| !read.starts_with(folder.path()) && !folder.path().starts_with(read))
    };
    for input in inputs.iter().filter(|input| input.is_dir()) {
        let mut folders = std::iter::once(input.clone()).chain(links_to_folders(input));
        if let Some(read) = folders.find(|read| !is_apart(read)) {
            return refusal(&format!(
                "cannot write to {} what is read from {}: one is inside the other",
                folder.name(),
                names::text(&read)
            ));
        }
    }
    Ok(())
}

/// Notes which files in a folder would be replaced. Fails if the report would be one of the files.
fn note_files(
    folder: &Folder,
    inputs: &[PathBuf],
    report: Option<&Target>,
    replaced: &mut Replaced,
) -> Result<(), Failure> {
    if report.is_none() && !folder.path().exists() {
        return Ok(());
    }
    for input in walk(inputs)? {
        let path = folder.path_for(&input);
        let may_be_report = report.is_some_and(|report| report.path().file_name() == path.file_name());
        if !may_be_report && path.symlink_metadata().is_err() {
            continue;
        }
        // What cannot be written is told when its turn comes.
        let Ok(target) = Target::look_at(&path) else { continue };
        if let Some(report) = report.filter(|report| report.is_same(&target)) {
            return refusal(&format!(
                "--report {} is where the post {} is to be written",
                report.name(),
                names::text(input.path())
            ));
        }
        replaced.extend([&target]);
    }
    Ok(())
}

/// The files that the run would replace, with the names that the user knows them by.
#[derive(Default)]
struct Replaced(HashMap<Identity, String>);

impl Replaced {
    fn extend<'t>(&mut self, targets: impl IntoIterator<Item = &'t Target>) {
        for target in targets {
            if let Some(file) = target.replaced() {
                self.0.entry(file).or_insert_with(|| target.name().to_owned());
            }
        }
    }

    /// Fails if one of them is read.
    fn check(&self, options: &ConvertOptions) -> Result<(), Failure> {
        if self.0.is_empty() {
            return Ok(());
        }
        for path in &options.rules {
            self.check_one(path, Identity::of(path))?;
        }
        for input in walk(&options.paths)? {
            let file = match &input {
                Input::Stdin => Identity::of_stdin(),
                Input::File(path, _) => Identity::of(path),
                Input::Unreadable { .. } => None,
            };
            self.check_one(input.path(), file)?;
        }
        Ok(())
    }

    fn check_one(&self, path: &Path, file: Option<Identity>) -> Result<(), Failure> {
        match file.and_then(|file| self.0.get(&file)) {
            Some(name) => refusal(&format!("cannot write {name}: it is the input {}", names::text(path))),
            None => Ok(()),
        }
    }
}

fn walk(inputs: &[PathBuf]) -> Result<Walk, Failure> {
    Walk::new(inputs).map_err(Failure::Message)
}

fn refusal(message: &str) -> Result<(), Failure> {
    Err(Failure::Message(format!("offprint: {message}")))
}
