//! The quiz module: one quiz in an element of somebody's page, see `public/embed.js`.
//!
//! The views are the app's own files, compiled over [`reactive`] and [`dom`] in place of Leptos. What they need of the
//! app under the names that they use for it stands here: [`browser`], [`records`], [`shell`].

#[allow(unreachable_pub, dead_code)] // wasm-bindgen asks for the one; what only the app's other views need is the other
mod browser;
mod dom;
mod kept;
mod quiz;
mod reactive;
mod records;
mod shell;

#[path = "../../../src/pages/bar.rs"]
mod bar;
#[allow(unused_imports)] // Leptos has its methods in traits
#[path = "../../../src/pages/question.rs"]
mod question;
#[allow(unreachable_pub)] // of the app it is a part that its tests see
#[path = "../../../src/runner.rs"]
mod runner;
#[allow(unused_imports)]
#[path = "../../../src/widgets/mod.rs"]
mod widgets;

use runner::Stage;

fn main() {
    browser::start();
}
