//! Reads posts: the options, and the ways to ask for a post. This room is the only one that knows all stages.

mod compare;
mod pipeline;

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::body_format::BodyFormat;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::post::Post;
use crate::recorder::Recorder;
use crate::report::Report;
use crate::rules::Rules;
use crate::template_syntaxes::TemplateSyntaxes;
use crate::url::Base;

impl<'a> Post<'a> {
    /// Reads a post with the default options, those of [`Parser::new`].
    ///
    /// # Errors
    ///
    /// Fails if the front matter is not closed, not valid in its format or not a mapping, if the post is
    /// larger than one of its [`Limits`], and if it needs a feature that is missing. HTML is never an error.
    ///
    /// ```
    /// let post = offprint::Post::parse("---\ntitle: 2024\n---\n<div>\nA text.\n</div>")?;
    /// assert_eq!(post.meta.title.as_deref(), Some("2024"));
    /// assert_eq!(post.to_text(), "A text.\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    pub fn parse(source: &'a str) -> Result<Self, Error> {
        static DEFAULT: LazyLock<Parser> = LazyLock::new(Parser::new);
        DEFAULT.parse(source)
    }
}

/// Reads posts, with options. Cheap to make and to clone; one can serve many posts and threads.
///
/// | Option | Default |
/// |---|---|
/// | [`engine`](Self::engine) | [`Engine::Auto`] |
/// | [`recover`](Self::recover) | `false` |
/// | [`rules`](Self::rules) | [`Rules::ads`] |
/// | [`body_format`](Self::body_format) | [`BodyFormat::Auto`] |
/// | [`templates`](Self::templates) | [`TemplateSyntaxes::NONE`] |
/// | [`base_url`](Self::base_url) | none: the post's [`from`](crate::Meta::from) is the base |
/// | [`limits`](Self::limits) | [`Limits::default`]: 64 MiB of post, 4 MiB of front matter, depth 512 … |
///
/// ```
/// use offprint::{Parser, Rules};
///
/// let parser = Parser::new().recover(true).rules(Rules::none()).base_url("https://example.org/a/")?;
/// let post = parser.parse("---\ntitle: \"a \"b\" c\"\n---\n<p><a href=b>b</a></p>")?;
/// assert_eq!(post.meta.title.as_deref(), Some("a \"b\" c"));
/// assert_eq!(post.links().next(), Some("https://example.org/a/b"));
/// # Ok::<(), offprint::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Parser {
    engine: Engine,
    recover: bool,
    rules: Rules,
    body_format: BodyFormat,
    templates: TemplateSyntaxes,
    base_url: Option<Arc<str>>,
    limits: Limits,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser with the default options, those in the table [above](Parser).
    pub fn new() -> Self {
        Self {
            engine: Engine::Auto,
            recover: false,
            rules: Rules::ads(),
            body_format: BodyFormat::Auto,
            templates: TemplateSyntaxes::NONE,
            base_url: None,
            limits: Limits::default(),
        }
    }

    /// Which implementations to use ([`Engine::Auto`] by default). The post is the same with either.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// Whether broken front matter is read as far as it can be, each repair being a diagnostic, instead of
    /// being an error (`false` by default); so are bytes that are not UTF-8.
    pub fn recover(mut self, recover: bool) -> Self {
        self.recover = recover;
        self
    }

    /// What to take out of the article ([`Rules::ads`] by default, and that alone). These rules replace the
    /// ones that the parser had: to add to the default, say `Rules::ads().and(…)`.
    pub fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// What bodies are written in ([`BodyFormat::Auto`] by default: HTML, unless there are signs of
    /// Markdown).
    pub fn body_format(mut self, format: BodyFormat) -> Self {
        self.body_format = format;
        self
    }

    /// The template languages whose tags bodies may hold (none by default). Without any, tags are text.
    pub fn templates(mut self, syntaxes: TemplateSyntaxes) -> Self {
        self.templates = syntaxes;
        self
    }

    /// The URL that relative URLs are resolved against, instead of the post's [`from`](crate::Meta::from). By
    /// default there is none, and of a post without a `from` too, relative URLs stay relative.
    ///
    /// ```
    /// let error = offprint::Parser::new().base_url("nonsense").unwrap_err();
    /// assert_eq!(error.kind(), &offprint::ErrorKind::InvalidBaseUrl);
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the URL is not an absolute one with a host, like `https://example.org/a/`, holds control
    /// characters, or has more than 4,096 bytes.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Result<Self, Error> {
        let url = url.as_ref();
        if Base::new(url).is_none() {
            return Err(Error::new(ErrorKind::InvalidBaseUrl, None));
        }
        self.base_url = Some(url.into());
        Ok(self)
    }

    /// How large a post may be: the units and the defaults are those of [`Limits`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads a post. This takes less time than [with a report](Self::parse_with_report).
    ///
    /// # Errors
    ///
    /// Those of [`Post::parse`]; with [`recover`](Self::recover), only breaches of [`Limits`] and missing
    /// features are left.
    pub fn parse<'a>(&self, source: &'a str) -> Result<Post<'a>, Error> {
        self.read(source, None, &mut Recorder::off())
    }

    /// Reads a post, and says what was odd about it and what was taken out of it.
    ///
    /// ```
    /// let source = "<p>Tea</p><div id=dfp-ad-1></div><p>Cake</p>";
    /// let (post, report) = offprint::Parser::new().parse_with_report(source)?;
    /// assert_eq!(post.to_text(), "Tea\n\nCake\n");
    /// assert_eq!(report.removals[0].element, "div#dfp-ad-1");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_with_report<'a>(&self, source: &'a str) -> Result<(Post<'a>, Report), Error> {
        let mut recorder = Recorder::on();
        let post = self.read(source, None, &mut recorder)?;
        Ok((post, recorder.into_report()))
    }

    /// Reads a post from a file of this name.
    ///
    /// A name like `2020-01-02-green-tea.md`, as Jekyll has it, gives the post its date and its
    /// [slug](crate::Meta::slug) where the front matter has none. A name that ends in `.html` or `.htm` means
    /// that the body is HTML, to [`BodyFormat::Auto`]. Of a path only the last component counts.
    ///
    /// ```
    /// use offprint::{BodyFormat, Parser};
    ///
    /// let post = Parser::new().parse_named("posts/2020-01-02-green-tea.md", "* Boil water.")?;
    /// assert_eq!(post.meta.date.unwrap().to_string(), "2020-01-02");
    /// assert_eq!(post.meta.slug.as_deref(), Some("green-tea"));
    /// assert_eq!(post.to_text(), "- Boil water.\n");
    ///
    /// let post = Parser::new().parse_named("tea.html", "* Boil water.")?;
    /// assert_eq!(post.to_text(), "* Boil water.\n");
    /// # Ok::<(), offprint::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_named<'a>(&self, name: &str, source: &'a str) -> Result<Post<'a>, Error> {
        self.read(source, Some(name), &mut Recorder::off())
    }

    /// Reads a post from a file of this name, and says what was odd about the post and what was taken out of
    /// it.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_named_with_report<'a>(
        &self,
        name: &str,
        source: &'a str,
    ) -> Result<(Post<'a>, Report), Error> {
        let mut recorder = Recorder::on();
        let post = self.read(source, Some(name), &mut recorder)?;
        Ok((post, recorder.into_report()))
    }

    /// Reads the front matter into a type of your own, and the post.
    ///
    /// The post is cut into front matter and body once, and the article read once. The type gets what
    /// [`FrontMatter::deserialize`](crate::FrontMatter::deserialize) gives it: the empty mapping, if there is
    /// no front matter. With [`recover`](Self::recover) the post is mended, and your type is not: front
    /// matter that is not YAML is an error.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Recipe {
    ///     servings: u32,
    ///     #[serde(default)]
    ///     vegan: bool,
    /// }
    ///
    /// let source = "---\ntitle: Stew\nservings: 4\n---\n<p>Peel the potatoes.</p>";
    /// let parser = offprint::Parser::new();
    /// let (recipe, post) = parser.parse_as::<Recipe>(source)?;
    /// assert_eq!((recipe.servings, recipe.vegan), (4, false));
    /// assert_eq!(post.meta.title.as_deref(), Some("Stew"));
    /// assert_eq!(post.to_text(), "Peel the potatoes.\n");
    ///
    /// let error = parser.parse_as::<Recipe>("<p>No front matter</p>").map(|_| ()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "front matter does not fit its type: missing field `servings` at line 1, column 1"
    /// );
    /// # Ok::<(), offprint::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), and then those of
    /// [`FrontMatter::deserialize`](crate::FrontMatter::deserialize).
    pub fn parse_as<'a, M: Deserialize<'a>>(&self, source: &'a str) -> Result<(M, Post<'a>), Error> {
        self.read_as(source, &mut Recorder::off())
    }

    /// Reads the front matter into a type of your own, and the post, and says what was odd about the post and
    /// what was taken out of it.
    ///
    /// # Errors
    ///
    /// Those of [`parse_as`](Self::parse_as).
    pub fn parse_as_with_report<'a, M: Deserialize<'a>>(
        &self,
        source: &'a str,
    ) -> Result<(M, Post<'a>, Report), Error> {
        let mut recorder = Recorder::on();
        let (metadata, post) = self.read_as(source, &mut recorder)?;
        Ok((metadata, post, recorder.into_report()))
    }

    /// Reads a post from bytes.
    ///
    /// With [`recover`](Self::recover), sequences that are not UTF-8 become U+FFFD, and the post is owned.
    ///
    /// ```
    /// let error = offprint::Parser::new().parse_bytes(b"caf\xe9").unwrap_err();
    /// assert_eq!(error.to_string(), "invalid UTF-8 at line 1, column 4");
    /// assert_eq!(error.position().unwrap().offset, 3);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), and bytes that are not UTF-8.
    pub fn parse_bytes<'a>(&self, source: &'a [u8]) -> Result<Post<'a>, Error> {
        self.read_bytes(source, None, &mut Recorder::off())
    }

    /// Reads a post from bytes, and says what was odd about it and what was taken out of it.
    ///
    /// # Errors
    ///
    /// Those of [`parse_bytes`](Self::parse_bytes).
    pub fn parse_bytes_with_report<'a>(&self, source: &'a [u8]) -> Result<(Post<'a>, Report), Error> {
        let mut recorder = Recorder::on();
        let post = self.read_bytes(source, None, &mut recorder)?;
        Ok((post, recorder.into_report()))
    }

    /// Reads a post from the bytes of a file of this name: see [`parse_named`](Self::parse_named).
    ///
    /// # Errors
    ///
    /// Those of [`parse_bytes`](Self::parse_bytes).
    pub fn parse_named_bytes<'a>(&self, name: &str, source: &'a [u8]) -> Result<Post<'a>, Error> {
        self.read_bytes(source, Some(name), &mut Recorder::off())
    }

    /// Reads a post from the bytes of a file of this name, and says what was odd about the post and what was
    /// taken out of it.
    ///
    /// # Errors
    ///
    /// Those of [`parse_bytes`](Self::parse_bytes).
    pub fn parse_named_bytes_with_report<'a>(
        &self,
        name: &str,
        source: &'a [u8],
    ) -> Result<(Post<'a>, Report), Error> {
        let mut recorder = Recorder::on();
        let post = self.read_bytes(source, Some(name), &mut recorder)?;
        Ok((post, recorder.into_report()))
    }
}
