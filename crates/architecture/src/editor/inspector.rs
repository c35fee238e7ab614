use core::net::IpAddr;

use ipnet::IpNet;

use super::announce::in_order;
use super::apply::{may_move, no};
use super::search::ends;
use super::upkeep::references;
use super::{Command, Item, Limits, settings};
use crate::catalogue::{Owner, Reason, candidates, link_settings, part_settings, takes_drop};
use crate::design::{Attr, Attrs, Cell, Design, Kind, PADDING, Part, PartId, RoleId, Route, Shape, TITLE, Value, Via};
use crate::network::announced;
use crate::words::{cut, is_blank};

/// One field of the inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// What people call it.
    pub label: &'static str,
    /// How it is filled in, and what it holds.
    pub control: Control,
    /// Why it cannot be changed.
    pub fixed: Option<String>,
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldId {
    /// The name.
    Name,
    /// The container.
    Inside,
    /// The role in the task.
    Role,
    /// A setting.
    Attr(Attr),
    /// A new link to another part.
    LinkTo,
    /// What refers to it by a setting of its own.
    Used(Attr),
}

impl FieldId {
    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            FieldId::Name => "Name",
            FieldId::Inside => "Inside",
            FieldId::Role => "Role",
            FieldId::Attr(attr) => attr.label(),
            FieldId::LinkTo => "Link to",
            FieldId::Used(Attr::Associate) => "Associated: what comes from these is looked up here",
            FieldId::Used(Attr::Propagate) => "Propagating: these are known here",
            FieldId::Used(_) => "Used by",
        }
    }
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    Text {
        /// What it holds.
        value: String,
    },
    /// One of several; the empty id is none.
    Select {
        /// The id of what is chosen, or empty.
        value: String,
        /// What there is to choose.
        options: Vec<Choice>,
    },
    /// Any of several.
    Checks(Vec<Check>),
    /// Yes or no.
    Toggle(bool),
    /// Others that refer to it, each with a way there.
    Uses(Vec<(Item, String)>),
    /// The rows of a route table, with a line to add one.
    Routes {
        /// The rows.
        rows: Vec<RouteRow>,
        /// Where a row may lead; [`DROP`] is nowhere.
        targets: Vec<Choice>,
    },
}

impl Control {
    /// What it holds, in words; "None" where it holds nothing.
    #[must_use]
    pub fn says(&self) -> String {
        let mut says = Vec::new();
        match self {
            Control::Text { value } => says.push(value.clone()),
            Control::Select { value, options } => {
                let chosen = options.iter().find(|option| option.id == *value);
                says.extend(chosen.map(|option| option.label.clone()));
            }
            Control::Checks(checks) => {
                for check in checks {
                    if check.is_on {
                        says.push(check.label.clone());
                    }
                }
            }
            Control::Toggle(is_on) => says.push(if *is_on { "On" } else { "Off" }.to_owned()),
            Control::Uses(uses) => {
                for (_, name) in uses {
                    says.push(name.clone());
                }
            }
            Control::Routes { rows, .. } => {
                for row in rows {
                    says.push([&row.prefix, " to ", &row.leads, " (", row.source, ")"].concat());
                }
            }
        }
        match says.join(", ") {
            none if none.is_empty() => "None".to_owned(),
            says => says,
        }
    }

    /// True where nothing was put into it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Control::Text { value } | Control::Select { value, .. } => value.is_empty(),
            Control::Checks(checks) => !checks.iter().any(|check| check.is_on),
            Control::Toggle(is_on) => !is_on,
            // It is a value of others.
            Control::Uses(_) => true,
            Control::Routes { rows, .. } => rows.is_empty(),
        }
    }
}

/// The id of the target "Drop (blackhole)"; no part can have it.
pub const DROP: &str = "!drop";

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What people read.
    pub label: String,
}

/// One thing to tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whether it is ticked.
    pub is_on: bool,
}

/// One row of a route table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// Its place among the rows that were written; `None` for a row that follows from something else and stays.
    pub place: Option<usize>,
    /// Which destinations it is for.
    pub prefix: String,
    /// The id of where they go: one of the targets, or empty for a row that stays.
    pub target: String,
    /// Where they go, as people read it.
    pub leads: String,
    /// Where the row comes from: "static", "local", "propagated".
    pub source: &'static str,
}

/// What was put into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A text, or the id that was chosen.
    Text(String),
    /// Something was ticked, or the tick was taken away.
    Tick(String, bool),
    /// A switch.
    Toggle(bool),
    /// A new row: prefix and id of the target.
    AddRoute(String, String),
    /// A row's prefix.
    RoutePrefix(usize, String),
    /// A row's target.
    RouteTarget(usize, String),
    /// A row goes.
    RemoveRoute(usize),
}

