//! Order: rows with a grip, Up, Down and a menu of places; a tray where not every block belongs.
//!
//! Drag a row, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Alt with an arrow moves the row at
//! once, Delete takes it out of the list where there is a tray, Escape puts back.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use sandtable_exercise::board::OrderBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, Piece};

use super::ghost::Ghost;
use super::grasp::Grasp;
use super::mark::mark_space;
use super::piece::PieceButton;
use super::{dom_id, flag, reason_view, state};
use crate::Stage;
use crate::browser::focus;
use crate::live::{attr, live, live_if, memo, on};


/// Blocks to be put in order.
#[component]
pub fn Order(
    /// The question and what may be shown of it.
    stage: Stage,
) -> impl IntoView {
    let Body::Order { blocks, tray } = stage.view.body.clone() else { return ().into_any() };
    let bench = Bench::new(&stage, blocks);
    let Bench { board, grasp, .. } = bench;
    let is_over = stage.is_over();
    let listed = memo(move || board.with(|board| board.listed.clone()));
    let rows = {
        let stage = stage.clone();
        live(move || {
            let rows = listed.get().into_iter().map(|block| view! { <Row stage=stage.clone() block bench tray/> }.into_any());
            rows.collect_view().into_any()
        })
    };
    let end = move || Target::Gap(listed.with(Vec::len));
    let place_last = live_if(move || {
        let held = grasp.held()?;
        let is_last = listed.with(|listed| listed.last() == Some(&held));
        (!is_last).then(|| grasp.place_button(end(), "Place at the end", "Place at the end".to_owned()))
    });
    let is_empty = live_if(move || {
        let is_empty = tray && grasp.held().is_none() && listed.with(Vec::is_empty);
        is_empty.then(|| view! { <span class="slot-empty">"Put the first block here"</span> }.into_any())
    });
    let shown = stage.shown;
    let solution = live_if(move || {
        let ids = shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
            Some(Answer::Order(ids)) => Some(ids.clone()),
            _ => None,
        });
        let ids = ids.filter(|ids| listed.with(|listed| listed != ids))?;
        let rows: Vec<AnyView> = ids.iter().map(|id| view! { <li inner_html=bench.html(id)></li> }.into_any()).collect();
        let view = view! {
            <section class="solution-order" aria-label="A right order">
                <h3 class="tray-title">"A right order"</h3>
                <ol>{rows}</ol>
            </section>
        };
        Some(view.into_any())
    });
    view! {
        <div
            class="order"
            role="group"
            aria-describedby="stem"
            data-over=flag(move || is_over.get())
            on:keydown=on(move |event| grasp.walk(&event, ".order .place-here"))
        >
            <h3 class="tray-title">{if tray { "Your order, first to last" } else { "First to last" }}</h3>
            <ol class="blocks">{rows}</ol>
            <div
                class="list-end"
                data-place=attr(move || format!("gap:{}", listed.with(Vec::len)))
                data-target=flag(move || grasp.is_over_target(&end()))
            >
                {place_last}
                {is_empty}
            </div>
            {tray.then(|| view! { <Tray stage=stage.clone() bench/> }.into_any())}
            {solution}
            <Ghost grasp label=Callback::new(move |block: String| bench.label(&block))/>
        </div>
    }
    .into_any()
}

/// The list, the hand, and the moves: what every row needs.
#[derive(Clone, Copy)]
struct Bench {
    board: Memo<OrderBoard>,
    blocks: StoredValue<Vec<Piece>>,
    item: StoredValue<String>,
    grasp: Grasp,
    give: Callback<Answer>,
    say: Callback<String>,
    is_over: Signal<bool>,
}

impl Bench {
    fn new(stage: &Stage, blocks: Vec<Piece>) -> Self {
        let view = stage.view.clone();
        let (layout, answer) = (stage.layout, stage.answer);
        let board = memo(move || {
            layout.with(|layout| answer.with(|answer| OrderBoard::new(&view, layout, answer.as_ref())))
        });
        let blocks = StoredValue::new(blocks);
        let item = StoredValue::new(stage.view.id.clone());
        let (give, say, is_over) = (stage.give, stage.say, stage.is_over());
        let place = Callback::new(move |placement: Placement| {
            let Placement { piece, target } = placement;
            match target {
                Target::Gap(at) => give.run(board.with_untracked(|board| board.place(&piece, at))),
                Target::Tray => give.run(board.with_untracked(|board| board.remove(&piece))),
                Target::Slot(_) => return,
            }
            told(board, blocks, say, &piece);
            focus::later(format!("#{}", item.with_value(|item| dom_id(&["block", item, &piece]))));
        });
        let picked = Callback::new(move |piece: String| {
            say.run(format!("{} picked up. Choose where to place it.", label_of(blocks, &piece)));
        });
        let grasp = Grasp::new(place, picked, is_over);
        Bench { board, blocks, item, grasp, give, say, is_over }
    }

