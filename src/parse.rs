//! The pipeline: the only room that knows all stages.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::blocks::BlockBuilder;
use crate::body;
use crate::body_format::BodyFormat;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Position};
use crate::front_matter::{self, FrontMatter};
use crate::html;
use crate::limits::{Limit, Limits};
use crate::post::{Block, Meta, Post, Prelude, Stamp};
use crate::prelude;
use crate::recorder::Recorder;
use crate::report::{Diagnostic, DiagnosticKind, Report};
use crate::rules::{Filter, Rules};
use crate::template_syntaxes::TemplateSyntaxes;
use crate::url::Base;

impl<'a> Post<'a> {
    /// Reads a post with the default options, those of [`Parser::new`].
    ///
    /// # Errors
    ///
    /// Fails if the front matter is not closed, not YAML, not valid or not a mapping, and if the post is
    /// larger than one of its [`Limits`]. HTML is never an error.
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
    /// A parser that uses [`Engine::Auto`], takes ad slots out ([`Rules::ads`]), does not recover from
    /// broken front matter, and resolves relative URLs against the post's `from`.
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

    /// Which implementations to use. The post is the same with either.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// Whether broken front matter is read as far as it can be, each repair being a diagnostic, instead of
    /// being an error; so are bytes that are not UTF-8.
    pub fn recover(mut self, recover: bool) -> Self {
        self.recover = recover;
        self
    }

    /// What to take out of the article.
    pub fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// What bodies are written in.
    pub fn body_format(mut self, format: BodyFormat) -> Self {
        self.body_format = format;
        self
    }

    /// The template languages whose tags bodies may hold. Without any, tags are text.
    pub fn templates(mut self, syntaxes: TemplateSyntaxes) -> Self {
        self.templates = syntaxes;
        self
    }

    /// The URL that relative URLs are resolved against, instead of the post's `from`.
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

