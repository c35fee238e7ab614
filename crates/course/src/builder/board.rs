//! Designs out of what an author wrote: the given board, and what changes make of it.
//!
//! Everything goes through [`design::import`], the one way in that pages use as well, so that what is refused there is
//! refused here, with its place in the file.

use std::collections::{BTreeMap, BTreeSet};

use sandtable_architecture::catalogue::{Owner, allow_value, candidates};
use sandtable_architecture::design::{self, Attr, Attrs, Design, PartId, Value, Via};
use sandtable_architecture::geometry::arrange;
use serde_json::{Map, Value as Json, json};

use crate::author::builder::{Builder, Change, Given, Link, Part, Row, Settings};
use crate::problem::{Report, Span, says};
use crate::source::Node;
use crate::text::{either, suggest};

/// How many parts or links a design of the course may have. Proofs look at each of them many times.
const MOST: usize = 300;

/// What a design may refer to, besides itself.
pub(super) struct World<'a> {
    pub(super) builder: &'a Builder,
}

/// The given board: all of it is locked, unless it says otherwise. `None` after an error.
pub(super) fn given(world: &World<'_>, node: &Node, report: &mut Report<'_>) -> Option<Design> {
    let before = report.error_count();
    let Given { parts, links } = &world.builder.given;
    let mut json = design::export(&Design::default());
    put(&mut json, "flavour", Json::from(world.builder.flavour.as_str()));
    for (id, part) in parts {
        insert(&mut json, "parts", id, part_json(part, part.locked.unwrap_or(true)));
    }
    for (id, link) in links {
        insert(&mut json, "links", id, link_json(link, link.locked.unwrap_or(true)));
        same_id(parts.contains_key(id), id, node.field("links").key(id), report);
    }
    let touched = Touched {
        parts,
        links,
        set: &BTreeMap::new(),
    };
    touched.references(&json, node, report);
    for (id, part) in parts {
        role(world, part.role.as_deref(), None, node.field("parts").field(id), report);
    }
    finish(&json, &touched, node, before, report)
}

/// What a change makes of a design. `None` after an error.
pub(super) fn changed(
    base: &Design,
    change: Change<'_>,
    world: &World<'_>,
    node: &Node,
    report: &mut Report<'_>,
) -> Option<Design> {
    let before = report.error_count();
    for (at, id) in change.remove.iter().enumerate() {
        let at = node.field("remove").index(at).span;
        known(base, id, at, report);
        if is_locked(base, id) {
            locked(id, "taken away", at, report);
        }
    }
    let rest = without(base, change.remove);
    let mut json = design::export(&rest);
    for (id, part) in change.parts {
        let at = node.field("parts").key(id);
        same_id(is_there(&rest, id), id, at, report);
        unlocked(part.locked, node.field("parts").field(id), report);
        if !world.builder.palette.contains(&part.kind) {
            report.error(
                "palette",
                node.field("parts").field(id).field("kind").span,
                says(
                    format!("`{}` is not in the palette", part.kind),
                    "A learner could not place it, and so could not build this.",
                    "Add the kind to `palette`, or build without it.",
                ),
            );
        }
        role(
            world,
            part.role.as_deref(),
            Some(&part.kind),
            node.field("parts").field(id),
            report,
        );
        insert(&mut json, "parts", id, part_json(part, false));
    }
    for (id, link) in change.links {
        let at = node.field("links").key(id);
        same_id(is_there(&rest, id) || change.parts.contains_key(id), id, at, report);
        unlocked(link.locked, node.field("links").field(id), report);
        insert(&mut json, "links", id, link_json(link, false));
    }
    for (id, names) in change.clear {
        let at = node.field("clear").key(id);
        if !changeable(&json, &rest, id, at, report) {
            continue;
        }
        for (place, name) in names.iter().enumerate() {
            if !clear(&mut json, id, name.as_str()) {
                report.error(
                    "clear",
                    node.field("clear").field(id).index(place).span,
                    says(
                        format!("`{id}` has no `{}` to clear", name.as_str()),
                        "What changes nothing is most often a slip.",
                        "Take it out, or name what it has.",
                    ),
                );
            }
        }
    }
    for (id, settings) in change.set {
        let at = node.field("set").key(id);
        if changeable(&json, &rest, id, at, report) {
            let kind = rest.parts.get(id.as_str()).map(|part| part.kind.as_str());
            role(
                world,
                settings.role.as_deref(),
                kind,
                node.field("set").field(id),
                report,
            );
            set(&mut json, id, settings);
        }
    }
    let touched = Touched {
        parts: change.parts,
        links: change.links,
        set: change.set,
    };
    touched.references(&json, node, report);
    finish(&json, &touched, node, before, report)
}

