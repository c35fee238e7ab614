mod aim;
#[cfg(test)]
mod tests;

use crate::sorted::BTreeSet;

use super::{Command, Item};
use crate::catalogue::Reason;
use crate::design::{Design, Kind, PartId};
use crate::geometry::{Camera, Drop, Guide, Hit, Layout, Point, Rect, Sides};

/// What pointers do on the stage, and what comes of it: one state, one arm a state. It changes nothing itself; commands and
/// what is to be shown come out of [`Machine::step`], and a gesture that is cancelled leaves everything as it was.
///
/// The state is the whole memory: what a preview showed and what the end of the gesture does come from one function, with
/// the same point.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    state: State,
    /// The fingers that are down, and where, in pixels of the stage.
    fingers: Vec<(i32, Point)>,
    /// The pointer whose first button went down here.
    down: Option<i32>,
}

/// What is going on.
#[derive(Clone, Debug, Default)]
enum State {
    /// Nothing.
    #[default]
    Idle,
    /// A pointer is down and has not gone far.
    Pressed(Press),
    /// A pointer is down and drags something.
    Dragged(Press, What),
    /// A link is drawn from a part. `held` is the pointer that draws it; without one, it is the next click.
    Linking {
        from: PartId,
        start: Point,
        held: Option<i32>,
    },
    /// The next click says from which part a link is drawn.
    Picking,
    /// Two fingers move and scale the drawing.
    Pinching { fingers: [(i32, Point); 2], before: Camera },
    /// Something waits for the click that puts it down.
    Carrying(Load),
    /// A new part is dragged from the palette, by this pointer once it has moved.
    New(Kind, Option<i32>),
}

/// What is dragged.
#[derive(Clone, Debug)]
enum What {
    /// Parts.
    Parts(Flight),
    /// A container's edges.
    Border(PartId, Sides),
    /// A frame is drawn; what was selected before stays selected.
    Frame(BTreeSet<Item>),
    /// The drawing under the stage; the camera before.
    Drawing(Camera),
}

/// A pointer that went down.
#[derive(Clone, Debug)]
struct Press {
    pointer: Pointer,
    /// Where, in pixels of the drawing.
    world: Point,
    hit: Hit,
}

/// Parts on their way.
#[derive(Clone, Debug)]
struct Flight {
    /// The one that was taken hold of comes first.
    parts: Vec<PartId>,
    /// Where that one was.
    lead: Rect,
    /// What was selected before, when the gesture changed it.
    selected: Option<BTreeSet<Item>>,
}

/// What is carried.
#[derive(Clone, Debug)]
enum Load {
    /// A new part.
    New(Kind),
    /// Parts of the design.
    Parts(Flight),
}

