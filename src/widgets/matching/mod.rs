//! Match: prompts with slots, and a tray of tokens.
//!
//! Drag a token, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Every prompt also has a native
//! select with the same outcomes; on narrow screens it is all there is. Escape puts back, Delete clears a slot.

use leptos::prelude::*;
use sandtable_exercise::board::MatchBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, Piece};

use super::ghost::Ghost;
use super::grasp::Grasp;
use super::mark::{Mark, Shape};
use super::{dom_id, state_name};
use crate::Stage;
use crate::browser::focus;


/// Prompts to be given their tokens.
#[component]
pub fn Matching(
    /// The question and what may be shown of it.
    stage: Stage,
) -> impl IntoView {
    let Body::Match { prompts, tokens, .. } = stage.view.body.clone() else { return ().into_any() };
    let pieces = StoredValue::new(Pieces { prompts: prompts.clone(), tokens });
    let board = {
        let view = stage.view.clone();
        let (layout, answer) = (stage.layout, stage.answer);
        Memo::new(move |_| layout.with(|layout| answer.with(|answer| MatchBoard::new(&view, layout, answer.as_ref()))))
    };
    let is_over = stage.is_over();
    let (give, say) = (stage.give, stage.say);
    let grasp = {
        let item = stage.view.id.clone();
        let place = Callback::new(move |placement: Placement| {
            let Placement { piece, target } = placement;
            match target {
                Target::Slot(prompt) => {
                    give.run(board.with_untracked(|board| board.place(&piece, &prompt)));
                    say.run(pieces.with_value(|pieces| format!("{} matched to {}", pieces.token(&piece), pieces.prompt(&prompt))));
                    focus::later(format!("#{}", dom_id(&["on", &item, &prompt])));
                }
                Target::Tray | Target::Gap(_) => {
                    let from = board.with_untracked(|board| prompt_of(board, &piece));
                    if let Some(prompt) = from {
                        give.run(board.with_untracked(|board| board.clear(&prompt)));
                        say.run(pieces.with_value(|pieces| format!("{} put back", pieces.token(&piece))));
                    }
                    focus::later(format!("#{}", dom_id(&["token", &item, &piece])));
                }
            }
        });
        let picked = Callback::new(move |piece: String| {
            say.run(pieces.with_value(|pieces| format!("{} picked up. Choose where to place it.", pieces.token(&piece))));
        });
        Grasp::new(place, picked, is_over)
    };
    let label = Callback::new(move |piece: String| pieces.with_value(|pieces| pieces.token(&piece)));
    let rows = prompts.into_iter().map(|prompt| view! { <Row stage=stage.clone() prompt board pieces grasp/> });
    let item = stage.view.id.clone();
    let tray = move || {
        board.with(|board| board.tray.clone()).into_iter().map(|token| {
            let id = dom_id(&["token", &item, &token]);
            view! { <li><Token id token pieces grasp/></li> }
        }).collect_view()
    };
    let can_put_back = move || grasp.held().is_some_and(|piece| board.with(|board| prompt_of(board, &piece).is_some()));
    view! {
        <div
            class="match"
            role="group"
            aria-describedby="stem"
            data-over=move || is_over.get().then_some("")
            on:keydown=move |event| { grasp.walk(&event, ".match .place-here"); }
        >
            <ul class="prompts">{rows.collect_view()}</ul>
            <div class="tray" data-place="tray">
                <h3 class="tray-title">"Tokens"</h3>
                <ul class="tokens">{tray}</ul>
                {move || can_put_back().then(|| view! {
                    <button type="button" class="place-here" on:click=move |_| grasp.choose(Target::Tray)>"Put back"</button>
                })}
            </div>
            <Ghost grasp label/>
        </div>
    }
    .into_any()
}

/// The pieces, to be named.
#[derive(Clone)]
struct Pieces {
    prompts: Vec<Piece>,
    tokens: Vec<Piece>,
}

impl Pieces {
    fn token(&self, id: &str) -> String {
        label_in(&self.tokens, id)
    }

    fn prompt(&self, id: &str) -> String {
        label_in(&self.prompts, id)
    }

    fn token_html(&self, id: &str) -> String {
        self.tokens.iter().find(|piece| piece.id == id).map(|piece| piece.html.clone()).unwrap_or_default()
    }
}

fn label_in(pieces: &[Piece], id: &str) -> String {
    pieces.iter().find(|piece| piece.id == id).map(|piece| piece.label.clone()).unwrap_or_default()
}

fn prompt_of(board: &MatchBoard, token: &str) -> Option<String> {
    board.placed.iter().find(|(_, placed)| *placed == token).map(|(prompt, _)| prompt.clone())
}

