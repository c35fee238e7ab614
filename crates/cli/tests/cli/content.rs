use crate::{ITEM, Place, QUIZ};

const BLANK: &str = "week-20/networks#blank";
const HALF: &str = "week-20/networks#half-built";

fn broken() -> Place {
    let place = Place::new();
    place.write(
        QUIZ,
        &place.read(QUIZ).replace("topic: w20-t1-routes", "topic: w20-t9-roads"),
    );
    place
}

#[test]
fn check_says_that_all_is_well() {
    let said = Place::new().run(&["check"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
    assert!(
        said.err.ends_with("1 item in 1 exercise: no errors, no warnings.\n"),
        "{}",
        said.err
    );
}

#[test]
fn check_fails_on_errors_and_says_where() {
    let place = broken();
    let said = place.run(&["check", "exercises"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("week-20-networking/routes.yaml") && said.err.contains("w20-t9-roads"),
        "{}",
        said.err
    );
    let said = place.run(&["check", "--format", "json"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (json["warnings"].as_u64(), json["problems"][0]["line"].as_u64()),
        (Some(0), Some(4)),
        "{json}"
    );
    assert!(json["errors"].as_u64() > Some(0));
}

#[test]
fn warnings_do_not_fail() {
    let place = Place::new();
    // An item whose right option is by far the longest gives itself away.
    place.write(
        QUIZ,
        &place.read(QUIZ).replace(
            "It is sent to the peer",
            "It is sent to the peer, whose prefix has sixteen bits and is the longer one of both",
        ),
    );
    let said = place.run(&["check"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("no errors, 2 warnings."), "{}", said.err);
}

#[test]
fn the_lock_is_brought_up_to_date() {
    let place = Place::new();
    std::fs::remove_file(place.path("exercises/ids.lock")).unwrap();
    assert_eq!(place.run(&["check"]).code, Some(1));
    let said = place.run(&["check", "--update-lock"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(place.read("exercises/ids.lock").contains(ITEM));
    let said = place.run(&["check", "--update-lock"]);
    assert!(!said.err.contains("up to date"), "{}", said.err);
}

#[test]
fn stats_count() {
    let place = Place::new();
    let said = place.run(&["stats", "--json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let expected = serde_json::json!({
        "weeks": [{
            "week": 20,
            "topics": [{"id": "w20-t1-routes", "items": 1, "kinds": {"choice": 1}}],
            "exercises": {"quiz": 1},
        }],
        "items": 1,
        "items_by_kind": {"choice": 1},
        "exercises_by_kind": {"quiz": 1},
        "sources": 1,
        "oldest_check": "2026-11-25",
    });
    assert_eq!(json, expected);
    let said = place.run(&["stats"]);
    assert!(said.out.contains("w20-t1-routes      1  1 choice\n"), "{}", said.out);
}

#[track_caller]
fn graded(answer: &str) -> serde_json::Value {
    let said = Place::new().run_with(&["grade", ITEM, "--answer", "-"], answer);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert!(
        ["outcome", "fraction", "parts", "feedback"]
            .iter()
            .all(|key| keys.iter().any(|one| one == key)),
        "{json}"
    );
    json
}

#[test]
fn an_answer_is_graded() {
    let right = graded(r#"{"choice": ["peer"]}"#);
    assert_eq!(
        (right["outcome"].as_str(), right["fraction"].as_f64()),
        (Some("scored"), Some(1.0))
    );
    let wrong = graded(r#"{"choice": ["firewall"]}"#);
    assert_eq!(
        (wrong["outcome"].as_str(), wrong["fraction"].as_f64()),
        (Some("scored"), Some(0.0))
    );
    assert!(wrong["feedback"].to_string().contains("the shorter one"), "{wrong}");
    let none = graded(r#"{"choice": []}"#);
    assert_eq!(
        (none["outcome"].as_str(), &none["fraction"]),
        (Some("not_answered"), &serde_json::Value::Null)
    );
    let invalid = graded(r#"{"choice": ["no-such"]}"#);
    assert_eq!(
        (invalid["outcome"].as_str(), invalid["parts"].as_array().map(Vec::len)),
        (Some("invalid"), Some(0))
    );
}

#[test]
fn grade_takes_a_folder_and_a_file() {
    let place = Place::new();
    place.write("answer.json", r#"{"choice": ["peer"]}"#);
    let said = place.run(&["grade", "exercises", ITEM, "--answer", "answer.json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("\"fraction\": 1.0"), "{}", said.out);
}

#[test]
fn what_cannot_be_graded_is_explained() {
    let place = Place::new();
    let said = place.run_with(&["grade", "week-20/routes#longst", "--answer", "-"], "{}");
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("Did you mean week-20/routes#longest?"),
        "{}",
        said.err
    );
    for (answer, says) in [
        ("{\n  \"choice\": [peer]}", "line 2 column 14"),
        ("{\"pick\": []}", "pick"),
        ("", "EOF"),
    ] {
        let said = place.run_with(&["grade", ITEM, "--answer", "-"], answer);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
        assert!(
            said.err.contains(says) && said.err.contains("{\"match\": {\"prompt\": \"token\", ...}}"),
            "{}",
            said.err
        );
    }
    let said = broken().run_with(&["grade", ITEM, "--answer", "-"], "{}");
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("w20-t9-roads"), "{}", said.err);
}

/// The course with a builder beside its quiz.
fn with_builder() -> Place {
    let builder = include_str!("../../../course/tests/fixtures/builder.yaml")
        .replace("w20-t1-transit-gateway", "w20-t1-routes")
        .replace("w20-t1-o2", "w20-t1-o1")
        .replace("[tgw-how]", "[rfc-1812]");
    let place = Place::new();
    place.write("exercises/week-20-networking/networks.yaml", &builder);
    let said = place.run(&["check", "--update-lock"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.err.ends_with("1 item in 2 exercises: no errors, no warnings.\n"),
        "{}",
        said.err
    );
    place
}

/// The compiled builder.
fn compiled(place: &Place) -> serde_json::Value {
    assert_eq!(place.run(&["build", "--data", "--out", "data"]).code, Some(0));
    let files = place.files("data");
    let (_, bytes) = files
        .iter()
        .find(|(path, _)| path.starts_with("week-20/networks."))
        .unwrap();
    serde_json::from_slice(bytes).unwrap()
}

#[track_caller]
fn verdict(place: &Place, stage: &str, answer: &serde_json::Value) -> serde_json::Value {
    let said = place.run_with(&["grade", stage, "--answer", "-"], &answer.to_string());
    assert_eq!(said.code, Some(0), "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn a_design_is_graded() {
    let place = with_builder();
    let builder = compiled(&place);
    let design = |board: &serde_json::Value| serde_json::json!({"design": board});
    let right = verdict(&place, BLANK, &design(&builder["worked"]));
    assert_eq!(
        (right["outcome"].as_str(), right["fraction"].as_f64()),
        (Some("scored"), Some(1.0))
    );
    assert_eq!(right["parts"][0], serde_json::json!({"id": "apart", "state": "right"}));
    assert_eq!(right["feedback"], serde_json::json!([]));

    // A rule that fails and must not, and one that waits for another.
    let mut two = builder["worked"].clone();
    two["parts"]["p9"] = serde_json::json!({"kind": "transit", "in": "region", "name": "Another", "at": [0, 0]});
    let two = verdict(&place, BLANK, &design(&two));
    assert!((two["fraction"].as_f64().unwrap() - 4.0 / 6.0).abs() < 1e-9, "{two}");
    let states: Vec<&str> = two["parts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|part| part["state"].as_str())
        .collect();
    assert_eq!(states, ["right", "right", "right", "wrong", "missed"]);
    assert_eq!(two["feedback"][0]["part"], "one-hub");
    let half = verdict(&place, BLANK, &design(&builder["half"]));
    assert_eq!(half["fraction"].as_f64(), Some(0.0), "a rule that must hold does not");

    // Each stage as it begins, and nothing at all.
    for (stage, board) in [(BLANK, &builder["task"]["given"]), (HALF, &builder["half"])] {
        assert_eq!(verdict(&place, stage, &design(board))["outcome"], "not_answered");
    }
    assert_eq!(
        verdict(&place, BLANK, &serde_json::json!({"design": null}))["outcome"],
        "not_answered"
    );
    assert_eq!(
        verdict(&place, BLANK, &serde_json::json!({}))["outcome"],
        "not_answered"
    );
}

#[test]
fn a_design_that_nobody_could_have_built_is_invalid() {
    let place = with_builder();
    let builder = compiled(&place);
    let invalid = |change: &dyn Fn(&mut serde_json::Value), says: &str| {
        let mut design = builder["worked"].clone();
        change(&mut design);
        let verdict = verdict(&place, BLANK, &serde_json::json!({"design": design}));
        assert_eq!(
            (verdict["outcome"].as_str(), &verdict["fraction"]),
            (Some("invalid"), &serde_json::Value::Null)
        );
        assert!(verdict["feedback"].to_string().contains(says), "{verdict}");
    };
    invalid(&|design| design["v"] = 9.into(), "newer Sandtable");
    invalid(
        &|design| design["parts"]["spokes"]["in"] = "nowhere".into(),
        "parts.spokes",
    );
    invalid(
        &|design| design["parts"]["lab-1"]["name"] = "Laboratory".into(),
        "Lab 1 (lab-1) is given",
    );
    invalid(
        &|design| design["parts"]["lab-1"]["role"] = "app".into(),
        "Lab 1 (lab-1) is given",
    );
    invalid(
        &|design| design["parts"]["office"]["attrs"]["cidr"] = "10.80.0.0/12".into(),
        "Office (office) is given",
    );
    invalid(
        &|design| design["parts"]["p1"] = serde_json::json!({"kind": "site", "name": "Other"}),
        "Other (p1): Site is not in the palette",
    );
    invalid(
        &|design| design["parts"]["tunnel"]["role"] = "seen".into(),
        "cannot have the role seen",
    );
}

#[test]
fn a_stage_takes_a_design_and_a_question_does_not() {
    let place = with_builder();
    for (id, answer) in [
        (BLANK, r#"{"choice": ["peer"]}"#),
        (BLANK, "[]"),
        (ITEM, r#"{"design": {}}"#),
    ] {
        let said = place.run_with(&["grade", id, "--answer", "-"], answer);
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
        assert!(said.err.contains("{\"design\": {\"v\": 1,"), "{}", said.err);
    }
    let said = place.run_with(&["grade", "week-20/networks#balnk", "--answer", "-"], "{}");
    assert!(
        said.err.contains("Did you mean week-20/networks#blank?"),
        "{}",
        said.err
    );
}

#[test]
fn builders_are_counted_as_exercises() {
    let place = with_builder();
    let said = place.run(&["stats", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["exercises_by_kind"], serde_json::json!({"builder": 1, "quiz": 1}));
    assert_eq!(json["items"], 1);
    let said = place.run(&["stats"]);
    assert!(said.out.contains("exercises: 1 builder, 1 quiz"), "{}", said.out);
}

#[test]
fn schemas_are_written() {
    let place = Place::new();
    assert_eq!(place.run(&["schema", "--out", "schemas"]).code, Some(0));
    for (path, bytes) in place.files("schemas") {
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert!(path.ends_with(".schema.json") && json.is_object(), "{path}");
    }
    assert!(place.run(&["schema", "--out", "schemas"]).err.contains("is up to date"));
}

#[test]
fn wrong_usage_is_two_and_a_missing_folder_one() {
    let place = Place::new();
    for args in [
        &["chekc"][..],
        &["build"],
        &["build", "--app", "dist"],
        &["grade", "--answer", "-"],
        &["check", "--format", "xml"],
    ] {
        assert_eq!(place.run(args).code, Some(2), "{args:?}");
    }
    let said = place.run(&["check", "nowhere"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("There is no folder nowhere"), "{}", said.err);
}
