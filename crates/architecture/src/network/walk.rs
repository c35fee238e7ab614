use super::NONE;
use super::table::{Atom, Range, Way};
use super::world::{Flaw, World};
use crate::design::Kind;

/// Sends packets through a world and remembers the last of them.
///
/// Where a hub may pick a zone, a flow is right only if it holds for each: the probe goes through all of them.
pub(crate) struct Probe<'w> {
    world: &'w World<'w>,
    pub(crate) out: Leg,
    pub(crate) back: Leg,
    picks: Vec<Pick>,
    used: usize,
}

/// One direction of a flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leg {
    pub(super) steps: Vec<Step>,
    pub(super) walls: Vec<usize>,
    pub(super) fate: Fate,
    /// The prefix it is for, when that is not all of its destination.
    pub(super) apart: Option<Range>,
}

/// A step by numbers. The sentence follows the name of where it is; `{a}` is the table, `{b}` where it leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) at: usize,
    pub(super) by: usize,
    pub(super) table: usize,
    pub(super) row: Option<Range>,
    pub(super) to: usize,
    pub(super) says: &'static str,
}

/// How a leg ended, and why.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fate {
    pub(super) end: End,
    pub(super) says: &'static str,
    pub(super) a: usize,
    pub(super) b: usize,
}

/// How a leg ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// At its destination.
    #[default]
    Delivered,
    /// In a hub, by its table.
    Dropped,
    /// Somewhere else.
    Stopped,
}

/// What is wrong with a flow.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    /// From where to where.
    pub(crate) flow: (usize, usize),
    /// Whether it is the answer that has it.
    pub(crate) is_back: bool,
    /// Whether the flow arrives, but not through what it has to pass.
    pub(crate) is_around: bool,
    /// The direction that has it.
    pub(crate) leg: Leg,
}

/// A choice of the hub's: which foot of an attachment, or which of several tunnels.
#[derive(Clone, Copy, Debug)]
struct Pick {
    /// In appliance mode the attachment, which holds to it for all of a flow.
    wire: usize,
    taken: usize,
    of: usize,
}

/// Where a packet is.
enum At {
    /// In a subnet, come by a link or begun here.
    Subnet(usize, usize),
    /// At a firewall, which goes on with its subnet's table.
    Wall(usize),
    /// In a hub, come by an attachment from a zone.
    Hub(usize, usize, usize),
    /// At a site.
    Site(usize),
}

/// Where a packet comes from and wants to go.
#[derive(Clone, Copy)]
struct Goal {
    from: usize,
    to: usize,
    address: u32,
}

type Stop<T> = Result<T, Fate>;

/// A packet that takes more steps than this goes round in circles.
const MAX_HOPS: usize = 16;
/// More ways than these are not tried for one flow.
const MAX_WAYS: usize = 256;

const MANY: &str = "There are more ways than can be tried.";
const CIRCLES: &str =
    "{a} sends {r} to {b}, and the packet goes round in circles: after 16 steps it is still on its way.";
const TWINS: &str = "{a} has two rows for {r}, and a table takes only one for each destination.";

fn stop<T>(says: &'static str, a: usize, b: usize) -> Stop<T> {
    Err(Fate {
        end: End::Stopped,
        says,
        a,
        b,
    })
}

fn sound(flaw: Option<Flaw>) -> Stop<()> {
    flaw.map_or(Ok(()), |flaw| stop(flaw.says, flaw.a, flaw.b))
}

impl Leg {
    /// How it ended.
    pub(crate) fn end(&self) -> End {
        self.fate.end
    }

    /// The table that decided last.
    pub(crate) fn table(&self) -> usize {
        let tables = self.steps.iter().rev().map(|step| step.table);
        tables.into_iter().find(|table| *table != NONE).unwrap_or(NONE)
    }
}

impl Trouble {
    /// Whether two flows have the same trouble: in one direction, for one reason, by one table.
    pub(crate) fn is_like(&self, other: &Trouble) -> bool {
        (self.is_back, self.is_around, self.leg.fate.says) == (other.is_back, other.is_around, other.leg.fate.says)
            && self.leg.table() == other.leg.table()
    }

    /// Where the packet with the trouble wants to go.
    pub(crate) fn to(&self) -> usize {
        if self.is_back { self.flow.0 } else { self.flow.1 }
    }

    /// The share of a place that has the trouble, when it is not all of it.
    pub(crate) fn apart(&self, place: usize) -> Option<Range> {
        self.leg.apart.filter(|_| place == self.to())
    }
}

