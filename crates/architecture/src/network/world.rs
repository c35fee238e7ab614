use crate::sorted::BTreeSet;

use ipnet::IpNet;

use super::NONE;
use super::net::Net;
use super::table::{Range, Row, Table, Way};
use crate::design::{Design, Kind, Link, LinkId, MAX_DEPTH, Part, PartId};
use crate::task::Fault;

/// A net with what is broken in it.
#[derive(Debug)]
pub struct World<'a> {
    pub(super) net: &'a Net<'a>,
    lost: Vec<bool>,
    cut: Vec<bool>,
    /// The tables of hubs, by the number of the table.
    hubs: Vec<Table>,
    /// The sites behind tunnels, by the number of the tunnel.
    sites: Vec<Vec<usize>>,
}

/// The fault domains of a design's zones, in order.
#[must_use]
pub fn domains(design: &Design) -> BTreeSet<String> {
    let zones = design.parts.iter().filter(|(_, part)| part.kind == Kind::Zone);
    zones.filter_map(|(id, _)| design.domain(id)).collect()
}

/// A domain by the name of its zones, "zone a", "Zone one"; with the region where there are two of that name. It is the
/// one name by which pages speak of it.
#[must_use]
pub fn zone_name(all: &BTreeSet<String>, domain: &str) -> String {
    fn name(domain: &str) -> &str {
        domain.rsplit('/').next().unwrap_or(domain)
    }
    let twins = all.iter().filter(|other| name(other) == name(domain)).count();
    let says = match twins {
        0 | 1 => name(domain).to_owned(),
        _ => domain.replace('/', ", "),
    };
    match says.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("zone")) {
        true => says,
        false => ["zone ", &says].concat(),
    }
}

/// What an attached part announces, with who has it: a network its own prefix, a tunnel the prefixes of the sites at its
/// end. `links` are those that count.
pub fn announced<'a>(
    design: &'a Design,
    id: &'a PartId,
    links: &mut dyn Iterator<Item = &'a Link>,
) -> Vec<(&'a PartId, IpNet)> {
    let mut found = Vec::new();
    let Some(part) = design.parts.get(id) else {
        return found;
    };
    let mut add = |id: &'a PartId, wanted: Kind| {
        let part = design.parts.get(id).filter(|part| part.kind == wanted);
        if let Some(net) = part.and_then(Part::cidr)
            && !found.contains(&(id, net))
        {
            found.push((id, net));
        }
    };
    if part.kind != Kind::Vpn {
        add(id, part.kind);
        return found;
    }
    if let Some(parent) = &part.parent {
        add(parent, Kind::Site);
    }
    for link in links {
        if let Some(other) = link.other(id) {
            add(other, Kind::Site);
        }
    }
    found
}

impl<'a> World<'a> {
    /// The net after these faults.
    #[must_use]
    pub fn after(net: &'a Net<'a>, faults: &[Fault]) -> Self {
        let mut world = World {
            net,
            lost: vec![false; net.spots.len()],
            cut: vec![false; net.wires.len()],
            hubs: Vec::new(),
            sites: Vec::new(),
        };
        for fault in faults {
            world.lose(fault);
        }
        world.learn();
        world
    }

    fn lose(&mut self, fault: &Fault) {
        let net = self.net;
        let (mut zone, mut part) = (NONE, NONE);
        match fault {
            Fault::Link(id) => {
                for (cut, wire) in self.cut.iter_mut().zip(&net.wires) {
                    *cut |= id == wire.id;
                }
                return;
            }
            Fault::Part(id) => part = net.no(id),
            Fault::Domain(name) => {
                let known = net.domains.iter().find(|(known, _)| known == name);
                zone = known.map_or(NONE, |(_, first)| *first);
            }
        }
        for (no, (lost, spot)) in self.lost.iter_mut().zip(&net.spots).enumerate() {
            let mut at = no;
            for _ in 0..=MAX_DEPTH {
                *lost |= at == part && part != NONE;
                at = net.parent(at);
            }
            *lost |= zone != NONE && spot.zone == zone;
        }
    }

