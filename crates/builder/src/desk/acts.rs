use sandtable_architecture::editor::{
    Action, Column, FieldId, Gesture, Input, Item, Key, Mode, Press, anywhere, fields, proxy, step,
};

use super::typed::Typed;
use super::{Desk, Do, PROXY, Panels, STOP, View};
use crate::act::{Act, At, Down, Event, Part};

impl Desk {
    /// Takes what happened to an element. True when a key was ours.
    pub(crate) fn act(&mut self, act: Act, event: Event) -> bool {
        if !matches!(event, Event::Key(_)) {
            self.editor.end_burst();
        }
        match (act, event) {
            (Act::CanvasKey, Event::Key(down)) => return self.canvas_key(down),
            (Act::OutlineKey, Event::Key(down)) => return self.outline_key(down),
            (Act::SettingsKey, Event::Key(down)) => return self.settings_key(down),
            (Act::DeskKey, Event::Key(down)) => return self.desk_key(down),
            (Act::NewRouteKey(field), Event::Key(down)) => return self.route_key(field, down),
            (Act::LeaveMenu, Event::Left) => self.leave_menu(),
            (Act::Pull(kind), Event::Pointer(phase, at)) => self.pull(kind, phase, at),
            (Act::Add(kind), Event::Click { is_pointer }) => {
                if is_pointer && !self.is_outline {
                    self.set_view(View::Canvas);
                    self.gesture(Gesture::CarryKind(kind));
                    // Escape, and whatever else a key does, is for the canvas now.
                    self.focus_on(PROXY);
                } else {
                    // From a key or a screen reader, and where there are rows in place of a drawing: the place is chosen
                    // from a list.
                    self.start(Action::Add);
                    self.type_in(kind.label(self.design().flavour));
                }
            }
            (act, Event::Given { value, is_on }) => self.given(act, value, is_on),
            (act, Event::Click { .. }) => self.click(act),
            _ => {}
        }
        false
    }

    fn click(&mut self, act: Act) {
        match act {
            Act::Stage(stage) => self.go(stage),
            Act::View(view) => self.set_view(view),
            Act::Start(action) => self.start(action),
            Act::StartOn(action, item) => {
                // Before what is started, which may lead elsewhere.
                self.go_back();
                self.start_on(action, item);
            }
            Act::Show(item) => self.show_item(item),
            Act::ShowField(item, field, says) => self.show_field(item, field, says),
            Act::Fold => {
                self.is_open = !self.is_open;
                self.dirty.add(Panels::SETTINGS);
            }
            Act::Begin(gesture) => {
                self.set_view(View::Canvas);
                self.gesture(gesture);
                self.focus_on(PROXY);
            }
            Act::Take(place) => self.take(place),
            Act::EndSearch => {
                self.cancel();
                self.go_back();
            }
            Act::Cancel => self.cancel(),
            Act::Row(place) => {
                let item = place.item.clone();
                self.outline.at = Some(place);
                self.outline.column = None;
                self.go_to(item);
                self.focus_on(STOP);
            }
            Act::Menu(place) => {
                self.editor.choose([]);
                self.editor.set_focus(Some(place.item.clone()));
                self.outline.turn_menu(place);
                self.decorate();
                self.changed();
                self.bring_into_view(".menu");
                self.focus_on(STOP);
            }
            Act::MenuLine(line) => {
                // Before what is chosen, which may lead elsewhere.
                self.focus_on(STOP);
                let effects = self.outline.take(&mut self.editor, line);
                self.changed();
                self.effects(effects);
            }
            Act::Field(field, Part::Remove(place)) => {
                self.put_into(field, Input::RemoveRoute(place));
                self.focus_on(".inspector .add-route input");
            }
            Act::Field(field, Part::Add) => self.add_route(field),
            Act::Break => self.break_it(true),
            Act::Mend => self.break_it(false),
            Act::Cell(row, column) => {
                let at = Some((row, column));
                self.cell = if self.cell == at { None } else { at };
                self.dirty.add(Panels::OUTAGE);
                if self.cell.is_some() {
                    // The first way of it: all of them may be longer than the window, and the cell is still looked at.
                    self.bring_into_view(".flow-ways > :nth-child(2)");
                }
            }
            Act::Again => self.start_again(),
            Act::ChooseFile => self.out.push(Do::Choose),
            Act::SaveFile => {
                let exercise = self.exercise.id.rsplit('/').next().unwrap_or_default();
                let name = [exercise, ".", self.stage.id(), ".design.json"].concat();
                let text = self.exercise.to_file(self.design());
                self.out.push(Do::Save(name, text));
            }
            Act::Hint => self.hint(),
            Act::Findings => self.findings(),
            Act::Keys => self.out.push(Do::Keys(true)),
            Act::CloseKeys => self.out.push(Do::Keys(false)),
            Act::Primary => self.press(),
            _ => {}
        }
    }

