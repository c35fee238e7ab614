use super::actions::carried;
use super::announce::called;
use super::busy::busy;
use super::search::{Mode, Search};
use super::walk::{Way, first_of, nearest, sibling};
use super::{Action, Command, Editor, Item};
use crate::design::{Cell, LinkId, PartId};

/// How many places are kept for the way back.
const TRAIL: usize = 100;

/// A key that went down, with what was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// Which.
    pub key: Key,
    /// Shift was held.
    pub shift: bool,
    /// Control, or the command key, was held.
    pub ctrl: bool,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tab; only taken while something is searched or carried.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// F2.
    F2,
    /// A character, Space among them.
    Char(char),
}

/// What the shell does after a key. No effect at all means that the key is not the editor's: the browser has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Says it.
    Said(String, Urgency),
    /// The focus went there; the proxy and the view follow.
    Focus(Item),
    /// Nothing has the focus any more.
    NoFocus,
    /// The selection is another.
    Selected,
    /// The design changed in these parts and links; what is gone is not chosen any more.
    Changed(Vec<Item>),
    /// A search or a carrying began, went on, or ended: [`Editor::mode`] is drawn anew.
    Mode,
    /// Rows of the outline were opened or closed, or another cell has the focus.
    Rows,
    /// Opens the settings of it and goes there.
    Inspect(Item),
    /// Goes to the outline.
    Outline,
    /// Asks for a new name, and runs [`super::Command::Rename`] with it.
    Rename(Item),
    /// The camera comes nearer, or goes.
    Zoom(Zoom),
    /// The camera moves so many cells to the right and down.
    Pan(i32, i32),
    /// Breaks it on purpose, beginning with what has the focus.
    BreakIt(Option<Item>),
    /// Shows the keys.
    Keys,
}

/// How something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// When there is a pause.
    Polite,
    /// At once: a refusal.
    Assertive,
}

/// What the camera does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// Nearer.
    In,
    /// Farther.
    Out,
    /// All in view.
    Fit,
}

impl Press {
    /// A key alone.
    #[must_use]
    pub fn new(key: Key) -> Self {
        Press {
            key,
            shift: false,
            ctrl: false,
        }
    }

    /// Reads what a browser calls a key: "ArrowLeft", "Enter", "a"; `None` for one that is nobody's here. Keys with Alt
    /// are the browser's and are not asked about.
    #[must_use]
    pub fn read(name: &str, shift: bool, ctrl: bool) -> Option<Self> {
        let key = match name {
            "ArrowLeft" => Key::Left,
            "ArrowRight" => Key::Right,
            "ArrowUp" => Key::Up,
            "ArrowDown" => Key::Down,
            "Home" => Key::Home,
            "End" => Key::End,
            "Enter" => Key::Enter,
            "Escape" => Key::Escape,
            "Tab" => Key::Tab,
            "Backspace" => Key::Backspace,
            "Delete" => Key::Delete,
            "F2" => Key::F2,
            _ => {
                let mut letters = name.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => Key::Char(letter),
                    _ => return None,
                }
            }
        };
        Some(Press { key, shift, ctrl })
    }
}

/// One key on the canvas.
pub fn step(editor: &mut Editor, press: Press) -> Vec<Effect> {
    match editor.mode() {
        Mode::Idle => idle(editor, press),
        Mode::Search(_) | Mode::Carry(_) => busy(editor, press),
    }
}

fn idle(editor: &mut Editor, press: Press) -> Vec<Effect> {
    if let Some(way) = Way::of(press.key) {
        return match (press.ctrl, press.shift) {
            (true, _) => {
                let (x, y) = way.step(8);
                vec![Effect::Pan(x, y)]
            }
            (false, true) => nudge(editor, way),
            (false, false) => {
                let found = nearest(editor, way);
                go(editor, found, "There is nothing that way.")
            }
        };
    }
    match press.key {
        Key::Home | Key::End => {
            let found = sibling(editor, press.key == Key::End);
            go(editor, found, "")
        }
        Key::Enter => enter(editor),
        Key::Backspace => {
            let found = out(editor);
            go(editor, found, "This is the top.")
        }
        Key::Char('\\') => back(editor),
        Key::Char(']') => follow(editor, true),
        Key::Char('[') => follow(editor, false),
        Key::Char(' ') if press.shift => choose(editor),
        Key::Escape => match editor.chosen().is_empty() {
            true => Vec::new(),
            false => {
                editor.choose_all(Vec::new());
                vec![Effect::Selected, editor.says("Nothing chosen.", Urgency::Polite)]
            }
        },
        _ => common(editor, press),
    }
}

