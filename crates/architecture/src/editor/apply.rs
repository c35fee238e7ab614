use crate::sorted::BTreeSet;

use super::{Change, Command, Item, settings, suggest, upkeep};
use crate::catalogue::{Allowed, Reason, allow_move, allow_part, link_between};
use crate::design::{
    Attr, Cell, Design, Kind, Link, LinkId, MAX_LINKS, MAX_PARTS, PADDING, Part, PartId, RoleId, Size, TITLE, Value,
    violations,
};
use crate::geometry::{arrange, free_cell, grow, grow_all};
use crate::task::{Role, Task};

/// The size of a new container: it holds one part.
pub(super) const ROOM: Size = Size { w: 24, h: 13 };
/// The least size of a container, which leaves its title readable.
pub(super) const LEAST: Size = Size { w: 12, h: 7 };
/// How far from the origin anything may be, in cells.
const FAR: i32 = 100_000;

/// What an exercise lets a learner place, and the roles it lets them give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The kinds, in the order in which the palette shows them.
    pub palette: Vec<Kind>,
    /// The roles.
    pub roles: Vec<Role>,
}

impl Limits {
    /// The limits of a task.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Limits {
            palette: task.palette.clone(),
            roles: task.roles.clone(),
        }
    }

    /// Every kind, and no roles: a board to try things on.
    #[must_use]
    pub fn free() -> Self {
        Limits {
            palette: Kind::ALL.to_vec(),
            roles: Vec::new(),
        }
    }
}

/// Carries a command out, with all that follows from it, or says why not and leaves the design as it was.
///
/// What follows: containers grow, links and settings that lost what they were about go, a new part gets a name and a
/// prefix. The number of the next id grows and is no part of the change.
pub fn apply(design: &mut Design, command: &Command, limits: &Limits) -> Result<Change, Reason> {
    let (after, change) = applied(design, command, limits)?;
    *design = after;
    Ok(change)
}

/// The design afterwards, and what is different then.
pub(super) fn applied(before: &Design, command: &Command, limits: &Limits) -> Result<(Design, Change), Reason> {
    let mut after = before.clone();
    let design = &mut after;
    match command {
        Command::Place { kind, parent, at } => place(design, limits, *kind, parent.as_ref(), *at),
        Command::Remove(items) => remove(before, design, items),
        Command::Move { parts, parent, at } => shift(before, design, parts, parent.as_ref(), *at),
        Command::Resize { part, at, size } => resize(design, part, *at, *size),
        Command::Connect { from, to } => connect(design, from, to),
        Command::SetAttr { of, attr, value } => settings::set(design, of, *attr, value.as_ref()),
        Command::Rename { part, name } => rename(design, part, name),
        Command::SetRole { part, role } => give_role(design, limits, part, role.as_ref()),
        Command::Tidy => {
            arrange(design);
            Ok(())
        }
        Command::Load(new) | Command::Reset(new) => load(before, design, new),
    }?;
    let change = Change::between(before, &after);
    Ok((after, change))
}

pub(super) fn no<T>(why: impl Into<String>) -> Result<T, Reason> {
    Err(Reason(why.into()))
}

fn gone<T>() -> Result<T, Reason> {
    no("That part is not there any more.")
}

fn place(design: &mut Design, limits: &Limits, kind: Kind, parent: Option<&PartId>, at: Cell) -> Result<(), Reason> {
    if !limits.palette.contains(&kind) {
        return no([kind.label(design.flavour), " is not among the parts of this exercise."].concat());
    }
    allow_part(design, parent, kind)?;
    if design.parts.len() >= MAX_PARTS {
        return no(format!("A design has at most {MAX_PARTS} parts."));
    }
    let id = PartId::from(fresh(design, 'p').as_str());
    let mut part = Part::new(kind, parent.cloned(), &suggest::name(design, kind, parent));
    part.size = kind.is_container().then_some(ROOM);
    part.at = free_cell(design, parent, near(at), part.extent(), &[]);
    if let Some(net) = suggest::prefix(design, kind, parent) {
        part.attrs.insert(Attr::Cidr, Value::Cidr(net));
    }
    design.parts.insert(id.clone(), part);
    grow(design, &id);
    Ok(())
}

/// The next id, which nothing has. Behind the last number comes the first that is free.
fn fresh(design: &mut Design, letter: char) -> String {
    loop {
        let mut id = design.next.to_string();
        id.insert(0, letter);
        design.next = design.next.wrapping_add(1);
        if !design.parts.contains_key(id.as_str()) && !design.links.contains_key(id.as_str()) {
            return id;
        }
    }
}

