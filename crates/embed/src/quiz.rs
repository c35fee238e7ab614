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

/// A quiz, as it was left if something of it was kept: its items as pips, and the one at hand.
pub(crate) fn draw(quiz: Quiz, item: &str, kept: Kept) -> Node {
    let quiz = Arc::new(quiz);
    let port = Port;
    let (records, announcer) = (Records::new(port, kept), Announcer::new());
    let begin = quiz.items.iter().position(|one| one.view.id == item).unwrap_or(0);
    let place = RwSignal::new(begin);
    let count = quiz.items.len();
    let ids = StoredValue::new(quiz.items.iter().map(|item| item.view.id.clone()).collect::<Vec<_>>());
    let go_to = move |at: usize| {
        place.set(at);
        port.tell(
            "item",
            &ids.with_value(|ids| ids.get(at).cloned().unwrap_or_default()),
            "",
        );
        focus::later("#question");
    };
    let best = move |at: usize| ids.with_value(|ids| ids.get(at).and_then(|id| records.best(id)));
    let pips = (0..count).map(|at| pip(at, place, move || best(at), move || go_to(at)));
    let pips = el("ol", vec![], pips.collect());
    let attributes = vec![
        set("class", "pips"),
        set("aria-label", "Items"),
        flag("hidden", move || count < 2),
    ];
    let pips = el("nav", attributes, vec![pips]);
    let question = live(move || {
        let at = place.get();
        let Some(item) = quiz.items.get(at).cloned() else {
            return nothing();
        };
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
            Some(["Item ", &name, word].concat())
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
