//! Match: prompts with slots, and a tray of tokens.
//!
//! Drag a token, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Every prompt also has a native
//! select with the same outcomes; on narrow screens it is all there is. Escape puts back, Delete clears a slot.

use sandtable_exercise::board::MatchBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, PartState, Piece};

use super::bench::Bench;
use super::ghost::ghost;
use super::grasp::Grasp;
use super::mark::mark_space;
use super::piece::piece_button;
use super::{ended, reason_view, tray_title, wrong_kind};
use crate::Stage;
use crate::dom::{Node, all, derive, el, flag, html, keep, live, live_if, on_change, on_key, property, set, t};
use crate::reactive::*;

/// Prompts to be given their tokens.
pub(super) fn matching(stage: Stage) -> Node {
    let Body::Match { prompts, tokens, .. } = &stage.view.body else {
        return wrong_kind();
    };
    let bench = Bench::new(&stage, prompts.iter().chain(tokens).cloned().collect());
    let grasp = Grasp::new(bench, placed);
    let rows = prompts.iter().map(|prompt| row(&stage, prompt, grasp)).collect();
    let tray = live(move || {
        let tokens = board(bench).tray;
        let rows = tokens
            .iter()
            .map(|token| el("li", vec![], vec![piece_button("token", token, token, grasp)]));
        all(rows.collect())
    });
    let put_back = live_if(move || {
        let held = grasp.held()?;
        prompt_of(&board(bench), &held).map(|_| grasp.place_button(Target::Tray, "Put back", "Put back"))
    });
    let tray = vec![
        tray_title("Tokens"),
        el("ul", vec![set("class", "tokens")], vec![tray]),
        put_back,
    ];
    let attributes = vec![
        set("class", "match"),
        set("role", "group"),
        set("aria-describedby", "stem"),
        flag("data-over", move || bench.is_over.get()),
        on_key(move |event| grasp.walk(&event, ".match .place-here")),
    ];
    let children = vec![
        el("ul", vec![set("class", "prompts")], rows),
        el("div", vec![set("class", "tray"), set("data-place", "tray")], tray),
        ghost(grasp),
    ];
    el("div", attributes, children)
}

fn board(bench: Bench) -> MatchBoard {
    bench.board(MatchBoard::new)
}

/// What every gesture ends in.
fn placed(bench: Bench, Placement { piece, target }: Placement) {
    match target {
        Target::Slot(prompt) => {
            choose(bench, &prompt, &piece);
            bench.focus("on", &prompt);
        }
        Target::Tray | Target::Gap(_) => {
            if let Some(prompt) = untrack(|| prompt_of(&board(bench), &piece)) {
                choose(bench, &prompt, "");
                bench.say.run([&bench.pieces.name(&piece), " put back"].concat());
            }
            bench.focus("token", &piece);
        }
    }
}

/// Gives a prompt a token, or clears it for an empty one.
fn choose(bench: Bench, prompt: &str, token: &str) {
    if bench.is_over.get_untracked() {
        return;
    }
    let board = untrack(|| board(bench));
    if token.is_empty() {
        return bench.give.run(board.clear(prompt));
    }
    bench.give.run(board.place(token, prompt));
    let said = [&bench.pieces.name(token), " matched to ", &bench.pieces.name(prompt)];
    bench.say.run(said.concat());
}

fn prompt_of(board: &MatchBoard, token: &str) -> Option<String> {
    board
        .placed
        .iter()
        .find(|(_, placed)| *placed == token)
        .map(|(prompt, _)| prompt.clone())
}

