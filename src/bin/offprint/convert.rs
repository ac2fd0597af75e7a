//! `offprint convert`.

use std::path::Path;

use crate::args::{ConvertOptions, Format};
use crate::article::Kind;
use crate::clash::{self, Destination};
use crate::converter::{Converter, Form, Reporting};
use crate::folder::Folder;
use crate::inputs::Inputs;
use crate::manifest::Manifest;
use crate::output::{Output, cannot_write};
use crate::plan::Plan;
use crate::posts::Posts;
use crate::room::Spare;
use crate::shard_folder::ShardFolder;
use crate::shards::Shards;
use crate::summary::Summary;
use crate::target::{Identity, Target};
use crate::{Failure, names, output_path, pool, setup, table, warn};

/// Converts the posts and returns how many failed.
pub(crate) fn run(options: &ConvertOptions) -> Result<u64, Failure> {
    let mut summary = Summary::begin();
    check_usage(options)?;
    let selected = options.selection.with_paths(&options.paths)?;
    let inputs = Inputs::new(options.input_format.records(), &selected)?;
    check_inputs(options, inputs)?;
    let (parser, lists) = setup::parser(options)?;
    let converter = Converter {
        parser,
        input_bytes: setup::limits(options).max_input_bytes(),
        form: form(options, inputs),
        reporting: reporting(options),
        strict: options.strict,
        error_rows: options.error_rows,
        spare: Spare::default(),
    };
    let pool = setup::thread_pool(options.jobs)?;
    let mut destination = destination(converter.form, options, &lists, inputs)?;
    let report = named_file(options.report.as_deref()).map(target).transpose()?;
    clash::check(inputs, &options.rules, &destination, report.as_ref())?;
    if let Destination::Folder(folder) = &mut destination {
        protect(folder, options, inputs, report.as_ref());
    }
    // A report is of all posts, and so all are read.
    let goes_on = report.is_none();
    let plan = plan(options, inputs, &mut destination, goes_on, &mut summary)?;

    #[cfg(unix)]
    crate::signals::watch()
        .map_err(|error| Failure::Message(format!("offprint: cannot wait for signals: {error}")))?;
    let mut posts = Posts::open(destination, converter.form)?;
    let mut reports = report.as_ref().map(Output::file).transpose()?;

    let progress = options.noise.progress(posts.are_on_stdout());
    if options.part.is_none() && summary.earlier == 0 {
        progress.count(inputs.counter());
    }
    pool::in_order(
        &pool,
        plan.batches(inputs.items()?),
        |batch| converter.convert(&batch),
        |mut converted| {
            posts.write(&mut converted)?;
            converter.spare.give_output(std::mem::take(&mut converted.posts));
            if !converted.messages.is_empty() {
                progress.warn(converted.messages.trim_end());
            }
            if let Some(reports) = &mut reports {
                reports.write(&converted.reports)?;
            }
            options.noise.tell_written(&progress, &posts.take_written());
            progress.advance(converted.inputs);
            summary.posts += converted.inputs;
            summary.failed += converted.failed + if options.strict { converted.diagnosed } else { 0 };
            Ok(())
        },
    )?;
    options.noise.tell_written(&progress, &posts.finish(inputs)?);
    if let Some(reports) = reports {
        let name = reports.name().to_owned();
        reports.finish()?;
        options.noise.tell_written(&progress, &[name]);
    }
    drop(progress);
    // One post needs no count.
    if inputs.may_be_many() && !options.noise.quiet {
        warn(&summary.line());
    }
    Ok(summary.failed)
}

/// Fails if options are given that do not go together.
fn check_usage(options: &ConvertOptions) -> Result<(), Failure> {
    if let Some(kind) = options.format().table() {
        kind.check()?;
    }
    options.input_format.check()?;
    let is_table = options.format().table().is_some();
    if reporting(options) == Reporting::Inline && options.format() != Format::Jsonl {
        return refusal("`--report -` is for the format jsonl");
    }
    if options.standalone && options.format() != Format::Html {
        return refusal("--standalone is for the format html");
    }
    if options.blocks_json && !is_table {
        return refusal("--blocks-json is for the formats arrow and parquet");
    }
    if options.shard_bytes.is_some() && options.format() != Format::Parquet {
        return refusal("--shard-bytes is for the format parquet");
    }
    if options.error_rows && options.format() != Format::Jsonl {
        return refusal("--error-rows is for the format jsonl: a table has such rows always");
    }
    if options.selection.filters() && options.input_format.records().is_some() {
        return refusal("--ext, --glob and --exclude are for folders of posts, not for records");
    }
    if options.format() == Format::Parquet && options.format.is_none() {
        return refusal("Parquet goes to a folder: --format parquet --output DIR");
    }
    if options.format() == Format::Parquet && named_file(options.output.as_deref()).is_none() {
        return refusal("the format parquet needs --output DIR, a folder for the files of the table");
    }
    Ok(())
}