/// The design without some parts and all that they hold, and without some links. What referred to them refers to nothing.
pub(super) fn without(design: &Design, ids: &[String]) -> Design {
    let mut gone: BTreeSet<PartId> = BTreeSet::new();
    for id in ids {
        gone.extend(design.subtree(&PartId::from(id.as_str())));
    }
    let mut rest = design.clone();
    rest.parts.retain(|id, _| !gone.contains(id));
    rest.links.retain(|id, link| {
        !ids.iter().any(|gone| gone == id.as_str()) && !gone.contains(&link.from) && !gone.contains(&link.to)
    });
    // Reading it back drops every reference that leads nowhere, as removing in the editor does.
    design::import(&design::export(&rest)).0
}

/// The parts and links that a stage brings or changes.
struct Touched<'a> {
    parts: &'a BTreeMap<String, Part>,
    links: &'a BTreeMap<String, Link>,
    set: &'a BTreeMap<String, Settings>,
}

impl Touched<'_> {
    /// Every id that a part, link or setting names has to be one of a part of the design.
    fn references(&self, json: &Json, node: &Node, report: &mut Report<'_>) {
        let none = Map::new();
        let parts = json.get("parts").and_then(Json::as_object).unwrap_or(&none);
        let mut one = |id: &str, node: &Node| {
            if !parts.contains_key(id) {
                report.error(
                    "unknown-id",
                    node.span,
                    says(
                        format!("there is no part `{id}` in this design"),
                        "What refers to nothing would be lost without a word.",
                        suggest(id, parts.keys().map(String::as_str), "parts"),
                    ),
                );
            }
        };
        let rows = |rows: &Option<Vec<Row>>, node: &Node, one: &mut dyn FnMut(&str, &Node)| {
            for (at, row) in rows.iter().flatten().enumerate() {
                if let Some(via) = &row.via {
                    one(via, node.field("entries").index(at).field("via"));
                }
            }
        };
        let list = |ids: &Option<Vec<String>>, node: &Node, one: &mut dyn FnMut(&str, &Node)| {
            for (at, id) in ids.iter().flatten().enumerate() {
                one(id, node.index(at));
            }
        };
        for (id, part) in self.parts {
            let node = node.field("parts").field(id);
            for (name, id) in [("in", &part.within), ("table", &part.table)] {
                if let Some(id) = id {
                    one(id, node.field(name));
                }
            }
            rows(&part.entries, node, &mut one);
        }
        for (id, link) in self.links {
            let node = node.field("links").field(id);
            one(&link.from, node.field("from"));
            one(&link.to, node.field("to"));
            if let Some(id) = &link.associate {
                one(id, node.field("associate"));
            }
            list(&link.subnets, node.field("subnets"), &mut one);
            list(&link.propagate, node.field("propagate"), &mut one);
        }
        for (id, settings) in self.set {
            let node = node.field("set").field(id);
            for (name, id) in [("table", &settings.table), ("associate", &settings.associate)] {
                if let Some(id) = id {
                    one(id, node.field(name));
                }
            }
            rows(&settings.entries, node, &mut one);
            list(&settings.subnets, node.field("subnets"), &mut one);
            list(&settings.propagate, node.field("propagate"), &mut one);
        }
        self.rows(node, report);
    }

    /// A row leads to a part or nowhere, not both and not neither.
    fn rows(&self, node: &Node, report: &mut Report<'_>) {
        let parts = self
            .parts
            .iter()
            .map(|(id, part)| (node.field("parts").field(id), &part.entries));
        let set = self
            .set
            .iter()
            .map(|(id, settings)| (node.field("set").field(id), &settings.entries));
        for (node, entries) in parts.chain(set) {
            for (at, row) in entries.iter().flatten().enumerate() {
                if row.via.is_some() == row.drop {
                    report.error(
                        "row",
                        node.field("entries").index(at).span,
                        says(
                            format!(
                                "the row for `{}` says {}",
                                row.to,
                                if row.drop {
                                    "both `via` and `drop`"
                                } else {
                                    "neither `via` nor `drop`"
                                }
                            ),
                            "A row leads to one part, or it is a blackhole.",
                            "Write `via:` with the id of a part, or `drop: true`.",
                        ),
                    );
                }
            }
        }
    }

    /// Where in the stage something of a part or link stands: its own lines, what is set on it, else the stage.
    fn place(&self, node: &Node, list: &str, id: &str, names: &[&str]) -> Span {
        let (holder, own) = match node.field("set").get(id).filter(|_| self.set.contains_key(id)) {
            Some(own) => ("set", own),
            None => match node.get(list).and_then(|list| list.get(id)) {
                Some(own) => (list, own),
                None => return node.key("like"),
            },
        };
        let Some((name, rest)) = names.split_first() else {
            return node.field(holder).key(id);
        };
        let Some(field) = own.get(name) else {
            return node.field(holder).key(id);
        };
        match rest.first().and_then(|row| row.parse().ok()) {
            Some(row) => field.index(row).span,
            None => field.span,
        }
    }
}

