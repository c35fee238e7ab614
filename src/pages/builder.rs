use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::ExerciseEntry;

use super::exercise::week_of;
use super::wide;
use crate::browser::{address, content, module};
use crate::dom::{Node, el, set};
use crate::shell::{Load, Shell};

/// An exercise in which an architecture is built. The builder is a module of its own, which is loaded when the first one
/// is opened; this page owns the record and the place in the address.
pub(super) fn builder(shell: &Shell, entry: &ExerciseEntry, item: Memo<Option<String>>) -> Node {
    // `trunk serve` gives no names of their content.
    let named = |name: &str, plain: &str| shell.index.modules.get(name).map_or(plain, String::as_str).to_owned();
    let names = [named("builder", "builder.js"), named("builder.css", "builder.css")];
    let file = entry.file.clone();
    let load = Load::start(move || {
        let (file, [script, sheet]) = (file.clone(), names.clone());
        async move { module::open(script, sheet, content::read(&file, |text| Ok(text.to_owned())).await?).await }
    });
    let shell = shell.clone();
    let up = ["#/", &week_of(entry)].concat();
    let title = entry.title.clone();
    let entry = StoredValue::new(entry.clone());
    let body = load.view(&title, move |file: Arc<String>| {
        let (records, announcer) = (shell.records, shell.announcer);
        let mounted = StoredValue::new_local(None::<module::Mounted>);
        let stage = move || {
            item.get()
                .unwrap_or_default()
                .rsplit('#')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let up = up.clone();
        Effect::new(move |_| {
            let stage = stage();
            if mounted.with_value(Option::is_some) {
                return mounted.with_value(|mounted| mounted.iter().for_each(|mounted| mounted.show(&stage)));
            }
            let port = move |what: String, about: String, text: String| {
                entry.with_value(|entry| match what.as_str() {
                    "change" => records.keep_design(&entry.id, &about, &text),
                    "check" => records.design_checked(&entry.id, &about, &text),
                    "stage" => address::go(&fragment_of(&[&entry.id, "#", &about].concat())),
                    "warn" => announcer.warn(text),
                    _ => announcer.say(text),
                });
            };
            let state = entry.with_value(|entry| records.designs(entry, &stage, &up));
            mounted.set_value(module::mount("builder", &file, &state, port));
        });
        on_cleanup(move || mounted.set_value(None));
        el("div", vec![set("id", "builder")], vec![])
    });
    wide(&title, vec![body])
}
