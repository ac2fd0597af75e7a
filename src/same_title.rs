//! Whether two titles are the same to a reader, though white space and punctuation may have other forms.

use crate::chars::is_blank;
use crate::references::decode_closed;

/// Whether two texts are the same title.
///
/// White space does not count, nor do characters that show nothing. A punctuation mark is the same in all of
/// its forms: wide or narrow, quotes curly, straight or angular, dashes and ellipses of any length. A
/// character reference is what it stands for. Letters and digits count as they are.
pub(crate) fn is_same_title(one: &str, other: &str) -> bool {
    one == other || forms(&decode_closed(one)).eq(forms(&decode_closed(other)))
}

/// The characters of a text that count, punctuation in its plainest form.
fn forms(text: &str) -> impl Iterator<Item = char> {
    let mut last = None;
    text.chars().filter(|c| !is_blank(*c)).map(plainest).filter(move |c| {
        let repeats = matches!(c, '-' | '.') && last == Some(*c);
        last = Some(*c);
        !repeats
    })
}

/// The plainest form of a punctuation mark; any other character as it is.
fn plainest(c: char) -> char {
    match c {
        '\''
        | '`'
        | '´'
        | '‘'..='‟'
        | '′'
        | '″'
        | '‹'
        | '›'
        | '«'
        | '»'
        | '「'..='』'
        | '〝'..='〟'
        | '＇'
        | '＂'
        | '｀'
        | '｢'
        | '｣' => '"',
        '‐'..='―' | '−' | '⸺' | '⸻' | '﹘' | '﹣' | '－' => '-',
        '…' | '‥' | '⋯' | '。' | '｡' | '．' => '.',
        '、' | '，' | '､' | '،' => ',',
        '؛' => ';',
        '؟' => '?',
        '〈' | '《' => '<',
        '〉' | '》' => '>',
        '【' | '〔' | '〖' => '[',
        '】' | '〕' | '〗' => ']',
        '・' | '•' | '‧' | '･' => '·',
        '〜' | '∼' => '~',
        '！'..='～' => narrow(c),
        _ => c,
    }
}

/// The narrow form of a wide punctuation mark; a wide letter or digit as it is.
fn narrow(wide: char) -> char {
    let narrow = char::from_u32(u32::from(wide) - 0xfee0);
    narrow.filter(char::is_ascii_punctuation).unwrap_or(wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_white_space_have_forms() {
        for titles in [
            &["Tea, \"green\" tea", "Tea, “green” tea", "Tea，「green」tea", "Tea , 'green'\u{a0} tea "][..],
            &["茶：水（一）！", "茶: 水(一)!", "茶:水 (一)\u{200b}！"],
            &["Tea -- water", "Tea — water", "Tea–water", "Tea - water"],
            &["Tea...", "Tea…", "Tea……", "Tea。。。", "Tea."],
            &["It's", "It’s", "It&#39;s", "It&rsquo;s"],
            &["Tea & water", "Tea &amp; water", "Tea ＆ water"],
            &["【茶】《水》・杯～", "[茶]<水>·杯~"],
            &["", " ", "\u{200b}"],
        ] {
            for one in titles {
                for other in titles {
                    assert!(is_same_title(one, other), "{one}, {other}");
                }
            }
        }
    }

    #[test]
    fn other_differences_count() {
        for (one, other) in [
            ("Tea", "tea"),
            ("Tea", "Tea!"),
            ("Tea?", "Tea!"),
            ("Tea", "Teas"),
            ("Tea (1)", "Tea [1]"),
            ("Tea", "Ｔea"),
            ("1", "１"),
            ("茶", "荼"),
            ("C++", "C+"),
            ("&amp;amp;", "&"),
            ("Tea", ""),
        ] {
            assert!(!is_same_title(one, other) && !is_same_title(other, one), "{one}, {other}");
        }
    }
}
