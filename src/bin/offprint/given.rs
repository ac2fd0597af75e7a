//! The value that the user gives to `offprint set`.

use std::ffi::OsStr;

use offprint::{ErrorKind, FrontMatter, Value};

/// A value as the user gave it.
pub(crate) struct Given {
    value: Value<'static>,
    /// How it is written, if it is a number.
    number: Option<String>,
}

impl Given {
    /// What an argument stands for.
    pub(crate) fn new(argument: &OsStr, is_text: bool) -> Result<Self, String> {
        let value = value(argument, is_text)?;
        let is_number = matches!(value, Value::Integer(_) | Value::Unsigned(_) | Value::Float(_));
        let number = argument.to_str().filter(|_| is_number).map(|text| text.trim().to_owned());
        Ok(Self { value, number })
    }

    /// The whole file in which a key has the value.
    pub(crate) fn put(&self, front_matter: &FrontMatter<'_>, key: &str) -> Result<String, offprint::Error> {
        let plain = front_matter.with_value(key, &self.value)?;
        let spelled = self.number.as_ref().and_then(|number| self.spelled(&plain, key, number));
        Ok(spelled.unwrap_or(plain))
    }

    /// The file with the number as the user wrote it: `1.10` may be a version. `None` if the format has no
    /// such number.
    fn spelled(&self, plain: &str, key: &str, number: &str) -> Option<String> {
        let range = FrontMatter::split(plain).ok()?.value_range(key)?;
        let old = &plain[range.clone()];
        // Not one with an anchor or a tag.
        if old == number || !old.bytes().all(is_number_byte) {
            return None;
        }
        let spelled = [&plain[..range.start], number, &plain[range.end..]].concat();
        let read: Value<'_> = FrontMatter::split(&spelled).ok()?.deserialize().ok()?;
        let is_same = read.as_map()?.get(key) == Some(&self.value);
        is_same.then_some(spelled)
    }
}

fn is_number_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-._".contains(&byte)
}

/// The value that an argument stands for.
fn value(argument: &OsStr, is_text: bool) -> Result<Value<'static>, String> {
    let Some(text) = argument.to_str() else { return Err("offprint: VALUE is not UTF-8".to_owned()) };
    let is_marked = text.starts_with(['[', '{', '"', '\'']);
    // Nothing else is a number, or one of the words `true`, `false` and `null`.
    let may_be_resolved = text
        .starts_with(|first: char| first.is_ascii_alphanumeric() || "+-.~".contains(first))
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.~".contains(&byte));
    if is_text || !is_marked && !may_be_resolved {
        return Ok(text.to_owned().into());
    }
    match resolved(text) {
        Ok(value) if is_marked || !matches!(value, Value::String(_)) => Ok(value),
        Ok(_) => Ok(text.to_owned().into()),
        Err(_) if !is_marked => Ok(text.to_owned().into()),
        Err(reason) => {
            Err(format!("offprint: VALUE is not YAML: {reason}; with --string it is taken as a text"))
        }
    }
}

/// What YAML makes of a text.
fn resolved(text: &str) -> Result<Value<'static>, String> {
    const KEY: &str = "value";
    let source = format!("---\n{KEY}: {text}\n---\n");
    let reason = |error: offprint::Error| match error.kind() {
        // The user has written no front matter.
        ErrorKind::InvalidYaml { reason } => reason.clone(),
        kind => kind.to_string(),
    };
    let front_matter = FrontMatter::split(&source).map_err(reason)?;
    let mut meta = front_matter.meta().map_err(reason)?;
    let value = meta.extra.remove(KEY).filter(|_| meta.extra.is_empty()).map(Value::into_owned);
    value.ok_or_else(|| "it is more than one value".to_owned())
}
