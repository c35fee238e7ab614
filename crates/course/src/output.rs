//! What is written: the index, a file an exercise, and numbers about them.

use std::collections::BTreeMap;

use sandtable_exercise::index::{Course, ExerciseEntry, Index, ItemEntry, Objective, Topic, Week};
use sandtable_exercise::{Body, FORMAT, Quiz};
use serde::Serialize;

use crate::Date;
use crate::author;
use crate::compile::hex;
use crate::ids;
use crate::markdown::plain;

/// A course without errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What `course.json` holds. A caller may add modules before [`Compiled::files`].
    pub index: Index,
    /// The quizzes in the order of the index.
    pub quizzes: Vec<Quiz>,
    /// The number of sources, those among them that no exercise names yet.
    pub(crate) sources: usize,
    pub(crate) oldest_check: Option<Date>,
}

/// A quiz on its way into the index.
pub(crate) struct Ready<'a> {
    pub(crate) week: u32,
    pub(crate) author: &'a author::Quiz,
    pub(crate) quiz: Quiz,
}

impl Compiled {
    pub(crate) fn new(
        course: &author::Course,
        sources: &BTreeMap<String, author::Source>,
        mut ready: Vec<Ready<'_>>,
    ) -> Self {
        let mut weeks = Vec::new();
        let mut quizzes = Vec::new();
        for week in &course.weeks {
            let place = |id: &str| week.topics.iter().position(|topic| topic.id == id);
            let mut here: Vec<Ready<'_>> = ready.extract_if(.., |one| one.week == week.number).collect();
            here.sort_by(|a, b| (place(&a.quiz.topic), &a.quiz.id).cmp(&(place(&b.quiz.topic), &b.quiz.id)));
            let exercises = here.iter().map(entry).collect();
            quizzes.extend(here.into_iter().map(|one| one.quiz));
            weeks.push(Week {
                week: week.number,
                title: plain(&week.title),
                topics: week.topics.iter().map(topic).collect(),
                exercises,
            });
        }
        let about = Course {
            id: course.id.clone(),
            title: plain(&course.title),
            report_url: course.report_url.clone(),
        };
        let mut compiled = Compiled {
            index: Index {
                format: FORMAT,
                course: about,
                build: String::new(),
                modules: BTreeMap::new(),
                weeks,
            },
            quizzes,
            sources: sources.len(),
            oldest_check: sources.values().filter_map(|source| Date::parse(&source.checked)).min(),
        };
        // The index names each file by its content, so it alone stands for all of them.
        compiled.index.build = hex(&json(&compiled.index), 12);
        compiled
    }

    /// The files to write, with paths beside each other: `course.json`, `week-20/transit-gateway.0123456789.json`.
    #[must_use]
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let quizzes = self.quizzes.iter().map(|quiz| {
            let bytes = json(quiz);
            (file_name(&quiz.id, &bytes), bytes)
        });
        std::iter::once(("course.json".to_owned(), json(&self.index)))
            .chain(quizzes)
            .collect()
    }

    /// Numbers about the course.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let mut stats = Stats {
            sources: self.sources,
            oldest_check: self.oldest_check,
            ..Stats::default()
        };
        for week in &self.index.weeks {
            let mut topics: Vec<TopicStats> = week
                .topics
                .iter()
                .map(|topic| TopicStats {
                    id: topic.id.clone(),
                    ..TopicStats::default()
                })
                .collect();
            let mut exercises = BTreeMap::new();
            for entry in &week.exercises {
                *exercises.entry(entry.kind.clone()).or_default() += 1;
                *stats.exercises_by_kind.entry(entry.kind.clone()).or_default() += 1;
                let quiz = self.quizzes.iter().find(|quiz| quiz.id == entry.id);
                for item in quiz.into_iter().flat_map(|quiz| &quiz.items) {
                    let kind = kind(&item.view.body);
                    stats.items += 1;
                    *stats.items_by_kind.entry(kind.to_owned()).or_default() += 1;
                    if let Some(topic) = topics.iter_mut().find(|topic| topic.id == entry.topic) {
                        topic.items += 1;
                        *topic.kinds.entry(kind.to_owned()).or_default() += 1;
                    }
                }
            }
            stats.weeks.push(WeekStats {
                week: week.week,
                topics,
                exercises,
            });
        }
        stats
    }
}

fn topic(topic: &author::Topic) -> Topic {
    let objective = |one: &author::Objective| Objective {
        id: one.id.clone(),
        text: plain(&one.text),
    };
    Topic {
        id: topic.id.clone(),
        title: plain(&topic.title),
        objectives: topic.objectives.iter().map(objective).collect(),
    }
}

fn entry(ready: &Ready<'_>) -> ExerciseEntry {
    let Ready { author, quiz, .. } = ready;
    let item = |(item, author): (&sandtable_exercise::Item, &author::Item)| ItemEntry {
        id: item.view.id.clone(),
        version: item.view.version.clone(),
        hint_prices: item.view.hint_prices.clone(),
        aliases: {
            let common = author.common();
            ids::item_aliases(&quiz.id, ready.author, common.id, common.aliases)
        },
    };
    ExerciseEntry {
        id: quiz.id.clone(),
        kind: "quiz".to_owned(),
        title: quiz.title.clone(),
        purpose: quiz.purpose.clone(),
        topic: quiz.topic.clone(),
        minutes: author.minutes,
        file: file_name(&quiz.id, &json(quiz)),
        items: quiz.items.iter().zip(&author.items).map(item).collect(),
        aliases: author.aliases.clone(),
    }
}

fn file_name(id: &str, bytes: &[u8]) -> String {
    format!("{id}.{}.json", hex(bytes, 10))
}

/// Compact JSON. The compiled types hold text, whole and finite numbers and maps with text keys: writing cannot fail.
fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::Choice { .. } => "choice",
        Body::Match { .. } => "match",
        Body::Order { .. } => "order",
    }
}

/// Numbers about a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// By week, in the order of the course.
    pub weeks: Vec<WeekStats>,
    /// Items in all.
    pub items: usize,
    /// Items by kind.
    pub items_by_kind: BTreeMap<String, usize>,
    /// Exercises by kind.
    pub exercises_by_kind: BTreeMap<String, usize>,
    /// Sources in sources.yaml.
    pub sources: usize,
    /// The day on which the source was read that was not read for the longest time.
    pub oldest_check: Option<Date>,
}

/// Numbers about a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WeekStats {
    /// Its number.
    pub week: u32,
    /// By topic, those without items too.
    pub topics: Vec<TopicStats>,
    /// Exercises by kind.
    pub exercises: BTreeMap<String, usize>,
}

/// Numbers about a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TopicStats {
    /// Topic id.
    pub id: String,
    /// Items in all.
    pub items: usize,
    /// Items by kind.
    pub kinds: BTreeMap<String, usize>,
}
