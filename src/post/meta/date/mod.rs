//! Dates: from the text of a post to a date and back, with nothing invented.

mod iso;
mod model;
mod parser;
#[cfg(test)]
mod tests;
mod usual;

pub use model::{Date, UtcOffset};
pub use parser::DateParseError;
