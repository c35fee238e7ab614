use super::{Layout, Point};
use crate::catalogue::{Allowed, allow_move, allow_part};
use crate::design::{Design, Kind, PartId};

/// What is on its way to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A new part.
    New(Kind),
    /// Parts of the design.
    Parts(Vec<PartId>),
}

/// Where something would land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drop {
    /// The container, `None` for the ground. When it is refused: the deepest under the point, which refused.
    pub parent: Option<PartId>,
    /// Whether it may, or why not.
    pub allowed: Allowed,
}

/// Where something would land with its centre at a point: in the deepest container there that allows it. A preview and the
/// drop itself both ask this.
#[must_use]
pub fn nest(design: &Design, layout: &Layout, subject: &Subject, centre: Point) -> Drop {
    let moving: &[PartId] = match subject {
        Subject::New(_) => &[],
        Subject::Parts(parts) => parts,
    };
    // What lies in them refuses by itself: nothing can sit inside itself.
    let stack = layout.stack_at(centre).into_iter().filter(|id| !moving.contains(id));
    let mut refused: Option<Drop> = None;
    for parent in stack.map(Some).chain([None]) {
        let allowed = allow(design, subject, parent.as_ref());
        let is_allowed = allowed.is_ok();
        let here = Drop { parent, allowed };
        if is_allowed {
            return here;
        }
        refused.get_or_insert(here);
    }
    refused.unwrap_or(Drop {
        parent: None,
        allowed: Ok(()),
    })
}

/// Whether `parent` may hold it: all of it.
fn allow(design: &Design, subject: &Subject, parent: Option<&PartId>) -> Allowed {
    match subject {
        Subject::New(kind) => allow_part(design, parent, *kind),
        Subject::Parts(parts) => parts.iter().try_for_each(|id| allow_move(design, id, parent)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::arrange;
    use super::super::samples::hub_and_spokes;
    use super::*;

    fn scene() -> (Design, Layout) {
        let mut design = hub_and_spokes(2);
        arrange(&mut design);
        let layout = Layout::new(&design);
        (design, layout)
    }

    #[test]
    fn the_deepest_that_allows_it_takes_it() {
        let (design, layout) = scene();
        let centre = layout.rects[&PartId::from("net2-a-app")].centre();
        let lands = |subject: Subject| nest(&design, &layout, &subject, centre);
        assert_eq!(lands(Subject::New(Kind::Firewall)).parent, Some("net2-a-app".into()));
        assert_eq!(lands(Subject::New(Kind::Subnet)).parent, Some("net2-a".into()));
        assert_eq!(lands(Subject::New(Kind::RouteTable)).parent, Some("net2".into()));
        assert_eq!(lands(Subject::New(Kind::Site)).parent, None);
        assert_eq!(
            lands(Subject::Parts(vec!["net1-wall".into()])).parent,
            Some("net2-a-app".into())
        );
        // A network takes one gateway, so the other one's has to go first.
        let mut without = design.clone();
        without.parts.remove("net2-out");
        let both = Subject::Parts(vec!["net1-table".into(), "net1-out".into()]);
        assert!(nest(&design, &layout, &both, centre).allowed.is_err());
        assert_eq!(nest(&without, &layout, &both, centre).parent, Some("net2".into()));
    }

    #[test]
    fn a_refusal_says_why_the_place_does() {
        let (design, layout) = scene();
        let hub = layout.rects[&PartId::from("hub")].centre();
        let drop = nest(&design, &layout, &Subject::New(Kind::Subnet), hub);
        assert_eq!(drop.parent, Some("hub".into()));
        let reason = drop.allowed.expect_err("a hub holds no subnet").0;
        assert_eq!(
            reason,
            "A subnet cannot sit inside a transit gateway. Put it in an availability zone."
        );
    }

    #[test]
    fn a_part_leaves_when_its_centre_crosses_the_edge_and_never_enters_itself() {
        let (design, layout) = scene();
        let subject = Subject::Parts(vec!["net1-a-app".into()]);
        let zone = layout.rects[&PartId::from("net1-a")];
        let inside = nest(&design, &layout, &subject, Point::new(zone.right(), zone.centre().y));
        assert_eq!(inside.parent, Some("net1-a".into()));
        let outside = nest(
            &design,
            &layout,
            &subject,
            Point::new(zone.right() + 1, zone.centre().y),
        );
        assert_eq!(outside.parent, Some("net1".into()));
        assert!(outside.allowed.is_err(), "a VPC itself holds no subnet");
    }
}
