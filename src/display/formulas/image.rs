//! Images of formulas: where their TeX is.

use std::borrow::Cow;

use memchr::memchr3_iter;

use super::tex::{decoded, looks_like_tex};
use crate::group::{GROUP, Lanes, equal, filled, lanes, marked};
use crate::html::event::{Attributes, Names};

/// An image of a formula.
pub(super) struct FormulaImage {
    pub(super) tex: Option<String>,
    /// What the image says in words, if the image is known to be of a formula.
    pub(super) words: Option<String>,
    /// The text that stands in for the image.
    pub(super) alt: String,
    pub(super) is_display: bool,
}

/// Services that draw the TeX in the query, or in the path, of a URL: a part of the URL, and what stands
/// right before the TeX after it.
const SERVICES: &[(&str, &str)] = &[
    ("latex.codecogs.com/", "?"),
    ("codecogs.com/eq.latex", "?"),
    ("chart.googleapis.com/chart", "chl="),
    ("chart.apis.google.com/chart", "chl="),
    ("www.google.com/chart", "chl="),
    ("zhihu.com/equation", "tex="),
    ("latex.php", "latex="),
    ("render.githubusercontent.com/render/math", "math="),
    ("math.now.sh", "from="),
    ("math.vercel.app", "from="),
    ("mathtex.cgi", "?"),
    ("mimetex.cgi", "?"),
    ("tex.s2cms.ru/svg/", "/svg/"),
    ("tex.s2cms.ru/png/", "/png/"),
    ("i.upmath.me/svg/", "/svg/"),
    ("i.upmath.me/png/", "/png/"),
    ("latex.vercel.app", "from="),
    ("math.jianshu.com/math", "formula="),
];

/// The addresses of formulas that were drawn before: their TeX is in `alt` only.
const DRAWN: &[&str] = &[
    "/media/math/render/",
    "quicklatex.com-",
    "upload.wikimedia.org/math/",
    "upload.wikimedia.org/wikipedia/math/",
];

/// Classes of images that are formulas where `alt` is TeX.
const CLASSES: &[&str] = &["latex", "latexcenter", "latexdisplay", "tex", "math", "formula"];

/// Classes of images that are formulas, whatever `alt` is.
const SURE_CLASSES: &[&str] = &[
    "mwe-math-fallback-image-inline",
    "mwe-math-fallback-image-display",
    "ql-img-inline-formula",
    "ql-img-displayed-equation",
];

/// Whether the class of an image is one of Wikipedia's.
pub(super) fn is_of_wikipedia(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| name.starts_with("mwe-math-fallback-image-"))
}

/// Whether an image with these attributes may be one of a formula: hardly any other image has the signs.
pub(super) fn may_be_formula(attrs: &Attributes<'_>) -> bool {
    let class = attrs.class();
    // What has a sign has it in the source too, or has a reference there.
    has_class(class.as_deref()) || attrs.source().is_none_or(has_sign_in_source)
}

/// Whether the class is that of a formula without a [sign](has_sign).
fn has_class(class: Option<&str>) -> bool {
    class.is_some_and(|class| {
        let mut starts = ["mwe-math-", "ql-img-", "math ", "math-inline", "math-block", "formula "].iter();
        matches!(class, "math" | "formula") || starts.any(|start| class.starts_with(start))
    })
}

/// Whether a class, an address or an alternative text has a sign of a formula: `tex`, a `\`, or the `cht=tx`
/// of Google's charts.
fn has_sign(value: &str) -> bool {
    value.contains('\\') || value.contains("tex") || value.contains("=tx")
}

/// The same for a source in which letters may be written as references.
fn has_sign_in_source(source: &str) -> bool {
    let bytes = source.as_bytes();
    may_have_sign(bytes)
        && memchr3_iter(b'x', b'\\', b'&', bytes).any(|at| match bytes[at] {
            b'x' => bytes[..at].ends_with(b"te") || bytes[..at].ends_with(b"=t"),
            // No named reference but `&bsol;`, `&equals;` and their like is one of these.
            b'&' => matches!(bytes.get(at + 1), Some(b'#' | b'b' | b'e')),
            _ => true,
        })
}

/// Whether a source has a byte that most sources have not.
fn may_have_sign(bytes: &[u8]) -> bool {
    // The byte after a group is looked at with it.
    let has_pair = |group: &[u8; GROUP + 1]| marked(|at| pairs(lanes(group, at), lanes(group, at + 1))) != 0;
    let mut rest = bytes;
    while let Some(group) = rest.first_chunk() {
        if has_pair(group) {
            return true;
        }
        rest = &rest[GROUP..];
    }
    has_pair(&filled(rest))
}