/// A prompt, its slot, its select, its mark and its reason.
fn row(stage: &Stage, prompt: &Piece, grasp: Grasp) -> Node {
    let bench = grasp.bench;
    let part = stage.part(&prompt.id);
    let id = part.id;
    let placed = derive(move || id.with_value(|id| board(bench).placed.get(id).cloned()));
    let slot = vec![
        live_if(move || {
            placed
                .get()
                .map(|token| id.with_value(|id| piece_button("on", id, &token, grasp)))
        }),
        live_if(move || {
            let held = grasp.held()?;
            let name = id.with_value(|id| ["Place here: ", &bench.pieces.name(id)].concat());
            (placed.get().as_ref() != Some(&held))
                .then(|| grasp.place_button(Target::Slot(id.get_value()), "Place here", &name))
        }),
        live_if(move || {
            let is_empty = placed.get().is_none() && grasp.held().is_none();
            let attributes = || vec![set("class", "slot-empty"), set("aria-hidden", "true")];
            is_empty.then(|| el("span", attributes(), vec![t("Drop a token here")]))
        }),
    ];
    let slot_attributes = vec![
        set("class", "slot"),
        set("data-place", &format!("slot:{}", prompt.id)),
        flag("data-target", move || {
            grasp.is_over_target(&Target::Slot(id.get_value()))
        }),
        on_key(move |event| {
            if matches!(event.key().as_str(), "Delete" | "Backspace") {
                event.prevent_default();
                let token = placed.get_untracked().unwrap_or_default();
                id.with_value(|id| choose(bench, id, ""));
                // The token is in the tray now, and so is the focus.
                bench.focus("token", &token);
            }
        }),
    ];
    let reason_id = bench.id("why", &prompt.id);
    let row = vec![
        el("div", slot_attributes, slot),
        select(stage, prompt, bench, placed, &reason_id),
        mark_space(part),
    ];
    let told = vec![
        live_if(move || {
            let word = match part.mark()? {
                PartState::Right => "Right.",
                PartState::Missed => "Left empty.",
                PartState::Wrong => "Not this one.",
                PartState::Left => return None,
            };
            Some(reason_view(word, &part.reason().unwrap_or_default()))
        }),
        belongs(stage, id, bench, placed),
    ];
    let attributes = vec![set("class", "prompt"), part.state()];
    let children = vec![
        el("div", vec![set("class", "prompt-text"), html(&prompt.html)], vec![]),
        el(
            "div",
            vec![set("class", "slot-row"), flag("data-over", move || bench.is_over.get())],
            row,
        ),
        el("div", vec![set("id", &reason_id)], told),
    ];
    el("li", attributes, children)
}

/// The native select with the same outcomes. Its tokens stand in the order of the layout, so that the list gives nothing
/// away.
fn select(stage: &Stage, prompt: &Piece, bench: Bench, placed: Signal<Option<String>>, reason_id: &str) -> Node {
    let (layout, is_over) = (stage.layout, bench.is_over);
    let id = keep(&prompt.id);
    let options = live(move || {
        let order = layout.with(|layout| layout.order.clone());
        let none = el(
            "option",
            vec![set("value", ""), property("selected", move || placed.get().is_none())],
            vec![t("Choose")],
        );
        let tokens = order.into_iter().map(|token| {
            let name = bench.pieces.name(&token);
            let value = set("value", &token);
            let is_placed = property("selected", move || placed.get().as_ref() == Some(&token));
            el("option", vec![value, is_placed], vec![t(&name)])
        });
        all(std::iter::once(none).chain(tokens).collect())
    });
    let attributes = vec![
        set("class", "slot-select"),
        set("aria-label", &format!("Token for {}", prompt.label)),
        set("aria-describedby", reason_id),
        ended(is_over),
        on_change(move |token| {
            if is_over.get_untracked() {
                return Some(placed.get_untracked().unwrap_or_default());
            }
            id.with_value(|id| choose(bench, id, &token));
            None
        }),
    ];
    el("select", attributes, vec![options])
}

/// The token that belongs to a prompt, once it may be told.
fn belongs(stage: &Stage, id: StoredValue<String>, bench: Bench, placed: Signal<Option<String>>) -> Node {
    let shown = stage.shown;
    live_if(move || {
        let token = shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
            Some(Answer::Match(pairs)) => id.with_value(|id| pairs.get(id).cloned()),
            _ => None,
        })?;
        let solution = || {
            el(
                "span",
                vec![set("class", "solution"), html(&bench.pieces.html(&token))],
                vec![],
            )
        };
        (placed.get().as_ref() != Some(&token))
            .then(|| el("p", vec![set("class", "reason")], vec![t("Belongs here: "), solution()]))
    })
}
