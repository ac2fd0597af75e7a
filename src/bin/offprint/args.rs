//! What the user can ask for.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use offprint::{BodyFormat, Engine, TemplateSyntaxes};

use crate::Failure;
use crate::check::CheckOptions;
use crate::limits::Limit;
use crate::noise::Noise;
use crate::output_path;
use crate::part::Part;
use crate::records;
use crate::selection::Selection;
use crate::sizes::parse_size;
use crate::table;

/// Turns front-matter posts, HTML or Markdown, into articles: metadata, paragraphs and figures, without
/// advertisements.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Whether messages and help have colours: `auto` gives them on a terminal, unless `NO_COLOR` is
    /// set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Convert(ConvertOptions),
    Check(CheckOptions),
    Set(SetOptions),
    Pack(PackOptions),
    Schema(SchemaOptions),
    Completions(CompletionsOptions),
    Man(ManOptions),
}

/// Convert posts to JSON, one line for each, to text, Markdown or HTML, or to a table.
///
/// They come in the order of the sorted paths. A post that cannot be read is a message on standard error,
/// and the others go on.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 if every post was converted, 1 if some failed, \
    2 if the run could not start or its output could not be written, \
    130, 143 or 129 if SIGINT, SIGTERM or SIGHUP ended it.")]
#[command(after_long_help = "\
Paths in the output: a byte that is not UTF-8 is written as \\x and two hexadecimal digits (caf\\xE9.md), and a \
backslash that stands before an x and two hexadecimal digits as \\x5C, so that no two paths are written alike.

No input is ever replaced, whatever its name: the run ends before anything is written. A file that is replaced keeps \
its mode and owner, and a link stays and leads to the new file. A read-only file is not replaced.

Exit status: 0 if every post was converted, 1 if some failed, 2 if the run could not start or its output could not \
be written, 130, 143 or 129 if SIGINT, SIGTERM or SIGHUP ended it; no unfinished file is left then.")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command")]
pub(crate) struct ConvertOptions {
    /// Files, folders, or `-` for standard input.
    ///
    /// In a folder, and the folders below it, these files are taken: *.md, *.markdown, *.html, *.htm.
    /// Symbolic links are followed. Names that begin with a dot are passed over; a .gitignore has no effect.
    /// A file that is named here is always taken. With --input-format they are files of records.
    #[arg(required_unless_present_any = ["files_from", "files0_from"], value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// What to make of the posts.
    ///
    /// On standard output, text, Markdown and HTML are articles without their front matter; if there may be
    /// more than one, each stands below its path and above an empty line. In a table, a post that cannot be
    /// read is a row too, with the message in the column `error`. `offprint schema` tells the JSON Schema
    /// of the lines, and `offprint schema --format text` the columns.
    ///
    /// If it is not given, the name of the output says it (.html, .md, .txt, .jsonl, .json, .arrow), or else
    /// it is jsonl.
    #[arg(short, long, visible_short_alias = 't', visible_alias = "to", value_enum)]
    pub(crate) format: Option<Format>,

    /// With --format html, write whole pages, which look right in a browser.
    ///
    /// They have a title, a style sheet, and a header with the date, the authors and a link to the source;
    /// they have no front matter.
    #[arg(short, long)]
    pub(crate) standalone: bool,

    /// Write to a file, or to a folder, instead of standard output.
    ///
    /// JSON goes to one file, which appears, or changes, when all is written. Text, Markdown and HTML go to a
    /// folder, a file for each post, in which the front matter is as it was. Below the folder the files lie
    /// as the posts do below the folders that are named, as *.txt, *.md and *.html. Each appears, or changes,
    /// when it is written. If there is one post, and PATH ends in .html, .htm, .md, .markdown or .txt and is
    /// no folder, it is the file of that post; `PATH/` is always a folder.
    ///
    /// An Arrow stream goes to one file, as JSON does. Parquet needs a folder: it goes to posts-00001.parquet
    /// and so on, each of which appears when it is written, and manifest.json, which names those that are
    /// whole. The same run started again leaves the whole ones as they are and makes the others (with
    /// --report FILE, all); a run with other options, or of another input, is refused. A run that is killed
    /// may leave a file named .offprint-*.tmp, which can be deleted when no run is going on.
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// What the PATHs are: posts, and folders of posts, or files of records.
    ///
    /// A record is a post and its path: a line of JSON, or a row of a table, with a text `path`, and a
    /// `source` that is the whole post, as text or (in tables) as bytes. All else in it is passed over. The
    /// files are read in the order in which they are named. What is no record ends the run.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = InputFormat::Files)]
    pub(crate) input_format: InputFormat,

    #[command(flatten)]
    pub(crate) selection: Selection,

    /// Convert part I of N of the input, as in `1/8`: of its posts in their order, those that begin in the
    /// I-th of N slices of the same number of bytes. The parts together are the input.
    ///
    /// The files of Parquet are named posts-I-of-N-00001.parquet and manifest-I-of-N.json then, so that all
    /// parts can go to one folder.
    #[arg(long, value_name = "I/N", value_parser = Part::parse)]
    pub(crate) part: Option<Part>,

