use super::Item;
use crate::design::{Cell, Kind, PartId};

/// What the keyboard is in the middle of. A view draws it; keys go to it first; Escape ends it and leaves all as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    #[default]
    Idle,
    /// Typing narrows a list, Enter takes what is marked.
    Search(Search),
    /// Parts are carried by arrows; Enter or Space puts them down.
    Carry(Carry),
}

/// A list that typing narrows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What it is for.
    pub purpose: Purpose,
    /// What has been typed.
    pub typed: String,
    /// What fits, what can be taken first, then what cannot, with the reason.
    pub hits: Vec<Hit>,
    /// Which of them is marked.
    pub at: usize,
    /// Where the marked kind would be placed, when the purpose is to place one: the containers that allow it.
    pub homes: Vec<Option<PartId>>,
    /// Which of the homes is aimed at.
    pub home: usize,
    pub(super) all: Vec<Hit>,
}

/// What a search is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A kind to place.
    Place,
    /// A part to link this one to.
    Connect(PartId),
    /// A link of this part to follow.
    Follow(PartId),
    /// A container for these parts.
    MoveInto(Vec<PartId>),
}

/// One line of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What would be taken.
    pub what: Target,
    /// What people read.
    pub label: String,
    /// Why it cannot be taken.
    pub refused: Option<String>,
}

/// What a line of a search stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A kind.
    Kind(Kind),
    /// A part or a link.
    Item(Item),
    /// The ground, outside all parts.
    Ground,
}

/// Parts in the hand of the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carry {
    /// Which.
    pub parts: Vec<PartId>,
    /// What would hold them.
    pub parent: Option<PartId>,
    /// Where the first would be, relative to it.
    pub at: Cell,
    /// The containers that allow them.
    pub homes: Vec<Option<PartId>>,
}
