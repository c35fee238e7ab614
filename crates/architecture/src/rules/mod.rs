//! Holds a design against a task.

use crate::design::{Design, LinkId, PartId};
use crate::network::Walk;
use crate::task::Task;

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
    pub walk: Option<Walk>,
}

/// Judges a design.
#[must_use]
pub fn check(design: &Design, task: &Task) -> Report {
    let _ = (design, task);
    Report {
        rules: Vec::new(),
        fraction: 0.0,
    }
}
