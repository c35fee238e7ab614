use crate::sorted::{BTreeMap, BTreeSet};

use super::paint::{self, wire_path};
use super::{Decor, Layer, Node, Patch, Tag};
use crate::design::{Design, Kind, LinkId, PartId};
use crate::editor::Item;
use crate::geometry::{Camera, Changed, Guide, Layout, Point, Rect, route};

/// Everything that is drawn, and the gesture that is on its way. Each call answers with what has to change on the screen.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    drawn: BTreeMap<Item, Vec<Node>>,
    decor: Decor,
    lifted: Option<Lifted>,
    /// The outline of where something would land, and the lines that it is in line with: two parts of one path.
    target: String,
    guides: String,
    /// The paths of the overlay that are on the screen, by their ids.
    overlay: BTreeMap<&'static str, String>,
}

/// What is off the drawing and in the moving layer.
#[derive(Clone, Debug, Default)]
struct Lifted {
    parts: BTreeSet<PartId>,
    /// Whose nodes are hidden in the scene.
    hidden: BTreeSet<Item>,
    /// The ids of the copies.
    copies: Vec<String>,
    /// Links with one end among the parts, and their path as it is drawn.
    crossing: Vec<(LinkId, String)>,
    at: (i32, i32),
}

const AIM: &str = "o:aim";
const GHOST: &str = "o:ghost";
const LINE: &str = "o:line";

impl Stage {
    /// Draws all of it. On an empty screen these patches are everything; else they are the differences.
    pub fn draw(&mut self, design: &Design, layout: &Layout, decor: &Decor) -> Vec<Patch> {
        self.decor = decor.clone();
        let mut items: BTreeSet<Item> = self.drawn.keys().cloned().collect();
        items.extend(layout.rects.keys().cloned().map(Item::Part));
        items.extend(layout.links.keys().cloned().map(Item::Link));
        self.paint(design, layout, items)
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
        let mut items: BTreeSet<Item> = renamed.clone();
        items.extend(changed.parts.iter().cloned().map(Item::Part));
        items.extend(changed.links.iter().cloned().map(Item::Link));
        self.redecorate(decor, &mut items);
        // "public" on a subnet's tab comes from its table.
        if !renamed.is_empty() || !changed.parts.is_empty() {
            let subnets = design.parts.iter().filter(|(_, part)| part.kind == Kind::Subnet);
            items.extend(subnets.map(|(id, _)| Item::Part(id.clone())));
        }
        self.paint(design, layout, items)
    }

    /// Takes over the decoration, and adds to `items` what it changes.
    fn redecorate(&mut self, decor: &Decor, items: &mut BTreeSet<Item>) {
        let old = std::mem::replace(&mut self.decor, decor.clone());
        if old.selected != decor.selected {
            items.extend(old.selected.iter().chain(&decor.selected).cloned());
        }
        for (was, is) in [(&old.focus, &decor.focus), (&old.hover, &decor.hover)] {
            if was != is {
                items.extend(was.iter().chain(is).cloned());
            }
        }
        differing(&old.broken, &decor.broken, |item| {
            items.insert(item.clone());
        });
        differing(&old.faults, &decor.faults, |id| {
            items.insert(Item::Part(id.clone()));
        });
        items.extend(old.cut.symmetric_difference(&decor.cut).cloned().map(Item::Link));
        if old.traffic.is_empty() != decor.traffic.is_empty() {
            items.extend(self.drawn.keys().filter(|item| matches!(item, Item::Link(_))).cloned());
        }
        differing(&old.traffic, &decor.traffic, |id| {
            items.insert(Item::Link(id.clone()));
        });
    }

    fn paint(&mut self, design: &Design, layout: &Layout, items: BTreeSet<Item>) -> Vec<Patch> {
        let mut patches = Vec::new();
        for item in items {
            let fresh = match &item {
                Item::Part(id) => paint::part(design, layout, &self.decor, id),
                Item::Link(id) => paint::link(design, layout, &self.decor, id),
            };
            let is_hidden = self.lifted.as_ref().is_some_and(|lifted| lifted.hidden.contains(&item));
            let old = self.drawn.remove(&item).unwrap_or_default();
            compare(&old, &fresh, is_hidden, &mut patches);
            if !fresh.is_empty() {
                self.drawn.insert(item, fresh);
            }
        }
        patches
    }

