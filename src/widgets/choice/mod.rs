//! Choice: native radio buttons or checkboxes in a fieldset. The whole row is the target; arrows and Space work as the
//! browser has them; the reason opens inside the option it is about.

use sandtable_exercise::{Answer, Body, PartState, Pick, Piece};

use super::mark::mark_space;
use super::{dom_id, ended, reason_view, wrong_kind};
use crate::Stage;
use crate::dom::{
    Node, all, derive, el, flag, html, keep, live, live_if, live_set, on_change, on_mouse, property, set, t,
};
use crate::reactive::*;

/// Options to choose from.
pub(super) fn choice(stage: Stage) -> Node {
    let Body::Choice { pick, options, .. } = stage.view.body.clone() else {
        return wrong_kind();
    };
    let (layout, is_over) = (stage.layout, stage.is_over());
    let rows = live(move || {
        let order = layout.with(|layout| layout.order.clone());
        let in_order = order
            .iter()
            .filter_map(|id| options.iter().find(|option| option.id == *id));
        let rows = in_order
            .zip('A'..='Z')
            .map(|(option, letter)| option_row(&stage, option, letter, pick));
        all(rows.collect())
    });
    let attributes = vec![
        set("class", "choice"),
        set("aria-describedby", "stem"),
        flag("data-over", move || is_over.get()),
    ];
    el(
        "fieldset",
        attributes,
        vec![el("legend", vec![], vec![t(&pick.instruction())]), rows],
    )
}

fn option_row(stage: &Stage, option: &Piece, letter: char, pick: Pick) -> Node {
    let (answer, give) = (stage.answer, stage.give);
    let is_over = stage.is_over();
    let part = stage.part(&option.id);
    let id = part.id;
    let is_chosen = derive(move || {
        answer.with(|answer| id.with_value(|id| matches!(answer, Some(Answer::Choice(ids)) if ids.contains(id))))
    });
    let reason_id = keep(&dom_id(&["why", &stage.view.id, &option.id]));
    let input = vec![
        set("type", if pick == Pick::One { "radio" } else { "checkbox" }),
        set("name", &stage.view.id),
        set("value", &option.id),
        property("checked", move || is_chosen.get()),
        live_set("aria-describedby", move || part.reason().map(|_| reason_id.get_value())),
        ended(is_over),
        on_mouse(move |event| {
            if is_over.get_untracked() {
                event.prevent_default();
            }
        }),
        on_change(move |_| {
            give.run(id.with_value(|id| toggled(answer.get_untracked(), id, pick)));
            None
        }),
    ];
    let row = vec![
        el("input", input, vec![]),
        el(
            "span",
            vec![set("class", "letter"), set("aria-hidden", "true")],
            vec![t(&letter.to_string())],
        ),
        el("span", vec![set("class", "option-text"), html(&option.html)], vec![]),
        mark_space(part),
    ];
    let told = live_if(move || {
        let reason = reason_view(word(part.mark()), &part.reason()?);
        Some(el("div", vec![set("id", &reason_id.get_value())], vec![reason]))
    });
    let attributes = vec![
        set("class", "option"),
        part.state(),
        flag("data-chosen", move || is_chosen.get()),
    ];
    el(
        "div",
        attributes,
        vec![el("label", vec![set("class", "option-row")], row), told],
    )
}

/// The answer after an option was clicked.
fn toggled(answer: Option<Answer>, id: &str, pick: Pick) -> Answer {
    if pick == Pick::One {
        return Answer::Choice(vec![id.to_owned()]);
    }
    let mut ids = match answer {
        Some(Answer::Choice(ids)) => ids,
        _ => Vec::new(),
    };
    if ids.iter().any(|chosen| chosen == id) {
        ids.retain(|chosen| chosen != id);
    } else {
        ids.push(id.to_owned());
    }
    Answer::Choice(ids)
}

fn word(state: Option<PartState>) -> &'static str {
    match state {
        Some(PartState::Right) => "Right.",
        Some(PartState::Wrong) => "Not this one.",
        Some(PartState::Missed) => "You missed this.",
        Some(PartState::Left) | None => "",
    }
}
