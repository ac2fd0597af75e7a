//! The declarations of a `style` attribute, as far as they say what of an element is shown, and how.
//!
//! They are read as CSS has them: the last valid declaration of a property counts, `!important` before those
//! without it, and what a browser does not understand is passed over. Escapes are passed over too, with the
//! declaration that they stand in.
//!
//! See [Parsing a list of declarations](https://www.w3.org/TR/css-syntax-3/#parse-list-of-declarations).

use super::declarations::{Declaration, declarations};
use crate::post::Direction;

/// What inline declarations say; `None` where they say nothing, or leave the property to what would hold
/// without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct InlineStyle {
    pub(crate) display: Option<BoxKind>,
    pub(crate) visibility: Option<Visibility>,
    pub(crate) white_space: Option<WhiteSpace>,
    pub(crate) float: Option<Float>,
    pub(crate) direction: Option<Direction>,
}

/// What `display` makes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoxKind {
    /// Nothing: it is not shown.
    None,
    /// A part of a line.
    Inline,
    /// Something on lines of its own.
    Block,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Visible,
    /// `hidden`, or `collapse`.
    Hidden,
}

/// What `white-space` keeps of the white space in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum WhiteSpace {
    /// Nothing: it collapses.
    #[default]
    Collapse,
    /// Line breaks.
    Breaks,
    /// All.
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Float {
    No,
    Left,
    Right,
}

/// A property that is declared: what the declaration that counts says, and whether that is important.
struct Declared<T> {
    /// `None` is to leave the property to what would hold without the declaration.
    value: Option<T>,
    is_important: bool,
}

impl<T> Default for Declared<T> {
    fn default() -> Self {
        Self { value: None, is_important: false }
    }
}

impl<T> Declared<T> {
    /// Takes note of a declaration, unless its value is not valid.
    fn declare(&mut self, value: Option<Value<T>>, is_important: bool) {
        let Some(value) = value else { return };
        if is_important || !self.is_important {
            let value = match value {
                Value::Of(value) => Some(value),
                Value::Default => None,
            };
            *self = Self { value, is_important };
        }
    }
}

/// A valid value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value<T> {
    Of(T),
    /// What would hold without the declaration: what browsers have for the element, or what it inherits.
    Default,
}

impl InlineStyle {
    /// Reads the value of a `style` attribute.
    #[inline]
    pub(crate) fn parse(style: &str) -> Self {
        if may_declare(style.as_bytes()) { Self::of_declarations(style) } else { Self::default() }
    }

    #[cold]
    fn of_declarations(style: &str) -> Self {
        let (mut display, mut visibility) = (Declared::default(), Declared::default());
        let (mut white_space, mut float) = (Declared::default(), Declared::default());
        let mut direction = Declared::default();
        for declaration in declarations(style) {
            let is_important = declaration.is_important;
            let is = |name: &str| declaration.name.eq_ignore_ascii_case(name);
            if is("display") {
                display.declare(
                    value(&declaration, BoxKind::Inline, Value::Of(BoxKind::Inline), display_of),
                    is_important,
                );
            } else if is("visibility") {
                let of = |words: &[&str]| one(words, &VISIBILITY);
                visibility
                    .declare(value(&declaration, Visibility::Visible, Value::Default, of), is_important);
            } else if is("white-space") {
                let of = |words: &[&str]| white_space_of(words);
                white_space
                    .declare(value(&declaration, WhiteSpace::Collapse, Value::Default, of), is_important);
            } else if is("white-space-collapse") {
                let of = |words: &[&str]| one(words, &COLLAPSE);
                white_space
                    .declare(value(&declaration, WhiteSpace::Collapse, Value::Default, of), is_important);
            } else if is("float") {
                float.declare(
                    value(&declaration, Float::No, Value::Of(Float::No), |words| one(words, &FLOAT)),
                    is_important,
                );
            } else if is("direction") {
                let of = |words: &[&str]| one(words, &DIRECTION);
                direction
                    .declare(value(&declaration, Direction::LeftToRight, Value::Default, of), is_important);
            }
        }
        Self {
            display: display.value,
            visibility: visibility.value,
            white_space: white_space.value,
            float: float.value,
            direction: direction.value,
        }
    }
}

/// Whether a style may hold a property that is read here: whether the first two letters of the name of one
/// are in it. Most styles are colours, widths and margins.
fn may_declare(style: &[u8]) -> bool {
    style.windows(2).any(|pair| {
        matches!([pair[0] | 0x20, pair[1] | 0x20], [b'd' | b'v', b'i'] | [b'w', b'h'] | [b'f', b'l'])
    })
}

/// The value of a declaration; `None` if it is not valid. `initial` is the property's initial value, `unset`
/// what it is with no value at all, and `of` reads the words that are the property's own.
fn value<T>(
    declaration: &Declaration<'_>,
    initial: T,
    unset: Value<T>,
    of: impl Fn(&[&str]) -> Option<T>,
) -> Option<Value<T>> {
    // A variable is valid in any value, and none is known here.
    if declaration.has_variable() {
        return Some(unset);
    }
    let mut words = [""; MOST_WORDS];
    let mut count = 0;
    for word in declaration.words() {
        *words.get_mut(count)? = word;
        count += 1;
    }
    let words = &words[..count];
    if let [word] = words {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        if is("initial") {
            return Some(Value::Of(initial));
        }
        // What is around a shown element is shown, and not known otherwise.
        if is("unset") || is("inherit") {
            return Some(unset);
        }
        if is("revert") || is("revert-layer") {
            return Some(Value::Default);
        }
    }
    of(words).map(Value::Of)
}

