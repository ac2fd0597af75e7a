//! The law of conservation: what a reader sees is in the blocks, and what is hidden is in the report.

use offprint::{BodyFormat, DiagnosticKind, Engine, FrontMatter, Parser, RemovalKind, Rules};

use super::oracle;

/// Elements that are shown elsewhere than where the source has them.
const MOVED: [&str; 6] = ["<caption", "<tfoot", "<thead", "<r", "<dt", "<dd"];

/// Reads a post as HTML, without rules, with each engine, and compares its text with that of a tree. Returns
/// whether some of the text is hidden; fails if text was lost, made or moved.
pub(crate) fn check(source: &str) -> Result<bool, String> {
    let Ok(front_matter) = FrontMatter::split(source) else { return Ok(false) };
    let visible = oracle::visible_text(oracle::without_prelude(front_matter.body()));
    for engine in [Engine::Auto, Engine::Reference] {
        let parser = Parser::new().recover(true).engine(engine);
        let parser = parser.rules(Rules::none()).body_format(BodyFormat::Html);
        let Ok((post, report)) = parser.parse_with_report(source) else { return Ok(false) };
        let has = |kind| report.diagnostics.iter().any(|diagnostic| diagnostic.kind == kind);
        if has(DiagnosticKind::DeepElements)
            || has(DiagnosticKind::ManyAttributes)
            || has(DiagnosticKind::RepeatedText)
        {
            return Ok(false);
        }
        let blocks = oracle::block_text(&post);
        let hidden: String = report
            .removals
            .iter()
            .filter(|removal| removal.kind == RemovalKind::Hidden)
            .map(|removal| oracle::squeeze(&removal.text))
            .collect();
        if has(DiagnosticKind::HiddenArticle) {
            equal(&sorted(&visible.whole), &sorted(&(blocks.clone() + &hidden)))?;
            if blocks.chars().count() <= visible.shown.chars().count() {
                return Err("an article is kept, and nothing of it shown".to_owned());
            }
            continue;
        }
        let source = source.to_ascii_lowercase();
        let is_moved = MOVED.iter().any(|tag| source.contains(tag));
        let order = |text: &str| if is_moved { sorted(text) } else { text.to_owned() };
        equal(&order(&visible.shown), &order(&blocks))?;
        equal(&order(&visible.hidden), &order(&hidden))?;
    }
    Ok(!visible.hidden.is_empty())
}

fn equal(expected: &str, actual: &str) -> Result<(), String> {
    oracle::parting(expected, actual).map_or(Ok(()), Err)
}

fn sorted(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars.into_iter().collect()
}
