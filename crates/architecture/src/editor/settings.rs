//! What a setting may be set to.

use crate::sorted::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use super::Item;
use super::upkeep::references;
use crate::catalogue::{Owner, Reason, allow_attr, allow_value, candidates, link_settings, reach};
use crate::design::{Attr, Attrs, Design, LinkId, Route, Value, shape};
use crate::words::cut;

/// How many letters a name or a text may have.
const LETTERS: usize = 80;
/// How many rows a table may have; an import may bring as many.
const ROWS: usize = 1000;

/// Whether the setting is there and may be changed, by whoever it belongs to.
pub(super) fn allow(design: &Design, of: &Item, attr: Attr) -> Result<(), Reason> {
    match of {
        Item::Part(id) => allow_attr(design, id, attr),
        Item::Link(id) => allow_link_attr(design, id, attr),
    }
}

fn allow_link_attr(design: &Design, id: &LinkId, attr: Attr) -> Result<(), Reason> {
    let Some(link) = design.links.get(id) else {
        return Err(Reason("That link is not there any more.".to_owned()));
    };
    if link.locked {
        return Err(Reason("This link is given; its settings stay.".to_owned()));
    }
    if !link_settings(design, link).contains(&attr) {
        return Err(Reason(format!("This link has no setting called {}.", attr.label())));
    }
    Ok(())
}

/// The settings of a part or a link.
pub(super) fn of<'a>(design: &'a Design, item: &Item) -> Option<&'a Attrs> {
    match item {
        Item::Part(id) => design.parts.get(id).map(|part| &part.attrs),
        Item::Link(id) => design.links.get(id).map(|link| &link.attrs),
    }
}

/// Sets it, in the one form in which it is kept, or says why not. What is empty is not kept.
pub(super) fn set(design: &mut Design, of: &Item, attr: Attr, value: Option<&Value>) -> Result<(), Reason> {
    allow(design, of, attr)?;
    let value = match value {
        Some(value) => checked(design, of, attr, value)?,
        None => None,
    };
    let attrs = match of {
        Item::Part(id) => design.parts.get_mut(id).map(|part| &mut part.attrs),
        Item::Link(id) => design.links.get_mut(id).map(|link| &mut link.attrs),
    };
    if let Some(attrs) = attrs {
        match value {
            Some(value) => drop(attrs.insert(attr, value)),
            None => drop(attrs.remove(&attr)),
        }
    }
    Ok(())
}

fn checked(design: &Design, of: &Item, attr: Attr, value: &Value) -> Result<Option<Value>, Reason> {
    if shape(value) != attr.shape() {
        return Err(Reason(format!("{} takes another kind of value.", attr.label())));
    }
    let held = self::of(design, of).and_then(|attrs| attrs.get(&attr));
    let owner = match of {
        Item::Part(id) => Owner::Part(id),
        Item::Link(id) => Owner::Link(id),
    };
    let mut strange = references(value);
    if !strange.is_empty() {
        // What is referred to already may stay, so that one row can be mended before another.
        let known = held.map(references).unwrap_or_default();
        strange.retain(|id| !(known.contains(id) && design.parts.contains_key(id)));
        for id in candidates(design, owner, attr) {
            strange.remove(&id);
        }
    }
    if let Some(id) = strange.first() {
        return Err(Reason(format!(
            "{} cannot be {}: {}.",
            attr.label(),
            design.name(id),
            reach(attr)
        )));
    }
    // What is wrong already may be mended bit by bit.
    if held.is_none_or(|held| allow_value(design, owner, held).is_ok()) {
        allow_value(design, owner, value)?;
    }
    Ok(match value {
        Value::Bool(is_set) => is_set.then_some(Value::Bool(true)),
        Value::Text(text) => Some(text_of(text)).filter(|text| !text.is_empty()).map(Value::Text),
        Value::Cidr(net) => Some(Value::Cidr(net.trunc())),
        Value::Part(id) => Some(Value::Part(id.clone())),
        Value::Parts(ids) => (!ids.is_empty()).then(|| Value::Parts(ids.clone())),
        Value::Routes(rows) => {
            let held: &[Route] = match held {
                Some(Value::Routes(rows)) => rows,
                _ => &[],
            };
            routes(rows, held)?
        }
    })
}

fn routes(rows: &[Route], held: &[Route]) -> Result<Option<Value>, Reason> {
    if rows.len() > ROWS {
        return Err(Reason(format!("A table has at most {ROWS} rows.")));
    }
    let rows: Vec<Route> = rows
        .iter()
        .map(|row| Route {
            prefix: row.prefix.trunc(),
            via: row.via.clone(),
        })
        .collect();
    if let Some(prefix) = new_twin(&rows, held) {
        return Err(Reason(format!("There is a row for {prefix} already. Change that one.")));
    }
    Ok((!rows.is_empty()).then_some(Value::Routes(rows)))
}

/// A prefix that stands in more rows than before, and in more than one.
fn new_twin(rows: &[Route], held: &[Route]) -> Option<IpNet> {
    let mut left: BTreeMap<IpNet, usize> = BTreeMap::new();
    for row in held {
        *left.entry(row.prefix).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    for row in rows {
        let known = left.get_mut(&row.prefix).filter(|left| **left > 0);
        match (seen.insert(row.prefix), known) {
            (_, Some(left)) => *left -= 1,
            (false, None) => return Some(row.prefix),
            (true, None) => {}
        }
    }
    None
}

/// A name or a text in the form in which it is kept: on one line, trimmed, not too long.
pub(super) fn text_of(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    cut(line.trim(), LETTERS).trim_end().to_owned()
}
