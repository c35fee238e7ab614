use ipnet::IpNet;

use super::probe::Seat;
use super::table::{Atom, Range, Row, Table, Way, atoms};
use super::{NONE, Setting};
use crate::design::{Attr, Design, Kind, Link, LinkId, MAX_DEPTH, Part, PartId, Via};
use crate::task::Selector;

/// A design as packets meet it: parts and links by number, in the order of their ids, with all that does not depend on what
/// is broken. Made once for many questions.
#[derive(Debug)]
pub struct Net<'a> {
    pub(super) design: &'a Design,
    pub(super) spots: Vec<Spot<'a>>,
    pub(super) wires: Vec<Wire<'a>>,
    /// The fault domains, each with the zone that stands for it.
    pub(super) domains: Vec<(String, usize)>,
    /// The addresses of the internet, by how the design's tables treat them.
    internet: Vec<Atom>,
}

/// A part by number.
#[derive(Debug)]
pub(super) struct Spot<'a> {
    pub(super) id: &'a PartId,
    pub(super) part: &'a Part,
    parent: usize,
    /// The network that it lies in, or is.
    pub(super) network: usize,
    /// The zone that stands for all of its domain.
    pub(super) zone: usize,
    pub(super) range: Option<Range>,
    /// The route table of a subnet.
    pub(super) table: usize,
    /// The links that end here.
    pub(super) wires: Vec<usize>,
    /// The subnets of a network.
    pub(super) subnets: Vec<usize>,
    /// How many internet gateways a network has.
    pub(super) gateways: usize,
    /// What a network's table says; what a hub's says depends on what is broken.
    pub(super) rows: Table,
    atoms: Vec<Atom>,
    /// Why a network or a subnet cannot be as it is.
    pub(super) flaw: Option<Flaw>,
}

/// A link by number.
#[derive(Debug)]
pub(super) struct Wire<'a> {
    pub(super) id: &'a LinkId,
    pub(super) link: &'a Link,
    pub(super) ends: (usize, usize),
    /// The table of the hub that an attachment is associated with.
    pub(super) association: usize,
    pub(super) propagation: Vec<usize>,
    /// The subnets of an attachment that lie in its network, by id.
    pub(super) feet: Vec<usize>,
    pub(super) flaw: Option<Flaw>,
}

/// What is wrong, as a sentence with places for parts, and the parts that belong there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flaw {
    pub(super) says: &'static str,
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) seat: Seat,
}

/// Addresses that nobody has in the internet: private ones (RFC 1918, RFC 6598), and those with a use of their own.
const NOT_PUBLIC: [Range; 8] = [
    block([0, 0], 8),
    block([10, 0], 8),
    block([100, 64], 10),
    block([127, 0], 8),
    block([169, 254], 16),
    block([172, 16], 12),
    block([192, 168], 16),
    block([224, 0], 3),
];

/// The ranges from which private networks take their prefixes: RFC 1918 and RFC 6598.
const PRIVATE: [Range; 4] = [
    block([10, 0], 8),
    block([172, 16], 12),
    block([192, 168], 16),
    block([100, 64], 10),
];

const fn block([a, b]: [u32; 2], len: u8) -> Range {
    Range {
        lo: a << 24 | b << 16,
        len,
    }
}

/// True when a prefix lies in a range that is set aside for private networks.
#[must_use]
pub fn is_private(net: IpNet) -> bool {
    Range::of(net).is_some_and(|range| PRIVATE.iter().any(|block| block.holds(range)))
}

impl<'a> Net<'a> {
    /// Takes a design in.
    #[must_use]
    pub fn new(design: &'a Design) -> Self {
        let mut net = Net {
            design,
            spots: Vec::with_capacity(design.parts.len()),
            wires: Vec::with_capacity(design.links.len()),
            domains: Vec::new(),
            internet: Vec::new(),
        };
        for (id, part) in &design.parts {
            net.spots.push(Spot {
                id,
                part,
                parent: NONE,
                network: NONE,
                zone: NONE,
                range: part.cidr().and_then(Range::of),
                table: NONE,
                wires: Vec::new(),
                subnets: Vec::new(),
                gateways: 0,
                rows: Table::default(),
                atoms: Vec::new(),
                flaw: None,
            });
        }
        net.places();
        net.links();
        net.tables();
        net.flaws();
        net
    }

    /// The number of a part; [`NONE`] when it is not there.
    pub(crate) fn no(&self, id: &PartId) -> usize {
        let found = self.spots.binary_search_by(|spot| spot.id.cmp(id));
        found.unwrap_or(NONE)
    }

    pub(super) fn kind(&self, no: usize) -> Option<Kind> {
        self.spots.get(no).map(|spot| spot.part.kind)
    }

    /// The number of the part that holds it.
    pub(super) fn parent(&self, no: usize) -> usize {
        self.spots.get(no).map_or(NONE, |spot| spot.parent)
    }

    /// The network that a part lies in.
    pub(super) fn network(&self, no: usize) -> usize {
        self.spots.get(no).map_or(NONE, |spot| spot.network)
    }

