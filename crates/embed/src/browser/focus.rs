use sandtable_exercise::keys::{Held, Place};
use wasm_bindgen::JsCast;

use super::clock;
use super::host::home;
use crate::dom::listen;

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

/// Presses an element that a selector finds, by its place among them, as a click does. An option takes the focus too, as
/// it does when the arrows choose it.
pub(crate) fn press(selector: &str, at: usize) {
    if let Some(element) = all(selector).get(at) {
        if is(element, ".choice *") {
            give(element, false);
        }
        element.click();
    }
}

/// Where a key went down.
pub(crate) fn place(event: &web_sys::KeyboardEvent) -> Place {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is = |selector: &str| target.as_ref().is_some_and(|target| is(target, selector));
    if is("textarea, input:not([type=radio], [type=checkbox])") {
        Place::Text
    } else if is("select") {
        Place::List
    } else if is(".pips, .pips *, .question, .question *, .bar, .bar *") {
        Place::Inside
    } else {
        Place::Outside
    }
}

/// What is held down together with a key.
pub(crate) fn held(event: &web_sys::KeyboardEvent) -> Held {
    Held {
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    }
}

/// Moves the focus to the next (or previous) element that a selector finds, counted from the focused one.
pub(crate) fn step(selector: &str, by: i32) {
    let all = all(selector);
    let current = active();
    let at = all.iter().position(|element| {
        current
            .as_ref()
            .is_some_and(|current| element.is_same_node(Some(current)))
    });
    let length = i32::try_from(all.len()).unwrap_or(0);
    let next = match at.and_then(|at| i32::try_from(at).ok()) {
        Some(at) => (at + by).clamp(0, (length - 1).max(0)),
        None if by > 0 => 0,
        None => length - 1,
    };
    if let Some(element) = usize::try_from(next).ok().and_then(|next| all.get(next)) {
        give(element, false);
    }
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
fn active() -> Option<web_sys::HtmlElement> {
    all(":focus").into_iter().next()
}

fn is(element: &web_sys::Element, selector: &str) -> bool {
    element.matches(selector) == Ok(true)
}

fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
    let Some(list) = home().and_then(|home| home.root.query_selector_all(selector).ok()) else {
        return vec![];
    };
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}
