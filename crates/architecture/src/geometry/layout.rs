#[cfg(test)]
mod tests;

use crate::sorted::{BTreeMap, BTreeSet};

use super::fan::{Ends, fans};
use super::index::{LINK, LINK_TOUCH, Sides, around, distance};
use super::route::{self, Obstacles, Port};
use super::shapes::{CELL, pixels};
use super::view::title_width;
use super::{Grip, Hit, Point, Polyline, Rect};
use crate::design::{Design, Kind, LinkId, PartId, TITLE};

/// Where every part and link of a design is, in pixels of the drawing.
///
/// It follows the design through [`Layout::update`]: places are cheap and are looked at anew, ways are not and are only
/// looked for where something changed. What is under a point is found by looking at everything, which for the sizes of a
/// design is as quick as any index, and takes no room however large or many the parts are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The boxes of the parts.
    pub rects: BTreeMap<PartId, Rect>,
    /// The lines of the links.
    pub links: BTreeMap<LinkId, Polyline>,
    /// All parts of the design, in the order of their ids.
    places: Vec<Place>,
    /// All links of the design, in the order of their ids.
    ways: Vec<Way>,
}

/// Where a part is, and what of it matters to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    id: PartId,
    /// Which place holds it, or [`NONE`].
    parent: usize,
    pub(super) rect: Rect,
    kind: Kind,
    depth: u8,
    /// How wide its title is; 0 when it is no container.
    title: i32,
    /// False for what lies in nothing that stands: in a part that is not there, or in itself.
    pub(super) stands: bool,
}

/// What is known of a link beside its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    id: LinkId,
    /// The places of its ends, or [`NONE`].
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) bends: Vec<Point>,
    /// True when its way was searched, and so depends on what stands around.
    searched: bool,
    /// The box around its line.
    bounds: Rect,
}

/// What an update moved, added or took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Parts.
    pub parts: BTreeSet<PartId>,
    /// Links.
    pub links: BTreeSet<LinkId>,
}

/// The line of a link, empty when it has none.
struct Line {
    line: Polyline,
    /// True when it has to be found anew.
    is_stale: bool,
}

/// What is not as it was.
struct Moved {
    /// Which places.
    fresh: Vec<bool>,
    /// The ground that parts left or took.
    boxes: Vec<(usize, Rect)>,
    parts: BTreeSet<PartId>,
}

impl Moved {
    fn add(&mut self, at: usize, place: Option<&Place>) {
        if let Some(place) = place.filter(|place| place.stands) {
            self.parts.insert(place.id.clone());
            self.boxes.push((at, place.rect));
        }
    }
}

/// No place: nothing is found there.
const NONE: usize = usize::MAX;
/// With more changed parts than this every link is looked at again.
const MANY: usize = 64;
/// How much is searched in one update, in steps of a search; the links that are left keep their simple form.
const STEPS: usize = 250_000;
/// Up to how many obstacles a way is searched.
const OBSTACLES: usize = 60;
/// How far around its ends a way may go.
const AROUND: i32 = 160;

impl Layout {
    /// The layout of a design.
    #[must_use]
    pub fn new(design: &Design) -> Self {
        let mut layout = Layout::default();
        layout.update(design);
        layout
    }

    /// Follows the design: boxes that moved, links whose ends moved or whose way something crossed.
    pub fn update(&mut self, design: &Design) -> Changed {
        let mut old = std::mem::take(self);
        self.places = places(design);
        let moved = self.moved(&old);
        let mut changed = BTreeSet::new();
        let lines = self.join(design, &mut old, &moved, &mut changed);
        let ends = fans(&self.places, &self.ways);
        let mut left = STEPS;
        for (at, line) in lines.into_iter().enumerate() {
            let Line { mut line, is_stale } = line;
            if is_stale {
                let found = self.way(at, &ends, &mut left);
                let Some(way) = self.ways.get_mut(at) else { continue };
                let (now, searched) = found.unwrap_or_default();
                way.searched = searched;
                if line != now {
                    changed.insert(way.id.clone());
                    way.bounds = around(&now);
                    line = now;
                }
            }
            if let Some(way) = self.ways.get(at)
                && !line.is_empty()
            {
                self.links.insert(way.id.clone(), line);
            }
        }
        for place in &self.places {
            if place.stands {
                self.rects.insert(place.id.clone(), place.rect);
            }
        }
        Changed {
            parts: moved.parts,
            links: changed,
        }
    }

