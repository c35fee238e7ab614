//! Where what is in a gesture would go: asked by the preview and by the end of the gesture alike.

use crate::sorted::BTreeSet;

use super::{Flight, Item, Landing, Out, Pointer, PointerKind, Sight};
use crate::catalogue::{Reason, link_between};
use crate::design::{Cell, Design, Kind, PADDING, PART, PartId, Size, TITLE};
use crate::editor::Command;
use crate::editor::apply::{LEAST, ROOM, may_move};
use crate::geometry::{CELL, Camera, Drop, Guide, Hit, Point, Rect, Sides, Subject, nest, snap};

/// How far around what moves others count for snapping, in px of the drawing: about a screen, and quick in a design of any
/// size.
const SIGHT: i32 = 1024;

/// A place for something.
pub(super) struct Aim {
    /// The box of the new part, or of the part that was taken hold of.
    rect: Rect,
    /// How far that is from where it was.
    by: (i32, i32),
    guides: Vec<Guide>,
    pub(super) drop: Drop,
}

impl Aim {
    fn at(sight: Sight<'_>, subject: &Subject, rect: Rect, moving: &BTreeSet<PartId>, alone: bool) -> Self {
        let mut drop = nest(sight.design, sight.layout, subject, rect.centre());
        for id in moving {
            if drop.allowed.is_ok() {
                drop.allowed = may_move(sight.design, id, drop.parent.as_ref());
            }
        }
        let (snapped, guides) = if alone {
            let cell = |px: i32| px.saturating_add(CELL / 2).div_euclid(CELL).saturating_mul(CELL);
            let (x, y) = (cell(rect.x), cell(rect.y));
            (Rect { x, y, ..rect }, Vec::new())
        } else {
            let shown = rect.inflate(SIGHT);
            let snapped = snap(sight.layout, rect, drop.parent.as_ref(), moving, Some(shown));
            (snapped.rect, snapped.guides)
        };
        Aim {
            rect: snapped,
            by: (0, 0),
            guides,
            drop,
        }
    }

    fn landing(&self, sight: Sight<'_>) -> Landing {
        let name = match &self.drop.parent {
            Some(parent) => sight.design.name(parent),
            None => "the ground".to_owned(),
        };
        Landing {
            drop: self.drop.clone(),
            name,
        }
    }

    /// Parts on their way.
    pub(super) fn shown(self, sight: Sight<'_>) -> Out {
        Out::Drag {
            dx: self.by.0,
            dy: self.by.1,
            landing: self.landing(sight),
            guides: self.guides,
        }
    }

    /// A new part on its way.
    pub(super) fn ghost(self, sight: Sight<'_>, kind: Kind) -> Out {
        let landing = self.landing(sight);
        Out::Ghost(Some((kind, self.rect, landing)))
    }

    /// The command that puts a new part there.
    pub(super) fn place(&self, sight: Sight<'_>, kind: Kind) -> Command {
        Command::Place {
            kind,
            parent: self.drop.parent.clone(),
            at: self.cell(sight),
        }
    }

    /// The end of a move: the command, the refusal, or nothing when all is where it was.
    pub(super) fn done(self, sight: Sight<'_>, flight: &Flight) -> Option<Out> {
        let at = self.cell(sight);
        let parent = self.drop.parent;
        if let Err(reason) = self.drop.allowed {
            return Some(Out::Refuse(reason));
        }
        let stays = |id: &PartId| sight.design.parts.get(id).is_some_and(|part| part.parent == parent);
        if self.by == (0, 0) && flight.parts.iter().all(stays) {
            return None;
        }
        let parts = flight.parts.clone();
        Some(Out::Run(Command::Move { parts, parent, at }))
    }

    /// Where it is relative to the container.
    fn cell(&self, sight: Sight<'_>) -> Cell {
        let home = self.drop.parent.as_ref().and_then(|id| sight.layout.rects.get(id));
        relative(self.rect, home)
    }
}

/// The upper left corner of a box in cells of its container.
fn relative(rect: Rect, home: Option<&Rect>) -> Cell {
    let origin = home.map_or(Point::default(), |home| Point::new(home.x, home.y));
    Cell::new(
        rect.x.saturating_sub(origin.x).div_euclid(CELL),
        rect.y.saturating_sub(origin.y).div_euclid(CELL),
    )
}

