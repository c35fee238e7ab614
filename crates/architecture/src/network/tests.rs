use std::fmt::Write as _;

use super::table::{Range, Row, Table, Way, atoms, winner};
use super::{End, Net, Place, Probe, World};
use crate::design::Design;
use crate::task::Fault;
use crate::testing::{design, with};

/// Two spokes, each in two zones, and an inspection network, all attached to one hub with a table a segment.
fn hub() -> Design {
    design(
        "account org
         region eu in org
         vnet prod in eu cidr=10.1.0.0/16
         zone prod-za in prod name=a
         zone prod-zb in prod name=b
         route-table prod-main in prod
         subnet prod-a in prod-za cidr=10.1.0.0/24 table=prod-main @production
         subnet prod-b in prod-zb cidr=10.1.1.0/24 table=prod-main @production
         vnet dev in eu cidr=10.2.0.0/16
         zone dev-za in dev name=a
         zone dev-zb in dev name=b
         route-table dev-main in dev
         subnet dev-a in dev-za cidr=10.2.0.0/24 table=dev-main @development
         subnet dev-b in dev-zb cidr=10.2.1.0/24 table=dev-main @development
         vnet insp in eu cidr=10.9.0.0/16
         zone insp-za in insp name=a
         zone insp-zb in insp name=b
         igw igw in insp
         route-table foot-a in insp
         route-table foot-b in insp
         route-table out in insp
         subnet feet-a in insp-za cidr=10.9.0.0/28 table=foot-a
         subnet feet-b in insp-zb cidr=10.9.0.16/28 table=foot-b
         subnet walls-a in insp-za cidr=10.9.1.0/24 table=out
         subnet walls-b in insp-zb cidr=10.9.2.0/24 table=out
         firewall fw-a in walls-a @inspection
         firewall fw-b in walls-b @inspection
         site hq cidr=192.168.0.0/16 @site
         vpn tunnel in hq
         transit hub in eu
         route-table spokes in hub
         route-table back in hub
         at-prod: prod - hub subnets=prod-a,prod-b associate=spokes propagate=back
         at-dev: dev - hub subnets=dev-a,dev-b associate=spokes propagate=back
         at-insp: insp - hub subnets=feet-a,feet-b associate=back appliance
         at-hq: tunnel - hub associate=back propagate=spokes,back
         route spokes 0.0.0.0/0 insp
         route prod-main 0.0.0.0/0 hub
         route dev-main 0.0.0.0/0 hub
         route foot-a 0.0.0.0/0 fw-a
         route foot-b 0.0.0.0/0 fw-b
         route out 10.0.0.0/8 hub
         route out 0.0.0.0/0 igw",
    )
}

fn place(name: &str) -> Place {
    match name {
        "internet" => Place::Internet,
        id => Place::Part(id.into()),
    }
}

/// The stations of a flow, out and, after a `|`, back, and how each ended: of several ways the first that fails.
fn way(design: &Design, faults: &[Fault], from: &str, to: &str) -> String {
    let net = Net::new(design);
    let world = World::after(&net, faults);
    let (from, to) = (world.number(&place(from)), world.number(&place(to)));
    let mut probe = Probe::new(&world);
    let trouble = probe.trouble(from, to, true, None);
    let mut told = String::new();
    let has_back = trouble.is_none_or(|trouble| trouble.is_back);
    for (leg, goal, sign) in [
        Some((&probe.out, to, "")),
        has_back.then_some((&probe.back, from, " | ")),
    ]
    .into_iter()
    .flatten()
    {
        let walk = world.tell(leg, goal);
        let stations: Vec<&str> = walk.hops.iter().map(|hop| hop.at.as_str()).collect();
        let end = match &walk.end {
            End::Delivered => "arrives".to_owned(),
            End::Dropped(why) => format!("dropped: {why}"),
            End::Stopped(why) => format!("stopped: {why}"),
        };
        write!(told, "{sign}{} {end}", stations.join(" ")).expect("a string takes all");
    }
    told
}

#[track_caller]
fn check(changes: &str, faults: &[Fault], from: &str, to: &str, expect: &str) {
    assert_eq!(way(&with(&hub(), changes), faults, from, to), expect);
}

fn zone(name: &str) -> Fault {
    Fault::Domain(format!("eu/{name}"))
}

