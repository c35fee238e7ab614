//! The model of a design and what is always true of it.

mod canon;
mod ids;
mod invariant;
pub(crate) mod json;
mod kinds;
mod text;

#[cfg(test)]
mod tests;

use crate::sorted::{BTreeMap, BTreeSet, Iter};

use ipnet::IpNet;

pub use canon::canonical;
pub use ids::{LinkId, PartId, RoleId};
pub(crate) use invariant::shape;
pub use invariant::{
    MAX_DEPTH, MAX_IMPORT_BYTES, MAX_IMPORT_LINKS, MAX_IMPORT_PARTS, MAX_LINKS, MAX_PARTS, PADDING, TITLE, violations,
};
pub use kinds::{Attr, Flavour, Kind, LinkKind, Shape};
pub(crate) use text::import_json;
pub use text::{Problem, export, export_text, import, import_text};

/// A learner's architecture: a tree of parts plus typed links. No rule looks at positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// The cloud whose words and routing rules apply.
    pub flavour: Flavour,
    /// The number of the next id that is made here; it grows, and goes round behind the last number there is.
    pub next: u32,
    /// The parts by id.
    pub parts: BTreeMap<PartId, Part>,
    /// The links by id.
    pub links: BTreeMap<LinkId, Link>,
}

/// A part or a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A part.
    Part(PartId),
    /// A link.
    Link(LinkId),
}

/// One part. A container is a part that holds others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// The part that holds it; `None` at the top.
    pub parent: Option<PartId>,
    /// What the learner calls it.
    pub name: String,
    /// The role it plays in the task.
    pub role: Option<RoleId>,
    /// Where it is, relative to its parent.
    pub at: Cell,
    /// How large it is, when it is a container; other parts are all [`PART`] large.
    pub size: Option<Size>,
    /// Its settings.
    pub attrs: Attrs,
    /// True when kind, parent, name, role and settings are given and stay.
    pub locked: bool,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it means.
    pub kind: LinkKind,
    /// One end; of an attachment always the network, never the transit hub.
    pub from: PartId,
    /// The other end.
    pub to: PartId,
    /// Its settings.
    pub attrs: Attrs,
    /// Corners that the learner has set, in cells of the whole drawing.
    pub bends: Vec<Cell>,
    /// True when it is given and stays.
    pub locked: bool,
}

/// The settings of a part or a link. What is not there has its default.
pub type Attrs = BTreeMap<Attr, Value>;

/// A setting's value; [`Attr::shape`] says which of these an attribute takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// Words.
    Text(String),
    /// A prefix.
    Cidr(IpNet),
    /// Another part.
    Part(PartId),
    /// Other parts.
    Parts(BTreeSet<PartId>),
    /// The rows of a route table.
    Routes(Vec<Route>),
}

/// A row of a route table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Which destinations it is for.
    pub prefix: IpNet,
    /// Where they go.
    pub via: Via,
}

/// Where a route leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// To a part: a transit hub, a gateway, a firewall, or, in a table of a hub, an attached network.
    Part(PartId),
    /// Nowhere: a blackhole.
    Drop,
}

/// A place on the grid, in cells of 8 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

/// A size in cells of 8 px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

/// The size of every part that is not a container: 160 by 56 px.
pub const PART: Size = Size { w: 20, h: 7 };

impl Cell {
    /// The cell at `x`, `y`.
    #[must_use]
    pub fn new(x: i32, y: i32) -> Self {
        Cell { x, y }
    }
}

impl Part {
    /// A part at the origin of its parent, without settings.
    #[must_use]
    pub fn new(kind: Kind, parent: Option<PartId>, name: &str) -> Self {
        Part {
            kind,
            parent,
            name: name.to_owned(),
            role: None,
            at: Cell::default(),
            size: None,
            attrs: Attrs::new(),
            locked: false,
        }
    }

    /// The prefix of the attribute `cidr`.
    #[must_use]
    pub fn cidr(&self) -> Option<IpNet> {
        match self.attrs.get(&Attr::Cidr) {
            Some(Value::Cidr(net)) => Some(*net),
            _ => None,
        }
    }

    /// The rows of a route table, empty for anything else.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        match self.attrs.get(&Attr::Entries) {
            Some(Value::Routes(routes)) => routes,
            _ => &[],
        }
    }

    /// The route table that a subnet names.
    #[must_use]
    pub fn table(&self) -> Option<&PartId> {
        part(&self.attrs, Attr::Table)
    }
}

impl Link {
    /// A link without settings.
    #[must_use]
    pub fn new(kind: LinkKind, from: PartId, to: PartId) -> Self {
        Link {
            kind,
            from,
            to,
            attrs: Attrs::new(),
            bends: Vec::new(),
            locked: false,
        }
    }

    /// The table of the hub that an attachment is associated with.
    #[must_use]
    pub fn association(&self) -> Option<&PartId> {
        part(&self.attrs, Attr::Associate)
    }

    /// The tables of the hub that learn the attachment's prefixes.
    #[must_use]
    pub fn propagation(&self) -> &BTreeSet<PartId> {
        parts(&self.attrs, Attr::Propagate)
    }

    /// The subnets in which the hub has a foot.
    #[must_use]
    pub fn subnets(&self) -> &BTreeSet<PartId> {
        parts(&self.attrs, Attr::Subnets)
    }

    /// True when the hub keeps both directions of a flow in one zone.
    #[must_use]
    pub fn appliance(&self) -> bool {
        matches!(self.attrs.get(&Attr::Appliance), Some(Value::Bool(true)))
    }

