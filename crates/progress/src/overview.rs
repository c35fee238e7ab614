//! What the course map, a week and an exercise say of the records: derived from the index and the records, nothing else.

use sandtable_exercise::index::{ExerciseEntry, Index, Week};

use crate::Record;
use crate::summary::{ItemState, Progress, Ring, attempts_of, item_state, progress};

/// How far an exercise is done.
#[must_use]
pub fn exercise_progress(entry: &ExerciseEntry, records: &[&Record]) -> Progress {
    progress(records, &entry.items)
}

/// How far a week is done; `progress_of` gives the progress of an exercise.
pub fn week_progress(week: &Week, progress_of: impl FnMut(&ExerciseEntry) -> Progress) -> Progress {
    week.exercises.iter().map(progress_of).sum()
}

/// The ring of a week: an arc a topic, in order. A topic without exercises is empty.
pub fn week_ring(week: &Week, mut progress_of: impl FnMut(&ExerciseEntry) -> Progress) -> Vec<Ring> {
    let mut ring = Vec::new();
    for topic in &week.topics {
        let entries = week.exercises.iter().filter(|entry| entry.topic == topic.id);
        ring.push(entries.map(&mut progress_of).sum::<Progress>().ring());
    }
    ring
}

/// The states of an exercise's items, in order.
#[must_use]
pub fn item_states(entry: &ExerciseEntry, records: &[&Record]) -> Vec<ItemState> {
    entry.items.iter().map(|item| item_state(records, item)).collect()
}

/// The place to open an exercise at: its first item that was never answered, else the first.
#[must_use]
pub fn open_at(states: &[ItemState]) -> usize {
    states
        .iter()
        .position(|state| *state == ItemState::NotSeen)
        .unwrap_or(0)
}

/// The item to go to after one: the next further on that was never answered; `None` when there is none, and the week
/// shows what was left behind.
#[must_use]
pub fn next_after(states: &[ItemState], current: usize) -> Option<usize> {
    let later = states.iter().enumerate().skip(current.saturating_add(1));
    later
        .filter(|(_, state)| **state == ItemState::NotSeen)
        .map(|(place, _)| place)
        .next()
}

/// Where a learner goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Resume {
    /// The exercise's id.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The item's full id.
    pub item: String,
    /// Its place, from 1.
    pub place: usize,
    /// Items in all.
    pub of: usize,
    /// Whether any of its items was answered.
    pub is_begun: bool,
}

/// Where to go on: the exercise last worked on that still has an item to answer; failing that, the first exercise with
/// one. `None` when nothing is left. `states_of` gives what [`item_states`] and [`latest`] say of an exercise.
pub fn resume(
    index: &Index,
    mut states_of: impl FnMut(&ExerciseEntry) -> (Vec<ItemState>, Option<u64>),
) -> Option<Resume> {
    let mut best: Option<(Option<u64>, Resume)> = None;
    for entry in index.weeks.iter().flat_map(|week| &week.exercises) {
        let (states, latest) = states_of(entry);
        let Some(place) = states.iter().position(|state| *state == ItemState::NotSeen) else {
            continue;
        };
        let Some(item) = entry.items.get(place) else { continue };
        // Later work wins; without any, the order of the course.
        if best.as_ref().is_none_or(|(best, _)| latest > *best) {
            let resume = Resume {
                exercise: entry.id.clone(),
                title: entry.title.clone(),
                item: item.id.clone(),
                place: place + 1,
                of: entry.items.len(),
                is_begun: latest.is_some(),
            };
            best = Some((latest, resume));
        }
    }
    best.map(|(_, resume)| resume)
}

/// When an exercise was last worked on, in milliseconds since 1970.
#[must_use]
pub fn latest(entry: &ExerciseEntry, records: &[&Record]) -> Option<u64> {
    let attempts = entry.items.iter().flat_map(|item| attempts_of(records, item));
    attempts.map(|attempt| attempt.at).max()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use ItemState::{NotSeen, Tried};
    use sandtable_exercise::index::{Course, ItemEntry, Topic};

    const DONE: ItemState = Tried {
        best: 0.5,
        older: false,
    };

    fn entry(id: &str, topic: &str, items: usize) -> ExerciseEntry {
        ExerciseEntry {
            id: id.into(),
            kind: "quiz".into(),
            title: id.to_uppercase(),
            purpose: String::new(),
            topic: topic.into(),
            minutes: 5,
            file: String::new(),
            items: (1..=items)
                .map(|n| ItemEntry {
                    id: format!("{id}#{n}"),
                    version: "0".into(),
                    hint_prices: vec![],
                    aliases: vec![],
                })
                .collect(),
            aliases: vec![],
        }
    }

    fn index() -> Index {
        let topics = ["t1", "t2", "t3"].map(|id| Topic {
            id: id.into(),
            title: id.into(),
            objectives: vec![],
        });
        Index {
            format: 1,
            course: Course {
                id: "c".into(),
                title: "C".into(),
                report_url: None,
            },
            build: String::new(),
            modules: BTreeMap::new(),
            weeks: vec![Week {
                week: 20,
                title: "W".into(),
                topics: topics.into(),
                exercises: vec![entry("a", "t1", 2), entry("b", "t2", 1)],
            }],
        }
    }

    #[test]
    fn a_ring_has_an_arc_a_topic() {
        let done = |entry: &ExerciseEntry| Progress {
            done: 1,
            of: entry.items.len(),
        };
        let week = &index().weeks[0];
        assert_eq!(week_ring(week, done), [Ring::Half, Ring::Full, Ring::Empty]);
        assert_eq!(week_progress(week, done), Progress { done: 2, of: 3 });
    }

    #[test]
    fn an_exercise_opens_at_what_is_new() {
        assert_eq!(open_at(&[DONE, NotSeen]), 1);
        assert_eq!(open_at(&[DONE, DONE]), 0);
        assert_eq!(open_at(&[]), 0);
    }

    #[test]
    fn next_goes_on() {
        assert_eq!(next_after(&[NotSeen, DONE, NotSeen], 0), Some(2));
        assert_eq!(next_after(&[NotSeen, DONE, DONE], 1), None);
        assert_eq!(next_after(&[NotSeen], usize::MAX), None);
        assert_eq!(next_after(&[DONE, DONE], 0), None);
        assert_eq!(next_after(&[], 0), None);
    }

    #[track_caller]
    fn check_resume(states: &[(&str, &[ItemState], Option<u64>)], expected: Option<&str>) {
        let found = resume(&index(), |entry| {
            let (_, states, latest) = states.iter().find(|(id, ..)| *id == entry.id).unwrap();
            (states.to_vec(), *latest)
        });
        assert_eq!(found.map(|resume| resume.item).as_deref(), expected);
    }

    #[test]
    fn a_learner_goes_on_where_the_work_was() {
        check_resume(
            &[("a", &[NotSeen, NotSeen], None), ("b", &[NotSeen], None)],
            Some("a#1"),
        );
        check_resume(
            &[("a", &[DONE, NotSeen], Some(5)), ("b", &[NotSeen], None)],
            Some("a#2"),
        );
        check_resume(
            &[("a", &[DONE, NotSeen], Some(5)), ("b", &[NotSeen], Some(9))],
            Some("b#1"),
        );
        check_resume(
            &[("a", &[DONE, NotSeen], Some(5)), ("b", &[DONE], Some(9))],
            Some("a#2"),
        );
        check_resume(&[("a", &[DONE, DONE], Some(5)), ("b", &[DONE], Some(9))], None);
    }
}
