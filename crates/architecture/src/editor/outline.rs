use crate::sorted::{BTreeMap, BTreeSet};

use super::announce::{in_order, seen_from};
use super::keys::{self, Effect, Key, Press};
use super::search::{Mode, turn};
use super::{Action, Editor, Item};
use crate::design::{Design, Kind, LinkId, PartId};
use crate::words::{count, fold, has};

/// The outline: a treegrid whose rows are parts and, under each, its links and what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The parts whose rows are closed.
    pub closed: BTreeSet<PartId>,
    /// What is shown.
    pub filter: Filter,
    /// The row that has the focus.
    pub at: Option<Place>,
    /// The cell that has it; `None` is the row.
    pub column: Option<Column>,
    /// The line of the row's menu that has it, while that is open.
    pub menu: Option<usize>,
}

/// A row's place: a link has a row under each of its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What the row shows.
    pub item: Item,
    /// The part under which it stands.
    pub under: Option<PartId>,
}

/// What the outline shows. Ancestors of what fits stay, so that the tree holds together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the name.
    pub text: String,
    /// A kind.
    pub kind: Option<Kind>,
    /// Only what has a state: what is down or fails a rule.
    pub failing: bool,
}

/// A column, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Name,
    /// The kind.
    Kind,
    /// How many links go out.
    Links,
    /// The state.
    State,
    /// The button of the menu.
    Actions,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub place: Place,
    /// How deep, from 1 (`aria-level`).
    pub level: usize,
    /// Whether it has rows under it.
    pub has_children: bool,
    /// Whether they are shown (`aria-expanded`, when it has any).
    pub is_open: bool,
    /// Its place among its siblings, from 1 (`aria-posinset`).
    pub posinset: usize,
    /// How many siblings there are, itself included (`aria-setsize`).
    pub setsize: usize,
    /// The name, or what the link does: "attached to Hub, table Production".
    pub name: String,
    /// The kind.
    pub kind: String,
    /// The links, in words: "2 links".
    pub links: String,
    /// "Given", "down", what fails; empty when there is nothing to say.
    pub state: String,
}

impl Outline {
    /// All rows that are shown, in order; a view draws a window of them. `states` is what the shell knows of parts and
    /// links: what is down, what fails.
    #[must_use]
    pub fn rows(&self, design: &Design, states: &BTreeMap<Item, String>) -> Vec<Row> {
        let is_filtered = self.filter != Filter::default();
        let order = in_order(design);
        let mut under = under(design, states, &order, is_filtered.then_some(&self.filter));
        let mut rows = Vec::new();
        for id in &order {
            let parent = design.parts.get(id).and_then(|part| part.parent.as_ref());
            let Some(holder) = under.get_mut(&parent).filter(|holder| holder.level > 0) else {
                continue;
            };
            // What the filter has taken away is not among those that are counted.
            if is_filtered && !holder.parts.contains(&id) {
                continue;
            }
            holder.given += 1;
            let mut row = row(design, states, Item::Part(id.clone()), parent);
            row.level = holder.level;
            row.posinset = holder.given;
            row.setsize = holder.links.len() + holder.parts.len();
            let level = row.level + 1;
            let Some(inside) = under.get_mut(&Some(id)) else {
                rows.push(row);
                continue;
            };
            if inside.ends > 0 {
                row.links = count(inside.ends, "link");
            }
            let setsize = inside.links.len() + inside.parts.len();
            row.has_children = setsize > 0;
            row.is_open = row.has_children && (is_filtered || !self.closed.contains(id));
            let is_open = row.is_open;
            rows.push(row);
            if !is_open {
                continue;
            }
            inside.level = level;
            for link in &inside.links {
                inside.given += 1;
                let mut row = self::row(design, states, Item::Link((*link).clone()), Some(id));
                (row.level, row.posinset, row.setsize) = (level, inside.given, setsize);
                rows.push(row);
            }
        }
        rows
    }

