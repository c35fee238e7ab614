/// Where records lie: a map of strings that may fail at any call. In a browser it is localStorage.
///
/// One implementation in `src/browser/` wraps the browser; the tests bring others that are absent, throw, fill up and
/// are shared by two tabs. `set` is expected to replace a value as a whole or not at all, as localStorage does.
pub trait Shelf {
    /// The value of a key, `None` when there is none.
    fn get(&self, key: &str) -> Result<Option<String>, ShelfError>;
    /// Writes a value.
    fn set(&self, key: &str, value: &str) -> Result<(), ShelfError>;
    /// Removes a key. The [`Keeper`](crate::Keeper) never calls it; it is for whoever probes a shelf.
    fn remove(&self, key: &str) -> Result<(), ShelfError>;
    /// All keys, in any order, those of others included.
    fn keys(&self) -> Result<Vec<String>, ShelfError>;
}

/// Why a [`Shelf`] refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelfError {
    /// There is no storage at all.
    Absent,
    /// The browser or the frame forbids it (`SecurityError`).
    Denied,
    /// No room is left (`QuotaExceededError`).
    Full,
    /// Anything else, in the browser's words.
    Other(String),
}