    /// Begin another file of Parquet before one would hold more than N bytes of posts, as in `64M` (K, M and
    /// G are powers of 1024) [default: 256M].
    #[arg(long, value_name = "N", value_parser = parse_size)]
    pub(crate) shard_bytes: Option<u64>,

    /// Fill the column `blocks_json` of a table.
    #[arg(long)]
    pub(crate) blocks_json: bool,

    /// How many posts to work on at a time [default: one for each core].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Add the cosmetic filter rules of FILE, written as for an ad blocker (`##.promo`). Can be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,

    /// Leave out the built-in rules against advertisements.
    #[arg(long)]
    pub(crate) no_ads: bool,

    /// Take out what stands around articles too: share bars, related posts, entry meta, comment threads,
    /// subscribe boxes, paywall notices.
    #[arg(long)]
    pub(crate) furniture: bool,

    /// What bodies are written in: `html`, `markdown`, or `auto`, which looks at each. The name of a file
    /// that ends in `.html` or `.htm` means HTML to `auto`.
    #[arg(long, value_name = "FORMAT", default_value_t = BodyFormat::Auto)]
    pub(crate) body: BodyFormat,

    /// The template languages whose tags bodies hold: `liquid`, `hugo` (and Zola), `wordpress`, or more of
    /// them with commas between. Tags that are content become it, the others are removals; without this
    /// option, tags are text.
    #[arg(long, value_name = "LIST", default_value_t = TemplateSyntaxes::NONE)]
    pub(crate) templates: TemplateSyntaxes,

    /// Which implementation reads the posts: `auto` (the fastest one that is sure of a post) or `reference`
    /// (the one that defines the meaning). They give the same articles.
    #[arg(long, value_name = "ENGINE", default_value_t = Engine::Auto)]
    pub(crate) engine: Engine,

    /// Raise or lower a limit on what a post may hold: `input_bytes`, `metadata_bytes`, `depth` (at most
    /// 1024), `attributes` (of one tag) or `nodes`, as in `nodes=8_000_000`. Can be repeated.
    #[arg(long = "limit", value_name = "NAME=N", value_parser = Limit::parse)]
    pub(crate) limits: Vec<Limit>,

    /// Repair what can be repaired (broken front matter, bytes that are not UTF-8) instead of failing.
    #[arg(long)]
    pub(crate) recover: bool,

    /// Write what was noticed and removed to FILE, one JSON line for each post. With `-`, put it into the
    /// lines of the output, which must be JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,

    /// Count a post with diagnostics as failed, and print them. Its article is still written.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Write a line for a post that failed, too, with its `path` and an `error`, which has a `message`, and a
    /// `line` and a `column` if it has a place. The output must be JSON; tables have such rows always.
    #[arg(long)]
    pub(crate) error_rows: bool,

    #[command(flatten)]
    pub(crate) noise: Noise,
}

/// What posts are converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line of JSON for each post (also: json)
    #[value(alias = "json")]
    Jsonl,
    /// Plain text (also: txt)
    #[value(alias = "txt")]
    Text,
    /// Markdown, with the tables of GitHub's (also: md)
    #[value(alias = "md")]
    Markdown,
    /// Clean HTML
    Html,
    /// A table, as a stream of Arrow
    Arrow,
    /// A table, as files of Parquet in a folder
    Parquet,
}

impl Format {
    /// What it is as a table.
    pub(crate) fn table(self) -> Option<table::Kind> {
        match self {
            Self::Arrow => Some(table::Kind::Arrow),
            Self::Parquet => Some(table::Kind::Parquet),
            Self::Jsonl | Self::Text | Self::Markdown | Self::Html => None,
        }
    }
}

/// What posts are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Posts, and folders of posts
    Files,
    /// Lines of JSON
    Jsonl,
    /// A stream of Arrow
    Arrow,
    /// Parquet
    Parquet,
}

impl InputFormat {
    /// The records, if posts are records.
    pub(crate) fn records(self) -> Option<records::Kind> {
        match self {
            Self::Files => None,
            Self::Jsonl => Some(records::Kind::JsonLines),
            Self::Arrow => Some(records::Kind::Table(table::Kind::Arrow)),
            Self::Parquet => Some(records::Kind::Table(table::Kind::Parquet)),
        }
    }

    /// Fails if this build cannot read it.
    pub(crate) fn check(self) -> Result<(), Failure> {
        match self.records() {
            Some(records::Kind::Table(kind)) => kind.check(),
            Some(records::Kind::JsonLines) | None => Ok(()),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Jsonl => "jsonl",
            Self::Arrow => "arrow",
            Self::Parquet => "parquet",
        }
    }
}

impl ConvertOptions {
    /// What to make of the posts: what is asked for, or what the name of the output says.
    pub(crate) fn format(&self) -> Format {
        let named = || self.output.as_deref().and_then(output_path::format);
        self.format.or_else(named).unwrap_or(Format::Jsonl)
    }

