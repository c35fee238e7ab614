use sandtable_architecture::editor::{Action, Choice, Control, Field, FieldId, Item, RouteRow, fields};
use sandtable_architecture::network::Cause;

use super::act::{Act, On, Part};
use super::desk::Desk;
use super::show;
use super::tree::{Tree, button, el, label, nothing, t, text, words};

/// The settings of what is chosen.
pub(super) fn inspector(desk: &Desk) -> Tree {
    let panel = el("section", "inspector")
        .set("aria-label", "Settings")
        .set("data-testid", "inspector")
        .on(On::Key, Act::SettingsKey)
        .put_bool("data-open", desk.is_open);
    let Some(item) = desk.editor.focus() else {
        // Its place is kept, so that the board keeps its own when something is chosen.
        let says = "Choose a part or a link: its settings come here.";
        return panel.set("data-nothing", "").add(label("p", "hint-text", says));
    };
    let id = match item {
        Item::Part(id) => id.as_str(),
        Item::Link(id) => id.as_str(),
    };
    panel.key(id.to_owned()).add(title(desk, item)).add(body(desk, item))
}

fn title(desk: &Desk, item: &Item) -> Tree {
    let kind = match item {
        Item::Part(id) => desk.design().parts.get(id).map(|part| part.kind),
        Item::Link(_) => None,
    };
    let (mark, word) = match kind {
        Some(kind) => (super::palette::glyph(kind), kind.label(desk.design().flavour)),
        None => (nothing(), "Link"),
    };
    let fold = button("button small fold", Act::Fold)
        .put_bool("aria-expanded", desk.is_open)
        .add(t(if desk.is_open { "Close" } else { "Settings" }));
    let says = el("div", "")
        .add(words("h2", "", desk.name(item)))
        .add(label("p", "hint-text", word));
    el("div", "inspector-title").add(mark).add(says).add(fold)
}

fn body(desk: &Desk, item: &Item) -> Tree {
    let mut body = el("div", "fields");
    for field in fields(desk.design(), desk.editor.limits(), item) {
        body = body.add(draw(desk, field));
    }
    let mut buttons = el("div", "inspector-buttons");
    let is_part = matches!(item, Item::Part(_));
    for (action, name) in [(Action::MoveInto, "Move into"), (Action::Remove, "Delete")] {
        if desk.editor.enabled(action).is_ok() && (is_part || action != Action::MoveInto) {
            buttons = buttons.add(button("button small", Act::StartOn(action, item.clone())).add(t(name)));
        }
    }
    match buttons.children.is_empty() {
        true => body,
        false => body.add(buttons),
    }
}

fn draw(desk: &Desk, field: Field) -> Tree {
    let Field {
        id,
        label: name,
        control,
        fixed,
        ..
    } = field;
    let refusal = match &desk.refused {
        Some((of, why)) if *of == id => words("p", "refusal", why.clone()),
        _ => nothing(),
    };
    let reason = match &desk.reason {
        Some((of, why)) if *of == id => words("p", "reason", why.clone()),
        _ => nothing(),
    };
    let named = |field: Tree| field.set("data-field", name_of(id));
    if let (Control::Toggle(is_on), None) = (&control, &fixed) {
        let box_ = tick(t(name), *is_on, Act::Field(id, Part::Toggle));
        return named(el("div", "field")).add(reason).add(box_).add(refusal);
    }
    let is_group = matches!(control, Control::Checks(_) | Control::Routes { .. } | Control::Uses(_));
    let field = match is_group {
        true => el("fieldset", "field").add(label("legend", "", name)),
        false => el("div", "field").add(label("span", "field-label", name)),
    };
    let field = named(field).add(reason);
    match fixed {
        Some(why) => field
            .add(words("p", "fixed", control.says()))
            .add(words("p", "hint-text", why))
            .add(refusal),
        None => field.add(fill(desk, id, name, control)).add(refusal),
    }
}