    /// What is not as it was.
    fn moved(&self, old: &Layout) -> Moved {
        let mut moved = Moved {
            fresh: vec![false; self.places.len()],
            boxes: Vec::new(),
            parts: BTreeSet::new(),
        };
        for (at, place) in self.places.iter().enumerate() {
            let was = old.place_of(&place.id);
            let before = old.places.get(was).filter(|before| before.stands);
            let stays = match before {
                Some(before) => {
                    let is_like = before.rect == place.rect && before.kind == place.kind && before.title == place.title;
                    place.stands && is_like && old.is_held_alike(was, self, at)
                }
                None => !place.stands,
            };
            if !stays {
                mark(&mut moved.fresh, at);
                moved.add(at, before);
                moved.add(at, Some(place));
            }
        }
        for before in &old.places {
            if self.place_of(&before.id) == NONE {
                moved.add(NONE, Some(before));
            }
        }
        moved
    }

    /// True when the same parts hold a place as hold one of another layout.
    fn is_held_alike(&self, mut at: usize, other: &Layout, mut there: usize) -> bool {
        loop {
            (at, there) = (self.parent(at), other.parent(there));
            if self.part(at) != other.part(there) {
                return false;
            }
            if at == NONE {
                return true;
            }
        }
    }

    /// Takes over which parts the links join. Answers for each link with its line, and whether that has to be found anew.
    fn join(&mut self, design: &Design, old: &mut Layout, moved: &Moved, changed: &mut BTreeSet<LinkId>) -> Vec<Line> {
        // Parts at which links come, go or have moved ends: the others that end there make room.
        let mut stirred = moved.fresh.clone();
        let mut lines = Vec::with_capacity(design.links.len());
        for (id, link) in &design.links {
            let mut way = Way {
                id: id.clone(),
                from: self.place_of(&link.from),
                to: self.place_of(&link.to),
                bends: link.bends.iter().map(|bend| pixels(*bend)).collect(),
                searched: false,
                bounds: Rect::default(),
            };
            let before = old.ways.get(old.way_of(id));
            let mut is_other = true;
            if let Some(before) = before {
                let was = (old.part(before.from), old.part(before.to));
                is_other = was != (self.part(way.from), self.part(way.to)) || before.bends != way.bends;
                (way.searched, way.bounds) = (before.searched, before.bounds);
            }
            if is_other || is(&moved.fresh, way.from) || is(&moved.fresh, way.to) {
                mark(&mut stirred, way.from);
                mark(&mut stirred, way.to);
            }
            if let Some(before) = before.filter(|_| is_other) {
                self.stir(old, before, &mut stirred);
            }
            lines.push(Line {
                line: old.links.get_mut(id).map(std::mem::take).unwrap_or_default(),
                is_stale: is_other,
            });
            self.ways.push(way);
        }
        for before in &old.ways {
            if self.way_of(&before.id) == NONE {
                self.stir(old, before, &mut stirred);
                changed.insert(before.id.clone());
            }
        }
        let is_many = moved.parts.len() > MANY;
        for (way, line) in self.ways.iter().zip(&mut lines) {
            line.is_stale |= is_many || is(&stirred, way.from) || is(&stirred, way.to);
            for (part, rect) in &moved.boxes {
                line.is_stale = line.is_stale || self.meets(way, &line.line, *part, rect);
            }
        }
        lines
    }

    /// Marks the parts that a link joined once.
    fn stir(&self, old: &Layout, before: &Way, stirred: &mut [bool]) {
        for end in [before.from, before.to] {
            if let Some(part) = old.part(end) {
                mark(stirred, self.place_of(part));
            }
        }
    }

