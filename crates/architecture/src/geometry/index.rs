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
