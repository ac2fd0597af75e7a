//! Fences of code, which may stand inside lists and quotations.

use super::spans;

/// What a fence begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    sign: u8,
    /// How often the sign stands there.
    length: usize,
    /// Whether a quotation begins between a list marker and the fence.
    pub(super) is_quoted: bool,
}

impl Fence {
    /// Whether a line that stands where the fence does closes it.
    pub(super) fn is_closed_by(self, content: &str) -> bool {
        let content = if self.is_quoted { inside_quotation(content) } else { content };
        let run = run_of(content, self.sign);
        run >= self.length && content.len() == run
    }
}

/// The fence that a line opens, after list markers and the marks of quotations too.
pub(super) fn opened_by(content: &str) -> Option<Fence> {
    let (mut content, mut is_quoted) = (content, false);
    while let Some(length) = spans::marker_length(content) {
        content = content[length..].trim_ascii_start();
        let inside = inside_quotation(content);
        (content, is_quoted) = (inside, is_quoted || inside.len() < content.len());
    }
    let sign = *content.as_bytes().first().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let length = run_of(content, sign);
    let is_fence = length >= 3 && !(sign == b'`' && content[length..].contains('`'));
    is_fence.then_some(Fence { sign, length, is_quoted })
}

/// What stands after the marks of quotations.
pub(super) fn inside_quotation(content: &str) -> &str {
    content.trim_start_matches(['>', ' ', '\t'])
}

/// How often the text begins with the sign.
fn run_of(text: &str, sign: u8) -> usize {
    text.bytes().take_while(|byte| *byte == sign).count()
}
