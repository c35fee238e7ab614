use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{document, window};

/// Offers text as a file to save. False where the browser does not let us.
pub(crate) fn save(name: &str, text: &str) -> bool {
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
