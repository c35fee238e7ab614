use std::sync::Arc;

use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Topic, Week};
use sandtable_progress::overview::{exercise_progress, item_states};
use sandtable_progress::summary::{ItemState, Ring};

use super::course::row;
use super::{column, done, not_found};
use crate::browser::address;
use crate::dom::{Node, el, link, live_if, live_set, live_text, set, t};
use crate::records::Records;
use crate::shell::Shell;

/// A week: its topics with their objectives and exercises.
pub(crate) fn week(shell: &Shell, number: u32) -> Node {
    let records = shell.records;
    let found = shell
        .index
        .weeks
        .iter()
        .find(|week| week.week == number && !week.exercises.is_empty());
    let Some(week) = found else {
        return not_found(&format!("week-{number}"));
    };
    address::set_title(&format!("Week {number} - Sandtable"));
    let mut children = vec![start(records, week)];
    children.extend(week.topics.iter().map(|topic| topic_section(records, topic, week)));
    column(&format!("Week {number}: {}", week.title), children)
}

/// Where to begin or go on.
fn start(records: Records, week: &Week) -> Node {
    let entries = week.exercises.clone();
    live_if(move || {
        let (next, is_begun) = entries.iter().find_map(|entry| {
            let states = records.read(entry, |records| item_states(entry, records));
            let is_open = states.contains(&ItemState::NotSeen);
            is_open.then(|| (entry, states.iter().any(|state| *state != ItemState::NotSeen)))
        })?;
        let verb = if is_begun { "Continue" } else { "Start" };
        let text = format!("{verb} {}", next.title);
        Some(el(
            "p",
            vec![],
            vec![link("button primary", &fragment_of(&next.id), &text)],
        ))
    })
}

fn topic_section(records: Records, topic: &Topic, week: &Week) -> Node {
    let objectives = topic
        .objectives
        .iter()
        .map(|objective| el("li", vec![], vec![t(&objective.text)]))
        .collect();
    let entries = week.exercises.iter().filter(|entry| entry.topic == topic.id);
    let rows = entries.map(|entry| exercise_row(records, entry.clone())).collect();
    let children = vec![
        el("h2", vec![], vec![t(&topic.title)]),
        el("ul", vec![set("class", "objectives")], objectives),
        el("ul", vec![set("class", "rows")], rows),
    ];
    el("section", vec![set("class", "topic")], children)
}

fn exercise_row(records: Records, entry: ExerciseEntry) -> Node {
    let (address, title, minutes) = (fragment_of(&entry.id), entry.title.clone(), entry.minutes);
    let kind = if entry.kind == "quiz" {
        "Quiz".to_owned()
    } else {
        entry.kind.clone()
    };
    let entry = Arc::new(entry);
    let progress = move || records.read(&entry, |records| exercise_progress(&entry, records));
    let ring = progress.clone();
    let pie = vec![
        set("class", "pie"),
        set("aria-hidden", "true"),
        live_set("data-state", move || {
            let state = match ring().ring() {
                Ring::Empty => "empty",
                Ring::Half => "half",
                Ring::Full => "full",
            };
            Some(state.to_owned())
        }),
    ];
    let meta = live_text(move || format!("{kind}, {minutes} minutes, {}", done(progress())));
    row(&address, el("span", pie, vec![]), &title, meta)
}
