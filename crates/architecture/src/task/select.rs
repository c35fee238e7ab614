use crate::design::{Design, Kind, Part, PartId, RoleId};

/// Which parts are meant: the union of its terms. In files `vnet`, `#hub`, `@inspection`, a mapping
/// `{kind, role, in}`, or a list of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector(pub Vec<Term>);

/// Parts that have all of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// This id.
    pub id: Option<PartId>,
    /// This kind.
    pub kind: Option<Kind>,
    /// This role.
    pub role: Option<RoleId>,
    /// This part among the ancestors.
    pub within: Option<PartId>,
}

impl Selector {
    /// The parts that are meant, in the order of their ids.
    #[must_use]
    pub fn parts(&self, design: &Design) -> Vec<PartId> {
        let parts = design.parts.iter();
        let meant = parts.filter(|(id, part)| self.means(design, id, part));
        meant.map(|(id, _)| id.clone()).collect()
    }

    /// Whether a part is meant.
    #[must_use]
    pub fn matches(&self, design: &Design, id: &PartId) -> bool {
        design.parts.get(id).is_some_and(|part| self.means(design, id, part))
    }

    /// Whether a part is meant that is at hand.
    pub(crate) fn means(&self, design: &Design, id: &PartId, part: &Part) -> bool {
        self.0.iter().any(|term| term.means(design, id, part))
    }
}

impl Term {
    fn means(&self, design: &Design, id: &PartId, part: &Part) -> bool {
        self.id.as_ref().is_none_or(|wanted| wanted == id)
            && self.kind.is_none_or(|wanted| wanted == part.kind)
            && self
                .role
                .as_ref()
                .is_none_or(|wanted| Some(wanted) == part.role.as_ref())
            && self
                .within
                .as_ref()
                .is_none_or(|wanted| design.ancestors(id).any(|(above, _)| above == wanted))
    }
}
