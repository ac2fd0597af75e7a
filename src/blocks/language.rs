//! The language that the tags around code name, in the many ways in which highlighters have it.

use std::borrow::Cow;

use super::borrowed::part_of;
use super::div_classes::may_hold_known;
use super::word_set::WordSet;
use crate::equal::is_equal;
use crate::html::event::{Attributes, Names};
use crate::word_list::words;

/// The names that a bare class must be one of, in order.
const LANGUAGES: &[&str] = words!("languages.txt", "languages");

/// The [beginnings](beginning) of these names.
static BEGINNINGS: [u64; LANGUAGES.len()] = {
    let mut beginnings = [0; LANGUAGES.len()];
    let mut index = 0;
    while index < LANGUAGES.len() {
        beginnings[index] = beginning(LANGUAGES[index].as_bytes());
        index += 1;
    }
    beginnings
};

/// What stands in place of a name where there is no language.
const NO_LANGUAGE: &[&str] = words!("languages.txt", "no language");

/// The language of code.
pub(super) struct Language<'a> {
    pub(super) name: Cow<'a, str>,
    /// Whether an attribute or a class says that it is one. A bare class only looks like a language.
    pub(super) is_stated: bool,
}

/// The language that a tag `<pre>` or `<code>` names.
pub(super) fn of_code<'a>(attrs: &Attributes<'a>) -> Option<Language<'a>> {
    const NAMES: Names<'_, 8> = Names::new([
        "class",
        "data-lang",
        "data-language",
        "data-enlighter-language",
        "data-code-block-lang",
        "data-code-lang",
        "data-syntaxhighlighter-params",
        "lang",
    ]);
    if attrs.is_empty() {
        return None;
    }
    let [class, data @ .., params, lang] = attrs.get_all(&NAMES);
    let stated = |name| Some(Language { name, is_stated: true });
    if let Some(name) = class.as_ref().and_then(stated_by_class) {
        return stated(name);
    }
    if let Some(name) = data.iter().flatten().find_map(named) {
        return stated(name);
    }
    if let Some(name) = params.as_ref().and_then(brush) {
        return stated(name);
    }
    // The attribute `lang` may also name the language of people.
    if let Some(name) = lang.filter(|lang| is_known(lang.trim_ascii())).as_ref().and_then(named) {
        return stated(name);
    }
    let class = class?;
    let name = class.split_ascii_whitespace().find(|name| is_known(name))?;
    Some(Language { name: normal(part_of(&class, name)), is_stated: false })
}

/// The language that the class of an element around code names.
pub(super) fn of_wrapper<'a>(attrs: &Attributes<'a>) -> Option<Cow<'a, str>> {
    let class = attrs.class()?;
    if may_hold_known(&class) { named_by_wrapper(&class) } else { None }
}

/// The language that an attribute of an element around code names.
pub(super) fn of_frame<'a>(attrs: &Attributes<'a>) -> Option<Cow<'a, str>> {
    const NAMES: Names<'_, 2> = Names::new(["data-lang", "data-language"]);
    if attrs.is_empty() {
        return None;
    }
    // It may also be the language of people.
    let names = attrs.get_all(&NAMES);
    names.iter().flatten().filter(|name| is_known(name.trim_ascii())).find_map(named)
}

#[cold]
fn named_by_wrapper<'a>(class: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    let part = |name| Some(normal(part_of(class, name)));
    let mut marked = false;
    let mut bare = None;
    for word in class.split_ascii_whitespace() {
        // Pages in several languages have classes such as `lang-en`.
        let prefixes = ["language-", "lang-", "highlight-", "source-", "hl-"];
        if let Some(name) = github(word).or_else(|| word.strip_prefix("mw-highlight-lang-")) {
            return part(name);
        }
        if let Some(name) = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix)) {
            if is_known(name) {
                return part(name);
            }
        }
        marked |= is_highlighter(word);
        bare = bare.or_else(|| {
            let name = if marked { word.strip_prefix("type-").unwrap_or(word) } else { word };
            is_known(name).then_some(name)
        });
    }
    bare.filter(|_| marked).and_then(part)
}

