//! What has to be true of a builder before anybody may meet it: right designs pass, wrong ones fail as they say, an
//! empty board passes nothing, and nothing of a right design is there for show.

use std::collections::BTreeSet;

use sandtable_architecture::design::{Attr, Design, Kind, LinkId, Part, PartId, Value, Via};
use sandtable_architecture::editor::{Hands, Limits, rehearse};
use sandtable_architecture::rules::{Outcome, Report as Judged, check};
use sandtable_architecture::task::{Breakable, Predicate, Selector, Task, To};

use super::alike::alike;
use super::{Stages, board};
use crate::author::builder::{Builder, Model, Witness};
use crate::problem::{Report, Span, says};
use crate::source::Node;
use crate::text::either;

/// Says everything that is not as it has to be.
pub(super) fn prove(builder: &Builder, task: &Task, stages: &Stages, node: &Node, report: &mut Report<'_>) {
    if work(builder, task, stages) > MOST_WALKS {
        report.error(
            "too-large",
            node.key("rules"),
            says(
                format!("to prove this exercise would take more than {MOST_WALKS} walks of a packet"),
                "Every model is judged again without each of its parts, and a page judges a design after each change.",
                "Have fewer subnets stand for many, or rules with fewer ends.",
            ),
        );
        return;
    }
    blank(&check(&stages.given, task), node, report);
    // What is made from a model that is wrong itself would only repeat what is wrong there.
    let mut sound: BTreeSet<&str> = BTreeSet::new();
    for (id, model) in &builder.models {
        let Some(design) = stages.models.get(id) else {
            continue;
        };
        let place = node.field("models");
        if right(id, &check(design, task), place.key(id), report) {
            sound.insert(id);
            needed(id, model, design, stages, task, place, report);
            attachments(id, design, task, place.key(id), report);
            buildable(id, design, task, stages, place.key(id), report);
        }
    }
    several(builder, stages, node, report);
    if let Some(design) = stages
        .half
        .as_ref()
        .filter(|_| sound.contains(builder.half.like.as_str()))
    {
        half(&check(design, task), node, report);
    }
    for (id, witness) in &builder.witnesses {
        let is_sound = witness.like.as_ref().is_none_or(|like| sound.contains(like.as_str()));
        if let Some(design) = stages.witnesses.get(id).filter(|_| is_sound) {
            wrong(id, witness, &check(design, task), node.field("witnesses"), report);
        }
    }
    let failed: BTreeSet<&String> = builder.witnesses.values().flat_map(|witness| &witness.fails).collect();
    for (at, rule) in builder
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| !failed.contains(&rule.id))
    {
        report.error(
            "untested-rule",
            node.field("rules").index(at).field("id").span,
            says(
                format!("no witness fails `{}`", rule.id),
                "A rule that nothing fails may be one that nothing can fail.",
                "Add a witness that it has to catch.",
            ),
        );
    }
}

/// Whoever has no mouse has to be able to build it, on the canvas and in the outline alike.
fn buildable(id: &str, design: &Design, task: &Task, stages: &Stages, place: Span, report: &mut Report<'_>) {
    for (hands, surface) in [(Hands::Canvas, "canvas"), (Hands::Outline, "outline")] {
        if let Err(why) = rehearse(&stages.given, design, &Limits::of(task), hands) {
            report.error(
                "unbuildable",
                place,
                says(
                    format!("`{id}` cannot be built with the keys of the {surface} alone: {why}"),
                    "A learner could not build it either.",
                    "Build it only of what the palette and the settings offer.",
                ),
            );
        }
    }
}

/// How many packets may be sent to prove an exercise. The largest of the course sends a twentieth of that.
const MOST_WALKS: usize = 1_000_000;