/// How far a pointer goes before a press is a drag, in px of the stage.
const FAR: i32 = 4;
/// The same for a finger.
const FAR_TOUCH: i32 = 8;

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
    /// The browser took this pointer away (`pointercancel`, `lostpointercapture`).
    Lost(i32),
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
        let mut outs = Vec::new();
        self.follow_fingers(&input);
        match &input {
            Input::CarryKind(_) | Input::DragKind(_) | Input::CarryParts | Input::Connect => {
                self.cancel(&mut outs);
                self.begin(&input, sight, &mut outs);
            }
            Input::Blur | Input::Escape => self.cancel(&mut outs),
            Input::Lost(id) => {
                if self.down == Some(*id) {
                    self.down = None;
                }
                // What waits for a click has no pointer to lose: after each touch and each captured drag the browser says
                // that the pointer is gone.
                if self.holds(*id) == Some(true) {
                    self.cancel(&mut outs);
                }
            }
            Input::Down(pointer) => self.point(pointer, Phase::Down, sight, &mut outs),
            Input::Move(pointer) => self.point(pointer, Phase::Move, sight, &mut outs),
            Input::Up(pointer) => self.point(pointer, Phase::Up, sight, &mut outs),
        }
        outs
    }

    /// True while the stage has to keep the browser from scrolling: a gesture is on its way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match &self.state {
            State::Idle | State::Pressed(_) | State::Picking | State::Carrying(_) => false,
            State::Linking { held, .. } => held.is_some(),
            State::Dragged(..) | State::Pinching { .. } | State::New(..) => true,
        }
    }

    /// Whether what is going on is this pointer's; `None` when it is nobody's and waits.
    fn holds(&self, id: i32) -> Option<bool> {
        let holder = match &self.state {
            State::Pressed(press) | State::Dragged(press, _) => press.pointer.id,
            State::Linking { held, .. } => (*held)?,
            State::New(_, by) => by.unwrap_or(id),
            State::Pinching { fingers: [a, b], .. } => return Some(a.0 == id || b.0 == id),
            State::Idle | State::Picking | State::Carrying(_) => return None,
        };
        Some(holder == id)
    }

    /// Keeps track of the fingers.
    fn follow_fingers(&mut self, input: &Input) {
        match input {
            Input::Down(pointer) if pointer.kind == PointerKind::Touch => {
                self.fingers.retain(|(id, _)| *id != pointer.id);
                self.fingers.push((pointer.id, pointer.stage));
            }
            Input::Move(pointer) => {
                for (id, at) in &mut self.fingers {
                    if *id == pointer.id {
                        *at = pointer.stage;
                    }
                }
            }
            Input::Up(Pointer { id: gone, .. }) | Input::Lost(gone) => self.fingers.retain(|(id, _)| id != gone),
            Input::Blur => self.fingers.clear(),
            _ => {}
        }
    }

    /// Ends what is going on, as if it had never begun.
    fn cancel(&mut self, outs: &mut Vec<Out>) {
        // A press that was cancelled is no click any more.
        self.down = None;
        match std::mem::take(&mut self.state) {
            State::Idle | State::Pressed(_) => {}
            State::Dragged(press, what) => {
                match what {
                    What::Parts(flight) => {
                        outs.push(Out::Lower);
                        outs.extend(flight.selected.map(Out::Select));
                    }
                    What::Border(..) => outs.push(Out::Border(None)),
                    What::Frame(before) => {
                        outs.push(Out::Frame(None));
                        outs.push(Out::Select(before));
                    }
                    What::Drawing(before) => outs.push(Out::Camera(before)),
                }
                capture(&press.pointer, false, outs);
            }
            State::Linking { held, .. } => {
                outs.push(Out::Line(None));
                outs.push(Out::Status(None));
                if held.is_some() {
                    outs.push(Out::Capture(false));
                }
            }
            State::Picking => outs.push(Out::Status(None)),
            State::Pinching { before, .. } => outs.push(Out::Camera(before)),
            State::Carrying(Load::Parts(_)) => {
                outs.push(Out::Lower);
                outs.push(Out::Status(None));
            }
            State::Carrying(Load::New(_)) | State::New(..) => {
                outs.push(Out::Ghost(None));
                outs.push(Out::Status(None));
            }
        }
    }

    /// What starts from outside of the stage.
    fn begin(&mut self, input: &Input, sight: Sight<'_>, outs: &mut Vec<Out>) {
        match input {
            Input::CarryKind(kind) => {
                self.state = State::Carrying(Load::New(*kind));
                let label = kind.label(sight.design.flavour);
                status(&[label, ": choose where it goes."].concat(), outs);
            }
            Input::DragKind(kind) => self.state = State::New(*kind, None),
            Input::CarryParts => {
                let lead = sight.selection.iter().find_map(|item| match item {
                    Item::Part(id) => Some(id),
                    Item::Link(_) => None,
                });
                let Some(flight) = lead.and_then(|id| aim::flight(sight, id)) else {
                    return refuse("Choose a part first, then move it.", outs);
                };
                outs.push(Out::Lift(flight.parts.clone()));
                status("Choose where it goes.", outs);
                self.state = State::Carrying(Load::Parts(flight));
            }
            _ => match aim::only_part(sight) {
                Some(from) if aim::can_link(sight.design, &from) => self.link_from(from, sight, outs),
                _ => {
                    self.state = State::Picking;
                    status("Choose the part where the link begins.", outs);
                }
            },
        }
    }

    /// A link from `from` to what is clicked next.
    fn link_from(&mut self, from: PartId, sight: Sight<'_>, outs: &mut Vec<Out>) {
        let Some(rect) = sight.layout.rects.get(&from) else {
            return outs.push(Out::Status(None));
        };
        let name = sight.design.name_of(&from);
        status(&["Link from ", name, ": choose the other part."].concat(), outs);
        self.state = State::Linking {
            start: rect.centre(),
            from,
            held: None,
        };
    }

    /// One event of a pointer.
    fn point(&mut self, pointer: &Pointer, phase: Phase, sight: Sight<'_>, outs: &mut Vec<Out>) {
        let holds = self.holds(pointer.id);
        if phase == Phase::Down && self.fingers.len() == 2 && pointer.kind == PointerKind::Touch {
            let is_theirs = self.fingers.iter().any(|(id, _)| self.holds(*id) != Some(false));
            if is_theirs {
                return self.pinch(sight, outs);
            }
        }
        // Another one has nothing to say while a pointer holds something.
        if holds == Some(false) {
            return;
        }
        if phase == Phase::Move && pointer.kind != PointerKind::Touch && pointer.buttons == 0 {
            // Only a pressed pointer drags: this one was let go where it was not seen, outside of the window.
            if self.down == Some(pointer.id) {
                self.down = None;
            }
            if holds == Some(true) {
                return self.cancel(outs);
            }
        }
        if phase == Phase::Down && self.down.is_none_or(|down| down == pointer.id) {
            self.down = (pointer.buttons & FIRST != 0).then_some(pointer.id);
        }
        // The first button went down here too: the second one opens a menu, and a press elsewhere is not meant.
        let is_click = phase == Phase::Up && self.down == Some(pointer.id);
        if is_click {
            self.down = None;
        }
        let state = std::mem::take(&mut self.state);
        let stays = match &state {
            State::Idle => {
                if phase == Phase::Down {
                    self.press(pointer, sight, outs);
                }
                false
            }
            State::Pressed(press) => match phase {
                Phase::Move if is_far(press, pointer) => {
                    self.set_off(press, pointer, sight, outs);
                    false
                }
                Phase::Up => {
                    self.click(press, sight, outs);
                    false
                }
                _ => true,
            },
            State::Dragged(press, what) => {
                if phase != Phase::Down {
                    drag(press, what, pointer, phase == Phase::Up, sight, outs);
                }
                phase != Phase::Up
            }
            State::Linking { from, start, held } => {
                let is_end = phase == Phase::Up && (held.is_some() || is_click);
                match phase {
                    Phase::Move => {
                        line(from, *start, pointer, sight, outs);
                        true
                    }
                    _ => !is_end || linked(from, *held, pointer, sight, outs),
                }
            }
            State::Picking => {
                let found = if is_click { aim::first_end(sight, pointer) } else { None };
                match found {
                    Some(from) => {
                        self.link_from(from, sight, outs);
                        false
                    }
                    None => {
                        if is_click {
                            refuse(
                                "No link can begin here. Only networks, VPN connections, sites and transit gateways have links.",
                                outs,
                            );
                        }
                        true
                    }
                }
            }
            State::Pinching { fingers, before } => {
                if phase == Phase::Move {
                    let now = |id: i32| self.fingers.iter().find(|(other, _)| *other == id).map(|(_, at)| *at);
                    let [(a, a_was), (b, b_was)] = *fingers;
                    if let (Some(a), Some(b)) = (now(a), now(b)) {
                        outs.push(Out::Camera(aim::pinched(*before, (a_was, b_was), (a, b))));
                    }
                }
                // What is shown stays; the finger that is left does nothing more.
                phase != Phase::Up
            }
            State::Carrying(load) => carry(load, pointer, phase, is_click, sight, outs),
            State::New(kind, by) => {
                match phase {
                    Phase::Down => return self.state = State::New(*kind, *by),
                    Phase::Move => {
                        self.state = State::New(*kind, Some(pointer.id));
                        outs.push(aim::new(sight, *kind, pointer).ghost(sight, *kind));
                    }
                    Phase::Up if by.is_some() => {
                        outs.push(Out::Ghost(None));
                        outs.push(Out::Status(None));
                        let aimed = aim::new(sight, *kind, pointer);
                        outs.push(match &aimed.drop.allowed {
                            Ok(()) => Out::Run(aimed.place(sight, *kind)),
                            Err(reason) => Out::Refuse(reason.clone()),
                        });
                    }
                    Phase::Up => {}
                }
                false
            }
        };
        if stays {
            self.state = state;
        }
    }

    /// A second finger ends whatever the first was doing.
    fn pinch(&mut self, sight: Sight<'_>, outs: &mut Vec<Out>) {
        self.cancel(outs);
        if let [a, b, ..] = self.fingers.as_slice() {
            let mut before = sight.camera;
            for out in outs.iter() {
                // Panning may just have been undone.
                if let Out::Camera(camera) = out {
                    before = *camera;
                }
            }
            self.state = State::Pinching {
                fingers: [*a, *b],
                before,
            };
        }
    }

    fn press(&mut self, pointer: &Pointer, sight: Sight<'_>, outs: &mut Vec<Out>) {
        let is_middle = pointer.kind == PointerKind::Mouse && pointer.buttons & MIDDLE != 0;
        // The second button opens a menu.
        if !is_middle && (pointer.buttons & FIRST == 0 || pointer.kind == PointerKind::Touch && self.fingers.len() > 1)
        {
            return;
        }
        let press = Press {
            pointer: *pointer,
            world: sight.camera.to_world(pointer.stage),
            hit: aim::hit(sight, pointer),
        };
        self.state = if is_middle {
            outs.push(Out::Capture(true));
            State::Dragged(press, What::Drawing(sight.camera))
        } else {
            State::Pressed(press)
        };
    }

    /// A press becomes a drag, of what depends on where it was.
    fn set_off(&mut self, press: &Press, pointer: &Pointer, sight: Sight<'_>, outs: &mut Vec<Out>) {
        let touch = pointer.kind == PointerKind::Touch;
        let is_selected = |id: &PartId| sight.selection.contains(&Item::Part(id.clone()));
        let what = match &press.hit {
            Hit::Handle(from, grip) => {
                capture(pointer, true, outs);
                if let Some(rect) = sight.layout.rects.get(from) {
                    let start = grip.on(rect);
                    line(from, start, pointer, sight, outs);
                    self.state = State::Linking {
                        from: from.clone(),
                        start,
                        held: Some(pointer.id),
                    };
                }
                return;
            }
            Hit::Part(id) if !touch || is_selected(id) => lift(id, sight),
            Hit::Container { part, title } if is_selected(part) || (*title && !touch) => lift(part, sight),
            Hit::Edge(part, sides) if !touch || is_selected(part) => Some(What::Border(part.clone(), *sides)),
            // One finger scrolls the page.
            _ if touch => None,
            _ if press.pointer.keys.shift => Some(What::Frame(sight.selection.clone())),
            _ => Some(What::Drawing(sight.camera)),
        };
        let Some(what) = what else { return };
        capture(pointer, true, outs);
        if let What::Parts(flight) = &what {
            if let (Some(_), Some(lead)) = (&flight.selected, flight.parts.first()) {
                outs.push(Out::Select(BTreeSet::from([Item::Part(lead.clone())])));
            }
            outs.push(Out::Lift(flight.parts.clone()));
        }
        drag(press, &what, pointer, false, sight, outs);
        self.state = State::Dragged(press.clone(), what);
    }

    /// Down and up on one spot selects, or starts a link.
    fn click(&mut self, press: &Press, sight: Sight<'_>, outs: &mut Vec<Out>) {
        let adds = press.pointer.keys.shift || press.pointer.keys.control;
        let item = match &press.hit {
            Hit::Handle(from, _) => return self.link_from(from.clone(), sight, outs),
            Hit::Part(id) | Hit::Edge(id, _) | Hit::Container { part: id, .. } => Some(Item::Part(id.clone())),
            Hit::Link(id) => Some(Item::Link(id.clone())),
            Hit::Ground if adds || sight.selection.is_empty() => return,
            Hit::Ground => None,
        };
        let mut selection = if adds { sight.selection.clone() } else { BTreeSet::new() };
        if let Some(item) = item
            && !selection.remove(&item)
        {
            selection.insert(item);
        }
        outs.push(Out::Select(selection));
    }
}