    /// The zone that stands for the domain of a part.
    pub(super) fn zone(&self, no: usize) -> usize {
        self.spots.get(no).map_or(NONE, |spot| spot.zone)
    }

    pub(crate) fn id(&self, no: usize) -> Option<&'a PartId> {
        self.spots.get(no).map(|spot| spot.id)
    }

    /// Who lies where.
    fn places(&mut self) {
        let design = self.design;
        for no in 0..self.spots.len() {
            let Some(Spot { id, part, .. }) = self.spots.get(no) else {
                continue;
            };
            let parent = part.parent.as_ref().map_or(NONE, |id| self.no(id));
            let name = (part.kind == Kind::Zone).then(|| design.domain(id)).flatten();
            // Zones of one domain are one: the first of them stands for all.
            let zone = match name {
                Some(name) => match self.domains.iter().find(|(known, _)| *known == name) {
                    Some((_, first)) => *first,
                    None => {
                        self.domains.push((name, no));
                        no
                    }
                },
                None => NONE,
            };
            if let Some(spot) = self.spots.get_mut(no) {
                (spot.parent, spot.zone) = (parent, zone);
            }
        }
        for no in 0..self.spots.len() {
            let (mut at, mut network, mut zone) = (no, NONE, NONE);
            for _ in 0..=MAX_DEPTH {
                let Some(spot) = self.spots.get(at) else { break };
                match spot.part.kind {
                    Kind::Vnet if network == NONE => network = at,
                    Kind::Zone if zone == NONE => zone = spot.zone,
                    _ => {}
                }
                at = spot.parent;
            }
            let kind = self.kind(no);
            if let Some(spot) = self.spots.get_mut(no) {
                (spot.network, spot.zone) = (network, zone);
            }
            if let Some(network) = self.spots.get_mut(network) {
                match kind {
                    Some(Kind::Subnet) => network.subnets.push(no),
                    Some(Kind::Igw) => network.gateways += 1,
                    _ => {}
                }
            }
        }
    }

    /// What is linked to what.
    fn links(&mut self) {
        let design = self.design;
        for (id, link) in &design.links {
            let ends = (self.no(&link.from), self.no(&link.to));
            let mut feet: Vec<usize> = link.subnets().iter().map(|foot| self.no(foot)).collect();
            feet.retain(|foot| self.network(*foot) == ends.0 || self.network(*foot) == ends.1);
            let no = self.wires.len();
            let twins = feet.iter().enumerate().find_map(|(place, foot)| {
                let others = feet.iter().take(place);
                let twin = others.copied().find(|other| self.zone(*other) == self.zone(*foot))?;
                Some((twin, *foot))
            });
            let flaw = twins.map(|(a, b)| Flaw {
                says: "The attachment has two subnets in one zone, {a} and {b}; it takes one a zone.",
                a,
                b,
                seat: Seat::Wire(no, Attr::Subnets),
            });
            for end in [ends.0, ends.1] {
                if let Some(spot) = self.spots.get_mut(end) {
                    spot.wires.push(no);
                }
            }
            self.wires.push(Wire {
                id,
                link,
                ends,
                association: link.association().map_or(NONE, |table| self.no(table)),
                propagation: link.propagation().iter().map(|table| self.no(table)).collect(),
                feet,
                flaw,
            });
        }
    }

    /// What tables say, and how all of them together split the addresses.
    fn tables(&mut self) {
        let mut all: Vec<Row> = Vec::new();
        for no in 0..self.spots.len() {
            let Some(spot) = self.spots.get(no) else { continue };
            all.extend(spot.range.map(|range| Row::new(range, Way::Local)));
            let (kind, table) = (spot.part.kind, spot.part.table().map_or(NONE, |id| self.no(id)));
            let mut rows = self.written(no);
            all.extend(&rows);
            if matches!(kind, Kind::RouteTable | Kind::Vnet) {
                let own = self.spots.get(spot.network).and_then(|network| network.range);
                rows.extend(own.map(|own| Row::new(own, Way::Local)));
            }
            if let Some(spot) = self.spots.get_mut(no) {
                (spot.rows, spot.table) = (Table::new(rows), table);
            }
        }
        let mut own: Vec<Range> = NOT_PUBLIC.to_vec();
        let networks = self
            .spots
            .iter()
            .filter(|spot| matches!(spot.part.kind, Kind::Vnet | Kind::Site));
        own.extend(networks.filter_map(|spot| spot.range));
        let all = Table::new(all);
        self.internet = atoms(&all, Range::ALL, &own);
        for spot in &mut self.spots {
            if let (Kind::Subnet | Kind::Site, Some(range)) = (spot.part.kind, spot.range) {
                spot.atoms = atoms(&all, range, &[]);
            }
        }
    }

    /// The rows that someone wrote into a table.
    pub(super) fn written(&self, table: usize) -> Vec<Row> {
        let routes = self.spots.get(table).map_or(&[][..], |spot| spot.part.routes());
        let row = |route: &crate::design::Route| {
            let way = match &route.via {
                Via::Drop => Way::Drop,
                Via::Part(to) => Way::Part(self.no(to)),
            };
            Some(Row::new(Range::of(route.prefix)?, way))
        };
        routes.iter().filter_map(row).collect()
    }

    /// Networks and subnets that cannot be as they are. Nothing reaches them, and they reach nothing.
    fn flaws(&mut self) {
        for no in 0..self.spots.len() {
            let flaw = match self.kind(no) {
                Some(Kind::Vnet) => self.flaw_of_network(no),
                Some(Kind::Subnet) => self.flaw_of_subnet(no),
                _ => None,
            };
            if let Some(spot) = self.spots.get_mut(no) {
                spot.flaw = flaw;
            }
        }
    }

    fn flaw_of_subnet(&self, no: usize) -> Option<Flaw> {
        let flaw = |says, b, of, attr| {
            let seat = Seat::Part(of, Some(Setting::Attr(attr)));
            Some(Flaw { says, a: no, b, seat })
        };
        let spot = self.spots.get(no)?;
        let Some(range) = spot.range else {
            return flaw("{a} has no IPv4 prefix.", NONE, no, Attr::Cidr);
        };
        let network = self.spots.get(spot.network)?;
        match network.range {
            None => {
                let says = "{b} has no IPv4 prefix, so {a} cannot have one.";
                return flaw(says, spot.network, spot.network, Attr::Cidr);
            }
            Some(own) if !own.holds(range) => {
                let says = "The prefix of {a} is not inside that of {b}.";
                return flaw(says, spot.network, no, Attr::Cidr);
            }
            Some(_) => {}
        }
        if spot.table != NONE && self.parent(spot.table) != spot.network {
            let says = "{a} uses {b}, which is not a route table of its network.";
            return flaw(says, spot.table, no, Attr::Table);
        }
        self.overlapping(no, range, &mut network.subnets.iter().copied())
    }

    /// Networks on one hub have no address in common: the hub could send to one of them only.
    fn flaw_of_network(&self, no: usize) -> Option<Flaw> {
        let spot = self.spots.get(no)?;
        let range = spot.range?;
        let mut beside = Vec::new();
        for hub in spot.wires.iter().map(|wire| self.far(*wire, no)) {
            if self.kind(hub) == Some(Kind::Transit) {
                let links = self.spots.get(hub).map_or(&[][..], |hub| &hub.wires);
                beside.extend(links.iter().map(|wire| self.far(*wire, hub)));
            }
        }
        beside.retain(|other| self.kind(*other) == Some(Kind::Vnet));
        self.overlapping(no, range, &mut beside.into_iter())
    }

    fn overlapping(&self, no: usize, range: Range, others: &mut dyn Iterator<Item = usize>) -> Option<Flaw> {
        for other in others {
            let theirs = self.spots.get(other).and_then(|spot| spot.range);
            if other != no && theirs.is_some_and(|theirs| theirs.meets(range)) {
                return Some(Flaw {
                    says: "{a} and {b} share addresses.",
                    a: no,
                    b: other,
                    // One of the two, whichever was asked about.
                    seat: Seat::Part(no.max(other), Some(Setting::Attr(Attr::Cidr))),
                });
            }
        }
        None
    }

    /// The other end of a link.
    pub(super) fn far(&self, wire: usize, near: usize) -> usize {
        match self.wires.get(wire) {
            Some(wire) if wire.ends.0 == near => wire.ends.1,
            Some(wire) => wire.ends.0,
            None => NONE,
        }
    }

    /// Where a flow may begin or end: the subnets and sites that are meant. A container stands for the subnets inside it.
    pub(crate) fn ends(&self, selector: &Selector) -> Vec<usize> {
        let meant: Vec<bool> = self.meant(selector);
        let is_meant = |no: usize| meant.get(no).is_some_and(|meant| *meant);
        let mut ends = Vec::new();
        for (no, spot) in self.spots.iter().enumerate() {
            let mut at = no;
            if spot.part.kind == Kind::Subnet {
                for _ in 0..=MAX_DEPTH {
                    if is_meant(at) || at == NONE {
                        break;
                    }
                    at = self.parent(at);
                }
            }
            if is_meant(at) && matches!(spot.part.kind, Kind::Subnet | Kind::Site) {
                ends.push(no);
            }
        }
        ends
    }

    /// Whether each part is meant, by its number.
    pub(crate) fn meant(&self, selector: &Selector) -> Vec<bool> {
        let spots = self.spots.iter();
        spots
            .map(|spot| selector.means(self.design, spot.id, spot.part))
            .collect()
    }

    /// The addresses of a place, by how the design's tables treat them; [`NONE`] is the internet.
    pub(crate) fn atoms(&self, place: usize) -> &[Atom] {
        match self.spots.get(place) {
            Some(spot) => &spot.atoms,
            None => &self.internet,
        }
    }
}
