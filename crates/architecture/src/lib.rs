//! Designs of clouds: the model, what may stand where, rules, faults, and the editor.
//!
//! Pure: no browser, no clock, no randomness of its own, no I/O, and no panic that data could reach. The page, the
//! command line, the course compiler and every test call the same [`rules::check`] and the same editor.
//!
//! The way through: a [`design::Design`] is a tree of parts plus links. [`catalogue`] says which attributes a kind has
//! and answers, in words, whether a part may stand somewhere or be linked to another. [`network`] walks a packet through
//! the route tables. [`rules`] holds a design against a [`task::Task`].
#![warn(missing_docs)]

pub mod catalogue;
pub mod design;
pub mod editor;
pub mod geometry;
pub mod network;
pub mod panel;
pub mod rules;
pub mod sorted;
pub mod task;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod words;
