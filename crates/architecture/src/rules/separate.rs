use ipnet::IpNet;

use super::{Finding, Judged, prefix_of};
use crate::design::{Design, PartId};
use crate::network::is_private;
use crate::task::Selector;

/// Passes when every prefix of `a` lies inside the one that is asked for, else in a private range, and shares no address
/// with one of `b`; a part is not compared with itself.
pub(super) fn judge(design: &Design, a: &Selector, b: &Selector, inside: Option<IpNet>) -> Judged {
    let (a, b) = (a.parts(design), b.parts(design));
    if a.is_empty() || b.is_empty() {
        return Judged::not_reached("There is nothing to compare yet.");
    }
    let mut known: Vec<(&PartId, IpNet)> = Vec::new();
    for id in a.iter().chain(&b) {
        match design.parts.get(id).and_then(|part| part.cidr()) {
            Some(net) => known.push((id, net)),
            None => {
                let says = [design.name(id).as_str(), " has no prefix yet."].concat();
                return Judged::not_reached_by(vec![about(says, vec![id.clone()])]);
            }
        }
    }
    let (mine, theirs) = known.split_at(a.len().min(known.len()));
    let named = |id: &PartId, net: &IpNet| [&design.name(id), " (", &net.to_string(), ")"].concat();
    let mut findings: Vec<Finding> = Vec::new();
    for (one, net) in mine {
        let is_inside = match inside {
            Some(range) => range.contains(net),
            None => is_private(*net),
        };
        if !is_inside {
            let range = inside.map_or_else(|| "a private range".to_owned(), |range| range.to_string());
            let says = [named(one, net).as_str(), " does not lie inside ", &range, "."].concat();
            findings.push(about(says, vec![(*one).clone()]));
        }
        for (other, theirs) in theirs.iter().filter(|(other, _)| other != one) {
            let pair = vec![(*one).clone(), (*other).clone()];
            let is_told = findings.iter().any(|told| told.parts.iter().rev().eq(&pair));
            if !is_told && (net.contains(theirs) || theirs.contains(net)) {
                let says = [&named(one, net), " and ", &named(other, theirs), " share addresses."].concat();
                findings.push(about(says, pair));
            }
        }
    }
    match findings.is_empty() {
        true => Judged::pass(),
        false => Judged::fail(findings),
    }
}

fn about(says: String, parts: Vec<PartId>) -> Finding {
    Finding {
        says,
        cause: parts.first().and_then(prefix_of),
        parts,
        ..Finding::default()
    }
}
