use core::net::IpAddr;

use ipnet::IpNet;

use super::{Row, World};
use crate::design::{Kind, LinkId, PartId};

/// A route table as a packet meets it: every row with its prefix, the better of two with one prefix first.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<(IpNet, Row)>,
}

impl Table {
    /// The table of a subnet: the network's own prefix, then the rows of the table it names.
    #[must_use]
    pub fn of_subnet(world: &World<'_>, subnet: &PartId) -> Self {
        let mut table = Table::default();
        let own = world
            .network(subnet)
            .and_then(|network| world.design.parts.get(network)?.cidr());
        if let Some(own) = own {
            table.rows.push((own, Row::Local(own)));
        }
        if let Some(id) = world.design.parts.get(subnet).and_then(|part| part.table()) {
            table.add_static(world, id);
        }
        table
    }

    /// A table of a hub: its rows, then what attachments propagate into it, networks before tunnels.
    #[must_use]
    pub fn of_hub(world: &World<'_>, hub: &PartId, id: &PartId) -> Self {
        let mut table = Table::default();
        table.add_static(world, id);
        let mut learnt: Vec<(bool, IpNet, LinkId)> = Vec::new();
        for (link_id, link) in world.links_of_id(hub) {
            if link.propagation().contains(id) {
                let network = link.other(hub);
                let is_tunnel = network
                    .and_then(|id| world.part(id))
                    .is_some_and(|part| part.kind == Kind::Vpn);
                let prefixes = network.map_or_else(Vec::new, |network| world.prefixes(network));
                learnt.extend(prefixes.into_iter().map(|prefix| (is_tunnel, prefix, link_id.clone())));
            }
        }
        crate::sorted::sort(&mut learnt);
        table.rows.extend(
            learnt
                .into_iter()
                .map(|(_, prefix, link)| (prefix, Row::Propagated(prefix, link))),
        );
        table
    }

    fn add_static(&mut self, world: &World<'_>, id: &PartId) {
        if let Some(part) = world.design.parts.get(id) {
            let rows = part.routes().iter().enumerate();
            self.rows
                .extend(rows.map(|(place, route)| (route.prefix, Row::Static(place, route.clone()))));
        }
    }

    /// Every row, the better of two with one prefix first.
    #[must_use]
    pub fn rows(&self) -> &[(IpNet, Row)] {
        &self.rows
    }

    /// The row that decides about an address.
    #[must_use]
    pub fn winner(&self, address: IpAddr) -> Option<&Row> {
        let rows = self.rows.iter().map(|(prefix, _)| *prefix);
        self.rows.get(winner(rows, address)?).map(|(_, row)| row)
    }
}

/// The place of the longest prefix that holds the address; of equals the first.
#[must_use]
pub fn winner(prefixes: impl Iterator<Item = IpNet>, address: IpAddr) -> Option<usize> {
    let mut best: Option<(usize, u8)> = None;
    for (place, prefix) in prefixes.enumerate() {
        if prefix.contains(&address) && best.is_none_or(|(_, length)| prefix.prefix_len() > length) {
            best = Some((place, prefix.prefix_len()));
        }
    }
    best.map(|(place, _)| place)
}
