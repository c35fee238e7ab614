use proptest::prelude::*;

use super::*;
use crate::design::{Cell, Link, LinkKind, Part, Size};
use crate::geometry::samples::{hub_and_spokes, tree};
use crate::geometry::{arrange, grow};

#[test]
fn boxes_are_absolute() {
    let mut design = hub_and_spokes(2);
    arrange(&mut design);
    let layout = Layout::new(&design);
    let mut at = Cell::default();
    let id = PartId::from("net2-b-app");
    at.x += design.parts.get(&id).expect("is there").at.x;
    at.y += design.parts.get(&id).expect("is there").at.y;
    for (_, part) in design.ancestors(&id) {
        (at.x, at.y) = (at.x + part.at.x, at.y + part.at.y);
    }
    let rect = layout.rects.get(&id).expect("is there");
    assert_eq!((rect.x, rect.y), (at.x * 8, at.y * 8));
    assert_eq!(layout.depth(&id), 4);
}

#[test]
fn attachments_of_a_hub_are_clean() {
    for networks in 1..=8 {
        let mut design = hub_and_spokes(networks);
        arrange(&mut design);
        let layout = Layout::new(&design);
        let lines: Vec<(&LinkId, &Polyline)> = layout
            .links
            .iter()
            .filter(|(id, _)| id.as_str().starts_with("l-net"))
            .collect();
        for (id, line) in &lines {
            assert!(line.len() <= 6, "{networks}: {id} has too many corners: {line:?}");
            for (part, rect) in layout
                .rects
                .iter()
                .filter(|(part, _)| !design.parts[*part].kind.is_container())
            {
                assert!(!route::crosses(line, rect), "{networks}: {id} runs through {part}");
            }
        }
        // No two share a piece of their ways.
        for (place, (id, line)) in lines.iter().enumerate() {
            for (other_id, other) in lines.iter().skip(place + 1) {
                assert!(
                    !shares(line, other),
                    "{networks}: {id} {line:?} lies on {other_id} {other:?}"
                );
            }
        }
    }
}

#[test]
fn links_of_a_star_run_side_by_side_without_crossing() {
    let mut design = hub_and_spokes(0);
    design
        .parts
        .retain(|_, part| matches!(part.kind, Kind::Account | Kind::Region | Kind::Transit));
    design.links.clear();
    for number in 0..6 {
        let id = PartId::from(format!("net{number}").as_str());
        let mut part = Part::new(Kind::Vnet, Some("region".into()), "Net");
        part.at = Cell::new(2 + number * 28, 4);
        part.size = Some(Size { w: 24, h: 13 });
        design.parts.insert(id.clone(), part);
        let link = Link::new(LinkKind::Route, id, "hub".into());
        design.links.insert(format!("l{number}").as_str().into(), link);
    }
    let hub = design.parts.get_mut(&PartId::from("hub")).expect("is there");
    (hub.at, hub.size) = (Cell::new(70, 80), Some(Size { w: 30, h: 13 }));
    let layout = Layout::new(&design);
    let lines: Vec<&Polyline> = layout.links.values().collect();
    for (place, line) in lines.iter().enumerate() {
        assert!(line.len() <= 4, "{line:?}");
        for other in lines.iter().skip(place + 1) {
            assert!(!shares(line, other), "{line:?} lies on {other:?}");
            let meet = line.windows(2).any(|a| {
                other.windows(2).any(|b| {
                    let (a, b) = (Rect::between(a[0], a[1]), Rect::between(b[0], b[1]));
                    a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom()
                })
            });
            assert!(!meet, "{line:?} crosses {other:?}");
        }
    }
}

fn shares(a: &[Point], b: &[Point]) -> bool {
    a.windows(2).any(|one| {
        b.windows(2).any(|two| {
            let (one, two) = (Rect::between(one[0], one[1]), Rect::between(two[0], two[1]));
            let long = |from: i32, to: i32, other: i32, end: i32| to.min(end) - from.max(other) > 0;
            (one.h == 0 && two.h == 0 && one.y == two.y && long(one.x, one.right(), two.x, two.right()))
                || (one.w == 0 && two.w == 0 && one.x == two.x && long(one.y, one.bottom(), two.y, two.bottom()))
        })
    })
}

