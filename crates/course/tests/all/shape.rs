//! The shape of a file: fields, types, words, ranges. Every difference is told, with its place.

use sandtable_course::{check_files, render_human, schemas};

use crate::{QUIZ, QUIZ_PATH, case, cases, check_locked, course_with, today};

#[test]
fn fields() {
    case("purpose: Predict next hops.\n", "", &["missing-field"]);
    case("    stem: Give each packet its next hop.\n", "", &["missing-field"]);
    case("        why: The hub had no way back.\n", "", &["missing-field"]);
    case("minutes: 12", "minutes: 12\ncolour: red", &["unknown-field"]);
    // One slip is one problem: the field that was meant is not missing too.
    case("purpose: Predict", "purpsoe: Predict", &["unknown-field"]);
    case("minutes: 12", "minutes: 12\nminutes: 13", &["duplicate-key"]);
    case("purpose: Predict next hops.", "purpose:", &["empty-text"]);
    case("purpose: Predict next hops.", "purpose: '  '", &["empty-text"]);
    case("minutes: 12", "minutes: 12\n<<: {a: b}", &["merge-key"]);
}

#[test]
fn types() {
    case("minutes: 12", "minutes: '12'", &["wrong-type"]);
    case("minutes: 12", "minutes: 1.5", &["wrong-type"]);
    case("minutes: 12", "minutes: 0x10", &["wrong-type"]);
    case("minutes: 12", "minutes: 99999999999999999999999", &["wrong-type"]);
    case("minutes: 12", "minutes: [12]", &["wrong-type"]);
    case("minutes: 12", "minutes: 0", &["out-of-range"]);
    case("minutes: 12", "minutes: 121", &["out-of-range"]);
    case("tries: 3", "tries: 1", &[]);
    case("tries: 3", "tries: 2", &["out-of-range"]);
    case("right: true", "right: yes", &["wrong-type"]);
    for other in ["10", "1.5", "true", "null", "~", "0x1F", "-3", "1e3", ".inf"] {
        case("title: Transit Gateway", &format!("title: {other}"), &["quote-it"]);
        case("title: Transit Gateway", &format!("title: \"{other}\""), &[]);
    }
    for text in [
        "10.0.0.0/8",
        "2026-11-25",
        "yes",
        "1_000",
        "infinity",
        "nan",
        "v1.5",
        "+ 1",
    ] {
        case("title: Transit Gateway", &format!("title: {text}"), &[]);
    }
    case("title: Transit Gateway", "title: [a]", &["wrong-type"]);
    case(
        "title: Transit Gateway",
        &format!("title: {}", "x".repeat(121)),
        &["too-long"],
    );
    case(
        "    stem: Give each packet its next hop.",
        "    stem: {a: b}",
        &["wrong-type"],
    );
}

#[test]
fn words_of_a_list() {
    case("kind: quiz", "kind: quizz", &["unknown-kind"]);
    case("kind: quiz", "kind: lab", &["unknown-kind"]);
    case("kind: quiz\n", "", &["missing-field"]);
    case("kind: match", "kind: matching", &["unknown-kind"]);
    case("    kind: match\n", "", &["missing-field"]);
    case("level: apply", "level: analyze", &["unknown-value"]);
    case("pick: 1", "pick: all", &["unknown-value"]);
    case("pick: 1", "pick: 0", &["out-of-range"]);
    case("pick: 1", "pick: '1'", &["unknown-value"]);
}

#[test]
fn the_name_that_was_meant() {
    for (from, to, meant) in [
        ("purpose: Predict", "purpsoe: Predict", "Did you mean `purpose`?"),
        ("kind: match", "kind: mach", "Did you mean `match`?"),
        ("level: apply", "level: aply", "Did you mean `apply`?"),
        (
            "objective: w20-t1-o1",
            "objective: w20-t1-01",
            "Did you mean `w20-t1-o1`?",
        ),
        (
            "      to-web: spoke\n",
            "      to-web: spkoe\n",
            "Did you mean `spoke`?",
        ),
    ] {
        let checked = check_locked(course_with(&crate::edit(QUIZ, from, to)));
        let helps: Vec<&str> = checked.problems.iter().map(|problem| problem.help.as_str()).collect();
        assert_eq!(helps, [meant], "{:#?}", checked.problems);
    }
    let checked = check_locked(course_with(&crate::edit(QUIZ, "kind: quiz", "kind: lab")));
    assert!(
        checked.problems.iter().all(|problem| problem.help.contains("`quiz`")),
        "{:#?}",
        checked.problems
    );
}

