//! Which findings the user wants, and which make the run fail.

use super::codes::{Code, FIELDS, Level};

/// A code, or all that are on, as the user names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    All,
    One(Code),
}

impl Named {
    /// Reads `all` or a code. In the code `-` is as good as `_`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        Code::of(&text.replace('-', "_")).map(Self::One).ok_or_else(|| {
            let known: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
            format!("no finding has this code: the codes are all, {}", known.join(", "))
        })
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::One(code) => code.as_str(),
        }
    }
}

/// What the user says of the levels.
pub(super) struct Wishes<'o> {
    pub(super) allow: &'o [Named],
    pub(super) warn: &'o [Named],
    pub(super) deny: &'o [Named],
    /// Keys of the front matter.
    pub(super) require: &'o [String],
}

/// The level of each code.
pub(super) struct Levels([Level; Code::ALL.len()]);

impl Levels {
    /// What is said of a code counts before what is said of all. Fails, with a message, if the wishes
    /// contradict each other.
    pub(super) fn new(wishes: &Wishes<'_>) -> Result<Self, String> {
        let lists = [
            ("--allow", wishes.allow, Level::Off),
            ("--warn", wishes.warn, Level::Warning),
            ("--deny", wishes.deny, Level::Error),
        ];
        check(&lists)?;
        let mut levels = Self(std::array::from_fn(|index| Code::ALL[index].default_level()));
        for (_, _, level) in lists.iter().filter(|(_, list, _)| list.contains(&Named::All)) {
            for code in Code::ALL.iter().filter(|code| code.default_level() == Level::Warning) {
                levels.set(*code, *level);
            }
        }
        for key in wishes.require {
            levels.set(code_of_field(key), Level::Error);
        }
        for (_, list, level) in lists {
            for named in list {
                if let Named::One(code) = named {
                    levels.set(*code, level);
                }
            }
        }
        Ok(levels)
    }

    pub(super) fn get(&self, code: Code) -> Level {
        self.0[code as usize]
    }

    pub(super) fn is_on(&self, code: Code) -> bool {
        self.get(code) != Level::Off
    }

    fn set(&mut self, code: Code, level: Level) {
        self.0[code as usize] = level;
    }
}

/// The code of what is found if a field is required and not there.
pub(super) fn code_of_field(key: &str) -> Code {
    FIELDS.iter().find(|(name, _)| *name == key).map_or(Code::MissingKey, |(_, code)| *code)
}

/// Fails if the user says two things of one code, or that a post need not be readable.
fn check(lists: &[(&str, &[Named], Level); 3]) -> Result<(), String> {
    for (index, (option, list, level)) in lists.iter().enumerate() {
        for named in *list {
            if let Some((other, ..)) = lists[..index].iter().find(|(_, list, _)| list.contains(named)) {
                return Err(format!("{other} and {option} are both given for `{}`", named.as_str()));
            }
            if let Named::One(code) = named {
                if code.is_failure() && *level != Level::Error {
                    return Err(format!(
                        "{option} is not for `{}`: a post that cannot be read is an error",
                        code.as_str()
                    ));
                }
            }
        }
    }
    Ok(())
}
