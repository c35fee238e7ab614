use leptos::prelude::*;
use sandtable_architecture::editor::{Action, Choice, Control, Field, FieldId, Input, Item, RouteRow, fields};

use super::derived::Derived;
use super::desk::Desk;
use crate::browser::focus;
use crate::dom::{
    Node, all, button, el, keep, live, live_if, live_set, live_text, nothing, on_choice, on_click, on_tick, property,
    set, t, value,
};

/// The settings of what is chosen.
pub(super) fn inspector(desk: Desk) -> Node {
    let item = desk.memo(|it| it.editor.focus().cloned());
    live_if(move || {
        let item = item.get()?;
        let open = live_set("data-open", move || Some(desk.is_open.get().to_string()));
        let attributes = vec![
            set("class", "inspector"),
            set("aria-label", "Settings"),
            set("data-testid", "inspector"),
            open,
        ];
        Some(el("section", attributes, vec![title(desk, &item), body(desk, &item)]))
    })
}

fn title(desk: Desk, item: &Item) -> Node {
    let of = item.clone();
    let name = Derived::new(move || {
        desk.read(|_| ());
        desk.name(&of)
    });
    let kind = desk.peek(|it| match item {
        Item::Part(id) => it.design().parts.get(id).map(|part| part.kind),
        Item::Link(_) => None,
    });
    let word = kind.map_or("Link", |kind| desk.peek(|it| kind.label(it.design().flavour)));
    let fold = el(
        "button",
        vec![
            set("type", "button"),
            set("class", "button small fold"),
            live_set("aria-expanded", move || Some(desk.is_open.get().to_string())),
            on_click(move || desk.is_open.update(|open| *open = !*open)),
        ],
        vec![live_text(move || {
            if desk.is_open.get() { "Close" } else { "Settings" }.to_owned()
        })],
    );
    let mark = kind.map_or_else(nothing, super::palette::glyph);
    let text = vec![
        el("h2", vec![], vec![live_text(move || name.get())]),
        el("p", vec![set("class", "hint-text")], vec![t(word)]),
    ];
    el(
        "div",
        vec![set("class", "inspector-title")],
        vec![mark, el("div", vec![], text), fold],
    )
}

fn body(desk: Desk, item: &Item) -> Node {
    let of = item.clone();
    // Drawn anew only when there is something else to fill in: what has the focus keeps it.
    let shape = desk.memo(move |it| {
        let fields = fields(it.design(), it.editor.limits(), &of);
        fields.into_iter().map(blank).collect::<Vec<Field>>()
    });
    let item = StoredValue::new(item.clone());
    live(move || {
        let mut children: Vec<Node> = shape.get().into_iter().map(|field| draw(desk, item, field)).collect();
        let is_able = move |action| item.with_value(|item| desk.peek(|it| can(it, action, item)));
        let mut buttons = Vec::new();
        for (action, label) in [(Action::MoveInto, "Move into"), (Action::Remove, "Delete")] {
            if is_able(action) {
                buttons.push(button("button small", label, move || {
                    item.with_value(|item| desk.start_on(action, item.clone()));
                    focus::later(".proxy:not([hidden])");
                }));
            }
        }
        if !buttons.is_empty() {
            children.push(el("div", vec![set("class", "inspector-buttons")], buttons));
        }
        el("div", vec![set("class", "fields")], children)
    })
}

fn can(it: &super::desk::It, action: Action, item: &Item) -> bool {
    let _ = item;
    it.editor.enabled(action).is_ok() && (action != Action::MoveInto || matches!(item, Item::Part(_)))
}

/// A field without what it holds.
fn blank(mut field: Field) -> Field {
    match &mut field.control {
        Control::Text { value } | Control::Select { value, .. } => value.clear(),
        Control::Checks(checks) => checks.iter_mut().for_each(|check| check.is_on = false),
        Control::Toggle(is_on) => *is_on = false,
        Control::Routes { rows, .. } => {
            for row in rows {
                if row.place.is_some() {
                    row.prefix.clear();
                    row.target.clear();
                    row.leads.clear();
                }
            }
        }
    }
    field
}

/// What a field holds now.
fn held<T: PartialEq + Send + Sync + Default + 'static>(
    desk: Desk,
    item: StoredValue<Item>,
    id: FieldId,
    read: impl Fn(&Control) -> Option<T> + Send + Sync + 'static,
) -> Derived<T> {
    desk.memo(move |it| {
        let fields = item
            .try_with_value(|item| fields(it.design(), it.editor.limits(), item))
            .unwrap_or_default();
        let field = fields.into_iter().find(|field| field.id == id);
        field.and_then(|field| read(&field.control)).unwrap_or_default()
    })
}