/// The fields of a part or a link, in the order in which they are shown; empty when it is not there.
#[must_use]
pub fn fields(design: &Design, limits: &Limits, item: &Item) -> Vec<Field> {
    let mut fields = Vec::new();
    let (attrs, known) = match item {
        Item::Part(id) => {
            let Some(part) = design.parts.get(id) else {
                return fields;
            };
            of_part(design, limits, id, part, &mut fields);
            (&part.attrs, part_settings(part.kind))
        }
        Item::Link(id) => match design.links.get(id) {
            Some(link) => (&link.attrs, link_settings(design, link)),
            None => return fields,
        },
    };
    for attr in known {
        let control = control(design, settings::owner(item), attrs, *attr);
        let fixed = given(design, item, "its settings stay");
        fields.push(field(FieldId::Attr(*attr), control, fixed));
    }
    if let Item::Part(id) = item {
        uses(design, id, &mut fields);
        let mut options = Vec::new();
        for (other, allowed) in ends(design, id) {
            if allowed.is_ok() {
                options.push(choice(other.as_str(), &in_words(design, &other)));
            }
        }
        if !options.is_empty() {
            fields.push(field(FieldId::LinkTo, select(None, options), None));
        }
    }
    fields
}

/// What refers to a route table: the attachments of a hub, or the subnets of a network.
fn uses(design: &Design, id: &PartId, fields: &mut Vec<Field>) {
    let Some(table) = design.parts.get(id).filter(|part| part.kind == Kind::RouteTable) else {
        return;
    };
    let holder = table.parent.as_ref().and_then(|holder| design.parts.get(holder));
    if holder.is_some_and(|holder| holder.kind == Kind::Transit) {
        for attr in [Attr::Associate, Attr::Propagate] {
            let mut found = Vec::new();
            for (link_id, link) in &design.links {
                let refers = match attr {
                    Attr::Associate => link.association() == Some(id),
                    _ => link.propagation().contains(id),
                };
                if refers {
                    found.push((Item::Link(link_id.clone()), design.name(&link.from)));
                }
            }
            fields.push(field(FieldId::Used(attr), Control::Uses(found), None));
        }
        return;
    }
    let mut found = Vec::new();
    for (subnet, part) in &design.parts {
        if part.table() == Some(id) {
            found.push((Item::Part(subnet.clone()), in_words(design, subnet)));
        }
    }
    fields.push(field(FieldId::Used(Attr::Table), Control::Uses(found), None));
}

fn field(id: FieldId, control: Control, fixed: Option<String>) -> Field {
    Field {
        id,
        label: id.label(),
        control,
        fixed,
    }
}

/// Why a field of it cannot be changed.
fn given(design: &Design, item: &Item, what: &str) -> Option<String> {
    let (is_given, name) = match item {
        Item::Part(id) => (design.parts.get(id).is_some_and(|part| part.locked), design.name_of(id)),
        Item::Link(id) => (design.links.get(id).is_some_and(|link| link.locked), "This link"),
    };
    is_given.then(|| [name, " is given; ", what, "."].concat())
}

fn of_part(design: &Design, limits: &Limits, id: &PartId, part: &Part, fields: &mut Vec<Field>) {
    let item = Item::Part(id.clone());
    let value = part.name.clone();
    let fixed = given(design, &item, "its name stays");
    fields.push(field(FieldId::Name, Control::Text { value }, fixed));
    // Where it is, and wherever it may move.
    let mut homes = Vec::new();
    if may_move(design, id, None).is_ok() {
        homes.push(choice("", "The ground"));
    }
    for home in in_order(design) {
        let is_container = design.parts.get(&home).is_some_and(|part| part.kind.is_container());
        if is_container && may_move(design, id, Some(&home)).is_ok() {
            homes.push(choice(home.as_str(), &in_words(design, &home)));
        }
    }
    if homes.len() > 1 || part.parent.is_some() {
        let control = select(part.parent.as_ref().map(PartId::as_str), homes);
        let fixed = given(design, &item, "it stays where it is");
        fields.push(field(FieldId::Inside, control, fixed));
    }
    let mut roles = vec![choice("", "No role")];
    for role in &limits.roles {
        if role.kinds.contains(&part.kind) {
            roles.push(choice(role.id.as_str(), &role.label));
        }
    }
    if roles.len() > 1 {
        let control = select(part.role.as_ref().map(RoleId::as_str), roles);
        let fixed = given(design, &item, "its role stays");
        fields.push(field(FieldId::Role, control, fixed));
    }
}

