//! Selectors, as far as rules use them: compounds, joined by the descendant and the child combinator.
//!
//! What is not understood whole is refused whole: a rule is never broadened. The grammar follows Selectors
//! Level 4 and CSS Syntax Level 3; comments and namespaces are not in it.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{anychar, char};
use nom::combinator::{fail, map, opt, peek, value, verify};
use nom::multi::{fold_many0, separated_list1};
use nom::sequence::{delimited, pair, preceded, terminated};

use super::unusable::UnusableReason;

type IResult<'s, T> = nom::IResult<&'s str, T>;

/// Compounds from the outermost element to the one that the rule is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Selector(pub(super) Vec<Step>);

/// A compound, and the combinator before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Step {
    /// `None` for the first step of a selector.
    pub(super) combinator: Option<Combinator>,
    pub(super) compound: Compound,
}

/// How the element of a step relates to the element of the step before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Combinator {
    /// It is inside that element, at any depth: ` `.
    Descendant,
    /// It is a child of that element: `>`.
    Child,
}

/// A compound selector: conditions on one element, which matches if all of them hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Compound {
    /// The element's name in lower case; `None` for any.
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    /// Sorted.
    pub(super) classes: Vec<String>,
    pub(super) attributes: Vec<Condition>,
    /// Compounds of which none may match.
    pub(super) nots: Vec<Compound>,
}

/// A condition on one attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Condition {
    /// The attribute's name in lower case.
    pub(super) name: String,
    pub(super) test: Test,
}

/// What the attribute's value must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Test {
    Present,
    Equals(String),
    StartsWith(String),
    EndsWith(String),
    Contains(String),
    HasWord(String),
}

/// Reads all of a text as selectors with commas between them, such as `.ad, #promo > p`. If one of the
/// selectors cannot be used, none of them is, and the error says why.
pub(super) fn list(mut text: &str) -> Result<Vec<Selector>, UnusableReason> {
    let mut selectors = Vec::new();
    loop {
        text = text.trim_ascii_start();
        let (rest, selector) = selector(text).map_err(|_| reason(text))?;
        if selector.0.iter().all(|step| !step.compound.asks_for_something()) {
            return Err(UnusableReason::MatchesEverything);
        }
        selectors.push(selector);
        let rest = rest.trim_ascii_start();
        match rest.strip_prefix(',') {
            Some(next) => text = next,
            None if rest.is_empty() => return Ok(selectors),
            None => return Err(reason(rest)),
        }
    }
}

/// Why a selector cannot go on with this text, at which the parser has stopped.
fn reason(rest: &str) -> UnusableReason {
    match rest.as_bytes() {
        // The parser could read it, but it contradicts what stands before it.
        _ if simple_part(rest).is_ok() => UnusableReason::MatchesNothing,
        [b':', b':', ..] => UnusableReason::PseudoElement,
        [b':', ..] if rest.starts_with(":not(") => UnusableReason::NotArgument,
        [b':', ..] => UnusableReason::PseudoClass,
        [b'[', ..] => UnusableReason::AttributeCondition,
        [b'+' | b'~', ..] => UnusableReason::Combinator,
        _ => UnusableReason::Selector,
    }
}

/// Reads a selector such as `div > p.a`. The cursor ends where no further condition and no further compound
/// begins; fails if there is no compound at the start.
fn selector(input: &str) -> IResult<'_, Selector> {
    let (mut rest, first) = compound(input)?;
    let mut steps = vec![Step { combinator: None, compound: first }];
    while let Ok((after, (combinator, compound))) = pair(combinator, compound).parse(rest) {
        steps.push(Step { combinator: Some(combinator), compound });
        rest = after;
    }
    Ok((rest, Selector(steps)))
}

/// Reads a combinator with the white space around it, such as ` > `. The cursor ends at the next compound;
/// fails at anything but white space and `>`.
fn combinator(input: &str) -> IResult<'_, Combinator> {
    alt((
        value(Combinator::Child, delimited(space0, char('>'), space0)),
        value(Combinator::Descendant, take_while1(is_space)),
    ))
    .parse(input)
}

/// A condition in a compound.
enum Part {
    Id(String),
    Class(String),
    Attribute(Condition),
    Not(Vec<Compound>),
}

