use super::{Became, Outcome, Report, check};
use crate::design::{Attr, Design, Item};
use crate::network::Setting;
use crate::task::{Breakable, Expect, Predicate, RouteRule, Rule, Selector, Task, Term, To};
use crate::testing::{design, with};

fn select(text: &str) -> Selector {
    let mut term = Term::default();
    match text.split_at(1) {
        ("#", id) => term.id = Some(id.into()),
        ("@", role) => term.role = Some(role.into()),
        _ => term.kind = crate::design::Kind::read(text),
    }
    Selector(vec![term])
}

fn route(from: &str, to: &str) -> RouteRule {
    RouteRule {
        from: select(from),
        to: if to == "internet" {
            To::Internet
        } else {
            To::Parts(select(to))
        },
        expect: Expect::Delivered,
        both: true,
        through: None,
        under: None,
    }
}

fn rule(id: &str, predicate: Predicate) -> Rule {
    Rule {
        id: id.to_owned(),
        say: format!("{id} holds."),
        why: String::new(),
        must: false,
        weight: 1,
        after: Vec::new(),
        hints: Vec::new(),
        predicate,
    }
}

fn task(rules: Vec<Rule>) -> Task {
    Task {
        rules,
        ..Task::default()
    }
}

fn judge(design: &Design, predicate: Predicate) -> (Outcome, String) {
    let report = check(design, &task(vec![rule("it", predicate)]));
    let says = report.rules[0]
        .findings
        .first()
        .map_or_else(String::new, |finding| finding.says.clone());
    (report.rules[0].outcome, says)
}

/// A spoke and shared services in two zones each, on one hub with one table.
fn pair() -> Design {
    design(
        "account org
         region eu in org
         vnet spoke in eu cidr=10.1.0.0/16
         zone spoke-za in spoke name=a
         zone spoke-zb in spoke name=b
         route-table spoke-main in spoke
         subnet spoke-a in spoke-za cidr=10.1.0.0/24 table=spoke-main @spoke
         subnet spoke-b in spoke-zb cidr=10.1.1.0/24 table=spoke-main @spoke
         vnet shared in eu cidr=10.3.0.0/16
         zone shared-za in shared name=a
         zone shared-zb in shared name=b
         route-table shared-main in shared
         subnet shared-a in shared-za cidr=10.3.0.0/24 table=shared-main @shared
         subnet shared-b in shared-zb cidr=10.3.1.0/24 table=shared-main @shared
         transit hub in eu
         route-table all in hub
         at-spoke: spoke - hub subnets=spoke-a,spoke-b associate=all propagate=all
         at-shared: shared - hub subnets=shared-a,shared-b associate=all propagate=all
         route spoke-main 10.0.0.0/8 hub
         route shared-main 10.0.0.0/8 hub",
    )
}

#[track_caller]
fn routes(changes: &str, change: impl FnOnce(&mut RouteRule), outcome: Outcome, says: &str) {
    let mut rule = route("@spoke", "@shared");
    change(&mut rule);
    let got = judge(&with(&pair(), changes), Predicate::Route(rule));
    assert_eq!(got, (outcome, says.to_owned()));
}

#[test]
fn delivered_both_ways() {
    routes("", |_| {}, Outcome::Pass, "");
}

#[test]
fn a_route_rule_without_ends_or_addresses_is_not_reached() {
    routes(
        "",
        |rule| rule.from = select("@nobody"),
        Outcome::NotReached,
        "There is nothing yet to send from, or to.",
    );
    let bare = "zone shared-zc in shared name=c\n subnet bare in shared-zc @shared";
    routes(
        bare,
        |_| {},
        Outcome::NotReached,
        "bare has no prefix yet, so no address.",
    );
}

#[test]
fn attachments_without_a_part_of_their_own_pass_no_rule() {
    let gone = "spoke-a to shared-a: The attachment of spoke to hub is associated with no route table, so hub drops what comes from it. 3 more flows are like it.";
    routes(
        "- at-spoke\n at-spoke: spoke - hub subnets=spoke-a,spoke-b propagate=all",
        |_| {},
        Outcome::Fail,
        gone,
    );
    let back = "spoke-a to shared-a, on the way back: hub: all has no row for 10.1.0.0/24, so it is dropped. 3 more flows are like it.";
    routes("set at-spoke propagate=", |_| {}, Outcome::Fail, back);
    let table = "spoke-a to shared-a: The attachment of spoke to hub is associated with no route table, so hub drops what comes from it. 3 more flows are like it.";
    routes("- all", |_| {}, Outcome::Fail, table);
}

