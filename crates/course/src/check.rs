//! The whole course, checked in memory.

use std::collections::{BTreeMap, BTreeSet};

use sandtable_exercise::{Item, grade, solution};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::author::{self, Exercise};
use crate::files::{Place, place};
use crate::ids::{self, Ids};
use crate::lint::{self, World};
use crate::output::{Compiled, Ready, Written};
use crate::problem::{Problem, Report, Span, says, sort};
use crate::schema::Schemas;
use crate::source::{self, MAX_BYTES, Node};
use crate::{Date, builder, compile, shape};

/// A course that was read and judged.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Everything that is wrong, by file and place.
    pub problems: Vec<Problem>,
    /// The compiled course, when there are no errors; warnings do not hinder it.
    pub course: Option<Compiled>,
    /// What was read: path inside the folder, and bytes. [`crate::render_human`] draws from it.
    pub files: Vec<(String, Vec<u8>)>,
    /// What `ids.lock` should hold: all that it holds, and the ids that are new. `None` when it could not be read.
    pub updated_lock: Option<String>,
}

/// Checks a course given as paths and bytes, judged as of `today`.
#[must_use]
pub fn check_files(files: Vec<(String, Vec<u8>)>, today: Date) -> Checked {
    with(files, Vec::new(), today)
}

/// The same, with problems found on the way here.
pub(crate) fn with(mut files: Vec<(String, Vec<u8>)>, mut problems: Vec<Problem>, today: Date) -> Checked {
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    // What could not be read at all may hold what others refer to.
    let (course, updated_lock) = judge(&files, problems.is_empty(), today, &mut problems);
    sort(&mut problems);
    Checked {
        problems,
        course,
        files,
        updated_lock,
    }
}

/// A file that has the right shape.
struct Loaded<'a, T> {
    node: Node,
    value: T,
    report: Report<'a>,
}

/// An exercise that has the right shape.
struct Lesson<'a> {
    id: String,
    week: u32,
    loaded: Loaded<'a, Exercise>,
    ids: Ids,
}

fn judge(
    files: &[(String, Vec<u8>)],
    mut whole: bool,
    today: Date,
    problems: &mut Vec<Problem>,
) -> (Option<Compiled>, Option<String>) {
    let schemas = Schemas::new();
    let mut course = named::<author::Course>(files, "course.yaml", &schemas.course, problems);
    let mut sources = named::<author::Sources>(files, "sources.yaml", &schemas.sources, problems);
    let mut lessons: Vec<Lesson<'_>> = Vec::new();
    for (path, bytes) in files {
        match place(path) {
            Place::Exercise { id, week } => match load::<Exercise>(path, bytes, &schemas.exercise, problems) {
                Some(Loaded {
                    node,
                    value,
                    mut report,
                }) => {
                    if lessons.iter().any(|other| other.id == id) {
                        report.error(
                            "duplicate-id",
                            node.key("kind"),
                            says(
                                format!("another folder of week {week} has a file of this name"),
                                "The exercise's id is made of both, and has to be its own.",
                                "Rename one of the two files.",
                            ),
                        );
                    }
                    let ids = ids::of(&id, &value, &node);
                    lessons.push(Lesson {
                        id,
                        week,
                        loaded: Loaded { node, value, report },
                        ids,
                    });
                }
                None => whole = false,
            },
            Place::Misplaced(why, help) => {
                let mut report = Report::new(path, "");
                report.error("file-name", Span::default(), says("this file is not read", why, help));
                problems.extend(report.finish());
            }
            Place::Own | Place::Other => {}
        }
    }

    let lock = lock(files, problems);
    let updated = lock.ok().map(|lock| {
        let live = lessons.iter().flat_map(|lesson| &lesson.ids.live).map(String::as_str);
        ids::updated(lock.map_or("", |(_, text)| text), live)
    });
    check_ids(&mut lessons, lock, whole, problems);

    let source_map = sources.as_ref().map(|loaded| loaded.value.0.clone());
    let world = World {
        course: course.as_ref().map(|loaded| &loaded.value),
        sources: source_map.as_ref(),
    };
    for lesson in &mut lessons {
        let Loaded { node, value, report } = &mut lesson.loaded;
        match value {
            Exercise::Quiz(quiz) => lint::quiz(quiz, node, lesson.week, &world, report),
            Exercise::Builder(builder) => lint::builder(builder, node, lesson.week, &world, report),
        }
    }
    let used: BTreeSet<&str> = lessons
        .iter()
        .flat_map(|lesson| lesson.loaded.value.sources())
        .collect();
    if let Some(Loaded { node, value, report }) = &mut sources {
        lint::sources(&value.0, node, whole.then_some(&used), today, report);
    }
    let mut ready = Vec::new();
    for lesson in &mut lessons {
        let Loaded { node, value, report } = &mut lesson.loaded;
        if report.error_count() > 0 {
            continue;
        }
        let empty = BTreeMap::new();
        let sources = source_map.as_ref().unwrap_or(&empty);
        let written = match value {
            Exercise::Quiz(quiz) => {
                let quiz = compile::quiz(&lesson.id, quiz, sources);
                for (at, item) in quiz.items.iter().enumerate() {
                    golden(item, node.field("items").index(at).field("id").span, report);
                }
                Some(Written::Quiz(quiz))
            }
            Exercise::Builder(builder) => {
                builder::build(&lesson.id, builder, sources, node, report).map(Written::Builder)
            }
        };
        ready.extend(written.map(|written| Ready {
            week: lesson.week,
            minutes: value.minutes(),
            aliases: value.aliases().to_vec(),
            former_items: ids::former_items(&lesson.id, value),
            written,
        }));
    }
    let compiled = course
        .as_ref()
        .zip(source_map.as_ref())
        .map(|(course, sources)| Compiled::new(&course.value, sources, ready));
    if let Some(Loaded { node, value, report }) = &mut course {
        lint::course(value, node, report);
    }
    problems.extend(course.into_iter().flat_map(|loaded| loaded.report.finish()));
    problems.extend(sources.into_iter().flat_map(|loaded| loaded.report.finish()));
    problems.extend(lessons.into_iter().flat_map(|lesson| lesson.loaded.report.finish()));
    (compiled.filter(|_| !problems.iter().any(Problem::is_error)), updated)
}

