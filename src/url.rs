//! URL references and the URLs that they stand for.
//!
//! RFC 3986, section 5.2, on text: nothing is escaped, unescaped or checked, because the URLs of an archive
//! are data, and hold spaces, ideographs and worse. What does not need resolving is not touched.

use std::borrow::Cow;

use crate::bytes::has_space_or_control;

/// A URL that references are resolved against.
#[derive(Debug, Clone)]
pub(crate) struct Base<'a> {
    scheme: &'a str,
    /// The user, host and port: what stands between `//` and the path.
    authority: &'a str,
    path: &'a str,
    /// The path up to its last slash, without dot segments.
    folder: Cow<'a, str>,
    /// The query with its question mark, or nothing.
    query: &'a str,
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
        Some(Self { scheme, authority, path, folder, query })
    }

    /// The host in lower case, without port and user; `None` if it is empty.
    pub(crate) fn host(&self) -> Option<Cow<'a, str>> {
        let host = self.authority.rsplit_once('@').map_or(self.authority, |(_user, host)| host);
        // The colons of an IPv6 address stand in brackets.
        let (host, _port) = match host.rfind([':', ']']) {
            Some(colon) if host[colon..].starts_with(':') => host.split_at(colon),
            _ => (host, ""),
        };
        let host = host.strip_suffix('.').unwrap_or(host);
        if host.is_empty() {
            return None;
        }
        let is_lower = !host.contains(char::is_uppercase);
        Some(if is_lower { host.into() } else { host.to_lowercase().into() })
    }

    /// The URL that `reference`, which must have no scheme, stands for. The text has no spare capacity.
    pub(crate) fn resolve(&self, reference: &str) -> String {
        let Self { scheme, authority, path, folder, query } = self;
        if reference.starts_with("//") {
            return [scheme, ":", reference].concat();
        }
        let kept: &[&str] = match reference.as_bytes().first() {
            None | Some(b'#') => &[path, query],
            Some(b'?') => &[path],
            Some(b'/') => &["/"],
            Some(_) => &[folder],
        };
        let site = scheme.len() + "://".len() + authority.len();
        let length = site + kept.iter().map(|part| part.len()).sum::<usize>() + reference.len();
        let mut url = String::with_capacity(length);
        url.extend([scheme, "://", authority]);
        match reference.as_bytes().first() {
            None | Some(b'#' | b'?') => {
                url.extend(kept.iter().copied());
                url.push_str(reference);
            }
            Some(_) => add_path(&mut url, kept[0], reference),
        }
        // Dot segments may have taken most of the text away.
        url.shrink_to_fit();
        url
    }
}

/// A reference as it is taken from an attribute of HTML: without spaces and control characters around it, and
/// without line breaks and tabs inside.
pub(crate) fn clean(reference: Cow<'_, str>) -> Cow<'_, str> {
    // Nearly all references are clean.
    if !has_space_or_control(reference.as_bytes()) {
        return reference;
    }
    let is_edge = |c: char| c <= ' ';
    if memchr::memchr3(b'\t', b'\n', b'\r', reference.as_bytes()).is_some() {
        let text: String = reference.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        return text.trim_matches(is_edge).to_owned().into();
    }
    match reference {
        Cow::Borrowed(text) => text.trim_matches(is_edge).into(),
        Cow::Owned(text) if text.starts_with(is_edge) || text.ends_with(is_edge) => {
            text.trim_matches(is_edge).to_owned().into()
        }
        Cow::Owned(text) => text.into(),
    }
}

/// Splits a URL such as `mailto:a@b` into its scheme and what follows the colon. `None` if it does not begin
/// with a scheme and a colon.
pub(crate) fn split_scheme(url: &str) -> Option<(&str, &str)> {
    // Nearly all URLs begin like this.
    if let Some(rest) = url.strip_prefix("https:") {
        return Some((&url[..5], rest));
    }
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let colon = url.as_bytes().iter().position(|byte| !is_letter(byte))?;
    let is_scheme = url.as_bytes()[colon] == b':' && url.as_bytes()[0].is_ascii_alphabetic();
    is_scheme.then(|| (&url[..colon], &url[colon + 1..]))
}

/// Whether a browser that follows a link to this [clean](clean) URL goes to it, and runs no script: the URL
/// is relative, or its scheme is that of HTTP or one that the HTML standard lets a site handle.
pub(crate) fn is_safe_link(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| is_web(&scheme) || is_safelisted(&scheme))
}

/// Whether this [clean](clean) URL can be that of an image, a film or a sound and nothing else. `kind` is the
/// first half of the media type that a `data:` URL must have.
pub(crate) fn is_safe_media(url: &str, kind: &str) -> bool {
    match split_scheme(url) {
        Some((scheme, data)) if scheme.eq_ignore_ascii_case("data") => {
            let (found, rest) = data.trim_start().split_at_checked(kind.len()).unwrap_or_default();
            found.eq_ignore_ascii_case(kind) && rest.starts_with('/')
        }
        _ => is_safe_page(url),
    }
}

/// Whether this [clean](clean) URL is relative or that of a page on the web.
pub(crate) fn is_safe_page(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| is_web(&scheme))
}

fn scheme(url: &str) -> Option<String> {
    split_scheme(url).map(|(scheme, _)| scheme.to_ascii_lowercase())
}

fn is_web(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}