    /// True when ground that a part left or took matters to the way of a link.
    fn meets(&self, way: &Way, line: &[Point], part: usize, rect: &Rect) -> bool {
        let mut rect = *rect;
        // Borders of what holds an end are no obstacles; its title is.
        if self.is_above(part, way) {
            rect.h = rect.h.min(TITLE * CELL);
        }
        // A level or upright line covers no ground, so the box around it is one larger.
        if way.bounds.inflate(1).overlaps(&rect) && route::crosses(line, &rect) {
            return true;
        }
        way.searched && self.region(way).is_some_and(|region| region.overlaps(&rect))
    }

    /// True when `outer` is `inner` or holds it.
    fn holds(&self, outer: usize, inner: usize) -> bool {
        let mut at = inner;
        while at != NONE && at != outer {
            at = self.parent(at);
        }
        at != NONE
    }

    /// True when a place is an end of a way or holds one.
    fn is_above(&self, at: usize, way: &Way) -> bool {
        self.holds(at, way.from) || self.holds(at, way.to)
    }

    fn parent(&self, at: usize) -> usize {
        let place = self.places.get(at).filter(|place| place.stands);
        place.map_or(NONE, |place| place.parent)
    }

    fn part(&self, at: usize) -> Option<&PartId> {
        self.places.get(at).map(|place| &place.id)
    }

    fn rect(&self, at: usize) -> Option<&Rect> {
        let place = self.places.get(at).filter(|place| place.stands);
        place.map(|place| &place.rect)
    }

    fn place_of(&self, id: &PartId) -> usize {
        find(&self.places, id)
    }

    fn way_of(&self, id: &LinkId) -> usize {
        let found = self.ways.binary_search_by(|way| way.id.as_str().cmp(id.as_str()));
        found.unwrap_or(NONE)
    }

    fn region(&self, way: &Way) -> Option<Rect> {
        Some(self.rect(way.from)?.union(self.rect(way.to)?).inflate(AROUND))
    }

    /// The way of a link, and whether it was searched; `None` when an end is missing.
    fn way(&self, at: usize, ends: &Ends, left: &mut usize) -> Option<(Polyline, bool)> {
        let way = self.ways.get(at)?;
        let (a, b) = (self.rect(way.from)?, self.rect(way.to)?);
        if !way.bends.is_empty() {
            return Some((route::through(a, b, &way.bends), false));
        }
        let Some((from_side, to_side)) = route::facing(a, b) else {
            return Some((route::moving(a, b), false));
        };
        let (here, there) = (ends.fan(way.from, from_side, at), ends.fan(way.to, to_side, at));
        let mut from = here.port(a, from_side);
        let mut to = there.port(b, to_side);
        // Who has the side for itself comes towards the other, so that the line is straight.
        if here.links.len() == 1 && within(a, &from, to.place()) {
            from = Port::along(a, from_side, to.place());
        } else if there.links.len() == 1 && within(b, &to, from.place()) {
            to = Port::along(b, to_side, from.place());
        }
        let lane = if here.links.len() > there.links.len() {
            here.lane(a, from_side)
        } else {
            there.lane(b, to_side)
        };
        let simple = route::simple(from, to, lane);
        let Some(obstacles) = self.obstacles(way) else {
            return Some((simple, true));
        };
        let is_met = |rects: &[Rect]| rects.iter().any(|rect| route::crosses(&simple, rect));
        if !is_met(&obstacles.hard) && !is_met(&obstacles.soft) {
            return Some((simple, false));
        }
        let found = route::search(a, b, from, to, lane, obstacles, left);
        Some((found.unwrap_or(simple), true))
    }

    /// What the way of a link goes round; `None` when it is too much.
    fn obstacles(&self, way: &Way) -> Option<Obstacles> {
        let region = self.region(way)?;
        let mut obstacles = Obstacles::default();
        for (at, place) in self.places.iter().enumerate() {
            // What is inside an end is behind its border anyway.
            let rect = place.rect;
            if !place.stands || !rect.overlaps(&region) || self.holds(way.from, at) || self.holds(way.to, at) {
                continue;
            }
            let mut hard = rect;
            if place.kind.is_container() {
                (hard.w, hard.h) = (place.title, rect.h.min(TITLE * CELL));
                let is_outermost = place.parent == NONE || self.is_above(place.parent, way);
                if is_outermost && !self.is_above(at, way) {
                    obstacles.soft.push(rect);
                }
            }
            // A title beyond the region is no matter, also where the container reaches into it: `meets` does not look there.
            if hard.overlaps(&region) {
                obstacles.hard.push(hard);
            }
            if obstacles.hard.len() > OBSTACLES {
                return None;
            }
        }
        Some(obstacles)
    }

