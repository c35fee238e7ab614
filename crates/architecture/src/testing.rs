//! Designs for tests, in a short notation, here and in other crates' tests.
//!
//! One line a part or a link: `vnet prod in eu cidr=10.1.0.0/16`, `hub-prod: prod - hub subnets=a,b associate=t`,
//! `route t 0.0.0.0/0 hub`, `drop t 10.0.0.0/8`.

use crate::sorted::BTreeSet;

use crate::design::{Attr, Design, Kind, Link, LinkKind, Part, PartId, Route, Size, Value, Via};

/// Reads the notation. For tests only: panics, naming the line, on what it cannot read.
///
/// # Panics
/// On a line that is not of the notation.
#[must_use]
pub fn design(text: &str) -> Design {
    let mut design = Design::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(read(&mut design, line).is_some(), "not a line of the notation: {line}");
    }
    design
}

/// Changes a design by more lines; `- id` takes a part with all inside it, or a link, away.
///
/// # Panics
/// On a line that is not of the notation.
#[must_use]
pub fn with(design: &Design, text: &str) -> Design {
    let mut design = design.clone();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(read(&mut design, line).is_some(), "not a line of the notation: {line}");
    }
    design
}

fn read(design: &mut Design, line: &str) -> Option<()> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["-", id] => {
            if design.links.remove(*id).is_none() {
                for inside in design.subtree(&PartId::from(*id)) {
                    design.parts.remove(&inside)?;
                    design.links.retain(|_, link| link.other(&inside).is_none());
                }
            }
        }
        ["route", table, prefix, via] => {
            add_row(
                design,
                table,
                Route {
                    prefix: prefix.parse().ok()?,
                    via: Via::Part((*via).into()),
                },
            )?;
        }
        ["drop", table, prefix] => add_row(
            design,
            table,
            Route {
                prefix: prefix.parse().ok()?,
                via: Via::Drop,
            },
        )?,
        ["set", id, settings @ ..] => {
            let attrs = match design.parts.get_mut(*id) {
                Some(part) => &mut part.attrs,
                None => &mut design.links.get_mut(*id)?.attrs,
            };
            for setting in settings {
                let (attr, value) = read_setting(setting)?;
                attrs.insert(attr, value);
            }
        }
        [kind, id, "in", parent, settings @ ..] => add_part(design, kind, id, Some((*parent).into()), settings)?,
        [id, from, "-", to, settings @ ..] if id.ends_with(':') => {
            let mut link = Link::new(LinkKind::Route, (*from).into(), (*to).into());
            for setting in settings {
                let (attr, value) = read_setting(setting)?;
                link.attrs.insert(attr, value);
            }
            design.links.insert(id.trim_end_matches(':').into(), link);
        }
        [kind, id, settings @ ..] => add_part(design, kind, id, None, settings)?,
        _ => return None,
    }
    Some(())
}

fn add_part(design: &mut Design, kind: &str, id: &str, parent: Option<PartId>, settings: &[&str]) -> Option<()> {
    let kind = Kind::read(kind)?;
    let mut part = Part::new(kind, parent, id);
    part.size = kind.is_container().then_some(Size { w: 24, h: 13 });
    for setting in settings {
        if let Some(role) = setting.strip_prefix('@') {
            part.role = Some(role.into());
        } else if let Some(name) = setting.strip_prefix("name=") {
            part.name = name.replace('_', " ");
        } else {
            let (attr, value) = read_setting(setting)?;
            part.attrs.insert(attr, value);
        }
    }
    design.parts.insert(id.into(), part);
    Some(())
}

fn add_row(design: &mut Design, table: &str, route: Route) -> Option<()> {
    let attrs = &mut design.parts.get_mut(table)?.attrs;
    match attrs.entry(Attr::Entries).or_insert_with(|| Value::Routes(Vec::new())) {
        Value::Routes(routes) => routes.push(route),
        _ => return None,
    }
    Some(())
}

fn read_setting(setting: &str) -> Option<(Attr, Value)> {
    let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
    let list = || -> BTreeSet<PartId> { value.split(',').filter(|id| !id.is_empty()).map(PartId::from).collect() };
    Some(match name {
        "cidr" => (Attr::Cidr, Value::Cidr(value.parse().ok()?)),
        "table" => (Attr::Table, Value::Part(value.into())),
        "domain" => (Attr::Domain, Value::Text(value.to_owned())),
        "subnets" => (Attr::Subnets, Value::Parts(list())),
        "associate" => (Attr::Associate, Value::Part(value.into())),
        "propagate" => (Attr::Propagate, Value::Parts(list())),
        "appliance" => (Attr::Appliance, Value::Bool(value != "off")),
        _ => return None,
    })
}
