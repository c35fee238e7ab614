use super::column;
use crate::browser::address;
use crate::dom::{Node, el, link, t};

/// An address that leads nowhere; `text` is what was asked for.
pub(crate) fn not_found(text: &str) -> Node {
    address::set_title("Not found - Sandtable");
    let what = if text.starts_with("week-") && !text.contains('/') {
        "week"
    } else {
        "exercise"
    };
    let says = vec![
        t(&format!("There is no {what} called ")),
        el("code", vec![], vec![t(text)]),
        t("."),
    ];
    let way_out = el("p", vec![], vec![link("button primary", "#/", "Course map")]);
    column("Not found", vec![el("p", vec![], says), way_out])
}
