use serde_json::json;

use super::{
    Hints, Outage, Stage, Standing, State, Tone, Wish, breaks, checked, first_open, item, marks, palette, states,
    verdict,
};
use crate::design::{Attr, Design, Flavour, Kind, export};
use crate::editor::{Item, Limits};
use crate::network::Setting;
use crate::rules::{Finding, Outcome, Report, RuleReport};
use crate::task::{
    Asked, Breakable, Builder, Expect, Predicate, Role, RouteRule, Rule, Selector, StageItem, Task, Term, To,
};
use crate::testing::{design, with};

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
        asked: Asked {
            worked: "Look.".to_owned(),
            half: "Mend.".to_owned(),
            blank: "Build.".to_owned(),
        },
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
fn a_stage_is_known_by_the_word_of_its_item_and_of_the_docs() {
    for stage in Stage::ALL {
        assert_eq!(Wish::read(stage.id()), Wish::One(stage));
    }
    assert_eq!(Wish::read("empty"), Wish::One(Stage::Empty));
    assert_eq!(Wish::read(""), Wish::Any);
    assert_eq!(Wish::read("").fault(Stage::Worked), None);
    assert_eq!(Wish::read("worked").fault(Stage::Worked), None);
}

#[test]
fn a_stage_that_there_is_not_is_named_and_so_are_those_that_there_are() {
    for word in ["nonsense", "Empty", "half built", " "] {
        let wish = Wish::read(word);
        assert_eq!(wish, Wish::Unknown(word.to_owned()));
        let says = wish.fault(Stage::Empty).unwrap();
        for part in [word, "worked", "half-built", "empty", Stage::Empty.label()] {
            assert!(says.contains(part), "{says}");
        }
    }
    let Wish::Unknown(long) = Wish::read(&"ü".repeat(500)) else {
        panic!("there is such a stage");
    };
    assert_eq!(long.chars().count(), 40);
}

#[test]
fn each_stage_says_what_it_asks() {
    let exercise = exercise();
    let asked = Stage::ALL.map(|stage| exercise.asks(stage));
    assert_eq!(asked, ["Look.", "Mend.", "Build."]);
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
            "1 of 2 rules hold. Score is 0 until rule 1 holds.".to_owned()
        )
    );
    assert_eq!(
        says([Pass, NotReached], false),
        (Tone::Partial, "1 of 2 rules hold. ".to_owned())
    );
    // What fails can be mended; what is not reached waits for it.
    let mut both = task();
    both.rules.iter_mut().for_each(|rule| rule.must = true);
    let report = report([NotReached, Fail]);
    assert_eq!(
        verdict(&both, Some(&report), false).rest,
        "Score is 0 until rule 2 holds."
    );
    assert_eq!(first_open(&report), Some(1), "its findings are read first");
    assert_eq!(first_open(&self::report([Pass, NotReached])), Some(1));
    assert_eq!(first_open(&self::report([Pass, Pass])), None);
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
    assert_eq!(whole.says(), "6 flows arrive, in both directions.");
    let outage = Outage::of(&board, &task, Some(found[0].clone()));
    assert!(outage.down.contains("a1s") && outage.down.contains("b1s") && !outage.down.contains("a2s"));
    assert_eq!(
        outage.says(),
        "Zone one broken. 4 parts down, 0 of 6 flows still arrive. 6 went with their own end: no design saves them."
    );
    let two = Outage::of(&board, &task, Some(found[1].clone()));
    assert_eq!(
        two.says(),
        "Zone two broken. 2 parts down, 2 of 6 flows still arrive. 4 went with their own end: no design saves them."
    );
}

#[test]
fn a_flow_is_told_hop_by_hop() {
    let (board, task) = (board(), task());
    let cut = breaks(&board, &task).pop();
    let outage = Outage::of(&board, &task, cut);
    assert_eq!(outage.cut.len(), 1);
    let told = outage.flows(0, 1);
    assert_eq!(told[0].standing, Standing::Lost);
    assert_eq!(told[0].title, "Lost with it, although both ends still work");
    let (ways, cause) = outage.steps(&board, &told[0].flows[0]);
    assert_eq!(ways[0].0, "Out");
    assert!(ways[0].1.len() > 1, "{ways:?}");
    assert!(cause.is_some());
    let whole = Outage::of(&board, &task, None);
    let (ways, cause) = whole.steps(&board, &whole.flows(0, 1)[0].flows[0]);
    assert_eq!((ways.len(), cause), (2, None), "there and back");
}

fn asks(from: &str, to: &str, expect: Expect) -> Rule {
    let select = |role: &str| {
        Selector(vec![Term {
            role: Some(role.into()),
            ..Term::default()
        }])
    };
    let route = RouteRule {
        from: select(from),
        to: To::Parts(select(to)),
        expect,
        both: true,
        through: None,
        under: None,
    };
    Rule {
        predicate: Predicate::Route(route),
        ..rule("asked", false, 0)
    }
}

