use leptos::prelude::*;

use super::grasp::Grasp;
use crate::live::{attr, on};

/// A token or a block: a button that can be dragged by its grip (by mouse from anywhere), or picked up and put down.
#[component]
pub(crate) fn PieceButton(
    /// The button's id in the page.
    dom_id: String,
    /// The piece's id.
    piece: String,
    /// The piece's text.
    html: String,
    /// The hand.
    grasp: Grasp,
) -> impl IntoView {
    let piece = StoredValue::new(piece);
    let is_held = attr(move || piece.with_value(|piece| grasp.has(piece)).to_string());
    view! {
        <button
            type="button"
            id=dom_id
            class="token"
            aria-pressed=is_held
            on:click=on(move |event| piece.with_value(|piece| grasp.clicked(piece, &event)))
            on:pointerdown=on(move |event| piece.with_value(|piece| grasp.down(piece, &event)))
            on:pointermove=on(move |event| grasp.moved(&event))
            on:pointerup=on(move |event| grasp.up(&event))
            on:pointercancel=on(move |_| grasp.lost())
            on:lostpointercapture=on(move |_| grasp.lost())
        >
            <span class="grip" aria-hidden="true"></span>
            <span inner_html=html></span>
        </button>
    }
    .into_any()
}
