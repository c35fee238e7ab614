use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::behaviour::Ending;
use sandtable_exercise::{Quiz, Via};

use super::bar::bar;
use crate::browser::files;
use crate::dom::{Node, all, button, el, html, live_if, live_text, on_click, set, t};
use crate::runner::Runner;
use crate::shell::Shell;
use crate::widgets::widget;

/// One item: the question, its widget, hints, the end, and the bar. `at` is its place, from 0; `next` is where *Next*
/// leads, nowhere when all is answered, and then it leads `up`.
pub(super) fn question(
    shell: &Shell,
    runner: Runner,
    at: usize,
    quiz: &Arc<Quiz>,
    next: Signal<Option<String>>,
    up: String,
) -> Node {
    let view = runner.view();
    let stage = runner.stage(shell.announcer);
    let shown = runner.shown;
    let place = format!("Question {} of {}", at + 1, quiz.items.len());
    let hints = live_if(move || {
        let hints = shown.with(|shown| shown.hints.clone());
        if hints.is_empty() {
            return None;
        }
        let rows = hints.iter().map(|hint| el("li", vec![html(hint)], vec![])).collect();
        let children = vec![el("h3", vec![], vec![t("Hints")]), el("ol", vec![], rows)];
        Some(el(
            "section",
            vec![set("class", "hints"), set("aria-label", "Hints")],
            children,
        ))
    });
    let end = {
        let (shell, quiz) = (shell.clone(), quiz.clone());
        live_if(move || {
            shown
                .with(|shown| shown.ending.clone())
                .map(|ending| end(&shell, &ending, &quiz, runner))
        })
    };
    let children = vec![
        el(
            "h2",
            vec![set("id", "question"), set("class", "place"), set("tabindex", "-1")],
            vec![t(&place)],
        ),
        el(
            "div",
            vec![set("id", "stem"), set("class", "stem"), html(&view.stem)],
            vec![],
        ),
        widget(stage),
        hints,
        end,
    ];
    // The bar stands beside the question, not in it: so it sticks to the bottom from the top of the page on.
    all(vec![
        el("article", vec![set("class", "question")], children),
        bar(shell, runner, next, up),
    ])
}

/// What is told at the end: the explanation, the sources, the topic, the ways on.
fn end(shell: &Shell, ending: &Ending, quiz: &Arc<Quiz>, runner: Runner) -> Node {
    let sources = ending
        .sources
        .iter()
        .filter_map(|key| quiz.sources.iter().find(|source| source.key == *key));
    let rows = sources.map(|source| {
        let read = match source.via {
            Via::Live => format!(", checked {}. ", source.checked),
            Via::Copy => format!(", a stored copy was checked {}. ", source.checked),
        };
        let link = vec![set("href", &source.url), set("rel", "noopener noreferrer")];
        let children = vec![
            el("a", link, vec![t(&source.title)]),
            t(&read),
            el("span", vec![set("class", "says")], vec![t(&source.says)]),
        ];
        el("li", vec![], children)
    });
    let heading = |text: &str| el("h3", vec![], vec![t(text)]);
    let children = vec![
        heading("Why"),
        el("div", vec![html(&ending.explain)], vec![]),
        heading("Sources"),
        el("ul", vec![set("class", "sources")], rows.collect()),
        el(
            "p",
            vec![set("class", "says")],
            vec![t(&objective(shell, &runner.view().objective))],
        ),
        el(
            "p",
            vec![set("class", "end-actions")],
            vec![
                button("button", "Practise again", move || runner.restart()),
                report_fault(shell, runner),
            ],
        ),
    ];
    el(
        "section",
        vec![set("class", "end"), set("aria-label", "Explanation")],
        children,
    )
}

/// "Trains Transit Gateway: Keep stateful inspection symmetric."
fn objective(shell: &Shell, id: &str) -> String {
    let topics = shell.index.weeks.iter().flat_map(|week| &week.topics);
    let found = topics
        .flat_map(|topic| topic.objectives.iter().map(move |objective| (topic, objective)))
        .find(|(_, objective)| objective.id == id);
    found.map_or_else(String::new, |(topic, objective)| {
        format!("Trains {}: {}", topic.title, objective.text)
    })
}

/// Copies a report of a fault. Nothing is sent.
fn report_fault(shell: &Shell, runner: Runner) -> Node {
    let label = RwSignal::new("Report a fault".to_owned());
    let announcer = shell.announcer;
    let copy = on_click(move || {
        let report = runner.report();
        leptos::task::spawn_local(async move {
            let said = if files::copy(&report).await {
                "Report copied."
            } else {
                "Copying is not allowed here."
            };
            label.set(said.to_owned());
            announcer.say(said);
        });
    });
    let attributes = vec![set("type", "button"), set("class", "button"), copy];
    el("button", attributes, vec![live_text(move || label.get())])
}
