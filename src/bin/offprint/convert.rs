//! `offprint convert`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use offprint::{Limits, Parser, Position, Post, Report, Rules, UnusableRule};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::args::{ConvertOptions, Format};
use crate::article::{self, Kind};
use crate::clash::{self, Destination};
use crate::folder::{self, Folder};
use crate::jsonl;
use crate::output::{Output, cannot_write};
use crate::progress::Progress;
use crate::target::Target;
use crate::walk::{Input, Walk};
use crate::{Failure, names, pool, warn};

/// The most bytes of a post, unless the user says more; no more of a file is read into memory.
pub(crate) const INPUT_BYTES: usize = 64 << 20;
/// Posts may nest as deep as the default limits allow, and are written and dropped recursively. Threads have
/// 2 MiB otherwise, which builds without optimisation can outgrow.
const STACK_BYTES: usize = 8 << 20;

/// Converts the posts and returns how many failed.
pub(crate) fn run(options: &ConvertOptions) -> Result<usize, Failure> {
    let inputs = Walk::new(&options.paths).map_err(Failure::Message)?;
    let converter = Converter {
        parser: parser(options)?,
        input_bytes: input_bytes(options),
        form: Form::of(options),
        reporting: Reporting::of(options),
        strict: options.strict,
    };
    if converter.reporting == Reporting::Inline && options.format != Format::Jsonl {
        return Err(Failure::Message("offprint: `--report -` is for the format jsonl".to_owned()));
    }
    let pool = thread_pool(options.jobs)?;
    let destination = converter.form.destination(options.output.as_deref())?;
    let report = named_file(options.report.as_deref()).map(target).transpose()?;
    clash::check(options, &destination, report.as_ref())?;

    #[cfg(unix)]
    crate::signals::watch()
        .map_err(|error| Failure::Message(format!("offprint: cannot wait for signals: {error}")))?;
    let mut posts = match destination {
        Destination::Stdout => Posts::Stream(Output::stdout()),
        Destination::File(target) => Posts::Stream(Output::file(&target)?),
        Destination::Folder(folder) => {
            folder.create()?;
            Posts::Folder(folder)
        }
    };
    let mut reports = report.as_ref().map(Output::file).transpose()?;

    let progress = Progress::new(matches!(&posts, Posts::Stream(posts) if posts.is_stdout()));
    let mut failed = 0;
    pool::in_order(
        &pool,
        inputs,
        |batch| converter.convert(&batch),
        |mut batch| {
            match &mut posts {
                Posts::Stream(posts) => posts.write(&batch.posts)?,
                Posts::Folder(folder) => batch.write_to(folder)?,
            }
            if !batch.messages.is_empty() {
                progress.warn(batch.messages.trim_end());
            }
            if let Some(reports) = &mut reports {
                reports.write(&batch.reports)?;
            }
            progress.advance(batch.inputs);
            failed += batch.failed;
            Ok(())
        },
    )?;
    if let Posts::Stream(posts) = posts {
        posts.finish()?;
    }
    reports.map_or(Ok(()), Output::finish)?;
    Ok(failed)
}

/// Where posts go.
enum Posts {
    Stream(Output),
    Folder(Folder),
}

/// What becomes of a post.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    /// An article, after its path if there may be others.
    Article {
        kind: Kind,
        with_path: bool,
    },
    /// An article with the front matter of the post, in a file of its own.
    File(Kind),
}

impl Form {
    fn of(options: &ConvertOptions) -> Self {
        let kind = match options.format {
            Format::Jsonl => return Self::Json,
            Format::Text => Kind::Text,
            Format::Markdown => Kind::Markdown,
            Format::Html => Kind::Html,
        };
        if named_file(options.output.as_deref()).is_some() {
            return Self::File(kind);
        }
        let with_path = options.paths.len() > 1 || options.paths.iter().any(|path| path.is_dir());
        Self::Article { kind, with_path }
    }

