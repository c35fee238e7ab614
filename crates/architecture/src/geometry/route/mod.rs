//! The way of a link.
