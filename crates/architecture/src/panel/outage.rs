use crate::sorted::BTreeSet;

use crate::catalogue::capital;
use crate::design::{Design, LinkId, PartId};
use crate::network::{Net, Probe, Walk, World, domains};
use crate::rules::{Flow, Matrix, attachments, matrix};
use crate::task::{Breakable, Fault, Task};

/// Something that can be broken on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// A word for the page: stays the same while the thing is there.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What it is.
    pub fault: Fault,
}

/// What a task lets a learner break in a design.
#[must_use]
pub fn breaks(design: &Design, task: &Task) -> Vec<Break> {
    let mut found = Vec::new();
    for breakable in &task.faults {
        match breakable {
            Breakable::Zones => {
                let all = domains(design);
                for domain in all.iter() {
                    found.push(Break {
                        id: ["zone:", domain].concat(),
                        label: zone(&all, domain),
                        fault: Fault::Domain(domain.clone()),
                    });
                }
            }
            Breakable::Attachments => {
                for id in attachments(design) {
                    let network = design.links.get(&id).map(|link| design.name(&link.from));
                    found.push(Break {
                        id: ["link:", id.as_str()].concat(),
                        label: ["Attachment of ", network.as_deref().unwrap_or_default()].concat(),
                        fault: Fault::Link(id),
                    });
                }
            }
        }
    }
    found
}

/// A domain by the name of its zones, "Zone a"; with the region where there are two of that name.
fn zone(all: &BTreeSet<String>, domain: &str) -> String {
    fn name(domain: &str) -> &str {
        domain.rsplit('/').next().unwrap_or(domain)
    }
    let twins = all.iter().filter(|other| name(other) == name(domain)).count();
    let says = match twins {
        1 => name(domain).to_owned(),
        _ => domain.replace('/', ", "),
    };
    match says.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("zone")) {
        true => says,
        false => ["Zone ", &says].concat(),
    }
}

/// What something broken takes with it, and who still reaches whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outage {
    /// What was broken; nothing when all is whole.
    pub broken: Option<Break>,
    /// The parts that do not work.
    pub down: BTreeSet<PartId>,
    /// The links that do not work.
    pub cut: BTreeSet<LinkId>,
    /// The flows that are left.
    pub matrix: Matrix,
    /// The flows while all is whole.
    pub whole: Matrix,
}

/// One cell of the table of flows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How many of its flows work.
    pub works: usize,
    /// How many there are.
    pub of: usize,
    /// How many worked while all was whole.
    pub before: usize,
}

impl Outage {
    /// Breaks something, or nothing.
    #[must_use]
    pub fn of(design: &Design, task: &Task, broken: Option<Break>) -> Self {
        let faults: Vec<Fault> = broken.iter().map(|broken| broken.fault.clone()).collect();
        let net = Net::new(design);
        let world = World::after(&net, &faults);
        let down: BTreeSet<PartId> = design.parts.keys().filter(|id| !world.works(id)).cloned().collect();
        Outage {
            cut: world.cut(),
            down,
            matrix: matrix(&net, design, task, &faults),
            whole: matrix(&net, design, task, &[]),
            broken,
        }
    }

    /// The cells of a row and column of the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        let (works, _) = self.matrix.count(row, column);
        let (before, of) = self.whole.count(row, column);
        Cell { works, of, before }
    }

    /// How many flows work, how many there are, how many worked before.
    #[must_use]
    pub fn total(&self) -> Cell {
        let mut total = Cell {
            works: 0,
            of: 0,
            before: 0,
        };
        for row in 0..self.whole.cells.len() {
            for column in 0..self.whole.groups.len() {
                let cell = self.cell(row, column);
                total.works += cell.works;
                total.of += cell.of;
                total.before += cell.before;
            }
        }
        total
    }

    /// What happened, in a sentence: "Zone a broken. 2 parts down, 6 of the 8 flows that arrived still do."
    #[must_use]
    pub fn says(&self) -> String {
        let Cell { works, before, .. } = self.total();
        let flows = |n: usize| [n.to_string().as_str(), if n == 1 { " flow" } else { " flows" }].concat();
        let Some(broken) = &self.broken else {
            return match before {
                0 => "No flow arrives yet, in both directions.".to_owned(),
                1 => "1 flow arrives, in both directions.".to_owned(),
                n => [&flows(n), " arrive, in both directions."].concat(),
            };
        };
        let down = match self.down.len() {
            0 => String::new(),
            1 => "1 part down, ".to_owned(),
            n => [&n.to_string(), " parts down, "].concat(),
        };
        let rest = match (works, before) {
            (_, 0) => "no flow arrived before.".to_owned(),
            (works, before) if works == before => ["all ", &flows(before), " still arrive."].concat(),
            (works, before) => [&works.to_string(), " of ", &flows(before), " still arrive."].concat(),
        };
        let rest = if down.is_empty() { capital(&rest) } else { rest };
        [&broken.label, " broken. ", &down, &rest].concat()
    }

    /// The flows of a cell, those that fail first.
    #[must_use]
    pub fn flows(&self, row: usize, column: usize) -> Vec<Flow> {
        self.matrix.flows(row, column)
    }

    /// A flow, hop by hop: a title and its lines, for the way out and, if there is one, the way back. Of several ways, the
    /// first that fails.
    #[must_use]
    pub fn steps(&self, design: &Design, flow: &Flow) -> Vec<(String, Vec<String>)> {
        let faults: Vec<Fault> = self.broken.iter().map(|broken| broken.fault.clone()).collect();
        let net = Net::new(design);
        let world = World::after(&net, &faults);
        let (from, to) = (world.number(&flow.from), world.number(&flow.to));
        let mut probe = Probe::new(&world);
        let trouble = probe.trouble(from, to, true, None);
        let mut ways = vec![way("Out", &world.tell(&probe.out, to))];
        if trouble.is_none_or(|trouble| trouble.is_back) {
            ways.push(way("Back", &world.tell(&probe.back, from)));
        }
        ways
    }
}

fn way(title: &str, walk: &Walk) -> (String, Vec<String>) {
    let mut lines: Vec<String> = walk.hops.iter().map(|hop| hop.says.clone()).collect();
    if !walk.why().is_empty() && lines.last().map(String::as_str) != Some(walk.why()) {
        lines.push(walk.why().to_owned());
    }
    (title.to_owned(), lines)
}