    /// Moves a row by so many places and keeps the focus where it was on that row.
    fn shift(self, block: &str, by: isize, focused: &str) {
        if self.is_over.get_untracked() {
            return;
        }
        self.give.run(self.board.with_untracked(|board| board.shift(block, by)));
        told(self.board, self.blocks, self.say, block);
        focus::later(format!("#{}", self.dom_id(focused, block)));
    }

    fn put(self, block: &str, target: Target) {
        if self.is_over.get_untracked() {
            return;
        }
        let answer = self.board.with_untracked(|board| match target {
            Target::Gap(at) => board.place(block, at),
            Target::Tray | Target::Slot(_) => board.remove(block),
        });
        self.give.run(answer);
        told(self.board, self.blocks, self.say, block);
        focus::later(format!("#{}", self.dom_id("block", block)));
    }

    fn dom_id(self, what: &str, block: &str) -> String {
        self.item.with_value(|item| dom_id(&[what, item, block]))
    }

    fn button(self, block: &str) -> AnyView {
        let (dom_id, html) = (self.dom_id("block", block), self.html(block));
        view! { <PieceButton dom_id piece=block.to_owned() html grasp=self.grasp/> }.into_any()
    }

    fn label(self, block: &str) -> String {
        label_of(self.blocks, block)
    }

    fn html(self, block: &str) -> String {
        self.blocks
            .with_value(|blocks| blocks.iter().find(|piece| piece.id == block).map(|piece| piece.html.clone()))
            .unwrap_or_default()
    }
}

fn label_of(blocks: StoredValue<Vec<Piece>>, block: &str) -> String {
    blocks
        .with_value(|blocks| blocks.iter().find(|piece| piece.id == block).map(|piece| piece.label.clone()))
        .unwrap_or_default()
}

/// "Scan image, 3 of 6, after Build".
fn told(board: Memo<OrderBoard>, blocks: StoredValue<Vec<Piece>>, say: Callback<String>, block: &str) {
    let text = board.with_untracked(|board| {
        let name = label_of(blocks, block);
        let Some(at) = board.listed.iter().position(|id| id == block) else { return format!("{name}, not used") };
        let of = board.listed.len();
        match at.checked_sub(1).and_then(|before| board.listed.get(before)) {
            Some(before) => format!("{name}, {} of {of}, after {}", at + 1, label_of(blocks, before)),
            None => format!("{name}, 1 of {of}, first"),
        }
    });
    say.run(text);
}

