//! Laws that hold for every post of an archive.
//!
//! `OFFPRINT_CORPUS` names a folder of posts. Without it the same laws are checked on `tests/data`.

mod support;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use offprint::{
    Block, BodyFormat, DiagnosticKind, Engine, ErrorKind, FrontMatter, ListKind, Mark, MarkKind, Media,
    Parser, Post, Removal, RemovalKind, Report, Rules, Stamp, Text,
};
use support::files::{self, Failures};
use support::oracle;

/// The seed of the archive, and the one post in it whose YAML is broken.
const SEED: &str = "seed/2023-06-20-001.md";

fn corpus() -> PathBuf {
    if let Some(folder) = std::env::var_os("OFFPRINT_CORPUS") {
        return folder.into();
    }
    eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped, tests/data was read instead");
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// Calls `check` with every post that can be read, and collects what it finds wrong.
fn check_all(mut check: impl FnMut(&str) -> Result<(), String>) {
    let mut failures = Failures::default();
    let mut checked = 0;
    for path in files::with_extension(&corpus(), "md") {
        let source = files::read(&path);
        if Post::parse(&source).is_err() {
            continue;
        }
        checked += 1;
        if let Err(message) = check(&source) {
            failures.add(&path, message);
        }
    }
    assert!(checked > 0, "no post could be read");
    failures.finish();
}

fn parse(source: &str, rules: Rules) -> Result<(Post<'_>, Report), String> {
    Parser::new().rules(rules).parse_with_report(source).map_err(|error| error.to_string())
}

#[test]
fn a_post_is_an_error_only_if_its_yaml_is_broken() {
    let folder = corpus();
    let mut failures = Failures::default();
    let mut broken = 0;
    for path in files::with_extension(&folder, "md") {
        let source = files::read(&path);
        let valid = yaml_is_valid(&source);
        broken += usize::from(!valid);
        match catch_unwind(AssertUnwindSafe(|| Post::parse(&source).map(drop))) {
            Err(_) => failures.add(&path, "a panic"),
            Ok(Ok(())) if valid => {}
            Ok(Ok(())) => failures.add(&path, "was read, and its YAML is broken"),
            Ok(Err(error)) if valid => failures.add(&path, format!("valid, but: {error}")),
            Ok(Err(error)) => {
                let last_line = 1 + yaml_block(&source).map_or(0, |yaml| yaml.lines().count());
                let is_inside = error
                    .position()
                    .is_some_and(|position| (2..=last_line).contains(&position.line) && position.column >= 1);
                if !matches!(error.kind(), ErrorKind::InvalidYaml { .. }) || !is_inside {
                    failures.add(&path, format!("expected invalid YAML with its position: {error:?}"));
                }
            }
        }
    }
    let expected = usize::from(folder.join(SEED).exists());
    assert_eq!(broken, expected, "files with broken YAML");
    failures.finish();
}

#[test]
fn without_rules_all_visible_text_is_in_the_blocks() {
    check_all(|source| {
        let body = FrontMatter::split(source).map_err(|error| error.to_string())?.body();
        let visible = oracle::visible_text(oracle::without_prelude(body));
        // The law is that of HTML. In Markdown, signs are no text.
        let parser = Parser::new().rules(Rules::none()).body_format(BodyFormat::Html);
        let (post, report) = parser.parse_with_report(source).map_err(|error| error.to_string())?;
        let blocks = oracle::block_text(&post);
        let hidden: String =
            report.removals.iter().filter(|removal| removal.kind == RemovalKind::Hidden).map(text).collect();
        // What hides the article is shown.
        if !report.diagnostics.iter().any(|diagnostic| diagnostic.kind == DiagnosticKind::HiddenArticle) {
            oracle::parting(&visible.hidden, &hidden).map_or(Ok(()), Err)?;
        } else if visible.whole.len() != blocks.len() + hidden.len() {
            return Err("text was lost with an article that is hidden".to_owned());
        }
        // The text of a form control is in the blocks or in the report.
        let controls: String =
            report.removals.iter().filter(|removal| removal.kind == RemovalKind::Control).map(text).collect();
        if controls.is_empty() {
            return oracle::parting(&visible.shown, &blocks).map_or(Ok(()), Err);
        }
        let parting = oracle::parting(&visible.inside_controls, &controls)
            .or_else(|| oracle::parting(&visible.outside_controls, &blocks));
        parting.map_or(Ok(()), Err)
    });
}

#[test]
fn an_owned_post_equals_the_borrowed_one() {
    check_all(|source| {
        let post = Post::parse(source).map_err(|error| error.to_string())?;
        let owned: Post<'static> = post.clone().into_owned();
        if post == owned { Ok(()) } else { Err("into_owned changed the post".to_owned()) }
    });
}

#[test]
fn json_is_read_back_as_the_same_post() {
    check_all(|source| {
        let post = Post::parse(source).map_err(|error| error.to_string())?;
        let json = serde_json::to_string(&post).map_err(|error| error.to_string())?;
        let again: Post<'_> = serde_json::from_str(&json).map_err(|error| error.to_string())?;
        if post != again {
            return Err("the post read from JSON is another one".to_owned());
        }
        let json_again = serde_json::to_string(&again).map_err(|error| error.to_string())?;
        oracle::parting(&json, &json_again).map_or(Ok(()), Err)
    });
}

#[test]
fn texts_are_trimmed_and_their_marks_are_in_order() {
    check_all(|source| {
        let (post, _) = parse(source, Rules::none())?;
        let empty_terms = empty_terms(&post);
        for (_, block) in post.walk() {
            if let Block::Preformatted(preformatted) = block {
                check_marks(&preformatted.text)?;
                continue;
            }
            let Some(text) = block.texts().next() else { continue };
            check_marks(text)?;
            check_mark_edges(text)?;
            if text.text.is_empty() && empty_terms.contains(&std::ptr::from_ref(block)) {
                continue;
            }
            check_edges(text)?;
        }
        Ok(())
    });
}

#[test]
fn what_rules_take_out_is_in_the_report() {
    check_all(|source| {
        let (whole, _) = parse(source, Rules::none())?;
        let whole = oracle::block_text(&whole);
        for rules in [Rules::ads(), Rules::ads().and(Rules::furniture())] {
            let (post, report) = parse(source, rules)?;
            // What is hidden has gone without rules too.
            let by_rules = report.removals.iter().filter(|removal| removal.kind != RemovalKind::Hidden);
            let removed: Vec<String> = by_rules.map(text).filter(|text| !text.is_empty()).collect();
            let kept = oracle::block_text(&post);
            if !is_interleaving(&whole, &kept, &removed) {
                let parting = oracle::parting(&whole, &kept).unwrap_or_default();
                return Err(format!("text was lost or made; the report has {removed:?}\n{parting}"));
            }
        }
        Ok(())
    });
}

#[test]
fn both_engines_agree() {
    check_all(|source| {
        let parser = Parser::new().rules(Rules::ads().and(Rules::furniture()));
        let auto = parser.clone().engine(Engine::Auto).parse_with_report(source);
        let reference = parser.engine(Engine::Reference).parse_with_report(source);
        let (auto, auto_report) = auto.map_err(|error| error.to_string())?;
        let (reference, report) = reference.map_err(|error| error.to_string())?;
        if auto != reference {
            return Err("the posts differ".to_owned());
        }
        if (auto_report.diagnostics, auto_report.removals) != (report.diagnostics, report.removals) {
            return Err("the reports differ".to_owned());
        }
        Ok(())
    });
}

#[test]
fn the_seed_is_read_as_a_reader_sees_it() {
    let path = corpus().join(SEED);
    if !path.exists() {
        eprintln!("{} is not there: the seed was skipped", path.display());
        return;
    }
    let source = files::read(&path);
    let (post, report) = Parser::new().parse_with_report(&source).expect("a valid post");

    assert_eq!(post.prelude.stamp, Some(Stamp::NaN));
    let heading = post.prelude.heading.as_ref().expect("a link heading");
    assert_eq!(Some(&heading.text), post.meta.title.as_ref());
    assert_eq!(Some(&heading.url), post.meta.from.as_ref());

    assert_eq!(post.paragraphs().count(), 10);
    assert_eq!(post.figures().count(), 3);
    assert_eq!(post.blocks.len(), 13, "nothing but paragraphs and figures");
    for figure in post.figures() {
        assert!(matches!(figure.media.as_slice(), [Media::Image(image)] if image.alt.is_none()));
        let caption = figure.caption.as_ref().expect("a caption");
        let credit = figure.credit.as_ref().expect("a credit");
        assert!(caption.text.ends_with(&format!("（{credit}）")), "{}", caption.text);
    }
    let credits: Vec<_> = post.figures().filter_map(|figure| figure.credit.as_deref()).collect();
    assert_eq!(credits, ["法新社", "法新社", "路透社"]);

    assert_eq!(report.diagnostics, []);
    let removals: Vec<_> =
        report.removals.iter().map(|removal| (removal.element.as_str(), removal.kind)).collect();
    assert_eq!(
        removals,
        [
            ("section#imu", RemovalKind::Placeholder),
            ("div#innity-in-post", RemovalKind::Placeholder),
            ("div#dfp-ad-midarticlespecial", RemovalKind::Placeholder),
            ("div#sph_cdp_40.cx_paywall_placeholder", RemovalKind::Placeholder),
        ]
    );
    assert!(report.removals.iter().all(|removal| removal.text.is_empty()));
}

/// The golden files are written by hand: they must keep the law that the pipeline is held to.
#[test]
fn the_golden_files_lose_nothing_themselves() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut failures = Failures::default();
    for path in files::with_extension(&data, "md") {
        let source = files::read(&path);
        let json = files::read(&path.with_extension("json"));
        let golden: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
        let removals = golden["report"]["removals"].as_array().cloned().unwrap_or_default();
        let removed: Vec<String> =
            removals.iter().filter_map(|removal| removal["text"].as_str()).map(oracle::squeeze).collect();
        let post: Post<'_> = serde_json::from_value(golden).expect("a post");
        // In Markdown, signs are no text, and footnotes move: the letters of each text stand in the source.
        let (_, report) = parse(&source, Rules::none()).expect("a golden post is read");
        if report.body_format == Some(BodyFormat::Markdown) {
            for text in post.walk().flat_map(|(_, block)| block.texts()) {
                let mut source = source.chars();
                let mut letters = text.text.chars().filter(|c| c.is_alphabetic());
                if !letters.all(|letter| source.any(|c| c == letter)) {
                    failures.add(&path, format!("{} was made up", text.text));
                }
            }
            continue;
        }
        let visible = oracle::visible_text(oracle::without_prelude(body(&source))).whole;
        let kept = oracle::block_text(&post);
        if !is_interleaving(&visible, &kept, &removed) {
            failures.add(&path, oracle::parting(&visible, &kept).unwrap_or_default());
        }
    }
    failures.finish();
}

