//! A builder on a page: draws what its `Desk` says, and tells it what happens.
//!
//! The page is a [`Tree`] that is compared with the one before; only what differs is touched. One listener of each sort
//! hangs on the root, and elements carry what they do as data. This is what the builder has in place of Leptos, whose
//! machinery is compiled anew for closures of every sort.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use sandtable_architecture::editor::{Gesture, Pointer, Press};
use sandtable_architecture::geometry::Rect;
use sandtable_browser::{active_in, now, save, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use live::Live;
use stage::{Drawing, Happening};

use crate::act::{Act, At, Down, Event, On, Phase, Pull};
use crate::desk::{Desk, Do, PROXY, Panels};
use crate::draw;

mod live;
mod stage;

/// The element that a host gave, and the one function by which it is told of things.
pub struct Host {
    root: web_sys::HtmlElement,
    port: js_sys::Function,
}

/// What is mounted; it is gone when this is dropped.
pub struct Mounted(Rc<Page>);

/// A closure that the browser calls, also in the middle of itself: a field that is taken away tells of its last change.
type Listener = Closure<dyn Fn(web_sys::Event)>;

struct Page {
    host: Host,
    desk: RefCell<Desk>,
    live: RefCell<Option<Live>>,
    drawing: RefCell<Option<Drawing>>,
    /// Calls of the browser that hold on to this page.
    calls: RefCell<Option<Calls>>,
    /// What gets the focus next.
    focus: RefCell<Option<String>>,
    /// What lies over the drawing: where the proxy is, whether that is a part, whether a gesture is going on.
    over: Cell<Option<(Option<Rect>, bool, bool)>>,
    /// The call that is on its way before the next picture, and the one after this task.
    frame: Cell<Option<i32>>,
    task: Cell<Option<i32>>,
    /// The next picture is being made now.
    is_in_frame: Cell<bool>,
    /// The last move of a pointer over the drawing. It is told once a picture, or before whatever else happens there.
    moved: Cell<Option<Pointer>>,
    /// Moves are listened to on the root, too.
    is_pulling: Cell<bool>,
}

struct Calls {
    event: Listener,
    key: Listener,
    /// Where `key` listens: the document, or the shadow root in which the builder stands and keeps its keys to itself.
    around: web_sys::Node,
    frame: Closure<dyn FnMut()>,
    task: Closure<dyn FnMut()>,
}

/// What is listened to on the root.
const EVENTS: [&str; 6] = ["click", "change", "input", "keydown", "pointerdown", "focusout"];

/// The same, while a pointer is down on a kind of the palette: else each step of a drag over the drawing, which hears of
/// pointers by itself, were called for twice.
const PULLS: [&str; 3] = ["pointermove", "pointerup", "pointercancel"];

impl fmt::Debug for Mounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mounted")
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

impl Host {
    /// An element and a function that takes what is said, what it is about, and a text.
    #[must_use]
    pub fn new(root: web_sys::HtmlElement, port: js_sys::Function) -> Self {
        Host { root, port }
    }

    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        now()
    }

    /// Puts a desk on the page.
    pub(crate) fn mount(self, desk: Desk) -> Mounted {
        let page = Rc::new(Page {
            host: self,
            desk: RefCell::new(desk),
            live: RefCell::new(None),
            drawing: RefCell::new(None),
            calls: RefCell::new(None),
            focus: RefCell::new(None),
            over: Cell::new(None),
            frame: Cell::new(None),
            task: Cell::new(None),
            is_in_frame: Cell::new(false),
            moved: Cell::new(None),
            is_pulling: Cell::new(false),
        });
        page.listen();
        page.settle();
        page.attach();
        Mounted(page)
    }
}

