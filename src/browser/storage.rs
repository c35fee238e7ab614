use gloo_events::EventListener;
use sandtable_progress::{Shelf, ShelfError};
use wasm_bindgen::{JsCast, JsValue};

use super::window;

/// localStorage, as a shelf for records. Even asking for it can throw (sandboxed frame, blocked cookies).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LocalStorage;

impl Shelf for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, ShelfError> {
        storage()?.get_item(key).map_err(refusal)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), ShelfError> {
        storage()?.set_item(key, value).map_err(refusal)
    }

    fn remove(&self, key: &str) -> Result<(), ShelfError> {
        storage()?.remove_item(key).map_err(refusal)
    }

    fn keys(&self) -> Result<Vec<String>, ShelfError> {
        let storage = storage()?;
        let length = storage.length().map_err(refusal)?;
        let mut keys = Vec::new();
        for index in 0..length {
            keys.extend(storage.key(index).map_err(refusal)?);
        }
        Ok(keys)
    }
}

/// Calls back with key and new value when another tab has written; a `None` key means that all was cleared. For as long
/// as the page lives.
pub(crate) fn on_change(mut heard: impl FnMut(Option<String>, Option<String>) + 'static) {
    let Some(window) = window() else { return };
    EventListener::new(&window, "storage", move |event| {
        if let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() {
            heard(event.key(), event.new_value());
        }
    })
    .forget();
}

fn storage() -> Result<web_sys::Storage, ShelfError> {
    window()
        .ok_or(ShelfError::Absent)?
        .local_storage()
        .map_err(refusal)?
        .ok_or(ShelfError::Absent)
}

fn refusal(error: JsValue) -> ShelfError {
    let name = error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::name);
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => ShelfError::Full,
        Some("SecurityError") => ShelfError::Denied,
        Some(name) => ShelfError::Other(name.to_owned()),
        None => ShelfError::Other(format!("{error:?}")),
    }
}
