//! A few words for headless tests: `key A "fire" Enter; expect parent "Firewall" app-a; undo; expect parts 7`.
//!
//! Words are parted by spaces, what is in quotes is one word, steps are parted by `;` or a new line. Parts are named by id
//! or by name, links by their two ends: `web~hub`.

use crate::sorted::BTreeMap;

use crate::catalogue::Reason;
use crate::design::{Attr, Cell, Kind, PartId, Size, violations};
use crate::editor::{
    Command, DROP, Done, Editor, Effect, FieldId, Input, Item, Key, Limits, Mode, Outline, Press, Urgency, input,
    proxy, step,
};

use super::boards;

/// An editor, an outline, and what was said last.
pub(super) struct Script {
    pub(super) editor: Editor,
    pub(super) outline: Outline,
    pub(super) said: String,
    pub(super) urgency: Urgency,
    pub(super) effects: Vec<Effect>,
}

/// Plays a script on the given board.
pub(super) fn play(text: &str) -> Script {
    Script::new(Editor::open(boards::given(), boards::limits())).then(text)
}

/// Plays a script on the whole board.
pub(super) fn play_whole(text: &str) -> Script {
    Script::new(Editor::open(boards::target(), boards::limits())).then(text)
}

/// Plays a script on an empty board.
pub(super) fn play_empty(text: &str) -> Script {
    Script::new(Editor::open(crate::design::Design::default(), Limits::free())).then(text)
}

impl Script {
    pub(super) fn new(editor: Editor) -> Self {
        Script {
            editor,
            outline: Outline::default(),
            said: String::new(),
            urgency: Urgency::Polite,
            effects: Vec::new(),
        }
    }