#[test]
fn an_interleaving_is_told_from_a_loss() {
    let removed = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(is_interleaving("ab", "ab", &[]));
    assert!(is_interleaving("广告广播", "广播", &removed(&["广告"])));
    assert!(is_interleaving("广播广告", "广播", &removed(&["广告"])));
    assert!(is_interleaving("aXbYc", "abc", &removed(&["X", "Y"])));
    assert!(!is_interleaving("aXbYc", "abc", &removed(&["Y", "X"])), "out of order");
    assert!(!is_interleaving("aXb", "ab", &[]), "lost");
    assert!(!is_interleaving("ab", "ab", &removed(&["X"])), "made up");
    assert!(!is_interleaving("ab", "ba", &[]), "shuffled");
}

#[test]
fn broken_marks_and_edges_are_found() {
    let text = |text: &'static str, marks: &[(usize, usize, MarkKind<'static>)]| {
        let marks = marks.iter().map(|(start, end, kind)| Mark::new(*start..*end, kind.clone()));
        Text::new(text, marks.collect())
    };
    let (strong, emphasis) = (MarkKind::Strong, MarkKind::Emphasis);
    let good = text("a 長 b", &[(0, 5, strong.clone()), (0, 1, emphasis.clone()), (6, 7, strong.clone())]);
    assert_eq!((check_marks(&good), check_mark_edges(&good), check_edges(&good)), (Ok(()), Ok(()), Ok(())));
    for marks in [
        vec![(1, 1, strong.clone())],
        vec![(0, 3, strong.clone())],
        vec![(0, 8, strong.clone())],
        vec![(0, 1, emphasis.clone()), (0, 5, strong.clone())],
        vec![(2, 5, emphasis.clone()), (0, 1, strong.clone())],
        vec![(0, 2, strong.clone()), (2, 5, strong.clone())],
    ] {
        assert!(check_marks(&text("a 長 b", &marks)).is_err(), "{marks:?}");
    }
    assert!(check_mark_edges(&text("a 長 b", &[(0, 2, strong)])).is_err());
    for blank_or_untrimmed in ["", " ", "\u{a0}", "a\n", "\u{3000}a", "a\u{200b}"] {
        assert!(check_edges(&text(blank_or_untrimmed, &[])).is_err(), "{blank_or_untrimmed:?}");
    }
}

