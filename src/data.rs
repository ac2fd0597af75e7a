//! Reads the lists of words that are data files: one entry a line.
//!
//! A line that begins with `#` is a comment, as in `labels.txt` of the rules. The lists of rules are none of these: they
//! are in the syntax of ad blockers, where a comment begins with `!`.

/// The entries of a list in order, without the blank lines, the comments, and the white space at the edges of each.
///
/// ```text
/// # Korean
/// 광고
/// ```
pub(crate) fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn a_line_is_an_entry_a_comment_or_blank() {
        let list = "# Korean\n광고\n\n  two words\t\r\n \n  # indented\nnot # a comment\n#\n!\nlast";
        let found: Vec<_> = entries(list).collect();
        assert_eq!(found, ["광고", "two words", "not # a comment", "!", "last"]);
        assert_eq!(entries("").count() + entries("# nothing\n").count(), 0);
    }
}