/// Reads the design as a page would, and says what it refused.
fn finish(json: &Json, touched: &Touched<'_>, node: &Node, before: usize, report: &mut Report<'_>) -> Option<Design> {
    for list in ["parts", "links"] {
        let count = json.get(list).and_then(Json::as_object).map_or(0, Map::len);
        if count > MOST {
            report.error(
                "too-large",
                node.key(list),
                says(
                    format!("this design has {count} {list}"),
                    "Nobody can look over a board with so many.",
                    format!("Have a few stand for many: {MOST} at most."),
                ),
            );
            return None;
        }
    }
    let (mut design, problems) = design::import(json);
    // References that lead nowhere have been reported with the id that was meant.
    for problem in problems.iter().filter(|problem| !problem.says.contains("not there")) {
        let path: Vec<&str> = problem.at.split('.').filter(|step| *step != "attrs").collect();
        let (list, id, names) = match path.as_slice() {
            [list, id, names @ ..] => (*list, *id, names),
            _ => ("parts", "", &[][..]),
        };
        let what = problem
            .says
            .trim_end_matches(" It was left out.")
            .trim_end_matches(" The setting was left out.")
            .trim_end_matches(" The reference was left out.");
        let name = names.first().map_or_else(String::new, |name| format!(", `{name}`"));
        report.error(
            "design",
            touched.place(node, list, id, names),
            says(
                format!("`{id}`{name}: {what}"),
                "A page would refuse it, so no learner could build this.",
                "Mend this line.",
            ),
        );
    }
    prefixes(&design, touched, node, report);
    let is_read = report.error_count() == before;
    settings(&design, touched, node, is_read, report);
    if report.error_count() > before {
        return None;
    }
    lay_out(&mut design, touched, node, report);
    if report.error_count() > before {
        return None;
    }
    for broken in design::violations(&design) {
        report.error(
            "design",
            node.key("like"),
            says(
                format!("this design is not sound: {broken}"),
                "A page would refuse it.",
                "Mend it, or leave out every `at` and `size`: then the board is laid out by itself.",
            ),
        );
    }
    (report.error_count() == before).then_some(design)
}

