use crate::sorted::BTreeSet;

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
            fault(
                &mut found,
                id.as_str(),
                ": only containers have a size, and all of them do",
                "",
            );
        }
    }
    let mut pairs = BTreeSet::new();
    for (id, link) in &design.links {
        let (mut low, mut high) = (&link.from, &link.to);
        if low > high {
            std::mem::swap(&mut low, &mut high);
        }
        if let Err(reason) = allow_ends(design, link.kind, &link.from, &link.to) {
            fault(&mut found, id.as_str(), ": ", &reason.0);
        } else if !pairs.insert((low, high)) {
            fault(&mut found, id.as_str(), ": its ends are linked twice", "");
        }
        settings(id.as_str(), &link.attrs, link_settings(design, link), &mut found);
    }
    overlaps(design, &mut found);
    if design.parts.len() > MAX_PARTS || design.links.len() > MAX_LINKS {
        fault(&mut found, "too many parts or links", "", "");
    }
    found
}

#[inline(never)]
fn fault(found: &mut Vec<String>, of: &str, says: &str, what: &str) {
    found.push([of, says, what].concat());
}

fn place(design: &Design, id: &PartId, part: &Part, found: &mut Vec<String>) {
    let mut holder = None;
    if let Some(parent) = &part.parent {
        match design.parts.get(parent) {
            Some(part) => holder = Some(part.kind),
            None => return fault(found, id.as_str(), ": this parent is missing: ", parent.as_str()),
        }
    }
    if let Err(reason) = allow_place(design.flavour, holder, part.kind) {
        fault(found, id.as_str(), ": ", &reason.0);
    }
    // A part that holds itself has ancestors without end.
    if design.ancestors(id).count() >= MAX_DEPTH {
        fault(found, id.as_str(), ": it lies too deep, or in itself", "");
    }
}

fn settings(id: &str, attrs: &Attrs, known: &[Attr], found: &mut Vec<String>) {
    for (attr, value) in attrs {
        if !known.contains(attr) {
            fault(found, id, ": it has no setting ", attr.as_str());
        }
        if shape(value) != attr.shape() {
            fault(found, id, ": this has a value of another form: ", attr.as_str());
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
    // Siblings stand together, from left to right.
    let mut all: Vec<(&PartId, &Part)> = design.parts.iter().collect();
    crate::sorted::sort_by_key(&mut all, |(_, part)| (part.parent.as_ref(), part.at));
    for (place, (id, part)) in all.iter().enumerate() {
        let right = part.at.x + part.extent().w;
        for (other, beside) in all.get(place + 1..).unwrap_or_default() {
            if beside.parent != part.parent || beside.at.x >= right {
                break;
            }
            if part.touches(beside) {
                fault(found, id.as_str(), " overlaps with ", other.as_str());
            }
        }
        let holder = part.parent.as_ref().and_then(|parent| design.parts.get(parent));
        if holder
            .and_then(|holder| holder.size)
            .is_some_and(|room| !part.fits(room))
        {
            fault(found, id.as_str(), " sticks out of its container", "");
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
