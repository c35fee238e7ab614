use crate::catalogue::capital;
use crate::design::{Design, Kind, RoleId};
use crate::network::{NONE, Net, Place, Probe, World};
use crate::task::{Fault, Task};

/// A flow, from one place to another, and whether packet and answer arrive: in whatever zones a hub picks, and for all
/// addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where it begins.
    pub from: Place,
    /// Where it wants to go.
    pub to: Place,
    works: bool,
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
    /// Row by row, a cell a destination: whether the flows from the row's segment to the column's work.
    pub cells: Vec<Vec<Vec<bool>>>,
}

impl Flow {
    /// True when both directions arrive.
    #[must_use]
    pub fn works(&self) -> bool {
        self.works
    }
}

impl Matrix {
    /// How many flows of a cell work, and how many there are.
    #[must_use]
    pub fn count(&self, row: usize, column: usize) -> (usize, usize) {
        let flows = self.cell(row, column);
        (flows.iter().filter(|works| **works).count(), flows.len())
    }

    /// The flows of a cell, those that fail first.
    #[must_use]
    pub fn flows(&self, row: usize, column: usize) -> Vec<Flow> {
        let (Some(from), Some(to)) = (self.groups.get(row), self.groups.get(column)) else {
            return Vec::new();
        };
        let mut flows = Vec::new();
        for wanted in [false, true] {
            let mut cell = self.cell(row, column).iter();
            for from in &from.places {
                for to in to.places.iter().filter(|to| *to != from) {
                    let works = cell.next().is_some_and(|works| *works);
                    if works == wanted {
                        flows.push(Flow {
                            from: from.clone(),
                            to: to.clone(),
                            works,
                        });
                    }
                }
            }
        }
        flows
    }

    fn cell(&self, row: usize, column: usize) -> &[bool] {
        let cell = self.cells.get(row).and_then(|row| row.get(column));
        cell.map_or(&[], Vec::as_slice)
    }
}

/// Who reaches whom after these faults. Segments are the roles of subnets and sites; what is broken is in none.
#[must_use]
pub fn matrix(net: &Net<'_>, design: &Design, task: &Task, faults: &[Fault]) -> Matrix {
    let world = World::after(net, faults);
    let mut segments: Vec<(&RoleId, Vec<usize>)> = Vec::new();
    for (no, (_, part)) in design.parts.iter().enumerate() {
        if let (Kind::Subnet | Kind::Site, Some(role)) = (part.kind, &part.role) {
            let place = match segments.binary_search_by(|(known, _)| (*known).cmp(role)) {
                Ok(place) => place,
                Err(place) => {
                    segments.insert(place, (role, Vec::new()));
                    place
                }
            };
            if let Some((_, places)) = segments.get_mut(place).filter(|_| world.is_up(no)) {
                places.push(no);
            }
        }
    }
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (role, places) in segments {
        groups.push((label(task, role), places));
    }
    groups.push(("Internet".to_owned(), vec![NONE]));
    let mut probe = Probe::new(&world);
    let mut cells = Vec::new();
    for (_, from) in groups.iter().filter(|(_, places)| *places != [NONE]) {
        let mut row = Vec::new();
        for (_, to) in &groups {
            let mut cell = Vec::with_capacity(from.len() * to.len());
            for from in from {
                for to in to.iter().filter(|to| *to != from) {
                    cell.push(probe.trouble(*from, *to, true, None).is_none());
                }
            }
            row.push(cell);
        }
        cells.push(row);
    }
    let named = |(label, places): (String, Vec<usize>)| Group {
        label,
        places: places.into_iter().map(|no| world.place(no)).collect(),
    };
    Matrix {
        groups: groups.into_iter().map(named).collect(),
        cells,
    }
}

fn label(task: &Task, role: &RoleId) -> String {
    match task.roles.iter().find(|known| known.id == *role) {
        Some(known) => known.label.clone(),
        None => capital(role.as_str()),
    }
}
