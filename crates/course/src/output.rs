//! What is written: the index, a file an exercise, and numbers about them.

use std::collections::BTreeMap;

use sandtable_exercise::index::{Course, ExerciseEntry, Index, ItemEntry, Objective, Topic, Week};
use sandtable_exercise::{Body, FORMAT, Quiz};
use serde::Serialize;

use crate::Date;
use crate::author;
use crate::builder::CompiledBuilder;
use crate::compile::hex;
use crate::markdown::plain;

/// A course without errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What `course.json` holds. A caller may add modules before [`Compiled::files`].
    pub index: Index,
    /// The quizzes in the order of the index.
    pub quizzes: Vec<Quiz>,
    /// The builders in the order of the index.
    pub builders: Vec<CompiledBuilder>,
    /// The number of sources, those among them that no exercise names yet.
    pub(crate) sources: usize,
    pub(crate) oldest_check: Option<Date>,
}

/// An exercise on its way into the index.
pub(crate) struct Ready {
    pub(crate) week: u32,
    pub(crate) minutes: u32,
    pub(crate) aliases: Vec<String>,
    /// The former full ids of each item, in the order of the items.
    pub(crate) former_items: Vec<Vec<String>>,
    pub(crate) written: Written,
}

/// A compiled exercise.
pub(crate) enum Written {
    Quiz(Quiz),
    Builder(CompiledBuilder),
}

impl Written {
    fn id(&self) -> &str {
        match self {
            Written::Quiz(quiz) => &quiz.id,
            Written::Builder(builder) => &builder.id,
        }
    }

    fn topic(&self) -> &str {
        match self {
            Written::Quiz(quiz) => &quiz.topic,
            Written::Builder(builder) => &builder.topic,
        }
    }

    /// Questions come before what is built with their answers.
    fn rank(&self) -> u8 {
        match self {
            Written::Quiz(_) => 0,
            Written::Builder(_) => 1,
        }
    }

    fn json(&self) -> Vec<u8> {
        match self {
            Written::Quiz(quiz) => json(quiz),
            Written::Builder(builder) => json(&builder.json),
        }
    }
}

impl Compiled {
    pub(crate) fn new(
        course: &author::Course,
        sources: &BTreeMap<String, author::Source>,
        mut ready: Vec<Ready>,
    ) -> Self {
        let mut weeks = Vec::new();
        let (mut quizzes, mut builders) = (Vec::new(), Vec::new());
        for week in &course.weeks {
            let place = |id: &str| week.topics.iter().position(|topic| topic.id == id);
            let mut here: Vec<Ready> = ready.extract_if(.., |one| one.week == week.number).collect();
            let order = |one: &Ready| (place(one.written.topic()), one.written.rank());
            here.sort_by(|a, b| (order(a), a.written.id()).cmp(&(order(b), b.written.id())));
            let exercises = here.iter().map(entry).collect();
            for one in here {
                match one.written {
                    Written::Quiz(quiz) => quizzes.push(quiz),
                    Written::Builder(builder) => builders.push(builder),
                }
            }
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
            builders,
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
        let builders = self.builders.iter().map(|builder| {
            let bytes = json(&builder.json);
            (file_name(&builder.id, &bytes), bytes)
        });
        std::iter::once(("course.json".to_owned(), json(&self.index)))
            .chain(quizzes)
            .chain(builders)
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

fn entry(ready: &Ready) -> ExerciseEntry {
    let former = |place: usize| ready.former_items.get(place).cloned().unwrap_or_default();
    let item = |(place, item): (usize, &sandtable_exercise::Item)| ItemEntry {
        id: item.view.id.clone(),
        version: item.view.version.clone(),
        hint_prices: item.view.hint_prices.clone(),
        aliases: former(place),
    };
    // The hints of a builder belong to its rules and are free.
    let stage = |(place, (id, version)): (usize, &(String, String))| ItemEntry {
        id: id.clone(),
        version: version.clone(),
        hint_prices: Vec::new(),
        aliases: former(place),
    };
    let written = &ready.written;
    let (kind, title, purpose, items) = match written {
        Written::Quiz(quiz) => (
            "quiz",
            &quiz.title,
            &quiz.purpose,
            quiz.items.iter().enumerate().map(item).collect(),
        ),
        Written::Builder(builder) => {
            let items = builder.items.iter().enumerate().map(stage).collect();
            ("builder", &builder.title, &builder.purpose, items)
        }
    };
    ExerciseEntry {
        id: written.id().to_owned(),
        kind: kind.to_owned(),
        title: title.clone(),
        purpose: purpose.clone(),
        topic: written.topic().to_owned(),
        minutes: ready.minutes,
        file: file_name(written.id(), &written.json()),
        items,
        aliases: ready.aliases.clone(),
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
