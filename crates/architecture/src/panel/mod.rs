//! What the builder's panels say and show: stages, verdicts, what is broken on purpose, help. All of it is derived; the
//! page only draws it.

mod file;
mod outage;
mod parts;
mod stage;
mod verdict;

#[cfg(test)]
mod tests;

pub use outage::{Break, Cell, Outage, Standing, Told, breaks};
pub use parts::{Group, item, palette, search_title};
pub use stage::{Stage, State, Wish, checked};
pub use verdict::{Hints, Tone, Verdict, first_open, marks, no_hint, states, verdict};