    /// Where such posts go.
    fn destination(self, output: Option<&Path>) -> Result<Destination, Failure> {
        let Some(path) = named_file(output) else { return Ok(Destination::Stdout) };
        match self {
            Self::File(kind) => Folder::new(path, kind).map(Destination::Folder),
            Self::Json | Self::Article { .. } => target(path).map(Destination::File),
        }
    }
}

/// Where reports go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reporting {
    None,
    /// Into the line of the post.
    Inline,
    /// Into lines of their own.
    File,
}

impl Reporting {
    fn of(options: &ConvertOptions) -> Self {
        match &options.report {
            None => Self::None,
            report if named_file(report.as_deref()).is_none() => Self::Inline,
            Some(_) => Self::File,
        }
    }
}

/// The path, unless it is `-` or missing.
fn named_file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| path.as_os_str() != "-")
}

fn target(path: &Path) -> Result<Target, Failure> {
    Target::new(path).map_err(|error| cannot_write(&names::text(path), &error))
}

/// The most bytes of a post.
fn input_bytes(options: &ConvertOptions) -> usize {
    options.limits.iter().rev().find_map(|limit| limit.input_bytes()).unwrap_or(INPUT_BYTES)
}

fn parser(options: &ConvertOptions) -> Result<Parser, Failure> {
    let mut rules = if options.no_ads { Rules::none() } else { Rules::ads() };
    if options.furniture {
        rules = rules.and(Rules::furniture());
    }
    for path in &options.rules {
        rules = rules.and(read_rules(path)?);
    }
    let limits = Limits::default().input_bytes(INPUT_BYTES);
    let limits = options.limits.iter().fold(limits, |limits, limit| limit.apply(limits));
    Ok(Parser::new()
        .engine(options.engine)
        .recover(options.recover)
        .rules(rules)
        .body_format(options.body)
        .templates(options.templates)
        .limits(limits))
}

/// The rules of a filter list. Lines that cannot be used are warned about; those that block requests, which
/// are most of many lists and no mistake, all in one.
fn read_rules(path: &PathBuf) -> Result<Rules, Failure> {
    let name = names::text(path);
    let list = fs::read_to_string(path)
        .map_err(|error| Failure::Message(format!("offprint: cannot read {name}: {error}")))?;
    let (rules, unusable) = Rules::parse(&list);
    let (network, unusable): (Vec<_>, Vec<_>) = unusable.into_iter().partition(UnusableRule::is_network_rule);
    if let [first, ..] = &network[..] {
        warn(&format!("{name}:{}: {}, as {} lines are", first.line, first.reason, network.len()));
    }
    for rule in unusable {
        warn(&format!("{name}:{}: unusable rule `{}`: {}", rule.line, rule.rule, rule.reason));
    }
    Ok(rules)
}

pub(crate) fn thread_pool(jobs: Option<u16>) -> Result<ThreadPool, Failure> {
    ThreadPoolBuilder::new()
        // 0 is one thread for each core.
        .num_threads(jobs.map_or(0, usize::from))
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| Failure::Message(format!("offprint: cannot start the threads: {error}")))
}

struct Converter {
    parser: Parser,
    input_bytes: usize,
    form: Form,
    reporting: Reporting,
    strict: bool,
}

/// What came of a few posts, in their order.
#[derive(Default)]
struct Batch {
    posts: Vec<u8>,
    /// If each post has a file of its own: which, and where its bytes end.
    files: Vec<folder::Entry>,
    reports: Vec<u8>,
    /// Lines for standard error.
    messages: String,
    inputs: u64,
    failed: usize,
}

impl Converter {
    fn convert(&self, inputs: &[Input]) -> Batch {
        let mut batch = Batch::default();
        let mut source = Vec::new();
        for input in inputs {
            let path = names::text(input.path());
            batch.inputs += 1;
            if let Err(Problem { message, position }) =
                self.convert_one(input, &path, &mut source, &mut batch)
            {
                batch.failed += 1;
                batch.message(&path, position, &message);
                if self.reporting == Reporting::File {
                    // Writing texts and numbers to memory does not fail.
                    let _ = jsonl::write_problem(&mut batch.reports, &path, &message, position);
                }
            }
        }
        batch
    }

