//! What a new part is called, and which prefix it gets: a start that makes sense and can be changed.

use crate::sorted::BTreeSet;

use ipnet::{IpNet, Ipv4Net};

use crate::design::{Design, Kind, PartId};

/// How many prefixes are tried before none is suggested.
const TRIES: usize = 4096;

/// A name that no other part has: "Route table", "Route table 2".
///
/// Zones are called alike in every network of a region, because zones of one name fail together: first the names that the
/// region's other networks use, then "Zone a", "Zone b".
pub(super) fn name(design: &Design, kind: Kind, parent: Option<&PartId>) -> String {
    if let (Kind::Zone, Some(network)) = (kind, parent) {
        return zone(design, network);
    }
    let taken: BTreeSet<&str> = design.parts.values().map(|part| part.name.trim()).collect();
    let label = kind.label(design.flavour);
    let numbered = (2..).map(|number| format!("{label} {number}"));
    std::iter::once(label.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(name.as_str()))
        .unwrap_or_default()
}

fn zone(design: &Design, network: &PartId) -> String {
    let zones = |holder: &PartId| -> BTreeSet<String> {
        let all = design
            .children(Some(holder))
            .filter(|(_, part)| part.kind == Kind::Zone);
        all.map(|(_, part)| part.name.trim().to_owned()).collect()
    };
    let mine = zones(network);
    let region = design.parts.get(network).and_then(|part| part.parent.as_ref());
    let others = design
        .children(region)
        .filter(|(_, part)| part.kind == Kind::Vnet)
        .flat_map(|(id, _)| zones(id));
    let used: BTreeSet<String> = others.filter(|name| !name.is_empty() && !mine.contains(name)).collect();
    let lettered = ('a'..='z').map(|letter| format!("Zone {letter}"));
    used.into_iter()
        .chain(lettered)
        .find(|name| !mine.contains(name))
        .unwrap_or_default()
}

/// A prefix that is still free: a part of the network's for a subnet, a private one for a network. Nothing else gets one.
pub(super) fn prefix(design: &Design, kind: Kind, parent: Option<&PartId>) -> Option<IpNet> {
    match kind {
        Kind::Vnet => {
            let taken = prefixes(design, |kind| matches!(kind, Kind::Vnet | Kind::Site));
            let private = Ipv4Net::new([10, 0, 0, 0].into(), 8).ok()?;
            free(IpNet::V4(private), 16, &taken)
        }
        Kind::Subnet => {
            let (_, network) = design.within(parent?, Kind::Vnet)?;
            let whole = network.cidr()?;
            let step = if whole.max_prefix_len() == 32 { 28 } else { 64 };
            let length = whole.prefix_len().saturating_add(8).min(step);
            let taken = prefixes(design, |kind| kind == Kind::Subnet);
            (length > whole.prefix_len()).then(|| free(whole, length, &taken))?
        }
        _ => None,
    }
}

fn prefixes(design: &Design, of: fn(Kind) -> bool) -> Vec<IpNet> {
    let parts = design.parts.values().filter(|part| of(part.kind));
    parts.filter_map(crate::design::Part::cidr).collect()
}

fn free(whole: IpNet, length: u8, taken: &[IpNet]) -> Option<IpNet> {
    let meets = |a: &IpNet, b: &IpNet| a.contains(b) || b.contains(a);
    let mut all = whole.trunc().subnets(length).ok()?.take(TRIES);
    all.find(|net| !taken.iter().any(|other| meets(net, other)))
}
