//! `offprint check`.

mod across;
mod args;
mod article;
mod checker;
mod codes;
mod file;
mod finding;
mod formats;
mod levels;
mod markup;
mod metadata;
mod percent;
mod summary;

use offprint::{Limits, Parser};

pub(crate) use args::CheckOptions;

use crate::inputs::Inputs;
use crate::output::Output;
use crate::plan::{Batch, Plan};
use crate::progress::Progress;
use crate::room::Room;
use crate::setup::{INPUT_BYTES, thread_pool};
use crate::{Failure, pool, warn};
use across::Earlier;
use checker::{Checked, Checker};
use codes::Code;
use finding::Findings;
use formats::Writer;
use levels::{Levels, Wishes};
use summary::Summary;

/// Checks the posts and returns how many errors there are.
pub(crate) fn run(options: &CheckOptions) -> Result<u64, Failure> {
    let CheckOptions { allow, warn: warned, deny, require, .. } = options;
    let levels = Levels::new(&Wishes { allow, warn: warned, deny, require })
        .map_err(|message| Failure::Message(format!("offprint: {message}")))?;
    let mut out = Output::stdout();
    if options.list {
        out.write(list(&levels).as_bytes())?;
        return out.finish().map(|()| 0);
    }
    let selected = options.selection.with_paths(&options.paths)?;
    let inputs = Inputs::new(None, &selected)?;
    let checker = checker(options, &levels);
    let pool = thread_pool(options.jobs)?;
    #[cfg(unix)]
    crate::signals::watch()
        .map_err(|error| Failure::Message(format!("offprint: cannot wait for signals: {error}")))?;

    let progress = if options.quiet { Progress::hidden() } else { Progress::new(out.is_stdout()) };
    progress.count(inputs.counter());
    let mut writer = Writer::new(options.format);
    out.write(writer.begin(&levels).as_bytes())?;
    let mut earlier = Earlier::default();
    let mut summary = Summary::default();
    pool::in_order(
        &pool,
        Plan::new(None).batches(inputs.items()?),
        |batch| check_all(&checker, &batch),
        |batch| {
            let mut text = String::new();
            for Checked { path, mut findings, keys } in batch {
                let mut of_two = Findings::new(&levels);
                earlier.compare(&path, &keys, &mut of_two);
                findings.extend(of_two.into_list());
                findings.sort_by_key(|finding| finding.position.map(|at| (at.line, at.column)));
                writer.write(&mut text, &path, &findings);
                summary.add(&findings);
                progress.advance(1);
            }
            out.write(text.as_bytes())
        },
    )?;
    out.write(writer.end().as_bytes())?;
    out.finish()?;
    drop(progress);
    if !options.quiet {
        warn(&summary.text());
    }
    Ok(summary.errors)
}

fn checker<'o>(options: &'o CheckOptions, levels: &'o Levels) -> Checker<'o> {
    let limits = Limits::default().input_bytes(INPUT_BYTES);
    let limits = options.limits.iter().fold(limits, |limits, limit| limit.apply(limits));
    let input_bytes = limits.max_input_bytes();
    let strict = Parser::new().body_format(options.body).templates(options.templates).limits(limits);
    let lenient = strict.clone().recover(true);
    Checker { strict, lenient, input_bytes, levels, required: &options.require }
}

fn check_all(checker: &Checker<'_>, batch: &Batch) -> Vec<Checked> {
    let mut room = Room::default();
    batch.items.iter().map(|item| checker.check(item, &mut room)).collect()
}

/// A line for each code: its level, and what it means.
fn list(levels: &Levels) -> String {
    let width = |texts: &dyn Fn(Code) -> &'static str| {
        Code::ALL.iter().map(|code| texts(*code).len()).max().unwrap_or_default()
    };
    let (code_width, level_width) = (width(&Code::as_str), width(&|code| levels.get(code).as_str()));
    let line = |code: &Code| {
        let (name, level) = (code.as_str(), levels.get(*code).as_str());
        format!("{name:code_width$}  {level:level_width$}  {}\n", code.meaning())
    };
    Code::ALL.iter().map(line).collect()
}
