//! One folder an item kind: the view, and its keyboard and screen-reader contract. A widget gets a [`Stage`], which holds
//! no key, and turns gestures into an answer; what they mean is decided in `sandtable_exercise`.

use leptos::prelude::*;
use sandtable_exercise::{Body, PartState};

use crate::Stage;
use crate::live::attr;

mod choice;
mod ghost;
mod grasp;
mod mark;
mod matching;
mod order;
mod piece;

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
    fn mark(&self, part: &str) -> Signal<Option<PartState>> {
        let (shown, part) = (self.shown, part.to_owned());
        attr(move || shown.with(|shown| shown.mark(&part)))
    }

    /// The reason for a part, where it may be shown.
    fn reason(&self, part: &str) -> Signal<Option<String>> {
        let (shown, part) = (self.shown, part.to_owned());
        attr(move || shown.with(|shown| shown.reason(&part).map(str::to_owned)))
    }

    /// True once nothing can be changed any more.
    fn is_over(&self) -> Signal<bool> {
        let shown = self.shown;
        attr(move || shown.with(|shown| shown.ending.is_some()))
    }
}

/// The state of a part in markup.
fn state(mark: Signal<Option<PartState>>) -> Signal<Option<&'static str>> {
    attr(move || match mark.get() {
        Some(PartState::Right) => Some("right"),
        Some(PartState::Wrong) => Some("wrong"),
        Some(PartState::Missed) => Some("missed"),
        Some(PartState::Left) | None => None,
    })
}

/// Present or absent, for an attribute that is only a flag.
fn flag(is_set: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<&'static str>> {
    attr(move || is_set().then_some(""))
}

/// A reason under the part it is about: the word for the state first.
fn reason_view(id: String, word: &'static str, reason: String) -> AnyView {
    view! { <div class="reason" id=id><strong>{word}</strong>" "<span inner_html=reason></span></div> }.into_any()
}

/// Ids in a page may not hold `/` and `#` if a selector is to find them.
fn dom_id(parts: &[&str]) -> String {
    parts.join("-").replace(['/', '#'], "-")
}
