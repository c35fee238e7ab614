use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::window;

pub(crate) use sandtable_browser::save;

/// The address of a form with `{report}` filled in.
pub(crate) fn filled(address: &str, report: &str) -> String {
    address.replace("{report}", &String::from(js_sys::encode_uri_component(report)))
}

/// Copies text, and then says whether the browser let us.
pub(crate) fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    // Boxed, so that it is compiled once, whoever copies.
    fn erased(text: String, then: Box<dyn FnOnce(bool)>) {
        leptos::task::spawn_local(async move { then(try_copy(&text).await) });
    }
    erased(text, Box::new(then));
}

async fn try_copy(text: &str) -> bool {
    // Absent outside secure contexts, which the bindings do not say: asked for by name first.
    let Some(window) = window() else { return false };
    let navigator = window.navigator();
    match js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")) {
        Ok(clipboard) if !clipboard.is_undefined() => {}
        _ => return false,
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
