//! App and builder in one module, for a single file that holds a builder: what both use is in it once.

// What the app calls of the builder: see builder.rs.
#[allow(unreachable_pub)] // wasm-bindgen asks for it
#[path = "../browser/export.rs"]
mod export;

fn main() {
    sandtable_app::start();
}
