//! The choice of the template languages that a body may hold.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};
use std::str::FromStr;

/// The template languages whose tags are understood in a body: none, one or more of them.
///
/// A tag of a syntax that is not in the set is text, as on a site without that language. A
/// [diagnostic](crate::DiagnosticKind::TemplateTags) counts the tags that were left as text.
///
#[doc = include_str!("template_tags.md")]
///
/// ```
/// use offprint::{Parser, TemplateSyntaxes};
///
/// let source = "{% include toc.html %}\n<p>Boil water.</p>";
/// let syntaxes = TemplateSyntaxes::LIQUID | TemplateSyntaxes::WORDPRESS;
/// let (post, report) = Parser::new().templates(syntaxes).parse_with_report(source)?;
/// assert_eq!(post.to_text(), "Boil water.\n");
/// assert_eq!(report.removals[0].text, "{% include toc.html %}");
///
/// assert_eq!("liquid,wordpress".parse(), Ok(syntaxes));
/// assert_eq!(syntaxes.to_string(), "liquid,wordpress");
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TemplateSyntaxes(u8);

impl TemplateSyntaxes {
    /// No syntax: all tags are text.
    pub const NONE: Self = Self(0);
    /// Liquid, as Jekyll and Eleventy have it: `{% highlight ruby %}`, `{{ page.title }}`.
    pub const LIQUID: Self = Self(1);
    /// Shortcodes of Hugo and Zola: `{{< figure src="/a.jpg" >}}`, `{{% note %}}`.
    pub const HUGO: Self = Self(2);
    /// Shortcodes of WordPress: `[caption]`, `[gallery ids="1,2"]`.
    pub const WORDPRESS: Self = Self(4);
    /// All of them.
    pub const ALL: Self = Self(7);

    /// The syntaxes and their names, in the order in which they are written.
    const NAMES: [(Self, &'static str); 3] =
        [(Self::LIQUID, "liquid"), (Self::HUGO, "hugo"), (Self::WORDPRESS, "wordpress")];

    /// Whether all syntaxes of the other set are in this one.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is no syntax in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for TemplateSyntaxes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for TemplateSyntaxes {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The names with commas between, as [`FromStr`] reads them; `none` for the empty set.
impl fmt::Display for TemplateSyntaxes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.pad("none");
        }
        let names = Self::NAMES.iter().filter(|(syntax, _)| self.contains(*syntax)).map(|(_, name)| *name);
        f.pad(&names.collect::<Vec<_>>().join(","))
    }
}

/// A text that names no [`TemplateSyntaxes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a template syntax: expected `liquid`, `hugo`, `wordpress`, or more of them with commas between")]
#[non_exhaustive]
pub struct TemplateSyntaxesParseError;

/// Reads names with commas between: `liquid`, `hugo`, `wordpress`; or `none`.
impl FromStr for TemplateSyntaxes {
    type Err = TemplateSyntaxesParseError;

    fn from_str(text: &str) -> Result<Self, TemplateSyntaxesParseError> {
        if text == "none" {
            return Ok(Self::NONE);
        }
        let mut syntaxes = Self::NONE;
        for name in text.split(',') {
            let known = Self::NAMES.iter().find(|(_, known)| *known == name);
            syntaxes |= known.ok_or(TemplateSyntaxesParseError)?.0;
        }
        Ok(syntaxes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for bits in 0..=TemplateSyntaxes::ALL.0 {
            let syntaxes = TemplateSyntaxes(bits);
            assert_eq!(syntaxes.to_string().parse(), Ok(syntaxes));
        }
    }

    #[test]
    fn other_names_are_errors() {
        for text in ["", "liquid,", "Liquid", "liquid hugo", "none,liquid", "jinja"] {
            let error = text.parse::<TemplateSyntaxes>().unwrap_err();
            assert_eq!(
                error.to_string(),
                "not a template syntax: expected `liquid`, `hugo`, `wordpress`, or more of them with commas between"
            );
        }
    }
}
