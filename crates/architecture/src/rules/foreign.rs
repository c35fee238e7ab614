use crate::catalogue::{Owner, allow_part, allow_value, candidates, reach};
use crate::design::{Attrs, Design, Kind, Part, PartId, Value, Via, canonical};
use crate::task::Task;

/// What nobody could have built on this board, as sentences: what [`strangers`] names, and a setting that nobody could
/// choose. Whoever takes in a design from outside to judge it asks this first.
#[must_use]
pub fn foreign(design: &Design, task: &Task) -> Vec<String> {
    let mut wrong = strangers(design, task);
    for (id, part) in &design.parts {
        settings(design, Owner::Part(id), &part.attrs, id.as_str(), &mut wrong);
    }
    for (id, link) in &design.links {
        settings(design, Owner::Link(id), &link.attrs, id.as_str(), &mut wrong);
    }
    wrong
}

/// What is not of this board, as sentences: something given that is gone or changed, a kind that is not in the palette, a
/// role that the task does not give to a kind.
#[must_use]
pub fn strangers(design: &Design, task: &Task) -> Vec<String> {
    let mut wrong = Vec::new();
    if design.flavour != task.flavour {
        wrong.push("The design is of another cloud than the task.".to_owned());
    }
    let (mine, given) = (canonical(design), canonical(&task.given));
    for (id, part) in task.given.parts.iter().filter(|(_, part)| part.locked) {
        let is_open = design.parts.get(id).is_some_and(|part| !part.locked);
        if is_open || mine.parts.get(id) != given.parts.get(id) {
            wrong.push(format!("{} ({id}) is given and has to stay as it is.", part.name));
        }
    }
    for (id, _) in task.given.links.iter().filter(|(_, link)| link.locked) {
        let is_open = design.links.get(id).is_some_and(|link| !link.locked);
        if is_open || mine.links.get(id) != given.links.get(id) {
            wrong.push(format!("The link {id} is given and has to stay as it is."));
        }
    }
    for (id, part) in &design.parts {
        let before = task.given.parts.get(id);
        added(design, task, id, part, before, &mut wrong);
    }
    wrong
}

/// A part's kind and role, where they are not those that are given.
fn added(design: &Design, task: &Task, id: &PartId, part: &Part, before: Option<&Part>, wrong: &mut Vec<String>) {
    let (kind, name) = (part.kind, design.name(id));
    if before.is_none_or(|before| before.kind != kind) && !task.palette.contains(&kind) {
        wrong.push(format!(
            "{name} ({id}): {} is not in the palette of this task.",
            kind.label(design.flavour)
        ));
    }
    if let Some(role) = &part.role
        && before.is_none_or(|before| before.role.as_ref() != Some(role))
        && !task
            .roles
            .iter()
            .any(|known| known.id == *role && known.kinds.contains(&kind))
    {
        wrong.push(format!("{name} ({id}) cannot have the role {role}."));
    }
    let is_second = |(other, beside): (&PartId, &Part)| other < id && beside.kind == kind;
    if kind == Kind::Igw
        && design.children(part.parent.as_ref()).any(is_second)
        && let Err(reason) = allow_part(design, part.parent.as_ref(), kind)
    {
        wrong.push(format!("{name} ({id}): {reason}"));
    }
}

/// What a setting refers to is what the editor would offer for it.
fn settings(design: &Design, owner: Owner<'_>, attrs: &Attrs, id: &str, wrong: &mut Vec<String>) {
    for (attr, value) in attrs {
        let named: Vec<&PartId> = match value {
            Value::Part(id) => vec![id],
            Value::Parts(ids) => ids.iter().collect(),
            Value::Routes(routes) => {
                let via = routes.iter().map(|route| &route.via);
                via.filter_map(|via| match via {
                    Via::Part(id) => Some(id),
                    Via::Drop => None,
                })
                .collect()
            }
            Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => continue,
        };
        let offered = candidates(design, owner, *attr);
        let strange = |named: &&PartId| design.parts.contains_key(*named) && !offered.contains(named);
        for strange in named.into_iter().filter(strange) {
            wrong.push(format!(
                "{id}: {} cannot be {}: {}.",
                attr.label(),
                design.name(strange),
                reach(*attr)
            ));
        }
        if let Err(reason) = allow_value(design, owner, value) {
            wrong.push(format!("{id}: {reason}"));
        }
    }
}