/// What a pointer does in an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Down,
    Move,
    Up,
}

/// What takes off with a part, and what was selected before where it was another.
fn lift(id: &PartId, sight: Sight<'_>) -> Option<What> {
    let mut flight = aim::flight(sight, id)?;
    let is_selected = |part: &PartId| sight.selection.contains(&Item::Part(part.clone()));
    if !flight.parts.iter().any(is_selected) {
        flight.selected = Some(sight.selection.clone());
    }
    Some(What::Parts(flight))
}

/// One step of a drag, or its end.
fn drag(press: &Press, what: &What, pointer: &Pointer, is_end: bool, sight: Sight<'_>, outs: &mut Vec<Out>) {
    match what {
        What::Parts(flight) => {
            let aimed = aim::parts(sight, flight, press.world, pointer);
            if !is_end {
                return outs.push(aimed.shown(sight));
            }
            outs.push(Out::Lower);
            capture(&press.pointer, false, outs);
            outs.extend(aimed.done(sight, flight));
        }
        What::Border(part, sides) => {
            let border = aim::border(sight, part, *sides, press.world, pointer);
            if is_end {
                outs.push(Out::Border(None));
                capture(&press.pointer, false, outs);
            }
            match border {
                Some(rect) if is_end => outs.extend(aim::resized(sight, part, rect).map(Out::Run)),
                Some(rect) => outs.push(Out::Border(Some((part.clone(), rect)))),
                None => {}
            }
        }
        What::Frame(_) if is_end => {
            outs.push(Out::Frame(None));
            capture(&press.pointer, false, outs);
        }
        What::Frame(before) => {
            let frame = Rect::between(press.world, sight.camera.to_world(pointer.stage));
            outs.push(Out::Frame(Some(frame)));
            let mut selection = before.clone();
            selection.extend(aim::framed(sight, frame));
            if &selection != sight.selection {
                outs.push(Out::Select(selection));
            }
        }
        What::Drawing(_) if is_end => capture(&press.pointer, false, outs),
        What::Drawing(before) => {
            let (from, to) = (press.pointer.stage, pointer.stage);
            let camera = before.pan(to.x.saturating_sub(from.x), to.y.saturating_sub(from.y));
            outs.push(Out::Camera(camera));
        }
    }
}