/// About how many packets the proofs send.
fn work(builder: &Builder, task: &Task, stages: &Stages) -> usize {
    let model = |(id, design): (&String, &Design)| {
        let given = builder.models.contains_key(id).then_some(&stages.given);
        let added = design.parts.len() + 5 * design.links.len();
        walks(design, task).saturating_mul(added.saturating_sub(given.map_or(0, |given| given.parts.len())) + 1)
    };
    let models = stages.models.iter().map(model);
    let others = stages.witnesses.values().chain(&stages.half).chain([&stages.given]);
    models
        .chain(others.map(|design| walks(design, task)))
        .fold(0, usize::saturating_add)
}

/// How many packets one check sends at most.
fn walks(design: &Design, task: &Task) -> usize {
    let zones = design.parts.values().filter(|part| part.kind == Kind::Zone).count();
    let ends = |selector: &Selector| {
        let is_end = |(id, part): &(&PartId, &Part)| {
            matches!(part.kind, Kind::Subnet | Kind::Site)
                && (selector.matches(design, id)
                    || design.ancestors(id).any(|(above, _)| selector.matches(design, above)))
        };
        design.parts.iter().filter(is_end).count()
    };
    let of = |rule: &sandtable_architecture::task::Rule| {
        let Predicate::Route(route) = &rule.predicate else {
            return 0;
        };
        let to = match &route.to {
            To::Internet => 1,
            To::Parts(selector) => ends(selector),
        };
        let faults = match route.under {
            None => 0,
            Some(Breakable::Zones) => zones,
            Some(Breakable::Attachments) => design.links.len(),
        };
        ends(&route.from).saturating_mul(to).saturating_mul(2 * (faults + 1))
    };
    task.rules.iter().map(of).fold(0, usize::saturating_add)
}

/// The given board passes nothing: a rule that it passes gives away its weight.
fn blank(judged: &Judged, node: &Node, report: &mut Report<'_>) {
    for (at, rule) in judged
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.outcome == Outcome::Pass)
    {
        report.error(
            "empty-passes",
            node.field("rules").index(at).field("id").span,
            says(
                format!("the given board passes `{}`", rule.id),
                "Nothing has been built yet, so nothing can have been done right.",
                "Have the rule ask for something that a learner adds, or give less.",
            ),
        );
    }
}

/// Whether a model passes every rule.
fn right(id: &str, judged: &Judged, at: Span, report: &mut Report<'_>) -> bool {
    let open: Vec<_> = judged
        .rules
        .iter()
        .filter(|rule| rule.outcome != Outcome::Pass)
        .collect();
    for rule in &open {
        let does = match rule.outcome {
            Outcome::NotReached => "does not reach",
            Outcome::Fail | Outcome::Pass => "fails",
        };
        report.error(
            "model",
            at,
            says(
                format!("the model `{id}` {does} `{}`", rule.id),
                first(rule),
                "Mend the model, or the rule: a right design passes every one.",
            ),
        );
    }
    open.is_empty()
}

/// Every part and link of a model that is not given is needed, or listed as spare.
fn needed(
    id: &str,
    model: &Model,
    design: &Design,
    stages: &Stages,
    task: &Task,
    models: &Node,
    report: &mut Report<'_>,
) {
    let (node, key) = (models.field(id), models.key(id));
    let parts = design
        .parts
        .keys()
        .map(PartId::as_str)
        .filter(|id| !stages.given.parts.contains_key(*id));
    let links = design
        .links
        .keys()
        .map(LinkId::as_str)
        .filter(|id| !stages.given.links.contains_key(*id));
    let added: Vec<&str> = parts.chain(links).collect();
    for (at, spare) in model
        .spare
        .iter()
        .enumerate()
        .filter(|(_, spare)| !added.contains(&spare.as_str()))
    {
        report.error(
            "unknown-id",
            node.field("spare").index(at).span,
            says(
                format!("`{spare}` is nothing that the model `{id}` adds"),
                "Only what a model adds can be spare.",
                format!("It adds {}.", either(&added)),
            ),
        );
    }
    for one in added {
        let rest = board::without(design, &[one.to_owned()]);
        let still = check(&rest, task)
            .rules
            .iter()
            .all(|rule| rule.outcome == Outcome::Pass);
        let spare = model.spare.iter().position(|spare| spare == one);
        match (still, spare) {
            (true, None) => {
                let own = ["parts", "links"]
                    .iter()
                    .find(|list| node.get(list).is_some_and(|list| list.get(one).is_some()));
                let at = own.map_or(key, |list| node.field(list).key(one));
                report.error(
                    "needless",
                    at,
                    says(
                        format!("the model `{id}` passes every rule without `{one}` as well"),
                        "Either it is there for show, or a rule is missing that would ask for it.",
                        format!("Take it out, add the rule, or list it: `spare: [{one}]`."),
                    ),
                );
            }
            (false, Some(at)) => report.error(
                "spare",
                node.field("spare").index(at).span,
                says(
                    format!("`{one}` is listed as spare, and without it the model `{id}` does not pass"),
                    "What is needed is no spare.",
                    "Take it out of `spare`.",
                ),
            ),
            (true, Some(_)) | (false, None) => {}
        }
    }
}

