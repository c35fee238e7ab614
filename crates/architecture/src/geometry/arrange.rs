use super::shapes::{CELL, cells, ordered};
use super::view::title_width;
use crate::design::{Cell, Design, Kind, PADDING, PART, Part, PartId, Size, TITLE};

/// Lays all parts out anew: compact, the same for the same design, and sound whatever was there before.
///
/// A container holds up to three bands: small parts under its title, then what it is made of, then hubs, tunnels and
/// sites; from four networks on, half of them come after the hub. Zones are columns of one height, subnets a stack of one width, everything else rows that together come near
/// 16:10. Within a band parts keep the order in which one would read them, so that doing it twice changes nothing.
pub fn arrange(design: &mut Design) {
    fill(design, None);
}

/// The size of a container of a kind with nothing in it.
#[must_use]
pub fn least_size(kind: Kind) -> Size {
    match kind {
        Kind::Subnet => Size { w: 24, h: 8 },
        kind if kind.is_container() => Size { w: 24, h: 13 },
        _ => PART,
    }
}

/// Which band of its container a kind stands in.
fn band(kind: Kind) -> usize {
    match kind {
        Kind::RouteTable | Kind::Igw | Kind::Firewall => 0,
        Kind::Account | Kind::Region | Kind::Vnet | Kind::Zone | Kind::Subnet => 1,
        Kind::Transit | Kind::Vpn | Kind::Site => 2,
    }
}

/// Lays out what `parent` holds, the deepest first, and gives each container its size. Answers with the room that it takes.
fn fill(design: &mut Design, parent: Option<&PartId>) -> Size {
    let mut bands: [Vec<Block>; 3] = Default::default();
    for (id, kind) in in_order(design, parent) {
        let size = if kind.is_container() {
            let inner = fill(design, Some(&id));
            around(design, &id, inner)
        } else {
            PART
        };
        if let Some(blocks) = bands.get_mut(band(kind)) {
            let at = Cell::default();
            blocks.push(Block { id, kind, at, size });
        }
    }
    let gap = match parent.and_then(|id| design.parts.get(id)).map(|part| part.kind) {
        // Links run between what stands here.
        None | Some(Kind::Account | Kind::Region) => 4,
        Some(_) => 2,
    };
    let [small, main, last] = &mut bands;
    // A hub stands in the middle of the networks that it joins: under one row of them, between two.
    let between = !last.is_empty() && main.len() >= 4 && main.iter().all(|block| block.kind == Kind::Vnet);
    let half = if between { main.len().div_ceil(2) } else { main.len() };
    let (upper, lower) = main.split_at_mut(half);
    let upper_size = main_band(upper, gap, between);
    let lower_size = main_band(lower, gap, between);
    let main_width = upper_size.w.max(lower_size.w);
    let small_size = rows(small, gap, main_width);
    let last_size = rows(last, gap, main_width);
    let width = main_width.max(small_size.w).max(last_size.w);

    let mut top = 0;
    let bands: [(&[Block], Size, bool); 4] = [
        (small, small_size, false),
        (upper, upper_size, false),
        (last, last_size, true),
        (lower, lower_size, false),
    ];
    for (blocks, size, centred) in bands {
        if blocks.is_empty() {
            continue;
        }
        let left = if centred { (width - size.w) / 2 } else { 0 };
        let (dx, dy) = if parent.is_some() { (PADDING, TITLE) } else { (0, 0) };
        for block in blocks.iter() {
            if let Some(part) = design.parts.get_mut(&block.id) {
                part.at = Cell::new(block.at.x + left + dx, block.at.y + top + dy);
                part.size = part.kind.is_container().then_some(block.size);
            }
        }
        top += size.h + gap;
    }
    Size {
        w: width,
        h: (top - gap).max(0),
    }
}

/// What `parent` holds in the order in which one would read it, band by band.
fn in_order(design: &Design, parent: Option<&PartId>) -> Vec<(PartId, Kind)> {
    let held: Vec<(&PartId, &Part)> = design.children(parent).collect();
    let key = |at: usize| {
        held.get(at).map_or([0; 4], |(id, part)| {
            // Numbers count as such: p9 comes before p10.
            let last = (part.kind as i64) << 32 | id.as_str().len() as i64;
            [band(part.kind) as i64, part.at.y.into(), part.at.x.into(), last]
        })
    };
    let mut sorted = Vec::with_capacity(held.len());
    for at in ordered(held.len(), &key) {
        if let Some((id, part)) = held.get(at) {
            sorted.push(((*id).clone(), part.kind));
        }
    }
    sorted
}

struct Block {
    id: PartId,
    kind: Kind,
    at: Cell,
    size: Size,
}