#[test]
fn visible_text_is_what_browsers_show() {
    let visible = |html| oracle::visible_text(html).whole;
    assert_eq!(visible("a <b>b</b>&nbsp;<!-- c --><script>d</script><noscript><i>e</i></noscript>"), "abe");
    assert_eq!(visible("<iframe>a</iframe><video>b</video><object>c</object>d"), "d");
    assert_eq!(visible("<table><tr><td>b</td></tr><caption>a</caption></table>"), "ab");
    assert_eq!(visible("<img class=emoji alt=☕><img alt=x>"), "☕");
    assert_eq!(visible("<meter>a</meter><progress>b</progress>c"), "c");
    let parts = |html| {
        let visible = oracle::visible_text(html);
        (visible.shown, visible.hidden)
    };
    let both = |shown: &str, hidden: &str| (shown.to_owned(), hidden.to_owned());
    assert_eq!(parts("a<b hidden>b</b><i style='display:none'>c</i><dialog>d</dialog>"), both("a", "bcd"));
    assert_eq!(parts("<b hidden=until-found>a</b><b hidden style=display:flex>b</b>"), both("ab", ""));
    assert_eq!(
        parts("<p style=visibility:hidden>a<b style=visibility:visible>b<i hidden>c</i></b>d"),
        both("b", "acd")
    );
    assert_eq!(parts("<b style='x:url(;display:none);y:\";display:none\"'>a</b>"), both("a", ""));
    assert_eq!(parts("<b style='display:none!important;display:block'>a</b>"), both("", "a"));
    assert_eq!(visible("<svg><title>a</title><desc>b</desc><text>c</text></svg>"), "c");
    let controls = oracle::visible_text("a<button>b</button>c");
    assert_eq!((controls.outside_controls.as_str(), controls.inside_controls.as_str()), ("ac", "b"));
}