    /// The end that is not `part`, if `part` is one.
    #[must_use]
    pub fn other(&self, part: &PartId) -> Option<&PartId> {
        match (&self.from == part, &self.to == part) {
            (true, _) => Some(&self.to),
            (_, true) => Some(&self.from),
            _ => None,
        }
    }
}

fn part(attrs: &Attrs, attr: Attr) -> Option<&PartId> {
    match attrs.get(&attr) {
        Some(Value::Part(id)) => Some(id),
        _ => None,
    }
}

fn parts(attrs: &Attrs, attr: Attr) -> &BTreeSet<PartId> {
    static NONE: BTreeSet<PartId> = BTreeSet::new();
    match attrs.get(&attr) {
        Some(Value::Parts(ids)) => ids,
        _ => &NONE,
    }
}

impl Design {
    /// The children of a part, or of the ground, in the order of their ids.
    #[must_use]
    pub fn children<'a>(&'a self, parent: Option<&'a PartId>) -> Children<'a> {
        Children {
            all: self.parts.iter(),
            parent,
        }
    }

    /// The part's ancestors, nearest first. Ends after [`MAX_DEPTH`] steps, whatever the design says.
    #[must_use]
    pub fn ancestors<'a>(&'a self, id: &PartId) -> Ancestors<'a> {
        Ancestors {
            design: self,
            next: self.parts.get(id).and_then(|part| part.parent.as_ref()),
            left: MAX_DEPTH,
        }
    }

    /// The nearest ancestor of a kind, or the part itself when it is of it.
    #[must_use]
    pub fn within<'a>(&'a self, id: &'a PartId, kind: Kind) -> Option<(&'a PartId, &'a Part)> {
        self.parts
            .get_key_value(id)
            .into_iter()
            .chain(self.ancestors(id))
            .find(|(_, part)| part.kind == kind)
    }

    /// The part and all inside it.
    #[must_use]
    pub fn subtree(&self, id: &PartId) -> BTreeSet<PartId> {
        let mut inside = BTreeSet::new();
        inside.insert(id.clone());
        loop {
            let before = inside.len();
            for (id, part) in &self.parts {
                let holder = part.parent.as_ref().filter(|_| !inside.contains(id));
                if holder.is_some_and(|holder| inside.contains(holder)) {
                    inside.insert(id.clone());
                }
            }
            if inside.len() == before {
                return inside;
            }
        }
    }

    /// The links that end at a part, in the order of their ids.
    #[must_use]
    pub fn links_of<'a>(&'a self, part: &'a PartId) -> LinksOf<'a> {
        LinksOf {
            all: self.links.iter(),
            part,
        }
    }

    /// What fails together with a zone: zones of one domain, in whatever network or account, are one.
    ///
    /// `domain` of the zone, or the domain of its region and the zone's name.
    #[must_use]
    pub fn domain(&self, zone: &PartId) -> Option<String> {
        let part = self.parts.get(zone)?;
        let own = |part: &Part| match part.attrs.get(&Attr::Domain) {
            Some(Value::Text(domain)) if !crate::words::is_blank(domain) => Some(domain.trim().to_owned()),
            _ => None,
        };
        let name = |part: &Part| part.name.trim().to_owned();
        own(part).or_else(|| {
            Some(match self.within(zone, Kind::Region) {
                Some((_, region)) => [&own(region).unwrap_or_else(|| name(region)), "/", part.name.trim()].concat(),
                None => name(part),
            })
        })
    }

    /// The fault domain that a part lies in, if it lies in a zone.
    #[must_use]
    pub fn domain_of(&self, id: &PartId) -> Option<String> {
        self.domain(self.within(id, Kind::Zone)?.0)
    }

    /// What people call a part: its name, or its kind where it has none.
    #[must_use]
    pub fn name(&self, id: &PartId) -> String {
        self.name_of(id).to_owned()
    }

    /// The same, only to be looked at.
    #[must_use]
    pub fn name_of<'a>(&'a self, id: &'a PartId) -> &'a str {
        let Some(part) = self.parts.get(id) else {
            return id.as_str();
        };
        match part.name.trim() {
            "" => part.kind.label(self.flavour),
            name => name,
        }
    }
}

/// See [`Design::children`]. One step of it is one function, however many places take steps.
#[derive(Clone, Debug)]
pub struct Children<'a> {
    all: Iter<'a, PartId, Part>,
    parent: Option<&'a PartId>,
}

impl<'a> Iterator for Children<'a> {
    type Item = (&'a PartId, &'a Part);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let parent = self.parent;
        self.all.find(|(_, part)| part.parent.as_ref() == parent)
    }
}

/// See [`Design::ancestors`].
#[derive(Clone, Debug)]
pub struct Ancestors<'a> {
    design: &'a Design,
    next: Option<&'a PartId>,
    left: usize,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = (&'a PartId, &'a Part);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let (id, part) = self.design.parts.get_key_value(self.next?)?;
        self.next = part.parent.as_ref();
        Some((id, part))
    }
}

/// See [`Design::links_of`].
#[derive(Clone, Debug)]
pub struct LinksOf<'a> {
    all: Iter<'a, LinkId, Link>,
    part: &'a PartId,
}

impl<'a> Iterator for LinksOf<'a> {
    type Item = (&'a LinkId, &'a Link);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let part = self.part;
        self.all.find(|(_, link)| link.other(part).is_some())
    }
}
