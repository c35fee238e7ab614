use leptos::html::Div;
use leptos::prelude::*;

use super::grasp::Grasp;
use crate::browser::pointer;
use crate::live::{attr, live_if, memo};

/// What follows the pointer while a piece is dragged: in the top layer, placed by SVG attributes, since no inline style
/// is allowed and no transform of a host may bend it.
#[component]
pub(crate) fn Ghost(
    /// The hand.
    grasp: Grasp,
    /// The piece's text by its id.
    label: Callback<String, String>,
) -> impl IntoView {
    let layer: NodeRef<Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(layer) = layer.get() {
            pointer::show_on_top(&layer);
        }
    });
    let piece = memo(move || grasp.dragged().map(|(piece, ..)| piece));
    live_if(move || {
        piece.get().map(|piece| {
            let text = label.run(piece);
            let at = move || grasp.dragged().map_or((0.0, 0.0), |(_, at, _)| at);
            let (width, height) = untrack(|| grasp.dragged()).map_or((0.0, 0.0), |(_, _, size)| size);
            // A little off the pointer, so that what is under it can be seen; in whole pixels.
            let shift = attr(move || format!("translate({} {})", whole(at().0) + 8, whole(at().1) + 8));
            view! {
                <div class="ghost" popover="manual" aria-hidden="true" node_ref=layer>
                    <svg>
                        <g transform=shift>
                            <foreignObject width=whole(width.clamp(120.0, 420.0)).to_string() height=whole(height.max(44.0)).to_string()>
                                <div class="ghost-piece">{text}</div>
                            </foreignObject>
                        </g>
                    </svg>
                </div>
            }
            .into_any()
        })
    })
}

#[allow(clippy::cast_possible_truncation)] // a coordinate of a screen
fn whole(pixels: f64) -> i32 {
    pixels as i32
}