fn draw(desk: Desk, item: StoredValue<Item>, field: Field) -> Node {
    let id = field.id;
    let name = name_of(id);
    let control = match field.control {
        _ if field.fixed.is_some() => {
            let now = held(desk, item, id, |control| Some(words(control)));
            el("p", vec![set("class", "fixed")], vec![live_text(move || now.get())])
        }
        Control::Text { .. } => {
            let now = held(desk, item, id, |control| match control {
                Control::Text { value } => Some(value.clone()),
                _ => None,
            });
            let given = on_choice(move |text| desk.put_into(id, Input::Text(text)));
            el(
                "input",
                vec![
                    set("type", "text"),
                    set("name", &name),
                    set("autocomplete", "off"),
                    set("spellcheck", "false"),
                    set("aria-label", field.label),
                    invalid(desk, id),
                    value(move || now.get()),
                    given,
                ],
                vec![],
            )
        }
        Control::Select { options, .. } => {
            let now = held(desk, item, id, |control| match control {
                Control::Select { value, .. } => Some(value.clone()),
                _ => None,
            });
            select(field.label, &name, options, now, move |chosen| {
                desk.put_into(id, Input::Text(chosen))
            })
        }
        Control::Checks(checks) => {
            let boxes = checks.into_iter().map(|check| {
                let of = keep(&check.id);
                let now = held(desk, item, id, move |control| match control {
                    Control::Checks(checks) => {
                        Some(of.with_value(|of| checks.iter().any(|check| check.id == *of && check.is_on)))
                    }
                    _ => None,
                });
                let given = move |is_on| desk.put_into(id, Input::Tick(of.get_value(), is_on));
                tick(&check.label, now, given)
            });
            let boxes: Vec<Node> = boxes.collect();
            match boxes.is_empty() {
                true => el(
                    "p",
                    vec![set("class", "hint-text")],
                    vec![t("There is nothing to choose yet.")],
                ),
                false => el("div", vec![set("class", "checks")], boxes),
            }
        }
        Control::Toggle(_) => {
            let now = held(desk, item, id, |control| match control {
                Control::Toggle(is_on) => Some(*is_on),
                _ => None,
            });
            return el(
                "div",
                vec![set("class", "field")],
                vec![
                    tick(field.label, now, move |is_on| desk.put_into(id, Input::Toggle(is_on))),
                    refusal(desk, id),
                ],
            );
        }
        Control::Routes { rows, targets } => routes(desk, item, id, rows, targets),
    };
    let is_group = matches!(id, FieldId::Attr(attr) if matches!(attr.shape(),
        sandtable_architecture::design::Shape::Parts | sandtable_architecture::design::Shape::Routes));
    let why = match &field.fixed {
        Some(why) => el("p", vec![set("class", "hint-text")], vec![t(why)]),
        None => nothing(),
    };
    let (tag, label) = match is_group {
        true => ("fieldset", el("legend", vec![], vec![t(field.label)])),
        false => (
            "div",
            el("span", vec![set("class", "field-label")], vec![t(field.label)]),
        ),
    };
    el(
        tag,
        vec![set("class", "field")],
        vec![label, control, why, refusal(desk, id)],
    )
}

fn name_of(id: FieldId) -> String {
    match id {
        FieldId::Name => "name".to_owned(),
        FieldId::Inside => "inside".to_owned(),
        FieldId::Role => "role".to_owned(),
        FieldId::LinkTo => "link-to".to_owned(),
        FieldId::Attr(attr) => attr.as_str().to_owned(),
    }
}

fn invalid(desk: Desk, id: FieldId) -> crate::dom::Attr {
    live_set("aria-invalid", move || {
        let is_refused = desk
            .refused
            .with(|refused| refused.as_ref().is_some_and(|(of, _)| *of == id));
        is_refused.then(|| "true".to_owned())
    })
}

fn refusal(desk: Desk, id: FieldId) -> Node {
    live_if(move || {
        let (of, why) = desk.refused.get()?;
        (of == id).then(|| el("p", vec![set("class", "refusal")], vec![t(&why)]))
    })
}

