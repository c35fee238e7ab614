//! What is said: one sentence with the result, where, and what else changed.

use crate::sorted::{BTreeMap, BTreeSet};

use super::{Change, Command, Item, Limits};
use crate::design::{Attr, Attrs, Design, Kind, Link, LinkId, Part, PartId, Route, Value, Via};
use crate::words::fold;

/// What assistive technology is told of the current part or link: "Orders, Subnet, in Zone a, 2 links, down". `state` is
/// what the shell knows of it, and may be empty.
#[must_use]
pub fn proxy(design: &Design, item: &Item, state: &str) -> String {
    let mut says = match item {
        Item::Part(id) => match design.parts.get(id) {
            Some(part) => {
                let mut says = design.name(id);
                let label = part.kind.label(design.flavour);
                if says != label {
                    says = format!("{says}, {label}");
                }
                if let Some(parent) = &part.parent {
                    says = format!("{says}, in {}", design.name(parent));
                }
                let inside = design.children(Some(id)).count();
                if inside > 0 {
                    says = format!("{says}, holds {}", count(inside, "part"));
                }
                let links = design.links_of(id).count();
                if links > 0 {
                    says = format!("{says}, {}", count(links, "link"));
                }
                if part.locked {
                    says.push_str(", given");
                }
                says
            }
            None => return String::new(),
        },
        Item::Link(id) => match design.links.get(id) {
            Some(link) => {
                let given = if link.locked { ", given" } else { "" };
                format!(
                    "{} {}{given}",
                    design.name(&link.from),
                    seen_from(design, link, &link.from)
                )
            }
            None => return String::new(),
        },
    };
    if !state.is_empty() {
        says = format!("{says}, {state}");
    }
    says
}

/// What a link is for one of its ends: "attached to Hub, table Production".
pub(super) fn seen_from(design: &Design, link: &Link, end: &PartId) -> String {
    let other = link.other(end).unwrap_or(&link.to);
    let is_hub = |id: &PartId| design.parts.get(id).is_some_and(|part| part.kind == Kind::Transit);
    let mut says = match (is_hub(&link.to), &link.to == end) {
        (false, _) => format!("linked to {}", design.name(other)),
        (true, false) => format!("attached to {}", design.name(other)),
        (true, true) => format!("attaches {}", design.name(other)),
    };
    if let Some(table) = link.association() {
        says = format!("{says}, table {}", design.name(table));
    }
    if link.appliance() {
        says.push_str(", appliance mode");
    }
    says
}

/// The whole design, container by container, then the links.
#[must_use]
pub fn whole(design: &Design) -> String {
    if design.parts.is_empty() {
        return "The board is empty.".to_owned();
    }
    let mut says = vec![format!(
        "{}, {}.",
        count(design.parts.len(), "part"),
        count(design.links.len(), "link")
    )];
    let top: Vec<String> = ordered(design, None).iter().map(|id| design.name(id)).collect();
    says.push(format!("At the top: {}.", top.join(", ")));
    for id in in_order(design) {
        let names: Vec<String> = ordered(design, Some(&id)).iter().map(|id| design.name(id)).collect();
        if !names.is_empty() {
            says.push(format!("{} holds {}.", design.name(&id), names.join(", ")));
        }
    }
    for link in design.links.values() {
        says.push(format!(
            "{} is {}.",
            design.name(&link.from),
            seen_from(design, link, &link.from)
        ));
    }
    says.join(" ")
}

/// The children of a part, or of the ground, as they are read: by kind, then by name, numbers by their size.
pub(super) fn ordered(design: &Design, parent: Option<&PartId>) -> Vec<PartId> {
    let children = design.children(parent).map(|(id, _)| id).collect();
    sorted(design, children).into_iter().cloned().collect()
}

/// All parts in the order in which they are read: each before what it holds.
pub(super) fn in_order(design: &Design) -> Vec<PartId> {
    let mut inside: BTreeMap<Option<&PartId>, Vec<&PartId>> = BTreeMap::new();
    for (id, part) in &design.parts {
        inside.entry(part.parent.as_ref()).or_default().push(id);
    }
    // A part is taken out once, so a design that holds itself does not go round for ever.
    let mut take = |parent| {
        sorted(design, inside.remove(&parent).unwrap_or_default())
            .into_iter()
            .rev()
    };
    let mut open: Vec<&PartId> = take(None).collect();
    let mut all = Vec::new();
    while let Some(id) = open.pop() {
        open.extend(take(Some(id)));
        all.push(id.clone());
    }
    all
}

