//! What must hold of a learner's record, whatever happens to the place where it lies.

mod damage;
mod drafts;
mod failures;
mod fixtures;
mod frozen;
mod laws;
mod shelf;
mod summary;
mod tabs;
