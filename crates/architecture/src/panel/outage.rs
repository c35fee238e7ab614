use crate::sorted::BTreeSet;

use crate::catalogue::capital;
use crate::design::{Design, LinkId, PartId};
use crate::network::{Cause, Ended, Net, Place, Probe, Walk, World, domains, zone_name};
use crate::rules::{Became, Flow, Matrix, attachments, matrix};
use crate::task::{Breakable, Expect, Fault, Task};

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
                        label: capital(&zone_name(&all, domain)),
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

/// What something broken takes with it, and who still reaches whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outage {
    /// What was broken; nothing when all is whole.
    pub broken: Option<Break>,
    /// The parts that do not work.
    pub down: BTreeSet<PartId>,
    /// The links that do not work.
    pub cut: BTreeSet<LinkId>,
    /// What becomes of the flows.
    matrix: Matrix,
    /// The same while all is whole.
    whole: Matrix,
}

/// How it is with a flow: what is asked for, and what is so. In the order in which they are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It arrives and must not.
    Forbidden,
    /// It arrives, but not through what it has to pass.
    Around,
    /// It arrived before something was broken, both its ends still work, and it does not arrive any more.
    Lost,
    /// It should arrive and does not.
    Missing,
    /// It should be stopped by the hub, and does not come so far.
    Unproven,
    /// It arrives, as it should.
    Fine,
    /// It is stopped, as it should be.
    Apart,
    /// Nobody asked for it.
    #[default]
    Free,
    /// One of its ends is broken: no design saves it.
    Gone,
}

impl Standing {
    fn of(flow: &Flow, before: Became, is_broken: bool) -> Self {
        let has_stopped = before == Became::Arrives && flow.became != Became::Arrives;
        match (flow.wanted, flow.became) {
            (_, Became::Gone) => Standing::Gone,
            (Some(Expect::Dropped), Became::Dropped) => Standing::Apart,
            // What proves nothing while all is whole is not what one looks at when something is broken.
            (Some(Expect::Dropped), Became::Stopped) if is_broken => Standing::Apart,
            (Some(Expect::Dropped), Became::Stopped) => Standing::Unproven,
            (Some(Expect::Dropped), _) => Standing::Forbidden,
            _ if has_stopped => Standing::Lost,
            (Some(Expect::Delivered), Became::Arrives) => Standing::Fine,
            (Some(Expect::Delivered), Became::Around) => Standing::Around,
            (Some(Expect::Delivered), _) => Standing::Missing,
            (None, _) => Standing::Free,
        }
    }

    /// The word in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Forbidden => "forbidden",
            Standing::Around => "around",
            Standing::Lost => "lost",
            Standing::Missing => "missing",
            Standing::Unproven => "unproven",
            Standing::Fine => "fine",
            Standing::Apart => "apart",
            Standing::Free => "free",
            Standing::Gone => "gone",
        }
    }

    /// A word or two for a cell of the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Forbidden => "must not arrive",
            Standing::Around => "by a wrong way",
            Standing::Lost => "lost",
            Standing::Missing => "should arrive",
            Standing::Unproven => "not shown yet",
            Standing::Fine => "arrive",
            Standing::Apart => "kept apart",
            Standing::Free => "not asked for",
            Standing::Gone => "none left",
        }
    }
}

/// One cell of the table of flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// How many of its flows arrive.
    pub works: usize,
    /// How many there are whose ends both work.
    pub of: usize,
    /// How many arrived while all was whole.
    pub before: usize,
    /// How many of those have stopped although both ends work.
    pub lost: usize,
    /// How many have an end that is broken.
    pub gone: usize,
    /// How many of those arrived while all was whole.
    pub gone_before: usize,
    /// The worst of them.
    pub standing: Standing,
    /// How many are as bad as that.
    pub worst: usize,
}

/// Flows that are told together, under a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it is with them.
    pub standing: Standing,
    /// A title for them.
    pub title: &'static str,
    /// Which.
    pub flows: Vec<Flow>,
}

impl Outage {
    /// Breaks something, or nothing.
    #[must_use]
    pub fn of(design: &Design, task: &Task, broken: Option<Break>) -> Self {
        let faults: Vec<Fault> = broken.iter().map(|broken| broken.fault.clone()).collect();
        let net = Net::new(design);
        let world = World::after(&net, &faults);
        let down: BTreeSet<PartId> = design.parts.keys().filter(|id| !world.works(id)).cloned().collect();
        let whole = matrix(&net, design, task, &[]);
        Outage {
            cut: world.cut(),
            down,
            matrix: match faults.is_empty() {
                true => whole.clone(),
                false => matrix(&net, design, task, &faults),
            },
            whole,
            broken,
        }
    }

