//! Designs for the tests of the geometry and of the pointer machine.

use proptest::prelude::*;

use crate::catalogue::allow_place;
use crate::design::{Design, Flavour, Kind, Link, LinkKind, Part, PartId};

/// An account with a region in which so many networks of two zones are attached to a hub, and a site with a tunnel to it.
/// Nothing is laid out yet.
pub(crate) fn hub_and_spokes(networks: usize) -> Design {
    let mut design = Design::default();
    let mut put = |id: &str, kind: Kind, parent: &str| {
        let parent = (!parent.is_empty()).then(|| PartId::from(parent));
        let mut part = Part::new(kind, parent, id);
        part.size = kind.is_container().then_some(super::least_size(kind));
        design.parts.insert(id.into(), part);
    };
    put("account", Kind::Account, "");
    put("region", Kind::Region, "account");
    put("hub", Kind::Transit, "region");
    put("hub-table", Kind::RouteTable, "hub");
    put("tunnel", Kind::Vpn, "region");
    put("site", Kind::Site, "");
    for number in 1..=networks {
        let net = format!("net{number}");
        put(&net, Kind::Vnet, "region");
        put(&format!("{net}-table"), Kind::RouteTable, &net);
        put(&format!("{net}-out"), Kind::Igw, &net);
        for zone in ["a", "b"] {
            let zone = format!("{net}-{zone}");
            put(&zone, Kind::Zone, &net);
            put(&format!("{zone}-app"), Kind::Subnet, &zone);
            put(&format!("{zone}-data"), Kind::Subnet, &zone);
        }
        put(&format!("{net}-wall"), Kind::Firewall, &format!("{net}-a-app"));
    }
    let mut link = |id: &str, from: &str, to: &str| {
        design
            .links
            .insert(id.into(), Link::new(LinkKind::Route, from.into(), to.into()));
    };
    link("l-site", "tunnel", "site");
    link("l-tunnel", "tunnel", "hub");
    for number in 1..=networks {
        link(&format!("l-net{number}"), &format!("net{number}"), "hub");
    }
    design
}

/// Any small tree of parts that may stand where they are, with links where they are allowed. Nothing is laid out.
pub(crate) fn tree() -> impl Strategy<Value = Design> {
    let parts = prop::collection::vec(
        (0..Kind::ALL.len(), any::<prop::sample::Index>(), -50..50i32, -50..50i32),
        1..40,
    );
    let links = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..30);
    (parts, links).prop_map(|(parts, links)| {
        let mut design = hub_and_spokes(0);
        for (number, (kind, which, x, y)) in parts.into_iter().enumerate() {
            let kind = Kind::ALL[kind];
            let parents: Vec<Option<PartId>> = std::iter::once(None)
                .chain(design.parts.keys().cloned().map(Some))
                .filter(|parent| {
                    let holder = parent
                        .as_ref()
                        .and_then(|id| design.parts.get(id))
                        .map(|part| part.kind);
                    allow_place(Flavour::Aws, holder, kind).is_ok()
                })
                .collect();
            if parents.is_empty() {
                continue;
            }
            let mut part = Part::new(kind, which.get(&parents).clone(), "A name of some length");
            part.at = crate::design::Cell::new(x, y);
            part.size = kind.is_container().then_some(super::least_size(kind));
            design.parts.insert(format!("p{number}").as_str().into(), part);
        }
        let ids: Vec<PartId> = design.parts.keys().cloned().collect();
        for (number, (a, b)) in links.into_iter().enumerate() {
            if ids.is_empty() {
                break;
            }
            if let Ok((kind, from, to)) = crate::catalogue::link_between(&design, a.get(&ids), b.get(&ids)) {
                design
                    .links
                    .insert(format!("l{number}").as_str().into(), Link::new(kind, from, to));
            }
        }
        design
    })
}
