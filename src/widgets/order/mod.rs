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
use super::mark::{Mark, Shape};
use super::{dom_id, state_name};
use crate::Stage;
use crate::browser::focus;


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
    let rows = {
        let stage = stage.clone();
        move |block: String| view! { <Row stage=stage.clone() block bench tray/> }
    };
    let end = move || Target::Gap(board.with(|board| board.listed.len()));
    let place_last = move || {
        let held = grasp.held()?;
        let is_last = board.with(|board| board.listed.last() == Some(&held));
        (!is_last).then(|| view! {
            <button type="button" class="place-here" on:click=move |_| grasp.choose(end())>"Place at the end"</button>
        })
    };
    let solution = {
        let shown = stage.shown;
        Memo::new(move |_| {
            shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
                Some(Answer::Order(ids)) => Some(ids.clone()).filter(|ids| board.with(|board| board.listed != *ids)),
                _ => None,
            })
        })
    };
    view! {
        <div
            class="order"
            role="group"
            aria-describedby="stem"
            data-over=move || is_over.get().then_some("")
            on:keydown=move |event| { grasp.walk(&event, ".order .place-here"); }
        >
            <h3 class="tray-title">{if tray { "Your order, first to last" } else { "First to last" }}</h3>
            <ol class="blocks">
                <For each=move || board.with(|board| board.listed.clone()) key=String::clone children=rows/>
            </ol>
            <div class="list-end" data-place=move || format!("gap:{}", board.with(|board| board.listed.len()))
                data-target=move || grasp.is_over_target(&end()).then_some("")>
                {place_last}
                {move || (tray && grasp.held().is_none() && board.with(|board| board.listed.is_empty())).then(|| view! {
                    <span class="slot-empty">"Put the first block here"</span>
                })}
            </div>
            {tray.then(|| view! { <Tray stage=stage.clone() bench/> })}
            {move || solution.get().map(|ids| view! {
                <section class="solution-order" aria-label="A right order">
                    <h3 class="tray-title">"A right order"</h3>
                    <ol>{ids.into_iter().map(|id| view! { <li inner_html=bench.html(&id)></li> }).collect_view()}</ol>
                </section>
            })}
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
        let board = Memo::new(move |_| {
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
    let place = Memo::new(move |_| {
        block.with_value(|block| board.with(|board| board.listed.iter().position(|id| id == block).unwrap_or(0)))
    });
    let count = Memo::new(move |_| board.with(|board| board.listed.len()));
    let shift = move |by: isize, focused: &str| block.with_value(|block| bench.shift(block, by, focused));
    let keys = move |event: KeyboardEvent| {
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
    };
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
    let is_target = move || {
        let here = place.get();
        grasp.is_over_target(&Target::Gap(here)).then_some("before").or_else(|| {
            (grasp.is_over_target(&Target::Gap(here + 1))).then_some("after")
        })
    };
    let ids = block.with_value(|block| {
        ["block", "up", "down", "why"].map(|what| bench.dom_id(what, block))
    });
    let [block_id, up_id, down_id, why_id] = ids;
    let controls = move || match target() {
        Some(target) => {
            let spoken = format!("Place at {}, where {} is", place.get() + 1, name.get_value());
            view! {
                <button type="button" class="place-here" aria-label=spoken
                    on:click=move |_| grasp.choose(target.clone())>"Place here"</button>
            }
            .into_any()
        }
        None => {
            let (up_id, down_id) = (up_id.clone(), down_id.clone());
            let menu = move |event| {
                let value = event_target_value(&event);
                let from = place.get_untracked();
                match value.parse::<usize>() {
                    Ok(to) => block.with_value(|block| bench.put(block, Target::Gap(if to > from { to + 1 } else { to }))),
                    Err(_) if value == "tray" => block.with_value(|block| bench.put(block, Target::Tray)),
                    Err(_) => {}
                }
            };
            view! {
                <button type="button" class="button small" id=up_id aria-label=move || format!("Move up: {}", name.get_value())
                    aria-disabled=move || (place.get() == 0 || is_over.get()).then_some("true")
                    on:click=move |_| shift(-1, "up")>"↑"</button>
                <button type="button" class="button small" id=down_id aria-label=move || format!("Move down: {}", name.get_value())
                    aria-disabled=move || (place.get() + 1 == count.get() || is_over.get()).then_some("true")
                    on:click=move |_| shift(1, "down")>"↓"</button>
                <select class="place-menu" aria-label=move || format!("Place of {}", name.get_value())
                    disabled=move || is_over.get() on:change=menu>
                    {move || (0..count.get()).map(|at| view! {
                        <option value=at.to_string() selected=move || place.get() == at>{at + 1}</option>
                    }).collect_view()}
                    {tray.then(|| view! { <option value="tray">"Not used"</option> })}
                </select>
            }
            .into_any()
        }
    };
    view! {
        <li class="block" data-state=move || state_name(mark.get()) data-target=is_target
            data-place=move || format!("row:{}", place.get()) on:keydown=keys>
            <div class="block-row">
                <BlockButton id=block_id block bench/>
                <span class="block-controls">{controls}</span>
                <span class="mark-space">{move || mark.get().and_then(Shape::of).map(|shape| view! { <Mark shape/> })}</span>
            </div>
            {move || reason.get().map(|reason| view! {
                <div class="reason" id=why_id.clone()><strong>"Not here."</strong>" "<span inner_html=reason></span></div>
            })}
        </li>
    }
}

/// The blocks that are not used.
#[component]
fn Tray(stage: Stage, bench: Bench) -> impl IntoView {
    let Bench { board, grasp, .. } = bench;
    let rows = move |id: String| {
        let (mark, reason) = (stage.mark(&id), stage.reason(&id));
        let block = StoredValue::new(id);
        let block_id = block.with_value(|block| bench.dom_id("block", block));
        let name = block.with_value(|block| format!("Add to the list: {}", bench.label(block)));
        let add = move |_| {
            let end = Target::Gap(board.with_untracked(|board| board.listed.len()));
            block.with_value(|block| bench.put(block, end));
        };
        view! {
            <li class="block" data-state=move || state_name(mark.get())>
                <div class="block-row">
                    <BlockButton id=block_id block bench/>
                    <span class="block-controls">
                        <button type="button" class="button small" aria-label=name on:click=add>"Add"</button>
                    </span>
                    <span class="mark-space">{move || mark.get().and_then(Shape::of).map(|shape| view! { <Mark shape/> })}</span>
                </div>
                {move || reason.get().map(|reason| view! {
                    <div class="reason"><strong>"This belongs to it."</strong>" "<span inner_html=reason></span></div>
                })}
            </li>
        }
    };
    let can_put_back = move || grasp.held().is_some_and(|piece| board.with(|board| board.listed.contains(&piece)));
    view! {
        <div class="tray" data-place="tray" data-target=move || grasp.is_over_target(&Target::Tray).then_some("")>
            <h3 class="tray-title">"Not used"</h3>
            <ul class="blocks">
                <For each=move || board.with(|board| board.tray.clone()) key=String::clone children=rows/>
            </ul>
            {move || can_put_back().then(|| view! {
                <button type="button" class="place-here" on:click=move |_| grasp.choose(Target::Tray)>"Not used: place here"</button>
            })}
        </div>
    }
}

/// The block itself: a button that can be dragged, or picked up and put down.
#[component]
fn BlockButton(id: String, block: StoredValue<String>, bench: Bench) -> impl IntoView {
    let grasp = bench.grasp;
    let html = block.with_value(|block| bench.html(block));
    view! {
        <button
            type="button"
            id=id
            class="token"
            aria-pressed=move || block.with_value(|block| grasp.has(block)).to_string()
            on:click=move |event| block.with_value(|block| grasp.clicked(block, &event))
            on:pointerdown=move |event| block.with_value(|block| grasp.down(block, &event))
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
