use wasm_bindgen::JsCast;

use super::clock;
use super::host::home;
use crate::dom::listen;

pub(crate) use super::hand::{held, place, press, step};

/// Focuses the first element that a selector finds, once what was just changed is drawn.
pub(crate) fn later(selector: impl Into<String>) {
    let selector = selector.into();
    clock::soon(move || now(&selector));
}

/// Focuses the first element that a selector finds.
pub(crate) fn now(selector: &str) {
    if let Some(element) = all(selector).first() {
        give(element, false);
    }
}

/// Where what is about to be drawn takes away what has the focus, gives it to the element that has its id then, or else to
/// the first one that a selector finds, without scrolling to that.
pub(crate) fn keep(otherwise: &'static str) {
    let Some(before) = active() else { return };
    clock::soon(move || {
        if active().is_some() {
            return;
        }
        let id = before.id();
        let same = if id.is_empty() {
            None
        } else {
            all(&["#", &id].concat()).into_iter().next()
        };
        let is_same = same.is_some();
        if let Some(element) = same.or_else(|| all(otherwise).into_iter().next()) {
            give(&element, !is_same);
        }
    });
}

/// Calls back on every key that goes down inside the quiz, for as long as what is made now is there.
/// The value is what the app's own gives to end it; here it ends by itself.
pub(crate) fn on_key(mut pressed: impl FnMut(web_sys::KeyboardEvent) + 'static) -> Option<()> {
    listen(
        &home()?.root,
        "keydown",
        Box::new(move |event| pressed(event.unchecked_into())),
    );
    Some(())
}

fn give(element: &web_sys::HtmlElement, is_still: bool) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(is_still);
    let _ = element.focus_with_options(&options);
}

/// What has the focus, where that is inside the quiz.
pub(super) fn active() -> Option<web_sys::HtmlElement> {
    all(":focus").into_iter().next()
}

/// Everything in the quiz that a selector finds.
pub(super) fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
    let Some(list) = home().and_then(|home| home.root.query_selector_all(selector).ok()) else {
        return vec![];
    };
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}
