//! `offprint pack`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::args::PackOptions;
use crate::clash;
use crate::inputs::Inputs;
use crate::output::{Output, cannot_write};
use crate::problem::push_message;
use crate::summary::Summary;
use crate::table::{self, RecordWriter};
use crate::target::Target;
use crate::walk::Input;
use crate::{Failure, names, warn};

/// The most bytes of a post. A column of Parquet holds no more than twice as much in a value.
const MOST_BYTES: u64 = 1 << 30;

/// Packs the posts and returns how many could not be read.
pub(crate) fn run(options: &PackOptions) -> Result<u64, Failure> {
    table::Kind::Parquet.check()?;
    let mut summary = Summary::begin();
    let selected = options.selection.with_paths(&options.paths)?;
    let inputs = Inputs::new(None, &selected)?;
    if inputs.has_stdin() {
        let message = "offprint: standard input is not packed: it has no path";
        return Err(Failure::Message(message.to_owned()));
    }
    let name = names::text(&options.output);
    let target = Target::new(&options.output).map_err(|error| cannot_write(&name, &error))?;
    clash::check_file(inputs, &target)?;
    #[cfg(unix)]
    crate::signals::watch()
        .map_err(|error| Failure::Message(format!("offprint: cannot wait for signals: {error}")))?;

    let (sink, name) = Output::file(&target)?.into_parts();
    let failure = |error: io::Error| cannot_write(&name, &error);
    let mut writer = table::record_writer(sink).map_err(failure)?;
    let progress = options.noise.progress(false);
    progress.count(inputs.counter());
    for input in inputs.post_files()? {
        if let Err(error) = pack(&input, &mut writer).map_err(failure)? {
            let mut message = String::new();
            push_message(&mut message, &names::text(input.path()), None, &error.to_string());
            progress.warn(message.trim_end());
            summary.failed += 1;
        }
        summary.posts += 1;
        progress.advance(1);
    }
    writer.finish().and_then(crate::output::Sink::finish_on_disk).map_err(failure)?;
    options.noise.tell_written(&progress, std::slice::from_ref(&name));
    drop(progress);
    if !options.noise.quiet {
        warn(&summary.line());
    }
    Ok(summary.failed)
}

/// Adds a post. The outer error is the writer's, the inner one says why the post could not be read.
fn pack(input: &Input, writer: &mut RecordWriter) -> io::Result<io::Result<()>> {
    let source = match input {
        Input::Unreadable { reason, .. } => Err(io::Error::other(reason.clone())),
        Input::File(..) | Input::Stdin => read(input.path()),
    };
    match source {
        Ok(source) => writer.push(&names::text(input.path()), &source).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut source = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut source)?;
    if source.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(format!("too large to be packed: the limit is {MOST_BYTES} bytes")));
    }
    Ok(source)
}
