use crate::sorted::{BTreeMap, BTreeSet};

use super::apply::{Limits, applied};
use super::search::Mode;
use super::{Action, Change, Command, Item, announce};
use crate::catalogue::Reason;
use crate::design::{Design, violations};

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
    /// What has to be equal for two commands of one burst to be one step; empty for what stands alone.
    merge: String,
    before: Option<Item>,
    after: Option<Item>,
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
        let (after, change) = applied(&self.design, &command, &self.limits)?;
        let before = std::mem::replace(&mut self.design, after);
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
        let done = self.done(said, &change);
        let step = Step {
            name: announce::step(&before, &self.design, &command, &change),
            merge: merge(&command),
            before: was,
            after: self.focus.clone(),
            change,
        };
        self.push(before, step);
        Ok(done)
    }

    /// Takes the last step back; `None` when there is none.
    pub fn undo(&mut self) -> Option<Done> {
        let mut step = self.past.pop()?;
        step.merge.clear();
        step.change.undo(&mut self.design);
        let done = self.went(&step.before, "Undone: ", &step);
        self.future.push(step);
        Some(done)
    }

    /// Does the step again that was taken back last; `None` when there is none.
    pub fn redo(&mut self) -> Option<Done> {
        let step = self.future.pop()?;
        step.change.redo(&mut self.design);
        let done = self.went(&step.after, "Done again: ", &step);
        self.past.push(step);
        Some(done)
    }

    /// The focus goes where it was, or stays where that is not there.
    fn went(&mut self, to: &Option<Item>, verb: &str, step: &Step) -> Done {
        if let Some(item) = to
            && self.is_there(item)
        {
            self.focus = Some(item.clone());
        }
        self.keep_chosen();
        self.done([verb, &step.name, "."].concat(), &step.change)
    }

    fn end_merge(&mut self) {
        if let Some(step) = self.past.last_mut() {
            step.merge.clear();
        }
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
        self.end_merge();
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
        self.choose_all(items.into_iter().collect());
    }

    pub(super) fn choose_all(&mut self, items: Vec<Item>) {
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
            let name = announce::called(&self.design, item);
            if !name.is_empty() {
                says = [&says, " ", &name, ": ", state, "."].concat();
            }
        }
        says
    }

    /// Whether an action makes sense now; a button says why not.
    pub fn enabled(&self, action: Action) -> Result<(), Reason> {
        super::actions::enabled(self, action)
    }

    fn push(&mut self, before: Design, mut step: Step) {
        if !self.in_burst {
            step.merge.clear();
        }
        if self
            .past
            .last()
            .is_some_and(|last| !step.merge.is_empty() && last.merge == step.merge)
            && let Some(last) = self.past.pop()
        {
            // From where the burst began to where it is now.
            let mut origin = before;
            last.change.undo(&mut origin);
            step.change = Change::between(&origin, &self.design);
            step.before = last.before;
            if step.change.is_empty() {
                return;
            }
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
        is_there(&self.design, item)
    }

    /// What is gone is neither chosen nor looked at.
    fn keep_chosen(&mut self) {
        let design = &self.design;
        self.chosen.retain(|item| is_there(design, item));
        self.trail.retain(|item| is_there(design, item));
        if self.focus.as_ref().is_some_and(|item| !is_there(design, item)) {
            self.focus = None;
        }
    }
}

fn is_there(design: &Design, item: &Item) -> bool {
    match item {
        Item::Part(id) => design.parts.contains_key(id),
        Item::Link(id) => design.links.contains_key(id),
    }
}

/// The name of what a command changes, for those that may go on with it.
fn merge(command: &Command) -> String {
    let (what, of) = match command {
        Command::Move { parts, .. } => {
            let mut what = "move".to_owned();
            for id in parts {
                what.push(' ');
                what.push_str(id.as_str());
            }
            return what;
        }
        Command::SetAttr { of, attr, .. } => match of {
            Item::Part(id) => (attr.as_str(), id.as_str()),
            Item::Link(id) => return [attr.as_str(), " link ", id.as_str()].concat(),
        },
        Command::Resize { part, .. } => ("size", part.as_str()),
        Command::Rename { part, .. } => ("name", part.as_str()),
        Command::SetRole { part, .. } => ("role", part.as_str()),
        _ => return String::new(),
    };
    [what, " part ", of].concat()
}