/// An attachment is nothing without an association, a foot in the network, and a way back. The rules have to see it.
fn attachments(id: &str, design: &Design, task: &Task, at: Span, report: &mut Report<'_>) {
    let kind = |id: &PartId| design.parts.get(id).map(|part| part.kind);
    for (link_id, link) in &design.links {
        if kind(&link.to) != Some(Kind::Transit) {
            continue;
        }
        let without = |attr: Attr| {
            let mut broken = design.clone();
            let removed = broken.links.get_mut(link_id).and_then(|link| link.attrs.remove(&attr));
            removed.map(|_| broken)
        };
        let cases = [
            ("associated with no table", without(Attr::Associate)),
            ("without a subnet in its network", without(Attr::Subnets)),
            (
                "without a route in the hub that leads to it",
                no_way_to(design, link_id),
            ),
            (
                "without a route in its network that leads to the hub",
                no_way_from(design, link_id),
            ),
        ];
        for (what, broken) in cases {
            if broken.is_some_and(|broken| {
                check(&broken, task)
                    .rules
                    .iter()
                    .all(|rule| rule.outcome == Outcome::Pass)
            }) {
                report.error(
                    "attachment",
                    at,
                    says(
                        format!("the model `{id}` passes every rule with `{link_id}` {what}"),
                        "An attachment like that carries nothing, so a rule that needs it has to fail.",
                        "Add a rule whose packets take this attachment.",
                    ),
                );
            }
        }
    }
}

/// The design without any row of the hub that leads to an attachment, learnt or written.
fn no_way_to(design: &Design, id: &LinkId) -> Option<Design> {
    let link = design.links.get(id)?;
    let (network, hub) = (&link.from, &link.to);
    let mut broken = design.clone();
    broken.links.get_mut(id)?.attrs.remove(&Attr::Propagate);
    drop_rows(&mut broken, hub, network);
    (broken != *design).then_some(broken)
}

/// The design without any row of the attached network that leads to the hub.
fn no_way_from(design: &Design, id: &LinkId) -> Option<Design> {
    let link = design.links.get(id)?;
    let mut broken = design.clone();
    drop_rows(&mut broken, &link.from, &link.to);
    (broken != *design).then_some(broken)
}

/// Takes out the rows of `holder`'s tables that lead to `target`.
fn drop_rows(design: &mut Design, holder: &PartId, target: &PartId) {
    for part in design.parts.values_mut() {
        if part.kind == Kind::RouteTable
            && part.parent.as_ref() == Some(holder)
            && let Some(Value::Routes(routes)) = part.attrs.get_mut(&Attr::Entries)
        {
            routes.retain(|route| route.via != Via::Part(target.clone()));
        }
    }
}

