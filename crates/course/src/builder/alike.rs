//! Whether two designs are the same but for names, ids, places and the addresses that a learner chose.

use std::collections::BTreeMap;

use sandtable_architecture::design::{Attr, Attrs, Design, Kind, LinkId, PartId, Value, Via, canonical};

use crate::compile::hex;

/// How often labels are made again from those around them. Parts lie six deep; each round reaches one step further.
const ROUNDS: usize = 8;

/// True when the two differ in nothing that matters. Labels are refined from what is around them; what has the same
/// labels as often is taken for the same.
pub(super) fn alike(a: &Design, b: &Design, given: &Design) -> bool {
    labels(a, given) == labels(b, given)
}

fn labels(design: &Design, given: &Design) -> Vec<String> {
    let design = canonical(design);
    let mut parts: BTreeMap<&PartId, String> = design.parts.keys().map(|id| (id, first(&design, given, id))).collect();
    let mut links: BTreeMap<&LinkId, String> = BTreeMap::new();
    for _ in 0..ROUNDS {
        links = design
            .links
            .iter()
            .map(|(id, link)| {
                let text = format!(
                    "{:?} {} {} {}",
                    link.kind,
                    label(&parts, &link.from),
                    label(&parts, &link.to),
                    attrs(&link.attrs, &parts, false)
                );
                (id, short(&text))
            })
            .collect();
        parts = design
            .parts
            .iter()
            .map(|(id, part)| {
                let parent = part
                    .parent
                    .as_ref()
                    .map_or_else(String::new, |parent| label(&parts, parent));
                let mut around: Vec<&str> = design
                    .children(Some(id))
                    .filter_map(|(child, _)| Some(parts.get(child)?.as_str()))
                    .collect();
                around.extend(
                    design
                        .links_of(id)
                        .filter_map(|(link, _)| Some(links.get(link)?.as_str())),
                );
                around.sort_unstable();
                let own = label(&parts, id);
                let given = given.parts.get(id).is_some_and(|part| part.locked);
                (
                    id,
                    short(&format!(
                        "{own} {parent} {} {around:?}",
                        attrs(&part.attrs, &parts, given)
                    )),
                )
            })
            .collect();
    }
    let mut all: Vec<String> = parts.into_values().chain(links.into_values()).collect();
    all.sort_unstable();
    all
}

/// What a part is by itself. A given part is itself and no other.
fn first(design: &Design, given: &Design, id: &PartId) -> String {
    let Some(part) = design.parts.get(id) else {
        return String::new();
    };
    let itself = given.parts.get(id).map(|_| id.as_str());
    let domain = (part.kind == Kind::Zone).then(|| design.domain(id)).flatten();
    short(&format!("{:?} {:?} {:?} {:?}", part.kind, part.role, itself, domain))
}

fn label(parts: &BTreeMap<&PartId, String>, id: &PartId) -> String {
    parts.get(id).cloned().unwrap_or_default()
}

/// Settings, with labels for ids. The prefix of what a learner added is not among them: any free one will do.
fn attrs(attrs: &Attrs, parts: &BTreeMap<&PartId, String>, given: bool) -> String {
    let kept = attrs
        .iter()
        .filter(|(attr, _)| given || !matches!(attr, Attr::Cidr | Attr::Domain));
    let value = |value: &Value| match value {
        Value::Bool(is_set) => is_set.to_string(),
        Value::Text(text) => text.clone(),
        Value::Cidr(net) => net.to_string(),
        Value::Part(id) => label(parts, id),
        Value::Parts(ids) => sorted(ids.iter().map(|id| label(parts, id))),
        Value::Routes(routes) => sorted(routes.iter().map(|route| match &route.via {
            Via::Part(id) => format!("{} {}", route.prefix, label(parts, id)),
            Via::Drop => format!("{} drop", route.prefix),
        })),
    };
    kept.map(|(attr, held)| format!("{}={};", attr.as_str(), value(held)))
        .collect()
}

fn sorted(labels: impl Iterator<Item = String>) -> String {
    let mut labels: Vec<String> = labels.collect();
    labels.sort_unstable();
    labels.join(",")
}

fn short(text: &str) -> String {
    hex(text.as_bytes(), 16)
}
