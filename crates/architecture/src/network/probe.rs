use super::net::Net;
use super::table::{Atom, Range};
use super::walk::{At, Goal};
use super::world::World;
use super::{NONE, Setting};
use crate::design::{Attr, Kind};

/// Sends packets through a world and remembers the last of them.
///
/// Where a hub may pick a zone, a flow is right only if it holds for each: the probe goes through all of them.
pub(crate) struct Probe<'w> {
    pub(crate) world: &'w World<'w>,
    pub(crate) out: Leg,
    pub(crate) back: Leg,
    picks: Vec<Pick>,
    used: usize,
}

/// One direction of a flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leg {
    pub(super) steps: Vec<Step>,
    pub(super) walls: Vec<usize>,
    pub(super) fate: Fate,
    /// The prefix it is for, when that is not all of its destination.
    pub(super) apart: Option<Range>,
}

/// A step by numbers. The sentence follows the name of where it is; `{a}` is the table, `{b}` where it leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) at: usize,
    pub(super) by: usize,
    pub(super) table: usize,
    pub(super) row: Option<Range>,
    pub(super) to: usize,
    pub(super) says: &'static str,
}

/// How a leg ended, and why.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fate {
    pub(super) end: End,
    pub(super) says: &'static str,
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) seat: Seat,
}

/// Where the reason lies, by numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Seat {
    /// In the rows of the table that was consulted last.
    #[default]
    Table,
    /// In a part.
    Part(usize, Option<Setting>),
    /// In a link.
    Wire(usize, Attr),
}

/// How a leg ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// At its destination.
    #[default]
    Delivered,
    /// In a hub, by its table.
    Dropped,
    /// Somewhere else.
    Stopped,
}

/// What is wrong with a flow.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    /// From where to where.
    pub(crate) flow: (usize, usize),
    /// Whether it is the answer that has it.
    pub(crate) is_back: bool,
    /// Whether the flow arrives, but not through what it has to pass.
    pub(crate) is_around: bool,
    /// The direction that has it.
    pub(crate) leg: Leg,
}

/// A choice of the hub's: which foot of an attachment, or which of several tunnels.
#[derive(Clone, Copy, Debug)]
struct Pick {
    /// In appliance mode the attachment, which holds to it for all of a flow.
    wire: usize,
    taken: usize,
    of: usize,
}

/// More ways than these are not tried for one flow.
const MAX_WAYS: usize = 256;

const MANY: &str = "There are more ways than can be tried.";

impl Leg {
    /// How it ended.
    pub(crate) fn end(&self) -> End {
        self.fate.end
    }

    /// Where the reason lies for how it ended. When it arrives, and should not, it lies with the table with which the
    /// sender's attachment is associated: there the flow could have been told from others, before anything else took it
    /// on. Without a hub it is the last table on the way.
    pub(super) fn seat(&self, net: &Net<'_>) -> Seat {
        let has_table = |step: &&Step| step.table != NONE;
        let is_hub = |step: &&Step| net.kind(step.at) == Some(Kind::Transit);
        let first = self.steps.iter().filter(has_table).find(is_hub);
        let last = self.steps.iter().rev().find(has_table);
        match self.fate.seat {
            Seat::Table => {
                let first = first.filter(|_| self.fate.end == End::Delivered);
                let table = first.or(last).map_or(NONE, |step| step.table);
                Seat::Part(table, Some(Setting::Attr(Attr::Entries)))
            }
            seat => seat,
        }
    }
}

impl Trouble {
    /// Whether two flows have the same trouble: in one direction, for one reason, which lies in one place.
    pub(crate) fn is_like(&self, other: &Trouble, net: &Net<'_>) -> bool {
        (self.is_back, self.is_around, self.leg.fate.says) == (other.is_back, other.is_around, other.leg.fate.says)
            && self.leg.seat(net) == other.leg.seat(net)
    }

    /// Where the packet with the trouble wants to go.
    pub(crate) fn to(&self) -> usize {
        if self.is_back { self.flow.0 } else { self.flow.1 }
    }

    /// The share of a place that has the trouble, when it is not all of it.
    pub(crate) fn apart(&self, place: usize) -> Option<Range> {
        self.leg.apart.filter(|_| place == self.to())
    }
}

impl<'w> Probe<'w> {
    pub(crate) fn new(world: &'w World<'w>) -> Self {
        Probe {
            world,
            out: Leg::default(),
            back: Leg::default(),
            picks: Vec::new(),
            used: 0,
        }
    }

    /// What is wrong with a flow, in whatever zones a hub picks and for all addresses. `through` says of each part
    /// whether the way has to pass it, or another such.
    pub(crate) fn trouble(&mut self, from: usize, to: usize, both: bool, through: Option<&[bool]>) -> Option<Trouble> {
        let net = self.world.net;
        for atom in net.atoms(to) {
            self.picks.clear();
            for way in 0.. {
                self.used = 0;
                self.send(false, from, to, atom);
                if way == MAX_WAYS {
                    (self.out.fate.end, self.out.fate.says) = (End::Stopped, MANY);
                }
                let is_meant = |wall: &usize| through.is_none_or(|meant| meant.get(*wall).is_some_and(|meant| *meant));
                let is_around = through.is_some() && !self.out.walls.iter().any(is_meant);
                let is_out = self.out.fate.end != End::Delivered;
                if is_out || is_around {
                    return Some(self.found(from, to, false, !is_out));
                }
                for atom in if both { net.atoms(from) } else { &[] } {
                    self.send(true, to, from, atom);
                    if self.back.fate.end != End::Delivered {
                        return Some(self.found(from, to, true, false));
                    }
                }
                if !self.another() {
                    break;
                }
            }
        }
        None
    }

