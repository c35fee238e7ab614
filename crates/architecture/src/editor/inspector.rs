use core::net::IpAddr;

use ipnet::IpNet;

use super::announce::in_order;
use super::apply::no;
use super::search::ends;
use super::upkeep::references;
use super::{Command, Item, Limits, settings};
use crate::catalogue::{Owner, Reason, allow_move, candidates, link_settings, part_settings, takes_drop};
use crate::design::{
    Attr, Attrs, Cell, Design, Kind, Link, LinkId, PADDING, Part, PartId, RoleId, Route, Shape, TITLE, Value, Via,
};
use crate::network::announced;

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
    /// The rows of a route table, with a line to add one.
    Routes {
        /// The rows.
        rows: Vec<RouteRow>,
        /// Where a row may lead; [`DROP`] is nowhere.
        targets: Vec<Choice>,
    },
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
    match item {
        Item::Part(id) => design.parts.get(id).map(|part| of_part(design, limits, id, part)),
        Item::Link(id) => design.links.get(id).map(|link| of_link(design, id, link)),
    }
    .unwrap_or_default()
}

fn of_part(design: &Design, limits: &Limits, id: &PartId, part: &Part) -> Vec<Field> {
    let given = |what: &str| part.locked.then(|| format!("{} is given; {what}.", design.name(id)));
    let mut fields = vec![Field {
        id: FieldId::Name,
        label: "Name",
        control: Control::Text {
            value: part.name.clone(),
        },
        fixed: given("its name stays"),
    }];
    let homes = homes(design, id);
    if homes.len() > 1 || part.parent.is_some() {
        fields.push(Field {
            id: FieldId::Inside,
            label: "Inside",
            control: Control::Select {
                value: part.parent.as_ref().map_or_else(String::new, PartId::to_string),
                options: homes,
            },
            fixed: given("it stays where it is"),
        });
    }
    let roles: Vec<Choice> = limits
        .roles
        .iter()
        .filter(|role| role.kinds.contains(&part.kind))
        .map(|role| choice(role.id.as_str(), &role.label))
        .collect();
    if !roles.is_empty() {
        fields.push(Field {
            id: FieldId::Role,
            label: "Role",
            control: Control::Select {
                value: part.role.as_ref().map_or_else(String::new, RoleId::to_string),
                options: std::iter::once(choice("", "No role")).chain(roles).collect(),
            },
            fixed: given("its role stays"),
        });
    }
    for attr in part_settings(part.kind) {
        fields.push(Field {
            id: FieldId::Attr(*attr),
            label: attr.label(),
            control: control(design, Owner::Part(id), &part.attrs, *attr),
            fixed: given("its settings stay"),
        });
    }
    let ends: Vec<Choice> = ends(design, id)
        .into_iter()
        .filter(|(_, allowed)| allowed.is_ok())
        .map(|(other, _)| choice(other.as_str(), &in_words(design, &other)))
        .collect();
    if !ends.is_empty() {
        fields.push(Field {
            id: FieldId::LinkTo,
            label: "Link to",
            control: Control::Select {
                value: String::new(),
                options: ends,
            },
            fixed: None,
        });
    }
    fields
}

fn of_link(design: &Design, id: &LinkId, link: &Link) -> Vec<Field> {
    link_settings(design, link)
        .iter()
        .map(|attr| Field {
            id: FieldId::Attr(*attr),
            label: attr.label(),
            control: control(design, Owner::Link(id), &link.attrs, *attr),
            fixed: link.locked.then(|| "This link is given; its settings stay.".to_owned()),
        })
        .collect()
}

/// Where a part may be: where it is, and wherever it may move.
fn homes(design: &Design, id: &PartId) -> Vec<Choice> {
    let ground = allow_move(design, id, None).is_ok().then(|| choice("", "The ground"));
    let holders = in_order(design)
        .into_iter()
        .filter(|home| design.parts.get(home).is_some_and(|part| part.kind.is_container()))
        .filter(|home| allow_move(design, id, Some(home)).is_ok())
        .map(|home| choice(home.as_str(), &in_words(design, &home)));
    ground.into_iter().chain(holders).collect()
}