    /// The most bytes of posts in a file of Parquet.
    pub(crate) fn shard_bytes(&self) -> u64 {
        self.shard_bytes.unwrap_or(256 << 20)
    }
}

/// Set a key of the front matter of posts, in place, or take it out.
///
/// Nothing but the value of the key changes: all other bytes of a file stay as they are, and a file in which
/// the key has the value already is not touched. A post that cannot be edited is a message on standard error,
/// and the others go on.
#[derive(Debug, Args)]
#[command(
    override_usage = "offprint set [OPTIONS] KEY VALUE PATH...\n       offprint set [OPTIONS] --unset KEY PATH..."
)]
#[command(
    after_help = "Exit status: 0 if every post could be edited, 1 if some failed, 2 if the run could not start, \
    130, 143 or 129 if SIGINT, SIGTERM or SIGHUP ended it."
)]
#[command(after_long_help = "\
VALUE is a number, `true`, `false`, or `null` if it is written as one in YAML; a list or a map in brackets (`[hot, \
drink]`, `{name: Tea}`); or a text, in quotes (`'\"3\"'`) or without. With --string it is a text whatever it looks like. \
A number that is not in a list or a map is written as you write it (`1.10`) where the format has such numbers. A VALUE \
that begins with a hyphen and is no number stands after `--`: offprint set title -- '- a' posts.

The new value is written in the format of the front matter, be it YAML, TOML or JSON, and in the style of the old \
value as far as possible. A key that is not there is added at the end. A post without front matter gets one, in YAML. \
The result is read again before it is written: a post in which something else would change fails, and is left as it \
is. Bytes of the body that are not UTF-8 stay. A key whose value is a table of TOML, made by headers or keys with dots, \
can neither be set nor taken out. When the last key is taken out, the fences of the front matter stay.

A file is replaced as a whole when the new one is complete, unless it has changed since it was read. It keeps its mode \
and owner, and a symbolic link stays and leads to the new file. A file with more than one name (hard links) is cut \
from the other names, which keep the old content. Read-only files, pipes and devices are not replaced.

Exit status: 0 if every post could be edited, 1 if some failed, 2 if the run could not start, 130, 143 or 129 if \
SIGINT, SIGTERM or SIGHUP ended it; no unfinished file is left then.")]
pub(crate) struct SetOptions {
    /// The key, which must be at the top level of the front matter.
    #[arg(value_name = "KEY")]
    pub(crate) key: String,

    /// The new value (not with --unset), then files and folders, in which posts are found as by `convert`.
    #[arg(value_name = "VALUE PATH", allow_negative_numbers = true)]
    pub(crate) value_and_paths: Vec<OsString>,

    /// Take VALUE as a text, whatever it looks like.
    #[arg(long, conflicts_with = "unset")]
    pub(crate) string: bool,

    /// Take the key out, with its lines; there is no VALUE then.
    #[arg(long)]
    pub(crate) unset: bool,

    /// Write what would change to standard output, as a unified diff, and change nothing.
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) noise: Noise,

    /// How many posts to work on at a time [default: one for each core].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
}

/// Pack posts into one file of Parquet, with their paths, for `offprint convert --input-format parquet`.
///
/// One large file is read faster than a great many small ones, and can be divided among machines. A post that
/// cannot be read is a message on standard error, and the others go on.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 if every post was packed, 1 if some could not be read, \
    2 if the run could not start or its output could not be written, \
    130, 143 or 129 if SIGINT, SIGTERM or SIGHUP ended it.")]
pub(crate) struct PackOptions {
    /// Files and folders, in which posts are found as by `convert`.
    #[arg(required_unless_present_any = ["files_from", "files0_from"], value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The file to write. It appears, or changes, when all is written.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,

    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) noise: Noise,
}

/// Write what a shell needs to complete the arguments of this command, to standard output.
///
/// For bash: `offprint completions bash > ~/.local/share/bash-completion/completions/offprint`. For fish:
/// `offprint completions fish > ~/.config/fish/completions/offprint.fish`. For zsh: to a file `_offprint` in
/// a folder of `$fpath`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsOptions {
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Write a page of the manual to standard output, as `man -l -` shows it.
#[derive(Debug, Args)]
pub(crate) struct ManOptions {
    /// The command that the page is about, such as `convert` [default: all of them, in short].
    pub(crate) command: Option<String>,
}

/// Tell what `offprint convert` writes: the JSON Schema of its lines of JSON, or the columns of its table.
#[derive(Debug, Args)]
pub(crate) struct SchemaOptions {
    /// What to write to standard output.
    #[arg(short, long, value_enum, default_value_t = SchemaFormat::Json)]
    pub(crate) format: SchemaFormat,
}

/// What a schema is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// The JSON Schema (draft 2020-12) of a line of JSON
    Json,
    /// A line for each column of the table
    Text,
    /// A stream of Arrow without rows
    Arrow,
}
