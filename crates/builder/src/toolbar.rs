use sandtable_architecture::editor::{Action, Gesture};
use sandtable_architecture::panel::Stage;

use super::act::Act;
use super::desk::{Desk, View};
use super::tree::{Tree, button, el, nothing, t, text};

/// What works on the whole board.
pub(super) fn toolbar(desk: &Desk) -> Tree {
    let mut views = group("views", "View");
    for view in View::ALL {
        let choose = button("", Act::View(view)).put("class", ["view-", view.id()].concat());
        views = views.add(choose.put_bool("aria-pressed", desk.view == view).add(t(view.label())));
    }
    let gestures = match desk.stage {
        Stage::Worked => nothing(),
        _ => group("tools", "Part")
            .add(tool(desk, Action::Outline, "Connect", Act::Begin(Gesture::Connect)))
            .add(tool(desk, Action::Carry, "Move", Act::Begin(Gesture::CarryParts)))
            .add(tool(desk, Action::Tidy, "Tidy", Act::Start(Action::Tidy))),
    };
    let mut camera = group("tools camera", "Zoom");
    for (action, sign, label) in [
        (Action::Fit, "Fit", "Fit"),
        (Action::ZoomOut, "\u{2212}", "Zoom out"),
        (Action::ZoomIn, "+", "Zoom in"),
    ] {
        camera = camera.add(button("tool", Act::Start(action)).set("aria-label", label).add(t(sign)));
    }
    camera = camera.add(
        button("tool", Act::Keys)
            .set("aria-label", "Keys")
            .set("title", "Keys: ?")
            .add(t("?")),
    );
    let history = el("div", "tools history")
        .add(step(Action::Undo, desk.editor.undo_name()))
        .add(step(Action::Redo, desk.editor.redo_name()));
    group("toolbar", "Tools")
        .add(history)
        .add(views)
        .add(gestures)
        .add(camera)
}

fn group(class: &'static str, label: &'static str) -> Tree {
    el("div", class).set("role", "group").set("aria-label", label)
}

/// Undo or redo, with what it is about.
fn step(action: Action, about: Option<&str>) -> Tree {
    let name = action.record().name;
    let says = match about {
        Some(about) => text([name, ": ", about].concat()),
        None => t(name),
    };
    // It is as wide whatever it is about: nothing moves under a hand.
    button("tool", Act::Start(action))
        .set_if(about.is_none(), "aria-disabled", "true")
        .add(says)
}

/// A button of the toolbar. What it cannot do, it says when it is pressed.
fn tool(desk: &Desk, action: Action, label: &'static str, act: Act) -> Tree {
    let is_able = desk.editor.enabled(action).is_ok();
    button("tool", act)
        .set_if(!is_able, "aria-disabled", "true")
        .add(t(label))
}