/// What a person fills in.
fn fill(desk: &Desk, id: FieldId, name: &'static str, control: Control) -> Tree {
    match control {
        Control::Text { value } => {
            let is_refused = desk.refused.as_ref().is_some_and(|(of, _)| *of == id);
            line(name.to_owned(), Act::Field(id, Part::Text), On::Change, value)
                .set("name", name_of(id))
                .set_if(is_refused, "aria-invalid", "true")
        }
        Control::Select { value, options } => {
            let act = Act::Field(id, Part::Text);
            select(name.to_owned(), name_of(id), &options, value, act)
        }
        Control::Checks(checks) if checks.is_empty() => label("p", "hint-text", "There is nothing to choose yet."),
        Control::Checks(checks) => {
            let mut all = el("div", "checks");
            for check in checks {
                let act = Act::Field(id, Part::Check(check.id.clone()));
                all = all.add(tick(text(check.label), check.is_on, act));
            }
            all
        }
        Control::Uses(uses) if uses.is_empty() => label("p", "hint-text", "None."),
        Control::Uses(uses) => {
            let mut list = el("ul", "uses");
            for (item, name) in uses {
                let seat = Cause {
                    at: item,
                    setting: None,
                };
                let row = el("li", "")
                    .add(words("span", "", name))
                    .add(show(desk, seat, String::new()));
                list = list.add(row);
            }
            list
        }
        // A toggle has its own form.
        Control::Toggle(_) => nothing(),
        Control::Routes { rows, targets } => routes(desk, id, rows, &targets),
    }
}

/// The word of a field in markup.
pub(super) fn name_of(id: FieldId) -> &'static str {
    match id {
        FieldId::Name => "name",
        FieldId::Inside => "inside",
        FieldId::Role => "role",
        FieldId::LinkTo => "link-to",
        FieldId::Used(_) => "used",
        FieldId::Attr(attr) => attr.as_str(),
    }
}

/// A field for a line of text.
fn line(name: String, act: Act, on: On, value: String) -> Tree {
    el("input", "")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .put("aria-label", name)
        .value(value)
        .on(on, act)
}

fn select(label: String, name: &'static str, options: &[Choice], value: String, act: Act) -> Tree {
    let mut list = el("select", "")
        .set("name", name)
        .put("aria-label", label)
        .value(value)
        .on(On::Change, act);
    for option in options {
        list = list.add(words("option", "", option.label.clone()).put("value", option.id.clone()));
    }
    list
}

fn tick(label: Tree, is_on: bool, act: Act) -> Tree {
    let field = el("input", "").set("type", "checkbox").tick(is_on).on(On::Change, act);
    el("label", "tick").add(field).add(el("span", "").add(label))
}

/// The rows of a route table, and one more to be filled in.
fn routes(desk: &Desk, id: FieldId, rows: Vec<RouteRow>, targets: &[Choice]) -> Tree {
    let mut list = el("ul", "routes");
    for row in rows {
        let Some(place) = row.place else {
            let leads = [&row.prefix, " \u{2192} ", &row.leads].concat();
            let given =
                el("li", "route given")
                    .add(words("code", "", leads))
                    .add(label("span", "hint-text", row.source));
            list = list.add(given);
            continue;
        };
        let nth = (place + 1).to_string();
        let prefix = line(
            ["Prefix of route ", &nth].concat(),
            Act::Field(id, Part::Prefix(place)),
            On::Change,
            row.prefix,
        );
        let leads = select(
            ["Target of route ", &nth].concat(),
            "target",
            targets,
            row.target,
            Act::Field(id, Part::Target(place)),
        );
        let remove = button("button small", Act::Field(id, Part::Remove(place)))
            .put("aria-label", ["Remove route ", &nth].concat())
            .add(t("\u{00d7}"));
        list = list.add(el("li", "route").add(prefix).add(leads).add(remove));
    }
    let typed = desk.typed();
    let prefix = line(
        "Prefix of a new route".to_owned(),
        Act::NewPrefix,
        On::Input,
        typed.prefix,
    )
    .on(On::Key, Act::NewRouteKey(id));
    let mut options = vec![Choice {
        id: String::new(),
        label: "Choose a target".to_owned(),
    }];
    options.extend_from_slice(targets);
    let leads = select(
        "Target of a new route".to_owned(),
        "target",
        &options,
        typed.target,
        Act::NewTarget,
    );
    let add = button("button small", Act::Field(id, Part::Add)).add(t("Add route"));
    let mut add = el("div", "add-route")
        .add(prefix.set("placeholder", "10.0.0.0/8"))
        .add(leads)
        .add(add);
    if targets.is_empty() {
        let says =
            "There is nothing yet that a route could lead to: link what holds this table, or add a gateway there.";
        add = add.add(label("p", "hint-text", says));
    }
    el("div", "route-list").add(list).add(add)
}