/// The "safelisted schemes" of the HTML standard, section "Custom scheme handlers", and `ftp`.
fn is_safelisted(scheme: &str) -> bool {
    matches!(
        scheme,
        "bitcoin"
            | "ftp"
            | "ftps"
            | "geo"
            | "im"
            | "irc"
            | "ircs"
            | "magnet"
            | "mailto"
            | "matrix"
            | "mms"
            | "news"
            | "nntp"
            | "openpgp4fpr"
            | "sftp"
            | "sip"
            | "sms"
            | "smsto"
            | "ssh"
            | "tel"
            | "urn"
            | "webcal"
            | "wtai"
            | "xmpp"
    )
}

/// Splits a text before the first of some ASCII characters, or at its end.
fn split_before<'t>(text: &'t str, ends: &[u8]) -> (&'t str, &'t str) {
    text.split_at(text.bytes().position(|byte| ends.contains(&byte)).unwrap_or(text.len()))
}

/// Adds the path of a reference, without its dot segments (RFC 3986, section 5.2.4), and what follows the
/// path to the URL of a site. `folder` begins and ends with a slash, and has no dot segments.
fn add_path(url: &mut String, folder: &str, reference: &str) {
    let root = url.len();
    let (path, tail) = split_before(reference, b"?#");
    let path = if folder == "/" { path.strip_prefix('/').unwrap_or(path) } else { path };
    if !may_have_dot_segments(path) {
        return url.extend([folder, path, tail]);
    }
    // Each segment comes with the slash before it.
    url.push_str(&folder[..folder.len() - 1]);
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            ".." => {
                let parent = url[root..].rfind('/').map_or(root, |slash| root + slash);
                url.truncate(parent);
            }
            "." => {}
            _ => {
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

fn may_have_dot_segments(path: &str) -> bool {
    path.starts_with('.') || path.contains("/.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 3986, sections 5.4.1 and 5.4.2, less those with an opaque or a path parameter.
    #[test]
    fn resolves_as_the_standard_has_it() {
        let base = Base::new("http://a/b/c/d;p?q").unwrap();
        for (reference, url) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            let resolved = base.resolve(reference);
            assert_eq!(resolved, url, "{reference}");
            assert_eq!(resolved.capacity(), resolved.len(), "{reference}");
        }
    }

    #[test]
    fn dots_in_the_base_and_more_steps_up_than_there_are() {
        let base = Base::new("http://a/./b/../c//d/.x/e").unwrap();
        for (reference, url) in [
            ("g", "http://a/c//d/.x/g"),
            ("../g", "http://a/c//d/g"),
            ("../../../../../g", "http://a/g"),
            ("..", "http://a/c//d/"),
            ("", "http://a/./b/../c//d/.x/e"),
            ("/g/./h", "http://a/g/h"),
        ] {
            assert_eq!(base.resolve(reference), url, "{reference}");
        }
        assert_eq!(Base::new("http://a/..").unwrap().resolve("g"), "http://a/g");
        assert_eq!(Base::new("http://a?b").unwrap().resolve("../g"), "http://a/g");
    }

    #[test]
    fn a_base_without_a_path_and_text_that_is_no_url() {
        let base = Base::new("https://例え.jp").unwrap();
        assert_eq!(base.resolve("图 1.jpg"), "https://例え.jp/图 1.jpg");
        assert_eq!(base.resolve("/a//b"), "https://例え.jp/a//b");
        for text in ["", "a.md", "mailto:a@b", "//a/b", "https://", "1a://b/"] {
            assert!(Base::new(text).is_none(), "{text}");
        }
        assert!(Base::new(&format!("https://a/{}", "b".repeat(4086))).is_some());
        assert!(Base::new(&format!("https://a/{}", "b".repeat(4087))).is_none());
    }

    #[test]
    fn only_known_schemes_are_safe() {
        for url in
            ["", "a/b:c", "//a", "#x", "?a:b", "HTTPS://a", "http:a", "mailto:a@b", "magnet:?x", "大:x"]
        {
            assert!(is_safe_link(url), "{url}");
        }
        for url in
            ["javascript:x", "JavaScript:x", "vbscript:x", "data:text/html,x", "blob:x", "file:///x", "x:"]
        {
            assert!(!is_safe_link(url) && !is_safe_page(url) && !is_safe_media(url, "image"), "{url}");
        }
        assert!(!is_safe_page("mailto:a@b"));
        assert!(
            is_safe_media("data:image/png;base64,AA", "image") && is_safe_media("DATA: IMAGE/x,", "image")
        );
        for url in ["data:image", "data:imagex/png,", "data:audio/mp3,", "data:,x", "data:"] {
            assert!(!is_safe_media(url, "image"), "{url}");
        }
    }

    #[test]
    fn a_host_is_what_stands_between_user_and_port() {
        let host = |url| Base::new(url).and_then(|base| base.host());
        for (url, expected) in [
            ("https://www.a.com", "www.a.com"),
            ("http://WWW.A.com:8080/b?c@d#e:f", "www.a.com"),
            ("https://me:x@a.com./", "a.com"),
            ("https://ÉCOLE.例え.jp", "école.例え.jp"),
            ("https://[::1]:80/", "[::1]"),
            ("https://[::1]", "[::1]"),
        ] {
            assert_eq!(host(url).as_deref(), Some(expected), "{url}");
        }
        for url in ["https://:80/", "https://me@/", "https://./", "https:a.com", "a.com/b", ""] {
            assert_eq!(host(url), None, "{url}");
        }
    }

    #[test]
    fn cleans_what_html_lets_pass() {
        assert_eq!(clean(" https://a/\n  b\t".into()), "https://a/  b");
        assert_eq!(clean(String::from(" a ").into()), "a");
        assert!(matches!(clean(" a ".into()), Cow::Borrowed("a")));
    }
}
