use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use sandtable_architecture::editor::{Action, Column, Item, Place, Press, Row};

use super::desk::{Desk, View};
use crate::browser::focus;
use crate::dom::{Node, el, live, on_choice, on_click, on_input, on_key, on_tick, set, t};

/// How many rows are on the page at most: as many before and after the current one.
const WINDOW: usize = 300;

/// The design as a treegrid: the same commands, by rows.
pub(super) fn outline(desk: Desk) -> Node {
    let rows = desk.memo(|it| it.outline.rows(it.design(), &it.states()));
    let at = desk.memo(|it| (it.outline.at.clone(), it.outline.column));
    let table = live(move || {
        let (place, column) = at.get();
        let had_focus = focus::is_in(".outline [role='treegrid']");
        let drawn = rows.with(|rows| treegrid(desk, rows, place.as_ref(), column));
        if had_focus {
            focus::later(".outline [tabindex='0']");
        }
        drawn
    });
    let find = el(
        "input",
        vec![
            set("type", "search"),
            set("placeholder", "Find in the outline"),
            set("aria-label", "Find in the outline"),
            on_input(move |text| desk.filter(|outline| outline.filter.text = text)),
        ],
        vec![],
    );
    let failing = el(
        "input",
        vec![
            set("type", "checkbox"),
            on_tick(move |is_on| desk.filter(|outline| outline.filter.failing = is_on)),
        ],
        vec![],
    );
    let failing = el(
        "label",
        vec![set("class", "tick")],
        vec![failing, el("span", vec![], vec![t("Only what fails")])],
    );
    let filters = el("div", vec![set("class", "filters")], vec![find, failing]);
    el(
        "section",
        vec![set("class", "outline"), set("aria-label", "Outline")],
        vec![filters, el("div", vec![set("class", "scroll")], vec![table])],
    )
}

