use crate::sorted::BTreeMap;

use crate::design::{Design, Kind, PartId, RoleId};
use crate::network::{Place, Walk, World, reply, walk};
use crate::task::{Fault, Task};

/// A flow: what becomes of its first packet, and of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where it begins.
    pub from: Place,
    /// Where it wants to go.
    pub to: Place,
    /// The way of the first packet.
    pub out: Walk,
    /// The way of the answer, if the first packet arrived.
    pub back: Option<Walk>,
}

/// A segment: what has one role, or the internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What people call it.
    pub label: String,
    /// What belongs to it, by id; of what is broken nothing does.
    pub places: Vec<Place>,
}

/// Who reaches whom, segment by segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The segments; the internet is the last and only ever a destination.
    pub groups: Vec<Group>,
    /// Row by row, a cell a destination: the flows from the row's segment to the column's.
    pub cells: Vec<Vec<Vec<Flow>>>,
}

impl Flow {
    /// Sends a packet and, if it arrives, the answer.
    #[must_use]
    pub fn send(world: &World<'_>, from: &Place, to: &Place) -> Self {
        let out = walk(world, from, to);
        let back = out.is_delivered().then(|| reply(world, from, to, &out));
        Flow {
            from: from.clone(),
            to: to.clone(),
            out,
            back,
        }
    }

    /// True when both directions arrive.
    #[must_use]
    pub fn works(&self) -> bool {
        self.back.as_ref().is_some_and(Walk::is_delivered)
    }

    /// The walk that failed first, with which direction it was; `None` when both arrive.
    #[must_use]
    pub fn broken(&self) -> Option<(Direction, &Walk)> {
        match &self.back {
            None => Some((Direction::Out, &self.out)),
            Some(back) if !back.is_delivered() => Some((Direction::Back, back)),
            Some(_) => None,
        }
    }
}

/// A direction of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From where it begins.
    Out,
    /// The answer.
    Back,
}

/// Who reaches whom after these faults. Segments are the roles of subnets and sites; what is broken is in none.
#[must_use]
pub fn matrix(design: &Design, task: &Task, faults: &[Fault]) -> Matrix {
    let world = World::after(design, faults);
    let mut segments: BTreeMap<&RoleId, Vec<Place>> = BTreeMap::new();
    for (id, part) in &design.parts {
        if let (Kind::Subnet | Kind::Site, Some(role)) = (part.kind, &part.role) {
            let places = segments.entry(role).or_default();
            if world.works(id) {
                places.push(Place::Part(id.clone()));
            }
        }
    }
    let mut groups: Vec<Group> = segments
        .into_iter()
        .map(|(role, places)| Group {
            label: label(task, role),
            places,
        })
        .collect();
    groups.push(Group {
        label: "Internet".to_owned(),
        places: vec![Place::Internet],
    });
    let between = |from: &Group, to: &Group| -> Vec<Flow> {
        let pairs = from
            .places
            .iter()
            .flat_map(|from| to.places.iter().map(move |to| (from, to)));
        pairs
            .filter(|(from, to)| from != to)
            .map(|(from, to)| Flow::send(&world, from, to))
            .collect()
    };
    let rows = groups.iter().filter(|group| group.places != [Place::Internet]);
    let cells = rows
        .map(|from| groups.iter().map(|to| between(from, to)).collect())
        .collect();
    Matrix { groups, cells }
}

fn label(task: &Task, role: &RoleId) -> String {
    match task.roles.iter().find(|known| known.id == *role) {
        Some(known) => known.label.clone(),
        None => {
            let mut letters = role.as_str().chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        }
    }
}

/// What a place is called.
pub(super) fn name(design: &Design, place: &Place) -> String {
    match place {
        Place::Internet => "the internet".to_owned(),
        Place::Part(id) => design.name(id),
    }
}

/// The part of a place.
pub(super) fn part(place: &Place) -> Option<PartId> {
    match place {
        Place::Internet => None,
        Place::Part(id) => Some(id.clone()),
    }
}
