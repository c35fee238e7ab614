//! How a packet goes through route tables.

use ipnet::IpNet;

use crate::design::{LinkId, PartId, Route};

/// The way of one packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Where it came by, in order.
    pub hops: Vec<Hop>,
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
    /// The step as a sentence: "Orders a: table Orders, 0.0.0.0/0 to Hub."
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
