use crate::design::json::{Json, Writer};
use crate::design::{Design, Problem, export_text, import_json, import_text};
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

    /// Reads the word that an address ends in, or that a page which embeds an exercise has for it. The empty board has two:
    /// that of its item, and the one that people use.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "empty" => Some(Stage::Empty),
            id => Stage::ALL.into_iter().find(|stage| stage.id() == id),
        }
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

/// Which stage a host asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// None in particular.
    #[default]
    Any,
    /// This one.
    One(Stage),
    /// One that there is not; the word as it was given, cut to a length that can be shown.
    Unknown(String),
}

impl Wish {
    /// Longest word that is shown of a stage that there is not, in characters.
    const SHOWN: usize = 40;

    /// Reads the word that a host has for it; nothing is no wish.
    #[must_use]
    pub fn read(word: &str) -> Self {
        match Stage::read(word) {
            Some(stage) => Wish::One(stage),
            None if word.is_empty() => Wish::Any,
            None => Wish::Unknown(word.chars().take(Self::SHOWN).collect()),
        }
    }

    /// What is said where there is no such stage, and `shown` is on the board instead.
    #[must_use]
    pub fn fault(&self, shown: Stage) -> Option<String> {
        let Wish::Unknown(word) = self else { return None };
        let says = [
            "There is no stage called ",
            word,
            ". There are worked, half-built and empty. Shown is: ",
            shown.label(),
            ".",
        ];
        Some(says.concat())
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

    /// What a stage asks, as sanitised HTML.
    #[must_use]
    pub fn asks(&self, stage: Stage) -> &str {
        match stage {
            Stage::Worked => &self.asked.worked,
            Stage::Half => &self.asked.half,
            Stage::Empty => &self.asked.blank,
        }
    }

    /// What is graded in a stage; the worked one is only looked at.
    #[must_use]
    pub fn item(&self, stage: Stage) -> Option<&StageItem> {
        let is_its = |item: &&StageItem| item.id.strip_suffix(stage.id()).is_some_and(|rest| rest.ends_with('#'));
        self.items.iter().find(is_its)
    }
}

/// What a host knows of an exercise: `{"stage":"blank","up":"#/week-20","items":{"week-20/x#blank":{"best":80,"draft":..}}}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The stage to show.
    pub wish: Wish,
    /// The address that leads back to where the exercise is listed; empty where there is none.
    pub up: String,
    /// By the ids of items.
    items: Vec<(String, Known)>,
}

/// What is known of one stage.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    best: Option<u64>,
    draft: Draft,
}

/// What is on the board of a stage.
#[derive(Clone, Debug, Default, PartialEq)]
enum Draft {
    /// What it begins with.
    #[default]
    None,
    /// As the host gave it.
    Told(Json),
    /// A design, as it was written down here.
    Kept(String),
}

impl State {
    /// Reads it; what is missing or of another form counts as not known.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut json = Json::read(text).unwrap_or_default();
        let mut state = State {
            wish: Wish::read(json.get("stage").text().unwrap_or_default()),
            up: json.get("up").text().unwrap_or_default().to_owned(),
            items: Vec::new(),
        };
        if let Json::Object(items) = json.take("items") {
            for (id, mut item) in items {
                let best = item.get("best").number();
                let draft = item.take("draft");
                let known = Known {
                    best: best.and_then(|best| u64::try_from(best).ok()),
                    draft: match draft.is_null() {
                        true => Draft::None,
                        false => Draft::Told(draft),
                    },
                };
                state.items.push((id, known));
            }
        }
        state
    }

    fn known(&self, exercise: &Builder, stage: Stage) -> Option<&Known> {
        let item = exercise.item(stage)?;
        let found = self.items.iter().find(|(id, _)| *id == item.id);
        found.map(|(_, known)| known)
    }

    /// Notes something about a stage.
    fn note(&mut self, item: &StageItem, note: &dyn Fn(&mut Known)) {
        for (id, known) in &mut self.items {
            if *id == item.id {
                return note(known);
            }
        }
        let mut known = Known::default();
        note(&mut known);
        self.items.push((item.id.clone(), known));
    }

    /// The best score of a stage so far, in per cent; `None` when it was never checked.
    #[must_use]
    pub fn best(&self, exercise: &Builder, stage: Stage) -> Option<u64> {
        self.known(exercise, stage)?.best
    }

    /// Notes a new score, in per cent.
    pub fn scored(&mut self, exercise: &Builder, stage: Stage, percent: u64) {
        if let Some(item) = exercise.item(stage) {
            self.note(item, &|known| known.best = Some(known.best.unwrap_or(0).max(percent)));
        }
    }

    /// Notes what is on the board of a stage now, and gives the text to be kept.
    pub fn keep(&mut self, exercise: &Builder, stage: Stage, design: &Design) -> Option<(String, String)> {
        let item = exercise.item(stage)?;
        let design = export_text(design);
        let mut out = Writer::default();
        out.open('{');
        out.field("stage", stage.id());
        out.field("version", &item.version);
        out.name("design");
        out.raw(&design);
        out.close('}');
        self.note(item, &|known| known.draft = Draft::Kept(design.clone()));
        Some((item.id.clone(), out.done()))
    }

    /// What is on the board of a stage: what was kept, or what it begins with. Also what of a kept design could not be
    /// read.
    #[must_use]
    pub fn design(&self, exercise: &Builder, stage: Stage) -> (Design, Vec<Problem>) {
        match self.known(exercise, stage).map(|known| &known.draft) {
            Some(Draft::Told(told)) if told.get("design").object().is_some() => import_json(told.get("design")),
            Some(Draft::Kept(text)) => import_text(text),
            _ => (exercise.board(stage).clone(), Vec::new()),
        }
    }

    /// The stage to begin with: the one asked for, else the first that is graded and not yet done; who has done nothing
    /// begins with the worked one.
    #[must_use]
    pub fn begin(&self, exercise: &Builder) -> Stage {
        if let Wish::One(stage) = self.wish {
            return stage;
        }
        let is_touched = |stage: &Stage| self.known(exercise, *stage).is_some_and(Known::is_touched);
        if !Stage::ALL.iter().any(is_touched) {
            return Stage::Worked;
        }
        let open = |stage: &Stage| exercise.item(*stage).is_some() && self.best(exercise, *stage) != Some(100);
        Stage::ALL.into_iter().find(open).unwrap_or(Stage::Empty)
    }
}

impl Known {
    fn is_touched(&self) -> bool {
        self.best.is_some() || !matches!(self.draft, Draft::None)
    }
}

/// What is told of a check: `{"version":..,"f":0.75,"answer":{"design":..},"hints":..,"seconds":..}`.
#[must_use]
pub fn checked(item: &StageItem, fraction: f64, design: &Design, hints: usize, seconds: u64) -> String {
    // Nine digits tell any two scores apart; all the digits of any number would take a library.
    let billionths = (fraction.clamp(0.0, 1.0) * 1e9).round() as u64;
    let digits = (1_000_000_000 + billionths % 1_000_000_000).to_string();
    let whole = if billionths < 1_000_000_000 { "0." } else { "1." };
    let fraction = [whole, digits.get(1..).unwrap_or_default()].concat();
    let mut out = Writer::default();
    out.open('{');
    out.field("version", &item.version);
    out.name("f");
    out.raw(&fraction);
    out.name("answer");
    out.open('{');
    out.name("design");
    out.raw(&export_text(design));
    out.close('}');
    out.name("hints");
    out.raw(&hints.to_string());
    out.name("seconds");
    out.raw(&seconds.to_string());
    out.close('}');
    out.done()
}
