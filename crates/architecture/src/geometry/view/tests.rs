use crate::sorted::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::design::{Cell, Design, Kind, Part};
use crate::geometry::samples::{hub_and_spokes, tree};
use crate::geometry::{Changed, Guide, Layout, arrange, bench_scene, grow};

/// What a browser would show: applies patches as strictly as one can.
#[derive(Clone, Debug, Default, PartialEq)]
struct Screen {
    nodes: BTreeMap<String, Node>,
    at: (i32, i32),
}

impl Screen {
    fn apply(&mut self, patches: Vec<Patch>) {
        for patch in patches {
            match patch {
                Patch::Add(node) => {
                    let id = node.id.clone();
                    assert!(self.nodes.insert(id.clone(), node).is_none(), "{id} is there already");
                }
                Patch::Remove(id) => assert!(self.nodes.remove(&id).is_some(), "{id} is not there"),
                Patch::Attr { id, name, value } => {
                    let node = self.nodes.get_mut(&id).unwrap_or_else(|| panic!("{id} is not there"));
                    match node.attrs.iter_mut().find(|(other, _)| *other == name) {
                        Some((_, held)) => *held = value,
                        None => panic!("{id} has no {name}"),
                    }
                }
                Patch::Box { dx, dy } => self.at = (dx, dy),
                Patch::Camera(_) => {}
            }
        }
    }

    /// Without what gestures left, which shows nothing.
    fn scene(&self) -> BTreeMap<String, Node> {
        let mut nodes = self.nodes.clone();
        nodes.retain(|id, node| !(id.starts_with("o:") && node.attr("d") == Some("")));
        nodes
    }
}

fn class(node: &Node) -> &str {
    node.attr("class").unwrap_or_default()
}

fn draw(design: &Design, layout: &Layout, decor: &Decor) -> (Stage, Screen) {
    let (mut stage, mut screen) = (Stage::default(), Screen::default());
    screen.apply(stage.draw(design, layout, decor));
    (stage, screen)
}

/// A part near the middle of the scene for measuring that has several links.
fn busy_part(design: &Design) -> PartId {
    let middle = design.parts.len() / 2;
    let id = |number: usize| PartId::from(format!("n{number}").as_str());
    (middle..)
        .map(id)
        .find(|id| design.parts[id].kind == Kind::Vpn && design.links_of(id).count() >= 3)
        .expect("there is one")
}

#[test]
fn a_drag_step_changes_the_box_the_aim_the_guides_and_one_path_of_links_only() {
    for parts in [100, 1000, 5000] {
        let design = bench_scene(parts);
        let layout = Layout::new(&design);
        let (mut stage, mut screen) = draw(&design, &layout, &Decor::default());
        assert!(screen.nodes.len() > parts * 3);
        let id = busy_part(&design);
        let links = design.links_of(&id).count();
        screen.apply(stage.drag_start(&design, &layout, std::slice::from_ref(&id)));
        let guides = [Guide {
            upright: true,
            at: 8,
            from: 0,
            to: 80,
        }];
        let region = PartId::from("region");
        for step in 1..20 {
            let (target, guides) = if step % 2 == 0 {
                (Some(&region), &guides[..])
            } else {
                (None, &[][..])
            };
            let mut patches = stage.drag_step(&layout, step * 8, step * 16, target, step % 3 == 0);
            patches.extend(stage.guides(guides));
            assert!(patches.len() <= 4, "{parts} parts: {} patches", patches.len());
            assert!(
                patches.len() == 4 || step == 1,
                "the box, the links, the aim and an upright guide"
            );
            let lines = patches.iter().find_map(|patch| match patch {
                Patch::Attr { id, value, .. } if id.starts_with("m:l:") => Some(value),
                _ => None,
            });
            // One path for all: of each link a line, and the square in its middle.
            assert_eq!(
                lines.map_or(0, |d| d.matches('M').count()),
                2 * links,
                "all of them follow"
            );
            screen.apply(patches);
        }
        assert!(
            stage.drag_step(&layout, 19 * 8, 19 * 16, None, false).is_empty(),
            "nothing new: no patch"
        );
    }
}

