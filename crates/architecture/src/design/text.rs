//! A design as JSON, and back.
//!
//! `{"v":1,"flavour":"aws","next":3,"parts":{"hub":{"kind":"transit","in":"region","name":"Hub","at":[2,4],"size":[30,20],
//! "attrs":{..},"role":"..","locked":true}},"links":{"l1":{"kind":"route","from":"a","to":"b","attrs":{..}}}}`. Rows of a
//! table are `{"to":"10.0.0.0/8","via":"hub"}`; a blackhole is `{"to":"10.0.0.0/8","drop":true}`.

use ipnet::IpNet;

use super::ids::is_slug;
use super::json::{Json, Writer};
use super::{
    Attr, Attrs, Cell, Design, Flavour, Kind, Link, LinkKind, MAX_DEPTH, MAX_IMPORT_BYTES, MAX_IMPORT_LINKS,
    MAX_IMPORT_PARTS, Part, PartId, Route, Shape, Size, Value, Via,
};
use crate::catalogue::{allow_link, allow_place, link_settings, part_settings};
use crate::sorted::BTreeMap;
use crate::words::cut;

/// The version of the form.
const VERSION: i64 = 1;
/// How many letters a name or a text may have.
const MAX_LETTERS: usize = 80;
/// How many rows a table may have.
const MAX_ROWS: usize = 1000;
/// How many corners a link may have.
const MAX_BENDS: usize = 64;

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
pub fn export(design: &Design) -> serde_json::Value {
    serde_json::from_str(&export_text(design)).unwrap_or_default()
}

/// Writes a design down as text.
#[must_use]
pub fn export_text(design: &Design) -> String {
    let mut out = Writer::default();
    out.open('{');
    out.name("v");
    out.raw(&VERSION.to_string());
    out.field("flavour", design.flavour.as_str());
    out.name("next");
    out.raw(&design.next.to_string());
    out.name("parts");
    out.open('{');
    for (id, part) in &design.parts {
        out.name(id.as_str());
        out.open('{');
        out.field("kind", part.kind.as_str());
        if let Some(parent) = &part.parent {
            out.field("in", parent.as_str());
        }
        out.field("name", &part.name);
        out.name("at");
        out.pair(part.at.x, part.at.y);
        if let Some(size) = part.size {
            out.name("size");
            out.pair(size.w, size.h);
        }
        if let Some(role) = &part.role {
            out.field("role", role.as_str());
        }
        write_end(&mut out, &part.attrs, part.locked);
    }
    out.close('}');
    out.name("links");
    out.open('{');
    for (id, link) in &design.links {
        out.name(id.as_str());
        out.open('{');
        out.field("kind", link.kind.as_str());
        out.field("from", link.from.as_str());
        out.field("to", link.to.as_str());
        if !link.bends.is_empty() {
            out.name("bends");
            out.open('[');
            for bend in &link.bends {
                out.pair(bend.x, bend.y);
            }
            out.close(']');
        }
        write_end(&mut out, &link.attrs, link.locked);
    }
    out.close('}');
    out.close('}');
    out.done()
}

/// What parts and links have in common, up to their end.
fn write_end(out: &mut Writer, attrs: &Attrs, is_locked: bool) {
    if !attrs.is_empty() {
        out.name("attrs");
        out.open('{');
        for (attr, value) in attrs {
            out.name(attr.as_str());
            write_value(out, value);
        }
        out.close('}');
    }
    if is_locked {
        out.name("locked");
        out.raw("true");
    }
    out.close('}');
}

fn write_value(out: &mut Writer, value: &Value) {
    match value {
        Value::Bool(is_set) => out.raw(if *is_set { "true" } else { "false" }),
        Value::Text(text) => out.text(text),
        Value::Cidr(net) => out.text(&net.to_string()),
        Value::Part(id) => out.text(id.as_str()),
        Value::Parts(ids) => {
            out.open('[');
            for id in ids {
                out.text(id.as_str());
            }
            out.close(']');
        }
        Value::Routes(routes) => {
            out.open('[');
            for route in routes {
                out.open('{');
                out.field("to", &route.prefix.to_string());
                match &route.via {
                    Via::Part(id) => out.field("via", id.as_str()),
                    Via::Drop => {
                        out.name("drop");
                        out.raw("true");
                    }
                }
                out.close('}');
            }
            out.close(']');
        }
    }
}

