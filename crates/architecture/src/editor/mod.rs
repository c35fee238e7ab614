//! The editor without a screen: every change is a [`Command`].

mod command;
mod machine;

pub use command::{Command, Item};
pub use machine::{Input, Landing, Machine, Modifiers, Out, Pointer, PointerKind, Sight};
