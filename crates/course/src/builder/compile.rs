//! A builder to the file that a browser reads: what `sandtable_architecture::task::builder` takes in.

use std::collections::BTreeMap;

use sandtable_architecture::design::{self, Design, Kind, canonical};
use sandtable_exercise::FORMAT;
use serde_json::{Map, Value as Json, json};

use super::Stages;
use crate::author;
use crate::author::builder::{Builder, Expect, Rule, Selector, Term, Which};
use crate::compile::{canonical as sorted, hex, source};
use crate::markdown::{plain, render, render_short};

/// The ids of the graded stages, in the order of the file: the half-built board, then the blank one.
pub(crate) const STAGES: [&str; 2] = ["half-built", "blank"];

/// A compiled builder exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledBuilder {
    /// `week-20/segmented-hub`.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub purpose: String,
    /// Topic id.
    pub topic: String,
    /// Id and content version of each graded stage: the half-built board, then the blank one.
    pub items: Vec<(String, String)>,
    /// What a browser reads, with `sandtable_architecture::task::builder`.
    pub json: Json,
}

/// Compiles a builder whose designs could be made. `id` is the exercise's.
pub(super) fn compile(
    id: &str,
    builder: &Builder,
    stages: &Stages,
    worked: &Design,
    sources: &BTreeMap<String, author::Source>,
) -> CompiledBuilder {
    let half = stages.half.as_ref().unwrap_or(&stages.given);
    let versions = versions(builder, &stages.given, half);
    let items: Vec<(String, String)> = STAGES
        .iter()
        .zip(versions)
        .map(|(stage, version)| (format!("{id}#{stage}"), version))
        .collect();
    let roles: Vec<Json> = builder
        .roles
        .iter()
        .map(|(id, role)| json!({"id": id, "label": plain(&role.label), "kinds": role.kinds}))
        .collect();
    let notes: Vec<Json> = builder
        .notes
        .iter()
        .map(|note| json!({"at": note.at, "html": render_short(&note.text)}))
        .collect();
    let faults: Vec<&str> = builder.faults.iter().map(|fault| fault.as_str()).collect();
    let mut keys: Vec<&String> = builder.sources.iter().collect();
    keys.sort_unstable();
    let sources: Vec<_> = keys
        .into_iter()
        .filter_map(|key| Some(source(key, sources.get(key)?)))
        .collect();
    let json = json!({
        "format": FORMAT,
        "id": id,
        "title": plain(&builder.title),
        "purpose": plain(&builder.purpose),
        "topic": builder.topic,
        "objective": builder.objective,
        "brief": render(&builder.brief),
        "asked": {
            "worked": render_short(&builder.asked.worked),
            "half": render_short(&builder.asked.half),
            "blank": render_short(&builder.asked.blank),
        },
        "task": {
            "flavour": builder.flavour,
            "palette": builder.palette,
            "roles": roles,
            "given": design::export(&stages.given),
            "faults": faults,
            "rules": builder.rules.iter().map(rule).collect::<Vec<_>>(),
        },
        "worked": design::export(worked),
        "notes": notes,
        "half": design::export(half),
        "items": items.iter().map(|(id, version)| json!({"id": id, "version": version})).collect::<Vec<_>>(),
        "explain": render(&builder.explain),
        "sources": sources,
    });
    CompiledBuilder {
        id: id.to_owned(),
        title: plain(&builder.title),
        purpose: plain(&builder.purpose),
        topic: builder.topic.clone(),
        items,
        json: sorted(json),
    }
}

fn rule(rule: &Rule) -> Json {
    let mut json = graded(rule);
    let hints: Vec<String> = rule.hints.iter().map(|hint| render_short(hint)).collect();
    if let Some(fields) = json.as_object_mut() {
        fields.insert("say".to_owned(), plain(&rule.say).into());
        fields.insert("why".to_owned(), render_short(&rule.why).into());
        fields.insert("hints".to_owned(), json!(hints));
    }
    json
}

/// The parts of a rule that grading reads.
fn graded(rule: &Rule) -> Json {
    let mut json = Map::new();
    json.insert("id".to_owned(), rule.id.as_str().into());
    json.insert("must".to_owned(), rule.must.into());
    json.insert("weight".to_owned(), rule.weight.into());
    json.insert("after".to_owned(), json!(rule.after));
    if let Some(route) = &rule.route {
        let to = if route.to.is_internet() {
            "internet".into()
        } else {
            selector(&route.to)
        };
        let expect = match route.expect {
            Expect::Delivered => "delivered",
            Expect::Dropped => "dropped",
        };
        let mut fields = json!({"from": selector(&route.from), "to": to, "expect": expect, "both": route.both});
        if let Some(fields) = fields.as_object_mut() {
            if let Some(through) = &route.through {
                fields.insert("through".to_owned(), selector(through));
            }
            if let Some(under) = &route.under {
                fields.insert("under".to_owned(), under.as_str().into());
            }
        }
        json.insert("route".to_owned(), fields);
    }
    if let Some(separate) = &rule.separate {
        let mut fields = json!({"a": selector(&separate.a), "b": selector(&separate.b)});
        if let (Some(inside), Some(fields)) = (&separate.inside, fields.as_object_mut()) {
            fields.insert("inside".to_owned(), inside.as_str().into());
        }
        json.insert("separate".to_owned(), fields);
    }
    if let Some(count) = &rule.count {
        let mut fields = json!({"of": selector(&count.of), "min": count.min});
        if let (Some(max), Some(fields)) = (count.max, fields.as_object_mut()) {
            fields.insert("max".to_owned(), max.into());
        }
        json.insert("count".to_owned(), fields);
    }
    if let Some(spread) = &rule.spread {
        json.insert(
            "spread".to_owned(),
            json!({"of": selector(&spread.of), "min": spread.min, "even": spread.even}),
        );
    }
    Json::Object(json)
}

fn selector(selector: &Selector) -> Json {
    let terms = selector.terms();
    match terms {
        [only] => term(only),
        several => several.iter().map(term).collect(),
    }
}

fn term(term: &Term) -> Json {
    match term {
        Term::Word(word) => word.as_str().into(),
        Term::Which(Which { kind, role, within }) => {
            let fields = [("kind", kind), ("role", role), ("in", within)];
            let fields = fields
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.as_deref()?.into())));
            Json::Object(fields.collect())
        }
    }
}

/// The versions of the stages: over what grading reads and over where the learner begins, and over no prose.
fn versions(builder: &Builder, given: &Design, half: &Design) -> [String; 2] {
    let task = json!({
        "kind": "builder",
        "flavour": builder.flavour,
        "rules": builder.rules.iter().map(graded).collect::<Vec<_>>(),
        "given": bare(given),
    });
    let half = json!({"task": task, "half": bare(half)});
    [half, task].map(|graded| hex(sorted(graded).to_string().as_bytes(), 8))
}

/// A design without its drawing, and without names where no fault domain hangs on them.
fn bare(design: &Design) -> Json {
    let mut bare = canonical(design);
    for (id, part) in bare.parts.iter_mut() {
        part.locked = design.parts.get(id).is_some_and(|part| part.locked);
        if !matches!(part.kind, Kind::Zone | Kind::Region) {
            part.name.clear();
        }
    }
    for (id, link) in bare.links.iter_mut() {
        link.locked = design.links.get(id).is_some_and(|link| link.locked);
    }
    let mut json = design::export(&bare);
    if let Some(parts) = json.get_mut("parts").and_then(Json::as_object_mut) {
        for part in parts.values_mut().filter_map(Json::as_object_mut) {
            part.remove("at");
        }
    }
    json
}
