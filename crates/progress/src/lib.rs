//! What a learner has done, and how it is kept.
//!
//! Pure: no browser, no clock, no randomness of its own, no I/O, and no panic that data could reach. Storage is a
//! [`Shelf`] that the caller brings; `now` is a parameter (milliseconds since 1970).
//!
//! The way through: a [`Keeper`] owns the [`Record`] of each exercise. It reads a stored value through the one gate
//! [`restore`], merges what it finds into what it has, and writes the union with [`seal`]. Whatever the shelf does
//! (absent, throwing, full, damaged, newer), answers stay in memory, the [`Notice`]s say so, and
//! [`Keeper::export`] holds them all. What pages show (best, done, rings) is derived by [`summary`].
//!
//! Nothing here ever removes a key, and nothing is overwritten that could not be read unless a copy of it was put
//! aside first.
#![warn(missing_docs)]

mod attempt;
mod entry;
mod envelope;
mod fields;
mod hlc;
mod json;
mod keeper;
mod key;
mod notice;
pub mod overview;
mod record;
mod shelf;
mod sorted;
pub mod summary;

pub use attempt::{Attempt, AttemptDraft, Behaviour};
pub use envelope::{Damage, MAX_BYTES, Restored, VERSION, crc32, restore, seal};
pub use hlc::Hlc;
pub use keeper::Keeper;
pub use notice::{Notice, Reason, Saving};
pub use record::{Record, merge};
pub use shelf::{Shelf, ShelfError};
