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
            (false, false) => go(editor, |editor| nearest(editor, way), "There is nothing that way."),
        };
    }
    match press.key {
        Key::Home => go(editor, |editor| sibling(editor, false), ""),
        Key::End => go(editor, |editor| sibling(editor, true), ""),
        Key::Enter => enter(editor),
        Key::Backspace => go(editor, out, "This is the top."),
        Key::Char('\\') => back(editor),
        Key::Char(']') => follow(editor, true),
        Key::Char('[') => follow(editor, false),
        Key::Char(' ') if press.shift => choose(editor),
        Key::Escape => match editor.chosen().is_empty() {
            true => Vec::new(),
            false => {
                editor.choose([]);
                vec![
                    Effect::Selected,
                    editor.says("Nothing chosen.".to_owned(), Urgency::Polite),
                ]
            }
        },
        _ => common(editor, press),
    }
}

/// What canvas and outline have in common while nothing is searched or carried.
pub(super) fn common(editor: &mut Editor, press: Press) -> Vec<Effect> {
    let action = match (press.key, press.ctrl, press.shift) {
        (Key::Delete, false, _) => Action::Remove,
        (Key::F2, ..) => Action::Rename,
        (Key::Char('z' | 'Z'), true, false) => Action::Undo,
        (Key::Char('z' | 'Z'), true, true) | (Key::Char('y' | 'Y'), true, _) => Action::Redo,
        (Key::Char('a' | 'A'), true, _) => Action::SelectAll,
        (Key::Char('a' | 'A'), false, _) => Action::Add,
        (Key::Char('c' | 'C'), false, _) => Action::Connect,
        (Key::Char('m' | 'M'), false, true) => Action::MoveInto,
        (Key::Char('m' | 'M' | ' '), false, false) => Action::Carry,
        (Key::Char('x' | 'X'), false, _) => Action::BreakIt,
        (Key::Char('i' | 'I'), false, _) => Action::Inspect,
        (Key::Char('o' | 'O'), false, _) => Action::Outline,
        (Key::Char('+' | '='), false, _) => Action::ZoomIn,
        (Key::Char('-'), false, _) => Action::ZoomOut,
        (Key::Char('0'), false, _) => Action::Fit,
        (Key::Char('?'), false, _) => Action::Keys,
        (Key::Char('s' | 'S'), false, false) if !editor.last.is_empty() => {
            return vec![Effect::Said(editor.last.clone(), Urgency::Polite)];
        }
        (Key::Char('s' | 'S'), false, true) => {
            return vec![Effect::Said(editor.read_all(), Urgency::Polite)];
        }
        _ => return Vec::new(),
    };
    editor.start(action)
}

fn go(editor: &mut Editor, find: impl Fn(&Editor) -> Option<PartId>, nothing: &str) -> Vec<Effect> {
    let found = match editor.focus() {
        None => first_of(editor.design(), None),
        Some(_) => find(editor),
    };
    match found {
        Some(id) => look(editor, Item::Part(id)),
        None if editor.design().parts.is_empty() => {
            vec![editor.says("The board is empty. Press A to add a part.".to_owned(), Urgency::Polite)]
        }
        None => vec![editor.says(nothing.to_owned(), Urgency::Polite)],
    }
}

fn look(editor: &mut Editor, item: Item) -> Vec<Effect> {
    editor.set_focus(Some(item.clone()));
    vec![Effect::Focus(item)]
}

/// Into a container, or to the settings of what holds nothing.
fn enter(editor: &mut Editor) -> Vec<Effect> {
    let inside = match editor.focus() {
        None => return go(editor, |_| None, ""),
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
        return vec![editor.says("Go to a part first.".to_owned(), Urgency::Polite)];
    };
    editor.toggle(item.clone());
    let verb = match editor.chosen().contains(&item) {
        true => "chosen",
        false => "no longer chosen",
    };
    let name = called(editor.design(), &item).unwrap_or_default();
    let text = format!("{name} {verb}, {} in all.", editor.chosen().len());
    vec![Effect::Selected, editor.says(text, Urgency::Polite)]
}

fn nudge(editor: &mut Editor, way: Way) -> Vec<Effect> {
    let parts = carried(editor);
    let design = editor.design();
    let Some(first) = parts.first().and_then(|id| design.parts.get(id)) else {
        return vec![editor.says("Choose a part first.".to_owned(), Urgency::Assertive)];
    };
    let parent = first.parent.clone();
    let is_beside = |id: &PartId| design.parts.get(id).is_some_and(|part| part.parent == parent);
    if !parts.iter().all(is_beside) {
        let text = "These parts lie in different containers. Press M to carry them into one.";
        return vec![editor.says(text.to_owned(), Urgency::Assertive)];
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
    let (here, next) = match editor.focus().cloned() {
        None => return go(editor, |_| None, ""),
        Some(Item::Link(id)) => match came_by(editor, &id) {
            Some((_, on)) if is_forward => (Item::Link(id), Item::Part(on)),
            Some((back, _)) => (Item::Link(id), Item::Part(back)),
            None => return Vec::new(),
        },
        Some(Item::Part(id)) => {
            let links: Vec<LinkId> = editor.design().links_of(&id).map(|(id, _)| id.clone()).collect();
            match links.as_slice() {
                [] => return vec![editor.says("It has no links.".to_owned(), Urgency::Polite)],
                [one] => (Item::Part(id), Item::Link(one.clone())),
                _ => {
                    let search = Search::links(editor, &id);
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
        None => vec![editor.says(
            "There is no way back: no link was followed.".to_owned(),
            Urgency::Polite,
        )],
    }
}
