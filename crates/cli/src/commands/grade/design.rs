//! Grades a design against the task of a builder.

use sandtable_architecture::design::{self, Design, canonical};
use sandtable_architecture::rules::{Outcome, check};
use sandtable_architecture::task::Task;
use sandtable_exercise::{Feedback, Part, PartState, Verdict};
use serde_json::Value as Json;

use super::FORMS;
use crate::failure::Failure;

/// The verdict on `{"design": {...}}`. The parts are the rules: *right* passes, *wrong* fails, and *missed* is not
/// reached, since something that belongs to the answer is not there yet.
///
/// A design as the stage begins is no answer. One that could not be built on the page is invalid: a part that cannot be
/// kept, a kind that is not in the palette, something given that is gone or not as it was.
pub(super) fn grade(task: &Task, start: &Design, answer: &Json) -> Result<Verdict, Failure> {
    let design = match (answer.get("design"), answer.as_object().map(serde_json::Map::len)) {
        (Some(Json::Null), Some(1)) | (None, Some(0)) => return Ok(Verdict::NotAnswered),
        (Some(design), Some(1)) => design,
        _ => return Err(Failure::new(format!("A stage of a builder takes a design.\n{FORMS}"))),
    };
    let (design, problems) = design::import(design);
    let mut wrong: Vec<String> = problems
        .into_iter()
        .map(|problem| match problem.at.is_empty() {
            true => problem.says,
            false => format!("{}: {}", problem.at, problem.says),
        })
        .collect();
    if wrong.is_empty() {
        wrong = foreign(&design, task);
    }
    if !wrong.is_empty() {
        let feedback = wrong.into_iter().map(|text| Feedback { part: None, text });
        return Ok(Verdict::Invalid {
            feedback: feedback.collect(),
        });
    }
    if canonical(&design) == canonical(start) {
        return Ok(Verdict::NotAnswered);
    }
    let report = check(&design, task);
    let parts = report.rules.iter().map(|rule| Part {
        id: rule.id.clone(),
        state: match rule.outcome {
            Outcome::Pass => PartState::Right,
            Outcome::Fail => PartState::Wrong,
            Outcome::NotReached => PartState::Missed,
        },
    });
    let feedback = report.rules.iter().flat_map(|rule| {
        let findings = rule.findings.iter();
        findings.map(|finding| Feedback {
            part: Some(rule.id.clone()),
            text: finding.says.clone(),
        })
    });
    Ok(Verdict::Scored {
        fraction: report.fraction,
        parts: parts.collect(),
        feedback: feedback.collect(),
    })
}

/// What nobody could have built on this board.
fn foreign(design: &Design, task: &Task) -> Vec<String> {
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