/// Reads a compound such as `div#id.class[name^="value"]:not(.b)`. The cursor ends where no further condition
/// begins, or before a condition that contradicts the others; fails if there is no condition at the start.
fn compound(input: &str) -> IResult<'_, Compound> {
    compound_of(|input| alt((simple_part, map(negation, Part::Not))).parse(input), input)
}

/// Reads a compound whose conditions after the element's name are those that `part` reads.
fn compound_of<'s>(part: impl Fn(&'s str) -> IResult<'s, Part>, input: &'s str) -> IResult<'s, Compound> {
    let (rest, name) = opt(alt((value(None, char('*')), map(identifier, Some)))).parse(input)?;
    let start =
        Compound { name: name.flatten().map(|name| name.to_ascii_lowercase()), ..Compound::default() };
    let (mut rest, mut compound) = (rest, start);
    let mut is_empty = rest.len() == input.len();
    while let Ok((after, part)) = part(rest) {
        if !compound.add(part) {
            break;
        }
        (rest, is_empty) = (after, false);
    }
    if is_empty {
        return fail().parse(input);
    }
    compound.classes.sort_unstable();
    compound.classes.dedup();
    Ok((rest, compound))
}

/// Reads an `#id`, a `.class` or an `[attribute]`. The cursor ends after it; fails at anything else.
fn simple_part(input: &str) -> IResult<'_, Part> {
    alt((
        map(preceded(char('#'), identifier), Part::Id),
        map(preceded(char('.'), identifier), Part::Class),
        map(attribute, Part::Attribute),
    ))
    .parse(input)
}

/// Reads a `:not(.a, p)`, of whose compounds none may match. The cursor ends after the bracket; fails at
/// anything else than a list of compounds, none of which has a `:not()` itself.
fn negation(input: &str) -> IResult<'_, Vec<Compound>> {
    // Negations do not nest, so that the grammar does not recurse.
    let simple = |input| compound_of(simple_part, input);
    let list = separated_list1(delimited(space0, char(','), space0), simple);
    delimited(pair(tag(":not("), space0), list, pair(space0, char(')'))).parse(input)
}

impl Compound {
    /// Adds a condition. Returns `false` if no element can meet both it and the others.
    fn add(&mut self, part: Part) -> bool {
        match part {
            Part::Id(id) => return self.add_id(&id),
            Part::Class(class) => self.classes.push(class),
            // Other ways to write an id and a class.
            Part::Attribute(Condition { name, test: Test::Equals(id) }) if name == "id" => {
                return self.add_id(&id);
            }
            Part::Attribute(Condition { name, test: Test::HasWord(class) }) if name == "class" => {
                self.classes.push(class);
            }
            Part::Attribute(condition) => self.attributes.push(condition),
            Part::Not(compounds) => self.nots.extend(compounds),
        }
        true
    }

    fn add_id(&mut self, id: &str) -> bool {
        self.id.get_or_insert_with(|| id.to_owned()) == id
    }

    /// Whether there is a condition on an attribute other than id and class.
    pub(super) fn asks_for_others(&self) -> bool {
        // The grammar has no negations in negations.
        let mut compounds = [self].into_iter().chain(&self.nots);
        compounds.any(|compound| compound.attributes.iter().any(Condition::is_on_other))
    }

    /// Whether there is a condition that is not met by an element without name and attributes.
    fn asks_for_something(&self) -> bool {
        let Self { name, id, classes, attributes, nots: _ } = self;
        name.is_some() || id.is_some() || !classes.is_empty() || !attributes.is_empty()
    }
}

/// Reads `[name]`, `[name="value"]` and so on. The cursor ends after the bracket; fails at an unknown
/// operator, at a flag such as ` i`, and at a value that no attribute can meet.
fn attribute(input: &str) -> IResult<'_, Condition> {
    type Make = fn(String) -> Test;
    let operator = alt((
        value(Test::Equals as Make, tag("=")),
        value(Test::StartsWith as Make, tag("^=")),
        value(Test::EndsWith as Make, tag("$=")),
        value(Test::Contains as Make, tag("*=")),
        value(Test::HasWord as Make, tag("~=")),
    ));
    let test = map((operator, preceded(space0, string)), |(make, value)| make(value));
    let condition = pair(terminated(identifier, space0), opt(terminated(test, space0)));
    verify(
        map(delimited(pair(char('['), space0), condition, char(']')), |(name, test)| Condition {
            name: name.to_ascii_lowercase(),
            test: test.unwrap_or(Test::Present),
        }),
        |condition| condition.test.can_hold(),
    )
    .parse(input)
}

