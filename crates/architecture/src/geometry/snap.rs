use crate::sorted::BTreeSet;

use super::shapes::{CELL, cells};
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

/// From how near a box snaps to another's edge or centre, in px.
const NEAR: i32 = 6;

/// Snaps a box to whole cells, and to edges and centres of what stands in `parent` within 6 px. `moving` does not count,
/// and where `shown` is given neither does what is outside of that.
#[must_use]
pub fn snap(
    layout: &Layout,
    rect: Rect,
    parent: Option<&PartId>,
    moving: &BTreeSet<PartId>,
    shown: Option<Rect>,
) -> Snapped {
    let siblings = layout.beside(parent, moving, shown);
    let mut snapped = rect;
    snapped.x = nearest(&rect, &siblings, true);
    snapped.y = nearest(&rect, &siblings, false);
    let mut guides = Vec::new();
    for upright in [true, false] {
        for line in lines(&snapped, upright) {
            let mut whole = snapped;
            let mut is_shared = false;
            for other in &siblings {
                if lines(other, upright).contains(&line) {
                    whole = whole.union(other);
                    is_shared = true;
                }
            }
            let (from, to) = if upright {
                (whole.y, whole.bottom())
            } else {
                (whole.x, whole.right())
            };
            if is_shared {
                guides.push(Guide {
                    upright,
                    at: line,
                    from,
                    to,
                });
            }
        }
    }
    Snapped { rect: snapped, guides }
}

/// Begin, middle, end of a box across the lines of a direction.
fn lines(of: &Rect, upright: bool) -> [i32; 3] {
    let (from, long) = if upright { (of.x, of.w) } else { (of.y, of.h) };
    [from, from + long / 2, from + long]
}

/// Where the box begins when it is in line with the nearest of the others, or else on the next cell. What would not be on
/// a whole cell is no candidate: places are cells.
fn nearest(rect: &Rect, others: &[Rect], upright: bool) -> i32 {
    let mine = lines(rect, upright);
    let from = if upright { rect.x } else { rect.y };
    let mut best = (NEAR + 1, cells(from) * CELL);
    for other in others {
        for line in lines(other, upright) {
            for own in mine {
                let by = line - own;
                let there = (by.abs(), from + by);
                if there < best && there.1.rem_euclid(CELL) == 0 {
                    best = there;
                }
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::super::arrange;
    use super::super::samples::hub_and_spokes;
    use super::*;

    #[test]
    fn boxes_snap_to_what_they_nearly_are_in_line_with() {
        let mut design = hub_and_spokes(1);
        arrange(&mut design);
        let layout = Layout::new(&design);
        let table = layout.rects[&PartId::from("net1-table")];
        let net = PartId::from("net1");
        let none = BTreeSet::new();
        let near = table.moved(5, 300);
        // 5 px off, the next cell would be the other one.
        let snapped = snap(&layout, near, Some(&net), &none, None);
        assert_eq!(snapped.rect.x, table.x);
        assert!(
            snapped
                .guides
                .iter()
                .any(|guide| guide.upright && guide.at == table.x && guide.from == table.y)
        );
        let far = snap(&layout, table.moved(29, 3000), Some(&net), &none, None);
        assert_eq!((far.rect.x - table.x, (far.rect.y - table.y) % 8), (32, 0));
        let moving = BTreeSet::from([PartId::from("net1-table")]);
        let alone = snap(&layout, table.moved(5, 3000), Some(&net), &moving, Some(table));
        assert_eq!(
            alone.rect.x - table.x,
            8,
            "what moves and what is out of view do not count"
        );
        assert_eq!(alone.guides, []);
    }
}
