use crate::sorted::BTreeMap;

use serde_json::{Value as Json, json};

use crate::design::{self, Design, Problem};
use crate::task::{Builder, StageItem};

/// How much of an exercise is done already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// All of it: to look at, and to break.
    #[default]
    Worked,
    /// Some of it.
    Half,
    /// What is given, and nothing else.
    Empty,
}

impl Stage {
    /// All of them, in the order in which they are learned from.
    pub const ALL: [Stage; 3] = [Stage::Worked, Stage::Half, Stage::Empty];

    /// The word that its address ends in.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Stage::Worked => "worked",
            Stage::Half => "half-built",
            Stage::Empty => "blank",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Stage::Worked => "Worked",
            Stage::Half => "Half built",
            Stage::Empty => "Empty board",
        }
    }

    /// Reads the word that an address ends in.
    #[must_use]
    pub fn read(id: &str) -> Option<Self> {
        Stage::ALL.into_iter().find(|stage| stage.id() == id)
    }

    /// The stage after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        match self {
            Stage::Worked => Some(Stage::Half),
            Stage::Half => Some(Stage::Empty),
            Stage::Empty => None,
        }
    }
}

impl Builder {
    /// What stands on the board when a stage begins.
    #[must_use]
    pub fn board(&self, stage: Stage) -> &Design {
        match stage {
            Stage::Worked => &self.worked,
            Stage::Half => &self.half,
            Stage::Empty => &self.task.given,
        }
    }

    /// What is graded in a stage; the worked one is only looked at.
    #[must_use]
    pub fn item(&self, stage: Stage) -> Option<&StageItem> {
        let ends = |item: &&StageItem| item.id.rsplit('#').next() == Some(stage.id());
        self.items.iter().find(ends)
    }
}

/// What a host knows of an exercise: `{"stage":"blank","up":"#/week-20","items":{"week-20/x#blank":{"best":80,"draft":..}}}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The stage to show; `None` where the host has no wish.
    pub stage: Option<Stage>,
    /// The address that leads back to where the exercise is listed; empty where there is none.
    pub up: String,
    items: BTreeMap<String, (Option<u64>, Json)>,
}

impl State {
    /// Reads it; what is missing or of another form counts as not known.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let json: Json = serde_json::from_str(text).unwrap_or_default();
        let items = json["items"].as_object().into_iter().flatten();
        State {
            stage: json["stage"].as_str().and_then(Stage::read),
            up: json["up"].as_str().unwrap_or_default().to_owned(),
            items: items
                .map(|(id, item)| (id.clone(), (item["best"].as_u64(), item["draft"].clone())))
                .collect(),
        }
    }

    /// The best score of a stage so far, in per cent; `None` when it was never checked.
    #[must_use]
    pub fn best(&self, exercise: &Builder, stage: Stage) -> Option<u64> {
        self.items.get(&exercise.item(stage)?.id)?.0
    }

    /// True when nothing was done in any stage yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.items
            .values()
            .all(|(best, draft)| best.is_none() && draft.is_null())
    }

    /// Notes a new score, in per cent.
    pub fn scored(&mut self, exercise: &Builder, stage: Stage, percent: u64) {
        if let Some(item) = exercise.item(stage) {
            let best = &mut self.items.entry(item.id.clone()).or_default().0;
            *best = Some(best.unwrap_or(0).max(percent));
        }
    }

    /// Notes what is on the board of a stage now, and gives the text to be kept.
    pub fn keep(&mut self, exercise: &Builder, stage: Stage, design: &Design) -> Option<(String, String)> {
        let item = exercise.item(stage)?;
        let draft = json!({"stage": stage.id(), "version": item.version, "design": design::export(design)});
        let text = draft.to_string();
        self.items.entry(item.id.clone()).or_default().1 = draft;
        Some((item.id.clone(), text))
    }

    /// Forgets what was on the board of a stage.
    pub fn forget(&mut self, exercise: &Builder, stage: Stage) {
        if let Some(known) = exercise.item(stage).and_then(|item| self.items.get_mut(&item.id)) {
            known.1 = Json::Null;
        }
    }

    /// What is on the board of a stage: what was kept, or what it begins with. Also what of a kept design could not be
    /// read.
    #[must_use]
    pub fn design(&self, exercise: &Builder, stage: Stage) -> (Design, Vec<Problem>) {
        let kept = exercise.item(stage).and_then(|item| self.items.get(&item.id));
        match kept.map(|(_, draft)| &draft["design"]) {
            Some(kept) if kept.is_object() => design::import(kept),
            _ => (exercise.board(stage).clone(), Vec::new()),
        }
    }

    /// The stage to begin with: the one asked for, else the first that is graded and not yet done; who has done nothing
    /// begins with the worked one.
    #[must_use]
    pub fn begin(&self, exercise: &Builder) -> Stage {
        if let Some(stage) = self.stage {
            return stage;
        }
        let touched = |stage: &Stage| {
            let known = exercise.item(*stage).and_then(|item| self.items.get(&item.id));
            known.is_some_and(|(best, draft)| best.is_some() || !draft.is_null())
        };
        if !Stage::ALL.iter().any(touched) {
            return Stage::Worked;
        }
        let open = |stage: &Stage| exercise.item(*stage).is_some() && self.best(exercise, *stage) != Some(100);
        Stage::ALL.into_iter().find(open).unwrap_or(Stage::Empty)
    }
}
