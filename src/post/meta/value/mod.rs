//! Values of keys that the model does not know: the types, and what can be done with them.

mod deserializer;
mod map;
mod model;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use deserializer::ValueDeserializer;
pub use map::{MapIntoIter, MapIter, MapIterMut};
pub(crate) use model::MAX_DEPTH;
pub use model::{Map, Value};
