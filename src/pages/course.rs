use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Week};
use sandtable_progress::overview::{exercise_progress, item_states, latest, resume, week_progress, week_ring};
use sandtable_progress::summary::Ring;

use super::done;
use crate::browser::address;
use crate::live::{live, memo, text};
use crate::shell::Shell;

/// The course map: where to go on, and a row a week.
#[component]
pub(crate) fn CoursePage() -> impl IntoView {
    let Shell { index, records, .. } = Shell::of_page();
    address::set_title("Course - Sandtable");
    let title = index.course.title.clone();
    // A week without exercises has nothing to go to, and what does not work yet is not shown.
    let weeks: Vec<Week> = index.weeks.iter().filter(|week| !week.exercises.is_empty()).cloned().collect();
    let first = weeks.first().map(|week| week.week);
    let next = memo(move || {
        resume(&index, |entry| {
            records.read(&entry.id, |record| (item_states(entry, record), latest(record)))
        })
        .map(|resume| {
            let is_begun = records.read(&resume.exercise, latest).is_some();
            (resume, is_begun)
        })
    });
    let rows: Vec<_> = weeks.into_iter().map(|week| view! { <WeekRow week/> }).collect();
    view! {
        <div class="column">
            <h1 tabindex="-1">{title}</h1>
            {live(move || match next.get() {
                Some((resume, is_begun)) if is_begun || resume.place > 1 => view! {
                    <section class="continue" aria-label="Continue">
                        <p>{format!("Continue: {}, item {} of {}", resume.title, resume.place, resume.of)}</p>
                        <a class="button primary" href=fragment_of(&resume.item)>"Continue"</a>
                    </section>
                }
                .into_any(),
                Some(_) => view! {
                    <section class="continue" aria-label="Start">
                        <p>"No account. Your work stays in this browser."</p>
                        {first.map(|week| view! {
                            <a class="button primary" href=format!("#/week-{week}")>{format!("Start week {week}")}</a>
                        })}
                    </section>
                }
                .into_any(),
                None => view! { <p>"You have answered every item there is."</p> }.into_any(),
            })}
            <h2>"Weeks"</h2>
            <ol class="rows">{rows}</ol>
        </div>
    }
}

#[component]
fn WeekRow(week: Week) -> impl IntoView {
    let Shell { records, .. } = Shell::of_page();
    let progress_of = move |entry: &ExerciseEntry| records.read(&entry.id, |record| exercise_progress(entry, record));
    let (number, title) = (week.week, week.title.clone());
    let week = StoredValue::new(week);
    let ring = memo(move || week.with_value(|week| week_ring(week, progress_of)));
    let progress = move || week.with_value(|week| done(week_progress(week, progress_of)));
    view! {
        <li>
            <a class="row" href=format!("#/week-{number}")>
                <TopicRing ring/>
                <span class="row-text">
                    <span class="row-title">{format!("Week {number}: {title}")}</span>
                    <span class="row-meta">{text(move || format!("{}, {}", topics(&ring.get()), progress()))}</span>
                </span>
            </a>
        </li>
    }
}

fn topics(ring: &[Ring]) -> String {
    let full = ring.iter().filter(|state| **state == Ring::Full).count();
    format!("{full} of {} topics", ring.len())
}

/// Arcs of a ring, a topic each, with a gap between them; the words stand beside it.
#[component]
fn TopicRing(ring: Memo<Vec<Ring>>) -> impl IntoView {
    live(move || {
        let ring = ring.get();
        let length = WAY_ROUND / ring.len().max(1);
        let arc = |class: &'static str, place: usize, drawn: usize| {
            let dash = format!("{drawn} {}", WAY_ROUND - drawn);
            // From the top, with the clock.
            let offset = (WAY_ROUND + WAY_ROUND / 4 - place * length).to_string();
            view! { <circle class=class cx="500" cy="500" r="398" stroke-dasharray=dash stroke-dashoffset=offset/> }.into_any()
        };
        let arcs = ring.iter().enumerate().flat_map(|(place, state)| {
            let drawn = length.saturating_sub(GAP);
            let done = match state {
                Ring::Empty => None,
                Ring::Half => Some(drawn / 2),
                Ring::Full => Some(drawn),
            };
            [Some(arc("ring-way", place, drawn)), done.map(|done| arc("ring-done", place, done))]
        });
        view! { <svg class="ring" viewBox="0 0 1000 1000" aria-hidden="true">{arcs.flatten().collect_view()}</svg> }.into_any()
    })
}

/// The way round a circle of radius 398.
const WAY_ROUND: usize = 2500;
/// Between two arcs.
const GAP: usize = 75;
