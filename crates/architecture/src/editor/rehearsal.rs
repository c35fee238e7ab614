//! Builds a design by keys alone, on the canvas or in the outline: the proof that both can make whatever can be made.

use crate::sorted::{BTreeMap, BTreeSet};
use std::collections::VecDeque;

use super::inspector::{Control, DROP, FieldId, Input, fields, input};
use super::keys::{Effect, Key, Press, step};
use super::search::{Mode, Target};
use super::{Command, Editor, Item, Limits, Outline, Place};
use crate::design::{Attr, Attrs, Design, Link, LinkId, Part, PartId, Value, Via, canonical};

/// How many times one key is pressed in vain before that counts as a failure.
const PATIENCE: usize = 5000;

/// With which keys a design is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// The keys of the canvas.
    Canvas,
    /// The keys of the outline.
    Outline,
}

/// Builds `target` from `given` by keys alone, and by what is filled into the fields that keys have opened. Says at which
/// step that was impossible. The result is the same as the target, apart from ids that are made here and from the drawing.
pub fn rehearse(given: &Design, target: &Design, limits: &Limits, hands: Hands) -> Result<Design, String> {
    let mut builder = Builder {
        editor: Editor::open(given.clone(), limits.clone()),
        outline: Outline {
            closed: given.parts.keys().cloned().collect(),
            ..Outline::default()
        },
        hands,
        parts: BTreeMap::new(),
        links: BTreeMap::new(),
    };
    builder.build(target)?;
    let wanted = canonical(&builder.translated(target));
    let built = canonical(builder.editor.design());
    if let Some(id) = differing(&wanted.parts, &built.parts) {
        return Err(format!(
            "part {id}: {:?} is wanted, {:?} was built",
            wanted.parts.get(id),
            built.parts.get(id)
        ));
    }
    if let Some(id) = differing(&wanted.links, &built.links) {
        return Err(format!(
            "link {id}: {:?} is wanted, {:?} was built",
            wanted.links.get(id),
            built.links.get(id)
        ));
    }
    Ok(builder.editor.design().clone())
}

fn differing<'a, K: Ord, T: PartialEq>(a: &'a BTreeMap<K, T>, b: &'a BTreeMap<K, T>) -> Option<&'a K> {
    a.keys().chain(b.keys()).find(|id| a.get(id) != b.get(id))
}

struct Builder {
    editor: Editor,
    outline: Outline,
    hands: Hands,
    /// What the target's parts and links are called here.
    parts: BTreeMap<PartId, PartId>,
    links: BTreeMap<LinkId, LinkId>,
}

type Step<T = ()> = Result<T, String>;

impl Builder {
    fn build(&mut self, target: &Design) -> Step {
        for id in self.editor.design().parts.keys() {
            if target.parts.contains_key(id) {
                self.parts.insert(id.clone(), id.clone());
            }
        }
        let stray = |design: &Design| design.parts.keys().find(|id| !target.parts.contains_key(*id)).cloned();
        while let Some(id) = stray(self.editor.design()) {
            self.remove(Item::Part(id))?;
        }
        self.place_parts(target)?;
        self.make_links(target)?;
        for (id, part) in &target.parts {
            let here = self.here(id)?;
            self.settle(&Item::Part(here), &part.attrs)?;
        }
        for (id, link) in &target.links {
            let here = self
                .links
                .get(id)
                .cloned()
                .ok_or_else(|| format!("link {id} was not made"))?;
            self.settle(&Item::Link(here), &link.attrs)?;
        }
        Ok(())
    }

