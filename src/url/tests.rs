//! References, and the URLs that they stand for.

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
    for url in ["", "a/b:c", "//a", "#x", "?a:b", "HTTPS://a", "http:a", "mailto:a@b", "magnet:?x", "大:x"] {
        assert!(is_safe_link(url), "{url}");
    }
    for url in ["javascript:x", "JavaScript:x", "vbscript:x", "data:text/html,x", "blob:x", "file:///x", "x:"]
    {
        assert!(!is_safe_link(url) && !is_safe_page(url) && !is_safe_media(url, "image"), "{url}");
    }
    assert!(!is_safe_page("mailto:a@b"));
    assert!(is_safe_media("data:image/png;base64,AA", "image") && is_safe_media("DATA: IMAGE/x,", "image"));
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
        ("https:a.com", "a.com"),
    ] {
        assert_eq!(host(url).as_deref(), Some(expected), "{url}");
    }
    for url in ["https://:80/", "https://me@/", "https://./", "a.com/b", ""] {
        assert_eq!(host(url), None, "{url}");
    }
}

#[test]
fn cleans_what_html_lets_pass() {
    assert_eq!(clean(" https://a/\n  b\t".into()), "https://a/  b");
    assert_eq!(clean(String::from(" a ").into()), "a");
    assert!(matches!(clean(" a ".into()), Cow::Borrowed("a")));
}

/// A few thousand different references, and some bases.
const PIECES: [&str; 34] = [
    "/",
    "//",
    "\\",
    "\\\\",
    ".",
    "..",
    "./",
    "../",
    "%2e",
    "%2E%2e",
    "?",
    "#",
    ":",
    "@",
    "a",
    "b.html",
    "图",
    " ",
    "%20",
    "http:",
    "HTTP:",
    "https:",
    "https://",
    "ftp:",
    "mailto:",
    "javascript:",
    "data:",
    "ex.org",
    ":80",
    "&",
    "=",
    ";",
    "x y",
    "[",
];

const BASES: [&str; 8] = [
    "http://a/b/c/d;p?q#f",
    "https://ex.org",
    "https://ex.org/de/./x/../page.html?x=/../y",
    "HTTPS://user:pass@EX.org:8080/a//b/",
    "https:\\\\ex.org\\a\\b?c\\d",
    "ftp://ex.org/pub/%2e%2e/x",
    "foo://host/a\\b/c",
    "http:///ex.org//a",
];

/// What the crate `url` makes of a reference, and what is to be expected here.
enum Expected {
    Url(url::Url),
    /// The standard knows no URL for it, or one of another kind: see the reasons.
    Left(&'static str),
}

fn expected(base: &url::Url, reference: &str) -> Expected {
    if base.scheme() == "foo" && reference.contains('\\') {
        return Expected::Left("the crate takes a backslash for a slash in the URLs of all schemes");
    }
    match base.join(reference) {
        Err(_) => Expected::Left("a host or a port that is none: there is no URL"),
        Ok(url) if url.scheme() == "file" => {
            Expected::Left("files are no pages, and have rules of their own")
        }
        Ok(url) => Expected::Url(url),
    }
}

/// The URL here may be written in another way than the standard writes it, but stands for the same.
#[test]
fn what_odd_references_stand_for_is_what_the_standard_says() {
    let mut state = 7_u64;
    let mut next = move |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    let (mut compared, mut left) = (0, std::collections::BTreeMap::new());
    for _ in 0..100_000 {
        let base = BASES[next(BASES.len())];
        let reference: String = (0..=next(6)).map(|_| PIECES[next(PIECES.len())]).collect();
        let standard = url::Url::parse(base).unwrap();
        match expected(&standard, &reference) {
            Expected::Left(reason) => *left.entry(reason).or_insert(0) += 1,
            Expected::Url(expected) => {
                let ours = resolved(base, &reference);
                let stands_for = url::Url::parse(&ours);
                assert_eq!(stands_for.as_ref(), Ok(&expected), "{reference:?} on {base}: {ours}");
                compared += 1;
            }
        }
    }
    assert!(compared > 80_000, "{compared}, {left:?}");
}

/// The way of [`Urls`](crate::blocks): clean, and resolved.
fn resolved(base: &str, reference: &str) -> String {
    let base = Base::new(base).unwrap();
    let reference = clean(reference.into());
    match split_scheme(&reference) {
        None => base.resolve(&reference),
        Some((scheme, rest)) => match base.relative_after(scheme, rest) {
            Some(rest) => base.resolve(rest),
            None => absolute(&reference).unwrap_or_else(|| reference.into_owned()),
        },
    }
}

#[test]
fn percent_signs_before_two_digits_are_decoded() {
    for (text, expected) in [
        ("", ""),
        ("tea", "tea"),
        ("%E8%8c%b6%20x", "\u{8336} x"),
        ("100%", "100%"),
        ("%2", "%2"),
        ("%2g%%20", "%2g% "),
        ("%é%41", "%éA"),
        ("%2541", "%41"),
    ] {
        let decoded = percent_decoded(text).collect();
        assert_eq!(String::from_utf8(decoded).as_deref(), Ok(expected), "{text}");
    }
}
