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
    let across = |of: &Rect| Span { from: of.x, long: of.w };
    let down = |of: &Rect| Span { from: of.y, long: of.h };
    let x = nearest(across(&rect), siblings.iter().map(across));
    let y = nearest(down(&rect), siblings.iter().map(down));
    let snapped = Rect { x, y, ..rect };
    let mut guides = Vec::new();
    for (upright, mine, of) in [
        (true, across(&snapped), &across as &dyn Fn(&Rect) -> Span),
        (false, down(&snapped), &down),
    ] {
        for line in mine.lines() {
            let alike: Vec<&Rect> = siblings
                .iter()
                .filter(|other| of(other).lines().contains(&line))
                .collect();
            let whole = alike.iter().fold(snapped, |all, other| all.union(other));
            if !alike.is_empty() {
                let (from, to) = if upright {
                    (whole.y, whole.bottom())
                } else {
                    (whole.x, whole.right())
                };
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

/// A box seen along one axis.
#[derive(Clone, Copy)]
struct Span {
    from: i32,
    long: i32,
}

impl Span {
    /// Begin, middle, end.
    fn lines(self) -> [i32; 3] {
        [
            self.from,
            self.from.saturating_add(self.long / 2),
            self.from.saturating_add(self.long),
        ]
    }
}

/// Where the span begins when it is in line with the nearest of the others, or else on the next cell. What would not be on
/// a whole cell is no candidate: places are cells.
fn nearest(mine: Span, others: impl Iterator<Item = Span>) -> i32 {
    let mut best: Option<(i32, i32)> = None;
    for other in others {
        for (own, line) in mine
            .lines()
            .into_iter()
            .flat_map(|own| other.lines().map(|line| (own, line)))
        {
            let by = line.saturating_sub(own);
            let from = mine.from.saturating_add(by);
            let better = best.is_none_or(|best| (by.abs(), from) < best);
            if by.abs() <= NEAR && from.rem_euclid(CELL) == 0 && better {
                best = Some((by.abs(), from));
            }
        }
    }
    best.map_or(cells(mine.from).saturating_mul(CELL), |(_, from)| from)
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
