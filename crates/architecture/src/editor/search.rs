use crate::sorted::BTreeSet;

use super::announce::{in_order, place, seen_from};
use super::apply::may_move;
use super::{Editor, Item};
use crate::catalogue::{Allowed, allow_part, link_between};
use crate::design::{Cell, Design, Kind, PartId};
use crate::words::{count, fold, has, shorter};

/// What the keyboard is in the middle of. A view draws it; keys go to it first; Escape ends it and leaves all as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    #[default]
    Idle,
    /// Typing narrows a list, Enter takes what is marked.
    Search(Search),
    /// Parts are carried by arrows; Enter or Space puts them down.
    Carry(Carry),
}

/// A list that typing narrows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What it is for.
    pub purpose: Purpose,
    /// What has been typed.
    pub typed: String,
    /// What fits, what can be taken first, then what cannot, with the reason.
    pub hits: Vec<Hit>,
    /// Which of them is marked.
    pub at: usize,
    /// Where the marked kind would be placed, when the purpose is to place one: the containers that allow it.
    pub homes: Vec<Option<PartId>>,
    /// Which of the homes is aimed at.
    pub home: usize,
    pub(super) all: Vec<Hit>,
}

/// What a search is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A kind to place.
    Place,
    /// A part to link this one to.
    Connect(PartId),
    /// A link of this part to follow.
    Follow(PartId),
    /// A container for these parts.
    MoveInto(Vec<PartId>),
}

/// One line of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What would be taken.
    pub what: Target,
    /// What people read.
    pub label: String,
    /// Why it cannot be taken.
    pub refused: Option<String>,
}

/// What a line of a search stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A kind.
    Kind(Kind),
    /// A part or a link.
    Item(Item),
    /// The ground, outside all parts.
    Ground,
}

/// Parts in the hand of the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carry {
    /// Which.
    pub parts: Vec<PartId>,
    /// What would hold them.
    pub parent: Option<PartId>,
    /// Where the first would be, relative to it.
    pub at: Cell,
    /// The containers that allow them.
    pub homes: Vec<Option<PartId>>,
}

impl Search {
    /// The line that is marked.
    #[must_use]
    pub fn marked(&self) -> Option<&Hit> {
        self.hits.get(self.at)
    }

    /// Where the marked kind would be placed; the inner `None` is the ground.
    #[must_use]
    pub fn aim(&self) -> Option<&Option<PartId>> {
        self.homes.get(self.home)
    }

    /// What is said of the marked line: "Subnet, into Zone a, 1 of 3".
    #[must_use]
    pub fn says(&self, design: &Design) -> String {
        let Some(hit) = self.marked() else {
            return match self.typed.is_empty() {
                true => "There is nothing to choose.".to_owned(),
                false => format!("Nothing fits {}.", self.typed),
            };
        };
        let place = format!("{} of {}", self.at + 1, self.hits.len());
        let label = &hit.label;
        match (&hit.refused, self.aim()) {
            (Some(reason), _) => [label, ", ", &place, ". ", reason].concat(),
            (None, Some(home)) => [label, ", into ", self::place(design, home.as_ref()), ", ", &place].concat(),
            (None, None) => [label, ", ", &place].concat(),
        }
    }

    /// A search for a kind to place, beginning with the container that is nearest to the focus.
    pub(super) fn kinds(editor: &Editor) -> Self {
        let design = editor.design();
        let mut hits = Vec::new();
        for kind in &editor.limits().palette {
            let on_ground = allow_part(design, None, *kind);
            let may_be = |id| allow_part(design, Some(id), *kind).is_ok();
            let refused = on_ground.err().filter(|_| !design.parts.keys().any(may_be));
            hits.push(Hit {
                what: Target::Kind(*kind),
                label: kind.label(design.flavour).to_owned(),
                refused: refused.map(|reason| reason.0),
            });
        }
        Search::new(editor, Purpose::Place, hits)
    }