impl<'w> Probe<'w> {
    pub(crate) fn new(world: &'w World<'w>) -> Self {
        Probe {
            world,
            out: Leg::default(),
            back: Leg::default(),
            picks: Vec::new(),
            used: 0,
        }
    }

    /// What is wrong with a flow, in whatever zones a hub picks and for all addresses. `through` says of each part
    /// whether the way has to pass it, or another such.
    pub(crate) fn trouble(&mut self, from: usize, to: usize, both: bool, through: Option<&[bool]>) -> Option<Trouble> {
        let net = self.world.net;
        for atom in net.atoms(to) {
            self.picks.clear();
            for way in 0.. {
                self.used = 0;
                self.send(false, from, to, atom);
                if way == MAX_WAYS {
                    (self.out.fate.end, self.out.fate.says) = (End::Stopped, MANY);
                }
                let is_meant = |wall: &usize| through.is_none_or(|meant| meant.get(*wall).is_some_and(|meant| *meant));
                let is_around = through.is_some() && !self.out.walls.iter().any(is_meant);
                let is_out = self.out.fate.end != End::Delivered;
                if is_out || is_around {
                    return Some(self.found(from, to, false, !is_out));
                }
                for atom in if both { net.atoms(from) } else { &[] } {
                    self.send(true, to, from, atom);
                    if self.back.fate.end != End::Delivered {
                        return Some(self.found(from, to, true, false));
                    }
                }
                if !self.another() {
                    break;
                }
            }
        }
        None
    }

    /// A way of a flow on which no hub drops it: one that arrives if there is one, else one that stops elsewhere.
    pub(crate) fn undropped(&mut self, from: usize, to: usize) -> Option<Trouble> {
        let mut stopped = None;
        for atom in self.world.net.atoms(to) {
            self.picks.clear();
            for way in 0.. {
                self.used = 0;
                self.send(false, from, to, atom);
                match self.out.fate.end {
                    _ if way == MAX_WAYS => (self.out.fate.end, self.out.fate.says) = (End::Stopped, MANY),
                    End::Delivered => return Some(self.found(from, to, false, false)),
                    _ => {}
                }
                if self.out.fate.end == End::Stopped && stopped.is_none() {
                    stopped = Some(self.found(from, to, false, false));
                }
                if way == MAX_WAYS || !self.another() {
                    break;
                }
            }
        }
        stopped
    }

    fn found(&self, from: usize, to: usize, is_back: bool, is_around: bool) -> Trouble {
        Trouble {
            flow: (from, to),
            is_back,
            is_around,
            leg: if is_back { &self.back } else { &self.out }.clone(),
        }
    }

    /// Goes on to the next choice of zones; false after the last.
    fn another(&mut self) -> bool {
        self.picks.truncate(self.used);
        while let Some(pick) = self.picks.last_mut() {
            pick.taken += 1;
            if pick.taken < pick.of {
                return true;
            }
            self.picks.pop();
        }
        false
    }

    /// Which of so many is taken this time.
    fn pick(&mut self, wire: usize, of: usize) -> usize {
        let made = self.picks.get(..self.used).unwrap_or_default();
        if let Some(held) = made.iter().find(|pick| pick.wire == wire && wire != NONE) {
            return held.taken;
        }
        if self.picks.len() == self.used {
            self.picks.push(Pick { wire, taken: 0, of });
        }
        self.used += 1;
        self.picks.get(self.used - 1).map_or(0, |pick| pick.taken)
    }

    /// Sends a packet, or the answer to the one before.
    fn send(&mut self, is_back: bool, from: usize, to: usize, atom: &Atom) {
        let last = self.out.walls.last().copied().unwrap_or(NONE);
        let mut leg = std::mem::take(if is_back { &mut self.back } else { &mut self.out });
        leg.steps.clear();
        leg.walls.clear();
        leg.apart = atom.apart;
        let goal = Goal {
            from,
            to,
            address: atom.address,
        };
        let start = match self.world.net.kind(from) {
            Some(Kind::Site) => Some(At::Site(from)),
            Some(_) => Some(At::Subnet(from, NONE)),
            // The firewall put its own address in, so the answer from the internet comes back to it.
            None if last != NONE => Some(At::Wall(last)),
            None => None,
        };
        leg.fate = match start.map_or(Ok(()), |start| self.run(&mut leg, start, goal)) {
            Err(fate) => fate,
            Ok(()) => Fate::default(),
        };
        if is_back && leg.fate.end == End::Delivered {
            leg.fate = self.symmetry(&leg);
        }
        *(if is_back { &mut self.back } else { &mut self.out }) = leg;
    }

