use crate::design::{Attr, Design, Kind, Link, LinkId, PartId};

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
