use serde_json::json;

use super::{Hints, Outage, Stage, State, Tone, breaks, checked, item, marks, palette, states, verdict};
use crate::design::{Design, Flavour, Kind, export};
use crate::editor::{Item, Limits};
use crate::rules::{Finding, Outcome, Report, RuleReport};
use crate::task::{Breakable, Builder, Predicate, Role, Rule, Selector, StageItem, Task};
use crate::testing::design;

/// Two networks of two zones on one hub.
fn board() -> Design {
    design(
        "account home
         region eu in home
         transit hub in eu
         route-table t in hub
         vnet a in eu cidr=10.1.0.0/16
         route-table a-main in a
         zone a1 in a name=one
         subnet a1s in a1 @left cidr=10.1.0.0/24 table=a-main
         zone a2 in a name=two
         subnet a2s in a2 @left cidr=10.1.1.0/24 table=a-main
         vnet b in eu cidr=10.2.0.0/16
         route-table b-main in b
         zone b1 in b name=one
         subnet b1s in b1 @right cidr=10.2.0.0/24 table=b-main
         a-hub: a - hub subnets=a1s,a2s associate=t propagate=t
         b-hub: b - hub subnets=b1s associate=t propagate=t
         route a-main 0.0.0.0/0 hub
         route b-main 0.0.0.0/0 hub",
    )
}

fn rule(id: &str, must: bool, hints: usize) -> Rule {
    Rule {
        id: id.to_owned(),
        say: format!("{id} holds."),
        why: String::new(),
        must,
        weight: 1,
        after: Vec::new(),
        hints: (1..=hints).map(|step| format!("{id} {step}")).collect(),
        predicate: Predicate::Count {
            of: Selector(Vec::new()),
            min: 0,
            max: None,
        },
    }
}

fn task() -> Task {
    let role = |id: &str| Role {
        id: id.into(),
        label: id.to_uppercase(),
        kinds: vec![Kind::Subnet],
    };
    Task {
        palette: vec![Kind::Transit, Kind::Subnet, Kind::Vnet],
        roles: vec![role("left"), role("right")],
        faults: vec![Breakable::Zones, Breakable::Attachments],
        rules: vec![rule("first", true, 2), rule("second", false, 1)],
        ..Task::default()
    }
}

fn exercise() -> Builder {
    let item = |id: &str| StageItem {
        id: format!("week-20/x#{id}"),
        version: "0a1b2c3d".to_owned(),
    };
    Builder {
        id: "week-20/x".to_owned(),
        title: "X".to_owned(),
        brief: String::new(),
        task: task(),
        worked: board(),
        notes: Vec::new(),
        half: board(),
        items: vec![item("half-built"), item("blank")],
        explain: String::new(),
    }
}

fn report(outcomes: [Outcome; 2]) -> Report {
    let rule = |(id, outcome): (&str, Outcome)| RuleReport {
        id: id.to_owned(),
        outcome,
        findings: match outcome {
            Outcome::Fail => vec![Finding {
                says: "Wrong.".to_owned(),
                parts: vec!["a1s".into(), "hub".into()],
                ..Finding::default()
            }],
            _ => Vec::new(),
        },
    };
    Report {
        rules: ["first", "second"].into_iter().zip(outcomes).map(rule).collect(),
        fraction: 0.5,
    }
}

