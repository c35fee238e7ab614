use crate::sorted::BTreeMap;

use super::Item;
use crate::design::{Design, Flavour, Link, LinkId, Part, PartId};

/// What a command did: every part and link that it touched, as it was and as it is. Swapping the two takes it back
/// exactly. The number of the next id is no part of it, so that no id is ever given twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    parts: BTreeMap<PartId, Pair<Part>>,
    links: BTreeMap<LinkId, Pair<Link>>,
    flavour: Option<(Flavour, Flavour)>,
}

/// Before and after; `None` where there was, or is, nothing.
type Pair<T> = (Option<T>, Option<T>);

impl Change {
    /// What is different between two designs.
    #[must_use]
    pub fn between(before: &Design, after: &Design) -> Self {
        Change {
            parts: differences(&before.parts, &after.parts),
            links: differences(&before.links, &after.links),
            flavour: (before.flavour != after.flavour).then_some((before.flavour, after.flavour)),
        }
    }

    /// True when nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.links.is_empty() && self.flavour.is_none()
    }

    /// Takes it back.
    pub fn undo(&self, design: &mut Design) {
        self.put(design, false);
    }

    /// Does it again.
    pub fn redo(&self, design: &mut Design) {
        self.put(design, true);
    }

    fn put(&self, design: &mut Design, after: bool) {
        put(&mut design.parts, &self.parts, after);
        put(&mut design.links, &self.links, after);
        if let Some((was, is)) = self.flavour {
            design.flavour = if after { is } else { was };
        }
    }

    /// The parts and links it touches, in the order of their ids.
    #[must_use]
    pub fn touched(&self) -> Vec<Item> {
        self.items(false)
    }

    /// The parts and links that were there before and are not afterwards.
    #[must_use]
    pub fn gone(&self) -> Vec<Item> {
        self.items(true)
    }

    fn items(&self, gone: bool) -> Vec<Item> {
        let mut items = Vec::new();
        for (id, (_, after)) in &self.parts {
            if !gone || after.is_none() {
                items.push(Item::Part(id.clone()));
            }
        }
        for (id, (_, after)) in &self.links {
            if !gone || after.is_none() {
                items.push(Item::Link(id.clone()));
            }
        }
        items
    }

    /// The parts that are there afterwards and were not before.
    pub fn added(&self) -> impl Iterator<Item = &PartId> {
        self.parts
            .iter()
            .filter(|(_, (before, _))| before.is_none())
            .map(|(id, _)| id)
    }

    /// The parts it touches, as they were and as they are.
    #[must_use]
    pub fn parts(&self) -> &BTreeMap<PartId, (Option<Part>, Option<Part>)> {
        &self.parts
    }

    /// The links it touches, as they were and as they are.
    #[must_use]
    pub fn links(&self) -> &BTreeMap<LinkId, (Option<Link>, Option<Link>)> {
        &self.links
    }
}

fn differences<K: Ord + Clone, T: Clone + PartialEq>(
    before: &BTreeMap<K, T>,
    after: &BTreeMap<K, T>,
) -> BTreeMap<K, Pair<T>> {
    let mut found = BTreeMap::new();
    for id in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(id), after.get(id));
        if old != new && !found.contains_key(id) {
            found.insert(id.clone(), (old.cloned(), new.cloned()));
        }
    }
    found
}

fn put<K: Ord + Clone, T: Clone>(there: &mut BTreeMap<K, T>, change: &BTreeMap<K, Pair<T>>, after: bool) {
    for (id, (was, is)) in change {
        match if after { is } else { was } {
            Some(value) => drop(there.insert(id.clone(), value.clone())),
            None => drop(there.remove(id)),
        }
    }
}