/// What changes is painted anew as far as its path reaches: an outline of a region that is drawn again with each guide, or
/// guides of both directions in one path, are the whole window.
#[test]
fn what_changes_in_a_drag_step_reaches_no_farther_than_it_has_to() {
    let design = bench_scene(1000);
    let layout = Layout::new(&design);
    let (mut stage, _) = draw(&design, &layout, &Decor::default());
    let id = busy_part(&design);
    stage.drag_start(&design, &layout, std::slice::from_ref(&id));
    let region = PartId::from("region");
    for step in 1..20 {
        let line = |upright, at: i32| Guide {
            upright,
            at: at + step * 8,
            from: 0,
            to: 4000,
        };
        let guides = [line(true, 0), line(true, 192), line(false, 0), line(false, 64)];
        let mut patches = stage.drag_step(&layout, step * 8, step * 8, Some(&region), false);
        patches.extend(stage.guides(&guides));
        for patch in patches {
            let Some((id, d)) = drawn(&patch).filter(|(id, _)| id.starts_with("o:")) else {
                continue;
            };
            assert!(step == 1 || id != "o:aim", "the outline of the region is the same");
            let is_strip = !d.contains('V') || !d.contains('H');
            assert!(is_strip || id == "o:aim", "{id} is as wide as the window: {d}");
        }
    }
}

/// The path that a patch draws, and what has it.
fn drawn(patch: &Patch) -> Option<(&str, &str)> {
    match patch {
        Patch::Attr { id, name: "d", value } => Some((id, value)),
        Patch::Add(node) => Some((&node.id, node.attr("d")?)),
        _ => None,
    }
}

#[test]
fn dragging_a_container_moves_a_box_not_what_is_in_it() {
    let design = bench_scene(1000);
    let layout = Layout::new(&design);
    let (mut stage, mut screen) = draw(&design, &layout, &Decor::default());
    let before = screen.clone();
    screen.apply(stage.drag_start(&design, &layout, &["region".into()]));
    assert!(class(&screen.nodes["l:e1"]).ends_with(" off"));
    assert_eq!(screen.nodes["m:l:e1"].layer, Layer::Box);
    let patches = stage.drag_step(&layout, 80, 80, None, false);
    assert_eq!(patches, [Patch::Box { dx: 80, dy: 80 }]);
    screen.apply(patches);
    screen.apply(stage.drag_end());
    assert_eq!(screen.scene(), before.scene(), "cancelled: all is as it was");
    assert_eq!(screen.at, (0, 0));
}

#[test]
fn parts_look_as_they_should() {
    let mut design = hub_and_spokes(1);
    if let Some(part) = design.parts.get_mut(&PartId::from("net1-wall")) {
        part.name = "Inspection of everything".to_owned();
    }
    arrange(&mut design);
    let layout = Layout::new(&design);
    let wall = Item::Part("net1-wall".into());
    let decor = Decor {
        selected: BTreeSet::from([wall.clone()]),
        broken: BTreeMap::from([(wall, vec![2, 5])]),
        down: BTreeSet::from(["net1-wall".into()]),
        cut: BTreeSet::from(["l-site".into()]),
        ..Decor::default()
    };
    let (_, screen) = draw(&design, &layout, &decor);
    let text = |id: &str| {
        screen
            .nodes
            .get(id)
            .and_then(|node| node.attr(TEXT).map(str::to_owned))
            .unwrap_or_default()
    };
    let main = &screen.nodes["p:net1-wall"];
    assert_eq!(class(main), "part kind-firewall selected broken down");
    let attr = |name: &str| main.attr(name);
    assert_eq!(
        (attr("data-node-id"), attr("width"), attr("height")),
        (Some("net1-wall"), Some("160"), Some("56"))
    );
    assert_eq!(
        (text("p:net1-wall:name"), text("p:net1-wall:name2")),
        ("Inspection of".into(), "everything".into())
    );
    assert_eq!(text("p:net1-wall:kind"), "Down");
    assert_eq!(text("p:net1-wall:badge-number"), "2, 5");
    assert_eq!(text("l:l-site:cut-word"), "Cut");
    assert_eq!(class(&screen.nodes["p:net1-wall:glyph"]), "glyph-frame hue-edge");
    assert_eq!(class(&screen.nodes["p:net1:glyph"]), "glyph-frame hue-network small");
    assert_eq!(screen.nodes["p:net1"].layer, Layer::Containers(2));
    assert!(
        screen.nodes["l:l-net1"]
            .attrs
            .iter()
            .any(|(name, value)| *name == "data-edge-id" && value == "l-net1")
    );
}

