use sandtable_exercise::ghost::{Ghost, ghost};
use sandtable_exercise::hand::Target;
use wasm_bindgen::JsCast;

use super::element_at;

/// The attribute by which an element says which target it is: `slot:ID`, `row:N` or `tray`.
pub(crate) const PLACE: &str = "data-place";

/// The target under a point of the viewport. A row is the gap before or after it, by the half that the point is in.
pub(crate) fn target_at(x: f64, y: f64) -> Option<Target> {
    #[allow(clippy::cast_possible_truncation)] // a coordinate of a screen
    let element = element_at(x as f32, y as f32)?;
    let element = element.closest(&format!("[{PLACE}]")).ok()??;
    let place = element.get_attribute(PLACE)?;
    match place.split_once(':') {
        Some(("slot", id)) => Some(Target::Slot(id.to_owned())),
        Some(("row", index)) => {
            let rect = element.get_bounding_client_rect();
            let is_lower_half = y > rect.top() + rect.height() / 2.0;
            Some(Target::Gap(index.parse::<usize>().ok()? + usize::from(is_lower_half)))
        }
        Some(("gap", index)) => Some(Target::Gap(index.parse().ok()?)),
        _ => (place == "tray").then_some(Target::Tray),
    }
}

/// Keeps a pointer on the element it went down on, until it goes up.
pub(crate) fn capture(event: &web_sys::PointerEvent) {
    let Some(element) = current_target(event) else { return };
    let _ = element.set_pointer_capture(event.pointer_id());
}

/// True when the pointer is a mouse or pen that drags from anywhere, or went down on a grip.
pub(crate) fn may_drag(event: &web_sys::PointerEvent) -> bool {
    let on_grip = || {
        let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        target.closest(".grip").ok().flatten()
    };
    event.button() == 0 && (event.pointer_type() != "touch" || on_grip().is_some())
}

/// How wide the element an event was caught on is laid out, and drawn, in CSS pixels.
pub(crate) fn size(event: &web_sys::PointerEvent) -> (f64, f64) {
    let width = |element: web_sys::Element| {
        let drawn = element.get_bounding_client_rect().width();
        let element: web_sys::HtmlElement = element.dyn_into().ok()?;
        Some((f64::from(element.offset_width()), drawn))
    };
    current_target(event).and_then(width).unwrap_or_default()
}

/// Has an element of the top layer follow a pointer; `size` is that of what it stands for.
pub(crate) fn follow(element: &web_sys::HtmlElement, at: (f64, f64), size: (f64, f64)) {
    let zoom = js_sys::Reflect::get(element, &"currentCSSZoom".into());
    let zoom = zoom.ok().and_then(|zoom| zoom.as_f64()).unwrap_or(1.0);
    let Ghost { x, y, width, percent } = ghost(at, size.0, size.1, zoom);
    let style = element.style();
    let _ = style.set_property("width", &format!("{width}px"));
    let _ = style.set_property("transform", &format!("translate({x}px,{y}px) scale({percent}%)"));
}

/// Gives the field that was changed the value it had.
pub(crate) fn put_back(event: &web_sys::Event, value: &str) {
    if let Some(field) = event.target() {
        let _ = js_sys::Reflect::set(&field, &"value".into(), &value.into());
    }
}

/// Shows an element in the top layer, above everything and outside every transform.
pub(crate) fn show_on_top(element: &web_sys::HtmlElement) {
    // Absent in old browsers: then it is shown in place, which is right wherever nothing is scaled.
    let _ = element.show_popover();
}

fn current_target(event: &web_sys::PointerEvent) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into().ok()
}
