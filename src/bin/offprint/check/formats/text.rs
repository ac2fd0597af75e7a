//! Lines for people, and for editors, which know this form.

use super::super::finding::Finding;
use crate::problem::push_plain;

pub(super) fn write(out: &mut String, path: &str, finding: &Finding) {
    let Finding { code, level, position, message, .. } = finding;
    push_plain(out, path, *position, &format!("{}[{}]: {message}", level.as_str(), code.as_str()));
}
