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
    /// Parts are dragged.
    Moving(Press, Flight),
    /// A link is drawn from a part. `held` is the pointer that draws it; without one, it is the next click.
    Linking {
        from: PartId,
        start: Point,
        held: Option<i32>,
    },
    /// The next click says from which part a link is drawn.
    Picking,
    /// A container's edges are dragged.
    Resizing { press: Press, part: PartId, sides: Sides },
    /// A frame is drawn; what was selected before stays selected.
    Marquee { press: Press, before: BTreeSet<Item> },
    /// The drawing is dragged under the stage.
    Panning { press: Press, before: Camera },
    /// Two fingers move and scale the drawing.
    Pinching { fingers: [(i32, Point); 2], before: Camera },
    /// Something waits for the click that puts it down.
    Carrying(Load),
    /// A new part is dragged from the palette; the place where it was last.
    Dragging(Kind, Option<Point>),
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
        let second = self.follow_fingers(&input);
        match input {
            Input::CarryKind(_) | Input::DragKind(_) | Input::CarryParts | Input::Connect => {
                let mut outs = self.cancel();
                outs.extend(self.begin(&input, sight));
                outs
            }
            // A second finger ends whatever the first was doing.
            Input::Down(_) if second => {
                let outs = self.cancel();
                if let [a, b, ..] = self.fingers.as_slice() {
                    // Panning may just have been undone.
                    let before = outs.iter().find_map(|out| match out {
                        Out::Camera(camera) => Some(*camera),
                        _ => None,
                    });
                    self.state = State::Pinching {
                        fingers: [*a, *b],
                        before: before.unwrap_or(sight.camera),
                    };
                }
                outs
            }
            _ => self.go_on(input, sight),
        }
    }

    /// True while the stage has to keep the browser from scrolling: a gesture is on its way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match &self.state {
            State::Idle | State::Pressed(_) | State::Picking | State::Carrying(_) => false,
            State::Linking { held, .. } => held.is_some(),
            State::Moving(..)
            | State::Resizing { .. }
            | State::Marquee { .. }
            | State::Panning { .. }
            | State::Pinching { .. }
            | State::Dragging(..) => true,
        }
    }

    fn go_on(&mut self, input: Input, sight: Sight<'_>) -> Vec<Out> {
        let cancels = match (&self.state, &input) {
            (_, Input::Blur | Input::Escape) => true,
            // After each touch and each captured drag the browser says that the pointer is gone. What waits for a click has
            // no pointer to lose.
            (State::Carrying(_) | State::Picking | State::Linking { held: None, .. }, Input::Lost) => false,
            (_, Input::Lost) => true,
            // Its release was not seen: it happened outside of the window.
            (State::Idle | State::Picking | State::Carrying(_) | State::Linking { held: None, .. }, _) => false,
            (_, Input::Move(pointer)) => pointer.kind == PointerKind::Mouse && pointer.buttons == 0,
            _ => false,
        };
        if cancels {
            return self.cancel();
        }
        if let Input::Down(pointer) = &input {
            self.down = (pointer.buttons & FIRST != 0).then_some(pointer.id);
        }
        let outs = match std::mem::take(&mut self.state) {
            State::Idle => self.idle(&input, sight),
            State::Pressed(press) => self.pressed(press, &input, sight),
            State::Moving(press, flight) => self.moving(press, flight, &input, sight),
            State::Linking { from, start, held } => self.linking(from, start, held, &input, sight),
            State::Picking => self.picking(&input, sight),
            State::Resizing { press, part, sides } => self.resizing(press, part, sides, &input, sight),
            State::Marquee { press, before } => self.marquee(press, before, &input, sight),
            State::Panning { press, before } => self.panning(press, before, &input),
            State::Pinching { fingers, before } => self.pinching(fingers, before, &input),
            State::Carrying(load) => self.carrying(load, &input, sight),
            State::Dragging(kind, at) => self.dragging(kind, at, &input, sight),
        };
        if let Input::Up(_) | Input::Lost = &input {
            self.down = None;
        }
        outs
    }

    /// True when the pointer's first button went down here too: the second one opens a menu, and a press elsewhere is not meant.
    fn is_click(&self, pointer: &Pointer) -> bool {
        self.down == Some(pointer.id)
    }

    /// Ends what is going on, as if it had never begun.
    fn cancel(&mut self) -> Vec<Out> {
        match std::mem::take(&mut self.state) {
            State::Idle | State::Pressed(_) => Vec::new(),
            State::Moving(press, flight) => {
                let mut outs = vec![Out::Lower];
                outs.extend(flight.selected.map(Out::Select));
                outs.extend(release(&press));
                outs
            }
            State::Linking { held: None, .. } => vec![Out::Line(None), Out::Status(None)],
            State::Linking { .. } => vec![Out::Line(None), Out::Status(None), Out::Capture(false)],
            State::Picking => vec![Out::Status(None)],
            State::Resizing { press, .. } => with_release(&press, vec![Out::Border(None)]),
            State::Marquee { press, before } => with_release(&press, vec![Out::Frame(None), Out::Select(before)]),
            State::Panning { press, before } => with_release(&press, vec![Out::Camera(before)]),
            State::Pinching { before, .. } => vec![Out::Camera(before)],
            State::Carrying(Load::Parts(_)) => vec![Out::Lower, Out::Status(None)],
            State::Carrying(Load::New(_)) | State::Dragging(..) => vec![Out::Ghost(None), Out::Status(None)],
        }
    }

    /// Keeps track of the fingers. True when this is the second one.
    fn follow_fingers(&mut self, input: &Input) -> bool {
        match input {
            Input::Down(pointer) if pointer.kind == PointerKind::Touch => {
                self.fingers.retain(|(id, _)| *id != pointer.id);
                self.fingers.push((pointer.id, pointer.stage));
                return self.fingers.len() == 2;
            }
            Input::Move(pointer) => {
                for (_, at) in self.fingers.iter_mut().filter(|(id, _)| *id == pointer.id) {
                    *at = pointer.stage;
                }
            }
            Input::Up(pointer) => self.fingers.retain(|(id, _)| *id != pointer.id),
            Input::Lost | Input::Blur => self.fingers.clear(),
            _ => {}
        }
        false
    }

    /// What starts from outside of the stage.
    fn begin(&mut self, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match input {
            Input::CarryKind(kind) => {
                self.state = State::Carrying(Load::New(*kind));
                let label = kind.label(sight.design.flavour);
                vec![status(format!("{label}: click where it goes. Escape cancels."))]
            }
            Input::DragKind(kind) => {
                self.state = State::Dragging(*kind, None);
                Vec::new()
            }
            Input::CarryParts => {
                let lead = sight.selection.iter().find_map(|item| match item {
                    Item::Part(id) => Some(id),
                    Item::Link(_) => None,
                });
                let Some(flight) = lead.and_then(|id| aim::flight(sight, id)) else {
                    return vec![refuse("Choose a part first, then move it.")];
                };
                let outs = vec![
                    Out::Lift(flight.parts.clone()),
                    status("Click where it goes. Escape cancels.".to_owned()),
                ];
                self.state = State::Carrying(Load::Parts(flight));
                outs
            }
            Input::Connect => match aim::only_part(sight) {
                Some(from) if aim::can_link(sight.design, &from) => self.link_from(from, sight),
                _ => {
                    self.state = State::Picking;
                    vec![status(
                        "Click the part where the link begins. Escape cancels.".to_owned(),
                    )]
                }
            },
            _ => Vec::new(),
        }
    }

    /// A link from `from` to what is clicked next.
    fn link_from(&mut self, from: PartId, sight: Sight<'_>) -> Vec<Out> {
        let Some(rect) = sight.layout.rects.get(&from) else {
            return vec![Out::Status(None)];
        };
        let says = format!(
            "Link from {}: click the other part. Escape cancels.",
            sight.design.name(&from)
        );
        self.state = State::Linking {
            start: rect.centre(),
            from,
            held: None,
        };
        vec![status(says)]
    }

    fn idle(&mut self, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        let Input::Down(pointer) = input else {
            return Vec::new();
        };
        let press = Press {
            pointer: *pointer,
            world: sight.camera.to_world(pointer.stage),
            hit: aim::hit(sight, pointer),
        };
        match pointer.kind {
            PointerKind::Touch if self.fingers.len() > 1 => {}
            PointerKind::Mouse if pointer.buttons & MIDDLE != 0 => {
                self.state = State::Panning {
                    press,
                    before: sight.camera,
                };
                return vec![Out::Capture(true)];
            }
            // The second button opens a menu.
            _ if pointer.buttons & FIRST == 0 => {}
            _ => self.state = State::Pressed(press),
        }
        Vec::new()
    }

    fn pressed(&mut self, press: Press, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match input {
            Input::Move(pointer) if pointer.id == press.pointer.id && is_far(&press, pointer) => {
                self.set_off(press, pointer, sight)
            }
            Input::Up(pointer) if pointer.id == press.pointer.id => self.click(press, sight),
            _ => {
                self.state = State::Pressed(press);
                Vec::new()
            }
        }
    }

    /// A press becomes a drag, of what depends on where it was.
    fn set_off(&mut self, press: Press, pointer: &Pointer, sight: Sight<'_>) -> Vec<Out> {
        let touch = pointer.kind == PointerKind::Touch;
        let is_selected = |id: &PartId| sight.selection.contains(&Item::Part(id.clone()));
        let mut outs: Vec<Out> = Vec::new();
        if !touch {
            outs.push(Out::Capture(true));
        }
        let more = match press.hit.clone() {
            Hit::Handle(from, grip) => {
                let Some(rect) = sight.layout.rects.get(&from) else {
                    return Vec::new();
                };
                self.linking(from, grip.on(rect), Some(pointer.id), &Input::Move(*pointer), sight)
            }
            Hit::Part(id) if !touch || is_selected(&id) => self.lift(press, &id, pointer, sight),
            Hit::Container { part, title } if is_selected(&part) || (title && !touch) => {
                self.lift(press, &part, pointer, sight)
            }
            Hit::Edge(part, sides) if !touch || is_selected(&part) => {
                self.resizing(press, part, sides, &Input::Move(*pointer), sight)
            }
            // One finger scrolls the page.
            _ if touch => return Vec::new(),
            _ if press.pointer.keys.shift => {
                let before = sight.selection.clone();
                self.marquee(press, before, &Input::Move(*pointer), sight)
            }
            _ => self.panning(press, sight.camera, &Input::Move(*pointer)),
        };
        outs.extend(more);
        outs
    }

    fn lift(&mut self, press: Press, id: &PartId, pointer: &Pointer, sight: Sight<'_>) -> Vec<Out> {
        let Some(mut flight) = aim::flight(sight, id) else {
            return Vec::new();
        };
        let mut outs = Vec::new();
        if !flight
            .parts
            .iter()
            .any(|part| sight.selection.contains(&Item::Part(part.clone())))
        {
            flight.selected = Some(sight.selection.clone());
            outs.push(Out::Select(BTreeSet::from([Item::Part(id.clone())])));
        }
        outs.push(Out::Lift(flight.parts.clone()));
        outs.extend(self.moving(press, flight, &Input::Move(*pointer), sight));
        outs
    }

    /// Down and up on one spot selects, or starts a link.
    fn click(&mut self, press: Press, sight: Sight<'_>) -> Vec<Out> {
        let adds = press.pointer.keys.shift || press.pointer.keys.control;
        let item = match press.hit {
            Hit::Handle(from, _) => return self.link_from(from, sight),
            Hit::Part(id) | Hit::Edge(id, _) | Hit::Container { part: id, .. } => Item::Part(id),
            Hit::Link(id) => Item::Link(id),
            Hit::Ground if adds || sight.selection.is_empty() => return Vec::new(),
            Hit::Ground => return vec![Out::Select(BTreeSet::new())],
        };
        let mut selection = BTreeSet::from([item.clone()]);
        if adds {
            selection = sight.selection.clone();
            if !selection.remove(&item) {
                selection.insert(item);
            }
        }
        vec![Out::Select(selection)]
    }

    fn moving(&mut self, press: Press, flight: Flight, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match input {
            Input::Move(pointer) if pointer.id == press.pointer.id => {
                let outs = vec![aim::parts(sight, &flight, press.world, pointer).shown(sight)];
                self.state = State::Moving(press, flight);
                outs
            }
            Input::Up(pointer) if pointer.id == press.pointer.id => {
                let aimed = aim::parts(sight, &flight, press.world, pointer);
                let mut outs = vec![Out::Lower];
                outs.extend(release(&press));
                outs.extend(aimed.done(sight, &flight));
                outs
            }
            _ => {
                self.state = State::Moving(press, flight);
                Vec::new()
            }
        }
    }

    fn linking(&mut self, from: PartId, start: Point, held: Option<i32>, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        let is_its = |pointer: &Pointer| held.is_none_or(|held| held == pointer.id);
        match input {
            Input::Move(pointer) if is_its(pointer) => {
                let to = sight.camera.to_world(pointer.stage);
                let target = aim::other_end(sight, &from, pointer);
                self.state = State::Linking { from, start, held };
                vec![Out::Line(Some((start, to, target)))]
            }
            Input::Up(pointer) if is_its(pointer) && (held.is_some() || self.is_click(pointer)) => {
                let target = aim::other_end(sight, &from, pointer);
                let stays = held.is_none() && !matches!(target, Ok(Some(_)));
                let mut outs = if stays {
                    Vec::new()
                } else {
                    vec![Out::Line(None), Out::Status(None)]
                };
                if held.is_some() && pointer.kind != PointerKind::Touch {
                    outs.push(Out::Capture(false));
                }
                outs.push(match target {
                    Ok(Some(to)) => Out::Run(Command::Connect { from: from.clone(), to }),
                    Ok(None) => refuse("There is no part here to link to. Nothing was linked."),
                    Err(reason) => Out::Refuse(reason),
                });
                if stays {
                    self.state = State::Linking { from, start, held };
                }
                outs
            }
            _ => {
                self.state = State::Linking { from, start, held };
                Vec::new()
            }
        }
    }

    fn picking(&mut self, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        let pointer = match input {
            Input::Up(pointer) if self.is_click(pointer) => pointer,
            _ => {
                self.state = State::Picking;
                return Vec::new();
            }
        };
        match aim::first_end(sight, pointer) {
            Some(from) => self.link_from(from, sight),
            None => {
                self.state = State::Picking;
                vec![refuse(
                    "No link can begin here. Only networks, VPN connections, sites and transit gateways have links.",
                )]
            }
        }
    }

    fn resizing(&mut self, press: Press, part: PartId, sides: Sides, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match input {
            Input::Move(pointer) if pointer.id == press.pointer.id => {
                let border = aim::border(sight, &part, sides, press.world, pointer);
                self.state = State::Resizing {
                    press,
                    part: part.clone(),
                    sides,
                };
                border.map_or_else(Vec::new, |rect| vec![Out::Border(Some((part, rect)))])
            }
            Input::Up(pointer) if pointer.id == press.pointer.id => {
                let border = aim::border(sight, &part, sides, press.world, pointer);
                let mut outs = with_release(&press, vec![Out::Border(None)]);
                outs.extend(border.and_then(|rect| aim::resized(sight, &part, rect)).map(Out::Run));
                outs
            }
            _ => {
                self.state = State::Resizing { press, part, sides };
                Vec::new()
            }
        }
    }

    fn marquee(&mut self, press: Press, before: BTreeSet<Item>, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match input {
            Input::Move(pointer) if pointer.id == press.pointer.id => {
                let frame = Rect::between(press.world, sight.camera.to_world(pointer.stage));
                let mut selection = before.clone();
                selection.extend(aim::framed(sight, frame));
                let mut outs = vec![Out::Frame(Some(frame))];
                if &selection != sight.selection {
                    outs.push(Out::Select(selection));
                }
                self.state = State::Marquee { press, before };
                outs
            }
            Input::Up(pointer) if pointer.id == press.pointer.id => with_release(&press, vec![Out::Frame(None)]),
            _ => {
                self.state = State::Marquee { press, before };
                Vec::new()
            }
        }
    }

    fn panning(&mut self, press: Press, before: Camera, input: &Input) -> Vec<Out> {
        match input {
            Input::Move(pointer) if pointer.id == press.pointer.id => {
                let (from, to) = (press.pointer.stage, pointer.stage);
                self.state = State::Panning { press, before };
                vec![Out::Camera(
                    before.pan(to.x.saturating_sub(from.x), to.y.saturating_sub(from.y)),
                )]
            }
            Input::Up(pointer) if pointer.id == press.pointer.id => with_release(&press, Vec::new()),
            _ => {
                self.state = State::Panning { press, before };
                Vec::new()
            }
        }
    }

    fn pinching(&mut self, fingers: [(i32, Point); 2], before: Camera, input: &Input) -> Vec<Out> {
        let is_its = |pointer: &Pointer| fingers.iter().any(|(id, _)| *id == pointer.id);
        match input {
            // What is shown stays; the finger that is left does nothing more.
            Input::Up(pointer) if is_its(pointer) => Vec::new(),
            Input::Move(pointer) if is_its(pointer) => {
                let now = |id: i32| self.fingers.iter().find(|(other, _)| *other == id).map(|(_, at)| *at);
                let [(a, a_was), (b, b_was)] = fingers;
                let camera = match (now(a), now(b)) {
                    (Some(a), Some(b)) => Some(aim::pinched(before, (a_was, b_was), (a, b))),
                    _ => None,
                };
                self.state = State::Pinching { fingers, before };
                camera.map(Out::Camera).into_iter().collect()
            }
            _ => {
                self.state = State::Pinching { fingers, before };
                Vec::new()
            }
        }
    }

    fn carrying(&mut self, load: Load, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match (load, input) {
            (Load::New(kind), Input::Move(pointer)) => {
                let aimed = aim::new(sight, kind, pointer);
                self.state = State::Carrying(Load::New(kind));
                vec![aimed.ghost(sight, kind)]
            }
            (Load::Parts(flight), Input::Move(pointer)) => {
                let aimed = aim::parts(sight, &flight, flight.lead.centre(), pointer);
                self.state = State::Carrying(Load::Parts(flight));
                vec![aimed.shown(sight)]
            }
            (Load::New(kind), Input::Up(pointer)) if self.is_click(pointer) => {
                let aimed = aim::new(sight, kind, pointer);
                if let Err(reason) = aimed.drop.allowed {
                    // One can try again elsewhere.
                    self.state = State::Carrying(Load::New(kind));
                    return vec![Out::Refuse(reason)];
                }
                vec![Out::Ghost(None), Out::Status(None), Out::Run(aimed.place(sight, kind))]
            }
            (Load::Parts(flight), Input::Up(pointer)) if self.is_click(pointer) => {
                let aimed = aim::parts(sight, &flight, flight.lead.centre(), pointer);
                if let Err(reason) = aimed.drop.allowed {
                    self.state = State::Carrying(Load::Parts(flight));
                    return vec![Out::Refuse(reason)];
                }
                let mut outs = vec![Out::Lower, Out::Status(None)];
                outs.extend(aimed.done(sight, &flight));
                outs
            }
            (load, _) => {
                self.state = State::Carrying(load);
                Vec::new()
            }
        }
    }

    fn dragging(&mut self, kind: Kind, at: Option<Point>, input: &Input, sight: Sight<'_>) -> Vec<Out> {
        match input {
            Input::Move(pointer) => {
                self.state = State::Dragging(kind, Some(pointer.stage));
                vec![aim::new(sight, kind, pointer).ghost(sight, kind)]
            }
            Input::Up(pointer) if at.is_some() => {
                let aimed = aim::new(sight, kind, pointer);
                let end = match &aimed.drop.allowed {
                    Ok(()) => Out::Run(aimed.place(sight, kind)),
                    Err(reason) => Out::Refuse(reason.clone()),
                };
                vec![Out::Ghost(None), Out::Status(None), end]
            }
            Input::Up(_) => Vec::new(),
            _ => {
                self.state = State::Dragging(kind, at);
                Vec::new()
            }
        }
    }
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

/// Lets the pointer go, where it was captured: a finger is the browser's own affair.
fn release(press: &Press) -> Option<Out> {
    (press.pointer.kind != PointerKind::Touch).then_some(Out::Capture(false))
}

fn with_release(press: &Press, mut outs: Vec<Out>) -> Vec<Out> {
    outs.extend(release(press));
    outs
}

fn refuse(says: &str) -> Out {
    Out::Refuse(Reason(says.to_owned()))
}

fn status(says: String) -> Out {
    Out::Status(Some(says))
}
