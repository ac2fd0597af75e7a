//! Any list of rules on any body: every line is a rule, a comment or unusable; the engines agree; no text is
//! lost or made; and what has been through the rules has nothing left for them.
//!
//! The input is a list, a line `---`, and a post. A list that begins with a line `!removing` takes elements
//! with their text.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;
#[path = "../../tests/support/oracle.rs"]
#[allow(dead_code, reason = "the tests over folders use more of it")]
mod oracle;

use libfuzzer_sys::fuzz_target;
use offprint::{Parser, Rules};

fuzz_target!(|bytes: &[u8]| {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let (list, source) = input.split_once("\n---\n").unwrap_or((input, ""));
    let rules = read(list);
    for rules in [rules.clone(), Rules::ads().and(rules)] {
        let parser = Parser::new().recover(true).rules(rules);
        let _ = engines::agree(&parser, |parser| parser.parse_with_report(source));
        text_is_conserved(&parser, source);
    }
    nothing_is_left(source);
});

/// Reads a list, and checks that each of its lines is accounted for.
fn read(list: &str) -> Rules {
    let (rules, unusable) = Rules::parse(list);
    let lines: Vec<&str> = list.strip_prefix('\u{feff}').unwrap_or(list).lines().collect();
    let mut passed_over = lines.len() - rules.len() - unusable.len();
    for line in &unusable {
        assert_eq!(lines[line.line - 1].trim(), line.rule);
        assert!(!line.reason.as_str().is_empty());
    }
    for line in lines.iter().map(|line| line.trim()) {
        let is_comment =
            line.is_empty() || line.starts_with('!') || line.starts_with('[') && line.ends_with(']');
        passed_over = passed_over.saturating_sub(usize::from(is_comment));
    }
    assert_eq!(passed_over, 0, "a line that is no comment was passed over");
    assert!(unusable.is_sorted_by_key(|line| line.line));
    if list.starts_with("!removing\n") { rules.removing() } else { rules }
}

/// What the blocks have without rules, they and the removals have with rules, each in its order.
fn text_is_conserved(parser: &Parser, source: &str) {
    let bare = Parser::new().recover(true).rules(Rules::none());
    let Ok((whole, unseen)) = bare.parse_with_report(source) else { return };
    let unseen: String = unseen.removals.iter().map(|removal| oracle::squeeze(&removal.text)).collect();
    let (post, report) = parser.parse_with_report(source).expect("rules fail on nothing");
    let whole = oracle::block_text(&whole);
    let kept = oracle::block_text(&post);
    let removed: Vec<String> = report.removals.iter().map(|removal| oracle::squeeze(&removal.text)).collect();
    // The caption of a table moves before its rows, so that taking a table out may change the order.
    if source.to_ascii_lowercase().contains("<caption") {
        assert_eq!(sorted(&(kept + &removed.concat())), sorted(&(whole + &unseen)));
        return;
    }
    assert_eq!(
        sorted(&(kept.clone() + &removed.concat())),
        sorted(&(whole.clone() + &unseen)),
        "{whole:?}, {kept:?}, {removed:?}"
    );
    // What no browser shows is not in the blocks, and so has no order among them.
    if !unseen.is_empty() {
        return;
    }
    for part in [kept, removed.concat()] {
        let mut rest = whole.chars();
        assert!(
            part.chars().all(|char| rest.any(|other| other == char)),
            "{part:?} is not in order in {whole:?}"
        );
    }
}

/// HTML that was written from a post without ads and furniture has none.
fn nothing_is_left(source: &str) {
    let parser = Parser::new().recover(true).rules(Rules::ads().and(Rules::furniture()));
    let Ok(post) = parser.parse(source) else { return };
    if let Ok((_, report)) = parser.parse_with_report(&post.to_html()) {
        assert_eq!(report.removals, []);
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}
