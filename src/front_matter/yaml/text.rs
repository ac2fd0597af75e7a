//! What the characters of a block say before it is parsed.

/// The line breaks of YAML, of which the fences of front matter know the first only.
pub(super) const BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Whether a block has no content, but white space and comments.
pub(super) fn is_empty(text: &str) -> bool {
    text.split(BREAKS).all(|line| {
        // The parser passes over a byte order mark at the start of a line.
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        matches!(line.trim_start_matches([' ', '\t']).as_bytes().first(), None | Some(b'#'))
    })
}

/// The first line that is a `%TAG` or `%YAML` directive. A `---` line must follow a directive, and that line
/// closes the front matter; so a directive is always an error.
pub(super) fn directive(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'%', text.as_bytes()).find(|&at| {
        let name = &text[at + 1..];
        (name.starts_with("TAG") || name.starts_with("YAML"))
            && text[..at].chars().next_back().is_none_or(|char| BREAKS.contains(&char) || char == '\u{feff}')
    })
}
