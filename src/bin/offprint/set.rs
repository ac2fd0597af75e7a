//! `offprint set`.

use std::io::{self, Write};
use std::path::PathBuf;

use offprint::{ErrorKind, FrontMatter, Position};

use crate::args::SetOptions;
use crate::given::Given;
use crate::inputs::Inputs;
use crate::output::cannot_write;
use crate::problem::{Problem, push_message};
use crate::replace::{Claims, Seen};
use crate::setup::{INPUT_BYTES, thread_pool};
use crate::summary::{grouped, posts};
use crate::target::Target;
use crate::walk::Input;
use crate::{Failure, diff, names, pool, warn};

/// Edits the posts and returns how many failed.
pub(crate) fn run(options: &SetOptions) -> Result<u64, Failure> {
    let (value, paths) = value_and_paths(options)?;
    let editor = Editor { key: &options.key, value, dry_run: options.dry_run, replaced: Claims::default() };
    let selected = options.selection.with_paths(&paths)?;
    let inputs = Inputs::new(None, &selected)?;
    let pool = thread_pool(options.jobs)?;
    #[cfg(unix)]
    crate::signals::watch()
        .map_err(|error| Failure::Message(format!("offprint: cannot wait for signals: {error}")))?;

    let progress = options.noise.progress(options.dry_run);
    progress.count(inputs.counter());
    let mut writer = Writer { dry_run: options.dry_run, ..Writer::default() };
    pool::in_order(
        &pool,
        batches(inputs.post_files()?),
        |batch| batch.into_iter().map(|input| editor.edit(input)).collect::<Vec<_>>(),
        |batch| {
            for edited in batch {
                let mut messages = String::new();
                writer.take(edited, &mut messages)?;
                if !messages.is_empty() {
                    progress.warn(messages.trim_end());
                }
                progress.advance(1);
            }
            options.noise.tell_written(&progress, &std::mem::take(&mut writer.written));
            Ok(())
        },
    )?;
    drop(progress);
    if !options.noise.quiet {
        warn(&writer.summary());
    }
    Ok(writer.failed)
}

/// Inputs handed to a thread at a time: enough that a hand-over costs little beside opening the files.
fn batches(mut inputs: impl Iterator<Item = Input>) -> impl Iterator<Item = Result<Vec<Input>, Failure>> {
    const MOST: usize = 16;
    std::iter::from_fn(move || {
        let batch: Vec<Input> = inputs.by_ref().take(MOST).collect();
        (!batch.is_empty()).then_some(Ok(batch))
    })
}

/// The value that the user gave, if the key is not to be taken out, and where the posts are.
fn value_and_paths(options: &SetOptions) -> Result<(Option<Given>, Vec<PathBuf>), Failure> {
    let refuse = |message: &str| Err(Failure::Message(format!("offprint: {message}")));
    let mut rest = options.value_and_paths.iter();
    let value = if options.unset { None } else { rest.next() };
    let value = value.map(|value| Given::new(value, options.string)).transpose().map_err(Failure::Message)?;
    let paths: Vec<PathBuf> = rest.map(PathBuf::from).collect();
    if options.value_and_paths.is_empty() && !options.unset {
        return refuse("no VALUE is given: expected KEY VALUE PATH..., or --unset KEY PATH...");
    }
    if paths.is_empty() && !options.selection.names_files() {
        return refuse("no PATH is given: expected KEY VALUE PATH..., or --unset KEY PATH...");
    }
    if paths.iter().any(|path| path.as_os_str() == "-") {
        return refuse("standard input cannot be edited in place");
    }
    Ok((value, paths))
}

/// What is done to each post.
struct Editor<'o> {
    key: &'o str,
    /// `None` if the key is to be taken out.
    value: Option<Given>,
    dry_run: bool,
    replaced: Claims,
}

/// A post, and what came of it.
struct Edited {
    input: Input,
    outcome: Result<Outcome, Problem>,
}

enum Outcome {
    Unchanged,
    Changed,
    /// What a dry run would change in a file, which is without links.
    Planned {
        file: PathBuf,
        old: Vec<u8>,
        new: Vec<u8>,
    },
    /// Nothing more can be written at all.
    Full(io::Error),
}