#[test]
fn the_notation_makes_sound_designs_apart_from_the_drawing() {
    let violations = crate::design::violations(&hub());
    assert!(
        violations
            .iter()
            .all(|says| says.contains("overlap") || says.contains("sticks out")),
        "{violations:?}"
    );
}

#[test]
fn neighbours_in_a_network_need_no_table() {
    check("", &[], "prod-a", "prod-b", "prod-a arrives | prod-b arrives");
}

#[test]
fn to_the_internet_through_a_firewall_and_back_through_the_same() {
    let expect = "prod-a hub feet-b fw-b arrives | fw-b hub prod-b arrives";
    check("", &[], "prod-a", "internet", expect);
}

#[test]
fn appliance_mode_keeps_both_directions_in_one_zone() {
    let expect = "prod-b hub feet-b fw-b hub dev-b arrives | dev-a hub feet-b fw-b hub prod-b arrives";
    check("", &[], "prod-b", "dev-a", expect);
    let broken = "prod-b hub feet-b fw-b hub dev-b arrives | dev-a hub feet-a fw-a stopped: The answer comes \
                  to fw-a, which did not see the flow begin and drops it: the packet passed fw-b. Without appliance mode \
                  the hub enters the network in the zone that a packet comes from, and the answer comes from another zone \
                  than the packet.";
    check("set at-insp appliance=off", &[], "prod-b", "dev-a", broken);
}

#[test]
fn a_lost_zone_sends_flows_through_the_other() {
    let expect = "prod-b hub feet-b fw-b arrives | fw-b hub prod-b arrives";
    check("", &[zone("a")], "prod-b", "internet", expect);
    let stopped = "prod-b hub feet-b stopped: fw-b is down, so the row that leads there drops the packet.";
    check(
        "set at-insp appliance=off",
        &[Fault::Part("fw-b".into())],
        "prod-a",
        "internet",
        "prod-a hub feet-a fw-a arrives | fw-a hub prod-a arrives",
    );
    // In appliance mode the hub may pick the zone of the lost one as well.
    let picked = "prod-a hub feet-b stopped: fw-b is down, so the row that leads there drops the packet.";
    check("", &[Fault::Part("fw-b".into())], "prod-a", "internet", picked);
    check(
        "set at-insp appliance=off",
        &[Fault::Part("fw-b".into())],
        "prod-b",
        "internet",
        stopped,
    );
}

#[test]
fn what_fails_together_is_one_domain_in_every_network() {
    let lost = "prod-b stopped: The attachment to hub has no working subnet in the zone of prod-b.";
    check("set at-prod subnets=prod-a", &[], "prod-b", "internet", lost);
    check("", &[zone("b")], "prod-b", "internet", " stopped: prod-b is down.");
}

#[test]
fn an_attachment_needs_an_association() {
    let expect = "prod-a hub stopped: The attachment of prod to hub is associated with no route table, so hub drops what \
                  comes from it.";
    check(
        "- at-prod\n at-prod: prod - hub subnets=prod-a,prod-b propagate=back",
        &[],
        "prod-a",
        "internet",
        expect,
    );
}

#[test]
fn an_attachment_needs_the_way_back() {
    let expect =
        "prod-a hub feet-a fw-a arrives | fw-a hub dropped: hub: back has no row for 10.1.0.0/24, so it is dropped.";
    check(
        "- at-prod\n at-prod: prod - hub subnets=prod-a,prod-b associate=spokes",
        &[],
        "prod-a",
        "internet",
        expect,
    );
}

#[test]
fn an_attachment_needs_a_subnet_and_a_subnet_a_table() {
    let expect = "prod-a stopped: The attachment of prod to hub has no subnet: choose one in each zone.";
    check("set at-prod subnets=", &[], "prod-a", "internet", expect);
    let bare = "bare stopped: bare has no route table, so it reaches only its own network. Give it one with a row for \
                the internet.";
    check("subnet bare in prod-za cidr=10.1.9.0/24", &[], "bare", "internet", bare);
}

#[test]
fn a_blackhole_drops_and_a_longer_prefix_wins() {
    check(
        "drop spokes 10.2.0.0/16",
        &[],
        "prod-a",
        "dev-a",
        "prod-a hub dropped: hub: spokes drops 10.2.0.0/16: a blackhole.",
    );
    let longer = "prod-a hub dev-a arrives | dev-a hub feet-a fw-a stopped: The answer comes to fw-a, which the \
                  packet did not pass: it did not see the flow begin and drops it.";
    check(
        "drop spokes 10.2.0.0/16\n route spokes 10.2.0.0/24 dev",
        &[],
        "prod-a",
        "dev-a",
        longer,
    );
}

