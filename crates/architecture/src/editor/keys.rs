use super::{Editor, Item};

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
    /// The design changed in these parts and links.
    Changed(Vec<Item>),
    /// A search or a carrying began, went on, or ended: [`Editor::mode`] is drawn anew.
    Mode,
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

    /// Reads what a browser calls a key: "ArrowLeft", "Enter", "a"; `None` for one that is nobody's here.
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
    let _ = (editor, press);
    Vec::new()
}
