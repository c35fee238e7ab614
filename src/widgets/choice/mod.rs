//! Choice: native radio buttons or checkboxes in a fieldset. The whole row is the target; arrows and Space work as the
//! browser has them; the reason opens inside the option it is about.

use leptos::prelude::*;
use sandtable_exercise::{Answer, Body, PartState, Pick, Piece};

use super::mark::{Mark, Shape};
use super::{dom_id, state_name};
use crate::Stage;

/// Options to choose from.
#[component]
pub fn Choice(
    /// The question and what may be shown of it.
    stage: Stage,
) -> impl IntoView {
    let Body::Choice { pick, options, .. } = stage.view.body.clone() else { return ().into_any() };
    let layout = stage.layout;
    let is_over = stage.is_over();
    let rows = move || {
        let order = layout.with(|layout| layout.order.clone());
        let in_order = order.iter().filter_map(|id| options.iter().find(|option| option.id == *id));
        let letters = ('A'..='Z').map(String::from);
        let rows = in_order.cloned().zip(letters).map(|(option, letter)| {
            view! { <OptionRow stage=stage.clone() option letter pick/> }
        });
        rows.collect_view()
    };
    view! {
        <fieldset class="choice" aria-describedby="stem" data-over=move || is_over.get().then_some("")>
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
    let is_chosen = {
        let id = id.clone();
        Memo::new(move |_| answer.with(|answer| matches!(answer, Some(Answer::Choice(ids)) if ids.contains(&id))))
    };
    let toggle = {
        let id = id.clone();
        move |_| give.run(toggled(answer.get_untracked(), &id, pick))
    };
    let reason_id = dom_id(&["why", &stage.view.id, &id]);
    let described = {
        let reason_id = reason_id.clone();
        move || reason.get().is_some().then(|| reason_id.clone())
    };
    view! {
        <div class="option" data-state=move || state_name(mark.get()) data-chosen=move || is_chosen.get().then_some("")>
            <label class="option-row">
                <input
                    type=if pick == Pick::One { "radio" } else { "checkbox" }
                    name=stage.view.id.clone()
                    value=id
                    prop:checked=move || is_chosen.get()
                    aria-describedby=described
                    aria-disabled=move || is_over.get().then_some("true")
                    // Refused, not disabled: what is focused stays so, and can be read.
                    on:click=move |event| if is_over.get_untracked() { event.prevent_default() }
                    on:change=toggle
                />
                <span class="letter" aria-hidden="true">{letter}</span>
                <span class="option-text" inner_html=html></span>
                <span class="mark-space">{move || mark.get().and_then(Shape::of).map(|shape| view! { <Mark shape/> })}</span>
            </label>
            {move || reason.get().map(|reason| view! {
                <div class="reason" id=reason_id.clone()><strong>{word(mark.get())}</strong>" "<span inner_html=reason></span></div>
            })}
        </div>
    }
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
