//! What an exercise asks for, and how it is read from the file that the course compiler writes.

mod read;
mod select;

use ipnet::IpNet;

use crate::design::{Design, Flavour, Kind, PartId, RoleId};

pub use read::{ReadError, builder};
pub use select::{Selector, Term};

/// A compiled builder exercise: one file a browser reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Builder {
    /// `week-20/segmented-hub`.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// What is asked, as sanitised HTML.
    pub brief: String,
    /// What each stage asks.
    pub asked: Asked,
    /// What is asked of the learner, with the given board, which is the empty stage.
    pub task: Task,
    /// The worked stage: a right design to look at and to break, with notes on its parts.
    pub worked: Design,
    /// Notes on parts and links of the worked design, in the order in which they are read.
    pub notes: Vec<Note>,
    /// The half-built stage.
    pub half: Design,
    /// The versions of what is graded, by stage: the half-built board, then the blank one.
    pub items: Vec<StageItem>,
    /// After a pass: what the right designs have in common, as sanitised HTML.
    pub explain: String,
}

/// What each stage asks, in a line of sanitised HTML. It says what is so on that stage's board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of the worked design.
    pub worked: String,
    /// Of the half-built one.
    pub half: String,
    /// Of the given board.
    pub blank: String,
}

/// A graded stage as an item of the course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageItem {
    /// Full id, `week-20/segmented-hub#blank`.
    pub id: String,
    /// Content version, 8 hex digits.
    pub version: String,
}

/// A note on a part or a link of the worked design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Id of the part or link.
    pub at: String,
    /// Sanitised HTML.
    pub html: String,
}

/// What is asked of a design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// The cloud whose words and routing rules apply.
    pub flavour: Flavour,
    /// The kinds that a learner may place.
    pub palette: Vec<Kind>,
    /// The roles that a learner may give.
    pub roles: Vec<Role>,
    /// What stands on the board from the start.
    pub given: Design,
    /// What may be broken on purpose, in the order in which it is offered.
    pub faults: Vec<Breakable>,
    /// What has to hold, in the order in which it is judged and shown.
    pub rules: Vec<Rule>,
}

/// A role that a learner may give to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// What people call it, plain text.
    pub label: String,
    /// Which kinds may have it.
    pub kinds: Vec<Kind>,
}

/// What may be broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakable {
    /// Any zone, with all zones of its domain.
    Zones,
    /// Any attachment: a link to a hub.
    Attachments,
}

/// Something that has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Short id, unique in the task.
    pub id: String,
    /// What has to hold, one sentence in plain text.
    pub say: String,
    /// Why it matters, sanitised HTML.
    pub why: String,
    /// True when nothing counts unless this holds.
    pub must: bool,
    /// What it counts, at least 1.
    pub weight: u32,
    /// Rules that have to pass before this is judged.
    pub after: Vec<String>,
    /// Help in steps: where to look, which idea, one command. Sanitised HTML.
    pub hints: Vec<String>,
    /// The predicate.
    pub predicate: Predicate,
}

/// How a rule judges a design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// Packets take these ways.
    Route(RouteRule),
    /// Prefixes have nothing in common.
    Separate {
        /// Some parts with a prefix.
        a: Selector,
        /// Others; a part is never compared with itself.
        b: Selector,
        /// Where the prefixes of the first lie; any private range when left out.
        inside: Option<IpNet>,
    },
    /// There are so many.
    Count {
        /// Which parts.
        of: Selector,
        /// At least.
        min: usize,
        /// At most.
        max: Option<usize>,
    },
    /// Parts lie in several fault domains.
    Spread {
        /// Which parts.
        of: Selector,
        /// In at least so many domains.
        min: usize,
        /// True when the domains' shares may differ by one at most.
        even: bool,
    },
}

/// Which packets, and what becomes of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRule {
    /// The subnets, or the sites, from which packets leave.
    pub from: Selector,
    /// Where they want to go.
    pub to: To,
    /// What has to become of them.
    pub expect: Expect,
    /// True when the way back is judged as well.
    pub both: bool,
    /// Every walk passes one of these, out and back the same.
    pub through: Option<Selector>,
    /// Judged after each of these faults, from what is left.
    pub under: Option<Breakable>,
}

/// Where packets want to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// To subnets or sites.
    Parts(Selector),
    /// To the internet.
    Internet,
}

/// What has to become of packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// They arrive.
    Delivered,
    /// They reach the hub and are dropped there. A packet that has no way to the hub proves nothing.
    Dropped,
}

/// What is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// All zones of a domain, with all inside them.
    Domain(String),
    /// A link.
    Link(crate::design::LinkId),
    /// A part, with all inside it.
    Part(PartId),
}

/// Reads a range of addresses, `10.0.0.0/8`; bits behind its length are cleared.
#[must_use]
pub fn range(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>().ok().map(|net| net.trunc())
}