/// `10.16.4.0/12` is read as `10.16.0.0/12`: an author meant one of two things.
fn prefixes(design: &Design, touched: &Touched<'_>, node: &Node, report: &mut Report<'_>) {
    let mut same = |written: &str, read: Option<String>, at: Span| {
        let length = |prefix: &str| prefix.trim().rsplit('/').next().map(str::to_owned);
        // Another length is no other way of writing it: then the setting was refused, which has been said.
        if read
            .as_deref()
            .is_some_and(|read| read != written.trim() && length(read) == length(written))
        {
            let read = read.unwrap_or_default();
            report.error(
                "prefix",
                at,
                says(
                    format!("`{written}` is read as `{read}`"),
                    "Bits behind the length of a prefix mean nothing, so one of the two is a slip.",
                    format!("Write `{read}`, or another length."),
                ),
            );
        }
    };
    let parts = touched
        .parts
        .iter()
        .map(|(id, part)| (id, "parts", &part.cidr, &part.entries));
    let set = touched
        .set
        .iter()
        .map(|(id, settings)| (id, "set", &settings.cidr, &settings.entries));
    for (id, list, cidr, entries) in parts.chain(set) {
        let Some(part) = design.parts.get(id.as_str()) else {
            continue;
        };
        let node = node.field(list).field(id);
        if let Some(cidr) = cidr {
            same(cidr, part.cidr().map(|net| net.to_string()), node.field("cidr").span);
        }
        // A row that was refused would shift those behind it.
        let rows = entries.as_ref().filter(|rows| rows.len() == part.routes().len());
        for (at, (row, read)) in rows.into_iter().flatten().zip(part.routes()).enumerate() {
            same(
                &row.to,
                Some(read.prefix.to_string()),
                node.field("entries").index(at).field("to").span,
            );
        }
    }
}

/// A setting names what a page would offer for it, and nothing else. `is_read` says that all was read as it was meant, so
/// that values can be judged as well.
fn settings(design: &Design, touched: &Touched<'_>, node: &Node, is_read: bool, report: &mut Report<'_>) {
    let mut check = |list: &str, id: &str, attrs: &Attrs, owner: Owner<'_>| {
        for (attr, value) in attrs {
            if let Err(reason) = allow_value(design, owner, value)
                && is_read
            {
                report.error(
                    "setting",
                    touched.place(node, list, id, &[attr.as_str()]),
                    says(
                        format!("`{id}` cannot have these {}", attr.label().to_lowercase()),
                        reason.0,
                        "No page would take it, so no learner could build it.",
                    ),
                );
            }
            let named: Vec<(Option<usize>, &PartId)> = match value {
                Value::Part(id) => vec![(None, id)],
                Value::Parts(ids) => ids.iter().map(|id| (None, id)).collect(),
                Value::Routes(routes) => {
                    let via = routes.iter().enumerate().filter_map(|(row, route)| match &route.via {
                        Via::Part(id) => Some((Some(row), id)),
                        Via::Drop => None,
                    });
                    via.collect()
                }
                Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => continue,
            };
            let offered = candidates(design, owner, *attr);
            for (row, other) in named.into_iter().filter(|(_, other)| !offered.contains(other)) {
                let row = row.map(|row| row.to_string());
                let names: Vec<&str> = std::iter::once(attr.as_str()).chain(row.as_deref()).collect();
                let ids: Vec<&str> = offered.iter().map(PartId::as_str).collect();
                report.error(
                    "setting",
                    touched.place(node, list, id, &names),
                    says(
                        format!("`{id}` cannot name `{other}` in `{}`", attr.as_str()),
                        why_offered(*attr),
                        if ids.is_empty() {
                            "There is nothing it could name yet.".to_owned()
                        } else {
                            format!("It can name {}.", either(&ids))
                        },
                    ),
                );
            }
        }
    };
    for (id, part) in &design.parts {
        if touched.parts.contains_key(id.as_str()) || touched.set.contains_key(id.as_str()) {
            check("parts", id.as_str(), &part.attrs, Owner::Part(id));
        }
    }
    for (id, link) in &design.links {
        if touched.links.contains_key(id.as_str()) || touched.set.contains_key(id.as_str()) {
            check("links", id.as_str(), &link.attrs, Owner::Link(id));
        }
    }
}

fn why_offered(attr: Attr) -> &'static str {
    match attr {
        Attr::Table => "A subnet's table is one of its own network.",
        Attr::Entries => {
            "A network's table leads to its own gateways and firewalls and to what the network is linked to; a hub's table to what is attached to the hub."
        }
        Attr::Subnets => "A hub has its feet in subnets of the attached network.",
        Attr::Associate | Attr::Propagate => "The tables of an attachment are those of its hub.",
        Attr::Cidr | Attr::Domain | Attr::Appliance => "No page would offer it.",
    }
}

