//! What the views are written against. Those of a quiz are compiled a second time for embeds, where these names stand for
//! something smaller: see `crates/embed`.

pub(crate) use leptos::prelude::*;
