//! What an author may write of a builder: a case, a board, rules, and the designs that prove the rules.

use std::collections::BTreeMap;

use sandtable_architecture::design;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{EXERCISE_ID, ID, Level, TEXT};

/// A design to be built and judged by rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Builder {
    /// Kind of exercise.
    #[allow(dead_code, reason = "chooses the type, and is spent with that")]
    pub(crate) kind: BuilderKind,
    /// The exercise's title, one line.
    #[schemars(length(max = 120), regex(pattern = TEXT))]
    pub(crate) title: String,
    /// What it trains, one line.
    #[schemars(length(max = 200), regex(pattern = TEXT))]
    pub(crate) purpose: String,
    /// Id of a topic of this week in course.yaml.
    #[schemars(regex(pattern = ID))]
    pub(crate) topic: String,
    /// Id of the objective it trains, one of the topic.
    #[schemars(regex(pattern = ID))]
    pub(crate) objective: String,
    /// What it asks of the learner.
    #[allow(dead_code, reason = "for authors and their reports; no learner sees it")]
    pub(crate) level: Level,
    /// Minutes it takes, a whole number.
    #[schemars(range(min = 1, max = 240))]
    pub(crate) minutes: u32,
    /// Former ids of this exercise, `week-20/old-name`: records of learners refer to them.
    #[serde(default)]
    #[schemars(length(max = 20), inner(regex(pattern = EXERCISE_ID)))]
    pub(crate) aliases: Vec<String>,
    /// The cloud whose words and routing rules apply.
    #[schemars(schema_with = "flavours")]
    pub(crate) flavour: String,
    /// The case, Markdown: who needs what, what is given, what counts.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) brief: String,
    /// What each stage asks.
    pub(crate) asked: Asked,
    /// The kinds that a learner may place.
    #[schemars(length(min = 1), schema_with = "kind_list")]
    pub(crate) palette: Vec<String>,
    /// The roles that parts have, by id. Rules name them with `@`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub(crate) roles: BTreeMap<String, Role>,
    /// What stands on the board from the start; the blank stage.
    pub(crate) given: Given,
    /// What a learner may break on purpose.
    #[schemars(length(min = 1, max = 2))]
    pub(crate) faults: Vec<Breakable>,
    /// What has to hold, in the order in which it is judged and shown.
    #[schemars(length(min = 5, max = 20))]
    pub(crate) rules: Vec<Rule>,
    /// Right designs by id, at least two that differ in more than names: what each adds to the given board.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub(crate) models: BTreeMap<String, Model>,
    /// Id of the model that is shown as the worked stage.
    #[schemars(regex(pattern = ID))]
    pub(crate) worked: String,
    /// Notes on the worked design, in the order in which they are read.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) notes: Vec<Note>,
    /// The half-built stage: a model that lacks something. Two to four rules do not pass.
    pub(crate) half: Half,
    /// Wrong designs by id, each with exactly the rules that it fails.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub(crate) witnesses: BTreeMap<String, Witness>,
    /// Shown after a pass, Markdown: what right designs have in common, and why.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) explain: String,
    /// Keys of the sources it rests on, at least one.
    #[schemars(length(min = 1, max = 20), inner(regex(pattern = ID)))]
    pub(crate) sources: Vec<String>,
}

/// What each stage asks, in a sentence or two of Markdown. It stands over the board, where the case is opened on demand, and
/// says what is so on that stage's board.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// Of the worked design.
    #[schemars(length(max = 300), regex(pattern = TEXT))]
    pub(crate) worked: String,
    /// Of the half-built one.
    #[schemars(length(max = 300), regex(pattern = TEXT))]
    pub(crate) half: String,
    /// Of the given board.
    #[schemars(length(max = 300), regex(pattern = TEXT))]
    pub(crate) blank: String,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum BuilderKind {
    Builder,
}

