//! The way of a link: level and upright pieces from the side of one part to the side of another.
//!
//! [`simple`] needs no search and is what is drawn while something moves. At rest a way that would run through something
//! is searched anew by [`search`].

mod search;

pub(crate) use search::{Obstacles, search};

use super::{Point, Polyline, Rect};

/// How far ways keep from what they go round, where there is room.
pub(crate) const CLEAR: i32 = 12;

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// Where a link leaves a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Port {
    pub(crate) at: Point,
    pub(crate) side: Side,
}

impl Side {
    pub(crate) const ALL: [Side; 4] = [Side::Top, Side::Right, Side::Bottom, Side::Left];

    /// True for the sides along which x changes.
    pub(crate) fn is_level(self) -> bool {
        matches!(self, Side::Top | Side::Bottom)
    }

    /// One step outward.
    pub(crate) fn outward(self) -> (i32, i32) {
        match self {
            Side::Top => (0, -1),
            Side::Right => (1, 0),
            Side::Bottom => (0, 1),
            Side::Left => (-1, 0),
        }
    }

    /// The coordinate of the side of `rect` across it, and the stretch along it.
    pub(crate) fn of(self, rect: &Rect) -> (i32, i32, i32) {
        match self {
            Side::Top => (rect.y, rect.x, rect.w),
            Side::Bottom => (rect.bottom(), rect.x, rect.w),
            Side::Left => (rect.x, rect.y, rect.h),
            Side::Right => (rect.right(), rect.y, rect.h),
        }
    }
}

impl Port {
    /// On a side of a box, at the place `index` of `count` that share the side.
    pub(crate) fn new(rect: &Rect, side: Side, index: usize, count: usize) -> Self {
        let (_, from, long) = side.of(rect);
        let step = i64::from(long) * (index as i64 + 1) / (count as i64 + 1);
        Port::along(rect, side, from + step as i32)
    }

    /// On a side of a box, at a coordinate along it.
    pub(crate) fn along(rect: &Rect, side: Side, along: i32) -> Self {
        let (across, ..) = side.of(rect);
        let at = if side.is_level() {
            Point::new(along, across)
        } else {
            Point::new(across, along)
        };
        Port { at, side }
    }

    /// The coordinate along its side.
    pub(crate) fn place(&self) -> i32 {
        if self.side.is_level() { self.at.x } else { self.at.y }
    }
}

/// The sides by which two boxes face each other: those with the most room between; `None` when they overlap.
pub(crate) fn facing(a: &Rect, b: &Rect) -> Option<(Side, Side)> {
    let rooms = [
        (b.x - a.right(), Side::Right, Side::Left),
        (a.x - b.right(), Side::Left, Side::Right),
        (b.y - a.bottom(), Side::Bottom, Side::Top),
        (a.y - b.bottom(), Side::Top, Side::Bottom),
    ];
    let mut best = rooms[0];
    for room in rooms {
        if room.0 > best.0 {
            best = room;
        }
    }
    (best.0 >= 0).then_some((best.1, best.2))
}

/// The way between two boxes while one of them moves.
pub(crate) fn moving(a: &Rect, b: &Rect) -> Polyline {
    match facing(a, b) {
        Some((from, to)) => simple(Port::new(a, from, 0, 1), Port::new(b, to, 0, 1), None),
        // One over the other, which cannot stay like this.
        None => elbow(a.centre(), b.centre()),
    }
}

/// Three pieces between two ports that face each other; `lane` is where the middle one runs, half way if not said.
pub(crate) fn simple(from: Port, to: Port, lane: Option<i32>) -> Polyline {
    let (a, b) = (from.at, to.at);
    let points = if from.side.is_level() {
        let y = lane.unwrap_or(half(a.y, b.y));
        vec![a, Point::new(a.x, y), Point::new(b.x, y), b]
    } else {
        let x = lane.unwrap_or(half(a.x, b.x));
        vec![a, Point::new(x, a.y), Point::new(x, b.y), b]
    };
    straighten(points)
}

/// The way through corners that the learner has set.
pub(crate) fn through(a: &Rect, b: &Rect, bends: &[Point]) -> Polyline {
    let leave = |rect: &Rect, next: Point| match facing(rect, &Rect::new(next.x, next.y, 0, 0)) {
        Some((side, _)) => {
            let (_, from, long) = side.of(rect);
            let place = if side.is_level() { next.x } else { next.y };
            Port::along(rect, side, place.clamp(from, from + long)).at
        }
        None => rect.centre(),
    };
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else {
        return moving(a, b);
    };
    let mut points = vec![leave(a, *first)];
    for next in bends.iter().copied().chain([leave(b, *last)]) {
        if let Some(before) = points.last().copied() {
            points.extend(elbow(before, next).into_iter().skip(1));
        }
    }
    straighten(points)
}

fn elbow(a: Point, b: Point) -> Polyline {
    straighten(vec![a, Point::new(b.x, a.y), b])
}

/// Without corners that are none.
pub(crate) fn straighten(points: Polyline) -> Polyline {
    let mut kept: Polyline = Vec::with_capacity(points.len());
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, corner] = kept.as_slice() {
            let level = before.y == corner.y && corner.y == point.y;
            let upright = before.x == corner.x && corner.x == point.x;
            if level || upright {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

/// True when a piece of a line runs through the inside of a box.
pub(crate) fn cuts(a: Point, b: Point, rect: &Rect) -> bool {
    a.x.min(b.x) < rect.right() && a.x.max(b.x) > rect.x && a.y.min(b.y) < rect.bottom() && a.y.max(b.y) > rect.y
}

/// True when a line runs through the inside of a box.
pub(crate) fn crosses(line: &[Point], rect: &Rect) -> bool {
    line.windows(2).any(|piece| match piece {
        [a, b] => cuts(*a, *b, rect),
        _ => false,
    })
}

pub(crate) fn half(a: i32, b: i32) -> i32 {
    a + (b - a) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(line: &Polyline) -> Vec<(i32, i32)> {
        line.iter().map(|point| (point.x, point.y)).collect()
    }

    #[test]
    fn the_simple_form_leaves_by_the_sides_that_face() {
        let a = Rect::new(0, 0, 160, 56);
        let right = Rect::new(300, 100, 160, 56);
        assert_eq!(
            points(&moving(&a, &right)),
            [(160, 28), (230, 28), (230, 128), (300, 128)]
        );
        let below = Rect::new(10, 200, 160, 56);
        assert_eq!(points(&moving(&a, &below)), [(80, 56), (80, 128), (90, 128), (90, 200)]);
        assert_eq!(
            points(&moving(&a, &a.moved(300, 0))),
            [(160, 28), (300, 28)],
            "level: no corner"
        );
        assert_eq!(
            moving(&a, &a.moved(20, 20)).len(),
            3,
            "one over the other is no reason to fail"
        );
    }

    #[test]
    fn bends_are_gone_through() {
        let (a, b) = (Rect::new(0, 0, 160, 56), Rect::new(400, 0, 160, 56));
        let line = through(&a, &b, &[Point::new(80, 200), Point::new(480, 200)]);
        assert_eq!(points(&line), [(80, 56), (80, 200), (480, 200), (480, 56)]);
    }
}
