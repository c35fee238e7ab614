use crate::sorted::BTreeSet;

use super::flow::{Direction, Flow, name, part};
use super::{Finding, Judged};
use crate::design::{Design, Kind, LinkId, Part, PartId};
use crate::network::{End, Place, Walk, World, domains, walk};
use crate::task::{Breakable, Expect, Fault, RouteRule, Selector, To};

/// How many findings a rule shows; more of one kind teach nothing.
const SHOWN: usize = 4;

/// A design as it is and with each thing broken that rules ask about: made once for all of them.
#[derive(Default)]
pub(super) struct Worlds<'a> {
    whole: Option<World<'a>>,
    zones: Option<Vec<(Fault, World<'a>)>>,
    attachments: Option<Vec<(Fault, World<'a>)>>,
}

impl<'a> Worlds<'a> {
    fn whole(&mut self, design: &'a Design) -> &World<'a> {
        self.whole.get_or_insert_with(|| World::after(design, &[]))
    }

    fn broken(&mut self, design: &'a Design, under: Breakable) -> &[(Fault, World<'a>)] {
        let known = match under {
            Breakable::Zones => &mut self.zones,
            Breakable::Attachments => &mut self.attachments,
        };
        known.get_or_insert_with(|| {
            let world = |fault: Fault| (fault.clone(), World::after(design, &[fault]));
            faults(design, under).into_iter().map(world).collect()
        })
    }
}

/// Judges where packets go.
pub(super) fn judge<'a>(design: &'a Design, rule: &RouteRule, worlds: &mut Worlds<'a>) -> Judged {
    let from = ends(design, &rule.from);
    let to = match &rule.to {
        To::Internet => vec![Place::Internet],
        To::Parts(selector) => ends(design, selector),
    };
    if from.is_empty() || to.is_empty() {
        return Judged::not_reached("There is nothing yet to send from, or to.");
    }
    let whole = worlds.whole(design);
    if let Some(bare) = from.iter().chain(&to).find(|place| whole.address(place).is_none()) {
        let says = format!("{} has no prefix yet, so no address.", name(design, bare));
        return Judged::not_reached_by(vec![Finding {
            says,
            parts: part(bare).into_iter().collect(),
            ..Finding::default()
        }]);
    }
    let judged = match rule.expect {
        Expect::Delivered => delivered(whole, rule, &from, &to, None),
        Expect::Dropped => dropped(whole, rule, &from, &to),
    };
    match rule.under {
        None => judged,
        Some(under) if judged.outcome == super::Outcome::Pass => broken(rule, &from, &to, worlds.broken(design, under)),
        Some(_) => {
            let mut findings = judged.findings;
            let says = "With nothing broken it does not hold yet.".to_owned();
            findings.insert(
                0,
                Finding {
                    says,
                    ..Finding::default()
                },
            );
            findings.truncate(2);
            Judged::not_reached_by(findings)
        }
    }
}

