use super::{Allowed, Reason, no, part_settings};
use crate::design::{Attr, Design, Flavour, Kind, Link, LinkKind, MAX_DEPTH, PartId};

/// Whether a part of `kind` may stand in `parent`, by their kinds alone; `None` is the ground.
pub fn allow_place(flavour: Flavour, parent: Option<Kind>, kind: Kind) -> Allowed {
    let homes = homes(kind);
    if homes.contains(&parent) {
        return Ok(());
    }
    let what = article(kind.label(flavour));
    let instead = if homes.contains(&None) {
        "It stands outside all other parts.".to_owned()
    } else {
        let mut instead = String::new();
        for home in homes.iter().flatten() {
            let joint = if instead.is_empty() { "Put it in " } else { " or " };
            instead.push_str(&[joint, &article(home.label(flavour))].concat());
        }
        instead + "."
    };
    let place = match parent {
        Some(parent) => [" cannot sit inside ", &article(parent.label(flavour)), ". "].concat(),
        None => " cannot stand alone. ".to_owned(),
    };
    no([capital(&what), place, instead].concat())
}

/// Whether a new part of `kind` may stand in `parent`.
pub fn allow_part(design: &Design, parent: Option<&PartId>, kind: Kind) -> Allowed {
    let holder = match parent {
        Some(id) => match design.parts.get(id) {
            Some(part) => Some(part.kind),
            None => return no("That part is not there any more."),
        },
        None => None,
    };
    allow_place(design.flavour, holder, kind)?;
    let depth = parent.map_or(0, |id| 1 + design.ancestors(id).count());
    if depth >= MAX_DEPTH {
        return no(format!("Parts can lie at most {MAX_DEPTH} deep."));
    }
    if kind == Kind::Igw
        && let Some(network) = parent
        && let Some((gateway, _)) = design.children(parent).find(|(_, part)| part.kind == Kind::Igw)
    {
        let (network, gateway) = (design.name(network), design.name(gateway));
        let why = " already, and a VPC takes one internet gateway.";
        return no([network.as_str(), " has ", &gateway, why].concat());
    }
    Ok(())
}

/// Whether a part may move into `parent`.
pub fn allow_move(design: &Design, id: &PartId, parent: Option<&PartId>) -> Allowed {
    let Some(part) = design.parts.get(id) else {
        return no("That part is not there any more.");
    };
    if part.parent.as_ref() == parent {
        return Ok(());
    }
    if part.locked {
        return no(design.name(id) + " is given and stays where it is.");
    }
    if let Some(parent) = parent
        && (parent == id || design.ancestors(parent).any(|(above, _)| above == id))
    {
        return no(design.name(id) + " cannot sit inside itself.");
    }
    allow_part(design, parent, part.kind)
}

/// The kind of link that two parts would have, in the order in which it is kept: a network before its hub.
pub fn link_between(design: &Design, a: &PartId, b: &PartId) -> Result<(LinkKind, PartId, PartId), Reason> {
    let (from, to) = match (
        design.parts.get(a).map(|part| part.kind),
        design.parts.get(b).map(|part| part.kind),
    ) {
        (Some(Kind::Transit), Some(_)) => (b, a),
        _ => (a, b),
    };
    allow_link(design, LinkKind::Route, from, to)?;
    Ok((LinkKind::Route, from.clone(), to.clone()))
}

/// Whether a new link of `kind` may go from one part to another.
pub fn allow_link(design: &Design, kind: LinkKind, from: &PartId, to: &PartId) -> Allowed {
    let twin = |link: &Link| {
        link.kind == kind && ((&link.from == from && &link.to == to) || (&link.from == to && &link.to == from))
    };
    if design.links.values().any(twin) {
        let (from, to) = (design.name(from), design.name(to));
        return no([from.as_str(), " and ", &to, " are linked already."].concat());
    }
    allow_ends(design, kind, from, to)
}

