use core::net::Ipv4Addr;

use ipnet::{IpNet, Ipv4Net};

use super::NONE;

/// A prefix as two numbers, its first address and its length. Packets here are of IPv4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Range {
    pub(super) lo: u32,
    pub(super) len: u8,
}

impl Range {
    /// All addresses there are.
    pub(super) const ALL: Range = Range { lo: 0, len: 0 };

    pub(crate) fn of(net: IpNet) -> Option<Self> {
        match net {
            IpNet::V4(net) => Some(Range {
                lo: u32::from(net.network()),
                len: net.prefix_len(),
            }),
            IpNet::V6(_) => None,
        }
    }

    pub(super) fn hi(self) -> u32 {
        self.lo | u32::MAX.checked_shr(u32::from(self.len)).unwrap_or(0)
    }

    pub(super) fn has(self, address: u32) -> bool {
        self.lo <= address && address <= self.hi()
    }

    pub(crate) fn holds(self, other: Range) -> bool {
        self.len <= other.len && self.has(other.lo)
    }

    pub(crate) fn meets(self, other: Range) -> bool {
        self.holds(other) || other.holds(self)
    }

    pub(super) fn net(self) -> Option<IpNet> {
        Ipv4Net::new(Ipv4Addr::from(self.lo), self.len).ok().map(IpNet::V4)
    }
}

/// Where a row leads. The better of two with one prefix comes first: the network's own, what was written, what a network
/// announces, what a tunnel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// It stays in the network.
    Local,
    /// Nowhere: a blackhole that was written.
    Drop,
    /// To a part, as was written.
    Part(usize),
    /// By the attachment of a network.
    Network(usize),
    /// By the attachment of a tunnel.
    Tunnel(usize),
}

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) range: Range,
    pub(super) way: Way,
    /// True when another row of the same kind has the same prefix, which no cloud would take.
    pub(super) has_twin: bool,
    /// The place of the next wider row that holds this one.
    wider: usize,
}

impl Row {
    pub(super) fn new(range: Range, way: Way) -> Self {
        Row {
            range,
            way,
            has_twin: false,
            wider: NONE,
        }
    }

    /// True when two rows that have one prefix contradict each other: one may not be written twice, and of two networks
    /// with one prefix nobody can say which is meant. Two tunnels to one place are a usual thing.
    fn contradicts(self, other: Row) -> bool {
        let written = |row: Row| matches!(row.way, Way::Drop | Way::Part(_));
        let network = |row: Row| matches!(row.way, Way::Network(_));
        (written(self) && written(other)) || (network(self) && network(other))
    }
}

/// A route table as a packet meets it: a row a prefix, by address.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Of rows in any order.
    pub(super) fn new(mut rows: Vec<Row>) -> Self {
        crate::sorted::sort(&mut rows);
        let mut table = Table::default();
        let mut last = NONE;
        for mut row in rows {
            if let Some(known) = table.rows.get_mut(last).filter(|known| known.range == row.range) {
                known.has_twin |= known.contradicts(row);
                continue;
            }
            // The rows that hold this one lie on the way up from the one before it.
            row.wider = table.up(last, row.range.lo);
            last = table.rows.len();
            table.rows.push(row);
        }
        table
    }

    /// From the row at a place up to the first that has the address.
    fn up(&self, mut place: usize, address: u32) -> usize {
        while let Some(row) = self.rows.get(place) {
            if row.range.has(address) {
                break;
            }
            place = row.wider;
        }
        place
    }

    /// The place of the row with the longest prefix that has the address, [`NONE`] without one.
    pub(super) fn place(&self, address: u32) -> usize {
        let after = self.rows.partition_point(|row| row.range.lo <= address);
        self.up(after.wrapping_sub(1), address)
    }

    /// The row that decides about an address.
    pub(super) fn winner(&self, address: u32) -> Option<&Row> {
        self.rows.get(self.place(address))
    }

    /// The rows whose first address lies in the range.
    fn inside(&self, range: Range) -> &[Row] {
        let first = self.rows.partition_point(|row| row.range.lo < range.lo);
        let last = self.rows.partition_point(|row| row.range.lo <= range.hi());
        self.rows.get(first..last).unwrap_or(&[])
    }
}

/// Addresses that every table of a design treats alike, with one that stands for all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub(super) address: u32,
    /// The prefix that sets them apart, when it is not all of the place.
    pub(crate) apart: Option<Range>,
}

/// Splits what is in `range` and in none of the `holes` by the prefixes of a table that holds all of a design.
pub(super) fn atoms(all: &Table, range: Range, holes: &[Range]) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut known: Vec<usize> = Vec::new();
    let mut add = |address: u32| {
        let place = all.place(address);
        if range.has(address) && !holes.iter().any(|hole| hole.has(address)) && !known.contains(&place) {
            known.push(place);
            let apart = all.rows.get(place).map(|row| row.range);
            atoms.push(Atom {
                address,
                apart: apart.filter(|apart| range.holds(*apart) && *apart != range && apart.len > 0),
            });
        }
    };
    // Where a class begins: at the beginning, where a prefix begins, or behind one that ends.
    add(range.lo);
    for row in all.inside(range) {
        add(row.range.lo);
        add(row.range.hi().saturating_add(1));
    }
    for hole in holes {
        add(hole.hi().saturating_add(1));
    }
    atoms
}

#[cfg(test)]
pub(super) fn winner(prefixes: &[IpNet], address: core::net::IpAddr) -> Option<Option<IpNet>> {
    let core::net::IpAddr::V4(address) = address else {
        return None;
    };
    let rows = prefixes
        .iter()
        .filter_map(|net| Some(Row::new(Range::of(*net)?, Way::Drop)));
    let table = Table::new(rows.collect());
    Some(table.winner(u32::from(address)).and_then(|row| row.range.net()))
}
