use crate::{ITEM, Place, QUIZ};

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
