use crate::sorted::{BTreeMap, BTreeSet};

use super::{Attr, Attrs, Cell, Design, PART, Part, PartId, Shape, Size, Value};
use crate::catalogue::{allow_ends, allow_place, link_settings, part_settings};

/// How deep parts may lie in each other.
pub const MAX_DEPTH: usize = 12;
/// How many parts a design may have in memory.
pub const MAX_PARTS: usize = 6000;
/// How many links a design may have in memory.
pub const MAX_LINKS: usize = 12_000;
/// How many parts an import may bring.
pub const MAX_IMPORT_PARTS: usize = 2000;
/// How many links an import may bring.
pub const MAX_IMPORT_LINKS: usize = 4000;
/// How large the text of an import may be, in bytes.
pub const MAX_IMPORT_BYTES: usize = 256 * 1024;

/// The cells between a container's border and what it holds.
pub const PADDING: i32 = 2;
/// The cells that a container's title takes at its top.
pub const TITLE: i32 = 4;

/// Everything that is not as it always has to be, as sentences for whoever debugs; empty for a sound design.
///
/// Parents exist and may hold their children, no part holds itself, links have two allowed ends and no twin, settings fit
/// their kinds, siblings do not overlap, containers cover what they hold. A prefix that makes no sense is not among them:
/// rules judge that.
#[must_use]
pub fn violations(design: &Design) -> Vec<String> {
    let mut found = Vec::new();
    for (id, part) in &design.parts {
        place(design, id, part, &mut found);
        settings(id.as_str(), &part.attrs, part_settings(part.kind), &mut found);
        if part.kind.is_container() != part.size.is_some() {
            found.push(format!("{id}: only containers have a size, and all of them do"));
        }
    }
    let mut pairs = BTreeSet::new();
    for (id, link) in &design.links {
        let (low, high) = if link.from <= link.to {
            (&link.from, &link.to)
        } else {
            (&link.to, &link.from)
        };
        if let Err(reason) = allow_ends(design, link.kind, &link.from, &link.to) {
            found.push(format!("{id}: {reason}"));
        } else if !pairs.insert((link.kind, low, high)) {
            found.push(format!("{id}: {low} and {high} are linked twice"));
        }
        settings(id.as_str(), &link.attrs, link_settings(design, link), &mut found);
    }
    overlaps(design, &mut found);
    if design.parts.len() > MAX_PARTS || design.links.len() > MAX_LINKS {
        found.push("too many parts or links".to_owned());
    }
    found
}

fn place(design: &Design, id: &PartId, part: &Part, found: &mut Vec<String>) {
    let holder = match &part.parent {
        None => None,
        Some(parent) => match design.parts.get(parent) {
            Some(holder) => Some(holder.kind),
            None => return found.push(format!("{id}: its parent {parent} is missing")),
        },
    };
    if let Err(reason) = allow_place(design.flavour, holder, part.kind) {
        found.push(format!("{id}: {reason}"));
    }
    // A part that holds itself has ancestors without end.
    if design.ancestors(id).count() >= MAX_DEPTH {
        found.push(format!("{id}: it lies too deep, or in itself"));
    }
}

fn settings(id: &str, attrs: &Attrs, known: &[Attr], found: &mut Vec<String>) {
    for (attr, value) in attrs {
        if !known.contains(attr) {
            found.push(format!("{id}: it has no setting {}", attr.as_str()));
        }
        if shape(value) != attr.shape() {
            found.push(format!("{id}: {} has a value of another form", attr.as_str()));
        }
    }
}

/// The form that a value has.
pub(crate) fn shape(value: &Value) -> Shape {
    match value {
        Value::Bool(_) => Shape::Bool,
        Value::Text(_) => Shape::Text,
        Value::Cidr(_) => Shape::Cidr,
        Value::Part(_) => Shape::Part,
        Value::Parts(_) => Shape::Parts,
        Value::Routes(_) => Shape::Routes,
    }
}

/// Siblings that overlap, and children that their container does not cover.
fn overlaps(design: &Design, found: &mut Vec<String>) {
    let mut siblings: BTreeMap<Option<&PartId>, Vec<(&PartId, &Part)>> = BTreeMap::new();
    for (id, part) in &design.parts {
        siblings.entry(part.parent.as_ref()).or_default().push((id, part));
    }
    for (parent, mut children) in siblings {
        crate::sorted::sort_by_key(&mut children, |(_, part)| part.at);
        for (place, (id, part)) in children.iter().enumerate() {
            let right = part.at.x + part.extent().w;
            let later = children
                .iter()
                .skip(place + 1)
                .take_while(|(_, other)| other.at.x < right);
            for (other, _) in later.filter(|(_, other)| part.touches(other)) {
                found.push(format!("{id} and {other} overlap"));
            }
            let room = parent
                .and_then(|parent| design.parts.get(parent))
                .and_then(|parent| parent.size);
            if room.is_some_and(|room| !part.fits(room)) {
                found.push(format!("{id} sticks out of its container"));
            }
        }
    }
}

impl Part {
    /// How much room it takes.
    #[must_use]
    pub fn extent(&self) -> Size {
        self.size.unwrap_or(PART)
    }

    /// True when it shares ground with a sibling.
    #[must_use]
    pub fn touches(&self, other: &Part) -> bool {
        let apart = |a: i32, long: i32, b: i32, wide: i32| a + long <= b || b + wide <= a;
        let (mine, theirs) = (self.extent(), other.extent());
        !apart(self.at.x, mine.w, other.at.x, theirs.w) && !apart(self.at.y, mine.h, other.at.y, theirs.h)
    }

    /// True when it lies inside a container of that size, with the room that border and title take.
    fn fits(&self, room: Size) -> bool {
        let end = Cell::new(self.at.x + self.extent().w, self.at.y + self.extent().h);
        self.at.x >= PADDING && self.at.y >= TITLE && end.x + PADDING <= room.w && end.y + PADDING <= room.h
    }
}
