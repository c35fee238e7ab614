//! What keys do with what is drawn. Compiled for the app and for embeds, each with its own place to look in.

use sandtable_exercise::keys::{Held, Place};
use wasm_bindgen::JsCast;

use super::focus::{active, all};

/// Presses an element that a selector finds, by its place among them, as a click does. An option takes the focus too, as
/// it does when the arrows choose it.
pub(crate) fn press(selector: &str, at: usize) {
    if let Some(element) = all(selector).get(at) {
        if matches!(element.closest(".choice"), Ok(Some(_))) {
            let _ = element.focus();
        }
        element.click();
    }
}

/// Where a key went down.
pub(crate) fn place(event: &web_sys::KeyboardEvent) -> Place {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    let is = |selector: &str| {
        let of = |target: &web_sys::Element| target.closest(selector).ok().flatten().is_some();
        target.as_ref().is_some_and(of)
    };
    if is("textarea, input:not([type=radio], [type=checkbox])") {
        Place::Text
    } else if is("select") {
        Place::List
    } else if is(".pips, .question, .bar") {
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
        let _ = element.focus();
    }
}