/// Whether a link of `kind` may have these ends, apart from others that have the same.
pub fn allow_ends(design: &Design, kind: LinkKind, from: &PartId, to: &PartId) -> Allowed {
    let LinkKind::Route = kind;
    let (Some(a), Some(b)) = (design.parts.get(from), design.parts.get(to)) else {
        return no("One of the ends is not there any more.");
    };
    if from == to {
        return no("A part cannot be linked to itself.");
    }
    for (inner, outer) in [(from, to), (to, from)] {
        if design.ancestors(inner).any(|(above, _)| above == outer) {
            let (inner, outer) = (design.name(inner), design.name(outer));
            return no([inner.as_str(), " is inside ", &outer, "; that already connects them."].concat());
        }
    }
    let flavour = design.flavour;
    let says = |help: &str| {
        let (from, to) = (capital(&article(a.kind.label(flavour))), article(b.kind.label(flavour)));
        no([from.as_str(), " cannot be linked to ", &to, ". ", help].concat())
    };
    match (a.kind, b.kind) {
        (Kind::Vnet | Kind::Vpn, Kind::Transit) | (Kind::Vpn, Kind::Site) | (Kind::Site, Kind::Vpn) => Ok(()),
        (Kind::Vnet, Kind::Vpn) | (Kind::Vpn, Kind::Vnet) => Ok(()),
        (Kind::Transit, Kind::Vnet | Kind::Vpn) => says("Link them the other way round: the network first."),
        (Kind::Subnet, _) | (_, Kind::Subnet) => says("Attach its VPC, and choose the subnets in the attachment."),
        (Kind::Vnet, Kind::Vnet) => says("Attach both to a transit gateway."),
        (Kind::Site, _) | (_, Kind::Site) => says("A site is reached by a VPN connection."),
        (Kind::Igw, _) | (_, Kind::Igw) => says("An internet gateway serves the VPC it sits in: send a route to it."),
        (Kind::Firewall, _) | (_, Kind::Firewall) => says("Send a route to the firewall instead."),
        (Kind::RouteTable, _) | (_, Kind::RouteTable) => says("Choose the table in the subnet or in the attachment."),
        _ => says("Only networks, VPN connections, sites and transit gateways have links."),
    }
}

/// Whether a setting of a part may be changed.
pub fn allow_attr(design: &Design, id: &PartId, attr: Attr) -> Allowed {
    let Some(part) = design.parts.get(id) else {
        return no("That part is not there any more.");
    };
    if part.locked {
        return no(design.name(id) + " is given; its settings stay.");
    }
    if !part_settings(part.kind).contains(&attr) {
        let part = capital(&article(part.kind.label(design.flavour)));
        return no([part.as_str(), " has no setting called ", attr.label(), "."].concat());
    }
    Ok(())
}

/// Where a kind may stand; `None` is the ground.
fn homes(kind: Kind) -> &'static [Option<Kind>] {
    match kind {
        Kind::Account | Kind::Site => &[None],
        Kind::Region => &[Some(Kind::Account)],
        Kind::Vnet | Kind::Transit => &[Some(Kind::Region)],
        Kind::Zone | Kind::Igw => &[Some(Kind::Vnet)],
        Kind::Subnet => &[Some(Kind::Zone)],
        Kind::RouteTable => &[Some(Kind::Vnet), Some(Kind::Transit)],
        Kind::Firewall => &[Some(Kind::Subnet)],
        Kind::Vpn => &[Some(Kind::Region), Some(Kind::Site)],
    }
}

fn article(label: &str) -> String {
    let an = if label.starts_with(['A', 'E', 'I', 'O']) {
        "an "
    } else {
        "a "
    };
    let mut text = [an, label].concat();
    // VPC and VPN keep their capitals.
    if label.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase)
        && let Some(first) = text.get_mut(an.len()..=an.len())
    {
        first.make_ascii_lowercase();
    }
    text
}

/// A text with its first letter large.
pub(crate) fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
