//! The agency or the photographer that a caption names.

use std::borrow::Cow;

use super::borrowed::part_of;
use crate::chars::is_blank;
use crate::post::Text;
use crate::word_list::words;

/// Words before a colon that announce a name.
const BEFORE_COLON: &[&str] = words!("credits.txt", "before a colon");

/// Words at the beginning of a line that announce a name after a space.
const OPENING: &[&str] = words!("credits.txt", "at the beginning of a line");

/// Words after a name in parentheses that are not part of it.
const AFTER_NAME: &[&str] = words!("credits.txt", "after a name");

/// Words in the names of agencies.
const AGENCY_WORDS: &[&str] = words!("credits.txt", "in the name of an agency");

/// Ends of the names of agencies, in scripts that put no spaces between words.
const AGENCY_ENDS: &[&str] = words!("credits.txt", "at the end of the name of an agency");

/// Whole names of agencies.
const AGENCIES: &[&str] = words!("credits.txt", "whole name of an agency");

/// The longest credit, in characters. A longer text is a part of the caption.
const MAX_CHARS: usize = 60;

/// The credit in a caption: `（法新社）` or `(Reuters)` at the end, `图：…`, `摄影：…`, `Photo: …` at the
/// beginning of a line or of a sentence.
pub(super) fn find<'a>(caption: &Text<'a>) -> Option<Cow<'a, str>> {
    let text = &*caption.text;
    let credit = in_parentheses(text)
        .or_else(|| announced(text))
        .or_else(|| opened(text))
        .or_else(|| after_sign(text))
        .or_else(|| on_a_line(text))?;
    Some(part_of(&caption.text, credit))
}

/// What stands in parentheses at the end, if it sounds like a credit.
fn in_parentheses(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c| is_blank(c) || matches!(c, '。' | '.'));
    let inner = text.strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let inner = inner[open..].trim_start_matches(['（', '(']);
    if let Some(name) = announced(inner) {
        return Some(name);
    }
    let inner = inner.trim_matches(is_blank);
    let is_named = names_agency(inner);
    let name = AFTER_NAME
        .iter()
        .find_map(|word| inner.strip_suffix(word))
        .unwrap_or(inner)
        .trim_end_matches(is_blank);
    (is_named && is_short(name) && !name.is_empty()).then_some(name)
}

/// What follows a `©`, up to the end of the line or the parenthesis.
fn after_sign(text: &str) -> Option<&str> {
    let (_, name) = text.split_once('©')?;
    let name = name.split(ENDS).next()?.trim_matches(is_blank);
    (!name.is_empty() && is_short(name)).then_some(name)
}

/// Whether one of the words that agencies are known by is in a name.
fn names_agency(name: &str) -> bool {
    AGENCIES.contains(&name)
        || AGENCY_ENDS.iter().any(|ending| name.ends_with(ending))
        // Most names of the languages that these are in have no letter of the others.
        || name.bytes().any(|byte| byte.is_ascii_alphabetic()) && has_agency_word(name)
}

fn has_agency_word(name: &str) -> bool {
    let mut is_word_start = true;
    name.char_indices().any(|(at, c)| {
        let is_start = std::mem::replace(&mut is_word_start, !c.is_alphanumeric()) && c.is_alphanumeric();
        is_start && AGENCY_WORDS.iter().any(|word| rest_after_word(&name[at..], word).is_some())
    })
}

/// The rest of a text after a word that it begins with, in ASCII letters of either case.
fn rest_after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    (start.eq_ignore_ascii_case(word) && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// A line of its own, if it stands in parentheses or names an agency: `Jane Doe—Getty Images`.
fn on_a_line(text: &str) -> Option<&str> {
    // A caption of one line says what is to be seen.
    text.contains('\n').then_some(())?;
    text.lines().map(|line| line.trim_matches(is_blank)).find_map(|line| {
        let inner = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
        let name = inner.unwrap_or(line).trim_matches(is_blank);
        let is_whole = !name.contains(['(', '（', ')', '）']);
        let is_credit = inner.is_some() || names_agency(name) && !name.ends_with(['.', '。', '?', '!']);
        (is_credit && is_whole && !name.is_empty() && is_short(name)).then_some(name)
    })
}

/// What follows words such as "Photo by" at the beginning of a line, up to its end.
fn opened(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let rest = OPENING.iter().find_map(|words| rest_after_word(line, words)?.strip_prefix(' '))?;
        let name = rest.trim_matches(is_blank);
        (!name.is_empty() && is_short(name)).then_some(name)
    })
}

