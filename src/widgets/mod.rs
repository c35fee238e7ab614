//! One folder an item kind: the view, and its keyboard and screen-reader contract. A widget gets a [`Stage`], which holds
//! no key, and turns gestures into an answer; what they mean is decided in `sandtable_exercise`.

use sandtable_exercise::behaviour::Shown;
use sandtable_exercise::{Body, PartState, Piece};

use crate::Stage;
use crate::dom::{Attr, Node, derive, el, html, keep, live_set, nothing, set, t};
use crate::reactive::*;

mod bench;
mod choice;
mod ghost;
mod grasp;
mod mark;
mod matching;
mod order;
mod piece;

pub(crate) use mark::{Shape, mark};

/// The widget of an item's kind.
pub(crate) fn widget(stage: Stage) -> Node {
    match &stage.view.body {
        Body::Choice { .. } => choice::choice(stage),
        Body::Match { .. } => matching::matching(stage),
        Body::Order { .. } => order::order(stage),
    }
}

impl Stage {
    /// An option, prompt or block.
    fn part(&self, id: &str) -> Part {
        Part {
            shown: self.shown,
            id: keep(id),
        }
    }

    /// True once nothing can be changed any more.
    fn is_over(&self) -> Signal<bool> {
        let shown = self.shown;
        derive(move || shown.with(|shown| shown.ending.is_some()))
    }
}

/// An option, prompt or block, and what may be shown of it.
#[derive(Clone, Copy)]
struct Part {
    shown: Memo<Shown>,
    id: StoredValue<String>,
}

impl Part {
    /// What became of it, where it may be shown.
    fn mark(self) -> Option<PartState> {
        self.id.with_value(|id| self.shown.with(|shown| shown.mark(id)))
    }

    /// The reason for it, where it may be shown.
    fn reason(self) -> Option<String> {
        self.id
            .with_value(|id| self.shown.with(|shown| shown.reason(id).map(str::to_owned)))
    }

    /// Its state in markup.
    fn state(self) -> Attr {
        live_set("data-state", move || {
            let name = match self.mark()? {
                PartState::Right => "right",
                PartState::Wrong => "wrong",
                PartState::Missed => "missed",
                PartState::Left => return None,
            };
            Some(name.to_owned())
        })
    }
}

/// Marks what cannot be changed any more. It is not disabled: what has the focus keeps it, and can be read.
fn ended(is_over: Signal<bool>) -> Attr {
    live_set("aria-disabled", move || is_over.get().then(|| "true".to_owned()))
}

/// A reason under the part it is about: the word for the state first.
fn reason_view(word: &str, reason: &str) -> Node {
    let reason = el("span", vec![html(reason)], vec![]);
    el(
        "div",
        vec![set("class", "reason")],
        vec![el("strong", vec![], vec![t(word)]), t(" "), reason],
    )
}

/// The small heading over a list or a tray.
fn tray_title(text: &str) -> Node {
    el("h3", vec![set("class", "tray-title")], vec![t(text)])
}

/// An item of another kind than its widget: there is nothing to draw.
fn wrong_kind() -> Node {
    nothing()
}

/// The pieces of a widget by their ids.
#[derive(Clone, Copy)]
struct Pieces(StoredValue<Vec<Piece>>);

impl Pieces {
    fn new(pieces: Vec<Piece>) -> Self {
        Pieces(StoredValue::new(pieces))
    }

    /// What a piece is called in menus and announcements.
    fn name(self, id: &str) -> String {
        self.read(id, |piece| piece.label.clone())
    }

    /// What stands on a piece.
    fn html(self, id: &str) -> String {
        self.read(id, |piece| piece.html.clone())
    }

    fn read(self, id: &str, read: fn(&Piece) -> String) -> String {
        let found = |pieces: &Vec<Piece>| pieces.iter().find(|piece| piece.id == id).map(read);
        self.0.with_value(found).unwrap_or_default()
    }
}

/// Ids in a page may not hold `/` and `#` if a selector is to find them.
fn dom_id(parts: &[&str]) -> String {
    parts.join("-").replace(['/', '#'], "-")
}
