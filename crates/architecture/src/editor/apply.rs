use super::{Change, Command};
use crate::catalogue::Reason;
use crate::design::{Design, Kind};
use crate::task::{Role, Task};

/// What an exercise lets a learner place, and the roles it lets them give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The kinds, in the order in which the palette shows them.
    pub palette: Vec<Kind>,
    /// The roles.
    pub roles: Vec<Role>,
}

impl Limits {
    /// The limits of a task.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Limits {
            palette: task.palette.clone(),
            roles: task.roles.clone(),
        }
    }

    /// Every kind, and no roles: a board to try things on.
    #[must_use]
    pub fn free() -> Self {
        Limits {
            palette: Kind::ALL.to_vec(),
            roles: Vec::new(),
        }
    }
}

/// Carries a command out, with all that follows from it, or says why not and leaves the design as it was.
pub fn apply(design: &mut Design, command: &Command, limits: &Limits) -> Result<Change, Reason> {
    let _ = (design, command, limits);
    Ok(Change::default())
}
