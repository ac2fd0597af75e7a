//! The linear reading of a formula: `a/b`, `√(2)`, `y^2`.
//!
//! Each node of the formula is written once, with a few signs around it, so a reading is as long as its
//! formula. What has several parts stands in parentheses where another reading would be possible: `(a+b)/c`.

use super::tree::{Node, NodeKind};

/// The reading of the formula with these nodes.
pub(super) fn read(nodes: &[Node]) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    let mut reader = Reader { nodes, known: known(nodes), out: Output::default() };
    let mut steps = vec![Step::Node(0)];
    // A stack, not recursion: the depth is the input's.
    while let Some(step) = steps.pop() {
        reader.take(step, &mut steps);
    }
    let text = reader.out.text;
    let mut collapsed = String::with_capacity(text.len());
    super::held::push_collapsed(&mut collapsed, text.trim());
    collapsed
}

/// How tightly the parts of a reading hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    /// Several parts side by side.
    Row,
    Fraction,
    Script,
    /// One sign, or parts in parentheses.
    One,
}

/// What is known of a node before it is written.
#[derive(Debug, Clone, Copy)]
struct Known {
    binding: Binding,
    /// The first character of its reading; `None` if there is nothing to read.
    first: Option<char>,
    /// The only character of its reading, if it has only one.
    only: Option<char>,
}

const NOTHING: Known = Known { binding: Binding::One, first: None, only: None };

/// What is known of each node: from the last to the first, since children come after their parents.
fn known(nodes: &[Node]) -> Vec<Known> {
    let mut known = vec![NOTHING; nodes.len()];
    for index in (0..nodes.len()).rev() {
        known[index] = known_of(nodes, &known, index);
    }
    known
}

fn known_of(nodes: &[Node], known: &[Known], index: usize) -> Known {
    let node = &nodes[index];
    let shown = || children(nodes, index).filter(|&child| known[child].first.is_some());
    let first = shown().next().and_then(|child| known[child].first);
    let of = |binding, sign: Option<char>| Known { binding, first: sign.or(first), only: None };
    match node.kind {
        NodeKind::Nothing | NodeKind::Space | NodeKind::Prescripts => NOTHING,
        NodeKind::Sign | NodeKind::Words => known_of_text(&node.text),
        NodeKind::First => children(nodes, index).next().map_or(NOTHING, |child| known[child]),
        NodeKind::Row | NodeKind::TableRow | NodeKind::LabelledRow => {
            let mut shown = shown();
            match (shown.next(), shown.next()) {
                (None, _) => NOTHING,
                (Some(only), None) => known[only],
                (Some(start), Some(second)) => {
                    let (mut last, mut brackets) = (second, usize::from(is_bracket(known[second])));
                    for child in shown {
                        last = child;
                        brackets += usize::from(is_bracket(known[child]));
                    }
                    let is_fenced = matches!(
                        (known[start].only, known[last].only),
                        (Some('('), Some(')')) | (Some('['), Some(']')) | (Some('{'), Some('}'))
                    );
                    // With more brackets inside, the first may not belong to the last.
                    of(if is_fenced && brackets == 1 { Binding::One } else { Binding::Row }, None)
                }
            }
        }
        NodeKind::Fraction => of(Binding::Fraction, None),
        NodeKind::SquareRoot | NodeKind::Root => of(Binding::One, Some('√')),
        NodeKind::Fenced => {
            let open = node.text.chars().next().filter(|&c| c != '\n');
            of(if open.is_some() { Binding::One } else { Binding::Row }, open)
        }
        NodeKind::Sub
        | NodeKind::Sup
        | NodeKind::SubSup
        | NodeKind::Under
        | NodeKind::Over
        | NodeKind::UnderOver
        | NodeKind::Multi => {
            if shown().nth(1).is_none() {
                return shown().next().map_or(NOTHING, |child| known[child]);
            }
            of(Binding::Script, None)
        }
        NodeKind::Stack | NodeKind::Table => of(Binding::Row, None),
    }
}

fn is_bracket(known: Known) -> bool {
    matches!(known.only, Some('(' | ')' | '[' | ']' | '{' | '}'))
}

fn known_of_text(text: &str) -> Known {
    let mut chars = text.chars();
    let first = chars.next();
    let only = first.filter(|_| chars.next().is_none());
    let is_one = only.is_some() || text.chars().all(|c| c.is_alphanumeric() || c == '.' || c == ',');
    Known { binding: if is_one { Binding::One } else { Binding::Row }, first, only }
}

/// The children of a node in order.
fn children(nodes: &[Node], index: usize) -> impl Iterator<Item = usize> {
    let first = nodes[index].first_child;
    std::iter::successors(Some(first).filter(|&child| child > 0), |&child| {
        Some(nodes[child].next_sibling).filter(|&next| next > 0)
    })
}

/// What is to be written next.
#[derive(Debug, Clone, Copy)]
enum Step {
    Node(usize),
    /// The node, in parentheses if its parts hold together less tightly than this.
    Bound(usize, Binding),
    Text(&'static str),
    /// A character of an attribute.
    Char(char),
    /// What comes next is not part of the script or the fraction before.
    EndOfScript,
}

struct Reader<'n> {
    nodes: &'n [Node],
    known: Vec<Known>,
    out: Output,
}

