//! What the path of the output says.

use std::path::{Path, is_separator};

use crate::args::Format;

/// The formats by the extensions of their files.
const EXTENSIONS: [(&str, Format); 11] = [
    ("arrow", Format::Arrow),
    ("arrows", Format::Arrow),
    ("htm", Format::Html),
    ("html", Format::Html),
    ("json", Format::Jsonl),
    ("jsonl", Format::Jsonl),
    ("markdown", Format::Markdown),
    ("md", Format::Markdown),
    ("ndjson", Format::Jsonl),
    ("parquet", Format::Parquet),
    ("txt", Format::Text),
];

/// The format that a file has by its name, if the path is not that of a folder.
pub(crate) fn format(path: &Path) -> Option<Format> {
    let ends_in_separator = path.to_string_lossy().ends_with(is_separator);
    if ends_in_separator || path.is_dir() {
        return None;
    }
    let extension = path.extension()?;
    let (_, format) = EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known))?;
    Some(*format)
}

/// Whether a path is that of a file which holds one article.
pub(crate) fn is_of_one_article(path: &Path) -> bool {
    matches!(format(path), Some(Format::Text | Format::Markdown | Format::Html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_separator_at_its_end_is_a_folder() {
        for (path, expected) in [
            ("a.html", Some(Format::Html)),
            ("b/a.MD", Some(Format::Markdown)),
            ("a.html/", None),
            ("html", None),
            (".html", None),
            ("a.b", None),
        ] {
            assert_eq!(format(Path::new(path)), expected, "{path}");
        }
    }
}
