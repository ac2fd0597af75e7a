//! Any key of any post takes any value, or is refused: the reading of the result has the new value, all other
//! keys as before, and every other byte of the source.
//!
//! The input is a line with the key, a line with the value, and a post. The key and the value are JSON; what
//! is not JSON is a text.

#![no_main]

#[path = "../../tests/support/edited.rs"]
#[allow(dead_code, reason = "the test over folders uses more of it")]
mod edited;

use libfuzzer_sys::fuzz_target;
use offprint::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let mut parts = input.splitn(3, '\n');
    let (Some(key), Some(value), Some(source)) = (parts.next(), parts.next(), parts.next()) else { return };
    let key: String = serde_json::from_str(key).unwrap_or_else(|_| key.to_owned());
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    let _ = edited::check(source, &key, Some(&value));
    let _ = edited::check(source, &key, None);
    if let Some(keys) = edited::keys(source) {
        for key in keys.keys().take(4) {
            let _ = edited::check(source, key, Some(&value));
            let _ = edited::check(source, key, None);
        }
    }
});
