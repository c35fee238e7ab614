//! Holds a design against a task.
//!
//! Every rule is judged, in the order of the task, without short cuts. A rule that could only hold because something is
//! not there yet is *not reached*: it scores nothing and says what has to be there first.

mod count;
mod flow;
mod foreign;
mod route;
mod separate;
mod spread;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::design::{Attr, Design, Item, LinkId, PartId};
use crate::network::{Cause, Net, Setting, Walk};
use crate::task::{Predicate, Rule, Task};

pub use flow::{Became, Flow, Flows, Group, Matrix, matrix};
pub use foreign::{foreign, strangers};
pub(crate) use route::attachments;

/// What checking a design says.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// A line a rule, in the order of the task.
    pub rules: Vec<RuleReport>,
    /// The score, 0 to 1: the weight that passes, by all weight; 0 while a rule that must hold does not.
    pub fraction: f64,
}

/// What became of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleReport {
    /// The rule's id.
    pub id: String,
    /// Whether it holds.
    pub outcome: Outcome,
    /// Why not: what fails, or what has to be there first. Empty when it passes.
    pub findings: Vec<Finding>,
}

/// Whether a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// There is nothing yet by which to tell.
    NotReached,
}

/// One thing that is wrong, with what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// A sentence for the learner.
    pub says: String,
    /// The parts it is about, the most telling first.
    pub parts: Vec<PartId>,
    /// The links it is about.
    pub links: Vec<LinkId>,
    /// The way of the packet that shows it.
    pub walk: Option<Arc<Walk>>,
    /// Where the reason lies, where one place can be named.
    pub cause: Option<Cause>,
}

impl Finding {
    /// What has to be looked at first: where the reason lies, else the most telling part or link.
    #[must_use]
    pub fn seat(&self) -> Option<Cause> {
        let part = self.parts.first().cloned().map(Item::Part);
        let at = || part.or_else(|| self.links.first().cloned().map(Item::Link));
        self.cause.clone().or_else(|| {
            Some(Cause {
                at: at()?,
                setting: None,
            })
        })
    }
}

/// A setting of a part as the reason.
fn at(part: &PartId, setting: Setting) -> Option<Cause> {
    Some(Cause {
        at: Item::Part(part.clone()),
        setting: Some(setting),
    })
}

/// The prefix of a part as the reason.
fn prefix_of(part: &PartId) -> Option<Cause> {
    at(part, Setting::Attr(Attr::Cidr))
}

/// Judges a design.
#[must_use]
pub fn check(design: &Design, task: &Task) -> Report {
    let mut rules: Vec<RuleReport> = Vec::new();
    let net = Net::new(design);
    let mut worlds = route::Worlds::new(&net, design);
    for rule in &task.rules {
        let waits_for = rule.after.iter().find(|id| {
            !rules
                .iter()
                .any(|judged| judged.id == **id && judged.outcome == Outcome::Pass)
        });
        let judged = match waits_for {
            Some(first) => Judged::not_reached(waits(task, first)),
            None => judge(design, &rule.predicate, &mut worlds),
        };
        rules.push(RuleReport {
            id: rule.id.clone(),
            outcome: judged.outcome,
            findings: judged.findings,
        });
    }
    let fraction = fraction(task, &rules);
    Report { rules, fraction }
}

fn judge(design: &Design, predicate: &Predicate, worlds: &mut route::Worlds<'_>) -> Judged {
    match predicate {
        Predicate::Route(rule) => route::judge(rule, worlds),
        Predicate::Separate { a, b, inside } => separate::judge(design, a, b, *inside),
        Predicate::Count { of, min, max } => count::judge(design, of, *min, *max),
        Predicate::Spread { of, min, even } => spread::judge(design, of, *min, *even),
    }
}

fn waits(task: &Task, id: &str) -> String {
    let rule = task.rules.iter().find(|rule| rule.id == id);
    format!(
        "This is judged once another rule holds: {}",
        rule.map_or(id, |rule| rule.say.as_str())
    )
}

/// The weight that passes, by all weight; 0 while a rule that must hold does not.
fn fraction(task: &Task, rules: &[RuleReport]) -> f64 {
    let judged = || task.rules.iter().zip(rules);
    let passes = |(_, report): &(&Rule, &RuleReport)| report.outcome == Outcome::Pass;
    if judged().any(|pair| pair.0.must && !passes(&pair)) {
        return 0.0;
    }
    let weight = |(rule, _): (&Rule, &RuleReport)| f64::from(rule.weight);
    let all: f64 = judged().map(weight).sum();
    let held: f64 = judged().filter(passes).map(weight).sum();
    if all > 0.0 { held / all } else { 0.0 }
}

/// What a predicate says.
struct Judged {
    outcome: Outcome,
    findings: Vec<Finding>,
}

impl Judged {
    fn pass() -> Self {
        Judged {
            outcome: Outcome::Pass,
            findings: Vec::new(),
        }
    }

    fn fail(findings: Vec<Finding>) -> Self {
        Judged {
            outcome: Outcome::Fail,
            findings,
        }
    }

    fn not_reached(says: impl Into<String>) -> Self {
        Judged {
            outcome: Outcome::NotReached,
            findings: vec![Finding {
                says: says.into(),
                ..Finding::default()
            }],
        }
    }

    fn not_reached_by(findings: Vec<Finding>) -> Self {
        Judged {
            outcome: Outcome::NotReached,
            findings,
        }
    }
}

/// Names in a sentence: "A", "A and B", "A, B and 3 more".
fn names(design: &Design, ids: &[PartId]) -> String {
    let name = |id: &PartId| design.name(id);
    match ids {
        [] => "nothing".to_owned(),
        [one] => name(one),
        [one, other] => format!("{} and {}", name(one), name(other)),
        [one, other, rest @ ..] => format!("{}, {} and {} more", name(one), name(other), rest.len()),
    }
}
