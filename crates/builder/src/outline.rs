use sandtable_architecture::editor::{Column, Item, Place, Row};

use super::act::{Act, On};
use super::desk::Desk;
use super::tree::{Tree, button, el, kept, label, nothing, t, text, words};

/// How many rows are on the page at most: as many before and after the current one.
const WINDOW: usize = 300;

/// The design as a treegrid: the same commands, by rows. While it is not shown it stays as it was.
pub(super) fn outline(desk: &Desk) -> Tree {
    let find = el("input", "")
        .set("type", "search")
        .set("placeholder", "Find in the outline")
        .set("aria-label", "Find in the outline")
        .value(desk.outline.filter.text.clone())
        .on(On::Input, Act::FindRow);
    let failing = el("input", "")
        .set("type", "checkbox")
        .tick(desk.outline.filter.failing)
        .on(On::Change, Act::OnlyFailing);
    let failing = el("label", "tick")
        .add(failing)
        .add(label("span", "", "Only what fails"));
    let filters = el("div", "filters").add(find).add(failing);
    let table = match desk.in_outline() {
        true => treegrid(desk),
        false => kept(),
    };
    el("section", "outline")
        .set("aria-label", "Outline")
        .add(filters)
        .add(el("div", "scroll").add(table))
}

fn treegrid(desk: &Desk) -> Tree {
    let rows = desk.outline.rows(desk.design(), desk.editor.states());
    if rows.is_empty() {
        let says = match desk.design().parts.is_empty() {
            true => "Add your first part. Press A, or use Parts.",
            false => "Nothing fits.",
        };
        // It has the focus where rows would: A works here too.
        return el("div", "empty-outline")
            .set("tabindex", "0")
            .set("role", "group")
            .set("aria-label", says)
            .on(On::Key, Act::OutlineKey)
            .add(label("p", "", says));
    }
    let at = desk.outline.at.as_ref();
    let current = at
        .and_then(|at| rows.iter().position(|row| row.place == *at))
        .unwrap_or(0);
    let from = current.saturating_sub(WINDOW);
    let to = (current + WINDOW).min(rows.len());
    let mut head = el("tr", "").set("role", "row");
    for name in ["Part", "Kind", "Links", "State", "Actions"] {
        let cell = el("th", "").set("role", "columnheader").set("scope", "col");
        head = head.add(cell.add(t(name)));
    }
    let mut body = el("tbody", "");
    for (place, row) in rows.iter().enumerate().take(to).skip(from) {
        let is_current = place == current;
        let column = desk.outline.column.filter(|_| is_current);
        body = body.add(line(desk, row, place, is_current, column));
    }
    el("table", "")
        .set("role", "treegrid")
        .set("aria-label", "Design")
        .put("aria-rowcount", (rows.len() + 1).to_string())
        .on(On::Key, Act::OutlineKey)
        .add(el("thead", "").add(head))
        .add(body)
}

fn stop(node: Tree, is_stop: bool) -> Tree {
    node.set("tabindex", if is_stop { "0" } else { "-1" })
}

fn line(desk: &Desk, row: &Row, place: usize, is_current: bool, column: Option<Column>) -> Tree {
    let item = &row.place.item;
    let mut tr = el("tr", "")
        .set("role", "row")
        .put("aria-level", row.level.to_string())
        .put("aria-posinset", row.posinset.to_string())
        .put("aria-setsize", row.setsize.to_string())
        .put("aria-rowindex", (place + 2).to_string())
        .put("data-level", row.level.min(9).to_string())
        .on(On::Click, Act::Row(row.place.clone()));
    let menu = desk.outline.menu.filter(|_| is_current);
    tr = stop(tr, is_current && column.is_none() && menu.is_none());
    if row.has_children {
        tr = tr.put_bool("aria-expanded", row.is_open);
    }
    tr = tr.set_if(desk.editor.focus() == Some(item), "aria-selected", "true");
    let is_link = matches!(item, Item::Link(_));
    let mut name = el("td", if is_link { "row-name row-link" } else { "row-name" }).set("role", "gridcell");
    name = stop(name, column == Some(Column::Name));
    if row.has_children {
        let twist = if row.is_open { "\u{25be} " } else { "\u{25b8} " };
        name = name.add(el("span", "").set("aria-hidden", "true").add(t(twist)));
    }
    tr = tr.add(name.add(text(row.name.clone())));
    for (which, says) in [
        (Column::Kind, &row.kind),
        (Column::Links, &row.links),
        (Column::State, &row.state),
    ] {
        let cell = words("td", "", says.clone()).set("role", "gridcell");
        tr = tr.add(stop(cell, column == Some(which)));
    }
    tr.add(actions(desk, &row.place, &row.name, is_current, menu))
}

/// Everything that can be done with a row, behind a button. Tab comes to that of the current row alone: past the others it
/// would be a long way out. While the menu is open, its current line is the one stop.
fn actions(desk: &Desk, place: &Place, name: &str, is_current: bool, menu: Option<usize>) -> Tree {
    let label = ["Actions for ", name].concat();
    let open = stop(
        button("button small row-menu", Act::Menu(place.clone())),
        is_current && menu.is_none(),
    )
    .put("aria-label", label.clone())
    .set("aria-haspopup", "menu")
    .put_bool("aria-expanded", menu.is_some())
    .add(t("Actions"));
    let mut list = nothing();
    if let Some(current) = menu {
        list = el("div", "menu").set("role", "menu").put("aria-label", label);
        for (line, action) in desk.editor.offers(&place.item).into_iter().enumerate() {
            let does = button("", Act::MenuLine(line)).set("role", "menuitem");
            list = list.add(stop(does, line == current).add(t(action.record().name)));
        }
    }
    el("td", "row-actions")
        .set("role", "gridcell")
        .on(On::Leave, Act::LeaveMenu)
        .add(open)
        .add(list)
}