/// A role that parts may have.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    /// What people call it, plain text.
    #[schemars(length(max = 60), regex(pattern = TEXT))]
    pub(crate) label: String,
    /// The kinds to which a learner may give it. Left out where only given parts have it.
    #[serde(default)]
    #[schemars(schema_with = "kind_list")]
    pub(crate) kinds: Vec<String>,
}

/// The given board.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    /// Its parts by id.
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub(crate) parts: BTreeMap<String, Part>,
    /// Its links by id.
    #[serde(default)]
    #[schemars(extend("propertyNames" = { "pattern": ID }))]
    pub(crate) links: BTreeMap<String, Link>,
}

/// A part of a design.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// What it is.
    #[schemars(schema_with = "kinds")]
    pub(crate) kind: String,
    /// Id of the part that holds it; left out on the ground.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default, rename = "in")]
    pub(crate) within: Option<String>,
    /// What people call it.
    #[schemars(length(max = 80), regex(pattern = TEXT))]
    pub(crate) name: String,
    /// Id of its role.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) role: Option<String>,
    /// Place inside its container, in cells of 8 px: `[x, y]`. Left out everywhere, the board is laid out by itself.
    #[schemars(with = "Vec<i32>", length(min = 2, max = 2), inner(range(min = 0, max = 10_000)))]
    #[serde(default)]
    pub(crate) at: Option<Vec<i32>>,
    /// Size of a container, in cells: `[width, height]`.
    #[schemars(with = "Vec<i32>", length(min = 2, max = 2), inner(range(min = 1, max = 10_000)))]
    #[serde(default)]
    pub(crate) size: Option<Vec<i32>>,
    /// False where a learner may change or remove it; only on the given board, where all else is locked.
    #[schemars(with = "bool")]
    #[serde(default)]
    pub(crate) locked: Option<bool>,
    /// Prefix of a network, subnet or site: `10.16.0.0/16`.
    #[schemars(with = "String", regex(pattern = TEXT))]
    #[serde(default)]
    pub(crate) cidr: Option<String>,
    /// Id of the route table of a subnet.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) table: Option<String>,
    /// Rows of a route table: `{to: 0.0.0.0/0, via: hub}` or `{to: 10.32.0.0/12, drop: true}`.
    #[schemars(with = "Vec<Row>", length(max = 100))]
    #[serde(default)]
    pub(crate) entries: Option<Vec<Row>>,
    /// What fails together with a zone or region; left out, its name.
    #[schemars(with = "String", length(max = 80), regex(pattern = TEXT))]
    #[serde(default)]
    pub(crate) domain: Option<String>,
}

/// A link of a design: an attachment, when one end is a transit hub.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    /// Id of one end; of an attachment the network or the VPN connection.
    #[schemars(regex(pattern = ID))]
    pub(crate) from: String,
    /// Id of the other end; of an attachment the hub.
    #[schemars(regex(pattern = ID))]
    pub(crate) to: String,
    /// False where a learner may change or remove it; only on the given board, where all else is locked.
    #[schemars(with = "bool")]
    #[serde(default)]
    pub(crate) locked: Option<bool>,
    /// Ids of the subnets in which the hub has a foot, one a zone.
    #[schemars(with = "Vec<String>", length(max = 50), inner(regex(pattern = ID)))]
    #[serde(default)]
    pub(crate) subnets: Option<Vec<String>>,
    /// Id of the hub's table that packets from this attachment are looked up in.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) associate: Option<String>,
    /// Ids of the hub's tables that learn this attachment's prefixes.
    #[schemars(with = "Vec<String>", length(max = 50), inner(regex(pattern = ID)))]
    #[serde(default)]
    pub(crate) propagate: Option<Vec<String>>,
    /// True keeps both directions of a flow in one zone.
    #[schemars(with = "bool")]
    #[serde(default)]
    pub(crate) appliance: Option<bool>,
}

