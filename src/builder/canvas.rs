use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use sandtable_architecture::editor::{Key, Mode, Press, whole};
use sandtable_architecture::panel::search_title;

use super::derived::Derived;
use super::desk::{Desk, View};
use crate::browser::focus;
use crate::dom::{
    Node, all, button, el, flag, handed, live, live_if, live_set, live_text, nothing, on_click, on_input, on_key, set,
    t, value,
};

/// The drawing, and what lies over it: the proxy that keys and screen readers meet, the search, the words of a gesture.
pub(super) fn canvas(desk: Desk) -> Node {
    let attributes = vec![
        set("class", "stage"),
        set("role", "group"),
        set("aria-label", "Canvas"),
        on_key(move |event| key(desk, &event)),
    ];
    let children = vec![
        proxy(desk, false),
        proxy(desk, true),
        empty(desk),
        status(desk),
        search(desk),
    ];
    on_cleanup(move || desk.detach());
    let stage = handed(attributes, children, move |root| desk.attach(root));
    let summary = live_text(move || desk.read(|it| whole(it.design())));
    let summary = el("p", vec![set("class", "said")], vec![summary]);
    el("div", vec![set("class", "canvas")], vec![summary, stage])
}

/// A key that went down on the canvas or in its search.
fn key(desk: Desk, event: &KeyboardEvent) {
    let name = event.key();
    // The host's: the primary button, the next slide.
    let is_hosts = event.alt_key() || ((event.ctrl_key() || event.meta_key()) && name == "Enter");
    let Some(press) = Press::read(&name, event.shift_key(), event.ctrl_key() || event.meta_key()) else {
        return;
    };
    // What is typed into the search arrives as input: so it does from keyboards that have no keys.
    let is_typing = focus::is_in(".search input")
        && (matches!(
            press.key,
            Key::Char(_) | Key::Backspace | Key::Home | Key::End | Key::Left | Key::Right | Key::Delete
        ));
    if is_hosts || is_typing {
        return;
    }
    if focus::is_in(".stage button:not(.proxy)") && matches!(press.key, Key::Enter | Key::Char(' ') | Key::Tab) {
        return;
    }
    if desk.key(press) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// One of the two elements that stand for the current part. Only while the focus goes from one to the other are both
/// there.
fn proxy(desk: Desk, is_second: bool) -> Node {
    let attributes = vec![
        set("type", "button"),
        set("class", if is_second { "proxy second" } else { "proxy first" }),
        flag("hidden", move || {
            let (second, both) = desk.proxy.get();
            !both && second != is_second
        }),
        live_set("aria-label", move || Some(desk.proxy_name())),
    ];
    el("button", attributes, vec![])
}

fn empty(desk: Desk) -> Node {
    let is_empty = Derived::new(move || desk.read(|it| it.design().parts.is_empty()));
    live_if(move || {
        let says = || {
            el(
                "p",
                vec![set("class", "empty")],
                vec![t("Add your first part. Press A, or use Parts.")],
            )
        };
        is_empty.get().then(says)
    })
}

/// What the next click does, where something would land, why it cannot be done.
fn status(desk: Desk) -> Node {
    live_if(move || {
        let (text, is_refusal) = desk.status.get()?;
        let class = if is_refusal {
            "stage-status refused"
        } else {
            "stage-status"
        };
        let cancel = button("button small", if is_refusal { "Close" } else { "Cancel" }, move || {
            desk.cancel()
        });
        Some(el(
            "div",
            vec![set("class", class)],
            vec![el("span", vec![], vec![t(&text)]), cancel],
        ))
    })
}

/// A list that typing narrows: kinds to place, parts to link to, containers to move into.
fn search(desk: Desk) -> Node {
    let is_open = Derived::new(move || desk.read(|it| matches!(it.editor.mode(), Mode::Search(_))));
    live(move || match is_open.get() {
        true => el("div", vec![set("class", "search")], vec![field(desk), hits(desk)]),
        false => nothing(),
    })
}

fn typed(desk: Desk) -> String {
    desk.read(|it| match it.editor.mode() {
        Mode::Search(search) => search.typed.clone(),
        _ => String::new(),
    })
}

fn field(desk: Desk) -> Node {
    let label = desk.peek(|it| match it.editor.mode() {
        Mode::Search(search) => search_title(it.design(), search),
        _ => String::new(),
    });
    let marked = live_set("aria-activedescendant", move || {
        desk.read(|it| match it.editor.mode() {
            Mode::Search(search) if !search.hits.is_empty() => Some(format!("hit-{}", search.at)),
            _ => None,
        })
    });
    let type_in = on_input(move |text| {
        // Letter by letter: what is there already and goes on stays, the rest is taken back first.
        let before = untrack(|| typed(desk));
        let same = before.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
        for _ in same..before.chars().count() {
            desk.key(Press::new(Key::Backspace));
        }
        for letter in text.chars().skip(same) {
            desk.key(Press::new(Key::Char(letter)));
        }
    });
    let attributes = vec![
        set("type", "text"),
        set("role", "combobox"),
        set("aria-expanded", "true"),
        set("aria-controls", "hits"),
        set("aria-autocomplete", "list"),
        set("autocomplete", "off"),
        set("aria-label", &label),
        set("placeholder", &label),
        marked,
        value(move || typed(desk)),
        type_in,
    ];
    let close = button("button small", "Cancel", move || {
        desk.cancel();
        focus::later(".proxy:not([hidden])");
    });
    el(
        "div",
        vec![set("class", "search-field")],
        vec![el("input", attributes, vec![]), close],
    )
}

fn hits(desk: Desk) -> Node {
    let found = desk.memo(|it| match it.editor.mode() {
        Mode::Search(search) => {
            let home = search.aim().map(|home| match home {
                Some(id) => it.design().name(id),
                None => "the ground".to_owned(),
            });
            (search.hits.clone(), search.at, home, search.homes.len())
        }
        _ => (Vec::new(), 0, None, 0),
    });
    live(move || {
        let (hits, at, home, homes) = found.get();
        let rows = hits.iter().enumerate().map(|(place, hit)| {
            let is_marked = place == at;
            let mut words = vec![el("span", vec![], vec![t(&hit.label)])];
            if let (true, Some(home)) = (is_marked, &home) {
                let more = if homes > 1 { ". Tab: another place" } else { "" };
                words.push(el(
                    "span",
                    vec![set("class", "hint-text")],
                    vec![t(&["into ", home, more].concat())],
                ));
            }
            if let Some(reason) = &hit.refused {
                words.push(el("span", vec![set("class", "hint-text")], vec![t(reason)]));
            }
            let mut attributes = vec![
                set("role", "option"),
                set("id", &format!("hit-{place}")),
                set("aria-selected", if is_marked { "true" } else { "false" }),
                on_click(move || take(desk, at, place)),
            ];
            if hit.refused.is_some() {
                attributes.push(set("aria-disabled", "true"));
            }
            el("li", attributes, words)
        });
        let rows: Vec<Node> = rows.collect();
        if rows.is_empty() {
            return el("p", vec![set("class", "hint-text")], vec![t("Nothing fits.")]);
        }
        let list = el(
            "ul",
            vec![set("role", "listbox"), set("id", "hits"), set("aria-label", "Choices")],
            rows,
        );
        all(vec![list])
    })
}

/// A click on a line is the same as going there by arrows and Enter.
fn take(desk: Desk, at: usize, place: usize) {
    let (key, times) = match place < at {
        true => (Key::Up, at - place),
        false => (Key::Down, place - at),
    };
    for _ in 0..times {
        desk.key(Press::new(key));
    }
    desk.key(Press::new(Key::Enter));
    if desk.view.get_untracked() == View::Parts {
        desk.view.set(View::Canvas);
    }
}
