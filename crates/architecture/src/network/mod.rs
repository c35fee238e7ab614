//! How a packet goes through route tables, and back.
//!
//! The rules are those of the flavour `aws`. In a network the longest prefix of the subnet's table wins, and the network's
//! own prefix is in every table. A hub is reached only from zones in which the attachment has a subnet. In the hub the
//! attachment's association chooses the table; propagation fills it; of two rows with one prefix the written one wins.
//! What arrives goes on with the table of the subnet in which the hub has its foot. Firewalls are stateful and, towards
//! the internet, translate addresses. The course's sources for this are listed with the exercise that uses it.

mod route;
mod walk;
mod world;

#[cfg(test)]
mod tests;

use ipnet::IpNet;

use crate::design::{LinkId, PartId, Route};

pub use route::{Table, winner};
pub use walk::{reply, walk};
pub use world::{World, domains};

/// Where a packet comes from or wants to go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A subnet or a site; its first usable address stands for all of them.
    Part(PartId),
    /// Somewhere in the internet: 203.0.113.10, an address set aside for examples.
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
    /// The row that won.
    pub row: Option<Row>,
    /// The step as a sentence: "Orders a: Orders main sends 0.0.0.0/0 to Hub."
    pub says: String,
}

/// A row that won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The network's own prefix, which every one of its tables holds.
    Local(IpNet),
    /// A row that someone wrote: its place in the table, and the row.
    Static(usize, Route),
    /// A prefix that an attachment propagates.
    Propagated(IpNet, LinkId),
}

/// How a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It arrived.
    Delivered,
    /// A hub or a blackhole row dropped it, as a sentence.
    Dropped(String),
    /// It could not go on, as a sentence that says what is missing.
    Stopped(String),
}

impl Walk {
    /// True when the packet arrived.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.end == End::Delivered
    }

    /// Why it did not arrive; empty when it did.
    #[must_use]
    pub fn why(&self) -> &str {
        match &self.end {
            End::Delivered => "",
            End::Dropped(why) | End::Stopped(why) => why,
        }
    }

    /// The last table that was consulted.
    #[must_use]
    pub fn last_table(&self) -> Option<&PartId> {
        self.hops.iter().rev().find_map(|hop| hop.table.as_ref())
    }
}