fn sorted<'a>(design: &Design, ids: Vec<&'a PartId>) -> Vec<&'a PartId> {
    let rank = |id: &PartId| {
        let kind = design.parts.get(id).map(|part| part.kind);
        Kind::ALL.iter().position(|other| Some(*other) == kind)
    };
    let mut keyed: Vec<(Option<usize>, String, &PartId)> = ids
        .into_iter()
        .map(|id| (rank(id), natural(&design.name(id)), id))
        .collect();
    crate::sorted::sort(&mut keyed);
    keyed.into_iter().map(|(_, _, id)| id).collect()
}

/// A key that sorts "Subnet 2" before "Subnet 10".
fn natural(name: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for letter in fold(name).chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            for _ in digits.len()..10 {
                key.push('0');
            }
            key.push_str(&digits);
            digits.clear();
        }
        key.push(letter);
    }
    key
}

/// "1 part", "2 parts".
pub(super) fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

/// A container by name, or the ground.
pub(super) fn place(design: &Design, parent: Option<&PartId>) -> String {
    parent.map_or_else(|| "the ground".to_owned(), |id| design.name(id))
}

/// What a command did, in a sentence.
pub(super) fn command(before: &Design, after: &Design, limits: &Limits, command: &Command, change: &Change) -> String {
    let what = match command {
        Command::Place { parent, .. } => match change.added().next() {
            Some(id) => {
                let net = after.parts.get(id).and_then(Part::cidr);
                let net = net.map_or_else(String::new, |net| format!(", prefix {net}"));
                format!("{} added to {}{net}", after.name(id), place(after, parent.as_ref()))
            }
            None => "Nothing added".to_owned(),
        },
        Command::Remove(items) => removed(before, items, change),
        Command::Move { parts, parent, .. } => moved(before, after, parts, parent.as_ref(), change),
        Command::Resize { part, .. } => format!("{} resized", after.name(part)),
        Command::Connect { from, to } => match change.links().keys().next().and_then(|id| after.links.get(id)) {
            Some(link) => format!("{} {}", after.name(&link.from), seen_from(after, link, &link.from)),
            None => format!("{} linked to {}", after.name(from), after.name(to)),
        },
        Command::SetAttr { of, attr, .. } => set(before, after, of, *attr),
        Command::Rename { part, .. } => format!("{} is now called {}", before.name(part), after.name(part)),
        Command::SetRole { part, role } => match role {
            Some(role) => {
                let known = limits.roles.iter().find(|known| known.id == *role);
                let label = known.map_or(role.as_str(), |known| known.label.as_str());
                format!("{} has the role {label}", after.name(part))
            }
            None => format!("{} has no role any more", after.name(part)),
        },
        Command::Tidy => "Everything laid out anew".to_owned(),
        Command::Load(_) => format!("Another design opened, {}", count(after.parts.len(), "part")),
    };
    let also = match command {
        Command::Remove(_) | Command::Move { .. } => cleared(change),
        _ => String::new(),
    };
    format!("{what}{also}.")
}

fn removed(before: &Design, items: &[Item], change: &Change) -> String {
    let asked: BTreeSet<&Item> = items.iter().collect();
    let names: Vec<String> = items.iter().filter_map(|item| called(before, item)).take(3).collect();
    let more = items.len().saturating_sub(names.len());
    let mut says = match more {
        0 => format!("{} deleted", names.join(", ")),
        _ => format!("{} and {more} more deleted", names.join(", ")),
    };
    let inside = change
        .removed()
        .filter(|id| !asked.contains(&Item::Part((*id).clone())))
        .count();
    if inside > 0 {
        says = format!("{says}, with {} inside", count(inside, "part"));
    }
    let links = change
        .links()
        .iter()
        .filter(|(id, (_, after))| after.is_none() && !asked.contains(&Item::Link((*id).clone())))
        .count();
    if links > 0 {
        says = format!("{says}, {} gone with it", count(links, "link"));
    }
    says
}