#[test]
fn one_direction_is_enough_where_only_one_is_asked() {
    routes("set at-spoke propagate=", |rule| rule.both = false, Outcome::Pass, "");
}

#[test]
fn through_what_it_has_to_pass() {
    let around = "spoke-a to shared-a: it arrives, but passes none of the parts it has to pass. \
                  hub: all learnt 10.3.0.0/16 from shared. 3 more flows are like it.";
    routes(
        "",
        |rule| rule.through = Some(select("@inspection")),
        Outcome::Fail,
        around,
    );
}

#[test]
fn under_each_zone_from_what_is_left() {
    routes("", |rule| rule.under = Some(Breakable::Zones), Outcome::Pass, "");
    routes(
        "",
        |rule| rule.under = Some(Breakable::Attachments),
        Outcome::Fail,
        "Without the attachment of shared to hub: spoke-a to shared-a: hub: all has no row for 10.3.0.0/24, so it is dropped. 3 more flows are like it.",
    );
    let before = "With nothing broken it does not hold yet.";
    routes(
        "set at-spoke subnets=spoke-a",
        |rule| rule.under = Some(Breakable::Zones),
        Outcome::NotReached,
        before,
    );
}

#[test]
fn dropped_counts_only_what_reached_the_hub() {
    let dropped = |rule: &mut RouteRule| rule.expect = Expect::Dropped;
    routes(
        "",
        dropped,
        Outcome::Fail,
        "spoke-a to shared-a: the packet arrives. hub: all learnt 10.3.0.0/16 from shared. 7 more flows are like it.",
    );
    routes(
        "drop all 10.0.0.0/16\n set at-spoke propagate=\n set at-shared propagate=",
        dropped,
        Outcome::Pass,
        "",
    );
    let unproven = "spoke-a to shared-a: nothing is shown yet. The attachment of spoke to hub has no subnet: choose one in each zone. 3 more flows are like it.";
    routes(
        "set at-spoke subnets=\n set at-shared propagate=",
        dropped,
        Outcome::NotReached,
        unproven,
    );
}

#[test]
fn separate_by_prefix() {
    let both = || Predicate::Separate {
        a: select("vnet"),
        b: select("vnet"),
        inside: None,
    };
    assert_eq!(judge(&pair(), both()), (Outcome::Pass, String::new()));
    let twin = with(&pair(), "vnet twin in eu cidr=10.1.128.0/17");
    let says = "spoke (10.1.0.0/16) and twin (10.1.128.0/17) share addresses.";
    assert_eq!(judge(&twin, both()), (Outcome::Fail, says.to_owned()));
    let bare = with(&pair(), "vnet bare in eu");
    assert_eq!(
        judge(&bare, both()),
        (Outcome::NotReached, "bare has no prefix yet.".to_owned())
    );
    let nothing = Predicate::Separate {
        a: select("@nobody"),
        b: select("vnet"),
        inside: None,
    };
    assert_eq!(judge(&pair(), nothing).0, Outcome::NotReached);
}

#[test]
fn counts() {
    let count = |min, max| Predicate::Count {
        of: select("vnet"),
        min,
        max,
    };
    assert_eq!(judge(&pair(), count(2, Some(2))).0, Outcome::Pass);
    let says = "There are 2: shared and spoke. It takes at least 3.";
    assert_eq!(judge(&pair(), count(3, None)), (Outcome::Fail, says.to_owned()));
    let says = "There are 2: shared and spoke. It takes exactly 1.";
    assert_eq!(judge(&pair(), count(1, Some(1))), (Outcome::Fail, says.to_owned()));
}

#[test]
fn spreads_over_domains_not_over_zones() {
    let spread = |min, even| Predicate::Spread {
        of: select("subnet"),
        min,
        even,
    };
    assert_eq!(judge(&pair(), spread(2, true)).0, Outcome::Pass);
    let says = "2 in zone a, 2 in zone b. It takes at least 3 zones.";
    assert_eq!(judge(&pair(), spread(3, false)), (Outcome::Fail, says.to_owned()));
    let nothing = Predicate::Spread {
        of: select("firewall"),
        min: 2,
        even: false,
    };
    assert_eq!(judge(&pair(), nothing).0, Outcome::NotReached);
}

