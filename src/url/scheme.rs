//! The schemes of URLs: what a browser does with them.

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

/// Whether a URL holds the file itself.
pub(crate) fn is_data(url: &str) -> bool {
    matches!(url.as_bytes(), [b'd' | b'D', ..])
        && url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Whether a browser that follows a link to this [clean](super::clean) URL goes to it, and runs no script:
/// the URL is relative, or its scheme is that of HTTP or one that the HTML standard lets a site handle.
pub(crate) fn is_safe_link(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| is_web(scheme) || is_safelisted(&scheme.to_ascii_lowercase()))
}

/// Whether this [clean](super::clean) URL can be that of an image, a film or a sound and nothing else. `kind`
/// is the first half of the media type that a `data:` URL must have.
pub(crate) fn is_safe_media(url: &str, kind: &str) -> bool {
    match split_scheme(url) {
        Some((scheme, data)) if scheme.eq_ignore_ascii_case("data") => {
            let (found, rest) = data.trim_start().split_at_checked(kind.len()).unwrap_or_default();
            found.eq_ignore_ascii_case(kind) && rest.starts_with('/')
        }
        _ => is_safe_page(url),
    }
}

/// Whether this [clean](super::clean) URL is relative or that of a page on the web.
pub(crate) fn is_safe_page(url: &str) -> bool {
    scheme(url).is_none_or(is_web)
}

fn scheme(url: &str) -> Option<&str> {
    split_scheme(url).map(|(scheme, _)| scheme)
}

fn is_web(scheme: &str) -> bool {
    scheme == "https" || scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
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
