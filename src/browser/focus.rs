use std::time::Duration;

use wasm_bindgen::JsCast;

use super::{clock, document};

/// Focuses the first element that a selector finds, once what was just changed is drawn.
pub(crate) fn later(selector: impl Into<String>) {
    let selector = selector.into();
    leptos::task::spawn_local(async move {
        clock::sleep(Duration::ZERO).await;
        now(&selector);
    });
}

/// Focuses the first element that a selector finds.
pub(crate) fn now(selector: &str) {
    if let Some(element) = find(selector) {
        let _ = element.focus();
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

fn find(selector: &str) -> Option<web_sys::HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
    let Some(list) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return vec![];
    };
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}

/// True when what has the focus is, or is inside, something that a selector finds.
pub(crate) fn is_in(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(selector).ok().flatten().is_some())
}