    /// The box around everything; `None` when there is nothing.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect> {
        self.rects.values().copied().reduce(|all, rect| all.union(&rect))
    }

    /// What is under a point, in this order: a handle of the part `handles`, the deepest part, a link within 8 px (by touch
    /// 12), a container's edge within 6 px, a container, the ground.
    #[must_use]
    pub fn hit(&self, point: Point, touch: bool, handles: Option<&PartId>) -> Hit {
        if let Some((id, rect)) = handles.and_then(|id| self.rects.get_key_value(id))
            && let Some(grip) = Grip::at(rect, point, touch)
        {
            return Hit::Handle(id.clone(), grip);
        }
        if let Some(part) = self.deepest(&|place| !place.kind.is_container() && place.rect.holds(point)) {
            return Hit::Part(part.id.clone());
        }
        if let Some(link) = self.nearest(point, if touch { LINK_TOUCH } else { LINK }) {
            return Hit::Link(link.clone());
        }
        let edge = |place: &Place| place.kind.is_container() && Sides::at(&place.rect, point).is_some();
        if let Some(part) = self.deepest(&edge)
            && let Some(sides) = Sides::at(&part.rect, point)
        {
            return Hit::Edge(part.id.clone(), sides);
        }
        match self.deepest(&|place| place.kind.is_container() && place.rect.holds(point)) {
            Some(part) => Hit::Container {
                part: part.id.clone(),
                title: point.y < part.rect.y + TITLE * CELL,
            },
            None => Hit::Ground,
        }
    }

    fn deepest(&self, is_meant: &dyn Fn(&Place) -> bool) -> Option<&Place> {
        let meant = self.places.iter().filter(|place| place.stands && is_meant(place));
        // Of several the last.
        meant.max_by_key(|place| place.depth)
    }

    /// The nearest link within so many px of a point.
    fn nearest(&self, point: Point, reach: i32) -> Option<&LinkId> {
        let mut least = i64::from(reach) * i64::from(reach) + 1;
        let mut found = None;
        for way in &self.ways {
            if way.bounds.inflate(reach).holds(point)
                && let Some(line) = self.links.get(&way.id)
            {
                let far = distance(line, point);
                if far < least {
                    (least, found) = (far, Some(&way.id));
                }
            }
        }
        found
    }

    /// The containers under a point, the deepest first.
    #[must_use]
    pub fn stack_at(&self, point: Point) -> Vec<PartId> {
        let mut stack: Vec<&Place> = Vec::new();
        for place in &self.places {
            if place.stands && place.kind.is_container() && place.rect.holds(point) {
                // Of those of one depth the last comes first.
                let at = stack.partition_point(|other| other.depth > place.depth);
                stack.insert(at, place);
            }
        }
        stack.into_iter().map(|place| place.id.clone()).collect()
    }

    /// The parts that meet a condition.
    fn which(&self, is_meant: &dyn Fn(usize, &Place) -> bool) -> BTreeSet<PartId> {
        let mut parts = BTreeSet::new();
        for (at, place) in self.places.iter().enumerate() {
            if place.stands && is_meant(at, place) {
                parts.insert(place.id.clone());
            }
        }
        parts
    }

    /// The parts that lie in a frame altogether.
    #[must_use]
    pub fn inside(&self, frame: Rect) -> BTreeSet<PartId> {
        self.which(&|_, place| frame.covers(&place.rect))
    }

    /// The part and all inside it.
    #[must_use]
    pub fn subtree(&self, part: &PartId) -> BTreeSet<PartId> {
        let outer = self.place_of(part);
        let mut parts = self.which(&|at, _| self.holds(outer, at));
        parts.insert(part.clone());
        parts
    }

    /// The boxes of the children of a part or of the ground, without those of `moving`; where `shown` is given only those
    /// that it touches.
    pub(crate) fn beside(&self, parent: Option<&PartId>, moving: &BTreeSet<PartId>, shown: Option<Rect>) -> Vec<Rect> {
        let holder = parent.map_or(NONE, |parent| self.place_of(parent));
        let children = self.places.iter().filter(|place| {
            place.stands
                && place.parent == holder
                && shown.is_none_or(|shown| shown.overlaps(&place.rect))
                && !moving.contains(&place.id)
        });
        children.map(|place| place.rect).collect()
    }

    /// The children of a part or of the ground.
    pub fn children(&self, parent: Option<&PartId>) -> impl Iterator<Item = &PartId> {
        let holder = parent.map_or(NONE, |parent| self.place_of(parent));
        let children = self.places.iter();
        children
            .filter(move |place| place.stands && place.parent == holder)
            .map(|place| &place.id)
    }

    /// How deep a part lies: 0 on the ground.
    #[must_use]
    pub fn depth(&self, part: &PartId) -> u8 {
        self.places.get(self.place_of(part)).map_or(0, |place| place.depth)
    }

    /// The links of which exactly one end is among these parts, and those of which both are.
    #[must_use]
    pub fn crossing(&self, parts: &BTreeSet<PartId>) -> (BTreeSet<LinkId>, BTreeSet<LinkId>) {
        let (mut crossing, mut inner) = (BTreeSet::new(), BTreeSet::new());
        for way in &self.ways {
            let is_in = |end: usize| self.part(end).is_some_and(|part| parts.contains(part));
            match (is_in(way.from), is_in(way.to)) {
                (true, true) => inner.insert(way.id.clone()),
                (false, false) => false,
                _ => crossing.insert(way.id.clone()),
            };
        }
        (crossing, inner)
    }

    /// The two ends of a link; `None` when one is missing.
    #[must_use]
    pub fn ends(&self, link: &LinkId) -> Option<(&PartId, &PartId)> {
        let way = self.ways.get(self.way_of(link))?;
        Some((self.part(way.from)?, self.part(way.to)?))
    }
}

