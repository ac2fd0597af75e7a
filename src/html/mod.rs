//! The body: HTML in, events out.

mod attributes;
mod dom;
mod entity;
pub(crate) mod event;
mod left_out;
mod name_prefix;
mod scanner;
mod tag;
mod tag_sets;
mod tokenizer;

use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::report::HtmlEngine;

use event::EventSink;
pub(crate) use left_out::LeftOut;

/// Sends the events of `html` into a sink, and says which engine did it and what the limits left out.
///
/// What a producer has sent is worthless once it gives up: then the sink is made anew. It is the caller's from the
/// start because it is large, and would be moved from hand to hand.
pub(crate) fn drive<'a, S: EventSink<'a>>(
    html: &'a str,
    engine: Engine,
    limits: &Limits,
    sink: &mut S,
    new_sink: impl Fn() -> S,
) -> Result<(HtmlEngine, LeftOut), Error> {
    if engine == Engine::Auto {
        if let Ok(left_out) = scanner::drive(html, limits, sink, &new_sink) {
            return Ok((HtmlEngine::Scan, left_out));
        }
        *sink = new_sink();
    }
    Ok((HtmlEngine::Dom, dom::drive(html, limits, sink)?))
}
