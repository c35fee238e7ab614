//! Sandtable in the browser: what a learner sees.
//!
//! The app only wires: grading, runs, boards, gestures, records and routes are decided in the pure crates. See
//! `ARCHITECTURE.md` for the way from a line of YAML to a saved attempt.

#![allow(unreachable_pub)] // `#[component]` makes a function of its own, which is `pub` whatever ours is

mod browser;
mod dom;
mod pages;
mod records;
mod runner;
mod shell;
pub mod widgets;

pub use runner::Stage;

/// Mounts the app into the page's `#app`.
pub fn start() {
    sandtable_browser::panic::install();
    shell::mount();
}