/// What a field that stays holds, in words.
fn words(control: &Control) -> String {
    let named = |options: &[Choice], id: &str| {
        let found = options.iter().find(|option| option.id == id);
        found.map_or_else(|| "None".to_owned(), |option| option.label.clone())
    };
    let said = match control {
        Control::Text { value } => value.clone(),
        Control::Select { value, options } => named(options, value),
        Control::Checks(checks) => {
            let on: Vec<&str> = checks
                .iter()
                .filter(|check| check.is_on)
                .map(|check| check.label.as_str())
                .collect();
            on.join(", ")
        }
        Control::Toggle(is_on) => if *is_on { "On" } else { "Off" }.to_owned(),
        Control::Routes { rows, .. } => {
            let rows: Vec<String> = rows
                .iter()
                .map(|row| format!("{} to {} ({})", row.prefix, row.leads, row.source))
                .collect();
            rows.join("; ")
        }
    };
    if said.is_empty() { "None".to_owned() } else { said }
}

fn select(
    label: &str,
    name: &str,
    options: Vec<Choice>,
    now: Derived<String>,
    given: impl Fn(String) + 'static,
) -> Node {
    let options = options.into_iter().map(|option| {
        let id = keep(&option.id);
        let chosen = property("selected", move || now.with(|now| id.with_value(|id| now == id)));
        el("option", vec![set("value", &option.id), chosen], vec![t(&option.label)])
    });
    let attributes = vec![set("name", name), set("aria-label", label), on_choice(given)];
    el("select", attributes, options.collect())
}

fn tick(label: &str, now: Derived<bool>, given: impl Fn(bool) + 'static) -> Node {
    let attributes = vec![
        set("type", "checkbox"),
        property("checked", move || now.get()),
        on_tick(given),
    ];
    el(
        "label",
        vec![set("class", "tick")],
        vec![el("input", attributes, vec![]), el("span", vec![], vec![t(label)])],
    )
}

/// The rows of a route table.
fn routes(desk: Desk, item: StoredValue<Item>, id: FieldId, rows: Vec<RouteRow>, targets: Vec<Choice>) -> Node {
    let first = targets.first().map(|target| target.id.clone()).unwrap_or_default();
    let row_of = move |place: usize, read: fn(&RouteRow) -> String| {
        held(desk, item, id, move |control| match control {
            Control::Routes { rows, .. } => rows.iter().find(|row| row.place == Some(place)).map(read),
            _ => None,
        })
    };
    let lines = rows.into_iter().map(|row| {
        let Some(place) = row.place else {
            let leads = format!("{} \u{2192} {}", row.prefix, row.leads);
            let source = el("span", vec![set("class", "hint-text")], vec![t(row.source)]);
            return el(
                "li",
                vec![set("class", "route given")],
                vec![el("code", vec![], vec![t(&leads)]), source],
            );
        };
        let prefix = row_of(place, |row| row.prefix.clone());
        let target = row_of(place, |row| row.target.clone());
        let nth = place + 1;
        let field = el(
            "input",
            vec![
                set("type", "text"),
                set("autocomplete", "off"),
                set("spellcheck", "false"),
                set("aria-label", &format!("Prefix of route {nth}")),
                value(move || prefix.get()),
                on_choice(move |text| desk.put_into(id, Input::RoutePrefix(place, text))),
            ],
            vec![],
        );
        let leads = select(
            &format!("Target of route {nth}"),
            "target",
            targets.clone(),
            target,
            move |to| {
                desk.put_into(id, Input::RouteTarget(place, to));
            },
        );
        let remove = el(
            "button",
            vec![
                set("type", "button"),
                set("class", "button small"),
                set("aria-label", &format!("Remove route {nth}")),
                on_click(move || {
                    desk.put_into(id, Input::RemoveRoute(place));
                    focus::later(".inspector .add-route input");
                }),
            ],
            vec![t("\u{00d7}")],
        );
        el("li", vec![set("class", "route")], vec![field, leads, remove])
    });
    let mut parts = vec![el("ul", vec![set("class", "routes")], lines.collect())];
    parts.push(add_route(desk, id, targets, &first));
    all(parts)
}

fn add_route(desk: Desk, id: FieldId, targets: Vec<Choice>, first: &str) -> Node {
    let prefix = RwSignal::new(String::new());
    let target = RwSignal::new(first.to_owned());
    let to = Derived::new(move || target.get());
    let field = el(
        "input",
        vec![
            set("type", "text"),
            set("autocomplete", "off"),
            set("spellcheck", "false"),
            set("placeholder", "10.0.0.0/8"),
            set("aria-label", "Prefix of a new route"),
            value(move || prefix.get()),
            crate::dom::on_input(move |text| prefix.set(text)),
        ],
        vec![],
    );
    let leads = select("Target of a new route", "target", targets, to, move |id| target.set(id));
    let add = button("button small", "Add route", move || {
        desk.put_into(id, Input::AddRoute(prefix.get_untracked(), target.get_untracked()));
        focus::later(".inspector .add-route input");
    });
    el("div", vec![set("class", "add-route")], vec![field, leads, add])
}
