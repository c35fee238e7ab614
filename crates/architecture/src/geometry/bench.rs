use super::arrange::least_size;
use crate::design::{Cell, Design, Kind, Link, LinkKind, PADDING, PART, Part, PartId, Size, TITLE};

/// A sound design of so many parts (at least 4) with about 1.45 links a part, for measuring: a chequerboard of networks and
/// VPN connections in one region, each linked to its right neighbour and every second to the one below.
#[must_use]
pub fn bench_scene(parts: usize) -> Design {
    let count = parts.max(4) - 2;
    let columns = (count * 9 / 10).isqrt().max(2);
    let (account, region) = (PartId::from("account"), PartId::from("region"));
    let mut design = Design::default();
    design
        .parts
        .insert(account.clone(), Part::new(Kind::Account, None, "Account"));
    design
        .parts
        .insert(region.clone(), Part::new(Kind::Region, Some(account.clone()), "Region"));
    let id = |number: usize| PartId::from(format!("n{number}").as_str());
    let step = Cell::new(PART.w + 8, PART.h + 6);
    for number in 0..count {
        let (column, row) = (number % columns, number / columns);
        let kind = if (column + row) % 2 == 0 { Kind::Vpn } else { Kind::Vnet };
        let mut part = Part::new(kind, Some(region.clone()), &format!("Part {number}"));
        part.at = Cell::new(PADDING + whole(column) * step.x, TITLE + whole(row) * step.y);
        part.size = kind.is_container().then_some(Size {
            w: least_size(kind).w,
            h: PART.h + 1,
        });
        design.parts.insert(id(number), part);
        let mut link = |to: usize| {
            let link_id = format!("e{}", design.links.len());
            let link = Link::new(LinkKind::Route, id(number), id(to));
            design.links.insert(link_id.as_str().into(), link);
        };
        if (number + 1) % columns != 0 && number + 1 < count {
            link(number + 1);
        }
        if number % 2 == 0 && number + columns < count {
            link(number + columns);
        }
    }
    let rows = count.div_ceil(columns);
    let inner = Size {
        w: PADDING * 2 + whole(columns) * step.x,
        h: TITLE + PADDING + whole(rows) * step.y,
    };
    let outer = Size {
        w: inner.w + 2 * PADDING,
        h: inner.h + TITLE + PADDING,
    };
    for (id, at, size) in [
        (account, Cell::default(), outer),
        (region, Cell::new(PADDING, TITLE), inner),
    ] {
        if let Some(part) = design.parts.get_mut(&id) {
            (part.at, part.size) = (at, Some(size));
        }
    }
    design
}

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::violations;

    #[test]
    fn scenes_for_measuring_are_sound_and_of_the_size_that_they_say() {
        for (parts, links) in [(4, 1), (100, 120), (1000, 1400), (5000, 7000)] {
            let design = bench_scene(parts);
            assert_eq!(design.parts.len(), parts);
            assert!(design.links.len() >= links, "{} links", design.links.len());
            if parts <= 1000 {
                assert_eq!(violations(&design), Vec::<String>::new());
            }
        }
    }
}
