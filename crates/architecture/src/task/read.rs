use std::fmt;

use ipnet::IpNet;

use super::{
    Asked, Breakable, Builder, Expect, Note, Predicate, Role, RouteRule, Rule, Selector, StageItem, Task, Term, To,
    range,
};
use crate::design::json::Json;
use crate::design::{Design, Flavour, Kind, import_json};

/// The number of the compiled format; the same as every other file of the course carries.
const FORMAT: i64 = 1;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Another build wrote it, in this format.
    NewFormat(u64),
    /// This field is missing or of the wrong form.
    Broken(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NewFormat(format) => write!(f, "format {format} is not {FORMAT}"),
            ReadError::Broken(at) => write!(f, "{at} is missing or of the wrong form"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a compiled builder exercise.
pub fn builder(text: &str) -> Result<Builder, ReadError> {
    let mut reader = Reader { broken: None };
    let json = Json::read(text).unwrap_or_else(|_| {
        reader.broken("the file");
        Json::Null
    });
    match json.get("format").number() {
        Some(FORMAT) => {}
        Some(other) => return Err(ReadError::NewFormat(u64::try_from(other).unwrap_or_default())),
        None => reader.broken("format"),
    }
    let builder = reader.builder(&json);
    match reader.broken {
        None => Ok(builder),
        Some(at) => Err(ReadError::Broken(at)),
    }
}

/// Reads on with something in place of what is broken, and keeps what was broken first.
struct Reader {
    broken: Option<String>,
}

impl Reader {
    #[inline(never)]
    fn broken(&mut self, at: &str) {
        if self.broken.is_none() {
            self.broken = Some(at.to_owned());
        }
    }

    fn builder(&mut self, json: &Json) -> Builder {
        let mut notes = Vec::new();
        let mut items = Vec::new();
        Builder {
            id: self.text(json, "id"),
            title: self.text(json, "title"),
            brief: self.text(json, "brief"),
            asked: {
                let json = json.get("asked");
                Asked {
                    worked: self.text(json, "worked"),
                    half: self.text(json, "half"),
                    blank: self.text(json, "blank"),
                }
            },
            task: self.task(json.get("task")),
            worked: self.board(json, "worked"),
            notes: {
                for json in self.list(json, "notes") {
                    notes.push(Note {
                        at: self.text(json, "at"),
                        html: self.text(json, "html"),
                    });
                }
                notes
            },
            half: self.board(json, "half"),
            items: {
                for json in self.list(json, "items") {
                    items.push(StageItem {
                        id: self.text(json, "id"),
                        version: self.text(json, "version"),
                    });
                }
                items
            },
            explain: self.text(json, "explain"),
        }
    }

    fn task(&mut self, json: &Json) -> Task {
        if json.is_null() {
            self.broken("task");
        }
        let mut task = Task::default();
        match Flavour::read(&self.text(json, "flavour")) {
            Some(flavour) => task.flavour = flavour,
            None => self.broken("task.flavour"),
        }
        task.palette = self.kinds(json, "palette");
        for json in self.list(json, "roles") {
            task.roles.push(Role {
                id: self.text(json, "id").as_str().into(),
                label: self.text(json, "label"),
                kinds: self.kinds(json, "kinds"),
            });
        }
        task.given = self.board(json, "given");
        for json in self.list(json, "faults") {
            task.faults.push(self.breakable(json));
        }
        for json in self.list(json, "rules") {
            task.rules.push(Rule {
                id: self.text(json, "id"),
                say: self.text(json, "say"),
                why: self.text(json, "why"),
                must: flag(json, "must"),
                weight: number(json, "weight").unwrap_or(1).max(1),
                after: self.texts(json, "after"),
                hints: self.texts(json, "hints"),
                predicate: self.predicate(json),
            });
        }
        task
    }

    /// A design that our own compiler wrote: it has no problems.
    fn board(&mut self, json: &Json, name: &str) -> Design {
        let json = json.get(name);
        if json.is_null() {
            self.broken(name);
            return Design::default();
        }
        let (design, problems) = import_json(json);
        if let Some(problem) = problems.first() {
            self.broken(&[name, ".", &problem.at, ": ", &problem.says].concat());
        }
        design
    }

    fn kinds(&mut self, json: &Json, name: &str) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for json in self.list(json, name) {
            match json.text().and_then(Kind::read) {
                Some(kind) => kinds.push(kind),
                None => self.broken("a kind"),
            }
        }
        kinds
    }

    fn breakable(&mut self, json: &Json) -> Breakable {
        match json.text() {
            Some("attachment") => return Breakable::Attachments,
            Some("zone") => {}
            _ => self.broken("a fault"),
        }
        Breakable::Zones
    }

    fn predicate(&mut self, json: &Json) -> Predicate {
        let rule = json.get("route");
        if !rule.is_null() {
            let there = |name: &str| Some(rule.get(name)).filter(|json| !json.is_null());
            return Predicate::Route(RouteRule {
                from: self.selector(rule.get("from")),
                to: match rule.get("to").text() {
                    Some("internet") => To::Internet,
                    _ => To::Parts(self.selector(rule.get("to"))),
                },
                expect: match rule.get("expect").text() {
                    Some("dropped") => Expect::Dropped,
                    word => {
                        if word != Some("delivered") {
                            self.broken("route.expect");
                        }
                        Expect::Delivered
                    }
                },
                both: flag(rule, "both"),
                through: there("through").map(|json| self.selector(json)),
                under: there("under").map(|json| self.breakable(json)),
            });
        }
        let rule = json.get("separate");
        if !rule.is_null() {
            return Predicate::Separate {
                a: self.selector(rule.get("a")),
                b: self.selector(rule.get("b")),
                inside: self.inside(rule.get("inside")),
            };
        }
        let rule = json.get("count");
        if !rule.is_null() {
            return Predicate::Count {
                of: self.selector(rule.get("of")),
                min: number(rule, "min").unwrap_or(0) as usize,
                max: number(rule, "max").map(|most| most as usize),
            };
        }
        let rule = json.get("spread");
        if rule.is_null() {
            self.broken("a predicate");
        }
        Predicate::Spread {
            of: self.selector(rule.get("of")),
            min: number(rule, "min").unwrap_or(2) as usize,
            even: flag(rule, "even"),
        }
    }

    fn inside(&mut self, json: &Json) -> Option<IpNet> {
        let inside = json.text().and_then(range);
        if inside.is_none() && !json.is_null() {
            self.broken("a range");
        }
        inside
    }

    fn selector(&mut self, json: &Json) -> Selector {
        let terms = match json.list() {
            Some(terms) => terms,
            None => std::slice::from_ref(json),
        };
        let mut selector = Selector(Vec::new());
        for json in terms {
            selector.0.push(self.term(json));
        }
        selector
    }

    fn term(&mut self, json: &Json) -> Term {
        let mut term = Term::default();
        let kind = match json.text() {
            Some(text) => match (text.strip_prefix('#'), text.strip_prefix('@')) {
                (Some(id), _) => {
                    term.id = Some(id.into());
                    None
                }
                (_, Some(role)) => {
                    term.role = Some(role.into());
                    None
                }
                _ => Some(text),
            },
            None => {
                term.role = json.get("role").text().map(Into::into);
                term.within = json.get("in").text().map(Into::into);
                json.get("kind").text()
            }
        };
        term.kind = kind.and_then(Kind::read);
        if term.kind.is_none() && (kind.is_some() || !json.get("kind").is_null()) || term == Term::default() {
            self.broken("a selector");
        }
        term
    }

    fn text(&mut self, json: &Json, name: &str) -> String {
        let text = json.get(name).text();
        if text.is_none() {
            self.broken(name);
        }
        text.unwrap_or_default().to_owned()
    }

    fn texts(&mut self, json: &Json, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for json in self.list(json, name) {
            match json.text() {
                Some(text) => texts.push(text.to_owned()),
                None => self.broken("a text"),
            }
        }
        texts
    }

    fn list<'a>(&mut self, json: &'a Json, name: &str) -> &'a [Json] {
        let json = json.get(name);
        if json.list().is_none() && !json.is_null() {
            self.broken(name);
        }
        json.list().unwrap_or_default()
    }
}

fn flag(json: &Json, name: &str) -> bool {
    json.get(name).flag() == Some(true)
}

fn number(json: &Json, name: &str) -> Option<u32> {
    json.get(name).number().and_then(|number| u32::try_from(number).ok())
}