#[test]
fn too_few_in_too_few_zones_point_to_the_zone_that_has_none_and_crowds_to_one_that_may_move() {
    let spread = Predicate::Spread {
        of: select("firewall"),
        min: 2,
        even: false,
    };
    let seat = |change: &str| {
        let report = check(&with(&pair(), change), &task(vec![rule("it", spread.clone())]));
        let finding = report.rules[0].findings.first().cloned().unwrap();
        (finding.says.clone(), finding.seat().unwrap())
    };
    let (says, cause) = seat("firewall wall in spoke-a");
    assert_eq!(
        says,
        "1 in zone a. It takes at least 2 zones. Add one where there is none."
    );
    assert_eq!((cause.at, cause.setting), (Item::Part("spoke-zb".into()), None));
    let (says, cause) = seat("firewall wall in spoke-a\n firewall other in spoke-a");
    assert_eq!(says, "2 in zone a. It takes at least 2 zones.");
    assert_eq!(
        (cause.at, cause.setting),
        (Item::Part("wall".into()), Some(Setting::Inside))
    );
}

#[test]
fn what_is_not_shown_yet_names_no_table_in_which_to_write_the_wrong_row() {
    let dropped = |change: &str| {
        let mut dropped = route("@spoke", "@shared");
        (dropped.expect, dropped.both) = (Expect::Dropped, false);
        let report = check(
            &with(&pair(), change),
            &task(vec![rule("it", Predicate::Route(dropped))]),
        );
        assert_eq!(report.rules[0].outcome, Outcome::NotReached);
        report.rules[0].findings[0].clone()
    };
    let finding = dropped("set spoke-a table=\n set spoke-b table=\n set at-shared propagate=");
    assert!(
        finding.says.starts_with(
            "spoke-a to shared-a: nothing is shown yet. The packet stops before a hub's table drops it. \
             What other rules miss comes first."
        ),
        "{}",
        finding.says
    );
    assert_eq!(finding.seat(), None);
    assert!(finding.walk.is_some(), "the way is still told");
    // Where it is not a row that is missing, the reason is named.
    assert!(
        dropped("set at-spoke subnets=\n set at-shared propagate=")
            .seat()
            .is_some()
    );
}

#[test]
fn findings_name_the_table_the_row_and_the_ends() {
    let mut wanted = route("@spoke", "@shared");
    wanted.both = true;
    let report = check(
        &with(&pair(), "drop all 10.3.0.0/24"),
        &task(vec![rule("it", Predicate::Route(wanted))]),
    );
    let finding = &report.rules[0].findings[0];
    let parts: Vec<&str> = finding.parts.iter().map(|id| id.as_str()).collect();
    assert_eq!(parts, ["all", "hub", "spoke-a", "shared-a"]);
    let walk = finding.walk.as_ref().expect("a walk");
    let row = walk.hops.last().and_then(|hop| hop.row.as_ref());
    assert_eq!(row.map(ToString::to_string).as_deref(), Some("10.3.0.0/24"));
}

fn scored(design: &Design, rules: Vec<Rule>) -> Report {
    check(design, &task(rules))
}

#[test]
fn the_score_is_the_weight_that_passes_and_nothing_without_a_must() {
    let holds = || Predicate::Count {
        of: select("vnet"),
        min: 1,
        max: None,
    };
    let fails = || Predicate::Count {
        of: select("vnet"),
        min: 9,
        max: None,
    };
    let mut heavy = rule("heavy", holds());
    heavy.weight = 3;
    let report = scored(&pair(), vec![heavy.clone(), rule("light", fails())]);
    assert!((report.fraction - 0.75).abs() < 1e-9);
    let mut must = rule("must", fails());
    must.must = true;
    assert_eq!(scored(&pair(), vec![heavy.clone(), must]).fraction, 0.0);
    assert_eq!(scored(&pair(), Vec::new()).fraction, 0.0);
}

#[test]
fn a_rule_after_another_waits_for_it() {
    let fails = Predicate::Count {
        of: select("vnet"),
        min: 9,
        max: None,
    };
    let holds = Predicate::Count {
        of: select("vnet"),
        min: 1,
        max: None,
    };
    let mut second = rule("second", holds);
    second.after = vec!["first".to_owned()];
    let report = scored(&pair(), vec![rule("first", fails), second]);
    assert_eq!(report.rules[1].outcome, Outcome::NotReached);
    assert_eq!(
        report.rules[1].findings[0].says,
        "This is judged once another rule holds: first holds."
    );
}