#[test]
fn the_prelude_is_cut_off() {
    assert_eq!(oracle::without_prelude("<!--12-->\n[a](b)\n------\n\n<p>c"), "\n<p>c");
    assert_eq!(oracle::without_prelude("\n[a] b](c)\n==\nd"), "d");
    assert_eq!(oracle::without_prelude("<!--NaN-->\n<p>c"), "\n<p>c");
    for body in ["<!-- a -->\nb", "[a](b)\nc", "a\n---\n", ""] {
        assert_eq!(oracle::without_prelude(body), body);
    }
}

fn text(removal: &Removal) -> String {
    oracle::squeeze(&removal.text)
}

/// The YAML between the fences, found without the crate.
fn yaml_block(source: &str) -> Option<&str> {
    Some(yaml_and_body(source)?.0)
}

fn body(source: &str) -> &str {
    yaml_and_body(source).map_or(source, |(_, body)| body)
}

fn yaml_and_body(source: &str) -> Option<(&str, &str)> {
    let rest = source.trim_start_matches('\u{feff}').strip_prefix("---")?;
    let yaml = &rest[rest.find('\n')? + 1..];
    let mut end = 0;
    for line in yaml.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&yaml[..end], &yaml[end + line.len()..]));
        }
        end += line.len();
    }
    None
}

