//! The editor without a screen: every change is a [`Command`].

mod command;

pub use command::{Command, Item};