fn moved(before: &Design, after: &Design, parts: &[PartId], parent: Option<&PartId>, change: &Change) -> String {
    let name = match parts {
        [one] => after.name(one),
        _ => count(parts.len(), "part"),
    };
    let is_new_home =
        |id: &PartId| before.parts.get(id).map(|part| &part.parent) != after.parts.get(id).map(|part| &part.parent);
    if !parts.iter().any(is_new_home) {
        let went = parts
            .first()
            .and_then(|id| Some((before.parts.get(id)?.at, after.parts.get(id)?.at)));
        return match went {
            _ if change.is_empty() => format!("{name} stays where it is"),
            Some((was, is)) => match compass(is.x - was.x, is.y - was.y) {
                Some(way) => format!("{name} moved {way}"),
                None => format!("{name} stays where it is"),
            },
            None => format!("{name} moved"),
        };
    }
    let is_of = |link: &Link| parts.iter().any(|id| &link.from == id || &link.to == id);
    let kept = after.links.values().filter(|link| is_of(link)).count();
    let lost = change.links().values().filter(|(_, after)| after.is_none()).count();
    let mut says = format!("{name} moved to {}", place(after, parent));
    if kept > 0 {
        says = format!("{says}, {} kept", count(kept, "link"));
    }
    if lost > 0 {
        says = format!("{says}, {} gone", count(lost, "link"));
    }
    says
}

/// Which way something went, in a word: coordinates say nothing to anyone.
fn compass(dx: i32, dy: i32) -> Option<&'static str> {
    let (across, down) = (dx.abs(), dy.abs());
    Some(match (dx.signum(), dy.signum()) {
        (0, 0) => return None,
        (1, _) if across >= down => "right",
        (-1, _) if across >= down => "left",
        (_, 1) => "down",
        _ => "up",
    })
}

/// How many settings a command cleared.
fn cleared(change: &Change) -> String {
    let fewer = |before: &Attrs, after: &Attrs| {
        before
            .iter()
            .filter(|(attr, value)| after.get(attr) != Some(value))
            .count()
    };
    let parts = change.parts().values().map(|(before, after)| match (before, after) {
        (Some(before), Some(after)) => fewer(&before.attrs, &after.attrs),
        _ => 0,
    });
    let links = change.links().values().map(|(before, after)| match (before, after) {
        (Some(before), Some(after)) => fewer(&before.attrs, &after.attrs),
        _ => 0,
    });
    match parts.chain(links).sum() {
        0 => String::new(),
        number => format!(", {} cleared", count(number, "setting")),
    }
}

/// A part by its name, a link by its ends.
pub(super) fn called(design: &Design, item: &Item) -> Option<String> {
    match item {
        Item::Part(id) => design.parts.get(id).map(|_| design.name(id)),
        Item::Link(id) => design.links.get(id).map(|link| link_name(design, link)),
    }
}

/// "Link Web to Hub".
pub(super) fn link_name(design: &Design, link: &Link) -> String {
    format!("Link {} to {}", design.name(&link.from), design.name(&link.to))
}

fn set(before: &Design, after: &Design, of: &Item, attr: Attr) -> String {
    let name = called(after, of).unwrap_or_default();
    let was = super::settings::of(before, of).and_then(|attrs| attrs.get(&attr));
    let Some(is) = super::settings::of(after, of).and_then(|attrs| attrs.get(&attr)) else {
        return match attr {
            Attr::Entries => format!("{name} has no routes"),
            Attr::Appliance => format!("{name}: appliance mode off"),
            _ => format!("{name}: {} cleared", attr.label()),
        };
    };
    let names = |ids: &BTreeSet<PartId>| ids.iter().map(|id| after.name(id)).collect::<Vec<_>>().join(", ");
    match is {
        Value::Bool(_) => format!("{name}: {} on", fold(attr.label())),
        Value::Text(text) => format!("{name}: {} {text}", attr.label()),
        Value::Cidr(net) => format!("{name}: {} {net}", attr.label()),
        Value::Part(id) => format!("{name}: {} {}", attr.label(), after.name(id)),
        Value::Parts(ids) => format!("{name}: {} {}", attr.label(), names(ids)),
        Value::Routes(rows) => {
            let old: &[Route] = match was {
                Some(Value::Routes(rows)) => rows,
                _ => &[],
            };
            routes(after, &name, old, rows)
        }
    }
}

