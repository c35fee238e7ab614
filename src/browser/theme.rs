use sandtable_progress::Shelf;

use super::{document, storage::LocalStorage};

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, in the order they are offered.
    pub(crate) const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The name in markup and storage.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a name; of anything else, the system's.
    pub(crate) fn named(name: &str) -> Self {
        Theme::ALL
            .into_iter()
            .find(|theme| theme.as_str() == name)
            .unwrap_or_default()
    }

    /// The theme that was chosen on this device.
    pub(crate) fn stored() -> Self {
        // Without storage the system's theme is a fine one.
        LocalStorage
            .get(KEY)
            .ok()
            .flatten()
            .map_or_else(Theme::default, |name| Theme::named(&name))
    }

    /// Shows it and keeps it where that is possible.
    pub(crate) fn apply(self) {
        if let Some(root) = document().and_then(|document| document.document_element()) {
            let _ = root.set_attribute("data-theme", self.as_str());
        }
    }

    /// Keeps it for the next visit. Losing a theme is no loss worth a notice: records have one of their own.
    pub(crate) fn keep(self) {
        let _ = LocalStorage.set(KEY, self.as_str());
    }
}

const KEY: &str = "st1:theme";
