use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Index};

use super::exercise::week_of;
use crate::browser::content::ContentError;
use crate::browser::{address, module};
use crate::dom::{Node, el, set};
use crate::shell::Shell;

/// The script and the style sheet of the builder. `trunk serve` gives no names of their content.
pub(super) fn files(index: &Index) -> [String; 2] {
    let named = |name: &str, plain: &str| index.modules.get(name).map_or(plain, String::as_str).to_owned();
    [named("builder", "builder.js"), named("builder.css", "builder.css")]
}

/// Loads the builder, and sees that it can read what it will be given.
pub(super) async fn open([script, sheet]: [String; 2], text: String) -> Result<String, ContentError> {
    module::open(script, sheet, text).await
}

/// An exercise in which an architecture is built. The builder is a module of its own, which is loaded when the first one
/// is opened; this page owns the record and the place in the address.
pub(super) fn builder(shell: &Shell, entry: ExerciseEntry, file: &str, item: Memo<Option<String>>) -> Node {
    let (records, announcer) = (shell.records, shell.announcer);
    let up = ["#/", &week_of(&entry)].concat();
    let mounted = StoredValue::new_local(None::<module::Mounted>);
    let file = file.to_owned();
    Effect::new(move |_| {
        let stage = item.get().unwrap_or_default();
        let stage = stage.rsplit('#').next().unwrap_or_default();
        if mounted.with_value(Option::is_some) {
            return mounted.with_value(|mounted| mounted.iter().for_each(|mounted| mounted.show(stage)));
        }
        let id = entry.id.clone();
        let port = move |what: String, about: String, text: String| match what.as_str() {
            "change" => records.keep_design(&id, &about, &text),
            "check" => records.design_checked(&id, &about, &text),
            "stage" => address::go(&fragment_of(&[&id, "#", &about].concat())),
            "warn" => announcer.warn(text),
            _ => announcer.say(text),
        };
        let state = records.designs(&entry, stage, &up);
        mounted.set_value(module::mount("builder", &file, &state, port));
    });
    on_cleanup(move || mounted.set_value(None));
    el("div", vec![set("id", "builder")], vec![])
}
