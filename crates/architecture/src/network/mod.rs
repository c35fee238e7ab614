//! How a packet goes through route tables, and back.
//!
//! The rules are those of the flavour `aws`. In a network the longest prefix of the subnet's table wins, and the network's
//! own prefix is in every table. A hub is reached only from zones in which the attachment has a subnet. In the hub the
//! attachment's association chooses the table; propagation fills it; of two rows with one prefix the written one wins.
//! What arrives goes on with the table of the subnet in which the hub has its foot: in the zone that the packet came from;
//! where there is no such foot, or in appliance mode, in any zone, so all of them are tried. Firewalls are stateful and,
//! towards the internet, translate addresses. The course's sources for this are listed with the exercise that uses it.
//!
//! A prefix, and the internet, is more than one address. Both are split by all the prefixes that a design names; one
//! address stands for all that every table treats alike.

mod net;
mod probe;
mod table;
mod tell;
mod walk;
mod world;

#[cfg(test)]
mod tests;

use ipnet::IpNet;

use crate::design::{Attr, Item, LinkId, PartId};

pub use net::{Net, is_private};
pub(crate) use probe::{End as Ended, Probe, Trouble};
pub use world::{World, announced, domains, zone_name};

/// The number of nothing; as a place of a flow, the internet.
pub(crate) const NONE: usize = usize::MAX;

/// Where a packet comes from or wants to go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A subnet or a site, with all its addresses.
    Part(PartId),
    /// The internet: every address that is neither private nor the design's own.
    Internet,
}

/// The way of one packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Where it came by, in order.
    pub hops: Vec<Hop>,
    /// The firewalls it passed, in order.
    pub firewalls: Vec<PartId>,
    /// How it ended.
    pub end: End,
    /// Where the reason lies: why it did not arrive, or, where it must not, why it did.
    pub cause: Option<Cause>,
}

/// Where a reason lies: what has to be looked at, and at which of its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The part or the link.
    pub at: Item,
    /// Its setting, where it is one.
    pub setting: Option<Setting>,
}

/// What of a part or a link can be the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A setting of its own.
    Attr(Attr),
    /// That it is not linked to something.
    Link,
    /// What it lies in.
    Inside,
}

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where the packet is: a subnet, a hub, a firewall, a site.
    pub at: PartId,
    /// The link by which it came here.
    pub by: Option<LinkId>,
    /// The table that was consulted here.
    pub table: Option<PartId>,
    /// The prefix of the row that won.
    pub row: Option<IpNet>,
    /// The step as a sentence: "Orders a: Orders main sends 0.0.0.0/0 to Hub."
    pub says: String,
}

/// How a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It arrived.
    Delivered,
    /// A table of a hub dropped it, as a sentence.
    Dropped(String),
    /// It could not go on, as a sentence that says what is missing.
    Stopped(String),
}

impl Walk {
    /// Why it did not arrive; empty when it did.
    #[must_use]
    pub fn why(&self) -> &str {
        match &self.end {
            End::Delivered => "",
            End::Dropped(why) | End::Stopped(why) => why,
        }
    }
}
