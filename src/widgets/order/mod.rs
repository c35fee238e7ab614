//! Order: rows with a grip, Up, Down and a menu of places; a tray where not every block belongs.
//!
//! Drag a row, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Alt with an arrow moves the row at
//! once, Delete takes it out of the list where there is a tray, Escape puts back.

use leptos::prelude::*;
use sandtable_exercise::board::OrderBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, PartState};

use super::ghost::ghost;
use super::grasp::Grasp;
use super::mark::mark_space;
use super::piece::piece_button;
use super::{Pieces, dom_id, reason_view, state_name, tray_title, wrong_kind};
use crate::Stage;
use crate::browser::focus;
use crate::dom::{
    Node, all, derive, el, flag, html, keep, live, live_if, live_set, memo, on_change, on_click, on_key, property, set,
    t,
};

/// Blocks to be put in order.
pub(super) fn order(stage: Stage) -> Node {
    let Body::Order { tray, .. } = stage.view.body.clone() else {
        return wrong_kind();
    };
    let bench = Bench::new(&stage);
    let Bench {
        board, grasp, is_over, ..
    } = bench;
    let listed = memo(move || board.with(|board| board.listed.clone()));
    let rows = {
        let stage = stage.clone();
        live(move || {
            let rows = listed.get().into_iter().map(|block| row(&stage, &block, bench, tray));
            all(rows.collect())
        })
    };
    let end = move || Target::Gap(listed.with(Vec::len));
    let list_end = vec![
        live_if(move || {
            let held = grasp.held()?;
            let is_last = listed.with(|listed| listed.last() == Some(&held));
            (!is_last).then(|| grasp.place_button(end(), "Place at the end", "Place at the end"))
        }),
        live_if(move || {
            let is_empty = tray && grasp.held().is_none() && listed.with(Vec::is_empty);
            is_empty.then(|| {
                el(
                    "span",
                    vec![set("class", "slot-empty")],
                    vec![t("Put the first block here")],
                )
            })
        }),
    ];
    let end_attributes = vec![
        set("class", "list-end"),
        live_set("data-place", move || Some(format!("gap:{}", listed.with(Vec::len)))),
        flag("data-target", move || grasp.is_over_target(&end())),
    ];
    let attributes = vec![
        set("class", "order"),
        set("role", "group"),
        set("aria-describedby", "stem"),
        flag("data-over", move || is_over.get()),
        on_key(move |event| grasp.walk(&event, ".order .place-here")),
    ];
    let mut children = vec![
        tray_title(if tray {
            "Your order, first to last"
        } else {
            "First to last"
        }),
        el("ol", vec![set("class", "blocks")], vec![rows]),
        el("div", end_attributes, list_end),
    ];
    if tray {
        children.push(tray_of(&stage, bench));
    }
    children.push(solution(&stage, bench, listed));
    children.push(ghost(grasp, move |block| bench.blocks.name(block)));
    el("div", attributes, children)
}

/// The list, the hand, and the moves: what every row needs.
#[derive(Clone, Copy)]
struct Bench {
    board: Signal<OrderBoard>,
    blocks: Pieces,
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
            derive(move || layout.with(|layout| answer.with(|answer| OrderBoard::new(&view, layout, answer.as_ref()))));
        let blocks = Pieces::new(match &stage.view.body {
            Body::Order { blocks, .. } => blocks.clone(),
            _ => Vec::new(),
        });
        let item = keep(&stage.view.id);
        let (give, say, is_over) = (stage.give, stage.say, stage.is_over());
        let placed = Callback::new(move |Placement { piece, target }: Placement| {
            put(board, give, &piece, &target);
            told(board, blocks, say, &piece);
            focus::later(format!("#{}", item.with_value(|item| dom_id(&["block", item, &piece]))));
        });
        let picked = Callback::new(move |piece: String| {
            say.run(format!("{} picked up. Choose where to place it.", blocks.name(&piece)));
        });
        Bench {
            board,
            blocks,
            item,
            grasp: Grasp::new(placed, picked, is_over),
            give,
            say,
            is_over,
        }
    }

    /// Moves a row by so many places and keeps the focus where it was on that row.
    fn shift(self, block: &str, by: isize, focused: &str) {
        if !self.is_over.get_untracked() {
            self.give.run(self.board.with_untracked(|board| board.shift(block, by)));
            self.moved(block, focused);
        }
    }

    /// Puts a block somewhere, from a menu or a button.
    fn put(self, block: &str, target: &Target) {
        if !self.is_over.get_untracked() {
            put(self.board, self.give, block, target);
            self.moved(block, "block");
        }
    }

    fn moved(self, block: &str, focused: &str) {
        told(self.board, self.blocks, self.say, block);
        focus::later(format!("#{}", self.dom_id(focused, block)));
    }

    fn dom_id(self, what: &str, block: &str) -> String {
        self.item.with_value(|item| dom_id(&[what, item, block]))
    }

    fn button(self, block: &str) -> Node {
        piece_button(
            &self.dom_id("block", block),
            block,
            &self.blocks.html(block),
            self.grasp,
        )
    }
}

