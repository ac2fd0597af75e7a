//! The body: HTML in, events out.

mod attributes;
mod collapsed_text;
mod declarations;
mod dom;
mod element;
mod emoji;
pub(crate) mod event;
mod first_look;
mod inline_style;
mod left_out;
mod lone_div;
mod name_prefix;
mod nesting;
mod pixels;
mod players;
mod scanner;
mod set_off;
mod shown;
mod tag;
mod tag_sets;
#[cfg(test)]
mod tests;
mod tokenizer;
mod unclosed;
mod words;
mod written;

use crate::engine::{Decline, Engine};
use crate::error::Error;
use crate::limits::Limits;
use crate::report::HtmlEngine;

use event::EventSink;
pub(crate) use first_look::FirstLook;
pub(crate) use left_out::LeftOut;
pub(crate) use lone_div::LoneDiv;
pub(crate) use unclosed::diagnose as diagnose_unclosed;

/// What is to be told of a body that has been read.
pub(crate) struct Reading {
    pub(crate) engine: HtmlEngine,
    /// Why the scanner declined, if it was asked.
    pub(crate) declined: Option<Decline>,
    pub(crate) left_out: LeftOut,
}

/// Sends the events of `html` into a sink, which is [restarted](EventSink::restart) where a producer gives
/// up.
#[cfg(any(test, feature = "bench-stages"))]
pub(crate) fn drive<'a>(
    html: &'a str,
    engine: Engine,
    limits: &Limits,
    sink: &mut impl EventSink<'a>,
) -> Result<Reading, Error> {
    drive_after(FirstLook::at(html), html, engine, limits, sink)
}

/// Sends the events of `html`, which was [looked at](FirstLook::at), into a sink.
pub(crate) fn drive_after<'a>(
    look: FirstLook,
    html: &'a str,
    engine: Engine,
    limits: &Limits,
    sink: &mut impl EventSink<'a>,
) -> Result<Reading, Error> {
    let mut declined = None;
    if engine == Engine::Auto {
        match scanner::drive(look, html, limits, sink) {
            Ok(left_out) => return Ok(Reading { engine: HtmlEngine::Scan, declined: None, left_out }),
            Err(decline) => declined = Some(decline),
        }
        sink.restart();
    }
    Ok(Reading { engine: HtmlEngine::Dom, declined, left_out: dom::drive(html, limits, sink)? })
}