/// Reads a design from text. See [`import`].
#[must_use]
pub fn import_text(text: &str) -> (Design, Vec<Problem>) {
    let mut reader = Reader { problems: Vec::new() };
    let mut design = Design::default();
    if text.len() > MAX_IMPORT_BYTES {
        reader.note("", "The text is larger than 256 KB. Nothing was read.");
    } else {
        match Json::read(text) {
            Ok(json) => design = reader.design(&json),
            Err((line, column)) => reader.note(
                "",
                &format!("This is not JSON, from line {line}, column {column} on. Nothing was read."),
            ),
        }
    }
    (design, reader.problems)
}

/// Reads a design. What can be kept is kept; each thing that cannot is named. The result breaks no invariant but those of
/// the drawing: whoever takes it in lays it out anew where parts overlap.
#[must_use]
pub fn import(json: &serde_json::Value) -> (Design, Vec<Problem>) {
    import_json(&json.into())
}

/// The same, for what was read already.
pub(crate) fn import_json(json: &Json) -> (Design, Vec<Problem>) {
    let mut reader = Reader { problems: Vec::new() };
    let design = reader.design(json);
    (design, reader.problems)
}

/// What is said of an id that is none.
const NO_SLUG: &str = "An id is made of a-z, 0-9 and single hyphens, at most 64 characters. It was left out.";

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    #[inline(never)]
    fn note(&mut self, at: &str, says: &str) {
        self.problems.push(Problem {
            at: at.to_owned(),
            says: says.to_owned(),
        });
    }

    /// Notes a field that is there and has the wrong form.
    fn note_field(&mut self, at: &str, name: &str, says: &str) {
        self.note(&[at, ".", name].concat(), says);
    }

    fn design(&mut self, json: &Json) -> Design {
        let mut design = Design::default();
        let refused = match json.get("v").number() {
            _ if json.object().is_none() => ("", "A design is a JSON object. Nothing was read."),
            Some(VERSION) => ("", ""),
            Some(newer) if newer > VERSION => ("v", "A newer Sandtable wrote this. Nothing was read."),
            _ => ("v", "It does not say which version it is. Nothing was read."),
        };
        if !refused.1.is_empty() {
            self.note(refused.0, refused.1);
            return design;
        }
        let none = BTreeMap::new();
        let parts = json.get("parts").object();
        let links = json.get("links").object();
        let (some_parts, some_links) = (parts.unwrap_or(&none), links.unwrap_or(&none));
        // A part of a design is none: with its first parts alone nearly everything would be missing something.
        for (name, there, most) in [
            ("parts", some_parts.len(), MAX_IMPORT_PARTS),
            ("links", some_links.len(), MAX_IMPORT_LINKS),
        ] {
            if there > most {
                self.note(
                    name,
                    &format!("There are {there} {name}, and at most {most} can be read. Nothing was read."),
                );
                return design;
            }
        }
        match json.get("flavour").text().and_then(Flavour::read) {
            Some(flavour) => design.flavour = flavour,
            None => self.note("flavour", "This flavour is not known; aws was taken."),
        }
        let next = json.get("next").number();
        design.next = next.and_then(|next| u32::try_from(next).ok()).unwrap_or(0);
        if parts.is_none() {
            self.note("parts", "There are no parts.");
        }
        if links.is_none() && !json.get("links").is_null() {
            self.note("links", "Links are an object by their ids. They were left out.");
        }
        for (id, json) in some_parts {
            self.part(id, json, &mut design);
        }
        self.homeless(&mut design);
        for (id, json) in some_links {
            self.link(id, json, &mut design);
        }
        self.references(&mut design);
        numbers(&mut design);
        design
    }

    /// What stands in nothing, or where it may not, goes, and then what stood in that.
    fn homeless(&mut self, design: &mut Design) {
        loop {
            let mut lost = Vec::new();
            for (id, part) in &design.parts {
                if let Some(why) = homeless(design, id, part) {
                    lost.push((id.clone(), why));
                }
            }
            if lost.is_empty() {
                return;
            }
            for (id, why) in lost {
                design.parts.remove(&id);
                self.note(&["parts.", id.as_str()].concat(), &[&why, " It was left out."].concat());
            }
        }
    }

    /// A text in a field, empty where there is none.
    fn word<'a>(&mut self, at: &str, json: &'a Json, name: &str) -> &'a str {
        let field = json.get(name);
        let text = field.text();
        if text.is_none() && !field.is_null() {
            self.note_field(at, name, "This is a text. It was left out.");
        }
        text.unwrap_or_default()
    }

    /// A pair of numbers in a field.
    fn pair(&mut self, at: &str, json: &Json, name: &str) -> Option<(i32, i32)> {
        let field = json.get(name);
        let found = pair(field);
        if found.is_none() && !field.is_null() {
            self.note_field(
                at,
                name,
                "This is a list of two whole numbers, none beyond 100000. It was left out.",
            );
        }
        found
    }

    /// Whether something is given.
    fn locked(&mut self, at: &str, json: &Json) -> bool {
        let field = json.get("locked");
        if field.flag().is_none() && !field.is_null() {
            self.note_field(at, "locked", "This is true or false. It was left out.");
        }
        field.flag() == Some(true)
    }

    /// A text that is not too long.
    fn short(&mut self, at: &str, text: &str) -> String {
        let kept = cut(text, MAX_LETTERS);
        if kept.len() < text.len() {
            self.note(at, "It has more than 80 letters. The others were left out.");
        }
        kept.to_owned()
    }

    fn part(&mut self, id: &str, json: &Json, design: &mut Design) {
        let at = ["parts.", id].concat();
        if !is_slug(id) {
            return self.note(&at, NO_SLUG);
        }
        let Some(kind) = json.get("kind").text().and_then(Kind::read) else {
            return self.note_field(&at, "kind", "This kind of part is not known. It was left out.");
        };
        let holder = json.get("in");
        if holder.text().is_none() && !holder.is_null() {
            return self.note_field(
                &at,
                "in",
                "What holds a part is written as an id. The part was left out.",
            );
        }
        let name = self.word(&at, json, "name");
        let name = self.short(&[&at, ".name"].concat(), name);
        let mut part = Part::new(kind, holder.text().map(PartId::from), &name);
        let role = self.word(&at, json, "role");
        part.role = (!role.is_empty()).then(|| role.into());
        let (x, y) = self.pair(&at, json, "at").unwrap_or_default();
        part.at = Cell { x, y };
        let size = self.pair(&at, json, "size");
        if kind.is_container() {
            let (w, h) = size.unwrap_or((24, 13));
            part.size = Some(Size {
                w: w.max(1),
                h: h.max(1),
            });
        }
        part.locked = self.locked(&at, json);
        part.attrs = self.attrs(&at, json, part_settings(kind));
        design.parts.insert(id.into(), part);
    }

    fn link(&mut self, id: &str, json: &Json, design: &mut Design) {
        let at = ["links.", id].concat();
        let word = |name: &str| json.get(name).text();
        let (Some(kind), Some(from), Some(to)) = (word("kind").and_then(LinkKind::read), word("from"), word("to"))
        else {
            return self.note(&at, "A link has a kind that is known, and two ends. It was left out.");
        };
        if !is_slug(id) {
            return self.note(&at, NO_SLUG);
        }
        let mut link = Link::new(kind, from.into(), to.into());
        if let Err(reason) = allow_link(design, kind, &link.from, &link.to) {
            return self.note(&at, &[&reason.0, " It was left out."].concat());
        }
        link.attrs = self.attrs(&at, json, link_settings(design, &link));
        link.locked = self.locked(&at, json);
        let bends = json.get("bends");
        for bend in bends.list().unwrap_or_default() {
            if let Some((x, y)) = pair(bend) {
                link.bends.push(Cell { x, y });
            }
        }
        link.bends.truncate(MAX_BENDS);
        if link.bends.len() < bends.list().map_or(usize::from(!bends.is_null()), <[Json]>::len) {
            self.note_field(
                &at,
                "bends",
                "Corners are at most 64 pairs of whole numbers. The others were left out.",
            );
        }
        design.links.insert(id.into(), link);
    }

    fn attrs(&mut self, at: &str, json: &Json, known: &[Attr]) -> Attrs {
        let mut attrs = Attrs::new();
        let field = json.get("attrs");
        if field.object().is_none() && !field.is_null() {
            self.note_field(
                at,
                "attrs",
                "Settings are an object by their names. They were left out.",
            );
        }
        for (name, json) in field.object().into_iter().flatten() {
            let at = [at, ".attrs.", name].concat();
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
            Shape::Bool => Value::Bool(json.flag()?),
            Shape::Text => Value::Text(self.short(at, json.text()?)),
            Shape::Cidr => Value::Cidr(prefix(json.text()?)?),
            Shape::Part => Value::Part(json.text()?.into()),
            Shape::Parts => {
                let mut ids = Vec::new();
                for (row, json) in json.list()?.iter().enumerate() {
                    match json.text() {
                        Some(id) => ids.push(id.into()),
                        None => self.note_field(at, &row.to_string(), "This is no id. It was left out."),
                    }
                }
                Value::Parts(ids.into_iter().collect())
            }
            Shape::Routes => {
                let mut routes = Vec::new();
                let rows = json.list()?;
                if rows.len() > MAX_ROWS {
                    self.note(at, "A table has at most 1000 rows. The others were left out.");
                }
                for (row, json) in rows.iter().enumerate().take(MAX_ROWS) {
                    match route(json) {
                        Some(route) => routes.push(route),
                        None => self.note_field(
                            at,
                            &row.to_string(),
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
        let there: Vec<PartId> = design.parts.keys().cloned().collect();
        let is_there = |id: &PartId| there.binary_search(id).is_ok();
        for (id, part) in design.parts.iter_mut() {
            self.pruned("parts.", id.as_str(), &mut part.attrs, &is_there);
        }
        for (id, link) in design.links.iter_mut() {
            self.pruned("links.", id.as_str(), &mut link.attrs, &is_there);
        }
    }

    fn pruned(&mut self, of: &str, id: &str, attrs: &mut Attrs, is_there: &dyn Fn(&PartId) -> bool) {
        if prune(attrs, is_there) {
            self.note(
                &[of, id].concat(),
                "It refers to a part that is not there. The reference was left out.",
            );
        }
    }
}

/// No id is given twice, whatever `next` said.
fn numbers(design: &mut Design) {
    let parts = design.parts.keys().map(PartId::as_str);
    for id in parts.chain(design.links.keys().map(super::LinkId::as_str)) {
        let number = id
            .strip_prefix(['p', 'l'])
            .and_then(|number| number.parse::<u32>().ok());
        if let Some(number) = number {
            design.next = design.next.max(number.saturating_add(1));
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
    let via = match (json.get("via").text(), json.get("drop").flag()) {
        (Some(id), None | Some(false)) => Via::Part(id.into()),
        (None, Some(true)) => Via::Drop,
        _ => return None,
    };
    Some(Route {
        prefix: prefix(json.get("to").text()?)?,
        via,
    })
}

/// Two whole numbers within reason.
fn pair(json: &Json) -> Option<(i32, i32)> {
    let [a, b] = json.list()? else { return None };
    let number = |json: &Json| {
        let number = i32::try_from(json.number()?).ok()?;
        (-100_000..=100_000).contains(&number).then_some(number)
    };
    Some((number(a)?, number(b)?))
}