    /// Each firewall remembers only the flows it saw begin, so the answer has to pass the same.
    fn symmetry(&self, back: &Leg) -> Fate {
        let without = |walls: &[usize], others: &[usize]| walls.iter().find(|wall| !others.contains(wall)).copied();
        let strange = without(&back.walls, &self.out.walls);
        let (says, a) = match (strange, without(&self.out.walls, &back.walls)) {
            (Some(wall), _) => (
                "The answer comes to {a}, which did not see the flow begin and drops it.",
                wall,
            ),
            (None, Some(wall)) => (
                "The answer goes round {a}, which sees half of the flow and drops the rest.",
                wall,
            ),
            (None, None) => return Fate::default(),
        };
        Fate {
            end: End::Stopped,
            says,
            a,
            b: NONE,
        }
    }

    /// Goes on until the packet arrives or cannot.
    fn run(&mut self, leg: &mut Leg, start: At, goal: Goal) -> Stop<()> {
        let mut at = start;
        while leg.steps.len() < MAX_HOPS {
            at = match at {
                At::Subnet(no, by) => self.forward(leg, no, no, by, goal)?,
                At::Wall(no) => {
                    leg.walls.push(no);
                    self.forward(leg, no, self.world.net.parent(no), NONE, goal)?
                }
                At::Hub(hub, by, zone) => self.hub(leg, hub, by, zone, goal)?,
                At::Site(no) => self.site(leg, no, goal)?,
            };
        }
        let last = leg.steps.last().map_or((NONE, NONE), |step| (step.table, step.to));
        stop(CIRCLES, last.0, last.1)
    }

    /// Goes on from `at` by the table of `subnet`.
    fn forward(&mut self, leg: &mut Leg, at: usize, subnet: usize, by: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        for part in [at, subnet] {
            if !self.world.is_up(part) {
                return stop("{a} is down.", part, NONE);
            }
        }
        let network = net.network(subnet);
        let (Some(spot), Some(holder)) = (net.spots.get(subnet), net.spots.get(network)) else {
            return stop("{a} is in no network.", subnet, NONE);
        };
        sound(spot.flaw)?;
        sound(holder.flaw)?;
        let table = spot.table;
        let rows = self.world.rows(if table == NONE { network } else { table });
        let mut step = Step {
            at,
            by,
            table,
            row: None,
            to: network,
            says: ": {a} keeps {r} in {b}.",
        };
        let Some(row) = rows.and_then(|rows| rows.winner(goal.address)) else {
            let (here, why) = match table {
                NONE => (
                    ", which has no route table, has no row for {d}.",
                    "{b} has no route table, so it reaches only its own network. Give it one with a row for {d}.",
                ),
                _ => (": {a} has no row for {d}.", "{a} has no row for {d}."),
            };
            step.says = here;
            leg.steps.push(step);
            return stop(why, table, subnet);
        };
        step.row = Some(row.range);
        match row.way {
            Way::Part(to) => (step.to, step.says) = (to, ": {a} sends {r} to {b}."),
            Way::Drop => step.says = ": {a} has a blackhole for {r}.",
            _ if table == NONE => step.says = ", which has no route table, keeps {r} in {b}.",
            _ => {}
        }
        leg.steps.push(step);
        match row.way {
            _ if row.has_twin => stop(TWINS, table, NONE),
            Way::Part(to) => self.leave(leg, subnet, network, to, goal),
            Way::Drop => stop(
                "{a} has a blackhole for {r}. Only a hub's table can have one; nobody can write it into the table of a VPC.",
                table,
                NONE,
            ),
            _ => self.deliver(network, goal),
        }
    }

    /// Leaves a subnet of a network for what a row leads to.
    fn leave(&mut self, leg: &mut Leg, subnet: usize, network: usize, to: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        if !self.world.is_up(to) {
            return stop("{a} is down, so the row that leads there drops the packet.", to, NONE);
        }
        match net.kind(to) {
            Some(Kind::Firewall) if net.network(to) == network => Ok(At::Wall(to)),
            Some(Kind::Igw) if net.parent(to) == network => self.internet(leg, network, to, goal),
            Some(Kind::Transit) => self.attach(subnet, network, to),
            Some(Kind::Vpn) => match self.world.between(network, to) {
                Some(_) => self.tunnel(leg, to, NONE, goal),
                None => stop("{a} is not linked to {b}.", network, to),
            },
            _ => stop("A route of {a} cannot lead to {b}.", network, to),
        }
    }

