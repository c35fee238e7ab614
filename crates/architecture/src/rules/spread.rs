use super::{Finding, Judged, at};
use crate::design::{Design, Kind, PartId};
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
    let mut says = [listed.as_str(), ". It takes at least ", &min.to_string(), evenly].concat();
    let mut parts = found;
    let mut cause = None;
    if parts.len() < min {
        // None of them is in the wrong place: there are too few, and where one is missing can often be named.
        says.push_str(" Add one where there is none.");
        if let Some(bare) = parts.first().and_then(|first| bare_zone(design, first, &domains)) {
            parts.insert(0, bare);
        }
    } else if let Some(one) = crowded(design, &parts, &domains) {
        cause = at(&one, Setting::Inside);
    }
    Judged::fail(vec![Finding {
        says,
        cause,
        parts,
        ..Finding::default()
    }])
}

/// A zone of the same network in which there is none yet.
fn bare_zone(design: &Design, part: &PartId, domains: &[(String, usize)]) -> Option<PartId> {
    let network = design.within(part, Kind::Zone)?.1.parent.as_ref()?;
    let mut inside = design.children(Some(network));
    let is_bare = |id: &PartId| {
        let domain = design.domain_of(id);
        domain.is_some_and(|domain| domains.iter().all(|(known, _)| *known != domain))
    };
    let bare = inside.find(|(id, part)| part.kind == Kind::Zone && is_bare(id));
    bare.map(|(id, _)| id.clone())
}

/// The last of those that have company where they are, or that lie in no zone: one of these may move.
fn crowded(design: &Design, parts: &[PartId], domains: &[(String, usize)]) -> Option<PartId> {
    let is_crowded = |id: &&PartId| match design.domain_of(id) {
        Some(domain) => domains.iter().any(|(known, count)| *known == domain && *count > 1),
        None => true,
    };
    parts.iter().rev().find(is_crowded).cloned()
}
