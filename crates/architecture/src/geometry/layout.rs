use std::collections::{BTreeMap, BTreeSet};

use super::{Hit, Point, Polyline, Rect};
use crate::design::{Design, LinkId, PartId};

/// Where every part and link of a design is, in pixels of the drawing, with an index of what is under a point.
///
/// It follows the design through [`Layout::update`], which touches only what changed.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The boxes of the parts.
    pub rects: BTreeMap<PartId, Rect>,
    /// The lines of the links.
    pub links: BTreeMap<LinkId, Polyline>,
}

/// What an update moved, added or took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Parts.
    pub parts: BTreeSet<PartId>,
    /// Links.
    pub links: BTreeSet<LinkId>,
}

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
        let _ = design;
        Changed::default()
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
        let _ = (point, touch, handles);
        Hit::Ground
    }

    /// The containers under a point, the deepest first.
    #[must_use]
    pub fn stack_at(&self, point: Point) -> Vec<PartId> {
        let _ = point;
        Vec::new()
    }

    /// The parts that lie in a frame altogether, containers only when they do too.
    #[must_use]
    pub fn inside(&self, frame: Rect) -> BTreeSet<PartId> {
        let _ = frame;
        BTreeSet::new()
    }

    /// The part and all inside it.
    #[must_use]
    pub fn subtree(&self, part: &PartId) -> BTreeSet<PartId> {
        BTreeSet::from([part.clone()])
    }

    /// The links of which exactly one end is among these parts, and those of which both are.
    #[must_use]
    pub fn crossing(&self, parts: &BTreeSet<PartId>) -> (BTreeSet<LinkId>, BTreeSet<LinkId>) {
        let _ = parts;
        Default::default()
    }
}
