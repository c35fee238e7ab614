//! What is compiled: the files, their names, versions, numbers.

use sandtable_course::{Compiled, check_files};
use sandtable_exercise::{BlockKey, Body, KeyBody, OrderRule, Pick};

use crate::{QUIZ, cases, check_locked, course_with, edit, today};

#[track_caller]
fn compiled(edits: &[(&str, &str)]) -> Compiled {
    let quiz = edits
        .iter()
        .fold(QUIZ.to_owned(), |quiz, (from, to)| edit(&quiz, from, to));
    let checked = check_locked(course_with(&quiz));
    checked.course.unwrap_or_else(|| panic!("{:#?}", checked.problems))
}

fn versions(course: &Compiled) -> Vec<String> {
    course.quizzes[0]
        .items
        .iter()
        .map(|item| item.view.version.clone())
        .collect()
}

#[test]
fn files_and_names() {
    let files = compiled(&[]).files();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let [index, quiz] = names.as_slice() else {
        panic!("{names:?}")
    };
    assert_eq!(*index, "course.json");
    let hash = quiz
        .strip_prefix("week-20/transit-gateway.")
        .and_then(|rest| rest.strip_suffix(".json"));
    assert!(
        hash.is_some_and(|hash| hash.len() == 10 && hash.bytes().all(|b| b.is_ascii_hexdigit())),
        "{quiz}"
    );

    let text = |place: usize| std::str::from_utf8(&files[place].1).expect("UTF-8");
    let read = sandtable_exercise::read::index(text(0)).expect("an index");
    let entry = &read.weeks[1].exercises[0];
    assert_eq!(
        (entry.id.as_str(), entry.file.as_str()),
        ("week-20/transit-gateway", *quiz)
    );
    assert_eq!(
        (read.build.len(), read.weeks.len(), read.weeks[0].exercises.len()),
        (12, 2, 0)
    );
    assert_eq!(entry.items[0].hint_prices, [0.0, 0.25]);
    let read = sandtable_exercise::read::quiz(text(1)).expect("a quiz");
    assert_eq!(read.items[0].view.id, entry.items[0].id);
    assert_eq!(read.sources[0].key, "tgw-how");
    assert!(
        read.items[0].view.stem.starts_with("<p>Replies"),
        "{}",
        read.items[0].view.stem
    );
}

#[test]
fn a_build_is_the_same_twice_and_differs_with_the_content() {
    assert_eq!(compiled(&[]), compiled(&[]));
    let other = compiled(&[("Both directions need a route.", "Both directions need one.")]);
    assert_ne!(compiled(&[]).index.build, other.index.build);
    assert_ne!(compiled(&[]).files()[1].0, other.files()[1].0);
}

#[test]
fn versions_follow_the_key_and_not_the_prose() {
    let first = versions(&compiled(&[]));
    // Golden: a version that changes by itself would age every record.
    assert_eq!(first, GOLDEN);
    let prose = [
        ("Which change brings them back?", "Which one helps?"),
        (
            "Restart the attachment of the gateway.",
            "Restart the attachment at once.",
        ),
        ("The hub had no way back.", "No way back."),
        ("Give each packet its next hop.", "Match them."),
        ("price: 0.25", "price: 0.5"),
        ("minutes: 12", "minutes: 13"),
    ];
    assert_eq!(versions(&compiled(&prose)), first);
    for (at, edit) in [
        (0, ("weight: 0.5", "weight: 0.4")),
        (0, ("id: restart", "id: reboot")),
        (1, ("{id: local,", "{id: nothing,")),
        (1, ("    pairs:\n", "    reuse: true\n    pairs:\n")),
        (
            2,
            (
                "[attach, associate, propagate, test]",
                "[attach, associate, test, propagate]",
            ),
        ),
        (
            2,
            (
                "[attach, associate, propagate, test]",
                "[attach, associate, propagate, test]\n    score: longest-run",
            ),
        ),
    ] {
        let other = versions(&compiled(&[edit]));
        for (n, (a, b)) in first.iter().zip(&other).enumerate() {
            assert_eq!(a != b, n == at, "{edit:?} {n}");
        }
    }
}

const GOLDEN: [&str; 3] = ["e23f4635", "7c56cb8b", "b34b3a1c"];