#[test]
fn who_has_done_nothing_begins_with_the_worked_stage() {
    let exercise = exercise();
    let begin = |text: &str| State::read(text).begin(&exercise);
    assert_eq!(begin("{}"), Stage::Worked);
    assert_eq!(begin("no json"), Stage::Worked);
    assert_eq!(begin(r#"{"stage":"blank"}"#), Stage::Empty);
    assert_eq!(begin(r#"{"stage":"nonsense"}"#), Stage::Worked);
    assert_eq!(begin(r#"{"items":{"week-20/x#half-built":{"best":40}}}"#), Stage::Half);
    assert_eq!(
        begin(r#"{"items":{"week-20/x#half-built":{"best":100}}}"#),
        Stage::Empty
    );
    assert_eq!(
        begin(r#"{"items":{"week-20/x#half-built":{"best":100},"week-20/x#blank":{"best":100}}}"#),
        Stage::Empty
    );
}

#[test]
fn a_check_is_told_as_json() {
    let item = StageItem {
        id: "week-20/x#blank".to_owned(),
        version: "0123abcd".to_owned(),
    };
    let board = board();
    for fraction in [0.0, 0.25, 1.0 / 3.0, 2.0 / 3.0, 0.99, 1.0] {
        let told = checked(&item, fraction, &board, 2, 61);
        let mut told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let f = told["f"].as_f64().unwrap();
        assert!((f - fraction).abs() < 1e-9, "{f}");
        assert_eq!((f == 1.0, f == 0.0), (fraction == 1.0, fraction == 0.0));
        told["f"] = json!(0);
        let answer = json!({"design": export(&board)});
        assert_eq!(
            told,
            json!({"version": "0123abcd", "f": 0, "answer": answer, "hints": 2, "seconds": 61})
        );
    }
}

#[test]
fn what_is_kept_comes_back() {
    let exercise = exercise();
    let mut state = State::default();
    let mut changed = board();
    changed.links.remove("b-hub");
    let (id, text) = state.keep(&exercise, Stage::Empty, &changed).unwrap();
    assert_eq!(id, "week-20/x#blank");
    assert_eq!(state.design(&exercise, Stage::Empty), (changed.clone(), Vec::new()));
    let draft: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(draft["design"], export(&changed));
    let host = json!({"items": {"week-20/x#blank": {"best": 80, "draft": draft}}}).to_string();
    let again = State::read(&host);
    assert_eq!(again.best(&exercise, Stage::Empty), Some(80));
    assert_eq!(again.design(&exercise, Stage::Empty).0, changed);
    assert_eq!(again.design(&exercise, Stage::Half).0, board());
    assert_eq!(
        state.keep(&exercise, Stage::Worked, &changed),
        None,
        "nothing is kept of the worked stage"
    );
}

#[test]
fn a_draft_that_is_damaged_keeps_what_it_can() {
    let exercise = exercise();
    let mut draft = json!({"design": export(&board())});
    draft["design"]["parts"]["a1s"]["kind"] = "nonsense".into();
    let host = json!({"items": {"week-20/x#blank": {"draft": draft}}}).to_string();
    let (design, problems) = State::read(&host).design(&exercise, Stage::Empty);
    assert!(!problems.is_empty());
    assert!(design.parts.contains_key("b1s") && !design.parts.contains_key("a1s"));
}

#[test]
fn the_best_score_stays() {
    let exercise = exercise();
    let mut state = State::default();
    for (percent, best) in [(40, 40), (80, 80), (60, 80)] {
        state.scored(&exercise, Stage::Half, percent);
        assert_eq!(state.best(&exercise, Stage::Half), Some(best));
    }
    assert_eq!(state.best(&exercise, Stage::Worked), None);
}

#[test]
fn the_bar_says_what_holds() {
    use Outcome::{Fail, NotReached, Pass};
    let says = |outcomes, is_old| {
        let verdict = verdict(&task(), Some(&report(outcomes)), is_old);
        (verdict.tone, format!("{} {}", verdict.lead, verdict.rest))
    };
    assert_eq!(verdict(&task(), None, false).rest, "2 rules, not checked yet.");
    assert_eq!(
        says([Pass, Pass], false),
        (Tone::Right, "Right. All 2 rules hold.".to_owned())
    );
    assert_eq!(
        says([Fail, Pass], false),
        (
            Tone::Wrong,
            "1 of 2 rules hold. Score is 0 until this holds: first holds.".to_owned()
        )
    );
    assert_eq!(
        says([Pass, NotReached], false),
        (Tone::Partial, "1 of 2 rules hold. ".to_owned())
    );
    assert_eq!(
        says([Pass, Fail], true),
        (
            Tone::Plain,
            "Changed since the last check. At that time, 1 of 2 rules held.".to_owned()
        )
    );
}

#[test]
fn what_a_rule_is_about_is_marked_with_its_number() {
    let report = report([Outcome::Fail, Outcome::Fail]);
    let subnet = Item::Part("a1s".into());
    assert_eq!(marks(&report).get(&subnet), Some(&vec![1, 2]));
    assert_eq!(marks(&report).len(), 1, "what only takes part is not marked");
    let states = states(&board(), Some(&report), None);
    assert_eq!(states.get(&subnet).map(String::as_str), Some("fails rule 1 and 2"));
}

#[test]
fn help_comes_for_what_does_not_hold() {
    let task = task();
    let report = report([Outcome::NotReached, Outcome::Fail]);
    let mut hints = Hints::default();
    // First what fails, then what is not reached, until all is taken.
    for rule in [1, 0, 0] {
        assert_eq!(hints.next(&task, &report), Some(rule));
        hints.take(&task, rule);
    }
    assert_eq!(hints.next(&task, &report), None);
    assert_eq!(hints.taken(), 3);
    assert_eq!(hints.shown(&task, 0), ["first 1", "first 2"]);
    assert_eq!(hints.shown(&task, 9), [] as [String; 0]);
}

#[test]
fn a_zone_takes_all_of_its_domain_with_it() {
    let (board, task) = (board(), task());
    let found = breaks(&board, &task);
    let labels: Vec<&str> = found.iter().map(|found| found.label.as_str()).collect();
    assert_eq!(labels, ["Zone one", "Zone two", "Attachment of a", "Attachment of b"]);
    let whole = Outage::of(&board, &task, None);
    assert_eq!((whole.total().works, whole.total().of), (6, 9), "{:?}", whole.says());
    assert_eq!(whole.says(), "6 flows arrive, in both directions.");
    let outage = Outage::of(&board, &task, Some(found[0].clone()));
    assert!(outage.down.contains("a1s") && outage.down.contains("b1s") && !outage.down.contains("a2s"));
    assert_eq!(
        outage.says(),
        "Zone one broken. 4 parts down, 0 of 6 flows still arrive."
    );
    let two = Outage::of(&board, &task, Some(found[1].clone()));
    assert_eq!(two.says(), "Zone two broken. 2 parts down, 2 of 6 flows still arrive.");
}

#[test]
fn a_flow_is_told_hop_by_hop() {
    let (board, task) = (board(), task());
    let cut = breaks(&board, &task).pop();
    let outage = Outage::of(&board, &task, cut);
    assert_eq!(outage.cut.len(), 1);
    let flows = outage.flows(0, 1);
    assert!(flows.iter().all(|flow| !flow.works()));
    let ways = outage.steps(&board, &flows[0]);
    assert_eq!(ways[0].0, "Out");
    assert!(ways[0].1.len() > 1, "{ways:?}");
    let whole = Outage::of(&board, &task, None);
    assert_eq!(whole.steps(&board, &whole.flows(0, 1)[0]).len(), 2, "there and back");
}

#[test]
fn the_palette_is_sorted_by_what_things_are() {
    let limits = Limits::of(&task());
    let all = palette(&limits, Flavour::Aws, "");
    let labels: Vec<_> = all.iter().map(|group| (group.label, group.kinds.len())).collect();
    assert_eq!(labels, [("Between networks", 1), ("Networks", 2)]);
    assert_eq!(
        palette(&limits, Flavour::Aws, " SUB ")[0].kinds,
        [(Kind::Subnet, "Subnet")]
    );
    assert!(palette(&limits, Flavour::Aws, "firewall").is_empty());
}

#[test]
fn an_id_is_a_part_or_a_link() {
    assert_eq!(item(&board(), "hub"), Some(Item::Part("hub".into())));
    assert_eq!(item(&board(), "a-hub"), Some(Item::Link("a-hub".into())));
    assert_eq!(item(&board(), "nobody"), None);
}
