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

/// Words before a name that is followed by one of those words.
const BEFORE_NAME: &[&str] = words!("credits.txt", "before a name with a word after it");

/// Words in the names of agencies.
const AGENCY_WORDS: &[&str] = words!("credits.txt", "in the name of an agency");

/// Ends of the names of agencies, in scripts that put no spaces between words.
const AGENCY_ENDS: &[&str] = words!("credits.txt", "at the end of the name of an agency");

/// Whole names of agencies.
const AGENCIES: &[&str] = words!("credits.txt", "whole name of an agency");

/// Words before a full stop that does not end a sentence.
const ABBREVIATIONS: &[&str] = words!("credits.txt", "before a full stop");

/// The longest name, in characters. A longer text is a part of the caption.
const MAX_CHARS: usize = 60;

/// Brackets, opening and closing. A round bracket may be closed by one of the other width.
const BRACKETS: [(char, char); 6] =
    [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('［', '］')];

/// The credit in a caption: `（法新社）` or `(Reuters)` at the end, `图：…`, `摄影：…`, `Photo: …` at the beginning of
/// a line or of a sentence.
///
/// The name alone, without the words that announce it, with its brackets balanced, and without what follows.
pub(super) fn find<'a>(caption: &Text<'a>) -> Option<Cow<'a, str>> {
    let text = &*caption.text;
    let credit = in_parentheses(text)
        .or_else(|| announced(text))
        .or_else(|| opened(text))
        .or_else(|| after_sign(text))
        .or_else(|| on_a_line(text))?;
    Some(part_of(&caption.text, credit))
}

/// A name in parentheses at the end of a caption, if it is announced or names an agency: `（王五 摄）`, `(AP)`.
fn in_parentheses(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(|c| is_blank(c) || matches!(c, '。' | '.'));
    let inner = inside_last_parentheses(text)?;
    announced(inner).or_else(|| {
        let inner = without_parentheses(inner);
        let is_named = names_agency(inner) || announces_around(inner);
        is_named.then(|| bare_name(inner)).flatten()
    })
}

/// The text inside the parentheses that end a text.
fn inside_last_parentheses(text: &str) -> Option<&str> {
    let inner = text.strip_suffix(['）', ')'])?;
    let mut depth = 0_usize;
    for (at, c) in inner.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => return Some(&inner[at + c.len_utf8()..]),
            '（' | '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A text without the parentheses around the whole of it, and without blank edges.
fn without_parentheses(text: &str) -> &str {
    /// Parentheses in parentheses: more of them hold no name.
    const MOST: usize = 8;
    let mut text = text.trim_matches(is_blank);
    for _ in 0..MOST {
        match inside_last_parentheses(text) {
            Some(inner) if text.len() == inner.len() + width_of_ends(text) => {
                text = inner.trim_matches(is_blank);
            }
            _ => break,
        }
    }
    text
}

/// The length in bytes of the first and the last character.
fn width_of_ends(text: &str) -> usize {
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    width(text.chars().next()) + width(text.chars().next_back())
}

/// Whether words announce a name in the text after them or before them: `Photo by …`, `… 摄`.
fn announces_around(text: &str) -> bool {
    after_opening(text).is_some() || AFTER_NAME.iter().any(|word| text.ends_with(word))
}

/// A name without the words around it that announce it.
fn bare_name(text: &str) -> Option<&str> {
    let name = after_opening(text).unwrap_or(text);
    let name = match AFTER_NAME.iter().find_map(|word| name.strip_suffix(word)) {
        Some(name) => BEFORE_NAME.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name),
        None => name,
    };
    let name = name.trim_matches(is_blank);
    let is_name = !name.is_empty() && !announces(name.trim_end_matches([':', '：', ' ']));
    (is_name && is_short(name)).then_some(name)
}

/// The text after words such as "Photo by" at its beginning.
fn after_opening(text: &str) -> Option<&str> {
    OPENING.iter().find_map(|words| rest_after_word(text, words)?.strip_prefix(' '))
}

