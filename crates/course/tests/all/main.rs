//! The course as a caller sees it: files in, problems and compiled files out.

mod builder;
mod compiled;
mod course;
mod hostile;
mod item;
mod shape;
mod words;

use sandtable_course::{Checked, Date, check_files};

/// A course with one quiz that has one item of each kind, and nothing wrong.
const COURSE: &str = include_str!("../fixtures/course.yaml");
const SOURCES: &str = include_str!("../fixtures/sources.yaml");
const QUIZ: &str = include_str!("../fixtures/quiz.yaml");
const QUIZ_PATH: &str = "week-20-networking/transit-gateway.yaml";

fn today() -> Date {
    Date::parse("2026-11-25").expect("a day")
}

type Files = Vec<(String, Vec<u8>)>;

fn files(list: &[(&str, &str)]) -> Files {
    list.iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect()
}

/// The fixture's course with this quiz in the place of its own.
fn course_with(quiz: &str) -> Files {
    files(&[("course.yaml", COURSE), ("sources.yaml", SOURCES), (QUIZ_PATH, quiz)])
}

/// Checks a course with a lock that holds all of its ids.
fn check_locked(mut files: Files) -> Checked {
    let lock = check_files(files.clone(), today()).updated_lock.expect("a lock");
    files.push(("ids.lock".to_owned(), lock.into_bytes()));
    check_files(files, today())
}

/// Replaces the one place where `from` stands.
#[track_caller]
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(
        text.matches(from).count(),
        1,
        "the fixture should hold this once: {from}"
    );
    text.replace(from, to)
}

fn rules(checked: &Checked) -> Vec<&str> {
    let mut rules: Vec<&str> = checked.problems.iter().map(|problem| problem.rule).collect();
    rules.sort_unstable();
    rules
}

/// Checks the fixture's quiz after an edit: exactly these rules have something to say.
#[track_caller]
fn case(from: &str, to: &str, expected: &[&str]) {
    cases(&[(from, to)], expected);
}

/// The same, after several edits.
#[track_caller]
fn cases(edits: &[(&str, &str)], expected: &[&str]) {
    let quiz = edits
        .iter()
        .fold(QUIZ.to_owned(), |quiz, (from, to)| edit(&quiz, from, to));
    expect(&check_locked(course_with(&quiz)), expected);
}

#[track_caller]
fn expect(checked: &Checked, expected: &[&str]) {
    assert_eq!(rules(checked), expected, "{:#?}", checked.problems);
    let errors = checked.problems.iter().any(sandtable_course::Problem::is_error);
    assert_eq!(
        checked.course.is_none(),
        errors,
        "a course is compiled exactly when there are no errors"
    );
    for problem in &checked.problems {
        assert!(
            !problem.why.is_empty() && !problem.help.is_empty(),
            "it has to say why and what to do: {problem:?}"
        );
    }
}

#[test]
fn the_fixture_is_clean() {
    expect(&check_locked(course_with(QUIZ)), &[]);
}
