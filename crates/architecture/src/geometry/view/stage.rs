use crate::sorted::{BTreeMap, BTreeSet};

use super::paint::{self, wire_path};
use super::text::path;
use super::{Decor, Layer, Node, Patch, Tag};
use crate::design::{Design, Kind, LinkId, PartId};
use crate::editor::Item;
use crate::geometry::shapes::ordered;
use crate::geometry::{Camera, Changed, Guide, Layout, Point, Rect, route};

/// Everything that is drawn, and the gesture that is on its way. Each call answers with what has to change on the screen.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    drawn: BTreeMap<Item, Drawn>,
    lifted: Option<Lifted>,
    /// The paths of the overlay that are on the screen.
    overlay: [Option<String>; OVERLAY.len()],
}

/// A part or link as it is drawn.
#[derive(Clone, Debug, Default)]
struct Drawn {
    nodes: Vec<Node>,
    /// What [`decoration`] said of it.
    decoration: u64,
    /// True while it is lifted: a copy is shown.
    is_hidden: bool,
}

/// What is off the drawing and in the moving layer.
#[derive(Clone, Debug, Default)]
struct Lifted {
    parts: BTreeSet<PartId>,
    /// The ids of the copies.
    copies: Vec<String>,
    crossing: Vec<Crossing>,
    at: (i32, i32),
}

/// Links that look alike and have one end among the parts that are lifted: one path draws all of them, since each element
/// that a step changes is styled and painted anew.
#[derive(Clone, Debug)]
struct Crossing {
    /// What draws the first of them in the scene.
    like: Node,
    links: Vec<LinkId>,
    /// The path as it is drawn.
    d: String,
}

/// The ids and classes of the paths of the overlay. What changes is painted anew as far as its path reaches, to the last
/// corner of a bounding box. So what changes at other times, or lies across, has a path of its own: one for all of an aim
/// took three times as long a step.
const OVERLAY: [(&str, &str); 5] = [
    ("o:aim", "aim"),
    ("o:upright", "aim"),
    ("o:level", "aim"),
    ("o:ghost", "ghost"),
    ("o:line", "new-link"),
];
const AIM: usize = 0;
const UPRIGHT: usize = 1;
const LEVEL: usize = 2;
const GHOST: usize = 3;
const LINE: usize = 4;

impl Stage {
    /// Draws all of it. On an empty screen these patches are everything; else they are the differences.
    pub fn draw(&mut self, design: &Design, layout: &Layout, decor: &Decor) -> Vec<Patch> {
        let mut items = BTreeSet::new();
        for id in layout.rects.keys() {
            items.insert(Item::Part(id.clone()));
        }
        for id in layout.links.keys() {
            items.insert(Item::Link(id.clone()));
        }
        for item in self.drawn.keys() {
            items.insert(item.clone());
        }
        self.paint(design, layout, decor, items)
    }

    /// Draws again what changed: the parts and links of `changed`, and those whose decoration differs from the last time.
    /// `renamed` are items that look different though they are where they were: another name, prefix, table.
    pub fn update(
        &mut self,
        design: &Design,
        layout: &Layout,
        decor: &Decor,
        changed: &Changed,
        renamed: &BTreeSet<Item>,
    ) -> Vec<Patch> {
        let mut items = BTreeSet::new();
        // "public" on a subnet's tab comes from its table.
        let any = !renamed.is_empty() || !changed.parts.is_empty();
        for (item, drawn) in &self.drawn {
            let is_subnet = match item {
                Item::Part(id) if any => design.parts.get(id).is_some_and(|part| part.kind == Kind::Subnet),
                _ => false,
            };
            if is_subnet || drawn.decoration != decoration(decor, item) {
                items.insert(item.clone());
            }
        }
        for id in &changed.parts {
            items.insert(Item::Part(id.clone()));
        }
        for id in &changed.links {
            items.insert(Item::Link(id.clone()));
        }
        for item in renamed {
            items.insert(item.clone());
        }
        self.paint(design, layout, decor, items)
    }