/// New settings of a part or a link that is there; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// What people call a part.
    #[schemars(with = "String", length(max = 80), regex(pattern = TEXT))]
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// Id of a part's role.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) role: Option<String>,
    /// Prefix of a network, subnet or site.
    #[schemars(with = "String", regex(pattern = TEXT))]
    #[serde(default)]
    pub(crate) cidr: Option<String>,
    /// Id of the route table of a subnet.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) table: Option<String>,
    /// All rows of a route table; they take the place of those it had.
    #[schemars(with = "Vec<Row>", length(max = 100))]
    #[serde(default)]
    pub(crate) entries: Option<Vec<Row>>,
    /// What fails together with a zone or region.
    #[schemars(with = "String", length(max = 80), regex(pattern = TEXT))]
    #[serde(default)]
    pub(crate) domain: Option<String>,
    /// Ids of an attachment's subnets.
    #[schemars(with = "Vec<String>", length(max = 50), inner(regex(pattern = ID)))]
    #[serde(default)]
    pub(crate) subnets: Option<Vec<String>>,
    /// Id of the hub's table that an attachment is associated with.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) associate: Option<String>,
    /// Ids of the hub's tables that learn an attachment's prefixes.
    #[schemars(with = "Vec<String>", length(max = 50), inner(regex(pattern = ID)))]
    #[serde(default)]
    pub(crate) propagate: Option<Vec<String>>,
    /// Appliance mode of an attachment.
    #[schemars(with = "bool")]
    #[serde(default)]
    pub(crate) appliance: Option<bool>,
}

/// A row of a route table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// Which destinations it is for, a prefix: `0.0.0.0/0`.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) to: String,
    /// Id of the part that they are sent to.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) via: Option<String>,
    /// True for a blackhole, instead of `via`.
    #[serde(default)]
    pub(crate) drop: bool,
}

macro_rules! changed {
    (
        $(#[$meta:meta])* $name:ident;
        $( $(#[$field_meta:meta])* $field:ident: $type:ty, )*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $( $(#[$field_meta])* pub(crate) $field: $type, )*
            /// Ids of parts and links that are taken away, parts with all that they hold. This comes first.
            #[serde(default)]
            #[schemars(length(max = 100), inner(regex(pattern = ID)))]
            pub(crate) remove: Vec<String>,
            /// Parts that are added, by id.
            #[serde(default)]
            #[schemars(extend("propertyNames" = { "pattern": ID }))]
            pub(crate) parts: BTreeMap<String, Part>,
            /// Links that are added, by id.
            #[serde(default)]
            #[schemars(extend("propertyNames" = { "pattern": ID }))]
            pub(crate) links: BTreeMap<String, Link>,
            /// New settings of what is there, by id of the part or link.
            #[serde(default)]
            #[schemars(extend("propertyNames" = { "pattern": ID }))]
            pub(crate) set: BTreeMap<String, Settings>,
            /// Names of settings that are taken away, by id of the part or link: `{orders-hub: [associate]}`.
            #[serde(default)]
            #[schemars(extend("propertyNames" = { "pattern": ID }))]
            pub(crate) clear: BTreeMap<String, Vec<Setting>>,
        }

        impl $name {
            pub(crate) fn change(&self) -> Change<'_> {
                Change {
                    remove: &self.remove,
                    parts: &self.parts,
                    links: &self.links,
                    set: &self.set,
                    clear: &self.clear,
                }
            }
        }
    };
}

changed! {
    /// A right design: what is added to the given board, or to another model.
    Model;
    /// What is done here, in a sentence, for whoever reads the file.
    #[allow(dead_code, reason = "for authors; no learner sees it")]
    #[schemars(regex(pattern = TEXT))]
    say: String,
    /// Id of the model that it is made from; the given board when left out.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    like: Option<String>,
    /// Ids of parts and links of this model without which every rule still passes. All others are needed.
    #[serde(default)]
    #[schemars(length(max = 50), inner(regex(pattern = ID)))]
    spare: Vec<String>,
}

changed! {
    /// The half-built stage.
    Half;
    /// Id of the model that it is made from.
    #[schemars(regex(pattern = ID))]
    like: String,
}

changed! {
    /// A wrong design, which proves that the rules see what is wrong with it.
    Witness;
    /// What is wrong here, in a sentence, for whoever reads the file.
    #[allow(dead_code, reason = "for authors; no learner sees it")]
    #[schemars(regex(pattern = TEXT))]
    say: String,
    /// Id of the model that it is made from; the given board when left out.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    like: Option<String>,
    /// Ids of exactly those rules that fail.
    #[schemars(length(max = 20), inner(regex(pattern = ID)))]
    fails: Vec<String>,
    /// Ids of exactly those rules that are not reached.
    #[serde(default)]
    #[schemars(length(max = 20), inner(regex(pattern = ID)))]
    not_reached: Vec<String>,
}

/// What makes one design of another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    pub(crate) remove: &'a [String],
    pub(crate) parts: &'a BTreeMap<String, Part>,
    pub(crate) links: &'a BTreeMap<String, Link>,
    pub(crate) set: &'a BTreeMap<String, Settings>,
    pub(crate) clear: &'a BTreeMap<String, Vec<Setting>>,
}