#[test]
fn of_two_rows_with_one_prefix_the_written_one_wins() {
    check(
        "drop spokes 192.168.0.0/16",
        &[],
        "prod-a",
        "hq",
        "prod-a hub dropped: hub: spokes drops 192.168.0.0/16: a blackhole.",
    );
}

#[test]
fn a_site_is_reached_by_its_tunnel_and_answers() {
    check(
        "",
        &[],
        "prod-a",
        "hq",
        "prod-a hub tunnel arrives | hq hub prod-b arrives",
    );
    let without = "prod-a hub feet-a fw-a stopped: igw leads to the internet, where nobody knows the private prefix \
                   192.168.0.0/16.";
    check("- tunnel", &[], "prod-a", "hq", without);
}

#[test]
fn a_site_takes_the_tunnel_that_knows_the_way() {
    // The second comes first by its id, and its attachment has no table yet.
    let second = "vpn another in hq\n at-another: another - hub\n";
    let expect = "prod-a hub tunnel arrives | hq hub prod-b arrives";
    check(second, &[], "prod-a", "hq", expect);
    let both = format!("{second} set at-another associate=back propagate=spokes,back");
    let expect = "prod-a hub another arrives | hq hub prod-b arrives";
    check(&both, &[], "prod-a", "hq", expect);
    check(
        &both,
        &[Fault::Link("at-another".into())],
        "prod-a",
        "hq",
        "prod-a hub tunnel arrives | hq hub prod-b arrives",
    );
}

#[test]
fn a_tunnel_announces_the_sites_at_its_end_and_leads_to_each() {
    let two = "site branch cidr=172.16.0.0/20\n to-branch: tunnel - branch";
    check(
        two,
        &[],
        "prod-a",
        "branch",
        "prod-a hub tunnel arrives | branch hub prod-b arrives",
    );
    let design = with(&hub(), two);
    let tunnel = "tunnel".into();
    let found = super::announced(&design, &tunnel, &mut design.links_of(&tunnel).map(|(_, link)| link));
    let found: Vec<String> = found.iter().map(|(id, net)| format!("{id} {net}")).collect();
    assert_eq!(found, ["hq 192.168.0.0/16", "branch 172.16.0.0/20"]);
}

#[test]
fn a_hub_may_pick_any_zone_for_what_comes_from_a_tunnel() {
    let expect = "hq hub prod-b arrives | prod-b hub tunnel arrives";
    check("", &[], "hq", "prod-b", expect);
    // With appliance mode off the answer stays in the zone it comes from, whichever the hub picked on the way there.
    let inspected = "set at-insp appliance=off\n set at-hq associate=spokes propagate=back
         route spokes 192.168.0.0/16 insp\n route out 192.168.0.0/16 hub";
    let broken = "hq hub feet-b fw-b hub prod-b arrives | prod-a hub feet-a fw-a stopped: The answer comes to fw-a, \
                  which did not see the flow begin and drops it: the packet passed fw-b. Without appliance mode the hub \
                  enters the network in the zone that a packet comes from, and the answer comes from another zone than \
                  the packet.";
    check(inspected, &[], "hq", "prod-a", broken);
    let down = "hq hub feet-b stopped: fw-b is down, so the row that leads there drops the packet.";
    check(inspected, &[Fault::Part("fw-b".into())], "hq", "prod-a", down);
}

#[test]
fn an_internet_gateway_serves_its_own_network() {
    let own = "prod-a arrives |  arrives";
    check(
        "igw side in prod\n set prod-a table=side-table\n route-table side-table in prod\n route side-table 0.0.0.0/0 side",
        &[],
        "prod-a",
        "internet",
        own,
    );
    let around = "prod-a hub feet-a stopped: igw translates only addresses of insp: what comes from elsewhere has to pass a \
                  firewall there first.";
    check("set feet-a table=out", &[], "prod-a", "internet", around);
}

#[test]
fn a_cut_attachment_takes_its_routes_along() {
    let expect = "prod-a hub feet-a fw-a stopped: igw leads to the internet, where nobody knows the private prefix \
                  192.168.0.0/16.";
    check("", &[Fault::Link("at-hq".into())], "prod-a", "hq", expect);
    let row = "prod-a hub stopped: insp is not attached to hub, so the row that leads there drops the packet.";
    check("", &[Fault::Link("at-insp".into())], "prod-a", "internet", row);
}