/// What canvas and outline have in common while nothing is searched or carried, and what some keys mean wherever they are
/// pressed.
pub fn common(editor: &mut Editor, press: Press) -> Vec<Effect> {
    let letter = match press.key {
        Key::Delete if !press.ctrl => return editor.start(Action::Remove),
        Key::F2 => return editor.start(Action::Rename),
        Key::Char(letter) => letter.to_ascii_lowercase(),
        _ => return Vec::new(),
    };
    let action = match (letter, press.ctrl, press.shift) {
        ('z', true, false) => Action::Undo,
        ('z', true, true) | ('y', true, _) => Action::Redo,
        ('a', true, _) => Action::SelectAll,
        (_, true, _) => return Vec::new(),
        ('a', ..) => Action::Add,
        ('c', ..) => Action::Connect,
        ('m', _, true) => Action::MoveInto,
        ('m' | ' ', _, false) => Action::Carry,
        ('x', ..) => Action::BreakIt,
        ('i', ..) => Action::Inspect,
        ('o', ..) => Action::Outline,
        ('t', ..) => Action::Tidy,
        ('+' | '=', ..) => Action::ZoomIn,
        ('-', ..) => Action::ZoomOut,
        ('0', ..) => Action::Fit,
        ('?', ..) => Action::Keys,
        ('s', _, is_all) => {
            let text = if is_all { editor.read_all() } else { editor.last.clone() };
            return match text.is_empty() {
                true => Vec::new(),
                false => vec![Effect::Said(text, Urgency::Polite)],
            };
        }
        _ => return Vec::new(),
    };
    editor.start(action)
}

/// To a part that was found; to the first one where there was nothing to look from.
fn go(editor: &mut Editor, found: Option<PartId>, nothing: &str) -> Vec<Effect> {
    let found = match editor.focus() {
        None => first_of(editor.design(), None),
        Some(_) => found,
    };
    match found {
        Some(id) => look(editor, Item::Part(id)),
        None => {
            let is_empty = editor.design().parts.is_empty();
            editor.tells(if is_empty {
                "The board is empty. Press A to add a part."
            } else {
                nothing
            })
        }
    }
}

fn look(editor: &mut Editor, item: Item) -> Vec<Effect> {
    editor.set_focus(Some(item.clone()));
    vec![Effect::Focus(item)]
}

/// Into a container, or to the settings of what holds nothing.
fn enter(editor: &mut Editor) -> Vec<Effect> {
    let inside = match editor.focus() {
        None => return go(editor, None, ""),
        Some(Item::Part(id)) => first_of(editor.design(), Some(id)),
        Some(Item::Link(_)) => None,
    };
    match inside {
        Some(id) => look(editor, Item::Part(id)),
        None => editor.start(Action::Inspect),
    }
}

fn out(editor: &Editor) -> Option<PartId> {
    let design = editor.design();
    match editor.focus()? {
        Item::Part(id) => design.parts.get(id)?.parent.clone(),
        Item::Link(id) => Some(came_by(editor, id)?.0),
    }
}

fn choose(editor: &mut Editor) -> Vec<Effect> {
    let Some(item) = editor.focus().cloned() else {
        return editor.tells("Go to a part first.");
    };
    editor.toggle(item.clone());
    let verb = match editor.chosen().contains(&item) {
        true => " chosen, ",
        false => " no longer chosen, ",
    };
    let all = editor.chosen().len().to_string();
    let text = [&called(editor.design(), &item), verb, &all, " in all."].concat();
    vec![Effect::Selected, editor.says(&text, Urgency::Polite)]
}

fn nudge(editor: &mut Editor, way: Way) -> Vec<Effect> {
    let parts = carried(editor);
    let design = editor.design();
    let Some(first) = parts.first().and_then(|id| design.parts.get(id)) else {
        return editor.refuses("Choose a part first.");
    };
    let parent = first.parent.clone();
    let is_beside = |id: &PartId| design.parts.get(id).is_some_and(|part| part.parent == parent);
    if !parts.iter().all(is_beside) {
        return editor.refuses("These parts lie in different containers. Press M to carry them into one.");
    }
    let (x, y) = way.step(1);
    let at = Cell::new(first.at.x + x, first.at.y + y);
    editor.attempt(Command::Move { parts, parent, at })
}

/// A link, from where one came and where it goes on to.
fn came_by(editor: &Editor, id: &LinkId) -> Option<(PartId, PartId)> {
    let link = editor.design().links.get(id)?;
    let came = editor.trail.iter().rev().find_map(|item| match item {
        Item::Part(id) if link.other(id).is_some() => Some(id),
        _ => None,
    });
    let came = came.unwrap_or(&link.from);
    Some((came.clone(), link.other(came)?.clone()))
}

fn follow(editor: &mut Editor, is_forward: bool) -> Vec<Effect> {
    let Some(here) = editor.focus().cloned() else {
        return go(editor, None, "");
    };
    let next = match &here {
        Item::Link(id) => match came_by(editor, id) {
            Some((back, on)) => Item::Part(if is_forward { on } else { back }),
            None => return Vec::new(),
        },
        Item::Part(id) => {
            let mut links = editor.design().links_of(id);
            let first = links.next().map(|(id, _)| id.clone());
            let more = links.next().is_some();
            match (first, more) {
                (None, _) => return editor.tells("It has no links."),
                (Some(one), false) => Item::Link(one),
                _ => {
                    let search = Search::links(editor, id);
                    return editor.search(search);
                }
            }
        }
    };
    leave_trail(editor, here);
    look(editor, next)
}

/// Keeps where one was, for the way back.
pub(super) fn leave_trail(editor: &mut Editor, here: Item) {
    editor.trail.push(here);
    if editor.trail.len() > TRAIL {
        editor.trail.remove(0);
    }
}

fn back(editor: &mut Editor) -> Vec<Effect> {
    match editor.trail.pop() {
        Some(item) => look(editor, item),
        None => editor.tells("There is no way back: no link was followed."),
    }
}
