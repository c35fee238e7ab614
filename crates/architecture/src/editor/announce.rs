//! What is said: one sentence with the result, where, and what else changed.

use crate::sorted::BTreeMap;

use super::{Change, Command, Item, Limits};
use crate::design::{Attr, Attrs, Design, Kind, Link, LinkId, Part, PartId, Route, Value, Via};
use crate::words::{count, fold};

/// What assistive technology is told of the current part or link: "Orders, Subnet, in Zone a, 2 links, down". `state` is
/// what the shell knows of it, and may be empty.
#[must_use]
pub fn proxy(design: &Design, item: &Item, state: &str) -> String {
    let mut says = String::new();
    let is_given = match item {
        Item::Part(id) => {
            let Some(part) = design.parts.get(id) else {
                return says;
            };
            let label = part.kind.label(design.flavour);
            says.push_str(design.name_of(id));
            if says != label {
                and(&mut says, ", ", label);
            }
            if let Some(parent) = &part.parent {
                and(&mut says, ", in ", design.name_of(parent));
            }
            let inside = design.children(Some(id)).count();
            if inside > 0 {
                and(&mut says, ", holds ", &count(inside, "part"));
            }
            let links = design.links_of(id).count();
            if links > 0 {
                and(&mut says, ", ", &count(links, "link"));
            }
            part.locked
        }
        Item::Link(id) => {
            let Some(link) = design.links.get(id) else {
                return says;
            };
            says.push_str(design.name_of(&link.from));
            and(&mut says, " ", &seen_from(design, link, &link.from));
            link.locked
        }
    };
    if is_given {
        says.push_str(", given");
    }
    if !state.is_empty() {
        and(&mut says, ", ", state);
    }
    says
}

/// Goes on with a sentence.
#[inline(never)]
fn and(says: &mut String, joint: &str, more: &str) {
    says.push_str(joint);
    says.push_str(more);
}

/// What a link is for one of its ends: "attached to Hub, table Production".
pub(super) fn seen_from(design: &Design, link: &Link, end: &PartId) -> String {
    let other = link.other(end).unwrap_or(&link.to);
    let is_hub = design
        .parts
        .get(&link.to)
        .is_some_and(|part| part.kind == Kind::Transit);
    let verb = match (is_hub, &link.to == end) {
        (false, _) => "linked to ",
        (true, false) => "attached to ",
        (true, true) => "attaches ",
    };
    let mut says = [verb, design.name_of(other)].concat();
    if let Some(table) = link.association() {
        and(&mut says, ", table ", design.name_of(table));
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
    let mut says = count(design.parts.len(), "part");
    and(&mut says, ", ", &count(design.links.len(), "link"));
    says.push_str(". At the top");
    let mut joint = ": ";
    for id in ordered(design, None) {
        and(&mut says, joint, design.name_of(&id));
        joint = ", ";
    }
    says.push('.');
    for id in in_order(design) {
        let mut joint = " holds ";
        for inside in ordered(design, Some(&id)) {
            if joint != ", " {
                and(&mut says, " ", design.name_of(&id));
            }
            and(&mut says, joint, design.name_of(&inside));
            joint = ", ";
        }
        if joint == ", " {
            says.push('.');
        }
    }
    for link in design.links.values() {
        and(&mut says, " ", design.name_of(&link.from));
        and(&mut says, " is ", &seen_from(design, link, &link.from));
        says.push('.');
    }
    says
}

/// The children of a part, or of the ground, as they are read: by kind, then by name, numbers by their size.
pub(super) fn ordered(design: &Design, parent: Option<&PartId>) -> Vec<PartId> {
    let mut children = Vec::new();
    for (id, _) in design.children(parent) {
        children.push(id);
    }
    sorted(design, children).into_iter().cloned().collect()
}

/// All parts in the order in which they are read: each before what it holds.
pub(super) fn in_order(design: &Design) -> Vec<PartId> {
    let mut inside: BTreeMap<Option<&PartId>, Vec<&PartId>> = BTreeMap::new();
    for (id, part) in &design.parts {
        inside.entry(part.parent.as_ref()).or_default().push(id);
    }
    let mut open: Vec<&PartId> = Vec::new();
    let mut all = Vec::new();
    let mut parent = None;
    loop {
        // A part is taken out once, so a design that holds itself does not go round for ever.
        let mut children = sorted(design, inside.remove(&parent).unwrap_or_default());
        children.reverse();
        open.append(&mut children);
        let Some(id) = open.pop() else {
            return all;
        };
        all.push(id.clone());
        parent = Some(id);
    }
}

fn sorted<'a>(design: &Design, ids: Vec<&'a PartId>) -> Vec<&'a PartId> {
    let mut keyed: Vec<(String, &PartId)> = Vec::new();
    for id in ids {
        let kind = design.parts.get(id).map(|part| part.kind);
        let rank = Kind::ALL.iter().position(|other| Some(*other) == kind);
        // The kind counts before the name, as a letter.
        let mut key = natural(design.name_of(id));
        key.insert(0, char::from(rank.unwrap_or_default() as u8));
        keyed.push((key, id));
    }
    crate::sorted::sort(&mut keyed);
    keyed.into_iter().map(|(_, id)| id).collect()
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