    /// Out by the internet gateway of a network.
    fn internet(&self, leg: &Leg, network: usize, gateway: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        if net.spots.get(network).is_some_and(|network| network.gateways > 1) {
            return stop(
                "{a} has more than one internet gateway, and a VPC takes one.",
                network,
                NONE,
            );
        }
        if goal.to != NONE {
            return stop(
                "{a} leads to the internet, where nobody knows the private prefix {d}.",
                gateway,
                NONE,
            );
        }
        let last = leg.walls.last().copied().unwrap_or(goal.from);
        if net.network(goal.from) == network || net.network(last) == network {
            return Err(Fate::default());
        }
        stop(
            "{a} translates only addresses of {b}: what comes from elsewhere has to pass a firewall there first.",
            gateway,
            network,
        )
    }

    /// From a subnet of a network into a hub, where the hub has a foot in the same zone.
    fn attach(&self, subnet: usize, network: usize, hub: usize) -> Stop<At> {
        let net = self.world.net;
        let no = self.world.between(network, hub).unwrap_or(NONE);
        let Some(wire) = net.wires.get(no) else {
            return stop("{a} is not attached to {b}.", network, hub);
        };
        if wire.link.subnets().is_empty() {
            return stop(
                "The attachment of {a} to {b} has no subnet: choose one in each zone.",
                network,
                hub,
            );
        }
        sound(wire.flaw)?;
        let zone = net.zone(subnet);
        let mut feet = wire.feet.iter().copied();
        match feet.find(|foot| net.zone(*foot) == zone && self.world.is_up(*foot)) {
            Some(foot) => {
                sound(net.spots.get(foot).and_then(|foot| foot.flaw))?;
                Ok(At::Hub(hub, no, zone))
            }
            None => stop(
                "The attachment to {b} has no working subnet in the zone of {a}.",
                subnet,
                hub,
            ),
        }
    }

    fn hub(&mut self, leg: &mut Leg, hub: usize, by: usize, zone: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        let table = net.wires.get(by).map_or(NONE, |wire| wire.association);
        let mut step = Step {
            at: hub,
            by,
            table,
            row: None,
            to: net.far(by, hub),
            says: ": {a} has no row for {d}.",
        };
        if net.parent(table) != hub || !self.world.is_up(table) {
            (step.table, step.says) = (NONE, ": nothing says which table is for what comes from {b}.");
            leg.steps.push(step);
            return stop(
                "The attachment of {a} to {b} is associated with no route table, so {b} drops what comes from it.",
                step.to,
                hub,
            );
        }
        let Some(row) = self.world.rows(table).and_then(|rows| rows.winner(goal.address)) else {
            leg.steps.push(step);
            return drops("{b}: {a} has no row for {d}, so it is dropped.", table, hub);
        };
        step.row = Some(row.range);
        let (to, says) = match row.way {
            Way::Network(wire) | Way::Tunnel(wire) => (net.far(wire, hub), ": {a} learnt {r} from {b}."),
            Way::Part(to) => (to, ": {a} sends {r} to {b}."),
            _ => (NONE, ": {a} drops {r}."),
        };
        (step.to, step.says) = (to, says);
        leg.steps.push(step);
        match row.way {
            _ if row.has_twin => match row.way {
                Way::Network(_) => stop(
                    "{a} learns {r} from two networks, and it can be sent to one only.",
                    table,
                    NONE,
                ),
                _ => stop(TWINS, table, NONE),
            },
            Way::Drop => drops("{b}: {a} drops {r}: a blackhole.", table, hub),
            _ => self.descend(leg, hub, to, zone, goal),
        }
    }

    /// From a hub to what is attached to it.
    fn descend(&mut self, leg: &mut Leg, hub: usize, to: usize, zone: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        let no = self.world.between(hub, to).unwrap_or(NONE);
        let Some(wire) = net.wires.get(no) else {
            return stop(
                "{a} is not attached to {b}, so the row that leads there drops the packet.",
                to,
                hub,
            );
        };
        if net.kind(to) == Some(Kind::Vpn) {
            return self.tunnel(leg, to, no, goal);
        }
        sound(wire.flaw)?;
        let open = || wire.feet.iter().copied().filter(|foot| self.world.is_up(*foot));
        // Without appliance mode a packet stays in the zone it came from, if it can.
        let same = open().find(|foot| !wire.link.appliance() && zone != NONE && net.zone(*foot) == zone);
        let foot = match (same, open().count()) {
            (Some(foot), _) => Some(foot),
            (None, 0) => None,
            (None, count) => {
                let held = if wire.link.appliance() { no } else { NONE };
                let taken = self.pick(held, count);
                wire.feet
                    .iter()
                    .copied()
                    .filter(|foot| self.world.is_up(*foot))
                    .nth(taken)
            }
        };
        match foot {
            Some(foot) => Ok(At::Subnet(foot, no)),
            None => stop("The attachment of {a} to {b} has no working subnet.", to, hub),
        }
    }

