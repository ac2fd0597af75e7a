//! Names of elements, as Markdown looks at them.

/// Elements that begin a block of HTML by their name alone: those of the CommonMark specification's [sixth
/// kind of HTML block](https://spec.commonmark.org/0.31.2/#html-blocks). In alphabetical order.
const BLOCKS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// Elements without content.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "menuitem",
    "meta", "param", "source", "track", "wbr",
];

/// Elements whose content holds no tags but their end tag, and `pre`, whose content holds no Markdown.
const RAW: [&str; 9] =
    ["iframe", "noembed", "noframes", "pre", "script", "style", "textarea", "title", "xmp"];

/// Elements that show nothing of the text that follows, if they are never closed.
const HIDING: [&str; 18] = [
    "applet",
    "audio",
    "canvas",
    "frameset",
    "head",
    "iframe",
    "noembed",
    "noframes",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// Elements inside a paragraph, which a prose text names without meaning them.
const INLINE: [&str; 43] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "map", "mark", "marquee", "math", "meter", "nobr", "noscript",
    "output", "picture", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup",
];

/// Elements that are parts of a paragraph for kramdown, though their tag is alone on a line. CommonMark has
/// a block of HTML there. Left to it are the elements that its specification shows as such blocks: `del`, `i`
/// and `ins`.
const SPANS: [&str; 27] = [
    "a", "abbr", "acronym", "b", "big", "br", "cite", "code", "dfn", "em", "font", "img", "input", "kbd",
    "label", "mark", "q", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr",
];

/// Elements that are known from elsewhere than the tables above.
const OTHERS: [&str; 10] =
    ["datalist", "hgroup", "listing", "slot", "svg", "tt", "u", "var", "keygen", "image"];

fn is_in(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

pub(super) fn is_block(name: &str) -> bool {
    is_in(&BLOCKS, name)
}

pub(super) fn is_void(name: &str) -> bool {
    is_in(&VOID, name)
}

/// The name in lower case, if the content of the element is taken as it is up to its end tag.
pub(super) fn raw(name: &str) -> Option<&'static str> {
    RAW.into_iter().find(|known| known.eq_ignore_ascii_case(name))
}

/// The name in lower case, if the element hides what follows as long as it is not closed.
pub(super) fn hiding(name: &str) -> Option<&'static str> {
    HIDING.into_iter().find(|known| known.eq_ignore_ascii_case(name))
}

/// Whether the element is a part of a paragraph though its tag is alone on a line.
pub(super) fn is_span(name: &str) -> bool {
    is_in(&SPANS, name)
}

/// Whether there is an element of this name. Names with a hyphen are those of elements that a page defines.
pub(super) fn is_known(name: &str) -> bool {
    name.contains('-')
        || [&BLOCKS[..], &VOID, &RAW, &HIDING, &INLINE, &OTHERS].into_iter().any(|names| is_in(names, name))
}
