//! A table in shards, each of which takes its name when it is whole.

use std::collections::HashSet;
use std::io;

use crate::Failure;
use crate::manifest::{Manifest, Shard};
use crate::names;
use crate::output::{Sink, cannot_write};
use crate::shard_folder::ShardFolder;
use crate::table::{self, Rows, Writer};
use crate::target::Target;

/// The shards of a run.
pub(crate) struct Shards {
    folder: ShardFolder,
    manifest: Manifest,
    /// The shard that is being written, and its number.
    open: Option<(u32, Open)>,
    /// The files that were written and are not told yet, as the user calls them.
    untold: Vec<String>,
}

/// A shard that is not whole yet.
struct Open {
    writer: Writer,
    /// As the user calls it.
    name: String,
    shard: Shard,
}

/// What goes into a shard at a time.
pub(crate) struct Piece {
    pub(crate) rows: Rows,
    /// The rows of posts that could not be read.
    pub(crate) failed: u64,
    /// The posts that have diagnostics.
    pub(crate) diagnosed: u64,
}

impl Shards {
    /// Those of a run that has written nothing.
    pub(crate) fn new(folder: ShardFolder, manifest: Manifest) -> Self {
        Self { folder, manifest, open: None, untold: Vec::new() }
    }

    pub(crate) fn folder(&self) -> &ShardFolder {
        &self.folder
    }

    /// Looks for the shards of a run like this one, which are left as they are if `are_kept`. Fails if there
    /// are those of another run.
    pub(crate) fn go_on(&mut self, are_kept: bool) -> Result<(), Failure> {
        let whole = self.manifest.whole_before(&self.folder)?;
        self.manifest.shards = if are_kept { whole } else { Vec::new() };
        Ok(())
    }

    /// The numbers of the shards that are whole.
    pub(crate) fn whole(&self) -> HashSet<u32> {
        self.manifest.shards.iter().filter_map(|shard| self.folder.number(&shard.file)).collect()
    }

    /// The posts in whole shards.
    pub(crate) fn posts(&self) -> u64 {
        self.manifest.shards.iter().map(|shard| shard.rows).sum()
    }

    /// The posts in whole shards that count as failed.
    pub(crate) fn failed(&self, strict: bool) -> u64 {
        let diagnosed = |shard: &Shard| if strict { shard.diagnosed } else { 0 };
        self.manifest.shards.iter().map(|shard| shard.failed + diagnosed(shard)).sum()
    }

    /// Writes the manifest, so that the run can go on whenever it is ended.
    pub(crate) fn begin(&self) -> Result<(), Failure> {
        self.folder.create()?;
        self.manifest.write(&self.folder)
    }

    /// Adds rows to a shard. They come in the order of the shards.
    pub(crate) fn write(&mut self, number: u32, piece: Piece) -> Result<(), Failure> {
        if self.open.as_ref().is_some_and(|(open, _)| *open != number) {
            self.close()?;
        }
        let (_, open) = match &mut self.open {
            Some(open) => open,
            closed => closed.insert((number, Open::new(&self.folder, number)?)),
        };
        open.write(piece)
    }

    /// Makes the shard that is open visible.
    fn close(&mut self) -> Result<(), Failure> {
        let Some((_, open)) = self.open.take() else { return Ok(()) };
        let shard = open.finish()?;
        self.untold.push(names::text(&self.folder.join(&shard.file)));
        self.manifest.add(shard);
        self.manifest.replace(&self.folder)
    }

    /// The files that were written since they were last told.
    pub(crate) fn take_written(&mut self) -> Vec<String> {
        std::mem::take(&mut self.untold)
    }

    /// Makes the last shard visible, and returns the files that are not told yet. A table without a row is
    /// one shard, too. Fails if the input is not known again: the shards may be of one that never was.
    pub(crate) fn finish(mut self, input: Option<&str>) -> Result<Vec<String>, Failure> {
        self.close()?;
        if self.manifest.input.as_deref() != input {
            let folder = self.folder.name();
            return Err(Failure::Message(format!(
                "offprint: the input has changed while it was read: {folder} is not complete"
            )));
        }
        if self.manifest.shards.is_empty() {
            self.open = Some((1, Open::new(&self.folder, 1)?));
            self.close()?;
        }
        self.manifest.complete = true;
        self.manifest.replace(&self.folder)?;
        Ok(self.take_written())
    }
}

impl Open {
    fn new(folder: &ShardFolder, number: u32) -> Result<Self, Failure> {
        let file = folder.shard(number);
        let path = folder.join(&file);
        let name = names::text(&path);
        let open = || -> io::Result<Writer> {
            let target = Target::new(&path)?;
            if target.is_special() {
                return Err(io::Error::other("it is not a file"));
            }
            table::writer(table::Kind::Parquet, Sink::open(&target)?)
        };
        let writer = open().map_err(|error| cannot_write(&name, &error))?;
        let shard = Shard { file, rows: 0, failed: 0, diagnosed: 0, source_bytes: 0, bytes: 0 };
        Ok(Self { writer, name, shard })
    }

    fn write(&mut self, piece: Piece) -> Result<(), Failure> {
        self.shard.rows += piece.rows.len() as u64;
        self.shard.source_bytes += piece.rows.source_bytes() as u64;
        self.shard.failed += piece.failed;
        self.shard.diagnosed += piece.diagnosed;
        self.writer.write(piece.rows).map_err(|error| cannot_write(&self.name, &error))
    }

    fn finish(self) -> Result<Shard, Failure> {
        let Self { writer, name, mut shard } = self;
        let finish = || -> io::Result<u64> {
            let sink = writer.finish()?;
            let bytes = sink.len()?;
            sink.finish_on_disk()?;
            Ok(bytes)
        };
        shard.bytes = finish().map_err(|error| cannot_write(&name, &error))?;
        Ok(shard)
    }
}
