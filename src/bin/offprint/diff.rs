//! What changes in a file, as a unified diff.

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// The diff of two contents of one file, which differ. All between the first and the last line that differ is
/// one change.
pub(crate) fn unified(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let (old, new) = (lines(old), lines(new));
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();

    let start = before.saturating_sub(CONTEXT);
    let shown_after = after.min(CONTEXT);
    let old_end = old.len() - after;
    let new_end = new.len() - after;
    // As GNU diff does it: without the tab, programs that apply diffs end a name at its first space.
    let tab = if path.contains(' ') { "\t" } else { "" };
    let mut diff = format!(
        "--- {path}{tab}\n+++ {path}{tab}\n@@ -{} +{} @@\n",
        range(start, old_end + shown_after),
        range(start, new_end + shown_after)
    )
    .into_bytes();
    push(&mut diff, b' ', &old[start..before]);
    push(&mut diff, b'-', &old[before..old_end]);
    push(&mut diff, b'+', &new[before..new_end]);
    push(&mut diff, b' ', &old[old_end..old_end + shown_after]);
    diff
}

/// The lines with their line breaks.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// The first line and the number of lines, for the head of a change. Where there are no lines, the line
/// before counts.
fn range(start: usize, end: usize) -> String {
    let first = if start == end { start } else { start + 1 };
    format!("{first},{}", end - start)
}

fn push(diff: &mut Vec<u8>, sign: u8, lines: &[&[u8]]) {
    for line in lines {
        diff.push(sign);
        diff.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            diff.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
    }
}