/// Where the parts of a design are.
fn places(design: &Design) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(design.parts.len());
    for (id, part) in &design.parts {
        let rect = Rect::of_size(pixels(part.at), part.extent());
        places.push(Place {
            id: id.clone(),
            parent: NONE,
            rect,
            kind: part.kind,
            depth: 0,
            title: if part.kind.is_container() {
                title_width(design, part).min(rect.w)
            } else {
                0
            },
            stands: part.parent.is_none(),
        });
    }
    for (at, part) in design.parts.values().enumerate() {
        if let Some(parent) = &part.parent {
            let parent = find(&places, parent);
            if let Some(place) = places.get_mut(at) {
                place.parent = parent;
            }
        }
    }
    // A part stands when what holds it does. One that holds itself never does, so it is as if it were not there.
    let mut is_done = false;
    while !is_done {
        is_done = true;
        for at in 0..places.len() {
            let holder = places.get(at).filter(|place| !place.stands);
            let holder = holder.and_then(|place| places.get(place.parent));
            let Some(holder) = holder.filter(|holder| holder.stands && holder.kind.is_container()) else {
                continue;
            };
            let (origin, depth) = (holder.rect, holder.depth.saturating_add(1));
            if let Some(place) = places.get_mut(at) {
                place.rect = place.rect.moved(origin.x, origin.y).near();
                (place.depth, place.stands) = (depth, true);
                is_done = false;
            }
        }
    }
    places
}

fn find(places: &[Place], id: &PartId) -> usize {
    let found = places.binary_search_by(|place| place.id.as_str().cmp(id.as_str()));
    found.unwrap_or(NONE)
}

fn is(marks: &[bool], at: usize) -> bool {
    marks.get(at) == Some(&true)
}

fn mark(marks: &mut [bool], at: usize) {
    if let Some(mark) = marks.get_mut(at) {
        *mark = true;
    }
}

/// True when a coordinate is on the side of a port, away from the corners.
fn within(rect: &Rect, port: &Port, place: i32) -> bool {
    let (_, from, long) = port.side.of(rect);
    place >= from + route::CLEAR && place <= from + long - route::CLEAR
}
