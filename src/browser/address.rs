use gloo_events::EventListener;

use super::{document, window};

pub(crate) use sandtable_browser::fragment;

/// Goes to another fragment, with an entry in the history.
pub(crate) fn go(fragment: &str) {
    if let Some(window) = window() {
        // Fails only for an address that is no address; ours is built from ids.
        let _ = window.location().set_hash(fragment);
    }
}

/// Calls back with every new fragment, for as long as the page lives.
pub(crate) fn on_change(mut changed: impl FnMut(String) + 'static) {
    let Some(window) = window() else { return };
    EventListener::new(&window, "hashchange", move |_| changed(fragment())).forget();
}

/// The address of the site, with a slash at its end.
pub(crate) fn site() -> String {
    let page = window().and_then(|window| window.location().href().ok());
    let page = page.unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    page.rsplit_once('/')
        .map_or(String::new(), |(site, _)| [site, "/"].concat())
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Sets the title of the page.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}