/// The right answer by the key has to score 1, whatever the kind: otherwise nobody could ever be right.
fn golden(item: &Item, at: Span, report: &mut Report<'_>) {
    let fraction = grade(&item.view, &item.key, 0, &solution(&item.view, &item.key)).fraction();
    if fraction.is_none_or(|fraction| (fraction - 1.0).abs() > 1e-9) {
        report.error(
            "right-answer",
            at,
            says(
                format!(
                    "the right answer scores {}",
                    fraction.map_or("nothing".to_owned(), |fraction| fraction.to_string())
                ),
                "Grading and the key do not agree, so nobody could be right.",
                "Look at the key. If it is right, this is a fault of Sandtable: please report it.",
            ),
        );
    }
}

fn check_ids(
    lessons: &mut [Lesson<'_>],
    lock: Result<Option<(&str, &str)>, ()>,
    whole: bool,
    problems: &mut Vec<Problem>,
) {
    let all: Vec<Ids> = lessons.iter().map(|lesson| lesson.ids.clone()).collect();
    let live: BTreeSet<&str> = all.iter().flat_map(|ids| &ids.live).map(String::as_str).collect();
    let mut claimed: BTreeMap<&str, usize> = BTreeMap::new();
    for (alias, _) in all.iter().flat_map(|ids| &ids.former) {
        *claimed.entry(alias).or_default() += 1;
    }
    let held = lock.ok().flatten().map(|(_, text)| ids::held(text));
    for lesson in lessons.iter_mut() {
        let Loaded { node, report, .. } = &mut lesson.loaded;
        ids::aliases(&lesson.ids, &live, &claimed, report);
        ids::locked(&lesson.ids, held.as_ref(), node, report);
    }
    match lock {
        Ok(Some((path, text))) => {
            let former: Vec<String> = lessons
                .iter()
                .flat_map(|lesson| ids::former(&lesson.id, &lesson.loaded.value))
                .collect();
            let known: BTreeSet<&str> = live.iter().copied().chain(former.iter().map(String::as_str)).collect();
            let mut report = Report::new(path, text);
            ids::lock(text, whole.then_some(&known), &mut report);
            problems.extend(report.finish());
        }
        Ok(None) if !live.is_empty() => {
            let mut report = Report::new("ids.lock", "");
            report.error(
                "missing-file",
                Span::default(),
                says(
                    "there is no ids.lock",
                    "It holds every id ever used, so that none is used again for something else or lost unseen.",
                    "Run `sandtable check --update-lock`, and commit the file.",
                ),
            );
            problems.extend(report.finish());
        }
        Ok(None) | Err(()) => {}
    }
}

/// Path and text of the lock: `Ok(None)` where there is none, `Err` where it cannot be read, which has been said.
fn lock<'a>(files: &'a [(String, Vec<u8>)], problems: &mut Vec<Problem>) -> Result<Option<(&'a str, &'a str)>, ()> {
    let Some((path, bytes)) = files.iter().find(|(path, _)| path == "ids.lock") else {
        // A lock that is there and could not be read is no reason to begin a new one.
        return if problems.iter().any(|problem| problem.file == "ids.lock") {
            Err(())
        } else {
            Ok(None)
        };
    };
    readable(path, bytes, problems)
        .map(|text| Some((path.as_str(), text)))
        .ok_or(())
}