fn yaml_is_valid(source: &str) -> bool {
    yaml_block(source).is_none_or(|yaml| {
        match serde_yaml::from_str::<serde_yaml::Value>(yaml) {
            Ok(_) => true,
            // A key that stands twice is no error in a post.
            Err(error) => error.to_string().contains("duplicate entry"),
        }
    })
}

/// The empty terms of description lists: the only paragraphs that may be empty.
fn empty_terms<'a>(post: &Post<'a>) -> HashSet<*const Block<'a>> {
    let lists = post.walk().filter_map(|(_, block)| match block {
        Block::List(list) if list.kind == ListKind::Description => Some(list),
        _ => None,
    });
    lists
        .flat_map(|list| &list.items)
        .filter_map(|item| item.blocks.first())
        .map(std::ptr::from_ref)
        .collect()
}

fn check_marks(text: &Text<'_>) -> Result<(), String> {
    let wrong = |what: &str, mark: &Mark<'_>| Err(format!("{what}: {mark:?} in {:?}", text.text));
    let mut ends: HashMap<&MarkKind<'_>, HashSet<usize>> = HashMap::new();
    let mut last = (0, usize::MAX);
    for mark in &text.marks {
        if mark.start >= mark.end {
            return wrong("an empty mark", mark);
        }
        if text.text.get(mark.range()).is_none() {
            return wrong("a mark outside the text or inside a character", mark);
        }
        if mark.start < last.0 || (mark.start == last.0 && mark.end > last.1) {
            return wrong("a mark out of order", mark);
        }
        last = (mark.start, mark.end);
        let ends = ends.entry(&mark.kind).or_default();
        let is_merged = !matches!(mark.kind, MarkKind::Ruby { .. });
        if is_merged && ends.contains(&mark.start) {
            return wrong("a mark that was not merged with the one before", mark);
        }
        ends.insert(mark.end);
    }
    Ok(())
}

fn check_mark_edges(text: &Text<'_>) -> Result<(), String> {
    let blank = |char: char| char.is_ascii_whitespace();
    match text.marks.iter().find(|mark| {
        text.text.get(mark.range()).is_some_and(|part| part.starts_with(blank) || part.ends_with(blank))
    }) {
        Some(mark) => Err(format!("white space at the edge of {mark:?} in {:?}", text.text)),
        None => Ok(()),
    }
}

fn check_edges(text: &Text<'_>) -> Result<(), String> {
    let trimmed = |char: char| {
        char.is_ascii_whitespace()
            || matches!(char, '\u{a0}' | '\u{3000}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    };
    if text.text.chars().all(trimmed) {
        return Err(format!("a blank text {:?}", text.text));
    }
    if text.text.starts_with(trimmed) || text.text.ends_with(trimmed) {
        return Err(format!("white space at an edge of {:?}", text.text));
    }
    Ok(())
}

/// Whether `whole` is `kept` with the texts of `removed` set in between, both in their order.
fn is_interleaving(whole: &str, kept: &str, removed: &[String]) -> bool {
    // A state is a position in `whole` and how many of `removed` lie before it.
    let lengths: Vec<usize> = std::iter::once(0)
        .chain(removed.iter().scan(0, |sum, text| {
            *sum += text.len();
            Some(*sum)
        }))
        .collect();
    let mut states = BTreeSet::from([(0, 0)]);
    while let Some((at, count)) = states.pop_first() {
        if at == whole.len() && count == removed.len() {
            return at - lengths[count] == kept.len();
        }
        if removed.get(count).is_some_and(|text| whole[at..].starts_with(text.as_str())) {
            states.insert((at + removed[count].len(), count + 1));
        }
        let next_kept = kept.get(at - lengths[count]..).and_then(|rest| rest.chars().next());
        if let Some(char) = next_kept.filter(|_| at < whole.len()) {
            if whole[at..].starts_with(char) {
                states.insert((at + char.len_utf8(), count));
            }
        }
    }
    false
}
