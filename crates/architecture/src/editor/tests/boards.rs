//! Boards that the tests begin with.

use crate::sorted::BTreeSet;

use crate::design::{Attr, Design, Kind, Link, LinkKind, Part, PartId, Route, Value, Via};
use crate::editor::Limits;
use crate::geometry::arrange;
use crate::task::Role;

/// Adds a part; containers get a size when the board is laid out.
pub(super) fn part(design: &mut Design, id: &str, kind: Kind, parent: &str, name: &str) {
    let parent = (!parent.is_empty()).then(|| PartId::from(parent));
    let mut part = Part::new(kind, parent, name);
    part.size = kind.is_container().then_some(crate::design::Size { w: 24, h: 13 });
    design.parts.insert(id.into(), part);
}

pub(super) fn link(design: &mut Design, id: &str, from: &str, to: &str) {
    let link = Link::new(LinkKind::Route, from.into(), to.into());
    design.links.insert(id.into(), link);
}

pub(super) fn set(design: &mut Design, id: &str, attr: Attr, value: Value) {
    if let Some(part) = design.parts.get_mut(id) {
        part.attrs.insert(attr, value);
    } else if let Some(link) = design.links.get_mut(id) {
        link.attrs.insert(attr, value);
    } else {
        panic!("no {id}");
    }
}

pub(super) fn cidr(text: &str) -> Value {
    Value::Cidr(text.parse().unwrap())
}

pub(super) fn refs(ids: &[&str]) -> Value {
    Value::Parts(ids.iter().map(|id| PartId::from(*id)).collect::<BTreeSet<_>>())
}

pub(super) fn rows(rows: &[(&str, &str)]) -> Value {
    let row = |(prefix, via): &(&str, &str)| Route {
        prefix: prefix.parse().unwrap(),
        via: match *via {
            "drop" => Via::Drop,
            id => Via::Part(id.into()),
        },
    };
    Value::Routes(rows.iter().map(row).collect())
}

/// What an exercise gives: an account with a region, a hub and a site, all locked, and one network that is not.
pub(super) fn given() -> Design {
    let mut design = Design::default();
    let d = &mut design;
    part(d, "prod", Kind::Account, "", "Production");
    part(d, "region", Kind::Region, "prod", "eu-central-1");
    part(d, "hub", Kind::Transit, "region", "Hub");
    part(d, "web", Kind::Vnet, "region", "Web");
    part(d, "web-a", Kind::Zone, "web", "Zone a");
    part(d, "app-a", Kind::Subnet, "web-a", "App a");
    part(d, "site", Kind::Site, "", "Office");
    set(d, "web", Attr::Cidr, cidr("10.1.0.0/16"));
    set(d, "app-a", Attr::Cidr, cidr("10.1.1.0/24"));
    set(d, "site", Attr::Cidr, cidr("192.168.0.0/16"));
    for id in ["prod", "region", "hub", "site"] {
        d.parts.get_mut(id).unwrap().locked = true;
    }
    arrange(&mut design);
    design
}

