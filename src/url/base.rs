//! Resolving a reference against the URL of its page.

use std::borrow::Cow;
use std::cell::OnceCell;

use memchr::memchr;

use super::scheme::split_scheme;

/// A URL that references are resolved against.
#[derive(Debug, Clone)]
pub(crate) struct Base<'a> {
    scheme: Cow<'a, str>,
    /// Whether the scheme is one of the web.
    is_special: bool,
    /// The user, host and port: what stands between `//` and the path.
    authority: Cow<'a, str>,
    path: Cow<'a, str>,
    /// The path up to its last slash, without dot segments.
    folder: Cow<'a, str>,
    /// The query with its question mark, or nothing.
    query: Cow<'a, str>,
    /// What most references are put after, from the scheme to the authority: there once one is resolved.
    origin: OnceCell<String>,
}

/// The longest base, in bytes. Each relative URL of a post takes a copy of its base, so that a post that is
/// mostly a base would take memory by the square of its length. Browsers and servers refuse URLs that are
/// much longer.
const MAX_BASE: usize = 4096;

impl<'a> Base<'a> {
    /// Reads a base such as `https://example.org/a/b?c`. `None` if the text is not an absolute URL with an
    /// authority, holds a control character, or is longer than any real URL.
    pub(crate) fn new(url: &'a str) -> Option<Self> {
        // White space around a base is not a part of it, and would come into each URL.
        let url = url.trim();
        if url.len() > MAX_BASE || url.contains(char::is_control) {
            return None;
        }
        match absolute(url) {
            Some(url) => Some(Base::of_parts(&url)?.into_owned()),
            None => Self::of_parts(url),
        }
    }

    /// Reads a base in which slashes are slashes.
    fn of_parts(url: &'a str) -> Option<Self> {
        let (scheme, rest) = split_scheme(url)?;
        let rest = rest.strip_prefix("//")?;
        let (authority, rest) = split_before(rest, b"/?#");
        if authority.is_empty() {
            return None;
        }
        let (path, rest) = split_before(rest, b"?#");
        let (query, _fragment) = split_before(rest, b"#");
        let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        let folder = if may_have_dot_segments(folder) {
            let mut clean = String::with_capacity(folder.len());
            add_path(&mut clean, "/", &folder[1..]);
            clean.into()
        } else {
            folder.into()
        };
        Some(Self {
            scheme: scheme.into(),
            is_special: is_special(scheme),
            authority: authority.into(),
            path: path.into(),
            folder,
            query: query.into(),
            origin: OnceCell::new(),
        })
    }

    /// The same, with a text of its own.
    pub(crate) fn into_owned(self) -> Base<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        Base {
            scheme: own(self.scheme),
            is_special: self.is_special,
            authority: own(self.authority),
            path: own(self.path),
            folder: own(self.folder),
            query: own(self.query),
            origin: self.origin,
        }
    }

    /// The host in lower case, without port and user; `None` if it is empty.
    pub(crate) fn host(&self) -> Option<Cow<'a, str>> {
        let is_colon_or_bracket = |c: char| c == ':' || c == ']';
        let host = |authority: &str| {
            let start = authority.rfind('@').map_or(0, |sign| sign + 1);
            // The colons of an IPv6 address stand in brackets.
            let colon = authority[start..].rfind(is_colon_or_bracket).map(|at| start + at);
            let end = colon.filter(|&at| authority[at..].starts_with(':')).unwrap_or(authority.len());
            let end = end - usize::from(authority[start..end].ends_with('.'));
            start..end
        };
        let range = host(&self.authority);
        if range.is_empty() {
            return None;
        }
        Some(match &self.authority {
            _ if self.authority[range.clone()].contains(char::is_uppercase) => {
                self.authority[range].to_lowercase().into()
            }
            Cow::Borrowed(authority) => Cow::Borrowed(&authority[range]),
            Cow::Owned(authority) => Cow::Owned(authority[range].to_owned()),
        })
    }

    /// The URL that `reference` stands for: one that is [clean](super::clean), and has no scheme other than
    /// the base's. The text has no spare capacity.
    pub(crate) fn resolve(&self, reference: &str) -> String {
        let Self { scheme, is_special, authority, path, folder, query, origin } = self;
        let is_special = *is_special;
        let slashed = if is_special { with_slashes(reference) } else { Cow::Borrowed(reference) };
        let reference = &*slashed;
        if let Some(after) = reference.strip_prefix("//") {
            // Browsers pass over any more slashes.
            let host = if is_special { after.trim_start_matches('/') } else { after };
            return [scheme, "://", host].concat();
        }
        let origin = &**origin.get_or_init(|| [scheme, "://", authority].concat());
        let (folder, reference) = match reference.as_bytes().first() {
            None | Some(b'#') => return [origin, path, query, reference].concat(),
            Some(b'?') => return [origin, path, reference].concat(),
            Some(b'/') if !may_have_dot_segments(&reference[1..]) => return [origin, reference].concat(),
            Some(b'/') => ("/", &reference[1..]),
            Some(_) if !may_have_dot_segments(reference) => return [origin, folder, reference].concat(),
            Some(_) => (&**folder, reference),
        };
        let mut url = String::with_capacity(origin.len() + folder.len() + reference.len());
        url.push_str(origin);
        add_path(&mut url, folder, reference);
        // Dot segments may have taken most of the text away.
        url.shrink_to_fit();
        url
    }

    /// What follows the scheme of a reference that is relative all the same: `http:x` on a page of `http:`.
    pub(crate) fn relative_after<'r>(&self, scheme: &str, rest: &'r str) -> Option<&'r str> {
        let is_own = is_special(scheme) && scheme.eq_ignore_ascii_case(&self.scheme);
        (is_own && !rest.starts_with("//")).then_some(rest)
    }
}

