//! From part to part by arrows.

use super::keys::Key;
use super::{Editor, Item};
use crate::design::{Design, Part, PartId};
use crate::sorted::BTreeSet;

/// The way an arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Left,
    Right,
    Up,
    Down,
}

impl Way {
    pub(super) fn of(key: Key) -> Option<Self> {
        Some(match key {
            Key::Left => Way::Left,
            Key::Right => Way::Right,
            Key::Up => Way::Up,
            Key::Down => Way::Down,
            _ => return None,
        })
    }

    /// So many cells that way.
    pub(super) fn step(self, cells: i32) -> (i32, i32) {
        match self {
            Way::Left => (-cells, 0),
            Way::Right => (cells, 0),
            Way::Up => (0, -cells),
            Way::Down => (0, cells),
        }
    }
}

/// The nearest part that way in the picture, whatever holds it. From what holds nothing it goes to another such, so that
/// arrows go from box to box; from a container, and where there is no such box, to what is as deep as the focus.
pub(super) fn nearest(editor: &Editor, way: Way) -> Option<PartId> {
    let design = editor.design();
    let focus = match editor.focus()? {
        Item::Part(id) => id,
        Item::Link(id) => return Some(design.links.get(id)?.from.clone()),
    };
    let boxes = boxes(design);
    let from = boxes.iter().find(|other| other.id == focus)?;
    let best = |is_meant: &dyn Fn(&Box) -> bool| {
        let mut best: Option<((i64, i64), &Box)> = None;
        for to in boxes.iter().filter(|to| is_meant(to)) {
            // What it lies in, and what lies in it, covers it: neither is ahead.
            let Some(cost) = from.cost(to, way) else { continue };
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, to));
            }
        }
        best.map(|(_, found)| found.id.clone())
    };
    let is_beside = |to: &Box| to.depth == from.depth;
    match from.holds {
        true => best(&is_beside),
        false => best(&|to: &Box| !to.holds).or_else(|| best(&is_beside)),
    }
}

/// A part on the ground, in cells.
struct Box<'a> {
    id: &'a PartId,
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
    depth: usize,
    /// Something is in it.
    holds: bool,
}

fn boxes(design: &Design) -> Vec<Box<'_>> {
    let holders: BTreeSet<&PartId> = design.parts.values().filter_map(|part| part.parent.as_ref()).collect();
    let mut boxes = Vec::with_capacity(design.parts.len());
    for (id, part) in &design.parts {
        let (mut left, mut top, mut depth) = (i64::from(part.at.x), i64::from(part.at.y), 0);
        for (_, above) in design.ancestors(id) {
            left += i64::from(above.at.x);
            top += i64::from(above.at.y);
            depth += 1;
        }
        let size = part.extent();
        boxes.push(Box {
            id,
            left,
            top,
            right: left + i64::from(size.w),
            bottom: top + i64::from(size.h),
            depth,
            holds: holders.contains(id),
        });
    }
    boxes
}

impl Box<'_> {
    /// How far another one is that way, then how far from the middle; `None` for what does not lie that way. To go aside
    /// costs more than to go ahead.
    fn cost(&self, to: &Box, way: Way) -> Option<(i64, i64)> {
        let ahead = match way {
            Way::Left => self.left - to.right,
            Way::Right => to.left - self.right,
            Way::Up => self.top - to.bottom,
            Way::Down => to.top - self.bottom,
        };
        let (aside, middle) = match way {
            Way::Left | Way::Right => (
                (to.top - self.bottom).max(self.top - to.bottom),
                to.top + to.bottom - self.top - self.bottom,
            ),
            Way::Up | Way::Down => (
                (to.left - self.right).max(self.left - to.right),
                to.left + to.right - self.left - self.right,
            ),
        };
        (ahead >= 0).then_some((ahead + 3 * aside.max(0), middle.abs()))
    }
}

/// The first or the last part beside the focus, as one reads.
pub(super) fn sibling(editor: &Editor, is_last: bool) -> Option<PartId> {
    let design = editor.design();
    let part = match editor.focus()? {
        Item::Part(id) => design.parts.get(id)?,
        Item::Link(id) => return Some(design.links.get(id)?.from.clone()),
    };
    edge(design, part.parent.as_ref(), is_last)
}

/// The first part of a container, or of the ground, as one reads.
pub(super) fn first_of(design: &Design, parent: Option<&PartId>) -> Option<PartId> {
    edge(design, parent, false)
}

fn edge(design: &Design, parent: Option<&PartId>, is_last: bool) -> Option<PartId> {
    let mut found: Option<(&PartId, &Part)> = None;
    for (id, part) in design.children(parent) {
        let is_better = found.is_none_or(|(_, best)| {
            let (here, there) = ((part.at.y, part.at.x), (best.at.y, best.at.x));
            if is_last { here >= there } else { here < there }
        });
        if is_better {
            found = Some((id, part));
        }
    }
    found.map(|(id, _)| id.clone())
}