    fn paint(&mut self, design: &Design, layout: &Layout, decor: &Decor, items: BTreeSet<Item>) -> Vec<Patch> {
        let mut patches = Vec::new();
        for item in items {
            let fresh = paint::nodes(design, layout, decor, &item);
            let is_gone = fresh.is_empty();
            let decoration = decoration(decor, &item);
            let drawn = self.drawn.entry(item.clone()).or_default();
            compare(&drawn.nodes, &fresh, drawn.is_hidden, &mut patches);
            (drawn.nodes, drawn.decoration) = (fresh, decoration);
            if is_gone {
                self.drawn.remove(&item);
            }
        }
        patches
    }

    /// Lifts parts, with all inside them, off the drawing into the moving layer.
    pub fn drag_start(&mut self, design: &Design, layout: &Layout, parts: &[PartId]) -> Vec<Patch> {
        let mut patches = self.drag_end();
        let mut lifted = Lifted::default();
        for part in parts {
            if design.parts.contains_key(part) {
                lifted.parts.extend(layout.subtree(part));
            }
        }
        let (crossing, inner) = layout.crossing(&lifted.parts);
        let parts = lifted.parts.iter().cloned().map(Item::Part);
        let mut copies: Vec<Node> = Vec::new();
        for item in parts.chain(inner.into_iter().map(Item::Link)) {
            copies.extend_from_slice(self.hide(&item, &mut patches));
        }
        // From back to front: containers by depth, links, parts, marks.
        let layer = |at: usize| copies.get(at).map_or(0, |node| node.layer.place() as i64);
        for at in ordered(copies.len(), &|at| [layer(at), 0, 0, 0]) {
            if let Some(node) = copies.get(at) {
                lifted.add(node, Layer::Box, None, &mut patches);
            }
        }
        let mut alike: Vec<Crossing> = Vec::new();
        for id in crossing {
            // Of a link that moves only the line is shown.
            let Some(like) = self.hide(&Item::Link(id.clone()), &mut patches).first() else {
                continue;
            };
            let class = like.attr("class");
            match alike.iter_mut().find(|lines| lines.like.attr("class") == class) {
                Some(lines) => lines.links.push(id),
                None => alike.push(Crossing {
                    like: like.clone(),
                    links: vec![id],
                    d: String::new(),
                }),
            }
        }
        for mut lines in alike {
            lines.d = crossing_path(layout, &lifted.parts, &lines.links, 0, 0);
            lifted.add(&lines.like, Layer::Crossing, Some(&lines.d), &mut patches);
            lifted.crossing.push(lines);
        }
        patches.push(Patch::Box { dx: 0, dy: 0 });
        self.lifted = Some(lifted);
        patches
    }

    /// Hides an item in the scene. Answers with its nodes.
    fn hide(&mut self, item: &Item, patches: &mut Vec<Patch>) -> &[Node] {
        let Some(drawn) = self.drawn.get_mut(item) else {
            return &[];
        };
        drawn.is_hidden = true;
        for node in &drawn.nodes {
            patches.push(class(node, true));
        }
        &drawn.nodes
    }

    /// Moves what was lifted to `dx`, `dy` from where it was, and outlines the container where it would land: at most 2
    /// patches and one for each look of the links that cross, whatever the design's size.
    pub fn drag_step(
        &mut self,
        layout: &Layout,
        dx: i32,
        dy: i32,
        target: Option<&PartId>,
        refused: bool,
    ) -> Vec<Patch> {
        let mut patches = Vec::new();
        if let Some(lifted) = &mut self.lifted
            && lifted.at != (dx, dy)
        {
            lifted.at = (dx, dy);
            patches.push(Patch::Box { dx, dy });
            for lines in &mut lifted.crossing {
                let d = crossing_path(layout, &lifted.parts, &lines.links, dx, dy);
                if lines.d != d {
                    lines.d.clone_from(&d);
                    patches.push(Patch::Attr {
                        id: ["m:", &lines.like.id].concat(),
                        name: "d",
                        value: d,
                    });
                }
            }
        }
        patches.extend(self.target(layout, target, refused));
        patches
    }