/// What follows a word that announces a credit and a colon, up to the end of the line or the parenthesis.
fn announced(text: &str) -> Option<&str> {
    // A colon, or the first byte of a wide one and of others.
    memchr::memchr2_iter(b':', "：".as_bytes()[0], text.as_bytes()).find_map(|colon| {
        let name = text[colon..].strip_prefix([':', '：'])?;
        let word = word_before(&text[..colon])?;
        if !announces(word) {
            return None;
        }
        let name = name.trim_start_matches([':', '：']);
        let end = name.char_indices().take(MAX_CHARS + 4).find(|(_, c)| ENDS.contains(c));
        let name = end.map_or(name, |(end, _)| &name[..end]).trim_matches(is_blank);
        (!name.is_empty() && is_short(name)).then_some(name)
    })
}

/// Whether a word before a colon announces a credit, in letters of either case.
fn announces(word: &str) -> bool {
    BEFORE_COLON.iter().any(|known| known.eq_ignore_ascii_case(word))
        || !word.is_ascii() && BEFORE_COLON.contains(&&*word.to_lowercase())
}

/// What stands between the end of a text and the place before it where a credit may begin, unless that is far.
fn word_before(text: &str) -> Option<&str> {
    const BOUNDARIES: [char; 10] = ['\n', '。', '.', '|', '｜', '（', '(', '/', '／', '，'];
    const FAR: usize = 20;
    let mut word = "";
    for (at, c) in text.char_indices().rev().take(FAR - 1) {
        if BOUNDARIES.contains(&c) {
            return Some(word.trim_matches(is_blank));
        }
        word = &text[at..];
    }
    let before = text[..text.len() - word.len()].trim_end_matches(is_blank);
    (before.is_empty() || before.ends_with(BOUNDARIES)).then(|| word.trim_matches(is_blank))
}

/// What ends an announced name.
const ENDS: [char; 6] = ['\n', '）', ')', '。', '|', '｜'];

