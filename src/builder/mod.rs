//! The architecture editor: canvas, outline, parts, inspector, results. Views only: what is decided is decided in
//! `sandtable_architecture`.
//!
//! It is a wasm module of its own. It never touches storage, route or theme: whoever mounts it owns the record, gives it
//! the drafts, and is told of changes and checks through the port.

use leptos::prelude::*;
use sandtable_architecture::panel::{Stage, State};
use sandtable_architecture::task;
use sandtable_exercise::FORMAT;

pub use crate::browser::host::{Host, Mounted};
use crate::dom::{Node, el, html, live_set, live_text, nothing, set, t};

mod canvas;
mod derived;
mod desk;
mod inspector;
mod outage;
mod outline;
mod palette;
mod results;
mod shape;
mod toolbar;

use desk::Desk;

/// Starts the module, without anything on the page yet.
pub fn start() {
    crate::browser::panic::install();
}

/// What speaks against opening a file, where something does; empty when another version of this module or of the file
/// is meant.
#[must_use]
pub fn fault(format: u32, file: &str) -> Option<String> {
    if format != FORMAT {
        return Some(String::new());
    }
    match task::builder(file) {
        Ok(_) => None,
        Err(task::ReadError::NewFormat(_)) => Some(String::new()),
        Err(broken @ task::ReadError::Broken(_)) => Some(broken.to_string()),
    }
}

/// Mounts a builder. `state` is JSON: see `sandtable_architecture::panel::State`.
#[must_use]
pub fn mount(host: Host, file: &str, state: &str) -> Mounted {
    let file = task::builder(file);
    let state = State::read(state);
    let stage = state.stage.map_or("", Stage::id);
    host.mount(stage, move |port, show| {
        // It was asked for with `fault` before.
        let Ok(exercise) = file else { return nothing() };
        let desk = Desk::open(exercise, state, port);
        Effect::new(move |_| {
            if let Some(stage) = Stage::read(&show.get()) {
                desk.show(stage);
            }
        });
        builder(desk)
    })
}

fn builder(desk: Desk) -> Node {
    let view = live_set("data-view", move || Some(desk.view.get().id().to_owned()));
    let stage = live_set("data-stage", move || Some(desk.stage().id().to_owned()));
    let chosen = live_set("data-chosen", move || desk.focus().map(|_| String::new()));
    let desk_area = vec![
        palette::palette(desk),
        el(
            "div",
            vec![set("class", "board")],
            vec![canvas::canvas(desk), outline::outline(desk)],
        ),
        inspector::inspector(desk),
    ];
    let below = vec![results::rules(desk), outage::outage(desk)];
    let children = vec![
        brief(desk),
        toolbar::toolbar(desk),
        el("div", vec![set("class", "desk")], desk_area),
        el("div", vec![set("class", "below")], below),
        results::bar(desk),
    ];
    el("section", vec![set("class", "builder"), view, stage, chosen], children)
}

/// What is asked, and how much of it is done already.
fn brief(desk: Desk) -> Node {
    let stages = Stage::ALL.into_iter().map(|stage| {
        let current = live_set("aria-current", move || {
            (desk.stage() == stage).then(|| "step".to_owned())
        });
        let best = live_text(move || match desk.read(|it| it.state.best(&it.exercise, stage)) {
            Some(percent) => format!(", {percent}\u{a0}%"),
            None => String::new(),
        });
        let choose = crate::dom::on_click(move || desk.go(stage));
        let attributes = vec![set("type", "button"), set("class", "stage-choice"), current, choose];
        el(
            "li",
            vec![],
            vec![el("button", attributes, vec![t(stage.label()), best])],
        )
    });
    let stages = el(
        "ol",
        vec![set("class", "stages"), set("aria-label", "Stages")],
        stages.collect(),
    );
    let text = desk.peek(|it| it.exercise.brief.clone());
    let summary = el("summary", vec![], vec![t("What is asked")]);
    let text = el("div", vec![set("class", "brief-text"), html(&text)], vec![]);
    let brief = el(
        "details",
        vec![set("class", "brief"), set("open", "")],
        vec![summary, text],
    );
    el("div", vec![set("class", "head")], vec![stages, brief])
}

/// A part of the page that folds, under a heading.
fn panel(class: &str, title: &str, children: Vec<Node>) -> Node {
    let mut all = vec![el("h2", vec![], vec![t(title)])];
    all.extend(children);
    el("section", vec![set("class", class), set("aria-label", title)], all)
}

/// [Show] goes to a part or a link, wherever it was named.
fn show(desk: Desk, item: sandtable_architecture::editor::Item, name: &str) -> Node {
    let label = ["Show ", name].concat();
    el(
        "button",
        vec![
            set("type", "button"),
            set("class", "button small"),
            set("aria-label", &label),
            crate::dom::on_click(move || desk.show_item(item.clone())),
        ],
        vec![t("Show")],
    )
}
