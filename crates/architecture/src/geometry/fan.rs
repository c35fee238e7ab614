use super::layout::{Place, Way};
use super::route::{self, Port, Side};
use super::shapes::{Rect, ordered};

/// The ends of links at the sides of parts, in the order in which they leave.
pub(super) struct Ends(Vec<End>);

#[derive(Clone, Copy)]
pub(super) struct End {
    /// The number of the side, over all parts.
    side: usize,
    /// Which link.
    way: usize,
    /// Where its other end lies along the side.
    place: i32,
    /// The room before the side.
    room: i32,
}

/// The links that leave one side of a part, and which of them is meant.
pub(super) struct Fan<'a> {
    pub(super) links: &'a [End],
    mine: usize,
}

/// The ends of all links whose way is not said by the learner.
pub(super) fn fans(places: &[Place], ways: &[Way]) -> Ends {
    let mut ends = Vec::with_capacity(2 * ways.len());
    for (at, way) in ways.iter().enumerate() {
        let (Some(a), Some(b)) = (places.get(way.from), places.get(way.to)) else {
            continue;
        };
        if !a.stands || !b.stands || !way.bends.is_empty() {
            continue;
        }
        let Some((from, to)) = route::facing(&a.rect, &b.rect) else {
            continue;
        };
        let room = (to.of(&b.rect).0 - from.of(&a.rect).0).abs();
        for (part, side, other) in [(way.from, from, &b.rect), (way.to, to, &a.rect)] {
            let centre = other.centre();
            ends.push(End {
                side: number(part, side),
                way: at,
                place: if side.is_level() { centre.x } else { centre.y },
                room,
            });
        }
    }
    let key = |at: usize| {
        let end = ends.get(at);
        end.map_or([0; 4], |end| [end.side as i64, end.place.into(), end.way as i64, 0])
    };
    let mut sorted = Vec::with_capacity(ends.len());
    for at in ordered(ends.len(), &key) {
        if let Some(end) = ends.get(at) {
            sorted.push(*end);
        }
    }
    Ends(sorted)
}

/// The number of a part's side.
fn number(part: usize, side: Side) -> usize {
    4 * part + side as usize
}

impl Ends {
    /// The links that leave a side of a part, of which `way` is one.
    pub(super) fn fan(&self, part: usize, side: Side, way: usize) -> Fan<'_> {
        let side = number(part, side);
        let from = self.0.partition_point(|end| end.side < side);
        let to = self.0.partition_point(|end| end.side <= side);
        let links = self.0.get(from..to).unwrap_or_default();
        let mine = links.iter().position(|end| end.way == way).unwrap_or(0);
        Fan { links, mine }
    }
}

impl Fan<'_> {
    /// Where the link leaves.
    pub(super) fn port(&self, rect: &Rect, side: Side) -> Port {
        Port::new(rect, side, self.mine, self.links.len().max(1))
    }

    /// Where the middle piece runs, so that links from one direction run side by side and do not cross: who comes from
    /// farther away runs nearer to the part. `None` when there is only one link.
    pub(super) fn lane(&self, rect: &Rect, side: Side) -> Option<i32> {
        let is_before = |at: usize, end: &End| end.place < Port::new(rect, side, at, self.links.len()).place();
        if self.links.len() < 2 {
            return None;
        }
        let mine = is_before(self.mine, self.links.get(self.mine)?);
        let (mut rank, mut many, mut room) = (0, 0, i32::MAX);
        for (at, end) in self.links.iter().enumerate() {
            room = room.min(end.room);
            if is_before(at, end) == mine {
                many += 1;
                rank += i32::from(if mine { at < self.mine } else { at > self.mine });
            }
        }
        let step = ((room - 16) / many).clamp(0, 8);
        let off = room / 2 + step * (2 * rank - (many - 1)) / 2;
        let (across, ..) = side.of(rect);
        let (dx, dy) = side.outward();
        Some(across + (dx + dy) * off)
    }
}