    /// Fills the tables of hubs: their rows, then what working attachments propagate into them.
    fn learn(&mut self) {
        let net = self.net;
        let mut rows: Vec<Vec<Row>> = Vec::new();
        for no in 0..net.spots.len() {
            let is_hubs = net.kind(net.parent(no)) == Some(Kind::Transit);
            rows.push(if is_hubs { net.written(no) } else { Vec::new() });
            let mut sites = Vec::new();
            if net.kind(no) == Some(Kind::Vpn) && self.is_up(no) {
                sites.extend(self.announced(no).iter().map(|(site, _)| net.no(site)));
            }
            self.sites.push(sites);
        }
        for (no, wire) in net.wires.iter().enumerate() {
            let (from, hub) = wire.ends;
            if !self.is_open(no) || wire.propagation.is_empty() {
                continue;
            }
            let is_tunnel = net.kind(from) == Some(Kind::Vpn);
            for (_, prefix) in self.announced(from) {
                let way = if is_tunnel { Way::Tunnel(no) } else { Way::Network(no) };
                for table in wire.propagation.iter().filter(|table| net.parent(**table) == hub) {
                    if let (Some(rows), Some(range)) = (rows.get_mut(*table), Range::of(prefix)) {
                        rows.push(Row::new(range, way));
                    }
                }
            }
        }
        self.hubs = rows.into_iter().map(Table::new).collect();
    }

    /// What an attached part announces while this is broken.
    fn announced(&self, no: usize) -> Vec<(&'a PartId, IpNet)> {
        let net = self.net;
        let Some(spot) = net.spots.get(no) else {
            return Vec::new();
        };
        let open = spot.wires.iter().filter(|wire| self.is_open(**wire));
        let mut links = open.filter_map(|wire| net.wires.get(*wire)).map(|wire| wire.link);
        let mut found = announced(net.design, spot.id, &mut links);
        found.retain(|(id, _)| self.works(id));
        found
    }

    /// The sites behind a tunnel.
    pub(super) fn sites(&self, vpn: usize) -> &[usize] {
        self.sites.get(vpn).map_or(&[], Vec::as_slice)
    }

    /// The table that a packet from a subnet is looked up in.
    pub(super) fn rows(&self, table: usize) -> Option<&Table> {
        match self.net.kind(self.net.parent(table)) {
            Some(Kind::Transit) => self.hubs.get(table),
            _ => self.net.spots.get(table).map(|spot| &spot.rows),
        }
    }

    /// True while the part is there and works.
    #[must_use]
    pub fn works(&self, id: &PartId) -> bool {
        self.is_up(self.net.no(id))
    }

    pub(crate) fn is_up(&self, no: usize) -> bool {
        self.lost.get(no).is_some_and(|lost| !lost)
    }

    /// True while a link and both its ends work.
    pub(super) fn is_open(&self, wire: usize) -> bool {
        let ends = self.net.wires.get(wire).map(|wire| wire.ends);
        self.cut.get(wire).is_some_and(|cut| !cut) && ends.is_some_and(|(from, to)| self.is_up(from) && self.is_up(to))
    }

    /// The links that do not work, by id.
    pub(crate) fn cut(&self) -> BTreeSet<LinkId> {
        let wires = self.net.wires.iter().enumerate();
        wires
            .filter(|(no, _)| !self.is_open(*no))
            .map(|(_, wire)| wire.id.clone())
            .collect()
    }

    /// The working link between two parts.
    pub(super) fn between(&self, one: usize, other: usize) -> Option<usize> {
        let wires = &self.net.spots.get(one)?.wires;
        let found = wires
            .iter()
            .find(|wire| self.net.far(**wire, one) == other && self.is_open(**wire));
        found.copied()
    }
}