/// No value that is read here has more words.
const MOST_WORDS: usize = 3;

const VISIBILITY: [(&str, Visibility); 3] =
    [("visible", Visibility::Visible), ("hidden", Visibility::Hidden), ("collapse", Visibility::Hidden)];

const COLLAPSE: [(&str, WhiteSpace); 5] = [
    ("collapse", WhiteSpace::Collapse),
    ("preserve-breaks", WhiteSpace::Breaks),
    ("preserve", WhiteSpace::All),
    ("preserve-spaces", WhiteSpace::Collapse),
    ("break-spaces", WhiteSpace::All),
];

const WHITE_SPACE: [(&str, WhiteSpace); 5] = [
    ("normal", WhiteSpace::Collapse),
    ("pre-line", WhiteSpace::Breaks),
    ("pre", WhiteSpace::All),
    ("pre-wrap", WhiteSpace::All),
    ("-moz-pre-wrap", WhiteSpace::All),
];

const FLOAT: [(&str, Float); 5] = [
    ("none", Float::No),
    ("left", Float::Left),
    ("inline-start", Float::Left),
    ("right", Float::Right),
    ("inline-end", Float::Right),
];

const DIRECTION: [(&str, Direction); 2] = [("ltr", Direction::LeftToRight), ("rtl", Direction::RightToLeft)];

/// The values of `display` that are one word.
const DISPLAY: [(&str, BoxKind); 29] = [
    ("none", BoxKind::None),
    // What is in a column is never shown.
    ("table-column", BoxKind::None),
    ("table-column-group", BoxKind::None),
    ("block", BoxKind::Block),
    ("flow-root", BoxKind::Block),
    ("flex", BoxKind::Block),
    ("grid", BoxKind::Block),
    ("list-item", BoxKind::Block),
    ("table", BoxKind::Block),
    ("table-row-group", BoxKind::Block),
    ("table-header-group", BoxKind::Block),
    ("table-footer-group", BoxKind::Block),
    ("table-row", BoxKind::Block),
    ("table-cell", BoxKind::Block),
    ("table-caption", BoxKind::Block),
    ("-webkit-box", BoxKind::Block),
    ("-webkit-flex", BoxKind::Block),
    ("flow", BoxKind::Block),
    ("inline", BoxKind::Inline),
    ("inline-block", BoxKind::Inline),
    ("inline-flex", BoxKind::Inline),
    ("inline-grid", BoxKind::Inline),
    ("inline-table", BoxKind::Inline),
    ("contents", BoxKind::Inline),
    ("ruby", BoxKind::Inline),
    ("ruby-text", BoxKind::Inline),
    ("math", BoxKind::Inline),
    ("-webkit-inline-box", BoxKind::Inline),
    ("-webkit-inline-flex", BoxKind::Inline),
];

/// The words of which `display` may have several: how an element stands among others, how its content
/// stands in it, and whether it is an item.
const DISPLAY_PARTS: [&[&str]; 3] =
    [&["block", "inline"], &["flow", "flow-root", "table", "flex", "grid", "ruby", "math"], &["list-item"]];

fn display_of(words: &[&str]) -> Option<BoxKind> {
    if let [_] = words {
        return one(words, &DISPLAY);
    }
    let mut seen = [false; DISPLAY_PARTS.len()];
    for word in words {
        let part =
            DISPLAY_PARTS.iter().position(|part| part.iter().any(|name| word.eq_ignore_ascii_case(name)))?;
        if std::mem::replace(&mut seen[part], true) {
            return None;
        }
    }
    let is_inline = words.iter().any(|word| word.eq_ignore_ascii_case("inline"));
    (!words.is_empty()).then_some(if is_inline { BoxKind::Inline } else { BoxKind::Block })
}

/// `white-space` is one of its own words, or what collapses and whether lines wrap.
fn white_space_of(words: &[&str]) -> Option<WhiteSpace> {
    if let Some(known) = one(words, &WHITE_SPACE) {
        return Some(known);
    }
    let mut collapse = None;
    let mut wraps = false;
    for word in words {
        if word.eq_ignore_ascii_case("wrap") || word.eq_ignore_ascii_case("nowrap") {
            if std::mem::replace(&mut wraps, true) {
                return None;
            }
        } else {
            let value = one(&[word], &COLLAPSE)?;
            if collapse.replace(value).is_some() {
                return None;
            }
        }
    }
    (!words.is_empty()).then_some(collapse.unwrap_or_default())
}

