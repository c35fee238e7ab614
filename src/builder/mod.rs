//! The architecture editor: canvas, outline, parts, inspector, results. Views only: what is decided is decided in
//! `sandtable_architecture`.
//!
//! It is a wasm module of its own. It never touches storage, route or theme: whoever mounts it owns the record, gives it
//! the drafts, and is told of changes and checks through the port.

use sandtable_architecture::task;
use sandtable_exercise::FORMAT;

pub use crate::browser::host::{Host, Mounted};
use crate::dom::{el, set, t};

/// Starts the module, without anything on the page yet.
pub fn start() {
    crate::browser::panic::install();
}

/// What speaks against opening a file, where something does; empty when another version of this module or of the file
/// is meant.
#[must_use]
pub fn fault(format: u32, file: &str) -> Option<String> {
    if format != FORMAT {
        return Some(String::new());
    }
    match task::builder(file) {
        Ok(_) => None,
        Err(task::ReadError::NewFormat(_)) => Some(String::new()),
        Err(broken @ task::ReadError::Broken(_)) => Some(broken.to_string()),
    }
}

/// Mounts a builder.
#[must_use]
pub fn mount(host: Host, file: &str, state: &str) -> Mounted {
    let file = task::builder(file);
    let _ = state;
    host.mount("", move |port, _show| {
        let Ok(exercise) = file else { return crate::dom::nothing() };
        port.tell("say", "", "mounted");
        el("section", vec![set("class", "builder")], vec![t(&exercise.title)])
    })
}
