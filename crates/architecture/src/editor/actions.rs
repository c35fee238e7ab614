use super::announce::{called, count, in_order};
use super::apply::{no, outermost};
use super::keys::{Effect, Urgency, Zoom};
use super::search::{Carry, Mode, Search};
use super::{Command, Done, Editor, Item};
use crate::catalogue::{Reason, allow_move};
use crate::design::{Design, PartId};

/// Everything that can be started without a pointer. A button, a key, a menu row and the outline start the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes the last step back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Searches the palette and places a part.
    Add,
    /// Carries the selection by arrows.
    Carry,
    /// Searches a container for the selection.
    MoveInto,
    /// Searches another part to link to.
    Connect,
    /// Removes the selection.
    Remove,
    /// Asks for a new name.
    Rename,
    /// Opens the settings.
    Inspect,
    /// Goes to the outline.
    Outline,
    /// Chooses every part.
    SelectAll,
    /// Lays everything out anew.
    Tidy,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// All of it in view.
    Fit,
    /// Breaks it on purpose.
    BreakIt,
    /// Shows the keys.
    Keys,
}

/// How an action is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which.
    pub action: Action,
    /// What a button or a menu row says.
    pub name: &'static str,
    /// Its keys, as people read them.
    pub keys: &'static str,
}

impl Action {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [Record; 17] = [
        record(Action::Undo, "Undo", "Ctrl+Z"),
        record(Action::Redo, "Redo", "Ctrl+Shift+Z"),
        record(Action::Add, "Add a part", "A"),
        record(Action::Connect, "Link to", "C"),
        record(Action::Carry, "Move", "M"),
        record(Action::MoveInto, "Move into", "Shift+M"),
        record(Action::Rename, "Rename", "F2"),
        record(Action::Remove, "Delete", "Delete"),
        record(Action::Inspect, "Settings", "I"),
        record(Action::SelectAll, "Choose all", "Ctrl+A"),
        record(Action::Tidy, "Tidy", ""),
        record(Action::Outline, "Outline", "O"),
        record(Action::Fit, "Fit", "0"),
        record(Action::ZoomIn, "Zoom in", "+"),
        record(Action::ZoomOut, "Zoom out", "-"),
        record(Action::BreakIt, "Break it", "X"),
        record(Action::Keys, "Keys", "?"),
    ];

    /// How it is shown.
    #[must_use]
    pub fn record(self) -> Record {
        let found = Action::ALL.into_iter().find(|record| record.action == self);
        found.unwrap_or(record(self, "", ""))
    }
}

const fn record(action: Action, name: &'static str, keys: &'static str) -> Record {
    Record { action, name, keys }
}

/// Whether it makes sense now, or why not.
pub(super) fn enabled(editor: &Editor, action: Action) -> Result<(), Reason> {
    let design = editor.design();
    let some = |is_there: bool, why: &str| if is_there { Ok(()) } else { no(why) };
    match action {
        Action::Undo => some(editor.undo_name().is_some(), "There is nothing to undo."),
        Action::Redo => some(editor.redo_name().is_some(), "There is nothing to do again."),
        Action::Add => some(
            !editor.limits().palette.is_empty(),
            "This exercise has no parts to add.",
        ),
        Action::Connect => some(editor.focused_part().is_some(), "Go to a part first."),
        Action::Carry | Action::MoveInto => some(!carried(editor).is_empty(), "Choose a part first."),
        Action::Rename => match editor.focused_part() {
            None => no("Go to a part first."),
            Some(id) if is_locked(design, &Item::Part(id.clone())) => {
                no(format!("{} is given; its name stays.", design.name(id)))
            }
            Some(_) => Ok(()),
        },
        Action::Remove => {
            let chosen = editor.selection();
            match chosen.iter().find(|item| is_locked(design, item)) {
                Some(item) => no(format!(
                    "{} is given and stays.",
                    called(design, item).unwrap_or_default()
                )),
                None => some(!chosen.is_empty(), "Choose a part or a link first."),
            }
        }
        Action::Inspect => some(editor.focus().is_some(), "Go to a part or a link first."),
        Action::SelectAll | Action::Tidy => some(!design.parts.is_empty(), "The board is empty."),
        Action::Outline | Action::ZoomIn | Action::ZoomOut | Action::Fit | Action::BreakIt | Action::Keys => Ok(()),
    }
}