/// A name after a `©`.
fn after_sign(text: &str) -> Option<&str> {
    let (_, name) = text.split_once('©')?;
    name_at_start(name)
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
#[inline]
fn rest_after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.as_bytes().get(..word.len())?;
    // Most words differ in the first letter.
    if !start[0].eq_ignore_ascii_case(&word.as_bytes()[0]) || !start.eq_ignore_ascii_case(word.as_bytes()) {
        return None;
    }
    text.get(word.len()..).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A line that is a name, in parentheses or of an agency: `Jane Doe—Getty Images`.
fn on_a_line(text: &str) -> Option<&str> {
    // A caption of one line says what is to be seen.
    text.contains('\n').then_some(())?;
    text.lines().map(|line| line.trim_matches(is_blank)).find_map(|line| {
        let inner = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
        let name = inner.map_or(line, without_parentheses);
        let is_whole = !name.contains(['(', '（', ')', '）']);
        let is_credit = inner.is_some() || names_agency(name) && !name.ends_with(['.', '。', '?', '!']);
        (is_credit && is_whole).then(|| bare_name(name)).flatten()
    })
}

/// A name after words such as "Photo by" at the beginning of a line.
fn opened(text: &str) -> Option<&str> {
    text.lines().find_map(|line| name_at_start(after_opening(line)?))
}

/// A name after a word that announces it and a colon.
fn announced(text: &str) -> Option<&str> {
    // A colon, or the first byte of a wide colon and of other characters.
    memchr::memchr2_iter(b':', "：".as_bytes()[0], text.as_bytes()).find_map(|colon| {
        let name = text[colon..].strip_prefix([':', '：'])?;
        let word = word_before(&text[..colon])?;
        if !announces(word) {
            return None;
        }
        name_at_start(name.trim_start_matches([':', '：']))
    })
}

/// Whether a word before a colon announces a name, in letters of either case.
fn announces(word: &str) -> bool {
    BEFORE_COLON.iter().any(|known| known.eq_ignore_ascii_case(word))
        || !word.is_ascii() && BEFORE_COLON.contains(&&*word.to_lowercase())
}

/// The text between the last boundary before which a name cannot begin and the end of `text`, without blank
/// edges. `None` if that boundary is too far away.
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

/// The name that a text begins with: up to the end of the line, of the sentence or of the brackets around it,
/// and without brackets that stay open. `None` if it is empty or longer than [`MAX_CHARS`].
fn name_at_start(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c| c != '\n' && is_blank(c));
    let mut end = 0;
    // The closing brackets that are to come, and where the first of their opening brackets stands.
    let mut open: Vec<char> = Vec::new();
    let mut first_open = 0;
    for (count, (at, c)) in text.char_indices().enumerate() {
        if matches!(c, '\n' | '。' | '|' | '｜') || c == '.' && ends_sentence(&text[..at], &text[at + 1..])
        {
            break;
        }
        if let Some((_, closing)) = BRACKETS.iter().find(|(opening, _)| *opening == c) {
            if open.is_empty() {
                first_open = end;
            }
            open.push(*closing);
        } else if BRACKETS.iter().any(|(_, closing)| *closing == c) && open.pop().is_none() {
            break;
        }
        if !is_blank(c) {
            if count >= MAX_CHARS {
                return None;
            }
            end = at + c.len_utf8();
        }
    }
    if !open.is_empty() {
        end = first_open;
    }
    (end > 0).then(|| &text[..end])
}

