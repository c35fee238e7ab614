use crate::browser::clock;
use crate::dom::{Node, el, live_text, set};
use crate::reactive::*;

/// The live region of one quiz: says the last thing it was given.
#[derive(Clone, Copy)]
pub(crate) struct Announcer {
    said: RwSignal<String>,
    given: StoredValue<u32>,
}

impl Announcer {
    /// An empty region.
    pub(crate) fn new() -> Self {
        Announcer {
            said: RwSignal::new(String::new()),
            given: StoredValue::new(0),
        }
    }

    /// Says something when the reader comes to a pause.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.put(text.into());
    }

    fn put(self, text: String) {
        let mine = self.given.get_value().wrapping_add(1);
        self.given.set_value(mine);
        // Emptied first, so that the same words twice are two changes.
        self.said.set(String::new());
        clock::after(100, move || {
            if self.given.try_update_value(|given| *given == mine) == Some(true) {
                self.said.try_set(text);
            }
        });
    }

    /// The region in the page: there from the start, as screen readers need it.
    pub(crate) fn view(self) -> Node {
        let attributes = vec![set("class", "said"), set("role", "status"), set("aria-live", "polite")];
        el("div", attributes, vec![live_text(move || self.said.get())])
    }
}