    fn given(&mut self, act: Act, value: String, is_on: bool) {
        match act {
            Act::FindPart => {
                self.wanted = value;
                self.dirty.add(Panels::PARTS);
            }
            Act::Search => self.searched(&value),
            Act::FindRow => {
                self.outline.filter.text = value;
                self.changed();
            }
            Act::OnlyFailing => {
                self.outline.filter.failing = is_on;
                self.changed();
            }
            Act::NewPrefix => {
                let typed = self.typed();
                self.type_route(Typed { prefix: value, ..typed });
            }
            Act::NewTarget => {
                let typed = self.typed();
                self.type_route(Typed { target: value, ..typed });
            }
            Act::ChooseBreak => {
                self.chosen = value;
                self.dirty.add(Panels::OUTAGE);
            }
            Act::Field(field, part) => {
                let given = match part {
                    Part::Text => Input::Text(value),
                    Part::Check(id) => Input::Tick(id, is_on),
                    Part::Toggle => Input::Toggle(is_on),
                    Part::Prefix(place) => Input::RoutePrefix(place, value),
                    Part::Target(place) => Input::RouteTarget(place, value),
                    Part::Remove(_) | Part::Add => return,
                };
                self.put_into(field, given);
            }
            _ => {}
        }
    }

    // --- keys --------------------------------------------------------------------------------------------------------

    fn canvas_key(&mut self, down: Down) -> bool {
        let Some(press) = down.press.filter(|_| !down.is_hosts) else {
            return false;
        };
        let is_left_alone = match down.at {
            // What is typed into the search arrives as input: so it does from keyboards that have no keys.
            At::Search => matches!(
                press.key,
                Key::Char(_) | Key::Backspace | Key::Home | Key::End | Key::Left | Key::Right | Key::Delete
            ),
            At::Button => matches!(press.key, Key::Enter | Key::Char(' ') | Key::Tab),
            At::List | At::Text | At::Other => false,
        };
        self.hold(down);
        // What the keyboard began, the editor ends.
        if press.key == Key::Escape && self.status.is_some() && *self.editor.mode() == Mode::Idle {
            self.cancel();
            return true;
        }
        !is_left_alone && self.key(press)
    }

    /// What a key does while it is held down is one step to undo; every other key, and whatever else is done, begins anew.
    fn hold(&mut self, down: Down) {
        if !down.is_repeat {
            self.editor.begin_burst();
        }
    }

    /// A key for the editor. True when it was its own.
    fn key(&mut self, press: Press) -> bool {
        let effects = step(&mut self.editor, press);
        self.effects(effects)
    }

    fn outline_key(&mut self, down: Down) -> bool {
        let Some(press) = down.press.filter(|_| !down.is_hosts) else {
            return false;
        };
        if down.at == At::Button {
            // They press it, or leave it.
            if matches!(press.key, Key::Enter | Key::Char(' ') | Key::Tab) {
                return false;
            }
            if self.outline.menu.is_none() {
                self.outline.column = Some(Column::Actions);
            }
        }
        self.hold(down);
        let states = self.editor.states().clone();
        let before = self.outline.clone();
        let effects = self.outline.step(&mut self.editor, &states, press);
        let has_moved = before != self.outline;
        if !has_moved && effects.is_empty() {
            return false;
        }
        // Before what the key asks for, which may lead elsewhere.
        self.focus_on(STOP);
        self.changed();
        self.effects(effects);
        true
    }

    /// The focus has gone elsewhere: the menu closes behind it.
    fn leave_menu(&mut self) {
        if self.outline.menu.take().is_some() {
            self.outline.column = None;
            self.changed();
        }
    }

    /// A key in the field of a new route's prefix: Enter adds it.
    fn route_key(&mut self, field: FieldId, down: Down) -> bool {
        if down.is_hosts || down.press != Some(Press::new(Key::Enter)) {
            return self.settings_key(down);
        }
        self.add_route(field);
        true
    }

    /// A key in the settings: Escape leads back to where one came from, with what was typed. The sheet over the drawing
    /// closes.
    fn settings_key(&mut self, down: Down) -> bool {
        if down.is_hosts || down.press != Some(Press::new(Key::Escape)) {
            return self.desk_key(down);
        }
        self.is_open = false;
        self.dirty.add(Panels::SETTINGS);
        self.go_back();
        true
    }

