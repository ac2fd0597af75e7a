//! The pipeline: a post goes through all stages, one after the other.

use std::borrow::Cow;
use std::mem::replace;

use serde::Deserialize;

use super::Parser;
use super::compare::compare;
use crate::blocks::{BlockBuilder, LoneText};
use crate::body;
use crate::body_format::BodyFormat;
use crate::display::{Gate, ShownText};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Position};
use crate::front_matter::{self, FileName, FrontMatter};
use crate::html::event::EventSink;
use crate::html::{self, LoneDiv};
use crate::limits::Limit;
use crate::post::{Block, Meta, Post};
use crate::prelude;
use crate::recorder::Recorder;
use crate::report::{Diagnostic, DiagnosticKind, HtmlEngine};
use crate::rules::{Filter, Shapes, SiteRules};
use crate::url::Base;

impl Parser {
    pub(super) fn read<'a>(
        &self,
        source: &'a str,
        name: Option<&str>,
        recorder: &mut Recorder,
    ) -> Result<Post<'a>, Error> {
        let front_matter = self.split(source, recorder)?;
        self.read_parts(source, &front_matter, name, recorder)
    }

    /// Cuts a post that is not too large into front matter and body.
    fn split<'a>(&self, source: &'a str, recorder: &mut Recorder) -> Result<FrontMatter<'a>, Error> {
        self.check_size(source.as_bytes())?;
        if self.recover {
            Ok(FrontMatter::split_and_diagnose(source, &mut recorder.report().diagnostics))
        } else {
            FrontMatter::split(source)
        }
    }

    /// Reads a post that has been cut.
    fn read_parts<'a>(
        &self,
        source: &'a str,
        front_matter: &FrontMatter<'a>,
        name: Option<&str>,
        recorder: &mut Recorder,
    ) -> Result<Post<'a>, Error> {
        let report = recorder.report();
        // Filled where it is, because it is large.
        let mut post = Post::default();
        let front_matter::Reading { engine, declined } = front_matter::read(
            front_matter,
            self.engine,
            self.recover,
            &self.limits,
            &mut post.meta,
            &mut report.diagnostics,
        )?;
        report.metadata_engine = engine;
        report.metadata_declined = declined;
        let name = name.map(FileName::parse);
        if let Some(name) = &name {
            name.fill(&mut post.meta);
        }
        let prelude_length;
        (post.prelude, prelude_length) = prelude::parse(front_matter.body());
        if recorder.is_on() {
            compare(front_matter, &post.meta, &post.prelude, &mut recorder.report().diagnostics);
        }

        let start = front_matter.body_offset() + prelude_length;
        let is_html = self.body_format == BodyFormat::Auto && name.is_some_and(|name| name.means_html());
        let format = if is_html { BodyFormat::Html } else { self.body_format };
        post.blocks = self.article(source, start, format, &post.meta, recorder)?;
        Ok(post)
    }

    pub(super) fn read_as<'a, M: Deserialize<'a>>(
        &self,
        source: &'a str,
        recorder: &mut Recorder,
    ) -> Result<(M, Post<'a>), Error> {
        let front_matter = self.split(source, recorder)?;
        let post = self.read_parts(source, &front_matter, None, recorder)?;
        Ok((front_matter.deserialize()?, post))
    }

    pub(super) fn read_bytes<'a>(
        &self,
        source: &'a [u8],
        name: Option<&str>,
        recorder: &mut Recorder,
    ) -> Result<Post<'a>, Error> {
        self.check_size(source)?;
        // The fast check does not say where the error is: the standard library looks for it.
        let text = simdutf8::basic::from_utf8(source).or_else(|_| std::str::from_utf8(source));
        let invalid = match text {
            Ok(source) => return self.read(source, name, recorder),
            Err(invalid) => invalid,
        };
        let position = Some(Position::of_bytes(source, invalid.valid_up_to()));
        if !self.recover {
            return Err(Error::new(ErrorKind::InvalidUtf8, position).with_source(invalid));
        }
        let lossy = String::from_utf8_lossy(source);
        let post = self.read(&lossy, name, recorder)?.into_owned();
        let message = "invalid UTF-8 was replaced by U+FFFD";
        let diagnostic = Diagnostic::new(DiagnosticKind::InvalidUtf8, message, position);
        recorder.report().diagnostics.insert(0, diagnostic);
        Ok(post)
    }

    /// Reads the article of a post with this metadata. The article begins at the byte `start`.
    fn article<'a>(
        &self,
        source: &'a str,
        start: usize,
        format: BodyFormat,
        meta: &Meta<'_>,
        recorder: &mut Recorder,
    ) -> Result<Vec<Block<'a>>, Error> {
        let body = &source[start..];
        // There is nothing to set up for a post that is all front matter.
        let blocks = if body.is_empty() {
            Vec::new()
        } else if let Some(lone) = self.lone_div(body, format, recorder.is_on()) {
            let report = recorder.report();
            (report.body_format, report.html_engine) = (Some(BodyFormat::Html), Some(HtmlEngine::Scan));
            let mut text = LoneText::new(body.len());
            lone.send(&mut text);
            text.finish()
        } else {
            let html = body::to_html(body, format, self.templates, recorder).map_err(|missing| {
                let kind = ErrorKind::MissingFeature { feature: missing.0 };
                Error::new(kind, Some(Position::of(source, start)))
            })?;
            recorder.report().body_format = Some(html.format);
            recorder.begin_html();
            let mut look = html::FirstLook::at(&html.text);
            let html = if look.has_carriage_returns {
                let html = html.without_carriage_returns(recorder.is_on());
                look = html::FirstLook::at(&html.text);
                html
            } else {
                html
            };
            let html = if look.has_c1 { html.without_c1(recorder.is_on()) } else { html };
            let blocks = match &html.text {
                Cow::Borrowed(text) => self.blocks(look, text, true, meta, recorder)?,
                Cow::Owned(text) => {
                    let blocks = self.blocks(look, text, false, meta, recorder)?;
                    blocks.into_iter().map(Block::into_owned).collect()
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

    /// What stands in a body that is one `<div>` of text, if no stage would do anything with it other than to
    /// make paragraphs of the text: it is found to be HTML, and no rule is about it.
    fn lone_div<'a>(&self, body: &'a str, format: BodyFormat, with_report: bool) -> Option<LoneDiv<'a>> {
        if self.engine != Engine::Auto || format == BodyFormat::Markdown {
            return None;
        }
        let lone = LoneDiv::of(body, &self.limits)?;
        let is_plain = !self.rules.shapes()
            && !self.rules.may_match_bare(&LoneDiv::TAGS)
            && !body::has_template_tags(body, self.templates, with_report);
        is_plain.then_some(lone)
    }

    /// Reads the HTML of a post with this metadata. `is_body` says whether it is the body itself, and was not
    /// made from it.
    fn blocks<'a>(
        &self,
        look: html::FirstLook,
        html: &'a str,
        is_body: bool,
        meta: &Meta<'_>,
        recorder: &mut Recorder,
    ) -> Result<Vec<Block<'a>>, Error> {
        let from = meta.from.as_deref();
        let base_url = self.base_url.as_deref().or(from);
        let site = from.filter(|_| self.rules.depend_on_site());
        let page = self.rules.for_site(site.and_then(Base::new).and_then(|from| from.host()));
        let builder = BlockBuilder::new(base_url, html.len()).removing_permalinks(self.rules.shapes());
        let drive = Drive { look, html, is_body, parser: self, page: &page };
        if self.rules.shapes() {
            let shapes = Shapes::new(meta.title.as_deref(), recorder.is_on(), builder);
            drive.run(shapes, recorder, Shapes::finish)
        } else {
            drive.run(builder, recorder, |builder| builder)
        }
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

