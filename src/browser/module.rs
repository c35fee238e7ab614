//! The builder module as the app sees it; `export.rs` is the other side.

use std::cell::RefCell;

use sandtable_exercise::FORMAT;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};

use super::content::ContentError;

#[wasm_bindgen]
extern "C" {
    // boot.js has it: wasm cannot say import() by itself.
    #[wasm_bindgen(js_namespace = sandtable, catch)]
    async fn load(script: &str, sheet: &str) -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    type Builder;
    #[wasm_bindgen(method)]
    fn fault(this: &Builder, format: u32, file: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn mount(this: &Builder, root: &web_sys::HtmlElement, file: &str, state: &str, port: &JsValue) -> Handle;

    type Handle;
    #[wasm_bindgen(method)]
    fn show(this: &Handle, stage: &str);
    #[wasm_bindgen(method)]
    fn free(this: &Handle);
}

thread_local! {
    /// Loaded once a page.
    static BUILDER: RefCell<Option<Builder>> = const { RefCell::new(None) };
}

/// Loads the builder, and asks it whether it can read a file.
pub(crate) async fn open(script: String, sheet: String, file: String) -> Result<String, ContentError> {
    let mut builder = BUILDER.with_borrow(Clone::clone);
    if builder.is_none() {
        let loaded = load(&script, &sheet).await;
        builder = loaded.ok().map(JsCast::unchecked_into);
        BUILDER.set(builder.clone());
    }
    let builder = builder.ok_or(ContentError::NotLoaded)?;
    match builder.fault(FORMAT, &file) {
        None => Ok(file),
        Some(why) if why.is_empty() => Err(ContentError::NewVersion),
        Some(why) => Err(ContentError::Broken(why)),
    }
}

/// A builder on a page, taken off when dropped.
pub(crate) struct Mounted {
    handle: Handle,
    /// What the builder calls: lives as long as it does.
    _port: Closure<dyn FnMut(String, String, String)>,
}

impl Mounted {
    /// Shows a stage.
    pub(crate) fn show(&self, stage: &str) {
        self.handle.show(stage);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.handle.free();
    }
}

/// Mounts a builder that was opened. `port` takes what it has to say: which message, what it is about, and the text.
pub(crate) fn mount(
    id: &str,
    file: &str,
    state: &str,
    port: impl FnMut(String, String, String) + 'static,
) -> Option<Mounted> {
    let root = super::mount_point(id)?;
    let builder = BUILDER.with_borrow(Clone::clone)?;
    let port = Closure::<dyn FnMut(String, String, String)>::new(port);
    let handle = builder.mount(&root, file, state, port.as_ref());
    Some(Mounted { handle, _port: port })
}
