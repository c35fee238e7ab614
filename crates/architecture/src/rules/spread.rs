use crate::sorted::BTreeMap;

use super::{Finding, Judged};
use crate::design::Design;
use crate::task::Selector;

/// Passes when the parts lie in at least `min` fault domains. Parts in no zone are in none.
pub(super) fn judge(design: &Design, of: &Selector, min: usize, even: bool) -> Judged {
    let found = of.parts(design);
    if found.is_empty() {
        return Judged::not_reached("There is no such part yet.");
    }
    let mut domains: BTreeMap<String, usize> = BTreeMap::new();
    for domain in found.iter().filter_map(|id| design.domain_of(id)) {
        *domains.entry(domain).or_default() += 1;
    }
    let most = domains.values().max().copied().unwrap_or(0);
    let least = domains.values().min().copied().unwrap_or(0);
    if domains.len() >= min && (!even || most - least <= 1) {
        return Judged::pass();
    }
    let listed: Vec<String> = domains
        .iter()
        .map(|(domain, count)| format!("{count} in {domain}"))
        .collect();
    let listed = if listed.is_empty() {
        "none lies in a zone".to_owned()
    } else {
        listed.join(", ")
    };
    let wanted = if even {
        format!("at least {min} zones, evenly")
    } else {
        format!("at least {min} zones")
    };
    let says = format!("{}. It takes {wanted}.", capital(&listed));
    Judged::fail(vec![Finding {
        says,
        parts: found,
        ..Finding::default()
    }])
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
