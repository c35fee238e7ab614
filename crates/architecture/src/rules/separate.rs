use ipnet::IpNet;

use super::{Finding, Judged};
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
    let prefix = |id: &PartId| design.parts.get(id).and_then(|part| part.cidr());
    if let Some(bare) = a.iter().chain(&b).find(|id| prefix(id).is_none()) {
        let says = format!("{} has no prefix yet.", design.name(bare));
        return Judged::not_reached_by(vec![Finding {
            says,
            parts: vec![bare.clone()],
            ..Finding::default()
        }]);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for one in &a {
        let own = prefix(one).filter(|own| !inside.map_or_else(|| is_private(*own), |range| range.contains(own)));
        if let Some(own) = own {
            let range = inside.map_or_else(|| "a private range".to_owned(), |range| range.to_string());
            findings.push(Finding {
                says: format!("{} ({own}) does not lie inside {range}.", design.name(one)),
                parts: vec![one.clone()],
                ..Finding::default()
            });
        }
        for other in b.iter().filter(|other| *other != one) {
            let seen = findings
                .iter()
                .any(|finding| finding.parts == [other.clone(), one.clone()]);
            if let (Some(mine), Some(theirs), false) = (prefix(one), prefix(other), seen)
                && (mine.contains(&theirs) || theirs.contains(&mine))
            {
                findings.push(Finding {
                    says: format!(
                        "{} ({mine}) and {} ({theirs}) share addresses.",
                        design.name(one),
                        design.name(other)
                    ),
                    parts: vec![one.clone(), other.clone()],
                    ..Finding::default()
                });
            }
        }
    }
    if findings.is_empty() {
        Judged::pass()
    } else {
        Judged::fail(findings)
    }
}