impl Editor<'_> {
    fn edit(&self, input: Input) -> Edited {
        let outcome = self.outcome(&input);
        Edited { input, outcome }
    }

    /// Reads a post and writes it at once, so that there is hardly time for others to write to it.
    fn outcome(&self, input: &Input) -> Result<Outcome, Problem> {
        if let Input::Unreadable { reason, .. } = input {
            return Err(Problem { message: reason.clone(), position: None });
        }
        let seen = Seen::read(input.path(), INPUT_BYTES)?;
        let new = self.edited(&seen.bytes)?;
        if new == seen.bytes {
            return Ok(Outcome::Unchanged);
        }
        let target = Target::new(input.path()).map_err(|error| unwritten(&error))?;
        if self.dry_run {
            return Ok(Outcome::Planned { file: target.path().to_owned(), old: seen.bytes, new });
        }
        if !self.replaced.claim(target.path()) {
            return Ok(Outcome::Unchanged);
        }
        match seen.replace(&target, &new) {
            Ok(()) => Ok(Outcome::Changed),
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Ok(Outcome::Full(error)),
            Err(error) => Err(unwritten(&error)),
        }
    }

    /// The bytes of a post after the edit.
    fn edited(&self, old: &[u8]) -> Result<Vec<u8>, Problem> {
        if old.len() > INPUT_BYTES {
            let message = format!("too large to be edited: the limit is {INPUT_BYTES} bytes");
            return Err(Problem { message, position: None });
        }
        let (text, others) = utf8_part(old)?;
        let front_matter = FrontMatter::split(text)?;
        if !others.is_empty() && front_matter.format().is_none() && begins_like_front_matter(old) {
            return Err(not_utf8(old));
        }
        let edited = match &self.value {
            Some(value) => value.put(&front_matter, self.key)?,
            None => front_matter.without(self.key)?,
        };
        Ok([edited.as_bytes(), others].concat())
    }
}

fn unwritten(error: &io::Error) -> Problem {
    Problem { message: format!("cannot write: {error}"), position: None }
}

/// The part of a file that is UTF-8, and all lines from the first that is not. Fails if the front matter is
/// not closed before that line.
fn utf8_part(bytes: &[u8]) -> Result<(&str, &[u8]), Problem> {
    let text = simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes));
    let error = match text {
        Ok(text) => return Ok((text, &[])),
        Err(error) => error,
    };
    let valid = &bytes[..error.valid_up_to()];
    let end = valid.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let (text, others) = bytes.split_at(end);
    let text = std::str::from_utf8(text).map_err(|_| not_utf8(bytes))?;
    match FrontMatter::split(text) {
        Ok(_) => Ok((text, others)),
        Err(_) => Err(not_utf8(bytes)),
    }
}

/// Whether a file that is not UTF-8 seems to begin with front matter, be it closed or not, or is UTF-16, in
/// which nothing can be seen.
fn begins_like_front_matter(bytes: &[u8]) -> bool {
    const UTF16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
    if UTF16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return true;
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    // An object of JSON; `{{` and `{%` begin a body.
    if let Some(inner) = bytes.strip_prefix(b"{") {
        return matches!(inner.trim_ascii_start().first(), Some(b'"' | b'}'));
    }
    bytes.starts_with(b"---") || bytes.starts_with(b"+++")
}

/// Says where the first byte is that is not UTF-8.
fn not_utf8(bytes: &[u8]) -> Problem {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let position = Some(Position::of(valid, valid.len()));
    Problem { message: ErrorKind::InvalidUtf8.to_string(), position }
}

/// Tells what came of the posts, and counts them.
#[derive(Default)]
struct Writer {
    dry_run: bool,
    /// The files whose changes have been shown.
    shown: Claims,
    /// The files that were changed and are not told yet.
    written: Vec<String>,
    changed: u64,
    unchanged: u64,
    failed: u64,
}

impl Writer {
    /// Counts a post. Fails if no more can be written at all.
    fn take(&mut self, edited: Edited, messages: &mut String) -> Result<(), Failure> {
        let Edited { input, outcome } = edited;
        let path = names::text(input.path());
        match outcome {
            Ok(Outcome::Planned { file, old, new }) if self.shown.claim(&file) => {
                self.changed += 1;
                let diff = diff::unified(&path, &old, &new);
                return io::stdout()
                    .write_all(&diff)
                    .map_err(|error| cannot_write("standard output", &error));
            }
            Ok(Outcome::Changed) => {
                self.changed += 1;
                self.written.push(path);
            }
            Ok(Outcome::Unchanged | Outcome::Planned { .. }) => self.unchanged += 1,
            Ok(Outcome::Full(error)) => return Err(cannot_write(&path, &error)),
            Err(problem) => {
                self.failed += 1;
                push_message(messages, &path, problem.position, &problem.message);
            }
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let changed = if self.dry_run { "would change" } else { "changed" };
        let (unchanged, failed) = (grouped(self.unchanged), grouped(self.failed));
        format!("{} {changed}, {unchanged} unchanged, {failed} failed", posts(self.changed))
    }
}