    /// Through a tunnel to the site behind it.
    fn tunnel(&self, leg: &mut Leg, vpn: usize, by: usize, goal: Goal) -> Stop<At> {
        let sites = self.world.sites(vpn);
        let is_there = sites.contains(&goal.to);
        let Some(site) = sites.first().map(|first| if is_there { goal.to } else { *first }) else {
            return stop("{a} leads to no site.", vpn, NONE);
        };
        leg.steps.push(Step {
            at: vpn,
            by,
            table: NONE,
            row: None,
            to: site,
            says: ": through the tunnel to {b}.",
        });
        match is_there {
            true => Err(Fate::default()),
            false => stop("{d} is not at {a}.", site, NONE),
        }
    }

    /// From a site by the tunnel that knows the longest prefix for the address; where several do, by any of them.
    fn site(&mut self, leg: &mut Leg, site: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        if !self.world.is_up(site) {
            return stop("{a} is down.", site, NONE);
        }
        let (mut best, mut longest) = (Vec::new(), None);
        for (no, wire) in net.wires.iter().enumerate() {
            for (vpn, far) in [wire.ends, (wire.ends.1, wire.ends.0)] {
                if !self.world.sites(vpn).contains(&site) || !self.world.is_open(no) {
                    continue;
                }
                let known = match net.kind(far) {
                    Some(Kind::Transit) => self.world.rows(wire.association).and_then(|rows| {
                        let row = rows.winner(goal.address).filter(|row| row.way != Way::Drop)?;
                        Some(row.range.len)
                    }),
                    Some(Kind::Vnet) => {
                        let own = net.spots.get(far).and_then(|network| network.range);
                        own.filter(|own| own.has(goal.address)).map(|own| own.len)
                    }
                    _ => continue,
                };
                if known > longest {
                    best.clear();
                }
                if known >= longest {
                    longest = known;
                    best.push((vpn, far, no));
                }
            }
        }
        let taken = if best.len() > 1 { self.pick(NONE, best.len()) } else { 0 };
        let Some((vpn, far, by)) = best.get(taken).copied() else {
            return stop("{a} has no VPN connection that leads anywhere.", site, NONE);
        };
        leg.steps.push(Step {
            at: site,
            by: NONE,
            table: NONE,
            row: None,
            to: vpn,
            says: ": by {b}.",
        });
        if net.kind(far) == Some(Kind::Transit) {
            return Ok(At::Hub(far, by, NONE));
        }
        match longest {
            Some(_) => self.deliver(far, goal),
            None => stop(
                "What enters {a} by a VPN connection may end there, not leave by another way.",
                far,
                NONE,
            ),
        }
    }

    /// To the subnet of a network that has the address.
    fn deliver(&self, network: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        let Some(holder) = net.spots.get(network) else {
            return stop("{a} is in no network.", network, NONE);
        };
        sound(holder.flaw)?;
        let has = |no: &&usize| {
            let range = net.spots.get(**no).and_then(|subnet| subnet.range);
            range.is_some_and(|range| range.has(goal.address))
        };
        match holder
            .subnets
            .iter()
            .filter(|no| self.world.is_up(**no))
            .find(has)
            .copied()
        {
            Some(found) => {
                sound(net.spots.get(found).and_then(|found| found.flaw))?;
                match found == goal.to {
                    true => Err(Fate::default()),
                    false => stop(
                        "It ends in {a}, whose prefix overlaps with the destination's.",
                        found,
                        NONE,
                    ),
                }
            }
            None if net.network(goal.to) == network => stop("{a} is down.", goal.to, NONE),
            None => stop(
                "It ends in {a}, which has no subnet with {d}. Two prefixes overlap.",
                network,
                NONE,
            ),
        }
    }
}

fn drops<T>(says: &'static str, a: usize, b: usize) -> Stop<T> {
    Err(Fate {
        end: End::Dropped,
        says,
        a,
        b,
    })
}
