use sandtable_architecture::panel::{Stage, State, Wish};
use sandtable_architecture::task::Builder;
use sandtable_exercise::whole_percent;

use super::desk::{Desk, Do, Panels};
use super::tree::{Tree, el, label, nothing, text};

/// What a builder says by itself where its host has no voice for it: in somebody else's page.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    polite: String,
    urgent: String,
    /// The address of the exercise's own page, where there is room for all of it.
    full: String,
}

impl Desk {
    /// Opens an exercise in somebody else's page: at the stage that is asked for there, or at the one that the page shows
    /// before anything runs. `state` is what is known of it, as for [`State::read`]; what leads up is there the exercise's
    /// own page.
    pub(crate) fn embedded(exercise: Builder, stage: &str, state: &str, now: u64) -> Self {
        let mut state = State::read(state);
        let wish = Wish::read(stage);
        state.wish = Wish::One(match wish {
            Wish::One(stage) => stage,
            _ => Stage::Empty,
        });
        let full = std::mem::take(&mut state.up);
        let mut desk = Desk::open(exercise, state, now);
        desk.lost(wish.fault(desk.stage));
        desk.voice = Some(Voice {
            full,
            ..Voice::default()
        });
        desk
    }

    /// What an embedding page is told, in the words that a quiz has for it too: `graded`, an item and its score in per
    /// cent; `item` and the stage that is shown; `change`, an item and the design to be kept. The rest is heard here.
    pub(crate) fn speak(&mut self) {
        let Some(voice) = &mut self.voice else { return };
        let percent = self.report.as_ref().map_or(0, |report| whole_percent(report.fraction));
        let id = &self.exercise.id;
        let mut out = Vec::new();
        // What is said after a refusal takes its place: it is no news any more.
        let mut before = None;
        for one in std::mem::take(&mut self.out) {
            if matches!(one, Do::Tell("say" | "warn", ..)) && before.is_none() {
                before = Some((std::mem::take(&mut voice.polite), std::mem::take(&mut voice.urgent)));
            }
            let (polite, urgent) = before.as_ref().map_or(("", ""), |(polite, urgent)| (polite, urgent));
            match one {
                Do::Tell("say", _, says) => put(&mut voice.polite, polite, says),
                Do::Tell("warn", _, says) => put(&mut voice.urgent, urgent, says),
                Do::Tell("check", item, _) => out.push(Do::Tell("graded", item, percent.to_string())),
                Do::Tell("stage", stage, _) => out.push(Do::Tell("item", [id, "#", &stage].concat(), String::new())),
                other => {
                    out.push(other);
                    continue;
                }
            }
            self.dirty.add(Panels::VOICE);
        }
        self.out = out;
    }
}

/// The same words twice are two changes: a reader hears of what differs from before.
fn put(region: &mut String, before: &str, says: String) {
    let is_same = before == says;
    *region = says;
    if is_same {
        region.push('\u{a0}');
    }
}

/// The way to all of the exercise, which the sheet shows where there is room for a part of it only.
pub(super) fn full_size(desk: &Desk) -> Tree {
    match &desk.voice {
        Some(voice) if !voice.full.is_empty() => label("a", "button full", "Open full size")
            .put("href", voice.full.clone())
            .set("target", "_blank"),
        _ => nothing(),
    }
}

/// The live regions: there from the start, as screen readers need it.
pub(super) fn regions(desk: &Desk) -> Tree {
    let Some(voice) = &desk.voice else { return nothing() };
    let region = |role: &'static str, live: &'static str, says: &str| {
        let region = el("div", "said").set("role", role).set("aria-live", live);
        region.add(text(says.to_owned()))
    };
    el("div", "voice")
        .add(region("status", "polite", &voice.polite))
        .add(region("alert", "assertive", &voice.urgent))
}