#[test]
fn the_table_says_what_is_wanted_and_whether_it_is_so() {
    let mut task = task();
    let standing = |board: &Design, task: &Task, row: usize, column: usize| {
        let cell = Outage::of(board, task, None).cell(row, column);
        (cell.standing, cell.works, cell.of)
    };
    let cut = with(&board(), "- a-hub\n - b-hub");
    let dropped = with(&board(), "drop t 10.1.0.0/16\n drop t 10.2.0.0/16");
    assert_eq!(standing(&board(), &task, 0, 1), (Standing::Free, 2, 2));
    task.rules = vec![asks("left", "right", Expect::Delivered)];
    for (row, column) in [(0, 1), (1, 0)] {
        assert_eq!(standing(&board(), &task, row, column), (Standing::Fine, 2, 2));
        assert_eq!(standing(&cut, &task, row, column), (Standing::Missing, 0, 2));
    }
    assert_eq!(standing(&board(), &task, 0, 0).0, Standing::Free, "nobody asked for it");
    task.rules = vec![asks("left", "right", Expect::Dropped)];
    for (row, column) in [(0, 1), (1, 0)] {
        assert_eq!(standing(&board(), &task, row, column), (Standing::Forbidden, 2, 2));
        assert_eq!(standing(&cut, &task, row, column), (Standing::Unproven, 0, 2));
        assert_eq!(standing(&dropped, &task, row, column), (Standing::Apart, 0, 2));
    }
    // A packet that arrives is one too many, also when its answer does not.
    let half = with(&board(), "route-table u in hub\n set b-hub associate=u");
    assert_eq!(standing(&half, &task, 0, 1), (Standing::Forbidden, 2, 2));
    let says = Outage::of(&half, &task, None).says();
    assert!(says.ends_with("2 arrive that must not."), "{says}");
}

#[test]
fn what_no_design_saves_is_told_apart_from_what_another_would_have_saved() {
    let mut task = task();
    task.rules = vec![asks("left", "right", Expect::Delivered)];
    // Two zones each, and the second network has its foot in the first zone only.
    let one_foot = with(
        &board(),
        "zone b2 in b name=two
         subnet b2s in b2 @right cidr=10.2.1.0/24 table=b-main
         set a-hub subnets=a1s,a2s",
    );
    let zone = breaks(&one_foot, &task).remove(0);
    let outage = Outage::of(&one_foot, &task, Some(zone));
    let told = outage.flows(0, 1);
    let lines: Vec<_> = told
        .iter()
        .map(|told| (told.standing, told.title, told.flows.len()))
        .collect();
    assert_eq!(
        lines,
        [
            (Standing::Missing, "Should arrive, and do not", 1),
            (Standing::Gone, "Gone with one of their ends: no design saves these", 3)
        ]
    );
    assert_eq!(
        outage.line(&one_foot, &told[1].flows[0]),
        "a1s to b1s: a1s went with Zone one."
    );
    let both = with(&one_foot, "set b-hub subnets=b1s,b2s");
    let crossed = with(
        &both,
        "subnet c in a1 cidr=10.1.9.0/24 table=a-main\n firewall f in c\n route a-main 10.2.0.0/16 f",
    );
    let crossed = with(
        &crossed,
        "route-table c-main in a\n route c-main 0.0.0.0/0 hub\n set c table=c-main",
    );
    let zone = breaks(&crossed, &task).remove(0);
    let outage = Outage::of(&crossed, &task, Some(zone));
    assert_eq!(
        outage.cell(0, 1).standing,
        Standing::Missing,
        "the answers went round the firewall before"
    );
    let healthy = Outage::of(&both, &task, breaks(&both, &task).into_iter().next());
    let cell = healthy.cell(0, 1);
    assert_eq!(
        (cell.standing, cell.works, cell.of, cell.gone),
        (Standing::Fine, 1, 1, 3)
    );
    let foot = with(&both, "set b-hub subnets=b1s");
    let lost = Outage::of(&foot, &task, breaks(&foot, &task).into_iter().next());
    assert!(lost.says().contains("2 that should arrive do not"), "{}", lost.says());
}

