//! Which files of the folders that are walked are posts: `--ext`, `--glob` and `--exclude`.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::Failure;
use crate::walk::is_post;

/// What is taken of a folder. The default takes all that is named like a post.
#[derive(Clone, Default)]
pub(crate) struct Filter {
    /// Without their points; empty for those that posts have.
    extensions: Vec<String>,
    /// Of which one must match a file.
    wanted: Option<GlobSet>,
    /// Of which none must match a file, or a folder that it is in.
    unwanted: Option<GlobSet>,
}

impl Filter {
    /// Fails if a pattern cannot be used.
    pub(crate) fn new(extensions: &[String], glob: &[String], exclude: &[String]) -> Result<Self, Failure> {
        let without_point = |extension: &String| extension.strip_prefix('.').unwrap_or(extension).to_owned();
        let extensions: Vec<_> = extensions.iter().map(without_point).collect();
        if extensions.iter().any(|extension| extension.is_empty() || extension.contains(['.', '/', '*'])) {
            let message = "offprint: --ext takes extensions with commas between, as in md,html,txt";
            return Err(Failure::Message(message.to_owned()));
        }
        let (wanted, unwanted) = (patterns("--glob", glob)?, patterns("--exclude", exclude)?);
        Ok(Self { extensions, wanted, unwanted })
    }

    /// Whether a file is taken. `below` gives its path below the folder that the user named, which only
    /// patterns look at.
    pub(crate) fn takes<'p>(&self, path: &'p Path, below: impl FnOnce(&'p Path) -> &'p Path) -> bool {
        let has_extension = if self.extensions.is_empty() {
            is_post(path)
        } else {
            let extension = path.extension().unwrap_or_default();
            self.extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
        };
        has_extension && self.wanted.as_ref().is_none_or(|wanted| wanted.is_match(below(path)))
    }

    /// Whether a file, or a folder with all that is in it, is passed over. `below` is as in
    /// [`takes`](Self::takes).
    pub(crate) fn excludes<'p>(&self, path: &'p Path, below: impl FnOnce(&'p Path) -> &'p Path) -> bool {
        self.unwanted.as_ref().is_some_and(|unwanted| unwanted.is_match(below(path)))
    }
}

/// The patterns that an option has been given.
fn patterns(option: &str, patterns: &[String]) -> Result<Option<GlobSet>, Failure> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let failure = |pattern: &str, error: &globset::Error| {
        Failure::Message(format!("offprint: {option} `{pattern}`: {}", error.kind()))
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(&anchored(pattern)).literal_separator(true).build();
        set.add(glob.map_err(|error| failure(pattern, &error))?);
    }
    let all = patterns.join(" ");
    set.build().map(Some).map_err(|error| failure(&all, &error))
}

/// The pattern for the whole path below the folder.
fn anchored(pattern: &str) -> String {
    let inner = pattern.trim_end_matches('/');
    // As in a list of ignored files: where there is no `/`, the name alone counts.
    if inner.contains('/') { inner.trim_start_matches('/').to_owned() } else { format!("**/{inner}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(extensions: &[&str], glob: &[&str], exclude: &[&str]) -> Filter {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Filter::new(&owned(extensions), &owned(glob), &owned(exclude)).ok().unwrap()
    }

    #[test]
    fn a_pattern_without_a_slash_is_for_names() {
        for (pattern, path, matches) in [
            ("2020-*", "a/b/2020-x.md", true),
            ("2020-*", "2020-x.md", true),
            ("a/*", "a/x.md", true),
            ("a/*", "a/b/x.md", false),
            ("a/*", "b/a/x.md", false),
            ("a/**", "a/b/x.md", true),
            ("/x.md", "x.md", true),
            ("/x.md", "a/x.md", false),
            ("{x,y}.md", "a/y.md", true),
            ("[xy].md", "a/z.md", false),
        ] {
            assert_eq!(
                filter(&[], &[pattern], &[]).takes(Path::new(path), |path| path),
                matches,
                "{pattern} {path}"
            );
            assert_eq!(
                filter(&[], &[], &[pattern]).excludes(Path::new(path), |path| path),
                matches,
                "{pattern} {path}"
            );
        }
        assert!(filter(&[], &[], &["drafts/"]).excludes(Path::new("a/drafts"), |path| path));
    }

    #[test]
    fn extensions_have_a_point_or_none() {
        let texts = filter(&[".TXT", "md"], &[], &[]);
        for (path, is_taken) in [("a.txt", true), ("a.Md", true), ("a.html", false), ("txt", false)] {
            assert_eq!(texts.takes(Path::new(path), |path| path), is_taken, "{path}");
        }
        let plain = Filter::default();
        assert!(
            plain.takes(Path::new("a.HTM"), |path| path) && !plain.takes(Path::new("a.txt"), |path| path)
        );
        assert!(!plain.excludes(Path::new("a.txt"), |path| path));
    }
}