/// Marks each `\`, each `&` of a reference other than `&amp;` and its like, and each `ex` and `tx`. `next`
/// are the bytes after those.
#[inline]
fn pairs(bytes: Lanes, next: Lanes) -> Lanes {
    // The two letters are alike but for these bits.
    let x = equal(next, b'x') & equal(bytes | Lanes::splat(b'e' ^ b't'), b'e' | b't');
    let reference = equal(bytes, b'&') & (equal(next, b'a') ^ Lanes::splat(u8::MAX));
    x | reference | equal(bytes, b'\\')
}

const NAMES: Names<'_, 5> = Names::new(["class", "src", "alt", "data-src", "data-original"]);

/// The image with these attributes, if it is one of a formula.
pub(super) fn formula_image(attrs: &Attributes<'_>) -> Option<FormulaImage> {
    let [class, src, alt, data_src, data_original] = attrs.get_all(&NAMES);
    if let Some(image) = alt.as_deref().and_then(image_of_habr) {
        return Some(image);
    }
    let mut values = [&class, &src, &alt, &data_src, &data_original].into_iter().flatten();
    if !has_class(class.as_deref()) && !values.any(|value| has_sign(value)) {
        return None;
    }
    let class = class.as_deref().unwrap_or_default();
    let is_of_class = |list: &[&str]| class.split_ascii_whitespace().any(|name| list.contains(&name));
    let mut urls = [&src, &data_src, &data_original].into_iter().flatten();
    let service = urls.clone().find_map(|url| drawn_tex(url));
    let is_sure = service.is_some()
        || is_of_class(SURE_CLASSES)
        || urls.any(|url| DRAWN.iter().any(|part| url.contains(part)));
    if !is_sure && !is_of_class(CLASSES) {
        return None;
    }
    let alt = alt.as_deref().unwrap_or_default().trim();
    let tex = Some(alt).filter(|alt| looks_like_tex(alt)).map(str::to_owned).or(service);
    let words = (is_sure && !alt.is_empty()).then(|| alt.to_owned());
    if tex.is_none() && words.is_none() {
        return None;
    }
    let is_display = is_of_class(&[
        "latexcenter",
        "latexdisplay",
        "mwe-math-fallback-image-display",
        "ql-img-displayed-equation",
    ]) || class.split_ascii_whitespace().any(|name| name == "display")
        && is_of_class(&["math"]);
    Some(FormulaImage { tex, words, alt: alt.to_owned(), is_display })
}

/// The image of a formula with this alternative text, if Habr has drawn it: its TeX stands between
/// delimiters of Habr's own.
fn image_of_habr(alt: &str) -> Option<FormulaImage> {
    const DELIMITERS: [(&str, bool); 2] = [("$inline$", false), ("$$display$$", true)];
    let alt = alt.trim();
    DELIMITERS.iter().find_map(|&(delimiter, is_display)| {
        let tex = alt.strip_prefix(delimiter)?.strip_suffix(delimiter)?.trim();
        let image =
            || FormulaImage { tex: Some(tex.to_owned()), words: None, alt: alt.to_owned(), is_display };
        (!tex.is_empty()).then(image)
    })
}

/// The TeX that a service draws for this URL.
fn drawn_tex(url: &str) -> Option<String> {
    let (after, sign) = SERVICES.iter().find_map(|(part, sign)| {
        let at = url.find(part)?;
        Some((&url[at..], *sign))
    })?;
    if after.contains("/chart") && !after.contains("cht=tx") {
        return None;
    }
    let tex = &after[after.find(sign)? + sign.len()..];
    // The TeX of these services is all of the query, or one of its parameters.
    let (tex, is_parameter) = match sign {
        "?" => (tex, false),
        _ if sign.ends_with('=') => (tex.split('&').next().unwrap_or_default(), true),
        _ => (tex, false),
    };
    let tex = if is_parameter { Cow::Owned(tex.replace('+', " ")) } else { Cow::Borrowed(tex) };
    let tex = decoded(&tex).replace("&space;", " ").replace("&plus;", "+");
    let tex = without_settings(&tex);
    (!tex.is_empty()).then(|| tex.to_owned())
}

/// TeX without what tells a service how to draw it: `\dpi{150}\bg_white`.
fn without_settings(tex: &str) -> &str {
    const SETTINGS: &[&str] =
        &["\\dpi{", "\\bg_", "\\fn_", "\\fg_", "\\inline", "\\large", "\\huge", "\\LARGE"];
    let mut tex = tex.trim();
    while let Some(setting) = SETTINGS.iter().find(|setting| tex.starts_with(**setting)) {
        let rest = &tex[setting.len()..];
        let rest = match setting.as_bytes().last() {
            Some(b'{') => rest.split_once('}').map_or("", |(_, rest)| rest),
            Some(b'_') => rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()),
            _ if rest.starts_with(|c: char| c.is_ascii_alphabetic()) => return tex,
            _ => rest,
        };
        tex = rest.trim();
    }
    tex
}