/// A container by name, or the ground.
pub(super) fn place<'a>(design: &'a Design, parent: Option<&'a PartId>) -> &'a str {
    parent.map_or("the ground", |id| design.name_of(id))
}

/// What a command did, in a sentence.
pub(super) fn command(before: &Design, after: &Design, limits: &Limits, command: &Command, change: &Change) -> String {
    let mut says = match command {
        Command::Place { parent, .. } => match change.added().next() {
            Some(id) => {
                let mut says = [after.name_of(id), " added to ", place(after, parent.as_ref())].concat();
                if let Some(net) = after.parts.get(id).and_then(Part::cidr) {
                    and(&mut says, ", prefix ", &net.to_string());
                }
                says
            }
            None => "Nothing added".to_owned(),
        },
        Command::Remove(items) => removed(before, items, change),
        Command::Move { parts, parent, .. } => moved(before, after, parts, parent.as_ref(), change),
        Command::Resize { part, .. } => [after.name_of(part), " resized"].concat(),
        Command::Connect { from, to } => {
            let made = change.links().keys().next().and_then(|id| after.links.get(id));
            let (from, says) = match made {
                Some(link) => (&link.from, seen_from(after, link, &link.from)),
                None => (from, ["linked to ", after.name_of(to)].concat()),
            };
            [after.name_of(from), " ", &says].concat()
        }
        Command::SetAttr { of, attr, .. } => set(before, after, of, *attr),
        Command::Rename { part, .. } => [before.name_of(part), " is now called ", after.name_of(part)].concat(),
        Command::SetRole { part, role } => {
            let (has, label) = match role {
                Some(role) => {
                    let known = limits.roles.iter().find(|known| known.id == *role);
                    let label = known.map_or(role.as_str(), |known| known.label.as_str());
                    (" has the role ", label)
                }
                None => (" has no role any more", ""),
            };
            [after.name_of(part), has, label].concat()
        }
        Command::Tidy => "Everything laid out anew".to_owned(),
        Command::Load(_) => ["Another design opened, ", &count(after.parts.len(), "part")].concat(),
        Command::Reset(_) => "Started again: the board is as it was at first".to_owned(),
    };
    if matches!(command, Command::Remove(_) | Command::Move { .. }) {
        let cleared = cleared(change);
        if cleared > 0 {
            and(&mut says, ", ", &count(cleared, "setting"));
            says.push_str(" cleared");
        }
    }
    says.push('.');
    says
}