/// A setting that can be taken away.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Setting {
    Role,
    Cidr,
    Table,
    Entries,
    Domain,
    Subnets,
    Associate,
    Propagate,
    Appliance,
}

/// A note on the worked design.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    /// Id of a part or link of the worked design.
    #[schemars(regex(pattern = ID))]
    pub(crate) at: String,
    /// What there is to see, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) text: String,
}

/// What can be broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Breakable {
    /// Each zone, with all zones of its fault domain.
    Zone,
    /// Each attachment of a hub.
    Attachment,
}

/// Something that has to hold. It has exactly one of `route`, `separate`, `count` and `spread`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// Short id, unique in the file.
    #[schemars(regex(pattern = ID))]
    pub(crate) id: String,
    /// What has to hold, one sentence in plain text.
    #[schemars(length(max = 200), regex(pattern = TEXT))]
    pub(crate) say: String,
    /// Why it matters, Markdown.
    #[schemars(regex(pattern = TEXT))]
    pub(crate) why: String,
    /// True when nothing counts unless this holds.
    #[serde(default)]
    pub(crate) must: bool,
    /// What it counts, 1 when left out.
    #[serde(default = "once")]
    #[schemars(range(min = 1, max = 20))]
    pub(crate) weight: u32,
    /// Ids of rules above that have to pass before this one is judged.
    #[serde(default)]
    #[schemars(length(max = 20), inner(regex(pattern = ID)))]
    pub(crate) after: Vec<String>,
    /// Three hints, Markdown: where to look, which idea, one thing to do.
    #[schemars(length(min = 3, max = 3), inner(regex(pattern = TEXT)))]
    pub(crate) hints: Vec<String>,
    /// Packets take these ways.
    #[schemars(with = "Route")]
    #[serde(default)]
    pub(crate) route: Option<Route>,
    /// Prefixes are private and have nothing in common.
    #[schemars(with = "Separate")]
    #[serde(default)]
    pub(crate) separate: Option<Separate>,
    /// There are so many.
    #[schemars(with = "Count")]
    #[serde(default)]
    pub(crate) count: Option<Count>,
    /// Parts lie in several fault domains.
    #[schemars(with = "Spread")]
    #[serde(default)]
    pub(crate) spread: Option<Spread>,
}

fn once() -> u32 {
    1
}

