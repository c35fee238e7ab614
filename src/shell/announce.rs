use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;
use crate::live::text;

/// The polite live region: says the last thing it was given, 100 ms after it came, and is empty again after ten seconds.
#[derive(Clone, Copy)]
pub(crate) struct Announcer {
    text: RwSignal<String>,
    /// Counts what was given, so that only the last of a burst is said.
    given: StoredValue<u32>,
}

impl Announcer {
    /// An empty region.
    pub(crate) fn new() -> Self {
        Announcer { text: RwSignal::new(String::new()), given: StoredValue::new(0) }
    }

    /// Says something.
    pub(crate) fn say(self, text: impl Into<String>) {
        let text = text.into();
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

/// The region in the page: there from the start, as screen readers need it.
#[component]
pub(crate) fn LiveRegions(announcer: Announcer) -> impl IntoView {
    view! { <div class="said" role="status" aria-live="polite">{text(move || announcer.text.get())}</div> }
}
