use leptos::prelude::*;
use sandtable_architecture::editor::{Action, Gesture};
use sandtable_architecture::panel::Stage;

use super::desk::{Desk, View};
use crate::dom::{Node, el, live_if, live_set, live_text, on_click, set, t};

/// What works on the whole board.
pub(super) fn toolbar(desk: Desk) -> Node {
    let history = vec![
        named(desk, Action::Undo, move || {
            desk.read(|it| it.editor.undo_name().map(|name| ["Undo: ", name].concat()))
        }),
        named(desk, Action::Redo, move || {
            desk.read(|it| it.editor.redo_name().map(|name| ["Redo: ", name].concat()))
        }),
    ];
    let views = View::ALL.into_iter().map(|view| {
        let pressed = live_set("aria-pressed", move || {
            Some(if desk.view.get() == view { "true" } else { "false" }.to_owned())
        });
        let class = ["view-", view.id()].concat();
        let attributes = vec![
            set("type", "button"),
            set("class", &class),
            pressed,
            on_click(move || desk.view.set(view)),
        ];
        el("button", attributes, vec![t(view.label())])
    });
    let views = el(
        "div",
        vec![set("class", "views"), set("role", "group"), set("aria-label", "View")],
        views.collect(),
    );
    let gestures = live_if(move || {
        (desk.stage() != Stage::Worked).then(|| {
            let one = |action: Action, label: &str, gesture: Gesture| {
                let is_able = move || desk.read(|it| it.editor.enabled(action).is_ok());
                tool(label, is_able, move || {
                    desk.view.set(View::Canvas);
                    desk.gesture(gesture.clone());
                })
            };
            el(
                "div",
                vec![set("class", "tools"), set("role", "group"), set("aria-label", "Part")],
                vec![
                    one(Action::Outline, "Connect", Gesture::Connect),
                    one(Action::Carry, "Move", Gesture::CarryParts),
                    tool(
                        "Tidy",
                        move || desk.read(|it| it.editor.enabled(Action::Tidy).is_ok()),
                        move || desk.start(Action::Tidy),
                    ),
                ],
            )
        })
    });
    let camera = [
        (Action::Fit, "Fit", "Fit"),
        (Action::ZoomOut, "\u{2212}", "Zoom out"),
        (Action::ZoomIn, "+", "Zoom in"),
    ];
    let camera = camera.map(|(action, text, label)| {
        let attributes = vec![
            set("type", "button"),
            set("class", "tool"),
            set("aria-label", label),
            on_click(move || desk.start(action)),
        ];
        el("button", attributes, vec![t(text)])
    });
    let camera = el(
        "div",
        vec![
            set("class", "tools camera"),
            set("role", "group"),
            set("aria-label", "Zoom"),
        ],
        camera.into(),
    );
    el(
        "div",
        vec![
            set("class", "toolbar"),
            set("role", "group"),
            set("aria-label", "Tools"),
        ],
        vec![
            el("div", vec![set("class", "tools history")], history),
            views,
            gestures,
            camera,
        ],
    )
}

/// Undo or redo, with what it is about.
fn named(desk: Desk, action: Action, name: impl Fn() -> Option<String> + Copy + Send + Sync + 'static) -> Node {
    let plain = action.record().name;
    let attributes = vec![
        set("type", "button"),
        set("class", "tool"),
        live_set("aria-disabled", move || name().is_none().then(|| "true".to_owned())),
        on_click(move || desk.start(action)),
    ];
    el(
        "button",
        attributes,
        vec![live_text(move || name().unwrap_or_else(|| plain.to_owned()))],
    )
}

/// A button of the toolbar. What it cannot do, it says when it is pressed.
fn tool(label: &str, is_able: impl Fn() -> bool + Send + Sync + 'static, act: impl Fn() + 'static) -> Node {
    let attributes = vec![
        set("type", "button"),
        set("class", "tool"),
        live_set("aria-disabled", move || (!is_able()).then(|| "true".to_owned())),
        on_click(act),
    ];
    el("button", attributes, vec![t(label)])
}
