use std::sync::Arc;

use super::{Finding, Judged, Outcome, prefix_of};
use crate::design::{Design, Item, Kind, LinkId, PartId};
use crate::network::{Ended, NONE, Net, Probe, Trouble, Walk, World, domains, zone_name};
use crate::sorted::BTreeSet;
use crate::task::{Breakable, Expect, Fault, RouteRule, To};

/// How many findings a rule shows; more of one kind teach nothing.
const SHOWN: usize = 4;

/// A design as it is and with each thing broken that rules ask about: made once for all of them.
pub(super) struct Worlds<'a> {
    net: &'a Net<'a>,
    design: &'a Design,
    whole: Option<World<'a>>,
    zones: Option<Vec<(Fault, World<'a>)>>,
    attachments: Option<Vec<(Fault, World<'a>)>>,
}

impl<'a> Worlds<'a> {
    pub(super) fn new(net: &'a Net<'a>, design: &'a Design) -> Self {
        Worlds {
            net,
            design,
            whole: None,
            zones: None,
            attachments: None,
        }
    }

    fn broken(&mut self, under: Breakable) -> &[(Fault, World<'a>)] {
        let known = match under {
            Breakable::Zones => &mut self.zones,
            Breakable::Attachments => &mut self.attachments,
        };
        let (net, design) = (self.net, self.design);
        known.get_or_insert_with(|| {
            let mut worlds = Vec::new();
            for fault in faults(design, under) {
                let world = World::after(net, std::slice::from_ref(&fault));
                worlds.push((fault, world));
            }
            worlds
        })
    }
}

/// What is wrong with the flows of a rule, a cause once.
#[derive(Default)]
struct Causes {
    /// The first of each, as a finding, and how many more there are.
    found: Vec<(Trouble, Finding, usize)>,
}

impl Causes {
    fn add(&mut self, net: &Net<'_>, trouble: Trouble, finding: &dyn Fn(&Trouble) -> Finding) {
        if let Some((_, _, more)) = self.found.iter_mut().find(|(known, ..)| known.is_like(&trouble, net)) {
            *more += 1;
        } else if self.found.len() < SHOWN {
            let finding = finding(&trouble);
            self.found.push((trouble, finding, 0));
        }
    }

    fn findings(self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (_, mut finding, more) in self.found {
            match more {
                0 => {}
                1 => finding.says.push_str(" One more flow is like it."),
                more => finding
                    .says
                    .push_str(&[" ", &more.to_string(), " more flows are like it."].concat()),
            }
            findings.push(finding);
        }
        findings
    }
}

/// Judges where packets go.
pub(super) fn judge(rule: &RouteRule, worlds: &mut Worlds<'_>) -> Judged {
    let net = worlds.net;
    let from = net.ends(&rule.from);
    let to = match &rule.to {
        To::Internet => vec![NONE],
        To::Parts(selector) => net.ends(selector),
    };
    if !has_pair(&from, &to) {
        return Judged::not_reached("There is nothing yet to send from, or to.");
    }
    let whole = worlds.whole.get_or_insert_with(|| World::after(net, &[]));
    if let Some(bare) = from.iter().chain(&to).find(|place| net.atoms(**place).is_empty()) {
        return Judged::not_reached_by(vec![Finding {
            says: [whole.name(*bare).as_str(), " has no prefix yet, so no address."].concat(),
            parts: net.id(*bare).cloned().into_iter().collect(),
            cause: net.id(*bare).and_then(prefix_of),
            ..Finding::default()
        }]);
    }
    let through = rule.through.as_ref().map(|through| net.meant(through));
    let judged = sent(whole, rule, &from, &to, through.as_deref());
    let Some(under) = rule.under else {
        return judged;
    };
    if judged.outcome != Outcome::Pass {
        let mut findings = judged.findings;
        findings.insert(0, sentence("With nothing broken it does not hold yet.".to_owned()));
        findings.truncate(2);
        return Judged::not_reached_by(findings);
    }
    let zones = domains(worlds.design);
    broken(rule, &from, &to, through.as_deref(), worlds.broken(under), &zones)
}

/// After each fault of the set, from what is left.
fn broken(
    rule: &RouteRule,
    from: &[usize],
    to: &[usize],
    through: Option<&[bool]>,
    worlds: &[(Fault, World<'_>)],
    zones: &BTreeSet<String>,
) -> Judged {
    if worlds.is_empty() {
        return Judged::not_reached("There is nothing yet that could break.");
    }
    let mut findings = Vec::new();
    for (fault, world) in worlds {
        let left = |places: &[usize]| -> Vec<usize> {
            let places = places.iter().copied();
            places.filter(|place| *place == NONE || world.is_up(*place)).collect()
        };
        let (from, to) = (left(from), left(to));
        let judged = match has_pair(&from, &to) {
            true => sent(world, rule, &from, &to, through),
            // Nothing goes wrong where nothing is left, and nothing goes right either.
            false => Judged::fail(vec![sentence("nothing is left to send from, or to.".to_owned())]),
        };
        if judged.outcome == Outcome::Pass {
            continue;
        }
        let when = without(world, fault, zones);
        for mut finding in judged.findings {
            finding.says.insert_str(0, &when);
            findings.push(finding);
        }
    }
    findings.truncate(SHOWN);
    match findings.is_empty() {
        true => Judged::pass(),
        false => Judged::fail(findings),
    }
}

fn without(world: &World<'_>, fault: &Fault, zones: &BTreeSet<String>) -> String {
    let what = match fault {
        Fault::Domain(domain) => zone_name(zones, domain),
        Fault::Link(id) => match world.ends_of(id) {
            Some((from, to)) => ["the attachment of ", &from, " to ", &to].concat(),
            None => id.to_string(),
        },
        Fault::Part(id) => id.to_string(),
    };
    ["Without ", &what, ": "].concat()
}

/// Everything of a set that can break, one at a time.
pub(crate) fn faults(design: &Design, under: Breakable) -> Vec<Fault> {
    match under {
        Breakable::Zones => domains(design).into_iter().map(Fault::Domain).collect(),
        Breakable::Attachments => attachments(design).into_iter().map(Fault::Link).collect(),
    }
}

/// The links with a hub at one end.
pub(crate) fn attachments(design: &Design) -> Vec<LinkId> {
    let is_hub = |id: &PartId| design.parts.get(id).is_some_and(|part| part.kind == Kind::Transit);
    let links = design.links.iter();
    links
        .filter(|(_, link)| is_hub(&link.from) || is_hub(&link.to))
        .map(|(id, _)| id.clone())
        .collect()
}

/// Sends every packet of a rule.
fn sent(world: &World<'_>, rule: &RouteRule, from: &[usize], to: &[usize], through: Option<&[bool]>) -> Judged {
    let mut probe = Probe::new(world);
    let (mut wrong, mut unproven) = (Causes::default(), Causes::default());
    let mut send = |from: usize, to: usize| match rule.expect {
        Expect::Delivered => {
            if let Some(trouble) = probe.trouble(from, to, rule.both, through) {
                wrong.add(world.net(), trouble, &|trouble| undelivered(world, trouble));
            }
        }
        Expect::Dropped => match probe.undropped(from, to) {
            Some(trouble) if trouble.leg.end() == Ended::Delivered => {
                wrong.add(world.net(), trouble, &|trouble| {
                    let walk = world.tell(&trouble.leg, trouble.to());
                    decided(world, trouble, walk, ": the packet arrives. ")
                });
            }
            Some(trouble) => unproven.add(world.net(), trouble, &|trouble| unshown(world, trouble)),
            None => {}
        },
    };
    let both = rule.both && rule.expect == Expect::Dropped;
    for from in from {
        for to in to.iter().filter(|to| *to != from) {
            send(*from, *to);
        }
    }
    for to in to.iter().filter(|_| both) {
        for from in from.iter().filter(|from| *from != to) {
            send(*to, *from);
        }
    }
    match (wrong.found.is_empty(), unproven.found.is_empty()) {
        (false, _) => Judged::fail(wrong.findings()),
        (true, false) => Judged::not_reached_by(unproven.findings()),
        (true, true) => Judged::pass(),
    }
}

fn has_pair(from: &[usize], to: &[usize]) -> bool {
    from.iter().any(|from| to.iter().any(|to| to != from))
}

fn between(world: &World<'_>, trouble: &Trouble) -> String {
    let (from, to) = trouble.flow;
    [
        world.called(from, trouble),
        " to ".to_owned(),
        world.called(to, trouble),
    ]
    .concat()
}

/// A flow that should be dropped stops before a hub's table decides. Where a row is missing, no place is named: to write the
/// row for this flow would be the wrong thing, and other rules say what is missing.
fn unshown(world: &World<'_>, trouble: &Trouble) -> Finding {
    let walk = world.tell(&trouble.leg, trouble.to());
    let lead = [between(world, trouble).as_str(), ": nothing is shown yet. "].concat();
    if walk.hops.last().is_none_or(|hop| hop.row.is_some()) {
        let says = [lead.as_str(), walk.why()].concat();
        return finding(world, trouble, walk, says);
    }
    let says = "The packet stops before a hub's table drops it. What other rules miss comes first.";
    Finding {
        walk: Some(Arc::new(walk)),
        ..sentence([lead.as_str(), says].concat())
    }
}

/// What is wrong with a flow that should arrive.
fn undelivered(world: &World<'_>, trouble: &Trouble) -> Finding {
    let walk = world.tell(&trouble.leg, trouble.to());
    let way = if trouble.is_back { ", on the way back: " } else { ": " };
    if trouble.is_around {
        return decided(
            world,
            trouble,
            walk,
            ": it arrives, but passes none of the parts it has to pass. ",
        );
    }
    let says = [between(world, trouble).as_str(), way, walk.why()].concat();
    finding(world, trouble, walk, says)
}

/// A finding about a flow that arrives and should not: what the table says in which the reason lies.
fn decided(world: &World<'_>, trouble: &Trouble, walk: Walk, what: &str) -> Finding {
    let cause = walk.cause.clone().map(|cause| cause.at);
    let table = match &cause {
        Some(Item::Part(table)) => Some(table),
        _ => None,
    };
    let hop = walk
        .hops
        .iter()
        .find(|hop| table.is_some() && hop.table.as_ref() == table);
    let row = hop.map_or("", |hop| hop.says.as_str());
    let says = [between(world, trouble).as_str(), what, row].concat();
    let mut found = finding(world, trouble, walk, says.trim_end().to_owned());
    if let Some(table) = table {
        found.parts.retain(|id| id != table);
        found.parts.insert(0, table.clone());
    }
    found
}

/// A finding about a walk: the last table first, then the stops, the last first, then where the flow begins and ends.
fn finding(world: &World<'_>, trouble: &Trouble, walk: Walk, says: String) -> Finding {
    let mut parts: Vec<PartId> = Vec::new();
    let mut add = |id: Option<&PartId>| {
        if let Some(id) = id.filter(|id| !parts.contains(id)) {
            parts.push(id.clone());
        }
    };
    add(walk.hops.iter().rev().find_map(|hop| hop.table.as_ref()));
    for hop in walk.hops.iter().rev() {
        add(Some(&hop.at));
    }
    for end in [trouble.flow.0, trouble.flow.1] {
        add(world.id(end));
    }
    Finding {
        says,
        parts,
        links: walk.hops.iter().filter_map(|hop| hop.by.clone()).collect(),
        cause: walk.cause.clone(),
        walk: Some(Arc::new(walk)),
    }
}

fn sentence(says: String) -> Finding {
    Finding {
        says,
        ..Finding::default()
    }
}
