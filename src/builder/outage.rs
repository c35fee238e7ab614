use leptos::prelude::*;
use sandtable_architecture::editor::Action;
use sandtable_architecture::panel::{Cell, Outage, breaks};

use super::derived::Derived;
use super::desk::{Desk, It};
use super::panel;
use super::shape::{Shape, mark};
use crate::dom::{Node, all, el, live, live_if, live_set, live_text, nothing, on_choice, on_click, property, set, t};

/// Break it: a zone or an attachment goes, and one sees which flows still arrive, hop by hop, and why the others stop.
pub(super) fn outage(desk: Desk) -> Node {
    let choices = desk.memo(|it: &It| breaks(it.design(), it.task()));
    let chosen = RwSignal::new(String::new());
    let broken = desk.memo(|it: &It| it.outage.broken.clone());
    // What is chosen may have gone.
    let current = Derived::new(move || {
        let chosen = chosen.get();
        choices.with(|choices| {
            let found = choices.iter().find(|choice| choice.id == chosen).or(choices.first());
            found.cloned()
        })
    });
    let select = live(move || {
        let options = choices.get().into_iter().map(|choice| {
            let id = choice.id.clone();
            let is_chosen = property("selected", move || {
                current.with(|now| now.as_ref().is_some_and(|now| now.id == id))
            });
            el(
                "option",
                vec![set("value", &choice.id), is_chosen],
                vec![t(&choice.label)],
            )
        });
        let options: Vec<Node> = options.collect();
        if options.is_empty() {
            let says = "There is nothing to break yet: zones and attachments come here.";
            return el("p", vec![set("class", "hint-text")], vec![t(says)]);
        }
        let choose = on_choice(move |id| chosen.set(id));
        let list = el("select", vec![set("aria-label", "What to break"), choose], options);
        let act = on_click(move || desk.break_it(current.get_untracked()));
        let break_it = el(
            "button",
            vec![
                set("type", "button"),
                set("class", "button"),
                set("title", Action::BreakIt.record().keys),
                act,
            ],
            vec![t("Break it")],
        );
        let mend = live_if(move || {
            let mend = || {
                crate::dom::button("button", "Mend it", move || {
                    desk.break_it(None);
                    crate::browser::focus::later(".outage select");
                })
            };
            broken.with(Option::is_some).then(mend)
        });
        el("div", vec![set("class", "break-row")], vec![list, break_it, mend])
    });
    let found = desk.memo(|it: &It| it.outage.clone());
    let says = el(
        "p",
        vec![
            set("class", "outage-says"),
            live_set("data-broken", move || broken.with(Option::is_some).then(String::new)),
        ],
        vec![
            live_if(move || broken.with(Option::is_some).then(|| mark(Shape::Fault))),
            el("span", vec![], vec![live_text(move || found.with(Outage::says))]),
        ],
    );
    let open = RwSignal::new(None::<(usize, usize)>);
    let table = live(move || found.with(|found| table(found, open)));
    let hops = live(move || {
        let Some((row, column)) = open.get() else {
            return nothing();
        };
        found.with(|found| hops(desk, found, row, column))
    });
    panel("outage", "Break it", vec![select, says, table, hops])
}

/// Who reaches whom: a row a source, a column a destination.
fn table(outage: &Outage, open: RwSignal<Option<(usize, usize)>>) -> Node {
    let groups = &outage.whole.groups;
    if outage.whole.cells.is_empty() {
        let says = "Give subnets a role to see who reaches whom.";
        return el("p", vec![set("class", "hint-text")], vec![t(says)]);
    }
    let mut heads = vec![el("th", vec![set("scope", "col")], vec![t("From, to")])];
    heads.extend(
        groups
            .iter()
            .map(|group| el("th", vec![set("scope", "col")], vec![t(&group.label)])),
    );
    let rows = outage.whole.cells.iter().enumerate().map(|(row, cells)| {
        let from = groups.get(row).map(|group| group.label.clone()).unwrap_or_default();
        let mut line = vec![el("th", vec![set("scope", "row")], vec![t(&from)])];
        line.extend((0..cells.len()).map(|column| {
            let cell = outage.cell(row, column);
            let to = groups.get(column).map(|group| group.label.clone()).unwrap_or_default();
            el("td", vec![], vec![cell_button(&cell, &from, &to, open, (row, column))])
        }));
        el("tr", vec![], line)
    });
    let table = el(
        "table",
        vec![set("class", "flows")],
        vec![
            el(
                "caption",
                vec![],
                vec![t("Flows that arrive, there and back. Open a cell to see the way.")],
            ),
            el("thead", vec![], vec![el("tr", vec![], heads)]),
            el("tbody", vec![], rows.collect()),
        ],
    );
    el("div", vec![set("class", "scroll")], vec![table])
}

fn cell_button(cell: &Cell, from: &str, to: &str, open: RwSignal<Option<(usize, usize)>>, at: (usize, usize)) -> Node {
    if cell.of == 0 {
        return el("span", vec![set("class", "hint-text")], vec![t("\u{2013}")]);
    }
    let state = match (cell.works, cell.before) {
        (works, before) if works < before => "lost",
        (0, _) => "none",
        (works, _) if works == cell.of => "all",
        _ => "some",
    };
    let words = format!("{}/{} from {from} to {to} arrive", cell.works, cell.of);
    let words = match state {
        "lost" => format!("{words}, {} before", cell.before),
        _ => words,
    };
    let shape = match state {
        "lost" => Shape::Fault,
        "all" => Shape::Right,
        "some" => Shape::Partial,
        _ => Shape::NotReached,
    };
    let attributes = vec![
        set("type", "button"),
        set("class", "flow"),
        set("data-flow", state),
        set("aria-label", &words),
        live_set("aria-expanded", move || Some((open.get() == Some(at)).to_string())),
        on_click(move || open.update(|open| *open = if *open == Some(at) { None } else { Some(at) })),
    ];
    el(
        "button",
        attributes,
        vec![mark(shape), t(&format!("{}/{}", cell.works, cell.of))],
    )
}

/// The flows of a cell, hop by hop, what fails first.
fn hops(desk: Desk, outage: &Outage, row: usize, column: usize) -> Node {
    /// More say no more.
    const MOST: usize = 6;
    let name = |place: &sandtable_architecture::network::Place| match place {
        sandtable_architecture::network::Place::Part(id) => desk.peek(|it| it.design().name(id)),
        sandtable_architecture::network::Place::Internet => "the internet".to_owned(),
    };
    let flows = outage.flows(row, column);
    if flows.is_empty() {
        return el("p", vec![set("class", "hint-text")], vec![t("Nothing of it is left.")]);
    }
    let drawn = flows.iter().take(MOST).map(|flow| {
        let (shape, word) = match flow.works() {
            true => (Shape::Right, "arrives"),
            false => (Shape::Wrong, "does not arrive"),
        };
        let title = format!("{} to {} {word}", name(&flow.from), name(&flow.to));
        let mut children = vec![el("h3", vec![], vec![mark(shape), t(&title)])];
        for (title, lines) in desk.peek(|it| outage.steps(it.design(), flow)) {
            children.push(el("p", vec![set("class", "way")], vec![t(&title)]));
            let lines = lines.iter().map(|line| el("li", vec![], vec![t(line)])).collect();
            children.push(el("ol", vec![set("class", "hops")], lines));
        }
        el("div", vec![set("class", "flow-way")], children)
    });
    all(drawn.collect())
}
