//! What language an article is in, and which way it runs.

use crate::post::Post;

/// The languages that are written from right to left, by their codes in ISO 639.
const LANGUAGES: [&str; 27] = [
    "ae", "ar", "arc", "arz", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc",
    "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
];
/// The scripts that run so, by their codes in ISO 15924.
const SCRIPTS: [&str; 12] =
    ["adlm", "arab", "aran", "hebr", "mand", "mani", "nkoo", "rohg", "samr", "syrc", "syrn", "thaa"];
/// How many letters tell which way a text runs.
const ENOUGH: usize = 2_000;

/// The language of a post as a tag of BCP 47, if its metadata have one, or a locale such as `zh_CN.UTF-8`.
pub(super) fn language(post: &Post<'_>) -> Option<String> {
    let lang = post.meta.lang.as_deref()?.trim();
    let tag = lang.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let mut subtags = tag.split('-');
    let is_first = |tag: &str| (2..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic());
    let is_other = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
    (subtags.next().is_some_and(is_first) && subtags.all(is_other)).then_some(tag)
}

/// Whether an article in this language runs from right to left: its script says so, or its language, or most
/// of its letters.
pub(super) fn is_right_to_left(post: &Post<'_>, language: Option<&str>) -> bool {
    let mut subtags = language.unwrap_or_default().split('-').map(str::to_ascii_lowercase);
    let language = subtags.next().unwrap_or_default();
    if let Some(script) = subtags.next().filter(|subtag| subtag.len() == 4) {
        return SCRIPTS.contains(&&*script);
    }
    LANGUAGES.contains(&&*language) || has_more_right_to_left(post)
}

/// Whether more letters run from right to left than from left to right, of the first of them.
fn has_more_right_to_left(post: &Post<'_>) -> bool {
    let texts = post.walk().flat_map(|(_, block)| block.texts()).map(AsRef::as_ref);
    let letters = post.meta.title.as_deref().into_iter().chain(texts).flat_map(str::chars);
    let letters: Vec<bool> =
        letters.filter(|c| c.is_alphabetic()).take(ENOUGH).map(runs_right_to_left).collect();
    let right_to_left = letters.iter().filter(|runs| **runs).count();
    right_to_left * 2 > letters.len()
}

/// Whether a letter is in one of the blocks that Unicode sets aside for scripts from right to left.
fn runs_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{Meta, Paragraph};

    fn post(lang: &'static str, text: &'static str) -> Post<'static> {
        let meta = Meta { lang: (!lang.is_empty()).then(|| lang.into()), ..Meta::default() };
        Post::new(meta, vec![Paragraph::new(text).into()])
    }

    #[test]
    fn a_language_is_a_tag_or_a_locale() {
        for (lang, tag) in [
            ("en", Some("en")),
            (" de_AT.UTF-8 ", Some("de-AT")),
            ("sr_RS@latin", Some("sr-RS")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("", None),
            ("C", None),
            ("English (US)", None),
            ("\"><script>", None),
            ("en-", None),
        ] {
            assert_eq!(language(&post(lang, "x")).as_deref(), tag, "{lang}");
        }
    }

    #[test]
    fn the_script_decides_then_the_language_then_the_text() {
        for (lang, text, expected) in [
            ("ar", "tea", true),
            ("fa-IR", "tea", true),
            ("he", "", true),
            ("yi", "", true),
            ("fa-Latn", "شاي", false),
            ("uz-Arab", "tea", true),
            ("en", "tea", false),
            ("en", "شاي أخضر and tea", true),
            ("", "שלום", true),
            ("", "שי and tea", false),
            ("", "茶", false),
            ("", "123 !", false),
            ("", "", false),
        ] {
            let post = post(lang, text);
            assert_eq!(is_right_to_left(&post, language(&post).as_deref()), expected, "{lang} {text}");
        }
    }
}
