//! The folder of a table in shards, and the names in it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::output::cannot_write;
use crate::part::Part;
use crate::target::real_path;
use crate::{Failure, names};

/// The folder that the shards of a run are written to.
pub(crate) struct ShardFolder {
    /// As the user calls it.
    name: PathBuf,
    /// Without links, `.` and `..`.
    path: PathBuf,
    part: Option<Part>,
}

impl ShardFolder {
    /// The folder at a path, which need not be there.
    pub(crate) fn new(path: &Path, part: Option<Part>) -> Result<Self, Failure> {
        let failure = |error| cannot_write(&names::text(path), &error);
        if path.metadata().is_ok_and(|metadata| !metadata.is_dir()) {
            return Err(failure(ErrorKind::NotADirectory.into()));
        }
        let real = real_path(path).map_err(failure)?;
        Ok(Self { name: path.to_owned(), path: real, part })
    }

    /// Makes the folder if it is not there.
    pub(crate) fn create(&self) -> Result<(), Failure> {
        fs::create_dir_all(&self.path).map_err(|error| cannot_write(&self.name(), &error))
    }

    /// As the user calls it.
    pub(crate) fn name(&self) -> String {
        names::text(&self.name)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file is in the folder, as the user calls it.
    pub(crate) fn join(&self, file: &str) -> PathBuf {
        self.name.join(file)
    }

    /// The name of a shard.
    pub(crate) fn shard(&self, number: u32) -> String {
        match self.part {
            Some(part) => format!("posts-{}-{number:05}.parquet", part.in_names()),
            None => format!("posts-{number:05}.parquet"),
        }
    }

    /// The number of the shard of that name.
    pub(crate) fn number(&self, shard: &str) -> Option<u32> {
        let (_, number) = shard.strip_suffix(".parquet")?.rsplit_once('-')?;
        number.parse().ok().filter(|number| self.shard(*number) == shard)
    }

    /// The name of the manifest.
    pub(crate) fn manifest(&self) -> String {
        match self.part {
            Some(part) => format!("manifest-{}.json", part.in_names()),
            None => "manifest.json".to_owned(),
        }
    }

    /// The names of the manifests of other parts.
    pub(crate) fn manifests_beside(&self) -> Result<Vec<String>, Failure> {
        let own = self.manifest();
        let mut names = self.named()?;
        names.retain(|name| *name != own && Named::new(name).is_some_and(|named| !named.is_shard));
        Ok(names)
    }

    /// Whether a path, which is without links, may be that of a file of a run.
    pub(crate) fn may_hold(&self, path: &Path) -> bool {
        path.parent() == Some(&self.path)
            && path.file_name().and_then(|name| name.to_str()).is_some_and(|name| Named::new(name).is_some())
    }

    /// The files in the folder that are named as if runs had written them, in order.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        Ok(self.named()?.iter().map(|name| self.join(name)).collect())
    }

    /// Fails if the folder holds files with which the new ones would not be one table: those of the whole
    /// input beside those of a part, those of other parts, and shards without a manifest.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let own = self.part.map(Part::in_names);
        let files = self.named()?;
        let has_manifest = files.contains(&self.manifest());
        for name in &files {
            let Some(named) = Named::new(name) else { continue };
            let is_own = named.part == own.as_deref();
            let is_beside = self.part.zip(named.part).is_some_and(|(part, in_name)| part.is_beside(in_name));
            let reason = if !is_own && !is_beside {
                "another division of the input"
            } else if is_own && named.is_shard && !has_manifest {
                "a run that has left no manifest"
            } else {
                continue;
            };
            let folder = self.name();
            return Err(Failure::Message(format!(
                "offprint: cannot write to {folder}: it holds {name}, which is of {reason}; \
                write to another folder"
            )));
        }
        Ok(())
    }

    /// The names in the folder that are those of shards or manifests, in order.
    fn named(&self) -> Result<Vec<String>, Failure> {
        let failure = |error| Failure::Message(format!("offprint: cannot read {}: {error}", self.name()));
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failure(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(failure)?.file_name();
            names.extend(name.to_str().filter(|name| Named::new(name).is_some()).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }
}

/// A name as runs give them.
struct Named<'n> {
    is_shard: bool,
    /// As in `posts-1-of-3-00001.parquet`.
    part: Option<&'n str>,
}

impl<'n> Named<'n> {
    fn new(name: &'n str) -> Option<Self> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_part = |text: &str| text.split_once("-of-").is_some_and(|(i, n)| is_number(i) && is_number(n));
        if let Some(rest) = name.strip_prefix("manifest").and_then(|rest| rest.strip_suffix(".json")) {
            let part = rest.strip_prefix('-');
            let is_named = rest.is_empty() || part.is_some_and(is_part);
            return is_named.then_some(Self { is_shard: false, part });
        }
        let rest = name.strip_prefix("posts-")?.strip_suffix(".parquet")?;
        let (part, number) = match rest.rsplit_once('-') {
            Some((part, number)) => (Some(part), number),
            None => (None, rest),
        };
        let is_named = is_number(number) && part.is_none_or(is_part);
        is_named.then_some(Self { is_shard: true, part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_again() {
        let part = Part::parse("3/12").ok();
        for part in [None, part] {
            let folder = ShardFolder { name: PathBuf::from("o"), path: PathBuf::from("/o"), part };
            assert_eq!(folder.number(&folder.shard(123_456)), Some(123_456));
            assert_eq!(folder.number("posts-1-of-2-00001.parquet"), None);
            assert_eq!(folder.number("x/posts-00001.parquet"), None);
            for (name, is_shard) in
                [(folder.shard(1), true), (folder.shard(1_234_567), true), (folder.manifest(), false)]
            {
                let named = Named::new(&name).unwrap();
                let in_names = part.map(Part::in_names);
                assert_eq!((named.is_shard, named.part), (is_shard, in_names.as_deref()), "{name}");
                assert!(folder.may_hold(&folder.path.join(name)));
            }
        }
        for name in [
            "posts-.parquet",
            "posts-a.parquet",
            "posts-1-of-00001.parquet",
            "posts-1-of-2.parquet",
            "posts.parquet",
            "manifest-1.json",
            "manifest-.json",
            "manifest2.json",
            "posts-00001.parquet.bak",
        ] {
            assert!(Named::new(name).is_none(), "{name}");
        }
    }
}