/// Positions are the author's where every part has one, and made where none has.
fn lay_out(design: &mut Design, touched: &Touched<'_>, node: &Node, report: &mut Report<'_>) {
    let placed = touched.parts.values().filter(|part| part.at.is_some()).count();
    if placed == 0 {
        arrange(design);
        return;
    }
    for (id, _) in touched.parts.iter().filter(|(_, part)| part.at.is_none()) {
        report.error(
            "layout",
            node.field("parts").key(id),
            says(
                format!("`{id}` has no `at`, and other parts here have one"),
                "The board is laid out either by the author or by itself.",
                "Give every part its place, or none.",
            ),
        );
    }
}

fn part_json(part: &Part, locked: bool) -> Json {
    let mut attrs = Map::new();
    let mut attr = |name: &str, value: Option<Json>| {
        if let Some(value) = value {
            attrs.insert(name.to_owned(), value);
        }
    };
    attr("cidr", part.cidr.as_ref().map(|cidr| cidr.as_str().into()));
    attr("table", part.table.as_ref().map(|id| id.as_str().into()));
    attr("entries", part.entries.as_ref().map(|rows| rows_json(rows)));
    attr("domain", part.domain.as_ref().map(|domain| domain.as_str().into()));
    let mut json = json!({"kind": part.kind, "name": part.name, "attrs": attrs, "locked": locked});
    for (name, value) in [("in", &part.within), ("role", &part.role)] {
        if let Some(value) = value {
            put(&mut json, name, value.as_str().into());
        }
    }
    for (name, value) in [("at", &part.at), ("size", &part.size)] {
        if let Some(value) = value {
            put(&mut json, name, json!(value));
        }
    }
    json
}

fn link_json(link: &Link, locked: bool) -> Json {
    let settings = Settings {
        subnets: link.subnets.clone(),
        associate: link.associate.clone(),
        propagate: link.propagate.clone(),
        appliance: link.appliance,
        ..Settings::default()
    };
    let attrs: Map<String, Json> = attrs_json(&settings).collect();
    json!({"kind": "route", "from": link.from, "to": link.to, "attrs": attrs, "locked": locked})
}

/// The settings that lie among the attributes.
fn attrs_json(settings: &Settings) -> impl Iterator<Item = (String, Json)> {
    let text = |text: &Option<String>| text.as_ref().map(|text| Json::from(text.as_str()));
    let list = |ids: &Option<Vec<String>>| ids.as_ref().map(|ids| json!(ids));
    [
        ("cidr", text(&settings.cidr)),
        ("table", text(&settings.table)),
        ("entries", settings.entries.as_ref().map(|rows| rows_json(rows))),
        ("domain", text(&settings.domain)),
        ("subnets", list(&settings.subnets)),
        ("associate", text(&settings.associate)),
        ("propagate", list(&settings.propagate)),
        ("appliance", settings.appliance.map(Json::from)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
}

fn rows_json(rows: &[Row]) -> Json {
    let row = |row: &Row| match (&row.via, row.drop) {
        (Some(via), _) => json!({"to": row.to, "via": via}),
        (None, _) => json!({"to": row.to, "drop": true}),
    };
    rows.iter().map(row).collect()
}

/// The part or link of this id.
fn entry<'j>(json: &'j mut Json, id: &str) -> Option<&'j mut Map<String, Json>> {
    let list = if json.get("parts")?.get(id).is_some() {
        "parts"
    } else {
        "links"
    };
    json.get_mut(list)?.get_mut(id)?.as_object_mut()
}

fn set(json: &mut Json, id: &str, settings: &Settings) {
    let Some(entry) = entry(json, id) else { return };
    for (name, value) in [("name", &settings.name), ("role", &settings.role)] {
        if let Some(value) = value {
            entry.insert(name.to_owned(), value.as_str().into());
        }
    }
    let attrs = entry.entry("attrs").or_insert_with(|| json!({}));
    if let Some(attrs) = attrs.as_object_mut() {
        attrs.extend(attrs_json(settings));
    }
}

