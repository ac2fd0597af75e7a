//! How cleanly whole pages of hosts without a rule come out: what stays of the article, and what of the page
//! around it.
//!
//! Each file in `tests/data/furniture` is an invented post whose body is a scraped page. In it,
//! `data-test="furniture"` marks the outermost elements that a reader of the article would not miss, and
//! `data-test="either"` what may go or stay (a title that the front matter has too, a table of contents). All
//! other text is the article's. The pages are read once more by html5ever's tree for this, with no part of
//! the crate's own pipeline.
//!
//! `OFFPRINT_SHOW=1 cargo test --test furniture -- --nocapture` prints which elements are left and which
//! texts are gone.

#[path = "support/files.rs"]
#[allow(dead_code, reason = "other tests collect failures")]
mod files;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use offprint::{BodyFormat, Engine, FrontMatter, Parser, Post, Rules};

/// What a text of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Article,
    Furniture,
    Either,
}

/// The texts of a page in order.
#[derive(Default)]
struct Page {
    texts: Vec<(Part, String)>,
    /// The elements that should go, each with its text.
    furniture: Vec<(String, String)>,
}

impl Page {
    fn read(html: &str) -> Self {
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
            ..ParseOpts::default()
        };
        let context = QualName::new(None, ns!(html), local_name!("div"));
        let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html);
        let mut page = Self::default();
        let mut stack = vec![(dom.document.clone(), Part::Article)];
        while let Some((node, mut part)) = stack.pop() {
            match &node.data {
                NodeData::Text { contents } => {
                    let text = contents.borrow();
                    if part == Part::Furniture {
                        if let Some((_, own)) = page.furniture.last_mut() {
                            own.push_str(&text);
                        }
                    }
                    page.texts.push((part, text.to_string()));
                }
                NodeData::Element { name, attrs, .. } => {
                    if is_never_shown(&name.local) {
                        continue;
                    }
                    let attrs = attrs.borrow();
                    let mark = attrs.iter().find(|attr| &*attr.name.local == "data-test");
                    match mark.map(|attr| &*attr.value) {
                        Some("furniture") => {
                            assert_eq!(part, Part::Article, "a mark in a mark: {name:?}");
                            part = Part::Furniture;
                            page.furniture.push((describe(&node), String::new()));
                        }
                        Some("either") => part = Part::Either,
                        Some(other) => panic!("{other:?} is no mark"),
                        None => {}
                    }
                }
                _ => {}
            }
            let children: Vec<_> = node.children.borrow().iter().cloned().collect();
            stack.extend(children.into_iter().rev().map(|child| (child, part)));
        }
        page
    }

    /// How often each token comes in the texts of a part.
    fn tokens(&self, part: Part) -> Tokens {
        let mut tokens = Tokens::default();
        for (_, text) in self.texts.iter().filter(|(of, _)| *of == part) {
            tokens.add(text);
        }
        tokens
    }
}

/// What no browser shows, and controls, which go with all rules.
fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "title" | "button" | "select" | "textarea" | "datalist" | "iframe"
    )
}

fn describe(node: &Handle) -> String {
    let NodeData::Element { name, attrs, .. } = &node.data else { return String::new() };
    let mut description = name.local.to_string();
    for attr in attrs.borrow().iter().filter(|attr| matches!(&*attr.name.local, "id" | "class" | "role")) {
        let _ = write!(description, " {}={:?}", attr.name.local, &*attr.value);
    }
    description
}

/// Tokens with their counts: words, and the single characters of scripts that are written without blanks.
#[derive(Default)]
struct Tokens(HashMap<String, usize>);

impl Tokens {
    fn add(&mut self, text: &str) {
        let mut word = String::new();
        for char in text.chars().chain([' ']) {
            if char.is_alphanumeric() && !is_written_without_blanks(char) {
                word.extend(char.to_lowercase());
                continue;
            }
            if !word.is_empty() {
                *self.0.entry(std::mem::take(&mut word)).or_default() += 1;
            }
            if char.is_alphanumeric() {
                *self.0.entry(char.to_string()).or_default() += 1;
            }
        }
    }

    fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// How many tokens both have.
    fn common(&self, other: &Self) -> usize {
        self.0.iter().map(|(token, count)| other.0.get(token).map_or(0, |found| *count.min(found))).sum()
    }
}

