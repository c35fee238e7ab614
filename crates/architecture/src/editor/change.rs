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
        put(&mut design.parts, &self.parts, |(before, _)| before);
        put(&mut design.links, &self.links, |(before, _)| before);
        if let Some((before, _)) = self.flavour {
            design.flavour = before;
        }
    }

    /// Does it again.
    pub fn redo(&self, design: &mut Design) {
        put(&mut design.parts, &self.parts, |(_, after)| after);
        put(&mut design.links, &self.links, |(_, after)| after);
        if let Some((_, after)) = self.flavour {
            design.flavour = after;
        }
    }

    /// This, and then another, as one.
    #[must_use]
    pub fn then(mut self, later: Change) -> Self {
        join(&mut self.parts, later.parts);
        join(&mut self.links, later.links);
        self.flavour = match (self.flavour, later.flavour) {
            (Some((before, _)), Some((_, after))) => (before != after).then_some((before, after)),
            (one, other) => one.or(other),
        };
        self
    }

    /// The parts and links it touches, in the order of their ids.
    #[must_use]
    pub fn touched(&self) -> Vec<Item> {
        let parts = self.parts.keys().cloned().map(Item::Part);
        parts.chain(self.links.keys().cloned().map(Item::Link)).collect()
    }

    /// The parts that are there afterwards and were not before.
    pub fn added(&self) -> impl Iterator<Item = &PartId> {
        self.parts
            .iter()
            .filter(|(_, (before, _))| before.is_none())
            .map(|(id, _)| id)
    }

    /// The parts that were there before and are not afterwards.
    pub fn removed(&self) -> impl Iterator<Item = &PartId> {
        self.parts
            .iter()
            .filter(|(_, (_, after))| after.is_none())
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
    for (id, old) in before {
        let new = after.get(id);
        if new != Some(old) {
            found.insert(id.clone(), (Some(old.clone()), new.cloned()));
        }
    }
    for (id, new) in after {
        if !before.contains_key(id) {
            found.insert(id.clone(), (None, Some(new.clone())));
        }
    }
    found
}

fn put<K: Ord + Clone, T: Clone>(
    there: &mut BTreeMap<K, T>,
    change: &BTreeMap<K, Pair<T>>,
    side: fn(&Pair<T>) -> &Option<T>,
) {
    for (id, pair) in change {
        match side(pair) {
            Some(value) => drop(there.insert(id.clone(), value.clone())),
            None => drop(there.remove(id)),
        }
    }
}

fn join<K: Ord, T: PartialEq>(first: &mut BTreeMap<K, Pair<T>>, later: BTreeMap<K, Pair<T>>) {
    for (id, (before, after)) in later {
        let before = match first.remove(&id) {
            Some((oldest, _)) => oldest,
            None => before,
        };
        if before != after {
            first.insert(id, (before, after));
        }
    }
}
