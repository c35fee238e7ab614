use super::grasp::Grasp;
use crate::dom::{Node, el, html, keep, live_set, on_mouse, on_pointer, set};
use crate::reactive::*;

/// A token or a block: a button that can be dragged (by touch from its grip, by mouse from anywhere), or picked up and
/// put down. `what` and `of` make its id in the page.
pub(super) fn piece_button(what: &str, of: &str, piece: &str, grasp: Grasp) -> Node {
    let content = grasp.bench.pieces.html(piece);
    let piece = keep(piece);
    let attributes = vec![
        set("type", "button"),
        set("id", &grasp.bench.id(what, of)),
        set("class", "token"),
        live_set("aria-pressed", move || {
            Some(piece.with_value(|piece| grasp.has(piece)).to_string())
        }),
        on_mouse(move |event| piece.with_value(|piece| grasp.clicked(piece, &event))),
        on_pointer("pointerdown", move |event| {
            piece.with_value(|piece| grasp.down(piece, &event))
        }),
        on_pointer("pointermove", move |event| grasp.moved(&event)),
        on_pointer("pointerup", move |event| grasp.up(&event)),
        on_pointer("pointercancel", move |_| grasp.lost()),
        on_pointer("lostpointercapture", move |_| grasp.lost()),
    ];
    let grip = el("span", vec![set("class", "grip"), set("aria-hidden", "true")], vec![]);
    el(
        "button",
        attributes,
        vec![grip, el("span", vec![html(&content)], vec![])],
    )
}
