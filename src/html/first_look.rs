//! What one pass over the bytes of a body tells before it is read.

use memchr::{memchr_iter, memchr3_iter};

/// The first byte of a C1 control in UTF-8. Other characters begin with it too.
const FIRST_OF_C1: u8 = 0xc2;

/// What stands in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FirstLook {
    /// Whether there are carriage returns. Then no one has looked for NULs.
    pub(crate) has_carriage_returns: bool,
    /// Whether there are NULs. Then no one has looked for carriage returns.
    pub(super) has_nul: bool,
    /// Whether there are C1 controls.
    pub(crate) has_c1: bool,
}

impl FirstLook {
    /// Looks at a body.
    pub(crate) fn at(html: &str) -> Self {
        let bytes = html.as_bytes();
        let is_c1 = |at: usize| matches!(bytes.get(at + 1), Some(0x80..=0x9f));
        let mut found = memchr3_iter(b'\r', b'\0', FIRST_OF_C1, bytes);
        let mut has_c1 = false;
        let special = found.find(|&at| {
            let is_first = bytes[at] == FIRST_OF_C1;
            has_c1 |= is_first && is_c1(at);
            !is_first
        });
        // A file with carriage returns has one in each line, and the first one tells.
        if let Some(at) = special.filter(|_| !has_c1) {
            has_c1 = memchr_iter(FIRST_OF_C1, &bytes[at..]).any(|found| is_c1(at + found));
        }
        let special = special.map(|at| bytes[at]);
        Self { has_carriage_returns: special == Some(b'\r'), has_nul: special == Some(0), has_c1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_body() {
        for (html, has_carriage_returns, has_nul, has_c1) in [
            ("", false, false, false),
            ("茶é\u{a0}\u{bf}", false, false, false),
            ("é\u{80}", false, false, true),
            ("\u{9f}", false, false, true),
            ("a\r\n\r\n\0\u{92}", true, false, true),
            ("\u{92}\0\r", false, true, true),
            ("a\0\u{a0}", false, true, false),
        ] {
            let look = FirstLook { has_carriage_returns, has_nul, has_c1 };
            assert_eq!(FirstLook::at(html), look, "{html:?}");
        }
    }
}
