use super::{Layout, Point};
use crate::catalogue::Allowed;
use crate::design::{Design, Kind, PartId};

/// What is on its way to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A new part.
    New(Kind),
    /// Parts of the design.
    Parts(Vec<PartId>),
}

/// Where something would land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drop {
    /// The container, `None` for the ground. When it is refused: the deepest under the point, which refused.
    pub parent: Option<PartId>,
    /// Whether it may, or why not.
    pub allowed: Allowed,
}

/// Where something would land with its centre at a point: in the deepest container there that allows it.
#[must_use]
pub fn nest(design: &Design, layout: &Layout, subject: &Subject, centre: Point) -> Drop {
    let _ = (design, layout, subject, centre);
    Drop {
        parent: None,
        allowed: Ok(()),
    }
}
