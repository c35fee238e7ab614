//! What may stand where, what may be linked to what, and which settings each has.
//!
//! Every preview, drop, paste, import and check asks the same functions. A refusal is a sentence that says what to do
//! instead.

mod allow;
mod settings;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use allow::capital;
pub use allow::{allow_attr, allow_ends, allow_link, allow_move, allow_part, allow_place, link_between};
pub use settings::{Owner, allow_value, candidates, link_settings, part_settings, reach, takes_drop};

/// Why something is not possible, as a sentence for the learner: "A subnet cannot sit inside a region. Put it in a VPC or
/// an availability zone."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub String);

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reason {}

/// Either it is possible, or why it is not.
pub type Allowed = Result<(), Reason>;

fn no<T>(why: impl Into<String>) -> Result<T, Reason> {
    Err(Reason(why.into()))
}