    /// A search for a part to link to.
    pub(super) fn ends(editor: &Editor, from: &PartId) -> Self {
        let design = editor.design();
        let mut hits = Vec::new();
        for (id, allowed) in ends(design, from) {
            hits.push(Hit::of(design, id, allowed));
        }
        Search::new(editor, Purpose::Connect(from.clone()), hits)
    }

    /// A search for a link of a part.
    pub(super) fn links(editor: &Editor, from: &PartId) -> Self {
        let design = editor.design();
        let mut hits = Vec::new();
        for (id, link) in design.links_of(from) {
            hits.push(Hit {
                what: Target::Item(Item::Link(id.clone())),
                label: seen_from(design, link, from),
                refused: None,
            });
        }
        Search::new(editor, Purpose::Follow(from.clone()), hits)
    }

    /// A search for a container.
    pub(super) fn containers(editor: &Editor, parts: Vec<PartId>) -> Self {
        let design = editor.design();
        let allowed = |home: Option<&PartId>| parts.iter().try_for_each(|id| may_move(design, id, home));
        // Where all of them are already is no choice.
        let is_here = |home: Option<&PartId>| {
            let parent = |id: &PartId| design.parts.get(id).map(|part| part.parent.as_ref());
            parts.iter().all(|id| parent(id) == Some(home))
        };
        let mut hits = Vec::new();
        if allowed(None).is_ok() && !is_here(None) {
            hits.push(Hit {
                what: Target::Ground,
                label: "The ground".to_owned(),
                refused: None,
            });
        }
        for id in in_order(design) {
            let is_container = design.parts.get(&id).is_some_and(|part| part.kind.is_container());
            if is_container && !parts.contains(&id) && !is_here(Some(&id)) {
                let allowed = allowed(Some(&id));
                hits.push(Hit::of(design, id, allowed));
            }
        }
        Search::new(editor, Purpose::MoveInto(parts), hits)
    }

    fn new(editor: &Editor, purpose: Purpose, all: Vec<Hit>) -> Self {
        let mut search = Search {
            purpose,
            typed: String::new(),
            hits: Vec::new(),
            at: 0,
            homes: Vec::new(),
            home: 0,
            all,
        };
        search.narrow(editor);
        search
    }

    pub(super) fn type_letter(&mut self, editor: &Editor, letter: char) {
        if self.typed.len() < 80 && !letter.is_control() {
            self.typed.push(letter);
            self.narrow(editor);
        }
    }

    pub(super) fn take_letter(&mut self, editor: &Editor) {
        let left = shorter(&self.typed).len();
        self.typed.truncate(left);
        self.narrow(editor);
    }

    /// Marks another line, round the ends.
    pub(super) fn mark(&mut self, editor: &Editor, is_forward: bool) {
        self.at = turn(self.at, self.hits.len(), is_forward);
        self.aim_anew(editor);
    }

    pub(super) fn mark_end(&mut self, editor: &Editor, is_last: bool) {
        self.at = if is_last { self.hits.len().saturating_sub(1) } else { 0 };
        self.aim_anew(editor);
    }

    /// Aims at another container, round the ends.
    pub(super) fn turn_home(&mut self, is_forward: bool) {
        self.home = turn(self.home, self.homes.len(), is_forward);
    }

    /// What fits what was typed: what can be taken before what cannot, beginnings of words before what is inside them.
    fn narrow(&mut self, editor: &Editor) {
        let typed = fold(self.typed.trim());
        let mut fitting: Vec<((bool, bool), Hit)> = Vec::new();
        for hit in &self.all {
            let label = fold(&hit.label);
            if has(&label, &typed) {
                // A word begins where the text does, and behind a space, a comma or a hyphen.
                let is_word = label.starts_with(&typed)
                    || [" ", ",", "-"]
                        .iter()
                        .any(|before| has(&label, &[before, typed.as_str()].concat()));
                fitting.push(((hit.refused.is_some(), !is_word), hit.clone()));
            }
        }
        crate::sorted::sort_by_key(&mut fitting, |(rank, _)| *rank);
        self.hits = fitting.into_iter().map(|(_, hit)| hit).collect();
        self.at = 0;
        self.aim_anew(editor);
    }

