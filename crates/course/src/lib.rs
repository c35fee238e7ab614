//! Reads the course as text, checks it and compiles it.
//!
//! The way through: [`read`] takes the files of `exercises/` off the disk and [`check_files`] does the rest in memory.
//! `source` makes a tree of nodes with their places out of YAML, `shape` holds it against the schema of the author
//! types and collects every difference, `lint` judges what has the right shape, `ids` keeps ids from being lost,
//! `builder` makes the designs of a builder and proves its rules by them, and `compile` writes what a browser reads. Nothing panics, whatever the bytes, and one broken file stops no other.
#![warn(missing_docs)]

mod author;
mod builder;
mod check;
mod compile;
mod date;
mod files;
mod ids;
mod lint;
mod markdown;
mod output;
mod problem;
mod render;
mod schema;
mod shape;
mod source;
mod text;

use std::path::Path;

pub use builder::CompiledBuilder;
pub use check::{Checked, check_files};
pub use compile::hex;
pub use date::Date;
pub use output::{Compiled, Stats, TopicStats, WeekStats};
pub use problem::{Problem, Severity, Span};
pub use render::render_human;
pub use schema::schemas;

/// Reads and checks the course in a folder, judged as of `today`.
#[must_use]
pub fn read(dir: &Path, today: Date) -> Checked {
    let (files, problems) = files::read(dir);
    check::with(files, problems, today)
}
