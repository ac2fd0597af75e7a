//! Sizes in the parts of a picture's URL.

/// Whether a text is up to three small letters.
pub(super) fn is_short_word(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a text is like `300x200`, `300x` or `x200`.
pub(super) fn is_width_by_height(text: &str) -> bool {
    let is_length = |text: &str| text.is_empty() || is_number(text);
    text.len() > 1
        && text.split_once('x').is_some_and(|(width, height)| is_length(width) && is_length(height))
}

/// Whether a text is a number of pixels.
pub(super) fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the type of a picture is its width: `w773`, or `w80_blur` of the copy that comes first.
pub(super) fn is_width_of_naver(kind: &str) -> bool {
    let width = kind.strip_prefix('w').map(|width| width.strip_suffix("_blur").unwrap_or(width));
    width.is_some_and(is_number)
}

/// The number after the first `start` in a text.
pub(super) fn number_after(text: &str, start: &str) -> Option<u32> {
    let at = text.find(start)? + start.len();
    text[at..].starts_with(|c: char| c.is_ascii_digit()).then(|| first_number(&text[at..])).flatten()
}

/// The first whole number in a text.
pub(super) fn first_number(text: &str) -> Option<u32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    text[start..start + digits].parse().ok()
}
