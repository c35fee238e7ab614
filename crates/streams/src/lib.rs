//! What `server_fn` names of the crate `wasm-streams`, with nothing behind it.
//!
//! Leptos brings `server_fn`, which brings `wasm-streams`, and that gives functions of its own to JavaScript, so that no
//! linker can leave them out: 15 KB of wasm and a tenth of the script beside it, in each of our modules. Sandtable has no
//! server and so no server functions; nothing ever calls what is here.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsCast, JsValue};

/// A stream that is empty, whatever it is made of.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// As the browser has it.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        ReadableStream(raw)
    }

    /// Takes the stream and reads nothing from it.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        ReadableStream(JsValue::UNDEFINED.unchecked_into())
    }

    /// What the browser knows of it.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Ends at once.
    #[must_use]
    pub fn into_stream(self) -> Ended {
        Ended
    }
}

/// What is read: nothing.
#[derive(Debug)]
pub struct Ended;

impl Stream for Ended {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
