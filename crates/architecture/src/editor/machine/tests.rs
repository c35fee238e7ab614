use proptest::prelude::*;

use super::*;
use crate::design::{PART, violations};
use crate::editor::{Limits, apply};
use crate::geometry::samples::{hub_and_spokes, tree};
use crate::geometry::{Grip, arrange};

/// A stage without a screen: applies what comes out, and checks that gestures are whole.
struct Rig {
    machine: Machine,
    design: Design,
    layout: Layout,
    selection: BTreeSet<Item>,
    camera: Camera,
    lifted: bool,
    kind: PointerKind,
    keys: Modifiers,
    last: Vec<Out>,
}

impl Rig {
    fn new(mut design: Design) -> Self {
        arrange(&mut design);
        Rig {
            layout: Layout::new(&design),
            machine: Machine::default(),
            design,
            selection: BTreeSet::new(),
            camera: Camera {
                x: 30,
                y: -20,
                scale: 500,
            },
            lifted: false,
            kind: PointerKind::Mouse,
            keys: Modifiers::default(),
            last: Vec::new(),
        }
    }

    fn touch(design: Design) -> Self {
        Rig {
            kind: PointerKind::Touch,
            ..Rig::new(design)
        }
    }

    fn step(&mut self, input: Input) -> &[Out] {
        let sight = Sight {
            design: &self.design,
            layout: &self.layout,
            selection: &self.selection,
            camera: self.camera,
        };
        let outs = self.machine.step(input, sight);
        for out in &outs {
            match out {
                Out::Run(command) => {
                    assert!(!self.lifted, "it is set down before the command");
                    // Previews and commands ask the same functions.
                    apply(&mut self.design, command, &Limits::free()).expect("what was previewed is done");
                    self.layout.update(&self.design);
                    let parts = &self.design.parts;
                    self.selection
                        .retain(|item| matches!(item, Item::Part(id) if parts.contains_key(id)));
                }
                Out::Select(items) => self.selection = items.clone(),
                Out::Camera(camera) => self.camera = *camera,
                Out::Lift(parts) => {
                    assert!(!self.lifted && !parts.is_empty());
                    self.lifted = true;
                }
                Out::Drag { .. } => assert!(self.lifted, "only what was lifted is dragged"),
                Out::Lower => {
                    assert!(self.lifted);
                    self.lifted = false;
                }
                _ => {}
            }
        }
        self.last = outs;
        &self.last
    }

    fn pointer(&self, id: i32, world: Point, buttons: u16) -> Pointer {
        Pointer {
            id,
            stage: self.camera.to_stage(world),
            kind: self.kind,
            buttons,
            keys: self.keys,
        }
    }

    fn down(&mut self, at: Point) -> &[Out] {
        self.step(Input::Down(self.pointer(1, at, 1)))
    }

    fn go(&mut self, to: Point) -> &[Out] {
        self.step(Input::Move(self.pointer(1, to, 1)))
    }

    fn up(&mut self, at: Point) -> &[Out] {
        self.step(Input::Up(self.pointer(1, at, 0)))
    }

    fn click(&mut self, at: Point) -> &[Out] {
        self.down(at);
        self.up(at)
    }

    fn drag(&mut self, from: Point, to: Point) -> &[Out] {
        self.down(from);
        self.go(from.plus(40, 40));
        self.go(to);
        self.up(to)
    }

    fn rect(&self, id: &str) -> Rect {
        self.layout.rects[&PartId::from(id)]
    }

    fn centre(&self, id: &str) -> Point {
        self.rect(id).centre()
    }

    fn title(&self, id: &str) -> Point {
        Point::new(self.rect(id).centre().x, self.rect(id).y + 18)
    }

    fn select(&mut self, ids: &[&str]) {
        self.selection = ids.iter().map(|id| Item::Part(PartId::from(*id))).collect();
    }

    fn parent(&self, id: &str) -> Option<&str> {
        self.design.parts[&PartId::from(id)].parent.as_ref().map(PartId::as_str)
    }