/// HTML to be read, and how.
struct Drive<'p, 'a> {
    look: html::FirstLook,
    html: &'a str,
    /// Whether it is the body itself, and was not made from it.
    is_body: bool,
    parser: &'p Parser,
    page: &'p SiteRules<'p>,
}

impl<'a> Drive<'_, 'a> {
    /// Reads the HTML into a sink for what the rules let pass. `builder_of` gives the builder of blocks in
    /// it, once all events have come.
    fn run<'b, S: EventSink<'a>>(
        self,
        sink: S,
        recorder: &mut Recorder,
        builder_of: impl Fn(&mut S) -> &mut BlockBuilder<'a, 'b>,
    ) -> Result<Vec<Block<'a>>, Error>
    where
        'a: 'b,
    {
        let &Self { look, html, is_body, parser, page } = &self;
        let is_on = recorder.is_on();
        let mut gate = Gate::new(is_on, Filter::new(page, is_on, sink));
        let (mut asked, mut declined_before, mut knows_article) = (parser.engine, None, false);
        // The one call of the reader, which is compiled into this function.
        let html::Reading { engine, declined, left_out } = loop {
            let mut reading = html::drive_after(look, html, asked, &parser.limits, &mut gate)?;
            let display = gate.finish();
            reading.declined = reading.declined.or(declined_before);
            let shows_article = !replace(&mut knows_article, true)
                && display.has_hidden_text()
                && display.restart_with_article(self.count_shown()?);
            if !shows_article {
                if !builder_of(display.finish().finish()).begin_second_reading(html) {
                    break reading;
                }
                gate.restart();
            }
            declined_before = reading.declined;
            if reading.engine == HtmlEngine::Dom {
                asked = Engine::Reference;
            }
        };
        let display = gate.finish();
        for (element, start) in display.take_kept() {
            recorder.diagnose(DiagnosticKind::HiddenArticle, start, || {
                format!("an element that hides most of the article was kept: `{element}`")
            });
        }
        let report = recorder.report();
        (report.html_engine, report.html_declined) = (Some(engine), declined);
        left_out.diagnose(&parser.limits, recorder);
        html::diagnose_unclosed(html, is_body, recorder);
        Ok(builder_of(display.finish().finish()).finish(recorder))
    }

    /// How much text is shown.
    #[cold]
    fn count_shown(&self) -> Result<usize, Error> {
        let mut shown = Gate::new(false, ShownText::default());
        html::drive_after(self.look, self.html, self.parser.engine, &self.parser.limits, &mut shown)?;
        Ok(shown.finish().finish().count())
    }
}
