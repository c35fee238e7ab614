use std::sync::Arc;

use sandtable_exercise::behaviour::{Ending, Event, Shown};
use sandtable_exercise::{Quiz, Via};

use super::bar::{Next, bar};
use crate::browser::focus;
use crate::dom::{Node, all, button, el, flag, html, live_if, live_set, on_click, set, t};
use crate::reactive::*;
use crate::runner::Runner;
use crate::shell::Announcer;
use crate::widgets::widget;

/// One item: the question, its widget, hints, the end, what is said `about` it, and the bar. `place` says which of how
/// many it is.
pub(crate) fn question(
    announcer: Announcer,
    runner: Runner,
    place: Node,
    quiz: &Arc<Quiz>,
    about: Node,
    next: Next,
) -> Node {
    let view = runner.view();
    let stage = runner.stage(announcer);
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
        steps(announcer, runner),
        hints,
        end,
        about,
    ];
    // The bar stands beside the question, not in it: so it sticks to the bottom from the top of the page on.
    all(vec![
        el("article", vec![set("class", "question")], children),
        bar(announcer, runner, next),
    ])
}

/// Undo and Redo, under the answers. Their room is there from the start, so that nothing moves when they come; they stay
/// once there was a change, so that neither goes with the focus.
fn steps(announcer: Announcer, runner: Runner) -> Node {
    let shown = runner.shown;
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
