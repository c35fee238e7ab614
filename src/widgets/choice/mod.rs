//! Choice: native radio buttons or checkboxes in a fieldset. The whole row is the target; arrows and Space work as the
//! browser has them; the reason opens inside the option it is about.

use leptos::prelude::*;
use sandtable_exercise::{Answer, Body, PartState, Pick, Piece};

use super::mark::mark_space;
use super::{dom_id, flag, reason_view, state};
use crate::Stage;
use crate::live::{attr, live, live_if, on};

/// Options to choose from.
#[component]
pub fn Choice(
    /// The question and what may be shown of it.
    stage: Stage,
) -> impl IntoView {
    let Body::Choice { pick, options, .. } = stage.view.body.clone() else {
        return ().into_any();
    };
    let (layout, is_over) = (stage.layout, stage.is_over());
    let rows = live(move || {
        let order = layout.with(|layout| layout.order.clone());
        let in_order = order.iter().filter_map(|id| options.iter().find(|option| option.id == *id));
        let rows = in_order.cloned().zip('A'..='Z').map(|(option, letter)| {
            view! { <OptionRow stage=stage.clone() option letter=letter.to_string() pick/> }.into_any()
        });
        rows.collect_view().into_any()
    });
    view! {
        <fieldset class="choice" aria-describedby="stem" data-over=flag(move || is_over.get())>
            <legend>{instruction(pick)}</legend>
            {rows}
        </fieldset>
    }
    .into_any()
}

#[component]
fn OptionRow(stage: Stage, option: Piece, letter: String, pick: Pick) -> impl IntoView {
    let Piece { id, html, .. } = option;
    let (answer, give) = (stage.answer, stage.give);
    let is_over = stage.is_over();
    let (mark, reason) = (stage.mark(&id), stage.reason(&id));
    let option = StoredValue::new(id.clone());
    let is_chosen = attr(move || {
        answer.with(|answer| {
            option.with_value(|option| matches!(answer, Some(Answer::Choice(ids)) if ids.contains(option)))
        })
    });
    let toggle = on(move |_| give.run(option.with_value(|option| toggled(answer.get_untracked(), option, pick))));
    // Refused, not disabled: what is focused stays so, and can be read.
    let refuse = on(move |event: leptos::ev::MouseEvent| {
        if is_over.get_untracked() {
            event.prevent_default();
        }
    });
    let reason_id = StoredValue::new(dom_id(&["why", &stage.view.id, &id]));
    let described = attr(move || reason.get().map(|_| reason_id.get_value()));
    view! {
        <div class="option" data-state=state(mark) data-chosen=flag(move || is_chosen.get())>
            <label class="option-row">
                <input
                    type=if pick == Pick::One { "radio" } else { "checkbox" }
                    name=stage.view.id.clone()
                    value=id
                    prop:checked=is_chosen
                    aria-describedby=described
                    aria-disabled=attr(move || is_over.get().then_some("true"))
                    on:click=refuse
                    on:change=toggle
                />
                <span class="letter" aria-hidden="true">{letter}</span>
                <span class="option-text" inner_html=html></span>
                {mark_space(mark)}
            </label>
            {live_if(move || reason.get().map(|reason| reason_view(reason_id.get_value(), word(mark.get()), reason)))}
        </div>
    }
    .into_any()
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

fn instruction(pick: Pick) -> String {
    match pick {
        Pick::One => "Choose one.".to_owned(),
        Pick::Exactly(2) => "Choose two.".to_owned(),
        Pick::Exactly(3) => "Choose three.".to_owned(),
        Pick::Exactly(number) => format!("Choose {number}."),
        Pick::Any => "Choose all that apply.".to_owned(),
    }
}

fn word(state: Option<PartState>) -> &'static str {
    match state {
        Some(PartState::Right) => "Right.",
        Some(PartState::Wrong) => "Not this one.",
        Some(PartState::Missed) => "You missed this.",
        Some(PartState::Left) | None => "",
    }
}
