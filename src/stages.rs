//! The stages one at a time, for the benchmarks. Behind the feature `bench-stages`, and not part of the
//! interface.

use crate::blocks::BlockBuilder;
use crate::display::Gate;
use crate::engine::Engine;
use crate::error::Error;
use crate::front_matter::{self, FrontMatter};
use crate::html;
use crate::html::event::{Element, EventSink, Removed, Tag};
use crate::limits::Limits;
use crate::post::{Block, Meta, Prelude};
use crate::prelude;
use crate::recorder::Recorder;
use crate::rules::{Filter, Rules};

/// Reads the metadata of a post that has been split.
pub fn metadata<'a>(front_matter: &FrontMatter<'a>, engine: Engine) -> Result<Meta<'a>, Error> {
    let mut meta = Meta::default();
    front_matter::read(front_matter, engine, false, &Limits::default(), &mut meta, &mut Vec::new())?;
    Ok(meta)
}

/// Reads what stands between the front matter and the article, and says how long it is.
pub fn prelude(body: &str) -> (Prelude<'_>, usize) {
    prelude::parse(body)
}

/// Counts the events of a body.
pub fn events(html: &str, engine: Engine) -> Result<usize, Error> {
    let mut counter = Counter(0);
    html::drive(html, engine, &Limits::default(), &mut counter)?;
    Ok(counter.0)
}

/// Counts the events of a body that the rules let pass.
pub fn filtered_events(html: &str, engine: Engine, rules: &Rules) -> Result<usize, Error> {
    let page = rules.for_site(None);
    let mut filter = Filter::new(&page, false, Counter(0));
    html::drive(html, engine, &Limits::default(), &mut filter)?;
    Ok(filter.finish().0)
}

/// Reads the blocks of a body.
pub fn blocks<'a>(html: &'a str, engine: Engine, rules: &Rules) -> Result<Vec<Block<'a>>, Error> {
    let page = rules.for_site(None);
    let filter = Filter::new(&page, false, BlockBuilder::new(None, html.len()));
    let mut gate = Gate::new(false, filter);
    html::drive(html, engine, &Limits::default(), &mut gate)?;
    Ok(gate.finish().finish().finish().finish(&mut Recorder::off()))
}

/// Counts tags, and bytes of text.
struct Counter(usize);

impl<'a> EventSink<'a> for Counter {
    fn open(&mut self, _: &Element<'a>) {
        self.0 += 1;
    }

    fn close(&mut self, _: Tag) {
        self.0 += 1;
    }

    fn text(&mut self, text: &'a str) {
        self.0 += text.len();
    }

    fn other_text(&mut self, text: &str) {
        self.0 += text.len();
    }

    fn removed(&mut self, _: Removed) {}

    fn restart(&mut self) {
        self.0 = 0;
    }
}
