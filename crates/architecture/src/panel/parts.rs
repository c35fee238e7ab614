use crate::design::{Design, Flavour, Kind};
use crate::editor::{Item, Limits, Purpose, Search};
use crate::words::{fold, has};

/// Kinds of one sort, in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What people call the sort.
    pub label: &'static str,
    /// The kinds with their names.
    pub kinds: Vec<(Kind, &'static str)>,
}

/// The palette: what may be placed and fits what was typed, by sort. Sorts without kinds are not there.
#[must_use]
pub fn palette(limits: &Limits, flavour: Flavour, typed: &str) -> Vec<Group> {
    let typed = fold(typed.trim());
    let sort = |kind: Kind| match kind {
        Kind::Account | Kind::Region | Kind::Zone | Kind::Site => "Places",
        Kind::Vnet | Kind::Subnet | Kind::RouteTable => "Networks",
        Kind::Transit | Kind::Igw | Kind::Vpn => "Between networks",
        Kind::Firewall => "Protection",
    };
    let mut groups: Vec<Group> = Vec::new();
    for kind in &limits.palette {
        let label = kind.label(flavour);
        if !has(&fold(label), &typed) {
            continue;
        }
        let of = sort(*kind);
        match groups.iter_mut().find(|group| group.label == of) {
            Some(group) => group.kinds.push((*kind, label)),
            None => groups.push(Group {
                label: of,
                kinds: vec![(*kind, label)],
            }),
        }
    }
    groups
}

/// The part or link of an id, whichever it is.
#[must_use]
pub fn item(design: &Design, id: &str) -> Option<Item> {
    let part = design.parts.get_key_value(id).map(|(id, _)| Item::Part(id.clone()));
    part.or_else(|| design.links.get_key_value(id).map(|(id, _)| Item::Link(id.clone())))
}

/// What a search asks for.
#[must_use]
pub fn search_title(design: &Design, search: &Search) -> String {
    match &search.purpose {
        Purpose::Place => "Add which part?".to_owned(),
        Purpose::Connect(from) => format!("Link {} to what?", design.name(from)),
        Purpose::Follow(from) => format!("Follow which link of {}?", design.name(from)),
        Purpose::MoveInto(parts) => match parts.as_slice() {
            [one] => format!("Move {} into what?", design.name(one)),
            parts => format!("Move {} parts into what?", parts.len()),
        },
    }
}