fn routes(design: &Design, table: &str, old: &[Route], new: &[Route]) -> String {
    let added: Vec<&Route> = new.iter().filter(|row| !old.contains(row)).collect();
    let gone: Vec<&Route> = old.iter().filter(|row| !new.contains(row)).collect();
    match (added.as_slice(), gone.as_slice()) {
        ([row], []) => format!("{} added to {table}", route(design, row)),
        ([], [row]) => format!("{} taken out of {table}", route(design, row)),
        ([row], [_]) => format!("{table}: now {}", route(design, row)),
        _ => format!("{table} has {}", count(new.len(), "route")),
    }
}

/// "0.0.0.0/0 to Hub".
pub(super) fn route(design: &Design, row: &Route) -> String {
    match &row.via {
        Via::Part(id) => format!("{} to {}", row.prefix, design.name(id)),
        Via::Drop => format!("{} dropped", row.prefix),
    }
}

/// A step's name, after "Undo:".
pub(super) fn step(before: &Design, after: &Design, command: &Command, change: &Change) -> String {
    let several = |items: &[Item]| match items {
        [one] => called(before, one).unwrap_or_default(),
        _ => count(items.len(), "thing"),
    };
    match command {
        Command::Place { kind, .. } => {
            let added = change.added().next().map(|id| after.name(id));
            format!("add {}", added.unwrap_or_else(|| kind.label(after.flavour).to_owned()))
        }
        Command::Remove(items) => format!("delete {}", several(items)),
        Command::Move { parts, .. } => match parts.as_slice() {
            [one] => format!("move {}", after.name(one)),
            _ => format!("move {}", count(parts.len(), "part")),
        },
        Command::Resize { part, .. } => format!("resize {}", after.name(part)),
        Command::Connect { from, to } => format!("link {} to {}", after.name(from), after.name(to)),
        Command::SetAttr { of, attr, .. } => {
            let name = called(after, of).unwrap_or_default();
            format!("{} of {name}", attr.label())
        }
        Command::Rename { part, .. } => format!("rename {}", after.name(part)),
        Command::SetRole { part, .. } => format!("role of {}", after.name(part)),
        Command::Tidy => "tidy".to_owned(),
        Command::Load(_) => "open another design".to_owned(),
    }
}

/// Where the focus goes after a command: to what is new, or, where the focus was deleted, to the next sibling, the one
/// before, or what held it.
pub(super) fn focus(
    before: &Design,
    after: &Design,
    command: &Command,
    change: &Change,
    was: Option<&Item>,
) -> Option<Item> {
    match command {
        Command::Place { .. } => change.added().next().cloned().map(Item::Part),
        Command::Connect { .. } => change.links().keys().next().cloned().map(Item::Link),
        Command::Remove(_) | Command::Load(_) => match was? {
            Item::Part(id) => heir(before, after, id).map(Item::Part),
            Item::Link(id) if after.links.contains_key(id) => was.cloned(),
            Item::Link(id) => end_of(before, after, id).map(Item::Part),
        },
        _ => was.cloned(),
    }
}

fn heir(before: &Design, after: &Design, id: &PartId) -> Option<PartId> {
    if after.parts.contains_key(id) {
        return Some(id.clone());
    }
    let parent = before.parts.get(id).and_then(|part| part.parent.as_ref());
    let siblings = ordered(before, parent);
    let place = siblings.iter().position(|sibling| sibling == id)?;
    let later = siblings.iter().skip(place + 1);
    let earlier = siblings.iter().take(place).rev();
    let mut near = later.chain(earlier).filter(|id| after.parts.contains_key(*id));
    match (near.next(), parent) {
        (Some(sibling), _) => Some(sibling.clone()),
        (None, Some(parent)) => heir(before, after, parent),
        (None, None) => None,
    }
}

fn end_of(before: &Design, after: &Design, id: &LinkId) -> Option<PartId> {
    let link = before.links.get(id)?;
    [&link.from, &link.to]
        .into_iter()
        .find(|end| after.parts.contains_key(*end))
        .cloned()
}