impl Mounted {
    /// Shows a stage, by the word that an address ends in.
    pub fn show(&self, stage: &str) {
        self.0.with(|desk| desk.ask(stage));
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let page = &self.0;
        page.drawing.take();
        if let Some(calls) = page.calls.take() {
            for name in EVENTS.into_iter().chain(PULLS) {
                let call = calls.event.as_ref().unchecked_ref();
                let _ = page.host.root.remove_event_listener_with_callback(name, call);
            }
            let call = calls.key.as_ref().unchecked_ref();
            let _ = calls.around.remove_event_listener_with_callback("keydown", call);
            // What is still on its way would call what is gone.
            if let Some(window) = window() {
                if let Some(frame) = page.frame.take() {
                    let _ = window.cancel_animation_frame(frame);
                }
                if let Some(task) = page.task.take() {
                    window.clear_timeout_with_handle(task);
                }
            }
        }
        page.host.root.set_text_content(None);
    }
}

impl Page {
    fn listen(self: &Rc<Self>) {
        let on = |take: fn(&Rc<Page>, &web_sys::Event)| {
            let page = Rc::downgrade(self);
            Listener::new(move |event: web_sys::Event| {
                if let Some(page) = page.upgrade() {
                    take(&page, &event);
                }
            })
        };
        let at = |take: fn(&Page)| {
            let page = Rc::downgrade(self);
            Closure::<dyn FnMut()>::new(move || {
                if let Some(page) = page.upgrade() {
                    take(&page);
                }
            })
        };
        let calls = Calls {
            event: on(Page::happens),
            key: on(|page, event| page.key(event)),
            around: self.host.root.get_root_node(),
            frame: at(Page::asked_frame),
            task: at(Page::task),
        };
        for name in EVENTS {
            let call = calls.event.as_ref().unchecked_ref();
            let _ = self.host.root.add_event_listener_with_callback(name, call);
        }
        let call = calls.key.as_ref().unchecked_ref();
        let _ = calls.around.add_event_listener_with_callback("keydown", call);
        self.calls.replace(Some(calls));
    }

    /// The drawing goes into the element that the page has for it.
    fn attach(self: &Rc<Self>) {
        let stage = self.host.root.query_selector(".stage").ok().flatten();
        let Some(stage) = stage.and_then(|stage| stage.dyn_into().ok()) else {
            return;
        };
        let page = Rc::downgrade(self);
        let drawing = Drawing::build(stage, move |happening| {
            if let Some(page) = page.upgrade() {
                page.over(happening);
            }
        });
        let size = drawing.as_ref().map(Drawing::size);
        self.drawing.replace(drawing);
        self.over.set(None);
        self.with(|desk| {
            desk.draw_anew();
            if let Some(size) = size {
                desk.resized(size);
            }
        });
    }

    /// Changes the desk, and does what then has to be done.
    fn with<T>(&self, change: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        // Something that the browser tells while the page is being changed is about what is gone.
        let mut desk = self.desk.try_borrow_mut().ok()?;
        desk.now = now();
        let done = change(&mut desk);
        drop(desk);
        self.settle();
        Some(done)
    }

    /// Draws what is dirty, and does what the desk asks for.
    fn settle(&self) {
        let out = {
            let Ok(mut desk) = self.desk.try_borrow_mut() else {
                return;
            };
            desk.settle();
            if desk.dirty != Panels::NONE {
                let tree = draw(&desk);
                desk.dirty = Panels::NONE;
                let mut live = self.live.borrow_mut();
                match live.as_mut() {
                    Some(live) => live.update(tree),
                    None => *live = Live::build(tree, &self.host.root),
                }
            }
            if !desk.patches.is_empty() && !self.is_in_frame.get() {
                self.ask_for_frame();
            }
            if let Some(drawing) = self.drawing.borrow().as_ref() {
                let rect = desk.proxy_rect();
                let over = (rect, desk.is_on_part(), desk.is_busy());
                // Every touch of a style is work for the browser, and a step of a drag moves none of these.
                if self.over.replace(Some(over)) != Some(over) {
                    drawing.put(".proxy", rect.unwrap_or(Rect::new(8, 8, 44, 44)));
                    drawing.set_grip(rect.filter(|_| over.1));
                    drawing.set_busy(over.2);
                }
            }
            std::mem::take(&mut desk.out)
        };
        for one in out {
            self.run(one);
        }
    }