fn remove(before: &Design, design: &mut Design, items: &[Item]) -> Result<(), Reason> {
    let mut parts: BTreeSet<PartId> = BTreeSet::new();
    let mut links: BTreeSet<&LinkId> = BTreeSet::new();
    for item in items {
        match item {
            Item::Part(id) if before.parts.contains_key(id) => parts.extend(before.subtree(id)),
            Item::Link(id) if before.links.contains_key(id) => drop(links.insert(id)),
            Item::Part(_) | Item::Link(_) => {}
        }
    }
    if parts.is_empty() && links.is_empty() {
        return no("There is nothing chosen that could be deleted.");
    }
    for id in &parts {
        if let Some(part) = design.parts.remove(id)
            && part.locked
        {
            let why = match items.contains(&Item::Part(id.clone())) {
                true => " is given and stays.",
                false => " is inside and is given; it stays.",
            };
            return no([before.name_of(id), why].concat());
        }
    }
    for id in links {
        if let Some(link) = design.links.remove(id)
            && link.locked
        {
            return no("This link is given and stays.");
        }
    }
    upkeep::tidy(before, design)
}

fn shift(
    before: &Design,
    design: &mut Design,
    parts: &[PartId],
    parent: Option<&PartId>,
    at: Cell,
) -> Result<(), Reason> {
    let moved: Vec<PartId> = outermost(design, parts);
    let Some(first) = moved.first() else {
        return gone();
    };
    for id in &moved {
        may_move(design, id, parent)?;
    }
    if let Some(inside) = parent.filter(|parent| parts.contains(parent)) {
        return no([design.name_of(inside), " cannot sit inside itself."].concat());
    }
    let start = on_ground(design, first);
    let at = near(at);
    let mut is_within = true;
    for (done, id) in moved.iter().enumerate() {
        let was = on_ground(before, id);
        let aim = near(Cell::new(at.x + was.x - start.x, at.y + was.y - start.y));
        let Some(part) = design.parts.get(id) else {
            continue;
        };
        is_within &= part.parent.as_ref() == parent;
        let waiting = moved.get(done..).unwrap_or_default();
        let at = free_cell(design, parent, aim, part.extent(), waiting);
        if let Some(part) = design.parts.get_mut(id) {
            part.parent = parent.cloned();
            part.at = at;
        }
    }
    grow_all(design, &moved);
    match is_within {
        true => Ok(()),
        false => upkeep::tidy(before, design),
    }
}

/// Whether a part may stand somewhere else, with all inside it: what is given stays in what holds it, and so does what
/// holds that.
pub(super) fn may_move(design: &Design, id: &PartId, parent: Option<&PartId>) -> Allowed {
    allow_move(design, id, parent)?;
    if design.parts.get(id).is_some_and(|part| part.parent.as_ref() == parent) {
        return Ok(());
    }
    for (inside, part) in &design.parts {
        if part.locked && design.ancestors(inside).any(|(above, _)| above == id) {
            return no([design.name_of(inside), " is inside and is given; it stays where it is."].concat());
        }
    }
    Ok(())
}

/// Those that are there and lie in none of the others.
pub(super) fn outermost(design: &Design, parts: &[PartId]) -> Vec<PartId> {
    let all: BTreeSet<&PartId> = parts.iter().collect();
    let mut outer: Vec<PartId> = Vec::new();
    for id in parts {
        let is_inside = design.ancestors(id).any(|(above, _)| all.contains(above));
        if design.parts.contains_key(id) && !is_inside && !outer.contains(id) {
            outer.push(id.clone());
        }
    }
    outer
}

/// Where a part is on the ground.
pub(super) fn on_ground(design: &Design, id: &PartId) -> Cell {
    let mut at = design.parts.get(id).map_or_else(Cell::default, |part| part.at);
    for (_, above) in design.ancestors(id) {
        at = Cell::new(at.x.saturating_add(above.at.x), at.y.saturating_add(above.at.y));
    }
    at
}