/// False where there was nothing to clear.
fn clear(json: &mut Json, id: &str, name: &str) -> bool {
    let Some(entry) = entry(json, id) else { return false };
    if name == "role" {
        return entry.remove(name).is_some();
    }
    let attrs = entry.get_mut("attrs").and_then(Json::as_object_mut);
    attrs.is_some_and(|attrs| attrs.remove(name).is_some())
}

fn insert(json: &mut Json, list: &str, id: &str, value: Json) {
    if let Some(list) = json.get_mut(list).and_then(Json::as_object_mut) {
        list.insert(id.to_owned(), value);
    }
}

fn put(json: &mut Json, name: &str, value: Json) {
    if let Some(fields) = json.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// True for the id of a part or a link.
pub(super) fn is_there(design: &Design, id: &str) -> bool {
    design.parts.contains_key(id) || design.links.contains_key(id)
}

fn is_locked(design: &Design, id: &str) -> bool {
    let part = design.parts.get(id).is_some_and(|part| part.locked);
    part || design.links.get(id).is_some_and(|link| link.locked)
}

/// Says so where a design has no such part or link.
pub(super) fn known(design: &Design, id: &str, at: Span, report: &mut Report<'_>) {
    if !is_there(design, id) {
        let ids: Vec<&str> = design
            .parts
            .keys()
            .map(PartId::as_str)
            .chain(design.links.keys().map(|id| id.as_str()))
            .collect();
        report.error(
            "unknown-id",
            at,
            says(
                format!("there is no part or link `{id}` in this design"),
                "What is done to it would be lost without a word.",
                suggest(id, ids, "parts and links"),
            ),
        );
    }
}

/// Whether settings of a part or link may be changed; says why not.
fn changeable(json: &Json, rest: &Design, id: &str, at: Span, report: &mut Report<'_>) -> bool {
    let added = ["parts", "links"]
        .iter()
        .any(|list| json.get(list).and_then(|list| list.get(id)).is_some());
    if !added {
        known(rest, id, at, report);
        return false;
    }
    if is_locked(rest, id) {
        locked(id, "changed", at, report);
        return false;
    }
    true
}

fn locked(id: &str, done: &str, at: Span, report: &mut Report<'_>) {
    report.error(
        "locked",
        at,
        says(
            format!("`{id}` is given and locked, and here it is {done}"),
            "A learner could not do that.",
            "Write `locked: false` on the given board, or leave it as it is.",
        ),
    );
}

fn unlocked(locked: Option<bool>, node: &Node, report: &mut Report<'_>) {
    if locked.is_some() {
        report.error(
            "locked",
            node.field("locked").span,
            says(
                "`locked` stands on something that is not given",
                "Only what stands on the board from the start can be locked.",
                "Take the line out.",
            ),
        );
    }
}

fn same_id(taken: bool, id: &str, at: Span, report: &mut Report<'_>) {
    if taken {
        report.error(
            "duplicate-id",
            at,
            says(
                format!("`{id}` is in this design already"),
                "Parts and links are named by their ids, whichever they are.",
                "Give one of the two another id, or change the one that is there with `set`.",
            ),
        );
    }
}

/// A role is one of the exercise's; a learner gives it to certain kinds only.
fn role(world: &World<'_>, role: Option<&str>, kind: Option<&str>, node: &Node, report: &mut Report<'_>) {
    let Some(role) = role else { return };
    let at = node.field("role").span;
    let roles = &world.builder.roles;
    match (roles.get(role), kind) {
        (None, _) => report.error(
            "unknown-id",
            at,
            says(
                format!("there is no role `{role}`"),
                "Rules find parts by their roles.",
                suggest(role, roles.keys().map(String::as_str), "roles"),
            ),
        ),
        (Some(known), Some(kind)) if !known.kinds.iter().any(|one| one == kind) => report.error(
            "role",
            at,
            says(
                format!("a learner cannot give the role `{role}` to a part of kind `{kind}`"),
                "The page offers a role for its kinds only.",
                format!("Add `{kind}` to the role's `kinds`, or leave the role out."),
            ),
        ),
        (Some(_), _) => {}
    }
}
