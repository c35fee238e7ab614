use core::net::IpAddr;

use super::{End, Hop, Place, Row, Walk, World};
use crate::design::{Design, Kind, LinkId, PartId, Via};

/// A packet that takes more steps than this goes round in circles.
const MAX_HOPS: usize = 16;

/// The way of the first packet of a flow.
#[must_use]
pub fn walk(world: &World<'_>, from: &Place, to: &Place) -> Walk {
    let start = match from {
        Place::Part(id) if is_site(world, id) => At::Site(id.clone()),
        Place::Part(id) => At::Subnet(id.clone(), None),
        Place::Internet => return stopped_at_once("A packet from the internet has no way in."),
    };
    go(world, from, to, start)
}

/// The way of the answer to a flow whose first packet went `out` and arrived.
///
/// It has to pass the firewalls that the first packet passed, and no other: each remembers only the flows it saw begin.
#[must_use]
pub fn reply(world: &World<'_>, from: &Place, to: &Place, out: &Walk) -> Walk {
    let mut back = match (to, out.firewalls.last()) {
        // The firewall put its own address in; so the answer comes back to it.
        (Place::Internet, Some(firewall)) => go(world, to, from, At::Firewall(firewall.clone())),
        (Place::Internet, None) => Walk {
            hops: Vec::new(),
            firewalls: Vec::new(),
            end: End::Delivered,
        },
        (Place::Part(_), _) => walk(world, to, from),
    };
    if let Some(why) = asymmetry(world.design, out, &back) {
        back.end = End::Stopped(why);
    }
    back
}

/// Why firewalls break a flow whose two directions take different ways.
fn asymmetry(design: &Design, out: &Walk, back: &Walk) -> Option<String> {
    if !back.is_delivered() {
        return None;
    }
    let strange = back.firewalls.iter().find(|firewall| !out.firewalls.contains(firewall));
    let missed = out.firewalls.iter().find(|firewall| !back.firewalls.contains(firewall));
    match (strange, missed) {
        (Some(strange), _) => Some(format!(
            "The answer comes to {}, which did not see the flow begin and drops it.",
            design.name(strange)
        )),
        (None, Some(missed)) => Some(format!(
            "The answer goes round {}, which sees half of the flow and drops the rest.",
            design.name(missed)
        )),
        (None, None) => None,
    }
}

/// Where a packet is.
enum At {
    /// In a subnet, come by a link or begun here.
    Subnet(PartId, Option<LinkId>),
    /// At a firewall, which goes on with its subnet's table.
    Firewall(PartId),
    /// In a hub, come by an attachment from a zone.
    Hub(PartId, LinkId, Option<String>),
    /// At a site.
    Site(PartId),
}

struct Walker<'a, 'b> {
    world: &'b World<'a>,
    from: &'b Place,
    to: &'b Place,
    address: IpAddr,
    hops: Vec<Hop>,
    firewalls: Vec<PartId>,
}

type Step = Result<At, End>;

fn go(world: &World<'_>, from: &Place, to: &Place, start: At) -> Walk {
    let Some(address) = world.address(to) else {
        return stopped_at_once("The destination has no prefix, so there is no address to send to.");
    };
    let mut walker = Walker {
        world,
        from,
        to,
        address,
        hops: Vec::new(),
        firewalls: Vec::new(),
    };
    let end = walker.run(start);
    Walk {
        hops: walker.hops,
        firewalls: walker.firewalls,
        end,
    }
}

fn stopped_at_once(why: &str) -> Walk {
    Walk {
        hops: Vec::new(),
        firewalls: Vec::new(),
        end: End::Stopped(why.to_owned()),
    }
}

fn is_site(world: &World<'_>, id: &PartId) -> bool {
    world.design.parts.get(id).is_some_and(|part| part.kind == Kind::Site)
}

fn stop<T>(why: String) -> Result<T, End> {
    Err(End::Stopped(why))
}