#[test]
fn every_kind_has_a_picture() {
    for kind in Kind::ALL {
        assert_eq!(glyph(kind).kind, kind);
        assert_eq!(glyph(kind).symbol, format!("glyph-{}", kind.as_str()));
    }
}

fn decor(design: &Design, seed: u8) -> Decor {
    let ids: Vec<PartId> = design.parts.keys().cloned().collect();
    let mut decor = Decor::default();
    for (place, id) in ids.iter().enumerate() {
        let item = Item::Part(id.clone());
        match (place + usize::from(seed)) % 7 {
            0 => drop(decor.selected.insert(item)),
            1 => drop(decor.broken.insert(item, vec![place])),
            2 => drop(decor.down.insert(id.clone())),
            3 => decor.focus = Some(item),
            _ => {}
        }
    }
    for (place, id) in design.links.keys().enumerate() {
        if (place + usize::from(seed)).is_multiple_of(5) {
            decor.cut.insert(id.clone());
        }
    }
    decor
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]
    #[test]
    fn patches_lead_to_what_drawing_anew_gives(mut design in tree(),
        steps in prop::collection::vec((any::<prop::sample::Index>(), -10..60i32, 0..40i32, 0..8u8), 1..8)) {
        arrange(&mut design);
        let mut layout = Layout::new(&design);
        let (mut stage, mut screen) = draw(&design, &layout, &decor(&design, 0));
        for (which, x, y, seed) in steps {
            let ids: Vec<PartId> = design.parts.keys().cloned().collect();
            let id = which.get(&ids).clone();
            // A drag, then what came of it.
            let at_rest = screen.scene();
            screen.apply(stage.drag_start(&design, &layout, std::slice::from_ref(&id)));
            let crossing = layout.crossing(&layout.subtree(&id)).0.len();
            let mut patches = stage.drag_step(&layout, x * 8, y * 8, Some(&id), seed == 0);
            patches.extend(stage.guides(&[]));
            // Cut or not: a link looks in one way or the other.
            prop_assert!(patches.len() <= 2 + crossing.min(2));
            screen.apply(patches);
            if seed == 6 {
                // Something changes while it is in the air.
                screen.apply(stage.update(&design, &layout, &decor(&design, seed), &Changed::default(), &BTreeSet::new()));
                for node in screen.nodes.keys().filter_map(|id| screen.nodes.get(id.strip_prefix("m:")?)) {
                    prop_assert!(class(node).ends_with(" off"), "{} is seen twice", node.id);
                }
                screen.apply(stage.drag_end());
            } else {
                screen.apply(stage.drag_end());
                prop_assert_eq!(&screen.scene(), &at_rest);
            }
            if seed == 7 {
                let inside = design.subtree(&id);
                if inside.len() < design.parts.len() {
                    design.parts.retain(|id, _| !inside.contains(id));
                    design.links.retain(|_, link| !inside.contains(&link.from) && !inside.contains(&link.to));
                }
            } else {
                if let Some(part) = design.parts.get_mut(&id) {
                    part.at = Cell::new(x, y);
                    part.name = format!("Named {x} {}", "x".repeat(usize::from(seed) * 3));
                }
                grow(&mut design, &id);
            }
            let changed = layout.update(&design);
            let decor = decor(&design, seed);
            screen.apply(stage.update(&design, &layout, &decor, &changed, &BTreeSet::from([Item::Part(id)])));
            prop_assert_eq!(screen.scene(), draw(&design, &layout, &decor).1.scene());
        }
    }
}

#[test]
fn an_empty_design_draws_nothing() {
    let (design, layout) = (Design::default(), Layout::default());
    assert_eq!(draw(&design, &layout, &Decor::default()).1, Screen::default());
    let mut lone = Design::default();
    lone.parts
        .insert("x".into(), Part::new(Kind::Vpn, Some("gone".into()), "Lost"));
    let layout = Layout::new(&lone);
    assert_eq!(
        draw(&lone, &layout, &Decor::default()).1,
        Screen::default(),
        "what has no parent is nowhere"
    );
}
