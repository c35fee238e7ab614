use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::address as fragment_of;
use sandtable_exercise::index::{ExerciseEntry, Index};

use super::exercise::week_of;
use super::share::share;
use crate::browser::content::{self, ContentError};
use crate::browser::{address, clock, module};
use crate::dom::{Node, all, el, live, nothing, set};
use crate::shell::Shell;

/// The script and the style sheet of the builder. `trunk serve` gives no names of their content.
pub(super) fn files(index: &Index) -> [String; 2] {
    let named = |name: &str, plain: &str| index.modules.get(name).map_or(plain, String::as_str).to_owned();
    [named("builder", "builder.js"), named("builder.css", "builder.css")]
}

/// Loads the builder and a file for it, and sees that it can read that. Boxed, so that it is no part of what else loads.
pub(super) fn open(names: [String; 2], file: String) -> Pin<Box<dyn Future<Output = Result<String, ContentError>>>> {
    Box::pin(async move {
        let [script, sheet] = names;
        let text = content::read(&file, |text| Ok(text.to_owned())).await?;
        module::open(script, sheet, text).await
    })
}

/// An exercise in which an architecture is built. The builder is a module of its own, which is loaded when the first one
/// is opened; this page owns the record and the place in the address.
pub(super) fn builder(shell: &Shell, entry: ExerciseEntry, file: &str, item: Memo<Option<String>>) -> Node {
    let (records, announcer) = (shell.records, shell.announcer);
    let up = ["#/", &week_of(&entry)].concat();
    let share = share(&entry, announcer);
    let mounted = StoredValue::new_local(None::<module::Mounted>);
    let begin = {
        let file = file.to_owned();
        move |stage: String| {
            let id = entry.id.clone();
            let port = move |what: String, about: String, text: String| match what.as_str() {
                "change" => records.keep_design(&id, &about, &text),
                "check" => records.design_checked(&id, &about, &text),
                "leave" => address::go(&text),
                "stage" => address::go(&fragment_of(&[&id, "#", &about].concat())),
                "warn" => announcer.warn(text),
                _ => announcer.say(text),
            };
            let state = records.designs(&entry, &stage, &up);
            mounted.try_set_value(module::mount("builder", &file, &state, port));
        }
    };
    let begin = Arc::new(begin);
    // Not drawn: it follows the address. The builder is mounted once there is something to mount it into.
    let follow = live(move || {
        let stage = item.get().unwrap_or_default();
        let stage = stage.rsplit('#').next().unwrap_or_default().to_owned();
        if mounted.with_value(Option::is_some) {
            mounted.with_value(|mounted| mounted.iter().for_each(|mounted| mounted.show(&stage)));
        } else {
            let begin = begin.clone();
            clock::soon(move || begin(stage));
        }
        nothing()
    });
    on_cleanup(move || mounted.set_value(None));
    all(vec![el("div", vec![set("id", "builder")], vec![]), follow, share])
}