/// Chinese characters and kana.
fn is_written_without_blanks(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// The texts of all blocks, each on a line of its own.
fn text_of(post: &Post<'_>) -> String {
    let mut text = String::new();
    for part in post.walk().flat_map(|(_, block)| block.texts()) {
        text.push_str(part.as_ref());
        text.push('\n');
    }
    text
}

/// How many tokens of a page came out, and how many of them should.
#[derive(Default, Clone, Copy)]
struct Score {
    output: usize,
    /// Of the output, those that the article has, or that may stay.
    right: usize,
    article: usize,
    /// Of the article, those that came out.
    found: usize,
}

#[expect(clippy::cast_precision_loss, reason = "a page has far fewer than 2^52 words")]
impl Score {
    fn new(page: &Page, output: &Tokens) -> Self {
        let article = page.tokens(Part::Article);
        let found = output.common(&article);
        // The bags of two parts are not added up: a token counts for the article first.
        let mut wanted = article;
        let len = wanted.len();
        for (token, count) in page.tokens(Part::Either).0 {
            *wanted.0.entry(token).or_default() += count;
        }
        Self { output: output.len(), right: output.common(&wanted), article: len, found }
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.output as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.article as f64
    }

    fn add(&mut self, Self { output, right, article, found }: Self) {
        self.output += output;
        self.right += right;
        self.article += article;
        self.found += found;
    }
}

/// Each element that should have gone and has left some text, and each text of the article that is gone.
fn show(page: &Page, output: &str) {
    let output = squeeze(output);
    let shorten = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (element, text) in &page.furniture {
        let lines = text.split('\n').map(squeeze).filter(|line| line.chars().count() > 3);
        if lines.into_iter().any(|line| output.contains(&line)) {
            println!("    left: <{element}> {:.100}", shorten(text).chars().take(100).collect::<String>());
        }
    }
    for (_, text) in page.texts.iter().filter(|(part, _)| *part == Part::Article) {
        if !output.contains(&squeeze(text)) {
            println!("    gone: {}", shorten(text));
        }
    }
}

/// Calls `check` with every page: its name, what its parts are, and what comes out with these rules.
fn each_page(rules: &Rules, mut check: impl FnMut(&str, &Page, &str)) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/furniture");
    let paths = files::with_extension(&folder, "html");
    for path in &paths {
        let source = files::read(path);
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        let parser = Parser::new().rules(rules.clone()).body_format(BodyFormat::Html);
        let (post, report) = parser.parse_with_report(&source).expect("a post");
        let reference = parser.engine(Engine::Reference).parse_with_report(&source).expect("a post");
        assert_eq!((&post, &report.removals), (&reference.0, &reference.1.removals), "{name}");
        let body = FrontMatter::split(&source).expect("front matter").body();
        check(name, &Page::read(body), &text_of(&post));
    }
    paths.len()
}

#[test]
fn whole_pages_of_unknown_hosts_come_out_as_their_articles() {
    let shows = std::env::var_os("OFFPRINT_SHOW").is_some_and(|value| value == "1");
    let mut all = Score::default();
    println!("{:<28} {:>6} {:>9} {:>7}", "page", "tokens", "precision", "recall");
    let line = |name: &str, score: Score| {
        println!("{name:<28} {:>6} {:>9.3} {:>7.3}", score.article, score.precision(), score.recall());
    };
    let pages = each_page(&Rules::ads().and(Rules::furniture()), |name, page, output| {
        let mut tokens = Tokens::default();
        tokens.add(output);
        let score = Score::new(page, &tokens);
        line(name, score);
        if shows {
            show(page, output);
        }
        all.add(score);
    });
    line("all", all);
    assert!(pages >= 20, "only {pages} pages");
    assert!(all.precision() >= MIN_PRECISION, "precision {:.4}", all.precision());
    assert!(all.recall() >= MIN_RECALL, "recall {:.4}", all.recall());
}

/// The least share of the words that come out which are the article's.
const MIN_PRECISION: f64 = 0.95;
/// The least share of the article's words which come out.
const MIN_RECALL: f64 = 0.995;

#[test]
fn the_controls_that_players_draw_go() {
    let parser = Parser::new().rules(Rules::furniture());
    for controls in [
        "<div class=mejs-controls><div class=mejs-time>00:00</div></div>",
        "<div class=vjs-control-bar><div>Current Time 0:00</div></div>",
        "<div class=plyr__controls><div class=plyr__time>00:00</div></div>",
        "<div class='jw-controls jw-reset'><span>Live</span></div>",
        "<div class=kg-audio-player><span>0:00</span>/<span>192.5</span></div>",
    ] {
        let body = format!("<p>Tea.</p><div><audio src=/a.mp3></audio>{controls}</div><p>Leaves.</p>");
        assert_eq!(parser.parse(&body).expect("a post").to_text(), "Tea.\n\nLeaves.\n", "{controls}");
    }
}

#[test]
fn the_signs_in_the_fractions_of_wikis_stay() {
    let body = "<p>A cup holds <span class=frac>3<span class=sr-only>+</span><span>1</span>⁄<span>4</span></span> of it.";
    let source = format!("---\nfrom: https://en.wikipedia.org/wiki/Tea\n---\n{body}");
    let parser = Parser::new().rules(Rules::furniture());
    assert_eq!(parser.parse(&source).expect("a post").to_text(), "A cup holds 3 + 1⁄4 of it.\n");
}

#[test]
fn without_furniture_rules_every_word_of_the_articles_stays() {
    each_page(&Rules::ads(), |name, page, output| {
        let output = squeeze(output);
        for (_, text) in page.texts.iter().filter(|(part, _)| *part == Part::Article) {
            assert!(output.contains(&squeeze(text)), "{name}: {text:?} is gone");
        }
    });
}