    /// Containers before what they hold.
    fn place_parts(&mut self, target: &Design) -> Step {
        let mut order: Vec<(usize, &PartId, &Part)> = Vec::new();
        for (id, part) in &target.parts {
            order.push((target.ancestors(id).count(), id, part));
        }
        crate::sorted::sort_by_key(&mut order, |(depth, id, _)| (*depth, *id));
        for (_, id, part) in order {
            let parent = match &part.parent {
                Some(parent) => Some(self.here(parent)?),
                None => None,
            };
            let here = match self.parts.get(id).cloned() {
                Some(here) => here,
                None => self.add(part, parent.as_ref())?,
            };
            self.parts.insert(id.clone(), here.clone());
            let built = |editor: &Editor| editor.design().parts.get(&here).cloned();
            let now = built(&self.editor).ok_or_else(|| format!("{id} is gone"))?;
            if now.parent != parent {
                self.move_into(&here, parent.as_ref())?;
            }
            if now.name.trim() != part.name.trim() {
                self.rename(&here, &part.name)?;
            }
            if now.role != part.role {
                let role = part.role.as_ref().map_or_else(String::new, ToString::to_string);
                self.fill(&Item::Part(here.clone()), FieldId::Role, Input::Text(role))?;
            }
        }
        Ok(())
    }

    fn make_links(&mut self, target: &Design) -> Step {
        let joins = |link: &Link, a: &PartId, b: &PartId| link.other(a) == Some(b);
        let mut kept = BTreeSet::new();
        for (id, link) in &target.links {
            let (from, to) = (self.here(&link.from)?, self.here(&link.to)?);
            let links = &self.editor.design().links;
            let there = links
                .iter()
                .find(|(_, link)| joins(link, &from, &to))
                .map(|(id, _)| id.clone());
            let here = match there {
                Some(here) => here,
                None => self.connect(&from, &to)?,
            };
            kept.insert(here.clone());
            self.links.insert(id.clone(), here);
        }
        let stray = |design: &Design| design.links.keys().find(|id| !kept.contains(*id)).cloned();
        while let Some(id) = stray(self.editor.design()) {
            self.remove(Item::Link(id))?;
        }
        Ok(())
    }

    /// Fills in settings until they are as they should be.
    fn settle(&mut self, item: &Item, wanted: &Attrs) -> Step {
        let wanted = self.attrs(wanted);
        let held = super::settings::of(self.editor.design(), item)
            .cloned()
            .unwrap_or_default();
        for attr in Attr::ALL {
            let (now, then) = (held.get(&attr), wanted.get(&attr));
            if now == then {
                continue;
            }
            for input in inputs(now, then) {
                self.fill(item, FieldId::Attr(attr), input)?;
            }
        }
        Ok(())
    }

    fn here(&self, id: &PartId) -> Step<PartId> {
        self.parts
            .get(id)
            .cloned()
            .ok_or_else(|| format!("{id} was not placed"))
    }

    /// The target in the ids that its parts and links have here.
    fn translated(&self, target: &Design) -> Design {
        let part = |id: &PartId| self.parts.get(id).unwrap_or(id).clone();
        let mut here = Design {
            flavour: target.flavour,
            ..Design::default()
        };
        for (id, old) in &target.parts {
            let mut new = old.clone();
            new.parent = old.parent.as_ref().map(part);
            new.attrs = self.attrs(&old.attrs);
            here.parts.insert(part(id), new);
        }
        for (id, old) in &target.links {
            let mut new = old.clone();
            (new.from, new.to) = (part(&old.from), part(&old.to));
            new.attrs = self.attrs(&old.attrs);
            here.links.insert(self.links.get(id).unwrap_or(id).clone(), new);
        }
        here
    }

    fn attrs(&self, attrs: &Attrs) -> Attrs {
        let part = |id: &PartId| self.parts.get(id).unwrap_or(id).clone();
        let value = |value: &Value| match value {
            Value::Part(id) => Value::Part(part(id)),
            Value::Parts(ids) => Value::Parts(ids.iter().map(part).collect()),
            Value::Routes(rows) => {
                let mut rows = rows.clone();
                for row in &mut rows {
                    if let Via::Part(id) = &row.via {
                        row.via = Via::Part(part(id));
                    }
                }
                Value::Routes(rows)
            }
            other => other.clone(),
        };
        attrs.iter().map(|(attr, held)| (*attr, value(held))).collect()
    }
}

