//! The only place that touches the browser: storage, content, clock, addresses, files, pointer, focus.
//!
//! Everything here is a thin adapter without decisions. What fails is a value.

pub(crate) mod address;
pub(crate) mod clock;
pub(crate) mod content;
pub(crate) mod files;
pub(crate) mod focus;
mod hand;
pub(crate) mod module;
pub(crate) mod pointer;
pub(crate) mod single_keys;
pub(crate) mod storage;
pub(crate) mod theme;

use sandtable_browser::{document, window};

/// An element of the page, for whoever only hands it on.
pub(crate) type Element = web_sys::HtmlElement;

/// What lies at a point of the viewport.
fn element_at(x: f32, y: f32) -> Option<web_sys::Element> {
    document()?.element_from_point(x, y)
}

/// The element of an id, to mount into.
pub(crate) fn mount_point(id: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    document()?.get_element_by_id(id)?.dyn_into().ok()
}
