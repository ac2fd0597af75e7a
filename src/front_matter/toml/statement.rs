//! What a line of TOML looks like, whether or not it is right.

use super::lexer::{Token, tokens};

/// A key at the start of a line, and what follows it. The offsets are bytes of the line.
pub(super) struct Key<'a> {
    /// The key as it is written, with its dots and quotes.
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Where the `=` is, or the `:` that stands for it.
    pub(super) sign_at: usize,
    /// Where the value begins, after white space.
    pub(super) value_at: usize,
}

/// The key of a line like `title = "Tea"`, or like `title: "Tea"`, as YAML has it. `None` if the line begins
/// with anything other than a name or a string before the sign.
pub(super) fn key(line: &str) -> Option<Key<'_>> {
    let at = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut end = at;
    let mut sign_at = None;
    for (token, range) in tokens(&line[at..]) {
        let token_text = &line[at + range.start..at + range.end];
        match token {
            Token::Equals => {
                sign_at = Some(at + range.start);
                break;
            }
            Token::Atom if token_text.contains(':') => {
                let colon = at + range.start + token_text.find(':')?;
                let after = &line[colon + 1..];
                if !(after.is_empty() || after.starts_with([' ', '\t'])) {
                    return None;
                }
                end = end.max(colon);
                sign_at = Some(colon);
                break;
            }
            Token::Atom | Token::Text | Token::Dot => end = at + range.end,
            Token::Blank if token_text.starts_with('#') => return None,
            Token::Blank => {}
            _ => return None,
        }
    }
    let sign_at = sign_at.filter(|_| end > at)?;
    let value = line[sign_at + 1..].trim_start_matches([' ', '\t']);
    Some(Key { text: line[at..end].trim_end(), at, sign_at, value_at: line.len() - value.len() })
}

/// Whether a line is a header like `[params]` or `[[items]]`, or begins like one.
pub(super) fn is_header(line: &str) -> bool {
    let line = line.trim_ascii();
    let name = line.trim_start_matches('[');
    if name.len() == line.len() || line.len() - name.len() > 2 {
        return false;
    }
    let mut ends = false;
    for (token, _) in tokens(name) {
        match token {
            Token::Close(b']') => ends = true,
            Token::Blank => {}
            Token::Atom | Token::Text | Token::Dot if !ends => {}
            _ => return false,
        }
    }
    ends
}
