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

fn main() {
    sandtable_builder::start();
}