impl Condition {
    /// Whether it is on an attribute other than id and class.
    pub(super) fn is_on_other(&self) -> bool {
        !matches!(&*self.name, "id" | "class")
    }
}

impl Test {
    fn can_hold(&self) -> bool {
        match self {
            Self::Present | Self::Equals(_) => true,
            Self::StartsWith(text) | Self::EndsWith(text) | Self::Contains(text) => !text.is_empty(),
            Self::HasWord(word) => !word.is_empty() && !word.contains(is_space),
        }
    }
}

/// Reads an identifier, or a string in quotes such as `'a \'b\''`, and undoes its escapes. The cursor ends
/// after it; fails at an unclosed quote and at a line break.
fn string(input: &str) -> IResult<'_, String> {
    let quoted = |quote: char, others: &'static str| {
        delimited(char(quote), text_of(alt((escape, map(is_not(others), Piece::Text)))), char(quote))
    };
    alt((quoted('"', "\"\\\n"), quoted('\'', "'\\\n"), identifier)).parse(input)
}

/// Reads a CSS identifier such as `md\:w-1`, and undoes its escapes. The cursor ends after it; fails at
/// anything else.
fn identifier(input: &str) -> IResult<'_, String> {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let starts = pair(
        opt(char('-')),
        alt((value((), verify(anychar, move |&c| letter(c) && !c.is_ascii_digit())), value((), escape))),
    );
    preceded(peek(starts), text_of(alt((escape, map(take_while1(letter), Piece::Text))))).parse(input)
}

/// A part of an identifier or a string.
enum Piece<'s> {
    Text(&'s str),
    Char(char),
}

fn text_of<'s>(
    piece: impl Parser<&'s str, Output = Piece<'s>, Error = nom::error::Error<&'s str>>,
) -> impl Parser<&'s str, Output = String, Error = nom::error::Error<&'s str>> {
    fold_many0(piece, String::new, |mut text, piece| {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Char(c) => text.push(c),
        }
        text
    })
}

