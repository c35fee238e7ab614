use super::net::Flaw;
use super::probe::{End, Fate, Leg, Probe, Seat, Step};
use super::table::Way;
use super::{NONE, Setting};
use crate::design::{Attr, Kind};

/// Where a packet is.
pub(super) enum At {
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
pub(super) struct Goal {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) address: u32,
}

type Stop<T> = Result<T, Fate>;

/// A packet that takes more steps than this goes round in circles.
const MAX_HOPS: usize = 16;

const CIRCLES: &str =
    "{a} sends {r} to {b}, and the packet goes round in circles: after 16 steps it is still on its way.";
const TWINS: &str = "{a} has two rows for {r}, and a table takes only one for each destination.";

/// The reason lies in the table that was consulted last, if not told otherwise by [`lies`].
fn stop<T>(says: &'static str, a: usize, b: usize) -> Stop<T> {
    Err(Fate {
        end: End::Stopped,
        says,
        a,
        b,
        seat: Seat::Table,
    })
}

/// Says where the reason lies.
fn lies<T>(seat: Seat, stop: Stop<T>) -> Stop<T> {
    stop.map_err(|fate| Fate { seat, ..fate })
}

fn part(no: usize, setting: Setting) -> Seat {
    Seat::Part(no, Some(setting))
}

fn is_down<T>(no: usize) -> Stop<T> {
    lies(Seat::Part(no, None), stop("{a} is down.", no, NONE))
}

fn sound(flaw: Option<Flaw>) -> Stop<()> {
    flaw.map_or(Ok(()), |flaw| lies(flaw.seat, stop(flaw.says, flaw.a, flaw.b)))
}

impl Probe<'_> {
    /// Goes on until the packet arrives or cannot.
    pub(super) fn run(&mut self, leg: &mut Leg, start: At, goal: Goal) -> Stop<()> {
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
        for no in [at, subnet] {
            if !self.world.is_up(no) {
                return is_down(no);
            }
        }
        let network = net.network(subnet);
        let (Some(spot), Some(holder)) = (net.spots.get(subnet), net.spots.get(network)) else {
            return lies(
                part(subnet, Setting::Inside),
                stop("{a} is in no network.", subnet, NONE),
            );
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
            let seat = match table {
                NONE => part(subnet, Setting::Attr(Attr::Table)),
                _ => Seat::Table,
            };
            return lies(seat, stop(why, table, subnet));
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
                None => lies(
                    part(network, Setting::Link),
                    stop("{a} is not linked to {b}.", network, to),
                ),
            },
            _ => stop("A route of {a} cannot lead to {b}.", network, to),
        }
    }

    /// Out by the internet gateway of a network.
    fn internet(&self, leg: &Leg, network: usize, gateway: usize, goal: Goal) -> Stop<At> {
        let net = self.world.net;
        if net.spots.get(network).is_some_and(|network| network.gateways > 1) {
            let says = "{a} has more than one internet gateway, and a VPC takes one.";
            return lies(Seat::Part(gateway, None), stop(says, network, NONE));
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
            return lies(
                part(network, Setting::Link),
                stop("{a} is not attached to {b}.", network, hub),
            );
        };
        if wire.link.subnets().is_empty() {
            let says = "The attachment of {a} to {b} has no subnet: choose one in each zone.";
            return lies(Seat::Wire(no, Attr::Subnets), stop(says, network, hub));
        }
        sound(wire.flaw)?;
        let zone = net.zone(subnet);
        let mut feet = wire.feet.iter().copied();
        match feet.find(|foot| net.zone(*foot) == zone && self.world.is_up(*foot)) {
            Some(foot) => {
                sound(net.spots.get(foot).and_then(|foot| foot.flaw))?;
                Ok(At::Hub(hub, no, zone))
            }
            None => {
                let says = "The attachment to {b} has no working subnet in the zone of {a}.";
                lies(Seat::Wire(no, Attr::Subnets), stop(says, subnet, hub))
            }
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
            let says =
                "The attachment of {a} to {b} is associated with no route table, so {b} drops what comes from it.";
            return lies(Seat::Wire(by, Attr::Associate), stop(says, step.to, hub));
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
            let says = "{a} is not attached to {b}, so the row that leads there drops the packet.";
            return lies(part(to, Setting::Link), stop(says, to, hub));
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
            None => {
                let says = "The attachment of {a} to {b} has no working subnet.";
                lies(Seat::Wire(no, Attr::Subnets), stop(says, to, hub))
            }
        }
    }

    /// Through a tunnel to the site behind it.
    fn tunnel(&self, leg: &mut Leg, vpn: usize, by: usize, goal: Goal) -> Stop<At> {
        let sites = self.world.sites(vpn);
        let is_there = sites.contains(&goal.to);
        let Some(site) = sites.first().map(|first| if is_there { goal.to } else { *first }) else {
            return lies(part(vpn, Setting::Link), stop("{a} leads to no site.", vpn, NONE));
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
            return is_down(site);
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
            let says = "{a} has no VPN connection that leads anywhere.";
            return lies(part(site, Setting::Link), stop(says, site, NONE));
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
            None => {
                let says = "What enters {a} by a VPN connection may end there, not leave by another way.";
                lies(part(vpn, Setting::Link), stop(says, far, NONE))
            }
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
                    false => {
                        let says = "It ends in {a}, whose prefix overlaps with the destination's.";
                        lies(part(found, Setting::Attr(Attr::Cidr)), stop(says, found, NONE))
                    }
                }
            }
            None if net.network(goal.to) == network => is_down(goal.to),
            None => {
                let says = "It ends in {a}, which has no subnet with {d}. Two prefixes overlap.";
                lies(part(network, Setting::Attr(Attr::Cidr)), stop(says, network, NONE))
            }
        }
    }
}

fn drops<T>(says: &'static str, a: usize, b: usize) -> Stop<T> {
    Err(Fate {
        end: End::Dropped,
        says,
        a,
        b,
        seat: Seat::Table,
    })
}