fn key(desk: Desk, event: &KeyboardEvent) {
    if focus::is_in(".outline select") || event.alt_key() {
        return;
    }
    let control = event.ctrl_key() || event.meta_key();
    if control && event.key() == "Enter" {
        return;
    }
    let Some(press) = Press::read(&event.key(), event.shift_key(), control) else {
        return;
    };
    if desk.outline_key(press) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn treegrid(desk: Desk, rows: &[Row], at: Option<&Place>, column: Option<Column>) -> Node {
    if rows.is_empty() {
        let says = desk.peek(|it| match it.design().parts.is_empty() {
            true => "Add your first part. Press A, or use Parts.",
            false => "Nothing fits.",
        });
        // It has the focus where rows would: A works here too.
        let attributes = vec![
            set("class", "empty-outline"),
            set("tabindex", "0"),
            set("role", "group"),
            set("aria-label", says),
            on_key(move |event| key(desk, &event)),
        ];
        return el("div", attributes, vec![el("p", vec![], vec![t(says)])]);
    }
    let current = at
        .and_then(|at| rows.iter().position(|row| row.place == *at))
        .unwrap_or(0);
    let from = current.saturating_sub(WINDOW);
    let to = (current + WINDOW).min(rows.len());
    let heads = ["Part", "Kind", "Links", "State", "Actions"].map(|head| {
        el(
            "th",
            vec![set("role", "columnheader"), set("scope", "col")],
            vec![t(head)],
        )
    });
    let head = el("thead", vec![], vec![el("tr", vec![set("role", "row")], heads.into())]);
    let lines = rows.iter().enumerate().take(to).skip(from).map(|(place, row)| {
        let is_current = place == current;
        line(desk, row, place, is_current, column.filter(|_| is_current))
    });
    let body = el("tbody", vec![], lines.collect());
    el(
        "table",
        vec![
            set("role", "treegrid"),
            set("aria-label", "Design"),
            set("aria-rowcount", &(rows.len() + 1).to_string()),
            on_key(move |event| key(desk, &event)),
        ],
        vec![head, body],
    )
}

fn line(desk: Desk, row: &Row, place: usize, is_current: bool, column: Option<Column>) -> Node {
    let here = StoredValue::new(row.place.clone());
    let stop = |is_stop: bool| set("tabindex", if is_stop { "0" } else { "-1" });
    let go = move || {
        here.with_value(|here| {
            desk.filter(|outline| {
                outline.at = Some(here.clone());
                outline.column = None;
            });
            desk.go_to(here.item.clone());
        });
        focus::later(".outline [tabindex='0']");
    };
    let mut attributes = vec![
        set("role", "row"),
        set("aria-level", &row.level.to_string()),
        set("aria-posinset", &row.posinset.to_string()),
        set("aria-setsize", &row.setsize.to_string()),
        set("aria-rowindex", &(place + 2).to_string()),
        set("data-level", &row.level.min(9).to_string()),
        stop(is_current && column.is_none()),
        on_click(go),
    ];
    if row.has_children {
        attributes.push(set("aria-expanded", if row.is_open { "true" } else { "false" }));
    }
    if desk.peek(|it| it.editor.focus() == Some(&row.place.item)) {
        attributes.push(set("aria-selected", "true"));
    }
    let twist = match (row.has_children, row.is_open) {
        (true, true) => "\u{25be} ",
        (true, false) => "\u{25b8} ",
        _ => "",
    };
    let mut name = vec![t(&row.name)];
    if !twist.is_empty() {
        name.insert(0, el("span", vec![set("aria-hidden", "true")], vec![t(twist)]));
    }
    let cell = |which: Column, children: Vec<Node>| {
        let attributes = vec![set("role", "gridcell"), stop(column == Some(which))];
        el("td", attributes, children)
    };
    let is_link = matches!(row.place.item, Item::Link(_));
    let first = el(
        "td",
        vec![
            set("role", "gridcell"),
            set("class", if is_link { "row-name row-link" } else { "row-name" }),
            stop(column == Some(Column::Name)),
        ],
        name,
    );
    let cells = vec![
        first,
        cell(Column::Kind, vec![t(&row.kind)]),
        cell(Column::Links, vec![t(&row.links)]),
        cell(Column::State, vec![t(&row.state)]),
        el(
            "td",
            vec![set("role", "gridcell")],
            vec![menu(desk, here, &row.name, is_link)],
        ),
    ];
    el("tr", attributes, cells)
}

/// Everything that can be done with a row, as a native menu.
fn menu(desk: Desk, here: StoredValue<Place>, name: &str, is_link: bool) -> Node {
    let actions: &[Action] = match is_link {
        true => &[Action::Inspect, Action::Remove],
        false => &[
            Action::Inspect,
            Action::Rename,
            Action::MoveInto,
            Action::Connect,
            Action::Add,
            Action::Remove,
        ],
    };
    let mut options = vec![el("option", vec![set("value", "")], vec![t("Actions")])];
    options.extend(actions.iter().enumerate().map(|(place, action)| {
        el(
            "option",
            vec![set("value", &place.to_string())],
            vec![t(action.record().name)],
        )
    }));
    let chosen = RwSignal::new(0_u32);
    let choose = on_choice(move |place| {
        let action = place.parse().ok().and_then(|place: usize| actions.get(place).copied());
        // The menu is always ready for the next choice.
        chosen.update(|chosen| *chosen += 1);
        if let Some(action) = action {
            here.with_value(|here| desk.start_on(action, here.item.clone()));
            if action == Action::Remove {
                focus::later(".outline [tabindex='0']");
            }
            if desk.view.get_untracked() == View::Rules {
                desk.view.set(View::Outline);
            }
        }
    });
    let attributes = vec![
        set("aria-label", &["Actions for ", name].concat()),
        set("class", "row-menu"),
        crate::dom::value(move || {
            chosen.track();
            String::new()
        }),
        choose,
    ];
    el("select", attributes, options)
}