    /// How large a post may be.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads a post. This takes less time than [with a report](Self::parse_with_report).
    ///
    /// # Errors
    ///
    /// Those of [`Post::parse`]; with [`recover`](Self::recover), only breaches of [`Limits`] are left.
    pub fn parse<'a>(&self, source: &'a str) -> Result<Post<'a>, Error> {
        self.read(source, &mut Recorder::off())
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
        let post = self.read(source, &mut recorder)?;
        Ok((post, recorder.into_report()))
    }

    fn read<'a>(&self, source: &'a str, recorder: &mut Recorder) -> Result<Post<'a>, Error> {
        let front_matter = self.split(source, recorder)?;
        self.read_parts(source, &front_matter, recorder)
    }

    /// Cuts a post that is not too large into front matter and body.
    fn split<'a>(&self, source: &'a str, recorder: &mut Recorder) -> Result<FrontMatter<'a>, Error> {
        self.check_size(source.as_bytes())?;
        if self.recover {
            Ok(FrontMatter::split_or_body(source, &mut recorder.report().diagnostics))
        } else {
            FrontMatter::split(source)
        }
    }

    /// Reads a post that has been cut.
    fn read_parts<'a>(
        &self,
        source: &'a str,
        front_matter: &FrontMatter<'a>,
        recorder: &mut Recorder,
    ) -> Result<Post<'a>, Error> {
        let report = recorder.report();
        let mut meta = Meta::default();
        let front_matter::Reading { engine, declined } = front_matter::read(
            front_matter,
            self.engine,
            self.recover,
            &self.limits,
            &mut meta,
            &mut report.diagnostics,
        )?;
        report.metadata_engine = engine;
        report.metadata_declined = declined;
        let (prelude, prelude_length) = prelude::parse(front_matter.body());
        if recorder.is_on() {
            compare(front_matter, &meta, &prelude, &mut recorder.report().diagnostics);
        }

        let start = front_matter.body_offset() + prelude_length;
        let blocks = self.article(source, start, meta.from.as_deref(), recorder)?;
        Ok(Post { meta, prelude, blocks })
    }

    /// Reads the front matter into a type of your own, and the post.
    ///
    /// The post is cut into front matter and body once, and the article read once. The type gets what
    /// [`FrontMatter::deserialize`] gives it: the empty mapping, if there is no front matter. With
    /// [`recover`](Self::recover) the post is mended, and your type is not: front matter that is not YAML is
    /// an error.
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
    /// Those of [`parse`](Self::parse), and then those of [`FrontMatter::deserialize`].
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

    fn read_as<'a, M: Deserialize<'a>>(
        &self,
        source: &'a str,
        recorder: &mut Recorder,
    ) -> Result<(M, Post<'a>), Error> {
        let front_matter = self.split(source, recorder)?;
        let post = self.read_parts(source, &front_matter, recorder)?;
        Ok((front_matter.deserialize()?, post))
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
        self.read_bytes(source, &mut Recorder::off())
    }

    /// Reads a post from bytes, and says what was odd about it and what was taken out of it.
    ///
    /// # Errors
    ///
    /// Those of [`parse_bytes`](Self::parse_bytes).
    pub fn parse_bytes_with_report<'a>(&self, source: &'a [u8]) -> Result<(Post<'a>, Report), Error> {
        let mut recorder = Recorder::on();
        let post = self.read_bytes(source, &mut recorder)?;
        Ok((post, recorder.into_report()))
    }

    fn read_bytes<'a>(&self, source: &'a [u8], recorder: &mut Recorder) -> Result<Post<'a>, Error> {
        self.check_size(source)?;
        let invalid = match std::str::from_utf8(source) {
            Ok(source) => return self.read(source, recorder),
            Err(invalid) => invalid,
        };
        let position = Some(Position::of_bytes(source, invalid.valid_up_to()));
        if !self.recover {
            return Err(Error::new(ErrorKind::InvalidUtf8, position).with_source(invalid));
        }
        let lossy = String::from_utf8_lossy(source);
        let post = self.read(&lossy, recorder)?.into_owned();
        let message = "invalid UTF-8 was replaced by U+FFFD";
        let diagnostic = Diagnostic::new(DiagnosticKind::InvalidUtf8, message, position);
        recorder.report().diagnostics.insert(0, diagnostic);
        Ok(post)
    }

    /// Reads the article of a post that comes from the page `from`. The article begins at the byte `start`.
    fn article<'a>(
        &self,
        source: &'a str,
        start: usize,
        from: Option<&str>,
        recorder: &mut Recorder,
    ) -> Result<Vec<Block<'a>>, Error> {
        let body = &source[start..];
        // There is nothing to set up for a post that is all front matter.
        let blocks = if body.is_empty() {
            Vec::new()
        } else {
            let html =
                body::to_html(body, self.body_format, self.templates, recorder).map_err(|missing| {
                    let body::MissingFeature { format, feature } = missing;
                    let kind = ErrorKind::MissingFeature { format, feature };
                    Error::new(kind, Some(Position::of(source, start)))
                })?;
            recorder.report().body_format = Some(html.format);
            recorder.begin_html();
            let blocks = match &html.text {
                Cow::Borrowed(text) => self.blocks(text, from, recorder)?,
                Cow::Owned(text) => {
                    self.blocks(text, from, recorder)?.into_iter().map(Block::into_owned).collect()
                }
            };
            recorder.locate(source, start, |offset| html.origin(offset));
            blocks
        };
        if blocks.is_empty() && recorder.is_on() {
            let message = "the article holds nothing";
            let position = Some(Position::of(source, start));
            let diagnostic = Diagnostic::new(DiagnosticKind::EmptyArticle, message, position);
            recorder.report().diagnostics.push(diagnostic);
        }
        Ok(blocks)
    }

    /// Reads HTML that comes from the page `from`.
    fn blocks<'a>(
        &self,
        html: &'a str,
        from: Option<&str>,
        recorder: &mut Recorder,
    ) -> Result<Vec<Block<'a>>, Error> {
        let base_url = self.base_url.as_deref().or(from);
        let site = from.filter(|_| self.rules.depend_on_site());
        let page = self.rules.for_site(site.and_then(Base::new).and_then(|from| from.host()));
        let mut filter = Filter::new(&page, recorder, BlockBuilder::new(base_url, html.len()));
        let html::Reading { engine, declined, left_out } =
            html::drive(html, self.engine, &self.limits, &mut filter)?;
        let (builder, recorder) = filter.finish();
        let report = recorder.report();
        (report.html_engine, report.html_declined) = (Some(engine), declined);
        left_out.diagnose(&self.limits, recorder);
        html::diagnose_unclosed(html, recorder);
        Ok(builder.finish(recorder))
    }

    /// Fails, at the first byte beyond the limit, if there are too many.
    fn check_size(&self, source: &[u8]) -> Result<(), Error> {
        let maximum = self.limits.max_input_bytes();
        if source.len() <= maximum {
            return Ok(());
        }
        let is_inside = |at: usize| source[at] & 0xc0 == 0x80;
        // A character that is cut counts as a whole. No character has more than three bytes after its first.
        let at = (maximum.saturating_sub(3)..=maximum).rev().find(|&at| !is_inside(at)).unwrap_or(maximum);
        let kind = ErrorKind::LimitExceeded { limit: Limit::InputBytes, maximum };
        Err(Error::new(kind, Some(Position::of_bytes(source, at))))
    }
}

/// Compares what a post says twice: its title, its URL and its date.
fn compare(
    front_matter: &FrontMatter<'_>,
    meta: &Meta<'_>,
    prelude: &Prelude<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut note = |kind, key, message: String| {
        let position = front_matter::value_position(front_matter, key);
        diagnostics.push(Diagnostic::new(kind, message, position));
    };
    if let Some(heading) = &prelude.heading {
        let differs =
            |value: &Option<Cow<'_, str>>, other: &str| value.as_deref().is_some_and(|value| value != other);
        if differs(&meta.title, &heading.text) {
            let message = format!("title differs from the link heading: `{}`", heading.text);
            note(DiagnosticKind::TitleHeadingMismatch, "title", message);
        }
        if differs(&meta.from, &heading.url) {
            let message = format!("from differs from the link heading's URL: `{}`", heading.url);
            note(DiagnosticKind::FromHeadingMismatch, "from", message);
        }
    }
    if let (Some(Stamp::Millis(stamp)), Some(date)) = (prelude.stamp, meta.date) {
        let differs = date.timestamp().is_some_and(|moment| moment.as_millisecond() != stamp);
        if differs {
            let message = format!("date differs from the stamp: `{stamp}`");
            note(DiagnosticKind::DateStampMismatch, "date", message);
        }
    }
}
