//! The editor without a screen: every change is a [`Command`], every key a step of a pure machine.
//!
//! An [`Editor`] owns the design. Canvas, outline, palette, inspector and toolbar call [`Editor::run`], or start an
//! [`Action`], which is the same thing behind a button, a key and a menu row. What the shell has to do is an [`Effect`].

mod actions;
mod announce;
mod apply;
mod busy;
mod change;
mod command;
mod inspector;
mod keys;
mod machine;
mod outline;
mod rehearsal;
mod search;
mod settings;
mod state;
mod suggest;
#[cfg(test)]
mod tests;
mod upkeep;
mod walk;

pub use crate::design::Item;
pub use actions::{Action, Record};
pub use announce::{proxy, whole};
pub use apply::{Limits, apply};
pub use change::Change;
pub use command::Command;
pub use inspector::{Check, Choice, Control, DROP, Field, FieldId, Input, RouteRow, fields, input};
pub use keys::{Effect, Key, Press, Urgency, Zoom, common as anywhere, step};
pub use machine::{Input as Gesture, Landing, Machine, Modifiers, Out, Pointer, PointerKind, Sight};
pub use outline::{Column, Filter, Outline, Place, Row};
pub use rehearsal::{Hands, rehearse};
pub use search::{Carry, Hit, Mode, Purpose, Search, Target};
pub use state::{Done, Editor};