    /// A key anywhere else on the page: undo and redo, but for a field of text, which has its own; and the list of keys.
    fn desk_key(&mut self, down: Down) -> bool {
        let Some(press) = down.press.filter(|_| !down.is_hosts && down.at != At::Text) else {
            return false;
        };
        let is_ours = match press.key {
            Key::Char('z' | 'Z' | 'y' | 'Y') => press.ctrl,
            Key::Char('?') => !press.ctrl && down.at != At::List,
            _ => false,
        };
        if !is_ours {
            return false;
        }
        self.hold(down);
        let focus = self.editor.focus().cloned();
        let effects = anywhere(&mut self.editor, press);
        self.effects(effects);
        // The settings, and what had the focus in them, are about something else now.
        if self.editor.focus() != focus.as_ref() {
            self.go_back();
        }
        true
    }

    /// The focus goes back to the canvas, or to the outline.
    pub(super) fn go_back(&mut self) {
        self.focus_on(match self.in_outline() {
            true => STOP,
            false => PROXY,
        });
    }

    fn type_in(&mut self, letters: &str) {
        for letter in letters.chars() {
            self.key(Press::new(Key::Char(letter)));
        }
    }

    /// Letter by letter: what is there already and goes on stays, the rest is taken back first.
    fn searched(&mut self, text: &str) {
        let Mode::Search(search) = self.editor.mode() else {
            return;
        };
        let before = search.typed.clone();
        let same = before.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
        for _ in same..before.chars().count() {
            self.key(Press::new(Key::Backspace));
        }
        let begins = text.char_indices().nth(same).map_or(text.len(), |(at, _)| at);
        self.type_in(&text[begins..]);
    }

    /// A click on a line is the same as going there by arrows and Enter.
    fn take(&mut self, place: usize) {
        let Mode::Search(search) = self.editor.mode() else {
            return;
        };
        let at = search.at;
        let key = if place < at { Key::Up } else { Key::Down };
        for _ in 0..place.abs_diff(at) {
            self.key(Press::new(key));
        }
        self.key(Press::new(Key::Enter));
    }

    // --- buttons and fields ------------------------------------------------------------------------------------------

    fn start(&mut self, action: Action) {
        let effects = self.editor.start(action);
        self.effects(effects);
    }

    fn start_on(&mut self, action: Action, item: Item) {
        let effects = self.editor.start_on(action, item);
        self.effects(effects);
    }

    /// Ends a search or a carrying, and whatever a gesture has begun.
    pub(super) fn cancel(&mut self) {
        self.editor.cancel();
        self.gesture(Gesture::Escape);
        self.ghost(None, None, false);
        self.set_status(None);
        self.changed();
    }

    /// Takes what was put into a field. What it does not take is said beside it.
    pub(super) fn put_into(&mut self, field: FieldId, given: Input) {
        let Some(item) = self.editor.focus().cloned() else {
            return;
        };
        self.refused = None;
        self.refused = self.give(&item, field, given).map(|why| (field, why));
    }

    /// Goes to a part or a link where it can be seen, in the outline or on the canvas.
    fn show_item(&mut self, item: Item) {
        self.view = match self.is_outline {
            true => View::Outline,
            false => View::Canvas,
        };
        self.go_to(item);
        if self.in_outline() {
            self.row_of_focus();
            // A setting may have the focus, and its row is looked at all the same.
            self.bring_into_view(".outline [aria-selected]");
        }
        self.go_back();
    }

    /// Goes to a setting of a part or a link, with the reason beside it.
    fn show_field(&mut self, item: Item, field: FieldId, says: String) {
        self.show_item(item.clone());
        let fields = fields(self.design(), self.editor.limits(), &item);
        let is_there = fields.iter().any(|other| other.id == field && other.fixed.is_none());
        self.settle();
        self.reason = Some((field, says));
        self.is_open = true;
        if is_there {
            let field = [
                "[data-field='",
                crate::inspector::name_of(field),
                "'] :is(input, select)",
            ]
            .concat();
            self.out.push(Do::Focus([".inspector ", &field].concat().into()));
        }
    }

    /// Goes to a part or a link.
    fn go_to(&mut self, item: Item) {
        self.editor.choose([]);
        self.editor.set_focus(Some(item.clone()));
        self.decorate();
        self.come_near();
        self.reveal(&item);
        self.changed();
        self.say(proxy(self.design(), &item, self.state_of(&item)));
    }
}