    fn run(&self, one: Do) {
        match one {
            Do::Tell(what, about, text) => {
                let [what, about, text] = [what, &about, &text].map(JsValue::from_str);
                // What goes wrong on the host's side is its own affair.
                let _ = self.host.port.call3(&JsValue::NULL, &what, &about, &text);
            }
            Do::Focus(selector) => self.focus_later(selector.into_owned()),
            Do::Reveal(selector, is_top) => {
                if let Ok(Some(element)) = self.host.root.query_selector(&selector) {
                    let how = web_sys::ScrollIntoViewOptions::new();
                    how.set_block(match is_top {
                        true => web_sys::ScrollLogicalPosition::Start,
                        false => web_sys::ScrollLogicalPosition::Nearest,
                    });
                    element.scroll_into_view_with_scroll_into_view_options(&how);
                }
            }
            Do::Turn => self.turn(),
            Do::Save(name, text) => {
                let is_saved = save(&name, &text);
                self.with(|desk| desk.saved(&name, is_saved));
            }
            Do::Choose => {
                let field = self.host.root.query_selector("input[type='file']").ok().flatten();
                if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
                    field.click();
                }
            }
            Do::Keys(is_open) => {
                let found = self.host.root.query_selector(".keys").ok().flatten();
                if let Some(list) = found.and_then(|list| list.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
                    match is_open {
                        true => drop(list.show_modal()),
                        false => list.close(),
                    }
                }
            }
            Do::Capture(pointer, keep) => {
                if let Some(drawing) = self.drawing.borrow().as_ref() {
                    drawing.capture(pointer, keep);
                }
            }
        }
    }

    /// The two proxies take turns, so that a screen reader hears of each part as of something new.
    fn turn(&self) {
        if self.active_in(".proxy").is_none() {
            return;
        }
        let is_second = self.with(|desk| {
            desk.turn(true);
            desk.is_second()
        });
        self.focus_later(match is_second {
            Some(true) => ".proxy.second".to_owned(),
            _ => ".proxy.first".to_owned(),
        });
    }

    fn focus_later(&self, selector: String) {
        self.focus.replace(Some(selector));
        self.ask_for(&self.task, |calls, window| {
            window.set_timeout_with_callback(calls.task.as_ref().unchecked_ref())
        });
    }

    fn ask_for_frame(&self) {
        self.ask_for(&self.frame, |calls, window| {
            window.request_animation_frame(calls.frame.as_ref().unchecked_ref())
        });
    }

    fn ask_for(&self, asked: &Cell<Option<i32>>, ask: fn(&Calls, &web_sys::Window) -> Result<i32, JsValue>) {
        if let (None, Some(calls), Some(window)) = (asked.get(), self.calls.borrow().as_ref(), window()) {
            asked.set(ask(calls, &window).ok());
        }
    }

    /// What has the focus, where that is inside something of ours that a selector finds.
    fn active_in(&self, selector: &str) -> Option<web_sys::HtmlElement> {
        let active = active_in(&self.host.root)?;
        active.closest(selector).ok()?.map(|_| active)
    }

    /// After what was going on: the focus goes where it should.
    fn task(&self) {
        self.task.set(None);
        let wanted = self.focus.take().map(|selector| {
            // Both proxies may be there for a moment: the one whose turn it is stays.
            let is_second = self.desk.try_borrow().is_ok_and(|desk| desk.is_second());
            match (selector.as_str(), is_second) {
                (PROXY, true) => ".proxy.second".to_owned(),
                (PROXY, false) => ".proxy.first".to_owned(),
                _ => selector,
            }
        });
        let found = wanted.and_then(|selector| self.host.root.query_selector(&selector).ok().flatten());
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
        self.with(|desk| desk.turn(false));
    }

    fn asked_frame(&self) {
        self.frame.set(None);
        // A move comes with the picture that it is for: to wait for the next would make two of one.
        self.is_in_frame.set(true);
        self.tell_moved();
        self.is_in_frame.set(false);
        self.draw();
    }

    fn tell_moved(&self) {
        if let Some(moved) = self.moved.take() {
            self.with(|desk| desk.gesture(Gesture::Move(moved)));
        }
    }

    /// Before the next picture: what has to be drawn, all at once.
    fn draw(&self) {
        let Ok(mut desk) = self.desk.try_borrow_mut() else {
            return;
        };
        let patches = std::mem::take(&mut desk.patches);
        drop(desk);
        if let Some(drawing) = self.drawing.borrow_mut().as_mut() {
            drawing.apply(patches);
        }
    }

    // --- what happens ------------------------------------------------------------------------------------------------

    /// Something over the drawing.
    fn over(&self, happening: Happening) {
        let size = match (&happening, self.drawing.try_borrow()) {
            (Happening::Resized, Ok(drawing)) => drawing.as_ref().map(Drawing::size),
            _ => None,
        };
        // The surface takes no focus, so a field would not be left before it is taken away, and what was typed were lost.
        if matches!(happening, Happening::Gesture(Gesture::Down(_)))
            && let Some(field) = self.active_in(".inspector")
        {
            let _ = field.blur();
        }
        if let Happening::Gesture(Gesture::Move(moved)) = happening {
            self.moved.set(Some(moved));
            return self.ask_for_frame();
        }
        self.tell_moved();
        self.with(|desk| match happening {
            Happening::Gesture(gesture) => desk.gesture(gesture),
            Happening::Zoom(about, by) => desk.wheel(about, by),
            Happening::Resized => desk.resized(size.unwrap_or_default()),
        });
    }

    /// A key anywhere: Control and Enter press the primary button.
    fn key(&self, event: &web_sys::Event) {
        let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        if key.key() == "Enter" && (key.ctrl_key() || key.meta_key()) && !key.repeat() {
            event.prevent_default();
            // What was typed counts: a field tells of it when it is left.
            if let Some(field) = self.active_in(".inspector input") {
                let _ = field.blur();
                let _ = field.focus();
            }
            self.with(Desk::press);
        }
    }

    /// Something on the page: what it happened to, from the inside out, and what each of them does.
    fn happens(self: &Rc<Self>, event: &web_sys::Event) {
        let name = event.type_();
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let is = |selector: &str| matches!(target.closest(selector), Ok(Some(_)));
        if is("input[type='file']") && name == "change" {
            return self.open_file(target.unchecked_ref());
        }
        let (on, what) = match name.as_str() {
            "click" => {
                let is_pointer = event
                    .dyn_ref::<web_sys::UiEvent>()
                    .is_some_and(|event| event.detail() > 0);
                (On::Click, Event::Click { is_pointer })
            }
            "change" | "input" => {
                let field: &web_sys::HtmlInputElement = target.unchecked_ref();
                let (value, is_on) = (field.value(), field.checked());
                let on = if name == "input" { On::Input } else { On::Change };
                (on, Event::Given { value, is_on })
            }
            "keydown" => {
                let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
                    return;
                };
                let (pressed, control) = (key.key(), key.ctrl_key() || key.meta_key());
                if key.repeat() && is("#primary") && matches!(pressed.as_str(), "Enter" | " ") {
                    event.prevent_default();
                    return;
                }
                let at = if is(".search input") {
                    At::Search
                } else if is("select") {
                    At::List
                } else if is("button:not(.proxy)") {
                    At::Button
                } else if is("input:not([type='checkbox'])") {
                    At::Text
                } else {
                    At::Other
                };
                let down = Down {
                    press: Press::read(&pressed, key.shift_key(), control),
                    is_repeat: key.repeat(),
                    is_hosts: key.alt_key() || control && pressed == "Enter",
                    at,
                };
                (On::Key, Event::Key(down))
            }
            "focusout" => (On::Leave, Event::Left),
            _ => {
                let Some(pointer) = event.dyn_ref::<web_sys::PointerEvent>() else {
                    return;
                };
                let phase = match name.as_str() {
                    "pointerdown" => Phase::Down,
                    "pointermove" => Phase::Move,
                    "pointerup" => Phase::Up,
                    _ => Phase::Lost,
                };
                let Ok(drawing) = self.drawing.try_borrow() else { return };
                let Some(drawing) = drawing.as_ref() else { return };
                let pull = Pull {
                    pointer: drawing.pointer(pointer),
                    x: pointer.client_x(),
                    y: pointer.client_y(),
                    // By touch the list scrolls, and a tap on Add does the same.
                    may_drag: pointer.pointer_type() != "touch" && pointer.button() == 0 && !is("button"),
                };
                (On::Pointer, Event::Pointer(phase, pull))
            }
        };
        // The innermost that does something.
        let Ok(live) = self.live.try_borrow() else { return };
        let found = live.as_ref().and_then(|live| live.find(&target, on));
        drop(live);
        let Some((act, element)) = found.filter(|(_, element)| on != On::Leave || self.is_left(element, event)) else {
            return;
        };
        self.hold(&act, &what, &element);
        if self.with(|desk| desk.act(act, what)) == Some(true) {
            event.prevent_default();
            event.stop_propagation();
        }
        self.listen_to_pull();
    }

    /// Listens to all that a pointer does while it is down on a kind of the palette, and not longer.
    fn listen_to_pull(&self) {
        let is_pulling = self.desk.try_borrow().is_ok_and(|desk| desk.is_pulling());
        let calls = self.calls.borrow();
        let Some(calls) = calls
            .as_ref()
            .filter(|_| self.is_pulling.replace(is_pulling) != is_pulling)
        else {
            return;
        };
        let (root, call) = (&self.host.root, calls.event.as_ref().unchecked_ref());
        for name in PULLS {
            let _ = match is_pulling {
                true => root.add_event_listener_with_callback(name, call),
                false => root.remove_event_listener_with_callback(name, call),
            };
        }
    }

    /// True when the focus is not in an element any more. It stays there when it goes from one thing in it to another, and
    /// when the window loses it.
    fn is_left(&self, element: &web_sys::Element, event: &web_sys::Event) -> bool {
        let to = event
            .dyn_ref::<web_sys::FocusEvent>()
            .and_then(web_sys::FocusEvent::related_target)
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let active = active_in(&self.host.root);
        let is_inside = |node: Option<&web_sys::Node>| node.is_some_and(|node| element.contains(Some(node)));
        !is_inside(to.as_ref()) && !is_inside(active.as_deref().map(|active| active.as_ref()))
    }

    /// The text of a file that was chosen comes later.
    fn open_file(self: &Rc<Self>, field: &web_sys::HtmlInputElement) {
        let Some(file) = field.files().and_then(|files| files.get(0)) else {
            return;
        };
        let Ok(reader) = web_sys::FileReader::new() else { return };
        let (page, of) = (Rc::downgrade(self), reader.clone());
        let done = Closure::once_into_js(move || {
            if let Some(page) = page.upgrade() {
                let text = of.result().ok().and_then(|text| text.as_string());
                page.with(|desk| desk.open_file(text.as_deref()));
            }
        });
        reader.set_onloadend(Some(done.unchecked_ref()));
        // What is larger than any design is not read to its end.
        let part = file.slice_with_i32_and_i32(0, 1 << 20);
        let _ = part.and_then(|part| reader.read_as_text(&part));
        // The same file can be chosen again.
        field.set_value("");
    }

    /// A pointer that may drag out of the palette is kept on the row where it went down.
    fn hold(&self, act: &Act, what: &Event, element: &web_sys::Element) {
        if let (Act::Pull(_), Event::Pointer(Phase::Down, pull)) = (act, what)
            && pull.may_drag
        {
            let _ = element.set_pointer_capture(pull.pointer.id);
        }
    }
}