fn removed(before: &Design, items: &[Item], change: &Change) -> String {
    let mut says = String::new();
    let mut named = 0;
    for item in items {
        let name = called(before, item);
        if named < 3 && !name.is_empty() {
            and(&mut says, if named > 0 { ", " } else { "" }, &name);
            named += 1;
        }
    }
    let more = items.len().saturating_sub(named);
    if more > 0 {
        and(&mut says, " and ", &more.to_string());
        says.push_str(" more");
    }
    says.push_str(" deleted");
    let (mut inside, mut links) = (0, 0);
    for item in change.gone() {
        if !items.contains(&item) {
            match item {
                Item::Part(_) => inside += 1,
                Item::Link(_) => links += 1,
            }
        }
    }
    if inside > 0 {
        and(&mut says, ", with ", &count(inside, "part"));
        says.push_str(" inside");
    }
    if links > 0 {
        and(&mut says, ", ", &count(links, "link"));
        says.push_str(" gone with it");
    }
    says
}

fn moved(before: &Design, after: &Design, parts: &[PartId], parent: Option<&PartId>, change: &Change) -> String {
    let mut says = match parts {
        [one] => after.name(one),
        _ => count(parts.len(), "part"),
    };
    let is_new_home =
        |id: &PartId| before.parts.get(id).map(|part| &part.parent) != after.parts.get(id).map(|part| &part.parent);
    if !parts.iter().any(is_new_home) {
        let at = |design: &Design| parts.first().and_then(|id| design.parts.get(id)).map(|part| part.at);
        let (was, is) = (at(before).unwrap_or_default(), at(after).unwrap_or_default());
        let way = compass(is.x - was.x, is.y - was.y);
        says.push_str(way.filter(|_| !change.is_empty()).unwrap_or(" stays where it is"));
        return says;
    }
    let mut kept = 0;
    for link in after.links.values() {
        kept += usize::from(parts.iter().any(|id| link.other(id).is_some()));
    }
    let lost = change.links().values().filter(|(_, after)| after.is_none()).count();
    and(&mut says, " moved to ", place(after, parent));
    for (number, what) in [(kept, " kept"), (lost, " gone")] {
        if number > 0 {
            and(&mut says, ", ", &count(number, "link"));
            says.push_str(what);
        }
    }
    says
}

/// Which way something went, in a word: coordinates say nothing to anyone.
fn compass(dx: i32, dy: i32) -> Option<&'static str> {
    let (across, down) = (dx.abs(), dy.abs());
    Some(match (dx.signum(), dy.signum()) {
        (0, 0) => return None,
        (1, _) if across >= down => " moved right",
        (-1, _) if across >= down => " moved left",
        (_, 1) => " moved down",
        _ => " moved up",
    })
}

/// How many settings a command cleared.
fn cleared(change: &Change) -> usize {
    let fewer = |before: &Attrs, after: &Attrs| {
        before
            .iter()
            .filter(|(attr, value)| after.get(attr) != Some(value))
            .count()
    };
    let mut cleared = 0;
    for pair in change.parts().values() {
        if let (Some(before), Some(after)) = pair {
            cleared += fewer(&before.attrs, &after.attrs);
        }
    }
    for pair in change.links().values() {
        if let (Some(before), Some(after)) = pair {
            cleared += fewer(&before.attrs, &after.attrs);
        }
    }
    cleared
}

/// A part by its name, a link by its ends: "Link Web to Hub". Empty for what is not there.
pub(super) fn called(design: &Design, item: &Item) -> String {
    let mut says = String::new();
    match item {
        Item::Part(id) if design.parts.contains_key(id) => says.push_str(design.name_of(id)),
        Item::Part(_) => {}
        Item::Link(id) => {
            if let Some(link) = design.links.get(id) {
                and(&mut says, "Link ", design.name_of(&link.from));
                and(&mut says, " to ", design.name_of(&link.to));
            }
        }
    }
    says
}

