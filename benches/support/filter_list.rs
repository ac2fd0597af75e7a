//! An invented filter list of the size that ad blockers use.

use std::fmt::Write as _;

/// How many rules the list has. The generic rules of `EasyList` are about as many.
pub(crate) const RULES: usize = 15_000;

/// Generic rules without a scope: mostly classes and ids, some attributes, some compounds, as such lists have
/// them.
///
/// None of them matches an invented post; the names are made to look like those that posts use, so that none
/// is ruled out by its first letters alone.
pub(crate) fn generic() -> String {
    const STEMS: [&str; 16] = [
        "ad", "ads", "post", "entry", "article", "sidebar", "banner", "content", "wp-block", "sponsor",
        "promo", "widget", "section", "image", "header", "has",
    ];
    const ENDS: [&str; 8] = ["box", "slot", "wrapper", "text", "inner", "unit", "top", "placeholder"];
    const TAGS: [&str; 6] = ["div", "a", "aside", "iframe", "ins", "section"];
    const ATTRIBUTES: [&str; 6] = ["id", "class", "href", "data-ad-slot", "aria-label", "title"];
    let mut list = String::new();
    for number in 0..RULES {
        let stem = STEMS[number % STEMS.len()];
        let end = ENDS[number / STEMS.len() % ENDS.len()];
        let tag = TAGS[number % TAGS.len()];
        let attribute = ATTRIBUTES[number / 20 % ATTRIBUTES.len()];
        // In a score of rules: eleven classes, five ids, two attributes, two compounds.
        let _ = match number % 20 {
            0..=10 => writeln!(list, "##.{stem}-{end}-{number}"),
            11..=15 => writeln!(list, "###{stem}_{end}_{number}"),
            16 => writeln!(list, "##[{attribute}^=\"{stem}-{end}-{number}\"]"),
            17 => writeln!(list, "##{tag}[{attribute}=\"{stem}/{number}/{end}\"]"),
            18 => writeln!(list, "##{tag}.{stem}-{number}.{end}"),
            _ => writeln!(list, "##{tag}#{stem}{number}[{attribute}]"),
        };
    }
    list
}
