//! What an inline style says of whether an element is shown, read apart from the crate: tokens first, as in
//! CSS Syntax 3, and then declarations. Escapes are not decoded: what has one says nothing.

#[derive(Debug, Default)]
pub(crate) struct InlineCss {
    /// What `display` says: `Some(false)` for `none`.
    pub(crate) is_displayed: Option<bool>,
    /// What `visibility` says.
    pub(crate) is_visible: Option<bool>,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// An identifier in lower case.
    Word(String),
    /// An identifier in lower case with the bracket after it.
    Function(String),
    Space,
    /// Anything of more than one character that has no meaning here: a string, a URL, a number.
    Other,
    Sign(char),
}

pub(crate) fn read(style: &str) -> InlineCss {
    let mut found: [(Option<bool>, bool); 2] = [(None, false); 2];
    for declaration in declarations(&tokens(style)) {
        let [Token::Word(name), rest @ ..] = declaration else { continue };
        let [Token::Sign(':'), value @ ..] = trimmed(rest) else { continue };
        let (value, is_important) = importance(trimmed(value));
        let (index, said) = match name.as_str() {
            "display" => (0, display(value)),
            "visibility" => (1, visibility(value)),
            _ => continue,
        };
        if let Some(said) = said.filter(|_| is_important || !found[index].1) {
            found[index] = (said, is_important);
        }
    }
    InlineCss { is_displayed: found[0].0, is_visible: found[1].0 }
}

/// What a value of `display` says; `None` if it is not valid, `Some(None)` if it leaves it to the browser.
#[expect(
    clippy::option_option,
    reason = "an invalid value, a valid one that says nothing here, and the answer"
)]
fn display(value: &[Token]) -> Option<Option<bool>> {
    let words = words(value)?;
    let of = |group: &[&str]| words.iter().filter(|word| group.contains(word)).count();
    match words[..] {
        ["var(" | "env("] => return Some(Some(true)),
        ["revert" | "revert-layer"] => return Some(None),
        ["none" | "table-column" | "table-column-group"] => return Some(Some(false)),
        [word] if ONE_WORD.contains(&word) => return Some(Some(true)),
        _ => {}
    }
    let groups: [&[&str]; 3] = [
        &["block", "inline"],
        &["flow", "flow-root", "table", "flex", "grid", "ruby", "math"],
        &["list-item"],
    ];
    let counts = groups.map(of);
    let is_valid = counts.iter().all(|count| *count <= 1) && counts.iter().sum::<usize>() == words.len();
    (is_valid && !words.is_empty()).then_some(Some(true))
}

const ONE_WORD: [&str; 22] = [
    "initial",
    "inherit",
    "unset",
    "contents",
    "inline-block",
    "inline-flex",
    "inline-grid",
    "inline-table",
    "table-row-group",
    "table-header-group",
    "table-footer-group",
    "table-row",
    "table-cell",
    "table-caption",
    "ruby-text",
    "-webkit-box",
    "-webkit-flex",
    "-webkit-inline-box",
    "-webkit-inline-flex",
    "flow",
    "ruby",
    "math",
];

#[expect(
    clippy::option_option,
    reason = "an invalid value, a valid one that says nothing here, and the answer"
)]
fn visibility(value: &[Token]) -> Option<Option<bool>> {
    match words(value)?[..] {
        ["visible" | "initial"] => Some(Some(true)),
        ["hidden" | "collapse"] => Some(Some(false)),
        ["inherit" | "unset" | "revert" | "revert-layer" | "var(" | "env("] => Some(None),
        _ => None,
    }
}

