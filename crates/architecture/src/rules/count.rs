use super::{Finding, Judged, names};
use crate::design::Design;
use crate::task::Selector;

/// Passes when there are so many. It is never *not reached*.
pub(super) fn judge(design: &Design, of: &Selector, min: usize, max: Option<usize>) -> Judged {
    let found = of.parts(design);
    let have = found.len();
    let wanted = match max {
        Some(max) if max == min => format!("exactly {min}"),
        Some(max) => format!("{min} to {max}"),
        None => format!("at least {min}"),
    };
    if have >= min && max.is_none_or(|max| have <= max) {
        return Judged::pass();
    }
    let listed = if found.is_empty() {
        String::new()
    } else {
        format!(": {}", names(design, &found))
    };
    let says = format!("There are {have}{listed}. It takes {wanted}.");
    Judged::fail(vec![Finding {
        says,
        parts: found,
        ..Finding::default()
    }])
}
