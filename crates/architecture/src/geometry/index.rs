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
        let inner = rect.inflate(-EDGE);
        if !rect.inflate(EDGE).holds(point) || (inner.w > 0 && inner.h > 0 && inner.holds(point)) {
            return None;
        }
        let near = |at: i32, side: i32| (at - side).abs() <= EDGE;
        let sides = Sides {
            left: near(point.x, rect.x),
            top: near(point.y, rect.y),
            right: near(point.x, rect.right()),
            bottom: near(point.y, rect.bottom()),
        };
        (sides != Sides::default()).then_some(sides)
    }
}

/// The box around a line.
pub(crate) fn around(line: &[Point]) -> Rect {
    let Some(first) = line.first() else {
        return Rect::default();
    };
    let (mut low, mut high) = (*first, *first);
    for point in line {
        low = Point::new(low.x.min(point.x), low.y.min(point.y));
        high = Point::new(high.x.max(point.x), high.y.max(point.y));
    }
    Rect::between(low, high)
}

/// The square of the distance from a point to the nearest of a line, in px.
pub(crate) fn distance(line: &[Point], point: Point) -> i64 {
    let mut least = i64::MAX;
    for piece in line.windows(2) {
        if let [a, b] = piece {
            let far = |at: i32, a: i32, b: i32| i64::from(at) - i64::from(at.clamp(a.min(b), a.max(b)));
            let (dx, dy) = (far(point.x, a.x, b.x), far(point.y, a.y, b.y));
            least = least.min(dx * dx + dy * dy);
        }
    }
    least
}