/// What is put into a field so that it holds something else.
fn inputs(now: Option<&Value>, then: Option<&Value>) -> Vec<Input> {
    let set = |value: Option<&Value>| value.map(super::upkeep::references).unwrap_or_default();
    match then.or(now) {
        None => Vec::new(),
        Some(Value::Bool(_)) => vec![Input::Toggle(then == Some(&Value::Bool(true)))],
        Some(Value::Text(_) | Value::Cidr(_) | Value::Part(_)) => vec![Input::Text(match then {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Cidr(net)) => net.to_string(),
            Some(Value::Part(id)) => id.to_string(),
            _ => String::new(),
        })],
        Some(Value::Parts(_)) => {
            let (now, then) = (set(now), set(then));
            let off = now.difference(&then).map(|id| Input::Tick(id.to_string(), false));
            let on = then.difference(&now).map(|id| Input::Tick(id.to_string(), true));
            off.chain(on).collect()
        }
        Some(Value::Routes(_)) => {
            let rows = |value: Option<&Value>| match value {
                Some(Value::Routes(rows)) => rows.clone(),
                _ => Vec::new(),
            };
            let off = rows(now).into_iter().map(|_| Input::RemoveRoute(0));
            let on = rows(then).into_iter().map(|row| {
                let target = match &row.via {
                    Via::Part(id) => id.to_string(),
                    Via::Drop => DROP.to_owned(),
                };
                Input::AddRoute(row.prefix.to_string(), target)
            });
            off.chain(on).collect()
        }
    }
}