/// A link on its way.
fn line(from: &PartId, start: Point, pointer: &Pointer, sight: Sight<'_>, outs: &mut Vec<Out>) {
    let to = sight.camera.to_world(pointer.stage);
    let target = aim::other_end(sight, from, pointer);
    outs.push(Out::Line(Some((start, to, target))));
}

/// The end of a link; true when it was none and the next click may be.
fn linked(from: &PartId, held: Option<i32>, pointer: &Pointer, sight: Sight<'_>, outs: &mut Vec<Out>) -> bool {
    let target = aim::other_end(sight, from, pointer);
    let stays = held.is_none() && !matches!(target, Ok(Some(_)));
    if !stays {
        outs.push(Out::Line(None));
        outs.push(Out::Status(None));
    }
    if held.is_some() {
        capture(pointer, false, outs);
    }
    match target {
        Ok(Some(to)) => outs.push(Out::Run(Command::Connect { from: from.clone(), to })),
        Ok(None) => refuse("There is no part here to link to. Nothing was linked.", outs),
        Err(reason) => outs.push(Out::Refuse(reason)),
    }
    stays
}

/// What is carried goes on, or is put down. True while it is still carried.
fn carry(load: &Load, pointer: &Pointer, phase: Phase, is_click: bool, sight: Sight<'_>, outs: &mut Vec<Out>) -> bool {
    if phase != Phase::Move && !is_click {
        return true;
    }
    let aimed = match load {
        Load::New(kind) => aim::new(sight, *kind, pointer),
        Load::Parts(flight) => aim::parts(sight, flight, flight.lead.centre(), pointer),
    };
    if is_click {
        if let Err(reason) = aimed.drop.allowed {
            // One can try again elsewhere.
            outs.push(Out::Refuse(reason));
            return true;
        }
        outs.push(match load {
            Load::New(_) => Out::Ghost(None),
            Load::Parts(_) => Out::Lower,
        });
        outs.push(Out::Status(None));
    }
    match load {
        Load::New(kind) if is_click => outs.push(Out::Run(aimed.place(sight, *kind))),
        Load::New(kind) => outs.push(aimed.ghost(sight, *kind)),
        Load::Parts(flight) if is_click => outs.extend(aimed.done(sight, flight)),
        Load::Parts(_) => outs.push(aimed.shown(sight)),
    }
    !is_click
}

/// The first button, in [`Pointer::buttons`].
const FIRST: u16 = 1;
/// The middle button.
const MIDDLE: u16 = 4;

/// True when the pointer is far enough from where it went down.
fn is_far(press: &Press, pointer: &Pointer) -> bool {
    let limit = if pointer.kind == PointerKind::Touch {
        FAR_TOUCH
    } else {
        FAR
    };
    let dx = i64::from(pointer.stage.x) - i64::from(press.pointer.stage.x);
    let dy = i64::from(pointer.stage.y) - i64::from(press.pointer.stage.y);
    dx * dx + dy * dy >= i64::from(limit) * i64::from(limit)
}

/// Captures the pointer, or lets it go: a finger is the browser's own affair.
fn capture(pointer: &Pointer, keep: bool, outs: &mut Vec<Out>) {
    if pointer.kind != PointerKind::Touch {
        outs.push(Out::Capture(keep));
    }
}

fn refuse(says: &str, outs: &mut Vec<Out>) {
    outs.push(Out::Refuse(Reason(says.to_owned())));
}

fn status(says: &str, outs: &mut Vec<Out>) {
    outs.push(Out::Status(Some(says.to_owned())));
}