    fn is_sound(&self) {
        assert_eq!(violations(&self.design), Vec::<String>::new());
    }
}

fn mouse() -> Rig {
    Rig::new(hub_and_spokes(2))
}

fn commands(outs: &[Out]) -> Vec<&Command> {
    outs.iter()
        .filter_map(|out| match out {
            Out::Run(command) => Some(command),
            _ => None,
        })
        .collect()
}

fn refusal(outs: &[Out]) -> Option<&str> {
    outs.iter().find_map(|out| match out {
        Out::Refuse(reason) => Some(reason.0.as_str()),
        _ => None,
    })
}

#[test]
fn a_drag_into_another_container_is_one_command() {
    let mut rig = mouse();
    let (from, to) = (rig.centre("net1-wall"), rig.centre("net2-b-data"));
    assert_eq!(rig.down(from), []);
    assert_eq!(rig.go(from.plus(4, 4)), [], "two pixels of the stage are no drag");
    let outs = rig.go(from.plus(8, 0)).to_vec();
    assert_eq!(outs[0], Out::Capture(true));
    assert_eq!(outs[1], Out::Select(BTreeSet::from([Item::Part("net1-wall".into())])));
    assert_eq!(outs[2], Out::Lift(vec!["net1-wall".into()]));
    assert!(rig.machine.is_busy());
    let Some(Out::Drag { landing, .. }) = rig.go(to).last().cloned() else {
        panic!("it moves")
    };
    assert_eq!((landing.name.as_str(), landing.drop.allowed), ("net2-b-data", Ok(())));
    let outs = rig.up(to).to_vec();
    assert_eq!(outs[..2], [Out::Lower, Out::Capture(false)]);
    assert!(
        matches!(commands(&outs)[..], [Command::Move { parent: Some(_), .. }]),
        "{outs:?}"
    );
    assert_eq!(rig.parent("net1-wall"), Some("net2-b-data"));
    assert!(!rig.machine.is_busy());
    rig.is_sound();
}

#[test]
fn a_refused_drop_changes_nothing_and_says_why() {
    let mut rig = mouse();
    let before = rig.design.clone();
    let (from, to) = (rig.centre("net1-wall"), rig.centre("hub-table"));
    let outs = rig.drag(from, to).to_vec();
    assert_eq!(commands(&outs), [] as [&Command; 0]);
    assert_eq!(
        refusal(&outs),
        Some("A firewall cannot sit inside a transit gateway. Put it in a subnet.")
    );
    assert_eq!(rig.design, before);
}

#[test]
fn containers_go_by_their_titles_and_take_along_what_they_hold() {
    let mut rig = mouse();
    let (from, to) = (rig.title("net1-a-data"), rig.centre("net2-a"));
    let outs = rig.drag(from, to).to_vec();
    assert_eq!(rig.parent("net1-a-data"), Some("net2-a"), "{outs:?}");
    let (hub, ground) = (rig.title("hub"), rig.rect("account"));
    let outs = rig.drag(hub, Point::new(ground.right() + 900, ground.y + 40)).to_vec();
    assert!(
        refusal(&outs).is_some_and(|says| says.starts_with("A transit gateway cannot stand alone.")),
        "{outs:?}"
    );
    rig.is_sound();
    // By its body the drawing is dragged instead.
    let camera = rig.camera;
    let body = Point::new(rig.rect("region").x + 12, rig.rect("region").bottom() - 12);
    rig.down(body);
    let to = rig.pointer(1, body.plus(100, 60), 1);
    rig.step(Input::Move(to));
    rig.step(Input::Up(to));
    assert_eq!(rig.camera, camera.pan(50, 30));
}