    /// A way of a flow on which no hub drops it: one that arrives if there is one, else one that stops elsewhere.
    pub(crate) fn undropped(&mut self, from: usize, to: usize) -> Option<Trouble> {
        let mut stopped = None;
        for atom in self.world.net.atoms(to) {
            self.picks.clear();
            for way in 0.. {
                self.used = 0;
                self.send(false, from, to, atom);
                match self.out.fate.end {
                    _ if way == MAX_WAYS => (self.out.fate.end, self.out.fate.says) = (End::Stopped, MANY),
                    End::Delivered => return Some(self.found(from, to, false, false)),
                    _ => {}
                }
                if self.out.fate.end == End::Stopped && stopped.is_none() {
                    stopped = Some(self.found(from, to, false, false));
                }
                if way == MAX_WAYS || !self.another() {
                    break;
                }
            }
        }
        stopped
    }

    fn found(&self, from: usize, to: usize, is_back: bool, is_around: bool) -> Trouble {
        Trouble {
            flow: (from, to),
            is_back,
            is_around,
            leg: if is_back { &self.back } else { &self.out }.clone(),
        }
    }

    /// Goes on to the next choice of zones; false after the last.
    fn another(&mut self) -> bool {
        self.picks.truncate(self.used);
        while let Some(pick) = self.picks.last_mut() {
            pick.taken += 1;
            if pick.taken < pick.of {
                return true;
            }
            self.picks.pop();
        }
        false
    }

    /// Which of so many is taken this time.
    pub(super) fn pick(&mut self, wire: usize, of: usize) -> usize {
        let made = self.picks.get(..self.used).unwrap_or_default();
        if let Some(held) = made.iter().find(|pick| pick.wire == wire && wire != NONE) {
            return held.taken;
        }
        if self.picks.len() == self.used {
            self.picks.push(Pick { wire, taken: 0, of });
        }
        self.used += 1;
        self.picks.get(self.used - 1).map_or(0, |pick| pick.taken)
    }

    /// Sends a packet, or the answer to the one before.
    fn send(&mut self, is_back: bool, from: usize, to: usize, atom: &Atom) {
        let last = self.out.walls.last().copied().unwrap_or(NONE);
        let mut leg = std::mem::take(if is_back { &mut self.back } else { &mut self.out });
        leg.steps.clear();
        leg.walls.clear();
        leg.apart = atom.apart;
        let goal = Goal {
            from,
            to,
            address: atom.address,
        };
        let start = match self.world.net.kind(from) {
            Some(Kind::Site) => Some(At::Site(from)),
            Some(_) => Some(At::Subnet(from, NONE)),
            // The firewall put its own address in, so the answer from the internet comes back to it.
            None if last != NONE => Some(At::Wall(last)),
            None => None,
        };
        leg.fate = match start.map_or(Ok(()), |start| self.run(&mut leg, start, goal)) {
            Err(fate) => fate,
            Ok(()) => Fate::default(),
        };
        if is_back && leg.fate.end == End::Delivered {
            leg.fate = self.symmetry(&mut leg);
        }
        *(if is_back { &mut self.back } else { &mut self.out }) = leg;
    }

    /// Each firewall remembers only the flows it saw begin, so the answer has to pass the same. It goes no further than to
    /// one that does not know it.
    fn symmetry(&self, back: &mut Leg) -> Fate {
        let net = self.world.net;
        let without = |walls: &[usize], others: &[usize]| walls.iter().find(|wall| !others.contains(wall)).copied();
        let (seen, strange) = (&self.out.walls, without(&back.walls, &self.out.walls));
        let stopped = |says: &'static str, a: usize, b: usize, seat: Seat| Fate {
            end: End::Stopped,
            says,
            a,
            b,
            seat,
        };
        let Some(wall) = strange else {
            return match without(seen, &back.walls) {
                Some(wall) => stopped(ROUND, wall, NONE, Seat::Table),
                None => Fate::default(),
            };
        };
        if let Some(place) = back.steps.iter().position(|step| step.at == wall) {
            back.steps.truncate(place);
        }
        let network = net.network(wall);
        let inside = back
            .steps
            .iter()
            .rev()
            .take_while(|step| net.network(step.at) == network);
        let by = inside.map(|step| step.by).find(|by| *by != NONE).unwrap_or(NONE);
        back.steps.push(Step {
            at: wall,
            by: NONE,
            table: NONE,
            row: None,
            to: NONE,
            says: " did not see this flow begin, so it drops the answer.",
        });
        let beside = seen.iter().find(|seen| net.network(**seen) == network).copied();
        let keeps = net.wires.get(by).is_none_or(|wire| wire.link.appliance());
        match beside {
            Some(beside) if !keeps => stopped(ZONES, wall, beside, Seat::Wire(by, Attr::Appliance)),
            Some(beside) => stopped(OTHER, wall, beside, Seat::Table),
            None => stopped(UNSEEN, wall, NONE, Seat::Table),
        }
    }
}

const ROUND: &str = "The answer goes round {a}, which sees half of the flow and drops the rest.";
const UNSEEN: &str =
    "The answer comes to {a}, which the packet did not pass: it did not see the flow begin and drops it.";
const OTHER: &str = "The answer comes to {a}, which did not see the flow begin and drops it: the packet passed {b}.";
const ZONES: &str = "The answer comes to {a}, which did not see the flow begin and drops it: the packet passed {b}. Without \
                     appliance mode the hub enters the network in the zone that a packet comes from, and the answer comes \
                     from another zone than the packet.";
