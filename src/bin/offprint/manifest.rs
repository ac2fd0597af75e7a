//! The manifest of a table in shards: of what run they are, and which are whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash64;

use crate::args::ConvertOptions;
use crate::output::{Sink, cannot_write};
use crate::setup::limits;
use crate::shard_folder::ShardFolder;
use crate::target::Target;
use crate::{Failure, names, table};

/// What the file holds.
#[derive(Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of the command.
    offprint: String,
    /// The version of the columns.
    schema_version: u32,
    /// The options on which the bytes of the shards depend.
    options: BTreeMap<String, String>,
    /// By what the input is known again; `None` if it is standard input or a pipe.
    pub(crate) input: Option<String>,
    /// Whether the run came to its end.
    pub(crate) complete: bool,
    /// The shards that are whole, in order.
    pub(crate) shards: Vec<Shard>,
}

/// A shard that is whole.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Shard {
    pub(crate) file: String,
    pub(crate) rows: u64,
    /// The rows of posts that could not be read.
    pub(crate) failed: u64,
    /// The posts that have diagnostics.
    pub(crate) diagnosed: u64,
    /// The bytes of its posts.
    pub(crate) source_bytes: u64,
    /// Its own.
    pub(crate) bytes: u64,
}

impl Manifest {
    /// That of a run that has written nothing. `lists` are the texts of the files of rules.
    pub(crate) fn new(options: &ConvertOptions, lists: &[String], input: Option<String>) -> Self {
        Self {
            offprint: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: table::SCHEMA_VERSION,
            options: canonical(options, lists),
            input,
            complete: false,
            shards: Vec::new(),
        }
    }

    /// The shards that are whole of the run that has left a manifest in the folder. Fails if the folder holds
    /// shards of another run.
    pub(crate) fn whole_before(&self, folder: &ShardFolder) -> Result<Vec<Shard>, Failure> {
        folder.check()?;
        for name in folder.manifests_beside()? {
            if let Some(other) = Self::read(folder, &name)? {
                self.check_same_table(folder, &name, &other)?;
            }
        }
        let name = folder.manifest();
        let Some(before) = Self::read(folder, &name)? else { return Ok(Vec::new()) };
        self.check_same_table(folder, &name, &before)?;
        let is_whole = |shard: &Shard| {
            let metadata = folder.number(&shard.file).map(|_| folder.join(&shard.file).metadata());
            matches!(metadata, Some(Ok(file)) if file.is_file() && file.len() == shard.bytes)
        };
        Ok(before.shards.into_iter().filter(is_whole).collect())
    }

    /// The manifest of that name in the folder, if there is one.
    fn read(folder: &ShardFolder, name: &str) -> Result<Option<Self>, Failure> {
        let text = match fs::read_to_string(folder.join(name)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cannot_go_on(folder, name, &format!("cannot be read: {error}"))),
        };
        let manifest = serde_json::from_str(&text);
        manifest.map(Some).map_err(|error| {
            let reason = format!(
                "is not that of a table: {error}; write to another folder, or delete it with its shards"
            );
            cannot_go_on(folder, name, &reason)
        })
    }

    /// Fails if the shards of the other manifest are not of the same table, or of another part of it.
    fn check_same_table(&self, folder: &ShardFolder, name: &str, other: &Self) -> Result<(), Failure> {
        match self.difference(other) {
            Some(difference) => Err(of_another_table(folder, name, &difference)),
            None => Ok(()),
        }
    }

    /// Why shards of the one run are not of the other's table, if they are not.
    fn difference(&self, before: &Self) -> Option<String> {
        self.difference_of_runs(before).or_else(|| self.difference_of_inputs(before))
    }

    /// The same of their versions and options.
    fn difference_of_runs(&self, before: &Self) -> Option<String> {
        if self.offprint != before.offprint {
            return Some(format!("is of offprint {}, and this is {}", before.offprint, self.offprint));
        }
        if self.schema_version != before.schema_version {
            return Some(format!(
                "is of version {} of the columns, and this run writes version {}",
                before.schema_version, self.schema_version
            ));
        }
        // Parts of one division stand beside each other.
        let names = self.options.keys().chain(before.options.keys()).filter(|name| *name != PART);
        let of = |manifest: &Self, name: &str| manifest.options.get(name).cloned().unwrap_or_default();
        for name in names {
            let (old, new) = (of(before, name), of(self, name));
            if old != new {
                if name == "rules" && !old.is_empty() && !new.is_empty() {
                    return Some("is of a run with other --rules".to_owned());
                }
                let (old, new) = (described(name, &old), described(name, &new));
                return Some(format!("is of a run {old}, and this one is {new}"));
            }
        }
        None
    }

    /// The same of their inputs.
    fn difference_of_inputs(&self, before: &Self) -> Option<String> {
        match (&before.input, &self.input) {
            (Some(old), Some(new)) if old == new => None,
            (Some(_), Some(_)) => {
                let reason =
                    "is of another input: files were added, taken away, written to, or named otherwise";
                Some(reason.to_owned())
            }
            _ => Some("is of a run with standard input or a pipe, which cannot be compared".to_owned()),
        }
    }

    /// Adds a shard that is whole.
    pub(crate) fn add(&mut self, shard: Shard) {
        self.shards.push(shard);
        // Names of more digits come after those of less.
        self.shards.sort_by(|one, other| (one.file.len(), &one.file).cmp(&(other.file.len(), &other.file)));
    }

    /// Puts the manifest in the place of the one that is there. Fails if that is of another table: two runs
    /// have begun at once.
    pub(crate) fn replace(&self, folder: &ShardFolder) -> Result<(), Failure> {
        let name = folder.manifest();
        if let Some(other) = Self::read(folder, &name)? {
            // Standard input is not known again, but this is the run that reads it.
            let is_same_input = self.input == other.input;
            let difference =
                if is_same_input { self.difference_of_runs(&other) } else { self.difference(&other) };
            if let Some(difference) = difference {
                return Err(of_another_table(folder, &name, &difference));
            }
        }
        self.write(folder)
    }

    /// Writes the manifest.
    pub(crate) fn write(&self, folder: &ShardFolder) -> Result<(), Failure> {
        let path = folder.join(&folder.manifest());
        let write = || -> io::Result<()> {
            let mut sink = Sink::open(&Target::new(&path)?)?;
            let mut text = serde_json::to_vec_pretty(self)?;
            text.push(b'\n');
            sink.write_all(&text)?;
            sink.finish_on_disk()
        };
        write().map_err(|error| cannot_write(&names::text(&path), &error))
    }
}

