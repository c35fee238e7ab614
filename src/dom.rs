//! Elements and live parts of a page, in a form that costs few bytes.
//!
//! `view!` gives every element, attribute and closure a type of its own, and Leptos compiles its machinery once for each:
//! with it the app was 275 KB brotli. Here every element is one type, every attribute one of a handful, and every closure
//! is boxed, so that the machinery is compiled once. It is all Leptos underneath: the same elements, attributes, events
//! and render effects.

use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::element::inner_html;
use leptos::tachys::html::event;
use leptos::tachys::html::property::prop;

use crate::browser::pointer;

pub(crate) use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};

/// A part of a page. Boxed, because an `AnyView` is large and every move of one is code.
pub(crate) type Node = Box<AnyView>;

/// An attribute, boxed for the same reason.
pub(crate) type Attr = Box<AnyAttribute>;

/// An element.
pub(crate) fn el(tag: &'static str, attributes: Vec<Attr>, children: Vec<Node>) -> Node {
    let attributes: Vec<AnyAttribute> = attributes.into_iter().map(|attribute| *attribute).collect();
    let children: Vec<AnyView> = children.into_iter().map(|child| *child).collect();
    Box::new(custom(tag).child(children).add_any_attr(attributes).into_any())
}

/// A text.
pub(crate) fn t(text: &str) -> Node {
    Box::new(text.to_owned().into_any())
}

/// Nothing.
pub(crate) fn nothing() -> Node {
    Box::new(().into_any())
}

/// Several parts, one after the other.
pub(crate) fn all(nodes: Vec<Node>) -> Node {
    let nodes: Vec<AnyView> = nodes.into_iter().map(|node| *node).collect();
    Box::new(nodes.into_any())
}

/// A button of a class with a text.
pub(crate) fn button(class: &str, text: &str, click: impl Fn() + 'static) -> Node {
    el(
        "button",
        vec![set("type", "button"), set("class", class), on_click(click)],
        vec![t(text)],
    )
}

/// A link of a class with a text.
pub(crate) fn link(class: &str, href: &str, text: &str) -> Node {
    el("a", vec![set("class", class), set("href", href)], vec![t(text)])
}

/// An attribute.
pub(crate) fn set(name: &'static str, value: &str) -> Attr {
    Box::new(custom_attribute(name, value.to_owned()).into_any_attr())
}

/// An attribute that changes, and is absent while there is no value.
pub(crate) fn live_set(name: &'static str, value: impl Fn() -> Option<String> + Send + Sync + 'static) -> Attr {
    fn erased(name: &'static str, value: Signal<Option<String>>) -> Attr {
        Box::new(custom_attribute(name, value).into_any_attr())
    }
    erased(name, derive(value))
}

/// An attribute that is only a flag.
pub(crate) fn flag(name: &'static str, is_set: impl Fn() -> bool + Send + Sync + 'static) -> Attr {
    live_set(name, move || is_set().then(String::new))
}

/// A DOM property that is true or false: what a person has changed does not follow the attribute.
pub(crate) fn property(name: &'static str, is_set: impl Fn() -> bool + Send + Sync + 'static) -> Attr {
    fn erased(name: &'static str, is_set: Signal<bool>) -> Attr {
        Box::new(prop(name, is_set).into_any_attr())
    }
    erased(name, derive(is_set))
}

/// Content that was sanitised when the course was compiled.
pub(crate) fn html(content: &str) -> Attr {
    Box::new(inner_html(content.to_owned()).into_any_attr())
}

/// What a click does, or a key or a screen reader in its place.
pub(crate) fn on_click(act: impl Fn() + 'static) -> Attr {
    on_mouse(move |_| act())
}

/// The same, for whoever needs to know how it came about.
pub(crate) fn on_mouse(act: impl FnMut(MouseEvent) + 'static) -> Attr {
    fn erased(act: Box<dyn FnMut(MouseEvent)>) -> Attr {
        Box::new(event::on(ev::click, act).into_any_attr())
    }
    erased(Box::new(act))
}

/// What a key does that goes down on an element or inside it.
pub(crate) fn on_key(act: impl FnMut(KeyboardEvent) + 'static) -> Attr {
    fn erased(act: Box<dyn FnMut(KeyboardEvent)>) -> Attr {
        Box::new(event::on(ev::keydown, act).into_any_attr())
    }
    erased(Box::new(act))
}

/// What happens when a person has chosen another value: takes the value, and gives the one to go back to where it is
/// refused.
pub(crate) fn on_change(act: impl Fn(String) -> Option<String> + 'static) -> Attr {
    fn erased(act: Box<dyn Fn(String) -> Option<String>>) -> Attr {
        let take = move |event| {
            if let Some(value) = act(event_target_value(&event)) {
                pointer::put_back(&event, &value);
            }
        };
        Box::new(event::on(ev::change, take).into_any_attr())
    }
    erased(Box::new(act))
}

/// A `div` that is handed over once it is on the page.
pub(crate) fn handed(
    attributes: Vec<Attr>,
    children: Vec<Node>,
    take: impl Fn(crate::browser::Element) + 'static,
) -> Node {
    let reference: NodeRef<leptos::html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(element) = reference.get() {
            take(element.into());
        }
    });
    let attributes: Vec<AnyAttribute> = attributes.into_iter().map(|attribute| *attribute).collect();
    let children: Vec<AnyView> = children.into_iter().map(|child| *child).collect();
    let view = leptos::html::div().node_ref(reference).child(children);
    Box::new(view.add_any_attr(attributes).into_any())
}

/// What a pointer's event of a name does.
pub(crate) fn on_pointer(name: &'static str, act: impl FnMut(PointerEvent) + 'static) -> Attr {
    fn erased(name: &'static str, act: Box<dyn FnMut(PointerEvent)>) -> Attr {
        Box::new(event::on(ev::Custom::<PointerEvent>::new(name), act).into_any_attr())
    }
    erased(name, Box::new(act))
}

/// A part that is drawn anew when what it reads changes.
pub(crate) fn live(draw: impl Fn() -> Node + Send + 'static) -> Node {
    fn erased(draw: Box<dyn Fn() -> Node + Send>) -> Node {
        Box::new((move || *draw()).into_any())
    }
    erased(Box::new(draw))
}

/// A part that is there or not.
pub(crate) fn live_if(draw: impl Fn() -> Option<Node> + Send + 'static) -> Node {
    live(move || draw().unwrap_or_else(nothing))
}

/// A text that changes.
pub(crate) fn live_text(write: impl Fn() -> String + Send + 'static) -> Node {
    fn erased(write: Box<dyn Fn() -> String + Send>) -> Node {
        Box::new((move || write()).into_any())
    }
    erased(Box::new(write))
}

/// Something derived that is costly to derive, or that should tell only of real changes.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    #[inline(never)]
    fn erased<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| read())
    }
    erased(Box::new(read))
}

/// Something derived anew at every reading.
pub(crate) fn derive<T: Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    #[inline(never)]
    fn erased<T: Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
        Signal::derive(read)
    }
    erased(Box::new(read))
}

/// A text that several closures read.
#[inline(never)]
pub(crate) fn keep(text: &str) -> StoredValue<String> {
    StoredValue::new(text.to_owned())
}