impl Reader<'_> {
    fn take(&mut self, step: Step, steps: &mut Vec<Step>) {
        match step {
            Step::Node(index) => self.node(index, steps),
            Step::Bound(index, binding) if self.known[index].binding < binding => {
                steps.extend([Step::Text(")"), Step::Node(index), Step::Text("(")]);
            }
            Step::Bound(index, _) => self.node(index, steps),
            Step::Text(text) => self.out.sign(text),
            Step::Char(c) => self.out.sign(c.encode_utf8(&mut [0; 4])),
            Step::EndOfScript => self.out.last = Last::Script,
        }
    }

    fn is_shown(&self, index: usize) -> bool {
        self.known[index].first.is_some()
    }

    /// Writes a text, or puts the steps that write a node on the stack: the last of them is taken first.
    fn node(&mut self, index: usize, steps: &mut Vec<Step>) {
        let node = &self.nodes[index];
        let from = steps.len();
        match node.kind {
            NodeKind::Nothing | NodeKind::Prescripts => {}
            NodeKind::Space => self.out.sign(&node.text),
            NodeKind::Sign | NodeKind::Words => self.out.text(&node.text),
            NodeKind::First => steps.extend(self.children(index).next().map(Step::Node)),
            NodeKind::Row => steps.extend(self.children(index).map(Step::Node)),
            NodeKind::TableRow => self.row(index, steps),
            NodeKind::LabelledRow => {
                // The label stands at the end of its line.
                self.row(index, steps);
                if let Some(label) = self.children(index).next() {
                    steps.extend([Step::Text(" "), Step::Node(label)]);
                }
            }
            NodeKind::Fraction => self.between(index, "/", Binding::Script, steps),
            NodeKind::Stack => self.between(index, "¦", Binding::Script, steps),
            NodeKind::SquareRoot => {
                steps.push(Step::Text("√("));
                steps.extend(self.children(index).map(Step::Node));
                steps.push(Step::Text(")"));
            }
            NodeKind::Root => self.root(index, steps),
            NodeKind::Sub | NodeKind::Under => self.scripts(index, &["_"], steps),
            NodeKind::Sup => self.scripts(index, &["^"], steps),
            NodeKind::Over => self.over(index, steps),
            NodeKind::SubSup | NodeKind::UnderOver => self.scripts(index, &["_", "^"], steps),
            NodeKind::Multi => self.multi(index, steps),
            NodeKind::Fenced => self.fenced(index, steps),
            NodeKind::Table => self.table(index, steps),
        }
        steps[from..].reverse();
    }

    fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        children(self.nodes, index)
    }

    fn between(&self, index: usize, sign: &'static str, binding: Binding, steps: &mut Vec<Step>) {
        for (number, child) in self.children(index).enumerate() {
            if number > 0 {
                steps.push(Step::Text(sign));
            }
            steps.push(Step::Bound(child, binding));
        }
        steps.push(Step::EndOfScript);
    }

    fn root(&self, index: usize, steps: &mut Vec<Step>) {
        let mut children = self.children(index);
        let (base, degree) = (children.next(), children.next());
        match degree.filter(|&degree| self.is_shown(degree)) {
            None => steps.push(Step::Text("√(")),
            Some(degree) => match self.known[degree].only {
                Some('2') => steps.push(Step::Text("√(")),
                Some('3') => steps.push(Step::Text("∛(")),
                Some('4') => steps.push(Step::Text("∜(")),
                _ => steps.extend([Step::Text("√["), Step::Node(degree), Step::Text("](")]),
            },
        }
        steps.extend(base.map(Step::Node));
        steps.extend(children.map(Step::Node));
        steps.push(Step::Text(")"));
    }

    /// A base and what is below and above it.
    fn scripts(&self, index: usize, signs: &[&'static str], steps: &mut Vec<Step>) {
        let mut children = self.children(index);
        let Some(base) = children.next() else { return };
        steps.push(Step::Bound(base, Binding::One));
        for (number, script) in children.enumerate() {
            self.script(script, signs.get(number).copied().unwrap_or_default(), steps);
        }
        steps.push(Step::EndOfScript);
    }

    fn script(&self, script: usize, sign: &'static str, steps: &mut Vec<Step>) {
        match self.known[script].only {
            _ if !self.is_shown(script) => {}
            // These are above the line already.
            Some('′' | '″' | '‴' | '⁗' | '\'' | '°') if sign == "^" => {
                steps.push(Step::Node(script))
            }
            _ => steps.extend([Step::Text(sign), Step::Bound(script, Binding::One)]),
        }
    }

    /// A base with an accent, or with something above it.
    fn over(&self, index: usize, steps: &mut Vec<Step>) {
        let mut children = self.children(index);
        let (Some(base), Some(over), None) = (children.next(), children.next(), children.next()) else {
            return self.scripts(index, &["^"], steps);
        };
        let accent = self.known[over].only.and_then(accent);
        match accent.filter(|_| self.known[base].only.is_some_and(char::is_alphanumeric)) {
            Some(accent) => steps.extend([Step::Node(base), Step::Text(accent)]),
            None => self.scripts(index, &["^"], steps),
        }
    }

    /// A base with scripts after it and before it. Those before it come last in the source.
    fn multi(&self, index: usize, steps: &mut Vec<Step>) {
        let is_mark = |child: &usize| self.nodes[*child].kind == NodeKind::Prescripts;
        let mut children = self.children(index);
        let base = children.next();
        let after: Vec<_> = children.by_ref().take_while(|child| !is_mark(child)).collect();
        for (number, script) in children.enumerate() {
            self.script(script, ["_", "^"][number % 2], steps);
        }
        steps.extend(base.map(|base| Step::Bound(base, Binding::One)));
        for (number, script) in after.into_iter().enumerate() {
            self.script(script, ["_", "^"][number % 2], steps);
        }
        steps.push(Step::EndOfScript);
    }

    fn fenced(&self, index: usize, steps: &mut Vec<Step>) {
        let mut parts = self.nodes[index].text.split('\n');
        let mut part = || parts.next().unwrap_or_default().chars();
        let (open, close, mut separators) = (part(), part(), part());
        let mut separator = None;
        steps.extend(open.map(Step::Char));
        for (number, child) in self.children(index).enumerate() {
            if number > 0 {
                // The last separator stands for all that would come after it.
                separator = separators.next().or(separator);
                steps.extend(separator.map(Step::Char));
            }
            steps.push(Step::Node(child));
        }
        steps.extend(close.map(Step::Char));
    }

    fn table(&self, index: usize, steps: &mut Vec<Step>) {
        let rows = self.children(index).filter(|&row| self.is_shown(row));
        for (number, row) in rows.enumerate() {
            if number > 0 {
                steps.push(Step::Text("; "));
            }
            steps.push(Step::Node(row));
        }
    }

    /// The cells of a row. In equations one below the other, the sides are cells.
    fn row(&self, index: usize, steps: &mut Vec<Step>) {
        let label = usize::from(self.nodes[index].kind == NodeKind::LabelledRow);
        let cells = self.children(index).skip(label).filter(|&cell| self.is_shown(cell));
        for (number, cell) in cells.enumerate() {
            let goes_on = self.known[cell].first.is_some_and(is_relation);
            if number > 0 && !goes_on {
                steps.push(Step::Text(", "));
            }
            steps.push(Step::Node(cell));
        }
    }
}