#[test]
fn picks_and_orders() {
    let body = |course: &Compiled, at: usize| course.quizzes[0].items[at].clone();
    let Body::Choice { pick, .. } = body(&compiled(&[]), 0).view.body else {
        panic!("no choice")
    };
    assert_eq!(pick, Pick::One);
    let two = compiled(&[("weight: 0.5", "right: true"), ("pick: 1", "pick: 2")]);
    let Body::Choice { pick, .. } = body(&two, 0).view.body else {
        panic!("no choice")
    };
    assert_eq!(pick, Pick::Exactly(2));

    let rule_of = |course: &Compiled| {
        let item = body(course, 2);
        match (item.key.body, item.view.body) {
            (KeyBody::Order { rule, blocks }, Body::Order { tray, .. }) => (rule, tray, blocks),
            _ => panic!("no order"),
        }
    };
    let (rule, tray, blocks) = rule_of(&compiled(&[]));
    assert_eq!((rule, tray), (OrderRule::Inversions, false));
    let after_of =
        |blocks: &[BlockKey], id: &str| blocks.iter().find(|key| key.id == id).and_then(|key| key.after.clone());
    assert_eq!(after_of(&blocks, "attach"), Some(vec![]));
    assert_eq!(after_of(&blocks, "test"), Some(vec!["propagate".to_owned()]));
    let decoy = [
        ("propagate, test]", "propagate]"),
        ("Last of all.", "Last., decoy: true"),
    ];
    let (rule, tray, blocks) = rule_of(&compiled(&decoy));
    assert_eq!((rule, tray), (OrderRule::Edits, true));
    assert_eq!(after_of(&blocks, "test"), None);
    let free = [
        ("    order: [attach, associate, propagate, test]\n", ""),
        ("Last of all.", "Last., after: [attach]"),
    ];
    let (rule, tray, _) = rule_of(&compiled(&free));
    assert_eq!((rule, tray), (OrderRule::Edits, false));
}

#[test]
fn numbers() {
    let stats = serde_json::to_value(compiled(&[]).stats()).expect("JSON");
    let topics = serde_json::json!([
        {"id": "w20-t1-transit-gateway", "items": 3, "kinds": {"choice": 1, "match": 1, "order": 1}},
        {"id": "w20-t2-peering", "items": 0, "kinds": {}},
    ]);
    assert_eq!(
        stats["weeks"][1],
        serde_json::json!({"week": 20, "topics": topics, "exercises": {"quiz": 1}})
    );
    assert_eq!(stats["items"], 3);
    assert_eq!(stats["exercises_by_kind"], serde_json::json!({"quiz": 1}));
    assert_eq!(
        (stats["sources"].as_u64(), stats["oldest_check"].as_str()),
        (Some(1), Some("2026-11-25"))
    );
}

#[test]
fn warnings_hinder_nothing() {
    cases(
        &[(
            "Restart the attachment of the gateway.",
            "Never restart the attachment.",
        )],
        &["absolute-word"],
    );
    assert!(check_files(course_with("kind: quiz"), today()).course.is_none());
}

#[test]
fn former_ids_are_in_the_index() {
    let course = compiled(&[
        ("tries: 3", "tries: 3\naliases: [week-20/old-name]"),
        ("id: migrate", "id: migrate\n    aliases: [move, week-19/far#away]"),
    ]);
    let files = course.files();
    let index = sandtable_exercise::read::index(std::str::from_utf8(&files[0].1).expect("UTF-8")).expect("an index");
    let entry = &index.weeks[1].exercises[0];
    let aliases = |short: &str| {
        let item = entry.items.iter().find(|item| item.id.ends_with(short));
        item.map(|item| item.aliases.join(" ")).unwrap_or_default()
    };
    assert_eq!(aliases("#blackhole"), "week-20/old-name#blackhole");
    assert_eq!(
        aliases("#migrate"),
        "week-19/far#away week-20/transit-gateway#move week-20/old-name#migrate week-20/old-name#move"
    );
    assert_eq!(
        entry.homes(),
        ["week-20/transit-gateway", "week-20/old-name", "week-19/far"]
    );
    // Most have none, and then nothing is written.
    let plain = String::from_utf8(compiled(&[]).files()[0].1.clone()).expect("UTF-8");
    assert!(!plain.contains("aliases"), "{plain}");
}
