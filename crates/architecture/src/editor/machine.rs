use std::collections::BTreeSet;

use super::{Command, Item};
use crate::catalogue::Reason;
use crate::design::{Design, Kind, PartId};
use crate::geometry::{Camera, Drop, Guide, Layout, Point, Rect};

/// What pointers do on the stage, and what comes of it: one state, one arm a state. It changes nothing itself; commands and
/// what is to be shown come out of [`Machine::step`], and a gesture that is cancelled leaves everything as it was.
#[derive(Clone, Debug, Default)]
pub struct Machine {}

/// What the machine may look at.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// The design.
    pub design: &'a Design,
    /// Where its parts and links are.
    pub layout: &'a Layout,
    /// What is selected.
    pub selection: &'a BTreeSet<Item>,
    /// What the stage shows.
    pub camera: Camera,
}

/// What happens to the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A pointer goes down.
    Down(Pointer),
    /// A pointer moves, pressed or not.
    Move(Pointer),
    /// A pointer goes up.
    Up(Pointer),
    /// The browser took the pointer away (`pointercancel`, `lostpointercapture`).
    Lost,
    /// The window lost focus.
    Blur,
    /// Escape, or a Cancel button.
    Escape,
    /// A kind of the palette was clicked or tapped: it is carried until the next click.
    CarryKind(Kind),
    /// A kind of the palette is being dragged: it lands where the pointer goes up.
    DragKind(Kind),
    /// The selected parts are carried until the next click: the Move button, M.
    CarryParts,
    /// A link is drawn from the selected part to the next that is clicked: the Connect button, C. Without a selection, from
    /// the next part that is clicked.
    Connect,
}

/// A pointer event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The browser's id of the pointer.
    pub id: i32,
    /// Where, in pixels of the stage.
    pub stage: Point,
    /// What points.
    pub kind: PointerKind,
    /// The buttons that are down, as in the DOM: 1 first, 2 second, 4 middle.
    pub buttons: u16,
    /// The keys held.
    pub keys: Modifiers,
}

/// What points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse.
    #[default]
    Mouse,
    /// A pen.
    Pen,
    /// A finger.
    Touch,
}

/// Keys held during a pointer event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Shift: adds to the selection; from the ground it draws a frame.
    pub shift: bool,
    /// Control or Command: adds to the selection.
    pub control: bool,
    /// Alt: no snapping to others.
    pub alt: bool,
}

/// Where something would land, for the outline and the words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// The container, or why it is refused.
    pub drop: Drop,
    /// What people call the place: "Orders", "the ground".
    pub name: String,
}

/// What the machine wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// Run this; it is the end of a gesture and one step of undo.
    Run(Command),
    /// The selection is now this.
    Select(BTreeSet<Item>),
    /// The camera is now this.
    Camera(Camera),
    /// Parts are lifted: [`crate::geometry::Stage::drag_start`].
    Lift(Vec<PartId>),
    /// What was lifted is now so far from where it was: [`crate::geometry::Stage::drag_step`].
    Drag {
        /// To the right, in pixels of the drawing.
        dx: i32,
        /// Down.
        dy: i32,
        /// Where it would land.
        landing: Landing,
        /// The lines along which it is in line with others.
        guides: Vec<Guide>,
    },
    /// What was lifted is set down where it was: [`crate::geometry::Stage::drag_end`]. Comes before a command.
    Lower,
    /// A new part would stand here: [`crate::geometry::Stage::ghost`]; `None` takes it away.
    Ghost(Option<(Kind, Rect, Landing)>),
    /// A frame is drawn around what will be selected; `None` takes it away.
    Frame(Option<Rect>),
    /// A container would have this border; `None` takes it away.
    Border(Option<(PartId, Rect)>),
    /// A link is on its way from here to there; `None` takes it away. The reason says why the part there refuses it.
    Line(Option<(Point, Point, Result<Option<PartId>, Reason>)>),
    /// It cannot be done, and why.
    Refuse(Reason),
    /// The pointer is to be captured, or let go.
    Capture(bool),
    /// What the next click does, as a sentence for the status line; `None` when nothing special.
    Status(Option<String>),
}

impl Machine {
    /// Takes one event and says what comes of it.
    pub fn step(&mut self, input: Input, sight: Sight<'_>) -> Vec<Out> {
        let _ = (input, sight);
        Vec::new()
    }

    /// True while the stage has to keep the browser from scrolling: a gesture is on its way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        false
    }
}
