//! The syntax of filter lists: one cosmetic rule a line.
//!
//! The grammar is that of ad blockers' element hiding rules, as far as [`Rules::parse`](super::Rules::parse)
//! says. A line that is not understood whole is refused whole: a rule is never broadened.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::char;
use nom::combinator::{all_consuming, map, opt, recognize, value, verify};
use nom::multi::many0;
use nom::sequence::{delimited, pair, preceded};

type IResult<'s, T> = nom::IResult<&'s str, T>;

/// A compound selector: every condition holds for one element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Selector {
    /// The element's name in lower case; `None` for any.
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) attributes: Vec<Condition>,
}

/// A condition on one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// The attribute's name in lower case.
    pub(super) name: String,
    pub(super) test: Test,
}

/// What the attribute's value must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Present,
    Equals(String),
    StartsWith(String),
    EndsWith(String),
    Contains(String),
    HasWord(String),
}

/// What a line of a list is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Blank, a comment or a list's header.
    Nothing,
    Rule(Selector),
    /// A line that is no rule here, with the reason.
    Unusable(&'static str),
}

/// Reads one line of a list.
pub(super) fn line(line: &str) -> Line {
    let line = line.trim();
    if line.is_empty() || line.starts_with('!') || line.starts_with('[') && line.ends_with(']') {
        return Line::Nothing;
    }
    for (marker, reason) in [
        ("#@#", "exceptions are not supported"),
        ("#?#", "procedural rules are not supported"),
        ("#$#", "style rules are not supported"),
        ("#%#", "script rules are not supported"),
    ] {
        if line.contains(marker) {
            return Line::Unusable(reason);
        }
    }
    let Some((scope, text)) = line.split_once("##") else {
        return Line::Unusable("not a cosmetic rule");
    };
    if !scope.is_empty() {
        return Line::Unusable("domain scopes are not supported");
    }
    match all_consuming(selector).parse(text) {
        Ok((_, selector)) => Line::Rule(selector),
        Err(_) => Line::Unusable("not a simple selector"),
    }
}

/// `div#id.class[name^="value"]`: ends where no further condition begins, fails if there is none at all.
fn selector(input: &str) -> IResult<'_, Selector> {
    enum Part {
        Id(String),
        Class(String),
        Attribute(Condition),
    }

    let part = alt((
        map(preceded(char('#'), identifier), |id| Part::Id(id.to_owned())),
        map(preceded(char('.'), identifier), |class| Part::Class(class.to_owned())),
        map(attribute, Part::Attribute),
    ));
    let whole = pair(opt(alt((value(None, char('*')), map(identifier, Some)))), many0(part));
    // `*` alone, or nothing, would match everything.
    let (rest, (name, parts)) =
        verify(whole, |(name, parts)| matches!(name, Some(Some(_))) || !parts.is_empty()).parse(input)?;

    let mut selector = Selector { name: name.flatten().map(str::to_ascii_lowercase), ..Selector::default() };
    for part in parts {
        match part {
            Part::Id(id) if selector.id.is_none() => selector.id = Some(id),
            // An element has one id; two of them match nothing, and are a mistake.
            Part::Id(_) => {
                return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Many0)));
            }
            Part::Class(class) => selector.classes.push(class),
            Part::Attribute(condition) => selector.attributes.push(condition),
        }
    }
    Ok((rest, selector))
}

/// A CSS identifier without escapes.
fn identifier(input: &str) -> IResult<'_, &str> {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    verify(take_while1(letter), |name: &str| {
        let name = name.strip_prefix('-').unwrap_or(name);
        name.chars().next().is_some_and(|first| !first.is_ascii_digit())
    })
    .parse(input)
}

/// `[name]`, `[name="value"]` and so on, up to and with the bracket.
fn attribute(input: &str) -> IResult<'_, Condition> {
    type Make = fn(String) -> Test;
    let operator = alt((
        value(Test::Equals as Make, tag("=")),
        value(Test::StartsWith as Make, tag("^=")),
        value(Test::EndsWith as Make, tag("$=")),
        value(Test::Contains as Make, tag("*=")),
        value(Test::HasWord as Make, tag("~=")),
    ));
    let test = map(opt(pair(operator, attribute_value)), |test| {
        test.map_or(Test::Present, |(make, value)| make(value.to_owned()))
    });
    delimited(
        char('['),
        map(pair(attribute_name, test), |(name, test)| Condition { name: name.to_ascii_lowercase(), test }),
        char(']'),
    )
    .parse(input)
}

fn attribute_name(input: &str) -> IResult<'_, &str> {
    recognize(identifier).parse(input)
}

/// A string in quotes, without escapes, or an identifier. Never empty: an empty `^=` matches nothing.
fn attribute_value(input: &str) -> IResult<'_, &str> {
    let quoted = |quote| delimited(char(quote), take_while1(move |c| c != quote && c != '\\'), char(quote));
    alt((quoted('"'), quoted('\''), identifier)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rule(text: &str) -> Selector {
        match line(text) {
            Line::Rule(selector) => selector,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn reads_compound_selectors() {
        let selector = rule(r#"##DIV#a.b.c[data-x][title^="広 告"]"#);
        assert_eq!(selector.name.as_deref(), Some("div"));
        assert_eq!(selector.id.as_deref(), Some("a"));
        assert_eq!(selector.classes, ["b", "c"]);
        assert_eq!(
            selector.attributes,
            [
                Condition { name: "data-x".into(), test: Test::Present },
                Condition { name: "title".into(), test: Test::StartsWith("広 告".into()) },
            ]
        );
        assert_eq!(rule("##*[a~=b]").name, None);
    }

    #[test]
    fn leaves_out_comments_and_headers() {
        for text in ["", "  ", "! ##.ad", "[Adblock Plus 2.0]"] {
            assert_eq!(line(text), Line::Nothing, "{text}");
        }
    }

    #[test]
    fn says_why_a_line_is_of_no_use() {
        for (text, reason) in [
            ("||ads.example^", "not a cosmetic rule"),
            ("example.com##.ad", "domain scopes are not supported"),
            ("#@#.ad", "exceptions are not supported"),
            ("example.com#?#.ad:has(b)", "procedural rules are not supported"),
            ("##.ad > b", "not a simple selector"),
            ("##.ad, .b", "not a simple selector"),
            ("##.ad:not(.b)", "not a simple selector"),
            ("##", "not a simple selector"),
            ("##*", "not a simple selector"),
            ("##.1a", "not a simple selector"),
            ("##[a^=\"\"]", "not a simple selector"),
            ("###a#b", "not a simple selector"),
            ("##[a=b i]", "not a simple selector"),
        ] {
            assert_eq!(line(text), Line::Unusable(reason), "{text}");
        }
    }
}
