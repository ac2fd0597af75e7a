//! Texts that only say that this is an advertisement.

/// The longest text, in bytes, that is looked at as a label.
pub(super) const MAX_BYTES: usize = 96;

/// Labels without their case, spaces and punctuation.
const LABELS: [&str; 65] = [
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
    "annonse",
    "iklan",
    "hirdetés",
    "mainos",
    "publicitate",
    "quảngcáo",
    "διαφήμιση",
    "פרסומת",
    "تبلیغات",
    "آگهی",
    "विज्ञापन",
    "বিজ্ঞাপন",
    "廣告贊助",
    "sponsoredpost",
    "sponsorizzato",
    "sponsorisé",
    "gesponsert",
    "patrocinado",
    "スポンサー",
];

/// Whether the text, given without blanks, is nothing but an ad label, or nothing at all.
pub(super) fn is_label(text: &str) -> bool {
    if text.len() > MAX_BYTES {
        return false;
    }
    let letters: String = text.chars().filter(|c| is_letter(*c)).flat_map(char::to_lowercase).collect();
    // Punctuation alone may be a reader's "…".
    text.is_empty() || LABELS.contains(&&*letters)
}

/// Thai, Arabic, Hindi and Bengali write vowels and joints as marks, which are not alphanumeric.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{064b}'..='\u{0655}' | '\u{0900}'..='\u{09ff}')
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, is_label};

    #[test]
    fn knows_labels_in_any_dress() {
        for text in [
            "",
            "Advertisement",
            "-ADVERTISEMENT-",
            "【广告】",
            "廣告",
            "Publicité",
            "광고",
            "विज्ञापन",
            "QuảngCáo",
        ] {
            assert!(is_label(text), "{text}");
        }
    }

    #[test]
    fn a_label_is_short_with_what_is_around_it() {
        let dressed = |length: usize| format!("{}ad", "-".repeat(length - 2));
        assert!(is_label(&dressed(MAX_BYTES)));
        assert!(!is_label(&dressed(MAX_BYTES + 1)));
    }

    #[test]
    fn keeps_everything_else() {
        for text in ["…", "Advertisementfortea", "广告费", "1", "Ad1", "Adam"] {
            assert!(!is_label(text), "{text}");
        }
    }
}
