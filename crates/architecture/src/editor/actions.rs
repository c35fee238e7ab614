use super::announce::{called, in_order};
use super::apply::{may_move, no, outermost};
use super::keys::{Effect, Urgency, Zoom};
use super::search::{Carry, Mode, Search};
use super::{Command, Done, Editor, Item};
use crate::catalogue::Reason;
use crate::design::{Design, PartId};
use crate::words::count;

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
        record(Action::Tidy, "Tidy", "T"),
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
    let (is_able, why) = match action {
        Action::Undo => (editor.undo_name().is_some(), "There is nothing to undo."),
        Action::Redo => (editor.redo_name().is_some(), "There is nothing to do again."),
        Action::Add => (
            !editor.limits().palette.is_empty(),
            "This exercise has no parts to add.",
        ),
        Action::Connect => (editor.focused_part().is_some(), "Go to a part first."),
        // Its place on the board is not given, what it lies in is.
        Action::Carry => (!carried(editor).is_empty(), "Choose a part first."),
        Action::MoveInto => {
            let parts = carried(editor);
            let is_given = |id: &&PartId| is_locked(design, &Item::Part((*id).clone()));
            if let Some(id) = parts.iter().find(is_given) {
                return no([design.name_of(id), " is given and stays where it is."].concat());
            }
            (!parts.is_empty(), "Choose a part first.")
        }
        Action::Rename => match editor.focused_part() {
            Some(id) if is_locked(design, &Item::Part(id.clone())) => {
                return no([design.name_of(id), " is given; its name stays."].concat());
            }
            found => (found.is_some(), "Go to a part first."),
        },
        Action::Remove => {
            let chosen = editor.selection();
            if let Some(item) = chosen.iter().find(|item| is_locked(design, item)) {
                return no([&called(design, item), " is given and stays."].concat());
            }
            (!chosen.is_empty(), "Choose a part or a link first.")
        }
        Action::Inspect => (editor.focus().is_some(), "Go to a part or a link first."),
        Action::SelectAll | Action::Tidy => (!design.parts.is_empty(), "The board is empty."),
        Action::Outline | Action::ZoomIn | Action::ZoomOut | Action::Fit | Action::BreakIt | Action::Keys => (true, ""),
    };
    if is_able { Ok(()) } else { no(why) }
}

impl Editor {
    /// Starts an action: does it at once, begins a search or a carrying, or asks the shell for it. A refusal is said.
    pub fn start(&mut self, action: Action) -> Vec<Effect> {
        if let Err(reason) = enabled(self, action) {
            return self.refuses(&reason.0);
        }
        let found = match action {
            Action::Undo | Action::Redo => {
                let mut effects = Vec::new();
                if self.cancel() {
                    effects.push(Effect::Mode);
                }
                let done = if action == Action::Undo {
                    self.undo()
                } else {
                    self.redo()
                };
                self.report(done, &mut effects);
                return effects;
            }
            Action::Add => Search::kinds(self),
            Action::Connect => match self.focused_part().cloned() {
                Some(from) => Search::ends(self, &from),
                None => return Vec::new(),
            },
            Action::MoveInto => Search::containers(self, carried(self)),
            Action::Carry => return self.pick_up(),
            Action::Remove => return self.attempt(Command::Remove(self.selection().into_iter().collect())),
            Action::Tidy => return self.attempt(Command::Tidy),
            Action::SelectAll => {
                let mut all = Vec::new();
                for id in self.design().parts.keys() {
                    all.push(Item::Part(id.clone()));
                }
                let said = [&count(all.len(), "part"), " chosen."].concat();
                self.choose_all(all);
                return vec![Effect::Selected, self.says(&said, Urgency::Polite)];
            }
            _ => return vec![self.asks(action)],
        };
        self.search(found)
    }

    /// What the shell does.
    fn asks(&self, action: Action) -> Effect {
        match (action, self.focus().cloned()) {
            (Action::Rename, Some(item)) => Effect::Rename(item),
            (Action::Inspect, Some(item)) => Effect::Inspect(item),
            (Action::BreakIt, item) => Effect::BreakIt(item),
            (Action::Outline, _) => Effect::Outline,
            (Action::ZoomIn, _) => Effect::Zoom(Zoom::In),
            (Action::ZoomOut, _) => Effect::Zoom(Zoom::Out),
            (Action::Fit, _) => Effect::Zoom(Zoom::Fit),
            _ => Effect::Keys,
        }
    }

