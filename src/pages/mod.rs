//! One file a page. A page reads the index and the records, and derives the rest.

mod about;
mod bar;
mod builder;
mod course;
mod exercise;
mod not_found;
mod question;
mod share;
mod week;

pub(crate) use course::course;
pub(crate) use exercise::exercise;
pub(crate) use not_found::not_found;
pub(crate) use week::week;

use sandtable_progress::summary::Progress;

use crate::dom::{Node, el, set, t};

/// The column of a page, under its heading.
fn column(heading: &str, content: Vec<Node>) -> Node {
    let mut children = vec![el("h1", vec![set("tabindex", "-1")], vec![t(heading)])];
    children.extend(content);
    el("div", vec![set("class", "column")], children)
}

/// A page that takes all the room there is, under its heading.
fn wide(heading: &str, content: Vec<Node>) -> Node {
    let mut children = vec![el("h1", vec![set("tabindex", "-1")], vec![t(heading)])];
    children.extend(content);
    el("div", vec![set("class", "wide")], children)
}

/// "4 of 15 done".
fn done(progress: Progress) -> String {
    format!("{} of {} done", progress.done, progress.of)
}