/// Where a new part goes with the pointer in its middle.
pub(super) fn new(sight: Sight<'_>, kind: Kind, pointer: &Pointer) -> Aim {
    let at = sight.camera.to_world(pointer.stage);
    let size = if kind.is_container() { ROOM } else { PART };
    let rect = Rect::of_size(at, size);
    let rect = rect.moved(-rect.w / 2, -rect.h / 2);
    Aim::at(sight, &Subject::New(kind), rect, &BTreeSet::new(), pointer.keys.alt)
}

/// Where parts go that were taken hold of at `from`.
pub(super) fn parts(sight: Sight<'_>, flight: &Flight, from: Point, pointer: &Pointer) -> Aim {
    let to = sight.camera.to_world(pointer.stage);
    let rect = flight
        .lead
        .moved(to.x.saturating_sub(from.x), to.y.saturating_sub(from.y));
    let moving: BTreeSet<PartId> = flight.parts.iter().cloned().collect();
    let subject = Subject::Parts(flight.parts.clone());
    let mut aim = Aim::at(sight, &subject, rect, &moving, pointer.keys.alt);
    aim.by = (
        aim.rect.x.saturating_sub(flight.lead.x),
        aim.rect.y.saturating_sub(flight.lead.y),
    );
    aim
}

/// What takes off when `id` is taken hold of: all that is selected, if that is, without what lies in others of it.
pub(super) fn flight(sight: Sight<'_>, id: &PartId) -> Option<Flight> {
    let is_selected = |id: &PartId| sight.selection.contains(&Item::Part(id.clone()));
    // Whoever holds it and is selected takes it along.
    let mut lead = id;
    for (above, _) in sight.design.ancestors(id) {
        if is_selected(above) {
            lead = above;
        }
    }
    let mut parts = vec![lead.clone()];
    if is_selected(lead) {
        for item in sight.selection {
            if let Item::Part(id) = item
                && id != lead
                && sight.design.parts.contains_key(id)
                && !sight.design.ancestors(id).any(|(above, _)| is_selected(above))
            {
                parts.push(id.clone());
            }
        }
    }
    Some(Flight {
        lead: *sight.layout.rects.get(lead)?,
        parts,
        selected: None,
    })
}

/// The selected part, if it is the only thing that is selected.
pub(super) fn only_part(sight: Sight<'_>) -> Option<PartId> {
    let mut items = sight.selection.iter();
    match (items.next(), items.next()) {
        (Some(Item::Part(id)), None) => Some(id.clone()),
        _ => None,
    }
}

/// Whether a part can have links at all.
pub(super) fn can_link(design: &Design, id: &PartId) -> bool {
    let kind = design.parts.get(id).map(|part| part.kind);
    matches!(kind, Some(Kind::Vnet | Kind::Vpn | Kind::Transit | Kind::Site))
}

/// What is under a pointer. Handles are on the one part that is selected.
pub(super) fn hit(sight: Sight<'_>, pointer: &Pointer) -> Hit {
    let handles = only_part(sight).filter(|id| can_link(sight.design, id));
    let at = sight.camera.to_world(pointer.stage);
    sight
        .layout
        .hit(at, pointer.kind == PointerKind::Touch, handles.as_ref())
}

/// The parts under a pointer, the deepest first.
fn under(sight: Sight<'_>, pointer: &Pointer) -> Vec<PartId> {
    let at = sight.camera.to_world(pointer.stage);
    let mut under = sight.layout.stack_at(at);
    if let Hit::Part(id) = sight.layout.hit(at, pointer.kind == PointerKind::Touch, None) {
        under.insert(0, id);
    }
    under
}

/// Where a link may begin, under a pointer.
pub(super) fn first_end(sight: Sight<'_>, pointer: &Pointer) -> Option<PartId> {
    under(sight, pointer).into_iter().find(|id| can_link(sight.design, id))
}

/// Where a link from `from` would end under a pointer: the deepest part that allows it, or why the deepest does not. What
/// holds `from`, or lies in it, counts as ground.
pub(super) fn other_end(sight: Sight<'_>, from: &PartId, pointer: &Pointer) -> Result<Option<PartId>, Reason> {
    let design = sight.design;
    let holds =
        |outer: &PartId, inner: &PartId| outer == inner || design.ancestors(inner).any(|(above, _)| above == outer);
    let mut refused = None;
    for id in under(sight, pointer) {
        if holds(&id, from) || holds(from, &id) {
            continue;
        }
        match link_between(design, from, &id) {
            Ok(_) => return Ok(Some(id)),
            Err(reason) => drop(refused.get_or_insert(reason)),
        }
    }
    refused.map_or(Ok(None), Err)
}

