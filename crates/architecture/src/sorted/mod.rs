//! Maps and sets as sorted lists.
//!
//! They do what those of `std` do, by the same names, and for the sizes of a design as quickly. They are here for their
//! size: `std` compiles a tree with its balancing, and a sort of 4 KB, for every type of entry, and a builder has forty.

mod map;
mod set;
mod sort;

#[cfg(test)]
mod tests;

pub use map::{BTreeMap, Entry};
pub use set::BTreeSet;
pub(crate) use sort::{sort, sort_by_key};