/// A prompt, its slot, its select, its mark and its reason.
#[component]
fn Row(stage: Stage, prompt: Piece, board: Memo<MatchBoard>, pieces: StoredValue<Pieces>, grasp: Grasp) -> impl IntoView {
    let Piece { id, html, label } = prompt;
    let (mark, reason) = (stage.mark(&id), stage.reason(&id));
    let (give, say) = (stage.give, stage.say);
    let is_over = stage.is_over();
    let target = StoredValue::new(Target::Slot(id.clone()));
    let placed = {
        let id = id.clone();
        Memo::new(move |_| board.with(|board| board.placed.get(&id).cloned()))
    };
    let belongs = {
        let (id, shown) = (id.clone(), stage.shown);
        Memo::new(move |_| {
            shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
                Some(Answer::Match(pairs)) => pairs.get(&id).filter(|token| placed.get().as_ref() != Some(*token)).cloned(),
                _ => None,
            })
        })
    };
    let choose = {
        let (id, label) = (id.clone(), label.clone());
        move |event| {
            let token = event_target_value(&event);
            if token.is_empty() {
                give.run(board.with_untracked(|board| board.clear(&id)));
            } else {
                give.run(board.with_untracked(|board| board.place(&token, &id)));
                say.run(pieces.with_value(|pieces| format!("{} matched to {label}", pieces.token(&token))));
            }
        }
    };
    let clear = {
        let id = id.clone();
        move |event: leptos::ev::KeyboardEvent| {
            if matches!(event.key().as_str(), "Delete" | "Backspace") && !is_over.get_untracked() {
                event.prevent_default();
                give.run(board.with_untracked(|board| board.clear(&id)));
            }
        }
    };
    // In the order of the layout, so that the list gives nothing away.
    let layout = stage.layout;
    let options = move || {
        let order = layout.with(|layout| layout.order.clone());
        order.into_iter().map(|token| {
            let (value, name) = (token.clone(), pieces.with_value(|pieces| pieces.token(&token)));
            view! { <option value=value selected=move || placed.get().as_deref() == Some(token.as_str())>{name}</option> }
        }).collect_view()
    };
    let slot_id = dom_id(&["on", &stage.view.id, &id]);
    let (prompt_id, reason_id) = (dom_id(&["prompt", &stage.view.id, &id]), dom_id(&["why", &stage.view.id, &id]));
    let place_name = format!("Place here: {label}");
    let select_name = format!("Token for {label}");
    view! {
        <li class="prompt" data-state=move || state_name(mark.get())>
            <div class="prompt-text" id=prompt_id inner_html=html></div>
            <div class="slot-row">
                <div
                    class="slot"
                    data-place=format!("slot:{id}")
                    data-target=move || target.with_value(|target| grasp.is_over_target(target)).then_some("")
                    on:keydown=clear
                >
                    {move || placed.get().map(|token| view! { <Token id=slot_id.clone() token pieces grasp/> })}
                    {move || {
                        let held = grasp.held();
                        let is_other = held.is_some() && held != placed.get();
                        is_other.then(|| {
                            let name = place_name.clone();
                            view! {
                                <button type="button" class="place-here" aria-label=name
                                    on:click=move |_| grasp.choose(target.get_value())>"Place here"</button>
                            }
                        })
                    }}
                    {move || (placed.get().is_none() && grasp.held().is_none()).then(|| view! {
                        <span class="slot-empty" aria-hidden="true">"Drop a token here"</span>
                    })}
                </div>
                <select
                    class="slot-select"
                    aria-label=select_name
                    aria-describedby=reason_id.clone()
                    disabled=move || is_over.get()
                    on:change=choose
                >
                    <option value="" selected=move || placed.get().is_none()>"Choose"</option>
                    {options}
                </select>
                <span class="mark-space">{move || mark.get().and_then(Shape::of).map(|shape| view! { <Mark shape/> })}</span>
            </div>
            <div id=reason_id>
                {move || state_name(mark.get()).filter(|_| reason.get().is_some() || belongs.get().is_some() || mark.get() == Some(sandtable_exercise::PartState::Right)).map(|state| {
                    let word = match state { "right" => "Right.", "missed" => "Left empty.", _ => "Not this one." };
                    view! { <p class="reason"><strong>{word}</strong>" "<span inner_html=reason.get().unwrap_or_default()></span></p> }
                })}
                {move || belongs.get().map(|token| view! {
                    <p class="reason">"Belongs here: "<span class="solution" inner_html=pieces.with_value(|pieces| pieces.token_html(&token))></span></p>
                })}
            </div>
        </li>
    }
}

/// A token: a button that can be dragged, or picked up and put down.
#[component]
fn Token(id: String, token: String, pieces: StoredValue<Pieces>, grasp: Grasp) -> impl IntoView {
    let html = pieces.with_value(|pieces| pieces.token_html(&token));
    let token = StoredValue::new(token);
    let is_held = move || token.with_value(|token| grasp.has(token));
    view! {
        <button
            type="button"
            id=id
            class="token"
            aria-pressed=move || is_held().to_string()
            on:click=move |event| token.with_value(|token| grasp.clicked(token, &event))
            on:pointerdown=move |event| token.with_value(|token| grasp.down(token, &event))
            on:pointermove=move |event| grasp.moved(&event)
            on:pointerup=move |event| grasp.up(&event)
            on:pointercancel=move |_| grasp.lost()
            on:lostpointercapture=move |_| grasp.lost()
        >
            <span class="grip" aria-hidden="true"></span>
            <span inner_html=html></span>
        </button>
    }
}