fn put(board: Signal<OrderBoard>, give: Callback<Answer>, block: &str, target: &Target) {
    give.run(board.with_untracked(|board| match target {
        Target::Gap(at) => board.place(block, *at),
        Target::Tray | Target::Slot(_) => board.remove(block),
    }));
}

/// "Scan image, 3 of 6, after Build".
fn told(board: Signal<OrderBoard>, blocks: Pieces, say: Callback<String>, block: &str) {
    let name = blocks.name(block);
    let text = board.with_untracked(|board| {
        let of = board.listed.len();
        match board.listed.iter().position(|id| id == block) {
            None => format!("{name}, not used"),
            Some(at) => match at.checked_sub(1).and_then(|before| board.listed.get(before)) {
                Some(before) => format!("{name}, {} of {of}, after {}", at + 1, blocks.name(before)),
                None => format!("{name}, 1 of {of}, first"),
            },
        }
    });
    say.run(text);
}

fn row(stage: &Stage, block: &str, bench: Bench, tray: bool) -> Node {
    let Bench { board, grasp, .. } = bench;
    let (mark, reason) = (stage.mark(block), stage.reason(block));
    let button = bench.button(block);
    let name = keep(&bench.blocks.name(block));
    let block = keep(block);
    let place = derive(move || {
        block.with_value(|block| board.with(|board| board.listed.iter().position(|id| id == block).unwrap_or(0)))
    });
    // The place that a held block would take: its own row's, so that nothing moves before it is put down.
    let target = move || {
        let held = grasp.held()?;
        let here = place.get();
        match board.with(|board| board.listed.iter().position(|id| *id == held)) {
            Some(from) if from == here => None,
            Some(from) if from < here => Some(Target::Gap(here + 1)),
            _ => Some(Target::Gap(here)),
        }
    };
    // Hidden, not taken away, while another block is held: the menu keeps its state.
    let controls = vec![
        set("class", "block-controls"),
        flag("hidden", move || target().is_some()),
    ];
    let place_here = live_if(move || {
        let spoken = format!("Place here: {}, where {} is", place.get() + 1, name.get_value());
        target().map(|target| grasp.place_button(target, "Place here", &spoken))
    });
    let line = vec![
        button,
        el("span", controls, row_controls(bench, block, name, place, tray)),
        place_here,
        mark_space(mark),
    ];
    let attributes = vec![
        set("class", "block"),
        live_set("data-state", move || state_name(mark.get())),
        live_set("data-place", move || Some(format!("row:{}", place.get()))),
        live_set("data-target", move || {
            let here = place.get();
            let side = if grasp.is_over_target(&Target::Gap(here)) {
                "before"
            } else if grasp.is_over_target(&Target::Gap(here + 1)) {
                "after"
            } else {
                return None;
            };
            Some(side.to_owned())
        }),
        on_key(move |event| {
            let by = match (event.key().as_str(), event.alt_key()) {
                ("ArrowUp", true) => -1,
                ("ArrowDown", true) => 1,
                ("Delete", _) if tray => {
                    event.prevent_default();
                    return block.with_value(|block| bench.put(block, &Target::Tray));
                }
                _ => return,
            };
            event.prevent_default();
            block.with_value(|block| bench.shift(block, by, "block"));
        }),
    ];
    let told = live_if(move || match mark.get()? {
        PartState::Right => Some(reason_view("Right.", "")),
        _ => reason.get().map(|reason| reason_view("Not here.", &reason)),
    });
    el(
        "li",
        attributes,
        vec![el("div", vec![set("class", "block-row")], line), told],
    )
}

