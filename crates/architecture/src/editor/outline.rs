use std::collections::{BTreeMap, BTreeSet};

use super::keys::{Effect, Press};
use super::{Editor, Item};
use crate::design::{Design, Kind, PartId};

/// The outline: a treegrid whose rows are parts and, under each, its links and what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The parts whose rows are closed.
    pub closed: BTreeSet<PartId>,
    /// What is shown.
    pub filter: Filter,
    /// The row that has the focus.
    pub at: Option<Place>,
    /// The cell that has it; `None` is the row.
    pub column: Option<Column>,
}

/// A row's place: a link has a row under each of its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What the row shows.
    pub item: Item,
    /// The part under which it stands.
    pub under: Option<PartId>,
}

/// What the outline shows. Ancestors of what fits stay, so that the tree holds together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the name.
    pub text: String,
    /// A kind.
    pub kind: Option<Kind>,
    /// Only what has a state: what is down or fails a rule.
    pub failing: bool,
}

/// A column, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Name,
    /// The kind.
    Kind,
    /// How many links go out.
    Links,
    /// The state.
    State,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub place: Place,
    /// How deep, from 1 (`aria-level`).
    pub level: usize,
    /// Whether it has rows under it.
    pub has_children: bool,
    /// Whether they are shown (`aria-expanded`, when it has any).
    pub is_open: bool,
    /// Its place among its siblings, from 1 (`aria-posinset`).
    pub posinset: usize,
    /// How many siblings there are, itself included (`aria-setsize`).
    pub setsize: usize,
    /// The name, or what the link does: "attached to Hub, table Production".
    pub name: String,
    /// The kind.
    pub kind: String,
    /// The links, in words: "2 links".
    pub links: String,
    /// "Given", "down", what fails; empty when there is nothing to say.
    pub state: String,
}

impl Outline {
    /// All rows that are shown, in order; a view draws a window of them. `states` is what the shell knows of parts and
    /// links: what is down, what fails.
    #[must_use]
    pub fn rows(&self, design: &Design, states: &BTreeMap<Item, String>) -> Vec<Row> {
        let _ = (design, states);
        Vec::new()
    }

    /// One key in the outline. Keys that mean nothing to a treegrid start the same actions as on the canvas.
    pub fn step(&mut self, editor: &mut Editor, states: &BTreeMap<Item, String>, press: Press) -> Vec<Effect> {
        let _ = (editor, states, press);
        Vec::new()
    }
}
