use crate::catalogue::capital;
use crate::design::{Design, Kind, RoleId};
use crate::network::{Ended, NONE, Net, Place, Probe, World};
use crate::task::{Expect, Fault, Predicate, RouteRule, Task, To};

/// What becomes of a flow, in whatever zones a hub picks and for all addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// Packet and answer arrive; of a flow of which no answer is asked, the packet.
    Arrives,
    /// The packet arrives, the answer does not.
    Half,
    /// It arrives, but not through what it has to pass.
    Around,
    /// A hub's table drops it.
    Dropped,
    /// It stops elsewhere.
    Stopped,
    /// One of its ends does not work.
    Gone,
}

/// A flow, from one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where it begins.
    pub from: Place,
    /// Where it wants to go.
    pub to: Place,
    /// What becomes of it.
    pub became: Became,
    /// What a task asks for, where it asks for anything.
    pub wanted: Option<Expect>,
}

/// A segment: what has one role, or the internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What people call it.
    pub label: String,
    /// What belongs to it, by id.
    pub places: Vec<Place>,
}

/// The flows of a cell: what becomes of each, and what a task asks for.
pub type Flows = Vec<(Became, Option<Expect>)>;

/// Who reaches whom, segment by segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The segments; the internet is the last and only ever a destination.
    pub groups: Vec<Group>,
    /// Row by row, a cell a destination: the flows from the row's segment to the column's.
    pub cells: Vec<Vec<Flows>>,
}

impl Matrix {
    /// The flows of a cell, by their places in the segments.
    #[must_use]
    pub fn flows(&self, row: usize, column: usize) -> Vec<Flow> {
        let (Some(from), Some(to)) = (self.groups.get(row), self.groups.get(column)) else {
            return Vec::new();
        };
        let cell = self.cells.get(row).and_then(|row| row.get(column));
        let mut cell = cell.map_or(&[][..], Vec::as_slice).iter();
        let mut flows = Vec::new();
        for from in &from.places {
            for to in to.places.iter().filter(|to| *to != from) {
                let Some((became, wanted)) = cell.next() else { break };
                flows.push(Flow {
                    from: from.clone(),
                    to: to.clone(),
                    became: *became,
                    wanted: *wanted,
                });
            }
        }
        flows
    }
}

/// What a rule asks of flows.
struct Wish<'a> {
    rule: &'a RouteRule,
    from: Vec<usize>,
    /// [`NONE`] is the internet.
    to: Vec<usize>,
    through: Option<Vec<bool>>,
}

impl Wish<'_> {
    /// Whether it is about a flow. A rule that judges answers too asks for the same packets the other way round.
    fn is_about(&self, from: usize, to: usize) -> bool {
        let has = |from: usize, to: usize| self.from.contains(&from) && self.to.contains(&to);
        has(from, to) || self.rule.both && to != NONE && has(to, from)
    }
}

/// What a task asks of flows: of two rules about one, the first counts that asks for it with nothing broken.
fn wishes<'a>(net: &Net<'_>, task: &'a Task) -> Vec<Wish<'a>> {
    let mut wishes = Vec::new();
    for under in [false, true] {
        for rule in &task.rules {
            let Predicate::Route(rule) = &rule.predicate else {
                continue;
            };
            if rule.under.is_some() == under {
                wishes.push(Wish {
                    rule,
                    from: net.ends(&rule.from),
                    to: match &rule.to {
                        To::Internet => vec![NONE],
                        To::Parts(selector) => net.ends(selector),
                    },
                    through: rule.through.as_ref().map(|through| net.meant(through)),
                });
            }
        }
    }
    wishes
}

fn became(probe: &mut Probe<'_>, from: usize, to: usize, wish: Option<&Wish<'_>>) -> Became {
    let is_up = |place: usize| place == NONE || probe.world.is_up(place);
    if !is_up(from) || !is_up(to) {
        return Became::Gone;
    }
    let stops = |end: Ended| match end {
        Ended::Dropped => Became::Dropped,
        Ended::Delivered | Ended::Stopped => Became::Stopped,
    };
    if wish.is_some_and(|wish| wish.rule.expect == Expect::Dropped) {
        // One packet that arrives is one too many, whatever becomes of its answer.
        return match probe.undropped(from, to) {
            None => Became::Dropped,
            Some(trouble) if trouble.leg.end() == Ended::Delivered => match probe.trouble(from, to, true, None) {
                None => Became::Arrives,
                Some(_) => Became::Half,
            },
            Some(_) => Became::Stopped,
        };
    }
    let both = wish.is_none_or(|wish| wish.rule.both);
    let through = wish.and_then(|wish| wish.through.as_deref());
    match probe.trouble(from, to, both, through) {
        None => Became::Arrives,
        Some(trouble) if trouble.is_back => Became::Half,
        Some(trouble) if trouble.is_around => Became::Around,
        Some(trouble) => stops(trouble.leg.end()),
    }
}

/// Who reaches whom after these faults. Segments are the roles of subnets and sites.
#[must_use]
pub fn matrix(net: &Net<'_>, design: &Design, task: &Task, faults: &[Fault]) -> Matrix {
    let world = World::after(net, faults);
    let mut segments: Vec<(&RoleId, Vec<usize>)> = Vec::new();
    for (no, (_, part)) in design.parts.iter().enumerate() {
        if let (Kind::Subnet | Kind::Site, Some(role)) = (part.kind, &part.role) {
            let place = match segments.binary_search_by(|(known, _)| (*known).cmp(role)) {
                Ok(place) => place,
                Err(place) => {
                    segments.insert(place, (role, Vec::new()));
                    place
                }
            };
            if let Some((_, places)) = segments.get_mut(place) {
                places.push(no);
            }
        }
    }
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (role, places) in segments {
        groups.push((label(task, role), places));
    }
    groups.push(("Internet".to_owned(), vec![NONE]));
    let wishes = wishes(net, task);
    let mut probe = Probe::new(&world);
    let mut cells = Vec::new();
    for (_, from) in groups.iter().filter(|(_, places)| *places != [NONE]) {
        let mut row = Vec::new();
        for (_, to) in &groups {
            let mut cell = Vec::with_capacity(from.len() * to.len());
            for from in from {
                for to in to.iter().filter(|to| *to != from) {
                    let wish = wishes.iter().find(|wish| wish.is_about(*from, *to));
                    let wanted = wish.map(|wish| wish.rule.expect);
                    cell.push((became(&mut probe, *from, *to, wish), wanted));
                }
            }
            row.push(cell);
        }
        cells.push(row);
    }
    let named = |(label, places): (String, Vec<usize>)| Group {
        label,
        places: places.into_iter().map(|no| world.place(no)).collect(),
    };
    Matrix {
        groups: groups.into_iter().map(named).collect(),
        cells,
    }
}

fn label(task: &Task, role: &RoleId) -> String {
    match task.roles.iter().find(|known| known.id == *role) {
        Some(known) => known.label.clone(),
        None => capital(role.as_str()),
    }
}
