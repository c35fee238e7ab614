//! Parts of a page that change. Every closure in a view is a type of its own, and Leptos compiles its machinery once for
//! each of them: 46 closures were a third of the page's bytes. These thin shells box the closure first, so that the
//! machinery is compiled once for each sort of thing.

use leptos::prelude::*;

/// A part that is drawn anew when what it reads changes.
pub(crate) fn live(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    fn erased(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
        (move || draw()).into_any()
    }
    erased(Box::new(draw))
}

/// A part that is there or not.
pub(crate) fn live_if(draw: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    live(move || draw().unwrap_or_else(|| ().into_any()))
}

/// A text that changes.
pub(crate) fn text(write: impl Fn() -> String + Send + 'static) -> AnyView {
    fn erased(write: Box<dyn Fn() -> String + Send>) -> AnyView {
        (move || write()).into_any()
    }
    erased(Box::new(write))
}

/// An attribute or property that changes. (`Signal` boxes its closure itself.)
pub(crate) fn attr<T: Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    Signal::derive(read)
}

/// Something derived that is costly to derive, or that should tell only of real changes.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    fn erased<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| read())
    }
    erased(Box::new(read))
}

/// What an event does.
pub(crate) fn on<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}