/// Reads an escape: a backslash, and the hexadecimal number of a character with the space that ends it (`\31
/// `), or any character that is not a line break. The cursor ends after it; fails at anything else.
fn escape(input: &str) -> IResult<'_, Piece<'_>> {
    let digits = take_while_m_n(1, 6, |c: char| c.is_ascii_hexdigit());
    let number = map(terminated(digits, opt(verify(anychar, |&c| is_space(c)))), |digits: &str| {
        let number = u32::from_str_radix(digits, 16).unwrap_or(0);
        // CSS puts this in place of a number that is not a character's.
        char::from_u32(number).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    let itself = verify(anychar, |&c| !matches!(c, '\n' | '\r' | '\x0c'));
    map(preceded(char('\\'), alt((number, itself))), Piece::Char).parse(input)
}

fn space0(input: &str) -> IResult<'_, &str> {
    take_while(is_space).parse(input)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn one(text: &str) -> Selector {
        match list(text).as_deref() {
            Ok([selector]) => selector.clone(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[track_caller]
    fn one_compound(text: &str) -> Compound {
        let [step] = &one(text).0[..] else { panic!("{text} is not a compound") };
        assert_eq!(step.combinator, None);
        step.compound.clone()
    }

    fn condition(name: &str, test: fn(String) -> Test, value: &str) -> Condition {
        Condition { name: name.to_owned(), test: test(value.to_owned()) }
    }

    #[test]
    fn reads_compounds() {
        let compound = one_compound(r#"DIV#a.c.b[Data-x][title^="广 告"]:not(.d):not(p, [e])"#);
        assert_eq!((compound.name.as_deref(), compound.id.as_deref()), (Some("div"), Some("a")));
        assert_eq!(compound.classes, ["b", "c"]);
        assert_eq!(
            compound.attributes,
            [
                Condition { name: "data-x".to_owned(), test: Test::Present },
                condition("title", Test::StartsWith, "广 告"),
            ]
        );
        assert_eq!(compound.nots, [one_compound(".d"), one_compound("p"), one_compound("[e]")]);
        assert_eq!(one_compound("*[a~=b]").name, None);
    }

    #[test]
    fn reads_every_attribute_condition() {
        for (text, test) in [
            ("[a='b']", Test::Equals as fn(String) -> Test),
            ("[a^=b]", Test::StartsWith),
            ("[a$=\"b\"]", Test::EndsWith),
            ("[ a *= 'b' ]", Test::Contains),
            ("[a~=b]", Test::HasWord),
        ] {
            assert_eq!(one_compound(text).attributes, [condition("a", test, "b")], "{text}");
        }
        assert_eq!(one_compound("[a=\"\"]").attributes, [condition("a", Test::Equals, "")]);
    }

    #[test]
    fn ids_and_classes_have_two_ways_to_be_written() {
        assert_eq!(one("[id='a'][class~='b']"), one("#a.b"));
        assert_eq!(one("#a[id=a].b.b"), one("#a.b"));
    }

    #[test]
    fn undoes_escapes() {
        assert_eq!(one_compound(r".md\:w-1\/2").classes, ["md:w-1/2"]);
        assert_eq!(one_compound(r".\31 a").classes, ["1a"]);
        assert_eq!(one_compound(r"[a='\'\5e7f\544A']").attributes, [condition("a", Test::Equals, "'广告")]);
        assert_eq!(one_compound(r".\0").classes, ["\u{fffd}"]);
    }

    #[test]
    fn reads_combinators() {
        let Selector(steps) = one("div.a>p  > .b \t #c");
        let combinators: Vec<_> = steps.iter().map(|step| step.combinator).collect();
        let (child, descendant) = (Some(Combinator::Child), Some(Combinator::Descendant));
        assert_eq!(combinators, [None, child, child, descendant]);
        assert_eq!(steps[3].compound, one_compound("#c"));
    }

    #[test]
    fn reads_lists() {
        assert_eq!(list(".a, b >c ,[d]"), Ok(vec![one(".a"), one("b > c"), one("[d]")]));
    }

    #[test]
    fn says_why_a_selector_is_of_no_use() {
        for (text, reason) in [
            ("", "not a selector"),
            (".1a", "not a selector"),
            (".a,", "not a selector"),
            (".a,,b", "not a selector"),
            (".a > > b", "not a selector"),
            ("> .a", "not a selector"),
            (".a{color:red}", "not a selector"),
            ("svg|a", "not a selector"),
            ("a\u{3000}b c)", "not a selector"),
            ("#1", "not a selector"),
            ("##a", "not a selector"),
            ("#a#b", "no element can match"),
            ("#a[id=b]", "no element can match"),
            ("*", "matches every element"),
            ("* > *", "matches every element"),
            (".a, :not(b)", "matches every element"),
            (".a + b", "unsupported combinator"),
            (".a~b", "unsupported combinator"),
            ("a:hover", "unsupported pseudo-class"),
            (".a:has(b)", "unsupported pseudo-class"),
            (".a:-abp-contains(b)", "unsupported pseudo-class"),
            ("p::before", "unsupported pseudo-element"),
            (".a:not(b c)", "unsupported argument of :not()"),
            (".a:not(:not(b))", "unsupported argument of :not()"),
            (".a:not()", "unsupported argument of :not()"),
            ("[a=b i]", "unsupported attribute condition"),
            ("[a|=b]", "unsupported attribute condition"),
            ("[a^='']", "unsupported attribute condition"),
            ("[a~='b c']", "unsupported attribute condition"),
            ("[a='b]", "unsupported attribute condition"),
        ] {
            let found = list(text).unwrap_err();
            assert_eq!(found.to_string(), reason, "{text}");
        }
    }

    #[test]
    fn brackets_in_brackets_are_refused_at_once() {
        assert!(list(&":not(".repeat(100_000)).is_err());
    }
}
