//! Events in, events out: what a browser shows of a body, whatever the rules are.
//!
//! Elements that no browser shows go, and so do texts that are invisible. White space that is shown becomes
//! the line breaks and no-break spaces that show the same elsewhere. Buttons that are titles become texts.
//!
//! | file | job |
//! |---|---|
//! | `gate` | events that are shown as they come go straight on |
//! | `questions` | a button that is a title is a text, and no control |
//! | `visible` | what no browser shows goes |
//! | `look` | what a start tag says of how its element is shown |
//! | `formulas` | of the copies of one formula, one |
//! | `gone` | an element that no browser shows |
//! | `invisible` | texts that are not visible, in elements that may hold visible ones |
//! | `lines` | white space that is shown |
//! | `weight` | elements that hide most of the article |

mod formulas;
mod gate;
mod gone;
mod invisible;
mod lines;
mod look;
mod questions;
mod visible;
mod weight;

#[cfg(test)]
mod tests;

pub(crate) use gate::Gate;
pub(crate) use weight::ShownText;
