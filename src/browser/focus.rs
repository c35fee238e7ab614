use std::time::Duration;

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

pub(crate) use super::hand::{held, place, press, step};
pub(crate) use sandtable_browser::focus as now;

/// Where what is about to be drawn takes away what has the focus, gives it to the element that has its id then, or else to
/// the first one that a selector finds, without scrolling to that.
pub(crate) fn keep(otherwise: &'static str) {
    // What is outside the app is the page itself: then nothing has the focus.
    let inside = || active().filter(|active| matches!(active.closest("#app"), Ok(Some(_))));
    let Some(before) = inside() else { return };
    leptos::task::spawn_local(async move {
        clock::sleep(Duration::ZERO).await;
        if inside().is_some() {
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

/// What has the focus.
pub(super) fn active() -> Option<web_sys::Element> {
    document()?.active_element()
}

/// Everything that a selector finds.
pub(super) fn all(selector: &str) -> Vec<web_sys::HtmlElement> {
    let Some(list) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return vec![];
    };
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}