    /// Adds a post to the batch. `source` is room for its bytes.
    fn convert_one(
        &self,
        input: &Input,
        path: &str,
        source: &mut Vec<u8>,
        batch: &mut Batch,
    ) -> Result<(), Problem> {
        source.clear();
        read(input, self.input_bytes, source)?;
        // Not its text in the output, in which escapes would be taken for parts of the name.
        let name = input.path().file_name().unwrap_or_default().to_string_lossy();
        if self.reporting == Reporting::None && !self.strict {
            let post = match input {
                Input::Stdin => self.parser.parse_bytes(source)?,
                _ => self.parser.parse_named_bytes(&name, source)?,
            };
            return self.write(input, path, source, &post, None, batch);
        }
        let (post, report) = match input {
            Input::Stdin => self.parser.parse_bytes_with_report(source)?,
            _ => self.parser.parse_named_bytes_with_report(&name, source)?,
        };
        let inline = (self.reporting == Reporting::Inline).then_some(&report);
        self.write(input, path, source, &post, inline, batch)?;
        if self.reporting == Reporting::File {
            jsonl::write_report(&mut batch.reports, path, &report)?;
        }
        if self.strict {
            batch.failed += usize::from(!report.diagnostics.is_empty());
            for diagnostic in &report.diagnostics {
                batch.message(path, diagnostic.position, &diagnostic.message);
            }
        }
        Ok(())
    }
}

impl Converter {
    /// Adds what becomes of a post.
    fn write(
        &self,
        input: &Input,
        path: &str,
        source: &[u8],
        post: &Post<'_>,
        report: Option<&Report>,
        batch: &mut Batch,
    ) -> Result<(), Problem> {
        match self.form {
            Form::Json => jsonl::write_post(&mut batch.posts, path, post, report)?,
            Form::Article { kind, with_path } => {
                article::write(&mut batch.posts, kind, post, with_path.then_some(path));
            }
            Form::File(kind) => {
                article::write_with_front_matter(&mut batch.posts, kind, post, source);
                batch.files.push(folder::Entry::new(input, kind, batch.posts.len()));
            }
        }
        Ok(())
    }
}

/// Why a post was not converted.
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) position: Option<Position>,
}

impl From<offprint::Error> for Problem {
    fn from(error: offprint::Error) -> Self {
        Self { message: error.kind().to_string(), position: error.position() }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self { message: error.to_string(), position: None }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self { message: error.to_string(), position: None }
    }
}

impl Batch {
    /// Writes the files of the posts. One that cannot be written is a failed post.
    fn write_to(&mut self, folder: &mut Folder) -> Result<(), Failure> {
        let mut start = 0;
        for entry in std::mem::take(&mut self.files) {
            let bytes = &self.posts[start..entry.end];
            start = entry.end;
            if let Err(message) = folder.write(&entry, bytes)? {
                self.failed += 1;
                self.message(&names::text(&entry.source), None, &message);
            }
        }
        Ok(())
    }

    /// A line for standard error.
    fn message(&mut self, path: &str, position: Option<Position>, message: &str) {
        push_message(&mut self.messages, path, position, message);
    }
}

/// Appends a line about a post.
pub(crate) fn push_message(lines: &mut String, path: &str, position: Option<Position>, message: &str) {
    let mut line = path.to_owned();
    if let Some(Position { line: number, column, .. }) = position {
        line.extend([":", &number.to_string(), ":", &column.to_string()]);
    }
    line.extend([": ", message]);
    // One line, whatever a path or a YAML parser has put into it.
    lines.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
    lines.push('\n');
}

fn read(input: &Input, most: usize, source: &mut Vec<u8>) -> io::Result<()> {
    // One byte too many is for the parser to see.
    let most = (most as u64).saturating_add(1);
    match input {
        Input::Stdin => io::stdin().lock().take(most).read_to_end(source)?,
        Input::File(path, _) => File::open(path)?.take(most).read_to_end(source)?,
        Input::Unreadable { reason, .. } => return Err(io::Error::other(reason.clone())),
    };
    Ok(())
}