#[test]
fn circles_end() {
    let got = way(
        &with(&hub(), "route out 0.0.0.0/1 fw-a\n route out 128.0.0.0/1 fw-a"),
        &[],
        "prod-a",
        "internet",
    );
    assert!(
        got.ends_with("goes round in circles: after 16 steps it is still on its way."),
        "{got}"
    );
}

#[test]
fn networks_that_overlap_on_one_hub_are_reached_by_nobody() {
    let twin = "vnet twin in eu cidr=10.2.0.0/16
         zone twin-za in twin name=a
         subnet twin-a in twin-za cidr=10.2.0.0/24
         at-twin: twin - hub subnets=twin-a associate=spokes propagate=spokes";
    let expect = "prod-a hub stopped: dev and twin share addresses.";
    check(
        &format!("{twin}\n set at-dev propagate=spokes\n set at-twin propagate="),
        &[],
        "prod-a",
        "dev-a",
        expect,
    );
    let expect = "prod-a hub stopped: spokes learns 10.2.0.0/16 from two networks, and it can be sent to one only.";
    check(
        &format!("{twin}\n set at-dev propagate=spokes"),
        &[],
        "prod-a",
        "dev-a",
        expect,
    );
}

#[test]
fn what_enters_by_a_tunnel_may_end_in_a_network_but_not_leave_it() {
    let direct = "site branch cidr=192.168.128.0/20
         vpn line in branch
         straight: prod - line";
    check(
        direct,
        &[],
        "branch",
        "prod-a",
        "branch arrives | prod-a hub tunnel stopped: 192.168.128.0/20 is not at hq.",
    );
    let through = "branch stopped: What enters prod by a VPN connection may end there, not leave by another way.";
    check(direct, &[], "branch", "dev-a", through);
}

/// The rows of `tests/lpm.json`, made by Python's `ipaddress`: see `tests/lpm.py`.
#[test]
fn longest_prefixes_agree_with_python() {
    let cases: serde_json::Value = serde_json::from_str(include_str!("../../tests/lpm.json")).expect("a fixture");
    let mut asked = 0;
    for case in cases.as_array().expect("cases") {
        let texts = |name: &str| -> Vec<&str> {
            case[name]
                .as_array()
                .expect(name)
                .iter()
                .map(|text| text.as_str().expect(name))
                .collect()
        };
        let prefixes: Vec<ipnet::IpNet> = texts("rows").iter().map(|row| row.parse().expect("a prefix")).collect();
        let winners = case["winners"].as_array().expect("winners");
        for (address, expect) in texts("addresses").into_iter().zip(winners) {
            // Packets here are of IPv4.
            let Some(got) = winner(&prefixes, address.parse().expect("an address")) else {
                continue;
            };
            let expect = expect.as_u64().map(|place| prefixes[place as usize].trunc());
            assert_eq!(got, expect, "{address} in {prefixes:?}");
            asked += 1;
        }
        one_stands_for_all(&prefixes);
    }
    assert!(asked >= 1000, "only {asked} questions");
}

/// Every address is treated as some address is that stands for others, and none of these stands in a hole.
fn one_stands_for_all(prefixes: &[ipnet::IpNet]) {
    let ranges: Vec<Range> = prefixes.iter().filter_map(|net| Range::of(*net)).collect();
    let all = Table::new(ranges.iter().map(|range| Row::new(*range, Way::Drop)).collect());
    for (whole, holes) in [
        (Range::ALL, &ranges[..1.min(ranges.len())]),
        (ranges.first().copied().unwrap_or(Range::ALL), &[]),
    ] {
        let stand = atoms(&all, whole, holes);
        let places: Vec<usize> = stand.iter().map(|atom| all.place(atom.address)).collect();
        assert!(
            stand
                .iter()
                .all(|atom| whole.has(atom.address) && !holes.iter().any(|hole| hole.has(atom.address)))
        );
        // Both ends of every prefix, and what lies just outside.
        for range in &ranges {
            for address in [
                range.lo,
                range.lo.wrapping_sub(1),
                range.hi(),
                range.hi().wrapping_add(1),
                range.lo ^ 5,
            ] {
                if whole.has(address) && !holes.iter().any(|hole| hole.has(address)) {
                    assert!(
                        places.contains(&all.place(address)),
                        "{address} of {whole:?} in {ranges:?}"
                    );
                }
            }
        }
    }
}