/// What hands do: only keys, and what is filled into a field that is open.
impl Builder {
    fn press(&mut self, press: Press) -> Vec<Effect> {
        match self.hands {
            Hands::Canvas => step(&mut self.editor, press),
            Hands::Outline => self.outline.step(&mut self.editor, &BTreeMap::new(), press),
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.press(Press::new(key))
    }

    fn write(&mut self, text: &str) {
        for letter in text.to_lowercase().chars() {
            self.key(Key::Char(letter));
        }
    }

    /// Presses a key until something is so.
    fn until(&mut self, key: Key, what: &str, is_so: impl Fn(&Editor) -> bool) -> Step {
        for _ in 0..PATIENCE {
            if is_so(&self.editor) {
                return Ok(());
            }
            self.key(key);
        }
        Err(format!("{key:?} never leads to {what}: {:?}", self.editor.mode()))
    }

    fn go(&mut self, item: &Item) -> Step {
        match (self.hands, item) {
            (Hands::Outline, _) => self.go_down(item),
            (Hands::Canvas, Item::Part(id)) => self.walk(id),
            (Hands::Canvas, Item::Link(id)) => {
                let from = self.editor.design().links.get(id).map(|link| link.from.clone());
                self.walk(&from.ok_or_else(|| format!("{id} is not there"))?)?;
                self.key(Key::Char(']'));
                if self.editor.focus() != Some(item) {
                    let marked = Target::Item(item.clone());
                    self.until(Key::Down, "the link", |editor| is_marked(editor, &marked))?;
                    self.key(Key::Enter);
                }
                self.arrived(item)
            }
        }
    }

    fn arrived(&self, item: &Item) -> Step {
        match self.editor.focus() == Some(item) {
            true => Ok(()),
            false => Err(format!("keys led to {:?} and not to {item:?}", self.editor.focus())),
        }
    }

    /// The shortest way by arrows, Home, End, Enter and Backspace.
    fn walk(&mut self, id: &PartId) -> Step {
        if self.editor.focus().is_none() {
            self.key(Key::Right);
        }
        let start = self.editor.focus().cloned().ok_or("the board is empty")?;
        let goal = Item::Part(id.clone());
        let keys = [
            Key::Enter,
            Key::Backspace,
            Key::Left,
            Key::Right,
            Key::Up,
            Key::Down,
            Key::Home,
            Key::End,
        ];
        let mut probe = Editor::open(self.editor.design().clone(), Limits::default());
        let mut came: BTreeMap<Item, (Item, Key)> = BTreeMap::new();
        let mut open = VecDeque::from([start.clone()]);
        while let Some(here) = open.pop_front() {
            if here == goal {
                break;
            }
            for key in keys {
                probe.set_focus(Some(here.clone()));
                step(&mut probe, Press::new(key));
                let Some(next) = probe.focus().cloned() else {
                    continue;
                };
                if next != start && !came.contains_key(&next) {
                    came.insert(next.clone(), (here.clone(), key));
                    open.push_back(next);
                }
            }
        }
        let mut way = Vec::new();
        let mut at = goal.clone();
        while at != start {
            let Some((before, key)) = came.get(&at) else {
                return Err(format!("no keys lead from {start:?} to {id}"));
            };
            way.push(*key);
            at = before.clone();
        }
        for key in way.into_iter().rev() {
            self.key(key);
        }
        self.arrived(&goal)
    }

    /// From the first row down, opening what holds it.
    fn go_down(&mut self, item: &Item) -> Step {
        let design = self.editor.design();
        let mut way: Vec<Item> = Vec::new();
        let holder = match item {
            Item::Part(id) => id.clone(),
            Item::Link(id) => {
                let link = design.links.get(id).ok_or_else(|| format!("{id} is not there"))?;
                way.push(Item::Part(link.from.clone()));
                link.from.clone()
            }
        };
        way.extend(design.ancestors(&holder).map(|(id, _)| Item::Part(id.clone())));
        way.reverse();
        way.push(item.clone());
        self.key(Key::Escape);
        self.press(Press {
            ctrl: true,
            ..Press::new(Key::Home)
        });
        for item in way {
            let mut left = PATIENCE;
            while self.outline.at.as_ref().map(|place| &place.item) != Some(&item) {
                left = left.checked_sub(1).ok_or_else(|| format!("no row for {item:?}"))?;
                self.key(Key::Down);
            }
            let is_closed = |outline: &Outline| matches!(&item, Item::Part(id) if outline.closed.contains(id));
            if is_closed(&self.outline) {
                self.key(Key::Right);
            }
        }
        self.arrived(item)
    }

    fn add(&mut self, part: &Part, parent: Option<&PartId>) -> Step<PartId> {
        if let Some(parent) = parent {
            self.go(&Item::Part(parent.clone()))?;
        }
        let label = part.kind.label(self.editor.design().flavour);
        self.key(Key::Char('a'));
        self.write(label.get(..3).unwrap_or(label));
        let marked = Target::Kind(part.kind);
        self.until(Key::Down, label, |editor| is_marked(editor, &marked))?;
        self.until(Key::Tab, "the container", |editor| match editor.mode() {
            Mode::Search(search) => search.aim() == Some(&parent.cloned()),
            _ => false,
        })?;
        self.key(Key::Enter);
        match self.editor.focus() {
            Some(Item::Part(id)) if *self.editor.mode() == Mode::Idle => {
                let id = id.clone();
                // A new container is closed or open as the outline likes; what is added shows in both.
                self.outline.at = Some(Place {
                    item: Item::Part(id.clone()),
                    under: parent.cloned(),
                });
                Ok(id)
            }
            _ => Err(format!("{label} could not be added: {:?}", self.editor.last)),
        }
    }

    fn move_into(&mut self, part: &PartId, parent: Option<&PartId>) -> Step {
        self.go(&Item::Part(part.clone()))?;
        self.key(Key::Char('m'));
        match self.hands {
            Hands::Canvas => self.until(Key::Tab, "the container", |editor| match editor.mode() {
                Mode::Carry(carry) => carry.parent.as_ref() == parent,
                _ => false,
            })?,
            Hands::Outline => {
                let target = parent.map_or(Target::Ground, |id| Target::Item(Item::Part(id.clone())));
                self.until(Key::Down, "the container", |editor| is_marked(editor, &target))?;
            }
        }
        self.key(Key::Enter);
        match self.editor.design().parts.get(part) {
            Some(moved) if moved.parent.as_ref() == parent => Ok(()),
            _ => Err(format!("{part} could not be moved: {:?}", self.editor.last)),
        }
    }

    fn connect(&mut self, from: &PartId, to: &PartId) -> Step<LinkId> {
        self.go(&Item::Part(from.clone()))?;
        self.key(Key::Char('c'));
        let name = self.editor.design().name(to);
        self.write(&name);
        let marked = Target::Item(Item::Part(to.clone()));
        self.until(Key::Down, &name, |editor| is_marked(editor, &marked))?;
        self.key(Key::Enter);
        match self.editor.focus() {
            Some(Item::Link(id)) if *self.editor.mode() == Mode::Idle => Ok(id.clone()),
            _ => Err(format!("{from} could not be linked to {to}: {:?}", self.editor.last)),
        }
    }

    fn rename(&mut self, part: &PartId, name: &str) -> Step {
        let item = Item::Part(part.clone());
        self.go(&item)?;
        if !self.key(Key::F2).contains(&Effect::Rename(item)) {
            return Err(format!("F2 does not ask for a name of {part}"));
        }
        let command = Command::Rename {
            part: part.clone(),
            name: name.to_owned(),
        };
        self.editor.run(command).map(drop).map_err(|reason| reason.0)
    }

    fn remove(&mut self, item: Item) -> Step {
        self.go(&item)?;
        self.key(Key::Delete);
        let is_gone = match &item {
            Item::Part(id) => !self.editor.design().parts.contains_key(id),
            Item::Link(id) => !self.editor.design().links.contains_key(id),
        };
        is_gone
            .then_some(())
            .ok_or_else(|| format!("{item:?} could not be deleted: {:?}", self.editor.last))
    }

    /// Opens the settings by a key, and puts in what the field offers.
    fn fill(&mut self, item: &Item, id: FieldId, value: Input) -> Step {
        self.go(item)?;
        let key = match self.hands {
            Hands::Canvas => Key::Char('i'),
            Hands::Outline => Key::Enter,
        };
        if !self.key(key).contains(&Effect::Inspect(item.clone())) {
            return Err(format!("{key:?} does not open the settings of {item:?}"));
        }
        let fields = fields(self.editor.design(), self.editor.limits(), item);
        let field = fields.iter().find(|field| field.id == id);
        let field = field.ok_or_else(|| format!("{item:?} has no field {id:?}"))?;
        if let Some(why) = &field.fixed {
            return Err(why.clone());
        }
        if !offers(&field.control, &value) {
            return Err(format!("the field {id:?} of {item:?} does not offer {value:?}"));
        }
        let command = input(self.editor.design(), item, id, value).map_err(|reason| reason.0)?;
        self.editor.run(command).map(drop).map_err(|reason| reason.0)
    }
}

fn is_marked(editor: &Editor, target: &Target) -> bool {
    match editor.mode() {
        Mode::Search(search) => search.marked().is_some_and(|hit| hit.what == *target),
        _ => false,
    }
}

/// Whether a form would let somebody put that in.
fn offers(control: &Control, value: &Input) -> bool {
    match (control, value) {
        (Control::Text { .. }, Input::Text(_)) | (Control::Toggle(_), Input::Toggle(_)) => true,
        (Control::Select { options, .. }, Input::Text(id)) => options.iter().any(|option| option.id == *id),
        (Control::Checks(checks), Input::Tick(id, _)) => checks.iter().any(|check| check.id == *id),
        (Control::Routes { targets, .. }, Input::AddRoute(_, id)) => targets.iter().any(|target| target.id == *id),
        (Control::Routes { rows, .. }, Input::RemoveRoute(place)) => rows.iter().any(|row| row.place == Some(*place)),
        _ => false,
    }
}
