//! Match: prompts with slots, and a tray of tokens.
//!
//! Drag a token, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Every prompt also has a native
//! select with the same outcomes; on narrow screens it is all there is. Escape puts back, Delete clears a slot.

use leptos::prelude::*;
use sandtable_exercise::board::MatchBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, PartState, Piece};

use super::ghost::Ghost;
use super::grasp::Grasp;
use super::mark::mark_space;
use super::piece::PieceButton;
use super::{dom_id, flag, reason_view, state};
use crate::Stage;
use crate::browser::focus;
use crate::live::{attr, live, live_if, memo, on};


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
        memo(move || layout.with(|layout| answer.with(|answer| MatchBoard::new(&view, layout, answer.as_ref()))))
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
    let rows: Vec<AnyView> = prompts
        .into_iter()
        .map(|prompt| view! { <Row stage=stage.clone() prompt board pieces grasp/> }.into_any())
        .collect();
    let item = stage.view.id.clone();
    let tray_of = memo(move || board.with(|board| board.tray.clone()));
    let tray = live(move || {
        let tokens = tray_of.get().into_iter().map(|token| {
            let id = dom_id(&["token", &item, &token]);
            view! { <li>{pieces.with_value(|pieces| pieces.button(id, token, grasp))}</li> }.into_any()
        });
        tokens.collect_view().into_any()
    });
    let can_put_back = move || grasp.held().is_some_and(|piece| board.with(|board| prompt_of(board, &piece).is_some()));
    view! {
        <div
            class="match"
            role="group"
            aria-describedby="stem"
            data-over=flag(move || is_over.get())
            on:keydown=on(move |event| grasp.walk(&event, ".match .place-here"))
        >
            <ul class="prompts">{rows}</ul>
            <div class="tray" data-place="tray">
                <h3 class="tray-title">"Tokens"</h3>
                <ul class="tokens">{tray}</ul>
                {live_if(move || can_put_back().then(|| grasp.place_button(Target::Tray, "Put back", "Put back".to_owned())))}
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

    fn button(&self, dom_id: String, piece: String, grasp: Grasp) -> AnyView {
        let html = self.token_html(&piece);
        view! { <PieceButton dom_id piece html grasp/> }.into_any()
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
    let prompt = StoredValue::new(id.clone());
    let placed = memo(move || prompt.with_value(|prompt| board.with(|board| board.placed.get(prompt).cloned())));
    let shown = stage.shown;
    let belongs = attr(move || {
        shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
            Some(Answer::Match(pairs)) => {
                let token = prompt.with_value(|prompt| pairs.get(prompt).cloned());
                token.filter(|token| placed.get().as_ref() != Some(token))
            }
            _ => None,
        })
    });
    let name = StoredValue::new(label);
    let choose = on(move |event| {
        let token = event_target_value(&event);
        prompt.with_value(|prompt| {
            if token.is_empty() {
                give.run(board.with_untracked(|board| board.clear(prompt)));
            } else {
                give.run(board.with_untracked(|board| board.place(&token, prompt)));
                say.run(pieces.with_value(|pieces| format!("{} matched to {}", pieces.token(&token), name.get_value())));
            }
        });
    });
    let clear = on(move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Delete" | "Backspace") && !is_over.get_untracked() {
            event.prevent_default();
            give.run(prompt.with_value(|prompt| board.with_untracked(|board| board.clear(prompt))));
        }
    });
    // In the order of the layout, so that the list gives nothing away.
    let layout = stage.layout;
    let options = live(move || {
        let options = layout.with(|layout| layout.order.clone()).into_iter().map(|token| {
            let (value, text) = (token.clone(), pieces.with_value(|pieces| pieces.token(&token)));
            let is_placed = attr(move || placed.get().as_deref() == Some(token.as_str()));
            view! { <option value=value prop:selected=is_placed>{text}</option> }.into_any()
        });
        options.collect_view().into_any()
    });
    let slot_id = StoredValue::new(dom_id(&["on", &stage.view.id, &id]));
    let reason_id = dom_id(&["why", &stage.view.id, &id]);
    let token = live_if(move || {
        placed.get().map(|token| pieces.with_value(|pieces| pieces.button(slot_id.get_value(), token, grasp)))
    });
    let place_here = live_if(move || {
        let held = grasp.held();
        let is_other = held.is_some() && held != placed.get();
        is_other.then(|| {
            grasp.place_button(target.get_value(), "Place here", format!("Place here: {}", name.get_value()))
        })
    });
    let empty = live_if(move || {
        let is_empty = placed.get().is_none() && grasp.held().is_none();
        is_empty.then(|| view! { <span class="slot-empty" aria-hidden="true">"Drop a token here"</span> }.into_any())
    });
    let told = live_if(move || {
        let word = match mark.get()? {
            PartState::Right => "Right.",
            PartState::Missed => "Left empty.",
            PartState::Wrong => "Not this one.",
            PartState::Left => return None,
        };
        Some(reason_view(String::new(), word, reason.get().unwrap_or_default()))
    });
    let right_one = live_if(move || {
        let token = belongs.get()?;
        let html = pieces.with_value(|pieces| pieces.token_html(&token));
        Some(view! { <p class="reason">"Belongs here: "<span class="solution" inner_html=html></span></p> }.into_any())
    });
    view! {
        <li class="prompt" data-state=state(mark)>
            <div class="prompt-text" inner_html=html></div>
            <div class="slot-row">
                <div
                    class="slot"
                    data-place=format!("slot:{id}")
                    data-target=flag(move || target.with_value(|target| grasp.is_over_target(target)))
                    on:keydown=clear
                >
                    {token}
                    {place_here}
                    {empty}
                </div>
                <select
                    class="slot-select"
                    aria-label=format!("Token for {}", name.get_value())
                    aria-describedby=reason_id.clone()
                    disabled=is_over
                    on:change=choose
                >
                    <option value="" prop:selected=attr(move || placed.get().is_none())>"Choose"</option>
                    {options}
                </select>
                {mark_space(mark)}
            </div>
            <div id=reason_id>{told}{right_one}</div>
        </li>
    }
    .into_any()
}
