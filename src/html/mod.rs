//! The body: HTML in, events out.

mod attrs;
mod dom;
mod entity;
pub(crate) mod event;
mod open;
mod scan;
mod tag;
mod width;

use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::report::HtmlEngine;

use event::EventSink;

/// Sends the events of `html` into a sink and returns it, with the engine that did it.
///
/// What a producer has sent is worthless once it gives up, so each begins with a sink of its own.
pub(crate) fn drive<'a, S: EventSink<'a>>(
    html: &'a str,
    engine: Engine,
    limits: &Limits,
    new_sink: impl Fn() -> S,
) -> Result<(S, HtmlEngine), Error> {
    if engine == Engine::Auto {
        let mut sink = new_sink();
        if scan::drive(html, limits, &mut sink).is_ok() {
            return Ok((sink, HtmlEngine::Scan));
        }
    }
    let mut sink = new_sink();
    dom::drive(html, limits, &mut sink)?;
    Ok((sink, HtmlEngine::Dom))
}