    /// Makes the row of a part or a link the current one, and opens what is closed above it.
    pub fn reveal(&mut self, design: &Design, item: &Item) {
        let under = match item {
            Item::Part(id) => design.parts.get(id).and_then(|part| part.parent.clone()),
            Item::Link(id) => {
                let here = self.at.as_ref().and_then(|place| match &place.item {
                    Item::Part(id) => Some(id),
                    Item::Link(_) => place.under.as_ref(),
                });
                let Some(link) = design.links.get(id) else {
                    return;
                };
                Some(
                    here.filter(|here| link.other(here).is_some())
                        .unwrap_or(&link.from)
                        .clone(),
                )
            }
        };
        let mut above = under.clone();
        let mut left = design.parts.len();
        while let (Some(id), Some(fewer)) = (above, left.checked_sub(1)) {
            left = fewer;
            self.closed.remove(&id);
            above = design.parts.get(&id).and_then(|part| part.parent.clone());
        }
        self.at = Some(Place {
            item: item.clone(),
            under,
        });
    }

    /// One key in the outline. Keys that mean nothing to a treegrid start the same actions as on the canvas.
    pub fn step(&mut self, editor: &mut Editor, states: &BTreeMap<Item, String>, press: Press) -> Vec<Effect> {
        let effects = match (editor.mode(), self.menu) {
            (Mode::Idle, Some(line)) => return self.in_menu(editor, line, press),
            (Mode::Idle, None) => self.idle(editor, states, press),
            (Mode::Search(_) | Mode::Carry(_), _) => keys::step(editor, press),
        };
        self.follow(editor, &effects);
        effects
    }