/// There are several right designs, and they differ.
fn several(builder: &Builder, stages: &Stages, node: &Node, report: &mut Report<'_>) {
    let place = node.field("models");
    if builder.models.len() < 2 {
        report.error(
            "count",
            node.key("models"),
            says(
                "there is only one model",
                "Rules that let only one design pass ask for a drawing, not for a solution.",
                "Add a right design that solves it in another way.",
            ),
        );
    }
    let models: Vec<(&String, &Design)> = stages.models.iter().collect();
    for (at, (id, design)) in models.iter().enumerate() {
        let same = models
            .iter()
            .take(at)
            .find(|(_, other)| alike(design, other, &stages.given));
        if let Some((other, _)) = same {
            report.error(
                "same-model",
                place.key(id),
                says(
                    format!("`{id}` differs from `{other}` only in names, ids or addresses"),
                    "Two models show that the rules ask for a result and not for one way.",
                    "Have it solve the task in another way, or take it out.",
                ),
            );
        }
    }
}

/// The half-built board is neither done nor hopeless.
fn half(judged: &Judged, node: &Node, report: &mut Report<'_>) {
    let open: Vec<&str> = judged
        .rules
        .iter()
        .filter(|rule| rule.outcome != Outcome::Pass)
        .map(|rule| rule.id.as_str())
        .collect();
    if !(2..=4).contains(&open.len()) || open.len() == judged.rules.len() {
        report.error(
            "half-built",
            node.key("half"),
            says(
                format!(
                    "{} of {} rules do not pass on the half-built board{}",
                    open.len(),
                    judged.rules.len(),
                    if open.is_empty() {
                        String::new()
                    } else {
                        format!(": {}", listed(&open))
                    }
                ),
                "Two to four are left for the learner, and some hold already.",
                "Take more away from the model, or less.",
            ),
        );
    }
}

/// A witness fails exactly the rules that it lists.
fn wrong(id: &str, witness: &Witness, judged: &Judged, node: &Node, report: &mut Report<'_>) {
    let with = |outcome: Outcome| -> BTreeSet<&str> {
        let rules = judged.rules.iter().filter(|rule| rule.outcome == outcome);
        rules.map(|rule| rule.id.as_str()).collect()
    };
    let lists = [
        ("fails", Outcome::Fail, &witness.fails),
        ("not_reached", Outcome::NotReached, &witness.not_reached),
    ];
    for (name, outcome, written) in lists {
        let written: BTreeSet<&str> = written.iter().map(String::as_str).collect();
        let real = with(outcome);
        if written == real {
            continue;
        }
        let new: Vec<&str> = real.difference(&written).copied().collect();
        let gone: Vec<&str> = written.difference(&real).copied().collect();
        let mut what = Vec::new();
        if !new.is_empty() {
            what.push(format!("lacks {}", listed(&new)));
        }
        for rule in gone {
            let outcome = judged
                .rules
                .iter()
                .find(|judged| judged.id == rule)
                .map(|judged| judged.outcome);
            let becomes = match outcome {
                Some(Outcome::Pass) => "passes",
                Some(Outcome::Fail) => "fails",
                Some(Outcome::NotReached) | None => "is not reached",
            };
            what.push(format!("names `{rule}`, which {becomes}"));
        }
        let unlike = judged.rules.iter().find(|rule| new.contains(&rule.id.as_str()));
        let why = unlike.map_or_else(
            || "A witness lists exactly what becomes of the rules, so that each of them is seen to work.".to_owned(),
            |rule| format!("`{}`: {}", rule.id, first(rule)),
        );
        report.error(
            "witness",
            node.field(id).get(name).map_or(node.key(id), |list| list.span),
            says(
                format!("`{name}` of the witness `{id}` {}", what.join(", and ")),
                why,
                format!(
                    "Mend the design or the rule, or write `{name}: [{}]`.",
                    real.into_iter().collect::<Vec<_>>().join(", ")
                ),
            ),
        );
    }
}

/// Names, all of them: "`a`, `b` and `c`".
fn listed(names: &[&str]) -> String {
    either(names).replace(" or ", " and ")
}

/// The first thing that a rule has to say.
fn first(rule: &sandtable_architecture::rules::RuleReport) -> String {
    rule.findings
        .first()
        .map_or_else(|| "It gives no reason.".to_owned(), |finding| finding.says.clone())
}
