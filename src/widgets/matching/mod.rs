//! Match: prompts with slots, and a tray of tokens.
//!
//! Drag a token, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Every prompt also has a native
//! select with the same outcomes; on narrow screens it is all there is. Escape puts back, Delete clears a slot.

use leptos::prelude::*;
use sandtable_exercise::board::MatchBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, PartState, Piece};

use super::ghost::ghost;
use super::grasp::Grasp;
use super::mark::mark_space;
use super::piece::piece_button;
use super::{Pieces, dom_id, reason_view, state_name, tray_title, wrong_kind};
use crate::Stage;
use crate::browser::focus;
use crate::dom::{
    Node, all, derive, el, flag, html, keep, live, live_if, live_set, on_change, on_key, property, set, t,
};

/// Prompts to be given their tokens.
pub(super) fn matching(stage: Stage) -> Node {
    let Body::Match { prompts, .. } = stage.view.body.clone() else {
        return wrong_kind();
    };
    let bench = Bench::new(&stage);
    let Bench {
        board, grasp, is_over, ..
    } = bench;
    let rows = prompts.iter().map(|prompt| row(&stage, prompt, bench)).collect();
    let tray = live(move || {
        let tokens = board.with(|board| board.tray.clone());
        let rows = tokens
            .iter()
            .map(|token| el("li", vec![], vec![bench.token("token", token, token)]));
        all(rows.collect())
    });
    let put_back = live_if(move || {
        let held = grasp.held()?;
        let is_placed = board.with(|board| prompt_of(board, &held).is_some());
        is_placed.then(|| grasp.place_button(Target::Tray, "Put back", "Put back"))
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
        flag("data-over", move || is_over.get()),
        on_key(move |event| grasp.walk(&event, ".match .place-here")),
    ];
    let children = vec![
        el("ul", vec![set("class", "prompts")], rows),
        el("div", vec![set("class", "tray"), set("data-place", "tray")], tray),
        ghost(grasp, move |piece| bench.pieces.name(piece)),
    ];
    el("div", attributes, children)
}

/// The board, the hand and the names: what every row needs.
#[derive(Clone, Copy)]
struct Bench {
    board: Signal<MatchBoard>,
    pieces: Pieces,
    item: StoredValue<String>,
    grasp: Grasp,
    give: Callback<Answer>,
    say: Callback<String>,
    is_over: Signal<bool>,
}

impl Bench {
    fn new(stage: &Stage) -> Self {
        let view = stage.view.clone();
        let (layout, answer) = (stage.layout, stage.answer);
        let board =
            derive(move || layout.with(|layout| answer.with(|answer| MatchBoard::new(&view, layout, answer.as_ref()))));
        let pieces = match &stage.view.body {
            Body::Match { prompts, tokens, .. } => prompts.iter().chain(tokens).cloned().collect(),
            _ => Vec::new(),
        };
        let pieces = Pieces::new(pieces);
        let item = keep(&stage.view.id);
        let (give, say, is_over) = (stage.give, stage.say, stage.is_over());
        let placed = Callback::new(move |Placement { piece, target }: Placement| {
            let id = |what: &str, of: &str| item.with_value(|item| format!("#{}", dom_id(&[what, item, of])));
            match target {
                Target::Slot(prompt) => {
                    give.run(board.with_untracked(|board| board.place(&piece, &prompt)));
                    say.run(format!("{} matched to {}", pieces.name(&piece), pieces.name(&prompt)));
                    focus::later(id("on", &prompt));
                }
                Target::Tray | Target::Gap(_) => {
                    if let Some(prompt) = board.with_untracked(|board| prompt_of(board, &piece)) {
                        give.run(board.with_untracked(|board| board.clear(&prompt)));
                        say.run(format!("{} put back", pieces.name(&piece)));
                    }
                    focus::later(id("token", &piece));
                }
            }
        });
        let picked = Callback::new(move |piece: String| {
            say.run(format!("{} picked up. Choose where to place it.", pieces.name(&piece)));
        });
        Bench {
            board,
            pieces,
            item,
            grasp: Grasp::new(placed, picked, is_over),
            give,
            say,
            is_over,
        }
    }

    /// The button of a token; `what` and `of` make its id.
    fn token(self, what: &str, of: &str, token: &str) -> Node {
        let id = self.item.with_value(|item| dom_id(&[what, item, of]));
        piece_button(&id, token, &self.pieces.html(token), self.grasp)
    }

    /// Gives a prompt a token, or clears it for an empty one.
    fn choose(self, prompt: &str, token: &str) {
        if self.is_over.get_untracked() {
            return;
        }
        if token.is_empty() {
            return self.give.run(self.board.with_untracked(|board| board.clear(prompt)));
        }
        self.give
            .run(self.board.with_untracked(|board| board.place(token, prompt)));
        self.say.run(format!(
            "{} matched to {}",
            self.pieces.name(token),
            self.pieces.name(prompt)
        ));
    }
}

fn prompt_of(board: &MatchBoard, token: &str) -> Option<String> {
    board
        .placed
        .iter()
        .find(|(_, placed)| *placed == token)
        .map(|(prompt, _)| prompt.clone())
}

/// A prompt, its slot, its select, its mark and its reason.
fn row(stage: &Stage, prompt: &Piece, bench: Bench) -> Node {
    let Bench {
        board, grasp, is_over, ..
    } = bench;
    let (mark, reason) = (stage.mark(&prompt.id), stage.reason(&prompt.id));
    let id = keep(&prompt.id);
    let placed = derive(move || id.with_value(|id| board.with(|board| board.placed.get(id).cloned())));
    let slot = vec![
        live_if(move || {
            placed
                .get()
                .map(|token| id.with_value(|id| bench.token("on", id, &token)))
        }),
        live_if(move || {
            let held = grasp.held()?;
            let name = id.with_value(|id| format!("Place here: {}", bench.pieces.name(id)));
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
                id.with_value(|id| bench.choose(id, ""));
                // The token is in the tray now, and so is the focus.
                focus::later(format!(
                    "#{}",
                    bench.item.with_value(|item| dom_id(&["token", item, &token]))
                ));
            }
        }),
    ];
    let reason_id = dom_id(&["why", &stage.view.id, &prompt.id]);
    let row = vec![
        el("div", slot_attributes, slot),
        select(stage, prompt, bench, placed, &reason_id),
        mark_space(mark),
    ];
    let told = vec![
        live_if(move || {
            let word = match mark.get()? {
                PartState::Right => "Right.",
                PartState::Missed => "Left empty.",
                PartState::Wrong => "Not this one.",
                PartState::Left => return None,
            };
            Some(reason_view(word, &reason.get().unwrap_or_default()))
        }),
        belongs(stage, id, bench, placed),
    ];
    let attributes = vec![
        set("class", "prompt"),
        live_set("data-state", move || state_name(mark.get())),
    ];
    let children = vec![
        el("div", vec![set("class", "prompt-text"), html(&prompt.html)], vec![]),
        el(
            "div",
            vec![set("class", "slot-row"), flag("data-over", move || is_over.get())],
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
        flag("disabled", move || is_over.get()),
        on_change(move |token| id.with_value(|id| bench.choose(id, &token))),
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