#[test]
fn the_matrix_counts_flows_by_segment() {
    let board = pair();
    let matrix = super::matrix(
        &crate::network::Net::new(&board),
        &board,
        &Task::default(),
        &[crate::task::Fault::Domain("eu/a".to_owned())],
    );
    let told: Vec<String> = matrix
        .groups
        .iter()
        .map(|group| format!("{} {}", group.label, group.places.len()))
        .collect();
    assert_eq!(told, ["Shared 2", "Spoke 2", "Internet 1"]);
    let of = |row: usize, column: usize, is: Became| {
        let flows = matrix.flows(row, column);
        flows.iter().filter(|flow| flow.became == is).count()
    };
    assert_eq!((of(0, 1, Became::Arrives), of(1, 0, Became::Arrives)), (1, 1));
    assert_eq!(
        (of(1, 2, Became::Arrives), of(1, 2, Became::Gone)),
        (0, 1),
        "an end in the zone is gone"
    );
    assert_eq!((of(0, 1, Became::Gone), of(0, 1, Became::Stopped)), (3, 0));
}

#[test]
fn what_nobody_could_have_built_is_named() {
    let mut given = pair();
    for part in given.parts.values_mut() {
        part.locked = true;
    }
    let task = Task {
        given: given.clone(),
        palette: vec![crate::design::Kind::Vpn],
        ..Task::default()
    };
    let said = |changes: &str| super::foreign(&with(&given, changes), &task);
    assert_eq!(said("vpn tunnel in eu"), Vec::<String>::new());
    assert_eq!(
        said("- hub"),
        [
            "hub (hub) is given and has to stay as it is.",
            "all (all) is given and has to stay as it is."
        ]
        .into_iter()
        .rev()
        .collect::<Vec<_>>()
    );
    assert_eq!(
        said("set spoke cidr=10.9.0.0/16"),
        ["spoke (spoke) is given and has to stay as it is."]
    );
    assert_eq!(said("site hq"), ["hq (hq): Site is not in the palette of this task."]);
    assert_eq!(
        said("vpn tunnel in eu @hub"),
        ["tunnel (tunnel) cannot have the role hub."]
    );
}

#[test]
fn settings_that_nobody_could_choose_are_named() {
    let given = pair();
    let all = [
        crate::design::Kind::Subnet,
        crate::design::Kind::RouteTable,
        crate::design::Kind::Igw,
    ];
    let task = Task {
        given: given.clone(),
        palette: all.to_vec(),
        ..Task::default()
    };
    let said = |changes: &str| super::foreign(&with(&given, changes), &task);
    assert_eq!(said(""), Vec::<String>::new());
    assert_eq!(
        said("set spoke-a table=shared-main"),
        ["spoke-a: Route table cannot be shared-main: a subnet uses a route table of its own network."]
    );
    assert_eq!(
        said("set at-spoke associate=spoke-main subnets=shared-a"),
        [
            "at-spoke: Subnets cannot be shared-a: an attachment has its feet in subnets of its own network.",
            "at-spoke: Associated table cannot be spoke-main: an attachment uses the tables of its own hub."
        ]
    );
    assert_eq!(
        said("drop spoke-main 10.3.0.0/16"),
        [
            "spoke-main: spoke-main is no table of a hub, so it cannot drop 10.3.0.0/16. Write the blackhole into a table \
          of the hub."
        ]
    );
    assert_eq!(
        said("drop all 10.3.0.0/16\n drop all 10.3.0.0/16"),
        ["all: There is a row for 10.3.0.0/16 already. Change that one."]
    );
    assert_eq!(
        said("subnet spoke-c in spoke-za cidr=10.1.2.0/24\n set at-spoke subnets=spoke-a,spoke-c"),
        ["at-spoke: spoke-a and spoke-c are in one zone. An attachment takes one subnet in each zone."]
    );
    assert_eq!(
        said("igw one in spoke\n igw two in spoke"),
        ["two (two): spoke has one already, and a VPC takes one internet gateway."]
    );
    let mut other = given.clone();
    if let Some(part) = other.parts.get_mut("spoke-a") {
        part.role = Some("shared".into());
    }
    assert_eq!(
        super::foreign(&other, &task),
        ["spoke-a (spoke-a) cannot have the role shared."]
    );
}

#[test]
fn a_blackhole_in_a_networks_table_drops_nothing() {
    let says = "spoke-a to shared-a: nothing is shown yet. spoke-main has a blackhole for 10.3.0.0/16. Only a hub's table can \
                have one; nobody can write it into the table of a VPC. One more flow is like it.";
    routes(
        "drop spoke-main 10.3.0.0/16\n set spoke-b table=\n set at-spoke propagate=",
        |rule| {
            rule.expect = Expect::Dropped;
            rule.from = select("#spoke-a");
            rule.both = false;
        },
        Outcome::NotReached,
        says,
    );
}

