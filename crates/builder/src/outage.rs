use sandtable_architecture::editor::Action;
use sandtable_architecture::panel::{Cell, Outage, Standing, breaks};
use sandtable_architecture::rules::Flow;

use super::act::{Act, On};
use super::desk::Desk;
use super::shape::{Shape, mark};
use super::tree::{Tree, button, el, label, nothing, t, text, words};
use super::{panel, show};

/// Break it: a zone or an attachment goes, and one sees which flows still arrive, hop by hop, and why the others stop.
pub(super) fn outage(desk: &Desk) -> Tree {
    let outage = &desk.outage;
    let is_broken = outage.broken.is_some();
    let shape = if is_broken { mark(Shape::Fault) } else { nothing() };
    let says = el("p", "outage-says")
        .set_if(is_broken, "data-broken", "")
        .add(shape)
        .add(words("span", "", outage.says()));
    let hops = match desk.cell {
        Some((row, column)) => hops(desk, row, column),
        None => nothing(),
    };
    panel("outage", "Break it")
        .add(choices(desk, is_broken))
        .add(says)
        .add(table(outage, desk.cell))
        .add(hops)
}

fn choices(desk: &Desk, is_broken: bool) -> Tree {
    let choices = breaks(desk.design(), desk.task());
    let Some(chosen) = desk.chosen_of(&choices) else {
        return label(
            "p",
            "hint-text",
            "There is nothing to break yet: zones and attachments come here.",
        );
    };
    let mut list = el("select", "")
        .set("aria-label", "What to break")
        .value(chosen.id.clone())
        .on(On::Change, Act::ChooseBreak);
    for choice in choices {
        list = list.add(words("option", "", choice.label).put("value", choice.id));
    }
    let break_it = button("button", Act::Break)
        .set("title", Action::BreakIt.record().keys)
        .add(t("Break it"));
    let row = el("div", "break-row").add(list).add(break_it);
    match is_broken {
        true => row.add(button("button", Act::Mend).add(t("Mend it"))),
        false => row,
    }
}

/// Who reaches whom: a row a source, a column a destination.
fn table(outage: &Outage, open: Option<(usize, usize)>) -> Tree {
    let (names, rows) = outage.segments();
    if rows == 0 {
        return label("p", "hint-text", "Give subnets a role to see who reaches whom.");
    }
    let mut heads = el("tr", "").add(label("th", "", "From, to").set("scope", "col"));
    for name in &names {
        heads = heads.add(words("th", "", (*name).to_owned()).set("scope", "col"));
    }
    let mut body = el("tbody", "");
    for (row, from) in names.iter().enumerate().take(rows) {
        let mut line = el("tr", "").add(words("th", "", (*from).to_owned()).set("scope", "row"));
        for (column, to) in names.iter().enumerate() {
            let cell = outage.cell(row, column);
            let is_open = open == Some((row, column));
            line = line.add(el("td", "").add(flow(&cell, from, to, is_open, Act::Cell(row, column))));
        }
        body = body.add(line);
    }
    let caption = match outage.broken {
        None => {
            "Flows that arrive, there and back, of all there are, and what is asked for. Open a cell to see the way."
        }
        Some(_) => "Flows that arrive of those whose ends are left, and what is asked for. Open a cell to see the way.",
    };
    let table = el("table", "flows")
        .add(label("caption", "", caption))
        .add(el("thead", "").add(heads))
        .add(body);
    el("div", "scroll").add(table)
}

fn flow(cell: &Cell, from: &str, to: &str, is_open: bool, act: Act) -> Tree {
    if cell.of + cell.gone == 0 {
        return label("span", "hint-text", "\u{2013}");
    }
    let share = [cell.works.to_string(), "/".to_owned(), cell.of.to_string()].concat();
    let word = match cell.standing {
        Standing::Lost => [&cell.lost.to_string(), " lost"].concat(),
        other => other.word().to_owned(),
    };
    let word = match cell.gone {
        0 => word,
        gone => [&word, ", ", &gone.to_string(), " gone"].concat(),
    };
    let ends = [": from ", from, " to ", to].concat();
    button("flow", act)
        .set("data-flow", cell.standing.as_str())
        .put_bool("aria-expanded", is_open)
        .add(el("span", "flow-share").add(shape(cell)).add(text(share)))
        .add(t(" "))
        .add(words("span", "flow-word", word))
        .add(words("span", "said", ends))
}

fn shape(cell: &Cell) -> Tree {
    match cell.standing {
        Standing::Fine | Standing::Apart => mark(Shape::Right),
        Standing::Missing if cell.works > 0 => mark(Shape::Partial),
        other => one(other),
    }
}

fn one(standing: Standing) -> Tree {
    match standing {
        Standing::Forbidden | Standing::Around | Standing::Missing => mark(Shape::Wrong),
        Standing::Fine | Standing::Apart => mark(Shape::Right),
        Standing::Unproven => mark(Shape::NotReached),
        Standing::Lost => mark(Shape::Fault),
        Standing::Free | Standing::Gone => nothing(),
    }
}

/// The flows of a cell by how it is with them, hop by hop where there is a way.
fn hops(desk: &Desk, row: usize, column: usize) -> Tree {
    /// More of one sort say no more.
    const MOST: usize = 4;
    let mut all = el("div", "flow-ways");
    for told in desk.outage.flows(row, column) {
        let number = told.flows.len().to_string();
        let title = [told.title, ": ", &number].concat();
        all = all.add(el("h3", "").add(one(told.standing)).add(text(title)));
        if told.standing == Standing::Gone {
            let mut list = el("ul", "gone");
            for flow in &told.flows {
                list = list.add(words("li", "", desk.outage.line(desk.design(), flow)));
            }
            all = all.add(list);
            continue;
        }
        for flow in told.flows.iter().take(MOST) {
            all = all.add(way(desk, flow));
        }
        if let Some(more @ 1..) = told.flows.len().checked_sub(MOST) {
            let more = ["And ", &more.to_string(), " more like these."].concat();
            all = all.add(words("p", "hint-text", more));
        }
    }
    all
}

/// A flow, and where the reason lies when it does not arrive.
fn way(desk: &Desk, flow: &Flow) -> Tree {
    let (steps, cause) = desk.outage.steps(desk.design(), flow);
    let mut title = el("div", "flow-title").add(words("h4", "", desk.outage.line(desk.design(), flow)));
    if let Some(cause) = cause.filter(|cause| desk.is_there(&cause.at)) {
        let why = steps.last().and_then(|(_, lines)| lines.last()).cloned();
        title = title.add(show(desk, cause, why.unwrap_or_default()));
    }
    let mut way = el("div", "flow-way").add(title);
    for (title, lines) in steps {
        let mut hops = el("ol", "hops");
        for line in lines {
            hops = hops.add(words("li", "", line));
        }
        way = way.add(label("p", "way", title)).add(hops);
    }
    way
}
