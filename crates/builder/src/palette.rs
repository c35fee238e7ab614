use sandtable_architecture::design::Kind;
use sandtable_architecture::network::Cause;
use sandtable_architecture::panel::{Stage, item, palette as groups};

use super::act::{Act, On};
use super::desk::Desk;
use super::tree::{Tree, button, el, label, t, words};
use super::{panel, show};

/// The parts that may be placed: by a click and a click, by dragging, by the keyboard.
pub(super) fn palette(desk: &Desk) -> Tree {
    if desk.stage == Stage::Worked {
        return notes(desk);
    }
    let find = el("input", "")
        .set("type", "search")
        .set("placeholder", "Find a part")
        .set("aria-label", "Find a part")
        .on(On::Input, Act::FindPart);
    let found = groups(desk.editor.limits(), desk.design().flavour, &desk.wanted);
    let mut list = el("div", "");
    if found.is_empty() {
        list = label("p", "hint-text", "Nothing fits.");
    }
    for group in found {
        let rows = group.kinds.into_iter().map(|(kind, name)| row(kind, name)).collect();
        let kinds = el("div", "kinds").add(label("h3", "", group.label));
        list = list.add(kinds.add(el("ul", "").all(rows)));
    }
    panel("parts", "Parts")
        .key("parts".to_owned())
        .add(find)
        .add(list)
        .add(files())
}

/// The design as a file, out and in.
fn files() -> Tree {
    let save = button("button small", Act::SaveFile).add(t("Save a file"));
    let open = button("button small", Act::ChooseFile).add(t("Open a file"));
    let field = el("input", "")
        .set("type", "file")
        .set("accept", ".json,application/json")
        .set("hidden", "")
        .on(On::Change, Act::OpenFile);
    el("div", "files")
        .add(label("h3", "", "Your design"))
        .add(save)
        .add(open)
        .add(field)
}

fn row(kind: Kind, name: &'static str) -> Tree {
    // Where the parts are a narrow rail, their names are seen by pointing at them.
    let add = button("button small", Act::Add(kind))
        .put("aria-label", ["Add ", name].concat())
        .set("title", name);
    el("li", "kind")
        .on(On::Pointer, Act::Pull(kind))
        .add(glyph(kind))
        .add(label("span", "kind-name", name))
        .add(add.add(t("Add")))
}

/// The picture of a kind, as the drawing has it.
pub(super) fn glyph(kind: Kind) -> Tree {
    let glyph = sandtable_architecture::geometry::glyph(kind);
    let drawn = [
        r##"<svg viewBox="0 0 24 24"><use href="#"##,
        glyph.symbol,
        r#""/></svg>"#,
    ]
    .concat();
    el("span", "")
        .put("class", ["glyph hue-", glyph.family].concat())
        .set("aria-hidden", "true")
        .html(drawn)
}

/// In the worked stage there is nothing to place: the notes are read instead.
fn notes(desk: &Desk) -> Tree {
    let mut list = el("ol", "notes");
    for note in &desk.exercise.notes {
        let body = el("div", "").html(note.html.clone());
        let row = match item(desk.design(), &note.at) {
            Some(item) => {
                let name = desk.name(&item);
                let seat = Cause {
                    at: item,
                    setting: None,
                };
                let button = show(desk, seat, String::new());
                el("li", "").add(words("h3", "", name)).add(body).add(button)
            }
            None => el("li", "").add(body),
        };
        list = list.add(row);
    }
    panel("parts", "Notes").key("notes".to_owned()).add(list)
}
