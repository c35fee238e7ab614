use super::{Finding, Judged, at};
use crate::design::Design;
use crate::network::{Setting, domains as all_domains, zone_name};
use crate::task::Selector;

/// Passes when the parts lie in at least `min` fault domains. Parts in no zone are in none.
pub(super) fn judge(design: &Design, of: &Selector, min: usize, even: bool) -> Judged {
    let found = of.parts(design);
    if found.is_empty() {
        return Judged::not_reached("There is no such part yet.");
    }
    let mut domains: Vec<(String, usize)> = Vec::new();
    for domain in found.iter().filter_map(|id| design.domain_of(id)) {
        match domains.iter_mut().find(|(known, _)| *known == domain) {
            Some((_, count)) => *count += 1,
            None => domains.push((domain, 1)),
        }
    }
    let all = all_domains(design);
    let (mut most, mut least, mut listed) = (0, usize::MAX, String::new());
    for (domain, count) in &domains {
        (most, least) = (most.max(*count), least.min(*count));
        let comma = if listed.is_empty() { "" } else { ", " };
        listed.push_str(&[comma, &count.to_string(), " in ", &zone_name(&all, domain)].concat());
    }
    if domains.len() >= min && (!even || most - least <= 1) {
        return Judged::pass();
    }
    if domains.is_empty() {
        listed.push_str("None lies in a zone");
    }
    let evenly = if even { " zones, evenly." } else { " zones." };
    let says = [listed.as_str(), ". It takes at least ", &min.to_string(), evenly].concat();
    Judged::fail(vec![Finding {
        says,
        cause: found.first().and_then(|first| at(first, Setting::Inside)),
        parts: found,
        ..Finding::default()
    }])
}
