use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Week};
use sandtable_progress::overview::{exercise_progress, item_states, latest, resume, week_progress, week_ring};
use sandtable_progress::summary::Ring;

use super::done;
use crate::browser::address;
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
    let next = Memo::new(move |_| {
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
            {move || match next.get() {
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
            }}
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
    let ring = Memo::new(move |_| week.with_value(|week| week_ring(week, progress_of)));
    let progress = move || week.with_value(|week| done(week_progress(week, progress_of)));
    view! {
        <li>
            <a class="row" href=format!("#/week-{number}")>
                <TopicRing ring/>
                <span class="row-text">
                    <span class="row-title">{format!("Week {number}: {title}")}</span>
                    <span class="row-meta">{move || topics(&ring.get())}", "{progress}</span>
                </span>
            </a>
        </li>
    }
}

fn topics(ring: &[Ring]) -> String {
    let full = ring.iter().filter(|state| **state == Ring::Full).count();
    format!("{full} of {} topics", ring.len())
}

/// Arcs of a ring of radius 16, a topic each, with a gap between them; the words stand beside it.
#[component]
fn TopicRing(ring: Memo<Vec<Ring>>) -> impl IntoView {
    move || {
        let ring = ring.get();
        let length = 100.0 / f64::from(u32::try_from(ring.len()).unwrap_or(1).max(1));
        let arcs = ring.iter().zip(0_u32..).map(|(state, place)| {
            let share = match state {
                Ring::Empty => 0.0,
                Ring::Half => 0.5,
                Ring::Full => 1.0,
            };
            let offset = 25.0 - f64::from(place) * length;
            let drawn = length - 3.0;
            view! {
                <circle class="ring-way" cx="20" cy="20" r="15.9155" stroke-dasharray=dash(drawn) stroke-dashoffset=offset.to_string()/>
                {(share > 0.0).then(|| view! {
                    <circle class="ring-done" cx="20" cy="20" r="15.9155" stroke-dasharray=dash(drawn * share) stroke-dashoffset=offset.to_string()/>
                })}
            }
        });
        view! { <svg class="ring" viewBox="0 0 40 40" aria-hidden="true">{arcs.collect_view()}</svg> }
    }
}

/// A dash of a circle whose way round is 100.
fn dash(length: f64) -> String {
    format!("{length:.2} {:.2}", 100.0 - length)
}