    /// Lifts parts, with all inside them, off the drawing into the moving layer.
    pub fn drag_start(&mut self, design: &Design, layout: &Layout, parts: &[PartId]) -> Vec<Patch> {
        let mut patches = self.drag_end();
        let inside: BTreeSet<PartId> = parts
            .iter()
            .filter(|part| design.parts.contains_key(*part))
            .flat_map(|part| layout.subtree(part))
            .collect();
        let (crossing, inner) = layout.crossing(&inside);
        let mut lifted = Lifted::default();
        // From back to front: containers by depth, links, parts, marks.
        let mut copies: Vec<&Node> = Vec::new();
        let items = inside
            .iter()
            .cloned()
            .map(Item::Part)
            .chain(inner.into_iter().map(Item::Link));
        for item in items {
            copies.extend(self.drawn.get(&item).into_iter().flatten());
            lifted.hidden.insert(item);
        }
        crate::sorted::sort_by_key(&mut copies, |node| node.layer);
        for node in copies {
            patches.push(Patch::Class {
                id: node.id.clone(),
                class: off(&node.class),
            });
            let copy = copy(node, Layer::Box);
            lifted.copies.push(copy.id.clone());
            patches.push(Patch::Add(copy));
        }
        for id in crossing {
            let item = Item::Link(id.clone());
            for (place, node) in self.drawn.get(&item).into_iter().flatten().enumerate() {
                patches.push(Patch::Class {
                    id: node.id.clone(),
                    class: off(&node.class),
                });
                // Of a link that moves only the line is shown.
                if place == 0 {
                    let mut copy = copy(node, Layer::Crossing);
                    let d = crossing_path(layout, &inside, &id, 0, 0).unwrap_or_default();
                    copy.attrs
                        .iter_mut()
                        .filter(|(name, _)| *name == "d")
                        .for_each(|(_, value)| value.clone_from(&d));
                    lifted.copies.push(copy.id.clone());
                    lifted.crossing.push((id.clone(), d));
                    patches.push(Patch::Add(copy));
                }
            }
            lifted.hidden.insert(item);
        }
        patches.extend(self.aim());
        patches.push(Patch::Box { dx: 0, dy: 0 });
        lifted.parts = inside;
        self.lifted = Some(lifted);
        patches
    }

    /// Moves what was lifted to `dx`, `dy` from where it was. The container where it would land is outlined by the call of
    /// [`Stage::guides`] that follows: the two together are at most 2 patches and one a crossing link, whatever the
    /// design's size.
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
            for (id, drawn) in &mut lifted.crossing {
                let Some(d) = crossing_path(layout, &lifted.parts, id, dx, dy) else {
                    continue;
                };
                if *drawn != d {
                    drawn.clone_from(&d);
                    patches.push(Patch::Attr {
                        id: format!("m:l:{id}"),
                        name: "d",
                        value: d,
                    });
                }
            }
        }
        self.target = target_path(layout, target, refused);
        patches
    }

    /// Sets down what was lifted, where it was; a move that was made comes as an update after this.
    pub fn drag_end(&mut self) -> Vec<Patch> {
        let mut patches = Vec::new();
        let Some(lifted) = self.lifted.take() else {
            return patches;
        };
        for node in lifted.hidden.iter().filter_map(|item| self.drawn.get(item)).flatten() {
            patches.push(Patch::Class {
                id: node.id.clone(),
                class: node.class.clone(),
            });
        }
        patches.extend(lifted.copies.into_iter().map(Patch::Remove));
        patches.push(Patch::Box { dx: 0, dy: 0 });
        self.target.clear();
        self.guides.clear();
        patches.extend(self.aim());
        patches
    }

    /// Shows or takes away the outline of where something would land. A place that refuses has a barred circle in its corner.
    pub fn target(&mut self, layout: &Layout, target: Option<&PartId>, refused: bool) -> Vec<Patch> {
        self.target = target_path(layout, target, refused);
        self.aim()
    }

    /// Shows the lines along which what moves is in line with others, and the outline that [`Stage::drag_step`] was told of.
    pub fn guides(&mut self, guides: &[Guide]) -> Vec<Patch> {
        self.guides.clear();
        for guide in guides {
            let piece = if guide.upright {
                format!("M{} {}V{}", guide.at, guide.from, guide.to)
            } else {
                format!("M{} {}H{}", guide.from, guide.at, guide.to)
            };
            self.guides.push_str(&piece);
        }
        self.aim()
    }

    fn aim(&mut self) -> Vec<Patch> {
        let d = [self.target.as_str(), &self.guides].concat();
        self.path(AIM, "aim", d)
    }

    /// Shows or takes away a frame: where a new part would be, what is being chosen, a container's new border.
    pub fn ghost(&mut self, rect: Option<Rect>) -> Vec<Patch> {
        self.path(GHOST, "ghost", rect.map_or_else(String::new, |rect| outline(&rect)))
    }

    /// Shows or takes away the line of a link that is being drawn.
    pub fn line(&mut self, line: Option<(Point, Point)>) -> Vec<Patch> {
        let d = line.map_or_else(String::new, |(a, b)| format!("M{} {}L{} {}", a.x, a.y, b.x, b.y));
        self.path(LINE, "new-link", d)
    }

    /// Moves the camera.
    pub fn camera(&mut self, camera: Camera) -> Vec<Patch> {
        vec![Patch::Camera(camera)]
    }

    /// A path of the overlay: added the first time, then only changed.
    fn path(&mut self, id: &'static str, class: &'static str, d: String) -> Vec<Patch> {
        let patch = match self.overlay.get(id) {
            Some(old) if *old == d => return Vec::new(),
            Some(_) => Patch::Attr {
                id: id.to_owned(),
                name: "d",
                value: d.clone(),
            },
            None => Patch::Add(Node {
                id: id.to_owned(),
                layer: Layer::Overlay,
                tag: Tag::Path,
                attrs: vec![("d", d.clone())],
                class: class.to_owned(),
                text: None,
            }),
        };
        self.overlay.insert(id, d);
        vec![patch]
    }
}

