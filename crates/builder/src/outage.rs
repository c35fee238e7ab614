use sandtable_architecture::editor::Action;
use sandtable_architecture::network;
use sandtable_architecture::panel::{Cell, Outage, breaks};

use super::act::{Act, On};
use super::desk::Desk;
use super::panel;
use super::shape::{Shape, mark};
use super::tree::{Tree, button, el, label, nothing, t, text, words};

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
    let groups = &outage.whole.groups;
    if outage.whole.cells.is_empty() {
        return label("p", "hint-text", "Give subnets a role to see who reaches whom.");
    }
    let mut heads = el("tr", "").add(label("th", "", "From, to").set("scope", "col"));
    for group in groups {
        heads = heads.add(words("th", "", group.label.clone()).set("scope", "col"));
    }
    let mut body = el("tbody", "");
    for (row, from) in groups.iter().enumerate().take(outage.whole.cells.len()) {
        let mut line = el("tr", "").add(words("th", "", from.label.clone()).set("scope", "row"));
        for (column, to) in groups.iter().enumerate() {
            let cell = outage.cell(row, column);
            let is_open = open == Some((row, column));
            let shown = flow(&cell, &from.label, &to.label, is_open, Act::Cell(row, column));
            line = line.add(el("td", "").add(shown));
        }
        body = body.add(line);
    }
    let caption = "Flows that arrive, there and back. Open a cell to see the way.";
    let table = el("table", "flows")
        .add(label("caption", "", caption))
        .add(el("thead", "").add(heads))
        .add(body);
    el("div", "scroll").add(table)
}

fn flow(cell: &Cell, from: &str, to: &str, is_open: bool, act: Act) -> Tree {
    if cell.of == 0 {
        return label("span", "hint-text", "\u{2013}");
    }
    let (state, shape) = match (cell.works, cell.before) {
        (works, before) if works < before => ("lost", Shape::Fault),
        (0, _) => ("none", Shape::NotReached),
        (works, _) if works == cell.of => ("all", Shape::Right),
        _ => ("some", Shape::Partial),
    };
    let share = [cell.works.to_string(), "/".to_owned(), cell.of.to_string()].concat();
    let mut says = [&share, " from ", from, " to ", to, " arrive"].concat();
    if state == "lost" {
        says = [&says, ", ", &cell.before.to_string(), " before"].concat();
    }
    button("flow", act)
        .set("data-flow", state)
        .put("aria-label", says)
        .put_bool("aria-expanded", is_open)
        .add(mark(shape))
        .add(text(share))
}

/// The flows of a cell, hop by hop, what fails first.
fn hops(desk: &Desk, row: usize, column: usize) -> Tree {
    /// More say no more.
    const MOST: usize = 6;
    let name = |place: &network::Place| match place {
        network::Place::Part(id) => desk.design().name(id),
        network::Place::Internet => "the internet".to_owned(),
    };
    let flows = desk.outage.flows(row, column);
    if flows.is_empty() {
        return label("p", "hint-text", "Nothing of it is left.");
    }
    let mut all = el("div", "flow-ways");
    for flow in flows.iter().take(MOST) {
        let (shape, word) = match flow.works() {
            true => (Shape::Right, " arrives"),
            false => (Shape::Wrong, " does not arrive"),
        };
        let title = [&name(&flow.from), " to ", &name(&flow.to), word].concat();
        let mut way = el("div", "flow-way").add(el("h3", "").add(mark(shape)).add(text(title)));
        for (title, lines) in desk.outage.steps(desk.design(), flow) {
            let mut hops = el("ol", "hops");
            for line in lines {
                hops = hops.add(words("li", "", line));
            }
            way = way.add(words("p", "way", title)).add(hops);
        }
        all = all.add(way);
    }
    if flows.len() > MOST {
        let more = ["And ", &(flows.len() - MOST).to_string(), " more like these."].concat();
        all = all.add(words("p", "hint-text", more));
    }
    all
}