#[component]
fn Row(stage: Stage, block: String, bench: Bench, tray: bool) -> impl IntoView {
    let Bench { board, grasp, is_over, .. } = bench;
    let (mark, reason) = (stage.mark(&block), stage.reason(&block));
    let block = StoredValue::new(block);
    let name = StoredValue::new(block.with_value(|block| bench.label(block)));
    let place = attr(move || {
        block.with_value(|block| board.with(|board| board.listed.iter().position(|id| id == block).unwrap_or(0)))
    });
    let count = attr(move || board.with(|board| board.listed.len()));
    let shift = move |by: isize, focused: &str| block.with_value(|block| bench.shift(block, by, focused));
    let keys = on(move |event: KeyboardEvent| {
        let by = match (event.key().as_str(), event.alt_key()) {
            ("ArrowUp", true) => -1,
            ("ArrowDown", true) => 1,
            ("Delete", _) if tray => {
                event.prevent_default();
                return block.with_value(|block| bench.put(block, Target::Tray));
            }
            _ => return,
        };
        event.prevent_default();
        shift(by, "block");
    });
    // The place that a held block would take: its own row's, so that nothing moves before it is put down.
    let target = move || {
        let held = grasp.held()?;
        let here = place.get();
        let from = board.with(|board| board.listed.iter().position(|id| *id == held));
        match from {
            Some(from) if from == here => None,
            Some(from) if from < here => Some(Target::Gap(here + 1)),
            _ => Some(Target::Gap(here)),
        }
    };
    let is_target = attr(move || {
        let here = place.get();
        let after = grasp.is_over_target(&Target::Gap(here + 1)).then_some("after");
        grasp.is_over_target(&Target::Gap(here)).then_some("before").or(after)
    });
    let menu = on(move |event| {
        let value = event_target_value(&event);
        let from = place.get_untracked();
        block.with_value(|block| match value.parse::<usize>() {
            Ok(to) => bench.put(block, Target::Gap(if to > from { to + 1 } else { to })),
            Err(_) if value == "tray" => bench.put(block, Target::Tray),
            Err(_) => {}
        });
    });
    let places = live(move || {
        let places = (0..count.get()).map(|at| {
            let is_here = attr(move || place.get() == at);
            view! { <option value=at.to_string() prop:selected=is_here>{at + 1}</option> }.into_any()
        });
        places.collect_view().into_any()
    });
    let id_of = move |what: &str| block.with_value(|block| bench.dom_id(what, block));
    let arrow = move |what: &'static str, sign: &'static str, by: isize| {
        let is_idle = attr(move || {
            let is_end = if by < 0 { place.get() == 0 } else { place.get() + 1 == count.get() };
            (is_end || is_over.get()).then_some("true")
        });
        view! {
            <button type="button" class="button small" id=id_of(what) aria-label=format!("Move {what}: {}", name.get_value())
                aria-disabled=is_idle on:click=on(move |_| shift(by, what))>{sign}</button>
        }
        .into_any()
    };
    // Hidden, not taken away, while a block is held: the focus may be here, and the menu keeps its state.
    let is_target_shown = attr(move || target().is_some());
    let place_here = live_if(move || {
        let spoken = format!("Place at {}, where {} is", place.get() + 1, name.get_value());
        target().map(|target| grasp.place_button(target, "Place here", spoken))
    });
    view! {
        <li
            class="block"
            data-state=state(mark)
            data-target=is_target
            data-place=attr(move || format!("row:{}", place.get()))
            on:keydown=keys
        >
            <div class="block-row">
                {block.with_value(|block| bench.button(block))}
                <span class="block-controls" hidden=is_target_shown>
                    {arrow("up", "\u{2191}", -1)}
                    {arrow("down", "\u{2193}", 1)}
                    <select class="place-menu" aria-label=format!("Place of {}", name.get_value()) disabled=is_over on:change=menu>
                        {places}
                        {tray.then(|| view! { <option value="tray">"Not used"</option> }.into_any())}
                    </select>
                </span>
                {place_here}
                {mark_space(mark)}
            </div>
            {live_if(move || reason.get().map(|reason| reason_view(id_of("why"), "Not here.", reason)))}
        </li>
    }
    .into_any()
}

/// The blocks that are not used.
#[component]
fn Tray(stage: Stage, bench: Bench) -> impl IntoView {
    let Bench { board, grasp, .. } = bench;
    let tray_of = memo(move || board.with(|board| board.tray.clone()));
    let row = move |id: String| {
        let (mark, reason) = (stage.mark(&id), stage.reason(&id));
        let name = format!("Add to the list: {}", bench.label(&id));
        let button = bench.button(&id);
        let why_id = bench.dom_id("why", &id);
        let add = on(move |_| {
            let end = Target::Gap(board.with_untracked(|board| board.listed.len()));
            bench.put(&id, end);
        });
        view! {
            <li class="block" data-state=state(mark)>
                <div class="block-row">
                    {button}
                    <span class="block-controls">
                        <button type="button" class="button small" aria-label=name on:click=add>"Add"</button>
                    </span>
                    {mark_space(mark)}
                </div>
                {live_if(move || reason.get().map(|reason| reason_view(why_id.clone(), "This belongs to it.", reason)))}
            </li>
        }
        .into_any()
    };
    let rows = live(move || tray_of.get().into_iter().map(&row).collect_view().into_any());
    let put_back = live_if(move || {
        let is_listed = grasp.held().is_some_and(|piece| board.with(|board| board.listed.contains(&piece)));
        is_listed.then(|| grasp.place_button(Target::Tray, "Not used", "Place here: not used".to_owned()))
    });
    view! {
        <div class="tray" data-place="tray" data-target=flag(move || grasp.is_over_target(&Target::Tray))>
            <h3 class="tray-title">"Not used"</h3>
            <ul class="blocks">{rows}</ul>
            {put_back}
        </div>
    }
    .into_any()
}