impl Editor {
    /// Starts an action: does it at once, begins a search or a carrying, or asks the shell for it. A refusal is said.
    pub fn start(&mut self, action: Action) -> Vec<Effect> {
        if let Err(reason) = enabled(self, action) {
            return vec![self.says(reason.0, Urgency::Assertive)];
        }
        match action {
            Action::Undo => {
                let ended = self.cancel().then_some(Effect::Mode);
                let done = self.undo();
                ended.into_iter().chain(self.report(done)).collect()
            }
            Action::Redo => {
                let ended = self.cancel().then_some(Effect::Mode);
                let done = self.redo();
                ended.into_iter().chain(self.report(done)).collect()
            }
            Action::Add => self.search(Search::kinds(self)),
            Action::Connect => match self.focused_part().cloned() {
                Some(from) => self.search(Search::ends(self, &from)),
                None => Vec::new(),
            },
            Action::MoveInto => self.search(Search::containers(self, carried(self))),
            Action::Carry => self.pick_up(),
            Action::Remove => self.attempt(Command::Remove(self.selection().into_iter().collect())),
            Action::Tidy => self.attempt(Command::Tidy),
            Action::SelectAll => {
                let all: Vec<Item> = self.design().parts.keys().cloned().map(Item::Part).collect();
                let said = self.says(format!("{} chosen.", count(all.len(), "part")), Urgency::Polite);
                self.choose(all);
                vec![Effect::Selected, said]
            }
            Action::Rename => self.about_focus(Effect::Rename),
            Action::Inspect => self.about_focus(Effect::Inspect),
            Action::Outline => vec![Effect::Outline],
            Action::ZoomIn => vec![Effect::Zoom(Zoom::In)],
            Action::ZoomOut => vec![Effect::Zoom(Zoom::Out)],
            Action::Fit => vec![Effect::Zoom(Zoom::Fit)],
            Action::BreakIt => vec![Effect::BreakIt(self.focus().cloned())],
            Action::Keys => vec![Effect::Keys],
        }
    }

    /// The same, about one item: a row's menu.
    pub fn start_on(&mut self, action: Action, item: Item) -> Vec<Effect> {
        self.set_focus(Some(item));
        self.choose([]);
        self.start(action)
    }

    /// Runs a command and tells the shell what came of it; a refusal is said at once.
    pub fn attempt(&mut self, command: Command) -> Vec<Effect> {
        match self.run(command) {
            Ok(done) => self.report(Some(done)),
            Err(reason) => vec![self.says(reason.0, Urgency::Assertive)],
        }
    }

    /// Ends a search or a carrying and leaves all as it was; true when there was one.
    pub fn cancel(&mut self) -> bool {
        std::mem::take(&mut self.mode) != Mode::Idle
    }

    /// The part that has the focus.
    pub(super) fn focused_part(&self) -> Option<&PartId> {
        match self.focus() {
            Some(Item::Part(id)) => Some(id),
            _ => None,
        }
    }

    /// Says something, and keeps it to be said again.
    pub(super) fn says(&mut self, text: String, urgency: Urgency) -> Effect {
        self.last.clone_from(&text);
        Effect::Said(text, urgency)
    }

    pub(super) fn report(&mut self, done: Option<Done>) -> Vec<Effect> {
        let Some(done) = done else {
            return Vec::new();
        };
        let mut effects = vec![Effect::Changed(done.touched)];
        effects.extend(done.focus.map(Effect::Focus));
        effects.push(self.says(done.said, Urgency::Polite));
        effects
    }

    fn about_focus(&self, effect: fn(Item) -> Effect) -> Vec<Effect> {
        self.focus().cloned().map(effect).into_iter().collect()
    }

    pub(super) fn search(&mut self, search: Search) -> Vec<Effect> {
        let said = self.says(search.says(self.design()), Urgency::Polite);
        self.mode = Mode::Search(search);
        vec![Effect::Mode, said]
    }

    fn pick_up(&mut self) -> Vec<Effect> {
        let parts = carried(self);
        let design = self.design();
        let Some(first) = parts.first().and_then(|id| design.parts.get(id)) else {
            return Vec::new();
        };
        let is_home = |home: Option<&PartId>| parts.iter().all(|id| allow_move(design, id, home).is_ok());
        let ground = is_home(None).then_some(None);
        let holders = in_order(design).into_iter().filter(|id| is_home(Some(id))).map(Some);
        let carry = Carry {
            parent: first.parent.clone(),
            at: first.at,
            homes: ground.into_iter().chain(holders).collect(),
            parts,
        };
        let text = format!(
            "{}. Arrows move, Tab changes the container, Enter puts down.",
            carry.says(design)
        );
        self.mode = Mode::Carry(carry);
        vec![Effect::Mode, self.says(text, Urgency::Polite)]
    }
}

/// What moving is about: the chosen parts that lie in no other of them.
pub(super) fn carried(editor: &Editor) -> Vec<PartId> {
    let parts = editor.selection().into_iter().filter_map(|item| match item {
        Item::Part(id) => Some(id),
        Item::Link(_) => None,
    });
    let parts: Vec<PartId> = parts.collect();
    outermost(editor.design(), &parts)
}

fn is_locked(design: &Design, item: &Item) -> bool {
    match item {
        Item::Part(id) => design.parts.get(id).is_some_and(|part| part.locked),
        Item::Link(id) => design.links.get(id).is_some_and(|link| link.locked),
    }
}