fn place<'a>(layout: &'a Layout, id: &PartId) -> &'a Place {
    &layout.places[layout.place_of(id)]
}

/// What is under a point, by looking at everything.
fn slow_hit(layout: &Layout, point: Point, touch: bool, handles: Option<&PartId>) -> Hit {
    if let Some((id, grip)) = handles.and_then(|id| Some((id, Grip::at(layout.rects.get(id)?, point, touch)?))) {
        return Hit::Handle(id.clone(), grip);
    }
    let find = |is_container: bool, near: &dyn Fn(&Rect) -> bool| {
        let all = layout
            .rects
            .iter()
            .filter(|(id, rect)| place(layout, id).kind.is_container() == is_container && near(rect));
        all.max_by_key(|(id, _)| (place(layout, id).depth, (*id).clone()))
            .map(|(id, _)| id.clone())
    };
    if let Some(part) = find(false, &|rect| rect.holds(point)) {
        return Hit::Part(part);
    }
    let reach: i64 = if touch { 12 } else { 8 };
    let nearest = layout.links.iter().map(|(id, line)| (distance(line, point), id)).min();
    if let Some((_, id)) = nearest.filter(|(far, _)| *far <= reach * reach) {
        return Hit::Link(id.clone());
    }
    if let Some(part) = find(true, &|rect| Sides::at(rect, point).is_some()) {
        let sides = Sides::at(&layout.rects[&part], point).unwrap_or_default();
        return Hit::Edge(part, sides);
    }
    match find(true, &|rect| rect.holds(point)) {
        Some(part) => Hit::Container {
            title: point.y < layout.rects[&part].y + 32,
            part,
        },
        None => Hit::Ground,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn what_is_under_a_point_is_what_is_there(mut design in tree(),
        points in prop::collection::vec((any::<prop::sample::Index>(), -20..700i32, -20..400i32, any::<bool>()), 1..30)) {
        arrange(&mut design);
        let layout = Layout::new(&design);
        let ids: Vec<PartId> = design.parts.keys().cloned().collect();
        for (which, dx, dy, touch) in points {
            // Near a part, or a link, and not in the void.
            let id = which.get(&ids);
            let rect = layout.rects[id];
            let point = Point::new(rect.x + dx % (rect.w + 20), rect.y + dy % (rect.h + 20));
            let handles = touch.then_some(id);
            prop_assert_eq!(layout.hit(point, touch, handles), slow_hit(&layout, point, touch, handles));
            let mut stack: Vec<PartId> = layout.rects.iter()
                .filter(|(id, rect)| design.parts[*id].kind.is_container() && rect.holds(point))
                .map(|(id, _)| id.clone()).collect();
            stack.sort_by_key(|id| (std::cmp::Reverse(layout.depth(id)), std::cmp::Reverse(id.clone())));
            prop_assert_eq!(layout.stack_at(point), stack);
            let frame = rect.inflate(dx.abs());
            let inside: BTreeSet<PartId> = layout.rects.iter().filter(|(_, rect)| frame.covers(rect)).map(|(id, _)| id.clone()).collect();
            prop_assert_eq!(layout.inside(frame), inside);
        }
    }

    #[test]
    fn following_a_design_is_as_good_as_looking_at_it_anew(mut design in tree(),
        steps in prop::collection::vec((any::<prop::sample::Index>(), -10..60i32, -10..60i32, 0..5u8), 1..8)) {
        arrange(&mut design);
        let mut layout = Layout::new(&design);
        for (which, x, y, what) in steps {
            let ids: Vec<PartId> = design.parts.keys().cloned().collect();
            let id = which.get(&ids).clone();
            match what {
                0 => {
                    let inside = design.subtree(&id);
                    design.parts.retain(|id, _| !inside.contains(id));
                    design.links.retain(|_, link| !inside.contains(&link.from) && !inside.contains(&link.to));
                }
                1 => {
                    let first = design.links.keys().next().cloned();
                    if let Some(link) = first { design.links.remove(&link); }
                }
                2 => if let Some(part) = design.parts.get_mut(&id) { part.name = format!("{x} named"); },
                _ => {
                    if let Some(part) = design.parts.get_mut(&id) { part.at = Cell::new(x, y); }
                    grow(&mut design, &id);
                }
            }
            if design.parts.is_empty() { break; }
            layout.update(&design);
            let fresh = Layout::new(&design);
            prop_assert_eq!(&layout.rects, &fresh.rects);
            for (id, line) in &fresh.links {
                prop_assert_eq!(layout.links.get(id), Some(line), "{}", id);
            }
            prop_assert_eq!(&layout, &fresh);
        }
    }
}

#[test]
fn a_title_beyond_the_reach_of_a_way_does_not_bend_it() {
    let mut design = Design::default();
    for (id, kind, parent, at, size) in [
        ("account", Kind::Account, None, (0, 0), (77, 65)),
        ("region", Kind::Region, Some("account"), (15, 20), (60, 43)),
        ("tunnel", Kind::Vpn, Some("region"), (2, 4), (20, 7)),
        ("first", Kind::Transit, Some("region"), (2, 13), (28, 13)),
        ("second", Kind::Transit, Some("region"), (26, 28), (28, 13)),
        ("site", Kind::Site, None, (20, 67), (24, 13)),
    ] {
        let mut part = Part::new(kind, parent.map(PartId::from), id);
        part.at = Cell::new(at.0, at.1);
        part.size = Some(Size { w: size.0, h: size.1 });
        design.parts.insert(id.into(), part);
    }
    let link = Link::new(LinkKind::Route, "tunnel".into(), "site".into());
    design.links.insert("link".into(), link);
    let mut layout = Layout::new(&design);
    if let Some(account) = design.parts.get_mut(&PartId::from("account")) {
        account.name = "10 named".to_owned();
    }
    layout.update(&design);
    assert_eq!(layout, Layout::new(&design));
}

#[test]
fn huge_parts_and_far_bends_take_no_more_room_or_time_than_small_ones() {
    let mut design = Design::default();
    let id = |number: i32| PartId::from(format!("p{number}").as_str());
    for number in 0..2000 {
        let mut part = Part::new(Kind::Account, None, "Huge");
        part.at = Cell::new(-number, number);
        part.size = Some(Size {
            w: 4000 + number,
            h: 4000,
        });
        design.parts.insert(id(number), part);
    }
    for number in 0..1000 {
        let mut link = Link::new(LinkKind::Route, id(number), id(number + 999));
        link.bends = (0..64)
            .map(|bend| Cell::new(bend % 2 * 4000, bend * 61 % 4000))
            .collect();
        design.links.insert(format!("l{number}").as_str().into(), link);
    }
    // An index by ground would hold each of them some ten thousand times, and the memory of a machine would not do.
    let mut layout = Layout::new(&design);
    assert_eq!((layout.rects.len(), layout.links.len()), (2000, 1000));
    assert_eq!(layout.stack_at(Point::new(20_000, 20_000)).len(), 2000);
    for number in 0..60 {
        design.parts.get_mut(&id(number)).expect("is there").at.x += 1;
    }
    assert_eq!(layout.update(&design).parts.len(), 60);
    assert!(layout == Layout::new(&design));
}

#[test]
fn extremes_are_no_reason_to_fail() {
    let mut design = Design::default();
    for (id, at) in [("a", i32::MIN), ("b", 0), ("c", i32::MAX)] {
        let mut part = Part::new(Kind::Vnet, None, "Far");
        part.at = Cell::new(at, at);
        part.size = Some(Size {
            w: i32::MAX,
            h: i32::MAX,
        });
        design.parts.insert(id.into(), part);
    }
    for (id, from, to) in [("l1", "a", "c"), ("l2", "b", "c"), ("l3", "c", "gone")] {
        let mut link = Link::new(LinkKind::Route, from.into(), to.into());
        if id == "l2" {
            link.bends = vec![Cell::new(i32::MIN, i32::MAX)];
        }
        design.links.insert(id.into(), link);
    }
    let layout = Layout::new(&design);
    assert_eq!(layout.links.len(), 2, "no line leads to what is not there");
    for x in [i32::MIN, 0, i32::MAX] {
        let camera = crate::geometry::Camera { x, y: x, scale: 100 };
        let point = camera.to_world(Point::new(x, -(x / 2)));
        assert_ne!(layout.hit(point, true, Some(&"a".into())), Hit::Part("a".into()));
    }
}