fn set(before: &Design, after: &Design, of: &Item, attr: Attr) -> String {
    let name = called(after, of);
    let held = |design| super::settings::of(design, of).and_then(|attrs: &Attrs| attrs.get(&attr));
    let label = attr.label();
    let value = match held(after) {
        None => match attr {
            Attr::Entries => return [&name, " has no routes"].concat(),
            Attr::Appliance => return [&name, ": appliance mode off"].concat(),
            _ => "cleared".to_owned(),
        },
        Some(Value::Bool(_)) => return [&name, ": ", &fold(label), " on"].concat(),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Cidr(net)) => net.to_string(),
        Some(Value::Part(id)) => after.name(id),
        Some(Value::Parts(ids)) => {
            let mut names = String::new();
            for id in ids {
                let joint = if names.is_empty() { "" } else { ", " };
                and(&mut names, joint, after.name_of(id));
            }
            names
        }
        Some(Value::Routes(rows)) => {
            let old: &[Route] = match held(before) {
                Some(Value::Routes(rows)) => rows,
                _ => &[],
            };
            return routes(after, &name, old, rows);
        }
    };
    [&name, ": ", label, " ", &value].concat()
}

fn routes(design: &Design, table: &str, old: &[Route], new: &[Route]) -> String {
    let mut added = new.iter().filter(|row| !old.contains(row));
    let mut gone = old.iter().filter(|row| !new.contains(row));
    match (
        added.next(),
        gone.next(),
        added.next().is_none() && gone.next().is_none(),
    ) {
        (Some(row), None, true) => [&route(design, row), " added to ", table].concat(),
        (None, Some(row), true) => [&route(design, row), " taken out of ", table].concat(),
        (Some(row), Some(_), true) => [table, ": now ", &route(design, row)].concat(),
        _ => [table, " has ", &count(new.len(), "route")].concat(),
    }
}

/// "0.0.0.0/0 to Hub".
pub(super) fn route(design: &Design, row: &Route) -> String {
    let (joint, end) = match &row.via {
        Via::Part(id) => (" to ", design.name_of(id)),
        Via::Drop => (" dropped", ""),
    };
    [&row.prefix.to_string(), joint, end].concat()
}

/// A step's name, after "Undo:".
pub(super) fn step(before: &Design, after: &Design, command: &Command, change: &Change) -> String {
    let (verb, part) = match command {
        Command::Place { kind, .. } => match change.added().next() {
            Some(id) => ("add ", id),
            None => return ["add ", kind.label(after.flavour)].concat(),
        },
        Command::Remove(items) => {
            let what = match items.as_slice() {
                [one] => called(before, one),
                _ => count(items.len(), "thing"),
            };
            return ["delete ", &what].concat();
        }
        Command::Move { parts, .. } => match parts.as_slice() {
            [one] => ("move ", one),
            _ => return ["move ", &count(parts.len(), "part")].concat(),
        },
        Command::Connect { from, to } => return ["link ", after.name_of(from), " to ", after.name_of(to)].concat(),
        Command::SetAttr { of, attr, .. } => return [attr.label(), " of ", &called(after, of)].concat(),
        Command::Resize { part, .. } => ("resize ", part),
        Command::Rename { part, .. } => ("rename ", part),
        Command::SetRole { part, .. } => ("role of ", part),
        Command::Tidy => return "tidy".to_owned(),
        Command::Load(_) => return "open another design".to_owned(),
        Command::Reset(_) => return "start again".to_owned(),
    };
    [verb, after.name_of(part)].concat()
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
        Command::Remove(_) | Command::Load(_) | Command::Reset(_) => match was? {
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
    let mut siblings = ordered(before, parent);
    let place = siblings.iter().position(|sibling| sibling == id)?;
    // The next one first, behind the last the one before.
    siblings.rotate_left(place);
    if let Some(behind) = siblings.len().checked_sub(place) {
        siblings.get_mut(behind..)?.reverse();
    }
    for sibling in siblings {
        if after.parts.contains_key(&sibling) {
            return Some(sibling);
        }
    }
    heir(before, after, parent?)
}

fn end_of(before: &Design, after: &Design, id: &LinkId) -> Option<PartId> {
    let link = before.links.get(id)?;
    for end in [&link.from, &link.to] {
        if after.parts.contains_key(end) {
            return Some(end.clone());
        }
    }
    None
}