/// A file that every course has.
fn named<'a, T: DeserializeOwned>(
    files: &'a [(String, Vec<u8>)],
    name: &'static str,
    schema: &Json,
    problems: &mut Vec<Problem>,
) -> Option<Loaded<'a, T>> {
    if let Some((path, bytes)) = files.iter().find(|(path, _)| path == name) {
        return load(path, bytes, schema, problems);
    }
    if !problems.iter().any(|problem| problem.file == name) {
        let mut report = Report::new(name, "");
        report.error(
            "missing-file",
            Span::default(),
            says(
                format!("there is no {name}"),
                "It holds what every exercise refers to.",
                "Name the folder that holds the course, or write the file.",
            ),
        );
        problems.extend(report.finish());
    }
    None
}

/// The text of a file, or what keeps it from being read.
fn readable<'a>(path: &str, bytes: &'a [u8], problems: &mut Vec<Problem>) -> Option<&'a str> {
    let (rule, at, says) = if bytes.len() > MAX_BYTES {
        (
            "too-large",
            0,
            says(
                format!("the file has more than {MAX_BYTES} bytes"),
                "No exercise is so large.",
                "Part it.",
            ),
        )
    } else {
        match source::text(bytes) {
            Ok(text) => return Some(text),
            Err(at) => (
                "encoding",
                at,
                says(
                    "the file is not UTF-8 from here on",
                    "Every reader would show other characters.",
                    "Have your editor save it as UTF-8.",
                ),
            ),
        }
    };
    let text = String::from_utf8_lossy(bytes.get(..at.max(1)).unwrap_or(bytes));
    let mut report = Report::new(path, &text);
    report.error(rule, Span::new(at, at), says);
    problems.extend(report.finish());
    None
}

/// Reads a file and holds it against its schema. `None` after an error; then what is wrong has been said.
fn load<'a, T: DeserializeOwned>(
    path: &'a str,
    bytes: &'a [u8],
    schema: &Json,
    problems: &mut Vec<Problem>,
) -> Option<Loaded<'a, T>> {
    let text = readable(path, bytes, problems)?;
    let mut report = Report::new(path, text);
    let node = source::parse(text, &mut report);
    let value = node.as_ref().map(|node| shape::check(node, schema, &mut report));
    let (Some(node), Some(value)) = (node, value) else {
        problems.extend(report.finish());
        return None;
    };
    let value = if report.error_count() == 0 {
        read_as(value, &node, &mut report)
    } else {
        None
    };
    match value {
        Some(value) => Some(Loaded { node, value, report }),
        None => {
            problems.extend(report.finish());
            None
        }
    }
}

/// The typed value. The shape has been checked against a schema made from the same type, so that this cannot fail
/// as long as the two agree; should they not, it is said instead of guessed.
fn read_as<T: DeserializeOwned>(value: Json, node: &Node, report: &mut Report<'_>) -> Option<T> {
    serde_json::from_value(value)
        .map_err(|error| {
            report.error(
                "unreadable",
                node.span,
                says(
                    format!("the file cannot be read: {error}"),
                    "It has the right shape, and still something is amiss.",
                    "This is a fault of Sandtable: please report it.",
                ),
            );
        })
        .ok()
}