    /// What can be done with a part or a link, in the order in which a menu has it. What is given has nothing in it that
    /// would be refused whatever one chose next.
    #[must_use]
    pub fn offers(&self, item: &Item) -> Vec<Action> {
        let is_open = !is_locked(self.design(), item);
        let is_part = matches!(item, Item::Part(_));
        let mut offers = vec![Action::Inspect];
        for (action, is_offered) in [
            (Action::Rename, is_part && is_open),
            (Action::MoveInto, is_part && is_open),
            (Action::Connect, is_part),
            (Action::Add, is_part && !self.limits().palette.is_empty()),
            (Action::Remove, is_open),
        ] {
            if is_offered {
                offers.push(action);
            }
        }
        offers
    }

    /// Starts an action about one item: a row's menu.
    pub fn start_on(&mut self, action: Action, item: Item) -> Vec<Effect> {
        self.set_focus(Some(item));
        self.choose_all(Vec::new());
        self.start(action)
    }

    /// Runs a command and tells the shell what came of it; a refusal is said at once.
    pub fn attempt(&mut self, command: Command) -> Vec<Effect> {
        match self.run(command) {
            Ok(done) => {
                let mut effects = Vec::new();
                self.report(Some(done), &mut effects);
                effects
            }
            Err(reason) => self.refuses(&reason.0),
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
    pub(super) fn says(&mut self, text: &str, urgency: Urgency) -> Effect {
        text.clone_into(&mut self.last);
        Effect::Said(text.to_owned(), urgency)
    }

    /// Says something, and that is all.
    pub(super) fn tells(&mut self, text: &str) -> Vec<Effect> {
        vec![self.says(text, Urgency::Polite)]
    }

    /// Says why not.
    pub(super) fn refuses(&mut self, why: &str) -> Vec<Effect> {
        vec![self.says(why, Urgency::Assertive)]
    }

    pub(super) fn report(&mut self, done: Option<Done>, effects: &mut Vec<Effect>) {
        if let Some(done) = done {
            effects.push(Effect::Changed(done.touched));
            effects.push(done.focus.map_or(Effect::NoFocus, Effect::Focus));
            effects.push(self.says(&done.said, Urgency::Polite));
        }
    }

    pub(super) fn search(&mut self, search: Search) -> Vec<Effect> {
        let said = search.says(self.design());
        self.mode = Mode::Search(search);
        vec![Effect::Mode, self.says(&said, Urgency::Polite)]
    }

    fn pick_up(&mut self) -> Vec<Effect> {
        let parts = carried(self);
        let design = self.design();
        let Some(first) = parts.first().and_then(|id| design.parts.get(id)) else {
            return Vec::new();
        };
        let mut homes: Vec<Option<PartId>> = in_order(design).into_iter().map(Some).collect();
        homes.insert(0, None);
        homes.retain(|home| parts.iter().all(|id| may_move(design, id, home.as_ref()).is_ok()));
        let carry = Carry {
            parent: first.parent.clone(),
            at: first.at,
            homes,
            parts,
        };
        let text = [
            &carry.says(design),
            ". Arrows move, Tab changes the container, Enter puts down.",
        ]
        .concat();
        self.mode = Mode::Carry(carry);
        vec![Effect::Mode, self.says(&text, Urgency::Polite)]
    }
}

/// What moving is about: the chosen parts that lie in no other of them.
pub(super) fn carried(editor: &Editor) -> Vec<PartId> {
    let mut parts = Vec::new();
    for item in editor.selection() {
        if let Item::Part(id) = item {
            parts.push(id);
        }
    }
    outermost(editor.design(), &parts)
}

fn is_locked(design: &Design, item: &Item) -> bool {
    match item {
        Item::Part(id) => design.parts.get(id).is_some_and(|part| part.locked),
        Item::Link(id) => design.links.get(id).is_some_and(|link| link.locked),
    }
}
