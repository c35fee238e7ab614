//! A design as JSON, and back.
//!
//! `{"v":1,"flavour":"aws","next":3,"parts":{"hub":{"kind":"transit","in":"region","name":"Hub","at":[2,4],"size":[30,20],
//! "attrs":{..},"role":"..","locked":true}},"links":{"l1":{"kind":"route","from":"a","to":"b","attrs":{..}}}}`. Rows of a
//! table are `{"to":"10.0.0.0/8","via":"hub"}`; a blackhole is `{"to":"10.0.0.0/8","drop":true}`.

use crate::sorted::BTreeSet;

use ipnet::IpNet;
use serde_json::{Map, Value as Json, json};

use super::ids::is_slug;
use super::{
    Attr, Attrs, Cell, Design, Flavour, Kind, Link, LinkKind, MAX_DEPTH, MAX_IMPORT_BYTES, MAX_IMPORT_LINKS,
    MAX_IMPORT_PARTS, Part, PartId, RoleId, Route, Shape, Size, Value, Via,
};
use crate::catalogue::{allow_link, allow_place, link_settings, part_settings};

/// The version of the form.
const VERSION: u64 = 1;

/// Something of an import that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `parts.hub.attrs.cidr`.
    pub at: String,
    /// What is wrong with it and what became of it, as a sentence.
    pub says: String,
}

/// Writes a design down.
#[must_use]
pub fn export(design: &Design) -> Json {
    let parts: Map<String, Json> = design
        .parts
        .iter()
        .map(|(id, part)| (id.to_string(), part_json(part)))
        .collect();
    let links: Map<String, Json> = design
        .links
        .iter()
        .map(|(id, link)| (id.to_string(), link_json(link)))
        .collect();
    json!({"v": VERSION, "flavour": design.flavour.as_str(), "next": design.next, "parts": parts, "links": links})
}

fn part_json(part: &Part) -> Json {
    let mut json = Map::new();
    let mut put = |name: &str, value: Json| json.insert(name.to_owned(), value);
    put("kind", part.kind.as_str().into());
    if let Some(parent) = &part.parent {
        put("in", parent.as_str().into());
    }
    put("name", part.name.as_str().into());
    put("at", json!([part.at.x, part.at.y]));
    if let Some(size) = part.size {
        put("size", json!([size.w, size.h]));
    }
    if let Some(role) = &part.role {
        put("role", role.as_str().into());
    }
    if !part.attrs.is_empty() {
        put("attrs", attrs_json(&part.attrs));
    }
    if part.locked {
        put("locked", true.into());
    }
    Json::Object(json)
}

fn link_json(link: &Link) -> Json {
    let mut json = Map::new();
    let mut put = |name: &str, value: Json| json.insert(name.to_owned(), value);
    put("kind", link.kind.as_str().into());
    put("from", link.from.as_str().into());
    put("to", link.to.as_str().into());
    if !link.attrs.is_empty() {
        put("attrs", attrs_json(&link.attrs));
    }
    if !link.bends.is_empty() {
        put("bends", link.bends.iter().map(|bend| json!([bend.x, bend.y])).collect());
    }
    if link.locked {
        put("locked", true.into());
    }
    Json::Object(json)
}

fn attrs_json(attrs: &Attrs) -> Json {
    let value = |value: &Value| match value {
        Value::Bool(is_set) => (*is_set).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Cidr(net) => net.to_string().into(),
        Value::Part(id) => id.as_str().into(),
        Value::Parts(ids) => ids.iter().map(PartId::as_str).collect(),
        Value::Routes(routes) => routes.iter().map(route_json).collect(),
    };
    let fields = attrs.iter().map(|(attr, held)| (attr.as_str().to_owned(), value(held)));
    Json::Object(fields.collect())
}

fn route_json(route: &Route) -> Json {
    match &route.via {
        Via::Part(id) => json!({"to": route.prefix.to_string(), "via": id.as_str()}),
        Via::Drop => json!({"to": route.prefix.to_string(), "drop": true}),
    }
}