fn is_short(name: &str) -> bool {
    name.chars().nth(MAX_CHARS).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_credit(caption: &str, credit: Option<&str>) {
        assert_eq!(find(&Text::plain(caption)).as_deref(), credit, "{caption}");
    }

    #[test]
    fn agencies_in_parentheses() {
        assert_credit("布林肯（左）与习近平握手合照。（法新社）", Some("法新社"));
        assert_credit("The harbour at dawn (Reuters)", Some("Reuters"));
        assert_credit("The harbour (AP Photo/Jane Doe).", Some("AP Photo/Jane Doe"));
        assert_credit("港の朝（写真：山田花子）", Some("山田花子"));
        assert_credit("港の朝（共同通信社）", Some("共同通信社"));
        assert_credit("老街（张三摄）", Some("张三"));
        assert_credit("老街（李四 提供）", Some("李四"));
    }

    #[test]
    fn announced_names() {
        assert_credit("图：李四", Some("李四"));
        assert_credit("海边的茶馆。摄影：王五", Some("王五"));
        assert_credit("Phoebe.\nPhoto: Jane Doe/Agency", Some("Jane Doe/Agency"));
        assert_credit("Der Hafen | Foto: Hans Müller", Some("Hans Müller"));
        assert_credit(
            "Phoebe. \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0} Photo: Jane",
            Some("Jane"),
        );
        assert_credit("Die Reise einer Meldung: Foto: Anne", None);
        assert_credit("Foto:: Anne", Some("Anne"));
        assert_credit("The mine.\nPhotograph by Jane Doe/The Paper", Some("Jane Doe/The Paper"));
        assert_credit("Le port. Crédit photo : Anne Duval", Some("Anne Duval"));
    }

    #[test]
    fn a_name_in_capitals_and_with_accents() {
        assert_credit("CRÉDIT PHOTO : Anne Duval", Some("Anne Duval"));
        assert_credit("PHOTO: Jane Doe", Some("Jane Doe"));
    }

    #[test]
    fn a_text_of_more_than_sixty_characters_is_no_name() {
        let (longest, too_long) = ("画".repeat(60), "画".repeat(61));
        for before in ["Photo: ", "Photo by ", "The harbour ©"] {
            assert_credit(&format!("{before}{longest}"), Some(&longest));
            assert_credit(&format!("{before}{too_long}"), None);
        }
        assert_credit(&format!("(Photo: {longest})\nThe harbour."), Some(&longest));
        assert_credit("The harbour ©", None);
        assert_credit("Photo by ", None);
    }

    #[test]
    fn a_colon_far_behind_a_word_does_not_belong_to_it() {
        let caption = |blanks: usize| format!("Phoebe.Foto{}: Anne", "\u{a0}".repeat(blanks));
        assert_credit(&caption(15), Some("Anne"));
        assert_credit(&caption(16), None);
    }

    #[test]
    fn in_the_languages_of_the_world() {
        assert_credit("港の朝（共同）", Some("共同"));
        assert_credit("写真提供：山田花子", Some("山田花子"));
        assert_credit("海边的茶馆。供图：王五", Some("王五"));
        assert_credit("Der Hafen. Quelle: dpa", Some("dpa"));
        assert_credit("Le port au matin © Anne Duval / AFP", Some("Anne Duval / AFP"));
        assert_credit("The harbour. Photo courtesy of A. Leaf", None);
        assert_credit("Photo courtesy of A. Leaf", Some("A. Leaf"));
        assert_credit("日米共同（左）", None);
    }

    #[test]
    fn lines_of_their_own() {
        assert_credit("(A. Leaf Docu-Images)\nThe harbour at dawn.", Some("A. Leaf Docu-Images"));
        assert_credit("Jane Doe—Getty Images\nThe harbour (left) at dawn.", Some("Jane Doe—Getty Images"));
        assert_credit("海边的茶馆\n（王五）", Some("王五"));
        assert_credit("Jane Doe—Getty Images", None);
        assert_credit("The Reuters building burns.\nIt is still day.", None);
        assert_credit("One (two)\nthree", None);
    }

    #[test]
    fn what_is_long_is_no_credit() {
        let name = |length: usize| "n".repeat(length);
        for before in ["Foto: ", "Tea © ", "Photo by ", "Tea.\nPhotograph by ", "Tea ("] {
            let after = if before.ends_with('(') { "AP)" } else { "" };
            // ` AP` belongs to the name.
            let fits = if after.is_empty() { name(60) } else { format!("{} AP", name(57)) };
            let caption = format!("{before}{}{}", fits.trim_end_matches("AP"), after);
            assert_credit(&caption, Some(&fits));
            assert_credit(&caption.replacen('n', "nn", if before.starts_with("Foto") { 2 } else { 9 }), None);
        }
        let line = |length| format!("{} Reuters\ntea", name(length));
        assert_credit(&line(52), Some(&format!("{} Reuters", name(52))));
        assert_credit(&line(53), None);
        assert_credit(&format!("tea\n({})", name(60)), Some(&name(60)));
        assert_credit(&format!("tea\n({})", name(61)), None);
        // The end of a name is looked for as far as one may go, and a little further.
        assert_credit(&format!("Foto: {}。 Tee im Hafen", name(60)), Some(&name(60)));
        assert_credit(&format!("Foto: {}{}。 Tee im Hafen", name(50), " ".repeat(20)), None);
    }

    #[test]
    fn a_word_is_looked_for_near_its_colon() {
        assert_credit(&format!("Foto{}: Anne", " ".repeat(15)), Some("Anne"));
        assert_credit(&format!("Foto{}: Anne", " ".repeat(16)), None);
        assert_credit("FOTO: Anne", Some("Anne"));
        assert_credit("CRÉDIT: Anne", Some("Anne"));
        assert_credit("Tee Foto: Anne", None);
        assert_credit("Ein sehr langer Satz Foto: Anne", None);
        assert_credit("Tee / Foto: Anne", Some("Anne"));
    }

    #[test]
    fn parts_that_are_empty_or_of_something_else() {
        for caption in [
            "Tea ©",
            "Tea © \nmore",
            "Photo by ",
            "Foto von \nmore",
            "()\nmore",
            "( )",
            "(提供)",
            "Tea (提供)",
        ] {
            assert_credit(caption, None);
        }
        assert_credit("The (Reuters) building\nat dawn", None);
        assert_credit("(Jane (left)\nat dawn", None);
        assert_credit("Who is Reuters?\nat dawn", None);
        assert_credit("The harbour (Associated Press)", Some("Associated Press"));
        assert_credit("The harbour (associated papers)", None);
        assert_credit("The harbour ((AFP)", Some("AFP"));
    }

    #[test]
    fn other_captions_name_nobody() {
        assert_credit("布林肯（左）与习近平（右）", None);
        assert_credit("A map (see below)", None);
        assert_credit("时间：昨天", None);
        assert_credit("图：", None);
        assert_credit("", None);
    }
}
