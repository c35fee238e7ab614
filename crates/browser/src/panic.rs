//! What a panic tells, before everything stops.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use super::{fragment, window};

/// Tells a panic to the page before everything stops: to the console, and to the notice that `boot.js` shows with a way
/// out and a report to copy. That notice is plain HTML, since nothing of ours runs after this.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // A panic while telling of a panic would never end.
        if TOLD.with(|told| told.replace(true)) {
            return;
        }
        let report = format!(
            "Sandtable {}\n{info}\nAddress: {}\nBrowser: {}",
            env!("CARGO_PKG_VERSION"),
            fragment(),
            window()
                .and_then(|window| window.navigator().user_agent().ok())
                .unwrap_or_default()
        );
        let detail = web_sys::CustomEventInit::new();
        detail.set_detail(&JsValue::from_str(&report));
        if let (Some(window), Ok(event)) = (
            window(),
            web_sys::CustomEvent::new_with_event_init_dict("sandtable:panic", &detail),
        ) {
            let _ = window.dispatch_event(&event);
        }
    }));
}

thread_local! {
    static TOLD: Cell<bool> = const { Cell::new(false) };
}