#[test]
fn a_selection_moves_together_and_its_inner_parts_with_their_containers() {
    let mut rig = mouse();
    rig.select(&["net1", "net1-a", "net1-wall", "net2"]);
    let from = rig.title("net1");
    let was = (rig.rect("net1"), rig.rect("net2"), rig.rect("net1-wall"));
    rig.down(from);
    let outs = rig.go(from.plus(0, 16)).to_vec();
    assert!(
        outs.contains(&Out::Lift(vec!["net1".into(), "net2".into()])),
        "{outs:?}"
    );
    assert!(!outs.iter().any(|out| matches!(out, Out::Select(_))));
    rig.up(from.plus(64, 0));
    let now = (rig.rect("net1"), rig.rect("net2"), rig.rect("net1-wall"));
    assert_eq!((now.0.x - was.0.x, now.1.x - was.1.x, now.2.x - was.2.x), (64, 64, 64));
    rig.is_sound();
}

#[test]
fn back_where_it_was_is_no_command() {
    let mut rig = mouse();
    let from = rig.centre("net1-wall");
    rig.down(from);
    rig.go(from.plus(60, 0));
    rig.go(from.plus(2, 0));
    assert_eq!(rig.up(from.plus(2, 0)), [Out::Lower, Out::Capture(false)]);
}

#[test]
fn clicks_select() {
    let mut rig = mouse();
    let wall = rig.centre("net1-wall");
    rig.click(wall);
    assert_eq!(rig.selection, BTreeSet::from([Item::Part("net1-wall".into())]));
    rig.keys.shift = true;
    let table = rig.centre("net1-table");
    rig.click(table);
    assert_eq!(rig.selection.len(), 2);
    rig.click(table);
    assert_eq!(rig.selection.len(), 1, "again takes it away");
    rig.keys.shift = false;
    rig.click(Point::new(-500, -500));
    assert_eq!(rig.selection.len(), 0);
    let line = rig.layout.links[&crate::design::LinkId::from("l-tunnel")].clone();
    rig.click(line[0].plus((line[1].x - line[0].x) / 2, (line[1].y - line[0].y) / 2));
    assert_eq!(rig.selection, BTreeSet::from([Item::Link("l-tunnel".into())]));
    // The second button selects nothing: it opens a menu.
    let at = rig.pointer(1, wall, 2);
    assert_eq!(rig.step(Input::Down(at)), []);
    assert_eq!(rig.up(wall), []);
}

#[test]
fn a_handle_draws_a_link() {
    let mut rig = mouse();
    rig.design.links.remove("l-net1");
    rig.layout.update(&rig.design);
    rig.select(&["net1"]);
    let handle = Grip::Bottom.on(&rig.rect("net1"));
    rig.down(handle);
    let own = rig.go(rig.centre("net1-a")).to_vec();
    assert!(
        matches!(own.last(), Some(Out::Line(Some((_, _, Ok(None)))))),
        "over itself there is nothing: {own:?}"
    );
    let refused = rig.go(rig.centre("net2-wall")).to_vec();
    assert!(
        matches!(refused.last(), Some(Out::Line(Some((_, _, Err(_)))))),
        "{refused:?}"
    );
    rig.go(rig.centre("hub-table"));
    let outs = rig.up(rig.centre("hub-table")).to_vec();
    assert_eq!(
        commands(&outs),
        [&Command::Connect {
            from: "net1".into(),
            to: "hub".into()
        }]
    );
    assert_eq!(rig.design.links.len(), 4);
    rig.is_sound();
    // On the ground nothing is linked, and it is said.
    rig.down(Grip::Bottom.on(&rig.rect("net1")));
    rig.go(Point::new(-900, -900));
    let outs = rig.up(Point::new(-900, -900)).to_vec();
    assert_eq!(
        refusal(&outs),
        Some("There is no part here to link to. Nothing was linked.")
    );
    assert!(!rig.machine.is_busy());
}

