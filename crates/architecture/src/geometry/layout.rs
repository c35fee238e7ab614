#[cfg(test)]
mod tests;

use crate::sorted::{BTreeMap, BTreeSet};

use super::index::{Grid, LINK, LINK_TOUCH, Sides, distance};
use super::route::{self, Obstacles, Port, Side};
use super::shapes::{CELL, pixels};
use super::view::title_width;
use super::{Grip, Hit, Point, Polyline, Rect};
use crate::design::{Design, Kind, LinkId, PartId, TITLE};

/// Where every part and link of a design is, in pixels of the drawing, with an index of what is under a point.
///
/// It follows the design through [`Layout::update`], which touches only what changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The boxes of the parts.
    pub rects: BTreeMap<PartId, Rect>,
    /// The lines of the links.
    pub links: BTreeMap<LinkId, Polyline>,
    known: BTreeMap<PartId, Known>,
    children: BTreeMap<Option<PartId>, BTreeSet<PartId>>,
    joined: BTreeMap<LinkId, Joined>,
    links_of: BTreeMap<PartId, BTreeSet<LinkId>>,
    /// Links whose way was searched, and so depends on what stands around.
    searched: BTreeSet<LinkId>,
    grid: Grid,
}

/// What is known of a part beside its box.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    parent: Option<PartId>,
    kind: Kind,
    depth: u8,
    /// How wide its title is; 0 when it is no container.
    title: i32,
}

/// What is known of a link beside its line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Joined {
    from: PartId,
    to: PartId,
    bends: Vec<Point>,
}

/// What an update moved, added or took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Parts.
    pub parts: BTreeSet<PartId>,
    /// Links.
    pub links: BTreeSet<LinkId>,
}

