//! What a setting may be set to.

use ipnet::IpNet;

use super::Item;
use super::apply::no;
use super::upkeep::references;
use crate::catalogue::{Owner, Reason, allow_attr, allow_value, candidates, link_settings, reach};
use crate::design::{Attr, Attrs, Design, LinkId, Route, Value, shape};
use crate::words::{cut, is_blank, is_hidden};

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
        return no("That link is not there any more.");
    };
    if link.locked {
        return no("This link is given; its settings stay.");
    }
    if !link_settings(design, link).contains(&attr) {
        return no(["This link has no setting called ", attr.label(), "."].concat());
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

/// The same, to be changed.
pub(super) fn of_mut<'a>(design: &'a mut Design, item: &Item) -> Option<&'a mut Attrs> {
    match item {
        Item::Part(id) => design.parts.get_mut(id).map(|part| &mut part.attrs),
        Item::Link(id) => design.links.get_mut(id).map(|link| &mut link.attrs),
    }
}

/// To whom settings belong.
pub(super) fn owner(item: &Item) -> Owner<'_> {
    match item {
        Item::Part(id) => Owner::Part(id),
        Item::Link(id) => Owner::Link(id),
    }
}

/// Sets it, in the one form in which it is kept, or says why not. What is empty is not kept.
pub(super) fn set(design: &mut Design, of: &Item, attr: Attr, value: Option<&Value>) -> Result<(), Reason> {
    allow(design, of, attr)?;
    let value = match value {
        Some(value) => checked(design, of, attr, value)?,
        None => None,
    };
    if let Some(attrs) = of_mut(design, of) {
        match value {
            Some(value) => drop(attrs.insert(attr, value)),
            None => drop(attrs.remove(&attr)),
        }
    }
    Ok(())
}

fn checked(design: &Design, of: &Item, attr: Attr, value: &Value) -> Result<Option<Value>, Reason> {
    if shape(value) != attr.shape() {
        return no([attr.label(), " takes another kind of value."].concat());
    }
    let held = self::of(design, of).and_then(|attrs| attrs.get(&attr));
    let mut strange = references(value);
    if !strange.is_empty() {
        // What is referred to already may stay, so that one row can be mended before another.
        let known = held.map(references).unwrap_or_default();
        strange.retain(|id| !(known.contains(id) && design.parts.contains_key(id)));
        for id in candidates(design, owner(of), attr) {
            strange.remove(&id);
        }
    }
    if let Some(id) = strange.first() {
        return no([attr.label(), " cannot be ", design.name_of(id), ": ", reach(attr), "."].concat());
    }
    // What is wrong already may be mended bit by bit.
    if held.is_none_or(|held| allow_value(design, owner(of), held).is_ok()) {
        allow_value(design, owner(of), value)?;
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
        return no(format!("A table has at most {ROWS} rows."));
    }
    let mut rows = rows.to_vec();
    for row in &mut rows {
        row.prefix = row.prefix.trunc();
    }
    if let Some(prefix) = new_twin(&rows, held) {
        return no(["There is a row for ", &prefix.to_string(), " already. Change that one."].concat());
    }
    Ok((!rows.is_empty()).then_some(Value::Routes(rows)))
}

/// A prefix that stands in more rows than before, and in more than one.
fn new_twin(rows: &[Route], held: &[Route]) -> Option<IpNet> {
    for row in rows {
        let among = |rows: &[Route]| rows.iter().filter(|other| other.prefix == row.prefix).count();
        if among(rows) > among(held).max(1) {
            return Some(row.prefix);
        }
    }
    None
}

/// A name or a text in the form in which it is kept: on one line, trimmed, not too long, empty when nothing shows.
pub(super) fn text_of(text: &str) -> String {
    if is_blank(text) {
        return String::new();
    }
    let mut line = String::new();
    for letter in text.chars() {
        if !is_hidden(letter) {
            line.push(if letter.is_control() { ' ' } else { letter });
        }
    }
    cut(line.trim(), LETTERS).trim_end().to_owned()
}
