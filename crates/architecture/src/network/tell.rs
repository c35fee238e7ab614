use super::net::Net;
use super::probe::{End as Ended, Leg, Seat, Step, Trouble};
use super::table::Range;
use super::{Cause, End, Hop, NONE, Place, Setting, Walk, World};
use crate::design::{Item, LinkId, PartId};

impl World<'_> {
    /// A walk in words. It is put into words only where somebody reads them.
    pub(crate) fn tell(&self, leg: &Leg, to: usize) -> Walk {
        let net = self.net;
        let to = self.names(to, leg);
        let mut hops = Vec::new();
        for step in &leg.steps {
            let Some(at) = net.id(step.at) else { continue };
            let row = step.row.and_then(Range::net);
            let prefix = row.map_or_else(String::new, |net| net.to_string());
            let names = [self.name(step.table), self.name(step.to), prefix, to.clone()];
            hops.push(Hop {
                at: at.clone(),
                by: net.wires.get(step.by).map(|wire| wire.id.clone()),
                table: net.id(step.table).cloned(),
                row,
                says: [&self.here(step), fill(step.says, &names).as_str()].concat(),
            });
        }
        let firewalls = leg.walls.iter().filter_map(|wall| net.id(*wall).cloned()).collect();
        let says = self.why(leg, &to);
        let end = match leg.fate.end {
            Ended::Delivered => End::Delivered,
            Ended::Dropped => End::Dropped(says),
            Ended::Stopped => End::Stopped(says),
        };
        let cause = self.cause(leg);
        Walk {
            hops,
            firewalls,
            end,
            cause,
        }
    }

    /// Where a packet is. What comes from a hub comes in a zone, and which of them decides what follows.
    fn here(&self, step: &Step) -> String {
        let name = self.name(step.at);
        match (step.by, self.net.zone(step.at)) {
            (NONE, _) | (_, NONE) => name,
            (_, zone) => [&name, " in ", self.name(zone).as_str()].concat(),
        }
    }

    fn cause(&self, leg: &Leg) -> Option<Cause> {
        let (at, setting) = match leg.seat(self.net) {
            Seat::Part(no, setting) => (Item::Part(self.net.id(no)?.clone()), setting),
            Seat::Wire(no, attr) => (
                Item::Link(self.net.wires.get(no)?.id.clone()),
                Some(Setting::Attr(attr)),
            ),
            Seat::Table => return None,
        };
        Some(Cause { at, setting })
    }

    fn why(&self, leg: &Leg, to: &str) -> String {
        let row = leg.steps.last().and_then(|step| step.row?.net());
        let row = row.map_or_else(String::new, |net| net.to_string());
        let names = [self.name(leg.fate.a), self.name(leg.fate.b), row, to.to_owned()];
        fill(leg.fate.says, &names)
    }

    /// What a packet is for: the prefix, or the internet.
    fn names(&self, to: usize, leg: &Leg) -> String {
        let own = self.net.spots.get(to).and_then(|spot| spot.range);
        match leg.apart.or(own).and_then(Range::net) {
            Some(net) => net.to_string(),
            None => "the internet".to_owned(),
        }
    }

    pub(crate) fn name(&self, no: usize) -> String {
        self.net.id(no).map_or_else(String::new, |id| self.net.design.name(id))
    }

    /// A place by its name, with the share of it that is meant when that is not all.
    pub(crate) fn called(&self, place: usize, trouble: &Trouble) -> String {
        let name = match place {
            NONE => "the internet".to_owned(),
            part => self.name(part),
        };
        match trouble.apart(place).and_then(Range::net) {
            Some(net) => [name.as_str(), " (", &net.to_string(), ")"].concat(),
            None => name,
        }
    }

    /// The names of a link's ends.
    pub(crate) fn ends_of(&self, id: &LinkId) -> Option<(String, String)> {
        let wire = self.net.wires.iter().find(|wire| wire.id == id)?;
        Some((self.name(wire.ends.0), self.name(wire.ends.1)))
    }

    /// What it is a world of.
    pub(crate) fn net(&self) -> &Net<'_> {
        self.net
    }

    /// The part with a number.
    pub(crate) fn id(&self, no: usize) -> Option<&PartId> {
        self.net.id(no)
    }

    /// The number of a place; [`NONE`] is the internet.
    pub(crate) fn number(&self, place: &Place) -> usize {
        match place {
            Place::Part(id) => self.net.no(id),
            Place::Internet => NONE,
        }
    }

    /// The place with a number.
    pub(crate) fn place(&self, no: usize) -> Place {
        self.net
            .id(no)
            .map_or(Place::Internet, |id: &PartId| Place::Part(id.clone()))
    }
}

/// Puts names into a sentence: `{a}` and `{b}`, the prefix of the row `{r}`, the destination `{d}`.
fn fill(says: &str, [a, b, row, to]: &[String; 4]) -> String {
    let mut text = String::new();
    for (place, piece) in says.split('{').enumerate() {
        let rest = match (place, piece.get(..2)) {
            (1.., Some(key)) => {
                text.push_str(match key {
                    "a}" => a,
                    "b}" => b,
                    "r}" => row,
                    _ => to,
                });
                piece.get(2..).unwrap_or_default()
            }
            _ => piece,
        };
        text.push_str(rest);
    }
    text
}
