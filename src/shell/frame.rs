use leptos::prelude::*;

use super::notices::notices;
use super::{Page, Shell, save_file};
use crate::browser::focus;
use crate::browser::theme::Theme;
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
    let theme = RwSignal::new(Theme::stored().as_str().to_owned());
    let options = Theme::ALL.map(|one| {
        let name = match one {
            Theme::System => "As the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        };
        let is_chosen = property("selected", move || theme.with(|theme| theme == one.as_str()));
        el("option", vec![set("value", one.as_str()), is_chosen], vec![t(name)])
    });
    let choose = on_change(move |name| {
        let chosen = Theme::named(&name);
        theme.set(name);
        chosen.apply();
        chosen.keep();
        None
    });
    el(
        "label",
        vec![set("class", "theme")],
        vec![t("Theme "), el("select", vec![choose], options.into())],
    )
}
