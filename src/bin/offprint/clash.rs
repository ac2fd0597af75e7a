//! Refuses to write over what is read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::folder::Folder;
use crate::inputs::Inputs;
use crate::shard_folder::ShardFolder;
use crate::shards::Shards;
use crate::target::{Identity, Target, real_path};
use crate::walk::links_to_folders;
use crate::{Failure, names};

/// Where posts go.
pub(crate) enum Destination {
    Stdout,
    File(Target),
    Folder(Folder),
    Shards(Box<Shards>),
}

/// Fails if a file that the run would replace is one that it reads, or if two of its files would be one.
///
/// Files are told apart by what they are, not by their names, which may lead to a file by links. Nothing is
/// written here. The inputs are walked only if a file is to be replaced, or a folder written to.
pub(crate) fn check(
    inputs: Inputs<'_>,
    rules: &[PathBuf],
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
            check_apart(&folder.name(), folder.path(), inputs)?;
            note_files(folder, inputs, report, &mut replaced)?;
        }
        Destination::Shards(shards) => {
            let folder = shards.folder();
            check_apart(&folder.name(), folder.path(), inputs)?;
            check_outside(folder, inputs)?;
            note_shards(folder, report, &mut replaced)?;
        }
    }
    replaced.check(inputs, rules)
}

/// Fails if a file that is to be written is one that is read.
pub(crate) fn check_file(inputs: Inputs<'_>, target: &Target) -> Result<(), Failure> {
    let mut replaced = Replaced::default();
    replaced.extend([target]);
    replaced.check(inputs, &[])
}

/// Fails if a folder to write to is inside a folder that is read, or around one, be it by a link: what is
/// written might be read as a post.
fn check_apart(name: &str, folder: &Path, inputs: Inputs<'_>) -> Result<(), Failure> {
    let is_apart = |read: &Path| {
        real_path(read).is_ok_and(|read| !read.starts_with(folder) && !folder.starts_with(read))
    };
    for input in inputs.folders() {
        let mut folders = std::iter::once(input.clone()).chain(links_to_folders(input));
        if let Some(read) = folders.find(|read| !is_apart(read)) {
            return one_inside_the_other(name, &read);
        }
    }
    Ok(())
}

/// Fails if a file of records is in the folder that shards are written to: it might be read as one of them.
fn check_outside(folder: &ShardFolder, inputs: Inputs<'_>) -> Result<(), Failure> {
    let is_inside = |file: &Path| real_path(file).is_ok_and(|file| file.starts_with(folder.path()));
    match inputs.record_files().find(|file| is_inside(file)) {
        Some(file) => one_inside_the_other(&folder.name(), file),
        None => Ok(()),
    }
}

fn one_inside_the_other(folder: &str, read: &Path) -> Result<(), Failure> {
    let read = names::text(read);
    refusal(&format!("cannot write to {folder} what is read from {read}: one is inside the other"))
}

/// Notes which files in the folder of the shards would be replaced. Fails if the report might be one of them.
fn note_shards(
    folder: &ShardFolder,
    report: Option<&Target>,
    replaced: &mut Replaced,
) -> Result<(), Failure> {
    if let Some(report) = report.filter(|report| folder.may_hold(report.path())) {
        return refusal(&format!("--report {} has the name of a file of --output", report.name()));
    }
    for path in folder.files()? {
        // What cannot be written is told when its turn comes.
        replaced.extend(Target::look_at(&path).ok().as_ref());
    }
    Ok(())
}

/// Notes which files in a folder would be replaced. Fails if the report would be one of the files.
fn note_files(
    folder: &Folder,
    inputs: Inputs<'_>,
    report: Option<&Target>,
    replaced: &mut Replaced,
) -> Result<(), Failure> {
    if report.is_none() && !folder.path().exists() {
        return Ok(());
    }
    for input in inputs.post_files()? {
        let path = folder.path_for(input.path_below());
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
    fn check(&self, inputs: Inputs<'_>, rules: &[PathBuf]) -> Result<(), Failure> {
        if self.0.is_empty() {
            return Ok(());
        }
        for path in rules {
            self.check_one(path, Identity::of(path))?;
        }
        for (path, file) in inputs.files()? {
            self.check_one(&path, file)?;
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

fn refusal(message: &str) -> Result<(), Failure> {
    Err(Failure::Message(format!("offprint: {message}")))
}