/// A whole board: two accounts, a hub with tables, networks with zones, an inspection network with firewalls, a way out,
/// and a tunnel to the site.
pub(super) fn target() -> Design {
    let mut design = given();
    let d = &mut design;
    part(d, "shared", Kind::Account, "", "Shared services");
    part(d, "shared-region", Kind::Region, "shared", "eu-central-1");
    part(d, "dns", Kind::Vnet, "shared-region", "DNS");
    set(d, "dns", Attr::Cidr, cidr("10.9.0.0/16"));
    set(
        d,
        "shared-region",
        Attr::Domain,
        Value::Text("aws/eu-central-1".to_owned()),
    );
    part(d, "web-b", Kind::Zone, "web", "Zone b");
    part(d, "app-b", Kind::Subnet, "web-b", "App b");
    set(d, "app-b", Attr::Cidr, cidr("10.1.2.0/24"));
    part(d, "web-table", Kind::RouteTable, "web", "Web routes");
    set(
        d,
        "web-table",
        Attr::Entries,
        rows(&[("0.0.0.0/0", "hub"), ("10.66.0.0/16", "hub")]),
    );
    part(d, "check", Kind::Vnet, "region", "Inspection");
    set(d, "check", Attr::Cidr, cidr("10.100.0.0/16"));
    part(d, "check-igw", Kind::Igw, "check", "Way out");
    for zone in ["a", "b"] {
        let (z, s, f) = (
            format!("check-{zone}"),
            format!("check-sub-{zone}"),
            format!("fw-{zone}"),
        );
        let t = format!("check-table-{zone}");
        part(d, &z, Kind::Zone, "check", &format!("Zone {zone}"));
        part(d, &s, Kind::Subnet, &z, &format!("Inspection {zone}"));
        part(d, &f, Kind::Firewall, &s, &format!("Firewall {zone}"));
        part(d, &t, Kind::RouteTable, "check", &format!("Inspection routes {zone}"));
        set(d, &s, Attr::Table, Value::Part(t.as_str().into()));
        let net = if zone == "a" { "10.100.1.0/24" } else { "10.100.2.0/24" };
        set(d, &s, Attr::Cidr, cidr(net));
        set(
            d,
            &t,
            Attr::Entries,
            rows(&[("0.0.0.0/0", "check-igw"), ("10.0.0.0/8", "hub"), ("10.7.0.0/16", &f)]),
        );
    }
    d.parts.get_mut("fw-a").unwrap().role = Some("inspector".into());
    for id in ["app-a", "app-b"] {
        set(d, id, Attr::Table, Value::Part("web-table".into()));
    }
    part(d, "spokes", Kind::RouteTable, "hub", "Spokes");
    part(d, "firewalls", Kind::RouteTable, "hub", "Firewalls");
    part(d, "vpn", Kind::Vpn, "region", "Tunnel");
    link(d, "at-web", "web", "hub");
    link(d, "at-check", "check", "hub");
    link(d, "at-vpn", "vpn", "hub");
    link(d, "to-site", "vpn", "site");
    set(
        d,
        "spokes",
        Attr::Entries,
        rows(&[("0.0.0.0/0", "check"), ("10.66.0.0/16", "drop")]),
    );
    set(d, "at-web", Attr::Subnets, refs(&["app-a", "app-b"]));
    set(d, "at-web", Attr::Associate, Value::Part("spokes".into()));
    set(d, "at-web", Attr::Propagate, refs(&["firewalls"]));
    set(d, "at-check", Attr::Subnets, refs(&["check-sub-a", "check-sub-b"]));
    set(d, "at-check", Attr::Associate, Value::Part("firewalls".into()));
    set(d, "at-check", Attr::Appliance, Value::Bool(true));
    set(d, "at-vpn", Attr::Associate, Value::Part("spokes".into()));
    set(d, "at-vpn", Attr::Propagate, refs(&["firewalls", "spokes"]));
    arrange(&mut design);
    design
}

pub(super) fn limits() -> Limits {
    Limits {
        roles: vec![Role {
            id: "inspector".into(),
            label: "Inspects traffic".to_owned(),
            kinds: vec![Kind::Firewall],
        }],
        ..Limits::free()
    }
}

/// A setting as scripts write it.
pub(super) fn text(value: &Value) -> String {
    let ids = |ids: &BTreeSet<PartId>| ids.iter().map(PartId::to_string).collect::<Vec<_>>().join(" ");
    match value {
        Value::Bool(is_on) => is_on.to_string(),
        Value::Text(text) => text.clone(),
        Value::Cidr(net) => net.to_string(),
        Value::Part(id) => id.to_string(),
        Value::Parts(parts) => ids(parts),
        Value::Routes(rows) => {
            let row = |row: &Route| match &row.via {
                Via::Part(id) => format!("{}>{id}", row.prefix),
                Via::Drop => format!("{}>drop", row.prefix),
            };
            rows.iter().map(row).collect::<Vec<_>>().join(" ")
        }
    }
}