#[test]
fn connect_takes_two_clicks_or_taps() {
    for kind in [PointerKind::Mouse, PointerKind::Touch] {
        let mut rig = mouse();
        rig.kind = kind;
        rig.design.links.clear();
        rig.layout.update(&rig.design);
        rig.step(Input::Connect);
        let outs = rig.click(rig.centre("site")).to_vec();
        assert!(
            matches!(&outs[..], [Out::Status(Some(says))] if says.starts_with("Link from site")),
            "{outs:?}"
        );
        rig.step(Input::Lost(1));
        let outs = rig.click(rig.title("hub")).to_vec();
        assert_eq!(
            refusal(&outs),
            Some("A site cannot be linked to a transit gateway. A site is reached by a VPN connection.")
        );
        let outs = rig.click(rig.centre("tunnel")).to_vec();
        assert_eq!(
            commands(&outs),
            [&Command::Connect {
                from: "site".into(),
                to: "tunnel".into()
            }],
            "one can try again"
        );
        // With a selection it begins there.
        rig.select(&["tunnel"]);
        rig.step(Input::Connect);
        let outs = rig.click(rig.title("hub")).to_vec();
        assert_eq!(
            commands(&outs),
            [&Command::Connect {
                from: "tunnel".into(),
                to: "hub".into()
            }]
        );
        rig.is_sound();
    }
}

#[test]
fn a_kind_is_carried_to_a_click() {
    let mut rig = mouse();
    rig.step(Input::CarryKind(Kind::Firewall));
    let there = rig.centre("net2-b-app");
    let at = rig.pointer(1, there, 0);
    let Some(Out::Ghost(Some((kind, rect, landing)))) = rig.step(Input::Move(at)).last().cloned() else {
        panic!("it has a ghost")
    };
    assert_eq!(
        (kind, rect.w, landing.name.as_str()),
        (Kind::Firewall, PART.w * 8, "net2-b-app")
    );
    let before = rig.design.parts.len();
    let outs = rig.click(rig.centre("hub")).to_vec();
    assert!(refusal(&outs).is_some() && commands(&outs).is_empty());
    // It is still in the hand.
    let outs = rig.click(there).to_vec();
    assert!(matches!(
        commands(&outs)[..],
        [Command::Place {
            kind: Kind::Firewall,
            ..
        }]
    ));
    assert!(outs.contains(&Out::Ghost(None)) && outs.contains(&Out::Status(None)));
    assert_eq!(rig.design.parts.len(), before + 1);
    rig.is_sound();
    assert_eq!(rig.click(there).len(), 1, "the next click selects");
}

#[test]
fn a_kind_is_dragged_from_the_palette() {
    let mut rig = mouse();
    rig.step(Input::DragKind(Kind::Vnet));
    rig.go(Point::new(-300, 0));
    let over = Point::new(rig.rect("region").right() - 40, rig.rect("region").bottom() - 40);
    rig.go(over);
    let outs = rig.up(over).to_vec();
    assert!(
        matches!(
            commands(&outs)[..],
            [Command::Place {
                kind: Kind::Vnet,
                parent: Some(_),
                ..
            }]
        ),
        "{outs:?}"
    );
    rig.is_sound();
    rig.step(Input::DragKind(Kind::Vnet));
    assert_eq!(
        rig.up(Point::new(-900, -900)),
        [],
        "one that never came to the stage is none"
    );
}

#[test]
fn parts_are_carried_without_dragging() {
    let mut rig = mouse();
    rig.select(&["net1-wall"]);
    let outs = rig.step(Input::CarryParts).to_vec();
    assert_eq!(outs[0], Out::Lift(vec!["net1-wall".into()]));
    let there = rig.centre("net2-a-data");
    let at = rig.pointer(1, there, 0);
    rig.step(Input::Move(at));
    let outs = rig.click(there).to_vec();
    assert!(matches!(commands(&outs)[..], [Command::Move { .. }]));
    assert_eq!(rig.parent("net1-wall"), Some("net2-a-data"));
    rig.selection.clear();
    assert_eq!(
        refusal(rig.step(Input::CarryParts)),
        Some("Choose a part first, then move it.")
    );
}

