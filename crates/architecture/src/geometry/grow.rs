use super::shapes::ordered;
use crate::design::{Cell, Design, MAX_DEPTH, PADDING, PartId, Size, TITLE};

/// How far apart parts are put that would overlap, in cells.
pub(crate) const GAP: i32 = 2;

/// Makes room after the part `from` was placed, moved or resized: siblings that it now overlaps are pushed right or down,
/// its container grows (never shrinks) to cover what it holds, and so on up to the ground. `from` itself stays where it is
/// on its siblings' ground, except that content left of or above the container's padding is shifted in.
pub fn grow(design: &mut Design, from: &PartId) {
    grow_all(design, std::slice::from_ref(from));
}

/// The same for several parts of one container that came together: none of them pushes another.
pub fn grow_all(design: &mut Design, from: &[PartId]) {
    for id in from {
        cover(design, id);
    }
    let mut fixed: Vec<PartId> = from.to_vec();
    // The bound is for a design whose parents go round in a circle.
    for _ in 0..=MAX_DEPTH {
        let Some(part) = fixed.first().and_then(|id| design.parts.get(id)) else {
            return;
        };
        let parent = part.parent.clone();
        push(design, parent.as_ref(), &fixed);
        let Some(parent) = parent else {
            return;
        };
        cover(design, &parent);
        fixed = vec![parent];
    }
}

/// Shifts in what a container holds as far as something sticks out left or above, and gives it at least the size that
/// covers that.
fn cover(design: &mut Design, id: &PartId) {
    let Some(size) = design.parts.get(id).and_then(|part| part.size) else {
        return;
    };
    let (mut short, mut least) = (Cell::default(), Cell::new(i32::MIN, i32::MIN));
    for (_, part) in design.children(Some(id)) {
        let size = part.extent();
        short.x = short.x.max(PADDING - part.at.x);
        short.y = short.y.max(TITLE - part.at.y);
        least.x = least.x.max(part.at.x + size.w);
        least.y = least.y.max(part.at.y + size.h);
    }
    // Where nothing sticks out this changes nothing.
    for part in design.parts.values_mut() {
        if part.parent.as_ref() == Some(id) {
            part.at.x += short.x;
            part.at.y += short.y;
        }
    }
    if let Some(part) = design.parts.get_mut(id) {
        part.size = Some(Size {
            w: size.w.max(least.x + short.x + PADDING),
            h: size.h.max(least.y + short.y + PADDING),
        });
    }
}

/// Settles the children of `parent` one after the other, the fixed ones first and then in reading order. Who overlaps one
/// that is settled goes past it, right or down, whichever is shorter. Going past only adds to x or y, so each settled
/// sibling is passed at most once and it ends.
fn push(design: &mut Design, parent: Option<&PartId>, fixed: &[PartId]) {
    let (mut ids, mut keys) = (Vec::new(), Vec::new());
    for (id, part) in design.children(parent) {
        keys.push([i64::from(!fixed.contains(id)), part.at.y.into(), part.at.x.into(), 0]);
        ids.push(id.clone());
    }
    let mut settled: Vec<(Cell, Size)> = Vec::with_capacity(ids.len());
    for at in ordered(ids.len(), &|at| keys.get(at).copied().unwrap_or_default()) {
        let Some(part) = ids.get(at).and_then(|id| design.parts.get_mut(id)) else {
            continue;
        };
        let size = part.extent();
        while let Some((at, other)) = settled.iter().find(|(at, other)| overlap(part.at, size, *at, *other)) {
            let right = at.x + other.w + GAP;
            let below = at.y + other.h + GAP;
            if right - part.at.x <= below - part.at.y {
                part.at.x = right;
            } else {
                part.at.y = below;
            }
        }
        settled.push((part.at, size));
    }
}

/// True when two footprints share ground.
pub(crate) fn overlap(a: Cell, a_size: Size, b: Cell, b_size: Size) -> bool {
    let apart = |a: i32, long: i32, b: i32, wide: i32| a + long <= b || b + wide <= a;
    !apart(a.x, a_size.w, b.x, b_size.w) && !apart(a.y, a_size.h, b.y, b_size.h)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::arrange;
    use super::super::samples::{hub_and_spokes, tree};
    use super::*;
    use crate::design::{Kind, Part, violations};

    #[test]
    fn siblings_make_way_and_containers_grow() {
        let mut design = hub_and_spokes(2);
        arrange(&mut design);
        let before = design.clone();
        let id = PartId::from("net1-a-data");
        if let Some(part) = design.parts.get_mut(&id) {
            part.size = Some(Size { w: 60, h: 30 });
        }
        grow(&mut design, &id);
        assert_eq!(violations(&design), Vec::<String>::new());
        let part = |id: &str| design.parts.get(id).expect("is there");
        let old = |id: &str| before.parts.get(id).expect("is there");
        assert_eq!(part("net1-a-data").at, old("net1-a-data").at, "what was set down stays");
        assert!(part("net1").extent().w > old("net1").extent().w);
        assert!(part("net1-b").at.x > old("net1-b").at.x, "the next zone made way");
        assert_eq!(part("net1-b").at.y, old("net1-b").at.y);
        assert_eq!(part("net1-table"), old("net1-table"), "who is not in the way stays");
    }

    #[test]
    fn content_beyond_the_padding_is_shifted_in() {
        let mut design = hub_and_spokes(1);
        arrange(&mut design);
        let id = PartId::from("net1-a-app");
        let was = design.parts.get("net1-a-data").expect("is there").at;
        if let Some(part) = design.parts.get_mut(&id) {
            part.at = Cell::new(-3, 4);
        }
        grow(&mut design, &id);
        assert_eq!(design.parts.get(&id).expect("is there").at, Cell::new(PADDING, 4));
        let data = design.parts.get("net1-a-data").expect("is there").at;
        assert_eq!(data, Cell::new(was.x + 5, was.y), "the others came along");
        assert_eq!(violations(&design), Vec::<String>::new());
    }

    #[test]
    fn what_was_far_outside_takes_no_more_room_than_it_needs() {
        let mut design = hub_and_spokes(0);
        design.parts.retain(|_, part| part.kind == Kind::Account);
        let account = PartId::from("account");
        let mut region = Part::new(Kind::Region, Some(account.clone()), "Far");
        (region.at, region.size) = (Cell::new(-90, -90), Some(Size { w: 30, h: 30 }));
        design.parts.insert("far".into(), region);
        grow(&mut design, &"far".into());
        assert_eq!(design.parts["far"].at, Cell::new(PADDING, TITLE));
        let (w, h) = (30 + 2 * PADDING, 30 + TITLE + PADDING);
        assert_eq!(design.parts[&account].size, Some(Size { w, h }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn moves_and_sizes_keep_a_design_sound(mut design in tree(),
            steps in prop::collection::vec((any::<prop::sample::Index>(), -30..60i32, -30..60i32, 1..80i32, 1..60i32), 1..12)) {
            arrange(&mut design);
            for (which, x, y, w, h) in steps {
                let id = which.get(&design.parts.keys().cloned().collect::<Vec<_>>()).clone();
                let old = design.clone();
                if let Some(part) = design.parts.get_mut(&id) {
                    part.at = Cell::new(x, y);
                    part.size = part.size.map(|_| Size { w, h });
                }
                grow(&mut design, &id);
                prop_assert_eq!(violations(&design), Vec::<String>::new());
                for above in old.ancestors(&id) {
                    let now = design.parts.get(above.0).map(Part::extent);
                    prop_assert!(now.is_some_and(|now| now.w >= above.1.extent().w && now.h >= above.1.extent().h));
                }
            }
        }
    }
}
