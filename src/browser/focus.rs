use std::time::Duration;

use sandtable_exercise::keys::{Held, Place};
use wasm_bindgen::JsCast;

use sandtable_browser::find;

use super::{clock, document};

/// Focuses the first element that a selector finds, once what was just changed is drawn.
pub(crate) fn later(selector: impl Into<String>) {
    let selector = selector.into();
    leptos::task::spawn_local(async move {
        clock::sleep(Duration::ZERO).await;
        now(&selector);
    });
}

pub(crate) use sandtable_browser::focus as now;

/// Where what is about to be drawn takes away what has the focus, gives it to the element that has its id then, or else to
/// the first one that a selector finds, without scrolling to that.
pub(crate) fn keep(otherwise: &'static str) {
    // What is outside the app is the page itself: then nothing has the focus.
    let active = || {
        let active = document()?.active_element()?;
        active.closest("#app").ok()??;
        Some(active)
    };
    let Some(before) = active() else { return };
    leptos::task::spawn_local(async move {
        clock::sleep(Duration::ZERO).await;
        if active().is_some() {
            return;
        }
        let same = document().and_then(|document| document.get_element_by_id(&before.id()));
        if let Some(same) = same.and_then(|same| same.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = same.focus();
        } else if let Some(other) = find(otherwise) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = other.focus_with_options(&options);
        }
    });
}

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
    let current = document().and_then(|document| document.active_element());
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

/// Scrolls to the top, as a new page would.
pub(crate) fn scroll_to_top() {
    if let Some(window) = super::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Calls back on every key that goes down anywhere on the page while the guard lives.
#[must_use = "dropping the guard ends it"]
pub(crate) fn on_key(mut pressed: impl FnMut(web_sys::KeyboardEvent) + 'static) -> Option<gloo_events::EventListener> {
    let document = document()?;
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    Some(gloo_events::EventListener::new_with_options(
        &document,
        "keydown",
        options,
        move |event| {
            if let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() {
                pressed(event.clone());
            }
        },
    ))
}

fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
    let Some(list) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return vec![];
    };
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}