/// The parts in a frame, without what lies in others of them.
pub(super) fn framed(sight: Sight<'_>, frame: Rect) -> BTreeSet<Item> {
    let inside = sight.layout.inside(frame);
    let alone = |id: &&PartId| !sight.design.ancestors(id).any(|(above, _)| inside.contains(above));
    inside.iter().filter(alone).cloned().map(Item::Part).collect()
}

/// A container's border with some of its sides dragged: on whole cells, around what it holds, inside of what holds it.
pub(super) fn border(sight: Sight<'_>, part: &PartId, sides: Sides, from: Point, pointer: &Pointer) -> Option<Rect> {
    let was = sight.layout.rects.get(part)?;
    let to = sight.camera.to_world(pointer.stage);
    let cell = |px: i32| px.saturating_add(CELL / 2).div_euclid(CELL).saturating_mul(CELL);
    let (dx, dy) = (cell(to.x.saturating_sub(from.x)), cell(to.y.saturating_sub(from.y)));
    // No nearer than what it holds allows, nor than its least size.
    let (mut low, mut high) = (Point::new(i32::MAX, i32::MAX), Point::new(i32::MIN, i32::MIN));
    for rect in sight
        .layout
        .children(Some(part))
        .filter_map(|id| sight.layout.rects.get(id))
    {
        low = Point::new(low.x.min(rect.x), low.y.min(rect.y));
        high = Point::new(high.x.max(rect.right()), high.y.max(rect.bottom()));
    }
    let (mut left, mut top, mut right, mut bottom) = (was.x, was.y, was.right(), was.bottom());
    if sides.left {
        let most = low.x.saturating_sub(PADDING * CELL);
        left = left.saturating_add(dx).min(most).min(right - LEAST.w * CELL);
    }
    if sides.top {
        let most = low.y.saturating_sub(TITLE * CELL);
        top = top.saturating_add(dy).min(most).min(bottom - LEAST.h * CELL);
    }
    let home = sight.design.parts.get(part)?.parent.as_ref();
    if let Some(home) = home.and_then(|id| sight.layout.rects.get(id)) {
        left = left.max(home.x + PADDING * CELL);
        top = top.max(home.y + TITLE * CELL);
    }
    if sides.right {
        let least = high.x.saturating_add(PADDING * CELL);
        right = right.saturating_add(dx).max(least).max(left + LEAST.w * CELL);
    }
    if sides.bottom {
        let least = high.y.saturating_add(PADDING * CELL);
        bottom = bottom.saturating_add(dy).max(least).max(top + LEAST.h * CELL);
    }
    Some(Rect::between(Point::new(left, top), Point::new(right, bottom)))
}

/// The command that gives a container that border; `None` when it has it.
pub(super) fn resized(sight: Sight<'_>, part: &PartId, rect: Rect) -> Option<Command> {
    if sight.layout.rects.get(part) == Some(&rect) {
        return None;
    }
    let home = sight.design.parts.get(part)?.parent.as_ref();
    Some(Command::Resize {
        part: part.clone(),
        at: relative(rect, home.and_then(|id| sight.layout.rects.get(id))),
        size: Size {
            w: rect.w / CELL,
            h: rect.h / CELL,
        },
    })
}

/// The camera after two fingers went from one pair of places to another.
pub(super) fn pinched(before: Camera, was: (Point, Point), now: (Point, Point)) -> Camera {
    let far = |(a, b): (Point, Point)| {
        let (dx, dy) = (i64::from(a.x) - i64::from(b.x), i64::from(a.y) - i64::from(b.y));
        (dx * dx + dy * dy).isqrt().max(1)
    };
    let middle = |(a, b): (Point, Point)| Rect::between(a, b).centre();
    let scale = i64::from(before.scale) * far(now) / far(was);
    let (from, to) = (middle(was), middle(now));
    before
        .zoom(from, i32::try_from(scale).unwrap_or(i32::MAX))
        .pan(to.x.saturating_sub(from.x), to.y.saturating_sub(from.y))
}