/// Whether a class says no more than that the element holds highlighted code.
fn is_highlighter(word: &str) -> bool {
    matches!(
        word,
        "highlight"
            | "highlighter"
            | "highlighted"
            | "hljs"
            | "sourceCode"
            | "source"
            | "code"
            | "codehilite"
            | "code-block"
            | "codeblock"
            | "code-wrapper"
            | "prism"
            | "syntax"
            | "syntaxhighlighter"
            | "chroma"
            | "blob-wrapper"
    )
}

/// The language that a class states to be one.
fn stated_by_class<'a>(class: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    for word in class.split_ascii_whitespace() {
        // As it stands there: it was made for programs.
        let prefixed = word.strip_prefix("language-").or_else(|| word.strip_prefix("lang-"));
        if let Some(name) = prefixed.filter(|name| is_language(name)) {
            return Some(csharp(part_of(class, name)));
        }
        // Org writes `src-x`, Crayon `lang:x`.
        let org = word.strip_prefix("src-").filter(|name| is_known(name));
        let crayon = word.strip_prefix("lang:").filter(|name| is_language(name));
        if let Some(name) = github(word).or(org).or(crayon) {
            return Some(normal(part_of(class, name)));
        }
    }
    brush(class)
}

/// The language of GitHub's class `highlight-source-x`, or `highlight-text-html-x`.
fn github(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("highlight-")?;
    let name = match rest.strip_prefix("text-") {
        Some(text) => text.split('-').next()?,
        None => rest.strip_prefix("source-")?,
    };
    is_language(name).then_some(name)
}

/// The language of `SyntaxHighlighter`'s parameters `brush: x; gutter: false`.
fn brush<'a>(parameters: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    let (_, rest) = parameters.split_once("brush:")?;
    let rest = rest.trim_ascii_start().trim_start_matches(['[', '\'', '"']);
    let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '+' | '-' | '_' | '.'));
    let name = &rest[..end.unwrap_or(rest.len())];
    is_language(name).then(|| normal(part_of(parameters, name)))
}

/// The language of an attribute that holds nothing else.
fn named<'a>(value: &Cow<'a, str>) -> Option<Cow<'a, str>> {
    let name = value.trim_ascii();
    let is_one = is_language(name) && !name.contains(|c: char| c.is_ascii_whitespace());
    is_one.then(|| normal(part_of(value, name)))
}

fn is_language(name: &str) -> bool {
    !name.is_empty() && !NO_LANGUAGE.iter().any(|none| name.eq_ignore_ascii_case(none))
}

fn is_known(name: &str) -> bool {
    /// The same names, to tell most other words from them.
    static NAMES: WordSet<1> = WordSet::of([LANGUAGES]);
    if !NAMES.may_hold(name.as_bytes()) {
        return false;
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return is_known(&name.to_ascii_lowercase());
    }
    let own = beginning(name.as_bytes());
    let first = BEGINNINGS.partition_point(|other| *other < own);
    let alike = BEGINNINGS[first..].iter().zip(&LANGUAGES[first..]).take_while(|(other, _)| **other == own);
    alike.map(|(_, other)| other).any(|other| is_equal(other, name))
}

/// The first eight bytes of a name, with zeros after a shorter one, as a number: such numbers have the order
/// of the names, and are compared by one instruction.
const fn beginning(name: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let mut index = 0;
    while index < name.len() && index < bytes.len() {
        bytes[index] = name[index];
        index += 1;
    }
    u64::from_be_bytes(bytes)
}

/// The name in lower case, as highlighters have it.
fn normal(name: Cow<'_, str>) -> Cow<'_, str> {
    let name = csharp(name);
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name }
}

