//! What follows from a change of structure: links and settings that lost what they were about.

use crate::sorted::BTreeSet;

use crate::catalogue::{Allowed, Owner, Reason, allow_ends, candidates, link_settings};
use crate::design::{Attr, Attrs, Design, LinkId, PartId, Value, Via};

/// Drops links that have lost an end, and references that do not lead anywhere any more. Refuses when that would change
/// something given.
pub(super) fn tidy(before: &Design, design: &mut Design) -> Allowed {
    drop_links(design)?;
    // A reference that goes may not take others with it: references are to parts, and no part goes here.
    let parts: Vec<PartId> = owners(design.parts.iter().map(|(id, part)| (id, &part.attrs)));
    for id in parts {
        let lost = lost(before, design, Owner::Part(&id));
        if lost.is_empty() {
            continue;
        }
        let name = design.name(&id);
        let is_locked = design.parts.get(&id).is_some_and(|part| part.locked);
        refuse_given(before, is_locked, &name, &lost)?;
        if let Some(part) = design.parts.get_mut(&id) {
            forget(&mut part.attrs, &lost);
        }
    }
    let links: Vec<LinkId> = owners(design.links.iter().map(|(id, link)| (id, &link.attrs)));
    for id in links {
        let lost = lost(before, design, Owner::Link(&id));
        let Some(link) = design.links.get(&id).filter(|_| !lost.is_empty()) else {
            continue;
        };
        let name = format!("The link of {} and {}", design.name(&link.from), design.name(&link.to));
        refuse_given(before, link.locked, &name, &lost)?;
        let known = link_settings(design, link);
        if let Some(link) = design.links.get_mut(&id) {
            link.attrs.retain(|attr, _| known.contains(attr));
            forget(&mut link.attrs, &lost);
        }
    }
    Ok(())
}

fn drop_links(design: &mut Design) -> Allowed {
    let broken = design
        .links
        .iter()
        .filter(|(_, link)| allow_ends(design, link.kind, &link.from, &link.to).is_err());
    let ids: Vec<LinkId> = broken.map(|(id, _)| id.clone()).collect();
    for id in ids {
        if let Some(link) = design.links.remove(&id)
            && link.locked
        {
            return Err(Reason("A link that is given ends there; it has to stay.".to_owned()));
        }
    }
    Ok(())
}

/// Those whose settings refer to parts.
fn owners<'a, T: Clone + 'a>(all: impl Iterator<Item = (&'a T, &'a Attrs)>) -> Vec<T> {
    let refers = |value: &Value| match value {
        Value::Part(_) => true,
        Value::Parts(ids) => !ids.is_empty(),
        Value::Routes(routes) => routes.iter().any(|route| route.via != Via::Drop),
        Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => false,
    };
    all.filter(|(_, attrs)| attrs.values().any(refers))
        .map(|(id, _)| id.clone())
        .collect()
}

/// What settings refer to that could be referred to before, or is gone.
///
/// A reference that never made sense is left alone: a half-built board may hold one on purpose.
fn lost(before: &Design, design: &Design, owner: Owner<'_>) -> Vec<(Attr, PartId)> {
    let attrs = match owner {
        Owner::Part(id) => design.parts.get(id).map(|part| &part.attrs),
        Owner::Link(id) => design.links.get(id).map(|link| &link.attrs),
    };
    let mut lost = Vec::new();
    for (attr, value) in attrs.into_iter().flatten() {
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
        let is_lost = |id: &PartId| !design.parts.contains_key(id) || once.contains(id);
        lost.extend(missing.into_iter().filter(is_lost).map(|id| (*attr, id)));
    }
    lost
}

fn refuse_given(before: &Design, is_locked: bool, name: &str, lost: &[(Attr, PartId)]) -> Allowed {
    match lost.first().filter(|_| is_locked) {
        Some((_, id)) => Err(Reason(format!(
            "{name} is given and refers to {}; that has to stay in its reach.",
            before.name(id)
        ))),
        None => Ok(()),
    }
}

/// The parts that a value refers to.
pub(super) fn references(value: &Value) -> BTreeSet<PartId> {
    match value {
        Value::Part(id) => BTreeSet::from([id.clone()]),
        Value::Parts(ids) => ids.clone(),
        Value::Routes(routes) => routes
            .iter()
            .filter_map(|route| match &route.via {
                Via::Part(id) => Some(id.clone()),
                Via::Drop => None,
            })
            .collect(),
        Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => BTreeSet::new(),
    }
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
