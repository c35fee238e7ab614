//! The app module: everything but the builder.

fn main() {
    sandtable_app::start();
}
