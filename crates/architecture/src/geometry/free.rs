use super::grow::{GAP, overlap};
use super::shapes::ordered;
use crate::design::{Cell, Design, PADDING, Part, PartId, Size, TITLE};
use crate::sorted::BTreeSet;

/// The free place nearest to `near`, relative to `parent`, for something of that size; `ignore` are siblings that do not
/// count because they are on the move. Places outside of what the parent covers now count as further away.
///
/// If `near` is free it is that. Otherwise looked at are the places beside each sibling, so it does not matter how crowded it is.
#[must_use]
pub fn free_cell(design: &Design, parent: Option<&PartId>, near: Cell, size: Size, ignore: &[PartId]) -> Cell {
    let room = parent.and_then(|id| design.parts.get(id)).and_then(|part| part.size);
    let least = if parent.is_some() {
        Cell::new(PADDING, TITLE)
    } else {
        Cell::new(i32::MIN, i32::MIN)
    };
    let near = Cell::new(near.x.max(least.x), near.y.max(least.y));
    // Many may be on the move: only who is in the way is looked for among them.
    let in_the_way = |(id, part): (&PartId, &Part)| overlap(near, size, part.at, part.extent()) && !ignore.contains(id);
    if !design.children(parent).any(in_the_way) {
        return near;
    }
    let ignored: BTreeSet<&PartId> = ignore.iter().collect();
    let mut siblings: Vec<&Part> = Vec::new();
    for (id, part) in design.children(parent) {
        if !ignored.contains(id) {
            siblings.push(part);
        }
    }
    let is_free = |at: Cell| !siblings.iter().any(|part| overlap(at, size, part.at, part.extent()));
    let beyond = |from: i32, long: i32, room: i32| i64::from((from + long + PADDING - room).max(0));
    let far = |at: Cell| {
        let outside = room.map_or(0, |room| beyond(at.x, size.w, room.w) + beyond(at.y, size.h, room.h));
        i64::from(at.x.abs_diff(near.x)) + i64::from(at.y.abs_diff(near.y)) + 2 * outside
    };
    let xs = lines(near.x, least.x, size.w, &siblings, |at, size| (at.x, size.w));
    let ys = lines(near.y, least.y, size.h, &siblings, |at, size| (at.y, size.h));
    let mut best = ((i64::MAX, 0, 0), near);
    for x in xs {
        for y in &ys {
            let at = Cell::new(x, *y);
            let key = (far(at), at.y, at.x);
            if key < best.0 && is_free(at) {
                best = (key, at);
            }
        }
    }
    best.1
}

/// Where one may begin on an axis: at `near`, after or before a sibling. The nearest 40, and the one after everything,
/// where it is free for sure.
fn lines(near: i32, least: i32, long: i32, siblings: &[&Part], axis: fn(Cell, Size) -> (i32, i32)) -> Vec<i32> {
    let mut lines = vec![near];
    let mut last = near;
    for part in siblings {
        let (at, wide) = axis(part.at, part.extent());
        let after = at + wide + GAP;
        for line in [at - GAP - long, at, after] {
            if line >= least {
                lines.push(line);
            }
        }
        last = last.max(after);
    }
    let line = |at: usize| lines.get(at).copied().unwrap_or(near);
    let mut nearest = Vec::new();
    for at in ordered(lines.len(), &|at| {
        [i64::from(line(at).abs_diff(near)), line(at).into(), 0, 0]
    }) {
        if nearest.len() < 40 && nearest.last() != Some(&line(at)) {
            nearest.push(line(at));
        }
    }
    nearest.push(last);
    nearest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::arrange;
    use super::super::samples::{hub_and_spokes, tree};
    use super::*;
    use crate::design::{Kind, PART};

    #[test]
    fn a_free_place_is_taken_as_it_is_and_a_taken_one_is_not() {
        let mut design = hub_and_spokes(1);
        arrange(&mut design);
        let net = PartId::from("net1");
        // Beside the table and the gateway.
        let free = Cell::new(PADDING + 2 * PART.w + 2 * GAP + 3, TITLE);
        assert_eq!(free_cell(&design, Some(&net), free, PART, &[]), free);
        let beside = free_cell(&design, Some(&net), Cell::new(PADDING + PART.w, TITLE), PART, &[]);
        assert_eq!(beside, Cell::new(PADDING + 2 * (PART.w + GAP), TITLE));
        let table = PartId::from("net1-table");
        let own = free_cell(&design, Some(&net), Cell::new(PADDING + 1, TITLE), PART, &[table]);
        assert_eq!(own, Cell::new(PADDING + 1, TITLE));
    }

    proptest! {
        #[test]
        fn a_new_part_there_overlaps_nothing(mut design in tree(), which in any::<prop::sample::Index>(), x in -20..200i32,
            y in -20..200i32) {
            arrange(&mut design);
            let mut parents: Vec<Option<PartId>> = vec![None];
            parents.extend(design.parts.iter().filter(|(_, part)| part.kind.is_container()).map(|(id, _)| Some(id.clone())));
            let parent = which.get(&parents).clone();
            let at = free_cell(&design, parent.as_ref(), Cell::new(x, y), PART, &[]);
            let mut part = Part::new(Kind::Firewall, parent.clone(), "new");
            part.at = at;
            prop_assert!(!design.children(parent.as_ref()).any(|(_, other)| part.touches(other)));
            prop_assert!(parent.is_none() || (at.x >= PADDING && at.y >= TITLE));
        }
    }
}