    /// Sets down what was lifted, where it was; a move that was made comes as an update after this.
    pub fn drag_end(&mut self) -> Vec<Patch> {
        let mut patches = Vec::new();
        let Some(lifted) = self.lifted.take() else {
            return patches;
        };
        for drawn in self.drawn.values_mut().filter(|drawn| drawn.is_hidden) {
            drawn.is_hidden = false;
            for node in &drawn.nodes {
                patches.push(class(node, false));
            }
        }
        for copy in lifted.copies {
            patches.push(Patch::Remove(copy));
        }
        patches.push(Patch::Box { dx: 0, dy: 0 });
        patches.extend(self.over(AIM, String::new()));
        patches.extend(self.guides(&[]));
        patches
    }

    /// Shows or takes away the outline of where something would land. A place that refuses has a barred circle in its corner.
    pub fn target(&mut self, layout: &Layout, target: Option<&PartId>, refused: bool) -> Vec<Patch> {
        self.over(AIM, target_path(layout, target, refused))
    }

    /// Shows the lines along which what moves is in line with others: at most 2 patches.
    pub fn guides(&mut self, guides: &[Guide]) -> Vec<Patch> {
        let (mut upright, mut level) = (String::new(), String::new());
        for guide in guides {
            if guide.upright {
                upright.push_str(&path("M# #V#", &[guide.at, guide.from, guide.to]));
            } else {
                level.push_str(&path("M# #H#", &[guide.from, guide.at, guide.to]));
            }
        }
        let mut patches = self.over(UPRIGHT, upright);
        patches.extend(self.over(LEVEL, level));
        patches
    }

    /// Shows or takes away a frame: where a new part would be, what is being chosen, a container's new border.
    pub fn ghost(&mut self, rect: Option<Rect>) -> Vec<Patch> {
        self.over(GHOST, rect.map_or_else(String::new, |rect| outline(&rect)))
    }

    /// Shows or takes away the line of a link that is being drawn.
    pub fn line(&mut self, line: Option<(Point, Point)>) -> Vec<Patch> {
        let d = line.map_or_else(String::new, |(a, b)| path("M# #L# #", &[a.x, a.y, b.x, b.y]));
        self.over(LINE, d)
    }

    /// Moves the camera.
    pub fn camera(&mut self, camera: Camera) -> Vec<Patch> {
        vec![Patch::Camera(camera)]
    }

    /// A path of the overlay: added when there is first something to it, then only changed.
    fn over(&mut self, which: usize, d: String) -> Vec<Patch> {
        let (Some(held), Some((id, class))) = (self.overlay.get_mut(which), OVERLAY.get(which)) else {
            return Vec::new();
        };
        if held.as_deref().unwrap_or_default() == d {
            return Vec::new();
        }
        let id = (*id).to_owned();
        let patch = match held.replace(d.clone()) {
            Some(_) => Patch::Attr {
                id,
                name: "d",
                value: d,
            },
            None => Patch::Add(Node {
                id,
                layer: Layer::Overlay,
                tag: Tag::Path,
                attrs: vec![("d", d), ("class", (*class).to_owned())],
            }),
        };
        vec![patch]
    }
}

impl Lifted {
    /// Adds the copy of a node that is shown meanwhile, with a path of its own if it has one.
    fn add(&mut self, node: &Node, layer: Layer, d: Option<&str>, patches: &mut Vec<Patch>) {
        let mut copy = node.clone();
        copy.id = ["m:", &node.id].concat();
        copy.layer = layer;
        // Tests and tools count each part once.
        copy.attrs.retain(|(name, _)| !name.starts_with("data-"));
        for (name, value) in &mut copy.attrs {
            if let (&mut "d", Some(d)) = (name, d) {
                d.clone_into(value);
            }
        }
        self.copies.push(copy.id.clone());
        patches.push(Patch::Add(copy));
    }
}

