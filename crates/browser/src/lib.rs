//! What all wasm modules, the app, the builder and the embedded quiz, ask of the browser. Thin adapters without decisions; what fails is a
//! value.
//!
//! It is a crate of its own because the builder must not link the app: with it comes Leptos, and with Leptos come exports
//! of crates that nothing calls and no linker may leave out.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

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

#[wasm_bindgen]
extern "C" {
    /// A document or a shadow root: what an element stands in.
    type Root;
    #[wasm_bindgen(method, getter, js_name = activeElement)]
    fn active_element(this: &Root) -> Option<web_sys::HtmlElement>;
}

/// What has the focus inside an element, wherever that stands: of what is in a shadow root the document knows nothing.
#[must_use]
pub fn active_in(element: &web_sys::Element) -> Option<web_sys::HtmlElement> {
    let root: Root = element.get_root_node().unchecked_into();
    root.active_element()
        .filter(|active| element.contains(Some(active.as_ref())))
}

/// Offers text as a file to save. False where the browser does not let us.
#[must_use]
pub fn save(name: &str, text: &str) -> bool {
    try_save(name, text).is_ok()
}

fn try_save(name: &str, text: &str) -> Result<(), JsValue> {
    let document = document().ok_or(JsValue::NULL)?;
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
