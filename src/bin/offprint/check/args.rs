//! The options of `offprint check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use offprint::{BodyFormat, TemplateSyntaxes};

use super::levels::Named;
use crate::limits::Limit;
use crate::selection::Selection;

/// Check posts for what their author would want to mend, and for what cannot be read.
///
/// Each finding is a line on standard output, in the order of the sorted paths, and a summary ends the run on
/// standard error. A post that cannot be read is looked at as far as it can be repaired.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 if there are no errors (warnings do not count), 1 if there are, \
    2 if the run could not start or its output could not be written, \
    130, 143 or 129 if SIGINT, SIGTERM or SIGHUP ended it.")]
pub(crate) struct CheckOptions {
    /// Files, folders, or `-` for standard input, in which posts are found as by `convert`.
    #[arg(required_unless_present_any = ["list", "files_from", "files0_from"], value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) selection: Selection,

    /// How to write the findings.
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,

    /// Do not look for CODE, or for all that is looked for by default with `all`. Can be repeated, or be more
    /// codes with commas between, as can --warn and --deny. What is said of one code counts before what is
    /// said of `all`.
    #[arg(short = 'A', long, value_name = "CODE", value_delimiter = ',', value_parser = Named::parse)]
    pub(super) allow: Vec<Named>,

    /// Look for CODE, and warn.
    #[arg(short = 'W', long, value_name = "CODE", value_delimiter = ',', value_parser = Named::parse)]
    pub(super) warn: Vec<Named>,

    /// Look for CODE; each finding is an error, and the exit status is 1.
    #[arg(short = 'D', long, value_name = "CODE", value_delimiter = ',', value_parser = Named::parse)]
    pub(super) deny: Vec<Named>,

    /// Posts must have FIELD: a field of the metadata (`from`, `authors`, `lang` …: the code is
    /// `missing_from` …) or another key of the front matter (`missing_key`). That one is missing is an error,
    /// unless --warn or --allow says otherwise. Can be repeated.
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(super) require: Vec<String>,

    /// Print the codes, each with its level and what it means, and end.
    #[arg(long)]
    pub(super) list: bool,

    /// Leave out the summary, and the progress on a terminal.
    #[arg(short, long)]
    pub(super) quiet: bool,

    /// How many posts to work on at a time [default: one for each core].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,

    /// What bodies are written in, as for `convert`.
    #[arg(long, value_name = "FORMAT", default_value_t = BodyFormat::Auto)]
    pub(super) body: BodyFormat,

    /// The template languages whose tags bodies hold, as for `convert`.
    #[arg(long, value_name = "LIST", default_value_t = TemplateSyntaxes::NONE)]
    pub(super) templates: TemplateSyntaxes,

    /// Raise or lower a limit on what a post may hold, as for `convert`. Can be repeated.
    #[arg(long = "limit", value_name = "NAME=N", value_parser = Limit::parse)]
    pub(super) limits: Vec<Limit>,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// path:line:column: warning[code]: message
    Text,
    /// A line of JSON for each finding
    Jsonl,
    /// One document of SARIF 2.1.0, for code scanning
    Sarif,
    /// Commands of GitHub's workflows, which annotate the files
    Github,
}
