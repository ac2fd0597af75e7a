//! HTML that is being written, and where its bytes come from.

use memchr::{memchr, memchr_iter, memchr2};

use crate::source_map::SourceMap;

/// HTML, and the map from it to the Markdown.
#[derive(Debug)]
pub(super) struct Output {
    html: String,
    map: SourceMap,
}

impl Output {
    pub(super) fn new(capacity: usize, with_map: bool) -> Self {
        Self { html: String::with_capacity(capacity), map: SourceMap::new(with_map) }
    }

    /// An empty output that keeps a map if this one does.
    pub(super) fn beside(&self) -> Self {
        Self { html: String::new(), map: SourceMap::new(self.map.is_on()) }
    }

    pub(super) fn finish(self) -> (String, SourceMap) {
        (self.html, self.map)
    }

    /// What follows is written for what begins at `origin` in the Markdown.
    pub(super) fn from(&mut self, origin: usize) {
        if self.map.is_on() {
            self.map.written(self.html.len(), origin);
        }
    }

    /// Appends all of another output.
    pub(super) fn append(&mut self, other: &Self) {
        self.map.append(self.html.len(), &other.map);
        self.html.push_str(&other.html);
    }

    /// Appends HTML.
    pub(super) fn html(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Appends a number.
    pub(super) fn number(&mut self, number: impl std::fmt::Display) {
        self.html.push_str(&number.to_string());
    }

    /// Appends HTML that stands in the Markdown at `origin`, if that is known. Line ends become line feeds,
    /// as everywhere else.
    pub(super) fn copy(&mut self, mut html: &str, origin: Option<usize>) {
        let mut copied = 0;
        loop {
            if let Some(origin) = origin {
                if self.map.is_on() {
                    self.map.copy(self.html.len(), origin + copied);
                }
            }
            let Some(at) = memchr(b'\r', html.as_bytes()) else { break };
            self.html.push_str(&html[..at]);
            let is_line_feed_next = html.as_bytes().get(at + 1) == Some(&b'\n');
            if !is_line_feed_next {
                self.html.push('\n');
            }
            html = &html[at + 1..];
            copied += at + 1;
        }
        self.html.push_str(html);
    }

    /// Appends text.
    pub(super) fn text(&mut self, mut text: &str) {
        while let Some(at) = memchr2(b'<', b'&', text.as_bytes()) {
            self.html.push_str(&text[..at]);
            self.html.push_str(if text.as_bytes()[at] == b'<' { "&lt;" } else { "&amp;" });
            text = &text[at + 1..];
        }
        self.html.push_str(text);
    }

    /// Takes back the backslash at the end, if there is one.
    pub(super) fn take_back_backslash(&mut self) {
        if self.html.ends_with('\\') {
            self.html.pop();
        }
    }

    /// Appends text to the value of an attribute in quotation marks.
    pub(super) fn value(&mut self, mut text: &str) {
        while let Some(at) = memchr2(b'"', b'&', text.as_bytes()) {
            self.html.push_str(&text[..at]);
            self.html.push_str(if text.as_bytes()[at] == b'"' { "&quot;" } else { "&amp;" });
            text = &text[at + 1..];
        }
        self.html.push_str(text);
    }

    /// Appends an attribute.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.value(value);
        self.html.push('"');
    }

    /// Appends an attribute with a URL. What a URL must not hold is percent-encoded, as the examples of the
    /// CommonMark specification have it. A URL with a template tag is not finished, and stays as it is.
    pub(super) fn url_attribute(&mut self, name: &str, scheme: &str, url: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.html.push_str(scheme);
        if holds_template_tag(url) {
            self.value(url);
        } else {
            self.encoded(url);
        }
        self.html.push('"');
    }

    /// Appends a URL, with what it must not hold percent-encoded.
    fn encoded(&mut self, url: &str) {
        let mut copied = 0;
        for (at, byte) in url.bytes().enumerate() {
            if STAYS_IN_URL[usize::from(byte)] {
                continue;
            }
            // Each byte of a longer character is encoded.
            self.html.push_str(url.get(copied..at).unwrap_or_default());
            copied = at + 1;
            if byte == b'&' {
                self.html.push_str("&amp;");
                continue;
            }
            self.html.push('%');
            for digit in [byte >> 4, byte & 0xf] {
                self.html.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
        self.html.push_str(&url[copied..]);
    }
}

/// Whether a template tag may begin in the text.
fn holds_template_tag(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'{', bytes).any(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%')))
}

/// The bytes of a URL that are written as they are.
const STAYS_IN_URL: [bool; 256] = {
    let mut stays = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is less than 256")]
        let sign = byte as u8;
        stays[byte] = sign.is_ascii_alphanumeric()
            || matches!(sign, b'!' | b'#'..=b'%' | b'\''..=b';' | b'=' | b'?' | b'@' | b'_' | b'~');
        byte += 1;
    }
    stays
};
