use super::{Owner, allow_link, allow_move, allow_part, candidates, link_between};
use crate::design::{Attr, Design, Kind, LinkKind};
use crate::testing::design;

fn ground() -> Design {
    design(
        "account org
         region eu in org
         vnet prod in eu
         zone za in prod name=a
         route-table main in prod
         subnet prod-a in za
         firewall wall in prod-a
         igw gate in prod
         vnet dev in eu
         transit hub in eu
         route-table spokes in hub
         site hq
         vpn tunnel in hq
         at-prod: prod - hub
         at-hq: tunnel - hub",
    )
}

#[track_caller]
fn place(parent: &str, kind: Kind, expect: &str) {
    let parent = (!parent.is_empty()).then(|| parent.into());
    let says = allow_part(&ground(), parent.as_ref(), kind).map_or_else(|reason| reason.0, |()| String::new());
    assert_eq!(says, expect);
}

#[track_caller]
fn link(from: &str, to: &str, expect: &str) {
    let says = allow_link(&ground(), LinkKind::Route, &from.into(), &to.into());
    assert_eq!(says.map_or_else(|reason| reason.0, |()| String::new()), expect);
}

#[test]
fn parts_have_their_places() {
    place("", Kind::Account, "");
    place("za", Kind::Subnet, "");
    place("hub", Kind::RouteTable, "");
    place("prod", Kind::RouteTable, "");
    place("eu", Kind::Vpn, "");
    place(
        "eu",
        Kind::Subnet,
        "A subnet cannot sit inside a region. Put it in an availability zone.",
    );
    place(
        "prod",
        Kind::Firewall,
        "A firewall cannot sit inside a VPC. Put it in a subnet.",
    );
    place(
        "za",
        Kind::Igw,
        "An internet gateway cannot sit inside an availability zone. Put it in a VPC.",
    );
    place(
        "za",
        Kind::RouteTable,
        "A route table cannot sit inside an availability zone. Put it in a VPC or a transit gateway.",
    );
    place(
        "",
        Kind::Vpn,
        "A VPN connection cannot stand alone. Put it in a region or a site.",
    );
    place(
        "wall",
        Kind::Site,
        "A site cannot sit inside a firewall. It stands outside all other parts.",
    );
    place("gone", Kind::Site, "That part is not there any more.");
    place("dev", Kind::Igw, "");
    place(
        "prod",
        Kind::Igw,
        "prod has gate already, and a VPC takes one internet gateway.",
    );
}

#[test]
fn links_have_their_ends() {
    link("dev", "hub", "");
    link("tunnel", "dev", "");
    link("prod", "hub", "prod and hub are linked already.");
    link(
        "hub",
        "dev",
        "A transit gateway cannot be linked to a VPC. Link them the other way round: the network first.",
    );
    link(
        "prod",
        "dev",
        "A VPC cannot be linked to a VPC. Attach both to a transit gateway.",
    );
    link(
        "prod-a",
        "hub",
        "A subnet cannot be linked to a transit gateway. Attach its VPC, and choose the subnets in the attachment.",
    );
    link("prod-a", "prod", "prod-a is inside prod; that already connects them.");
    link(
        "wall",
        "hub",
        "A firewall cannot be linked to a transit gateway. Send a route to the firewall instead.",
    );
    link(
        "hq",
        "hub",
        "A site cannot be linked to a transit gateway. A site is reached by a VPN connection.",
    );
    link("hq", "tunnel", "tunnel is inside hq; that already connects them.");
    link("prod", "prod", "A part cannot be linked to itself.");
}

#[test]
fn a_link_is_kept_with_the_network_first() {
    let (_, from, to) = link_between(&ground(), &"hub".into(), &"dev".into()).expect("it is allowed");
    assert_eq!((from.as_str(), to.as_str()), ("dev", "hub"));
}

#[test]
fn moves_respect_locks_and_circles() {
    let mut design = ground();
    let says = |design: &Design, part: &str, into: &str| {
        allow_move(design, &part.into(), Some(&into.into())).map_or_else(|reason| reason.0, |()| String::new())
    };
    assert_eq!(says(&design, "prod", "za"), "prod cannot sit inside itself.");
    assert_eq!(says(&design, "main", "hub"), "");
    design.parts.get_mut("main").expect("it is there").locked = true;
    assert_eq!(says(&design, "main", "hub"), "main is given and stays where it is.");
    assert_eq!(
        says(&design, "main", "prod"),
        "",
        "within its container it may be moved about"
    );
}

#[test]
fn settings_refer_to_what_is_in_reach() {
    let design = ground();
    let ids = |owner: Owner<'_>, attr| -> Vec<String> {
        candidates(&design, owner, attr)
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(ids(Owner::Part(&"prod-a".into()), Attr::Table), ["main"]);
    assert_eq!(ids(Owner::Part(&"main".into()), Attr::Entries), ["gate", "wall", "hub"]);
    assert_eq!(ids(Owner::Part(&"spokes".into()), Attr::Entries), ["tunnel", "prod"]);
    assert_eq!(ids(Owner::Link(&"at-prod".into()), Attr::Associate), ["spokes"]);
    assert_eq!(ids(Owner::Link(&"at-prod".into()), Attr::Subnets), ["prod-a"]);
    assert_eq!(ids(Owner::Link(&"at-hq".into()), Attr::Subnets), Vec::<String>::new());
}
