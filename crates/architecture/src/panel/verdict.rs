use crate::sorted::BTreeMap;

use super::Outage;
use crate::design::{Design, Item};
use crate::rules::{Outcome, Report};
use crate::task::Task;
use crate::words::count;

/// What the bar says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What it means, for colour and shape.
    pub tone: Tone,
    /// The part that stands out.
    pub lead: String,
    /// The rest.
    pub rest: String,
}

/// What a verdict means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to tell.
    #[default]
    Plain,
    /// All of it holds.
    Right,
    /// Some of it does.
    Partial,
    /// None of it counts.
    Wrong,
}

impl Tone {
    /// The word in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Right => "right",
            Tone::Partial => "partial",
            Tone::Wrong => "wrong",
        }
    }
}

/// Puts a report into a line. `is_old` when the design has changed since.
#[must_use]
pub fn verdict(task: &Task, report: Option<&Report>, is_old: bool) -> Verdict {
    let all = task.rules.len();
    let Some(report) = report else {
        return Verdict {
            rest: format!("{}, not checked yet.", count(all, "rule")),
            ..Verdict::default()
        };
    };
    let held = report.rules.iter().filter(|rule| rule.outcome == Outcome::Pass).count();
    let holds = format!("{held} of {all} rules hold.");
    if is_old {
        return Verdict {
            tone: Tone::Plain,
            lead: "Changed since the last check.".to_owned(),
            rest: format!("At that time, {held} of {all} rules held."),
        };
    }
    if held == all {
        return Verdict {
            tone: Tone::Right,
            lead: "Right.".to_owned(),
            rest: format!("All {} hold.", count(all, "rule")),
        };
    }
    // What does not hold before what is not reached: the one can be mended, the other waits for it.
    let must = |outcome: Outcome| {
        let mut judged = task.rules.iter().zip(&report.rules);
        judged.position(|(rule, judged)| rule.must && judged.outcome == outcome)
    };
    match must(Outcome::Fail).or_else(|| must(Outcome::NotReached)) {
        Some(rule) => Verdict {
            tone: Tone::Wrong,
            lead: holds,
            rest: format!("Score is 0 until rule {} holds.", rule + 1),
        },
        None => Verdict {
            tone: if held == 0 { Tone::Wrong } else { Tone::Partial },
            lead: holds,
            rest: String::new(),
        },
    }
}

/// The rule whose findings are read first: the first that does not hold, else the first that is not reached. `None` where
/// there is nothing to find.
#[must_use]
pub fn first_open(report: &Report) -> Option<usize> {
    let first = |outcome: Outcome| report.rules.iter().position(|rule| rule.outcome == outcome);
    first(Outcome::Fail).or_else(|| first(Outcome::NotReached))
}

/// What is so when there is no help left to give.
#[must_use]
pub fn no_hint(task: &Task, report: &Report) -> String {
    let mut open = Vec::new();
    for (place, rule) in report.rules.iter().enumerate() {
        if rule.outcome != Outcome::Pass {
            open.push((place + 1).to_string());
        }
    }
    match open.as_slice() {
        [] => format!(
            "No hint is needed: all {} hold on this board.",
            count(task.rules.len(), "rule")
        ),
        [one] => format!("There is no further hint: those of rule {one} are all shown."),
        many => format!(
            "There is no further hint: those of rules {} are all shown.",
            many.join(", ")
        ),
    }
}

/// The numbers, from 1, of the rules that each part and link breaks.
#[must_use]
pub fn marks(report: &Report) -> BTreeMap<Item, Vec<usize>> {
    let mut marks: BTreeMap<Item, Vec<usize>> = BTreeMap::new();
    for (place, rule) in report.rules.iter().enumerate() {
        if rule.outcome != Outcome::Fail {
            continue;
        }
        for finding in &rule.findings {
            // Where the reason lies; the others only take part.
            if let Some(seat) = finding.seat() {
                let numbers = marks.entry(seat.at).or_default();
                if !numbers.contains(&(place + 1)) {
                    numbers.push(place + 1);
                }
            }
        }
    }
    marks
}

/// What the outline and the proxy say of parts and links: what is down, what fails.
#[must_use]
pub fn states(design: &Design, report: Option<&Report>, outage: Option<&Outage>) -> BTreeMap<Item, String> {
    let mut states: BTreeMap<Item, Vec<String>> = BTreeMap::new();
    if let Some(outage) = outage {
        for part in outage.down.iter().filter(|part| design.parts.contains_key(*part)) {
            states
                .entry(Item::Part(part.clone()))
                .or_default()
                .push("down".to_owned());
        }
        for link in outage.cut.iter().filter(|link| design.links.contains_key(*link)) {
            states
                .entry(Item::Link(link.clone()))
                .or_default()
                .push("cut".to_owned());
        }
    }
    for (item, rules) in report.map(marks).unwrap_or_default() {
        let rules: Vec<String> = rules.iter().map(ToString::to_string).collect();
        states
            .entry(item)
            .or_default()
            .push(format!("fails rule {}", rules.join(" and ")));
    }
    states
        .into_iter()
        .map(|(item, words)| (item, words.join(", ")))
        .collect()
}

/// The help that was taken, by rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints(BTreeMap<String, usize>);

impl Hints {
    /// How much was taken in all.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.0.values().sum()
    }

    /// What was taken of a rule's help.
    #[must_use]
    pub fn shown<'a>(&self, task: &'a Task, rule: usize) -> &'a [String] {
        let Some(rule) = task.rules.get(rule) else { return &[] };
        let taken = self.0.get(&rule.id).copied().unwrap_or(0);
        &rule.hints[..taken.min(rule.hints.len())]
    }

    /// The rule whose help comes next: the first that does not hold and has some left.
    #[must_use]
    pub fn next(&self, task: &Task, report: &Report) -> Option<usize> {
        let open = |outcome: Outcome| {
            task.rules.iter().zip(&report.rules).position(|(rule, judged)| {
                judged.outcome == outcome && self.0.get(&rule.id).copied().unwrap_or(0) < rule.hints.len()
            })
        };
        open(Outcome::Fail).or_else(|| open(Outcome::NotReached))
    }

    /// Takes one step of a rule's help.
    pub fn take(&mut self, task: &Task, rule: usize) {
        if let Some(rule) = task.rules.get(rule) {
            *self.0.entry(rule.id.clone()).or_default() += 1;
        }
    }
}