#[test]
fn where_nothing_is_left_nothing_holds() {
    let says = "Without zone a: nothing is left to send from, or to.";
    routes(
        "- spoke-b",
        |rule| rule.under = Some(Breakable::Zones),
        Outcome::Fail,
        says,
    );
    let alone = |rule: &mut RouteRule| {
        rule.from = select("#spoke-a");
        rule.to = To::Parts(select("#spoke-a"));
    };
    routes(
        "",
        alone,
        Outcome::NotReached,
        "There is nothing yet to send from, or to.",
    );
}

#[test]
fn findings_name_the_share_of_a_prefix_that_fails() {
    let says =
        "spoke-a to shared-a (10.3.0.128/25): hub: all drops 10.3.0.128/25: a blackhole. One more flow is like it.";
    routes("drop all 10.3.0.128/25", |_| {}, Outcome::Fail, says);
    let back = "shared-a to spoke-a (10.1.0.9/32), on the way back: hub: all drops";
    let mut swapped = route("@shared", "@spoke");
    swapped.both = true;
    let (outcome, says) = judge(&with(&pair(), "drop all 10.3.0.9/32"), Predicate::Route(swapped));
    assert_eq!(outcome, Outcome::Fail);
    assert!(
        says.starts_with("shared-a (10.3.0.9/32) to spoke-a, on the way back: hub: all drops"),
        "{says} {back}"
    );
}

#[test]
fn the_internet_is_more_than_an_address() {
    let board = "igw out in spoke\n route-table own in spoke\n set spoke-a table=own\n set spoke-b table=own\n";
    let internet = |rule: &mut RouteRule| rule.to = To::Internet;
    routes(&format!("{board} route own 0.0.0.0/0 out"), internet, Outcome::Pass, "");
    routes(
        &format!("{board} route own 0.0.0.0/1 out\n route own 128.0.0.0/1 out"),
        internet,
        Outcome::Pass,
        "",
    );
    let says = "spoke-a to the internet: own has no row for the internet. One more flow is like it.";
    routes(
        &format!("{board} route own 203.0.113.10/32 out"),
        internet,
        Outcome::Fail,
        says,
    );
    let half = "spoke-a to the internet: own has no row for the internet. One more flow is like it.";
    routes(
        &format!("{board} route own 0.0.0.0/1 out"),
        internet,
        Outcome::Fail,
        half,
    );
    let two = "spoke-a to the internet: spoke has more than one internet gateway, and a VPC takes one. One more flow is like it.";
    routes(
        &format!("{board} route own 0.0.0.0/0 out\n igw second in spoke"),
        internet,
        Outcome::Fail,
        two,
    );
}

#[test]
fn rows_with_one_prefix_contradict_each_other_in_whatever_order() {
    let says = "spoke-a to shared-a: all has two rows for 10.3.0.0/16, and a table takes only one for each destination. \
                3 more flows are like it.";
    routes(
        "drop all 10.3.0.0/16\n route all 10.3.0.0/16 shared",
        |_| {},
        Outcome::Fail,
        says,
    );
    routes(
        "route all 10.3.0.0/16 shared\n drop all 10.3.0.0/16",
        |_| {},
        Outcome::Fail,
        says,
    );
}

#[test]
fn what_cannot_be_carries_nothing() {
    let fails = |changes: &str, says: &str| routes(changes, |_| {}, Outcome::Fail, says);
    fails(
        "set spoke-a table=shared-main",
        "spoke-a to shared-a: spoke-a uses shared-main, which is not a route table of its network. One more flow is like it.",
    );
    fails(
        "set spoke-b cidr=10.9.0.0/24",
        "spoke-a to shared-b, on the way back: The prefix of spoke-b is not inside that of spoke.",
    );
    fails(
        "set spoke-b cidr=10.1.0.128/25",
        "spoke-a to shared-a: spoke-a and spoke-b share addresses. 3 more flows are like it.",
    );
    fails(
        "subnet spoke-c in spoke-za cidr=10.1.2.0/24\n set at-spoke subnets=spoke-a,spoke-b,spoke-c",
        "spoke-a to shared-a: The attachment has two subnets in one zone, spoke-a and spoke-c; it takes one a zone. \
         3 more flows are like it.",
    );
    fails(
        "set spoke cidr=10.0.0.0/8",
        "spoke-a to shared-a: spoke and shared share addresses. 3 more flows are like it.",
    );
}

