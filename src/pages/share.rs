use leptos::prelude::*;
use sandtable_exercise::index::ExerciseEntry;

use crate::browser::{address, files};
use crate::dom::{Node, button, el, live_if, live_text, set, t};
use crate::shell::Announcer;

/// What an instructor puts into a page or a slide: chosen, shown, and copied.
pub(super) fn share(entry: &ExerciseEntry, announcer: Announcer) -> Node {
    let chosen = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let choose = move |name: &str, markup: &[&str]| {
        let markup = markup.concat();
        button("button", name, move || {
            chosen.set(markup.clone());
            files::copy(markup.clone(), move |copied| {
                let says = if copied {
                    "Copied."
                } else {
                    "Copying is not allowed here: take it from the field."
                };
                said.set(says.to_owned());
                announcer.say(says);
            });
        })
    };
    let site = address::site();
    let script = ["<script type=\"module\" src=\"", &site, "embed.js\"></script>\n"].concat();
    let title = entry
        .title
        .replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;");
    // Inside it stands what is shown where nothing else can be.
    let element = |more: &str| {
        let id = &entry.id;
        let start = ["<sandtable-exercise exercise=\"", id, "\"", more, ">\n"].concat();
        let link = ["<a href=\"", &site, "e/", id, "/\">", &title, "</a>\n"].concat();
        start + &link + "</sandtable-exercise>\n"
    };
    let (wide, high) = match entry.kind.as_str() {
        "builder" => ("960", "720"),
        _ => ("720", "640"),
    };
    // A slide does not scroll: there it takes all that the deck gives.
    let in_slide = " fit class=\"r-stretch\"";
    let frame = |width: &str, height: &str, more: &str| {
        let head = ["<iframe src=\"", &site, "e/", &entry.id, "/\" title=\"", &title].concat();
        let size = ["\" loading=\"lazy\" width=\"", width, "\" height=\"", height, "\""].concat();
        head + &size + more + " allow=\"fullscreen; clipboard-write\"></iframe>\n"
    };
    let field = live_if(move || {
        let markup = chosen.get();
        let attributes = || {
            vec![
                set("readonly", ""),
                set("rows", "4"),
                set("aria-label", "To paste into your page"),
            ]
        };
        (!markup.is_empty()).then(|| el("textarea", attributes(), vec![t(&markup)]))
    });
    let mut buttons = vec![
        choose("As an element", &[&script, &element("")]),
        choose("As a frame", &[&frame(wide, high, ""), &script]),
        choose(
            "In reveal.js",
            &["<section>\n", &script, &element(in_slide), "</section>\n"],
        ),
        // Slides in Markdown do not grow: a heading and the frame fill one. Slidev takes no scripts in slides.
        choose("In Slidev", &[&frame("100%", "420", " data-fixed")]),
        choose("In Marp", &[&frame("100%", "500", " data-fixed"), "\n", &script]),
    ];
    if entry.kind == "quiz" {
        let large = [&site, "e/", &entry.id, "/present/"].concat();
        let attributes = vec![set("class", "button"), set("href", &large)];
        buttons.push(el("a", attributes, vec![t("Present")]));
    }
    let children = vec![
        el("summary", vec![], vec![t("Use in a slide or page")]),
        el("p", vec![set("class", "end-actions")], buttons),
        field,
        el("p", vec![set("class", "says")], vec![live_text(move || said.get())]),
    ];
    el("details", vec![set("class", "share")], children)
}
