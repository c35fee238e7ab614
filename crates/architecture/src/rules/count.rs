use super::{Finding, Judged, names};
use crate::design::Design;
use crate::task::Selector;

/// Passes when there are so many. It is never *not reached*.
pub(super) fn judge(design: &Design, of: &Selector, min: usize, max: Option<usize>) -> Judged {
    let found = of.parts(design);
    let have = found.len();
    if have >= min && max.is_none_or(|max| have <= max) {
        return Judged::pass();
    }
    let min = min.to_string();
    let wanted = match max.map(|max| max.to_string()) {
        Some(max) if max == min => ["exactly ", &max].concat(),
        Some(max) => [&min, " to ", &max].concat(),
        None => ["at least ", &min].concat(),
    };
    let listed = match found.is_empty() {
        true => String::new(),
        false => [": ", &names(design, &found)].concat(),
    };
    let says = ["There are ", &have.to_string(), &listed, ". It takes ", &wanted, "."].concat();
    Judged::fail(vec![Finding {
        says,
        parts: found,
        ..Finding::default()
    }])
}
