//! Commands of GitHub's workflows, which show findings beside the lines of a change.

use std::fmt::Write;

use super::super::finding::Finding;

pub(super) fn write(out: &mut String, path: &str, finding: &Finding) {
    out.extend(["::", finding.level.as_str(), " file="]);
    push_escaped(out, path, true);
    if let Some(position) = finding.position {
        // Writing to memory does not fail.
        let _ = write!(out, ",line={},col={}", position.line, position.column);
    }
    out.extend([",title=", finding.code.as_str(), "::"]);
    push_escaped(out, &finding.message, false);
    out.push('\n');
}

/// Appends a text as these commands want it: what would end it is written as `%` and two hexadecimal digits.
fn push_escaped(out: &mut String, text: &str, is_property: bool) {
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if is_property => out.push_str("%3A"),
            ',' if is_property => out.push_str("%2C"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push_escaped;

    #[test]
    fn what_would_end_a_text_is_escaped() {
        let mut out = String::new();
        push_escaped(&mut out, "a:b,c%\r\n", true);
        push_escaped(&mut out, " a:b,c%\r\n", false);
        assert_eq!(out, "a%3Ab%2Cc%25%0D%0A a:b,c%25%0D%0A");
    }
}