    /// Goes where an effect leads.
    pub fn follow(&mut self, editor: &Editor, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Focus(item) if self.at.as_ref().map(|place| &place.item) != Some(item) => {
                    self.reveal(editor.design(), item);
                }
                Effect::NoFocus => self.at = None,
                _ => {}
            }
        }
    }

    /// Opens the menu of a row, or closes it where it is open. Nothing in it is done before it is chosen.
    pub fn turn_menu(&mut self, place: Place) {
        let is_open = self.menu.is_some() && self.at.as_ref() == Some(&place);
        self.at = Some(place);
        self.column = Some(Column::Actions);
        self.menu = (!is_open).then_some(0);
    }

    /// Does what a line of the open menu says, and closes it.
    pub fn take(&mut self, editor: &mut Editor, line: usize) -> Vec<Effect> {
        self.menu = None;
        self.column = None;
        let Some(item) = self.at.as_ref().map(|place| place.item.clone()) else {
            return Vec::new();
        };
        let Some(action) = editor.offers(&item).get(line).copied() else {
            return Vec::new();
        };
        let effects = editor.start_on(action, item);
        self.follow(editor, &effects);
        effects
    }

    /// One key in an open menu. Enter and Space press the button of its line; Tab leaves it.
    fn in_menu(&mut self, editor: &Editor, line: usize, press: Press) -> Vec<Effect> {
        let offers = self
            .at
            .as_ref()
            .map(|place| editor.offers(&place.item))
            .unwrap_or_default();
        let last = offers.len().saturating_sub(1);
        let begins = |line: &usize, letter: char| {
            let action = offers.get(*line % offers.len().max(1));
            action.is_some_and(|action| fold(action.record().name).starts_with(letter.to_ascii_lowercase()))
        };
        self.menu = match press.key {
            Key::Down | Key::Up => Some(turn(line, offers.len(), press.key == Key::Down)),
            Key::Home => Some(0),
            Key::End => Some(last),
            Key::Escape => None,
            Key::Char(letter) if !press.ctrl && letter != ' ' => {
                let found = (line + 1..line + offers.len()).find(|line| begins(line, letter));
                Some(found.map_or(line, |found| found % offers.len()))
            }
            _ => return Vec::new(),
        };
        vec![Effect::Rows]
    }

    fn idle(&mut self, editor: &mut Editor, states: &BTreeMap<Item, String>, press: Press) -> Vec<Effect> {
        let rows = self.rows(editor.design(), states);
        let here = rows.iter().position(|row| Some(&row.place) == self.at.as_ref());
        let Some((at, row)) = here.and_then(|at| Some((at, rows.get(at)?))) else {
            // Nothing is current, or it is not shown any more.
            let is_move = matches!(
                press.key,
                Key::Up | Key::Down | Key::Home | Key::End | Key::Left | Key::Right
            );
            return match (is_move, rows.first()) {
                (true, Some(first)) => self.go(editor, &first.place),
                _ => keys::common(editor, press),
            };
        };
        let last = rows.len() - 1;
        let to = |at: usize| rows.get(at.min(last)).map(|row| row.place.clone());
        let target = match (press.key, self.column) {
            (Key::Up, _) => to(at.saturating_sub(1)),
            (Key::Down, _) => to(at + 1),
            (Key::Home, _) if press.ctrl => to(0),
            (Key::End, _) if press.ctrl => to(last),
            (Key::Home, None) => to(0),
            (Key::End, None) => to(last),
            (Key::Home, Some(_)) => return self.cell(Some(Column::Name)),
            (Key::End, Some(_)) => return self.cell(Some(Column::Actions)),
            (Key::Right, None) if row.has_children && !row.is_open => return self.fold(row, true),
            (Key::Right, column) => return self.cell(next_column(column)),
            // What the filter opens stays open.
            (Key::Left, None) if row.is_open && self.filter == Filter::default() => return self.fold(row, false),
            (Key::Left, None) | (Key::Backspace, _) => return self.up(editor, row),
            (Key::Left, Some(column)) => return self.cell(column_before(column)),
            (Key::Escape, Some(_)) => return self.cell(None),
            (Key::Enter, _) => return editor.start_on(Action::Inspect, row.place.item.clone()),
            (Key::Char(']'), _) => self.along(editor.design(), row),
            (Key::Char('['), _) if matches!(row.place.item, Item::Link(_)) => return self.up(editor, row),
            (Key::Char('m' | 'M' | ' '), _) if !press.ctrl && !press.shift => return editor.start(Action::MoveInto),
            (Key::Char(' '), _) | (Key::Escape, None) => return keys::step(editor, press),
            _ => return keys::common(editor, press),
        };
        match target {
            Some(place) => self.go(editor, &place),
            None => Vec::new(),
        }
    }

    fn go(&mut self, editor: &mut Editor, place: &Place) -> Vec<Effect> {
        self.reveal(editor.design(), &place.item);
        self.at = Some(place.clone());
        editor.set_focus(Some(place.item.clone()));
        vec![Effect::Focus(place.item.clone())]
    }

    fn cell(&mut self, column: Option<Column>) -> Vec<Effect> {
        self.column = column;
        vec![Effect::Rows]
    }

    fn fold(&mut self, row: &Row, is_open: bool) -> Vec<Effect> {
        if let Item::Part(id) = &row.place.item {
            match is_open {
                true => drop(self.closed.remove(id)),
                false => drop(self.closed.insert(id.clone())),
            }
        }
        vec![Effect::Rows]
    }

    fn up(&mut self, editor: &mut Editor, row: &Row) -> Vec<Effect> {
        match row.place.under.clone() {
            Some(id) => {
                let under = editor.design().parts.get(&id).and_then(|part| part.parent.clone());
                let item = Item::Part(id);
                self.go(editor, &Place { item, under })
            }
            None => editor.tells("This is the top."),
        }
    }

    /// From a link to its other end, from a part to its first link.
    fn along(&self, design: &Design, row: &Row) -> Option<Place> {
        match &row.place.item {
            Item::Link(id) => {
                let other = design.links.get(id)?.other(row.place.under.as_ref()?)?;
                Some(Place {
                    item: Item::Part(other.clone()),
                    under: design.parts.get(other)?.parent.clone(),
                })
            }
            Item::Part(id) => Some(Place {
                item: Item::Link(design.links_of(id).next()?.0.clone()),
                under: Some(id.clone()),
            }),
        }
    }
}

