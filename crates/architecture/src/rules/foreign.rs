use crate::design::{Design, canonical};
use crate::task::Task;

/// What nobody could have built on this board, as sentences: something given that is gone or changed, a kind that is not in
/// the palette, a role that the task does not give to a kind. Whoever takes in a design from outside asks this first.
#[must_use]
pub fn foreign(design: &Design, task: &Task) -> Vec<String> {
    let mut wrong = Vec::new();
    if design.flavour != task.flavour {
        wrong.push("The design is of another cloud than the task.".to_owned());
    }
    let (mine, given) = (canonical(design), canonical(&task.given));
    for (id, part) in task.given.parts.iter().filter(|(_, part)| part.locked) {
        if mine.parts.get(id) != given.parts.get(id) {
            wrong.push(format!("{} ({id}) is given and has to stay as it is.", part.name));
        }
    }
    for (id, _) in task.given.links.iter().filter(|(_, link)| link.locked) {
        if mine.links.get(id) != given.links.get(id) {
            wrong.push(format!("The link {id} is given and has to stay as it is."));
        }
    }
    let others = design
        .parts
        .iter()
        .filter(|(id, _)| !task.given.parts.contains_key(*id));
    for (id, part) in others {
        if !task.palette.contains(&part.kind) {
            wrong.push(format!(
                "{} ({id}): {} is not in the palette of this task.",
                design.name(id),
                part.kind.label(design.flavour)
            ));
        }
        if let Some(role) = &part.role
            && !task
                .roles
                .iter()
                .any(|known| known.id == *role && known.kinds.contains(&part.kind))
        {
            wrong.push(format!("{} ({id}) cannot have the role {role}.", design.name(id)));
        }
    }
    wrong
}
