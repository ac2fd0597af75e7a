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

/// Sends the events of `html` into a sink, and says which engine did it.
///
/// What a producer has sent is worthless once it gives up: then the sink is made anew. It is the caller's from the
/// start because it is large, and would be moved from hand to hand.
pub(crate) fn drive<'a, S: EventSink<'a>>(
    html: &'a str,
    engine: Engine,
    limits: &Limits,
    sink: &mut S,
    new_sink: impl Fn() -> S,
) -> Result<HtmlEngine, Error> {
    if engine == Engine::Auto {
        if scan::drive(html, limits, sink, &new_sink).is_ok() {
            return Ok(HtmlEngine::Scan);
        }
        *sink = new_sink();
    }
    dom::drive(html, limits, sink)?;
    Ok(HtmlEngine::Dom)
}
