//! Builders: the designs of an exercise, the proofs that its rules judge them rightly, and its compiled file.

mod alike;
mod board;
mod compile;
mod proof;

use std::collections::BTreeMap;

use sandtable_architecture::design::Design;
use sandtable_architecture::task;

pub use compile::CompiledBuilder;
pub(crate) use compile::STAGES;

use crate::author;
use crate::author::builder::Builder;
use crate::problem::{Report, says};
use crate::source::Node;
use crate::text::suggest;

/// The designs of an exercise.
struct Stages {
    given: Design,
    models: BTreeMap<String, Design>,
    half: Option<Design>,
    witnesses: BTreeMap<String, Design>,
}

/// Compiles and proves a builder that the linter found nothing wrong with. `None` after an error.
pub(crate) fn build(
    id: &str,
    builder: &Builder,
    sources: &BTreeMap<String, author::Source>,
    node: &Node,
    report: &mut Report<'_>,
) -> Option<CompiledBuilder> {
    let before = report.error_count();
    let stages = stages(builder, node, report)?;
    let worked = stages.models.get(&builder.worked);
    for (at, note) in builder.notes.iter().enumerate() {
        if let Some(worked) = worked {
            board::known(worked, &note.at, node.field("notes").index(at).field("at").span, report);
        }
    }
    // Where a design could not be made, the others are proved all the same.
    let worked = worked.unwrap_or(&stages.given);
    let compiled = compile::compile(id, builder, &stages, worked, sources);
    match task::builder(&compiled.json.to_string()) {
        Ok(read) => proof::prove(builder, &read.task, &stages, node, report),
        Err(error) => report.error(
            "unreadable",
            node.key("kind"),
            says(
                format!("the compiled exercise cannot be read: {error}"),
                "A page reads it in the same way, and could not show it.",
                "This is a fault of Sandtable: please report it.",
            ),
        ),
    }
    (report.error_count() == before).then_some(compiled)
}

/// Makes every design. All of them are tried, so that no problem hides another.
fn stages(builder: &Builder, node: &Node, report: &mut Report<'_>) -> Option<Stages> {
    let world = board::World { builder };
    let given = board::given(&world, node.field("given"), report)?;
    let models = models(&world, &given, node, report);
    let half = models.get(&builder.half.like);
    let half = half.and_then(|base| board::changed(base, builder.half.change(), &world, node.field("half"), report));
    let mut witnesses = BTreeMap::new();
    for (id, witness) in &builder.witnesses {
        let node = node.field("witnesses").field(id);
        // What is wrong with a model has been said where it stands.
        let base = witness.like.as_ref().map_or(Some(&given), |like| models.get(like));
        let design = base.and_then(|base| board::changed(base, witness.change(), &world, node, report));
        witnesses.extend(design.map(|design| (id.clone(), design)));
        if let Some(like) = &witness.like {
            known_model(like, builder, node.field("like"), report);
        }
    }
    known_model(&builder.half.like, builder, node.field("half").field("like"), report);
    known_model(&builder.worked, builder, node.field("worked"), report);
    Some(Stages {
        given,
        models,
        half,
        witnesses,
    })
}

/// The models, each after the one that it is made from.
fn models(world: &board::World<'_>, given: &Design, node: &Node, report: &mut Report<'_>) -> BTreeMap<String, Design> {
    let wanted = &world.builder.models;
    let mut made: BTreeMap<String, Design> = BTreeMap::new();
    let mut open: Vec<&String> = wanted.keys().collect();
    loop {
        let ready = |id: &&String| match wanted.get(*id).and_then(|model| model.like.as_ref()) {
            Some(like) => made.contains_key(like),
            None => true,
        };
        let (now, later): (Vec<&String>, Vec<&String>) = open.iter().partition(|id| ready(id));
        if now.is_empty() {
            for id in later {
                waiting(id, world.builder, node.field("models").field(id), report);
            }
            return made;
        }
        for id in now {
            let Some(model) = wanted.get(id) else { continue };
            let node = node.field("models").field(id);
            let base = model.like.as_ref().map_or(Some(given), |like| made.get(like));
            let design = base
                .cloned()
                .and_then(|base| board::changed(&base, model.change(), world, node, report));
            if let Some(design) = design {
                made.insert(id.clone(), design);
            }
        }
        open = later;
    }
}

/// A model that could not be made: it is like one that is not there, or like one that is like it.
fn waiting(id: &str, builder: &Builder, node: &Node, report: &mut Report<'_>) {
    let Some(like) = builder.models.get(id).and_then(|model| model.like.as_ref()) else {
        return;
    };
    let mut next = Some(like);
    for _ in 0..builder.models.len() {
        next = next.and_then(|next| builder.models.get(next)?.like.as_ref());
    }
    if !builder.models.contains_key(like) {
        known_model(like, builder, node.field("like"), report);
    } else if next.is_some() {
        report.error(
            "like-cycle",
            node.field("like").span,
            says(
                format!("`{id}` is made from itself, by way of `{like}`"),
                "One of the models has to come first.",
                "Make one of them from the given board: leave its `like` out.",
            ),
        );
    }
}

fn known_model(id: &str, builder: &Builder, node: &Node, report: &mut Report<'_>) {
    if builder.models.contains_key(id) {
        return;
    }
    report.error(
        "unknown-id",
        node.span,
        says(
            format!("there is no model `{id}`"),
            "A design is made from one that stands under `models`.",
            suggest(id, builder.models.keys().map(String::as_str), "models"),
        ),
    );
}