fn control(design: &Design, owner: Owner<'_>, attrs: &Attrs, attr: Attr) -> Control {
    let held = attrs.get(&attr);
    let mut offered = candidates(design, owner, attr);
    // What is set already is shown, even where it could not be chosen.
    for id in held.map(references).unwrap_or_default() {
        if !offered.contains(&id) {
            offered.push(id);
        }
    }
    let offered = offered.into_iter().map(|id| (in_words(design, &id), id));
    let has_drop = matches!(owner, Owner::Part(id) if takes_drop(design, id))
        || matches!(held, Some(Value::Routes(rows)) if rows.iter().any(|row| row.via == Via::Drop));
    match attr.shape() {
        Shape::Text => Control::Text {
            value: match held {
                Some(Value::Text(text)) => text.clone(),
                _ => String::new(),
            },
        },
        Shape::Cidr => Control::Text {
            value: match held {
                Some(Value::Cidr(net)) => net.to_string(),
                _ => String::new(),
            },
        },
        Shape::Bool => Control::Toggle(held == Some(&Value::Bool(true))),
        Shape::Part => Control::Select {
            value: match held {
                Some(Value::Part(id)) => id.to_string(),
                _ => String::new(),
            },
            options: std::iter::once(choice("", "None"))
                .chain(offered.map(|(label, id)| choice(id.as_str(), &label)))
                .collect(),
        },
        Shape::Parts => Control::Checks(
            offered
                .map(|(label, id)| Check {
                    is_on: matches!(held, Some(Value::Parts(ids)) if ids.contains(&id)),
                    id: id.to_string(),
                    label,
                })
                .collect(),
        ),
        Shape::Routes => Control::Routes {
            rows: rows(design, owner, held),
            targets: offered
                .map(|(label, id)| choice(id.as_str(), &label))
                .chain(has_drop.then(|| choice(DROP, "Drop (blackhole)")))
                .collect(),
        },
    }
}

/// The rows of a table: what follows from the network or from propagation, then what was written.
fn rows(design: &Design, owner: Owner<'_>, held: Option<&Value>) -> Vec<RouteRow> {
    let fixed = |prefix: IpNet, leads: String, source| RouteRow {
        place: None,
        prefix: prefix.to_string(),
        target: String::new(),
        leads,
        source,
    };
    let mut rows = Vec::new();
    if let Owner::Part(id) = owner {
        let holder = design.parts.get(id).and_then(|table| table.parent.as_ref());
        let network = holder.and_then(|holder| design.parts.get(holder));
        if let Some(network) = network.filter(|part| part.kind == Kind::Vnet)
            && let Some(net) = network.cidr()
        {
            rows.push(fixed(net, "local".to_owned(), "local"));
        }
        for link in design.links.values().filter(|link| link.propagation().contains(id)) {
            let mut links = design.links_of(&link.from).map(|(_, link)| link);
            for (_, net) in announced(design, &link.from, &mut links) {
                rows.push(fixed(net, design.name(&link.from), "propagated"));
            }
        }
    }
    if let Some(Value::Routes(written)) = held {
        rows.extend(written.iter().enumerate().map(|(place, row)| {
            let (target, leads) = match &row.via {
                Via::Part(id) => (id.to_string(), design.name(id)),
                Via::Drop => (DROP.to_owned(), "Drop (blackhole)".to_owned()),
            };
            RouteRow {
                place: Some(place),
                prefix: row.prefix.to_string(),
                target,
                leads,
                source: "static",
            }
        }));
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
            says = format!("{says}, in {}", design.name(parent));
        }
        if let Some(net) = part.cidr() {
            says = format!("{says}, {net}");
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
        (Shape::Text, Input::Text(text)) => Some(Value::Text(text)),
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
        _ => return no(format!("{} takes another kind of value.", attr.label())),
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
        FieldId::Attr(_) => return no("This field takes another value."),
    })
}

fn change_rows(rows: &mut Vec<Route>, input: Input) -> Result<(), Reason> {
    let missing = || Reason("That row is not there any more.".to_owned());
    match input {
        Input::AddRoute(text, target) => rows.push(Route {
            prefix: prefix(&text)?,
            via: via(&target)?,
        }),
        Input::RoutePrefix(place, text) => rows.get_mut(place).ok_or_else(missing)?.prefix = prefix(&text)?,
        Input::RouteTarget(place, target) => rows.get_mut(place).ok_or_else(missing)?.via = via(&target)?,
        Input::RemoveRoute(place) if place < rows.len() => drop(rows.remove(place)),
        Input::RemoveRoute(_) => return Err(missing()),
        Input::Text(_) | Input::Tick(..) | Input::Toggle(_) => return no("A route table takes rows."),
    }
    Ok(())
}

fn via(target: &str) -> Result<Via, Reason> {
    match target {
        "" => no("Choose where the route leads."),
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
    let shown: String = text.chars().take(50).collect();
    if text.is_empty() {
        return no("Type a prefix, like 10.0.0.0/16.");
    }
    let longest = if text.contains(':') { 128 } else { 32 };
    match text.split_once('/') {
        None if text.parse::<IpAddr>().is_ok() => no(format!(
            "{shown} is an address. Add its length, like {shown}/{longest}."
        )),
        Some((address, length)) if address.parse::<IpAddr>().is_ok() => {
            let length: String = length.chars().take(10).collect();
            no(format!("/{length} is no length. It is a number from 0 to {longest}."))
        }
        _ => no(format!("{shown} is not a prefix. Write it like 10.0.0.0/16.")),
    }
}
