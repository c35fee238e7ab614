use super::{Outcome, Report, check};
use crate::design::Design;
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
        "spoke-a to shared-a: the packet arrives. hub: all learnt 10.3.0.0/16 from shared. 3 more flows are like it.",
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
    let says = "2 in eu/a, 2 in eu/b. It takes at least 3 zones.";
    assert_eq!(judge(&pair(), spread(3, false)), (Outcome::Fail, says.to_owned()));
    let nothing = Predicate::Spread {
        of: select("firewall"),
        min: 2,
        even: false,
    };
    assert_eq!(judge(&pair(), nothing).0, Outcome::NotReached);
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
    assert_eq!(told, ["Shared 1", "Spoke 1", "Internet 1"]);
    let arrive = |row: usize, column: usize| matrix.count(row, column).0;
    assert_eq!((arrive(0, 1), arrive(1, 0), arrive(1, 2)), (1, 1, 0));
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
