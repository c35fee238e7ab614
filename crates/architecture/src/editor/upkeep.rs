//! What follows from a change of structure: links and settings that lost what they were about.

use super::apply::no;
use super::{Item, settings};
use crate::catalogue::{Allowed, allow_ends, candidates, link_settings};
use crate::design::{Attr, Attrs, Design, LinkId, PartId, Value, Via};
use crate::sorted::BTreeSet;

/// Drops links that have lost an end, and references that do not lead anywhere any more. Refuses when that would change
/// something given.
pub(super) fn tidy(before: &Design, design: &mut Design) -> Allowed {
    drop_links(design)?;
    let mut owners = Vec::new();
    for (id, part) in &design.parts {
        if refers(&part.attrs) {
            owners.push(Item::Part(id.clone()));
        }
    }
    for (id, link) in &design.links {
        if refers(&link.attrs) {
            owners.push(Item::Link(id.clone()));
        }
    }
    // A reference that goes may not take others with it: references are to parts, and no part goes here.
    for item in owners {
        let lost = lost(before, design, &item);
        let Some((_, first)) = lost.first() else {
            continue;
        };
        let (is_locked, known) = match &item {
            Item::Part(id) => (design.parts.get(id).is_some_and(|part| part.locked), None),
            Item::Link(id) => match design.links.get(id) {
                Some(link) => (link.locked, Some(link_settings(design, link))),
                None => continue,
            },
        };
        if is_locked {
            return no([
                &given(design, &item),
                " is given and refers to ",
                before.name_of(first),
                "; that has to stay in its reach.",
            ]
            .concat());
        }
        if let Some(attrs) = settings::of_mut(design, &item) {
            attrs.retain(|attr, _| known.is_none_or(|known| known.contains(attr)));
            forget(attrs, &lost);
        }
    }
    Ok(())
}

/// What is given, at the beginning of a sentence.
fn given(design: &Design, item: &Item) -> String {
    match item {
        Item::Part(id) => design.name(id),
        Item::Link(id) => {
            let ends = design.links.get(id).map(|link| (&link.from, &link.to));
            let (from, to) = ends.map_or(("", ""), |(from, to)| (design.name_of(from), design.name_of(to)));
            ["The link of ", from, " and ", to].concat()
        }
    }
}

fn drop_links(design: &mut Design) -> Allowed {
    let mut broken: Vec<LinkId> = Vec::new();
    for (id, link) in &design.links {
        if allow_ends(design, link.kind, &link.from, &link.to).is_err() {
            if link.locked {
                return no("A link that is given ends there; it has to stay.");
            }
            broken.push(id.clone());
        }
    }
    for id in broken {
        design.links.remove(&id);
    }
    Ok(())
}

/// Whether settings refer to parts.
fn refers(attrs: &Attrs) -> bool {
    attrs.values().any(|value| match value {
        Value::Part(_) => true,
        Value::Parts(ids) => !ids.is_empty(),
        Value::Routes(routes) => routes.iter().any(|route| route.via != Via::Drop),
        Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => false,
    })
}

/// What settings refer to that could be referred to before, or is gone.
///
/// A reference that never made sense is left alone: a half-built board may hold one on purpose.
fn lost(before: &Design, design: &Design, item: &Item) -> Vec<(Attr, PartId)> {
    let owner = settings::owner(item);
    let mut lost = Vec::new();
    for (attr, value) in settings::of(design, item).into_iter().flatten() {
        let mut missing = references(value);
        if missing.is_empty() {
            continue;
        }
        for id in candidates(design, owner, *attr) {
            missing.remove(&id);
        }
        if missing.is_empty() {
            continue;
        }
        let once = candidates(before, owner, *attr);
        for id in missing {
            if !design.parts.contains_key(&id) || once.contains(&id) {
                lost.push((*attr, id));
            }
        }
    }
    lost
}

/// The parts that a value refers to.
pub(super) fn references(value: &Value) -> BTreeSet<PartId> {
    let mut found = BTreeSet::new();
    match value {
        Value::Part(id) => drop(found.insert(id.clone())),
        Value::Parts(ids) => found = ids.clone(),
        Value::Routes(routes) => {
            for route in routes {
                if let Via::Part(id) = &route.via {
                    found.insert(id.clone());
                }
            }
        }
        Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => {}
    }
    found
}

fn forget(attrs: &mut Attrs, lost: &[(Attr, PartId)]) {
    for (attr, id) in lost {
        let is_empty = match attrs.get_mut(attr) {
            Some(Value::Part(held)) => held == id,
            Some(Value::Parts(ids)) => {
                ids.remove(id);
                ids.is_empty()
            }
            Some(Value::Routes(routes)) => {
                routes.retain(|route| !matches!(&route.via, Via::Part(via) if via == id));
                routes.is_empty()
            }
            _ => false,
        };
        if is_empty {
            attrs.remove(attr);
        }
    }
}
