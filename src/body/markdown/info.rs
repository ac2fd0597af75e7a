//! What stands after the opening of a fence.

/// The language that an info string names: `ruby`, `ruby {.line-numbers}`, `{r, echo=FALSE}`, `{.ruby}`,
/// `rust,linenos`, `js{1,3}`, `js:app.js`; none in `{linenos=table}`.
pub(super) fn language(info: &str) -> Option<&str> {
    let info = info.trim_start();
    // A colon comes before the name of a file, as on Zenn.
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}');
    let word = match info.strip_prefix('{') {
        Some(inner) => {
            let inner = inner.trim_start();
            // kramdown's lists of attributes have a colon: `{: .lang-c}`.
            let inner = inner.strip_prefix(':').unwrap_or(inner).trim_start();
            let inner = inner.strip_prefix(['.', '=']).unwrap_or(inner);
            let inner =
                ["language-", "lang-"].iter().find_map(|sign| inner.strip_prefix(sign)).unwrap_or(inner);
            inner.split(is_end).next().filter(|word| !word.contains(['=', '#', '"']))
        }
        None => info.split(is_end).next(),
    };
    word.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn every_convention_is_read() {
        for (info, name) in [
            ("ruby", Some("ruby")),
            (" ruby {.line-numbers}", Some("ruby")),
            ("ruby{1,3-4}", Some("ruby")),
            ("rust,linenos", Some("rust")),
            ("js:app.js", Some("js")),
            (":app.js", None),
            ("c++ hl_lines=3", Some("c++")),
            ("{r}", Some("r")),
            ("{r, echo=FALSE}", Some("r")),
            ("{r chunk-name}", Some("r")),
            ("{.haskell .numberLines}", Some("haskell")),
            ("{=html}", Some("html")),
            ("{linenos=table}", None),
            ("{#id}", None),
            ("{}", None),
            ("{: .lang-c}", Some("c")),
            ("{:.language-ruby .line}", Some("ruby")),
            ("{: #id}", None),
            ("{:}", None),
            ("", None),
        ] {
            assert_eq!(language(info), name, "{info}");
        }
    }
}
