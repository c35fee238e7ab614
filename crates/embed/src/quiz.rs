use std::sync::Arc;

use sandtable_exercise::Quiz;

use crate::bar::Next;
use crate::browser::focus;
use crate::browser::host::Port;
use crate::dom::{Node, all, derive, el, flag, live, live_if, live_set, nothing, on_click, set, t};
use crate::kept::Kept;
use crate::question::question;
use crate::reactive::*;
use crate::records::Records;
use crate::runner::Runner;
use crate::shell::Announcer;
use crate::widgets::{Shape, mark};

/// A quiz, as it was left if something of it was kept: its items as pips, and the one at hand. It has `of` items, or as many
/// as are there: of those that are not there yet nothing is shown.
pub(crate) fn draw(all_of: RwSignal<Arc<Quiz>>, of: usize, item: &str, kept: Kept) -> Node {
    let quiz = all_of.get_untracked();
    let port = Port;
    let (records, announcer) = (Records::new(port, kept), Announcer::new());
    let begin = quiz.items.iter().position(|one| one.view.id == item).unwrap_or(0);
    let place = RwSignal::new(begin);
    let count = quiz.items.len().max(of);
    let id = move |at: usize| all_of.with(|quiz| quiz.items.get(at).map(|item| item.view.id.clone()));
    let go_to = move |at: usize| {
        place.set(at);
        if let Some(id) = untrack(|| id(at)) {
            port.tell("item", &id, "");
        }
        focus::later("#question");
    };
    // True while a question is shown that is not there yet.
    let waits = StoredValue::new(false);
    let best = move |at: usize| records.best(&id(at)?);
    let pips = (0..count).map(|at| pip(at, place, move || best(at), move || go_to(at)));
    let pips = el("ol", vec![], pips.collect());
    let attributes = vec![
        set("class", "pips"),
        set("aria-label", "Questions"),
        flag("hidden", move || count < 2),
    ];
    let pips = el("nav", attributes, vec![pips]);
    let question = live(move || {
        let at = place.get();
        let mut quiz = all_of.get_untracked();
        if at >= quiz.items.len() {
            quiz = all_of.get();
        }
        let Some(item) = quiz.items.get(at).cloned() else {
            waits.set_value(true);
            return el(
                "p",
                vec![set("id", "question"), set("tabindex", "-1")],
                vec![t("Loading...")],
            );
        };
        if waits.get_value() {
            waits.set_value(false);
            port.tell("item", &item.view.id, "");
            focus::later("#question");
        }
        let runner = Runner::open(&quiz.id, item, quiz.tries, records);
        // The next that is not right yet, round the end; at the last, the first.
        let following = move || (1..count).map(|by| (at + by) % count).find(|at| best(*at) != Some(1.0));
        let next = Next {
            is_last: derive(move || following().is_none()),
            go: Callback::new(move |()| go_to(untrack(following).unwrap_or(0))),
        };
        let place = t(&["Question ", &(at + 1).to_string(), " of ", &count.to_string()].concat());
        question(announcer, runner, place, &quiz, nothing(), next)
    });
    all(vec![pips, question, announcer.view()])
}

/// A number with the shape of the item's state.
fn pip(
    at: usize,
    place: RwSignal<usize>,
    best: impl Fn() -> Option<f64> + Copy + 'static,
    go: impl Fn() + 'static,
) -> Node {
    let number = (at + 1).to_string();
    let name = number.clone();
    let attributes = vec![
        set("type", "button"),
        set("class", "pip"),
        live_set("aria-current", move || (place.get() == at).then(|| "step".to_owned())),
        live_set("aria-label", move || {
            let word = match best() {
                None => ", new",
                Some(1.0) => ", right",
                Some(_) => ", tried",
            };
            Some(["Question ", &name, word].concat())
        }),
        on_click(go),
    ];
    let shape = live_if(move || {
        let shape = match best()? {
            1.0 => Shape::Right,
            0.0 => Shape::Wrong,
            _ => Shape::Partial,
        };
        Some(mark(shape))
    });
    let number = el("span", vec![], vec![t(&number)]);
    el("li", vec![], vec![el("button", attributes, vec![number, shape])])
}
