//! The functions of the app's `src/dom.rs`, straight onto the document.
//!
//! A [`Node`] is made at once. What is live stands between two empty texts, so that it can be drawn anew wherever it came
//! to lie; what was drawn in it before is disposed of by the graph.

use std::cell::RefCell;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{self, pointer};
use crate::reactive::{self, Memo, Signal, StoredValue};

pub(crate) use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};

/// A part of a page: a node, or a fragment that holds several.
pub(crate) struct Node(web_sys::Node);

/// An attribute, or what else is done to an element when it is made.
pub(crate) type Attr = Box<dyn FnOnce(&web_sys::Element)>;

/// An element.
pub(crate) fn el(tag: &'static str, attributes: Vec<Attr>, children: Vec<Node>) -> Node {
    let Some(element) = browser::create(tag) else {
        return nothing();
    };
    for attribute in attributes {
        attribute(&element);
    }
    fill(element.into(), children)
}

impl Node {
    /// Puts it at the end of an element.
    pub(crate) fn put_into(self, parent: &web_sys::Node) {
        let _ = parent.append_child(&self.0);
    }
}

fn fill(parent: web_sys::Node, children: Vec<Node>) -> Node {
    for child in children {
        child.put_into(&parent);
    }
    Node(parent)
}

/// A text.
pub(crate) fn t(text: &str) -> Node {
    Node(browser::text(text).into())
}

/// Nothing.
pub(crate) fn nothing() -> Node {
    all(vec![])
}

/// Several parts, one after the other.
pub(crate) fn all(nodes: Vec<Node>) -> Node {
    fill(browser::fragment(), nodes)
}

/// A button of a class with a text.
pub(crate) fn button(class: &str, text: &str, click: impl Fn() + 'static) -> Node {
    el(
        "button",
        vec![set("type", "button"), set("class", class), on_click(click)],
        vec![t(text)],
    )
}

/// An attribute.
pub(crate) fn set(name: &'static str, value: &str) -> Attr {
    let value = value.to_owned();
    Box::new(move |element| put(element, name, Some(&value)))
}