#[test]
fn a_flow_that_a_firewall_drops_says_why_hop_by_hop() {
    let board = with(
        &board(),
        "vnet i in eu cidr=10.3.0.0/16
         zone i1 in i name=one
         zone i2 in i name=two
         subnet i1s in i1 cidr=10.3.0.0/24 table=to-1
         subnet i2s in i2 cidr=10.3.1.0/24 table=to-2
         subnet w1 in i1 cidr=10.3.2.0/24 table=from
         subnet w2 in i2 cidr=10.3.3.0/24 table=from
         firewall f1 in w1
         firewall f2 in w2
         route-table to-1 in i
         route-table to-2 in i
         route-table from in i
         route to-1 0.0.0.0/0 f1
         route to-2 0.0.0.0/0 f2
         route from 0.0.0.0/0 hub
         route-table u in hub
         i-hub: i - hub subnets=i1s,i2s associate=t
         route u 0.0.0.0/0 i
         set a-hub associate=u
         set b-hub associate=u",
    );
    // One firewall for what leaves in both zones: the loss of its zone takes what another design would have saved.
    let one = with(
        &board,
        "igw g in i
         route-table out in i
         route out 0.0.0.0/0 g
         route out 10.0.0.0/8 hub
         set w1 table=out
         - to-2
         route-table to-2 in i
         route to-2 0.0.0.0/0 f1",
    );
    let zone = breaks(&one, &task()).into_iter().next();
    let outage = Outage::of(&one, &task(), zone);
    let cell = outage.cell(0, 2);
    assert_eq!(
        (cell.standing, cell.lost, cell.gone),
        (Standing::Lost, 1, 1),
        "{:?}",
        outage.says()
    );
    assert!(
        outage
            .says()
            .contains("1 was lost between parts that still work: another design would have saved it.")
    );
    assert_eq!(
        outage.flows(0, 2)[0].title,
        "Lost, although both ends still work: another design saves these"
    );

    let outage = Outage::of(&board, &task(), None);
    let told = outage.flows(0, 1);
    let flow = &told[0].flows[0];
    let line = outage.line(&board, flow);
    assert_eq!(line, "a2s to b1s arrives, its answer does not");
    let (ways, cause) = outage.steps(&board, flow);
    let back = ways[1].1.join("\n");
    assert_eq!(ways[1].0, "The answer");
    assert!(back.contains("i1s in one: to-1 sends 0.0.0.0/0 to f1."), "{back}");
    assert!(
        back.contains("f1 did not see this flow begin, so it drops the answer."),
        "{back}"
    );
    assert!(!back.contains("f1: from sends"), "it goes no further: {back}");
    assert!(back.contains("Without appliance mode"), "{back}");
    let cause = cause.unwrap();
    assert_eq!(cause.at, Item::Link("i-hub".into()));
    assert_eq!(cause.setting, Some(Setting::Attr(Attr::Appliance)));
    let kept = with(&board, "set i-hub appliance");
    assert_eq!(Outage::of(&kept, &task(), None).cell(0, 1).works, 2);
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

#[test]
fn a_design_goes_into_a_file_and_comes_back() {
    let mut exercise = exercise();
    exercise.task.given = board();
    let mut mine = board();
    mine.links.remove("b-hub");
    let file = exercise.to_file(&mine);
    let read: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!((&read["sandtable"], &read["form"]), (&json!("design"), &json!(1)));
    assert_eq!(exercise.of_file(&file), Ok(mine));
}

#[test]
fn a_file_that_is_wrong_says_why_and_what_to_do() {
    let mut exercise = exercise();
    exercise.task.given = board();
    let good: serde_json::Value = serde_json::from_str(&exercise.to_file(&board())).unwrap();
    let wrong = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = good.clone();
        change(&mut json);
        exercise.of_file(&json.to_string()).unwrap_err()
    };
    let why = |text: &str| exercise.of_file(text).unwrap_err();
    for (says, begins) in [
        (why(""), "This file is not JSON"),
        (why("\u{feff}not json"), "This file is not JSON"),
        (why(&"[".repeat(100_000)), "This file is not JSON"),
        (why(&" ".repeat(600_000)), "This file is larger than any design."),
        (why("[]"), "There is no design in this file."),
        (why(r#"{"exercises":{}}"#), "There is no design in this file."),
        (
            wrong(&|json| json["form"] = json!(2)),
            "A newer version of this page wrote this file.",
        ),
        (
            wrong(&|json| json["form"] = json!("1")),
            "This file does not say of which form it is.",
        ),
        (
            wrong(&|json| json["exercise"] = json!("week-20/y")),
            "The design in this file is for another exercise: week-20/y.",
        ),
        (
            wrong(&|json| json["design"] = json!(null)),
            "The design in this file is damaged.",
        ),
        (
            wrong(&|json| json["design"]["parts"]["a1s"]["kind"] = json!("nonsense")),
            "The design in this file is damaged.",
        ),
        (
            wrong(&|json| {
                json["design"]["parts"]["f"] = json!({"kind": "firewall", "in": "a1s", "name": "F", "at": [1, 4]})
            }),
            "The design in this file does not fit this board. F (f): Firewall is not in the palette",
        ),
    ] {
        assert!(says.starts_with(begins), "{says}");
        assert!(!says.contains('['), "no brackets of ours: {says}");
    }
}
