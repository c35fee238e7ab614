use crate::sorted::{BTreeMap, BTreeSet};
use core::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;

use super::{Place, Table};
use crate::design::{Design, Kind, Link, LinkId, Part, PartId};
use crate::task::Fault;

/// A design with what is broken in it, and what walks ask again and again.
#[derive(Debug)]
pub struct World<'a> {
    /// The design, whole.
    pub design: &'a Design,
    lost: BTreeSet<PartId>,
    cut: BTreeSet<LinkId>,
    domains: BTreeMap<&'a PartId, String>,
    networks: BTreeMap<&'a PartId, &'a PartId>,
    links: BTreeMap<&'a PartId, Vec<&'a LinkId>>,
    tables: BTreeMap<&'a PartId, Table>,
    subnets: BTreeMap<&'a PartId, Vec<(&'a PartId, &'a Part)>>,
}

/// The address that stands for the internet: one of those that are set aside for examples (RFC 5737).
const INTERNET: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 10));

/// The fault domains of a design's zones, in order.
#[must_use]
pub fn domains(design: &Design) -> BTreeSet<String> {
    let zones = design.parts.iter().filter(|(_, part)| part.kind == Kind::Zone);
    zones.filter_map(|(id, _)| design.domain(id)).collect()
}

impl<'a> World<'a> {
    /// The design after these faults.
    #[must_use]
    pub fn after(design: &'a Design, faults: &[Fault]) -> Self {
        let mut world = World {
            design,
            lost: BTreeSet::new(),
            cut: BTreeSet::new(),
            domains: BTreeMap::new(),
            networks: BTreeMap::new(),
            links: BTreeMap::new(),
            tables: BTreeMap::new(),
            subnets: BTreeMap::new(),
        };
        for (id, link) in &design.links {
            for end in [&link.from, &link.to] {
                world.links.entry(end).or_default().push(id);
            }
        }
        for (id, part) in &design.parts {
            if let Some(domain) = design.domain_of(id) {
                world.domains.insert(id, domain);
            }
            if let Some((network, _)) = design.within(id, Kind::Vnet) {
                world.networks.insert(id, network);
                if part.kind == Kind::Subnet {
                    world.subnets.entry(network).or_default().push((id, part));
                }
            }
        }
        for fault in faults {
            match fault {
                Fault::Link(id) => drop(world.cut.insert(id.clone())),
                Fault::Part(id) => world.lost.extend(design.subtree(id)),
                Fault::Domain(domain) => {
                    let inside = world.domains.iter().filter(|(_, other)| *other == domain);
                    let inside: Vec<PartId> = inside.map(|(id, _)| (*id).clone()).collect();
                    world.lost.extend(inside);
                }
            }
        }
        // Every packet asks some of these; each is made once, after what is broken is known.
        let tables: Vec<(&PartId, Table)> = design
            .parts
            .iter()
            .filter_map(|(id, part)| Some((id, world.table(id, part)?)))
            .collect();
        world.tables.extend(tables);
        world
    }

    fn table(&self, id: &PartId, part: &Part) -> Option<Table> {
        match (part.kind, &part.parent) {
            (Kind::Subnet, _) => Some(Table::of_subnet(self, id)),
            (Kind::RouteTable, Some(hub)) => Some(Table::of_hub(self, hub, id)),
            _ => None,
        }
    }

    /// What a subnet's packets are looked up in.
    pub(super) fn subnet_table(&self, subnet: &PartId) -> Option<&Table> {
        self.tables.get(subnet)
    }

    /// A table of a hub, with all that it has learnt.
    pub(super) fn hub_table(&self, table: &PartId) -> Option<&Table> {
        self.tables.get(table)
    }

    /// True while the part is there and works.
    #[must_use]
    pub fn works(&self, id: &PartId) -> bool {
        self.design.parts.contains_key(id) && !self.lost.contains(id)
    }

    /// The part, if it works.
    pub(super) fn part(&self, id: &PartId) -> Option<&'a Part> {
        self.design.parts.get(id).filter(|_| !self.lost.contains(id))
    }

    /// The link and its id, if it and both its ends work.
    pub(super) fn link(&self, id: &LinkId) -> Option<(&'a LinkId, &'a Link)> {
        let (id, link) = self.design.links.get_key_value(id)?;
        (!self.cut.contains(id) && self.works(&link.from) && self.works(&link.to)).then_some((id, link))
    }

    /// The working links of a part, by id.
    pub(super) fn links_of_id<'b>(&'b self, part: &'b PartId) -> impl Iterator<Item = (&'a LinkId, &'a Link)> + 'b {
        let links = self.links.get(part).map_or(&[][..], Vec::as_slice);
        links.iter().filter_map(|id| self.link(id))
    }

    /// The prefixes that an attached part stands for: a network's own, or those of the site behind a tunnel.
    pub(super) fn prefixes(&self, id: &PartId) -> Vec<IpNet> {
        let holder = match self.part(id).map(|part| part.kind) {
            Some(Kind::Vpn) => self.site_of(id),
            _ => Some(id),
        };
        holder.and_then(|id| self.part(id)?.cidr()).into_iter().collect()
    }

    /// The site behind a tunnel: the one it stands in, or one it is linked to.
    pub(super) fn site_of<'b>(&'b self, vpn: &'b PartId) -> Option<&'b PartId> {
        let is_site = |id: &&PartId| self.part(id).is_some_and(|part| part.kind == Kind::Site);
        let own = self.part(vpn)?.parent.as_ref().filter(is_site);
        own.or_else(|| {
            self.links_of_id(vpn)
                .find_map(|(_, link)| link.other(vpn).filter(is_site))
        })
    }

    /// The working tunnels of a site, by id.
    pub(super) fn tunnels_of(&self, site: &PartId) -> Vec<&'a PartId> {
        let tunnels = self
            .design
            .parts
            .iter()
            .filter(|(id, part)| part.kind == Kind::Vpn && self.works(id));
        tunnels
            .filter(|(id, _)| self.site_of(id) == Some(site))
            .map(|(id, _)| id)
            .collect()
    }

    /// The fault domain that a part lies in.
    pub(super) fn domain(&self, id: &PartId) -> Option<&str> {
        self.domains.get(id).map(String::as_str)
    }

    /// The network that a part lies in.
    pub(super) fn network(&self, id: &PartId) -> Option<&'a PartId> {
        self.networks.get(id).copied()
    }

    /// The working subnets of a network, by id.
    pub(super) fn subnets<'b>(&'b self, network: &PartId) -> impl Iterator<Item = (&'a PartId, &'a Part)> + 'b {
        let subnets = self.subnets.get(network).map_or(&[][..], Vec::as_slice);
        subnets.iter().copied().filter(|(id, _)| self.works(id))
    }

    /// The address that stands for a place; `None` while it has no prefix.
    #[must_use]
    pub fn address(&self, place: &Place) -> Option<IpAddr> {
        match place {
            Place::Internet => Some(INTERNET),
            Place::Part(id) => Some(first_usable(self.design.parts.get(id)?.cidr()?)),
        }
    }
}

/// The fifth address of a prefix: a provider keeps the first four of a subnet for itself.
fn first_usable(net: IpNet) -> IpAddr {
    match net {
        IpNet::V4(v4) => {
            let last = u32::from(v4.broadcast());
            IpAddr::V4(u32::from(v4.network()).saturating_add(4).min(last).into())
        }
        IpNet::V6(v6) => {
            let last = u128::from(v6.broadcast());
            IpAddr::V6(u128::from(v6.network()).saturating_add(4).min(last).into())
        }
    }
}
