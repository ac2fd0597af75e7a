//! What is odd about a file, whatever it holds.

use memchr::memchr2_iter;
use offprint::Position;

use super::codes::Code;
use super::finding::Findings;

pub(super) fn check(source: &str, findings: &mut Findings<'_>) {
    if source.starts_with('\u{feff}') {
        let message = "the file begins with a byte order mark";
        findings.add(Code::ByteOrderMark, Some(Position::of(source, 0)), message);
    }
    if findings.wants(Code::MixedLineEnds) {
        check_line_ends(source, findings);
    }
}

/// How lines end, with how many do so, and where the first does.
struct LineEnd {
    name: &'static str,
    lines: usize,
    first: usize,
}

/// Finds where a line ends in another way than most lines do.
fn check_line_ends(source: &str, findings: &mut Findings<'_>) {
    let [mut lf, mut crlf, mut cr] = ["LF", "CRLF", "CR"].map(|name| LineEnd { name, lines: 0, first: 0 });
    let bytes = source.as_bytes();
    for at in memchr2_iter(b'\r', b'\n', bytes) {
        let (end, at) = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => continue,
            b'\r' => (&mut cr, at),
            _ if at > 0 && bytes[at - 1] == b'\r' => (&mut crlf, at - 1),
            _ => (&mut lf, at),
        };
        if end.lines == 0 {
            end.first = at;
        }
        end.lines += 1;
    }
    let mut ends = [lf, crlf, cr];
    ends.sort_by_key(|end| std::cmp::Reverse(end.lines));
    let [most, others @ ..] = ends;
    let Some(first) = others.iter().filter(|end| end.lines > 0).min_by_key(|end| end.first) else { return };
    let counts =
        others.iter().filter(|end| end.lines > 0).map(|end| format!("{} in {}", end.lines, end.name));
    let counts: Vec<_> =
        std::iter::once(format!("{} lines end in {}", most.lines, most.name)).chain(counts).collect();
    let position = Some(Position::of(source, first.first));
    findings.add(Code::MixedLineEnds, position, counts.join(", "));
}