/// Whether a full stop between two texts ends a sentence, and not an initial or an abbreviation.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    // In `U.S.` too.
    let is_initial = word.rsplit('.').next().is_none_or(|last| last.chars().nth(1).is_none());
    let is_abbreviation = ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
    after.chars().next().is_none_or(is_blank) && !is_initial && !is_abbreviation
}

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
    fn parentheses_in_parentheses() {
        assert_credit("The harbour ((AFP))", Some("AFP"));
        assert_credit("The harbour ( (AFP) )", Some("AFP"));
        assert_credit("The harbour ((AFP)", Some("AFP"));
        assert_credit("The harbour (AFP (Jane Doe))", Some("AFP (Jane Doe)"));
        assert_credit("The harbour ((AFP) Jane (Doe))", Some("(AFP) Jane (Doe)"));
        assert_credit("The harbour (AFP))", None);
        assert_credit("港（（共同通信社））", Some("共同通信社"));
        assert_credit("((Jane Doe))\nThe harbour.", Some("Jane Doe"));
        assert_credit("Tea (Photo: Jane Doe (AFP))", Some("Jane Doe (AFP)"));
        assert_credit(&format!("Tea {}AFP{}", "(".repeat(5_000), ")".repeat(5_000)), None);
    }

    #[test]
    fn brackets_of_a_name_are_balanced() {
        assert_credit("Photo: Jane Doe (AFP) | Tea", Some("Jane Doe (AFP)"));
        assert_credit("Photo: Jane Doe (AFP", Some("Jane Doe"));
        assert_credit("Photo: Jane (Doe) (AFP", Some("Jane (Doe)"));
        assert_credit("Photo: Jane [Doe (AFP]", Some("Jane"));
        assert_credit("[The harbour. Photo: Jane Doe]", Some("Jane Doe"));
        assert_credit("图：李四（法新社）\n海边", Some("李四（法新社）"));
        assert_credit("【海边。图：李四】", Some("李四"));
        assert_credit("Tea © Anne Duval (AFP) and others)", Some("Anne Duval (AFP) and others"));
        assert_credit("Photo: (AFP", None);
    }

    #[test]
    fn words_that_announce_a_name_are_not_part_of_it() {
        assert_credit("（王五 攝影）", Some("王五"));
        assert_credit("老街（王五摄影）", Some("王五"));
        assert_credit("老街（由李四提供）", Some("李四"));
        assert_credit("老街（图片由路透社提供）", Some("路透社"));
        assert_credit("The harbour (Photo by Jane Doe/AFP)", Some("Jane Doe/AFP"));
        assert_credit("The harbour (Courtesy of A. Leaf)", Some("A. Leaf"));
        assert_credit("(Photo by Jane Doe)\nThe harbour", Some("Jane Doe"));
        assert_credit("老街\n（王五 攝影）\n海边", Some("王五"));
        assert_credit("(Photo by )", None);
        for words in ["（攝影）", "(Photo)", "（图）", "Photo\nTea", "Photo :\nTea", "(Photo:)\nTea"] {
            assert_credit(words, None);
        }
    }

    #[test]
    fn a_sentence_after_a_name_is_not_part_of_it() {
        assert_credit("Photo: Jane Doe. The harbour at dawn.", Some("Jane Doe"));
        assert_credit("Photo by Jane Doe. The harbour.", Some("Jane Doe"));
        assert_credit("Photo by Jane Doe.", Some("Jane Doe"));
        assert_credit("Photo: J. K. Doe, St. Ives Times Inc.", Some("J. K. Doe, St. Ives Times Inc."));
        assert_credit("Photo: U.S. Navy. At sea.", Some("U.S. Navy"));
        assert_credit("Photo: paper.example. At sea.", Some("paper.example"));
        assert_credit("图：李四。海边的茶馆。", Some("李四"));
    }

    #[test]
    fn the_next_line_is_not_part_of_a_name() {
        for blanks in [0, 1, 59, 60, 63, 64, 65, 200] {
            let blanks = "\u{a0}".repeat(blanks);
            assert_credit(&format!("Photo:{blanks}\nTea"), None);
            assert_credit(&format!("Photo:{blanks}Jane{blanks}\nTea"), Some("Jane"));
            assert_credit(&format!("Photo by {blanks}Jane{blanks}\nTea"), Some("Jane"));
            assert_credit(&format!("Tea ©{blanks}\nJane"), None);
        }
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
    fn a_colon_far_after_a_word_does_not_belong_to_it() {
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
        assert_credit(&format!("Foto: {}。 Tee im Hafen", name(60)), Some(&name(60)));
        assert_credit(&format!("Foto: {}{}。 Tee im Hafen", name(50), " ".repeat(20)), Some(&name(50)));
        assert_credit(&format!("Foto: {}{}x。 Tee im Hafen", name(50), " ".repeat(20)), None);
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
    }

    #[test]
    fn the_data_file_is_in_lower_case() {
        let lists = [
            BEFORE_COLON,
            OPENING,
            AFTER_NAME,
            BEFORE_NAME,
            AGENCY_WORDS,
            AGENCY_ENDS,
            AGENCIES,
            ABBREVIATIONS,
        ];
        for list in lists {
            for (index, word) in list.iter().enumerate() {
                assert_eq!(*word, word.to_lowercase());
                assert!(!list[..index].contains(word), "{word} stands twice");
            }
        }
        // Of words with the same beginning or end, the first that fits counts.
        for (index, word) in AFTER_NAME.iter().enumerate() {
            assert!(!AFTER_NAME[..index].iter().any(|before| word.ends_with(before)), "{word} never counts");
        }
        for (index, word) in BEFORE_NAME.iter().enumerate() {
            assert!(
                !BEFORE_NAME[..index].iter().any(|before| word.starts_with(before)),
                "{word} never counts"
            );
        }
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
