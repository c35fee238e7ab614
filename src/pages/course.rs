use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Week};
use sandtable_progress::overview::{exercise_progress, item_states, latest, resume, week_progress, week_ring};
use sandtable_progress::summary::Ring;

use super::{column, done};
use crate::browser::address;
use crate::dom::{Node, el, html, link, live, live_text, set, t};
use crate::records::Records;
use crate::shell::Shell;

/// The course map: where to go on, and a row a week.
pub(crate) fn course(shell: &Shell) -> Node {
    let Shell { index, records, .. } = shell.clone();
    address::set_title("Course - Sandtable");
    let title = index.course.title.clone();
    // A week without exercises has nothing to go to, and what does not work yet is not shown.
    let weeks: Vec<Week> = index
        .weeks
        .iter()
        .filter(|week| !week.exercises.is_empty())
        .cloned()
        .collect();
    let first = weeks.first().map(|week| week.week);
    let rows = weeks.into_iter().map(|week| week_row(records, week)).collect();
    let go_on = live(move || {
        let states =
            |entry: &ExerciseEntry| records.read(entry, |known| (item_states(entry, known), latest(entry, known)));
        let says = |text: &str| el("p", vec![], vec![t(text)]);
        let card = |name: &str, children| {
            el(
                "section",
                vec![set("class", "continue"), set("aria-label", name)],
                children,
            )
        };
        let Some(next) = resume(&index, states) else {
            return says("You have answered every item there is.");
        };
        if next.is_begun {
            let place = format!("Continue: {}, item {} of {}", next.title, next.place, next.of);
            card(
                "Continue",
                vec![
                    says(&place),
                    link("button primary", &fragment_of(&next.item), "Continue"),
                ],
            )
        } else {
            let week = first.unwrap_or_default();
            let start = link(
                "button primary",
                &format!("#/week-{week}"),
                &format!("Start week {week}"),
            );
            card(
                "Start",
                vec![says("No account. Your work stays in this browser."), start],
            )
        }
    });
    let heading = el("h2", vec![], vec![t("Weeks")]);
    column(&title, vec![go_on, heading, el("ol", vec![set("class", "rows")], rows)])
}

fn week_row(records: Records, week: Week) -> Node {
    let progress_of = move |entry: &ExerciseEntry| records.read(entry, |records| exercise_progress(entry, records));
    let (number, title) = (week.week, week.title.clone());
    let week = StoredValue::new(week);
    let ring = live(move || topic_ring(&week.with_value(|week| week_ring(week, progress_of))));
    let meta = live_text(move || {
        week.with_value(|week| {
            let ring = week_ring(week, progress_of);
            let full = ring.iter().filter(|state| **state == Ring::Full).count();
            format!(
                "{full} of {} topics, {}",
                ring.len(),
                done(week_progress(week, progress_of))
            )
        })
    });
    row(
        &format!("#/week-{number}"),
        ring,
        &format!("Week {number}: {title}"),
        meta,
    )
}

/// A row of a list of places to go to.
pub(super) fn row(href: &str, shape: Node, title: &str, meta: Node) -> Node {
    let text = vec![
        el("span", vec![set("class", "row-title")], vec![t(title)]),
        el("span", vec![set("class", "row-meta")], vec![meta]),
    ];
    let text = el("span", vec![set("class", "row-text")], text);
    el(
        "li",
        vec![],
        vec![el("a", vec![set("class", "row"), set("href", href)], vec![shape, text])],
    )
}

/// Arcs of a ring, a topic each, with a gap between them; the words stand beside it.
fn topic_ring(ring: &[Ring]) -> Node {
    let length = WAY_ROUND / ring.len().max(1);
    let drawn = length.saturating_sub(GAP);
    let mut drawing = String::from(r#"<svg viewBox="0 0 1000 1000">"#);
    for (place, state) in ring.iter().enumerate() {
        // From the top, with the clock.
        let offset = WAY_ROUND + WAY_ROUND / 4 - place * length;
        let done = match state {
            Ring::Empty => 0,
            Ring::Half => drawn / 2,
            Ring::Full => drawn,
        };
        for (class, dash) in [("ring-way", drawn), ("ring-done", done)] {
            if dash > 0 {
                let gap = WAY_ROUND - dash;
                drawing += &format!(
                    r#"<circle class="{class}" cx="500" cy="500" r="398" stroke-dasharray="{dash} {gap}" stroke-dashoffset="{offset}"/>"#
                );
            }
        }
    }
    drawing += "</svg>";
    el(
        "span",
        vec![set("class", "ring"), set("aria-hidden", "true"), html(&drawing)],
        vec![],
    )
}

/// The way round a circle of radius 398.
const WAY_ROUND: usize = 2500;
/// Between two arcs.
const GAP: usize = 75;
