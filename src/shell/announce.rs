use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;
use crate::dom::{Node, el, live_text, set};

/// The live regions: each says the last thing it was given, 100 ms after it came, and is empty again after ten seconds.
#[derive(Clone, Copy)]
pub(crate) struct Announcer {
    polite: Region,
    assertive: Region,
}

/// One of them. What the other says does not keep this one from being emptied.
#[derive(Clone, Copy)]
struct Region {
    text: RwSignal<String>,
    /// Counts what was given, so that only the last of a burst is said.
    given: StoredValue<u64>,
}

impl Announcer {
    /// Empty regions.
    pub(crate) fn new() -> Self {
        let empty = || Region {
            text: RwSignal::new(String::new()),
            given: StoredValue::new(0),
        };
        Announcer {
            polite: empty(),
            assertive: empty(),
        }
    }

    /// Says something when the reader comes to a pause.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.polite.put(text.into());
    }

    /// Says something at once: what is lost if it is not heard now.
    pub(crate) fn warn(self, text: impl Into<String>) {
        self.assertive.put(text.into());
    }

    /// The regions in the page: there from the start, as screen readers need it.
    pub(crate) fn view(self) -> Vec<Node> {
        let region = |role: &str, live: &str, region: Region| {
            el(
                "div",
                vec![set("class", "said"), set("role", role), set("aria-live", live)],
                vec![live_text(move || region.text.get())],
            )
        };
        vec![
            region("status", "polite", self.polite),
            region("alert", "assertive", self.assertive),
        ]
    }
}

impl Region {
    fn put(self, text: String) {
        let mine = self.given.get_value().wrapping_add(1);
        self.given.set_value(mine);
        let is_last = move || self.given.try_get_value() == Some(mine);
        leptos::task::spawn_local(async move {
            // Emptied first, so that the same words twice are two changes.
            self.text.try_set(String::new());
            clock::sleep(Duration::from_millis(100)).await;
            if is_last() {
                self.text.try_set(text);
            }
            clock::sleep(Duration::from_secs(10)).await;
            if is_last() {
                self.text.try_set(String::new());
            }
        });
    }
}
