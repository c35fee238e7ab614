//! The drawing of a builder: puts patches on the screen, and tells what pointers do over it.
//!
//! Three layers: the world (a scene, a box for what is dragged, an overlay) moves by one CSSOM transform; above it lies a
//! transparent surface, alone in taking pointers. So a gesture repaints only the box and the lines that cross to it.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use sandtable_architecture::editor::{Gesture, Modifiers, Pointer, PointerKind};
use sandtable_architecture::geometry::{GLYPHS, LAYERS, Layer, Node, Patch, Point, Rect, TEXT, Tag};
use sandtable_architecture::sorted::BTreeMap;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use sandtable_browser::{document, window};

/// What happens over the drawing.
#[derive(Clone, Debug)]
pub(crate) enum Happening {
    /// A pointer did something.
    Gesture(Gesture),
    /// The wheel was turned with Control held: nearer (negative) or farther, about a point.
    Zoom(Point, f64),
    /// The room for the drawing changed.
    Resized,
}

/// The elements of a drawing.
pub(crate) struct Drawing {
    root: web_sys::HtmlElement,
    world: web_sys::HtmlElement,
    moving: web_sys::HtmlElement,
    grip: web_sys::HtmlElement,
    /// The groups of the layers, by [`Layer::place`].
    layers: Vec<web_sys::Element>,
    nodes: BTreeMap<String, web_sys::Element>,
    _listeners: Vec<EventListener>,
    _observer: Option<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>,
}

const SVG: &str = "http://www.w3.org/2000/svg";

impl Drawing {
    /// Builds the layers into an element. `happens` is told of everything that pointers do there.
    pub(crate) fn build(root: web_sys::HtmlElement, happens: impl Fn(Happening) + 'static) -> Option<Self> {
        let (world, moving) = (div("world")?, div("moving")?);
        let (surface, input, grip) = (div("surface")?, div("input")?, div("touch-grip")?);
        let (scene, boxed, over) = (svg("svg", "scene")?, svg("svg", "boxed")?, svg("svg", "over")?);
        let defs = symbols()?;
        scene.append_child(&defs).ok()?;
        let mut layers = Vec::with_capacity(LAYERS);
        for place in 0..LAYERS {
            let (of, class) = if place == Layer::Box.place() {
                (&boxed, "layer-box")
            } else if place == Layer::Crossing.place() {
                (&over, "layer-links")
            } else if place == Layer::Overlay.place() {
                (&over, "layer-overlay")
            } else if place == Layer::Links.place() {
                (&scene, "layer-links")
            } else if place == Layer::Parts.place() {
                (&scene, "layer-parts")
            } else if place == Layer::Marks.place() {
                (&scene, "layer-marks")
            } else {
                (&scene, "layer-containers")
            };
            let group = svg("g", class)?;
            of.append_child(&group).ok()?;
            layers.push(group);
        }
        moving.append_child(&boxed).ok()?;
        for part in [&scene, moving.as_ref(), &over] {
            world.append_child(part).ok()?;
        }
        surface.append_child(&input).ok()?;
        surface.append_child(&grip).ok()?;
        world.set_attribute("aria-hidden", "true").ok()?;
        surface.set_attribute("aria-hidden", "true").ok()?;
        root.prepend_with_node_2(&world, &surface).ok()?;
        let happens: Rc<dyn Fn(Happening)> = Rc::new(happens);
        let listeners = listen(&root, &surface, &happens);
        let observer = observe(&root, happens);
        Some(Drawing {
            root,
            world,
            moving,
            grip,
            layers,
            nodes: BTreeMap::new(),
            _listeners: listeners,
            _observer: observer,
        })
    }

    /// Puts changes on the screen.
    pub(crate) fn apply(&mut self, patches: Vec<Patch>) {
        for patch in patches {
            match patch {
                Patch::Add(node) => self.add(node),
                Patch::Remove(id) => {
                    if let Some(element) = self.nodes.remove(&id) {
                        element.remove();
                    }
                }
                Patch::Attr { id, name, value } => {
                    if let Some(element) = self.nodes.get(&id) {
                        set(element, name, &value);
                    }
                }
                Patch::Box { dx, dy } => transform(&self.moving, &format!("translate({dx}px,{dy}px)")),
                Patch::Camera(camera) => {
                    transform(&self.world, &camera.transform());
                    // The dots of the ground go with it.
                    let style = self.root.style();
                    let dots = 16 * camera.scale * if camera.scale < 500 { 2 } else { 1 };
                    let _ = style.set_property("--x", &format!("{}px", camera.x));
                    let _ = style.set_property("--y", &format!("{}px", camera.y));
                    let _ = style.set_property("--dots", &format!("{}.{:03}px", dots / 1000, dots % 1000));
                    let _ = self.root.class_list().toggle_with_force("far", camera.scale < 350);
                }
            }
        }
    }

