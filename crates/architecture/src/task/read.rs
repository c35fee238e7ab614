use std::fmt;

use ipnet::IpNet;
use serde_json::Value as Json;

use super::{
    Breakable, Builder, Expect, Note, Predicate, Role, RouteRule, Rule, Selector, StageItem, Task, Term, To, range,
};
use crate::design::{self, Design, Flavour, Kind};

/// The number of the compiled format; the same as every other file of the course carries.
const FORMAT: u64 = 1;

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

type Read<T> = Result<T, ReadError>;

fn broken<T>(at: &str) -> Read<T> {
    Err(ReadError::Broken(at.to_owned()))
}

/// Reads a compiled builder exercise.
pub fn builder(text: &str) -> Read<Builder> {
    let json: Json = serde_json::from_str(text).or_else(|_| broken("the file"))?;
    match json.get("format").and_then(Json::as_u64) {
        Some(FORMAT) => {}
        Some(other) => return Err(ReadError::NewFormat(other)),
        None => return broken("format"),
    }
    let item = |json: &Json| {
        Ok(StageItem {
            id: text_of(json, "id")?,
            version: text_of(json, "version")?,
        })
    };
    let note = |json: &Json| {
        Ok(Note {
            at: text_of(json, "at")?,
            html: text_of(json, "html")?,
        })
    };
    Ok(Builder {
        id: text_of(&json, "id")?,
        title: text_of(&json, "title")?,
        brief: text_of(&json, "brief")?,
        task: task(field(&json, "task")?)?,
        worked: board(&json, "worked")?,
        notes: list(&json, "notes", note)?,
        half: board(&json, "half")?,
        items: list(&json, "items", item)?,
        explain: text_of(&json, "explain")?,
    })
}

fn task(json: &Json) -> Read<Task> {
    let flavour = Flavour::read(&text_of(json, "flavour")?);
    Ok(Task {
        flavour: flavour.map_or_else(|| broken("task.flavour"), Ok)?,
        palette: list(json, "palette", kind)?,
        roles: list(json, "roles", role)?,
        given: board(json, "given")?,
        faults: list(json, "faults", breakable)?,
        rules: list(json, "rules", rule)?,
    })
}

/// A design that our own compiler wrote: it has no problems.
fn board(json: &Json, name: &str) -> Read<Design> {
    let (design, problems) = design::import(field(json, name)?);
    match problems.first() {
        None => Ok(design),
        Some(problem) => broken(&format!("{name}.{}: {}", problem.at, problem.says)),
    }
}

fn role(json: &Json) -> Read<Role> {
    Ok(Role {
        id: text_of(json, "id")?.as_str().into(),
        label: text_of(json, "label")?,
        kinds: list(json, "kinds", kind)?,
    })
}

fn kind(json: &Json) -> Read<Kind> {
    json.as_str().and_then(Kind::read).map_or_else(|| broken("a kind"), Ok)
}

fn breakable(json: &Json) -> Read<Breakable> {
    match json.as_str() {
        Some("zone") => Ok(Breakable::Zones),
        Some("attachment") => Ok(Breakable::Attachments),
        _ => broken("a fault"),
    }
}

fn rule(json: &Json) -> Read<Rule> {
    Ok(Rule {
        id: text_of(json, "id")?,
        say: text_of(json, "say")?,
        why: text_of(json, "why")?,
        must: flag(json, "must"),
        weight: number(json, "weight").unwrap_or(1).max(1),
        after: list(json, "after", words)?,
        hints: list(json, "hints", words)?,
        predicate: predicate(json)?,
    })
}

fn predicate(json: &Json) -> Read<Predicate> {
    let count = |json: &Json, name| number(json, name).map(|number| number as usize);
    if let Some(json) = json.get("route") {
        return Ok(Predicate::Route(RouteRule {
            from: selector(field(json, "from")?)?,
            to: match field(json, "to")?.as_str() {
                Some("internet") => To::Internet,
                _ => To::Parts(selector(field(json, "to")?)?),
            },
            expect: match json.get("expect").and_then(Json::as_str) {
                Some("delivered") => Expect::Delivered,
                Some("dropped") => Expect::Dropped,
                _ => return broken("route.expect"),
            },
            both: flag(json, "both"),
            through: json.get("through").map(selector).transpose()?,
            under: json.get("under").map(breakable).transpose()?,
        }));
    }
    if let Some(json) = json.get("separate") {
        return Ok(Predicate::Separate {
            a: selector(field(json, "a")?)?,
            b: selector(field(json, "b")?)?,
            inside: json.get("inside").map(inside).transpose()?,
        });
    }
    if let Some(json) = json.get("count") {
        return Ok(Predicate::Count {
            of: selector(field(json, "of")?)?,
            min: count(json, "min").unwrap_or(0),
            max: count(json, "max"),
        });
    }
    if let Some(json) = json.get("spread") {
        return Ok(Predicate::Spread {
            of: selector(field(json, "of")?)?,
            min: count(json, "min").unwrap_or(2),
            even: flag(json, "even"),
        });
    }
    broken("a predicate")
}

fn inside(json: &Json) -> Read<IpNet> {
    json.as_str().and_then(range).map_or_else(|| broken("a range"), Ok)
}

fn selector(json: &Json) -> Read<Selector> {
    match json {
        Json::Array(terms) => Ok(Selector(terms.iter().map(term).collect::<Read<_>>()?)),
        one => Ok(Selector(vec![term(one)?])),
    }
}

fn term(json: &Json) -> Read<Term> {
    let mut term = Term::default();
    if let Some(text) = json.as_str() {
        match (text.strip_prefix('#'), text.strip_prefix('@'), Kind::read(text)) {
            (Some(id), ..) => term.id = Some(id.into()),
            (_, Some(role), _) => term.role = Some(role.into()),
            (.., Some(kind)) => term.kind = Some(kind),
            _ => return broken("a selector"),
        }
        return Ok(term);
    }
    let word = |name: &str| json.get(name).and_then(Json::as_str);
    term.kind = json.get("kind").map(kind).transpose()?;
    term.role = word("role").map(Into::into);
    term.within = word("in").map(Into::into);
    match term == Term::default() {
        true => broken("a selector"),
        false => Ok(term),
    }
}

fn field<'a>(json: &'a Json, name: &str) -> Read<&'a Json> {
    json.get(name).map_or_else(|| broken(name), Ok)
}

fn words(json: &Json) -> Read<String> {
    json.as_str()
        .map_or_else(|| broken("a text"), |text| Ok(text.to_owned()))
}

fn text_of(json: &Json, name: &str) -> Read<String> {
    json.get(name)
        .and_then(Json::as_str)
        .map_or_else(|| broken(name), |text| Ok(text.to_owned()))
}

fn flag(json: &Json, name: &str) -> bool {
    json.get(name).and_then(Json::as_bool).unwrap_or(false)
}

fn number(json: &Json, name: &str) -> Option<u32> {
    json.get(name)
        .and_then(Json::as_u64)
        .and_then(|number| u32::try_from(number).ok())
}

fn list<T>(json: &Json, name: &str, read: impl Fn(&Json) -> Read<T>) -> Read<Vec<T>> {
    match json.get(name) {
        None => Ok(Vec::new()),
        Some(Json::Array(values)) => values.iter().map(read).collect(),
        Some(_) => broken(name),
    }
}
