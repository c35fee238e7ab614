//! What a new part is called, and which prefix it gets: a start that makes sense and can be changed.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net};

use crate::design::{Design, Kind, PartId};

/// How many prefixes are tried before none is suggested.
const TRIES: u64 = 4096;

/// A name that no other part has: "Route table", "Route table 2".
///
/// Zones are called alike in every network of a region, because zones of one name fail together: first the names that the
/// region's other networks use, then "Zone a", "Zone b".
pub(super) fn name(design: &Design, kind: Kind, parent: Option<&PartId>) -> String {
    if let (Kind::Zone, Some(network)) = (kind, parent) {
        return zone(design, network);
    }
    let label = kind.label(design.flavour);
    let mut name = label.to_owned();
    let mut number = 1;
    while design.parts.values().any(|part| part.name.trim() == name) {
        number += 1;
        name = [label, " ", &number.to_string()].concat();
    }
    name
}

fn zone(design: &Design, network: &PartId) -> String {
    let is_mine = |name: &str| {
        let mut mine = design.children(Some(network));
        mine.any(|(_, part)| part.kind == Kind::Zone && part.name.trim() == name)
    };
    let region = design.parts.get(network).and_then(|part| part.parent.as_ref());
    let mut found: Option<&str> = None;
    for part in design.parts.values() {
        let holder = part.parent.as_ref().and_then(|id| design.parts.get(id));
        let is_near = holder.is_some_and(|holder| holder.kind == Kind::Vnet && holder.parent.as_ref() == region);
        let name = part.name.trim();
        let is_first = found.is_none_or(|found| name < found);
        if part.kind == Kind::Zone && is_near && !name.is_empty() && is_first && !is_mine(name) {
            found = Some(name);
        }
    }
    if let Some(name) = found {
        return name.to_owned();
    }
    for letter in 'a'..='z' {
        let name = ["Zone ", letter.encode_utf8(&mut [0; 4])].concat();
        if !is_mine(&name) {
            return name;
        }
    }
    String::new()
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
    let mut nets = Vec::new();
    for part in design.parts.values() {
        if of(part.kind) {
            nets.extend(part.cidr());
        }
    }
    nets
}

/// The first prefix of a length, 64 at most, that has nothing in common with those that are taken.
fn free(whole: IpNet, length: u8, taken: &[IpNet]) -> Option<IpNet> {
    // The first 64 bits of an address are all that counts.
    let start = match whole.network() {
        IpAddr::V4(address) => u64::from(address.to_bits()) << 32,
        IpAddr::V6(address) => (address.to_bits() >> 64) as u64,
    };
    let bits = length.checked_sub(whole.prefix_len())?;
    let all = 1_u64.checked_shl(bits.into()).unwrap_or(TRIES).min(TRIES);
    for number in 0..all {
        let at = start + number.checked_shl(64 - u32::from(length)).unwrap_or(0);
        let address = match whole {
            IpNet::V4(_) => IpAddr::V4(Ipv4Addr::from_bits((at >> 32) as u32)),
            IpNet::V6(_) => IpAddr::V6(Ipv6Addr::from_bits(u128::from(at) << 64)),
        };
        let net = IpNet::new(address, length).ok()?;
        if !taken.iter().any(|other| net.contains(other) || other.contains(&net)) {
            return Some(net);
        }
    }
    None
}
