//! What begins at a `<`.

use memchr::{memchr, memmem};

use crate::html::event::{Tag, TagSet};

/// The longest name of an element that is known.
const LONGEST_NAME: usize = 10;

/// Elements whose end tag may be left out in running text.
const OPTIONAL_END: TagSet = TagSet::of(&[
    Tag::P,
    Tag::Li,
    Tag::Dd,
    Tag::Dt,
    Tag::Td,
    Tag::Th,
    Tag::Tr,
    Tag::Tbody,
    Tag::Thead,
    Tag::Tfoot,
    Tag::Option,
    Tag::Optgroup,
]);

/// Elements whose content has no tags in it.
const RAW_TEXT: TagSet = TagSet::of(&[
    Tag::Script,
    Tag::Style,
    Tag::Textarea,
    Tag::Title,
    Tag::Xmp,
    Tag::Iframe,
    Tag::Noembed,
    Tag::Noframes,
]);

/// What begins at a `<`.
pub(super) enum Piece {
    Start(StartTag),
    /// An end tag of a known name, up to this offset.
    End {
        tag: Tag,
        end: usize,
    },
    /// What is neither text nor an element that others stand in, up to this offset: a comment, a script.
    Passed(usize),
    /// `<https://…>`, `<u@x>`.
    Autolink,
    /// A text of this length.
    Text(usize),
}

/// A start tag of a known name.
pub(super) struct StartTag {
    pub(super) tag: Tag,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether it says that its content is Markdown: `markdown="1"`.
    pub(super) is_markdown: bool,
    pub(super) has_optional_end: bool,
}

/// Reads what begins at each `<` of a body, in the order of the body.
pub(super) struct Tags<'b> {
    body: &'b [u8],
    /// A tag that begins before this offset ends before the next `<`: one was looked for up to there that
    /// has no end.
    strict_before: usize,
    /// Whether no comment ends from here on.
    no_comment_ends: bool,
    /// The elements of [`RAW_TEXT`] that do not end from here on.
    no_raw_text_ends: TagSet,
}

impl<'b> Tags<'b> {
    pub(super) fn new(body: &'b str) -> Self {
        Self {
            body: body.as_bytes(),
            strict_before: 0,
            no_comment_ends: false,
            no_raw_text_ends: TagSet::default(),
        }
    }

    /// What begins at the `<` that stands at `start`.
    pub(super) fn piece(&mut self, start: usize) -> Piece {
        match self.body.get(start + 1) {
            Some(letter) if letter.is_ascii_alphabetic() => self.start_tag(start),
            Some(b'/') => self.end_tag(start),
            Some(b'!' | b'?') => self.declaration(start),
            _ if self.is_autolink(start) => Piece::Autolink,
            _ => Piece::Text(1),
        }
    }

    fn start_tag(&mut self, start: usize) -> Piece {
        if self.is_autolink(start) {
            return Piece::Autolink;
        }
        let (tag, name_end) = self.name(start + 1);
        if tag == Tag::Unknown {
            return self.unknown(start, name_end);
        }
        let Some((end, is_markdown)) = self.tag_end(name_end) else { return Piece::Text(1) };
        if RAW_TEXT.contains(tag) {
            return match self.raw_text_end(tag, start, name_end, end) {
                Some(end) => Piece::Passed(end),
                None => Piece::Text(end - start),
            };
        }
        Piece::Start(StartTag { tag, end, is_markdown, has_optional_end: OPTIONAL_END.contains(tag) })
    }

    /// `<T>` is text, and so is what stands in `<my-element>`; the attributes of that are not.
    fn unknown(&mut self, start: usize, name_end: usize) -> Piece {
        let length = match self.tag_end(name_end) {
            Some((end, _)) => end - start,
            None => 1,
        };
        Piece::Text(length)
    }

    fn end_tag(&mut self, start: usize) -> Piece {
        let (tag, name_end) = self.name(start + 2);
        if tag == Tag::Unknown {
            return Piece::Text(1);
        }
        match self.tag_end(name_end) {
            Some((end, _)) => Piece::End { tag, end },
            None => Piece::Text(1),
        }
    }

    /// A comment, a `<!DOCTYPE>`, or a `<?php … ?>`.
    fn declaration(&mut self, start: usize) -> Piece {
        let rest = &self.body[start..];
        if rest.starts_with(b"<!-->") || rest.starts_with(b"<!--->") {
            return Piece::Passed(start + "<!-->".len());
        }
        if rest.starts_with(b"<!--") {
            if self.no_comment_ends {
                return Piece::Text("<!--".len());
            }
            let Some(length) = memmem::find(&rest["<!--".len()..], b"-->") else {
                self.no_comment_ends = true;
                return Piece::Text("<!--".len());
            };
            return Piece::Passed(start + "<!--".len() + length + "-->".len());
        }
        let is_declaration = rest[1] == b'?'
            || rest.get(2).is_some_and(u8::is_ascii_alphabetic)
            || rest.starts_with(b"<![CDATA[");
        match self.plain_end(start + 2) {
            Some(end) if is_declaration => Piece::Passed(end),
            _ => Piece::Text(1),
        }
    }

    /// Where the next `>` ends, if no blank line and no `<` stands before it.
    fn plain_end(&self, from: usize) -> Option<usize> {
        let length = memchr::memchr2(b'>', b'<', &self.body[from..])?;
        (self.body[from + length] == b'>').then_some(from + length + 1)
    }

