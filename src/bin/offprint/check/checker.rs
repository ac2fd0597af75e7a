//! What is found in one post.

use offprint::{
    BodyFormat, Diagnostic, DiagnosticKind, Error, ErrorKind, FrontMatter, Parser, Position, Post, Report,
};

use super::across::Keys;
use super::codes::Code;
use super::finding::{Finding, Findings};
use super::levels::Levels;
use super::metadata::{self, Read};
use super::{article, file};
use crate::inputs::Item;
use crate::room::Room;

/// Looks at posts.
pub(super) struct Checker<'o> {
    /// Reads as `convert` does.
    pub(super) strict: Parser,
    /// The same, with repairs.
    pub(super) lenient: Parser,
    /// The most bytes of a post.
    pub(super) input_bytes: usize,
    pub(super) levels: &'o Levels,
    /// The keys of the front matter that must be there.
    pub(super) required: &'o [String],
}

/// What was found in a post by itself.
pub(super) struct Checked {
    pub(super) path: String,
    pub(super) findings: Vec<Finding>,
    /// What it is compared with others by.
    pub(super) keys: Keys,
}

impl Checker<'_> {
    /// `room` is for the bytes of the post.
    pub(super) fn check(&self, item: &Item, room: &mut Room) -> Checked {
        let path = item.path();
        let mut findings = Findings::new(self.levels);
        let keys = self.look(item, &path, room, &mut findings);
        Checked { path, findings: findings.into_list(), keys: keys.unwrap_or_default() }
    }

    /// `None` if there is nothing to compare.
    fn look(&self, item: &Item, path: &str, room: &mut Room, findings: &mut Findings<'_>) -> Option<Keys> {
        let bytes = match item.read(self.input_bytes, room) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.add(Code::Unreadable, None, error.to_string());
                return None;
            }
        };
        let name = item.name();
        let (post, report) = match read(&self.lenient, name.as_deref(), bytes) {
            Ok(read) => read,
            Err(error) => {
                add_error(&error, findings);
                return None;
            }
        };
        // What is repaired is in the diagnostics.
        let is_odd = !report.diagnostics.is_empty();
        let error = is_odd.then(|| read(&self.strict, name.as_deref(), bytes).err()).flatten();
        if let Some(error) = &error {
            add_error(error, findings);
        }
        for diagnostic in &report.diagnostics {
            if !error.as_ref().is_some_and(|error| is_about(diagnostic, error)) {
                if let Some(code) = Code::of(diagnostic.kind.as_str()) {
                    findings.add(code, diagnostic.position, &*diagnostic.message);
                }
            }
        }
        // Positions are those of the file, and so is its text.
        let source = simdutf8::basic::from_utf8(bytes).ok()?;
        file::check(source, findings);
        let front_matter = &FrontMatter::split_or_recover(source);
        let read = Read { path, source, front_matter, post: &post };
        if error.is_none() {
            metadata::check_missing(read, self.required, findings);
        }
        if findings.wants(Code::UnknownTimeZone) {
            metadata::check_time_zones(read, findings);
        }
        if findings.wants(Code::ImageWithoutAlt) {
            article::check_images(read, findings);
        }
        if findings.wants(Code::BrokenFragment) {
            article::check_links(read, report.body_format == Some(BodyFormat::Markdown), findings);
        }
        Some(Keys::of(read, findings))
    }
}

fn read<'a>(parser: &Parser, name: Option<&str>, bytes: &'a [u8]) -> Result<(Post<'a>, Report), Error> {
    match name {
        None => parser.parse_bytes_with_report(bytes),
        Some(name) => parser.parse_named_bytes_with_report(name, bytes),
    }
}

/// Adds why a post cannot be read.
fn add_error(error: &Error, findings: &mut Findings<'_>) {
    let code = match error.kind() {
        ErrorKind::InvalidUtf8 => Code::InvalidUtf8,
        ErrorKind::UnclosedFrontMatter(_) => Code::UnclosedFrontMatter,
        ErrorKind::InvalidYaml { .. } => Code::InvalidYaml,
        ErrorKind::InvalidToml { .. } => Code::InvalidToml,
        ErrorKind::InvalidJson { .. } => Code::InvalidJson,
        ErrorKind::NotAMapping { .. } => Code::NotAMapping,
        ErrorKind::LimitExceeded { .. } => Code::LimitExceeded,
        ErrorKind::MissingFeature { .. } => Code::MissingFeature,
        _ => Code::Unreadable,
    };
    findings.add(code, error.position(), error.kind().to_string());
}

/// Whether a diagnostic says what an error says.
fn is_about(diagnostic: &Diagnostic, error: &Error) -> bool {
    match diagnostic.kind {
        DiagnosticKind::InvalidUtf8 => *error.kind() == ErrorKind::InvalidUtf8,
        DiagnosticKind::UnclosedFrontMatter => matches!(error.kind(), ErrorKind::UnclosedFrontMatter(_)),
        DiagnosticKind::RecoveredMetadata | DiagnosticKind::DeepMetadata => {
            let line = |position: Option<Position>| position.map(|position| position.line);
            line(diagnostic.position) == line(error.position())
        }
        _ => false,
    }
}
