//! Grades a design against the task of a builder.

use sandtable_architecture::design::{self, Design, canonical};
use sandtable_architecture::rules::{Outcome, check, foreign};
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