/// Whether an equation goes on after the sign.
fn is_relation(c: char) -> bool {
    matches!(
        c,
        '=' | '<'
            | '>'
            | '≤'
            | '≥'
            | '≈'
            | '≡'
            | '≠'
            | '∼'
            | '≅'
            | '→'
            | '∝'
            | '⇒'
            | '⇔'
            | '≔'
            | '∈'
    )
}

/// The combining character that puts an accent on the letter before it.
fn accent(c: char) -> Option<&'static str> {
    Some(match c {
        '^' | 'ˆ' | '\u{302}' => "\u{302}",
        '~' | '˜' | '∼' | '\u{303}' => "\u{303}",
        '¯' | '‾' | '―' | '−' | '_' | '\u{304}' | '\u{305}' => "\u{304}",
        '→' | '⃗' => "\u{20d7}",
        '˙' | '.' | '\u{307}' => "\u{307}",
        '¨' | '\u{308}' => "\u{308}",
        'ˇ' | '\u{30c}' => "\u{30c}",
        '˘' | '\u{306}' => "\u{306}",
        '´' | '\u{301}' => "\u{301}",
        '`' | '\u{300}' => "\u{300}",
        _ => return None,
    })
}

/// What was written last, as far as it says whether a letter can come right after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Last {
    #[default]
    Sign,
    /// One letter.
    Letter,
    Number,
    /// Several letters: a function.
    Word,
    /// A script or a fraction.
    Script,
}

#[derive(Default)]
struct Output {
    text: String,
    last: Last,
}

impl Output {
    fn sign(&mut self, sign: &str) {
        // Parentheses right after a script would be part of it.
        if self.last == Last::Script && sign == "(" {
            self.text.push(' ');
        }
        self.text.push_str(sign);
        self.last = Last::Sign;
    }

    /// Adds the text of an element, with a space before it where it would be taken for one with the text
    /// before.
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut chars = text.chars();
        let is_one = chars.next().is_some() && chars.next().is_none();
        let kind = match text.chars().next() {
            Some(c) if c.is_numeric() => Last::Number,
            Some(c) if c.is_alphabetic() && is_one => Last::Letter,
            Some(c) if c.is_alphabetic() => Last::Word,
            _ => Last::Sign,
        };
        let touches = kind != Last::Sign && self.text.ends_with(char::is_alphanumeric);
        let is_apart = match (self.last, kind) {
            (Last::Letter | Last::Number, Last::Letter) | (Last::Letter, Last::Number) => false,
            (Last::Sign, _) => false,
            _ => touches,
        };
        if is_apart {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.last = kind;
    }
}
