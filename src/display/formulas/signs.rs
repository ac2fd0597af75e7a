//! The elements that formulas begin with.

use super::super::look::Look;
use super::held::{Family, GroupKind};
use super::image::{formula_image, is_of_wikipedia, may_be_formula};
use crate::html::event::{Attributes, Element, Tag, TagSet};

/// The elements that may be formulas by their class.
const BY_CLASS: TagSet = TagSet::of(&[Tag::Span, Tag::Div, Tag::P, Tag::Figure]);

/// The elements that are looked at whatever their class is, since they are few.
pub(super) const FEW: TagSet = TagSet::of(&[Tag::Math, Tag::Script, Tag::Img, Tag::Unknown]);

/// Whether the class of such an element may be that of a formula, by the byte that it begins with in the
/// source: it tells of most classes that they are not. It may be that of a reference.
#[inline]
pub(super) fn may_be_class(tag: Tag, start: u8) -> bool {
    matches!(start, b'm' | b'M' | b'k' | b'a' | b'z' | b'w' | b'&') && BY_CLASS.contains(tag)
}

/// What kind of formula an element begins, if it begins one.
#[inline(never)]
pub(super) fn kind(element: &Element<'_>) -> Option<GroupKind> {
    match element.tag {
        // What hides itself is not one of the copies of a formula: those are hidden in what is around them.
        Tag::Math if Look::of(element).hides() => None,
        Tag::Math => Some(GroupKind::Whole),
        Tag::Script => script(&element.attrs),
        Tag::Img => image(&element.attrs),
        Tag::Unknown => by_name(&element.name).or_else(|| by_class(&element.attrs)),
        tag if BY_CLASS.contains(tag) => by_class(&element.attrs),
        _ => None,
    }
}

fn by_name(name: &str) -> Option<GroupKind> {
    match name {
        "mjx-container" | "amp-mathml" => Some(GroupKind::Whole),
        "math-renderer" => Some(GroupKind::Delimited { is_sure: false }),
        // Zenn's, in which a script draws the formula.
        "embed-katex" => Some(GroupKind::Delimited { is_sure: true }),
        _ => None,
    }
}

fn script(attrs: &Attributes<'_>) -> Option<GroupKind> {
    let kind = attrs.get("type")?;
    let is_formula = kind.trim_ascii_start().as_bytes().get(..5)?.eq_ignore_ascii_case(b"math/");
    is_formula.then_some(GroupKind::Part(Family::MathJax, 3))
}

#[inline(never)]
fn image(attrs: &Attributes<'_>) -> Option<GroupKind> {
    if !may_be_formula(attrs) {
        return None;
    }
    formula_image(attrs)?;
    let is_of_wikipedia = attrs.get("class").is_some_and(|class| is_of_wikipedia(&class));
    Some(if is_of_wikipedia { GroupKind::Part(Family::Wikipedia, 2) } else { GroupKind::Image })
}

fn by_class(attrs: &Attributes<'_>) -> Option<GroupKind> {
    let [_, class] = attrs.id_and_class();
    let class = class?;
    let start = class.as_bytes().first_chunk::<4>()?;
    if STARTS.contains(&start) { of_names(&class) } else { None }
}

/// What the names begin with that [`of_names`] knows.
const STARTS: [&[u8; 4]; 11] =
    [b"math", b"Math", b"MJX_", b"MJXc", b"mjx-", b"mwe-", b"kate", b"kdma", b"arit", b"ztex", b"wp-k"];

/// What kind of formula a class says that an element is. The first name in it counts.
fn of_names(class: &str) -> Option<GroupKind> {
    let mut names = class.split_ascii_whitespace();
    let kind = match names.next()? {
        "katex" | "katex-display" | "mwe-math-element" | "mjx-container" | "ztext-math" => GroupKind::Whole,
        "katex-mathml" => GroupKind::Part(Family::Katex, 1),
        "katex-html" => GroupKind::Part(Family::Katex, 2),
        "mwe-math-mathml-inline" | "mwe-math-mathml-display" => GroupKind::Part(Family::Wikipedia, 1),
        "MathJax_Preview" => GroupKind::Part(Family::MathJax, 1),
        "MathJax"
        | "MathJax_Display"
        | "MathJax_SVG"
        | "MathJax_SVG_Display"
        | "MathJax_CHTML"
        | "MathJax_MathML"
        | "MathJax_PHTML"
        | "MathJax_PHTML_Display"
        | "MJXc-display"
        | "mjx-chtml"
        | "MJX_Assistive_MathML" => GroupKind::Part(Family::MathJax, 2),
        "math" | "math-inline" | "math-display" | "math-block" | "math-container" | "math-tex"
        | "mathjax" | "arithmatex" | "kdmath" | "katex-eq" | "wp-katex-eq" => {
            GroupKind::Delimited { is_sure: false }
        }
        _ => return None,
    };
    let is_sure = matches!(kind, GroupKind::Delimited { is_sure: true })
        || kind == GroupKind::Delimited { is_sure: false }
            && names.any(|name| matches!(name, "inline" | "display" | "math-inline" | "math-display"));
    Some(if is_sure { GroupKind::Delimited { is_sure } } else { kind })
}
