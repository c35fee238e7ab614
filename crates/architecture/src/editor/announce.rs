use super::{Change, Command, Item};
use crate::design::Design;

/// What assistive technology is told of the current part or link: "Orders, SQL, subnet a, 2 links out, down". `state` is
/// what the shell knows of it, and may be empty.
#[must_use]
pub fn proxy(design: &Design, item: &Item, state: &str) -> String {
    let _ = (design, item, state);
    String::new()
}

/// The whole design, container by container, then the links.
#[must_use]
pub fn whole(design: &Design) -> String {
    let _ = design;
    String::new()
}

/// What a command did, in a sentence.
pub(super) fn command(before: &Design, after: &Design, command: &Command, change: &Change) -> String {
    let _ = (before, after, command, change);
    String::new()
}

/// A step's name, after "Undo:".
pub(super) fn step(before: &Design, after: &Design, command: &Command, change: &Change) -> String {
    let _ = (before, after, command, change);
    String::new()
}

/// Where the focus goes after a command.
pub(super) fn focus(
    before: &Design,
    after: &Design,
    command: &Command,
    change: &Change,
    was: Option<&Item>,
) -> Option<Item> {
    let _ = (before, after, command, change);
    was.cloned()
}