    fn aim_anew(&mut self, editor: &Editor) {
        self.home = 0;
        self.homes = match self.marked().map(|hit| &hit.what) {
            Some(Target::Kind(kind)) => homes(editor, *kind),
            _ => Vec::new(),
        };
    }
}

impl Hit {
    /// A part, and whether it may be taken.
    fn of(design: &Design, id: PartId, allowed: Allowed) -> Self {
        Hit {
            label: label(design, &id),
            refused: allowed.err().map(|reason| reason.0),
            what: Target::Item(Item::Part(id)),
        }
    }
}

impl Carry {
    /// What is carried where: "2 parts over Zone b".
    #[must_use]
    pub fn says(&self, design: &Design) -> String {
        let what = match self.parts.as_slice() {
            [one] => design.name(one),
            many => count(many.len(), "part"),
        };
        format!("{what} over {}", place(design, self.parent.as_ref()))
    }
}

/// All other parts, and whether this one may be linked to them.
pub(super) fn ends(design: &Design, from: &PartId) -> Vec<(PartId, Allowed)> {
    // Looking for a twin among all links, once for each part, is slow on a large board: only neighbours can have one.
    let linked: BTreeSet<&PartId> = design.links_of(from).filter_map(|(_, link)| link.other(from)).collect();
    let bare = Design {
        parts: design.parts.clone(),
        flavour: design.flavour,
        ..Design::default()
    };
    let mut ends = Vec::new();
    for id in in_order(design) {
        if id != *from {
            let known = if linked.contains(&id) { design } else { &bare };
            let allowed = link_between(known, from, &id).map(drop);
            ends.push((id, allowed));
        }
    }
    ends
}

/// The next place of a ring.
pub(super) fn turn(at: usize, length: usize, is_forward: bool) -> usize {
    match (length, is_forward) {
        (0, _) => 0,
        (_, true) => (at + 1) % length,
        (_, false) => (at + length - 1) % length,
    }
}

/// A part as a search shows it: "Subnet a, Subnet, in Zone a".
fn label(design: &Design, id: &PartId) -> String {
    let mut says = design.name(id);
    if let Some(part) = design.parts.get(id) {
        let kind = part.kind.label(design.flavour);
        if says != kind {
            says.push_str(", ");
            says.push_str(kind);
        }
        if let Some(parent) = &part.parent {
            says.push_str(", in ");
            says.push_str(design.name_of(parent));
        }
    }
    says
}

/// The containers that allow a kind: the focus and what holds it first, then those that are nearest to it in the tree.
fn homes(editor: &Editor, kind: Kind) -> Vec<Option<PartId>> {
    let design = editor.design();
    let mut near: Vec<PartId> = Vec::new();
    let focus = match editor.focus() {
        Some(Item::Part(id)) => Some(id),
        Some(Item::Link(id)) => design.links.get(id).map(|link| &link.from),
        None => None,
    };
    if let Some(focus) = focus {
        near.push(focus.clone());
        near.extend(design.ancestors(focus).map(|(id, _)| id.clone()));
    }
    // How far up the focus's line of ancestors one has to go to find something that holds both.
    let mut all: Vec<((bool, usize), PartId)> = Vec::new();
    for id in in_order(design) {
        if allow_part(design, Some(&id), kind).is_ok() {
            let is_above = |above: &PartId| *above == id || design.ancestors(&id).any(|(other, _)| other == above);
            let own = near.iter().position(|above| *above == id);
            let shared = near.iter().position(is_above).unwrap_or(near.len());
            all.push(((own.is_none(), own.unwrap_or(shared)), id));
        }
    }
    crate::sorted::sort_by_key(&mut all, |(far, _)| *far);
    let mut homes = Vec::new();
    if allow_part(design, None, kind).is_ok() {
        homes.push(None);
    }
    for (_, id) in all {
        homes.push(Some(id));
    }
    homes
}