    /// A gesture is going on, or not: the world has a layer of its own meanwhile.
    pub(crate) fn set_busy(&self, is_busy: bool) {
        let _ = self.root.class_list().toggle_with_force("busy", is_busy);
    }

    /// Where a finger may drag instead of scrolling: over the selected part, in pixels of the stage.
    pub(crate) fn set_grip(&self, rect: Option<Rect>) {
        self.grip.set_hidden(rect.is_none());
        if let Some(rect) = rect {
            place(&self.grip, rect);
        }
    }

    /// Puts an element of the page over a place of the drawing.
    pub(crate) fn put(&self, selector: &str, rect: Rect) {
        let found = self.root.query_selector_all(selector);
        let Ok(found) = found else { return };
        for at in 0..found.length() {
            if let Some(element) = found.get(at).and_then(|node| node.dyn_into().ok()) {
                place(&element, rect);
            }
        }
    }

    /// The room there is, in the stage's own pixels.
    pub(crate) fn size(&self) -> (i32, i32) {
        (self.root.client_width(), self.root.client_height())
    }

    /// Keeps a pointer on the surface, or lets it go.
    pub(crate) fn capture(&self, pointer: i32, keep: bool) {
        let Ok(Some(surface)) = self.root.query_selector(".surface") else {
            return;
        };
        let _ = match keep {
            true => surface.set_pointer_capture(pointer),
            false => surface.release_pointer_capture(pointer),
        };
    }

    /// A pointer event as a gesture's pointer, wherever it was caught.
    pub(crate) fn pointer(&self, event: &web_sys::PointerEvent) -> Pointer {
        pointer(&self.root, event)
    }

    fn add(&mut self, node: Node) {
        let tag = match node.tag {
            Tag::Rect => "rect",
            Tag::Path => "path",
            Tag::Text => "text",
        };
        let (Some(element), Some(layer)) = (svg(tag, ""), self.layers.get(node.layer.place())) else {
            return;
        };
        for (name, value) in &node.attrs {
            set(&element, name, value);
        }
        let _ = layer.append_child(&element);
        if let Some(before) = self.nodes.insert(node.id, element) {
            before.remove();
        }
    }
}

fn set(element: &web_sys::Element, name: &str, value: &str) {
    if name == TEXT {
        element.set_text_content(Some(value));
    } else {
        let _ = element.set_attribute(name, value);
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self._observer {
            observer.disconnect();
        }
    }
}

fn div(class: &str) -> Option<web_sys::HtmlElement> {
    let element: web_sys::HtmlElement = document()?.create_element("div").ok()?.dyn_into().ok()?;
    element.set_class_name(class);
    Some(element)
}

fn svg(tag: &str, class: &str) -> Option<web_sys::Element> {
    let element = document()?.create_element_ns(Some(SVG), tag).ok()?;
    let _ = element.set_attribute("class", class);
    Some(element)
}

/// The pictures of the kinds, to be used by `use`.
fn symbols() -> Option<web_sys::Element> {
    let defs = svg("defs", "")?;
    for glyph in &GLYPHS {
        let symbol = svg("symbol", "")?;
        symbol.set_attribute("id", glyph.symbol).ok()?;
        symbol.set_attribute("viewBox", "0 0 24 24").ok()?;
        for (class, path, shift) in [
            ("glyph-frame", glyph.frame, (0, 0)),
            ("glyph-mark", glyph.mark, glyph.shift),
        ] {
            let drawn = svg("path", class)?;
            drawn.set_attribute("d", path).ok()?;
            if shift != (0, 0) {
                drawn
                    .set_attribute("transform", &format!("translate({} {})", shift.0, shift.1))
                    .ok()?;
            }
            symbol.append_child(&drawn).ok()?;
        }
        defs.append_child(&symbol).ok()?;
    }
    let (hatch, line) = (svg("pattern", "")?, svg("path", "hatch-line")?);
    for (name, value) in [
        ("id", "hatch"),
        ("width", "6"),
        ("height", "6"),
        ("patternUnits", "userSpaceOnUse"),
        ("patternTransform", "rotate(45)"),
    ] {
        hatch.set_attribute(name, value).ok()?;
    }
    line.set_attribute("d", "M1.5 0v6").ok()?;
    hatch.append_child(&line).ok()?;
    defs.append_child(&hatch).ok()?;
    Some(defs)
}

