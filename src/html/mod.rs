//! The body: HTML in, events out.

mod dom;
pub(crate) mod event;
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
    match engine {
        Engine::Auto | Engine::Reference => {
            let mut sink = new_sink();
            dom::drive(html, limits, &mut sink)?;
            Ok((sink, HtmlEngine::Dom))
        }
    }
}