/// Fails if there are other inputs than the options are for.
fn check_inputs(options: &ConvertOptions, inputs: Inputs<'_>) -> Result<(), Failure> {
    if options.part.is_some() && inputs.is_read_once() {
        return refusal("--part reads the input twice, and standard input and pipes can be read once");
    }
    if options.standalone && inputs.may_be_many() && named_file(options.output.as_deref()).is_none() {
        return refusal("--standalone makes a page of each post: name one post, or a folder with --output");
    }
    Ok(())
}

/// Which posts are read, and in which batches. If an earlier run has written shards, and this one goes on,
/// the posts in them are not read again, but counted.
fn plan(
    options: &ConvertOptions,
    inputs: Inputs<'_>,
    destination: &mut Destination,
    goes_on: bool,
    summary: &mut Summary,
) -> Result<Plan, Failure> {
    let plan = Plan::new(options.part.map(|part| Ok((part, inputs.total_bytes()?))).transpose()?);
    let Destination::Shards(shards) = destination else { return Ok(plan) };
    shards.go_on(goes_on)?;
    (summary.posts, summary.earlier) = (shards.posts(), shards.posts());
    summary.failed = shards.failed(options.strict);
    Ok(plan.in_shards(options.shard_bytes(), shards.whole()))
}

fn refusal<T>(message: &str) -> Result<T, Failure> {
    Err(Failure::Message(format!("offprint: {message}")))
}

fn form(options: &ConvertOptions, inputs: Inputs<'_>) -> Form {
    let kind = match options.format() {
        Format::Jsonl => return Form::Json,
        Format::Arrow | Format::Parquet => return Form::Row { blocks_json: options.blocks_json },
        Format::Text => Kind::Text,
        Format::Markdown => Kind::Markdown,
        Format::Html if options.standalone => Kind::Page,
        Format::Html => Kind::Html,
    };
    match named_file(options.output.as_deref()) {
        Some(_) => Form::File(kind),
        None => Form::Article { kind, with_path: inputs.may_be_many() },
    }
}

fn reporting(options: &ConvertOptions) -> Reporting {
    match &options.report {
        None => Reporting::None,
        report if named_file(report.as_deref()).is_none() => Reporting::Inline,
        Some(_) => Reporting::File,
    }
}

/// Where the posts go. `lists` are the texts of the files of rules.
fn destination(
    form: Form,
    options: &ConvertOptions,
    lists: &[String],
    inputs: Inputs<'_>,
) -> Result<Destination, Failure> {
    let Some(path) = named_file(options.output.as_deref()) else { return Ok(Destination::Stdout) };
    match form {
        Form::File(_) if output_path::is_of_one_article(path) => {
            if inputs.may_be_many() {
                let path = names::text(path);
                return refusal(&format!(
                    "--output {path} is one file, and there may be more than one post: \
                    with --format, --output may be a folder"
                ));
            }
            target(path).map(Destination::File)
        }
        Form::File(kind) => Folder::new(path, kind).map(Destination::Folder),
        Form::Row { .. } if options.format().table() == Some(table::Kind::Parquet) => {
            let folder = ShardFolder::new(path, options.part)?;
            let manifest = Manifest::new(options, lists, inputs.identity()?);
            Ok(Destination::Shards(Box::new(Shards::new(folder, manifest))))
        }
        Form::Json | Form::Article { .. } | Form::Row { .. } => target(path).map(Destination::File),
    }
}

/// Lets no post take the place of a file that is read. Where records are written is known when they are read.
fn protect(folder: &mut Folder, options: &ConvertOptions, inputs: Inputs<'_>, report: Option<&Target>) {
    let read = inputs.record_files().chain(inputs.lists()).chain(&options.rules);
    folder.protect(read.filter_map(|path| Identity::of(path)));
    folder.protect(report.and_then(Target::replaced));
}

/// The path, unless it is `-` or missing.
fn named_file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| path.as_os_str() != "-")
}

fn target(path: &Path) -> Result<Target, Failure> {
    Target::new(path).map_err(|error| cannot_write(&names::text(path), &error))
}
