//! What all wasm modules, the app, the builder and the embedded quiz, ask of the browser. Thin adapters without decisions; what fails is a
//! value.
//!
//! It is a crate of its own because the builder must not link the app: with it comes Leptos, and with Leptos come exports
//! of crates that nothing calls and no linker may leave out.

use wasm_bindgen::JsCast;

pub mod panic;

/// The window.
#[must_use]
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The document.
#[must_use]
pub fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// Milliseconds since 1970.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a date of today fits by far
pub fn now() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}

/// The fragment of the address, `#/week-20`, decoded as far as the browser does.
#[must_use]
pub fn fragment() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The first element that a selector finds.
#[must_use]
pub fn find(selector: &str) -> Option<web_sys::HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Focuses the first element that a selector finds.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        let _ = element.focus();
    }
}

/// Takes the focus from a field inside something that a selector finds, so that what was typed there counts.
pub fn leave_field(selector: &str) {
    let active = document().and_then(|document| document.active_element());
    let inside = active.filter(|active| active.closest(selector).ok().flatten().is_some());
    if let Some(field) = inside.and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// True when what has the focus is, or is inside, something that a selector finds.
#[must_use]
pub fn has_focus_in(selector: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(selector).ok().flatten().is_some())
}