/// Reads a design from text. See [`import`].
#[must_use]
pub fn import_text(text: &str) -> (Design, Vec<Problem>) {
    let whole = |says: &str| {
        (
            Design::default(),
            vec![Problem {
                at: String::new(),
                says: says.to_owned(),
            }],
        )
    };
    if text.len() > MAX_IMPORT_BYTES {
        return whole("The text is larger than 256 KB. Nothing was read.");
    }
    match serde_json::from_str(text) {
        Ok(json) => import(&json),
        Err(error) => whole(&format!("This is not JSON: {error}. Nothing was read.")),
    }
}

/// Reads a design. What can be kept is kept; each thing that cannot is named. The result breaks no invariant but those of
/// the drawing: whoever takes it in lays it out anew where parts overlap.
#[must_use]
pub fn import(json: &Json) -> (Design, Vec<Problem>) {
    let mut reader = Reader { problems: Vec::new() };
    let design = reader.design(json);
    (design, reader.problems)
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn note(&mut self, at: &str, says: impl Into<String>) {
        self.problems.push(Problem {
            at: at.to_owned(),
            says: says.into(),
        });
    }

    fn design(&mut self, json: &Json) -> Design {
        let mut design = Design::default();
        if !json.is_object() {
            self.note("", "A design is a JSON object. Nothing was read.");
            return design;
        }
        match json.get("v").and_then(Json::as_u64) {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => {
                self.note("v", "A newer Sandtable wrote this. Nothing was read.");
                return design;
            }
            _ => {
                self.note("v", "It does not say which version it is. Nothing was read.");
                return design;
            }
        }
        match json.get("flavour").and_then(Json::as_str).and_then(Flavour::read) {
            Some(flavour) => design.flavour = flavour,
            None => self.note("flavour", "This flavour is not known; aws was taken."),
        }
        design.next = json
            .get("next")
            .and_then(Json::as_u64)
            .and_then(|next| u32::try_from(next).ok())
            .unwrap_or(0);
        self.parts(json.get("parts"), &mut design);
        self.links(json.get("links"), &mut design);
        self.references(&mut design);
        self.numbers(&mut design);
        design
    }

    fn parts(&mut self, json: Option<&Json>, design: &mut Design) {
        let empty = Map::new();
        let parts = match json {
            Some(Json::Object(parts)) => parts,
            _ => {
                self.note("parts", "There are no parts.");
                &empty
            }
        };
        if parts.len() > MAX_IMPORT_PARTS {
            self.note(
                "parts",
                format!("There are more than {MAX_IMPORT_PARTS} parts. The others were left out."),
            );
        }
        for (id, json) in parts.iter().take(MAX_IMPORT_PARTS) {
            let at = format!("parts.{id}");
            if let Some(part) = self.part(&at, id, json) {
                design.parts.insert(id.as_str().into(), part);
            }
        }
        // What stands in nothing, or where it may not, goes, and then what stood in that.
        loop {
            let lost: Vec<(PartId, String)> = design
                .parts
                .iter()
                .filter_map(|(id, part)| Some((id.clone(), homeless(design, id, part)?)))
                .collect();
            if lost.is_empty() {
                return;
            }
            for (id, why) in lost {
                design.parts.remove(&id);
                self.note(&format!("parts.{id}"), format!("{why} It was left out."));
            }
        }
    }

    fn part(&mut self, at: &str, id: &str, json: &Json) -> Option<Part> {
        if !is_slug(id) {
            self.note(
                at,
                "An id is made of a-z, 0-9 and single hyphens, at most 64 characters. It was left out.",
            );
            return None;
        }
        let word = |name: &str| json.get(name).and_then(Json::as_str);
        let Some(kind) = word("kind").and_then(Kind::read) else {
            self.note(
                &format!("{at}.kind"),
                "This kind of part is not known. It was left out.",
            );
            return None;
        };
        let mut part = Part::new(kind, word("in").map(PartId::from), word("name").unwrap_or_default());
        part.name
            .truncate(part.name.char_indices().nth(80).map_or(part.name.len(), |(end, _)| end));
        part.role = word("role").map(RoleId::from);
        part.at = pair(json.get("at")).map_or_else(Cell::default, |(x, y)| Cell { x, y });
        let size = pair(json.get("size")).map(|(w, h)| Size {
            w: w.max(1),
            h: h.max(1),
        });
        part.size = kind.is_container().then(|| size.unwrap_or(Size { w: 24, h: 13 }));
        part.locked = json.get("locked").and_then(Json::as_bool).unwrap_or(false);
        part.attrs = self.attrs(&format!("{at}.attrs"), json.get("attrs"), part_settings(kind));
        Some(part)
    }

    fn links(&mut self, json: Option<&Json>, design: &mut Design) {
        let Some(Json::Object(links)) = json else {
            return;
        };
        if links.len() > MAX_IMPORT_LINKS {
            self.note(
                "links",
                format!("There are more than {MAX_IMPORT_LINKS} links. The others were left out."),
            );
        }
        for (id, json) in links.iter().take(MAX_IMPORT_LINKS) {
            let at = format!("links.{id}");
            let word = |name: &str| json.get(name).and_then(Json::as_str);
            let (Some(kind), Some(from), Some(to)) = (word("kind").and_then(LinkKind::read), word("from"), word("to"))
            else {
                self.note(&at, "A link has a kind that is known, and two ends. It was left out.");
                continue;
            };
            let mut link = Link::new(kind, from.into(), to.into());
            if !is_slug(id) {
                self.note(
                    &at,
                    "An id is made of a-z, 0-9 and single hyphens, at most 64 characters. It was left out.",
                );
                continue;
            }
            if let Err(reason) = allow_link(design, kind, &link.from, &link.to) {
                self.note(&at, format!("{reason} It was left out."));
                continue;
            }
            link.attrs = self.attrs(&format!("{at}.attrs"), json.get("attrs"), link_settings(design, &link));
            link.locked = json.get("locked").and_then(Json::as_bool).unwrap_or(false);
            if let Some(Json::Array(bends)) = json.get("bends") {
                link.bends = bends
                    .iter()
                    .filter_map(|bend| pair(Some(bend)))
                    .map(|(x, y)| Cell { x, y })
                    .collect();
                link.bends.truncate(64);
            }
            design.links.insert(id.as_str().into(), link);
        }
    }

    fn attrs(&mut self, at: &str, json: Option<&Json>, known: &[Attr]) -> Attrs {
        let Some(Json::Object(fields)) = json else {
            return Attrs::new();
        };
        let mut attrs = Attrs::new();
        for (name, json) in fields {
            let at = format!("{at}.{name}");
            let Some(attr) = Attr::read(name).filter(|attr| known.contains(attr)) else {
                self.note(&at, "It has no such setting. The setting was left out.");
                continue;
            };
            match self.value(&at, attr, json) {
                Some(value) => drop(attrs.insert(attr, value)),
                None => self.note(&at, "The value does not fit this setting. The setting was left out."),
            }
        }
        attrs
    }

    fn value(&mut self, at: &str, attr: Attr, json: &Json) -> Option<Value> {
        Some(match attr.shape() {
            Shape::Bool => Value::Bool(json.as_bool()?),
            Shape::Text => Value::Text(json.as_str()?.chars().take(80).collect()),
            Shape::Cidr => Value::Cidr(prefix(json.as_str()?)?),
            Shape::Part => Value::Part(json.as_str()?.into()),
            Shape::Parts => Value::Parts(
                json.as_array()?
                    .iter()
                    .filter_map(Json::as_str)
                    .map(PartId::from)
                    .collect(),
            ),
            Shape::Routes => {
                let mut routes = Vec::new();
                for (row, json) in json.as_array()?.iter().enumerate().take(1000) {
                    match route(json) {
                        Some(route) => routes.push(route),
                        None => self.note(
                            &format!("{at}.{row}"),
                            "This row has no prefix, or leads nowhere. It was left out.",
                        ),
                    }
                }
                Value::Routes(routes)
            }
        })
    }

    /// Settings that refer to parts which are not there lose the reference.
    fn references(&mut self, design: &mut Design) {
        let there: BTreeSet<PartId> = design.parts.keys().cloned().collect();
        let mut lost = Vec::new();
        let parts = design
            .parts
            .iter_mut()
            .map(|(id, part)| (format!("parts.{id}"), &mut part.attrs));
        let links = design
            .links
            .iter_mut()
            .map(|(id, link)| (format!("links.{id}"), &mut link.attrs));
        for (at, attrs) in parts.chain(links) {
            if prune(attrs, &|id| there.contains(id)) {
                lost.push(at);
            }
        }
        for at in lost {
            self.note(
                &at,
                "It refers to a part that is not there. The reference was left out.",
            );
        }
    }

    /// No id is given twice, whatever `next` said.
    fn numbers(&mut self, design: &mut Design) {
        let number = |id: &str| {
            id.strip_prefix(['p', 'l'])
                .and_then(|number| number.parse::<u32>().ok())
        };
        let parts = design.parts.keys().filter_map(|id| number(id.as_str()));
        let links = design.links.keys().filter_map(|id| number(id.as_str()));
        if let Some(highest) = parts.chain(links).max() {
            design.next = design.next.max(highest.saturating_add(1));
        }
    }
}