    pub(super) fn then(mut self, text: &str) -> Self {
        for line in &steps(text) {
            let words = words(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            self.play(&words, line);
            let faults = violations(self.editor.design());
            assert!(faults.is_empty(), "after {line}: {faults:?}");
        }
        self
    }

    fn play(&mut self, words: &[&str], line: &str) {
        match words {
            ["place", kind, "in", parent] => {
                let kind = Kind::read(kind).expect(line);
                let parent = (*parent != "ground").then(|| self.part(parent));
                self.run(Command::Place {
                    kind,
                    parent,
                    at: Cell::new(2, 4),
                });
            }
            ["remove", items @ ..] => {
                let items = items.iter().map(|item| self.item(item)).collect();
                self.run(Command::Remove(items));
            }
            ["move", part, "to", parent] => {
                let parts = part.split('+').map(|part| self.part(part)).collect();
                let parent = (*parent != "ground").then(|| self.part(parent));
                self.run(Command::Move {
                    parts,
                    parent,
                    at: Cell::new(2, 4),
                });
            }
            ["move", part, "by", x, y] => {
                let id = self.part(part);
                let part = self.editor.design().parts.get(&id).expect(line).clone();
                let at = Cell::new(part.at.x + number(x), part.at.y + number(y));
                let parent = part.parent;
                self.run(Command::Move {
                    parts: vec![id],
                    parent,
                    at,
                });
            }
            ["resize", part, x, y, w, h] => {
                let part = self.part(part);
                let (at, size) = (
                    Cell::new(number(x), number(y)),
                    Size {
                        w: number(w),
                        h: number(h),
                    },
                );
                self.run(Command::Resize { part, at, size });
            }
            ["connect", from, to] => {
                let (from, to) = (self.part(from), self.part(to));
                self.run(Command::Connect { from, to });
            }
            ["rename", part, name] => {
                let part = self.part(part);
                let name = (*name).to_owned();
                self.run(Command::Rename { part, name });
            }
            ["fill", item, field, values @ ..] => self.fill(item, field, values),
            ["tidy"] => self.run(Command::Tidy),
            ["undo"] => {
                let done = self.editor.undo();
                self.heard(done.ok_or(Reason("Nothing to undo.".to_owned())));
            }
            ["redo"] => {
                let done = self.editor.redo();
                self.heard(done.ok_or(Reason("Nothing to redo.".to_owned())));
            }
            ["burst"] => self.editor.begin_burst(),
            ["burst", "end"] => self.editor.end_burst(),
            ["focus", item] => {
                let item = self.item(item);
                self.editor.set_focus(Some(item));
            }
            ["choose", items @ ..] => {
                let items: Vec<Item> = items.iter().map(|item| self.item(item)).collect();
                self.editor.choose(items);
            }
            ["key", keys @ ..] => self.keys(keys, false),
            ["outline", keys @ ..] => self.keys(keys, true),
            ["expect", rest @ ..] => self.expect(rest, line),
            _ => panic!("what is {line}?"),
        }
    }

    fn run(&mut self, command: Command) {
        let before = self.editor.design().clone();
        let result = self.editor.run(command);
        if result.is_err() {
            assert_eq!(&before, self.editor.design(), "a refusal changes nothing");
        }
        self.heard(result);
    }

    fn heard(&mut self, result: Result<Done, Reason>) {
        (self.said, self.urgency) = match result {
            Ok(done) => (done.said, Urgency::Polite),
            Err(reason) => (reason.0, Urgency::Assertive),
        };
    }

    fn fill(&mut self, item: &str, field: &str, values: &[&str]) {
        let item = self.item(item);
        let field = match field {
            "name" => FieldId::Name,
            "inside" => FieldId::Inside,
            "role" => FieldId::Role,
            "link" => FieldId::LinkTo,
            attr => FieldId::Attr(Attr::read(attr).expect("a setting")),
        };
        let id = |word: &&str| match *word {
            "drop" => DROP.to_owned(),
            word => self.find(word).map_or_else(|| word.to_owned(), |id| id.to_string()),
        };
        let place = |word: &str| usize::try_from(number(word)).expect("a place");
        let value = match values {
            ["+", "row", prefix, target] => Input::AddRoute((*prefix).to_owned(), id(target)),
            ["-", "row", place_of] => Input::RemoveRoute(place(place_of)),
            ["row", at, "prefix", prefix] => Input::RoutePrefix(place(at), (*prefix).to_owned()),
            ["row", at, "to", target] => Input::RouteTarget(place(at), id(target)),
            ["+", what] => Input::Tick(id(what), true),
            ["-", what] => Input::Tick(id(what), false),
            ["on"] => Input::Toggle(true),
            ["off"] => Input::Toggle(false),
            [] => Input::Text(String::new()),
            [text] if matches!(field, FieldId::Name) => Input::Text((*text).to_owned()),
            [text] => Input::Text(id(text)),
            other => panic!("what is {other:?}?"),
        };
        match input(self.editor.design(), &item, field, value) {
            Ok(command) => self.run(command),
            Err(reason) => self.heard(Err(reason)),
        }
    }

    fn keys(&mut self, words: &[&str], in_outline: bool) {
        self.effects.clear();
        for word in words {
            let letters: Vec<Press> = match word.strip_prefix('"') {
                Some(text) => text.chars().map(|letter| Press::new(Key::Char(letter))).collect(),
                None => vec![press(word)],
            };
            for press in letters {
                let effects = match in_outline {
                    true => self.outline.step(&mut self.editor, &BTreeMap::new(), press),
                    false => step(&mut self.editor, press),
                };
                for effect in &effects {
                    if let Effect::Said(text, urgency) = effect {
                        self.said.clone_from(text);
                        self.urgency = *urgency;
                    }
                }
                self.effects.extend(effects);
            }
        }
    }

    fn expect(&self, words: &[&str], line: &str) {
        let design = self.editor.design();
        match words {
            ["parent", part, parent] => {
                let part = design.parts.get(&self.part(part)).expect(line);
                let parent = (*parent != "ground").then(|| self.part(parent));
                assert_eq!(part.parent, parent, "{line}");
            }
            ["no", "part", part] => assert_eq!(self.find(part), None, "{line}"),
            ["part", part] => assert!(self.find(part).is_some(), "{line}"),
            ["no", "link", from, to] => assert!(self.link(from, to).is_none(), "{line}"),
            ["link", from, to] => assert!(self.link(from, to).is_some(), "{line}"),
            ["parts", number_of] => assert_eq!(design.parts.len(), number(number_of) as usize, "{line}"),
            ["links", number_of] => assert_eq!(design.links.len(), number(number_of) as usize, "{line}"),
            ["said", text] => assert_eq!((self.said.as_str(), self.urgency), (*text, Urgency::Polite), "{line}"),
            ["refused", text] => assert_eq!(
                (self.said.as_str(), self.urgency),
                (*text, Urgency::Assertive),
                "{line}"
            ),
            ["refused"] => assert_eq!(self.urgency, Urgency::Assertive, "{line}: {}", self.said),
            ["focus", "nothing"] => assert_eq!(self.editor.focus(), None, "{line}"),
            ["focus", item] => assert_eq!(self.editor.focus(), Some(&self.item(item)), "{line}"),
            ["row", item] => {
                let at = self.outline.at.as_ref().map(|place| &place.item);
                assert_eq!(at, Some(&self.item(item)), "{line}");
            }
            ["undo", name] => assert_eq!(self.editor.undo_name(), Some(*name), "{line}"),
            ["redo", name] => assert_eq!(self.editor.redo_name(), Some(*name), "{line}"),
            ["no", "undo"] => assert_eq!(self.editor.undo_name(), None, "{line}"),
            ["no", "redo"] => assert_eq!(self.editor.redo_name(), None, "{line}"),
            ["idle"] => assert_eq!(self.editor.mode(), &Mode::Idle, "{line}"),
            ["busy"] => assert_ne!(self.editor.mode(), &Mode::Idle, "{line}"),
            ["marked", label] => match self.editor.mode() {
                Mode::Search(search) => {
                    assert_eq!(search.marked().map(|hit| hit.label.as_str()), Some(*label), "{line}")
                }
                mode => panic!("{line}: {mode:?}"),
            },
            ["proxy", text] => {
                let item = self.editor.focus().expect(line);
                assert_eq!(proxy(design, item, ""), *text, "{line}");
            }
            [attr, of, values @ ..] => {
                let attr = Attr::read(attr).expect(line);
                let item = self.item(of);
                let attrs = crate::editor::settings::of(design, &item).expect(line);
                let held = attrs.get(&attr).map_or_else(|| "nothing".to_owned(), boards::text);
                assert_eq!(held, values.join(" "), "{line}");
            }
            _ => panic!("what is {line}?"),
        }
    }

    fn find(&self, word: &str) -> Option<PartId> {
        let parts = &self.editor.design().parts;
        let by_id = parts.get_key_value(word);
        let found = by_id.or_else(|| parts.iter().find(|(_, part)| part.name == word));
        found.map(|(id, _)| id.clone())
    }

    /// A part that may be gone already: then the word is its id.
    fn part(&self, word: &str) -> PartId {
        self.find(word).unwrap_or_else(|| word.into())
    }

    fn link(&self, from: &str, to: &str) -> Option<Item> {
        let (from, to) = (self.part(from), self.part(to));
        let mut links = self.editor.design().links.iter();
        let found = links.find(|(_, link)| link.other(&from) == Some(&to));
        found.map(|(id, _)| Item::Link(id.clone()))
    }

    pub(super) fn item(&self, word: &str) -> Item {
        match word.split_once('~') {
            Some((from, to)) => self.link(from, to).unwrap_or_else(|| panic!("no link {word}")),
            None => Item::Part(self.part(word)),
        }
    }
}

fn number(word: &str) -> i32 {
    word.parse().unwrap_or_else(|_| panic!("{word} is no number"))
}

fn press(word: &str) -> Press {
    let (mut shift, mut ctrl, mut name) = (false, false, word);
    loop {
        if let Some(rest) = name.strip_prefix("Shift+") {
            (shift, name) = (true, rest);
        } else if let Some(rest) = name.strip_prefix("Ctrl+") {
            (ctrl, name) = (true, rest);
        } else {
            break;
        }
    }
    let name = match name {
        "Left" | "Right" | "Up" | "Down" => format!("Arrow{name}"),
        "Space" => " ".to_owned(),
        other => other.to_owned(),
    };
    Press::read(&name, shift, ctrl).unwrap_or_else(|| panic!("no key {word}"))
}

/// The steps of a script; what is in quotes is not looked into.
fn steps(text: &str) -> Vec<String> {
    let mut is_quoted = false;
    let ends = |letter: char| {
        is_quoted ^= letter == '"';
        !is_quoted && matches!(letter, ';' | '\n')
    };
    let steps = text.split(ends).map(|step| step.trim().to_owned());
    steps.filter(|step| !step.is_empty()).collect()
}

/// Words; those that were in quotes keep the first one after `key`, so that they can be told from names of keys.
fn words(line: &str) -> Vec<String> {
    let keeps_quotes = line.starts_with("key ") || line.starts_with("outline ");
    let mut words = Vec::new();
    for (place, piece) in line.split('"').enumerate() {
        match place % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_owned)),
            _ if keeps_quotes => words.push(format!("\"{piece}")),
            _ => words.push(piece.to_owned()),
        }
    }
    words
}
