//! One file a command. Each has its arguments and a `run`.

pub(crate) mod budgets;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod grade;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod stats;