/// With more changed parts than this every link is looked at again.
const MANY: usize = 64;
/// How many ways are searched in one update; the others keep their simple form.
const SEARCHES: usize = 400;
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
        let (parts, boxes) = self.follow_parts(design);
        let links = self.follow_links(design, &parts, &boxes);
        Changed { parts, links }
    }

    /// Takes over where parts are. Answers with those that changed, and the ground that they left or took.
    fn follow_parts(&mut self, design: &Design) -> (BTreeSet<PartId>, Vec<(PartId, Rect)>) {
        let mut children: BTreeMap<Option<&PartId>, Vec<&PartId>> = BTreeMap::new();
        for (id, part) in &design.parts {
            children.entry(part.parent.as_ref()).or_default().push(id);
        }
        let mut changed = BTreeSet::new();
        let mut boxes = Vec::new();
        let mut open: Vec<(Option<&PartId>, Point, u8, bool)> = vec![(None, Point::default(), 0, false)];
        // A part that holds itself is never come to, so it is as if it were not there.
        let mut found: BTreeSet<&PartId> = BTreeSet::new();
        while let Some((parent, origin, depth, moved_house)) = open.pop() {
            for id in children.get(&parent).into_iter().flatten().copied() {
                let Some(part) = design.parts.get(id) else { continue };
                found.insert(id);
                let at = pixels(part.at);
                let rect = Rect::of_size(origin.plus(at.x, at.y), part.extent());
                let is_container = part.kind.is_container();
                let known = Known {
                    parent: part.parent.clone(),
                    kind: part.kind,
                    depth,
                    title: if is_container {
                        title_width(design, part).min(rect.w)
                    } else {
                        0
                    },
                };
                let before = self.known.get(id);
                let elsewhere = moved_house || before.is_some_and(|before| before.parent != known.parent);
                if is_container {
                    open.push((Some(id), Point::new(rect.x, rect.y), depth.saturating_add(1), elsewhere));
                }
                let old = self.rects.get(id).copied();
                if old == Some(rect) && before == Some(&known) && !elsewhere {
                    continue;
                }
                self.forget(id);
                boxes.extend(old.map(|old| (id.clone(), old)));
                boxes.push((id.clone(), rect));
                self.grid.put_part(id, &rect);
                self.children
                    .entry(known.parent.clone())
                    .or_default()
                    .insert(id.clone());
                self.rects.insert(id.clone(), rect);
                self.known.insert(id.clone(), known);
                changed.insert(id.clone());
            }
        }
        let gone: Vec<PartId> = self.rects.keys().filter(|id| !found.contains(id)).cloned().collect();
        for id in gone {
            boxes.extend(self.rects.get(&id).map(|old| (id.clone(), *old)));
            self.forget(&id);
            changed.insert(id);
        }
        (changed, boxes)
    }

    fn forget(&mut self, id: &PartId) {
        if let Some(rect) = self.rects.remove(id) {
            self.grid.take_part(id, &rect);
        }
        if let Some(known) = self.known.remove(id)
            && let Some(siblings) = self.children.get_mut(&known.parent)
        {
            siblings.remove(id);
            if siblings.is_empty() {
                self.children.remove(&known.parent);
            }
        }
    }

    fn follow_links(
        &mut self,
        design: &Design,
        parts: &BTreeSet<PartId>,
        boxes: &[(PartId, Rect)],
    ) -> BTreeSet<LinkId> {
        // Parts at which links come, go or have moved ends: the others that end there make room.
        let mut stirred: BTreeSet<PartId> = BTreeSet::new();
        let mut changed = BTreeSet::new();
        let gone: Vec<LinkId> = self
            .joined
            .keys()
            .filter(|id| !design.links.contains_key(*id))
            .cloned()
            .collect();
        for id in gone {
            self.unlink(&id, &mut stirred);
            changed.insert(id);
        }
        for (id, link) in &design.links {
            let joined = Joined {
                from: link.from.clone(),
                to: link.to.clone(),
                bends: link.bends.iter().map(|bend| pixels(*bend)).collect(),
            };
            if self.joined.get(id) == Some(&joined) {
                continue;
            }
            self.unlink(id, &mut stirred);
            for end in [&link.from, &link.to] {
                self.links_of.entry(end.clone()).or_default().insert(id.clone());
                stirred.insert(end.clone());
            }
            self.joined.insert(id.clone(), joined);
        }
        for id in parts {
            stirred.insert(id.clone());
            for link in self.links_of.get(id).into_iter().flatten() {
                stirred.extend(
                    self.joined
                        .get(link)
                        .into_iter()
                        .flat_map(|joined| [joined.from.clone(), joined.to.clone()]),
                );
            }
        }
        let mut stale: BTreeSet<LinkId> = stirred
            .iter()
            .filter_map(|id| self.links_of.get(id))
            .flatten()
            .cloned()
            .collect();
        if parts.len() > MANY {
            stale.extend(self.joined.keys().cloned());
        } else {
            let met = self.links.keys().filter(|id| !stale.contains(*id));
            let met: Vec<LinkId> = met
                .filter(|id| boxes.iter().any(|(part, rect)| self.meets(id, part, rect)))
                .cloned()
                .collect();
            stale.extend(met);
        }
        let mut left = SEARCHES;
        for id in stale {
            let line = self.way(&id, &mut left);
            if self.links.get(&id) == line.as_ref().map(|(line, _)| line) {
                // The same line by other means.
                self.note_search(&id, line.is_some_and(|(_, searched)| searched));
                continue;
            }
            if let Some(old) = self.links.remove(&id) {
                self.grid.take_link(&id, &old);
            }
            if let Some((line, searched)) = line {
                self.note_search(&id, searched);
                self.grid.put_link(&id, &line);
                self.links.insert(id.clone(), line);
            }
            changed.insert(id);
        }
        changed
    }

    fn note_search(&mut self, id: &LinkId, searched: bool) {
        if searched {
            self.searched.insert(id.clone());
        } else {
            self.searched.remove(id);
        }
    }

    fn unlink(&mut self, id: &LinkId, stirred: &mut BTreeSet<PartId>) {
        if let Some(line) = self.links.remove(id) {
            self.grid.take_link(id, &line);
        }
        self.searched.remove(id);
        let Some(joined) = self.joined.remove(id) else { return };
        for end in [joined.from, joined.to] {
            if let Some(links) = self.links_of.get_mut(&end) {
                links.remove(id);
                if links.is_empty() {
                    self.links_of.remove(&end);
                }
            }
            stirred.insert(end);
        }
    }

    /// True when ground that a part left or took matters to the way of a link.
    fn meets(&self, id: &LinkId, part: &PartId, rect: &Rect) -> bool {
        let (Some(line), Some(joined)) = (self.links.get(id), self.joined.get(id)) else {
            return false;
        };
        let holds_an_end = self.holds(part, &joined.from) || self.holds(part, &joined.to);
        let title = TITLE * CELL;
        // Borders of what holds an end are no obstacles; its title is.
        let rect = if holds_an_end {
            Rect {
                h: rect.h.min(title),
                ..*rect
            }
        } else {
            *rect
        };
        if route::crosses(line, &rect) {
            return true;
        }
        self.searched.contains(id) && self.region(joined).is_some_and(|region| region.overlaps(&rect))
    }

    /// True when `outer` is `inner` or holds it.
    fn holds(&self, outer: &PartId, inner: &PartId) -> bool {
        std::iter::once(inner)
            .chain(self.ancestors(inner))
            .any(|id| id == outer)
    }

    /// The containers of a part, the nearest first.
    pub(crate) fn ancestors<'a>(&'a self, id: &PartId) -> impl Iterator<Item = &'a PartId> + 'a {
        let up = |id: &PartId| self.known.get(id).and_then(|known| known.parent.as_ref());
        std::iter::successors(up(id), move |id| up(id))
    }

    fn region(&self, joined: &Joined) -> Option<Rect> {
        let (a, b) = (self.rects.get(&joined.from)?, self.rects.get(&joined.to)?);
        Some(a.union(b).inflate(AROUND))
    }

    /// The way of a link, and whether it was searched; `None` when an end is missing.
    fn way(&self, id: &LinkId, left: &mut usize) -> Option<(Polyline, bool)> {
        let joined = self.joined.get(id)?;
        let (a, b) = (self.rects.get(&joined.from)?, self.rects.get(&joined.to)?);
        if !joined.bends.is_empty() {
            return Some((route::through(a, b, &joined.bends), false));
        }
        let Some((from_side, to_side)) = route::facing(a, b) else {
            return Some((route::moving(a, b), false));
        };
        let here = self.fan(&joined.from, a, from_side);
        let there = self.fan(&joined.to, b, to_side);
        let mut from = here.port(id, a, from_side);
        let mut to = there.port(id, b, to_side);
        // Who has the side for itself comes towards the other, so that the line is straight.
        if here.links.len() == 1 && within(a, from_side, to.place()) {
            from = Port::along(a, from_side, to.place());
        } else if there.links.len() == 1 && within(b, to_side, from.place()) {
            to = Port::along(b, to_side, from.place());
        }
        let lane = if here.links.len() > there.links.len() {
            here.lane(id, a, from_side)
        } else {
            there.lane(id, b, to_side)
        };
        let simple = route::simple(from, to, lane);
        let region = a.union(b).inflate(AROUND);
        let Some(obstacles) = self.obstacles(joined, &region) else {
            return Some((simple, true));
        };
        let is_free = !obstacles
            .hard
            .iter()
            .chain(&obstacles.soft)
            .any(|rect| route::crosses(&simple, rect));
        if is_free {
            return Some((simple, false));
        }
        if *left == 0 {
            return Some((simple, true));
        }
        *left -= 1;
        let found = route::search(a, b, from, to, lane, &obstacles);
        Some((found.unwrap_or(simple), true))
    }

    /// The links that leave a part by one side, in the order in which their other ends lie.
    fn fan(&self, part: &PartId, rect: &Rect, side: Side) -> Fan {
        let mut links = Vec::new();
        for id in self.links_of.get(part).into_iter().flatten() {
            let Some(joined) = self.joined.get(id) else { continue };
            let other = if &joined.from == part { &joined.to } else { &joined.from };
            let Some(there) = self.rects.get(other) else { continue };
            let Some((own, opposite)) = route::facing(rect, there) else {
                continue;
            };
            if own != side || !joined.bends.is_empty() {
                continue;
            }
            let centre = there.centre();
            let place = if side.is_level() { centre.x } else { centre.y };
            let room = opposite.of(there).0.abs_diff(side.of(rect).0);
            links.push((place, id.clone(), room));
        }
        crate::sorted::sort(&mut links);
        Fan { links }
    }

    /// What the way of a link goes round; `None` when it is too much.
    fn obstacles(&self, joined: &Joined, region: &Rect) -> Option<Obstacles> {
        let mut obstacles = Obstacles::default();
        let above: BTreeSet<&PartId> = [&joined.from, &joined.to]
            .into_iter()
            .flat_map(|end| std::iter::once(end).chain(self.ancestors(end)))
            .collect();
        for id in self.grid.parts(region) {
            let (Some(rect), Some(known)) = (self.rects.get(id), self.known.get(id)) else {
                continue;
            };
            // What is inside an end is behind its border anyway.
            let inside_an_end = self.ancestors(id).any(|up| up == &joined.from || up == &joined.to);
            if id == &joined.from || id == &joined.to || inside_an_end || !rect.overlaps(region) {
                continue;
            }
            if known.kind.is_container() {
                obstacles
                    .hard
                    .push(Rect::new(rect.x, rect.y, known.title, rect.h.min(TITLE * CELL)));
                let outermost = known.parent.as_ref().is_none_or(|parent| above.contains(parent));
                if !above.contains(id) && outermost {
                    obstacles.soft.push(*rect);
                }
            } else {
                obstacles.hard.push(*rect);
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
        let near = Rect::new(point.x, point.y, 0, 0).inflate(LINK_TOUCH);
        let parts = self.grid.parts(&near);
        let part = self.deepest(&parts, |known, rect| !known.kind.is_container() && rect.holds(point));
        if let Some(part) = part {
            return Hit::Part(part.clone());
        }
        let reach = i64::from(if touch { LINK_TOUCH } else { LINK });
        let links = self.grid.links(&near).into_iter();
        let lines = links.filter_map(|id| Some((distance(self.links.get(id)?, point), id)));
        if let Some((far, link)) = lines.min()
            && far <= reach * reach
        {
            return Hit::Link(link.clone());
        }
        let edge = self.deepest(&parts, |known, rect| {
            known.kind.is_container() && Sides::at(rect, point).is_some()
        });
        if let Some(part) = edge
            && let Some(sides) = self.rects.get(part).and_then(|rect| Sides::at(rect, point))
        {
            return Hit::Edge(part.clone(), sides);
        }
        let inside = self.deepest(&parts, |known, rect| known.kind.is_container() && rect.holds(point));
        match inside {
            Some(part) => Hit::Container {
                part: part.clone(),
                title: self.rects.get(part).is_some_and(|rect| point.y < rect.y + TITLE * CELL),
            },
            None => Hit::Ground,
        }
    }

    fn deepest<'a>(
        &self,
        parts: &BTreeSet<&'a PartId>,
        is_meant: impl Fn(&Known, &Rect) -> bool,
    ) -> Option<&'a PartId> {
        let depth = |id: &PartId| {
            let (known, rect) = (self.known.get(id)?, self.rects.get(id)?);
            is_meant(known, rect).then_some(known.depth)
        };
        let found = parts.iter().filter_map(|id| Some((depth(id)?, *id)));
        found.max().map(|(_, id)| id)
    }

    /// The containers under a point, the deepest first.
    #[must_use]
    pub fn stack_at(&self, point: Point) -> Vec<PartId> {
        let parts = self.grid.parts(&Rect::new(point.x, point.y, 0, 0));
        let depth = |id: &PartId| {
            let (known, rect) = (self.known.get(id)?, self.rects.get(id)?);
            (known.kind.is_container() && rect.holds(point)).then_some(known.depth)
        };
        let mut stack: Vec<(u8, &PartId)> = parts.into_iter().filter_map(|id| Some((depth(id)?, id))).collect();
        crate::sorted::sort(&mut stack);
        stack.into_iter().rev().map(|(_, id)| id.clone()).collect()
    }

    /// The parts that lie in a frame altogether.
    #[must_use]
    pub fn inside(&self, frame: Rect) -> BTreeSet<PartId> {
        let parts = self.grid.parts(&frame).into_iter();
        parts
            .filter(|id| self.rects.get(*id).is_some_and(|rect| frame.covers(rect)))
            .cloned()
            .collect()
    }

    /// The children of a part or of the ground.
    pub fn children(&self, parent: Option<&PartId>) -> impl Iterator<Item = &PartId> {
        self.children.get(&parent.cloned()).into_iter().flatten()
    }

    /// The boxes of the children of a part or of the ground that a box touches.
    pub(crate) fn children_in(&self, parent: Option<&PartId>, rect: &Rect) -> impl Iterator<Item = (&PartId, &Rect)> {
        let parts = self.grid.parts(rect).into_iter();
        parts
            .filter(move |id| self.known.get(*id).is_some_and(|known| known.parent.as_ref() == parent))
            .filter_map(|id| self.rects.get_key_value(id))
            .filter(|(_, child)| rect.overlaps(child))
    }

    /// How deep a part lies: 0 on the ground.
    #[must_use]
    pub fn depth(&self, part: &PartId) -> u8 {
        self.known.get(part).map_or(0, |known| known.depth)
    }

    /// The part and all inside it.
    #[must_use]
    pub fn subtree(&self, part: &PartId) -> BTreeSet<PartId> {
        let mut inside = BTreeSet::from([part.clone()]);
        let mut open = vec![part.clone()];
        while let Some(next) = open.pop() {
            let fresh = self.children(Some(&next)).filter(|id| !inside.contains(*id));
            let fresh: Vec<PartId> = fresh.cloned().collect();
            inside.extend(fresh.iter().cloned());
            open.extend(fresh);
        }
        inside
    }

    /// The links of which exactly one end is among these parts, and those of which both are.
    #[must_use]
    pub fn crossing(&self, parts: &BTreeSet<PartId>) -> (BTreeSet<LinkId>, BTreeSet<LinkId>) {
        let (mut crossing, mut inner) = (BTreeSet::new(), BTreeSet::new());
        for id in parts.iter().filter_map(|part| self.links_of.get(part)).flatten() {
            match self.joined.get(id) {
                Some(joined) if parts.contains(&joined.from) && parts.contains(&joined.to) => inner.insert(id.clone()),
                Some(_) => crossing.insert(id.clone()),
                None => false,
            };
        }
        (crossing, inner)
    }

    /// The two ends of a link.
    #[must_use]
    pub fn ends(&self, link: &LinkId) -> Option<(&PartId, &PartId)> {
        self.joined.get(link).map(|joined| (&joined.from, &joined.to))
    }
}