fn target_path(layout: &Layout, target: Option<&PartId>, refused: bool) -> String {
    let Some(rect) = target.and_then(|id| layout.rects.get(id)) else {
        return String::new();
    };
    let mut d = outline(rect);
    if refused {
        let (x, y) = (rect.right() - 28, rect.y + 8);
        d.push_str(&format!(
            "M{x} {}a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M{} {}l14 14",
            y + 10,
            x + 3,
            y + 3
        ));
    }
    d
}

/// The path of a link of which one end is lifted.
fn crossing_path(layout: &Layout, lifted: &BTreeSet<PartId>, id: &LinkId, dx: i32, dy: i32) -> Option<String> {
    let (from, to) = layout.ends(id)?;
    let place = |end: &PartId| {
        let rect = layout.rects.get(end)?;
        Some(if lifted.contains(end) {
            rect.moved(dx, dy)
        } else {
            *rect
        })
    };
    Some(wire_path(&route::moving(&place(from)?, &place(to)?), true))
}

fn outline(rect: &Rect) -> String {
    format!("M{} {}h{}v{}h{}z", rect.x, rect.y, rect.w, rect.h, -rect.w)
}

fn off(class: &str) -> String {
    format!("{class} off")
}

fn copy(node: &Node, layer: Layer) -> Node {
    Node {
        id: format!("m:{}", node.id),
        layer,
        // Tests and tools count each part once.
        attrs: node
            .attrs
            .iter()
            .filter(|(name, _)| !name.starts_with("data-"))
            .cloned()
            .collect(),
        ..node.clone()
    }
}

/// What brings the old nodes of one item to the new ones.
fn compare(old: &[Node], new: &[Node], is_hidden: bool, patches: &mut Vec<Patch>) {
    let class = |node: &Node| {
        if is_hidden {
            off(&node.class)
        } else {
            node.class.clone()
        }
    };
    // No patch takes an attribute away: a node that loses one is another.
    let names = |node: &Node| -> Vec<&str> { node.attrs.iter().map(|(name, _)| *name).collect() };
    let stays = |node: &Node, others: &[Node]| {
        others.iter().any(|other| {
            other.id == node.id && other.layer == node.layer && other.tag == node.tag && names(other) == names(node)
        })
    };
    for node in old.iter().filter(|node| !stays(node, new)) {
        patches.push(Patch::Remove(node.id.clone()));
    }
    for node in new {
        let Some(before) = old
            .iter()
            .find(|before| before.id == node.id)
            .filter(|_| stays(node, old))
        else {
            patches.push(Patch::Add(Node {
                class: class(node),
                ..node.clone()
            }));
            continue;
        };
        for (name, value) in &node.attrs {
            if !before.attrs.iter().any(|(other, held)| other == name && held == value) {
                patches.push(Patch::Attr {
                    id: node.id.clone(),
                    name,
                    value: value.clone(),
                });
            }
        }
        if before.class != node.class {
            patches.push(Patch::Class {
                id: node.id.clone(),
                class: class(node),
            });
        }
        if let Some(text) = &node.text
            && before.text.as_ref() != Some(text)
        {
            patches.push(Patch::Text {
                id: node.id.clone(),
                text: text.clone(),
            });
        }
    }
}

/// Calls `found` with each key whose values differ, or that only one has.
fn differing<K: Ord, V: PartialEq>(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>, mut found: impl FnMut(&K)) {
    for (key, value) in new {
        if old.get(key) != Some(value) {
            found(key);
        }
    }
    old.keys().filter(|key| !new.contains_key(*key)).for_each(found);
}
