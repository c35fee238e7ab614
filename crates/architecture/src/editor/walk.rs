//! From part to part by arrows.

use super::keys::Key;
use super::{Editor, Item};
use crate::design::{Design, Part, PartId};

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

/// The nearest part that way: among those beside it, then among those beside what holds it, and so on outwards.
pub(super) fn nearest(editor: &Editor, way: Way) -> Option<PartId> {
    let design = editor.design();
    let focus = match editor.focus()? {
        Item::Part(id) => id,
        Item::Link(id) => return Some(design.links.get(id)?.from.clone()),
    };
    let mut here = Some(focus);
    while let Some(id) = here {
        let part = design.parts.get(id)?;
        let mut best: Option<(i32, &PartId)> = None;
        for (other, there) in design.children(part.parent.as_ref()) {
            let cost = cost(part, there, way).filter(|_| other != id);
            if let Some(cost) = cost.filter(|cost| best.is_none_or(|(least, _)| *cost < least)) {
                best = Some((cost, other));
            }
        }
        if let Some((_, found)) = best {
            return Some(found.clone());
        }
        here = part.parent.as_ref();
    }
    None
}

/// How far it is that way; `None` for what lies behind. To go aside costs more than to go ahead.
fn cost(from: &Part, to: &Part, way: Way) -> Option<i32> {
    let (left, top) = (from.at.x, from.at.y);
    let (right, bottom) = (left + from.extent().w, top + from.extent().h);
    let (end_x, end_y) = (to.at.x + to.extent().w, to.at.y + to.extent().h);
    let ahead = match way {
        Way::Left => left - end_x,
        Way::Right => to.at.x - right,
        Way::Up => top - end_y,
        Way::Down => to.at.y - bottom,
    };
    let aside = match way {
        Way::Left | Way::Right => (to.at.y - bottom).max(top - end_y).max(0),
        Way::Up | Way::Down => (to.at.x - right).max(left - end_x).max(0),
    };
    (ahead >= 0).then_some(ahead.saturating_add(aside.saturating_mul(3)))
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
