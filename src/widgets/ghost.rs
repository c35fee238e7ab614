use leptos::html::Div;
use leptos::prelude::*;

use super::grasp::Grasp;
use crate::browser::pointer;
use crate::dom::{Node, live, live_if, memo};

/// What follows the pointer while a piece is dragged: in the top layer, placed by SVG attributes, since no inline style
/// is allowed and no transform of a host may bend it.
pub(super) fn ghost(grasp: Grasp) -> Node {
    let layer: NodeRef<Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(layer) = layer.get() {
            pointer::show_on_top(&layer);
        }
    });
    let piece = memo(move || grasp.dragged().map(|dragged| dragged.piece));
    live_if(move || {
        let text = grasp.bench.pieces.name(&piece.get()?);
        let (width, height) = untrack(|| grasp.dragged())?.size;
        let (width, height) = (whole(width.clamp(120.0, 420.0)), whole(height.max(44.0)));
        let drawing = live(move || {
            let at = grasp.dragged().map_or((0.0, 0.0), |dragged| dragged.at);
            // A little off the pointer, so that what is under it can be seen; in whole pixels.
            let shift = format!("translate({} {})", whole(at.0) + 8, whole(at.1) + 8);
            let text = text.clone();
            let view = view! {
                <svg>
                    <g transform=shift>
                        <foreignObject width=width.to_string() height=height.to_string()>
                            <div class="ghost-piece">{text}</div>
                        </foreignObject>
                    </g>
                </svg>
            };
            Box::new(view.into_any())
        });
        let view = view! { <div class="ghost" popover="manual" aria-hidden="true" node_ref=layer>{*drawing}</div> };
        Some(Box::new(view.into_any()))
    })
}

#[allow(clippy::cast_possible_truncation)] // a coordinate of a screen
fn whole(pixels: f64) -> i32 {
    pixels as i32
}