/// Drops references to parts that are not there; true when it dropped any.
pub(crate) fn prune(attrs: &mut Attrs, is_there: &dyn Fn(&PartId) -> bool) -> bool {
    let mut dropped = false;
    attrs.retain(|_, value| match value {
        Value::Part(id) => {
            let stays = is_there(id);
            dropped |= !stays;
            stays
        }
        Value::Parts(ids) => {
            let before = ids.len();
            ids.retain(|id| is_there(id));
            dropped |= ids.len() < before;
            true
        }
        Value::Routes(routes) => {
            let before = routes.len();
            routes.retain(|route| match &route.via {
                Via::Part(id) => is_there(id),
                Via::Drop => true,
            });
            dropped |= routes.len() < before;
            true
        }
        Value::Bool(_) | Value::Text(_) | Value::Cidr(_) => true,
    });
    dropped
}

/// Why a part cannot stay where it says it is.
fn homeless(design: &Design, id: &PartId, part: &Part) -> Option<String> {
    let holder = match &part.parent {
        None => None,
        Some(parent) => match design.parts.get(parent) {
            Some(holder) => Some(holder.kind),
            None => return Some(format!("It is in {parent}, which is not there.")),
        },
    };
    if let Err(reason) = allow_place(design.flavour, holder, part.kind) {
        return Some(reason.0);
    }
    (design.ancestors(id).count() >= MAX_DEPTH).then(|| "It lies too deep, or in itself.".to_owned())
}

/// Reads a prefix; bits behind it are cleared, so that `10.1.2.3/16` is `10.1.0.0/16`.
#[must_use]
pub(crate) fn prefix(text: &str) -> Option<IpNet> {
    text.trim().parse::<IpNet>().ok().map(|net| net.trunc())
}

fn route(json: &Json) -> Option<Route> {
    let via = match (
        json.get("via").and_then(Json::as_str),
        json.get("drop").and_then(Json::as_bool),
    ) {
        (Some(id), None | Some(false)) => Via::Part(id.into()),
        (None, Some(true)) => Via::Drop,
        _ => return None,
    };
    Some(Route {
        prefix: prefix(json.get("to")?.as_str()?)?,
        via,
    })
}

/// Two whole numbers within reason.
fn pair(json: Option<&Json>) -> Option<(i32, i32)> {
    let number = |at: usize| {
        let number = json?.get(at)?.as_i64()?;
        i32::try_from(number)
            .ok()
            .filter(|number| (-100_000..=100_000).contains(number))
    };
    Some((number(0)?, number(1)?))
}