/// One of several; empty is none.
fn select(value: Option<&str>, options: Vec<Choice>) -> Control {
    Control::Select {
        value: value.unwrap_or_default().to_owned(),
        options,
    }
}

fn control(design: &Design, owner: Owner<'_>, attrs: &Attrs, attr: Attr) -> Control {
    let held = attrs.get(&attr);
    let chosen = held.map(references).unwrap_or_default();
    let mut offered = candidates(design, owner, attr);
    // What is set already is shown, even where it could not be chosen.
    for id in &chosen {
        if !offered.contains(id) {
            offered.push(id.clone());
        }
    }
    let has_drop = matches!(owner, Owner::Part(id) if takes_drop(design, id))
        || matches!(held, Some(Value::Routes(rows)) if rows.iter().any(|row| row.via == Via::Drop));
    let mut options = Vec::new();
    for id in &offered {
        options.push(choice(id.as_str(), &in_words(design, id)));
    }
    match attr.shape() {
        Shape::Text | Shape::Cidr => Control::Text {
            value: match held {
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Cidr(net)) => net.to_string(),
                _ => String::new(),
            },
        },
        Shape::Bool => Control::Toggle(held == Some(&Value::Bool(true))),
        Shape::Part => {
            options.insert(0, choice("", "None"));
            select(chosen.first().map(PartId::as_str), options)
        }
        Shape::Parts => {
            let mut checks = Vec::new();
            for Choice { id, label } in options {
                let is_on = chosen.contains(id.as_str());
                checks.push(Check { id, label, is_on });
            }
            Control::Checks(checks)
        }
        Shape::Routes => {
            if has_drop {
                options.push(choice(DROP, DROPS));
            }
            Control::Routes {
                rows: rows(design, owner, held),
                targets: options,
            }
        }
    }
}

/// What people read for [`DROP`].
const DROPS: &str = "Drop (blackhole)";

/// The rows of a table: what follows from the network or from propagation, then what was written.
fn rows(design: &Design, owner: Owner<'_>, held: Option<&Value>) -> Vec<RouteRow> {
    let mut rows = Vec::new();
    let mut add = |place: Option<usize>, prefix: IpNet, target: &str, leads: &str, source: &'static str| {
        rows.push(RouteRow {
            place,
            prefix: prefix.to_string(),
            target: target.to_owned(),
            leads: leads.to_owned(),
            source,
        });
    };
    if let Owner::Part(id) = owner {
        let holder = design.parts.get(id).and_then(|table| table.parent.as_ref());
        let network = holder.and_then(|holder| design.parts.get(holder));
        if let Some(network) = network.filter(|part| part.kind == Kind::Vnet)
            && let Some(net) = network.cidr()
        {
            add(None, net, "", "local", "local");
        }
        for link in design.links.values().filter(|link| link.propagation().contains(id)) {
            let mut links = design.links_of(&link.from).map(|(_, link)| link);
            for (_, net) in announced(design, &link.from, &mut links) {
                add(None, net, "", design.name_of(&link.from), "propagated");
            }
        }
    }
    if let Some(Value::Routes(written)) = held {
        for (place, row) in written.iter().enumerate() {
            let (target, leads) = match &row.via {
                Via::Part(id) => (id.as_str(), design.name_of(id)),
                Via::Drop => (DROP, DROPS),
            };
            add(Some(place), row.prefix, target, leads, "static");
        }
    }
    rows
}

fn choice(id: &str, label: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        label: label.to_owned(),
    }
}

/// A part in a list of others: "Subnet a, in Zone a, 10.0.1.0/24".
fn in_words(design: &Design, id: &PartId) -> String {
    let mut says = design.name(id);
    if let Some(part) = design.parts.get(id) {
        if let Some(parent) = &part.parent {
            says.push_str(", in ");
            says.push_str(design.name_of(parent));
        }
        if let Some(net) = part.cidr() {
            says.push_str(", ");
            says.push_str(&net.to_string());
        }
    }
    says
}

