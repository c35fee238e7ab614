use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Topic, Week};
use sandtable_progress::overview::{exercise_progress, item_states};
use sandtable_progress::summary::{ItemState, Ring};

use super::{NotFound, done};
use crate::browser::address;
use crate::live::{attr, live_if, memo, text};
use crate::shell::Shell;

/// A week: its topics with their objectives and exercises.
#[component]
pub(crate) fn WeekPage(
    /// 19 to 24.
    week: u32,
) -> impl IntoView {
    let Shell { index, .. } = Shell::of_page();
    match index.weeks.iter().find(|one| one.week == week && !one.exercises.is_empty()) {
        Some(week) => view! { <Topics week=week.clone()/> }.into_any(),
        None => view! { <NotFound text=format!("week-{week}")/> }.into_any(),
    }
}

#[component]
fn Topics(week: Week) -> impl IntoView {
    let Shell { records, .. } = Shell::of_page();
    let heading = format!("Week {}: {}", week.week, week.title);
    address::set_title(&format!("Week {} - Sandtable", week.week));
    let entries = week.exercises.clone();
    let next = memo(move || {
        entries.iter().find_map(|entry| {
            let states = records.read(&entry.id, |record| item_states(entry, record));
            let is_open = states.contains(&ItemState::NotSeen);
            is_open.then(|| (entry.id.clone(), entry.title.clone(), states.iter().any(|one| *one != ItemState::NotSeen)))
        })
    });
    let topics = week.topics.into_iter().map(|topic| {
        let entries: Vec<_> = week.exercises.iter().filter(|entry| entry.topic == topic.id).cloned().collect();
        view! { <TopicSection topic entries/> }
    });
    view! {
        <div class="column">
            <h1 tabindex="-1">{heading}</h1>
            {live_if(move || next.get().map(|(id, title, is_begun)| {
                let verb = if is_begun { "Continue" } else { "Start" };
                view! { <p><a class="button primary" href=fragment_of(&id)>{format!("{verb} {title}")}</a></p> }.into_any()
            }))}
            {topics.collect_view()}
        </div>
    }
}

#[component]
fn TopicSection(topic: Topic, entries: Vec<ExerciseEntry>) -> impl IntoView {
    view! {
        <section class="topic">
            <h2>{topic.title}</h2>
            <ul class="objectives">
                {topic.objectives.into_iter().map(|objective| view! { <li>{objective.text}</li> }).collect_view()}
            </ul>
            <ul class="rows">{entries.into_iter().map(|entry| view! { <ExerciseRow entry/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn ExerciseRow(entry: ExerciseEntry) -> impl IntoView {
    let Shell { records, .. } = Shell::of_page();
    let (address, title, minutes) = (fragment_of(&entry.id), entry.title.clone(), entry.minutes);
    let kind = match entry.kind.as_str() {
        "quiz" => "Quiz".to_owned(),
        other => other.to_owned(),
    };
    let progress = memo(move || records.read(&entry.id, |record| exercise_progress(&entry, record)));
    let state = attr(move || match progress.get().ring() {
        Ring::Empty => "empty",
        Ring::Half => "half",
        Ring::Full => "full",
    });
    view! {
        <li>
            <a class="row" href=address>
                <span class="pie" data-state=state aria-hidden="true"></span>
                <span class="row-text">
                    <span class="row-title">{title}</span>
                    <span class="row-meta">{text(move || format!("{kind}, {minutes} minutes, {}", done(progress.get())))}</span>
                </span>
            </a>
        </li>
    }
}