    /// Whether `<https://…>`, or an address, begins at the `<` that stands at `start`.
    fn is_autolink(&self, start: usize) -> bool {
        let rest = &self.body[start + 1..];
        let end = rest.iter().position(|byte| !is_in_scheme(*byte)).unwrap_or(rest.len());
        let after = &rest[end..];
        let scheme = &rest[..end];
        let is_url = match after {
            [b':', b'/', b'/', ..] => scheme.len() >= 2 && scheme[0].is_ascii_alphabetic(),
            [b':', ..] => [&b"mailto"[..], b"tel", b"xmpp", b"news"].contains(&scheme),
            _ => false,
        };
        if !is_url && after.first().is_none_or(|byte| !is_in_address(*byte) && *byte != b'@') {
            return false;
        }
        let Some(length) = after.iter().position(|byte| matches!(byte, b'<' | b'>' | b' ' | b'\n' | b'\t'))
        else {
            return false;
        };
        after[length] == b'>' && (is_url || is_address(&rest[..end + length]))
    }

    /// The element whose name begins at `start`, and where the name ends.
    fn name(&self, start: usize) -> (Tag, usize) {
        let rest = &self.body[start..];
        let length = rest.iter().take(LONGEST_NAME + 1).position(|byte| !byte.is_ascii_alphanumeric());
        let Some(length @ 1..) = length else { return (Tag::Unknown, start) };
        if !matches!(rest[length], b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>') {
            return (Tag::Unknown, start + length);
        }
        let mut name = [0; LONGEST_NAME];
        let name = &mut name[..length];
        name.copy_from_slice(&rest[..length]);
        name.make_ascii_lowercase();
        (std::str::from_utf8(name).map_or(Tag::Unknown, Tag::of), start + length)
    }

    /// Where the tag ends whose name ends at `name_end`, and whether it has the attribute `markdown`. `None`
    /// if it does not end before the body or, outside quotes, the paragraph does.
    fn tag_end(&mut self, name_end: usize) -> Option<(usize, bool)> {
        let bytes = self.body;
        if name_end < self.strict_before {
            return self.plain_end(name_end).map(|end| (end, false));
        }
        let mut is_markdown = false;
        let mut at = name_end;
        loop {
            let space = at;
            at = skip(bytes, at, |byte| is_space(byte) || byte == b'/');
            let is_blank_line = memchr(b'\n', &bytes[space..at])
                .is_some_and(|first| memchr(b'\n', &bytes[space + first + 1..at]).is_some());
            match bytes.get(at) {
                Some(b'>') if !is_blank_line => return Some((at + 1, is_markdown)),
                Some(_) if !is_blank_line => {}
                _ => {
                    self.strict_before = at;
                    return None;
                }
            }
            let name = at;
            at = skip(bytes, at + 1, |byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
            let name = name..at;
            let sign = skip(bytes, at, is_space);
            if bytes.get(sign) != Some(&b'=') {
                continue;
            }
            at = skip(bytes, sign + 1, is_space);
            let value = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let Some(length) = memchr(*quote, &bytes[at + 1..]) else {
                    self.strict_before = bytes.len();
                    return None;
                };
                at + 1..at + 1 + length
            } else {
                at..skip(bytes, at, |byte| !is_space(byte) && byte != b'>')
            };
            let is_quoted = value.start > at;
            at = value.end + usize::from(is_quoted);
            is_markdown |= bytes[name].eq_ignore_ascii_case(b"markdown")
                && matches!(&bytes[value], b"1" | b"block" | b"span");
        }
    }

    /// Where the end tag ends of an element whose content is text; `None` without one.
    fn raw_text_end(&mut self, tag: Tag, start: usize, name_end: usize, end: usize) -> Option<usize> {
        if self.no_raw_text_ends.contains(tag) {
            return None;
        }
        let bytes = self.body;
        let name = &bytes[start + 1..name_end];
        let found = memmem::find_iter(&bytes[end..], b"</").find_map(|at| {
            let found = end + at + "</".len();
            let name_end = found + name.len();
            let is_it = bytes.get(found..name_end).is_some_and(|other| other.eq_ignore_ascii_case(name))
                && bytes.get(name_end).is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'));
            is_it.then_some(name_end)
        });
        let closed = found.and_then(|name_end| memchr(b'>', &bytes[name_end..]).map(|at| name_end + at + 1));
        if closed.is_none() {
            self.no_raw_text_ends.join(TagSet::of(&[tag]));
        }
        closed
    }

    /// Whether the tag at the `<` at `start` is that of a block, or of a part of one.
    pub(super) fn is_block(&self, start: usize) -> bool {
        let is_end = self.body.get(start + 1) == Some(&b'/');
        let (tag, _) = self.name(start + 1 + usize::from(is_end));
        tag.is_block()
    }
}

fn skip(bytes: &[u8], from: usize, is_passed: impl Fn(u8) -> bool) -> usize {
    let rest = &bytes[from.min(bytes.len())..];
    from + rest.iter().position(|byte| !is_passed(*byte)).unwrap_or(rest.len())
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

const fn is_in_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-')
}

/// Whether a byte may stand before the `@` of an address.
const fn is_in_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-'..=b'/' | b'=' | b'?' | b'^'..=b'`'
                | b'{'..=b'~')
}

fn is_address(text: &[u8]) -> bool {
    let Some(sign) = memchr(b'@', text) else { return false };
    let (name, host) = (&text[..sign], &text[sign + 1..]);
    !name.is_empty()
        && name.iter().all(|byte| is_in_address(*byte))
        && host.split(|byte| *byte == b'.').all(|label| {
            !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        })
}
