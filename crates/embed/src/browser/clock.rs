use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &JsValue, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_namespace = Math)]
    fn random() -> f64;
}

pub(crate) use sandtable_browser::now;

/// A seed for a layout, below 2^32. The first is that of the page, on which the question stands already.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // below 2^32, and never below 0
pub(crate) fn seed() -> u64 {
    let first = super::host::home().and_then(|home| home.seed.take());
    u64::from(first.unwrap_or_else(|| (random() * 4_294_967_296.0) as u32))
}

/// Calls back once what was just changed is drawn, before the browser goes on with anything else.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    super::queue_microtask(&as_asked(Box::new(|| {
        crate::reactive::flush();
        act();
    })));
}

/// Calls back once, after so many milliseconds, as the quiz that asked for it.
pub(crate) fn after(milliseconds: u32, act: impl FnOnce() + 'static) {
    set_timeout(&as_asked(Box::new(act)), milliseconds);
}

fn as_asked(act: Box<dyn FnOnce()>) -> JsValue {
    let owner = crate::reactive::owner();
    let mut act = Some(act);
    Closure::once_into_js(move || {
        crate::reactive::inside(owner, &mut || {
            if let Some(act) = act.take() {
                act();
            }
        });
    })
}