fn resize(design: &mut Design, id: &PartId, at: Cell, size: Size) -> Result<(), Reason> {
    let Some(part) = design.parts.get(id) else {
        return gone();
    };
    if part.size.is_none() {
        return no([design.name_of(id), " holds nothing and has one size."].concat());
    }
    let (was, is_inside) = (part.at, part.parent.is_some());
    let at = near(at);
    let (right, bottom) = (at.x + size.w.clamp(LEAST.w, FAR), at.y + size.h.clamp(LEAST.h, FAR));
    // The border can come no nearer than what is inside allows.
    let mut corner = Cell::new(right - LEAST.w, bottom - LEAST.h);
    let mut far = Cell::new(i32::MIN, i32::MIN);
    for (_, child) in design.children(Some(id)) {
        corner.x = corner.x.min(was.x + child.at.x - PADDING);
        corner.y = corner.y.min(was.y + child.at.y - TITLE);
        far.x = far.x.max(was.x + child.at.x + child.extent().w + PADDING);
        far.y = far.y.max(was.y + child.at.y + child.extent().h + PADDING);
    }
    let mut corner = Cell::new(corner.x.min(at.x), corner.y.min(at.y));
    if is_inside {
        corner = Cell::new(corner.x.max(PADDING), corner.y.max(TITLE));
    }
    let step = Cell::new(corner.x - was.x, corner.y - was.y);
    let end = Cell::new(
        right.max(far.x).max(corner.x + LEAST.w),
        bottom.max(far.y).max(corner.y + LEAST.h),
    );
    let inside: Vec<PartId> = design.children(Some(id)).map(|(id, _)| id.clone()).collect();
    for id in inside {
        if let Some(child) = design.parts.get_mut(&id) {
            child.at = Cell::new(child.at.x - step.x, child.at.y - step.y);
        }
    }
    if let Some(part) = design.parts.get_mut(id) {
        part.at = corner;
        part.size = Some(Size {
            w: end.x - corner.x,
            h: end.y - corner.y,
        });
    }
    grow(design, id);
    Ok(())
}

fn connect(design: &mut Design, from: &PartId, to: &PartId) -> Result<(), Reason> {
    let (kind, from, to) = link_between(design, from, to)?;
    if design.links.len() >= MAX_LINKS {
        return no(format!("A design has at most {MAX_LINKS} links."));
    }
    let id = LinkId::from(fresh(design, 'l').as_str());
    design.links.insert(id, Link::new(kind, from, to));
    Ok(())
}

fn rename(design: &mut Design, id: &PartId, name: &str) -> Result<(), Reason> {
    let name = settings::text_of(name);
    let called = design.name(id);
    let Some(part) = design.parts.get_mut(id) else {
        return gone();
    };
    if part.locked {
        return no([&called, " is given; its name stays."].concat());
    }
    if name.is_empty() {
        return no("A part needs a name. Type at least one letter.");
    }
    part.name = name;
    Ok(())
}

fn give_role(design: &mut Design, limits: &Limits, id: &PartId, role: Option<&RoleId>) -> Result<(), Reason> {
    let called = design.name(id);
    let flavour = design.flavour;
    let Some(part) = design.parts.get_mut(id) else {
        return gone();
    };
    if part.locked {
        return no([&called, " is given; its role stays."].concat());
    }
    if let Some(role) = role {
        let Some(known) = limits.roles.iter().find(|known| known.id == *role) else {
            return no("This exercise has no such role.");
        };
        if !known.kinds.contains(&part.kind) {
            let mut says = ["The role ", &known.label, " is for"].concat();
            let mut joint = ": ";
            for kind in &known.kinds {
                says.push_str(joint);
                says.push_str(kind.label(flavour));
                joint = ", ";
            }
            says.push('.');
            return no(says);
        }
    }
    part.role = role.cloned();
    Ok(())
}

/// Another design in place of this one. What is given here has to be in it, just as it is.
fn load(before: &Design, design: &mut Design, new: &Design) -> Result<(), Reason> {
    for (id, part) in &before.parts {
        let is_same = new.parts.get(id).is_some_and(|other| {
            (other.kind, other.locked) == (part.kind, true)
                && (&other.parent, &other.name, &other.role) == (&part.parent, &part.name, &part.role)
                && other.attrs == part.attrs
        });
        if part.locked && !is_same {
            return no([before.name_of(id), " is given here, and is missing or different there."].concat());
        }
    }
    for (id, link) in &before.links {
        let is_same = new.links.get(id).is_some_and(|other| {
            (&other.from, &other.to, other.locked) == (&link.from, &link.to, true) && other.attrs == link.attrs
        });
        if link.locked && !is_same {
            return no("A link that is given here is missing or different there.");
        }
    }
    *design = new.clone();
    if !violations(design).is_empty() {
        arrange(design);
    }
    if let Some(fault) = violations(design).first() {
        return no(["This design cannot be opened: ", fault, "."].concat());
    }
    design.next = design.next.max(before.next);
    Ok(())
}

/// A cell within reason, whatever a pointer or a program said.
fn near(at: Cell) -> Cell {
    Cell::new(at.x.clamp(-FAR, FAR), at.y.clamp(-FAR, FAR))
}
