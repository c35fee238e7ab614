use super::{Command, Item, Limits};
use crate::catalogue::Reason;
use crate::design::{Attr, Design};

/// One field of the inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// What people call it.
    pub label: &'static str,
    /// How it is filled in, and what it holds.
    pub control: Control,
    /// Why it cannot be changed.
    pub fixed: Option<String>,
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldId {
    /// The name.
    Name,
    /// The container.
    Inside,
    /// The role in the task.
    Role,
    /// A setting.
    Attr(Attr),
    /// A new link to another part.
    LinkTo,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text {
        /// What it holds.
        value: String,
    },
    /// One of several; the empty id is none.
    Select {
        /// The id of what is chosen, or empty.
        value: String,
        /// What there is to choose.
        options: Vec<Choice>,
    },
    /// Any of several.
    Checks(Vec<Check>),
    /// Yes or no.
    Toggle(bool),
    /// The rows of a route table, with a line to add one.
    Routes {
        /// The rows.
        rows: Vec<RouteRow>,
        /// Where a row may lead; [`DROP`] is nowhere.
        targets: Vec<Choice>,
    },
}

/// The id of the target "Drop (blackhole)"; no part can have it.
pub const DROP: &str = "!drop";

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What people read.
    pub label: String,
}

/// One thing to tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whether it is ticked.
    pub is_on: bool,
}

/// One row of a route table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// Its place among the rows that were written; `None` for a row that follows from something else and stays.
    pub place: Option<usize>,
    /// Which destinations it is for.
    pub prefix: String,
    /// The id of where they go: one of the targets, or empty for a row that stays.
    pub target: String,
    /// Where they go, as people read it.
    pub leads: String,
    /// Where the row comes from: "static", "local", "propagated".
    pub source: &'static str,
}

/// What was put into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A text, or the id that was chosen.
    Text(String),
    /// Something was ticked, or the tick was taken away.
    Tick(String, bool),
    /// A switch.
    Toggle(bool),
    /// A new row: prefix and id of the target.
    AddRoute(String, String),
    /// A row's prefix.
    RoutePrefix(usize, String),
    /// A row's target.
    RouteTarget(usize, String),
    /// A row goes.
    RemoveRoute(usize),
}

/// The fields of a part or a link, in the order in which they are shown; empty when it is not there.
#[must_use]
pub fn fields(design: &Design, limits: &Limits, item: &Item) -> Vec<Field> {
    let _ = (design, limits, item);
    Vec::new()
}

/// The command that an input stands for, or, in a sentence, what is wrong with the input.
pub fn input(design: &Design, item: &Item, field: FieldId, input: Input) -> Result<Command, Reason> {
    let _ = (design, item, field, input);
    Err(Reason("This is not there any more.".to_owned()))
}