fn transform(element: &web_sys::HtmlElement, to: &str) {
    let _ = element.style().set_property("transform", to);
}

fn place(element: &web_sys::HtmlElement, rect: Rect) {
    let style = element.style();
    for (name, value) in [("left", rect.x), ("top", rect.y), ("width", rect.w), ("height", rect.h)] {
        let _ = style.set_property(name, &format!("{value}px"));
    }
}

#[allow(clippy::cast_possible_truncation)] // a coordinate of a screen
fn point(root: &web_sys::HtmlElement, event: &web_sys::MouseEvent) -> Point {
    let rect = root.get_bounding_client_rect();
    // A slide may be scaled: from pixels of the screen to those of the stage.
    let own = |there: f64, from: f64, long: f64, own: i32| {
        let scale = if long > 0.0 { f64::from(own) / long } else { 1.0 };
        ((there - from) * scale).round() as i32
    };
    Point::new(
        own(event.client_x().into(), rect.left(), rect.width(), root.offset_width()),
        own(event.client_y().into(), rect.top(), rect.height(), root.offset_height()),
    )
}

fn pointer(root: &web_sys::HtmlElement, event: &web_sys::PointerEvent) -> Pointer {
    Pointer {
        id: event.pointer_id(),
        stage: point(root, event),
        kind: match event.pointer_type().as_str() {
            "touch" => PointerKind::Touch,
            "pen" => PointerKind::Pen,
            _ => PointerKind::Mouse,
        },
        buttons: event.buttons(),
        keys: Modifiers {
            shift: event.shift_key(),
            control: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
        },
    }
}

/// Everything that pointers do.
fn listen(
    root: &web_sys::HtmlElement,
    surface: &web_sys::HtmlElement,
    happens: &Rc<dyn Fn(Happening)>,
) -> Vec<EventListener> {
    let options = EventListenerOptions::enable_prevent_default;
    let mut listeners = Vec::new();
    for name in [
        "pointerdown",
        "pointermove",
        "pointerup",
        "pointercancel",
        "lostpointercapture",
    ] {
        let (root, happens) = (root.clone(), happens.clone());
        listeners.push(EventListener::new_with_options(
            surface,
            name,
            options(),
            move |event| {
                let Some(event) = event.dyn_ref::<web_sys::PointerEvent>() else {
                    return;
                };
                let at = pointer(&root, event);
                happens(Happening::Gesture(match name {
                    "pointermove" => Gesture::Move(at),
                    "pointerdown" => Gesture::Down(at),
                    "pointerup" => Gesture::Up(at),
                    _ => Gesture::Lost(at.id),
                }));
            },
        ));
    }
    // Without this a drag selects text, which costs more than the drag.
    for name in ["mousedown", "dragstart"] {
        listeners.push(EventListener::new_with_options(surface, name, options(), |event| {
            event.prevent_default()
        }));
    }
    let (from, told) = (root.clone(), happens.clone());
    listeners.push(EventListener::new_with_options(
        surface,
        "wheel",
        options(),
        move |event| {
            // The wheel scrolls the page; only with Control, which is what a touchpad's pinch is, it zooms.
            if let Some(event) = event.dyn_ref::<web_sys::WheelEvent>().filter(|event| event.ctrl_key()) {
                event.prevent_default();
                told(Happening::Zoom(point(&from, event), event.delta_y()));
            }
        },
    ));
    if let Some(window) = window() {
        let told = happens.clone();
        listeners.push(EventListener::new(&window, "blur", move |_| {
            told(Happening::Gesture(Gesture::Blur))
        }));
    }
    listeners
}

fn observe(
    root: &web_sys::HtmlElement,
    happens: Rc<dyn Fn(Happening)>,
) -> Option<(web_sys::ResizeObserver, Closure<dyn FnMut()>)> {
    let told = Closure::<dyn FnMut()>::new(move || happens(Happening::Resized));
    let observer = web_sys::ResizeObserver::new(told.as_ref().unchecked_ref()).ok()?;
    observer.observe(root);
    Some((observer, told))
}
