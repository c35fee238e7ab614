use crate::sorted::{BTreeMap, BTreeSet};

use super::{Point, Rect};
use crate::design::{LinkId, PartId};

/// What is under a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A handle of a selected part, from which a link is drawn.
    Handle(PartId, Grip),
    /// A part that is no container.
    Part(PartId),
    /// A link.
    Link(LinkId),
    /// The edge of a container, which is what resizes it.
    Edge(PartId, Sides),
    /// A container. `title` is true on the strip at its top, by which it is taken hold of.
    Container {
        /// Which.
        part: PartId,
        /// On its title.
        title: bool,
    },
    /// Nothing.
    Ground,
}

/// Which handle of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// In the middle of the upper side.
    Top,
    /// In the middle of the right side.
    Right,
    /// In the middle of the lower side.
    Bottom,
    /// In the middle of the left side.
    Left,
}

/// Which sides of a container an edge is: one, or two that meet in a corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// The left one.
    pub left: bool,
    /// The upper one.
    pub top: bool,
    /// The right one.
    pub right: bool,
    /// The lower one.
    pub bottom: bool,
}

/// How near a pointer has to come to a handle, in px; by touch twice as near.
const HANDLE: i32 = 8;
/// How near to a link.
pub(crate) const LINK: i32 = 8;
/// How near to a link by touch.
pub(crate) const LINK_TOUCH: i32 = 12;
/// How near to a container's edge.
pub(crate) const EDGE: i32 = 6;

impl Grip {
    /// All of them.
    pub const ALL: [Grip; 4] = [Grip::Top, Grip::Right, Grip::Bottom, Grip::Left];

    /// Where it is on a box.
    #[must_use]
    pub fn on(self, rect: &Rect) -> Point {
        let centre = rect.centre();
        match self {
            Grip::Top => Point::new(centre.x, rect.y),
            Grip::Right => Point::new(rect.right(), centre.y),
            Grip::Bottom => Point::new(centre.x, rect.bottom()),
            Grip::Left => Point::new(rect.x, centre.y),
        }
    }

    /// The handle of a box under a point.
    pub(crate) fn at(rect: &Rect, point: Point, touch: bool) -> Option<Self> {
        let near = if touch { 2 * HANDLE } else { HANDLE };
        Grip::ALL.into_iter().find(|grip| {
            Rect::new(grip.on(rect).x, grip.on(rect).y, 0, 0)
                .inflate(near)
                .holds(point)
        })
    }
}

impl Sides {
    /// The edges of a box near a point; `None` when it is near none.
    pub(crate) fn at(rect: &Rect, point: Point) -> Option<Self> {
        let inner = Rect::new(rect.x + EDGE, rect.y + EDGE, rect.w - 2 * EDGE, rect.h - 2 * EDGE);
        if !rect.inflate(EDGE).holds(point) || (inner.w > 0 && inner.h > 0 && inner.holds(point)) {
            return None;
        }
        let sides = Sides {
            left: (point.x - rect.x).abs() <= EDGE,
            top: (point.y - rect.y).abs() <= EDGE,
            right: (point.x - rect.right()).abs() <= EDGE,
            bottom: (point.y - rect.bottom()).abs() <= EDGE,
        };
        (sides != Sides::default()).then_some(sides)
    }
}

/// The square of the distance from a point to the nearest of a line, in px.
pub(crate) fn distance(line: &[Point], point: Point) -> i64 {
    let near = |piece: &[Point]| match piece {
        [a, b] => {
            let rect = Rect::between(*a, *b);
            let dx = i64::from(point.x) - i64::from(point.x.clamp(rect.x, rect.right()));
            let dy = i64::from(point.y) - i64::from(point.y.clamp(rect.y, rect.bottom()));
            dx * dx + dy * dy
        }
        _ => i64::MAX,
    };
    line.windows(2).map(near).min().unwrap_or(i64::MAX)
}

/// A grid of squares, each with what touches it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    squares: BTreeMap<(i32, i32), Square>,
    /// What touches so many squares that it is looked at always.
    large: Square,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Square {
    parts: BTreeSet<PartId>,
    links: BTreeSet<LinkId>,
}

/// The side of a square, in px.
const SQUARE: i32 = 256;
/// From how many squares on something is large.
const LARGE: i64 = 4096;

impl Grid {
    pub(crate) fn put_part(&mut self, id: &PartId, rect: &Rect) {
        match squares(rect) {
            Some(keys) => keys.for_each(|key| {
                self.squares.entry(key).or_default().parts.insert(id.clone());
            }),
            None => drop(self.large.parts.insert(id.clone())),
        }
    }

    pub(crate) fn take_part(&mut self, id: &PartId, rect: &Rect) {
        self.large.parts.remove(id);
        for key in squares(rect).into_iter().flatten() {
            self.change(key, |square| {
                square.parts.remove(id);
            });
        }
    }

    pub(crate) fn put_link(&mut self, id: &LinkId, line: &[Point]) {
        for piece in pieces(line) {
            match squares(&piece) {
                Some(keys) => keys.for_each(|key| {
                    self.squares.entry(key).or_default().links.insert(id.clone());
                }),
                None => drop(self.large.links.insert(id.clone())),
            }
        }
    }

    pub(crate) fn take_link(&mut self, id: &LinkId, line: &[Point]) {
        self.large.links.remove(id);
        for key in pieces(line).filter_map(|piece| squares(&piece)).flatten() {
            self.change(key, |square| {
                square.links.remove(id);
            });
        }
    }

    fn change(&mut self, key: (i32, i32), change: impl FnOnce(&mut Square)) {
        if let Some(square) = self.squares.get_mut(&key) {
            change(square);
            if square.parts.is_empty() && square.links.is_empty() {
                self.squares.remove(&key);
            }
        }
    }

    /// The parts that may touch a box, without order.
    pub(crate) fn parts(&self, rect: &Rect) -> BTreeSet<&PartId> {
        self.at(rect).flat_map(|square| &square.parts).collect()
    }

    /// The links that may touch a box.
    pub(crate) fn links(&self, rect: &Rect) -> BTreeSet<&LinkId> {
        self.at(rect).flat_map(|square| &square.links).collect()
    }

    fn at(&self, rect: &Rect) -> impl Iterator<Item = &Square> {
        let near = squares(rect);
        // A box larger than large: everything.
        let all = near.is_none().then_some(&self.squares);
        let near = near.into_iter().flatten().filter_map(|key| self.squares.get(&key));
        near.chain(all.into_iter().flat_map(BTreeMap::values))
            .chain([&self.large])
    }
}

fn pieces(line: &[Point]) -> impl Iterator<Item = Rect> {
    line.windows(2).filter_map(|piece| match piece {
        [a, b] => Some(Rect::between(*a, *b)),
        _ => None,
    })
}

/// The squares that a box touches; `None` when there are too many.
fn squares(rect: &Rect) -> Option<impl Iterator<Item = (i32, i32)> + use<>> {
    let (left, right) = (rect.x.div_euclid(SQUARE), rect.right().div_euclid(SQUARE));
    let (top, bottom) = (rect.y.div_euclid(SQUARE), rect.bottom().div_euclid(SQUARE));
    let count = (i64::from(right) - i64::from(left) + 1) * (i64::from(bottom) - i64::from(top) + 1);
    (count <= LARGE).then(|| (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y))))
}
