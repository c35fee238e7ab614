use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::Quiz;
use sandtable_exercise::behaviour::Ending;

use super::bar::Bar;
use crate::browser::files;
use crate::live::{live_if, memo, on, text};
use crate::runner::Runner;
use crate::shell::Shell;
use crate::widgets::Widget;

/// One item: the question, its widget, hints, the end, and the bar.
#[component]
pub(crate) fn Question(
    /// The item being answered.
    runner: Runner,
    /// Its place, from 1.
    place: usize,
    /// Items in all.
    of: usize,
    /// The exercise, for its sources.
    quiz: Arc<Quiz>,
    /// Where *Next* leads; nowhere when all is answered.
    next: Signal<Option<String>>,
    /// The page above, where *Next* leads then.
    up: String,
) -> impl IntoView {
    let Shell { announcer, .. } = Shell::of_page();
    let view = runner.view();
    let stem = view.stem.clone();
    let stage = runner.stage(announcer);
    let shown = runner.shown;
    let hints = live_if(move || {
        let hints = shown.with(|shown| shown.hints.clone());
        (!hints.is_empty()).then(|| {
            let rows = hints.into_iter().map(|hint| view! { <li inner_html=hint></li> });
            view! {
                <section class="hints" aria-label="Hints"><h3>"Hints"</h3><ol>{rows.collect_view()}</ol></section>
            }
            .into_any()
        })
    });
    let ending = memo(move || shown.with(|shown| shown.ending.clone()));
    view! {
        <article class="question">
            <h2 id="question" class="place" tabindex="-1">{format!("Question {place} of {of}")}</h2>
            <div id="stem" class="stem" inner_html=stem></div>
            <Widget stage/>
            {hints}
            {live_if(move || ending.get().map(|ending| view! { <End ending quiz=quiz.clone() runner/> }.into_any()))}
            <Bar runner next up/>
        </article>
    }
}

/// What is told at the end: the explanation, the sources, the ways on.
#[component]
fn End(ending: Ending, quiz: Arc<Quiz>, runner: Runner) -> impl IntoView {
    let sources = ending.sources.iter().filter_map(|key| quiz.sources.iter().find(|source| source.key == *key)).map(|source| {
        let read = match source.via {
            sandtable_exercise::Via::Live => format!("checked {}", source.checked),
            sandtable_exercise::Via::Copy => format!("a stored copy was checked {}", source.checked),
        };
        view! {
            <li>
                <a href=source.url.clone() rel="noopener noreferrer">{source.title.clone()}</a>", "{read}". "
                <span class="says">{source.says.clone()}</span>
            </li>
        }
    });
    view! {
        <section class="end" aria-label="Explanation">
            <h3>"Why"</h3>
            <div inner_html=ending.explain></div>
            <h3>"Sources"</h3>
            <ul class="sources">{sources.collect_view()}</ul>
            <p class="end-actions">
                <button type="button" class="button" on:click=on(move |_| runner.restart())>"Practise again"</button>
                <ReportFault runner/>
            </p>
        </section>
    }
}

/// Copies a report of a fault. Nothing is sent.
#[component]
fn ReportFault(runner: Runner) -> impl IntoView {
    let label = RwSignal::new("Report a fault");
    let Shell { index, announcer, .. } = Shell::of_page();
    let report_url = index.course.report_url.clone();
    let copy = on(move |_| {
        let report = runner.report();
        leptos::task::spawn_local(async move {
            let said = if files::copy(&report).await { "Report copied." } else { "Copying is not allowed here." };
            label.set(said);
            announcer.say(said);
        });
    });
    view! {
        <button type="button" class="button" on:click=copy>{text(move || label.get().to_owned())}</button>
        {report_url.map(|url| view! { <a class="button" href=url rel="noopener noreferrer">"Open the list of faults"</a> })}
    }
}
