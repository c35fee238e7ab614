use super::grasp::Grasp;
use crate::browser::{Element, pointer};
use crate::dom::{Node, handed, live_if, memo, set, t};
use crate::reactive::*;

/// What follows the pointer while a piece is dragged: in the top layer, so that no transform of a host bends it. It is
/// moved through the object model, since no inline style is allowed.
pub(super) fn ghost(grasp: Grasp) -> Node {
    let piece = memo(move || grasp.dragged().map(|dragged| dragged.piece));
    live_if(move || {
        let text = grasp.bench.pieces.name(&piece.get()?);
        let attributes = vec![
            set("class", "ghost"),
            set("popover", "manual"),
            set("aria-hidden", "true"),
        ];
        Some(handed(attributes, vec![t(&text)], move |ghost: Element| {
            pointer::show_on_top(&ghost);
            Effect::new(move |_: Option<()>| {
                if let Some(dragged) = grasp.dragged() {
                    pointer::follow(&ghost, dragged.at, dragged.size);
                }
            });
        }))
    })
}
