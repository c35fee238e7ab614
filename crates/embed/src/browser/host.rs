use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use sandtable_exercise::Quiz;
use sandtable_exercise::read::{self, ReadError};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::json;
use crate::kept::kept;
use crate::quiz;
use crate::reactive::{self, Id, RwSignal};

/// What a quiz stands in.
pub(crate) struct Home {
    /// The element that the host gave.
    pub(crate) root: web_sys::HtmlElement,
    port: js_sys::Function,
    /// The seed of the first layout.
    pub(super) seed: Cell<Option<u32>>,
}

impl Home {
    /// Whether single keys act. Asked anew each time: the host may change its mind.
    pub(crate) fn has_keys(&self) -> bool {
        self.root.get_attribute("data-keys").as_deref() != Some("off")
    }
}

/// The home of the quiz that runs now.
pub(crate) fn home() -> Option<Rc<Home>> {
    reactive::here()?.downcast().ok()
}

/// The way to tell the host something.
#[derive(Clone, Copy)]
pub(crate) struct Port;

impl Port {
    /// Tells the host. What goes wrong on its side is its own affair.
    #[allow(clippy::unused_self)] // whoever tells something was given a port
    pub(crate) fn tell(self, what: &str, about: &str, text: &str) {
        if let Some(home) = home() {
            let says = [what, about, text].map(JsValue::from_str);
            let _ = home.port.call3(&JsValue::NULL, &says[0], &says[1], &says[2]);
        }
    }
}

/// A quiz on a page; `free()` takes it off.
#[wasm_bindgen]
pub struct Handle(Id, RwSignal<Arc<Quiz>>);

#[wasm_bindgen]
impl Handle {
    /// Gives the quiz all its questions, where it began with the first alone. Says what [`mount`] says where they cannot be
    /// read.
    pub fn complete(&self, file: &JsValue) -> Result<(), JsValue> {
        let quiz = read(&json::value(file, 12))?;
        self.1.set(Arc::new(quiz));
        Ok(())
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        reactive::dispose(self.0);
    }
}

/// Reads what JavaScript has parsed of a file.
fn read(file: &Value) -> Result<Quiz, JsValue> {
    read::quiz_of(file).map_err(|error| match error {
        ReadError::NewFormat(_) => JsValue::from_str(""),
        ReadError::Broken(why) => JsValue::from_str(&why),
    })
}

/// Mounts a quiz into an element, which may stand in a shadow root. `file` is what JavaScript has parsed of it, whole or with
/// its first question and how many there are (`of`), `item` the
/// id of the one to begin with, or nothing, `seed` lays that out, `before` is what was kept of it (see [`crate::kept`]), or
/// nothing. The port is called with what the quiz has to say: `graded`, an item, and its score in per cent; `item` and the
/// one that is shown; `run`, an item, and its run as JSON; `unread` and an item whose run was kept and cannot be read.
///
/// # Errors
///
/// Says nothing where the file is of another version, and otherwise why it cannot be read.
#[wasm_bindgen]
pub fn mount(
    root: web_sys::HtmlElement,
    file: &JsValue,
    item: &str,
    seed: Option<u32>,
    port: js_sys::Function,
    before: &JsValue,
) -> Result<Handle, JsValue> {
    let file = json::value(file, 12);
    let quiz = read(&file)?;
    let of = file.get("of").and_then(Value::as_u64).map_or(0, |of| of as usize);
    let home = Rc::new(Home {
        root,
        port,
        seed: Cell::new(seed),
    });
    let id = reactive::scope(home.clone());
    let mut given = Some((quiz, kept(&json::value(before, 12))));
    let mut all = None;
    reactive::inside(Some(id), &mut || {
        if let Some((quiz, kept)) = given.take() {
            let quiz = RwSignal::new(Arc::new(quiz));
            quiz::draw(quiz, of, item, kept).put_into(&home.root);
            all = Some(quiz);
        }
    });
    all.map(|all| Handle(id, all)).ok_or(JsValue::UNDEFINED)
}