/// What of the decoration is to be seen at an item, as a number: another one when it is another.
fn decoration(decor: &Decor, item: &Item) -> u64 {
    let is_selected = decor.selected.contains(item);
    let mut seen = 0;
    let mut add = |number: u64| seen = (seen ^ number).wrapping_add(1).wrapping_mul(0x0100_0000_01b3);
    for is in [
        is_selected,
        is_selected && decor.selected.len() == 1,
        decor.focus.as_ref() == Some(item),
    ] {
        add(u64::from(is));
    }
    for rule in decor.broken.get(item).into_iter().flatten() {
        add(*rule as u64);
    }
    match item {
        Item::Part(id) => add(u64::from(decor.down.contains(id))),
        Item::Link(id) => add(u64::from(decor.cut.contains(id))),
    }
    seen
}

fn target_path(layout: &Layout, target: Option<&PartId>, refused: bool) -> String {
    let Some(rect) = target.and_then(|id| layout.rects.get(id)) else {
        return String::new();
    };
    let mut d = outline(rect);
    if refused {
        let (x, y) = (rect.right() - 28, rect.y + 8);
        d.push_str(&path(
            "M# #a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M# #l14 14",
            &[x, y + 10, x + 3, y + 3],
        ));
    }
    d
}

/// The path of links of which one end is lifted.
fn crossing_path(layout: &Layout, lifted: &BTreeSet<PartId>, links: &[LinkId], dx: i32, dy: i32) -> String {
    let place = |end: &PartId| {
        let rect = layout.rects.get(end)?;
        Some(if lifted.contains(end) {
            rect.moved(dx, dy)
        } else {
            *rect
        })
    };
    let mut d = String::new();
    for id in links {
        if let Some((from, to)) = layout.ends(id)
            && let (Some(from), Some(to)) = (place(from), place(to))
        {
            d.push_str(&wire_path(&route::moving(&from, &to), true));
        }
    }
    d
}

fn outline(rect: &Rect) -> String {
    path("M# #h#v#h#z", &[rect.x, rect.y, rect.w, rect.h, -rect.w])
}

/// The patch that gives a node its classes, with or without the one that hides it.
fn class(node: &Node, is_hidden: bool) -> Patch {
    Patch::Attr {
        id: node.id.clone(),
        name: "class",
        value: shown("class", node.attr("class").unwrap_or_default(), is_hidden),
    }
}

/// The value of an attribute as it is on the screen.
fn shown(name: &str, value: &str, is_hidden: bool) -> String {
    let off = if is_hidden && name == "class" { " off" } else { "" };
    [value, off].concat()
}

/// What brings the old nodes of one item to the new ones.
fn compare(old: &[Node], new: &[Node], is_hidden: bool, patches: &mut Vec<Patch>) {
    for node in old {
        if same(node, new).is_none() {
            patches.push(Patch::Remove(node.id.clone()));
        }
    }
    for node in new {
        let before = same(node, old);
        let mut added = node.clone();
        for (at, (name, value)) in added.attrs.iter_mut().enumerate() {
            let held = before.and_then(|before| before.attrs.get(at));
            if held.is_some_and(|(_, held)| held == value) {
                continue;
            }
            *value = shown(name, value, is_hidden);
            if before.is_some() {
                patches.push(Patch::Attr {
                    id: node.id.clone(),
                    name,
                    value: std::mem::take(value),
                });
            }
        }
        if before.is_none() {
            patches.push(Patch::Add(added));
        }
    }
}

/// The node that only has to be changed to become this one. No patch takes an attribute away: a node that loses one is
/// another.
fn same<'a>(node: &Node, others: &'a [Node]) -> Option<&'a Node> {
    let found = others.iter().find(|other| other.id == node.id)?;
    let names = |node: &Node, at: usize| node.attrs.get(at).map(|(name, _)| *name);
    let is_same = found.layer == node.layer
        && found.tag == node.tag
        && (0..=node.attrs.len().max(found.attrs.len())).all(|at| names(node, at) == names(found, at));
    is_same.then_some(found)
}