/// Whether a scheme is one of the web: in its URLs `\` is a slash, and slashes before the host are counted
/// freely. The standard calls it [special](https://url.spec.whatwg.org/#special-scheme); `file` has rules of
/// its own, and names no page.
fn is_special(scheme: &str) -> bool {
    ["https", "http", "ftp", "ws", "wss"].iter().any(|special| special.eq_ignore_ascii_case(scheme))
}

/// The URL that an absolute one with odd slashes stands for; `None` if nothing is odd about it: its scheme is
/// followed by `//` and a host, or is not one of the web.
pub(crate) fn absolute(url: &str) -> Option<String> {
    let (scheme, rest) = split_scheme(url)?;
    let is_usual =
        rest.starts_with("//") && !rest[2..].starts_with('/') && memchr(b'\\', rest.as_bytes()).is_none();
    if is_usual || !is_special(scheme) {
        return None;
    }
    let rest = with_slashes(rest);
    Some([scheme, "://", rest.trim_start_matches('/')].concat())
}

/// A text with `/` for each `\` before its query.
fn with_slashes(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return text.into();
    }
    let (path, tail) = split_before(text, b"?#");
    (path.replace('\\', "/") + tail).into()
}

/// Splits a text before the first of some ASCII characters, or at its end.
fn split_before<'t>(text: &'t str, ends: &[u8]) -> (&'t str, &'t str) {
    text.split_at(text.bytes().position(|byte| ends.contains(&byte)).unwrap_or(text.len()))
}

/// Adds the path of a reference, without its dot segments, and what follows the path to the URL of a site.
/// `folder` begins and ends with a slash, and has no dot segments.
fn add_path(url: &mut String, folder: &str, reference: &str) {
    let root = url.len();
    let (path, tail) = split_before(reference, b"?#");
    let path = if folder == "/" { path.strip_prefix('/').unwrap_or(path) } else { path };
    // Each segment comes with the slash before it.
    url.push_str(&folder[..folder.len() - 1]);
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match dots(segment) {
            Some(2) => {
                let parent = url[root..].rfind('/').map_or(root, |slash| root + slash);
                url.truncate(parent);
            }
            Some(_) => {}
            None => {
                url.push('/');
                url.push_str(segment);
                continue;
            }
        }
        if is_last {
            url.push('/');
        }
    }
    url.push_str(tail);
}

/// The number of dots that a segment of a path consists of, one or two, each of which may be written `%2e`.
fn dots(segment: &str) -> Option<usize> {
    let mut rest = segment;
    let mut dots = 0;
    while !rest.is_empty() && dots < 3 {
        let is_escaped = rest.get(..3).is_some_and(|escape| escape.eq_ignore_ascii_case("%2e"));
        rest = if is_escaped { &rest[3..] } else { rest.strip_prefix('.')? };
        dots += 1;
    }
    (1..=2).contains(&dots).then_some(dots)
}

/// Whether a segment of a path may begin with a dot, which may be escaped.
#[expect(clippy::needless_bitwise_bool, reason = "branches would rule out vector instructions")]
fn may_have_dot_segments(path: &str) -> bool {
    let path = path.as_bytes();
    let is_start = |byte: u8| (byte == b'.') | (byte == b'%');
    let Some((first, after)) = path.split_first() else { return false };
    // Comparisons only, as for `any`, so that no byte takes a branch.
    is_start(*first)
        || path.iter().zip(after).fold(false, |found, (byte, next)| found | (*byte == b'/') & is_start(*next))
}