#[test]
fn yaml_that_is_not_read() {
    case("title: Transit Gateway", "title: &a Transit Gateway", &["anchor"]);
    case("title: Transit Gateway", "title: *a", &["anchor"]);
    cases(
        &[
            ("title: Transit Gateway", "title: &a T"),
            ("purpose: Predict next hops.", "purpose: *a"),
        ],
        &["anchor", "anchor"],
    );
    case("title: Transit Gateway", "title: !!str Transit Gateway", &["tag"]);
    case("title: Transit Gateway", "title: ! T", &["tag"]);
    case("items:\n", "---\nitems:\n", &["several-documents"]);
    case("title: Transit Gateway", "title: Transit: Gateway", &["syntax"]);
    case("title: Transit Gateway", "? [a]\n: b\ntitle: T", &["field-name"]);
    case("title: Transit Gateway", "title: \"a\\0b\"", &["control-character"]);
    case("title: Transit Gateway", "title: \"a\\u202Eb\"", &["control-character"]);
}

#[test]
fn places() {
    let quiz = crate::edit(QUIZ, "level: apply", "level: aply");
    let line = quiz.lines().position(|line| line.contains("aply")).expect("a line") + 1;
    for (name, text) in [
        ("plain", quiz.clone()),
        ("byte order mark", format!("\u{feff}{quiz}")),
        ("windows", quiz.replace('\n', "\r\n")),
        (
            "letters of several bytes",
            quiz.replace("Replies from", "Rückmeldungen à propos 🦀"),
        ),
    ] {
        let checked = check_files(course_with(&text), today());
        let problem = checked
            .problems
            .iter()
            .find(|problem| problem.rule == "unknown-value")
            .expect(name);
        assert_eq!((problem.line, problem.column), (line, 12), "{name}");
        assert_eq!(&text[problem.span.start..problem.span.end], "aply", "{name}");
        assert_eq!(problem.file, QUIZ_PATH);
    }
    let bom = check_locked(course_with("\u{feff}kind: qiz\n"));
    assert_eq!(
        (bom.problems[0].line, bom.problems[0].column),
        (1, 7),
        "{:?}",
        bom.problems
    );
}

/// What a person sees, for a file with several faults of several sorts.
#[test]
fn drawn() {
    let quiz = [
        ("purpose: Predict", "purpsoe: Predict"),
        ("minutes: 12", "minutes: twelve"),
        ("id: restart", "id: 10"),
        ("        why: The hub had no way back.\n", ""),
        ("level: apply", "level: aply"),
        (
            "    order: [attach, associate, propagate, test]\n",
            "    order: attach\n",
        ),
    ]
    .iter()
    .fold(QUIZ.to_owned(), |quiz, (from, to)| crate::edit(&quiz, from, to));
    let checked = check_files(course_with(&quiz), today());
    insta::assert_snapshot!("shape", render_human(&checked.problems, &checked.files, false));
    assert!(render_human(&checked.problems, &checked.files, true).contains("\u{1b}["));

    let quiz = [
        (
            "Which change brings them back?",
            "Which return route does not help? <b>",
        ),
        (
            "Add a return route to the hub's table.",
            "Always add a return route to the hub's table.",
        ),
        ("      to-web: spoke\n", "      to-web: hub\n"),
        (
            "sources: [tgw-how]\n  - id: next-hops",
            "sources: [tgw-hwo]\n  - id: next-hops",
        ),
    ]
    .iter()
    .fold(QUIZ.to_owned(), |quiz, (from, to)| crate::edit(&quiz, from, to));
    let checked = check_locked(course_with(&quiz));
    insta::assert_snapshot!("lint", render_human(&checked.problems, &checked.files, false));
    let json = serde_json::to_value(&checked.problems[0]).expect("JSON");
    assert_eq!(json["severity"], "error");
    assert_eq!(json["line"], 16);
}

/// The committed schemas are those of the author types. `UPDATE_SCHEMA=1` writes them.
#[test]
fn committed_schemas() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises/schema");
    for (name, text) in schemas() {
        let path = folder.join(name);
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::create_dir_all(&folder).expect("the folder");
            std::fs::write(&path, &text).expect("a written schema");
        }
        let held = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            held == text,
            "{} is behind: run the tests with UPDATE_SCHEMA=1",
            path.display()
        );
    }
}

/// An editor shows a line for each field.
#[test]
fn every_field_is_explained() {
    fn walk(value: &serde_json::Value, path: &str) {
        if let Some(fields) = value.get("properties").and_then(|fields| fields.as_object()) {
            for (name, field) in fields {
                assert!(field.get("description").is_some(), "{path}/{name} has no description");
            }
        }
        match value {
            serde_json::Value::Object(fields) => fields
                .iter()
                .for_each(|(name, value)| walk(value, &format!("{path}/{name}"))),
            serde_json::Value::Array(values) => values.iter().for_each(|value| walk(value, path)),
            _ => {}
        }
    }
    for (name, text) in schemas() {
        walk(&serde_json::from_str(&text).expect("JSON"), &name);
    }
}