/// Up, Down, and the menu of places.
fn row_controls(
    bench: Bench,
    block: StoredValue<String>,
    name: StoredValue<String>,
    place: Signal<usize>,
    tray: bool,
) -> Vec<Node> {
    let Bench { board, is_over, .. } = bench;
    let count = derive(move || board.with(|board| board.listed.len()));
    let arrow = move |what: &'static str, sign: &str, by: isize| {
        let attributes = vec![
            set("type", "button"),
            set("class", "button small"),
            set("id", &block.with_value(|block| bench.dom_id(what, block))),
            set("aria-label", &format!("Move {what}: {}", name.get_value())),
            live_set("aria-disabled", move || {
                let is_end = if by < 0 {
                    place.get() == 0
                } else {
                    place.get() + 1 == count.get()
                };
                (is_end || is_over.get()).then(|| "true".to_owned())
            }),
            on_click(move || block.with_value(|block| bench.shift(block, by, what))),
        ];
        el("button", attributes, vec![t(sign)])
    };
    let places = live(move || {
        let mut places: Vec<Node> = (0..count.get())
            .map(|at| {
                let is_here = property("selected", move || place.get() == at);
                el(
                    "option",
                    vec![set("value", &at.to_string()), is_here],
                    vec![t(&(at + 1).to_string())],
                )
            })
            .collect();
        if tray {
            places.push(el("option", vec![set("value", "tray")], vec![t("Not used")]));
        }
        all(places)
    });
    let menu = vec![
        set("class", "place-menu"),
        set("aria-label", &format!("Place of {}", name.get_value())),
        flag("disabled", move || is_over.get()),
        on_change(move |value| {
            let from = place.get_untracked();
            let target = match value.parse::<usize>() {
                Ok(to) if to > from => Target::Gap(to + 1),
                Ok(to) => Target::Gap(to),
                Err(_) => Target::Tray,
            };
            block.with_value(|block| bench.put(block, &target));
        }),
    ];
    vec![
        arrow("up", "\u{2191}", -1),
        arrow("down", "\u{2193}", 1),
        el("select", menu, vec![places]),
    ]
}

/// The blocks that are not used.
fn tray_of(stage: &Stage, bench: Bench) -> Node {
    let Bench { board, grasp, .. } = bench;
    let stage = stage.clone();
    let unused = memo(move || board.with(|board| board.tray.clone()));
    let rows = live(move || {
        let rows = unused.get().into_iter().map(|block| tray_row(&stage, block, bench));
        all(rows.collect())
    });
    let put_back = live_if(move || {
        let held = grasp.held()?;
        let is_listed = board.with(|board| board.listed.contains(&held));
        is_listed.then(|| grasp.place_button(Target::Tray, "Not used", "Place here: not used"))
    });
    let attributes = vec![
        set("class", "tray"),
        set("data-place", "tray"),
        flag("data-target", move || grasp.is_over_target(&Target::Tray)),
    ];
    el(
        "div",
        attributes,
        vec![
            tray_title("Not used"),
            el("ul", vec![set("class", "blocks")], vec![rows]),
            put_back,
        ],
    )
}

fn tray_row(stage: &Stage, block: String, bench: Bench) -> Node {
    let (mark, reason) = (stage.mark(&block), stage.reason(&block));
    let name = format!("Add to the list: {}", bench.blocks.name(&block));
    let button = bench.button(&block);
    let add = vec![
        set("type", "button"),
        set("class", "button small"),
        set("aria-label", &name),
        on_click(move || {
            let end = bench.board.with_untracked(|board| board.listed.len());
            bench.put(&block, &Target::Gap(end));
        }),
    ];
    let controls = el(
        "span",
        vec![set("class", "block-controls")],
        vec![el("button", add, vec![t("Add")])],
    );
    let line = el(
        "div",
        vec![set("class", "block-row")],
        vec![button, controls, mark_space(mark)],
    );
    let told = live_if(move || reason.get().map(|reason| reason_view("This belongs to it.", &reason)));
    let attributes = vec![
        set("class", "block"),
        live_set("data-state", move || state_name(mark.get())),
    ];
    el("li", attributes, vec![line, told])
}

/// A right order, once it may be told and where the learner's is another.
fn solution(stage: &Stage, bench: Bench, listed: Memo<Vec<String>>) -> Node {
    let shown = stage.shown;
    live_if(move || {
        let ids = shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
            Some(Answer::Order(ids)) => Some(ids.clone()),
            _ => None,
        })?;
        if listed.with(|listed| *listed == ids) {
            return None;
        }
        let rows = ids
            .iter()
            .map(|id| el("li", vec![html(&bench.blocks.html(id))], vec![]))
            .collect();
        let attributes = vec![set("class", "solution-order"), set("aria-label", "A right order")];
        Some(el(
            "section",
            attributes,
            vec![tray_title("A right order"), el("ol", vec![], rows)],
        ))
    })
}
