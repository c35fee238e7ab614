use sandtable_architecture::design::{Design, PartId};
use sandtable_architecture::editor::{Mode, Search, proxy, whole};
use sandtable_architecture::panel::search_title;

use super::act::{Act, On};
use super::desk::{Desk, Panels};
use super::tree::{Tree, button, el, kept, label, nothing, t, text, words};

/// The drawing, and what lies over it: the proxy that keys and screen readers meet, the search, the words of a gesture.
pub(super) fn canvas(desk: &Desk) -> Tree {
    let is_new = desk.dirty.has(Panels::REST);
    let summary = match is_new {
        true => words("p", "said", whole(desk.design())),
        false => kept(),
    };
    let (first, second) = match desk.dirty.has(Panels::PROXY) {
        true => proxies(desk),
        false => (kept(), kept()),
    };
    let empty = match (is_new, desk.design().parts.is_empty()) {
        (true, true) => label("p", "empty", "Add your first part. Press A, or use Parts."),
        (true, false) => nothing(),
        (false, _) => kept(),
    };
    let search = match (is_new, desk.editor.mode()) {
        (true, Mode::Search(search)) => found(desk, search),
        (true, _) => nothing(),
        (false, _) => kept(),
    };
    let stage = el("div", "stage")
        .set("role", "group")
        .set("aria-label", "Canvas")
        .on(On::Key, Act::CanvasKey)
        .add(first)
        .add(second)
        .add(empty)
        .add(status(desk))
        .add(search);
    el("div", "canvas").add(summary).add(stage)
}

/// The two elements that stand for the current part. Only while the focus goes from one to the other are both there.
fn proxies(desk: &Desk) -> (Tree, Tree) {
    let parts = desk.design().parts.len();
    let name = match desk.editor.focus() {
        Some(item) => proxy(desk.design(), item, desk.state_of(item)),
        None if parts == 0 => "Empty board. Press A to add a part.".to_owned(),
        None => ["Board, ", &parts.to_string(), " parts. Arrow keys go through them."].concat(),
    };
    let (is_second, both) = desk.proxy;
    let one = |class: &'static str, is_shown: bool| {
        el("button", class)
            .set("type", "button")
            .set_if(!is_shown, "hidden", "")
            .put("aria-label", name.clone())
    };
    (
        one("proxy first", both || !is_second),
        one("proxy second", both || is_second),
    )
}

/// What the next click does, where something would land, why it cannot be done.
fn status(desk: &Desk) -> Tree {
    let Some((says, is_refusal)) = &desk.status else {
        return nothing();
    };
    let (class, cancel) = match is_refusal {
        true => ("stage-status refused", "Close"),
        false => ("stage-status", "Cancel"),
    };
    el("div", class)
        .add(words("span", "", says.clone()))
        .add(button("button small", Act::Cancel).add(t(cancel)))
}

/// A list that typing narrows: kinds to place, parts to link to, containers to move into.
fn found(desk: &Desk, search: &Search) -> Tree {
    let title = search_title(desk.design(), search);
    let mut field = el("input", "")
        .set("type", "text")
        .set("role", "combobox")
        .set("aria-expanded", "true")
        .set("aria-controls", "hits")
        .set("aria-autocomplete", "list")
        .set("autocomplete", "off")
        .put("aria-label", title.clone())
        .put("placeholder", title.clone())
        .value(search.typed.clone())
        .on(On::Input, Act::Search);
    if !search.hits.is_empty() {
        field = field.put("aria-activedescendant", hit(search.at));
    }
    let close = button("button small", Act::EndSearch).add(t("Cancel"));
    let field = el("div", "search-field").add(field).add(close);
    // Another search is another field.
    el("div", "search").key(title).add(field).add(hits(desk, search))
}

fn hit(place: usize) -> String {
    ["hit-", &place.to_string()].concat()
}

fn hits(desk: &Desk, search: &Search) -> Tree {
    if search.hits.is_empty() {
        return label("p", "hint-text", "Nothing fits.");
    }
    let mut list = el("ul", "")
        .set("role", "listbox")
        .set("id", "hits")
        .set("aria-label", "Choices");
    for (place, found) in search.hits.iter().enumerate() {
        let is_marked = place == search.at;
        let mut line = el("li", "")
            .set("role", "option")
            .put("id", hit(place))
            .put_bool("aria-selected", is_marked)
            .set_if(found.refused.is_some(), "aria-disabled", "true")
            .on(On::Click, Act::Take(place))
            .add(words("span", "", found.label.clone()));
        if let (true, Some(home)) = (is_marked, search.aim()) {
            let home = match home {
                Some(id) => container(desk.design(), id),
                None => "the ground".to_owned(),
            };
            let more = if search.homes.len() > 1 {
                ". Tab: another place"
            } else {
                ""
            };
            line = line.add(words("span", "hint-text", ["into ", &home, more].concat()));
        }
        if let Some(reason) = &found.refused {
            line = line.add(el("span", "hint-text").add(text(reason.clone())));
        }
        list = list.add(line);
    }
    list
}

/// A container with what it is in: zones have the same name in every network.
fn container(design: &Design, id: &PartId) -> String {
    let parent = design.parts.get(id).and_then(|part| part.parent.as_ref());
    match parent {
        Some(parent) => [&design.name(id), " in ", &design.name(parent)].concat(),
        None => design.name(id),
    }
}