/// After each fault of the set, from what is left.
fn broken(rule: &RouteRule, from: &[Place], to: &[Place], worlds: &[(Fault, World<'_>)]) -> Judged {
    if worlds.is_empty() {
        return Judged::not_reached("There is nothing yet that could break.");
    }
    let mut findings = Vec::new();
    for (fault, world) in worlds {
        let left = |places: &[Place]| -> Vec<Place> {
            let works = |place: &&Place| part(place).is_none_or(|id| world.works(&id));
            places.iter().filter(works).cloned().collect()
        };
        let judged = match rule.expect {
            Expect::Delivered => delivered(world, rule, &left(from), &left(to), Some(fault)),
            Expect::Dropped => dropped(world, rule, &left(from), &left(to)),
        };
        if judged.outcome != super::Outcome::Pass {
            findings.extend(judged.findings);
        }
    }
    findings.truncate(SHOWN);
    if findings.is_empty() {
        Judged::pass()
    } else {
        Judged::fail(findings)
    }
}

/// Everything of a set that can break, one at a time.
pub(crate) fn faults(design: &Design, under: Breakable) -> Vec<Fault> {
    match under {
        Breakable::Zones => domains(design).into_iter().map(Fault::Domain).collect(),
        Breakable::Attachments => attachments(design).into_iter().map(Fault::Link).collect(),
    }
}

fn attachments(design: &Design) -> Vec<LinkId> {
    let links = design.links.iter();
    links
        .filter(|(_, link)| is_hub(design, &link.from) || is_hub(design, &link.to))
        .map(|(id, _)| id.clone())
        .collect()
}

fn delivered(world: &World<'_>, rule: &RouteRule, from: &[Place], to: &[Place], fault: Option<&Fault>) -> Judged {
    let mut findings: Vec<Finding> = Vec::new();
    for (from, to) in pairs(from, to) {
        let flow = if rule.both {
            Flow::send(world, from, to)
        } else {
            one_way(world, from, to)
        };
        let Some(finding) = wrong(world, rule, &flow, fault) else {
            continue;
        };
        // One of a kind is enough: the same table, the same sentence.
        if findings.iter().all(|known| known.says != finding.says) {
            findings.push(finding);
        }
        if findings.len() == SHOWN {
            break;
        }
    }
    if findings.is_empty() {
        Judged::pass()
    } else {
        Judged::fail(findings)
    }
}

fn one_way(world: &World<'_>, from: &Place, to: &Place) -> Flow {
    Flow {
        from: from.clone(),
        to: to.clone(),
        out: walk(world, from, to),
        back: None,
    }
}

/// What is wrong with a flow that should arrive.
fn wrong(world: &World<'_>, rule: &RouteRule, flow: &Flow, fault: Option<&Fault>) -> Option<Finding> {
    let design = world.design;
    let when = match fault {
        Some(Fault::Domain(domain)) => format!("Without zone {domain}: "),
        Some(Fault::Link(id)) => format!("Without {}: ", link_name(design, id)),
        Some(Fault::Part(id)) => format!("Without {}: ", design.name(id)),
        None => String::new(),
    };
    let between = format!("{} to {}", name(design, &flow.from), name(design, &flow.to));
    let broken = flow
        .broken()
        .filter(|(direction, _)| rule.both || *direction == Direction::Out && !flow.out.is_delivered());
    if let Some((direction, walk)) = broken {
        let way = match direction {
            Direction::Out => "",
            Direction::Back => ", on the way back",
        };
        let says = format!("{when}{between}{way}: {}", walk.why());
        return Some(finding(flow, walk, says));
    }
    let through = rule.through.as_ref()?;
    if flow
        .out
        .firewalls
        .iter()
        .any(|firewall| through.matches(design, firewall))
    {
        return None;
    }
    Some(finding(
        flow,
        &flow.out,
        format!("{when}{between}: it arrives, but passes none of the parts it has to pass."),
    ))
}

fn dropped(world: &World<'_>, rule: &RouteRule, from: &[Place], to: &[Place]) -> Judged {
    let design = world.design;
    let (mut arrived, mut unproven) = (Vec::new(), Vec::new());
    let ways = pairs(from, to).chain(pairs(to, from).filter(|_| rule.both));
    for (from, to) in ways {
        let flow = one_way(world, from, to);
        let between = format!("{} to {}", name(design, from), name(design, to));
        match &flow.out.end {
            End::Dropped(_) => {}
            End::Delivered => {
                // The hub decides who reaches whom: its last word tells more than the table at the end of the way.
                let decided = flow.out.hops.iter().rev().find(|hop| is_hub(design, &hop.at));
                let row = decided.map_or_else(String::new, |hop| format!(" {}", hop.says));
                let mut found = finding(&flow, &flow.out, format!("{between}: the packet arrives.{row}"));
                if let Some(table) = decided.and_then(|hop| hop.table.clone()) {
                    found.parts.retain(|id| *id != table);
                    found.parts.insert(0, table);
                }
                arrived.push(found);
            }
            End::Stopped(why) => unproven.push(finding(
                &flow,
                &flow.out,
                format!("{between}: nothing is shown yet. {why}"),
            )),
        }
    }
    match (arrived.is_empty(), unproven.is_empty()) {
        (false, _) => Judged::fail(first_of_kind(arrived)),
        (true, false) => Judged::not_reached_by(first_of_kind(unproven)),
        (true, true) => Judged::pass(),
    }
}

fn first_of_kind(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().take(SHOWN).collect()
}

/// A finding about a walk: the last table and row first, then where the flow begins and ends.
fn finding(flow: &Flow, walk: &Walk, says: String) -> Finding {
    let tables = walk.hops.iter().rev().filter_map(|hop| hop.table.clone());
    let stops = walk.hops.iter().rev().map(|hop| hop.at.clone());
    let ends = [&flow.from, &flow.to].into_iter().filter_map(part);
    let mut seen = BTreeSet::new();
    Finding {
        says,
        parts: tables
            .take(1)
            .chain(stops)
            .chain(ends)
            .filter(|id| seen.insert(id.clone()))
            .collect(),
        links: walk.hops.iter().filter_map(|hop| hop.by.clone()).collect(),
        walk: Some(walk.clone()),
    }
}

fn link_name(design: &Design, id: &LinkId) -> String {
    match design.links.get(id) {
        Some(link) => format!(
            "the attachment of {} to {}",
            design.name(&link.from),
            design.name(&link.to)
        ),
        None => id.to_string(),
    }
}

fn pairs<'a>(from: &'a [Place], to: &'a [Place]) -> impl Iterator<Item = (&'a Place, &'a Place)> {
    from.iter()
        .flat_map(move |from| to.iter().map(move |to| (from, to)))
        .filter(|(from, to)| from != to)
}

/// The subnets and sites that are meant: a container stands for the subnets inside it.
fn ends(design: &Design, selector: &Selector) -> Vec<Place> {
    let is_end = |(id, part): &(&PartId, &Part)| match part.kind {
        Kind::Site => selector.matches(design, id),
        Kind::Subnet => {
            selector.matches(design, id) || design.ancestors(id).any(|(above, _)| selector.matches(design, above))
        }
        _ => false,
    };
    let found = design.parts.iter().filter(is_end);
    found.map(|(id, _)| Place::Part(id.clone())).collect()
}

fn is_hub(design: &Design, id: &PartId) -> bool {
    design.parts.get(id).is_some_and(|part| part.kind == Kind::Transit)
}