impl<'a> Walker<'a, '_> {
    fn run(&mut self, start: At) -> End {
        let mut at = start;
        while self.hops.len() < MAX_HOPS {
            let step = match at {
                At::Subnet(id, by) => self.subnet(&id, by),
                At::Firewall(id) => self.firewall(&id),
                At::Hub(hub, by, zone) => self.hub(&hub, by, zone),
                At::Site(id) => self.site(&id),
            };
            at = match step {
                Ok(next) => next,
                Err(end) => return end,
            };
        }
        End::Stopped(format!(
            "The packet goes round in circles: after {MAX_HOPS} steps it is still on its way."
        ))
    }

    fn name(&self, id: &PartId) -> String {
        self.world.design.name(id)
    }

    fn hop(&mut self, at: &PartId, by: Option<LinkId>, table: Option<&PartId>, row: Option<&Row>, says: String) {
        self.hops.push(Hop {
            at: at.clone(),
            by,
            table: table.cloned(),
            row: row.cloned(),
            says,
        });
    }

    fn subnet(&mut self, id: &PartId, by: Option<LinkId>) -> Step {
        if !self.world.works(id) {
            return stop(format!("{} is down.", self.name(id)));
        }
        self.forward(id, id, by)
    }

    fn firewall(&mut self, id: &PartId) -> Step {
        let subnet = self.world.part(id).and_then(|part| part.parent.as_ref());
        let Some(subnet) = subnet.filter(|subnet| self.world.works(subnet)) else {
            return stop(format!("{} is down.", self.name(id)));
        };
        self.firewalls.push(id.clone());
        self.forward(id, subnet, None)
    }

    /// Goes on from `at` by the table of `subnet`.
    fn forward(&mut self, at: &PartId, subnet: &PartId, by: Option<LinkId>) -> Step {
        let Some(network) = self.world.network(subnet) else {
            return stop(format!("{} is in no network.", self.name(subnet)));
        };
        let table = self.world.design.parts.get(subnet).and_then(|part| part.table());
        let here = match table {
            Some(table) => format!("{}: {}", self.name(at), self.name(table)),
            None => format!("{}, which has no route table,", self.name(at)),
        };
        let Some(row) = self
            .world
            .subnet_table(subnet)
            .and_then(|rows| rows.winner(self.address))
        else {
            self.hop(at, by, table, None, format!("{here} has no row for {}.", self.address));
            return stop(match table {
                Some(table) => format!("{} has no row for {}.", self.name(table), self.address),
                None => format!(
                    "{} has no route table, so it reaches only its own network. Give it one with a row for {}.",
                    self.name(subnet),
                    self.address
                ),
            });
        };
        let to = match row {
            Row::Local(prefix) => {
                self.hop(
                    at,
                    by,
                    table,
                    Some(row),
                    format!("{here} keeps {prefix} in {}.", self.name(network)),
                );
                return self.deliver(network);
            }
            Row::Static(_, route) => match &route.via {
                Via::Drop => {
                    self.hop(at, by, table, Some(row), format!("{here} drops {}.", route.prefix));
                    let table = table.map_or_else(String::new, |table| self.name(table));
                    return Err(End::Dropped(format!("{table} drops {}: a blackhole.", route.prefix)));
                }
                Via::Part(to) => {
                    self.hop(
                        at,
                        by,
                        table,
                        Some(row),
                        format!("{here} sends {} to {}.", route.prefix, self.name(to)),
                    );
                    to
                }
            },
            Row::Propagated(..) => return stop(format!("{here} learns routes, which it cannot.")),
        };
        self.leave(subnet, network, to)
    }

    /// Leaves a subnet of a network for what a row leads to.
    fn leave(&mut self, subnet: &PartId, network: &'a PartId, to: &PartId) -> Step {
        let Some(part) = self.world.part(to) else {
            return stop(format!(
                "{} is down, so the row that leads there drops the packet.",
                self.name(to)
            ));
        };
        match part.kind {
            Kind::Firewall if self.world.network(to) == Some(network) => Ok(At::Firewall(to.clone())),
            Kind::Igw if part.parent.as_ref() == Some(network) => self.internet(network, to),
            Kind::Transit => self.attach(subnet, network, to),
            Kind::Vpn => match self
                .world
                .links_of_id(to)
                .any(|(_, link)| link.other(to) == Some(network))
            {
                true => self.tunnel(to, None),
                false => stop(format!("{} is not linked to {}.", self.name(network), self.name(to))),
            },
            _ => stop(format!(
                "A route of {} cannot lead to {}.",
                self.name(network),
                self.name(to)
            )),
        }
    }

    /// Out by the internet gateway of a network.
    fn internet(&mut self, network: &PartId, gateway: &PartId) -> Step {
        if *self.to != Place::Internet {
            return stop(format!(
                "{} leads to the internet, where nobody knows the private address {}.",
                self.name(gateway),
                self.address
            ));
        }
        let is_own = |id: &PartId| self.world.network(id) == Some(network);
        let begins_here = matches!(self.from, Place::Part(id) if is_own(id));
        if begins_here || self.firewalls.last().is_some_and(is_own) {
            return Err(End::Delivered);
        }
        stop(format!(
            "{} translates only addresses of {}: what comes from elsewhere has to pass a firewall there first.",
            self.name(gateway),
            self.name(network)
        ))
    }

    /// From a subnet of a network into a hub, where the hub has a foot in the same zone.
    fn attach(&mut self, subnet: &PartId, network: &PartId, hub: &PartId) -> Step {
        let attachment = self
            .world
            .links_of_id(network)
            .find(|(_, link)| link.other(network) == Some(hub));
        let Some((id, link)) = attachment else {
            return stop(format!("{} is not attached to {}.", self.name(network), self.name(hub)));
        };
        let zone = self.world.domain(subnet);
        let feet = link.subnets();
        if feet.is_empty() {
            return stop(format!(
                "The attachment of {} to {} has no subnet: choose one in each zone.",
                self.name(network),
                self.name(hub)
            ));
        }
        let has_foot = |foot: &PartId| {
            self.world.works(foot) && self.world.network(foot) == Some(network) && self.world.domain(foot) == zone
        };
        if !feet.iter().any(has_foot) {
            let zone = self
                .world
                .design
                .within(subnet, Kind::Zone)
                .map_or_else(String::new, |(id, _)| self.name(id));
            return stop(format!(
                "The attachment of {} to {} has no working subnet in zone {zone}, where {} is.",
                self.name(network),
                self.name(hub),
                self.name(subnet)
            ));
        }
        Ok(At::Hub(hub.clone(), id.clone(), zone.map(str::to_owned)))
    }

    fn hub(&mut self, hub: &PartId, by: LinkId, zone: Option<String>) -> Step {
        let name = self.name(hub);
        let Some((_, attachment)) = self.world.link(&by) else {
            return stop(format!("An attachment of {name} is gone."));
        };
        let network = attachment.other(hub).map_or_else(String::new, |id| self.name(id));
        let is_own = |id: &&PartId| {
            self.world
                .design
                .parts
                .get(*id)
                .is_some_and(|table| table.parent.as_ref() == Some(hub))
        };
        let Some(table) = attachment.association().filter(is_own) else {
            self.hop(
                hub,
                Some(by),
                None,
                None,
                format!("{name}: no table is associated with {network}."),
            );
            return stop(format!(
                "The attachment of {network} to {name} is associated with no route table, so {name} drops what comes from it."
            ));
        };
        let here = format!("{name}: {}", self.name(table));
        let row = self.world.hub_table(table).and_then(|rows| rows.winner(self.address));
        let target = match row {
            None => {
                self.hop(
                    hub,
                    Some(by),
                    Some(table),
                    None,
                    format!("{here} has no row for {}.", self.address),
                );
                return Err(End::Dropped(format!(
                    "{here} has no row for {}, so it is dropped.",
                    self.address
                )));
            }
            Some(Row::Propagated(prefix, link)) => {
                let to = self.world.link(link).and_then(|(_, link)| link.other(hub));
                let to_name = to.map_or_else(String::new, |id| self.name(id));
                self.hop(
                    hub,
                    Some(by),
                    Some(table),
                    row,
                    format!("{here} learnt {prefix} from {to_name}."),
                );
                to
            }
            Some(Row::Static(_, route)) => match &route.via {
                Via::Drop => {
                    self.hop(
                        hub,
                        Some(by),
                        Some(table),
                        row,
                        format!("{here} drops {}.", route.prefix),
                    );
                    return Err(End::Dropped(format!("{here} drops {}: a blackhole.", route.prefix)));
                }
                Via::Part(to) => {
                    let says = format!("{here} sends {} to {}.", route.prefix, self.name(to));
                    self.hop(hub, Some(by), Some(table), row, says);
                    Some(to)
                }
            },
            Some(Row::Local(_)) => None,
        };
        match target {
            Some(target) => self.descend(hub, target, zone),
            None => stop(format!("{here} leads nowhere.")),
        }
    }

    /// From a hub to what is attached to it.
    fn descend(&mut self, hub: &PartId, target: &PartId, zone: Option<String>) -> Step {
        let attachment = self
            .world
            .links_of_id(hub)
            .find(|(_, link)| link.other(hub) == Some(target));
        let Some((id, link)) = attachment else {
            return stop(format!(
                "{} is not attached to {}, so the row that leads there drops the packet.",
                self.name(target),
                self.name(hub)
            ));
        };
        if self.world.part(target).is_some_and(|part| part.kind == Kind::Vpn) {
            return self.tunnel(target, Some(id.clone()));
        }
        let mut feet: Vec<(Option<&str>, &PartId)> = link
            .subnets()
            .iter()
            .filter(|foot| self.world.works(foot) && self.world.network(foot) == Some(target))
            .map(|foot| (self.world.domain(foot), foot))
            .collect();
        crate::sorted::sort(&mut feet);
        // Appliance mode keeps both directions of a flow in one zone; otherwise a packet stays in the zone it came from.
        let same = feet
            .iter()
            .find(|(domain, _)| !link.appliance() && domain.is_some() && *domain == zone.as_deref());
        match same.or(feet.first()) {
            Some((_, foot)) => Ok(At::Subnet((*foot).clone(), Some(id.clone()))),
            None => stop(format!(
                "The attachment of {} to {} has no working subnet.",
                self.name(target),
                self.name(hub)
            )),
        }
    }

    /// Through a tunnel to the site behind it.
    fn tunnel(&mut self, vpn: &PartId, by: Option<LinkId>) -> Step {
        let Some(site) = self.world.site_of(vpn) else {
            return stop(format!("{} leads to no site.", self.name(vpn)));
        };
        let says = format!("{}: through the tunnel to {}.", self.name(vpn), self.name(site));
        self.hop(vpn, by, None, None, says);
        match self.to {
            Place::Part(goal) if goal == site => Err(End::Delivered),
            _ => stop(format!("{} is not at {}.", self.address, self.name(site))),
        }
    }

    /// From a site by its first tunnel that leads on.
    fn site(&mut self, id: &PartId) -> Step {
        let name = self.name(id);
        if !self.world.works(id) {
            return stop(format!("{name} is down."));
        }
        for vpn in self.world.tunnels_of(id) {
            for (by, link) in self.world.links_of_id(vpn) {
                let Some((far, kind)) = link.other(vpn).and_then(|far| Some((far, self.world.part(far)?.kind))) else {
                    continue;
                };
                if kind == Kind::Transit {
                    self.hop(
                        id,
                        None,
                        None,
                        None,
                        format!("{name}: {} leads to {}.", self.name(vpn), self.name(far)),
                    );
                    return Ok(At::Hub(far.clone(), by.clone(), None));
                }
                if kind == Kind::Vnet {
                    self.hop(
                        id,
                        None,
                        None,
                        None,
                        format!("{name}: {} leads to {}.", self.name(vpn), self.name(far)),
                    );
                    let holds = self
                        .world
                        .part(far)
                        .and_then(|part| part.cidr())
                        .is_some_and(|own| own.contains(&self.address));
                    return match (holds, self.world.network(far)) {
                        (true, Some(network)) => self.deliver(network),
                        _ => stop(format!(
                            "What enters {} by a VPN connection may end there, not leave by another way.",
                            self.name(far)
                        )),
                    };
                }
            }
        }
        stop(format!("{name} has no VPN connection that leads anywhere."))
    }

    /// To the subnet of a network that has the address.
    fn deliver(&mut self, network: &'a PartId) -> Step {
        let holding = self
            .world
            .subnets(network)
            .filter_map(|(id, part)| Some((id, part.cidr()?)));
        let holding = holding.filter(|(_, prefix)| prefix.contains(&self.address));
        let Some((found, _)) = holding.max_by_key(|(_, prefix)| prefix.prefix_len()) else {
            let name = self.name(network);
            return stop(match self.to {
                Place::Part(goal) if self.world.network(goal) == Some(network) => {
                    format!("{} is down.", self.name(goal))
                }
                _ => format!(
                    "It ends in {name}, which has no subnet with {}. Two prefixes overlap.",
                    self.address
                ),
            });
        };
        match self.to {
            Place::Part(goal) if goal == found => Err(End::Delivered),
            _ => stop(format!(
                "It ends in {}, whose prefix overlaps with the destination's.",
                self.name(found)
            )),
        }
    }
}
