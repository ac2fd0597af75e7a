//! As much of Rust's syntax as it takes to find the paths in a file.

/// A file of the crate.
#[derive(Clone)]
pub(crate) struct Source {
    /// Its path in `src`, with slashes.
    pub(crate) path: String,
    /// What stands in it.
    pub(crate) text: String,
}

/// A path to something in the crate.
#[derive(Debug)]
pub(crate) struct Import {
    /// The path from the root of the crate.
    pub(crate) path: Vec<String>,
    /// Where it is named.
    pub(crate) line: usize,
}

impl Import {
    /// The room it leads to; what is no module's name is the root's.
    pub(crate) fn room(&self) -> String {
        match self.path.first() {
            Some(name) if name.starts_with(|char: char| char.is_ascii_lowercase()) => name.clone(),
            _ => "lib".to_owned(),
        }
    }
}

/// A word or a sign, and its line.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

impl Source {
    /// The top-level module.
    pub(crate) fn room(&self) -> String {
        self.module().into_iter().next().unwrap_or_else(|| "lib".to_owned())
    }

    /// Whether it belongs to the command line, which is another crate.
    pub(crate) fn is_command(&self) -> bool {
        self.path.starts_with("bin/")
    }

    /// Whether the file as a whole is a test module.
    pub(crate) fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// All paths that begin with `crate`, `self`, `super` or a module declared in this file, test modules
    /// aside.
    pub(crate) fn imports(&self) -> Vec<Import> {
        let tokens = without_tests(&tokens(&self.text));
        let children = declared_modules(&tokens);
        let mut imports = Vec::new();
        let mut module = self.module();
        // The depths of braces at which inline modules end.
        let mut ends = Vec::new();
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let next = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.text.as_str());
            match token.text.as_str() {
                "mod" if next(2) == "{" => {
                    module.push(next(1).to_owned());
                    ends.push(depth);
                    depth += 1;
                    at += 3;
                }
                "{" => {
                    depth += 1;
                    at += 1;
                }
                "}" => {
                    depth = depth.saturating_sub(1);
                    if ends.last() == Some(&depth) {
                        ends.pop();
                        module.pop();
                    }
                    at += 1;
                }
                "crate" if next(1) == "::" => at = read_tree(&tokens, at + 2, &[], &mut imports),
                "super" if next(1) == "::" => {
                    let mut base = module.clone();
                    while tokens.get(at).is_some_and(|token| token.text == "super") {
                        base.pop();
                        at += 2;
                    }
                    at = read_tree(&tokens, at, &base, &mut imports);
                }
                "self" if next(1) == "::" => {
                    at = read_tree(&tokens, at + 2, &module.clone(), &mut imports);
                }
                name if next(1) == "::" && children.iter().any(|child| child == name) => {
                    let is_inside = at > 0 && tokens[at - 1].text == "::";
                    let base = self.module();
                    at = if is_inside { at + 1 } else { read_tree(&tokens, at, &base, &mut imports) };
                }
                _ => at += 1,
            }
        }
        imports
    }

    /// All paths that begin with the name of a crate.
    pub(crate) fn paths_from(&self, krate: &str) -> Vec<Import> {
        let tokens = without_tests(&tokens(&self.text));
        let mut paths = Vec::new();
        for (at, pair) in tokens.windows(2).enumerate() {
            if pair[0].text == krate && pair[1].text == "::" {
                read_tree(&tokens, at + 2, &[], &mut paths);
            }
        }
        paths
    }

    /// The names that `pub use` and `pub mod` give, those aside that the documentation hides.
    pub(crate) fn public_names(&self) -> Vec<String> {
        let tokens = tokens(&self.text);
        let mut names = Vec::new();
        for (at, pair) in tokens.windows(2).enumerate() {
            let is_hidden = at >= 2
                && tokens[at - 1].text == "]"
                && tokens[..at].iter().rev().take(6).any(|token| token.text == "hidden");
            if pair[0].text != "pub" || is_hidden {
                continue;
            }
            if pair[1].text == "mod" {
                names.extend(tokens.get(at + 2).map(|token| token.text.clone()));
            }
            if pair[1].text != "use" {
                continue;
            }
            let tree: Vec<_> = tokens[at + 2..].iter().take_while(|token| token.text != ";").collect();
            for (index, token) in tree.iter().enumerate() {
                let ends = tree.get(index + 1).is_none_or(|next| matches!(next.text.as_str(), "," | "}"));
                if ends && !matches!(token.text.as_str(), "," | "}") {
                    names.push(token.text.clone());
                }
            }
        }
        names
    }

    /// The path of the module from the root of the crate.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let path = path.strip_suffix("/mod").unwrap_or(path);
        if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
    }
}

