//! Items, answers, grading and behaviours.
//!
//! Pure: no browser, no clock, no randomness of its own, no I/O, and no panic that data could reach. A page, the
//! command line, an import and a test all call the same [`grade()`] and the same [`behaviour::step`].
//!
//! The way through: an [`Item`] is read, [`Item::split`] parts what a learner may see ([`ItemView`]) from the [`Key`],
//! [`present`] shuffles, a widget turns gestures into an [`Answer`], [`grade()`] gives a [`Verdict`], and
//! [`behaviour`] decides what of it is shown and what comes next.
#![warn(missing_docs)]

mod answer;
pub mod behaviour;
pub mod board;
pub mod ghost;
mod grade;
pub mod hand;
pub mod index;
mod item;
pub mod keys;
mod present;
mod quiz;
pub mod read;
mod route;
mod solution;
mod verdict;
mod whole;

pub use answer::Answer;
pub use grade::{Completeness, completeness, grade, whole_percent};
pub use item::{
    BlockKey, Body, ChoiceRule, Hint, Item, ItemView, Key, KeyBody, OptionKey, OrderRule, Pick, Piece, WrongPair,
};
pub use present::{Presentation, fresh_seed, present};
pub use quiz::{FORMAT, Quiz, Source, Via};
pub use route::{Route, address, route};
pub use solution::solution;
pub use verdict::{Feedback, Part, PartState, Verdict};
