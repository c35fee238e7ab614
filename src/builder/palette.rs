use leptos::prelude::*;
use sandtable_architecture::design::Kind;
use sandtable_architecture::editor::{Action, Gesture, Key, Press};
use sandtable_architecture::panel::{Stage, palette as groups};

use super::desk::{Desk, View};
use super::panel;
use crate::browser::pointer;
use crate::dom::{Node, el, html, live, live_if, on_input, on_mouse, on_pointer, set, t};

/// The parts that may be placed: by a click and a click, by dragging, by the keyboard.
pub(super) fn palette(desk: Desk) -> Node {
    live_if(move || {
        if desk.stage() == Stage::Worked {
            return Some(notes(desk));
        }
        let wanted = RwSignal::new(String::new());
        let find = vec![
            set("type", "search"),
            set("placeholder", "Find a part"),
            set("aria-label", "Find a part"),
            on_input(move |text| wanted.set(text)),
        ];
        let list = live(move || {
            let found = desk.peek(|it| groups(it.editor.limits(), it.design().flavour, &wanted.get()));
            if found.is_empty() {
                return el("p", vec![set("class", "hint-text")], vec![t("Nothing fits.")]);
            }
            let lists = found.into_iter().map(|group| {
                let rows = group
                    .kinds
                    .into_iter()
                    .map(|(kind, label)| row(desk, kind, label))
                    .collect();
                let heading = el("h3", vec![], vec![t(group.label)]);
                el(
                    "div",
                    vec![set("class", "kinds")],
                    vec![heading, el("ul", vec![], rows)],
                )
            });
            el("div", vec![], lists.collect())
        });
        Some(panel("parts", "Parts", vec![el("input", find, vec![]), list]))
    })
}

fn row(desk: Desk, kind: Kind, label: &'static str) -> Node {
    let add = on_mouse(move |event| {
        // A click that no pointer made comes from a key or a screen reader: they choose the place from a list.
        if event.detail() == 0 {
            desk.view.set(View::Canvas);
            desk.start(Action::Add);
            for letter in label.chars() {
                desk.key(Press::new(Key::Char(letter)));
            }
        } else {
            desk.view.set(View::Canvas);
            desk.gesture(Gesture::CarryKind(kind));
        }
    });
    let add = vec![
        set("type", "button"),
        set("class", "button small"),
        set("aria-label", &["Add ", label].concat()),
        add,
    ];
    // Where the pointer went down on the row, until it has gone far enough to be a drag.
    let from = StoredValue::new(None::<(i32, i32)>);
    let is_dragging = StoredValue::new(false);
    let attributes = vec![
        set("class", "kind"),
        on_pointer("pointerdown", move |event| {
            // By touch the list scrolls, and a tap on Add does the same.
            if event.pointer_type() != "touch" && event.button() == 0 && !pointer::is_on_button(&event) {
                from.set_value(Some((event.client_x(), event.client_y())));
                pointer::capture(&event);
            }
        }),
        on_pointer("pointermove", move |event| {
            let Some((x, y)) = from.get_value() else { return };
            let Some(at) = desk.pointer(&event) else { return };
            if !is_dragging.get_value() && (event.client_x() - x).abs().max((event.client_y() - y).abs()) >= 4 {
                is_dragging.set_value(true);
                desk.gesture(Gesture::DragKind(kind));
            }
            if is_dragging.get_value() {
                desk.gesture(Gesture::Move(at));
            }
        }),
        on_pointer("pointerup", move |event| {
            from.set_value(None);
            if is_dragging.get_value() {
                is_dragging.set_value(false);
                if let Some(at) = desk.pointer(&event) {
                    desk.gesture(Gesture::Up(at));
                }
            }
        }),
        on_pointer("pointercancel", move |event| {
            from.set_value(None);
            if is_dragging.get_value() {
                is_dragging.set_value(false);
                desk.gesture(Gesture::Lost(event.pointer_id()));
            }
        }),
    ];
    el(
        "li",
        attributes,
        vec![
            glyph(kind),
            el("span", vec![set("class", "kind-name")], vec![t(label)]),
            el("button", add, vec![t("Add")]),
        ],
    )
}

/// The picture of a kind, as the drawing has it.
pub(super) fn glyph(kind: Kind) -> Node {
    let glyph = sandtable_architecture::geometry::glyph(kind);
    let drawn = format!(r##"<svg viewBox="0 0 24 24"><use href="#{}"/></svg>"##, glyph.symbol);
    let class = ["glyph hue-", glyph.family].concat();
    el(
        "span",
        vec![set("class", &class), set("aria-hidden", "true"), html(&drawn)],
        vec![],
    )
}

/// In the worked stage there is nothing to place: the notes are read instead.
fn notes(desk: Desk) -> Node {
    let notes = desk.peek(|it| it.exercise.notes.clone());
    let rows = notes.into_iter().map(|note| {
        let item = desk.peek(|it| sandtable_architecture::panel::item(it.design(), &note.at));
        let mut children = vec![el("div", vec![html(&note.html)], vec![])];
        if let Some(item) = item {
            let name = desk.name(&item);
            children.insert(0, el("h3", vec![], vec![t(&name)]));
            children.push(super::show(desk, item, &name));
        }
        el("li", vec![], children)
    });
    let list = el("ol", vec![set("class", "notes")], rows.collect());
    panel("parts", "Notes", vec![list])
}
