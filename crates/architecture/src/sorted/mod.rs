//! Maps and sets as sorted lists.
//!
//! They do what those of `std` do, by the same names, and for the sizes of a design as quickly. They are here for their
//! size: `std` compiles a tree with its balancing, and a sort of 4 KB, for every type of entry, and a builder has forty.

mod map;
mod set;
mod sort;

#[cfg(test)]
mod tests;

pub use map::{BTreeMap, Entry, Iter};
pub use set::BTreeSet;
pub(crate) use sort::{sort, sort_by_key};

/// The place of what compares as equal among so many that lie in order, or where it would lie. `compare` says how what
/// lies at a place compares to it.
#[inline(never)]
fn search(length: usize, compare: &dyn Fn(usize) -> std::cmp::Ordering) -> Result<usize, usize> {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(middle) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Ok(middle),
        }
    }
    Err(low)
}