/// An attribute that changes, and is absent while there is no value.
pub(crate) fn live_set(name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Attr {
    fn erased(name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Attr {
        Box::new(move |element| {
            let element = element.clone();
            let mut before = None;
            now(Box::new(move || {
                let value = value();
                if value != before {
                    put(&element, name, value.as_deref());
                    before = value;
                }
            }));
        })
    }
    erased(name, Box::new(value))
}

/// An attribute that is only a flag.
pub(crate) fn flag(name: &'static str, is_set: impl Fn() -> bool + 'static) -> Attr {
    live_set(name, move || is_set().then(String::new))
}

/// A DOM property that is true or false: what a person has changed does not follow the attribute.
pub(crate) fn property(name: &'static str, is_set: impl Fn() -> bool + 'static) -> Attr {
    fn erased(name: &'static str, is_set: Box<dyn Fn() -> bool>) -> Attr {
        Box::new(move |element| {
            let element = element.clone();
            now(Box::new(move || {
                let _ = js_sys::Reflect::set(&element, &name.into(), &JsValue::from_bool(is_set()));
            }));
        })
    }
    erased(name, Box::new(is_set))
}

/// Content that was sanitised when the course was compiled.
pub(crate) fn html(content: &str) -> Attr {
    let content = content.to_owned();
    Box::new(move |element| element.set_inner_html(&content))
}

/// What a click does, or a key or a screen reader in its place.
pub(crate) fn on_click(act: impl Fn() + 'static) -> Attr {
    on_mouse(move |_| act())
}

/// The same, for whoever needs to know how it came about.
pub(crate) fn on_mouse(mut act: impl FnMut(MouseEvent) + 'static) -> Attr {
    on("click", Box::new(move |event| act(event.unchecked_into())))
}

/// What a key does that goes down on an element or inside it.
pub(crate) fn on_key(mut act: impl FnMut(KeyboardEvent) + 'static) -> Attr {
    on("keydown", Box::new(move |event| act(event.unchecked_into())))
}

/// What a pointer's event of a name does.
pub(crate) fn on_pointer(name: &'static str, mut act: impl FnMut(PointerEvent) + 'static) -> Attr {
    on(name, Box::new(move |event| act(event.unchecked_into())))
}

/// What happens when a person has chosen another value: takes the value, and gives the one to go back to where it is
/// refused.
pub(crate) fn on_change(act: impl Fn(String) -> Option<String> + 'static) -> Attr {
    on(
        "change",
        Box::new(move |event| {
            let value = event
                .target()
                .map(|field| js_sys::Reflect::get(&field, &"value".into()));
            let value = value.and_then(Result::ok).and_then(|value| value.as_string());
            if let Some(back) = act(value.unwrap_or_default()) {
                pointer::put_back(&event, &back);
            }
        }),
    )
}

/// A `div` that is handed over once it is on the page.
pub(crate) fn handed(attributes: Vec<Attr>, children: Vec<Node>, take: impl Fn(browser::Element) + 'static) -> Node {
    let node = el("div", attributes, children);
    let element = node.0.clone();
    reactive::Effect::new(move |_: Option<()>| take(element.clone().unchecked_into()));
    node
}

/// A part that is drawn anew when what it reads changes.
pub(crate) fn live(draw: impl Fn() -> Node + 'static) -> Node {
    fn erased(draw: Box<dyn Fn() -> Node>) -> Node {
        let (begin, end) = (t(""), t(""));
        let (from, to) = (begin.0.clone(), end.0.clone());
        let node = all(vec![begin, end]);
        now(Box::new(move || {
            let new = draw();
            // At first that is the fragment, later wherever it was put.
            let Some(parent) = to.parent_node() else { return };
            while let Some(old) = from.next_sibling().filter(|old| !old.is_same_node(Some(&to))) {
                let _ = parent.remove_child(&old);
            }
            let _ = parent.insert_before(&new.0, Some(&to));
        }));
        node
    }
    erased(Box::new(draw))
}

/// A part that is there or not.
pub(crate) fn live_if(draw: impl Fn() -> Option<Node> + 'static) -> Node {
    live(move || draw().unwrap_or_else(nothing))
}

/// A text that changes.
pub(crate) fn live_text(write: impl Fn() -> String + 'static) -> Node {
    fn erased(write: Box<dyn Fn() -> String>) -> Node {
        let text = browser::text("");
        let node = Node(text.clone().into());
        now(Box::new(move || text.set_data(&write())));
        node
    }
    erased(Box::new(write))
}

/// Something derived that is costly to derive, or that should tell only of real changes.
pub(crate) fn memo<T: PartialEq + 'static>(read: impl Fn() -> T + 'static) -> Memo<T> {
    Memo::new(Box::new(read))
}

/// Something derived anew at every reading.
pub(crate) fn derive<T: 'static>(read: impl Fn() -> T + 'static) -> Signal<T> {
    Signal::derive(Box::new(read))
}

/// A text that several closures read.
pub(crate) fn keep(text: &str) -> StoredValue<String> {
    StoredValue::new(text.to_owned())
}

fn now(run: Box<dyn FnMut()>) {
    reactive::refresh(reactive::effect(run));
}

fn put(element: &web_sys::Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Listens for as long as the part of the page is there that the element stands in.
fn on(name: &'static str, act: Box<dyn FnMut(web_sys::Event)>) -> Attr {
    Box::new(move |element| listen(element, name, act))
}

/// The same for whoever has an element already.
pub(crate) fn listen(element: &web_sys::EventTarget, name: &str, act: Box<dyn FnMut(web_sys::Event)>) {
    let (owner, act) = (reactive::owner(), RefCell::new(act));
    let heard = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        reactive::inside(owner, &mut || {
            // Taken while it runs: an event that it makes itself is not for it.
            if let Ok(mut act) = act.try_borrow_mut() {
                act(event.clone());
            }
        });
    });
    let _ = element.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    let (element, name) = (element.clone(), name.to_owned());
    // Taken off as well: an event that is on its way still comes to elements that are gone.
    reactive::on_cleanup(move || {
        let _ = element.remove_event_listener_with_callback(&name, heard.as_ref().unchecked_ref());
    });
}
