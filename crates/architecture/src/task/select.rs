use crate::design::{Design, Kind, PartId, RoleId};

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
        let ids = design.parts.keys();
        ids.filter(|id| self.matches(design, id)).cloned().collect()
    }

    /// Whether a part is meant.
    #[must_use]
    pub fn matches(&self, design: &Design, id: &PartId) -> bool {
        self.0.iter().any(|term| term.matches(design, id))
    }
}

impl Term {
    fn matches(&self, design: &Design, id: &PartId) -> bool {
        let Some(part) = design.parts.get(id) else {
            return false;
        };
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