/// The command that an input stands for, or, in a sentence, what is wrong with the input. Whether the command can be
/// carried out is said when it is run.
pub fn input(design: &Design, item: &Item, field: FieldId, input: Input) -> Result<Command, Reason> {
    let attr = match (field, item) {
        (FieldId::Attr(attr), _) => attr,
        (_, Item::Part(part)) => return of_the_part(design, part.clone(), field, input),
        (_, Item::Link(_)) => return no("A link has no such field."),
    };
    let held = settings::of(design, item).and_then(|attrs| attrs.get(&attr));
    let value = match (attr.shape(), input) {
        (Shape::Bool, Input::Toggle(is_on)) => is_on.then_some(Value::Bool(true)),
        (Shape::Text, Input::Text(text)) => match text.is_empty() {
            true => None,
            // It would look like a value and be none.
            false if is_blank(&text) => return no("There is no letter in it. Type a word, or empty the field."),
            false => Some(Value::Text(text)),
        },
        (Shape::Cidr, Input::Text(text)) => match text.trim() {
            "" => None,
            text => Some(Value::Cidr(prefix(text)?)),
        },
        (Shape::Part, Input::Text(id)) => match id.as_str() {
            "" => None,
            id => Some(Value::Part(id.into())),
        },
        (Shape::Parts, Input::Tick(id, is_on)) => {
            let mut ids = held.map(references).unwrap_or_default();
            match is_on {
                true => drop(ids.insert(id.as_str().into())),
                false => drop(ids.remove(id.as_str())),
            }
            Some(Value::Parts(ids))
        }
        (Shape::Routes, input) => {
            let mut rows = match held {
                Some(Value::Routes(rows)) => rows.clone(),
                _ => Vec::new(),
            };
            change_rows(&mut rows, input)?;
            Some(Value::Routes(rows))
        }
        _ => return no([attr.label(), " takes another kind of value."].concat()),
    };
    Ok(Command::SetAttr {
        of: item.clone(),
        attr,
        value,
    })
}

fn of_the_part(design: &Design, part: PartId, field: FieldId, input: Input) -> Result<Command, Reason> {
    let Input::Text(text) = input else {
        return no("This field takes a text.");
    };
    Ok(match field {
        FieldId::Name => Command::Rename { part, name: text },
        FieldId::Role => Command::SetRole {
            part,
            role: (!text.is_empty()).then(|| text.as_str().into()),
        },
        FieldId::Inside => {
            let parent = (!text.is_empty()).then(|| PartId::from(text.as_str()));
            let here = design.parts.get(&part).filter(|here| here.parent == parent);
            Command::Move {
                at: here.map_or(Cell::new(PADDING, TITLE), |here| here.at),
                parts: vec![part],
                parent,
            }
        }
        FieldId::LinkTo => Command::Connect {
            from: part,
            to: text.as_str().into(),
        },
        FieldId::Attr(_) | FieldId::Used(_) => return no("This field takes another value."),
    })
}

fn change_rows(rows: &mut Vec<Route>, input: Input) -> Result<(), Reason> {
    let place = match &input {
        Input::RoutePrefix(place, _) | Input::RouteTarget(place, _) | Input::RemoveRoute(place) => *place,
        Input::AddRoute(text, target) => {
            rows.push(Route {
                prefix: prefix(text)?,
                via: via(target)?,
            });
            return Ok(());
        }
        Input::Text(_) | Input::Tick(..) | Input::Toggle(_) => return no("A route table takes rows."),
    };
    let Some(row) = rows.get_mut(place) else {
        return no("That row is not there any more.");
    };
    match &input {
        Input::RoutePrefix(_, text) => row.prefix = prefix(text)?,
        Input::RouteTarget(_, target) => row.via = via(target)?,
        _ => drop(rows.remove(place)),
    }
    Ok(())
}

fn via(target: &str) -> Result<Via, Reason> {
    match target {
        "" => no("Choose a target: where the route leads."),
        DROP => Ok(Via::Drop),
        id => Ok(Via::Part(id.into())),
    }
}

/// Reads a prefix, or says how one is written. Bits behind the length are cleared when it is set.
fn prefix(text: &str) -> Result<IpNet, Reason> {
    let text = text.trim();
    if let Ok(net) = text.parse::<IpNet>() {
        return Ok(net);
    }
    let shown = cut(text, 50);
    if text.is_empty() {
        return no("Type a prefix, like 10.0.0.0/16.");
    }
    let longest = if text.contains(':') { "128" } else { "32" };
    let (address, length) = text.split_once('/').unwrap_or((text, ""));
    let says = match address.parse::<IpAddr>() {
        Err(_) => [shown, " is not a prefix. Write it like 10.0.0.0/16."].concat(),
        Ok(_) if address.len() == text.len() => {
            [shown, " is an address. Add its length, like ", shown, "/", longest, "."].concat()
        }
        Ok(_) => [
            "/",
            cut(length, 10),
            " is no length. It is a number from 0 to ",
            longest,
            ".",
        ]
        .concat(),
    };
    no(says)
}