/// What the only word stands for.
fn one<T: Copy>(words: &[&str], table: &[(&str, T)]) -> Option<T> {
    let [word] = words else { return None };
    table.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_display(style: &str, expected: Option<BoxKind>) {
        assert_eq!(InlineStyle::parse(style).display, expected, "{style}");
    }

    #[test]
    fn the_last_valid_declaration_counts() {
        assert_display("display:none", Some(BoxKind::None));
        assert_display(" DISPLAY : None ; color: red", Some(BoxKind::None));
        assert_display("display:none;display:block", Some(BoxKind::Block));
        assert_display("display:none;display:bloc", Some(BoxKind::None));
        assert_display("display:none;display:block none", Some(BoxKind::None));
        assert_display("display:-webkit-box;display:-ms-flexbox;display:flex", Some(BoxKind::Block));
        assert_display("display:none;display:", Some(BoxKind::None));
        assert_display("display:none;display", Some(BoxKind::None));
        assert_display("", None);
        assert_display("none", None);
    }

    #[test]
    fn what_is_important_counts_before_the_rest() {
        assert_display("display:none !important;display:block", Some(BoxKind::None));
        assert_display("display:none!IMPORTANT;display:block ! important", Some(BoxKind::Block));
        assert_display("display:none ! /**/ important ;display:block", Some(BoxKind::None));
        assert_display("display:none;display:block !importan", Some(BoxKind::None));
        assert_display("display:none important", None);
        assert_display("display:none !important !important", None);
    }

    #[test]
    fn semicolons_in_other_things_part_nothing() {
        assert_display("background:url(a;display:none)", None);
        assert_display("background:url( 'a;display:none' )", None);
        assert_display("background:url(a\\);display:none)", None);
        assert_display("content:';display:none'", None);
        assert_display("content:\"\\\";display:none\"", None);
        assert_display("content:'\n;display:none", Some(BoxKind::None));
        assert_display("/*;display:none*/color:red", None);
        assert_display("color:red;/*;*/display:none", Some(BoxKind::None));
        assert_display("width:calc(1px + (2px;display:none))", None);
        assert_display("x:[;display:none];y:{;display:none}", None);
        assert_display("x:);display:none", Some(BoxKind::None));
        assert_display("@x {;display:none} display:block", Some(BoxKind::Block));
        assert_display("background:url(data:image/png;base64,AA==);display:none", Some(BoxKind::None));
        assert_display("background:url(a", None);
        assert_display("x:(;display:none", None);
    }

    #[test]
    fn comments_and_escapes() {
        assert_display("display/**/:/**/none/**/", Some(BoxKind::None));
        assert_display("dis/**/play:none", None);
        assert_display("display:no/**/ne", None);
        assert_display("display:/* a", None);
        assert_display("display:block/**/flow", Some(BoxKind::Block));
        // An escape would have to be decoded.
        assert_display("d\\isplay:none", None);
        assert_display("display:n\\6fne", None);
        assert_display("x:\\;display:none", None);
        assert_display(";;; display:none", Some(BoxKind::None));
        assert_display("-display:none", None);
        assert_display("*display:none", None);
        assert_display("color: red display:none", None);
    }

    #[test]
    fn values_of_several_words_and_of_any_property() {
        assert_display("display:block flow", Some(BoxKind::Block));
        assert_display("display:flex inline", Some(BoxKind::Inline));
        assert_display("display:flow list-item block", Some(BoxKind::Block));
        assert_display("display:block inline", None);
        assert_display("display:block flow list-item x", None);
        assert_display("display:inline-block", Some(BoxKind::Inline));
        assert_display("display:initial", Some(BoxKind::Inline));
        assert_display("display:none;display:revert", None);
        assert_display("display:none;display:unset", Some(BoxKind::Inline));
        assert_display("display:none;display:var(--x)", Some(BoxKind::Inline));
        assert_display("display:none;display:var (--x)", Some(BoxKind::None));
        assert_display("display:none;display:'var('", Some(BoxKind::None));
    }

    #[test]
    fn the_other_properties() {
        let style = InlineStyle::parse("visibility:collapse;white-space:pre-line;float:right;direction:RTL");
        assert_eq!(style.visibility, Some(Visibility::Hidden));
        assert_eq!(style.white_space, Some(WhiteSpace::Breaks));
        assert_eq!(style.float, Some(Float::Right));
        assert_eq!(style.direction, Some(Direction::RightToLeft));
        let white_space = |value: &str| InlineStyle::parse(&format!("white-space:{value}")).white_space;
        for value in ["pre", "pre-wrap", "break-spaces", "preserve nowrap", "wrap preserve"] {
            assert_eq!(white_space(value), Some(WhiteSpace::All), "{value}");
        }
        for value in ["normal", "nowrap", "initial", "wrap collapse"] {
            assert_eq!(white_space(value), Some(WhiteSpace::Collapse), "{value}");
        }
        for value in ["inherit", "unset", "pre pre", "wrap wrap", "", "x"] {
            assert_eq!(white_space(value), None, "{value}");
        }
        assert_eq!(InlineStyle::parse("visibility:visible").visibility, Some(Visibility::Visible));
        assert_eq!(InlineStyle::parse("visibility:hidden;visibility:inherit").visibility, None);
        assert_eq!(InlineStyle::parse("float:none").float, Some(Float::No));
    }
}
