//! Posts as text to read.

mod text;