    /// The names of the segments, and how many of them are rows of the table: the internet only ever is a column.
    #[must_use]
    pub fn segments(&self) -> (Vec<&str>, usize) {
        let names = self.whole.groups.iter().map(|group| group.label.as_str()).collect();
        (names, self.whole.cells.len())
    }

    /// The flows of a cell with how it is with each, and whether it arrived while all was whole.
    fn judged(&self, row: usize, column: usize) -> Vec<(Standing, bool, Flow)> {
        let before = self.whole.flows(row, column);
        let flows = self.matrix.flows(row, column).into_iter().zip(before);
        let judge = |(flow, before): (Flow, Flow)| {
            let standing = Standing::of(&flow, before.became, self.broken.is_some());
            (standing, before.became == Became::Arrives, flow)
        };
        flows.map(judge).collect()
    }

    /// The cell of a row and column of the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        let mut cell = Cell {
            standing: Standing::Gone,
            ..Cell::default()
        };
        for (standing, was_there, flow) in self.judged(row, column) {
            let is_gone = standing == Standing::Gone;
            let arrives = match flow.wanted {
                Some(Expect::Dropped) => standing == Standing::Forbidden,
                _ => matches!(flow.became, Became::Arrives | Became::Around),
            };
            cell.works += usize::from(arrives);
            cell.of += usize::from(!is_gone);
            cell.before += usize::from(was_there);
            cell.lost += usize::from(standing == Standing::Lost);
            cell.gone += usize::from(is_gone);
            cell.gone_before += usize::from(is_gone && was_there);
            if standing < cell.standing {
                (cell.standing, cell.worst) = (standing, 0);
            }
            cell.worst += usize::from(standing == cell.standing);
        }
        cell
    }

    /// All cells in one, and how many flows are wanted otherwise: those that should arrive, those that must not.
    fn total(&self) -> (Cell, usize, usize) {
        let (mut total, mut missing, mut forbidden) = (Cell::default(), 0, 0);
        for row in 0..self.whole.cells.len() {
            for column in 0..self.whole.groups.len() {
                for (standing, was_there, flow) in self.judged(row, column) {
                    total.works += usize::from(flow.became == Became::Arrives);
                    total.before += usize::from(was_there);
                    total.lost += usize::from(standing == Standing::Lost);
                    total.gone_before += usize::from(standing == Standing::Gone && was_there);
                    missing += usize::from(matches!(standing, Standing::Missing | Standing::Around));
                    forbidden += usize::from(standing == Standing::Forbidden);
                }
            }
        }
        (total, missing, forbidden)
    }

    /// What happened, in sentences: "Zone a broken. 2 parts down, 6 of the 8 flows that arrived still do. ..."
    #[must_use]
    pub fn says(&self) -> String {
        let (total, missing, forbidden) = self.total();
        let number = |n: usize| n.to_string();
        let flows = |n: usize| [number(n).as_str(), if n == 1 { " flow" } else { " flows" }].concat();
        let mut says = match &self.broken {
            None => match total.before {
                0 => "No flow arrives yet, in both directions.".to_owned(),
                1 => "1 flow arrives, in both directions.".to_owned(),
                n => [&flows(n), " arrive, in both directions."].concat(),
            },
            Some(broken) => {
                let down = match self.down.len() {
                    0 => String::new(),
                    1 => "1 part down, ".to_owned(),
                    n => [&number(n), " parts down, "].concat(),
                };
                let still = total.before - total.lost - total.gone_before;
                let rest = match total.before {
                    0 => "no flow arrived before.".to_owned(),
                    before if still == before => ["all ", &flows(before), " still arrive."].concat(),
                    before => [&number(still), " of ", &flows(before), " still arrive."].concat(),
                };
                let rest = if down.is_empty() { capital(&rest) } else { rest };
                [&broken.label, " broken. ", &down, &rest].concat()
            }
        };
        let mut add = |n: usize, one: &str, many: &str| {
            if n > 0 {
                says.push(' ');
                says.push_str(&number(n));
                says.push_str(if n == 1 { one } else { many });
            }
        };
        if self.broken.is_some() {
            add(
                total.gone_before,
                " went with its own end: no design saves it.",
                " went with their own end: no design saves them.",
            );
            match self.is_zone() {
                true => add(
                    total.lost,
                    " was lost between parts that still work: another design would have saved it.",
                    " were lost between parts that still work: another design would have saved them.",
                ),
                false => add(total.lost, " was lost with it.", " were lost with it."),
            }
        }
        add(missing, " that should arrive does not.", " that should arrive do not.");
        add(forbidden, " arrives that must not.", " arrive that must not.");
        says
    }

    fn is_zone(&self) -> bool {
        matches!(&self.broken, Some(broken) if matches!(broken.fault, Fault::Domain(_)))
    }

    /// The flows of a cell, by how it is with them, the worst first.
    #[must_use]
    pub fn flows(&self, row: usize, column: usize) -> Vec<Told> {
        let mut told: Vec<Told> = Vec::new();
        for (standing, _, flow) in self.judged(row, column) {
            match told.iter_mut().find(|told| told.standing == standing) {
                Some(told) => told.flows.push(flow),
                None => told.push(Told {
                    standing,
                    title: self.title(standing),
                    flows: vec![flow],
                }),
            }
        }
        crate::sorted::sort_by_key(&mut told, |told| told.standing);
        for told in &mut told {
            // What arrives tells least.
            crate::sorted::sort_by_key(&mut told.flows, |flow| flow.became == Became::Arrives);
        }
        told
    }

    fn title(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Forbidden => "Arrive, and must not",
            Standing::Around => "Arrive, but not through what they have to pass",
            Standing::Lost if self.is_zone() => "Lost, although both ends still work: another design saves these",
            Standing::Lost => "Lost with it, although both ends still work",
            Standing::Missing => "Should arrive, and do not",
            Standing::Unproven => "Stopped, but not by a table of the hub, so nothing is shown yet",
            Standing::Fine => "Arrive, as they should",
            Standing::Apart => "Stopped, as they should be",
            Standing::Free => "Nobody asked for these",
            Standing::Gone => "Gone with one of their ends: no design saves these",
        }
    }

    /// A flow in a line: "Records 1 to Shared 1 arrives".
    #[must_use]
    pub fn line(&self, design: &Design, flow: &Flow) -> String {
        let name = |place: &Place| match place {
            Place::Part(id) => design.name(id),
            Place::Internet => "the internet".to_owned(),
        };
        let says = match flow.became {
            Became::Arrives => " arrives",
            Became::Half => " arrives, its answer does not",
            Became::Around => " arrives by a wrong way",
            Became::Dropped => " is dropped by the hub",
            Became::Stopped => " does not arrive",
            Became::Gone => {
                let is_down = |place: &&Place| matches!(place, Place::Part(id) if self.down.contains(id));
                let end = [&flow.from, &flow.to].into_iter().find(is_down);
                let end = end.map(name).unwrap_or_default();
                let label = self.broken.as_ref().map_or("", |broken| broken.label.as_str());
                return [
                    &name(&flow.from),
                    " to ",
                    &name(&flow.to),
                    ": ",
                    &end,
                    " went with ",
                    label,
                    ".",
                ]
                .concat();
            }
        };
        [&name(&flow.from), " to ", &name(&flow.to), says].concat()
    }

    /// A flow, hop by hop: a title and its lines, for the way out and, if there is one, the way back. Of several ways, the
    /// first that is not as it should be. With it comes the place where the reason lies, for what does not arrive.
    #[must_use]
    pub fn steps(&self, design: &Design, flow: &Flow) -> (Vec<(&'static str, Vec<String>)>, Option<Cause>) {
        let faults: Vec<Fault> = self.broken.iter().map(|broken| broken.fault.clone()).collect();
        let net = Net::new(design);
        let world = World::after(&net, &faults);
        let (from, to) = (world.number(&flow.from), world.number(&flow.to));
        let mut probe = Probe::new(&world);
        let is_forbidden = flow.wanted == Some(Expect::Dropped);
        let arrives = is_forbidden && {
            let way = probe.undropped(from, to);
            way.is_some_and(|way| way.leg.end() == Ended::Delivered)
        };
        if arrives {
            let out = world.tell(&probe.out, to);
            return (vec![way("Out", &out)], out.cause);
        }
        let trouble = probe.trouble(from, to, true, None);
        let is_fine = trouble.is_none();
        let out = world.tell(&probe.out, to);
        let mut ways = vec![way("Out", &out)];
        let mut cause = out.cause;
        if trouble.is_none_or(|trouble| trouble.is_back) {
            let back = world.tell(&probe.back, from);
            ways.push(way("The answer", &back));
            cause = back.cause;
        }
        // Of what arrives there is nothing to put right.
        (ways, cause.filter(|_| !is_fine))
    }
}

fn way(title: &'static str, walk: &Walk) -> (&'static str, Vec<String>) {
    let mut lines: Vec<String> = walk.hops.iter().map(|hop| hop.says.clone()).collect();
    if !walk.why().is_empty() && lines.last().map(String::as_str) != Some(walk.why()) {
        lines.push(walk.why().to_owned());
    }
    (title, lines)
}
