use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::behaviour::{Ending, Event, Shown};
use sandtable_exercise::{Quiz, Via};

use super::bar::bar;
use crate::browser::{files, focus};
use crate::dom::{Node, all, button, el, flag, html, keep, live_if, live_set, live_text, memo, on_click, set, t};
use crate::runner::Runner;
use crate::shell::Shell;
use crate::widgets::widget;

/// One item: the question, its widget, hints, the end, and the bar. `place` says which of how many it is; `next` is where
/// *Next* leads, nowhere when all is answered, and then it leads `up`.
pub(super) fn question(
    shell: &Shell,
    runner: Runner,
    place: Node,
    quiz: &Arc<Quiz>,
    next: Signal<Option<String>>,
    up: String,
) -> Node {
    let view = runner.view();
    let stage = runner.stage(shell.announcer);
    let shown = runner.shown;
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
        let quiz = quiz.clone();
        live_if(move || {
            shown
                .with(|shown| shown.ending.clone())
                .map(|ending| end(&ending, &quiz, runner))
        })
    };
    let children = vec![
        el(
            "h2",
            vec![set("id", "question"), set("class", "place"), set("tabindex", "-1")],
            vec![place],
        ),
        el(
            "div",
            vec![set("id", "stem"), set("class", "stem"), html(&view.stem)],
            vec![],
        ),
        widget(stage),
        steps(shell, runner),
        hints,
        end,
        about(shell, runner),
    ];
    // The bar stands beside the question, not in it: so it sticks to the bottom from the top of the page on.
    all(vec![
        el("article", vec![set("class", "question")], children),
        bar(shell, runner, next, up),
    ])
}

/// Undo and Redo, under the answers. Their room is there from the start, so that nothing moves when they come; they stay
/// once there was a change, so that neither goes with the focus.
fn steps(shell: &Shell, runner: Runner) -> Node {
    let (shown, announcer) = (runner.shown, shell.announcer);
    let step = |name: &'static str, can: fn(&Shown) -> bool, event: fn() -> Event, said: &'static str, keys: &str| {
        let attributes = vec![
            set("type", "button"),
            set("aria-keyshortcuts", keys),
            set("class", "button quiet"),
            live_set("aria-disabled", move || (!shown.with(can)).then(|| "true".to_owned())),
            on_click(move || {
                if !shown.with_untracked(can) {
                    return;
                }
                runner.send(event());
                announcer.say([said, &shown.with_untracked(|shown| shown.status.lead.clone())].concat());
                // What had the focus may be drawn anew, elsewhere.
                focus::keep(".steps button");
            }),
        ];
        el("button", attributes, vec![t(name)])
    };
    let attributes = vec![
        set("class", "steps"),
        flag("data-idle", move || {
            !shown.with(|shown| shown.can_undo || shown.can_redo)
        }),
        flag("hidden", move || shown.with(|shown| shown.ending.is_some())),
    ];
    let buttons = vec![
        step("Undo", |shown| shown.can_undo, || Event::Undo, "Undone. ", "Control+Z"),
        step(
            "Redo",
            |shown| shown.can_redo,
            || Event::Redo,
            "Redone. ",
            "Control+Shift+Z",
        ),
    ];
    el("div", attributes, buttons)
}

/// What is told at the end: the explanation, the sources, the ways on. The sources wait for it: what they are called and
/// what they say would often give the answer away.
fn end(ending: &Ending, quiz: &Arc<Quiz>, runner: Runner) -> Node {
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
            vec![set("class", "end-actions")],
            vec![button("button", "Practise again", move || runner.restart())],
        ),
    ];
    el(
        "section",
        vec![set("class", "end"), set("aria-label", "Explanation")],
        children,
    )
}

/// What is there once an answer was judged: what the item trains, and the way to report a fault.
fn about(shell: &Shell, runner: Runner) -> Node {
    let is_answered = memo(move || runner.shown.with(|shown| shown.is_answered.then(String::new)));
    let shell = shell.clone();
    live_if(move || {
        is_answered.get()?;
        let says = objective(&shell, &runner.view().objective);
        let mut children = vec![el("p", vec![set("class", "says")], vec![t(&says)])];
        children.push(report_fault(&shell, runner));
        if let Some(url) = &shell.index.course.report_url {
            let url = keep(url);
            let attributes = vec![
                set("class", "button quiet"),
                set("rel", "noopener noreferrer"),
                live_set("href", move || {
                    Some(url.with_value(|url| files::filled(url, &runner.report())))
                }),
            ];
            children.push(el("a", attributes, vec![t("Open the form for reports")]));
        }
        Some(el("div", vec![set("class", "about")], children))
    })
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
        let report = untrack(|| runner.report());
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
