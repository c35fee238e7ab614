use crate::design::{Cell, Size};

/// How many pixels of the drawing a cell has.
pub const CELL: i32 = 8;

/// A place in the drawing, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

/// A box in the drawing, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Its left side.
    pub x: i32,
    /// Its upper side.
    pub y: i32,
    /// Its width.
    pub w: i32,
    /// Its height.
    pub h: i32,
}

/// The corners of a line made of level and upright pieces, from one end to the other.
pub type Polyline = Vec<Point>;

impl Point {
    /// The point at `x`, `y`.
    #[must_use]
    pub fn new(x: i32, y: i32) -> Self {
        Point { x, y }
    }

    /// The point so far away from this one.
    #[must_use]
    pub fn plus(self, dx: i32, dy: i32) -> Self {
        Point::new(self.x + dx, self.y + dy)
    }
}

impl Rect {
    /// The box with its upper left corner at `x`, `y`.
    #[must_use]
    pub fn new(x: i32, y: i32, w: i32, h: i32) -> Self {
        Rect { x, y, w, h }
    }

    /// The box between two corners, whichever they are.
    #[must_use]
    pub fn between(a: Point, b: Point) -> Self {
        let (x, y) = (a.x.min(b.x), a.y.min(b.y));
        Rect::new(x, y, a.x.max(b.x) - x, a.y.max(b.y) - y)
    }

    /// A box of `size` cells with its upper left corner at `at`.
    #[must_use]
    pub fn of_size(at: Point, size: Size) -> Self {
        Rect::new(at.x, at.y, px(size.w), px(size.h))
    }

    /// Its right side.
    #[must_use]
    pub fn right(&self) -> i32 {
        self.x + self.w
    }

    /// Its lower side.
    #[must_use]
    pub fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// Its middle.
    #[must_use]
    pub fn centre(&self) -> Point {
        Point::new(self.x + self.w / 2, self.y + self.h / 2)
    }

    /// True when the point lies in it or on its border.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// True when the other lies in it altogether.
    #[must_use]
    pub fn covers(&self, other: &Rect) -> bool {
        self.holds(Point::new(other.x, other.y)) && self.holds(Point::new(other.right(), other.bottom()))
    }

    /// True when the two share ground; a common border is none.
    #[must_use]
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The box that is larger by so much on every side.
    #[must_use]
    pub fn inflate(&self, by: i32) -> Rect {
        Rect::new(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)
    }

    /// The box moved.
    #[must_use]
    pub fn moved(&self, dx: i32, dy: i32) -> Rect {
        Rect {
            x: self.x + dx,
            y: self.y + dy,
            ..*self
        }
    }

    /// The box with its corner brought within [`FAR`].
    pub(super) fn near(self) -> Rect {
        let (x, y) = (self.x.clamp(-FAR, FAR), self.y.clamp(-FAR, FAR));
        Rect { x, y, ..self }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Rect::new(
            x,
            y,
            self.right().max(other.right()) - x,
            self.bottom().max(other.bottom()) - y,
        )
    }
}

/// The places of so many things in the order of their keys; what is equal keeps its order.
///
/// All that is sorted here is sorted by this, so that it is compiled once.
pub(crate) fn ordered(count: usize, key: &dyn Fn(usize) -> [i64; 4]) -> Vec<usize> {
    let mut keys: Vec<([i64; 4], usize)> = (0..count).map(|at| (key(at), at)).collect();
    crate::sorted::sort(&mut keys);
    keys.into_iter().map(|(_, at)| at).collect()
}

/// The nearest cell to a distance in pixels.
pub(crate) fn cells(px: i32) -> i32 {
    (px + CELL / 2).div_euclid(CELL)
}

/// How far from the origin anything is, in pixels. Whatever comes in from outside is brought within this, so that what
/// is reckoned with it fits into 32 bits.
pub(crate) const FAR: i32 = 1 << 24;

/// The pixels of so many cells.
fn px(cells: i32) -> i32 {
    cells.clamp(-FAR / CELL, FAR / CELL) * CELL
}

/// The pixels of a place in cells.
pub(crate) fn pixels(cell: Cell) -> Point {
    Point::new(px(cell.x), px(cell.y))
}
