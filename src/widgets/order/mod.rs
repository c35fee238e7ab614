//! Order: rows with a grip, Up, Down and a menu of places; a tray where not every block belongs.
//!
//! Drag a row, or pick it up (click, tap, Enter, Space) and put it down on "Place here". Alt with an arrow moves the row at
//! once, Delete takes it out of the list where there is a tray, Escape puts back.

use sandtable_exercise::board::OrderBoard;
use sandtable_exercise::hand::{Placement, Target};
use sandtable_exercise::{Answer, Body, PartState, Presentation};

use super::bench::Bench;
use super::ghost::ghost;
use super::grasp::Grasp;
use super::mark::mark_space;
use super::piece::piece_button;
use super::{ended, reason_view, tray_title, wrong_kind};
use crate::Stage;
use crate::dom::{
    Node, all, el, flag, html, keep, live, live_if, live_set, memo, on_change, on_click, on_key, property, set, t,
};
use crate::reactive::*;

/// Blocks to be put in order.
pub(super) fn order(stage: Stage) -> Node {
    let Body::Order { tray, blocks } = &stage.view.body else {
        return wrong_kind();
    };
    let tray = *tray;
    let bench = Bench::new(&stage, blocks.clone());
    let grasp = Grasp::new(bench, placed);
    let listed = lies(move || board(bench).listed);
    let rows = {
        let stage = stage.clone();
        live(move || {
            let rows = listed
                .get()
                .order
                .into_iter()
                .map(|block| row(&stage, &block, grasp, tray));
            all(rows.collect())
        })
    };
    let count = move || listed.with(|listed| listed.order.len());
    let end = move || Target::Gap(count());
    let list_end = vec![
        live_if(move || {
            let held = grasp.held()?;
            let is_last = listed.with(|listed| listed.order.last() == Some(&held));
            (!is_last).then(|| grasp.place_button(end(), "Place at the end", "Place at the end"))
        }),
        live_if(move || {
            let is_empty = tray && grasp.held().is_none() && count() == 0;
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
        live_set("data-place", move || Some(format!("gap:{}", count()))),
        flag("data-target", move || grasp.is_over_target(&end())),
    ];
    let attributes = vec![
        set("class", "order"),
        set("role", "group"),
        set("aria-describedby", "stem"),
        flag("data-over", move || bench.is_over.get()),
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
        children.push(tray_of(&stage, grasp));
    }
    children.push(solution(&stage, bench, listed));
    children.push(ghost(grasp));
    el("div", attributes, children)
}

fn board(bench: Bench) -> OrderBoard {
    bench.board(OrderBoard::new)
}

/// What lies somewhere, so that it is drawn anew only when it is another.
fn lies(read: impl Fn() -> Vec<String> + Send + Sync + 'static) -> Memo<Presentation> {
    memo(move || Presentation { order: read() })
}

/// What every gesture ends in.
fn placed(bench: Bench, Placement { piece, target }: Placement) {
    put(bench, &piece, &target);
}

/// Moves a row by so many places and keeps the focus where it was on that row.
fn shift(bench: Bench, block: &str, by: isize, focused: &str) {
    if !bench.is_over.get_untracked() {
        bench.give.run(untrack(|| board(bench)).shift(block, by));
        moved(bench, block, focused);
    }
}

/// Puts a block somewhere.
fn put(bench: Bench, block: &str, target: &Target) {
    if !bench.is_over.get_untracked() {
        let board = untrack(|| board(bench));
        bench.give.run(match target {
            Target::Gap(at) => board.place(block, *at),
            Target::Tray | Target::Slot(_) => board.remove(block),
        });
        moved(bench, block, "block");
    }
}

/// Says where a block is now, "Scan image, 3 of 6, after Build", and gives it the focus.
fn moved(bench: Bench, block: &str, focused: &str) {
    let listed = untrack(|| board(bench)).listed;
    let name = bench.pieces.name(block);
    let of = listed.len();
    bench.say.run(match listed.iter().position(|id| id == block) {
        None => [&name, ", not used"].concat(),
        Some(at) => match at.checked_sub(1).and_then(|before| listed.get(before)) {
            Some(before) => format!("{name}, {} of {of}, after {}", at + 1, bench.pieces.name(before)),
            None => format!("{name}, 1 of {of}, first"),
        },
    });
    bench.focus(focused, block);
}

fn row(stage: &Stage, block: &str, grasp: Grasp, tray: bool) -> Node {
    let bench = grasp.bench;
    let part = stage.part(block);
    let button = piece_button("block", block, block, grasp);
    let name = keep(&bench.pieces.name(block));
    let block = part.id;
    let place = move || block.with_value(|block| place_of(bench, block)).unwrap_or(0);
    // The place that a held block would take: its own row's, so that nothing moves before it is put down.
    let target = move || {
        let held = grasp.held()?;
        let here = place();
        match place_of(bench, &held) {
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
        let spoken = format!("Place here: {}, where {} is", place() + 1, name.get_value());
        target().map(|target| grasp.place_button(target, "Place here", &spoken))
    });
    let line = vec![
        button,
        el("span", controls, row_controls(bench, block, name, tray)),
        place_here,
        mark_space(part),
    ];
    let attributes = vec![
        set("class", "block"),
        part.state(),
        live_set("data-place", move || Some(format!("row:{}", place()))),
        live_set("data-target", move || {
            let here = place();
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
                    return block.with_value(|block| put(bench, block, &Target::Tray));
                }
                _ => return,
            };
            event.prevent_default();
            block.with_value(|block| shift(bench, block, by, "block"));
        }),
    ];
    let told = live_if(move || match part.mark()? {
        PartState::Right => Some(reason_view("Right.", "")),
        _ => part.reason().map(|reason| reason_view("Not here.", &reason)),
    });
    el(
        "li",
        attributes,
        vec![el("div", vec![set("class", "block-row")], line), told],
    )
}

