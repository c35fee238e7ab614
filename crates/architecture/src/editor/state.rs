use crate::sorted::{BTreeMap, BTreeSet};

use super::apply::{Limits, apply};
use super::search::Mode;
use super::{Action, Change, Command, Item, announce};
use crate::catalogue::Reason;
use crate::design::{Attr, Design, PartId, violations};

/// How many steps can be taken back.
const STEPS: usize = 100;

/// A design in hand: what is looked at, what is chosen, and what can be taken back.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    design: Design,
    limits: Limits,
    /// What the next key is about; the roving stop of the canvas.
    focus: Option<Item>,
    /// What was chosen on purpose, several at a time; empty means the focus alone.
    chosen: BTreeSet<Item>,
    past: Vec<Step>,
    future: Vec<Step>,
    /// True while a key is held or a field has the focus: like commands on one thing are one step.
    in_burst: bool,
    /// The search or the carrying that is going on.
    pub(super) mode: Mode,
    /// Where links were followed from, for the way back.
    pub(super) trail: Vec<Item>,
    /// What the shell knows of parts and links: what is down, what fails.
    states: BTreeMap<Item, String>,
    /// What was said last.
    pub(super) last: String,
}

/// What a command did, for whoever has to draw it and say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// What happened, where, and what else changed, in a sentence.
    pub said: String,
    /// Where the focus is now.
    pub focus: Option<Item>,
    /// What was added, changed or removed.
    pub touched: Vec<Item>,
}

#[derive(Clone, Debug)]
struct Step {
    /// "add Queue".
    name: String,
    change: Change,
    merge: Option<Merge>,
    before: Option<Item>,
    after: Option<Item>,
}

/// What has to be equal for two commands of one burst to be one step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Merge {
    Move(Vec<PartId>),
    Resize(PartId),
    Attr(Item, Attr),
    Name(PartId),
    Role(PartId),
}

impl Editor {
    /// Takes a design in hand. Where parts overlap or stick out, all are laid out anew.
    #[must_use]
    pub fn open(mut design: Design, limits: Limits) -> Self {
        if !violations(&design).is_empty() {
            crate::geometry::arrange(&mut design);
        }
        Editor {
            design,
            limits,
            ..Editor::default()
        }
    }

    /// The design as it is now.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// What the exercise lets a learner place and give.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The search or the carrying that is going on, to be drawn.
    #[must_use]
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Changes the design, or says why not. Nothing is changed then.
    pub fn run(&mut self, command: Command) -> Result<Done, Reason> {
        let before = self.design.clone();
        let change = apply(&mut self.design, &command, &self.limits)?;
        debug_assert!(
            !violations(&before).is_empty() || violations(&self.design).is_empty(),
            "{command:?} broke {:?}",
            violations(&self.design)
        );
        let said = announce::command(&before, &self.design, &self.limits, &command, &change);
        if change.is_empty() {
            return Ok(self.done(said, &change));
        }
        self.last.clone_from(&said);
        let was = self.focus.take();
        self.focus = announce::focus(&before, &self.design, &command, &change, was.as_ref());
        // What is new is what the next key is about.
        if matches!(command, Command::Place { .. } | Command::Connect { .. }) {
            self.chosen.clear();
        }
        self.keep_chosen();
        self.future.clear();
        self.push(Step {
            name: announce::step(&before, &self.design, &command, &change),
            merge: merge(&command),
            before: was,
            after: self.focus.clone(),
            change: change.clone(),
        });
        Ok(self.done(said, &change))
    }

    /// Takes the last step back; `None` when there is none.
    pub fn undo(&mut self) -> Option<Done> {
        let step = self.past.pop()?;
        step.change.undo(&mut self.design);
        self.go_back_to(step.before.as_ref());
        let done = self.done(format!("Undone: {}.", step.name), &step.change);
        self.future.push(Step { merge: None, ..step });
        Some(done)
    }

    /// Does the step again that was taken back last; `None` when there is none.
    pub fn redo(&mut self) -> Option<Done> {
        let step = self.future.pop()?;
        step.change.redo(&mut self.design);
        self.go_back_to(step.after.as_ref());
        let done = self.done(format!("Done again: {}.", step.name), &step.change);
        self.past.push(step);
        Some(done)
    }

    /// What undo would take back: "add Queue".
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.past.last().map(|step| step.name.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.future.last().map(|step| step.name.as_str())
    }