#[test]
fn edges_resize_down_to_what_is_inside() {
    let mut rig = mouse();
    let was = rig.rect("net1");
    let corner = Point::new(was.right(), was.bottom());
    rig.drag(corner, corner.plus(81, 41));
    let now = rig.rect("net1");
    assert_eq!((now.x, now.y, now.w - was.w, now.h - was.h), (was.x, was.y, 80, 40));
    let edge = Point::new(now.right(), now.y + 60);
    rig.drag(edge, edge.plus(-3000, -3000));
    let inner = rig.rect("net1-b");
    let now = rig.rect("net1");
    assert_eq!(
        (now.right(), now.h - was.h),
        (inner.right() + 16, 40),
        "only the side that was taken"
    );
    rig.is_sound();
    // The other way, what is inside stays where it is on the ground.
    let held = rig.rect("hub-table");
    let hub = rig.rect("hub");
    let left = Point::new(hub.x, hub.centre().y + 30);
    rig.drag(left, left.plus(-64, 0));
    assert_eq!((rig.rect("hub").x, rig.rect("hub-table")), (hub.x - 64, held));
    rig.is_sound();
}

#[test]
fn a_frame_selects_what_lies_in_it() {
    let mut rig = mouse();
    rig.select(&["site"]);
    rig.keys.shift = true;
    let account = rig.rect("account");
    let (from, to) = (
        Point::new(account.x - 40, account.y - 40),
        Point::new(account.right() + 8, account.bottom() + 8),
    );
    rig.down(from);
    let outs = rig.go(to).to_vec();
    assert!(matches!(outs[1], Out::Frame(Some(_))));
    assert_eq!(
        rig.selection,
        BTreeSet::from([Item::Part("account".into()), Item::Part("site".into())])
    );
    assert_eq!(rig.up(to), [Out::Frame(None), Out::Capture(false)]);
    assert_eq!(rig.selection.len(), 2);
}

#[test]
fn one_finger_scrolls_the_page_but_moves_what_is_selected() {
    let mut rig = Rig::touch(hub_and_spokes(2));
    let before = rig.design.clone();
    let (from, to) = (rig.centre("net1-wall"), rig.centre("net2-b-data"));
    rig.down(from);
    assert_eq!(rig.go(to), []);
    assert!(!rig.machine.is_busy(), "the page scrolls");
    assert_eq!(rig.up(to), []);
    assert_eq!(rig.design, before);
    rig.click(from);
    rig.step(Input::Lost(1));
    assert_eq!(rig.selection.len(), 1);
    rig.down(from);
    assert_eq!(rig.go(from.plus(12, 0)), [], "six pixels of the stage are a tap");
    let outs = rig.go(to).to_vec();
    assert!(
        matches!(outs[..], [Out::Lift(_), Out::Drag { .. }]),
        "a finger is not captured again: {outs:?}"
    );
    rig.up(to);
    assert_eq!(rig.parent("net1-wall"), Some("net2-b-data"));
}

#[test]
fn two_fingers_pan_and_zoom_and_undo_what_the_first_did() {
    let mut rig = Rig::touch(hub_and_spokes(2));
    let before = rig.design.clone();
    rig.select(&["net1-wall"]);
    let from = rig.centre("net1-wall");
    rig.down(from);
    rig.go(from.plus(100, 100));
    assert!(rig.lifted);
    let second = rig.pointer(2, from.plus(300, 100), 1);
    assert_eq!(rig.step(Input::Down(second)), [Out::Lower]);
    assert!(rig.machine.is_busy() && !rig.lifted);
    // Twice as far apart.
    let camera = rig.camera;
    let wider = Pointer {
        stage: second.stage.plus(100, 0),
        ..second
    };
    rig.step(Input::Move(wider));
    assert_eq!(rig.camera.scale, 1000);
    assert_ne!(rig.camera, camera);
    assert_eq!(rig.step(Input::Up(wider)), []);
    assert_eq!(rig.go(from), [], "the finger that is left does nothing");
    rig.up(from);
    assert_eq!(rig.design, before);
    assert_eq!(rig.camera.scale, 1000);
}

