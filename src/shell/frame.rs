use leptos::prelude::*;

use super::notices::notices;
use super::{Page, Shell, save_file};
use crate::browser::theme::Theme;
use crate::browser::{focus, single_keys};
use crate::dom::{
    Node, all, button, el, link, live, live_if, live_text, nothing, on_change, on_mouse, property, set, t,
};

/// Header, notices, main, footer around a page.
pub(super) fn frame(shell: &Shell, page: Memo<Page>, content: Node) -> Vec<Node> {
    let records = shell.records;
    let skip = vec![
        set("class", "skip"),
        set("href", "#main"),
        // The address stays: a fragment of its own would lose the place after a reload.
        on_mouse(|event| {
            event.prevent_default();
            focus::later("#main");
        }),
    ];
    let saved = live_text(move || if records.is_saved() { "Saved" } else { "Not saved" }.to_owned());
    let header = vec![
        link("brand", "#/", "Sandtable"),
        el(
            "nav",
            vec![set("aria-label", "Course")],
            vec![live(move || back(&page.get()))],
        ),
        el("span", vec![set("class", "saved")], vec![saved]),
    ];
    let announcer = shell.announcer;
    let save = move || save_file(records, announcer);
    // Inside an exercise the bar is the foot of the page: under it a footer would move it whenever a reason opens.
    let footer = live_if(move || {
        let children = || {
            vec![
                theme_choice(),
                keys_choice(),
                button("button", "Save a file", save),
                el("p", vec![], vec![t("No account. Your work stays in this browser.")]),
            ]
        };
        (!matches!(page.get(), Page::Exercise(_))).then(|| el("footer", vec![set("class", "footer")], children()))
    });
    vec![
        el("a", skip, vec![t("Skip to the content")]),
        el("header", vec![set("class", "header")], header),
        notices(shell),
        el("main", vec![set("id", "main"), set("tabindex", "-1")], vec![content]),
        footer,
    ]
}

/// The way up from a page.
fn back(page: &Page) -> Node {
    match page {
        Page::Course => nothing(),
        Page::Week(_) | Page::Unknown(_) => link("", "#/", "Course"),
        Page::Exercise(id) => {
            let week = id.split('/').next().unwrap_or_default();
            let up = link("", &format!("#/{week}"), &week.replace("week-", "Week "));
            all(vec![link("wide-only", "#/", "Course"), up])
        }
    }
}

fn theme_choice() -> Node {
    let options = Theme::ALL.map(|one| {
        let name = match one {
            Theme::System => "As the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        };
        (one.as_str(), name)
    });
    setting("Theme ", &options, Theme::stored().as_str(), |name| {
        let chosen = Theme::named(name);
        chosen.apply();
        chosen.keep();
    })
}

/// Whoever dictates or strikes keys by mistake can switch them off.
fn keys_choice() -> Node {
    let now = if single_keys::are_on() { "on" } else { single_keys::OFF };
    let options = [("on", "On"), (single_keys::OFF, "Off")];
    setting("Single keys A-F, H, N, B ", &options, now, single_keys::switch)
}

/// A choice of one value by name, with the one that holds now.
fn setting(label: &str, options: &[(&'static str, &str)], now: &str, choose: fn(&str)) -> Node {
    let options = options.iter().map(|(value, name)| {
        let is_now = *value == now;
        el(
            "option",
            vec![set("value", value), property("selected", move || is_now)],
            vec![t(name)],
        )
    });
    let choose = on_change(move |name| {
        choose(&name);
        None
    });
    el(
        "label",
        vec![set("class", "setting")],
        vec![t(label), el("select", vec![choose], options.collect())],
    )
}
