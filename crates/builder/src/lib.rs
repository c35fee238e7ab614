//! The architecture editor: canvas, outline, parts, settings, results. What is decided is decided in
//! `sandtable_architecture`; `Desk` holds it together, the panels say as data what the page should look like, and
//! `page` makes it so.
//!
//! It is a wasm module of its own, without Leptos: see ARCHITECTURE.md. It never touches storage, route or theme: whoever
//! mounts it owns the record, gives it the drafts, and is told of changes and checks through the port.

use sandtable_architecture::editor::FieldId;
use sandtable_architecture::network::{Cause, Setting};
use sandtable_architecture::panel::{Stage, State};
use sandtable_architecture::task;
use sandtable_exercise::FORMAT;

pub use page::{Host, Mounted};

pub(crate) mod act;
mod canvas;
pub(crate) mod desk;
mod embedded;
mod inspector;
mod outage;
mod outline;
mod page;
mod palette;
mod results;
mod shape;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod toolbar;
pub(crate) mod tree;

use act::{Act, On};
use desk::{Desk, Panels};
use tree::{Tree, button, el, kept, label, t, text};

/// Starts the module, without anything on the page yet.
pub fn start() {
    sandtable_browser::panic::install();
}

/// What speaks against opening a file, where something does; empty when another version of this module or of the file
/// is meant.
#[must_use]
pub fn fault(format: u32, file: &str) -> Option<String> {
    if format != FORMAT {
        return Some(String::new());
    }
    match task::builder(file) {
        Ok(_) => None,
        Err(task::ReadError::NewFormat(_)) => Some(String::new()),
        Err(broken @ task::ReadError::Broken(_)) => Some(broken.to_string()),
    }
}

/// Mounts a builder. `state` is JSON: see `sandtable_architecture::panel::State`. `None` when the file cannot be read, which
/// [`fault`] tells before.
#[must_use]
pub fn mount(host: Host, file: &str, state: &str) -> Option<Mounted> {
    let exercise = task::builder(file).ok()?;
    let desk = Desk::open(exercise, State::read(state), host.now());
    Some(host.mount(desk))
}

/// Mounts a builder into somebody else's page, at a stage of `worked`, `half-built` and `empty`.
///
/// # Errors
///
/// Says nothing where the file is of another version, and otherwise why it cannot be read.
pub fn embed(host: Host, file: &str, stage: &str, state: &str) -> Result<Mounted, String> {
    match task::builder(file) {
        Ok(exercise) => {
            let desk = Desk::embedded(exercise, stage, state, host.now());
            Ok(host.mount(desk))
        }
        Err(task::ReadError::NewFormat(_)) => Err(String::new()),
        Err(broken @ task::ReadError::Broken(_)) => Err(broken.to_string()),
    }
}

/// The page as it should be now. Panels that are not dirty are kept.
pub(crate) fn draw(desk: &Desk) -> Tree {
    let one = |panels: Panels, draw: fn(&Desk) -> Tree| match desk.dirty.has(panels) {
        true => draw(desk),
        false => kept(),
    };
    let board = el("div", "board")
        .add(canvas::canvas(desk))
        .add(one(Panels::REST, outline::outline));
    let middle = el("div", "desk")
        .add(one(Panels::PARTS, palette::palette))
        .add(board)
        .add(one(Panels::SETTINGS, inspector::inspector));
    let below = el("div", "below")
        .add(one(Panels::REST, results::rules))
        .add(one(Panels::OUTAGE, outage::outage));
    el("section", "builder")
        .set("data-view", desk.view.id())
        .set("data-board", if desk.is_outline { "outline" } else { "canvas" })
        .set("data-stage", desk.stage.id())
        .add(one(Panels::REST, brief))
        .add(one(Panels::REST, toolbar::toolbar))
        .add(middle)
        .add(below)
        .add(one(Panels::REST, results::explain))
        .add(one(Panels::REST, results::bar))
        .add(one(Panels::REST, |_| results::keys()))
        .add(one(Panels::VOICE, embedded::regions))
        .on(On::Key, Act::DeskKey)
}

/// What is asked, and how much of it is done already.
fn brief(desk: &Desk) -> Tree {
    let mut stages = el("ol", "stages").set("aria-label", "Stages");
    for stage in Stage::ALL {
        let mut choose = button("stage-choice", Act::Stage(stage))
            .set_if(desk.stage == stage, "aria-current", "step")
            .add(t(stage.label()));
        if let Some(percent) = desk.state.best(&desk.exercise, stage) {
            choose = choose.add(text([", ", &percent.to_string(), "\u{a0}%"].concat()));
        }
        stages = stages.add(el("li", "").add(choose));
    }
    // The board is what one comes for: what the stage asks is a line, and the case is opened by who wants to read it.
    let asked = el("span", "asked").html(desk.exercise.asks(desk.stage).to_owned());
    let summary = el("summary", "").add(label("span", "case", "The case")).add(asked);
    let brief = el("details", "brief")
        .add(summary)
        .add(el("div", "brief-text").html(desk.exercise.brief.clone()));
    el("div", "head").add(stages).add(brief)
}

/// A part of the page under a heading.
fn panel(class: &'static str, title: &'static str) -> Tree {
    el("section", class)
        .set("aria-label", title)
        .add(label("h2", "", title))
}

/// [Show] goes to a part or a link, wherever it was named, and to the setting where the reason lies. What is said of it
/// stands beside that.
fn show(desk: &Desk, seat: Cause, says: String) -> Tree {
    let name = desk.name(&seat.at);
    let setting = seat.setting.map(setting);
    let name = match setting {
        Some(field) => ["Show ", &name, ", ", field.label()].concat(),
        None => ["Show ", &name].concat(),
    };
    let act = match setting {
        Some(field) => Act::ShowField(seat.at, field, says),
        None => Act::Show(seat.at),
    };
    button("button small", act).put("aria-label", name).add(t("Show"))
}

/// The field in which a setting is put right.
fn setting(setting: Setting) -> FieldId {
    match setting {
        Setting::Attr(attr) => FieldId::Attr(attr),
        Setting::Link => FieldId::LinkTo,
        Setting::Inside => FieldId::Inside,
    }
}