    /// A key is held down, or a field has got the focus: from here on, commands that change one and the same thing are one
    /// step, until [`Editor::end_burst`].
    pub fn begin_burst(&mut self) {
        self.end_burst();
        self.in_burst = true;
    }

    /// The key is up, the field is left.
    pub fn end_burst(&mut self) {
        self.in_burst = false;
        if let Some(step) = self.past.last_mut() {
            step.merge = None;
        }
    }

    /// What the next key is about.
    #[must_use]
    pub fn focus(&self) -> Option<&Item> {
        self.focus.as_ref()
    }

    /// Goes to a part or a link; what is not there is not gone to.
    pub fn set_focus(&mut self, item: Option<Item>) {
        self.focus = item.filter(|item| self.is_there(item));
    }

    /// What a command is about: what was chosen, or else the focus.
    #[must_use]
    pub fn selection(&self) -> BTreeSet<Item> {
        match self.chosen.is_empty() {
            true => self.focus.iter().cloned().collect(),
            false => self.chosen.clone(),
        }
    }

    /// What was chosen on purpose, without the focus.
    #[must_use]
    pub fn chosen(&self) -> &BTreeSet<Item> {
        &self.chosen
    }

    /// Chooses these and no others.
    pub fn choose(&mut self, items: impl IntoIterator<Item = Item>) {
        self.chosen = items.into_iter().collect();
        self.keep_chosen();
    }

    /// Adds to what is chosen, or takes away.
    pub fn toggle(&mut self, item: Item) {
        if !self.chosen.remove(&item) {
            self.chosen.insert(item);
        }
        self.keep_chosen();
    }

    /// What the shell knows of parts and links: what is down, what fails. It is read with the whole design.
    pub fn set_states(&mut self, states: BTreeMap<Item, String>) {
        self.states = states;
    }

    /// What the shell knows of parts and links.
    #[must_use]
    pub fn states(&self) -> &BTreeMap<Item, String> {
        &self.states
    }

    /// The whole design container by container, then what the shell knows of it.
    #[must_use]
    pub fn read_all(&self) -> String {
        let mut says = announce::whole(&self.design);
        for (item, state) in &self.states {
            if let Some(name) = announce::called(&self.design, item) {
                says = format!("{says} {name}: {state}.");
            }
        }
        says
    }

    /// Whether an action makes sense now; a button says why not.
    pub fn enabled(&self, action: Action) -> Result<(), Reason> {
        super::actions::enabled(self, action)
    }

    fn push(&mut self, mut step: Step) {
        if let Some(last) = self.past.last_mut()
            && self.in_burst
            && step.merge.is_some()
            && last.merge == step.merge
        {
            last.change = std::mem::take(&mut last.change).then(step.change);
            last.name = step.name;
            last.after = step.after;
            if last.change.is_empty() {
                self.past.pop();
            }
            return;
        }
        if !self.in_burst {
            step.merge = None;
        }
        if self.past.len() >= STEPS {
            self.past.remove(0);
        }
        self.past.push(step);
    }

    fn done(&self, said: String, change: &Change) -> Done {
        Done {
            said,
            focus: self.focus.clone(),
            touched: change.touched(),
        }
    }

    fn is_there(&self, item: &Item) -> bool {
        match item {
            Item::Part(id) => self.design.parts.contains_key(id),
            Item::Link(id) => self.design.links.contains_key(id),
        }
    }

    /// The focus goes where it was, or stays where that is not there.
    fn go_back_to(&mut self, item: Option<&Item>) {
        if let Some(item) = item.filter(|item| self.is_there(item)) {
            self.focus = Some(item.clone());
        }
        self.keep_chosen();
    }

    /// What is gone is neither chosen nor looked at.
    fn keep_chosen(&mut self) {
        let design = &self.design;
        let is_there = |item: &Item| match item {
            Item::Part(id) => design.parts.contains_key(id),
            Item::Link(id) => design.links.contains_key(id),
        };
        self.chosen.retain(is_there);
        self.trail.retain(is_there);
        self.focus = self.focus.take().filter(is_there);
    }
}

fn merge(command: &Command) -> Option<Merge> {
    match command {
        Command::Move { parts, .. } => Some(Merge::Move(parts.clone())),
        Command::Resize { part, .. } => Some(Merge::Resize(part.clone())),
        Command::SetAttr { of, attr, .. } => Some(Merge::Attr(of.clone(), *attr)),
        Command::Rename { part, .. } => Some(Merge::Name(part.clone())),
        Command::SetRole { part, .. } => Some(Merge::Role(part.clone())),
        _ => None,
    }
}
