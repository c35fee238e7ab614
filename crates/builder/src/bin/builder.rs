//! The builder module: everything of designs, loaded when a builder is first opened. What whoever loads it can call is
//! here; the app's `browser::module` is the other side.

#![allow(unreachable_pub)] // wasm-bindgen asks for it

use sandtable_builder::{Host, Mounted};
use wasm_bindgen::prelude::wasm_bindgen;

/// What speaks against opening a file: `undefined` when nothing does, nothing said when one of the three (the caller,
/// this module, the file) is of another version, and otherwise why it cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn fault(format: u32, file: &str) -> Option<String> {
    sandtable_builder::fault(format, file)
}

/// A builder on a page; `free()` takes it off.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle(Option<Mounted>);

#[wasm_bindgen]
impl Handle {
    /// Shows a stage, by the id that its address ends in.
    pub fn show(&self, stage: &str) {
        if let Some(mounted) = &self.0 {
            mounted.show(stage);
        }
    }
}

/// Mounts a builder into an element. `state` is what the host knows, see `builder::State`; the port is called with what
/// the builder has to say.
#[wasm_bindgen]
#[must_use]
pub fn mount(root: web_sys::HtmlElement, file: &str, state: &str, port: js_sys::Function) -> Handle {
    Handle(sandtable_builder::mount(Host::new(root, port), file, state))
}

/// Mounts a builder into an element of somebody else's page, which may stand in a shadow root: `public/embed.js` calls it.
/// `stage` is `worked`, `half-built`, `empty`, or nothing; `state` is what the page has kept, as for [`mount`]. The
/// port is told of `graded` (an item, its score in per cent), `item` (which stage is shown) and `change` (an item, what to
/// keep of it).
///
/// # Errors
///
/// Says nothing where the file is of another version, and otherwise why it cannot be read.
#[wasm_bindgen]
pub fn embed(
    root: web_sys::HtmlElement,
    file: &str,
    stage: &str,
    state: &str,
    port: js_sys::Function,
) -> Result<Handle, String> {
    let mounted = sandtable_builder::embed(Host::new(root, port), file, stage, state)?;
    Ok(Handle(Some(mounted)))
}

fn main() {
    sandtable_builder::start();
}
