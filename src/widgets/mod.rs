//! One folder an item kind: the view, and its keyboard and screen-reader contract. A widget gets a [`Stage`], which holds
//! no key, and turns gestures into an answer; what they mean is decided in `sandtable_exercise`.

use leptos::prelude::*;
use sandtable_exercise::{Body, PartState};

use crate::Stage;

mod choice;
mod ghost;
mod grasp;
mod mark;
mod matching;
mod order;

pub use choice::Choice;
pub(crate) use mark::{Mark, Shape};
pub use matching::Matching;
pub use order::Order;

/// The widget of an item's kind.
#[component]
pub fn Widget(
    /// The question and what may be shown of it.
    stage: Stage,
) -> impl IntoView {
    match &stage.view.body {
        Body::Choice { .. } => view! { <Choice stage/> }.into_any(),
        Body::Match { .. } => view! { <Matching stage/> }.into_any(),
        Body::Order { .. } => view! { <Order stage/> }.into_any(),
    }
}

impl Stage {
    /// What became of a part, where it may be shown.
    pub(crate) fn mark(&self, part: &str) -> Signal<Option<PartState>> {
        let (shown, part) = (self.shown, part.to_owned());
        Signal::derive(move || shown.with(|shown| shown.marks.get(&part).copied()))
    }

    /// The reason for a part, where it may be shown.
    pub(crate) fn reason(&self, part: &str) -> Signal<Option<String>> {
        let (shown, part) = (self.shown, part.to_owned());
        Signal::derive(move || shown.with(|shown| shown.reasons.get(&part).cloned()))
    }

    /// True once nothing can be changed any more.
    pub(crate) fn is_over(&self) -> Signal<bool> {
        let shown = self.shown;
        Signal::derive(move || shown.with(|shown| shown.ending.is_some()))
    }
}

/// The state of a part in markup.
fn state_name(state: Option<PartState>) -> Option<&'static str> {
    match state {
        Some(PartState::Right) => Some("right"),
        Some(PartState::Wrong) => Some("wrong"),
        Some(PartState::Missed) => Some("missed"),
        Some(PartState::Left) | None => None,
    }
}

/// Ids in a page may not hold `/` and `#` if a selector is to find them.
fn dom_id(parts: &[&str]) -> String {
    parts.join("-").replace(['/', '#'], "-")
}
