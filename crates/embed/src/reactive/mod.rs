//! Values that tell of changes: the part of Leptos' interface that the shared views use, in a form that is compiled once.
//!
//! The views of a quiz are written against signals, memos and effects. In the app these are those of Leptos; its machinery
//! alone is as large as all that an embedded quiz may weigh, so here the same names stand over one small graph, which
//! knows nothing of types. It has no browser in it and is tested without one.
//!
//! As with Leptos, effects run later, all at once, in the order in which they were made; what is made inside an effect
//! goes when the effect runs again.

mod graph;
mod values;

pub(crate) use graph::{Id, dispose, flush, here, inside, on_cleanup, owner, refresh, schedule_by, scope, untrack};
#[allow(unused_imports)] // the views name it where they import all that is here
pub(crate) use values::{Callback, Effect, LocalStorage, Memo, RwSignal, Signal, StoredValue, effect};

#[cfg(test)]
mod tests;