/// The links that leave one side of a part: where their other ends lie along it, and the room before it.
struct Fan {
    links: Vec<(i32, LinkId, u32)>,
}

impl Fan {
    fn port(&self, id: &LinkId, rect: &Rect, side: Side) -> Port {
        let index = self.links.iter().position(|(_, link, _)| link == id).unwrap_or(0);
        Port::new(rect, side, index, self.links.len().max(1))
    }

    /// Where the middle piece runs, so that links from one direction run side by side and do not cross: who comes from
    /// farther away runs nearer to the part. `None` when there is only one link.
    fn lane(&self, id: &LinkId, rect: &Rect, side: Side) -> Option<i32> {
        if self.links.len() < 2 {
            return None;
        }
        let place = |index: usize| Port::new(rect, side, index, self.links.len()).place();
        let mine = self.links.iter().position(|(_, link, _)| link == id)?;
        let before = |index: usize| self.links.get(index).is_some_and(|(far, ..)| *far < place(index));
        let is_before = before(mine);
        let alike: Vec<usize> = (0..self.links.len())
            .filter(|index| before(*index) == is_before)
            .collect();
        let rank = alike
            .iter()
            .filter(|index| if is_before { **index < mine } else { **index > mine })
            .count();
        let room = self.links.iter().map(|(.., room)| *room).min().unwrap_or(0);
        let room = i32::try_from(room).unwrap_or(i32::MAX);
        let (rank, many) = (i32::try_from(rank).ok()?, i32::try_from(alike.len()).ok()?);
        let step = ((room - 16) / many).clamp(0, 8);
        let off = room / 2 + step * (2 * rank - (many - 1)) / 2;
        let (across, ..) = side.of(rect);
        let (dx, dy) = side.outward();
        Some(across.saturating_add((dx + dy) * off))
    }
}

/// True when a coordinate is on a side of a box, away from its corners.
fn within(rect: &Rect, side: Side, place: i32) -> bool {
    let (_, from, long) = side.of(rect);
    place >= from.saturating_add(route::CLEAR) && place <= from.saturating_add(long - route::CLEAR)
}