/// A `#` is no part of the name for highlighters.
fn csharp(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.eq_ignore_ascii_case("c#") { Cow::Borrowed("csharp") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::event::Attribute;

    fn attrs(attrs: &[(&'static str, &'static str)]) -> Attributes<'static> {
        attrs.iter().map(|(name, value)| Attribute { name: (*name).into(), value: (*value).into() }).collect()
    }

    #[test]
    fn the_languages_are_in_order() {
        assert!(LANGUAGES.is_sorted());
        assert!(LANGUAGES.iter().all(|name| **name == name.to_ascii_lowercase() && is_language(name)));
    }

    #[test]
    fn each_convention_names_its_language() {
        for (given, expected, is_stated) in [
            (&[("class", "language-rust")][..], "rust", true),
            (&[("class", "line-numbers lang-Odd")], "Odd", true),
            (&[("class", "language-C#")], "csharp", true),
            (&[("class", "brush: html")], "html", true),
            (&[("class", "brush:CSharp;gutter:true;")], "csharp", true),
            (&[("class", "brush: 'C#'; toolbar: false")], "csharp", true),
            (&[("data-syntaxhighlighter-params", "brush: java; gutter: false")], "java", true),
            (&[("class", "highlight highlight-source-c++")], "c++", true),
            (&[("class", "highlight-text-html-basic")], "html", true),
            (&[("class", "src src-emacs-lisp")], "emacs-lisp", true),
            (&[("class", "lang:ruby decode:true")], "ruby", true),
            (&[("class", "hljs"), ("data-lang", "Go")], "go", true),
            (&[("data-language", " jsx ")], "jsx", true),
            (&[("class", "EnlighterJSRAW"), ("data-enlighter-language", "python")], "python", true),
            (&[("lang", "Python")], "python", true),
            (&[("class", "r")], "r", false),
            (&[("class", "python numberLines")], "python", false),
            (&[("class", "sourceCode Haskell literate")], "haskell", false),
            (&[("class", "hljs C#")], "csharp", false),
        ] {
            let Language { name, is_stated: stated } = of_code(&attrs(given)).unwrap();
            assert_eq!((&*name, stated), (expected, is_stated), "{given:?}");
        }
    }

    #[test]
    fn what_names_no_language_is_none() {
        for given in [
            &[][..],
            &[("class", "ql-syntax")],
            &[("class", "wp-block-code")],
            &[("class", "hljs copyable")],
            &[("class", "language- lang-")],
            &[("class", "lang-auto")],
            &[("class", "language-none line-numbers")],
            &[("class", "lang-nohighlight")],
            &[("class", "brush:")],
            &[("lang", "en")],
            &[("data-enlighter-language", "generic")],
            &[("data-lang", "two words")],
        ] {
            assert!(of_code(&attrs(given)).is_none(), "{given:?}");
        }
    }

    #[test]
    fn elements_around_code_name_its_language() {
        for (class, expected) in [
            ("language-ruby highlighter-rouge", Some("ruby")),
            ("highlight highlight-source-shell", Some("shell")),
            ("highlight js", Some("js")),
            ("highlight-python3 notranslate", Some("python3")),
            ("highlight-default notranslate", None),
            (" highlight hl-ipython3", Some("ipython3")),
            ("highlight hl-r", Some("r")),
            ("sourceCode haskell", Some("haskell")),
            ("syntaxhighlighter  ruby", Some("ruby")),
            ("mw-highlight mw-highlight-lang-lua mw-content-ltr", Some("lua")),
            ("blob-wrapper data type-python", Some("python")),
            ("code-block code-block-1", None),
            ("code go-up", None),
            ("lang-en", None),
            ("language-switcher", None),
            ("go highlight", Some("go")),
            ("highlights go", None),
        ] {
            assert_eq!(of_wrapper(&attrs(&[("class", class)])).as_deref(), expected, "{class}");
        }
    }
}
