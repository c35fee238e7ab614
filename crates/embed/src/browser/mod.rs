//! What the shared views ask of a browser, for one quiz among others on somebody's page: everything is looked for inside
//! the [`host::Home`] of the quiz that runs now.

use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};

use crate::reactive;

pub(crate) mod clock;
pub(crate) mod focus;
#[path = "../../../../src/browser/hand.rs"]
mod hand;
pub(crate) mod host;
mod json;
#[path = "../../../../src/browser/pointer.rs"]
pub(crate) mod pointer;
pub(crate) mod single_keys;

/// An element of the page, for whoever only hands it on.
pub(crate) type Element = web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(run: &JsValue);

    /// A document or a shadow root.
    type Root;
    #[wasm_bindgen(method, js_name = elementFromPoint)]
    fn element_from_point(this: &Root, x: f32, y: f32) -> Option<web_sys::Element>;
}

thread_local! {
    static FLUSH: Closure<dyn Fn()> = Closure::new(reactive::flush);
}

/// Once, when the module is loaded.
pub(crate) fn start() {
    reactive::schedule_by(|| FLUSH.with(|flush| queue_microtask(flush.as_ref())));
}

use sandtable_browser::document;

/// What lies at a point of the viewport. From outside a shadow root only its host is seen.
fn element_at(x: f32, y: f32) -> Option<web_sys::Element> {
    let root: Root = host::home()?.root.get_root_node().unchecked_into();
    root.element_from_point(x, y)
}

/// A new element.
pub(crate) fn create(tag: &str) -> Option<web_sys::Element> {
    document()?.create_element(tag).ok()
}

/// Room for several nodes.
pub(crate) fn fragment() -> web_sys::Node {
    match document() {
        Some(document) => document.create_document_fragment().into(),
        None => JsValue::UNDEFINED.unchecked_into(),
    }
}

/// A new text.
pub(crate) fn text(text: &str) -> web_sys::Text {
    match document() {
        Some(document) => document.create_text_node(text),
        // There is no page without a document.
        None => JsValue::UNDEFINED.unchecked_into(),
    }
}