#[test]
fn a_circle_is_told_with_its_table() {
    let circle = "drop all 10.3.0.0/16\n set at-shared propagate=\n firewall wall in spoke-a\n \
                  route spoke-main 10.3.0.0/16 wall";
    let says = "spoke-a to shared-a: spoke-main sends 10.3.0.0/16 to wall, and the packet goes round in circles: after 16 \
                steps it is still on its way. 3 more flows are like it.";
    routes(circle, |_| {}, Outcome::Fail, says);
}

#[test]
fn prefixes_are_private_or_where_the_task_says() {
    let rule = |inside: Option<&str>| Predicate::Separate {
        a: select("vnet"),
        b: select("vnet"),
        inside: inside.and_then(crate::task::range),
    };
    let public = with(&pair(), "set spoke cidr=8.8.8.0/24");
    let says = "spoke (8.8.8.0/24) does not lie inside a private range.";
    assert_eq!(judge(&public, rule(None)), (Outcome::Fail, says.to_owned()));
    let shared = with(&pair(), "set spoke cidr=100.64.0.0/16");
    assert_eq!(judge(&shared, rule(None)).0, Outcome::Pass);
    let says = "spoke (100.64.0.0/16) does not lie inside 10.0.0.0/8.";
    assert_eq!(
        judge(&shared, rule(Some("10.0.0.0/8"))),
        (Outcome::Fail, says.to_owned())
    );
}

/// Where the reason lies for the first finding of a rule: the part or link, and its setting.
fn cause(design: &Design, predicate: Predicate) -> String {
    let report = check(design, &task(vec![rule("it", predicate)]));
    let cause = report.rules[0].findings[0].cause.clone().expect("a cause");
    let at = match &cause.at {
        Item::Part(id) => id.to_string(),
        Item::Link(id) => id.to_string(),
    };
    format!("{at} {:?}", cause.setting)
}

#[test]
fn a_finding_says_in_which_setting_the_reason_lies() {
    let attr = |of: &str, attr: Attr| format!("{of} {:?}", Some(Setting::Attr(attr)));
    for (changes, lies) in [
        ("- at-spoke", format!("spoke {:?}", Some(Setting::Link))),
        (
            "- at-spoke\n at-spoke: spoke - hub subnets=spoke-a,spoke-b propagate=all",
            attr("at-spoke", Attr::Associate),
        ),
        ("set at-spoke subnets=spoke-b", attr("at-spoke", Attr::Subnets)),
        ("set at-shared subnets=", attr("at-shared", Attr::Subnets)),
        ("set at-shared propagate=", attr("all", Attr::Entries)),
        ("drop all 10.3.0.0/24", attr("all", Attr::Entries)),
        (
            "- shared-a\n subnet shared-a in shared-za cidr=10.3.0.0/24 @shared",
            attr("shared-a", Attr::Table),
        ),
        ("set shared cidr=10.1.0.0/16", attr("spoke", Attr::Cidr)),
        ("route spoke-main 10.3.0.0/24 nobody", attr("spoke-main", Attr::Entries)),
    ] {
        let wanted = Predicate::Route(route("@spoke", "@shared"));
        assert_eq!(cause(&with(&pair(), changes), wanted), lies, "{changes}");
    }
}

#[test]
fn what_arrives_and_must_not_is_mended_where_the_sender_is_looked_up() {
    // By way of a network in the middle: its own table knows the way on, but the reason lies with the first.
    let middle = with(
        &pair(),
        "route-table first in hub
         vnet mid in eu cidr=10.9.0.0/16
         zone mid-za in mid name=a
         zone mid-zb in mid name=b
         route-table mid-main in mid
         subnet mid-a in mid-za cidr=10.9.0.0/24 table=mid-main
         subnet mid-b in mid-zb cidr=10.9.1.0/24 table=mid-main
         at-mid: mid - hub subnets=mid-a,mid-b associate=all
         route mid-main 10.0.0.0/8 hub
         route first 0.0.0.0/0 mid
         set at-spoke associate=first",
    );
    let mut apart = route("@spoke", "@shared");
    apart.expect = Expect::Dropped;
    let lies = format!("first {:?}", Some(Setting::Attr(Attr::Entries)));
    assert_eq!(cause(&middle, Predicate::Route(apart)), lies);
}