/// The words of a value; `None` if there is anything else. A variable is all that counts.
fn words(value: &[Token]) -> Option<Vec<&str>> {
    let is_variable =
        |token: &Token| matches!(token, Token::Function(name) if matches!(name.as_str(), "var(" | "env("));
    let first_in_word = |index: usize| index == 0 || value[index - 1] == Token::Space;
    if (0..value.len()).any(|index| is_variable(&value[index]) && first_in_word(index)) {
        return Some(vec!["var("]);
    }
    let mut words = Vec::new();
    for (index, token) in value.iter().enumerate() {
        match token {
            Token::Space => {}
            Token::Word(word) if first_in_word(index) => words.push(word.as_str()),
            _ => return None,
        }
    }
    Some(words)
}

/// A value without `!important`, and whether it is there.
fn importance(value: &[Token]) -> (&[Token], bool) {
    let [before @ .., Token::Word(word)] = value else { return (value, false) };
    match trimmed(before) {
        [before @ .., Token::Sign('!')] if word == "important" => (trimmed(before), true),
        _ => (value, false),
    }
}

fn trimmed(mut tokens: &[Token]) -> &[Token] {
    while let [Token::Space, rest @ ..] | [rest @ .., Token::Space] = tokens {
        tokens = rest;
    }
    tokens
}

/// The tokens between semicolons that are in no brackets. Rules that begin with an `@` are left out.
fn declarations(tokens: &[Token]) -> Vec<&[Token]> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut open: Vec<char> = Vec::new();
    while at <= tokens.len() {
        let declaration = trimmed(&tokens[start..at]);
        let is_rule = declaration.first() == Some(&Token::Sign('@'));
        match tokens.get(at) {
            None => found.push(declaration),
            Some(Token::Sign(';')) if open.is_empty() => {
                found.push(declaration);
                start = at + 1;
            }
            Some(Token::Function(_) | Token::Sign('(')) => open.push(')'),
            Some(Token::Sign('[')) => open.push(']'),
            Some(Token::Sign('{')) => open.push('}'),
            Some(Token::Sign(sign)) if open.last() == Some(sign) => {
                open.pop();
                if *sign == '}' && open.is_empty() && is_rule {
                    start = at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn tokens(style: &str) -> Vec<Token> {
    let chars: Vec<char> = style.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (token, length) = token(&chars[at..]);
        tokens.push(token);
        at += length;
    }
    tokens
}

/// The token that a text begins with, and its length.
fn token(chars: &[char]) -> (Token, usize) {
    let count = |from: usize, is: &dyn Fn(char) -> bool| {
        chars[from..].iter().position(|c| !is(*c)).unwrap_or(chars.len() - from)
    };
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    match chars {
        // What a comment parts is two words.
        ['/', '*', rest @ ..] => {
            let end = rest.windows(2).position(|pair| pair == ['*', '/']);
            (Token::Space, end.map_or(chars.len(), |end| end + 4))
        }
        ['\\', ..] => (Token::Other, 2.min(chars.len())),
        [quote @ ('"' | '\''), rest @ ..] => (Token::Other, 1 + string_length(rest, *quote)),
        [c, ..] if c.is_ascii_whitespace() => (Token::Space, count(0, &|c| c.is_ascii_whitespace())),
        [c, ..] if is_word(*c) => {
            let length = count(0, &is_word);
            let word = chars[..length].iter().collect::<String>().to_ascii_lowercase();
            if chars.get(length) != Some(&'(') {
                return (Token::Word(word), length);
            }
            let after = length + 1 + count(length + 1, &|c| c.is_ascii_whitespace());
            if word == "url" && !matches!(chars.get(after), Some('"' | '\'')) {
                return (Token::Other, after + url_length(&chars[after..]));
            }
            (Token::Function(word + "("), length + 1)
        }
        [c, ..] => (Token::Sign(*c), 1),
        [] => (Token::Other, 1),
    }
}

/// The length of a string and the quote after it. A line feed ends it too.
fn string_length(chars: &[char], quote: char) -> usize {
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '\n' | '\r' | '\u{c}' => return at + 1,
            c if c == quote => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The length of a URL without quotes, and the bracket after it.
fn url_length(chars: &[char]) -> usize {
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            ')' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}
