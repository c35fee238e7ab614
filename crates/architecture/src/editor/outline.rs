use crate::sorted::{BTreeMap, BTreeSet};

use super::announce::{in_order, seen_from};
use super::keys::{self, Effect, Key, Press};
use super::search::Mode;
use super::{Action, Editor, Item};
use crate::design::{Design, Kind, LinkId, PartId};
use crate::words::{count, fold};

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
        let tree = Tree::of(design, states, &self.filter);
        let mut rows = Vec::new();
        // What is still to come, the next last: a place, its level, its place among how many.
        let mut open = Vec::new();
        tree.push(&mut open, None, 1);
        let mut left = design.parts.len() + 2 * design.links.len();
        while let Some((place, level, posinset, setsize)) = open.pop() {
            let Some(fewer) = left.checked_sub(1) else {
                break;
            };
            left = fewer;
            let mut row = row(design, states, &place);
            if let Item::Part(id) = &place.item {
                row.links = tree
                    .links
                    .get(id)
                    .map_or_else(String::new, |number| count(*number, "link"));
            }
            (row.level, row.posinset, row.setsize) = (level, posinset, setsize);
            if let Item::Part(id) = &place.item {
                row.has_children = tree.under.contains_key(&Some(id.clone()));
                row.is_open = row.has_children && (tree.is_filtered || !self.closed.contains(id));
                if row.is_open {
                    tree.push(&mut open, Some(id), level + 1);
                }
            }
            rows.push(row);
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
        let effects = match editor.mode() {
            Mode::Idle => self.idle(editor, states, press),
            Mode::Search(_) | Mode::Carry(_) => keys::step(editor, press),
        };
        for effect in &effects {
            if let Effect::Focus(item) = effect
                && self.at.as_ref().map(|place| &place.item) != Some(item)
            {
                self.reveal(editor.design(), item);
            }
        }
        effects
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
            (Key::End, Some(_)) => return self.cell(Some(Column::State)),
            (Key::Right, None) if row.has_children && !row.is_open => return self.fold(row, true),
            (Key::Right, column) => return self.cell(next_column(column)),
            (Key::Left, None) if row.is_open => return self.fold(row, false),
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
        Some(Column::Links | Column::State) => Column::State,
    })
}

fn column_before(column: Column) -> Option<Column> {
    match column {
        Column::Name => None,
        Column::Kind => Some(Column::Name),
        Column::Links => Some(Column::Kind),
        Column::State => Some(Column::Links),
    }
}

/// What stands under what, without what the filter takes away.
struct Tree {
    under: BTreeMap<Option<PartId>, Vec<Item>>,
    links: BTreeMap<PartId, usize>,
    is_filtered: bool,
}

impl Tree {
    fn of(design: &Design, states: &BTreeMap<Item, String>, filter: &Filter) -> Self {
        let is_filtered = *filter != Filter::default();
        let mut under: BTreeMap<Option<PartId>, Vec<Item>> = BTreeMap::new();
        let mut links: BTreeMap<PartId, usize> = BTreeMap::new();
        for (id, link) in &design.links {
            for end in [&link.from, &link.to] {
                *links.entry(end.clone()).or_default() += 1;
                if !is_filtered || filter.fits_link(design, states, id, end) {
                    under.entry(Some(end.clone())).or_default().push(Item::Link(id.clone()));
                }
            }
        }
        // From the innermost out: a part stays for what is under it, too.
        let mut all = in_order(design);
        if is_filtered {
            let mut kept: BTreeSet<PartId> = BTreeSet::new();
            for id in all.iter().rev() {
                let has_kept = under.contains_key(&Some(id.clone())) || kept.contains(id);
                if has_kept || filter.fits_part(design, states, id) {
                    kept.insert(id.clone());
                    kept.extend(design.parts.get(id).and_then(|part| part.parent.clone()));
                }
            }
            all.retain(|id| kept.contains(id));
        }
        for id in all {
            let parent = design.parts.get(&id).and_then(|part| part.parent.clone());
            under.entry(parent).or_default().push(Item::Part(id));
        }
        Tree {
            under,
            links,
            is_filtered,
        }
    }

    fn push(&self, open: &mut Vec<(Place, usize, usize, usize)>, under: Option<&PartId>, level: usize) {
        let items = self.under.get(&under.cloned()).map_or(&[][..], Vec::as_slice);
        for (at, item) in items.iter().enumerate().rev() {
            let place = Place {
                item: item.clone(),
                under: under.cloned(),
            };
            open.push((place, level, at + 1, items.len()));
        }
    }
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
        fold(text).contains(&fold(self.text.trim()))
    }
}

fn row(design: &Design, states: &BTreeMap<Item, String>, place: &Place) -> Row {
    let (name, kind, is_given) = match &place.item {
        Item::Part(id) => {
            let part = design.parts.get(id);
            let kind = part.map_or("", |part| part.kind.label(design.flavour));
            (design.name(id), kind, part.is_some_and(|part| part.locked))
        }
        Item::Link(id) => {
            let link = design.links.get(id);
            let end = place.under.as_ref();
            let says = link.zip(end).map(|(link, end)| seen_from(design, link, end));
            (says.unwrap_or_default(), "Link", link.is_some_and(|link| link.locked))
        }
    };
    let known = states.get(&place.item).map_or("", String::as_str);
    let state = match (is_given, known) {
        (true, "") => "given".to_owned(),
        (true, known) => format!("given, {known}"),
        (false, known) => known.to_owned(),
    };
    Row {
        place: place.clone(),
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
