use super::{Allowed, no};
use crate::design::{Attr, Design, Kind, Link, LinkId, PartId, Value, Via};

/// The settings of a kind of part, in the order in which they are shown.
#[must_use]
pub fn part_settings(kind: Kind) -> &'static [Attr] {
    match kind {
        Kind::Region | Kind::Zone => &[Attr::Domain],
        Kind::Vnet | Kind::Site => &[Attr::Cidr],
        Kind::Subnet => &[Attr::Cidr, Attr::Table],
        Kind::RouteTable => &[Attr::Entries],
        Kind::Account | Kind::Transit | Kind::Firewall | Kind::Igw | Kind::Vpn => &[],
    }
}

/// The settings of a link, which depend on its ends: the attachment of a network has all of them.
#[must_use]
pub fn link_settings(design: &Design, link: &Link) -> &'static [Attr] {
    let kind = |id: &PartId| design.parts.get(id).map(|part| part.kind);
    match (kind(&link.from), kind(&link.to)) {
        (Some(Kind::Vnet), Some(Kind::Transit)) => &[Attr::Subnets, Attr::Associate, Attr::Propagate, Attr::Appliance],
        (Some(Kind::Vpn), Some(Kind::Transit)) => &[Attr::Associate, Attr::Propagate],
        _ => &[],
    }
}

/// What a setting of a part or of a link may refer to, in the order of the ids; empty for settings that refer to nothing.
///
/// A subnet's table is one of its network; a table's rows lead to the gateways, firewalls and hubs of its network, or to
/// what is attached to its hub; an attachment's tables are the hub's, and its subnets the network's.
#[must_use]
pub fn candidates(design: &Design, owner: Owner<'_>, attr: Attr) -> Vec<PartId> {
    match owner {
        Owner::Part(id) => of_part(design, id, attr),
        Owner::Link(id) => design
            .links
            .get(id)
            .map_or_else(Vec::new, |link| of_link(design, link, attr)),
    }
}

/// Whose setting it is.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// A part's.
    Part(&'a PartId),
    /// A link's.
    Link(&'a LinkId),
}

/// What a setting may refer to, for whoever chose something else.
#[must_use]
pub fn reach(attr: Attr) -> &'static str {
    match attr {
        Attr::Table => "a subnet uses a route table of its own network",
        Attr::Entries => "a route leads to what its network holds or is linked to, or to what is attached to its hub",
        Attr::Subnets => "an attachment has its feet in subnets of its own network",
        Attr::Associate | Attr::Propagate => "an attachment uses the tables of its own hub",
        Attr::Cidr | Attr::Domain | Attr::Appliance => "it refers to nothing",
    }
}

/// Whether a table may have blackholes: one of a hub may, and nobody can write one into a network's.
#[must_use]
pub fn takes_drop(design: &Design, table: &PartId) -> bool {
    let holder = design.parts.get(table).and_then(|table| table.parent.as_ref());
    holder.is_some_and(|id| design.parts.get(id).is_some_and(|part| part.kind == Kind::Transit))
}

/// Whether a setting may have a value, apart from what the value refers to: that is for [`candidates`] to say. A table has
/// one row for a destination, and blackholes only in a hub; an attachment has one subnet in a zone.
pub fn allow_value(design: &Design, owner: Owner<'_>, value: &Value) -> Allowed {
    match (owner, value) {
        (Owner::Part(table), Value::Routes(rows)) => {
            for (place, row) in rows.iter().enumerate() {
                if row.via == Via::Drop && !takes_drop(design, table) {
                    let (name, prefix) = (design.name(table), row.prefix.to_string());
                    return no([
                        name.as_str(),
                        " is no table of a hub, so it cannot drop ",
                        &prefix,
                        ". Write the blackhole into a table of the hub.",
                    ]
                    .concat());
                }
                if rows.iter().take(place).any(|before| before.prefix == row.prefix) {
                    let prefix = row.prefix.to_string();
                    return no(["There is a row for ", &prefix, " already. Change that one."].concat());
                }
            }
            Ok(())
        }
        (Owner::Link(_), Value::Parts(feet)) => {
            let zone = |id: &PartId| {
                design.parts.get(id).filter(|part| part.kind == Kind::Subnet)?;
                design.domain_of(id)
            };
            for (place, foot) in feet.iter().enumerate() {
                let here = zone(foot);
                let twin = feet
                    .iter()
                    .take(place)
                    .find(|other| here.is_some() && zone(other) == here);
                if let Some(twin) = twin {
                    let (one, other) = (design.name(twin), design.name(foot));
                    let why = " are in one zone. An attachment takes one subnet in each zone.";
                    return no([one.as_str(), " and ", &other, why].concat());
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn of_part(design: &Design, id: &PartId, attr: Attr) -> Vec<PartId> {
    match attr {
        Attr::Table => match design.within(id, Kind::Vnet) {
            Some((network, _)) => tables(design, network),
            None => Vec::new(),
        },
        Attr::Entries => match design.parts.get(id).and_then(|table| table.parent.as_ref()) {
            Some(holder) => targets(design, holder),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn of_link(design: &Design, link: &Link, attr: Attr) -> Vec<PartId> {
    match attr {
        Attr::Associate | Attr::Propagate => tables(design, &link.to),
        Attr::Subnets => all_inside(design, &link.from, &[Kind::Subnet]),
        _ => Vec::new(),
    }
}

fn tables(design: &Design, holder: &PartId) -> Vec<PartId> {
    let children = design.children(Some(holder));
    children
        .filter(|(_, part)| part.kind == Kind::RouteTable)
        .map(|(id, _)| id.clone())
        .collect()
}

/// Where the rows of a table of `holder` may lead.
fn targets(design: &Design, holder: &PartId) -> Vec<PartId> {
    let is_hub = design.parts.get(holder).is_some_and(|part| part.kind == Kind::Transit);
    let neighbours = design
        .links_of(holder)
        .filter_map(|(_, link)| link.other(holder).cloned());
    if is_hub {
        return neighbours.collect();
    }
    let mut targets = all_inside(design, holder, &[Kind::Firewall, Kind::Igw]);
    targets.extend(neighbours);
    targets
}

fn all_inside(design: &Design, holder: &PartId, kinds: &[Kind]) -> Vec<PartId> {
    let inside = design
        .parts
        .iter()
        .filter(|(id, part)| kinds.contains(&part.kind) && design.ancestors(id).any(|(above, _)| above == holder));
    inside.map(|(id, _)| id.clone()).collect()
}
