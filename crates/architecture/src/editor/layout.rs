//! Where parts lie: what commands need of it.

use crate::design::{Cell, Design, PADDING, Part, PartId, Size, TITLE};

/// Lays out all parts anew, rows in each container.
pub(super) fn arrange(design: &mut Design) {
    let mut order: Vec<(usize, PartId)> = Vec::new();
    for id in design.parts.keys() {
        order.push((design.ancestors(id).count(), id.clone()));
    }
    order.sort_by(|a, b| b.cmp(a));
    let mut homes: Vec<Option<PartId>> = order.into_iter().map(|(_, id)| Some(id)).collect();
    homes.push(None);
    for home in homes {
        let mut at = Cell::new(PADDING, TITLE);
        let children: Vec<(PartId, Size)> = design
            .children(home.as_ref())
            .map(|(id, part)| (id.clone(), part.extent()))
            .collect();
        for (id, size) in children {
            if let Some(part) = design.parts.get_mut(&id) {
                part.at = at;
                at.x += size.w + 2;
            }
        }
        if let Some(home) = home {
            if let Some(part) = design.parts.get_mut(&home).filter(|part| part.kind.is_container()) {
                part.size = Some(Size { w: 24, h: 13 });
            }
            cover(design, &home);
        }
    }
}

/// Makes the part and all that hold it cover what they hold, and pushes siblings away where they overlap.
pub(super) fn grow(design: &mut Design, from: &PartId) {
    let mut next = Some(from.clone());
    while let Some(id) = next {
        cover(design, &id);
        push(design, &id);
        next = design.parts.get(&id).and_then(|part| part.parent.clone());
    }
}

fn cover(design: &mut Design, id: &PartId) {
    let mut least = Size { w: 0, h: 0 };
    for (_, child) in design.children(Some(id)) {
        least.w = least.w.max(child.at.x + child.extent().w + PADDING);
        least.h = least.h.max(child.at.y + child.extent().h + PADDING);
    }
    if let Some(size) = design.parts.get_mut(id).and_then(|part| part.size.as_mut()) {
        size.w = size.w.max(least.w);
        size.h = size.h.max(least.h);
    }
}

/// What stays is passed at most once by each that is pushed, so this ends.
fn push(design: &mut Design, from: &PartId) {
    let Some(first) = design.parts.get(from).cloned() else {
        return;
    };
    let mut others: Vec<(PartId, Part)> = design
        .children(first.parent.as_ref())
        .filter(|(id, _)| *id != from)
        .map(|(id, part)| (id.clone(), part.clone()))
        .collect();
    others.sort_by_key(|(_, part)| part.at.x + part.at.y);
    let mut fixed = vec![first];
    for (id, mut part) in others {
        while let Some(in_way) = fixed.iter().find(|other| other.touches(&part)) {
            let right = in_way.at.x + in_way.extent().w - part.at.x;
            let down = in_way.at.y + in_way.extent().h - part.at.y;
            if right <= down {
                part.at.x += right;
            } else {
                part.at.y += down;
            }
        }
        if let Some(there) = design.parts.get_mut(&id) {
            there.at = part.at;
        }
        fixed.push(part);
    }
}

/// The nearest place in a container that is free.
pub(super) fn free_cell(design: &Design, parent: Option<&PartId>, near: Cell, size: Size, ignore: &[PartId]) -> Cell {
    let near = match parent {
        Some(_) => Cell::new(near.x.max(PADDING), near.y.max(TITLE)),
        None => near,
    };
    let others: Vec<&Part> = design
        .children(parent)
        .filter(|(id, _)| !ignore.contains(id))
        .map(|(_, part)| part)
        .collect();
    let mut xs = vec![near.x];
    let mut ys = vec![near.y];
    for other in &others {
        xs.extend([other.at.x - size.w, other.at.x + other.extent().w]);
        ys.extend([other.at.y - size.h, other.at.y + other.extent().h]);
    }
    if parent.is_some() {
        xs.retain(|x| *x >= PADDING);
        ys.retain(|y| *y >= TITLE);
    }
    let is_free = |at: Cell| {
        let apart = |a: i32, long: i32, b: i32, wide: i32| a + long <= b || b + wide <= a;
        others.iter().all(|other| {
            apart(at.x, size.w, other.at.x, other.extent().w) || apart(at.y, size.h, other.at.y, other.extent().h)
        })
    };
    let cells = xs.iter().flat_map(|x| ys.iter().map(|y| Cell::new(*x, *y)));
    cells
        .filter(|cell| is_free(*cell))
        .min_by_key(|cell| ((cell.x - near.x).abs() + (cell.y - near.y).abs(), *cell))
        .unwrap_or(near)
}
