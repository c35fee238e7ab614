use sandtable_architecture::design::Kind;
use sandtable_architecture::editor::{Action, FieldId, Gesture, Item, Place, Pointer, Press};
use sandtable_architecture::panel::Stage;

use super::desk::View;

/// What can be done on the page. An element carries one as data, so that all of the page has one listener of each sort.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    /// Goes to a stage.
    Stage(Stage),
    /// Shows a panel.
    View(View),
    /// Starts an action.
    Start(Action),
    /// The same about one item.
    StartOn(Action, Item),
    /// Goes to a part or a link where it can be seen.
    Show(Item),
    /// The same, to one of its settings, with what is said of it.
    ShowField(Item, FieldId, String),
    /// Opens the settings, or closes them.
    Fold,
    /// Begins what the pointer goes on with on the canvas.
    Begin(Gesture),
    /// Narrows the palette.
    FindPart,
    /// Adds a kind.
    Add(Kind),
    /// A pointer over a kind of the palette: drags it.
    Pull(Kind),
    /// A key on the canvas.
    CanvasKey,
    /// A key in the settings.
    SettingsKey,
    /// A key anywhere else.
    DeskKey,
    /// Types into the search.
    Search,
    /// Takes a line of the search.
    Take(usize),
    /// Ends the search.
    EndSearch,
    /// Ends whatever was begun.
    Cancel,
    /// A key in the outline.
    OutlineKey,
    /// Narrows the outline.
    FindRow,
    /// Narrows the outline to what fails.
    OnlyFailing,
    /// Goes to a row.
    Row(Place),
    /// Opens a row's menu, or closes it.
    Menu(Place),
    /// Takes a line of the menu that is open.
    MenuLine(usize),
    /// The focus has left the menu.
    LeaveMenu,
    /// Gives a field another value.
    Field(FieldId, Part),
    /// The prefix of a route that is being added.
    NewPrefix,
    /// Where it leads.
    NewTarget,
    /// A key in the field of its prefix.
    NewRouteKey(FieldId),
    /// Chooses what to break.
    ChooseBreak,
    /// Breaks it.
    Break,
    /// Mends it.
    Mend,
    /// Opens a cell of the table of flows, or closes it.
    Cell(usize, usize),
    /// Puts the stage back to how it began.
    Again,
    /// Saves the design as a file.
    SaveFile,
    /// Asks which file to open.
    ChooseFile,
    /// Opens a design from a file: the page gives its text.
    OpenFile,
    /// Goes to what a check has found.
    Findings,
    /// Takes a hint.
    Hint,
    /// Opens the list of keys.
    Keys,
    /// Closes it.
    CloseKeys,
    /// Does what the primary button does.
    Primary,
}

/// Which part of a field is given another value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// All of it.
    Text,
    /// A box of several.
    Check(String),
    /// The one box.
    Toggle,
    /// The prefix of a route.
    Prefix(usize),
    /// The target of a route.
    Target(usize),
    /// A route, taken away.
    Remove(usize),
    /// The route that was being added.
    Add,
}

/// What an element listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// A click, or a key or a screen reader in its place.
    Click,
    /// A value that was given and is final.
    Change,
    /// A value while it is typed.
    Input,
    /// A key that went down.
    Key,
    /// Anything that a pointer does.
    Pointer,
    /// The focus went out of it.
    Leave,
}

/// What happened.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A click.
    Click {
        /// False when a key or a screen reader made it.
        is_pointer: bool,
    },
    /// Another value, in the form that the field has.
    Given {
        /// Of a text or a list.
        value: String,
        /// Of a box.
        is_on: bool,
    },
    /// A key.
    Key(Down),
    /// A pointer.
    Pointer(Phase, Pull),
    /// The focus went out.
    Left,
}

/// A key that went down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Down {
    /// Which, where it is one that means something.
    pub(crate) press: Option<Press>,
    /// It is held down, and came again.
    pub(crate) is_repeat: bool,
    /// The host's own: with Alt, or the one of the primary button.
    pub(crate) is_hosts: bool,
    /// On what.
    pub(crate) at: At,
}

/// What a key went down on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The field of the search.
    Search,
    /// A button that is not the proxy.
    Button,
    /// A list.
    List,
    /// A field of text elsewhere.
    Text,
    /// Anything else.
    Other,
}

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Goes down.
    Down,
    /// Moves.
    Move,
    /// Goes up.
    Up,
    /// Is lost.
    Lost,
}

/// A pointer outside the canvas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pull {
    /// The same on the stage.
    pub(crate) pointer: Pointer,
    /// Where it is in the window.
    pub(crate) x: i32,
    /// Where it is in the window.
    pub(crate) y: i32,
    /// It may drag: the main button of a mouse or a pen, not on a button of the page.
    pub(crate) may_drag: bool,
}