fn of_another_table(folder: &ShardFolder, manifest: &str, difference: &str) -> Failure {
    cannot_go_on(folder, manifest, &format!("{difference}; write to another folder"))
}

fn cannot_go_on(folder: &ShardFolder, manifest: &str, reason: &str) -> Failure {
    let manifest = names::text(&folder.join(manifest));
    Failure::Message(format!("offprint: cannot go on in {}: {manifest} {reason}", folder.name()))
}

/// The option that says which part of the input it is.
const PART: &str = "part";

/// The options on which the bytes of the shards depend, by their long names.
fn canonical(options: &ConvertOptions, lists: &[String]) -> BTreeMap<String, String> {
    let limits = limits(options);
    let limits = [
        ("input_bytes", limits.max_input_bytes()),
        ("metadata_bytes", limits.max_metadata_bytes()),
        ("depth", limits.max_depth()),
        ("attributes", limits.max_attributes()),
        ("nodes", limits.max_nodes()),
    ];
    let features = [
        ("json", cfg!(feature = "json")),
        ("markdown", cfg!(feature = "markdown")),
        ("toml", cfg!(feature = "toml")),
    ];
    let hash = |list: &String| format!("xxh64:{:016x}", XxHash64::oneshot(0, list.as_bytes()));
    let flag = |is_given: bool| if is_given { YES.to_owned() } else { String::new() };
    let given = [
        ("blocks-json", flag(options.blocks_json)),
        ("body", options.body.to_string()),
        ("engine", options.engine.to_string()),
        (
            "features",
            joined(features.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| (*name).to_owned())),
        ),
        ("furniture", flag(options.furniture)),
        ("input-format", options.input_format.name().to_owned()),
        ("limit", joined(limits.iter().map(|(name, value)| format!("{name}={value}")))),
        ("no-ads", flag(options.no_ads)),
        (PART, options.part.map(|part| part.to_string()).unwrap_or_default()),
        ("recover", flag(options.recover)),
        ("rules", joined(lists.iter().map(hash))),
        ("shard-bytes", options.shard_bytes().to_string()),
        ("templates", options.templates.to_string()),
    ];
    given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What an option has that has no value and was given.
const YES: &str = "yes";

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" ")
}

/// An option and its value, for the user.
fn described(name: &str, value: &str) -> String {
    match (name, value) {
        ("features", _) => format!("of a build with the features `{value}`"),
        (_, "") => format!("without --{name}"),
        (_, YES) => format!("with --{name}"),
        // Only their hashes are known.
        ("rules", _) => "with other --rules".to_owned(),
        _ => format!("with --{name} {value}"),
    }
}
