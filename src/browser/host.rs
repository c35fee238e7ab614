//! Whoever loaded the builder, as the builder sees it.

use std::any::Any;
use std::fmt;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::dom::Node;

/// The element that the host gave, and the one function by which it is told of things.
pub struct Host {
    root: web_sys::HtmlElement,
    port: js_sys::Function,
}

/// What is mounted; it is gone when this is dropped.
pub struct Mounted {
    show: RwSignal<String>,
    _view: Box<dyn Any>,
}

impl Mounted {
    /// Shows a stage.
    pub fn show(&self, stage: &str) {
        self.show.try_set(stage.to_owned());
    }
}

impl fmt::Debug for Mounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mounted")
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

/// The way to tell the host something, from anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Port(StoredValue<js_sys::Function, LocalStorage>);

impl Host {
    /// An element and a function that takes what is said, what it is about, and a text.
    #[must_use]
    pub fn new(root: web_sys::HtmlElement, port: js_sys::Function) -> Self {
        Host { root, port }
    }

    /// Mounts a view that is given the port and the name of the stage to show.
    pub(crate) fn mount(self, stage: &str, view: impl FnOnce(Port, RwSignal<String>) -> Node + 'static) -> Mounted {
        let Host { root, port } = self;
        // Before there is an owner: it lives as long as the module, and holds a few bytes.
        let show = RwSignal::new(stage.to_owned());
        let view = mount_to(root, move || *view(Port(StoredValue::new_local(port)), show));
        Mounted {
            show,
            _view: Box::new(view),
        }
    }
}

impl Port {
    /// Tells the host. What goes wrong on its side is its own affair.
    pub(crate) fn tell(self, what: &str, about: &str, text: &str) {
        let says = [what, about, text].map(JsValue::from_str);
        self.0.with_value(|port| {
            let _ = port.call3(&JsValue::NULL, &says[0], &says[1], &says[2]);
        });
    }
}
