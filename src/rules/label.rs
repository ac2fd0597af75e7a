//! Texts that only say that this is an advertisement.

use crate::chars::is_blank;

/// The longest text, in bytes, that is looked at as a label.
pub(super) const MAX_BYTES: usize = 96;

/// Labels without their case, spaces and punctuation.
const LABELS: [&str; 46] = [
    "ad",
    "ads",
    "adv",
    "advert",
    "advertentie",
    "advertise",
    "advertisement",
    "advertisements",
    "advertising",
    "advertisementcontinuereadingbelow",
    "annonce",
    "annons",
    "anzeige",
    "anzeigen",
    "articlecontinuesbelowadvertisement",
    "continuereadingbelowadvertisement",
    "publicidad",
    "publicidade",
    "publicité",
    "pubblicità",
    "promoted",
    "promotedcontent",
    "reklama",
    "reklam",
    "reklame",
    "scrolltocontinuewithcontent",
    "sponsor",
    "sponsored",
    "sponsoredcontent",
    "sponsoredlinks",
    "storycontinuesbelowadvertisement",
    "werbung",
    "реклама",
    "إعلان",
    "โฆษณา",
    "광고",
    "스폰서",
    "広告",
    "スポンサーリンク",
    "スポンサードリンク",
    "广告",
    "廣告",
    "推广",
    "推廣",
    "赞助",
    "贊助",
];

/// Whether the text is nothing but an ad label, or nothing at all.
pub(super) fn is_label(text: &str) -> bool {
    if text.len() > MAX_BYTES {
        return false;
    }
    let letters: String = text.chars().filter(|c| is_letter(*c)).flat_map(char::to_lowercase).collect();
    if letters.is_empty() {
        // Punctuation alone may be a reader's "…", but not in an ad slot that holds white space only.
        return text.chars().all(is_blank);
    }
    LABELS.contains(&&*letters)
}

/// Thai and Arabic write vowels as marks, which are not alphanumeric.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{064b}'..='\u{0655}')
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn knows_labels_in_any_dress() {
        for text in [
            "",
            " \u{a0}\u{200b}",
            "Advertisement",
            "- ADVERTISEMENT -",
            "【广告】",
            "廣 告",
            "Publicité",
            "광고",
        ] {
            assert!(is_label(text), "{text}");
        }
    }

    #[test]
    fn keeps_everything_else() {
        for text in ["…", "Advertisement for tea", "广告费", "1", "Ad 1", "Adam"] {
            assert!(!is_label(text), "{text}");
        }
    }
}