/// The place of a block in the list.
fn place_of(bench: Bench, block: &str) -> Option<usize> {
    board(bench).listed.iter().position(|id| id == block)
}

/// Up, Down, and the menu of places.
fn row_controls(bench: Bench, block: StoredValue<String>, name: StoredValue<String>, tray: bool) -> Vec<Node> {
    let is_over = bench.is_over;
    let place = move || block.with_value(|block| place_of(bench, block)).unwrap_or(0);
    let count = move || board(bench).listed.len();
    let arrow = move |what: &'static str, sign: &str, by: isize| {
        let attributes = vec![
            set("type", "button"),
            set("class", "button small"),
            set("id", &block.with_value(|block| bench.id(what, block))),
            set("aria-label", &["Move ", what, ": ", &name.get_value()].concat()),
            live_set("aria-disabled", move || {
                let is_end = if by < 0 { place() == 0 } else { place() + 1 == count() };
                (is_end || is_over.get()).then(|| "true".to_owned())
            }),
            on_click(move || block.with_value(|block| shift(bench, block, by, what))),
        ];
        el("button", attributes, vec![t(sign)])
    };
    let places = live(move || {
        let mut places: Vec<Node> = (0..count())
            .map(|at| {
                let is_here = property("selected", move || place() == at);
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
        ended(is_over),
        on_change(move |value| {
            let from = untrack(place);
            if is_over.get_untracked() {
                return Some(from.to_string());
            }
            let target = match value.parse::<usize>() {
                Ok(to) if to > from => Target::Gap(to + 1),
                Ok(to) => Target::Gap(to),
                Err(_) => Target::Tray,
            };
            block.with_value(|block| put(bench, block, &target));
            None
        }),
    ];
    vec![
        arrow("up", "\u{2191}", -1),
        arrow("down", "\u{2193}", 1),
        el("select", menu, vec![places]),
    ]
}

/// The blocks that are not used.
fn tray_of(stage: &Stage, grasp: Grasp) -> Node {
    let bench = grasp.bench;
    let stage = stage.clone();
    let unused = lies(move || board(bench).tray);
    let rows = live(move || {
        let rows = unused
            .get()
            .order
            .into_iter()
            .map(|block| tray_row(&stage, block, grasp));
        all(rows.collect())
    });
    let put_back = live_if(move || {
        let held = grasp.held()?;
        let is_listed = place_of(bench, &held).is_some();
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

fn tray_row(stage: &Stage, block: String, grasp: Grasp) -> Node {
    let bench = grasp.bench;
    let part = stage.part(&block);
    let name = ["Add to the list: ", &bench.pieces.name(&block)].concat();
    let button = piece_button("block", &block, &block, grasp);
    let add = vec![
        set("type", "button"),
        set("class", "button small"),
        set("aria-label", &name),
        on_click(move || {
            put(bench, &block, &Target::Gap(usize::MAX));
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
        vec![button, controls, mark_space(part)],
    );
    let told = live_if(move || part.reason().map(|reason| reason_view("This belongs to it.", &reason)));
    let attributes = vec![set("class", "block"), part.state()];
    el("li", attributes, vec![line, told])
}

/// A right order, once it may be told and where the learner's is another.
fn solution(stage: &Stage, bench: Bench, listed: Memo<Presentation>) -> Node {
    let shown = stage.shown;
    live_if(move || {
        let ids = shown.with(|shown| match shown.ending.as_ref().map(|ending| &ending.solution) {
            Some(Answer::Order(ids)) => Some(ids.clone()),
            _ => None,
        })?;
        if listed.with(|listed| listed.order == ids) {
            return None;
        }
        let rows = ids
            .iter()
            .map(|id| el("li", vec![html(&bench.pieces.html(id))], vec![]))
            .collect();
        let attributes = vec![set("class", "solution-order"), set("aria-label", "A right order")];
        Some(el(
            "section",
            attributes,
            vec![tray_title("A right order"), el("ol", vec![], rows)],
        ))
    })
}