#[test]
fn whatever_cancels_restores() {
    for cancel in [Input::Escape, Input::Lost(1), Input::Blur] {
        let mut rig = mouse();
        let (design, camera) = (rig.design.clone(), rig.camera);
        rig.select(&["site"]);
        let selection = rig.selection.clone();
        let wall = rig.centre("net1-wall");
        let corner = Point::new(rig.rect("net1").right(), rig.rect("net1").bottom());
        let body = Point::new(rig.rect("region").x + 12, rig.rect("region").bottom() - 12);
        let handle = Grip::Left.on(&rig.rect("site"));
        for (from, shift) in [
            (wall, false),
            (corner, false),
            (body, false),
            (body, true),
            (handle, false),
        ] {
            rig.keys.shift = shift;
            rig.down(from);
            rig.go(from.plus(-200, -200));
            assert!(rig.machine.is_busy());
            rig.step(cancel.clone());
            assert!(!rig.machine.is_busy() && !rig.lifted, "{cancel:?}");
            assert_eq!(
                (&rig.design, rig.camera, &rig.selection),
                (&design, camera, &selection),
                "{cancel:?} at {from:?}"
            );
            assert_eq!(rig.go(from), [], "and what comes after it does nothing");
            assert_eq!(rig.up(from), []);
        }
        rig.keys.shift = false;
        for carry in [Input::CarryKind(Kind::Site), Input::CarryParts, Input::Connect] {
            rig.step(carry);
            rig.step(cancel.clone());
            if cancel == Input::Lost(1) {
                // It waits for a click, not for a pointer.
                rig.step(Input::Escape);
            }
            assert!(!rig.lifted);
            rig.selection.clone_from(&selection);
        }
        assert_eq!(rig.design, design);
    }
}

#[test]
fn a_release_outside_of_the_window_ends_a_drag() {
    let mut rig = mouse();
    let before = rig.design.clone();
    let wall = rig.centre("net1-wall");
    rig.down(wall);
    rig.go(wall.plus(200, 0));
    let hovering = rig.pointer(1, wall.plus(300, 0), 0);
    assert!(rig.step(Input::Move(hovering)).contains(&Out::Lower));
    assert_eq!(rig.design, before);
}

#[test]
fn another_pointer_does_not_disturb_a_drag() {
    let mut rig = mouse();
    rig.select(&["site"]);
    let before = rig.design.clone();
    let (from, to) = (rig.centre("site"), rig.centre("site").plus(80, 40));
    rig.down(from);
    rig.go(to);
    assert!(rig.lifted);
    rig.kind = PointerKind::Touch;
    for other in [
        Input::Down(rig.pointer(7, from, 1)),
        Input::Move(rig.pointer(7, from, 1)),
        Input::Up(rig.pointer(7, from, 0)),
        Input::Lost(7),
    ] {
        assert_eq!(rig.step(other), []);
    }
    rig.kind = PointerKind::Mouse;
    assert_eq!(
        rig.step(Input::Move(rig.pointer(8, from, 0))),
        [],
        "another mouse only hovers"
    );
    assert!(rig.lifted && rig.machine.is_busy());
    assert!(rig.up(to).iter().any(|out| matches!(out, Out::Run(_))));
    assert_ne!(rig.design, before);
}

#[test]
fn a_pen_that_hovers_does_not_drag() {
    let mut rig = mouse();
    rig.kind = PointerKind::Pen;
    rig.select(&["site"]);
    let before = rig.design.clone();
    let (from, to) = (rig.centre("site"), rig.centre("site").plus(80, 40));
    rig.down(from);
    let hover = Input::Move(rig.pointer(1, to, 0));
    assert_eq!(rig.step(hover.clone()), [], "its release was not seen");
    rig.down(from);
    rig.go(to);
    rig.step(hover);
    assert!(!rig.lifted && !rig.machine.is_busy());
    rig.up(to);
    assert_eq!(rig.design, before);
}