/// Which packets, and what becomes of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Route {
    /// The subnets or sites from which packets leave.
    pub(crate) from: Selector,
    /// Where they want to go: subnets, sites, or `internet`.
    pub(crate) to: Selector,
    /// What has to become of them.
    pub(crate) expect: Expect,
    /// True when the way back is judged as well.
    #[serde(default)]
    pub(crate) both: bool,
    /// Every walk passes one of these, out and back the same.
    #[schemars(with = "Selector")]
    #[serde(default)]
    pub(crate) through: Option<Selector>,
    /// Judged after each of these faults, from what is left.
    #[schemars(with = "Breakable")]
    #[serde(default)]
    pub(crate) under: Option<Breakable>,
}

/// What has to become of packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Expect {
    /// They arrive.
    Delivered,
    /// They reach the hub and are dropped there.
    Dropped,
}

/// Prefixes that have to be disjoint, and private.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Separate {
    /// Some parts with a prefix.
    pub(crate) a: Selector,
    /// Others; a part is never compared with itself.
    pub(crate) b: Selector,
    /// The range that the prefixes of the first lie in, `10.0.0.0/8`. Left out, any private one (RFC 1918, RFC 6598).
    #[schemars(with = "String", regex(pattern = TEXT))]
    #[serde(default)]
    pub(crate) inside: Option<String>,
}

/// How many there have to be.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    /// Which parts.
    pub(crate) of: Selector,
    /// At least so many.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000))]
    pub(crate) min: u32,
    /// At most so many.
    #[schemars(with = "u32", range(min = 0, max = 1000))]
    #[serde(default)]
    pub(crate) max: Option<u32>,
}

/// In how many fault domains parts have to lie.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spread {
    /// Which parts.
    pub(crate) of: Selector,
    /// In at least so many.
    #[schemars(range(min = 2, max = 20))]
    pub(crate) min: u32,
    /// True when the shares of the domains may differ by one at most.
    #[serde(default)]
    pub(crate) even: bool,
}

/// Which parts: `vnet` (a kind), `'#hub'` (an id), `'@shared'` (a role), `{kind, role, in}` (all of these), or a list.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Selector {
    // First, since a list would pass for a mapping without names.
    Several(#[schemars(length(min = 1, max = 20))] Vec<Term>),
    One(Term),
}

/// One term of a selector.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Term {
    Word(String),
    Which(Which),
}

/// Parts that have all of these.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// This kind.
    #[schemars(schema_with = "kinds")]
    #[serde(default)]
    pub(crate) kind: Option<String>,
    /// This role.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default)]
    pub(crate) role: Option<String>,
    /// Inside the part with this id.
    #[schemars(with = "String", regex(pattern = ID))]
    #[serde(default, rename = "in")]
    pub(crate) within: Option<String>,
}

impl Selector {
    /// Its terms.
    pub(crate) fn terms(&self) -> &[Term] {
        match self {
            Selector::One(term) => std::slice::from_ref(term),
            Selector::Several(terms) => terms,
        }
    }

    /// True for the one word `internet`.
    pub(crate) fn is_internet(&self) -> bool {
        matches!(self, Selector::One(Term::Word(word)) if word == "internet")
    }
}

impl Setting {
    /// The name of the field.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Setting::Role => "role",
            Setting::Cidr => "cidr",
            Setting::Table => "table",
            Setting::Entries => "entries",
            Setting::Domain => "domain",
            Setting::Subnets => "subnets",
            Setting::Associate => "associate",
            Setting::Propagate => "propagate",
            Setting::Appliance => "appliance",
        }
    }
}

impl Breakable {
    /// The word in files.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Breakable::Zone => "zone",
            Breakable::Attachment => "attachment",
        }
    }
}

/// The kinds of part that the catalogue knows.
pub(crate) fn kind_words() -> Vec<&'static str> {
    design::Kind::ALL.into_iter().map(design::Kind::as_str).collect()
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": kind_words()})
}

fn kind_list(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": {"type": "string", "enum": kind_words()}})
}

fn flavours(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": [design::Flavour::Aws.as_str()]})
}
