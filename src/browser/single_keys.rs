use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use sandtable_progress::Shelf;

use super::storage::LocalStorage;

/// Set aside from storage, so that the switch works where nothing can be kept.
static ARE_OFF: AtomicBool = AtomicBool::new(false);

const KEY: &str = "st1:keys";
/// Its value where they are switched off.
pub(crate) const OFF: &str = "off";

/// Whether single keys act in an exercise.
pub(crate) fn are_on() -> bool {
    !ARE_OFF.load(Relaxed)
}

/// Takes up what was chosen on this device.
pub(crate) fn restore() {
    let stored = LocalStorage.get(KEY).ok().flatten();
    ARE_OFF.store(stored.as_deref() == Some(OFF), Relaxed);
}

/// Switches them, and keeps that for the next visit where it is possible.
pub(crate) fn switch(name: &str) {
    ARE_OFF.store(name == OFF, Relaxed);
    let _ = LocalStorage.set(KEY, name);
}