/// The size of a container around `inner`, wide enough for its title where that is of a usual length.
fn around(design: &Design, id: &PartId, inner: Size) -> Size {
    let Some(part) = design.parts.get(id) else {
        return inner;
    };
    let least = least_size(part.kind);
    let title = cells(title_width(design, part) + CELL).min(40);
    Size {
        w: (inner.w + 2 * PADDING).max(least.w).max(title),
        h: (inner.h + TITLE + PADDING).max(least.h),
    }
}

/// Columns for zones, a stack for subnets, rows for the rest: one row, where there is a hub to face.
fn main_band(blocks: &mut [Block], gap: i32, at_a_hub: bool) -> Size {
    let all = |kind: Kind| blocks.iter().all(|block| block.kind == kind);
    if blocks.len() <= 6 && all(Kind::Zone) {
        let tallest = blocks.iter().map(|block| block.size.h).max().unwrap_or(0);
        blocks.iter_mut().for_each(|block| block.size.h = tallest);
        return shelves(blocks, gap, i32::MAX);
    }
    if blocks.len() <= 8 && all(Kind::Subnet) {
        let widest = blocks.iter().map(|block| block.size.w).max().unwrap_or(0);
        blocks.iter_mut().for_each(|block| block.size.w = widest);
        return shelves(blocks, gap, 0);
    }
    if at_a_hub && blocks.len() <= 4 {
        return shelves(blocks, gap, i32::MAX);
    }
    rows(blocks, gap, 0)
}

/// Rows as wide as brings the whole nearest to 16:10, and at least `width`.
fn rows(blocks: &mut [Block], gap: i32, width: i32) -> Size {
    let most = if blocks.len() <= 64 {
        blocks.len()
    } else {
        8 + 3 * blocks.len().isqrt()
    };
    let mut wide = 0;
    let mut best = (i64::MAX, width);
    for count in 0..most {
        wide += blocks.get(count).map_or(0, |block| block.size.w) + gap;
        let limit = (wide - gap).max(width);
        let size = shelves(blocks, gap, limit);
        let score = (i64::from(size.w) * 10).max(i64::from(size.h) * 16);
        best = best.min((score, limit));
    }
    shelves(blocks, gap, best.1)
}

/// Rows that break before they get wider than `limit`.
fn shelves(blocks: &mut [Block], gap: i32, limit: i32) -> Size {
    let (mut x, mut y, mut tallest, mut widest) = (0, 0, 0, 0);
    for block in blocks {
        if x > 0 && x + block.size.w > limit {
            y += tallest + gap;
            (x, tallest) = (0, 0);
        }
        block.at = Cell::new(x, y);
        x += block.size.w + gap;
        tallest = tallest.max(block.size.h);
        widest = widest.max(x - gap);
    }
    Size {
        w: widest,
        h: y + tallest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{hub_and_spokes, tree};
    use super::*;
    use crate::design::violations;

    #[test]
    fn a_hub_stands_under_its_networks() {
        let mut design = hub_and_spokes(3);
        arrange(&mut design);
        assert_eq!(violations(&design), Vec::<String>::new());
        let part = |id: &str| design.parts.get(id).expect("is there");
        let hub = part("hub");
        let above = |net: &str| part(net).at.y + part(net).extent().h + 4 <= hub.at.y;
        for net in ["net1", "net2", "net3"] {
            assert!(above(net), "{net} is above the hub");
        }
        // Zones are columns of one height, subnets one below the other.
        let (a, b) = (part("net1-a"), part("net1-b"));
        assert_eq!((a.at.y, a.extent().h), (b.at.y, b.extent().h));
        assert!(a.at.x < b.at.x);
        let (app, data) = (part("net1-a-app"), part("net1-a-data"));
        assert_eq!((app.at.x, app.extent().w), (data.at.x, data.extent().w));
        // Tables stand below the title.
        assert_eq!(part("net1-table").at, Cell::new(PADDING, TITLE));
        assert_eq!(part("hub-table").extent(), PART);
    }

    #[test]
    fn the_whole_is_about_as_wide_as_a_screen() {
        let mut design = hub_and_spokes(9);
        arrange(&mut design);
        let account = design.parts.get("account").expect("is there").extent();
        let ratio = account.w * 100 / account.h;
        assert!((90..260).contains(&ratio), "{ratio}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn whatever_is_laid_out_is_sound(mut design in tree()) {
            arrange(&mut design);
            prop_assert_eq!(violations(&design), Vec::<String>::new());
            let again = { let mut again = design.clone(); arrange(&mut again); again };
            prop_assert_eq!(again, design);
        }
    }
}
