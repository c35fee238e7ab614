use crate::design::{Attr, Cell, Design, Item, Kind, PartId, RoleId, Size, Value};

/// Every change of a design, and the only way to make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A new part. It gets the next id, and a name of its own where none is given.
    Place {
        /// What it is.
        kind: Kind,
        /// What holds it; `None` is the ground.
        parent: Option<PartId>,
        /// Where, relative to its parent.
        at: Cell,
    },
    /// Parts with all inside them, and links. Links and settings that referred to them go with them.
    Remove(Vec<Item>),
    /// Parts to another place, and into another parent.
    Move {
        /// Which. A part whose container moves too moves with that.
        parts: Vec<PartId>,
        /// What holds them afterwards.
        parent: Option<PartId>,
        /// Where the first is afterwards, relative to its parent; the others keep their places beside it.
        at: Cell,
    },
    /// A container's border.
    Resize {
        /// Which.
        part: PartId,
        /// Its upper left corner afterwards, relative to its parent; what it holds stays where it is on the ground.
        at: Cell,
        /// Its size afterwards, at least what it holds.
        size: Size,
    },
    /// A new link, of the kind that the two ends allow.
    Connect {
        /// One end.
        from: PartId,
        /// The other.
        to: PartId,
    },
    /// A setting; `None` takes it away.
    SetAttr {
        /// Of what.
        of: Item,
        /// Which.
        attr: Attr,
        /// To what.
        value: Option<Value>,
    },
    /// A name.
    Rename {
        /// Of what.
        part: PartId,
        /// To what.
        name: String,
    },
    /// A role; `None` takes it away.
    SetRole {
        /// Of what.
        part: PartId,
        /// Which.
        role: Option<RoleId>,
    },
    /// Lays everything out anew.
    Tidy,
    /// Another design in place of this one.
    Load(Box<Design>),
    /// The board as it was at first.
    Reset(Box<Design>),
}