fn next_column(column: Option<Column>) -> Option<Column> {
    Some(match column {
        None => Column::Name,
        Some(Column::Name) => Column::Kind,
        Some(Column::Kind) => Column::Links,
        Some(Column::Links) => Column::State,
        Some(Column::State | Column::Actions) => Column::Actions,
    })
}

fn column_before(column: Column) -> Option<Column> {
    match column {
        Column::Name => None,
        Column::Kind => Some(Column::Name),
        Column::Links => Some(Column::Kind),
        Column::State => Some(Column::Links),
        Column::Actions => Some(Column::State),
    }
}

/// What stands under a part, or on the ground, without what the filter takes away.
#[derive(Default)]
struct Under<'a> {
    links: Vec<&'a LinkId>,
    parts: BTreeSet<&'a PartId>,
    /// How many links end there, shown or not.
    ends: usize,
    /// How deep its rows are; 0 while they are not shown.
    level: usize,
    /// How many of them there are by now.
    given: usize,
}

fn under<'a>(
    design: &'a Design,
    states: &BTreeMap<Item, String>,
    order: &'a [PartId],
    filter: Option<&Filter>,
) -> BTreeMap<Option<&'a PartId>, Under<'a>> {
    let mut under: BTreeMap<Option<&PartId>, Under<'_>> = BTreeMap::new();
    under.entry(None).or_default().level = 1;
    for (id, link) in &design.links {
        for end in [&link.from, &link.to] {
            let under = under.entry(Some(end)).or_default();
            under.ends += 1;
            if filter.is_none_or(|filter| filter.fits_link(design, states, id, end)) {
                under.links.push(id);
            }
        }
    }
    // From the innermost out: a part stays for what is under it, too.
    for id in order.iter().rev() {
        let inside = under.get(&Some(id));
        let is_needed = inside.is_some_and(|inside| inside.links.len() + inside.parts.len() > 0);
        if is_needed || filter.is_none_or(|filter| filter.fits_part(design, states, id)) {
            let parent = design.parts.get(id).and_then(|part| part.parent.as_ref());
            under.entry(parent).or_default().parts.insert(id);
        }
    }
    under
}

impl Filter {
    fn fits_part(&self, design: &Design, states: &BTreeMap<Item, String>, id: &PartId) -> bool {
        let Some(part) = design.parts.get(id) else {
            return false;
        };
        self.kind.is_none_or(|kind| kind == part.kind)
            && (!self.failing || states.contains_key(&Item::Part(id.clone())))
            && (self.has(&design.name(id)) || self.has(part.kind.label(design.flavour)))
    }

    fn fits_link(&self, design: &Design, states: &BTreeMap<Item, String>, id: &LinkId, end: &PartId) -> bool {
        let Some(link) = design.links.get(id) else {
            return false;
        };
        self.kind.is_none()
            && (!self.failing || states.contains_key(&Item::Link(id.clone())))
            && self.has(&seen_from(design, link, end))
    }

    fn has(&self, text: &str) -> bool {
        has(&fold(text), &fold(self.text.trim()))
    }
}

fn row(design: &Design, states: &BTreeMap<Item, String>, item: Item, under: Option<&PartId>) -> Row {
    let mut name = String::new();
    let mut kind = "Link";
    let mut is_given = false;
    match &item {
        Item::Part(id) => {
            name.push_str(design.name_of(id));
            if let Some(part) = design.parts.get(id) {
                kind = part.kind.label(design.flavour);
                is_given = part.locked;
            }
        }
        Item::Link(id) => {
            if let (Some(link), Some(end)) = (design.links.get(id), under) {
                name = seen_from(design, link, end);
                is_given = link.locked;
            }
        }
    }
    let known = states.get(&item).map_or("", String::as_str);
    let state = match (is_given, known) {
        (true, "") => "given".to_owned(),
        (true, known) => ["given, ", known].concat(),
        (false, known) => known.to_owned(),
    };
    Row {
        place: Place {
            item,
            under: under.cloned(),
        },
        level: 1,
        has_children: false,
        is_open: false,
        posinset: 1,
        setsize: 1,
        name,
        kind: kind.to_owned(),
        links: String::new(),
        state,
    }
}