#[test]
fn a_press_that_was_cancelled_is_no_click() {
    let mut rig = mouse();
    let before = rig.design.clone();
    let at = rig.centre("site").plus(400, 0);
    rig.down(at);
    rig.step(Input::Escape);
    rig.step(Input::CarryKind(Kind::Account));
    rig.up(at);
    assert_eq!(rig.design, before, "it waits for a click of its own");
    rig.down(at);
    rig.step(Input::CarryKind(Kind::Account));
    rig.up(at);
    assert_eq!(rig.design, before);
}

#[derive(Clone, Debug)]
enum Event {
    Down(i32, prop::sample::Index, i32, i32, u16),
    Go(i32, prop::sample::Index, i32, i32),
    Up(i32, prop::sample::Index, i32, i32),
    Other(u8, usize),
}

fn events() -> impl Strategy<Value = Vec<(Event, bool, bool)>> {
    let place = || (1..4i32, any::<prop::sample::Index>(), -60..300i32, -60..200i32);
    let event = prop_oneof![
        3 => (place(), prop_oneof![4 => Just(1u16), 1 => Just(2), 1 => Just(4)]).prop_map(|((id, at, x, y), buttons)| Event::Down(id, at, x, y, buttons)),
        5 => place().prop_map(|(id, at, x, y)| Event::Go(id, at, x, y)),
        3 => place().prop_map(|(id, at, x, y)| Event::Up(id, at, x, y)),
        2 => (0..8u8, 0..Kind::ALL.len()).prop_map(|(what, kind)| Event::Other(what, kind)),
    ];
    prop::collection::vec((event, any::<bool>(), prop::bool::weighted(0.2)), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn any_sequence_of_events_keeps_a_design_sound(design in tree(), events in events()) {
        let mut rig = Rig::new(design);
        for (event, is_touch, shift) in events {
            rig.kind = if is_touch { PointerKind::Touch } else { PointerKind::Mouse };
            rig.keys = Modifiers { shift, control: false, alt: shift };
            let ids: Vec<PartId> = rig.layout.rects.keys().cloned().collect();
            let point = |at: &prop::sample::Index, x: i32, y: i32, rig: &Rig| {
                let rect = rig.layout.rects[at.get(&ids)];
                Point::new(rect.x + x % (rect.w + 40), rect.y + y % (rect.h + 40))
            };
            // A finger has an id of its own.
            let of = |id: i32| if is_touch { id } else { 9 };
            let input = match &event {
                Event::Down(id, at, x, y, buttons) => Input::Down(rig.pointer(of(*id), point(at, *x, *y, &rig), *buttons)),
                Event::Go(id, at, x, y) => Input::Move(rig.pointer(of(*id), point(at, *x, *y, &rig), 1)),
                Event::Up(id, at, x, y) => Input::Up(rig.pointer(of(*id), point(at, *x, *y, &rig), 0)),
                Event::Other(what, kind) => match what {
                    0 => Input::Lost(of(1 + *kind as i32 % 3)),
                    1 => Input::Blur,
                    2 | 3 => Input::Escape,
                    4 => Input::CarryKind(Kind::ALL[*kind]),
                    5 => Input::DragKind(Kind::ALL[*kind]),
                    6 => Input::CarryParts,
                    _ => Input::Connect,
                },
            };
            rig.step(input);
            prop_assert_eq!(violations(&rig.design), Vec::<String>::new());
            prop_assert!((100..=2000).contains(&rig.camera.scale));
        }
        // Whatever is on its way is undone by Escape.
        let before = rig.design.clone();
        rig.step(Input::Escape);
        prop_assert!(!rig.machine.is_busy() && !rig.lifted);
        prop_assert_eq!(rig.design, before);
    }
}