/// The modules that stand in files of their own: `mod name;`.
fn declared_modules(tokens: &[Token]) -> Vec<String> {
    let declared = tokens.windows(3).filter(|window| window[0].text == "mod" && window[2].text == ";");
    declared.map(|window| window[1].text.clone()).collect()
}

/// Reads a path, or a tree of paths in braces, and returns where it ends.
fn read_tree(tokens: &[Token], start: usize, base: &[String], imports: &mut Vec<Import>) -> usize {
    let mut path = base.to_vec();
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        if token.text == "{" {
            at += 1;
            while tokens.get(at).is_some_and(|token| token.text != "}") {
                let after = read_tree(tokens, at, &path, imports);
                at = after.max(at + 1);
            }
            return at + 1;
        }
        if !is_word(token) && token.text != "*" {
            break;
        }
        if token.text != "self" {
            path.push(token.text.clone());
        }
        at += 1;
        if tokens.get(at).is_none_or(|token| token.text != "::") {
            break;
        }
        at += 1;
    }
    let is_alias = tokens.get(at).is_some_and(|token| token.text == "as");
    if at > start {
        imports.push(Import { path, line: tokens[start].line });
    }
    if is_alias { at + 2 } else { at }
}

fn is_word(token: &Token) -> bool {
    token.text.starts_with(|char: char| char.is_alphabetic() || char == '_')
}

/// The tokens without the items that only tests see.
pub(crate) fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let is = |ahead: usize, text: &str| tokens.get(at + ahead).is_some_and(|token| token.text == text);
        let end = at + tokens[at..].iter().position(|token| token.text == "]").unwrap_or(0);
        let has = |text: &str| tokens[at..end].iter().any(|token| token.text == text);
        if is(0, "#") && is(1, "[") && is(2, "cfg") && has("test") && !has("not") {
            at = item_end(tokens, end + 1);
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Where an item ends: after its semicolon, or after its braces.
fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth <= 1 => return at + 1,
            "}" => depth -= 1,
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// The words and signs of a source text, without its comments and literals.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let end = match char {
            '/' if next == Some('/') => find(&chars, at, |rest| rest[0] == '\n'),
            '/' if next == Some('*') => block_comment_end(&chars, at),
            '"' => string_end(&chars, at + 1),
            '\'' if next == Some('\\') => find(&chars, at + 3, |rest| rest[0] == '\'') + 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => at + 3,
            'r' | 'b' | 'c' if raw_string_end(&chars, at).is_some() => {
                raw_string_end(&chars, at).unwrap_or(at + 1)
            }
            ':' if next == Some(':') => at + 2,
            _ if char.is_alphanumeric() || char == '_' => {
                find(&chars, at, |rest| !rest[0].is_alphanumeric() && rest[0] != '_')
            }
            _ => at + 1,
        };
        let text = &chars[at..end.min(chars.len())];
        let is_token = text == [':', ':'] || char.is_alphanumeric() || char == '_' || text.len() == 1;
        let is_literal = text.contains(&'"') || char.is_whitespace();
        if is_token && !is_literal {
            tokens.push(Token { text: text.iter().collect(), line });
        }
        line += text.iter().filter(|&&char| char == '\n').count();
        at = end;
    }
    tokens
}

/// Where `is_there` first holds from `start` on, or the end.
fn find(chars: &[char], start: usize, is_there: impl Fn(&[char]) -> bool) -> usize {
    (start..chars.len()).find(|&at| is_there(&chars[at..])).unwrap_or(chars.len())
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while at < chars.len() {
        if chars[at..].starts_with(&['/', '*']) {
            depth += 1;
            at += 2;
        } else if chars[at..].starts_with(&['*', '/']) {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while let Some(char) = chars.get(at) {
        match char {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of `r"…"`, `r#"…"#` and their kin, if one begins at `start`.
fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let mut at = start;
    while matches!(chars.get(at), Some('b' | 'c')) && at < start + 1 {
        at += 1;
    }
    if chars.get(at) != Some(&'r') {
        return (at > start && chars.get(at) == Some(&'"')).then(|| string_end(chars, at + 1));
    }
    at += 1;
    let hashes = chars[at..].iter().take_while(|&&char| char == '#').count();
    at += hashes;
    if chars.get(at) != Some(&'"') {
        return None;
    }
    let mut closer = vec!['"'];
    closer.extend(std::iter::repeat_n('#', hashes));
    Some(find(chars, at + 1, |rest| rest.starts_with(&closer)) + closer.len())
}
