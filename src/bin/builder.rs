//! The builder module: everything of designs, loaded when a builder is first opened.

// What the app calls is exported here and not in the library, or the app would carry it too.
#[allow(unreachable_pub)] // wasm-bindgen asks for it
#[path = "../browser/export.rs"]
mod export;

fn main() {
    sandtable_app::builder::start();
}
