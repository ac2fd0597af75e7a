//! Numbers of bytes as users write them.

/// Reads a number of bytes, which is not 0: `_` may stand between the digits, and K, M or G (powers of 1024)
/// at the end.
pub(crate) fn parse_size(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is not a number of bytes, such as 1_000_000, 64K, 256M or 1G");
    let (digits, shift) = match text.as_bytes().last() {
        Some(b'K' | b'k') => (&text[..text.len() - 1], 10),
        Some(b'M' | b'm') => (&text[..text.len() - 1], 20),
        Some(b'G' | b'g') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let number = digits.replace('_', "").parse::<u64>().ok().filter(|number| is_number && *number > 0);
    number.and_then(|number| number.checked_mul(1 << shift)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn sizes_have_units_or_none() {
        for (text, size) in [
            ("1", 1),
            ("1_000", 1000),
            ("64K", 64 << 10),
            ("256m", 256 << 20),
            ("1G", 1 << 30),
            ("2_0k", 20 << 10),
        ] {
            assert_eq!(parse_size(text), Ok(size), "{text}");
        }
        for text in ["", "0", "K", "_1", "-1", "1.5M", "1 M", "1T", "1MB", "99999999999G", "\u{660}"] {
            let message = format!("`{text}` is not a number of bytes, such as 1_000_000, 64K, 256M or 1G");
            assert_eq!(parse_size(text), Err(message));
        }
    }
}
